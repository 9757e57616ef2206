//! Prices that are asked, beside what they should cost from the bottom up.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::{Conditions, ShouldCost, country};
use longshore_compare::{Asked, compare};
use longshore_units::Exact;

fn asked(exchange: &str) -> Vec<(String, Asked)> {
    let case = case::example(|path, text| {
        let text = text.replace("months = 12", "months = 1").replace("value = \"0.0540\"", exchange);
        (path == "decide.toml").then_some(text)
    });
    let comparison = compare(&case, 1, 7, &|_| ()).unwrap();
    let of = |option: longshore_compare::OptionSummary| {
        let id = option.option.clone();
        option.asked.into_iter().map(move |asked| (id.clone(), asked))
    };
    comparison.options.into_iter().flat_map(of).collect()
}

#[test]
fn each_quote_stands_beside_what_it_should_cost() {
    let all = asked("value = \"0.0540\"");
    let of = |option: &str| &all.iter().find(|(id, _)| id == option).unwrap().1;
    assert_eq!(all.len(), 5, "each quote has one price by time");
    for (option, asked) in &all {
        let sum = |end: fn(&longshore_business_case::Span) -> &Exact| {
            asked.parts.iter().fold(Exact::zero(), |sum, part| &sum + end(&part.amount))
        };
        assert_eq!(
            (sum(|span| &span.low), sum(|span| &span.high)),
            (asked.should.low.clone(), asked.should.high.clone())
        );
        assert!(asked.parts.iter().all(|part| !part.source.is_empty()), "{option}");
        let (low, high) = (&asked.should.low, &asked.should.high);
        let within = *low <= asked.price && asked.price <= *high;
        assert_eq!(asked.difference().is_zero(), within, "{option}: {low} {} {high}", asked.price);
    }
    let cebu = of("philippines-dedicated");
    // From eight to ten in New York is nine in the evening to eleven in Manila: most of it lies between ten and six.
    let at_night = cebu.drivers.at_night.unwrap();
    assert!((0.5..0.9).contains(&at_night), "{at_night}");
    let conditions = Conditions { at_night, bilingual: false };
    assert_eq!(cebu.should, ShouldCost::under(country("PH").unwrap(), &conditions).unwrap().hour);
    assert!(ShouldCost::of(country("PH").unwrap()).unwrap().hour.low < cebu.should.low);
    assert_eq!((cebu.price.to_string().as_str(), cebu.currency.code()), ("14", "USD"));
    // A month in pesos is one in dollars over what a peso is worth.
    let monterrey = of("nearshore-monthly");
    // By day, and in Spanish and English: as published.
    let dollars = ShouldCost::of(country("MX").unwrap()).unwrap().of_unit(monterrey.unit);
    assert_eq!(&monterrey.should.low * &Exact::ratio(54, 1000).unwrap(), dollars.low);
    assert_eq!(monterrey.drivers.place.as_deref(), Some("Monterrey, Mexico"));
    assert!(monterrey.drivers.shared.is_none() && of("domestic-shared").drivers.shared.is_some());
    assert_eq!(monterrey.drivers.languages, ["en", "es"]);
}

#[test]
fn a_price_beyond_what_it_should_cost_says_by_how_much() {
    // Pesos at a third of their value: the same 44,800 buy a third of the work.
    let all = asked("value = \"0.0180\"");
    let (_, monterrey) = all.iter().find(|(id, _)| id == "nearshore-monthly").unwrap();
    assert_eq!(monterrey.difference(), &monterrey.price - &monterrey.should.low);
    assert!(monterrey.difference().is_negative());
}
