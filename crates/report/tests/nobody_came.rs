//! Of a queue to which nobody came nothing is said to be in time.
#![allow(clippy::unwrap_used)]

#[path = "../../compare/tests/case/mod.rs"]
mod case;

use longshore_compare::{Comparison, compare};
use longshore_report::{Answer, CaseFolder, ComparisonJson, OnDisk, page, workbook};
use longshore_words::Language;

const FOLDER: CaseFolder<'_> = CaseFolder { path: "quiet", has: OnDisk::Everything };

/// Calls of every January, and of none: the second queue's season has none of them, and perhaps neither has the first's.
fn compared(orders: u32) -> Comparison {
    let queue = |name: &str, january: u32| {
        format!(
            "[[queue]]\nname = \"{name}\"\nchannel = \"voice\"\nlanguage = \"en\"\ncontacts_a_year = 20000\n\
             hours = \"Mon-Fri 08:00-16:00\"\nmonths = [{january}, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        )
    };
    let files = [
        ("program.toml", case::program("A quiet line", &format!("{}{}", queue("orders", orders), queue("advice", 0)))),
        ("today.toml", case::own_team("", &["orders", "advice"]) + &case::paid("30")),
        ("decide.toml", "starts = 2027-01-01\nmonths = 1\nruns = 2\n".to_owned()),
    ];
    compare(&case::of_files("quiet", &files), 2, 1, &|_| ()).unwrap()
}

/// How many dashes stand in the row in which the page has a queue's service.
fn dashes(html: &str, queue: &str) -> usize {
    let row = html.split("<tr").find(|row| row.contains(&format!(">{queue}<")) && row.contains(">today<")).unwrap();
    row.matches(">-<").count()
}

/// The cells of the first row of a page's or a terminal's table that begins with the first option.
fn first_row<'t>(mut rows: impl Iterator<Item = Vec<&'t str>>) -> Vec<&'t str> {
    rows.find(|cells| cells.starts_with(&["1", "today"])).unwrap()
}

/// The cells of a row of the page, without what marks them.
fn page_cells(row: &str) -> Vec<&str> {
    let cells = row.split("<td").skip(1);
    cells.map(|cell| cell.split_once('>').unwrap().1.split('<').next().unwrap()).collect()
}

#[test]
fn a_queue_without_contacts_has_dashes_beside_one_with() {
    let comparison = compared(1);
    let option = comparison.today();
    let [orders, advice] = &option.queues[..] else { panic!("{:?}", option.queues) };
    assert!(1000.0 < orders.offered && advice.offered == 0.0);
    assert_eq!((advice.service_level, advice.asa_s, advice.over_5_min), (None, None, None));
    assert_eq!(option.service_level(), orders.service_level);
    assert_eq!(option.warnings, []);
    let json = serde_json::to_value(ComparisonJson::new(&comparison, &[], "0")).unwrap();
    let [with, without] = [0, 1].map(|queue| &json["options"][0]["queues"][queue]);
    for figure in ["service_level", "asa_s", "over_5_min", "missed"] {
        assert!(with[figure].is_number() && without[figure].is_null(), "{figure}: {with} {without}");
    }
    let answer = Answer::new(&comparison, &[], FOLDER, Language::English);
    let html = page(&answer, &comparison, "0").unwrap();
    // In time, in which share of the runs not, hung up, waited, and over five minutes.
    assert_eq!((dashes(&html, "orders"), dashes(&html, "advice")), (0, 5));
}

#[test]
fn an_option_without_contacts_has_dashes_in_every_form() {
    let comparison = compared(0);
    let option = comparison.today();
    assert_eq!((option.service_level(), option.over_five_minutes(), option.resolved), (None, None, None));
    for language in [Language::English, Language::Spanish, Language::Romanian, Language::Filipino] {
        let answer = Answer::new(&comparison, &[], FOLDER, language);
        let (text, html) = (answer.text(), page(&answer, &comparison, "0").unwrap());
        // What a resolution costs, which share was in time, which waited over five minutes, which was resolved.
        let on_terminal = first_row(text.lines().map(|line| line.split_whitespace().collect()));
        let on_page = first_row(html.split("<tr").map(page_cells));
        assert_eq!((&on_terminal[5..9], &on_page[5..9]), (&["-"; 4][..], &["-"; 4][..]), "{language:?}");
        let book = longshore_workbook::read(&workbook(&answer, &comparison, &[]).unwrap()).unwrap();
        let options = &book[1].cells;
        // Each after the two ends of a year's cost, once and in all; the workbook leaves empty what is not known.
        let written: Vec<bool> =
            (0..11).map(|column| options.get(&(1, column)).is_some_and(|cell| cell.value.is_some())).collect();
        assert_eq!(written, [[true; 6].as_slice(), &[false; 4], &[true]].concat(), "{language:?}");
    }
    let json = serde_json::to_value(ComparisonJson::new(&comparison, &[], "0")).unwrap();
    let told = &json["options"][0];
    for figure in ["cost_per_resolution", "resolved"] {
        assert!(told.as_object().unwrap().contains_key(figure) && told[figure].is_null(), "{figure}: {told}");
    }
}
