//! From the cells of a row to the values of its fields.

use jiff::civil::date;
use longshore_contacts::Kind;
use longshore_units::Instant;

use super::cell::{self, Cell, Why, quoted};
use crate::Origin;
use crate::mapping::{
    Alternative, Constant, Field, Operand, Reading, TableMapping, TimeOfDay, Title, Value, same, unscaled,
};

/// A value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Datum {
    Text(String),
    Word(&'static str),
    /// An instant in microseconds, a span in milliseconds, a count.
    Whole(i64),
    Score(i32),
    Flag(bool),
    Decimal(i128),
    /// Days since 1970 began.
    Day(i32),
}

/// A row of a file: its cells, and where the columns stand that a mapping names.
pub(super) struct Row<'r> {
    /// The row's cells.
    pub cells: &'r [Cell<'r>],
    /// Of each title of the mapping the column it stands above.
    pub places: &'r [usize],
}

/// Why a row is left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The field that could not be read.
    pub field: String,
    /// Why.
    pub why: Why,
}

impl<'r> Row<'r> {
    fn cell(&self, title: Title) -> &Cell<'r> {
        self.cells.get(self.places[title.0]).unwrap_or(&cell::EMPTY)
    }

    /// Whether the row is none: a total, say.
    pub fn is_skipped(&self, mapping: &TableMapping) -> bool {
        mapping.layout.skip.iter().any(|condition| condition.is_met(&self.cell(condition.title).text()))
    }

    /// The values of its fields, by slot.
    pub fn values(&self, mapping: &TableMapping, origin: &Origin, into: &mut [Option<Datum>]) -> Result<(), Refusal> {
        into.fill(None);
        for field in &mapping.fields {
            into[field.slot] = self.field(mapping, field, origin, into)?;
        }
        Ok(())
    }

    fn field(
        &self,
        mapping: &TableMapping,
        field: &Field,
        origin: &Origin,
        known: &[Option<Datum>],
    ) -> Result<Option<Datum>, Refusal> {
        for alternative in &field.alternatives {
            if !alternative.conditions.iter().all(|condition| condition.is_met(&self.cell(condition.title).text())) {
                continue;
            }
            let value = self.value(field, alternative, origin, known).map_err(|(title, why)| Refusal {
                field: title.map_or_else(|| field.name.to_owned(), |title| mapping.titles[title.0].clone()),
                why: format!("`{}`: {why}", field.name),
            })?;
            if value.is_some() {
                return Ok(value);
            }
        }
        Ok(None)
    }

    fn value(
        &self,
        field: &Field,
        alternative: &Alternative,
        origin: &Origin,
        known: &[Option<Datum>],
    ) -> Result<Option<Datum>, (Option<Title>, Why)> {
        let whole = |slot: usize| match &known[slot] {
            Some(Datum::Whole(whole)) => Some(*whole),
            _ => None,
        };
        let of_cell = |title: Title, reading: &Reading, read: &dyn Fn(&Cell<'_>) -> Result<Option<Datum>, Why>| {
            let cell = self.cell(title);
            if cell.is_null(&reading.formats.null) {
                return Ok(None);
            }
            if let Cell::Error(error) = cell {
                return Err((Some(title), format!("the cell shows {error}")));
            }
            read(cell).map_err(|why| (Some(title), why))
        };
        let value = match &alternative.value {
            Value::Constant(constant) => Some(datum(constant, field.kind)),
            Value::Cell(title, reading) => of_cell(*title, reading, &|cell| read(cell, field, reading, origin))?,
            Value::Joined(titles, between, reading) => {
                let cells: Vec<_> = titles.iter().map(|title| self.cell(*title)).collect();
                if cells.iter().any(|cell| cell.is_null(&reading.formats.null)) {
                    return Ok(None);
                }
                let texts: Vec<_> = cells.iter().map(|cell| cell.text()).collect();
                let joined = Cell::Text(texts.join(between).into());
                read(&joined, field, reading, origin).map_err(|why| (titles.first().copied(), why))?
            }
            Value::DayAndTime { day, time, reading } => {
                let formats = &reading.formats;
                let time = match time {
                    TimeOfDay::Fixed(time) => Some(Datum::Whole(*time)),
                    TimeOfDay::Cell(time) => of_cell(*time, reading, &|cell| cell.time().map(Datum::Whole).map(Some))?,
                };
                let Some(Datum::Whole(time)) = time else { return Ok(None) };
                of_cell(*day, reading, &|cell| {
                    let day = cell.day(formats, &origin.zone)?;
                    let at = cell::day_and_time(day, time, &origin.zone, formats.clock_change)?;
                    Ok(Some(Datum::Whole(at.0)))
                })?
            }
            Value::Near { time, near, reading } => {
                let Some(other) = whole(*near) else { return Ok(None) };
                of_cell(*time, reading, &|cell| {
                    Ok(cell::near(cell.time()?, Instant(other), &origin.zone).map(|at| Datum::Whole(at.0)))
                })?
            }
            Value::Field(slot) => known[*slot].clone(),
            Value::Between(from, until) => {
                let span = |(from, until): (i64, i64)| Datum::Whole(until.saturating_sub(from).div_euclid(1000));
                whole(*from).zip(whole(*until)).map(span)
            }
        };
        let Some(value) = value else { return Ok(None) };
        let Datum::Whole(mut sum) = value else { return Ok(Some(value)) };
        // Instants are in microseconds, spans in milliseconds.
        let scale = if field.kind == Kind::Instant { 1000 } else { 1 };
        let operands = alternative.plus.iter().map(|operand| (operand, scale));
        for (operand, scale) in operands.chain(alternative.minus.iter().map(|operand| (operand, -scale))) {
            let operand = match operand {
                Operand::Fixed(fixed) => Some(*fixed),
                Operand::Field(slot) => whole(*slot),
            };
            // What is not known makes the sum unknown.
            let Some(operand) = operand else { return Ok(None) };
            let too_large = || (None, "the sum is too large".to_owned());
            sum = operand.checked_mul(scale).and_then(|part| sum.checked_add(part)).ok_or_else(too_large)?;
        }
        Ok(Some(Datum::Whole(sum)))
    }
}

/// What a cell says of a field.
fn read(cell: &Cell<'_>, field: &Field, reading: &Reading, origin: &Origin) -> Result<Option<Datum>, Why> {
    let formats = &reading.formats;
    let said = |text: &str| reading.words.iter().find(|(theirs, _)| same(theirs, text)).map(|(_, ours)| ours.clone());
    Ok(Some(match field.kind {
        Kind::Text if field.name == "customer" => match origin.customer(&cell.text()) {
            Some(customer) => Datum::Text(customer),
            None => return Ok(None),
        },
        Kind::Name | Kind::Text => {
            let text = cell.text();
            Datum::Text(said(&text).unwrap_or_else(|| text.into_owned()))
        }
        Kind::Word(words) => {
            let text = cell.text();
            let ours = said(&text);
            let found = ours.as_deref().unwrap_or(&text);
            let word = words.iter().find(|word| **word == found);
            let why = || format!("{} has no word of ours; add it to `words`, or `\"*\"` for all others", quoted(&text));
            Datum::Word(word.ok_or_else(why)?)
        }
        Kind::Flag => match said(&cell.text()) {
            Some(ours) => Datum::Flag(ours == "true"),
            None => Datum::Flag(cell.flag()?),
        },
        Kind::Instant => Datum::Whole(cell.instant(formats, &origin.zone)?.0),
        Kind::Day => {
            let day = cell.day(formats, &origin.zone)?;
            Datum::Day((day - date(1970, 1, 1)).get_days())
        }
        Kind::Duration => Datum::Whole(cell.span(formats)?),
        Kind::Count => Datum::Whole(cell.whole(formats)?),
        Kind::Score => {
            let whole = cell.whole(formats)?;
            Datum::Score(i32::try_from(whole).map_err(|_| format!("{whole} is no score"))?)
        }
        Kind::Decimal(places) => {
            let number = cell.number(formats)?;
            let why = || format!("{} has more than {places} decimals, or too many digits", quoted(&cell.text()));
            Datum::Decimal(unscaled(&number, places).ok_or_else(why)?)
        }
    }))
}

fn datum(constant: &Constant, kind: Kind) -> Datum {
    match (constant, kind) {
        (Constant::Text(text), Kind::Word(words)) => {
            let word = words.iter().find(|word| **word == text.as_str());
            Datum::Word(word.expect("a mapping's constants are of the vocabulary"))
        }
        (Constant::Text(text), Kind::Day) => {
            let day: jiff::civil::Date = text.parse().expect("a mapping's days are days");
            Datum::Day((day - date(1970, 1, 1)).get_days())
        }
        (Constant::Text(text), _) => Datum::Text(text.clone()),
        (Constant::Whole(whole), Kind::Score) => {
            Datum::Score(i32::try_from(*whole).expect("a mapping's scores are small"))
        }
        (Constant::Whole(whole), _) => Datum::Whole(*whole),
        (Constant::Flag(flag), _) => Datum::Flag(*flag),
        (Constant::Decimal(unscaled), _) => Datum::Decimal(*unscaled),
    }
}
