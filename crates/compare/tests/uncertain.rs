//! What the plan does not know: futures drawn, figures one by one, volumes and prices that change the order.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{BusinessCase, Volume};
use longshore_compare::{compare, future};

/// The example over its first month, with these ranges alone.
fn january(more: &str) -> BusinessCase {
    case::example(|path, text| {
        let certain = text.split("# What may come out otherwise").next().unwrap();
        let short = || format!("{}\n{more}", certain.replace("months = 12", "months = 1"));
        (path == "decide.toml").then(short)
    })
}

fn range(what: &str, low: &str, high: &str) -> String {
    format!("[[uncertain]]\nwhat = \"{what}\"\nlow = \"{low}\"\nhigh = \"{high}\"\nsource = \"a test\"\n")
}

fn volume(case: &BusinessCase) -> f64 {
    let Volume::AYear(contacts) = case.queues[0].demand.volume else { panic!("the example gives a year's volume") };
    contacts
}

#[test]
fn futures_spread_as_their_range_says_and_are_the_same_for_the_same_run() {
    let case = january(&range("volume", "80%", "140%"));
    let mut volumes: Vec<f64> = (1..=1000).map(|run| volume(&future(&case, 7, run)) / volume(&case)).collect();
    assert_eq!(volumes[4], volume(&future(&case, 7, 5)) / volume(&case));
    volumes.sort_by(f64::total_cmp);
    let at = |share: f64| volumes[(1000.0 * share) as usize];
    assert!(
        (at(0.1) - 0.8).abs() < 0.03 && (at(0.5) - 1.0).abs() < 0.03 && (at(0.9) - 1.4).abs() < 0.06,
        "{volumes:?}"
    );
}

#[test]
fn another_range_moves_no_draw_of_the_first() {
    let one = january(&range("volume", "80%", "140%"));
    let two = january(&(range("turnover", "50%", "200%") + &range("volume", "80%", "140%")));
    assert_eq!(volume(&future(&one, 7, 3)), volume(&future(&two, 7, 3)));
}

#[test]
fn the_plan_stands_in_the_middle_and_its_ends_pull_to_both_sides() {
    let of_cebu = range("resolved", "90%", "105%").replace("low =", "team = \"cebu\"\nlow =");
    let case = january(&(range("volume", "80%", "120%") + &of_cebu));
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    let drivers = &comparison.sensitivity.drivers;
    assert_eq!(drivers.len(), 2);
    let of = |what: &str| drivers.iter().find(|driver| driver.what == what).unwrap();
    for (place, option) in comparison.options.iter().enumerate() {
        let (fewer, more) = of("volume").changes[place];
        assert!(fewer.minor < 0 && 0 < more.minor, "{}: {fewer} {more}", option.option);
        // Who resolves less is called again more often; others have nothing to do with it.
        let (less, better) = of("resolved").changes[place];
        match option.option.as_str() {
            "philippines-dedicated" => assert!(better.minor < 0 && 0 < less.minor, "{less} {better}"),
            _ => assert_eq!((better.minor, less.minor), (0, 0), "{}", option.option),
        }
    }
    // Twice the contacts of the plan cost more than half of them, whatever minimums are agreed.
    let volumes = &comparison.sensitivity.volumes;
    assert_eq!(volumes.iter().map(|point| point.factor).collect::<Vec<_>>(), [0.5, 1.0, 2.0]);
    let (fewest, most) = (&volumes[0].costs, &volumes[2].costs);
    assert!(fewest.iter().zip(most).all(|(few, many)| few.minor < many.minor), "{volumes:?}");
}

#[test]
fn chances_are_shares_of_the_runs() {
    let budget = "budget = \"150000\"\n";
    let case = case::example(|path, text| {
        let text =
            text.replace("months = 12", "months = 1").replace("[customers_lost]", &format!("{budget}[customers_lost]"));
        (path == "decide.toml").then_some(text)
    });
    let comparison = compare(&case, 4, 7, &|_| ()).unwrap();
    let cheapest: f64 = comparison.options.iter().map(|option| option.cheapest).sum();
    assert!((cheapest - 1.0).abs() < 1e-12, "some option is the cheapest in every run");
    for option in &comparison.options {
        let over = option.over_budget.unwrap();
        assert!(over * 4.0 == (over * 4.0).round());
        assert_eq!(over == 0.0, option.cost.p90.minor <= 15_000_000 || over < 0.25, "{}", option.option);
    }
}

#[test]
fn weights_score_on_a_fixed_scale() {
    let weights = "[[weigh]]\nwhat = \"cost\"\nweight = 60\nbest = 0\nworst = 1000000\n[[weigh]]\nwhat = \"leadership\"\nweight = 40\n";
    let case = case::example(|path, text| match path {
        "decide.toml" => Some(format!("{}\n{weights}", text.replace("months = 12", "months = 1"))),
        "today.toml" => Some(format!("scores = {{ leadership = \"90%\" }}\n{text}")),
        path if path.starts_with("options/") => Some(format!("scores = {{ leadership = \"50%\" }}\n{text}")),
        _ => None,
    });
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    for option in &comparison.options {
        let judged = if option.option == "today" { 0.9 } else { 0.5 };
        let cost = option.cost.mean.to_amount().0.to_f64();
        let expected = 0.6 * (1.0 - cost / 1e6) + 0.4 * judged;
        assert!((option.score.unwrap() - expected).abs() < 1e-9, "{}", option.option);
    }
}
