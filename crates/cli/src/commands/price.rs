//! `longshore price`: a contract on quantities that are counted already.

use std::collections::BTreeSet;

use longshore_contract::{InForce, fold, quantities_in_force};
use longshore_report::{BillJson, bill_table};
use longshore_units::Month;

use crate::arguments::Price;
use crate::failure::Failure;
use crate::{files, show};

pub fn run(arguments: &Price) -> Result<(), Failure> {
    let contract = files::contract(&arguments.contract)?;
    let in_force = contract.in_force(arguments.known);
    let text = files::text(&arguments.quantities)?;
    let (usage, diagnostics) = quantities_in_force(&in_force, &text);
    let mut usage = files::sound(usage, vec![text], diagnostics)?;
    let months: BTreeSet<Month> = usage.periods().into_iter().chain(arguments.month.iter().copied()).collect();
    let Some((first, last)) = months.first().zip(months.last()) else {
        return Err(Failure::input(anyhow::anyhow!(
            "the file has no quantities; name the month to price with --month"
        )));
    };
    for month in &months {
        super::rate::in_force(*month, std::iter::once(contract.in_force(arguments.known)))?;
    }
    let starts = Month::of(in_force.term().starts);
    let unknown: Vec<Month> = Month::through(starts, *last).filter(|month| !months.contains(month)).collect();
    unknown_before(&in_force, &unknown);
    unknown.iter().for_each(|month| usage.take_as_unused(*month));
    let invoices = fold(&in_force, &usage, *first, *last).map_err(Failure::input)?;
    let asked = invoices.into_iter().filter(|invoice| months.contains(&invoice.month));
    let priced: Vec<_> = asked.map(|invoice| (invoice.month, vec![invoice])).collect();
    if arguments.json {
        show::json(&BillJson::new(contract.currency, &priced))
    } else {
        show::text(&(bill_table(contract.currency, &priced) + "\n"))
    }
}

/// Says which months before the last one were priced without quantities, where what later ones owe depends on them: a year's
/// minimum is not reached by months that nobody wrote down.
fn unknown_before(in_force: &InForce<'_>, unknown: &[Month]) {
    let Some(name) = in_force.looks_back().into_iter().next() else { return };
    let months = match unknown {
        [] => return,
        [only] => only.to_string(),
        [first, .., last] if unknown.len() as i32 == last.since(*first) + 1 => format!("{first} to {last}"),
        [first, .., last] => format!("{} months from {first} to {last}", unknown.len()),
    };
    show::note(&format!(
        "`{name}` depends on earlier months, and the file has no quantities of {months}: nothing is taken to have been used \
         then; add their quantities if something was"
    ));
}
