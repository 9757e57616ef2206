//! What each assumption does to cost: lines come to themselves, ranges swing, what was filled in is played.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{About, Known};
use longshore_compare::{Effect, compare};

#[test]
fn assumptions_stand_by_what_they_do() {
    let case = case::example(|path, text| match path {
        "decide.toml" => Some(text.replace("months = 12", "months = 1")),
        "today.toml" => Some(text.replace("shrinkage = \"30%\"", "")),
        _ => None,
    });
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    for option in &comparison.options {
        let amounts: Vec<_> =
            option.assumptions.iter().map(|one| one.effect.map(|effect| effect.amount().minor)).collect();
        assert!(amounts.is_sorted_by(|one, next| one >= next), "{}: {amounts:?}", option.option);
        // Each line of the option's own costs is one assumption's.
        let lines = option.assumptions.iter().filter_map(|one| match one.effect {
            Some(Effect::Line(money)) => Some(money.minor),
            _ => None,
        });
        let costs = option.other_costs.iter().map(|cost| cost.amount.minor);
        assert_eq!(lines.sum::<i128>(), costs.sum(), "{}", option.option);
    }
    for (place, option) in comparison.options.iter().enumerate() {
        for driver in &comparison.sensitivity.drivers {
            let is_its =
                |about: &About| matches!(about, About::Range(what, of) if *what == driver.what && *of == driver.of);
            let weighed = option.assumptions.iter().find(|one| is_its(&one.assumption.what)).unwrap();
            let (low, high) = driver.changes[place];
            let swing = low.minor.abs().max(high.minor.abs());
            assert_eq!(weighed.effect.unwrap().amount().minor, swing, "{} {}", option.option, driver.what);
        }
    }
    // What is ours has a word that any language can say; the rest stands in the case's files as it is told.
    let files = case::example_files().files;
    for weighed in comparison.options.iter().flat_map(|option| &option.assumptions) {
        let About::Said(words) = &weighed.assumption.what else { continue };
        assert!(files.iter().any(|file| file.text.text.contains(words.as_str())), "{words}");
    }
    let today = comparison.options.iter().find(|option| option.option == "today").unwrap();
    let shrinkage = About::Known(Known::Shrinkage, "portland".to_owned());
    let played = today.assumptions.iter().find(|one| one.assumption.what == shrinkage).unwrap();
    assert!(played.assumption.source.starts_with("filled in: "), "{played:?}");
    // Paid hours at a quarter off the contacts are 70 ÷ 75 of those at 30 %: more than two agents of the month's thirty.
    let Some(Effect::Swing(money)) = played.effect else { panic!("{played:?}") };
    let pay = today.other_costs.iter().find(|cost| cost.what == "agents' pay").unwrap().amount;
    assert!(pay.minor.abs() / 30 < money.minor.abs() && money.minor.abs() < pay.minor.abs() / 5, "{money} of {pay}");
    // What nobody published another figure of is not played.
    let given = today.assumptions.iter().find(|one| matches!(one.assumption.what, About::Known(Known::Turnover, _)));
    assert_eq!(given.unwrap().effect, None);
}
