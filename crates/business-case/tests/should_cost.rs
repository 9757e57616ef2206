//! What a price should be, from the bottom up, by hand.
#![allow(clippy::unwrap_used)]

use longshore_business_case::{Conditions, QuoteUnit, ShouldCost, Span, countries, country, quotes};
use longshore_units::{Exact, Text};

fn sum(parts: impl Iterator<Item = Exact>) -> Exact {
    parts.fold(Exact::zero(), |sum, part| &sum + &part)
}

fn cents(span: &Span) -> (String, String) {
    (span.low.to_decimal(2), span.high.to_decimal(2))
}

/// Low: 2 of pay, 5 % of bonus, 40 % on both are 2.94; a third of that unproductive hours, an eighth of it supervision (1.5
/// over 12), a quarter of 6 for the rest: 5.7875, and 30 % of margin on top. High: 3, 15 %, 50 %, 1.5 over 8, of 14.
#[test]
fn an_hour_in_the_philippines_by_hand() {
    let hour = ShouldCost::of(country("PH").unwrap()).unwrap();
    let parts: Vec<(&str, (String, String))> = hour.parts.iter().map(|part| (part.what, cents(&part.amount))).collect();
    let by_hand = [
        ("pay", "2", "3"),
        ("bonus", "0.1", "0.45"),
        ("taxes and benefits", "0.84", "1.73"),
        ("paid and not at work", "0.98", "1.73"),
        ("supervision", "0.37", "0.97"),
        ("support functions", "0.6", "1.4"),
        ("facilities and technology", "0.6", "1.4"),
        ("bandwidth and telephony", "0.3", "0.7"),
        ("margin", "2.48", "4.87"),
    ];
    let by_hand: Vec<(&str, (String, String))> =
        by_hand.iter().map(|(what, low, high)| (*what, ((*low).to_owned(), (*high).to_owned()))).collect();
    assert_eq!(parts, by_hand);
    assert_eq!(cents(&hour.hour), ("8.27".to_owned(), "16.24".to_owned()));
    // A minute at 85 % to 75 % of the hour, a month of 130 hours at work.
    assert_eq!(cents(&hour.of_unit(QuoteUnit::Minute)), ("0.16".to_owned(), "0.36".to_owned()));
    assert_eq!(cents(&hour.of_unit(QuoteUnit::AgentMonth)), ("1074.82".to_owned(), "2111.63".to_owned()));
}

/// Pay of 2 to 3: a tenth of it for the three quarters of the hours that lie at night, 5 to 20 % for a second language, taxes
/// and benefits of 40 to 50 % on these too.
#[test]
fn nights_and_languages_move_a_price_by_hand() {
    let hour = ShouldCost::under(country("PH").unwrap(), &Conditions { at_night: 0.75, bilingual: true }).unwrap();
    let part = |what: &str| {
        let part = hour.parts.iter().find(|part| part.what == what).unwrap();
        (part.amount.low.to_decimal(4), part.amount.high.to_decimal(4))
    };
    let by_hand = |low: &str, high: &str| (low.to_owned(), high.to_owned());
    assert_eq!(part("nights"), by_hand("0.15", "0.225"));
    assert_eq!(part("languages"), by_hand("0.1", "0.6"));
    // (2 + 0.1 + 0.15 + 0.1) × 0.4 and (3 + 0.45 + 0.225 + 0.6) × 0.5.
    assert_eq!(part("taxes and benefits"), by_hand("0.94", "2.1375"));
    let low = sum(hour.parts.iter().map(|part| part.amount.low.clone()));
    assert_eq!(low, hour.hour.low);
    // No law of the United States gives more for nights.
    let american = ShouldCost::under(country("US").unwrap(), &Conditions { at_night: 0.75, bilingual: false }).unwrap();
    assert_eq!(american, ShouldCost::of(country("US").unwrap()).unwrap());
}

#[test]
fn parts_sum_to_the_price_and_have_sources_everywhere() {
    let mut known = 0;
    for country in countries() {
        let Some(hour) = ShouldCost::of(country) else { continue };
        known += 1;
        assert_eq!(sum(hour.parts.iter().map(|part| part.amount.low.clone())), hour.hour.low, "{}", country.code);
        assert_eq!(sum(hour.parts.iter().map(|part| part.amount.high.clone())), hour.hour.high, "{}", country.code);
        assert!(hour.hour.low < hour.hour.high && hour.parts.iter().all(|part| !part.source.is_empty()));
        // A margin is published for the Philippines alone: elsewhere a price may have none.
        let margin = hour.parts.iter().find(|part| part.what == "margin").unwrap();
        assert_eq!(margin.amount.low.is_zero(), country.code != "PH");
    }
    assert!(10 <= known, "{known}");
}

#[test]
fn quotes_stand_beside_what_they_should_cost() {
    let contract = |place: &str| {
        let text = format!(
            "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\n{place}counted_at = 'offered'\nstarts = 2027-01-01\n\
             round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n[[charge]]\nname = 'hours'\ngrain = 'agent_time'\n\
             unit = 'hour'\nof = 'logged in'\neach = '14'\n[[charge]]\nname = 'agents'\nunit = 'agent-month'\n\
             prorate = 'day'\neach = '2000'\n[[charge]]\nname = 'platform'\namount = '100'\nper = 'month'\nprorate = 'day'\n"
        );
        longshore_contract::read(&Text::new("contract.toml", text)).0.unwrap()
    };
    let by_day = Conditions::default();
    let asked: Vec<(String, QuoteUnit, String, bool)> = quotes(&contract("place = 'Cebu, Philippines'\n"), &by_day)
        .into_iter()
        .map(|quote| (quote.charge, quote.unit, quote.price.to_string(), quote.market.is_some()))
        .collect();
    let expected = [
        ("hours".to_owned(), QuoteUnit::Hour, "14".to_owned(), true),
        ("agents".to_owned(), QuoteUnit::AgentMonth, "2000".to_owned(), false),
    ];
    assert_eq!(asked, expected);
    assert_eq!(quotes(&contract(""), &by_day), [], "a contract that does not say where the work is done");
    assert_eq!(quotes(&contract("place = 'Atlantis'\n"), &by_day), []);
}
