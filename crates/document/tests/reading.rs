//! Reading files with mistakes: all are found, and what is right is read.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use longshore_document::{Fields, Findings, read};
use longshore_units::Text;
use proptest::prelude::*;

fn codes(text: &str, reader: impl Fn(&mut Fields<'_>, &mut Findings)) -> Vec<(&'static str, String)> {
    let text = Text::new("test.toml", text);
    let mut findings = Findings::of("test.toml");
    let root = read(&text, &mut findings);
    if let Some(mut fields) = Fields::of(&root, &mut findings) {
        reader(&mut fields, &mut findings);
        fields.finish(&mut findings);
    }
    findings.into_diagnostics().iter().map(|d| (d.code, text.text[d.primary.span.clone()].to_owned())).collect()
}

#[test]
fn every_mistake_of_a_file_is_found_in_one_run() {
    let found = codes(
        "price = 0.42\nstrat = 2027-01-01\nround = \"hlaf-up\"\nname = 3\nshort = \"5x\"\n= 7\n",
        |fields, findings| {
            assert!(fields.take("price").unwrap().exact(findings).is_none());
            assert!(fields.require("starts", "the first day", findings).is_none());
            assert!(fields.take("round").unwrap().one_of(&[("half-up", 1), ("half-even", 2)], findings).is_none());
            assert!(fields.take("name").unwrap().text(findings).is_none());
            assert!(fields.take("short").unwrap().milliseconds(findings).is_none());
        },
    );
    let codes: Vec<&str> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, ["T003", "T005", "T004", "T008", "T002", "T006", "T001"]);
    assert_eq!(found[1].1, "0.42");
    assert_eq!(found[2].1, "strat");
}

#[test]
fn a_deep_file_is_refused_before_it_is_parsed() {
    let deep = format!("a = 1\nb = {}", "[".repeat(100_000));
    let mut findings = Findings::of("test.toml");
    read(&Text::new("test.toml", deep), &mut findings);
    let found = findings.into_diagnostics();
    // Where the sixty-fifth list begins.
    assert_eq!((found[0].code, found[0].primary.span.clone()), ("T001", 10 + 64..10 + 65));
}

#[test]
fn a_large_file_is_refused_before_it_is_parsed() {
    let found = codes(&"a = 1\n".repeat(2 << 20), |_, _| {});
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["T001"]);
}

/// A word that people write for a key is answered with the key, also where it is misspelled.
#[test]
fn another_word_for_a_key_is_told_the_key() {
    let helps = |text: &str| {
        let mut findings = Findings::of("test.toml");
        let root = read(&Text::new("test.toml", text), &mut findings);
        let mut fields = Fields::of(&root, &mut findings).unwrap();
        fields.called(&[("price", "each")]);
        let _ = (fields.take("each"), fields.take("ratio"));
        fields.admit(&["bands"]);
        fields.finish(&mut findings);
        let found = findings.into_diagnostics();
        found.iter().map(|one| format!("{}: {}", one.code, one.help.as_deref().unwrap())).collect::<Vec<_>>()
    };
    for word in ["price", "prise"] {
        let said = "T004: did you mean `each`? That is what the price is called here";
        assert_eq!(helps(&format!("{word} = 1\n")), [said]);
    }
    assert_eq!(helps("ratoi = 1\n"), ["T004: did you mean `ratio`?"]);
    assert_eq!(helps("bands = 1\neach = 1\n"), [""; 0]);
    assert_eq!(helps("zzz = 1\n"), ["T004: the keys here are `bands`, `each`, `ratio`"]);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}a-z=\"'0-9.,\\n# é-]{0,120}") {
        codes(&text, |fields, findings| {
            for (_, node) in fields.entries() {
                let _ = (node.exact(findings), node.text(findings), node.date(findings), node.whole(0, 9, findings));
                let _ = (node.milliseconds(findings), node.percent(findings), node.number(0.0, 1.0, findings));
            }
        });
    }
}

#[test]
fn keys_nested_by_dots_do_not_exhaust_the_stack() {
    for text in [format!("{}b = 1\n", "a.".repeat(100_000)), format!("[{}b]\n", "a.".repeat(100_000))] {
        let found = codes(&text, |fields, _| {
            let _ = fields.take("a");
        });
        assert!(found.iter().any(|(code, _)| *code == "T001"));
    }
}

#[test]
fn a_file_of_another_kind_is_answered_with_its_first_lines() {
    let text: String = (0..5000).map(|line| format!("2027-01-01 00:00:00,{line}\n")).collect();
    let found = codes(&text, |_, _| {});
    assert_eq!(found.iter().filter(|(code, _)| *code == "T001").count(), 21);
}

#[test]
fn a_day_is_no_more_than_a_day() {
    let text = "a = '2027-01-31'\nb = ' 2027-01-31 '\nc = '2027-01-31T23:30'\nd = 20270131\ne = '20270131'\n";
    let dates = ["a", "b", "c", "d", "e"];
    let found = codes(text, |fields, findings| {
        let read: Vec<bool> =
            dates.iter().map(|key| fields.take(key).and_then(|node| node.date(findings)).is_some()).collect();
        assert_eq!(read, [true, true, false, false, false]);
    });
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["T006", "T002", "T006"]);
}

#[test]
fn thousands_of_names_are_counted_in_a_message() {
    let names: Vec<String> = (0..1000).map(|number| format!("n{number}")).collect();
    let said = longshore_document::quoted(names.iter().map(String::as_str));
    assert!(said.ends_with("`n19`, and 980 more"), "{said}");
}

/// Each dot of a key opens a table, so that few brackets nest thousands of them.
#[test]
fn dotted_keys_nest_too() {
    let mut text = "1".to_owned();
    for _ in 0..60 {
        text = format!("{{{} = {text}}}", ["b"; 79].join("."));
    }
    assert_eq!(codes(&format!("x = {text}"), |_, _| {})[0].0, "T001");
    // A sentence may have some, and so may a key.
    let text = format!("clause = \"{}\"\na.b.c.d = 1\n", "See §4. ".repeat(30));
    let found = codes(&text, |fields, _| {
        let _ = (fields.take("clause"), fields.take("a"));
    });
    assert_eq!(found, []);
}
