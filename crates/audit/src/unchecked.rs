//! What cannot be checked without records.

use longshore_contract::{ChargeKind, Contract, Counted, Grain, Measure, MinimumOf, Per, Quantum, ScheduleHours, Sla};

use crate::owed::Owed;
use crate::{BilledInvoice, NotChecked};

/// What could not be checked of each charge and term, in the order of the contract.
pub(crate) fn list(owed: &Owed<'_>, invoices: &[&BilledInvoice]) -> Vec<NotChecked> {
    let terms = owed.in_force.last();
    let mut list: Vec<NotChecked> = Vec::new();
    for charge in &terms.charges {
        let what = match &charge.kind {
            ChargeKind::Counted(counted) => of_charge(terms, counted, counted.by_row(terms.rounding_of(charge))),
            ChargeKind::Ratio(_) => vec!["the quantity it is a ratio of".to_owned()],
            ChargeKind::Share(_) | ChargeKind::Flat { .. } | ChargeKind::Once { .. } => Vec::new(),
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
        if minimum.per != Per::Month {
            what.push(format!("the months of its {} of which no invoice is given", minimum.per.word()));
        }
        list.push(NotChecked { charge: minimum.name.clone(), what });
    }
    list.extend(
        terms.slas.iter().map(|sla| NotChecked { charge: sla.name.clone(), what: of_sla(owed, invoices, sla) }),
    );
    list.retain(|item| !item.what.is_empty());
    list
}

fn of_charge(terms: &Contract, counted: &Counted, by_row: bool) -> Vec<String> {
    let mut what = vec![format!("the quantity itself: the {}s", counted.unit())];
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
    }
    if counted.scope != longshore_contract::Scope::Contract {
        what.push(format!("which {} the units are of", counted.scope.word()));
    }
    if counted.per != Per::Month {
        what.push(format!("what was used in months of the {} of which no invoice is given", counted.per.word()));
    }
    if counted.included.as_ref().is_some_and(|included| 0 < included.rollover_months) {
        what.push("included units carried over from months of which no invoice is given".to_owned());
    }
    if by_row {
        what.push("the amount: it is reckoned contact by contact, and was taken as it is billed".to_owned());
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
