//! All mistakes of a case are told at once, each once, and none that follows from another.
#![allow(clippy::unwrap_used)]

#[path = "../../compare/tests/case/mod.rs"]
mod case;

use longshore_business_case::read;
use longshore_units::Diagnostic;

const QUEUES: &str = r#"
[[queue]]
name = "orders"
channel = "voice"
language = "en"
contacts_a_year = 20000
hours = "Mon-Fri 08:00-18:00"
[[queue]]
name = "advice"
channel = "voice"
language = "en"
contacts_a_year = 10000
hours = "Mon-Fri 08:00-18:00"
"#;

fn two_queues() -> String {
    case::program("A line", QUEUES)
}

fn one_team() -> String {
    case::own_team("", &["orders", "advice"]) + &case::paid("30")
}

const DECIDE: &str = "starts = 2027-01-01\nmonths = 12\n";

/// What is found in a case of these files, in their order: where it says so, what is said, and the other places.
fn found(files: &[(&str, String)]) -> Vec<(String, String, String, Vec<String>)> {
    let case = case::few_files("case", files);
    let excerpt = |label: &longshore_units::Label| {
        let text = case.files.iter().find(|file| file.text.name == label.file).map_or("", |file| &file.text.text);
        text.get(label.span.clone()).unwrap().lines().next().unwrap_or("").to_owned()
    };
    let (read, diagnostics) = read(&case);
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|found| found.is_error()).collect();
    assert_eq!(read.is_none(), !errors.is_empty());
    let said = |error: &&Diagnostic| {
        assert!(error.help.is_some(), "{} ends without a step", error.message);
        let others = error.related.iter().map(excerpt).collect();
        (error.primary.file.to_string(), excerpt(&error.primary), error.message.clone(), others)
    };
    errors.iter().map(said).collect()
}

fn messages(files: &[(&str, String)]) -> Vec<String> {
    found(files).into_iter().map(|(file, _, message, _)| format!("{file}: {message}")).collect()
}

fn files(program: String, today: String, decide: String) -> [(&'static str, String); 3] {
    [("decide.toml", decide), ("program.toml", program), ("today.toml", today)]
}

#[test]
fn a_case_without_mistakes_has_none() {
    assert_eq!(messages(&files(two_queues(), one_team(), DECIDE.into())), Vec::<String>::new());
}

#[test]
fn mistakes_of_every_queue_team_and_file_are_told_together() {
    let program = two_queues()
        .replace("America/New_York", "New York")
        .replace("contacts_a_year = 20000\n", "target = \"80% soon\"\n")
        .replace("contacts_a_year = 10000", "contacts_a_year = -10000\npatience = \"0s\"");
    let today = one_team()
        .replace("languages", "resolved = \"-5%\"\nlanguages")
        .replace("amount = \"30\"", "amount = \"thirty\"");
    let decide = DECIDE.replace("2027-01-01", "\"soon\"").replace("12", "0");
    let told = messages(&files(program, today, decide));
    for part in [
        "New York",
        "`80% soon` is no target",
        "the volume is missing",
        "-10000 is below 1",
        "customers hang up at once",
        "-0.05 is below 0",
        "today.toml: this is no number",
        "decide.toml: `soon`",
        "decide.toml: 0",
    ] {
        assert!(told.iter().any(|message| message.contains(part)), "nothing says {part}: {told:#?}");
    }
    assert_eq!(told.len(), 9, "nothing follows from another mistake: {told:#?}");
}

/// A queue whose days are wrong is still one that options may handle, and other queues' mistakes hide nothing of it.
#[test]
fn typical_days_are_looked_at_whatever_was_found_before() {
    let days = |of: &str| {
        format!(
            "contacts_a_year = 10000\n[[queue.day]]\ndays = \"Mon-Fri\"\nfrom = \"08:00\"\neach = \"1h\"\ncontacts = {of}"
        )
    };
    let with = |first: &str, second: &str| {
        // What stands below the heading of a day belongs to the day.
        let program = two_queues().replace("hours = \"Mon-Fri 08:00-18:00\"\n", "");
        let program = program.replace("contacts_a_year = 10000", &days(second));
        let program = program.replace("contacts_a_year = 20000", &format!("busyness = -1\n{}", days(first)));
        messages(&files(program, one_team(), DECIDE.into()))
    };
    let told = with("[1, -2]", "[0, 0]");
    assert!(told.iter().any(|message| message.contains("-2 is below 0")), "{told:#?}");
    assert!(told.iter().any(|message| message.contains("no typical day says when contacts come")), "{told:#?}");
    assert_eq!(told.len(), 3, "{told:#?}");
}

#[test]
fn figures_out_of_range_are_told_without_a_row_of_zeros() {
    let program = two_queues().replace("contacts_a_year = 20000", "contacts_a_year = -1\nbusyness = 50");
    let (_, found) = read(&case::few_files("case", &files(program, one_team(), DECIDE.into())));
    let helps: Vec<&str> =
        found.iter().filter(|found| found.code == "T007").filter_map(|found| found.help.as_deref()).collect();
    assert_eq!(helps, ["write a number of at least 1", "write a number from 0 to 2"]);
}

#[test]
fn a_cost_below_nothing_is_told_with_what_to_write_instead() {
    let today = one_team().replace("amount = \"30\"", "amount = \"-30\"");
    let (_, found) = read(&case::few_files("case", &files(two_queues(), today, DECIDE.into())));
    let told: Vec<_> =
        found.iter().map(|found| (found.code, found.message.as_str(), found.help.as_deref().unwrap())).collect();
    let help = "write at least 0; take a subsidy or a credit off the cost that it pays for";
    assert_eq!(told, [("T007", "this cost is below 0", help)]);
    let free = one_team().replace("amount = \"30\"", "amount = \"0\"");
    assert_eq!(messages(&files(two_queues(), free, DECIDE.into())), Vec::<String>::new());
}

#[test]
fn what_stands_twice_shows_both_places() {
    let program = two_queues().replace("name = \"advice\"", "name = \"orders\"");
    let told = found(&files(program, one_team(), DECIDE.into()));
    assert!(
        told.iter().any(|(_, at, message, others)| {
            at == "\"orders\"" && message == "two queues are called `orders`" && others == &["\"orders\""]
        }),
        "{told:#?}"
    );
    let today =
        format!("{}{}", one_team(), "[[team]]\nname = \"own\"\nprovider = \"in-house\"\nlanguages = [\"en\"]\n");
    let told = found(&files(two_queues(), today, DECIDE.into()));
    assert!(
        told.iter().any(|(_, at, message, others)| {
            at == "\"own\"" && message == "two teams are called `own`" && others == &["\"own\""]
        }),
        "{told:#?}"
    );
    let today = one_team().replace(
        "team = \"own\"\n[[handles]]\nqueue = \"advice\"",
        "team = \"own\"\n[[handles]]\nqueue = \"orders\"\nteam = \"own\"\n[[handles]]\nqueue = \"advice\"",
    );
    let told = found(&files(two_queues(), today, DECIDE.into()));
    assert_eq!((told[0].2.as_str(), told[0].3.len()), ("200 % of `orders` is handled", 1));
}

#[test]
fn an_unknown_team_is_told_with_those_there_are() {
    let today = one_team().replacen("team = \"own\"\n[[handles]]", "team = \"onw\"\n[[handles]]", 1);
    let told = messages(&files(two_queues(), today, DECIDE.into()));
    assert_eq!(told, ["today.toml: there is no team `onw`"]);
}

#[test]
fn the_name_today_is_taken() {
    let mut files = files(two_queues(), one_team(), DECIDE.into()).to_vec();
    files.push(("options/today.toml", one_team()));
    let told = messages(&files);
    assert_eq!(
        told,
        ["options/today.toml: an option cannot be called `today`: that is who does it now, in the file today.toml"]
    );
}

/// Without a program nothing that points to its queues is wrong.
#[test]
fn a_missing_program_is_told_with_what_else_is_missing() {
    let told = messages(&[("today.toml", one_team())]);
    assert_eq!(told.len(), 2, "{told:#?}");
}
