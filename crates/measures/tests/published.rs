//! Examples that systems' makers and users published, as rows of records.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use longshore_contacts::{ContactRow, Outcome, Table, contacts_batch};
use longshore_contract::{Choice, MeasureTerm, Preset, Select};
use longshore_measures::{Asked, Plan, Program, RowGrain, Rows, Step, Tally};
use longshore_units::{Exact, Instant, Milliseconds, Zone};

/// So many contacts of one kind, each of which waited so many seconds.
fn contacts(count: usize, outcome: Outcome, waited_s: i64) -> Vec<ContactRow> {
    let offered = 1_800_000_000_000_000;
    let row = ContactRow {
        outcome: Some(outcome),
        offered_at: Some(Instant(offered)),
        answered_at: (outcome == Outcome::Answered).then_some(Instant(offered + waited_s * 1_000_000)),
        ended_at: Some(Instant(offered + (waited_s + 60) * 1_000_000)),
        wait: Some(waited_s * 1000),
        ring: Some(0),
        ..ContactRow::of("acd", "c", "cebu")
    };
    vec![row; count]
}

fn percent(rows: &[ContactRow], preset: &str, short: Option<Milliseconds>, choices: &[(Choice, &str)]) -> String {
    percent_within(rows, (preset, Milliseconds::seconds(20)), short, choices)
}

fn percent_within(
    rows: &[ContactRow],
    (preset, threshold): (&str, Milliseconds),
    short_abandons: Option<Milliseconds>,
    choices: &[(Choice, &str)],
) -> String {
    let measure = MeasureTerm {
        preset: Preset::named(preset).unwrap(),
        threshold: Some(threshold),
        short_abandons,
        within: None,
        choices: choices.iter().map(|(choice, word)| (*choice, (*word).to_owned())).collect(),
    };
    let program = Program {
        rows: Rows {
            grain: RowGrain::Contact,
            provider: None,
            programs: Vec::new(),
            select: Select::default(),
            first: None,
            last: None,
        },
        by: Vec::new(),
        zone: Zone::utc(),
        step: Step::HALF_HOUR,
        calendars: BTreeMap::new(),
        standard: None,
        measures: vec![Asked { name: preset.to_owned(), measure, when: Select::default(), target: None }],
    };
    let plan = Arc::new(Plan::new(program).unwrap());
    let mut tally = Tally::new(Arc::clone(&plan));
    tally.add(Table::Contacts, &contacts_batch(rows)).unwrap();
    let value = tally.finish().reading(&[], &plan.figures()[0]).value.unwrap();
    (&value * &Exact::from(100u64)).to_decimal(2)
}

/// Cisco ICM user guide, page 117: 70 answered and 10 abandoned within the threshold, 20 beyond it.
#[test]
fn cisco_counts_abandons_in_three_ways() {
    let parts = [
        contacts(70, Outcome::Answered, 10),
        contacts(10, Outcome::Abandoned, 10),
        contacts(12, Outcome::Answered, 30),
        contacts(8, Outcome::Abandoned, 30),
    ];
    let rows = parts.concat();
    assert_eq!(percent(&rows, "service level, abandons ignored", None, &[]), "77.78");
    assert_eq!(percent(&rows, "service level, offered", None, &[]), "70");
    assert_eq!(percent(&rows, "service level, abandons met", None, &[]), "80");
}

/// The service factor of Genesys' classic reports: 200 answered within twenty seconds, 100 later, 50 abandoned before ten
/// seconds and 50 later. Those who gave up before ten seconds are no offers.
#[test]
fn genesys_leaves_out_who_gives_up_soon() {
    let parts = [
        contacts(200, Outcome::Answered, 5),
        contacts(100, Outcome::Answered, 40),
        contacts(50, Outcome::Abandoned, 9),
        contacts(50, Outcome::Abandoned, 10),
    ];
    let rows = parts.concat();
    let before_ten = Some(Milliseconds(9999));
    assert_eq!(percent(&rows, "service level, offered", before_ten, &[]), "57.14");
    // The same as a choice of the denominator.
    let less_short = [(Choice::Denominator, "answered and abandoned, less short abandons")];
    assert_eq!(percent(&rows, "service level, offered", before_ten, &less_short), "57.14");
    assert_eq!(percent(&rows, "service level, offered", None, &[]), "50");
}

/// Offers count when they come, answers when they are given: a contact offered at 8:59 and answered at 9:01 is an offer of the
/// one half hour and an answer of the other, so that neither has a mean of 100 %.
#[test]
fn events_count_when_they_happen() {
    let minute = 60_000_000;
    let nine = 1_799_971_200_000_000; // 2027-01-15 04:00 in Greenwich: a half hour begins.
    let row = |id: &str, offered: i64, answered: i64| ContactRow {
        outcome: Some(Outcome::Answered),
        offered_at: Some(Instant(nine + offered * minute)),
        answered_at: Some(Instant(nine + answered * minute)),
        ended_at: Some(Instant(nine + (answered + 3) * minute)),
        wait: Some((answered - offered) * 60_000),
        ring: Some(0),
        ..ContactRow::of("acd", id, "cebu")
    };
    // Two offers before nine, one answered before and one after; one offer after, answered at once.
    let rows = [row("a", -10, -10), row("b", -1, 1), row("c", 5, 5)];
    let by_intervals = [(Choice::Aggregation, "mean of intervals"), (Choice::Denominator, "all in queue")];
    let events = [by_intervals[0], by_intervals[1], (Choice::Attribution, "event")];
    // By arrival: 1 of 2 in time before nine, 1 of 1 after it.
    assert_eq!(percent(&rows, "service level, offered", None, &by_intervals), "75");
    // Within two minutes all are in time: by event 1 of 2 offers before nine, and 2 answers to 1 offer after it.
    let two_minutes = ("service level, offered", Milliseconds::seconds(120));
    assert_eq!(percent_within(&rows, two_minutes, None, &by_intervals), "100");
    assert_eq!(percent_within(&rows, two_minutes, None, &events), "125");
}
