//! Whole contracts in plain words, in four languages, as people read them.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use std::collections::BTreeSet;

use longshore_contract::{Contract, explain, read};
use longshore_units::Text;
use longshore_words::Language;
use proptest::collection::btree_set;
use proptest::prelude::*;

/// A contract of every kind of clause, and one of the choices that the first does not make.
const WHOLE: &str = include_str!("data/whole.toml");
const RARE: &str = include_str!("data/rare.toml");

fn contract(name: &str, text: &str) -> Contract {
    let text = Text { name: name.into(), text: text.into() };
    let (contract, findings) = read(&text);
    contract.unwrap_or_else(|| panic!("{name}: {findings:#?}"))
}

/// What an explanation looks like in a snapshot: spaces that must not break are seen.
fn seen(contract: &Contract, language: Language) -> String {
    explain(contract, language).to_string().replace('\u{a0}', "~")
}

#[test]
fn whole_contracts_in_four_languages() {
    for (name, text) in [("whole", WHOLE), ("rare", RARE)] {
        let contract = contract(name, text);
        for language in Language::ALL {
            insta::assert_snapshot!(format!("{name}-{language}"), seen(&contract, language));
        }
    }
}

/// No message falls back on its name, no mark of direction leaks, and every language says as much as every other.
#[test]
fn nothing_leaks() {
    for (name, text) in [("whole", WHOLE), ("rare", RARE)] {
        let contract = contract(name, text);
        let shape = |language| {
            let explanation = explain(&contract, language);
            let items = explanation.sections.iter().flat_map(|section| &section.items);
            let kinds = |item: &longshore_contract::Item| {
                item.paragraphs.iter().map(std::mem::discriminant).collect::<Vec<_>>()
            };
            items.map(kinds).collect::<Vec<_>>()
        };
        for language in Language::ALL {
            let said = explain(&contract, language).to_string();
            assert!(!said.contains(['{', '}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']), "{language}: {said}");
            assert!(!said.contains("  ") && !said.contains(" ."), "{language}");
            assert_eq!(shape(language), shape(Language::English), "{name} in {language}");
        }
    }
}

/// Where the next band costs less in all, it is said with the totals of the invoice; and not where they do not fall.
#[test]
fn a_bound_is_warned_of_where_the_total_falls() {
    let said = |terms: &str| {
        let text = format!(
            "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n[[charge]]\nunit = 'contact'\ntiers = 'volume'\n\
             bands = [{{ from = 0, each = '0.50' }}, {{ from = 1000, each = '0.40' }}]\n{terms}"
        );
        let said = explain(&contract("bound", &text), Language::English).to_string().replace('\u{a0}', " ");
        said.lines().find_map(|line| line.strip_prefix("> Watch the bound: ")).map(str::to_owned)
    };
    let falls = |below: &str, less: &str, above: &str, more: &str| {
        let totals = format!("the total is USD {below} for {less} contacts, but USD {above} for {more} contacts.");
        Some(format!("{totals} More can cost less in total."))
    };
    assert_eq!(said(""), falls("499.50", "999", "400.00", "1,000"));
    assert_eq!(said("discount = '10%'"), falls("449.55", "999", "360.00", "1,000"));
    assert_eq!(said("included = { quantity = 500, per = 'month' }"), falls("499.50", "1,499", "400.00", "1,500"));
    assert_eq!(said("fee = '100'"), falls("599.50", "999", "500.00", "1,000"));
    assert_eq!(said("cap = { amount = '450' }"), falls("450.00", "999", "400.00", "1,000"));
    assert_eq!(said("cap = { amount = '300' }"), None);
    assert_eq!(said("minimum = { amount = '600' }"), None);
}

/// Words that a language shares with English: terms of the trade that stand beside a translation, words that Filipino
/// business speech keeps, and words that happen to be the same.
fn shared(language: Language) -> BTreeSet<String> {
    let words = match language {
        Language::English => "",
        Language::Spanish => include_str!("data/shared-es.txt"),
        Language::Romanian => include_str!("data/shared-ro.txt"),
        Language::Filipino => include_str!("data/shared-fil.txt"),
    };
    words.split_whitespace().map(str::to_owned).collect()
}

/// The words of a text that nobody's name is: what stands in quotation marks is the contract's own.
fn words(text: &str) -> BTreeSet<String> {
    let mut depth = 0i32;
    let own: String = text
        .chars()
        .map(|letter| {
            match letter {
                '“' | '«' | '„' => depth += 1,
                '”' | '»' => depth -= 1,
                '\n' => depth = 0,
                _ => {}
            }
            if 0 < depth { ' ' } else { letter }
        })
        .collect();
    let lines = own.lines().filter(|line| !line.starts_with("#"));
    let words = lines.flat_map(|line| line.split(|letter: char| !letter.is_alphabetic()));
    words.filter(|word| 2 < word.len()).map(str::to_lowercase).collect()
}

#[test]
fn no_english_word_stands_untranslated() {
    for language in [Language::Spanish, Language::Romanian, Language::Filipino] {
        let mut leaked = BTreeSet::new();
        for (name, text) in [("whole", WHOLE), ("rare", RARE)] {
            let contract = contract(name, text);
            let english = words(&explain(&contract, Language::English).to_string());
            let said = words(&explain(&contract, language).to_string());
            leaked.extend(said.intersection(&english).cloned());
        }
        let known = shared(language);
        let unknown: Vec<&String> = leaked.difference(&known).collect();
        assert!(unknown.is_empty(), "{language}: {unknown:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever lines of a contract are missing: if it can be read, it can be explained.
    #[test]
    fn contracts_with_lines_left_out(rare: bool, left_out in btree_set(0usize..300, 0..12)) {
        let text = if rare { RARE } else { WHOLE };
        let kept = text.lines().enumerate().filter(|(number, _)| !left_out.contains(number));
        let text: Vec<&str> = kept.map(|(_, line)| line).collect();
        let (contract, _) = read(&Text { name: "left-out".into(), text: text.join("\n").into() });
        if let Some(contract) = contract {
            for language in Language::ALL {
                let said = explain(&contract, language).to_string();
                prop_assert!(!said.contains(['{', '}']), "{}", said);
            }
        }
    }
}

/// Each calendar of the catalog is read and has a name in every language, and the manual lists it.
#[test]
fn every_calendar_has_a_name() {
    for calendar in longshore_units::HOLIDAY_CALENDARS {
        let text = format!(
            "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\n\
             round = {{ at = 'line', to = '0.01', how = 'half-up' }}\n[calendar.h]\nuse = '{calendar}'\n[[charge]]\n\
             name = 'c'\nunit = 'contact'\nwhen = {{ outcome = 'answered' }}\neach = '5'\n\
             surcharge = [{{ calendar = 'h', percent = 25, base = 'list', across = 'start' }}]\n"
        );
        let contract = contract(calendar, &text);
        for language in Language::ALL {
            let said = explain(&contract, language).to_string();
            assert!(!said.contains("country-") && !said.contains("holidays-"), "{calendar}, {language}: {said}");
        }
        let manual = include_str!("../../../docs/contract.md");
        let listed = manual.split([' ', ',', '.', '\n', '"', '`']).any(|word| word == calendar);
        assert!(listed, "docs/contract.md does not list {calendar}");
    }
}
