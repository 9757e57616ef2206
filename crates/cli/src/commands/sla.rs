//! `longshore sla`: what was promised, what was measured, and what follows in money.

use std::fs::File;
use std::path::Path;

use longshore_contract::{Invoice, Line, Sla as Promised, Usage};
use longshore_measures::{Missed, Reading};
use longshore_report::{Money, Service, SlaJson, TermValue, sla_text};
use longshore_units::{Amount, Exact, Month};

use super::rate;
use crate::arguments::Sla;
use crate::coverage::Coverage;
use crate::failure::Failure;
use crate::ledger_file::Ledgers;
use crate::rating::Rated;
use crate::records::{Records, Way};
use crate::service::{self, Term};
use crate::{files, show};

pub fn run(arguments: &Sla) -> Result<(), Failure> {
    let contract = files::contract(&arguments.contract)?;
    let records = Records::open(&arguments.sources)?;
    let month = arguments.month;
    let in_force = contract.in_force(arguments.known);
    rate::in_force(month, std::iter::once(in_force.clone()))?;
    if let Some(coverage) = records.coverage()
        && coverage.days_of(month) == 0
    {
        return Err(Failure::input(anyhow::anyhow!("the records cover {coverage}: nothing of {month}")));
    }
    let mut way = super::way(&arguments.means)?;
    let given = match &arguments.measured {
        Some(path) => rate::measured(path, &in_force)?,
        None => Usage::default(),
    };
    way.known = crate::rating::known_until(&contract, arguments.known);
    let months = service::known_months(&records, &in_force, month);
    let terms = service::terms(&records, &in_force, &months, way)?;
    let mut usage = Usage::default();
    terms.iter().filter(|term| service::is_known(&records, term)).for_each(|term| term.enter(&mut usage));
    usage.take_measured(given.clone());

    let (priced, no_money) = match priced(arguments, &records, &contract, way, usage) {
        Ok(priced) => (Some(priced), None),
        // What the records cannot price they can still measure.
        Err(failure @ (Failure::Findings { .. } | Failure::Input(_))) => (None, Some(said(&failure))),
        Err(failure) => return Err(failure),
    };
    let mut misses = arguments.misses.as_deref().map(Misses::create).transpose()?;
    let mut values = Vec::new();
    for term in terms.into_iter().filter(|term| term.month == month) {
        values.push(value(arguments, &records, way, term, &given, priced.as_ref(), &mut misses)?);
    }
    if let Some(misses) = misses {
        misses.finish()?;
    }
    let order = |sla: &Promised| in_force.last().slas.iter().position(|known| known.name == sla.name);
    values.sort_by_key(|value| order(value.sla).unwrap_or(usize::MAX));
    let service = Service {
        provider: contract.provider.clone(),
        month,
        currency: contract.currency,
        no_money,
        notes: priced.map_or_else(Vec::new, |(invoice, _)| invoice.notes),
        terms: values,
    };
    if service.terms.is_empty() {
        show::note(&format!("the contract promises nothing that is measured in {month}: it has no [[sla]]"));
    }
    if arguments.json {
        show::json(&SlaJson::new(&service))?;
    } else {
        show::text(&sla_text(&service))?;
    }
    if service.terms.iter().any(|term| term.met() == Some(false)) { Err(Failure::Found) } else { Ok(()) }
}

/// The month's invoice, and the contract as it is rated: one reckoning of credits for all commands.
fn priced(
    arguments: &Sla,
    records: &Records,
    contract: &longshore_contract::Contract,
    way: Way,
    usage: Usage,
) -> Result<(Invoice, Rated), Failure> {
    let ledgers = arguments.ledger.as_deref().map(Ledgers::read).transpose()?;
    let way = Way { known: None, ..way };
    let mut rated = Rated::new(records, contract.clone(), None, (arguments.known, way), Some(usage))?;
    let mut invoices = rated.invoices(&[arguments.month], records, ledgers.as_ref(), false)?;
    let invoice = invoices.remove(&arguments.month);
    let invoice = invoice.ok_or_else(|| Failure::Bug(anyhow::anyhow!("the month asked for has no invoice")))?;
    Ok((invoice, rated))
}

fn said(failure: &Failure) -> String {
    match failure {
        Failure::Findings { diagnostics, .. } => {
            diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect::<Vec<_>>().join("; ")
        }
        Failure::Input(error) => error.to_string(),
        _ => String::new(),
    }
}

fn value<'c>(
    arguments: &Sla,
    records: &Records,
    way: Way,
    term: Term<'c>,
    given: &Usage,
    priced: Option<&(Invoice, Rated)>,
    misses: &mut Option<Misses>,
) -> Result<TermValue<'c>, Failure> {
    let (sla, month) = (term.sla, term.month);
    let behind = term.behind(records, way, arguments.worst, |missed| match misses {
        Some(misses) => misses.write(&sla.name, missed),
        None => Ok(()),
    })?;
    let by_hand = given.measured(&sla.name, month).cloned();
    let is_given = by_hand.is_some();
    let reading = match by_hand {
        Some(value) => Reading { value: Ok(value), above: 0, below: 0, unknown: 0, interval: None },
        None => term.reading.clone(),
    };
    let known_until = records.coverage().map(Coverage::last_day);
    // Without a manifest nobody knows how far the records go.
    let provisional_until = term.provisional_until().filter(|until| known_until.is_none_or(|known| known < *until));
    let missing = match records.coverage() {
        Some(coverage) if !coverage.has(term.days.0, term.days.1) => {
            Some(format!("the records cover {coverage}: only a part of its days"))
        }
        _ => None,
    };
    let money = priced.filter(|_| term.settled).map(|(invoice, rated)| money(sla, month, invoice, rated));
    let due = match (&money, priced) {
        (Some(Money { verdict: longshore_contract::Verdict::Missed, .. }), Some((_, rated))) => {
            let followed = sla.consequences.iter().filter_map(|consequence| {
                let misses = rated.ledger.misses(&sla.name, month, consequence.within_months);
                (consequence.misses <= misses).then(|| (consequence.what.clone(), misses))
            });
            followed.collect()
        }
        _ => Vec::new(),
    };
    Ok(TermValue {
        sla,
        days: term.days,
        settled: term.settled,
        reading,
        given: is_given,
        provisional_until,
        provisional_because: missing,
        money,
        due,
        behind: behind.has_contacts().then_some(behind),
    })
}

fn money(sla: &Promised, month: Month, invoice: &Invoice, rated: &Rated) -> Money {
    let [credit, bonus, earned_back] = sla.lines().map(|name| {
        let lines = invoice.lines.iter().filter(|line: &&Line| line.charge == name);
        lines.map(|line| line.amount.clone()).sum::<Amount>()
    });
    let closed = rated.ledger.months.get(&month).and_then(|closed| closed.slas.get(&sla.name));
    Money { verdict: closed.map_or_else(Default::default, |closed| closed.verdict), credit, bonus, earned_back }
}

/// The file of all contacts that missed.
struct Misses {
    writer: csv::Writer<File>,
    path: std::path::PathBuf,
}

impl Misses {
    fn create(path: &Path) -> Result<Misses, Failure> {
        let file = File::create(path).map_err(|error| Failure::of_file(path, error))?;
        let mut misses = Misses { writer: csv::Writer::from_writer(file), path: path.to_owned() };
        misses.record(
            &["term", "source", "contact_id", "queue", "at", "outcome", "seconds", "mark"].map(str::to_owned),
        )?;
        Ok(misses)
    }

    fn write(&mut self, term: &str, missed: &Missed) -> Result<(), Failure> {
        let seconds = missed.milliseconds.and_then(|time| Exact::ratio(i128::from(time), 1000));
        self.record(&[
            term.to_owned(),
            missed.source.clone(),
            missed.contact_id.clone(),
            missed.queue.clone().unwrap_or_default(),
            missed.at.map_or_else(String::new, |at| at.to_string()),
            missed.outcome.clone().unwrap_or_default(),
            seconds.map_or_else(String::new, |seconds| seconds.to_string()),
            missed.mark.map_or_else(String::new, |mark| mark.to_string()),
        ])
    }

    fn record(&mut self, fields: &[String]) -> Result<(), Failure> {
        let written = self.writer.write_record(fields);
        written.map_err(|error| Failure::of_file(&self.path, std::io::Error::other(error)))
    }

    fn finish(mut self) -> Result<(), Failure> {
        self.writer.flush().map_err(|error| Failure::of_file(&self.path, error))
    }
}
