//! Nothing that is filled in is dropped in silence: each cell of the form changes the contract, or is spoken of.

use std::sync::Arc;

use longshore_units::Milliseconds;

use longshore_workbook::{Cell, NumberFormat, Sheet as Cells, Value};

use super::*;
use crate::form::{Kind, UNITS};

/// Answers by sheet, row and column, from 0.
type Filled = BTreeMap<(&'static str, u32, u32), Value>;

fn text(words: &str) -> Value {
    Value::Text(words.to_owned())
}

/// What a filled form comes to: the contract, and what is said of which cell.
fn outcome(filled: &Filled) -> (Option<Contract>, Vec<(&'static str, String, String)>) {
    let sheet = understood("quote.xlsx", drafted(&workbook(filled)));
    let said = |one: Diagnostic| (one.code, one.message, one.primary.text);
    (sheet.contract, sheet.diagnostics.into_iter().map(said).collect())
}

/// The workbook of a filled form.
fn workbook(filled: &Filled) -> Vec<Cells> {
    let mut sheets: Vec<Cells> = SHEETS
        .map(|name| Cells { name: name.to_owned(), cells: BTreeMap::new(), merged: Vec::new() })
        .into_iter()
        .collect();
    let cell = |value: &Value| {
        let has_formula = *value == text(FORMULA);
        Cell { value: Some(value.clone()), has_formula, format: None }
    };
    sheets[0].cells.insert((0, 0), cell(&text(MARK)));
    for (question, row) in questions() {
        sheets[2].cells.insert((row, 0), cell(&text(question.key)));
    }
    for ((name, row, column), value) in filled {
        let position = sheets.iter().position(|sheet| sheet.name == *name).unwrap_or_else(|| {
            sheets.push(Cells { name: (*name).to_owned(), cells: BTreeMap::new(), merged: Vec::new() });
            sheets.len() - 1
        });
        sheets[position].cells.insert((*row, *column), cell(value));
    }
    sheets
}

/// A cell of these words is taken for a formula's.
const FORMULA: &str = "1+1";

/// The questions of `Terms` with their rows.
fn questions() -> impl Iterator<Item = (&'static Question, u32)> {
    TERMS.iter().flat_map(|(_, questions)| questions.iter()).zip(2..)
}

fn with(filled: &Filled, more: impl IntoIterator<Item = ((&'static str, u32, u32), Value)>) -> Filled {
    filled.iter().map(|(place, value)| (*place, value.clone())).chain(more).collect()
}

fn column(columns: &[crate::form::Column], head: &str) -> u32 {
    1 + columns.iter().position(|column| column.head == head).unwrap() as u32
}

fn price(row: u32, head: &str, words: &str) -> ((&'static str, u32, u32), Value) {
    (("Prices", row, column(&PRICES, head)), text(words))
}

/// Who offers what currency from when: what every contract has.
fn terms() -> Filled {
    let needed = [
        ("provider", "acme"),
        ("currency", "EUR"),
        ("time_zone", "Europe/Berlin"),
        ("counted_at", "ended"),
        ("starts", "2027-07-01"),
        ("round.at", "invoice"),
        ("round.to", "0.05"),
        ("round.how", "up"),
    ];
    let row = |key| questions().find(|(question, _)| question.key == key).unwrap().1;
    needed.into_iter().map(|(key, answer)| (("Terms", row(key), 2), text(answer))).collect()
}

/// A line by a unit.
fn line(unit: &str) -> Filled {
    let mut line = with(&terms(), [price(2, "Line", "a"), price(2, "Counted in", unit), price(2, "Price", "7.5")]);
    match unit {
        "minute" => line.extend([price(2, "Billed time", "talk, hold"), price(2, "Next steps", "1s")]),
        "once" => line.extend([price(2, "Due on", "2027-07-05")]),
        _ => {}
    }
    line
}

/// A line by a unit with a second price.
fn bands(unit: &str) -> Filled {
    with(&line(unit), [price(3, "Line", "a"), price(3, "From volume", "900"), price(3, "Price", "6.5")])
}

/// What somebody may write into any cell, besides what is asked for.
fn anything() -> [Value; 9] {
    [
        text("something"),
        text(","),
        text(FORMULA),
        text("$5"),
        Value::Number("7".parse().unwrap()),
        Value::Flag(true),
        Value::Day(jiff::civil::date(2028, 2, 29)),
        Value::Time(Milliseconds(30_000)),
        Value::Error("#REF!".to_owned()),
    ]
}

/// An answer such as a column asks for.
fn likely(column: &crate::form::Column) -> Value {
    text(match (column.head, column.kind) {
        ("Hours", _) => "20:00-08:00",
        ("Lines", _) => "a",
        (_, Kind::OneOf(words)) => words.last().unwrap(),
        (_, Kind::Span) => "12s",
        (_, Kind::Day) => "2027-08-01",
        (_, Kind::Percent) => "40%",
        (_, Kind::Number | Kind::Money) => "450",
        (_, Kind::Text | Kind::Flag) => "orders",
    })
}

fn is_sound(filled: &Filled) -> bool {
    outcome(filled).0.is_some()
}

/// Asserts that each of these cells, filled in alone, changes what a sound form comes to.
fn each_is_heard(base: &Filled, cells: impl IntoIterator<Item = ((&'static str, u32, u32), Value)>) {
    let before = outcome(base);
    assert!(before.0.is_some(), "{:#?}", before.1);
    let words =
        |value: &Value| Typed::of(&Cell { value: Some(value.clone()), has_formula: false, format: None }).to_string();
    let is_dropped = |(place, value): &((&'static str, u32, u32), Value)| {
        let is_there = base.get(place).is_some_and(|there| words(there) == words(value));
        !is_there && outcome(&with(base, [(*place, value.clone())])) == before
    };
    let dropped: Vec<_> = cells.into_iter().filter(is_dropped).collect();
    assert!(dropped.is_empty(), "dropped: {dropped:?}; from {base:?}");
}

#[test]
fn every_answer_to_the_terms_is_heard() {
    let sound = line("minute");
    let like = |question: &Question| match (question.kind, question.like) {
        (Kind::Flag, _) => text("yes"),
        (_, "0") => text("250"), // 0 is what nothing means.
        (_, like) => text(like),
    };
    // Prices rise by a step or follow an index.
    let both = questions().filter(|(question, _)| question.key != "index.percent");
    let all = with(&sound, both.map(|(question, row)| (("Terms", row, 2), like(question))));
    let by_amount = line("month");
    for base in [&sound, &all, &by_amount] {
        assert!(is_sound(base), "{:#?}", outcome(base).1);
        for (question, row) in questions() {
            let place = ("Terms", row, 2);
            let mut without = base.clone();
            without.remove(&place);
            let base = if is_sound(&without) { &without } else { base };
            each_is_heard(base, anything().into_iter().chain([like(question)]).map(|value| (place, value)));
        }
    }
}

#[test]
fn every_cell_of_a_price_is_heard() {
    let mut banded = Vec::new();
    for unit in UNITS {
        let mut bases = vec![(line(unit), 2)];
        if is_sound(&bands(unit)) {
            banded.push(*unit);
            bases.extend([(bands(unit), 2), (bands(unit), 3)]);
        }
        for (base, row) in bases {
            for (column, position) in PRICES.iter().zip(1..) {
                let values = anything().into_iter().chain([likely(column)]);
                each_is_heard(&base, values.map(|value| (("Prices", row, position), value)));
            }
        }
    }
    let counted = UNITS.iter().copied().filter(|unit| !["month", "once"].contains(unit));
    assert_eq!(banded, counted.collect::<Vec<_>>());
}

#[test]
fn every_cell_of_a_surcharge_is_heard() {
    let cell = |head: &str, words: &str| (("Surcharges", 2, column(&SURCHARGES, head)), text(words));
    let named = |head, words| [cell("Name", "nights"), cell(head, words), cell("Percent on top", "25%")];
    let mut added = Vec::new();
    for unit in UNITS {
        let mut bases = vec![line(unit)];
        for named in [named("Hours", "19:00-07:00"), named("Days", "weekends")] {
            let base = with(&line(unit), named);
            if is_sound(&base) {
                added.push(*unit);
                bases.push(base);
            }
        }
        for base in bases {
            for (column, position) in SURCHARGES.iter().zip(1..) {
                let is_lines = column.head == "Lines" && base.contains_key(&("Surcharges", 2, 1));
                // The one line that there is, is all lines.
                let likely = (!is_lines).then(|| likely(column));
                let values = anything().into_iter().chain(likely);
                each_is_heard(&base, values.map(|value| (("Surcharges", 2, position), value)));
            }
        }
    }
    added.dedup();
    let by_use = ["minute", "contact", "hour requested", "hour scheduled", "hour logged in", "hour productive"];
    assert_eq!(added, by_use);
}

/// What stands beside the form, below it, or on a sheet of its own.
#[test]
fn what_is_no_part_of_the_form_is_spoken_of() {
    let below = questions().count() as u32 + 3;
    let beside = [
        ("Terms", 3, 5),
        ("Prices", 2, 13),
        ("Prices", 0, 13),
        ("Surcharges", 2, 6),
        ("Terms", below, 1),
        ("Terms", below, 4),
        ("Notes", 7, 0),
    ];
    each_is_heard(&line("minute"), beside.map(|place| (place, text("only with a deposit"))));
    for sheet in ["Terms", "Prices", "Surcharges"] {
        let (contract, said) = outcome(&with(&line("minute"), [((sheet, ROWS_MOST, 2), text("9"))]));
        assert!(contract.is_none() && said[0].0 == "S001", "{sheet}: {said:?}");
    }
}

/// A second row that says otherwise than the first is a mistake; one that says the same is none.
#[test]
fn rows_of_one_line_agree() {
    let base = with(&bands("hour productive"), [price(2, "Monthly fee", "100")]);
    let same = with(&base, [price(3, "Counted in", "Hour productive"), price(3, "Monthly fee", "100")]);
    assert_eq!(outcome(&base), outcome(&same));
    // A price behind the first says from which volume it holds.
    let (contract, said) = outcome(&with(&line("minute"), [price(3, "Line", "a"), price(3, "Price", "6.5")]));
    let codes: Vec<_> = said.iter().map(|one| (one.0, one.2.as_str())).collect();
    assert!(contract.is_none() && codes == [("S006", "Prices!E4")], "{said:?}");
    let wrong = with(&bands("minute"), [price(3, "From volume", FORMULA)]);
    assert_eq!(outcome(&wrong).1.len(), 1, "{:?}", outcome(&wrong).1);
    for (head, words) in [
        ("Counted in", "minute"),
        ("Monthly fee", "200"),
        ("Units included", "50"),
        ("First step", "30s"),
        ("Queues", "b"),
    ] {
        let (contract, said) = outcome(&with(&base, [price(3, head, words)]));
        let place = crate::cell::place("Prices", 3, column(&PRICES, head));
        assert!(contract.is_none() && said.iter().any(|one| one.0 == "S006" && one.2 == place), "{head}: {said:?}");
    }
}

/// A cell that is formatted as a percentage shows what is meant: 0.05 is 5%.
#[test]
fn numbers_are_read_as_their_cells_show_them() {
    let row = questions().find(|(question, _)| question.key == "discount.percent").unwrap().1;
    let comes_to = |place: (&'static str, u32, u32), number: &str, code: &str| {
        let filled = with(&line("minute"), [(place, Value::Number(number.parse().unwrap()))]);
        let mut sheets = workbook(&filled);
        let sheet = sheets.iter_mut().find(|sheet| sheet.name == place.0).unwrap();
        sheet.cells.get_mut(&(place.1, place.2)).unwrap().format = NumberFormat::of(code).map(Arc::new);
        let sheet = understood("quote.xlsx", drafted(&sheets));
        let said: Vec<_> = sheet.diagnostics.iter().filter(|one| one.is_error()).map(|one| one.code).collect();
        (sheet.contract, said, sheet.text.text.to_string())
    };
    for (number, shown) in [("0.05", "5%"), ("1", "100%"), ("0.125", "12.5%")] {
        let (contract, said, text) = comes_to(("Terms", row, 2), number, "0.0%");
        assert!(contract.is_some() && text.contains(&format!("percent = \"{shown}\"")), "{said:?} {text}");
    }
    let price = ("Prices", 2, column(&PRICES, "Price"));
    // What a cell holds as a number has no sign between thousands.
    assert!(comes_to(price, "1.125", "General").2.contains("each = \"1.125\""));
    for code in ["#,##0.00\\ [$€-407]", "\"EUR\" 0.00"] {
        let (contract, said, text) = comes_to(price, "0.42", code);
        assert!(contract.is_some() && text.contains("each = \"0.42\""), "{said:?} {text}");
    }
    assert_eq!(comes_to(price, "0.42", "\"$\"0.00").1, ["S007"]);
    assert_eq!(comes_to(price, "0.42", "0%").1, ["S003"]);
    assert_eq!(comes_to(("Prices", 2, column(&PRICES, "Units included")), "100", "0 [$€-407]").1, ["T006"]);
}

/// What people write for a unit, and what they are told where it is none.
#[test]
fn units_are_known_by_what_people_call_them() {
    let of = |unit: &str| outcome(&with(&line("minute"), [price(2, "Counted in", unit)]));
    let (minute, _) = of("minute");
    for same in ["Minute", "minutes", "per minute", "Per Minutes"] {
        assert_eq!(of(same).0, minute, "{same}");
    }
    for unknown in ["FTE", "hour", "call", "per head"] {
        let (contract, said) = of(unknown);
        let codes: Vec<&str> = said.iter().map(|one| one.0).collect();
        assert!(contract.is_none() && codes == ["S002"], "{unknown}: {said:?}");
    }
    // Half a minute, as a spreadsheet keeps `0:00:30`.
    let step = (("Prices", 2, column(&PRICES, "First step")), Value::Time(Milliseconds(30_000)));
    let typed = outcome(&with(&line("minute"), [price(2, "First step", "30s")]));
    assert_eq!(outcome(&with(&line("minute"), [step])), typed);
}

/// Where no line is priced by quantity, what the buyer has filled in of its service is on the monthly amounts.
#[test]
fn service_is_on_monthly_amounts_where_there_is_no_other_line() {
    let row = |key| ("Terms", questions().find(|(question, _)| question.key == key).unwrap().1, 2);
    let asked = [
        (row("sla.target"), text("80%")),
        (row("sla.threshold"), text("20s")),
        (row("sla.below1"), text("75%")),
        (row("sla.percent1"), text("5%")),
        (row("discount.percent"), text("2%")),
    ];
    for (unit, lines) in [("month", &[0][..]), ("once", &[0]), ("minute", &[0])] {
        let (contract, said) = outcome(&with(&line(unit), asked.clone()));
        let contract = contract.unwrap_or_else(|| panic!("{unit}: {said:?}"));
        assert_eq!((&contract.slas[0].on[..], &contract.discounts[0].on[..]), (lines, lines), "{unit}");
    }
    let b = [price(3, "Line", "b"), price(3, "Counted in", "month"), price(3, "Price", "100")];
    for (unit, lines) in [("month", &[0, 1][..]), ("once", &[1]), ("minute", &[0])] {
        let (contract, said) = outcome(&with(&with(&line(unit), asked.clone()), b.clone()));
        assert_eq!(contract.unwrap_or_else(|| panic!("{unit}: {said:?}")).slas[0].on, lines, "{unit}");
    }
}

/// A spreadsheet keeps 100% as 1: a percentage without its sign is asked for again.
#[test]
fn percentages_have_their_sign() {
    let row = questions().find(|(question, _)| question.key == "discount.percent").unwrap().1;
    for number in ["1", "1.5", "0.25", "25", "-1"] {
        for value in [Value::Number(number.parse().unwrap()), text(number)] {
            let (contract, said) = outcome(&with(&line("minute"), [(("Terms", row, 2), value)]));
            assert!(contract.is_none(), "{number}");
            assert_eq!(said.iter().map(|one| one.0).next(), Some("S003"), "{number}: {said:?}");
        }
    }
    for percent in ["100%", "25 %"] {
        let (contract, said) = outcome(&with(&line("minute"), [(("Terms", row, 2), text(percent))]));
        assert!(contract.is_some(), "{percent}: {said:?}");
    }
}
