//! What records say of a contract's SLA terms.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use longshore_contacts::Table;
use longshore_contract::{Choice, Contract, InForce, Per, Select, Sla, Usage};
use longshore_measures::{Asked, Behind, Dimension, Key, Plan, Program, Reading, RowGrain, Rows, Step, TimeUnit, Why};
use longshore_units::Month;

use crate::coverage::Coverage;
use crate::failure::Failure;
use crate::measuring;
use crate::records::{Records, Way};
use crate::show;

/// An SLA term in a month, measured over its period up to that month.
pub struct Term<'c> {
    /// The terms that it is of.
    pub contract: &'c Contract,
    pub sla: &'c Sla,
    pub month: Month,
    /// The first day that it looks at, and the last.
    pub days: (Date, Date),
    /// Whether its period ends with the month.
    pub settled: bool,
    pub reading: Reading,
}

/// Measures the terms of some months: those settled with each, and in the last of them what the others have come to so far.
pub fn terms<'c>(
    records: &Records,
    in_force: &InForce<'c>,
    months: &[Month],
    way: Way,
) -> Result<Vec<Term<'c>>, Failure> {
    let (mut terms, asked) = (Vec::new(), months.last());
    for (version, contract) in in_force.versions().iter().copied().enumerate() {
        // A month belongs to the last of its versions: that is what prices it.
        let is_of = |month: &&Month| in_force.of_month(**month).last().is_some_and(|(last, _)| last == version);
        let months: Vec<Month> = months.iter().filter(is_of).copied().collect();
        let (Some(first), Some(last)) = (months.first().copied(), months.last().copied()) else { continue };
        // The months of all monthly terms come from one look at the records.
        let (monthly, others): (Vec<&Sla>, Vec<&Sla>) =
            contract.slas.iter().partition(|sla| sla.per == Per::Month && can_be_told_by_month(sla));
        let days = (days_of(in_force, first, first).0, days_of(in_force, last, last).1);
        let mut read = by_month(records, contract, &monthly, days, way)?;
        for month in &months {
            for (position, sla) in monthly.iter().enumerate() {
                let days = days_of(in_force, *month, *month);
                let reading = read(*month, position);
                terms.push(Term { contract, sla, month: *month, days, settled: true, reading });
            }
            for sla in &others {
                let (first, last) = sla.per.period(in_force.term(), *month);
                // What a period had come to before its end is of interest in the month that is asked for alone.
                if last != Some(*month) && Some(month) != asked {
                    continue;
                }
                let days = days_of(in_force, first, *month);
                let program = program(contract, &[sla], days, Vec::new());
                let plan = Arc::new(Plan::new(program).map_err(Failure::input)?);
                let results = measuring::tally(records, &plan, way)?.finish();
                let reading = results.reading(&[], &plan.figures()[0]);
                let settled = last == Some(*month);
                terms.push(Term { contract, sla, month: *month, days, settled, reading });
            }
        }
    }
    Ok(terms)
}

/// Whoever is on the register is so for days, not at an instant: such a term is measured month by month.
fn can_be_told_by_month(sla: &Sla) -> bool {
    sla.measure.choice(Choice::Population) != "agents"
}

/// The readings of monthly terms, by month and position.
fn by_month<'p>(
    records: &Records,
    contract: &'p Contract,
    slas: &[&Sla],
    days: (Date, Date),
    way: Way,
) -> Result<impl FnMut(Month, usize) -> Reading + use<'p>, Failure> {
    let program = program(contract, slas, days, vec![Dimension::Time(TimeUnit::Month)]);
    let plan = Arc::new(Plan::new(program).map_err(Failure::input)?);
    let results = measuring::tally(records, &plan, way)?.finish();
    Ok(move |month: Month, position: usize| {
        let begins = contract.zone.start_of(month.first()).map_or(i64::MIN, |begins| begins.0);
        results.reading(&[Key::Time(begins)], &plan.figures()[position])
    })
}

/// The days of some months that lie in the term.
fn days_of(in_force: &InForce<'_>, first: Month, last: Month) -> (Date, Date) {
    let term = in_force.term();
    let last = term.ends.map_or(last.last(), |ends| ends.min(last.last()));
    (first.first().max(term.starts), last)
}

fn program(contract: &Contract, slas: &[&Sla], (first, last): (Date, Date), by: Vec<Dimension>) -> Program {
    let asked = |sla: &&Sla| Asked {
        name: sla.name.clone(),
        measure: sla.measure.clone(),
        when: sla.when.clone(),
        target: Some(sla.target.clone()),
    };
    Program {
        rows: Rows {
            grain: RowGrain::Contact,
            provider: Some(contract.provider.clone()),
            programs: contract.programs.clone(),
            select: Select::default(),
            first: Some(first),
            last: Some(last),
        },
        by,
        zone: contract.zone.clone(),
        step: Step::HALF_HOUR,
        calendars: contract.calendars.clone(),
        standard: None,
        measures: slas.iter().map(asked).collect(),
    }
}

impl Term<'_> {
    /// Enters its value among what prices are reckoned from, if its period is over and it has one.
    pub fn enter(&self, usage: &mut Usage) {
        if let (true, Ok(value)) = (self.settled, &self.reading.value) {
            usage.measure(self.sla.name.clone(), self.month, value.clone());
        }
    }

    /// The last day on which something may still become known that changes it. None where nothing looks beyond its days.
    pub fn provisional_until(&self) -> Option<Date> {
        let numerator = self.sla.measure.choice(Choice::Numerator);
        let looks_beyond = matches!(numerator, "repeated" | "without repeat");
        let within = self.sla.measure.within.filter(|_| looks_beyond)?;
        self.days.1.checked_add(i64::from(within.0).days()).ok()
    }

    /// The contacts behind it: how many, and those that missed.
    pub fn behind(
        &self,
        records: &Records,
        way: Way,
        worst: usize,
        mut each: impl FnMut(&longshore_measures::Missed) -> Result<(), Failure>,
    ) -> Result<Behind, Failure> {
        let program = program(self.contract, &[self.sla], self.days, Vec::new());
        let plan = Arc::new(Plan::new(program).map_err(Failure::input)?);
        let mut behind = Behind::new(Arc::clone(&plan), 0, self.sla.target.clone(), worst);
        if behind.has_contacts() {
            measuring::each_batch(records, &plan, way, &Behind::columns(RowGrain::Contact), |table: Table, batch| {
                let mut failed = Ok(());
                let added = behind.add(table, batch, |missed| {
                    if failed.is_ok() {
                        failed = each(missed);
                    }
                });
                added.map_err(Failure::input)?;
                failed
            })?;
        }
        Ok(behind)
    }
}

/// The months of a contract that records know, up to one.
pub fn known_months(records: &Records, in_force: &InForce<'_>, until: Month) -> Vec<Month> {
    let starts = Month::of(in_force.term().starts);
    let all = Month::through(starts.min(until), until);
    match records.coverage() {
        // A month of which a part is known is measured, as it is priced: with a remark.
        Some(coverage) => all.filter(|month| 0 < coverage.days_of(*month)).collect(),
        None => all.collect(),
    }
}

/// What is measured of the months that records know: the values by which they are priced.
pub fn measured(records: &Records, in_force: &InForce<'_>, until: Month, way: Way) -> Result<Usage, Failure> {
    let mut usage = Usage::default();
    if in_force.versions().iter().any(|version| !version.slas.is_empty()) {
        let months = known_months(records, in_force, until);
        let known = terms(records, in_force, &months, way)?;
        known.iter().filter(|term| is_known(records, term)).for_each(|term| term.enter(&mut usage));
        let mut said = BTreeSet::new();
        for term in known.iter().filter(|term| term.settled) {
            if let Err(why) = &term.reading.value
                && *why != Why::Nothing
                && said.insert((&term.sla.name, why))
            {
                show::note(&format!("`{}` is not measured from the records: {why}", term.sla.name));
            }
        }
    }
    Ok(usage)
}

/// Whether the records know of the days that a term looks at. Where no manifest says which days they cover, a month without a
/// single contact is not known: nothing was recorded, or nothing happened.
pub fn is_known(records: &Records, term: &Term<'_>) -> bool {
    let (first, last) = term.days;
    match records.coverage() {
        Some(coverage) => first <= last && covers_some(coverage, first, last),
        None => term.reading.below != 0,
    }
}

fn covers_some(coverage: &Coverage, first: Date, last: Date) -> bool {
    Month::through(Month::of(first), Month::of(last)).all(|month| 0 < coverage.days_of(month))
}
