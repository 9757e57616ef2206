//! A program, compiled: the facts that its figures need, each once.

use std::collections::BTreeSet;
use std::ops::Range;

use longshore_contacts::{AgentState, Table};
use longshore_contract::{Criterion, Field, Grain, Select};
use longshore_units::{Calendar, Instant};

use crate::class::{Class, ClassSet};
use crate::definition;
use crate::dimension::Dimension;
use crate::fact::{Attribution, Fact, Filter, Form, Grouping, Kind, Slot, Start, Value};
use crate::figure::Figure;
use crate::program::{Program, ProgramError, RowGrain};
use crate::standard;

/// A program, compiled: shared by all tallies.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) program: Program,
    pub(crate) groupings: Vec<Grouping>,
    /// The slots of each grouping.
    pub(crate) widths: Vec<usize>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) values: Vec<Value>,
    pub(crate) facts: Vec<Fact>,
    /// The first slot of each fact, or the number of its spectrum.
    pub(crate) slots: Vec<usize>,
    /// The groupings of the spectra.
    pub(crate) spectra: Vec<usize>,
    pub(crate) calendars: Vec<Calendar>,
    /// The first instant that is looked at, and the first that no longer is.
    pub(crate) window: Range<i64>,
    pub(crate) figures: Vec<Figure>,
    /// Whether stretches are kept in which things did not work.
    pub(crate) outages: bool,
}

impl Plan {
    /// Compiles a program.
    ///
    /// # Errors
    /// If rows do not know what they are to be selected or told apart by, or a calendar is not there.
    pub fn new(program: Program) -> Result<Plan, ProgramError> {
        check(&program)?;
        let window = window(&program)?;
        let mut plan = Plan {
            groupings: Vec::new(),
            widths: Vec::new(),
            filters: Vec::new(),
            values: Vec::new(),
            facts: Vec::new(),
            slots: Vec::new(),
            spectra: Vec::new(),
            calendars: Vec::new(),
            window,
            figures: Vec::new(),
            outages: false,
            program,
        };
        if let Some(standard) = plan.program.standard.clone() {
            plan.figures = standard::figures(&mut plan, &standard)?;
        }
        for asked in plan.program.measures.clone() {
            let figure = definition::figure(&mut plan, &asked)?;
            plan.figures.push(figure);
        }
        Ok(plan)
    }

    /// What was asked.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The figures that groups will have, in their order.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    pub(crate) fn table(&self) -> Table {
        self.program.rows.grain.table()
    }

    /// The tables that figures are made from, in a fixed order.
    pub fn tables(&self) -> Vec<Table> {
        let has = |table: &Table| {
            self.groupings.iter().any(|grouping| grouping.table == *table) || (*table == Table::Outages && self.outages)
        };
        Table::ALL.into_iter().filter(has).collect()
    }

    /// Whether a figure looks at whether customers came back: `repeat_after` is to be annotated before counting.
    pub fn needs_returns(&self) -> bool {
        self.values.iter().any(|value| matches!(value, Value::Repeat(_)))
    }

    /// The columns of a table that are needed, in the table's order. `None` if the table is not. A column that a batch does
    /// not have is unknown in all its rows, but for those that every row of the table has.
    pub fn columns(&self, table: Table) -> Option<Vec<&'static str>> {
        if !self.tables().contains(&table) {
            return None;
        }
        let mut wanted: BTreeSet<&'static str> = BTreeSet::new();
        let known = |column: &'static str| table.position(column).map(|_| column);
        wanted.extend(known("superseded_at"));
        if self.program.rows.provider.is_some() {
            wanted.extend(known("provider"));
        }
        if !self.program.rows.programs.is_empty() {
            wanted.extend(known("program"));
        }
        let groupings = self.groupings.iter().filter(|grouping| grouping.table == table);
        for key in groupings.flat_map(|grouping| &grouping.keys) {
            if let Dimension::Name(name) = key {
                wanted.extend(name.column(table));
            }
        }
        match table {
            Table::Contacts | Table::Legs => self.columns_of_rows(table, &mut wanted),
            Table::AgentTime => wanted.extend(["state", "from", "until"]),
            Table::Schedule => wanted.extend(["from", "until", "requested", "scheduled", "productive"]),
            Table::Agents => wanted.extend(["hired", "left"]),
            Table::Outages => wanted.extend(["from", "until"]),
            _ => {}
        }
        let mut columns: Vec<&'static str> = wanted.into_iter().collect();
        columns.sort_by_key(|column| table.position(column));
        Some(columns)
    }

    fn columns_of_rows(&self, table: Table, wanted: &mut BTreeSet<&'static str>) {
        let known = |column: &'static str| table.position(column).map(|_| column);
        wanted.extend(["outcome", "offered_at", "direction"]);
        wanted.extend(known("arrived_at"));
        let selects = self.filters.iter().map(|filter| &filter.select).chain([&self.program.rows.select]);
        for criterion in selects.flat_map(|select| &select.criteria) {
            match criterion {
                Criterion::OneOf(field, _) => wanted.extend(field.column(self.grain())),
                Criterion::TalkLongerThan(_) => wanted.extend(["talk"]),
                Criterion::Approved(_) => {}
            }
        }
        if self.filters.iter().any(|filter| filter.messages) {
            wanted.insert("channel");
        }
        if self.filters.iter().any(|filter| filter.solved) {
            wanted.extend(known("resolved"));
        }
        if self.groupings.iter().any(|grouping| grouping.attribution == Attribution::Event) {
            wanted.extend(["answered_at", "ended_at", "wait", "ring"]);
        }
        for value in &self.values {
            match value {
                Value::Clock { .. } => wanted.extend(["answered_at", "ended_at", "wait", "ring"]),
                Value::Parts(parts) => {
                    let named = [
                        ("wait", parts.wait),
                        ("ring", parts.ring),
                        ("talk", parts.talk),
                        ("hold", parts.hold),
                        ("wrap", parts.wrap),
                    ];
                    wanted.extend(named.into_iter().filter(|(_, is_part)| *is_part).map(|(part, _)| part));
                }
                Value::Repeat(column) => wanted.extend(["customer", column].into_iter().filter_map(known)),
                Value::Age => wanted.extend(["ended_at"]),
            }
        }
        for fact in &self.facts {
            match &fact.kind {
                Kind::Flag(flag) => wanted.extend(known(flag.column())),
                Kind::Marks(marks) => wanted.extend(known(marks.column())),
                _ => {}
            }
        }
    }

    /// The grain that a select looks at.
    pub(crate) fn grain(&self) -> Grain {
        match self.program.rows.grain {
            RowGrain::Contact => Grain::Contact,
            RowGrain::Leg => Grain::Leg,
        }
    }

    /// Whether rows know a column.
    pub(crate) fn knows(&self, column: &str) -> bool {
        self.table().position(column).is_some()
    }

    /// The grouping of rows by the program's dimensions and one more.
    pub(crate) fn grouping(&mut self, attribution: Attribution, inner: Option<Dimension>) -> usize {
        let keys = self.program.by.iter().copied().chain(inner).collect();
        let grouping = Grouping { table: self.table(), keys, attribution };
        self.position_of(grouping)
    }

    /// The grouping of another table's rows by the program's dimensions; none where its rows do not know one of them.
    pub(crate) fn grouping_of(&mut self, table: Table, inner: Option<Dimension>) -> Option<usize> {
        let keys: Vec<Dimension> = self.program.by.iter().copied().chain(inner).collect();
        let known = keys.iter().all(|key| match key {
            Dimension::Name(name) => name.column(table).is_some(),
            // Someone is on the register for days, not at an instant.
            Dimension::Time(_) => table != Table::Agents,
        });
        known.then(|| self.position_of(Grouping { table, keys, attribution: Attribution::Span }))
    }

    fn position_of(&mut self, grouping: Grouping) -> usize {
        let position = position(&mut self.groupings, grouping);
        self.widths.resize(self.groupings.len(), 0);
        position
    }

    pub(crate) fn filter(&mut self, filter: Filter) -> usize {
        position(&mut self.filters, filter)
    }

    pub(crate) fn value(&mut self, value: Value) -> usize {
        position(&mut self.values, value)
    }

    /// The bit of a calendar.
    pub(crate) fn calendar(&mut self, name: &str) -> Result<usize, ProgramError> {
        let calendar = self.program.calendars.get(name).cloned();
        let calendar = calendar.ok_or_else(|| ProgramError::Calendar(name.to_owned()))?;
        Ok(position(&mut self.calendars, calendar))
    }

    /// The position of a fact, new or known.
    pub(crate) fn fact(&mut self, fact: Fact) -> usize {
        if let Some(known) = self.facts.iter().position(|known| *known == fact) {
            return known;
        }
        let width = fact.kind.width();
        self.slots.push(match fact.kind {
            Kind::Spectrum { .. } => {
                self.spectra.push(fact.grouping);
                self.spectra.len() - 1
            }
            _ => self.widths[fact.grouping],
        });
        self.widths[fact.grouping] += width;
        self.facts.push(fact);
        self.facts.len() - 1
    }

    /// Some slots of a fact, added up.
    fn slots_of(&self, fact: usize, slots: impl IntoIterator<Item = usize>) -> Form {
        let (grouping, first) = (self.facts[fact].grouping, self.slots[fact]);
        Form(slots.into_iter().map(|slot| (1, Slot { grouping, slot: first + slot })).collect())
    }

    /// How many rows a counting fact counts.
    pub(crate) fn count(&self, fact: usize) -> Form {
        self.slots_of(fact, [0])
    }

    /// How many rows of a fact by class are of some classes.
    pub(crate) fn of_classes(&self, fact: usize, classes: ClassSet) -> Form {
        self.slots_of(fact, classes.classes().map(|class: Class| class as usize))
    }

    fn cuts(&self, fact: usize) -> &[i64] {
        match &self.facts[fact].kind {
            Kind::Time { cuts, .. } => cuts,
            _ => &[],
        }
    }

    /// How many rows have a time up to a cut, this one included.
    pub(crate) fn up_to(&self, fact: usize, cut: i64) -> Form {
        let cuts = self.cuts(fact).iter().take_while(|known| **known <= cut).count();
        debug_assert!(self.cuts(fact).contains(&cut), "the fact was given the cut");
        self.slots_of(fact, 0..cuts)
    }

    /// How many rows have a known time.
    pub(crate) fn known(&self, fact: usize) -> Form {
        self.slots_of(fact, 0..=self.cuts(fact).len())
    }

    /// The sum of the times, in milliseconds.
    pub(crate) fn sum(&self, fact: usize) -> Form {
        self.slots_of(fact, [self.cuts(fact).len() + 1])
    }

    /// How many rows have an unknown time.
    pub(crate) fn unknown(&self, fact: usize) -> Form {
        self.slots_of(fact, [self.cuts(fact).len() + 2])
    }

    /// Slots of a fact by their position within it.
    pub(crate) fn part(&self, fact: usize, slots: Range<usize>) -> Form {
        self.slots_of(fact, slots)
    }

    /// The time of agents in some states, in microseconds.
    pub(crate) fn in_states(&self, fact: usize, is: impl Fn(AgentState) -> bool) -> Form {
        self.slots_of(fact, AgentState::ALL.iter().filter(|state| is(**state)).map(|state| *state as usize))
    }

    /// The number of a fact's spectrum.
    pub(crate) fn spectrum(&self, fact: usize) -> usize {
        self.slots[fact]
    }
}

impl Start {
    /// Which instant decides the interval of rows whose clock starts so.
    pub(crate) fn attribution(self) -> Attribution {
        match self {
            Start::Arrival => Attribution::Arrival,
            Start::Offer | Start::Answer => Attribution::Offer,
        }
    }
}

/// Where something stands in a list, at whose end it is put if it is new.
fn position<T: PartialEq>(list: &mut Vec<T>, wanted: T) -> usize {
    list.iter().position(|known| *known == wanted).unwrap_or_else(|| {
        list.push(wanted);
        list.len() - 1
    })
}

/// The instants of the program's days.
fn window(program: &Program) -> Result<Range<i64>, ProgramError> {
    let (first, last) = (program.rows.first, program.rows.last);
    let from = first.map_or(Some(Instant(i64::MIN)), |first| program.zone.start_of(first));
    let next = last.map(|last| last.tomorrow().ok());
    let until = next.map_or(Some(Instant(i64::MAX)), |next| next.and_then(|next| program.zone.start_of(next)));
    match (from, until) {
        (Some(from), Some(until)) if from < until => Ok(from.0..until.0),
        _ => {
            let written = |day: Option<jiff::civil::Date>| day.map_or("the first".to_owned(), |day| day.to_string());
            Err(ProgramError::Days { first: written(first), last: written(last) })
        }
    }
}

fn check(program: &Program) -> Result<(), ProgramError> {
    let table = program.rows.grain.table();
    if Program::MOST_DIMENSIONS < program.by.len() {
        return Err(ProgramError::Dimensions);
    }
    for by in &program.by {
        if let Dimension::Name(name) = by
            && name.column(table).is_none()
        {
            let hint = match program.rows.grain {
                RowGrain::Contact if name.column(Table::Legs).is_some() => ": their legs do (grain leg)",
                RowGrain::Leg if name.column(Table::Contacts).is_some() => ": their contacts do (grain contact)",
                _ => "",
            };
            return Err(ProgramError::Unknown { table: table.name(), by: name.word(), hint });
        }
    }
    check_select(program, &program.rows.select)?;
    program.measures.iter().try_for_each(|asked| check_select(program, &asked.when))
}

fn check_select(program: &Program, select: &Select) -> Result<(), ProgramError> {
    let grain = match program.rows.grain {
        RowGrain::Contact => Grain::Contact,
        RowGrain::Leg => Grain::Leg,
    };
    let table = program.rows.grain.table().name();
    for criterion in &select.criteria {
        match criterion {
            Criterion::OneOf(field, _) if Field::column(*field, grain).is_none() => {
                return Err(ProgramError::Select { table, field: field.word() });
            }
            Criterion::Approved(_) => return Err(ProgramError::Select { table, field: "approved" }),
            _ => {}
        }
    }
    Ok(())
}
