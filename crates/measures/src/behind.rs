//! The contacts behind a measure: how many it looks at, which of them missed, and how badly.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use longshore_contacts::Table;
use longshore_contract::Target;
use longshore_units::{Exact, Instant};

use crate::TallyError;
use crate::columns::{Columns, at};
use crate::fact::{Form, Kind};
use crate::figure::{Formula, Ratio, Unit};
use crate::plan::Plan;
use crate::program::RowGrain;
use crate::rows::Prepared;
use crate::tally::Tally;

/// The contacts behind one figure of a plan that tells nothing apart.
#[derive(Clone, Debug)]
pub struct Behind {
    plan: Arc<Plan>,
    /// Finds the groups of rows; its sums are not looked at.
    tally: Tally,
    ratio: Option<Ratio>,
    unit: Unit,
    target: Target,
    most: usize,
    /// How many contacts it looked at.
    pub counted: u64,
    /// How many of them missed.
    pub missed: u64,
    /// The worst of these, the worst first; of equal ones the first by source and identifier.
    pub worst: Vec<Missed>,
}

/// A contact that missed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Where it comes from.
    pub source: String,
    /// Its identifier there.
    pub contact_id: String,
    /// The queue.
    pub queue: Option<String>,
    /// When it was offered, or arrived.
    pub at: Option<Instant>,
    /// What it came to.
    pub outcome: Option<String>,
    /// What was measured of it, in milliseconds, where that is a time and known.
    pub milliseconds: Option<u64>,
    /// What was measured of it, where that is a mark.
    pub mark: Option<i64>,
}

impl Missed {
    /// The longest time first, then the lowest mark; then by name.
    fn order(&self, other: &Missed) -> std::cmp::Ordering {
        let worse = other.milliseconds.cmp(&self.milliseconds).then(self.mark.cmp(&other.mark));
        worse.then_with(|| (&self.source, &self.contact_id).cmp(&(&other.source, &other.contact_id)))
    }
}

/// What a ratio makes of a row.
#[derive(Clone, Copy, Default)]
struct Part {
    above: i64,
    below: i64,
    milliseconds: Option<u64>,
}

impl Behind {
    /// The columns of contacts or legs that it needs besides those of the plan: who and where a contact is.
    pub fn columns(grain: RowGrain) -> [&'static str; 3] {
        match grain {
            RowGrain::Contact => ["source", "contact_id", "first_queue"],
            RowGrain::Leg => ["source", "contact_id", "queue"],
        }
    }

    /// Nothing yet, of a plan's figure that is to meet a target. The `most` worst are kept.
    pub fn new(plan: Arc<Plan>, figure: usize, target: Target, most: usize) -> Behind {
        let (ratio, unit) = match plan.figures().get(figure) {
            Some(figure) => match &figure.formula {
                Formula::Ratio(ratio) | Formula::Over { ratio, .. } if figure.table == plan.table() => {
                    (Some(ratio.clone()), figure.unit)
                }
                _ => (None, figure.unit),
            },
            None => (None, Unit::Number),
        };
        let tally = Tally::new(Arc::clone(&plan));
        Behind { plan, tally, ratio, unit, target, most, counted: 0, missed: 0, worst: Vec::new() }
    }

    /// Whether contacts are behind the figure at all: of agents' time they are not.
    pub fn has_contacts(&self) -> bool {
        self.ratio.is_some()
    }

    /// Looks at a batch of contacts (legs, if the plan is of these); `each` is handed every one that missed.
    ///
    /// # Errors
    /// As for [`Tally::add`].
    pub fn add(&mut self, table: Table, batch: &RecordBatch, mut each: impl FnMut(&Missed)) -> Result<(), TallyError> {
        let (Some(ratio), true) = (self.ratio.clone(), table == self.plan.table()) else { return Ok(()) };
        let plan = Arc::clone(&self.plan);
        let prepared = Prepared::of(&mut self.tally, &plan, table, batch)?;
        let columns = Columns::of(table, batch);
        for row in 0..prepared.rows() {
            let part = part(&plan, &ratio, &prepared, row)?;
            if part.below == 0 {
                continue;
            }
            self.counted += 1;
            if self.misses(&ratio, part) {
                self.missed += 1;
                let missed = self.described(&ratio, table, &columns, batch, (row, part))?;
                each(&missed);
                self.worst.push(missed);
                if self.most.saturating_mul(2).max(64) < self.worst.len() {
                    self.keep_worst();
                }
            }
        }
        self.keep_worst();
        Ok(())
    }

    /// Adds what another has found of the same figure.
    pub fn merge(&mut self, other: Behind) {
        self.counted += other.counted;
        self.missed += other.missed;
        self.worst.extend(other.worst);
        self.keep_worst();
    }

    fn keep_worst(&mut self) {
        self.worst.sort_unstable_by(Missed::order);
        self.worst.truncate(self.most);
    }

    /// Whether a contact by itself is on the wrong side.
    fn misses(&self, ratio: &Ratio, part: Part) -> bool {
        let value = Exact::ratio(i128::from(part.above) * ratio.times.0, i128::from(part.below) * ratio.times.1);
        match self.unit {
            Unit::Share if self.target.more_is_better => part.above < part.below,
            Unit::Share => 0 < part.above,
            // Of a score of promoters and detractors the detractors miss; of marks and times, who is beyond the target.
            Unit::Number if ratio.times != (1, 1) => part.above < 0,
            _ => value.is_some_and(|value| !self.target.is_met(&value)),
        }
    }

    fn described(
        &self,
        ratio: &Ratio,
        table: Table,
        columns: &Columns<'_>,
        batch: &RecordBatch,
        (row, part): (usize, Part),
    ) -> Result<Missed, TallyError> {
        let name = |column: &'static str| -> Result<Option<String>, TallyError> {
            let Some(names) = columns.names(column)? else { return Ok(None) };
            Ok(names.position(row).map(|position| names.name(position).to_owned()))
        };
        let text = batch.column_by_name("contact_id").and_then(|column| column.as_string_opt::<i32>());
        let contact_id = text.filter(|text| text.is_valid(row)).map(|text| text.value(row).to_owned());
        let offered = at(columns.instants("offered_at")?, row).or(at(columns.instants("arrived_at")?, row));
        let is_mark = self.unit == Unit::Number && ratio.times == (1, 1);
        Ok(Missed {
            source: name("source")?.unwrap_or_default(),
            contact_id: contact_id.unwrap_or_default(),
            queue: name(if table == Table::Contacts { "first_queue" } else { "queue" })?,
            at: offered.map(Instant),
            outcome: name("outcome")?,
            milliseconds: part.milliseconds,
            mark: is_mark.then_some(part.above),
        })
    }
}

/// What a ratio makes of a row: the sum of the slots that count it, above and below.
fn part(plan: &Plan, ratio: &Ratio, prepared: &Prepared<'_>, row: usize) -> Result<Part, TallyError> {
    let mut part = Part::default();
    for (position, fact) in plan.facts.iter().enumerate() {
        let Some((slot, sum)) = prepared.placed(plan, fact, row)? else { continue };
        let first = plan.slots[position];
        let times = |form: &Form, slot: usize| -> i64 {
            let is_slot =
                |(_, known): &&(i64, crate::fact::Slot)| (known.grouping, known.slot) == (fact.grouping, first + slot);
            form.0.iter().filter(is_slot).map(|(times, _)| times).sum()
        };
        part.above += times(&ratio.above, slot);
        part.below += times(&ratio.below, slot);
        if let Some((sum_slot, time)) = sum {
            part.above += times(&ratio.above, sum_slot) * time;
            let is_used = matches!(fact.kind, Kind::Time { .. }) && part.milliseconds.is_none();
            part.milliseconds = if is_used { u64::try_from(time).ok() } else { part.milliseconds };
        }
    }
    Ok(part)
}
