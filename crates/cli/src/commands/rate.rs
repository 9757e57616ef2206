//! `longshore rate`: what months should cost, from records.

use std::path::Path;

use longshore_business_case::CaseContract;
use longshore_contract::{ChargeKind, Contract, Grain, InForce, Invoice, Usage, quantities_in_force};
use longshore_report::{BillJson, bill_table};
use longshore_units::{Currency, Month};

use crate::arguments::Rate;
use crate::failure::Failure;
use crate::ledger_file::{self, Ledgers};
use crate::rating::{Rated, known_until};
use crate::records::{Records, Way};
use crate::{case_folder, files, service, show};

pub fn run(arguments: &Rate) -> Result<(), Failure> {
    let (currency, contracts) = contracts(arguments)?;
    let records = Records::open(&arguments.sources)?;
    let way = super::way(&arguments.means)?;
    let ledgers = arguments.ledger.as_deref().map(Ledgers::read).transpose()?;
    let mut counted: Vec<Rated> = Vec::new();
    for contract in contracts {
        let measured = arguments
            .measured
            .as_deref()
            .map(|path| measured(path, &contract.in_force(arguments.known)))
            .transpose()?;
        counted.push(Rated::new(&records, contract, arguments.option.as_deref(), (arguments.known, way), measured)?);
    }
    let months = match arguments.month {
        Some(month) => {
            in_force(month, counted.iter().map(Rated::in_force))?;
            covered(&records, month, &counted)?;
            vec![month]
        }
        None => all_months(&records, &counted)?,
    };
    // A case's contracts are priced as `compare` prices them, which measures no service: plan and rating agree to the cent.
    if arguments.contract.is_some()
        && arguments.measured.is_none()
        && let Some(last) = months.last()
    {
        for one in &mut counted {
            let way = Way { known: known_until(&one.contract, arguments.known), ..way };
            let measured = service::measured(&records, &one.in_force(), *last, way)?;
            one.take_measured(measured);
        }
    }
    let mut rated: Vec<(Month, Vec<Invoice>)> = months.iter().map(|month| (*month, Vec::new())).collect();
    for one in &mut counted {
        let mut invoices = one.invoices(&months, &records, ledgers.as_ref(), arguments.write_ledger.is_some())?;
        for (month, of_month) in &mut rated {
            of_month.extend(invoices.remove(month));
        }
    }
    if let Some(path) = &arguments.write_ledger {
        let ledgers: Vec<_> = counted.iter().map(|one| (&one.contract, &one.ledger)).collect();
        ledger_file::write(path, &ledgers)?;
    }
    if arguments.json {
        show::json(&BillJson::new(currency, &rated))
    } else {
        show::text(&(bill_table(currency, &rated) + "\n"))
    }
}

/// What was measured, and what rates stood at.
pub(super) fn measured(path: &Path, in_force: &InForce<'_>) -> Result<Usage, Failure> {
    let text = files::text(path)?;
    let (usage, diagnostics) = quantities_in_force(in_force, &text);
    let usage = files::sound(usage, vec![text], diagnostics)?;
    if usage.is_unused() {
        return Ok(usage);
    }
    Err(Failure::input(anyhow::anyhow!(
        "`{}` has quantities of charges, which the records count; keep the lines of measures and rates alone",
        path.display()
    )))
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
fn covered(records: &Records, month: Month, counted: &[Rated]) -> Result<(), Failure> {
    let Some(coverage) = records.coverage() else {
        if !counted.iter().any(|one| one.counts.periods().contains(&month)) {
            show::note(&format!("no row of the records is counted in {month}"));
        }
        if counted.iter().any(|one| counts_agents(&one.in_force())) {
            show::note(&format!(
                "no manifest says until when the register is known: who has not left counts as there in {month}"
            ));
        }
        return Ok(());
    };
    let days = coverage.days_of(month);
    if days == 0 {
        return Err(Failure::input(anyhow::anyhow!("the records cover {coverage}: nothing of {month}")));
    }
    if days < month.days() {
        show::note(&format!("the records cover {coverage}: only a part of {month}"));
    }
    Ok(())
}

/// The months of the terms that the manifests cover, or without a manifest those that have rows.
fn all_months(records: &Records, counted: &[Rated]) -> Result<Vec<Month>, Failure> {
    let of_terms = |month: &Month| counted.iter().any(|one| 0 < one.in_force().term().days_in(*month));
    let months: Vec<Month> = match records.coverage() {
        Some(coverage) => {
            let (known, gaps): (Vec<Month>, Vec<Month>) = coverage
                .months()
                .filter(|month| counted.is_empty() || of_terms(month))
                .partition(|month| 0 < coverage.days_of(*month));
            for month in gaps {
                show::note(&format!("{month} is left out: the records cover {coverage}"));
            }
            for month in known.iter().filter(|month| coverage.days_of(**month) < month.days()) {
                show::note(&format!("the records cover {coverage}: only a part of {month}"));
            }
            known
        }
        None => {
            if let Some(Rated { contract, .. }) = counted.iter().find(|one| counts_agents(&one.in_force())) {
                return Err(Failure::input(anyhow::anyhow!(
                    "the contract of `{}` counts agents on the register, and no manifest says until when it is known; \
                     name the months with --month",
                    contract.provider
                )));
            }
            let found: Vec<Month> = counted.iter().flat_map(|one| one.counts.periods()).collect();
            let ends = found.iter().min().copied().zip(found.iter().max().copied());
            ends.into_iter().flat_map(|(first, last)| Month::through(first, last)).filter(of_terms).collect()
        }
    };
    if months.is_empty() {
        return Err(match records.coverage() {
            Some(coverage) => out_of_term(&coverage.to_string(), counted.iter().map(Rated::in_force)),
            None => Failure::input(anyhow::anyhow!("no row of the records is counted, so there is no month to rate")),
        });
    }
    Ok(months)
}

fn counts_agents(in_force: &InForce<'_>) -> bool {
    let mut kinds = in_force.versions().iter().flat_map(|terms| &terms.charges).map(|charge| &charge.kind);
    kinds.any(|kind| matches!(kind, ChargeKind::Counted(counted) if counted.grain == Grain::Agent))
}

/// Fails if a month lies outside the terms of all contracts: it would cost nothing, and look as if it were free.
pub(super) fn in_force<'c>(month: Month, contracts: impl Iterator<Item = InForce<'c>> + Clone) -> Result<(), Failure> {
    let mut in_force = contracts.clone().map(|contract| 0 < contract.term().days_in(month));
    if contracts.clone().next().is_none() || in_force.any(|in_force| in_force) {
        return Ok(());
    }
    Err(out_of_term(&month.to_string(), contracts))
}

fn out_of_term<'c>(what: &str, contracts: impl Iterator<Item = InForce<'c>>) -> Failure {
    let term = |contract: InForce<'_>| {
        let term = contract.term();
        let ends = term.ends.map_or_else(|| "without an end".to_owned(), |ends| format!("to {ends}"));
        format!("the contract of `{}` runs from {} {ends}", contract.last().provider, term.starts)
    };
    let terms: Vec<String> = contracts.map(term).collect();
    Failure::input(anyhow::anyhow!("{what} lies outside every term: {}", terms.join("; ")))
}
