//! `longshore price`: a contract on quantities that are counted already.

use std::collections::BTreeSet;

use longshore_contract::{price_usage, quantities};
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
        super::rate::in_force(*month, std::iter::once(&contract))?;
    }
    let priced = months.into_iter().map(|month| Ok((month, vec![price_usage(&contract, &usage, month)?])));
    let priced: Vec<_> = priced.collect::<Result<_, longshore_contract::PriceError>>().map_err(Failure::input)?;
    if arguments.json {
        show::json(&BillJson::new(contract.currency, &priced))
    } else {
        show::text(&(bill_table(contract.currency, &priced) + "\n"))
    }
}
