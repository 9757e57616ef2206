//! `longshore price`: a contract on quantities that are counted already.

use std::collections::BTreeSet;

use longshore_contract::{fold, quantities};
use longshore_report::{BillJson, bill_table};
use longshore_units::Month;

use crate::arguments::Price;
use crate::failure::Failure;
use crate::{files, show};

pub fn run(arguments: &Price) -> Result<(), Failure> {
    let contract = files::contract(&arguments.contract)?;
    let text = files::text(&arguments.quantities)?;
    let (usage, diagnostics) = quantities(&contract, &text);
    let usage = files::sound(usage, vec![text], diagnostics)?;
    let months: BTreeSet<Month> = usage.periods().into_iter().chain(arguments.month.iter().copied()).collect();
    if months.is_empty() {
        return Err(Failure::input(anyhow::anyhow!(
            "the file has no quantities; name the month to price with --month"
        )));
    }
    for month in &months {
        super::rate::in_force(*month, std::iter::once(contract.in_force(None)))?;
    }
    let (first, last) = months.first().zip(months.last()).expect("there are months");
    let invoices = fold(&contract.in_force(None), &usage, *first, *last).map_err(Failure::input)?;
    let asked = invoices.into_iter().filter(|invoice| months.contains(&invoice.month));
    let priced: Vec<_> = asked.map(|invoice| (invoice.month, vec![invoice])).collect();
    if arguments.json {
        show::json(&BillJson::new(contract.currency, &priced))
    } else {
        show::text(&(bill_table(contract.currency, &priced) + "\n"))
    }
}
