//! What to negotiate: the clauses of each quote by what they cost in a year, told in words.

use std::cmp::Reverse;

use longshore_compare::{Comparison, DearClause};
use longshore_contract::Bears;

use crate::grid::Grid;
use crate::teller::Teller;

/// How many clauses of the option that comes first are told.
const OF_FIRST: usize = 2;

/// How many of other quotes: of each the first, the dearest of these.
const OF_OTHERS: usize = 3;

/// The dearest clauses, by their places among all: of the option that comes first the first few, and only the first where
/// it is not known what it costs; of the other quotes the first of each where it is known, what is paid before what may be
/// lost.
pub(super) fn dearest<'c>(comparison: &Comparison, clauses: &'c [DearClause]) -> Vec<&'c DearClause> {
    let of = |option: usize| clauses.iter().filter(move |clause| clause.option == option);
    let first = comparison.options.iter().position(|option| option.rank == Some(1));
    let of_first = first.into_iter().flat_map(of).enumerate().take(OF_FIRST);
    let mut shown: Vec<&DearClause> =
        of_first.filter(|(place, clause)| *place == 0 || clause.a_year.is_some()).map(|(_, clause)| clause).collect();
    let others = (0..comparison.options.len()).filter(|place| Some(*place) != first);
    let mut others: Vec<&DearClause> =
        others.filter_map(|place| of(place).next()).filter(|clause| clause.a_year.is_some()).collect();
    others.sort_by_key(|clause| clause.a_year.map(|(money, bears)| (bears, Reverse(money.minor))));
    shown.extend(others.into_iter().take(OF_OTHERS));
    shown
}

/// The same in words.
pub(super) fn told(teller: &Teller, comparison: &Comparison, clauses: &[DearClause]) -> Vec<String> {
    let first = comparison.options.iter().enumerate().find(|(_, option)| option.rank == Some(1));
    let nothing = first
        .filter(|(place, option)| !option.contracts.is_empty() && clauses.iter().all(|clause| clause.option != *place));
    let nothing = nothing.map(|(_, option)| teller.tell("negotiate-nothing", &[("option", &option.option)]));
    let clauses = dearest(comparison, clauses).into_iter().map(|clause| line(teller, comparison, clause));
    nothing.into_iter().chain(clauses).collect()
}

fn line(teller: &Teller, comparison: &Comparison, clause: &DearClause) -> String {
    let (option, what, place) = (&comparison.options[clause.option].option, what(teller, clause), place(clause));
    let arguments = [("option", option.as_str()), ("what", &what), ("where", &place)];
    let Some((money, bears)) = clause.a_year else { return teller.tell("clause-unpriced", &arguments) };
    let id = match bears {
        Bears::Cost => "clause-cost",
        Bears::Risk => "clause-risk",
    };
    let cost = teller.tell(id, &[("amount", teller.short(money))]);
    let [option, what, place] = arguments;
    teller.tell("clause-line", &[option, ("cost", &cost), what, place])
}

/// The code that `explain` knows more of, and where the contract says so.
fn place(clause: &DearClause) -> String {
    let code = clause.lint.diagnostic.code.to_owned();
    std::iter::once(code).chain(clause.lint.clause.clone()).collect::<Vec<_>>().join(", ")
}

/// What a clause does.
fn what(teller: &Teller, clause: &DearClause) -> String {
    let term = clause.lint.term.as_deref().unwrap_or_default();
    teller.tell(&format!("clause-{}", clause.lint.diagnostic.code), &[("term", term)])
}

/// All clauses of all quotes.
pub(super) fn clauses(teller: &Teller, comparison: &Comparison, clauses: &[DearClause]) -> Grid {
    let header = ["head-option", "head-what", "head-clause", "head-code", "head-cost-a-year", "head-at-risk"];
    let row = |clause: &DearClause| {
        let amount = |wanted: Bears| match clause.a_year {
            Some((money, bears)) if bears == wanted => teller.whole(money),
            _ => String::new(),
        };
        vec![
            comparison.options[clause.option].option.clone(),
            what(teller, clause),
            clause.lint.clause.clone().unwrap_or_default(),
            clause.lint.diagnostic.code.to_owned(),
            amount(Bears::Cost),
            amount(Bears::Risk),
        ]
    };
    Grid { header: header.map(|id| teller.say(id)).to_vec(), rows: clauses.iter().map(row).collect(), left: 4 }
}

#[cfg(test)]
mod tests {
    use longshore_contract::LINTS;
    use longshore_words::Language;

    use super::*;

    #[test]
    fn every_lint_has_its_words() {
        for language in Language::ALL {
            let teller = Teller::new(language);
            for code in LINTS {
                let told = teller.tell(&format!("clause-{code}"), &[("term", "voice")]);
                assert!(!told.is_empty() && !told.contains("clause-"), "{language:?} {code}: {told}");
            }
        }
    }
}
