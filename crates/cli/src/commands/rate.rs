//! `longshore rate`: what months should cost, from records.

use longshore_business_case::CaseContract;
use longshore_contract::{Contract, Counts, Invoice, price};
use longshore_report::{BillJson, bill_table};
use longshore_units::{Currency, Month};

use crate::arguments::Rate;
use crate::failure::Failure;
use crate::records::{Records, Way};
use crate::{case_folder, files, show};

pub fn run(arguments: &Rate) -> Result<(), Failure> {
    let (currency, contracts) = contracts(arguments)?;
    let records = Records::open(&arguments.sources)?;
    let way = Way { threads: super::threads(arguments.threads)?, batch_rows: 8192, shuffle: None, oracle: false };
    let mut counted: Vec<(Contract, Counts)> = Vec::new();
    for contract in contracts {
        let found = records.count(&contract, way)?;
        for (reason, rows) in found.left_out.named() {
            let worth_saying = !matches!(reason, "other_provider" | "other_program" | "superseded");
            if worth_saying && 0 < rows {
                let reason = reason.replace('_', " ");
                show::note(&format!(
                    "{rows} rows are not priced under the contract of `{}`: {reason}",
                    contract.provider
                ));
            }
        }
        counted.push((contract, found.counts));
    }
    let months = match arguments.month {
        Some(month) => {
            covered(&records, month)?;
            vec![month]
        }
        None => all_months(&records, &counted),
    };
    let mut rated: Vec<(Month, Vec<Invoice>)> = Vec::new();
    for month in months {
        let invoices = counted.iter().map(|(contract, counts)| price(contract, counts, month));
        rated.push((month, invoices.collect::<Result<_, _>>().map_err(Failure::input)?));
    }
    if arguments.json {
        show::json(&BillJson::new(currency, &rated))
    } else {
        show::text(&(bill_table(currency, &rated) + "\n"))
    }
}

/// The contracts, all in one currency.
fn contracts(arguments: &Rate) -> Result<(Currency, Vec<Contract>), Failure> {
    match (&arguments.contract, &arguments.case, &arguments.option) {
        (Some(path), _, _) => {
            let contract = files::contract(path)?;
            Ok((contract.currency, vec![contract]))
        }
        (None, Some(folder), Some(id)) => {
            let case = case_folder::case(folder)?;
            let option = super::option(&case, id)?;
            let contracts: Vec<Contract> =
                case.contracts_of(option).map(|CaseContract { contract, .. }| contract.clone()).collect();
            let currency = contracts.first().map_or(case.currency, |contract| contract.currency);
            Ok((currency, contracts))
        }
        _ => Err(Failure::Bug(anyhow::anyhow!("arguments let neither a contract nor a case through"))),
    }
}

/// A month of which the records know nothing has no invoice to compare with; one they know in part is said to be.
fn covered(records: &Records, month: Month) -> Result<(), Failure> {
    let Some((first, last)) = records.first_day().zip(records.last_day()) else { return Ok(()) };
    if last < month.first() || month.last() < first {
        return Err(Failure::input(anyhow::anyhow!("the records cover {first} to {last}: nothing of {month}")));
    }
    if month.first() < first || last < month.last() {
        show::note(&format!("the records cover {first} to {last}: only a part of {month}"));
    }
    Ok(())
}

/// The months of the terms that the manifests cover, or without a manifest those that have rows.
fn all_months(records: &Records, counted: &[(Contract, Counts)]) -> Vec<Month> {
    let of_rows: Vec<Month> = counted.iter().flat_map(|(_, counts)| counts.periods()).collect();
    let covered = records.first_day().map(Month::of).zip(records.last_day().map(Month::of));
    let found = of_rows.iter().min().copied().zip(of_rows.iter().max().copied());
    let Some((first, last)) = covered.or(found) else { return Vec::new() };
    let in_force = |month: &Month| counted.iter().any(|(contract, _)| 0 < contract.term.days_in(*month));
    Month::through(first, last).filter(|month| counted.is_empty() || in_force(month)).collect()
}
