//! Texts that go wrong anywhere: nothing panics, every finding has a place, and what can be read can be used.

#![allow(clippy::unwrap_used)]

use longshore_contract::{Ledger, Usage, explain, price, quantities, read};
use longshore_units::{Diagnostic, Month, Text};
use longshore_words::Language;
use proptest::prelude::*;

const WHOLE: &str = r#"
format = 1
name = "Retail voice, 2027"
buyer = "Ridgeline Outdoor"
provider = "cebu-answer"
programs = ["retail-support"]
currency = "USD"
time_zone = "America/New_York"
counted_at = "offered"
starts = 2027-01-15
ends = 2028-02-29
[round]
at = "line"
to = "0.01"
how = "half-up"
[calendar.holidays]
use = "US-federal"
[calendar.nights]
hours = "20:00-08:00"
weekdays = ["Sat", "Sun"]
dates = [2027-12-24]
[[charge]]
name = "shared voice"
clause = "§4.1"
when = { channel = "voice", outcome = ["answered"], talk_longer_than = "5s" }
unit = "minute"
of = ["talk", "wrap"]
first = "30s"
then = "6s"
bands = [{ from = "0", each = "0.42" }, { from = "500000", each = "0.38" }]
tiers = "graduated"
per = "month"
scope = "program"
surcharge = [{ calendar = "holidays", percent = "25" }, { calendar = "nights", percent = 10, base = "list" }]
surcharges = "highest"
[[charge]]
unit = "agent-month"
prorate = "day"
when = { language = "es" }
each = 2150
round = { at = "contact", to = "1", how = "up" }
[[charge]]
name = "hours"
unit = "agent-hour"
of = "logged in"
each = "14.50"
[[charge]]
name = "platform"
amount = "1500"
per = "month"
prorate = "none"
[[charge]]
name = "setup"
amount = "25000"
once = 2027-02-01
[[minimum]]
name = "least"
on = ["shared voice", "hours"]
amount = "40000"
prorate = "day"
"#;

const QUANTITIES: &str = "month,charge,group,rows,quantity,surcharges\n2027-02,shared voice,retail,10,121/60,holidays+nights\n2027-02,hours,,1,\"1,5\",\n2027-03,agent-month,,2,31 days,\n";

/// Pieces that mean something to the reader, so that changes reach past the first key.
const PIECES: [&str; 28] = [
    "",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "=",
    "\n",
    "-",
    "0",
    "99999999999999999999999999999999",
    "0.5",
    "1e9",
    "true",
    "9999-12-31",
    "-9999-01-01",
    "\"9999999h\"",
    "\"leg\"",
    "\"schedule\"",
    "\"requested\"",
    "\"invoice\"",
    "\"contact\"",
    "\"24:00-24:00\"",
    "[[charge]]\n",
    "[[minimum]]\n",
    "name = \"hours\"\n",
    "é",
    "\u{0}",
];

fn changed(text: &str, changes: &[(usize, usize, usize)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (at, length, piece) in changes {
        let at = at % (text.len() + 1);
        let end = (at + length % 12).min(text.len());
        text.splice(at..end, PIECES[piece % PIECES.len()].chars());
    }
    text.into_iter().collect()
}

fn placed(diagnostics: &[Diagnostic], text: &str) {
    for diagnostic in diagnostics {
        for label in diagnostic.related.iter().chain([&diagnostic.primary]) {
            assert!(text.get(label.span.clone()).is_some(), "{diagnostic:?}");
        }
        assert!(!diagnostic.message.is_empty());
    }
}

#[test]
fn the_whole_text_is_sound() {
    assert!(read(&Text::new("whole.toml", WHOLE)).0.is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn changed_contracts(changes in prop::collection::vec((0usize..4000, 0usize..12, 0usize..28), 1..6)) {
        let text = changed(WHOLE, &changes);
        let (contract, diagnostics) = read(&Text::new("changed.toml", text.clone()));
        placed(&diagnostics, &text);
        prop_assert_eq!(contract.is_none(), diagnostics.iter().any(Diagnostic::is_error));
        if let Some(contract) = contract {
            for language in Language::ALL {
                prop_assert!(!explain(&contract, language).sections.is_empty());
            }
            for month in Month::of(contract.term.starts).following(2) {
                let usage = Usage::default();
                let invoice = price(&contract.in_force(None), &usage, month, &mut Ledger::default()).unwrap();
                prop_assert_eq!(invoice.lines.iter().map(|line| line.amount.clone()).sum::<longshore_units::Amount>(), invoice.total);
            }
        }
    }

    #[test]
    fn changed_quantities(changes in prop::collection::vec((0usize..400, 0usize..12, 0usize..28), 0..5)) {
        let contract = read(&Text::new("whole.toml", WHOLE)).0.unwrap();
        let text = changed(QUANTITIES, &changes);
        let (usage, diagnostics) = quantities(&contract, &Text::new("changed.csv", text.clone()));
        placed(&diagnostics, &text);
        prop_assert_eq!(usage.is_none(), diagnostics.iter().any(Diagnostic::is_error));
    }

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        let (_, diagnostics) = read(&Text::new("any.toml", text.clone()));
        placed(&diagnostics, &text);
    }
}
