//! What cannot be checked without records.

use std::collections::BTreeSet;

use jiff::civil::Date;
use longshore_contract::{
    ChargeKind, Contract, Counted, Grain, LineKind, Measure, MinimumOf, Quantum, ScheduleHours, Sla,
};
use longshore_units::{Month, plural_of};

use crate::owed::Owed;
use crate::printed::Unrounded;
use crate::unit::known;
use crate::unknown::Unknown;
use crate::untold;
use crate::{BilledInvoice, NotChecked};

/// What could not be checked of each charge and term, in the order of the contract.
pub(crate) fn list(owed: &Owed<'_>, invoices: &[&BilledInvoice], unrounded: &[Unrounded]) -> Vec<NotChecked> {
    let terms = owed.in_force.last();
    let mut list: Vec<NotChecked> = Vec::new();
    for charge in &terms.charges {
        let what = match &charge.kind {
            ChargeKind::Counted(counted) if owed.is_billed(&charge.name) => {
                of_charge(terms, counted, counted.by_row(terms.rounding_of(charge)))
            }
            ChargeKind::Counted(counted) => vec![format!("whether any {} was used: no line bills it", counted.unit())],
            ChargeKind::Ratio(_) => vec!["the quantity it is a ratio of".to_owned()],
            ChargeKind::Share(_)
            | ChargeKind::Flat { .. }
            | ChargeKind::FourWeekly { .. }
            | ChargeKind::Once { .. } => Vec::new(),
        };
        list.push(NotChecked { charge: charge.name.clone(), what });
    }
    for minimum in &terms.minimums {
        let mut what = Vec::new();
        if let Some(condition) = &minimum.waived_if {
            let quanta: Vec<&str> = condition.quanta().map(Quantum::word).collect();
            what.push(format!("whether it is waived: that looks at {}", quanta.join(" and ")));
        }
        if let MinimumOf::Volume { .. } = &minimum.of {
            what.push("the volume it asks for, and the forecast where it is a share of one".to_owned());
        }
        list.push(NotChecked { charge: minimum.name.clone(), what });
    }
    list.extend(
        terms.slas.iter().map(|sla| NotChecked { charge: sla.name.clone(), what: of_sla(owed, invoices, sla) }),
    );
    for invoice in invoices {
        let is_unknown = |name: &&str| owed.names.meant(name).is_none_or(|item| item.kind != LineKind::Service);
        for name in invoice.figures.iter().map(|figure| figure.name.as_str()).filter(is_unknown) {
            add(&mut list, name, format!("what invoice `{}` says of it: no SLA term is called so", invoice.number));
        }
    }
    for unrounded in unrounded {
        add(&mut list, &unrounded.name, unrounded.what.clone());
    }
    for (charge, what) in strange_units(owed, terms, invoices) {
        add(&mut list, charge, what);
    }
    for (month, charge, from) in amended_within(owed, invoices) {
        add(&mut list, charge, format!("which of its units of {month} were used from {from} on, under other terms"));
    }
    for unknown in owed.unknown() {
        let (charge, what) = match unknown {
            Unknown::Line(item) if item.kind == LineKind::Service => {
                (item.name.clone(), "its credit: it was taken as it is given, because no figure says what it should be")
            }
            Unknown::Line(item) => (item.name.clone(), "its amount: it was taken as it is billed"),
            Unknown::Back(item) => (
                item.name.clone(),
                "in months that take back more units than they bill, in which bands these lie: each line was reckoned by its own quantity and price",
            ),
            Unknown::Earlier(item) => (
                item.name.clone(),
                "its amount where it hangs on what is not given of earlier months: it was taken as it is billed",
            ),
            Unknown::Condition(item) => (item.name.clone(), "its condition: it was taken not to hold"),
            Unknown::Index(series) => (
                format!("index by {series}"),
                "any of it: its values are not given, and prices were compared without it; give them with --figures",
            ),
            Unknown::Left(item) => (
                item.name.clone(),
                "how many included units earlier months left: where no line says how many were used, none are taken to be left",
            ),
            Unknown::Payment => {
                ("payment".to_owned(), "the amount in the currency it is paid in: the rate is not given")
            }
        };
        add(&mut list, &charge, what.to_owned());
    }
    for (item, months) in owed.untold() {
        let months: Vec<Month> = months.into_iter().collect();
        let what = format!("what {} left to it: no invoice or figure of that time is given", untold::written(&months));
        add(&mut list, &item.name, what);
    }
    list.retain(|item| !item.what.is_empty());
    list
}

/// The charges that lines bill in a unit whose word is not known: of each word the first line.
fn strange_units<'c>(owed: &Owed<'_>, terms: &'c Contract, invoices: &[&BilledInvoice]) -> Vec<(&'c str, String)> {
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut found = Vec::new();
    for (invoice, line) in invoices.iter().flat_map(|invoice| invoice.lines.iter().map(move |line| (invoice, line))) {
        let Some(word) = line.unit.as_deref().filter(|word| line.quantity.is_some() && known(word).is_none()) else {
            continue;
        };
        let Some(item) = owed.names.meant(line.charge.as_deref().unwrap_or(&line.description)) else { continue };
        let Some(charge) = terms.charges.iter().find(|charge| owed.names.latest(&charge.name) == item.name) else {
            continue;
        };
        if let ChargeKind::Counted(counted) = &charge.kind
            && seen.insert((&charge.name, word))
        {
            let what = format!(
                "what a unit of `{word}` is, on line {} of invoice `{}`: the word is not known, and was taken for the \
                 contract's {}",
                line.number,
                invoice.number,
                counted.unit()
            );
            found.push((charge.name.as_str(), what));
        }
    }
    found
}

/// The charges whose terms change within a month that an invoice bills, with the day.
fn amended_within<'c>(owed: &Owed<'c>, invoices: &[&BilledInvoice]) -> Vec<(Month, &'c str, Date)> {
    let months: BTreeSet<Month> = invoices.iter().map(|invoice| invoice.period.month()).collect();
    let mut found = Vec::new();
    for month in months {
        let versions: Vec<&Contract> = owed.in_force.of_month(month).map(|(_, terms)| terms).collect();
        for pair in versions.windows(2) {
            let differs = |charge: &&longshore_contract::Charge| {
                let before = pair[0].charges.iter().find(|before| before.name == charge.name);
                matches!(charge.kind, ChargeKind::Counted(_)) && before.is_some_and(|before| before != *charge)
            };
            let charges = pair[1].charges.iter().filter(differs);
            found.extend(charges.map(|charge| (month, charge.name.as_str(), pair[1].in_force.starts)));
        }
    }
    found
}

fn add(list: &mut Vec<NotChecked>, charge: &str, what: String) {
    match list.iter_mut().find(|item| item.charge == charge) {
        Some(item) => item.what.push(what),
        None => list.push(NotChecked { charge: charge.to_owned(), what: vec![what] }),
    }
}

fn of_charge(terms: &Contract, counted: &Counted, by_row: bool) -> Vec<String> {
    let units = plural_of(counted.unit());
    let mut what = vec![format!("the quantity itself: the {units}")];
    match &counted.measure {
        Measure::Time { of, increments, .. } => {
            let parts: Vec<&str> = of.iter().map(|part| part.word()).collect();
            what.push(format!("that the time is {} and nothing else", parts.join(" and ")));
            if *increments != longshore_contract::Increments::EXACT {
                what.push("the increments of each contact".to_owned());
            }
        }
        Measure::AgentTime { overtime, .. } => {
            what.push("the states in which the time was spent".to_owned());
            if overtime.is_some() {
                what.push("that it is overtime, by each agent's week".to_owned());
            }
        }
        Measure::Schedule { of, .. } => {
            what.push("the hours of the schedule".to_owned());
            if let ScheduleHours::Pick { .. } = of {
                what.push("which of the hours is the lesser or greater, interval by interval".to_owned());
            }
        }
        Measure::AgentMonths { .. } => what.push("the days each agent was on the register".to_owned()),
        Measure::Resolutions { reopened_within: Some(_) } => {
            what.push("that no resolution was reopened within the agreed time".to_owned());
        }
        Measure::SaleAmount | Measure::Sales => what.push("that the sales stood".to_owned()),
        Measure::Reported { .. } | Measure::Cost { .. } => what.push("the documents behind it".to_owned()),
        _ => {}
    }
    if !counted.select.criteria.is_empty() {
        what.push("that only the rows it selects are counted".to_owned());
    }
    if matches!(counted.grain, Grain::Contact | Grain::Leg) {
        what.push(format!("that each contact is counted in the month in which it was {}", terms.counted_at.word()));
    }
    if !counted.surcharges.is_empty() {
        let calendars: Vec<&str> = counted.surcharges.iter().map(|surcharge| surcharge.calendar.as_str()).collect();
        what.push(format!("which units lie in {}", calendars.join(", ")));
        if counted.included.is_some() {
            what.push(format!("which of the units in {} are included ones", calendars.join(", ")));
        }
    }
    if counted.scope != longshore_contract::Scope::Contract {
        what.push(format!("which {} the units are of", counted.scope.word()));
    }
    if by_row {
        what.push("each contact's amount, from which the charge's is added up".to_owned());
    }
    what
}

fn of_sla(owed: &Owed<'_>, invoices: &[&BilledInvoice], sla: &Sla) -> Vec<String> {
    let months = invoices.iter().map(|invoice| invoice.period.month());
    let without: Vec<String> = months
        .filter(|month| owed.usage.measured(&sla.name, *month).is_none())
        .map(|month| month.to_string())
        .collect();
    let mut what = vec!["the measure itself: the figures are the provider's own".to_owned()];
    if without.len() == invoices.len() {
        what = vec!["any of it: no invoice has a figure for it".to_owned()];
    } else if !without.is_empty() {
        what.push(format!("{}: no figure is given", without.join(", ")));
    }
    if sla.relief.is_some() {
        what.push("whether a miss is excused".to_owned());
    }
    what
}
