//! Contracts counted in records, and their months priced one after the other.

use std::collections::BTreeMap;

use arrow_array::RecordBatch;
use jiff::civil::Date;
use longshore_contacts::{Table, rate_rows};
use longshore_contract::{Contract, Counts, InForce, Invoice, Ledger, Usage, price};
use longshore_units::{Exact, Instant, Month, plural};

use crate::failure::Failure;
use crate::ledger_file::Ledgers;
use crate::presence;
use crate::records::{Records, Way};
use crate::show;

/// The most values of rates that records may have: every day of a century of thirty of them.
const MOST_RATES: usize = 1 << 20;

/// A contract, counted.
pub struct Rated {
    pub contract: Contract,
    /// The day as known on which it is read; today where none is named.
    known: Option<Date>,
    pub counts: Counts,
    usage: Usage,
    /// What the months so far leave to later ones.
    pub ledger: Ledger,
    looks_back: bool,
}

impl Rated {
    /// Counts a contract's terms in records, and says what was not counted. `measured` is what no record shows.
    pub fn new(
        records: &Records,
        contract: Contract,
        option: Option<&str>,
        (known, mut way): (Option<Date>, Way),
        measured: Option<Usage>,
    ) -> Result<Rated, Failure> {
        way.known = known_until(&contract, known);
        let in_force = contract.in_force(known);
        let found = records.count((&contract, known), option, way)?;
        presence::unmet(&in_force, &found.counts);
        for (reason, rows) in found.left_out.named() {
            let worth_saying = !matches!(reason, "other_provider" | "other_program" | "superseded");
            if worth_saying && 0 < rows {
                let reason = reason.replace('_', " ");
                let rows = plural(rows, "row");
                show::note(&format!("not priced under the contract of `{}`: {rows}, {reason}", contract.provider));
            }
        }
        let mut usage = Usage::of(&in_force, &found.counts).map_err(Failure::input)?;
        for ((what, date), value) in rates(records)? {
            usage.set_rate(what, date, value);
        }
        if let Some(measured) = measured {
            usage.take_measured(measured);
        }
        let looks_back = !in_force.looks_back().is_empty();
        Ok(Rated { counts: found.counts, known, usage, ledger: Ledger::default(), looks_back, contract })
    }

    /// The terms, as known.
    pub fn in_force(&self) -> InForce<'_> {
        self.contract.in_force(self.known)
    }

    /// Takes over what was measured of the service.
    pub fn take_measured(&mut self, measured: Usage) {
        self.usage.take_measured(measured);
    }

    /// Prices months, in their order. Where a month depends on those before, or `keep` asks for all of them, the months
    /// from the contract's first on are priced too, or taken from a ledger.
    ///
    /// # Errors
    /// If a month before is neither in the records nor in the ledger.
    pub fn invoices(
        &mut self,
        months: &[Month],
        records: &Records,
        ledgers: Option<&Ledgers>,
        keep: bool,
    ) -> Result<BTreeMap<Month, Invoice>, Failure> {
        let (Some(first), Some(last)) = (months.first().copied(), months.last().copied()) else {
            return Ok(BTreeMap::new());
        };
        let starts = Month::of(self.contract.term.starts);
        let folds = self.looks_back || keep || ledgers.is_some();
        if let Some(ledgers) = ledgers {
            self.ledger = ledgers.of(&self.contract, first)?;
        }
        let next = match self.ledger.months.last_key_value() {
            Some((month, _)) => month.next().unwrap_or(starts),
            None => starts,
        };
        if folds {
            let before = Month::through(next, last).filter(|month| !months.contains(month));
            let unknown: Vec<Month> = before.filter(|month| !self.is_covered(records, *month)).collect();
            if let Some(unknown) = unknown.first() {
                return Err(self.not_covered(*unknown, last));
            }
        }
        let contract = self.contract.clone();
        let in_force = contract.in_force(self.known);
        let mut invoices = BTreeMap::new();
        let all: Vec<Month> = if folds { Month::through(next.min(first), last).collect() } else { months.to_vec() };
        for month in all {
            if !folds {
                self.ledger = Ledger::default();
            }
            let invoice = price(&in_force, &self.usage, month, &mut self.ledger).map_err(Failure::input)?;
            if months.contains(&month) {
                invoices.insert(month, invoice);
            }
        }
        Ok(invoices)
    }

    /// Whether the records know all of the days of a month that lie in the term. Without a manifest, one that has rows
    /// counts as known.
    fn is_covered(&self, records: &Records, month: Month) -> bool {
        match records.coverage() {
            Some(coverage) => {
                let (first, last) = (month.first(), month.last());
                let term = self.in_force().term();
                let last = term.ends.map_or(last, |ends| ends.min(last));
                coverage.has(first.max(term.starts), last)
            }
            None => self.counts.periods().contains(&month),
        }
    }

    fn not_covered(&self, unknown: Month, month: Month) -> Failure {
        let in_force = self.in_force();
        let names = in_force.looks_back();
        let because = match names.as_slice() {
            [] => "a ledger holds all months from the first on".to_owned(),
            [name, ..] => format!("`{name}` depends on the months before"),
        };
        Failure::input(anyhow::anyhow!(
            "{month} cannot be rated by itself under the contract of `{}`: {because}, and the records do not cover {unknown}; \
             name records from {} on, or give the ledger of the month before with --ledger (rate writes it with \
             --write-ledger)",
            self.contract.provider,
            Month::of(self.contract.term.starts),
        ))
    }
}

/// The last instant of the day as known on which records are read.
pub fn known_until(contract: &Contract, known: Option<Date>) -> Option<Instant> {
    let next = known.and_then(|known| contract.zone.start_of(known.tomorrow().ok()?));
    next.map(|next| Instant(next.0 - 1))
}

/// Currencies and indexes by name and day.
fn rates(records: &Records) -> Result<BTreeMap<(String, Date), Exact>, Failure> {
    let mut rates: BTreeMap<(String, Date), Exact> = BTreeMap::new();
    let batches: Vec<RecordBatch> = records.whole(Table::Rates, 8192, None, None)?;
    for row in batches.iter().flat_map(rate_rows) {
        let row = row.map_err(Failure::input)?;
        let (what, date, value) = (row.what, row.date, row.value.to_exact());
        let known = rates.insert((what.clone(), date), value.clone());
        if known.as_ref().is_some_and(|known| *known != value) {
            return Err(Failure::input(anyhow::anyhow!(
                "the records have two values of `{what}` on {date}; keep one of them"
            )));
        }
        if MOST_RATES < rates.len() {
            return Err(Failure::input(anyhow::anyhow!("the records have more than {MOST_RATES} values of rates")));
        }
    }
    Ok(rates)
}
