//! What to negotiate: clauses of every quote by what they cost on the contacts that were compared.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_compare::{compare, dear_clauses};
use longshore_contract::Bears;

#[test]
fn each_quote_has_its_clauses_the_dearest_first() {
    let mut files = case::example_files();
    for file in files.files.iter_mut().filter(|file| file.path == "decide.toml") {
        let text = file.text.text.split("# What may come out otherwise").next().unwrap().replace("= 12", "= 1");
        file.text = longshore_units::Text::new(file.path.as_str(), text);
    }
    let case = case::sound(&files);
    let texts: Vec<_> = files.files.iter().map(|file| file.text.clone()).collect();
    let comparison = compare(&case, 2, 7, &|_| ()).unwrap();
    let clauses = dear_clauses(&case, &comparison, &texts, &longshore_business_case::market_prices());
    let order: Vec<_> = clauses
        .iter()
        .map(|clause| (clause.option, clause.a_year.map_or((2, 0), |(money, bears)| (bears as u8, -money.minor))))
        .collect();
    assert!(order.is_sorted(), "{order:?}");

    let of = |option: &str, code: &str| {
        let place = comparison.options.iter().position(|known| known.option == option).unwrap();
        let found = clauses.iter().find(|clause| clause.option == place && clause.lint.diagnostic.code == code);
        found.unwrap_or_else(|| panic!("{code} of {option}")).a_year
    };
    // A minimum of 640,000 and a desk of 38,000 pesos for the twelve months of the term, at 0.054.
    let (bound, bears) = of("nearshore-monthly", "L008").unwrap();
    assert_eq!((bound.to_string().as_str(), bears), ("439344.00", Bears::Risk));
    // 4,200 dollars a month for what the price of an hour holds.
    assert_eq!(of("domestic-dedicated", "L004").unwrap().0.to_string(), "50400.00");
    // Whole minutes above seconds: half a minute of each call and no more, so about a tenth of what is billed.
    let (minutes, bears) = of("overflow-only", "L001").unwrap();
    let overflow = comparison.options.iter().find(|option| option.option == "overflow-only").unwrap();
    let billed = overflow.charges.iter().find(|charge| charge.charge == "answered minutes").unwrap().amount;
    let share = minutes.minor as f64 / 12.0 / billed.minor as f64;
    assert!(bears == Bears::Cost && 0.05 < share && share < 0.15, "{share}");
    assert_eq!(of("philippines-dedicated", "L011"), None);
    let today = comparison.options.iter().position(|option| option.option == "today").unwrap();
    assert!(clauses.iter().all(|clause| clause.option != today), "today is bought of nobody");
    assert!(dear_clauses(&case, &comparison, &[], &[]).is_empty(), "a contract without its text has no clauses");
}
