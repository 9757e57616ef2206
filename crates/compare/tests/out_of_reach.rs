//! A target that no staffing reaches is told as one, and not as understaffing.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_business_case::Reach;
use longshore_compare::{Warning, compare};

const LETTERS: &str = r#"
[[queue]]
name = "letters"
channel = "email"
language = "en"
contacts_a_year = 30000
worked = "Mon-Fri 09:00-17:00"
target = "90% in 24h"
handle = { talk = { mean = "6m" } }
[[queue.day]]
days = "Mon-Sun"
from = "00:00"
each = "4h"
contacts = [1, 1, 1, 1, 1, 1]
"#;

fn warned(target: &str) -> (Option<f64>, f64, Vec<Warning>) {
    let files = [
        ("program.toml", case::program("Letters", &LETTERS.replace("90% in 24h", target))),
        ("today.toml", case::own_team("", &["letters"]) + &case::paid("30")),
        ("decide.toml", "starts = 2027-01-01\nmonths = 2\n".to_owned()),
    ];
    let case = case::of_files("letters", &files);
    let most = Reach::beyond(&case, 0).unwrap().first().map(|reach| reach.share);
    let option = compare(&case, 2, 7, &|_| ()).unwrap().options.into_iter().next().unwrap();
    (most, option.queues[0].service_level.unwrap(), option.warnings)
}

#[test]
fn letters_of_a_weekend_are_late_whoever_is_there() {
    let (most, level, warnings) = warned("90% in 24h");
    let most = most.unwrap();
    // What is played comes near to what is said to be the most (the oldest are answered first, so that Monday's first agents
    // write to whom it is too late), and not above it but by chance.
    assert!(most - 0.1 < level && level < most + 0.02, "{level} of at most {most}");
    let told = Warning::OutOfReach { queue: "letters".to_owned(), share: level, most, target: 0.9 };
    assert!(warnings.contains(&told), "{warnings:?}");
    assert!(!warnings.iter().any(|warning| matches!(warning, Warning::TargetMissed { .. })), "{warnings:?}");
}

#[test]
fn a_wait_longer_than_the_weekend_is_in_reach() {
    let (most, level, warnings) = warned("90% in 72h");
    assert_eq!(most, None);
    assert!(0.87 < level, "{level}");
    assert!(!warnings.iter().any(|warning| matches!(warning, Warning::OutOfReach { .. })), "{warnings:?}");
}

/// Calls and letters of one team: the calls keep their target, whatever is asked of the letters.
#[test]
fn letters_out_of_reach_take_nothing_from_calls() {
    let calls = "[[queue]]\nname = \"calls\"\nchannel = \"voice\"\nlanguage = \"en\"\ncontacts_a_year = 60000\n\
                 hours = \"Mon-Fri 09:00-17:00\"\ntarget = \"80% in 20s\"\n";
    let level = |target: &str| {
        // Where people come and go, a formula is not enough.
        let people = "turnover = \"45%\"\npeople = { vacant = \"30 days\", absence = \"4%\", tenure = \"0 days\", \
                      learning = [{ after = \"0 days\", handle = \"130%\" }, { after = \"40 days\", handle = \"100%\" }] }\n";
        let files = [
            ("program.toml", case::program("Both", &(calls.to_owned() + &LETTERS.replace("90% in 24h", target)))),
            ("today.toml", case::own_team(people, &["calls", "letters"]) + &case::paid("30")),
            ("decide.toml", "starts = 2027-01-01\nmonths = 2\n".to_owned()),
        ];
        let comparison = compare(&case::of_files("both", &files), 4, 7, &|_| ()).unwrap();
        comparison.options[0].queues.iter().map(|queue| queue.service_level.unwrap()).collect::<Vec<_>>()
    };
    for target in ["90% in 24h", "60% in 24h"] {
        let levels = level(target);
        assert!(0.77 < levels[0], "calls beside letters of {target}: {levels:?}");
        assert!(0.55 < levels[1], "letters as far as they can be: {levels:?}");
    }
}
