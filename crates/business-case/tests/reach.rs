//! What can be answered in time however many agents there are, worked out by hand.
#![allow(clippy::unwrap_used)]

use longshore_business_case::{BusinessCase, CaseFile, CaseFiles, Reach, read};
use longshore_units::{Diagnostic, Text};

/// Letters that come evenly at all hours of all days.
fn letters(program: &str, team: &str, handles: &str) -> (BusinessCase, Vec<Diagnostic>) {
    let program = format!(
        "name = \"Letters\"\ntime_zone = \"UTC\"\ncurrency = \"USD\"\n[[queue]]\nname = \"letters\"\nchannel = \"email\"\n\
         language = \"en\"\ncontacts_a_year = 20000\n{program}\nhandle = {{ talk = {{ mean = \"6m\" }} }}\n[[queue.day]]\n\
         days = \"Mon-Sun\"\nfrom = \"00:00\"\neach = \"4h\"\ncontacts = [1, 1, 1, 1, 1, 1]\n"
    );
    let today = format!(
        "name = \"Own\"\n[[team]]\nname = \"own\"\nprovider = \"in-house\"\nlanguages = [\"en\"]\n{team}\n\
         [[handles]]\nqueue = \"letters\"\nteam = \"own\"\n{handles}\n\
         [[cost]]\nwhat = \"pay\"\nkind = \"team\"\namount = \"30\"\nper = \"paid hour\"\nteam = \"own\"\nsource = \"-\"\n"
    );
    let decide = "starts = 2027-01-01\nmonths = 12\n".to_owned();
    let files = [("program.toml", program), ("today.toml", today), ("decide.toml", decide)];
    let files = files.map(|(path, text)| CaseFile { path: path.to_owned(), text: Text::new(path, text) });
    let (case, found) = read(&CaseFiles { id: "letters".to_owned(), files: files.to_vec() });
    (case.unwrap_or_else(|| panic!("{found:#?}")), found)
}

fn share(program: &str, team: &str, handles: &str) -> Option<(f64, u64)> {
    let (case, found) = letters(program, team, handles);
    let beyond = Reach::beyond(&case, 0).unwrap();
    let warned = found.iter().filter(|found| found.code == "B022").count();
    assert_eq!(warned, beyond.len(), "what is warned of is what is known of");
    beyond.first().map(|reach| (reach.share, reach.pause_ms))
}

const HOUR: u64 = 3_600_000;

#[test]
fn a_weekend_is_longer_than_a_day() {
    // From Friday at five to Monday at nine are 64 hours: who writes in the first 40 of 168 waits over a day.
    let (reached, pause) = share("worked = \"Mon-Fri 09:00-17:00\"\ntarget = \"90% in 24h\"", "", "").unwrap();
    assert!((reached - 128.0 / 168.0).abs() < 0.003, "{reached}");
    assert_eq!(pause, 64 * HOUR);
    // 64 hours are enough for all, and a target below what can be reached is none to warn of.
    assert_eq!(share("worked = \"Mon-Fri 09:00-17:00\"\ntarget = \"99% in 64h\"", "", ""), None);
    assert_eq!(share("worked = \"Mon-Fri 09:00-17:00\"\ntarget = \"76% in 24h\"", "", ""), None);
}

#[test]
fn somebody_works_when_a_shift_is_worked() {
    let always = "worked = \"always\"\ntarget = \"90% in 8h\"";
    assert_eq!(share(always, "", ""), None);
    let days = "[[team.shift]]\nfrom = \"09:00\"\nlength = \"8h\"\n";
    // The night between the shifts has 16 hours, of which the first eight are too early.
    let (reached, pause) = share(always, days, "").unwrap();
    assert!((reached - 16.0 / 24.0).abs() < 0.003, "{reached}");
    assert_eq!(pause, 16 * HOUR);
    let nights = format!("{days}[[team.shift]]\nfrom = \"01:00\"\nlength = \"8h\"\n");
    assert_eq!(share(always, &nights, ""), None);
}

#[test]
fn a_way_has_hours_of_its_own() {
    let program = "worked = \"Mon-Fri 09:00-17:00\"\ntarget = \"90% in 24h\"";
    assert_eq!(share(program, "", "worked = \"Mon-Sun 09:00-17:00\""), None);
}
