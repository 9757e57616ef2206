//! What to negotiate: the clauses of each quote that cost its buyer, or may, on the contacts that were compared.

use std::cmp::Reverse;

use longshore_business_case::{BusinessCase, CaseContract, traffic};
use longshore_contract::{Basis, Bears, Billed, ClauseCost, Lint, MarketPrice, Traffic, lint};
use longshore_units::{Exact, Money, Quantity, Text};

use crate::money::rounded;
use crate::summary::{Comparison, OptionSummary};

/// A clause that is dear or dangerous to who buys an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DearClause {
    /// The option, by its place in the comparison.
    pub option: usize,
    /// The contract's path within the case.
    pub contract: String,
    /// What `check` says of it.
    pub lint: Lint,
    /// What it comes to in a year, and whether that is paid or may be lost: in the case's currency, at the rate of
    /// decide.toml. `None` where it cannot be reckoned.
    pub a_year: Option<(Money, Bears)>,
}

/// The clauses of all options that are bought: by option in the order of the comparison; of an option what is paid before
/// what may be lost, the dearest first, and last what cannot be reckoned.
///
/// What lines cost in a year is the mean of the runs, so that hours, agents and minimums are known beside contacts. `texts`
/// hold those of the contracts, under names that end with their paths within the case; a contract without its text has no
/// clauses.
pub fn dear_clauses(
    case: &BusinessCase,
    comparison: &Comparison,
    texts: &[Text],
    market: &[MarketPrice],
) -> Vec<DearClause> {
    let mut clauses = Vec::new();
    for (option, summary) in comparison.options.iter().enumerate() {
        for (position, contract) in case.contracts.iter().enumerate() {
            if summary.contracts.contains(&contract.file) {
                let lints = lints(case, position, &billed(contract, summary, comparison.months), texts, market);
                clauses.extend(lints.into_iter().map(|lint| DearClause {
                    option,
                    contract: contract.file.clone(),
                    a_year: lint.cost.as_ref().and_then(|cost| a_year(case, cost)),
                    lint,
                }));
            }
        }
    }
    clauses.sort_by_key(|clause| {
        let cost = clause.a_year.map(|(money, bears)| (bears, Reverse(money.minor)));
        (clause.option, cost.is_none(), cost)
    });
    clauses
}

/// What is missing or dangerous in a contract of a case, by its place in it, on the contacts its provider handles. `billed`
/// is what its lines came to in a year, where that is known.
pub fn lints(
    case: &BusinessCase,
    position: usize,
    billed: &[Billed],
    texts: &[Text],
    market: &[MarketPrice],
) -> Vec<Lint> {
    let contract = &case.contracts[position];
    let own = traffic(case, position);
    let basis = Basis { is_own: own.is_some(), traffic: own.unwrap_or_else(Traffic::reference), market, billed };
    let text = texts.iter().find(|text| std::path::Path::new(&*text.name).ends_with(&contract.file));
    text.map_or_else(Vec::new, |text| lint(text, &contract.contract, &basis))
}

/// What the lines of a contract came to in a year: the mean of the runs, × 12 ÷ the months of the horizon.
fn billed(contract: &CaseContract, option: &OptionSummary, months: u32) -> Vec<Billed> {
    let a_year = Exact::ratio(12, i128::from(months)).expect("a horizon has months");
    let theirs = option.charges.iter().filter(|charge| charge.provider == contract.contract.provider);
    theirs
        .map(|charge| Billed {
            line: charge.charge.clone(),
            kind: charge.kind,
            quantity: Quantity(&charge.quantity * &a_year),
            amount: longshore_units::Amount(&charge.amount.to_amount().0 * &a_year),
        })
        .collect()
}

fn a_year(case: &BusinessCase, cost: &ClauseCost) -> Option<(Money, Bears)> {
    let amount = cost.a_year().0;
    let rate = case.decide.exchange.iter().find(|rate| rate.currency == cost.currency);
    let money = match rate {
        _ if cost.currency == case.currency => rounded(&amount, case.currency),
        Some(rate) => rounded(&(&amount * &rate.value), case.currency),
        None => None,
    };
    Some((money?, cost.bears))
}
