//! Single rows: which are refused, which are left out and why, and what becomes of those that run over an edge.

#![allow(clippy::unwrap_used)]

mod random;

use longshore_contacts::{
    AgentState, AgentTimeRow, Channel, ContactRow, Decimal, Outcome, ReportedRow, ScheduleRow, Table, agent_time_batch,
    contacts_batch, reported_batch, schedule_batch,
};
use longshore_contract::{Class, Contract, Count, Counts};
use longshore_counting::{CountError, LeftOut, Program, ProgramError, Tally, Window, oracle};
use longshore_units::{Instant, Zone};
use random::records::{self, some, some_contact};
use random::{ERAS, Head, in_greenwich as contract};

/// What the kernel counts and leaves out. The obvious counter counts the same.
fn counted(
    contract: &Contract,
    table: Table,
    batch: &arrow_array::RecordBatch,
) -> Result<(Counts, LeftOut), CountError> {
    let in_force = contract.in_force(None);
    let window = Window::of(&in_force, None).unwrap();
    let program = Program::new(&in_force, window).unwrap();
    let mut tally = Tally::new(&program);
    let found = tally.count(table, batch).and_then(|()| tally.finish());
    let plain = oracle::count(&in_force, window, &[(table, batch.clone())]);
    match (&found, plain) {
        (Ok((counts, _)), Ok(plain)) => assert_eq!(*counts, plain),
        (found, plain) => assert_eq!(found.as_ref().unwrap_err(), &plain.unwrap_err()),
    }
    found
}

fn at(text: &str) -> Instant {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    Zone::utc().at(local.date(), local.time()).unwrap()
}

fn agent_time(from: &str, until: &str) -> AgentTimeRow {
    AgentTimeRow {
        provider: "cebu".to_owned(),
        state: AgentState::Talking,
        from: at(from),
        until: at(until),
        week_from: Some(at("2027-05-31T00:00")),
        week_before: Some(0),
        ..some(records::agent_time(ERAS[0], "UTC"))
    }
}

fn contact(offered: &str) -> ContactRow {
    ContactRow {
        provider: "cebu".to_owned(),
        superseded_at: None,
        offered_at: Some(at(offered)),
        channel: Some(Channel::Voice),
        outcome: Some(Outcome::Answered),
        ..some_contact()
    }
}

const OVERTIME: &str =
    "[[charge]]\nunit = 'hour'\nwhen = { overtime = 'beyond 40 h a week', week_starts = 'Mon' }\neach = 1";

#[test]
fn overtime_is_not_counted_without_the_week_or_by_another() {
    let contract = contract(&[OVERTIME]);
    let refused =
        |row: AgentTimeRow| counted(&contract, Table::AgentTime, &agent_time_batch(&[row])).unwrap_err().to_string();
    let row = agent_time("2027-06-01T08:00", "2027-06-01T16:00");
    assert_eq!(
        refused(AgentTimeRow { week_from: None, ..row.clone() }),
        "row 0 of `agent_time` has no `week_from`: the records are to be annotated before they are counted"
    );
    assert_eq!(
        refused(AgentTimeRow { week_before: None, ..row.clone() }),
        "row 0 of `agent_time` has no `week_before`: the records are to be annotated before they are counted"
    );
    for other in ["2027-05-30T00:00", "2027-05-31T04:00"] {
        assert_eq!(
            refused(AgentTimeRow { week_from: Some(at(other)), ..row.clone() }),
            "row 0 of `agent_time` was annotated for weeks that do not begin when the contract's do"
        );
    }
    assert_eq!(
        refused(AgentTimeRow { week_before: Some(-1), ..row.clone() }),
        "row 0 of `agent_time` has a negative `week_before`"
    );
    // Who is offline works no overtime, and what lies outside the term is not looked at.
    let silent = [
        AgentTimeRow { state: AgentState::Offline, week_before: Some(i64::MAX / 1000), ..row.clone() },
        AgentTimeRow { week_from: None, ..agent_time("2026-06-01T08:00", "2026-06-01T16:00") },
    ];
    let (counts, left_out) = counted(&contract, Table::AgentTime, &agent_time_batch(&silent)).unwrap();
    assert_eq!((counts, left_out), (Counts::default(), LeftOut { outside_term: 1, ..LeftOut::default() }));
}

#[test]
fn a_row_over_two_weeks_has_overtime_in_each() {
    // From Sunday 2027-06-06 08:00 to Tuesday 2027-06-08 20:00: 16 hours after 30, then 44 of the next week.
    let row = AgentTimeRow { week_before: Some(30 * 3_600_000), ..agent_time("2027-06-06T08:00", "2027-06-08T20:00") };
    let (counts, _) = counted(&contract(&[OVERTIME]), Table::AgentTime, &agent_time_batch(&[row])).unwrap();
    let hours: Vec<(String, u64, i128)> = counts
        .iter()
        .map(|(key, count)| {
            let day = key.day.unwrap().to_string();
            (day, count.rows().unwrap(), count.quantity().unwrap() / 3_600_000_000)
        })
        .collect();
    assert_eq!(hours, [("2027-06-06".to_owned(), 1, 6), ("2027-06-08".to_owned(), 0, 4)]);
}

#[test]
fn weeks_of_two_kinds_are_refused() {
    let two = contract(&[
        "[[charge]]\nname = 'one'\nunit = 'hour'\nwhen = { overtime = 'beyond 40 h a week', week_starts = 'Mon' }\neach = 1",
        "[[charge]]\nname = 'two'\nunit = 'hour'\nwhen = { overtime = 'beyond 40 h a week', week_starts = 'Sun' }\neach = 1",
    ]);
    let in_force = two.in_force(None);
    let error = Program::new(&in_force, Window::of(&in_force, None).unwrap()).unwrap_err();
    assert_eq!(error, ProgramError::Weeks { charge: "two".to_owned() });
}

#[test]
fn hours_are_compared_in_intervals_of_one_length() {
    let picked = |per: &str| {
        contract(&[&format!(
            "[[charge]]\nunit = 'agent-hour'\nof = {{ lesser = ['requested', 'productive'], per = '{per}' }}\neach = 1"
        )])
    };
    let row = |from: &str, until: &str| ScheduleRow {
        provider: "cebu".to_owned(),
        from: at(from),
        until: at(until),
        requested: Some(5),
        productive: Some(4),
        ..some(records::schedule(ERAS[0]))
    };
    let count = |per: &str, row: ScheduleRow| counted(&picked(per), Table::Schedule, &schedule_batch(&[row]));
    let (counts, _) = count("half-hour", row("2027-06-01T08:00", "2027-06-01T08:30")).unwrap();
    assert_eq!(counts.iter().next().unwrap().1, &Count::Linear { rows: 1, quantity: 4 });
    assert_eq!(
        count("half-hour", row("2027-06-01T08:00", "2027-06-01T09:00")).unwrap_err().to_string(),
        "row 0 of `schedule` is not of the length in which the contract compares hours, 30 minutes"
    );
    let unknown = ScheduleRow { productive: None, ..row("2027-06-01T08:00", "2027-06-01T08:30") };
    let (counts, left_out) = count("half-hour", unknown).unwrap();
    assert_eq!((counts, left_out.unknown_quantity), (Counts::default(), 1));
    assert!(count("day", row("2027-06-01T00:00", "2027-06-02T00:00")).is_ok());
    assert!(count("day", row("2027-06-01T00:00", "2027-06-01T23:00")).is_err());
}

#[test]
fn a_day_in_which_clocks_jump_is_a_day() {
    let round = "at = 'line'\nto = '0.01'\nhow = 'half-up'";
    let head = Head { era: ERAS[0], zone: "America/New_York", counted_at: "offered", programs: "", round };
    let charge =
        "[[charge]]\nunit = 'agent-hour'\nof = { lesser = ['requested', 'productive'], per = 'day' }\neach = 1";
    let contract = random::contract(&head.text(&[charge.to_owned()])).unwrap();
    let zone = Zone::named("America/New_York").unwrap();
    let day = |day: &str| zone.start_of(day.parse().unwrap()).unwrap();
    let row = ScheduleRow {
        provider: "cebu".to_owned(),
        from: day("2027-03-14"),
        until: day("2027-03-15"),
        requested: Some(5),
        productive: Some(4),
        ..some(records::schedule(ERAS[0]))
    };
    assert_eq!(row.until.0 - row.from.0, 23 * 3_600_000_000);
    assert!(counted(&contract, Table::Schedule, &schedule_batch(&[row])).is_ok());
}

#[test]
fn amounts_are_in_the_contracts_currency() {
    let contract = contract(&["[[charge]]\nunit = 'sale'\npercent = '8'"]);
    let sale = |amount: Option<i128>, currency: Option<&str>| ContactRow {
        sale_amount: amount.map(|amount| Decimal::from_unscaled(amount).unwrap()),
        sale_currency: currency.map(str::to_owned),
        ..contact("2027-06-01T08:00")
    };
    let rows = [
        sale(Some(100), Some("USD")),
        sale(Some(-30), Some("USD")),
        sale(Some(5), Some("EUR")),
        sale(Some(5), None),
        sale(Some(0), None),
        sale(None, None),
    ];
    let (counts, left_out) = counted(&contract, Table::Contacts, &contacts_batch(&rows)).unwrap();
    assert_eq!(counts.iter().next().unwrap().1, &Count::Linear { rows: 2, quantity: 70 });
    assert_eq!(left_out, LeftOut { other_currency: 2, ..LeftOut::default() });
}

#[test]
fn costs_are_proven_and_known() {
    let contract = contract(&["[[charge]]\nunit = 'cost'\nevidence = 'required'"]);
    let cost = |amount: Option<i128>, currency: &str, document: Option<&str>| ReportedRow {
        source: "s".to_owned(),
        provider: "cebu".to_owned(),
        program: None,
        what: "interpreter".to_owned(),
        date: "2027-06-01".parse().unwrap(),
        quantity: Decimal::from_unscaled(1).unwrap(),
        amount: amount.map(|amount| Decimal::from_unscaled(amount).unwrap()),
        currency: Some(currency.to_owned()),
        document: document.map(str::to_owned),
    };
    let outside = ReportedRow { date: "2026-06-01".parse().unwrap(), ..cost(Some(1), "USD", Some("r-9")) };
    let rows = [
        cost(Some(100), "USD", Some("r-1")),
        cost(Some(100), "USD", None),
        cost(Some(100), "USD", Some(" ")),
        cost(Some(100), "EUR", Some("r-2")),
        cost(None, "USD", Some("r-3")),
        outside,
    ];
    let (counts, left_out) = counted(&contract, Table::Reported, &reported_batch(&rows)).unwrap();
    assert_eq!(counts.iter().next().unwrap().1, &Count::Linear { rows: 1, quantity: 100 });
    let expected =
        LeftOut { other_currency: 1, without_document: 2, unknown_quantity: 1, outside_term: 1, ..LeftOut::default() };
    assert_eq!(left_out, expected);
}

#[test]
fn a_resolution_must_be_known_and_hold() {
    let contract = contract(&["[[charge]]\nunit = 'resolution'\nreopened_within = '1 day'\neach = 1"]);
    let day = 86_400_000;
    let row = |resolved: Option<bool>, after: Option<i64>, outcome: Outcome| ContactRow {
        resolved,
        reopened_after: after,
        outcome: Some(outcome),
        ..contact("2027-06-01T08:00")
    };
    let rows = [
        row(Some(true), None, Outcome::Answered),
        row(Some(true), Some(day), Outcome::Answered),
        row(Some(true), Some(day + 1), Outcome::Contained),
        row(Some(false), None, Outcome::Answered),
        row(None, None, Outcome::Contained),
        row(None, None, Outcome::Abandoned),
    ];
    let (counts, left_out) = counted(&contract, Table::Contacts, &contacts_batch(&rows)).unwrap();
    assert_eq!(counts.iter().next().unwrap().1, &Count::Linear { rows: 2, quantity: 2 });
    assert_eq!(left_out, LeftOut { unknown_quantity: 1, ..LeftOut::default() });
}

#[test]
fn a_contact_is_split_also_behind_the_last_day() {
    let contract = contract(&[
        "[calendar.after]\ndates = [2027-11-21]",
        "[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = 1\n\
         surcharge = [{ calendar = 'after', percent = 50, across = 'split' }, { calendar = 'nights', percent = 10 }]",
    ]);
    let call = |offered: &str, seconds: i64| ContactRow { talk: Some(seconds * 1000), ..contact(offered) };
    // The term ends with November 20: the second call runs into the day behind it, and belongs to the last day of the term.
    let rows = [call("2027-11-20T12:00:00", 60), call("2027-11-20T23:59:59.9995", 10)];
    let (counts, _) = counted(&contract, Table::Contacts, &contacts_batch(&rows)).unwrap();
    let found: Vec<(String, Class, Count)> =
        counts.iter().map(|(key, count)| (key.day.unwrap().to_string(), key.class, count.clone())).collect();
    let day = || "2027-11-20".to_owned();
    assert_eq!(
        found,
        [
            (day(), Class(0), Count::Linear { rows: 1, quantity: 60_000 }),
            // The first millisecond begins before midnight.
            (day(), Class(0b10), Count::Linear { rows: 1, quantity: 1 }),
            (day(), Class(0b11), Count::Linear { rows: 0, quantity: 9_999 }),
        ]
    );
    let endless = call("2027-11-20T12:00:00", 500 * 86_400);
    let error = counted(&contract, Table::Contacts, &contacts_batch(&[endless])).unwrap_err();
    assert!(matches!(error, CountError::TooLong { .. }), "{error}");
}

#[test]
fn an_amendment_divides_the_rows_between_its_versions() {
    let contract = contract(&[
        "[[charge]]\nname = 'c0'\nunit = 'contact'\neach = 1",
        "[[charge]]\nname = 'hours'\nunit = 'hour'\nof = 'logged in'\neach = 1",
        "[[amendment]]\nknown = 2027-06-01\nsigned = 2027-06-01\neffective = 2027-06-15\nset.programs = ['retail']",
    ]);
    let of = |day: &str, program: &str| ContactRow { program: Some(program.to_owned()), ..contact(day) };
    let rows = [
        of("2027-06-14T23:59:59", "club"),
        of("2027-06-15T00:00:00", "club"),
        of("2027-06-15T00:00:00", "retail"),
        of("2026-01-01T00:00:00", "retail"),
    ];
    let (counts, left_out) = counted(&contract, Table::Contacts, &contacts_batch(&rows)).unwrap();
    let found: Vec<(u16, u64)> = counts.iter().map(|(key, count)| (key.version, count.rows().unwrap())).collect();
    assert_eq!(found, [(0, 1), (1, 1)]);
    assert_eq!(left_out, LeftOut { other_program: 1, outside_term: 1, ..LeftOut::default() });

    // A shift over the day of the amendment is a row of the terms under which it began.
    let shift = |program: &str| AgentTimeRow {
        program: Some(program.to_owned()),
        ..agent_time("2027-06-14T22:00", "2027-06-15T06:00")
    };
    let outside =
        AgentTimeRow { program: Some("retail".to_owned()), ..agent_time("2026-06-14T22:00", "2026-06-15T06:00") };
    let rows = [shift("retail"), shift("club"), outside];
    let (counts, left_out) = counted(&contract, Table::AgentTime, &agent_time_batch(&rows)).unwrap();
    let found: Vec<(u16, u64, i128)> = counts
        .iter()
        .map(|(key, count)| (key.version, count.rows().unwrap(), count.quantity().unwrap() / 3_600_000_000))
        .collect();
    assert_eq!(found, [(0, 2, 4), (1, 0, 6)]);
    assert_eq!(left_out, LeftOut { outside_term: 1, ..LeftOut::default() });
}
