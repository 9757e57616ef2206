//! Annotations: what only a look at several rows can tell, checked against a plain look at all of them.

#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, Weekday, date};
use longshore_contacts::{
    AgentRow, AgentState, AgentTimeRow, ContactRow, Direction, agent_time_batch, agent_time_rows, agents_batch,
    contact_rows, contacts_batch,
};
use longshore_counting::annotate::{AnnotateError, left, returns, weeks};
use longshore_units::{Instant, Zone};
use proptest::prelude::*;
use proptest::sample::select;

const HOUR: i64 = 3_600_000_000;

fn new_york() -> Zone {
    Zone::named("America/New_York").unwrap()
}

/// So many hours after a local day began.
fn at(day: Date, hours: i64) -> Instant {
    Instant(new_york().start_of(day).unwrap().0 + hours * HOUR)
}

fn time(agent: &str, state: AgentState, from: Instant, until: Instant) -> AgentTimeRow {
    AgentTimeRow {
        source: "acd".to_owned(),
        agent: agent.to_owned(),
        provider: "cebu".to_owned(),
        program: None,
        site: None,
        team: None,
        queue: None,
        direction: None,
        state,
        reason: None,
        from,
        until,
        approved: None,
        week_from: None,
        week_before: None,
        left: None,
    }
}

fn contact(id: &str, customer: Option<&str>, reason: Option<&str>, begins: i64, ends: Option<i64>) -> ContactRow {
    let minute = |minute: i64| Instant(1_800_000_000_000_000 + minute * 60_000_000);
    ContactRow {
        program: Some("retail".to_owned()),
        direction: Some(Direction::Inbound),
        reason: reason.map(str::to_owned),
        customer: customer.map(str::to_owned),
        offered_at: Some(minute(begins)),
        ended_at: ends.map(minute),
        ..ContactRow::of("acd", id, "cebu")
    }
}

#[test]
fn a_week_is_added_up_over_breaks_programs_and_batches() {
    let monday = date(2027, 6, 7);
    let day = |days: i64, from: i64, until: i64, state: AgentState| {
        time("ana", state, at(monday, 24 * days + from), at(monday, 24 * days + until))
    };
    let rows = [
        day(0, 8, 12, AgentState::Available),
        day(0, 12, 13, AgentState::Offline),
        day(0, 13, 17, AgentState::Talking),
        day(1, 8, 17, AgentState::Break),
        day(7, 8, 9, AgentState::Talking),
        time("ben", AgentState::Talking, at(monday, 9), at(monday, 10)),
    ];
    // The other program's rows of the same agent come in another batch, and out of order.
    let batches = [agent_time_batch(&rows[3..]), agent_time_batch(&rows[..3])];
    let annotated = weeks(&batches, &new_york(), Weekday::Monday).unwrap();
    let of = |batch: usize| -> Vec<(Instant, i64)> {
        let rows = agent_time_rows(&annotated[batch]).map(Result::unwrap);
        rows.map(|row| (row.week_from.unwrap(), row.week_before.unwrap() / 3_600_000)).collect()
    };
    let (this, next) = (at(monday, 0), at(date(2027, 6, 14), 0));
    assert_eq!(of(1), [(this, 0), (this, 4), (this, 4)]);
    assert_eq!(of(0), [(this, 8), (next, 0), (this, 0)]);
}

#[test]
fn an_agent_is_in_one_state_at_a_time() {
    let monday = date(2027, 6, 7);
    let rows = [
        time("ana", AgentState::Talking, at(monday, 8), at(monday, 10)),
        time("ana", AgentState::Available, at(monday, 9), at(monday, 11)),
    ];
    let error = weeks(&[agent_time_batch(&rows)], &new_york(), Weekday::Monday).unwrap_err();
    assert!(matches!(error, AnnotateError::Overlap { .. }));
    assert_eq!(
        error.to_string(),
        "agent `ana` of `cebu` is in two states at once at 2027-06-07T13:00:00Z; are the same records there twice?"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Minute by minute: of the agent's week until a row begins, as many as were logged in.
    #[test]
    fn weeks_agree_with_a_look_at_every_minute(
        spans in prop::collection::vec((select(vec!["ana", "ben"]), 0i64..2000, 1i64..20_000, select(AgentState::ALL)), 0..12),
        starts in select(vec![Weekday::Monday, Weekday::Sunday, Weekday::Wednesday]),
        batch in 1usize..5,
    ) {
        let minute = 60_000_000;
        // Around the night in which clocks go forward.
        let mut next = std::collections::BTreeMap::from([("ana", 0i64), ("ben", 0)]);
        let start = at(date(2027, 3, 5), 0).0;
        let rows: Vec<AgentTimeRow> = spans.into_iter().map(|(agent, gap, length, state)| {
            let from = next[agent] + gap;
            next.insert(agent, from + length);
            time(agent, state, Instant(start + from * minute), Instant(start + (from + length) * minute))
        }).collect();
        let batches: Vec<_> = rows.chunks(batch).map(agent_time_batch).collect();
        let annotated = weeks(&batches, &new_york(), starts).unwrap();
        let annotated: Vec<AgentTimeRow> = annotated.iter().flat_map(|batch| agent_time_rows(batch).map(Result::unwrap).collect::<Vec<_>>()).collect();
        prop_assert_eq!(annotated.len(), rows.len());
        for (row, annotated) in rows.iter().zip(&annotated) {
            let mut day = new_york().date(row.from).unwrap();
            while day.weekday() != starts {
                day = day.yesterday().unwrap();
            }
            let week = new_york().start_of(day).unwrap();
            let works = |at: i64| rows.iter().any(|other| {
                other.agent == row.agent && other.state.is_logged_in() && other.from.0 <= at && at < other.until.0
            });
            let minutes = (week.0..row.from.0).step_by(minute as usize).filter(|at| works(*at)).count() as i64;
            prop_assert_eq!(annotated.week_from, Some(week));
            prop_assert_eq!(annotated.week_before, Some(minutes * 60_000));
            prop_assert_eq!(&AgentTimeRow { week_from: None, week_before: None, ..annotated.clone() }, row);
        }
    }

    #[test]
    fn returns_agree_with_a_look_at_every_pair(
        contacts in prop::collection::vec(
            (0u8..12, prop::option::weighted(0.9, select(vec!["x", "y"])), prop::option::of(select(vec!["bill", "broken"])), 0i64..60, prop::option::weighted(0.9, 0i64..20), any::<bool>()),
            0..25,
        ),
        batch in 1usize..9,
    ) {
        let rows: Vec<ContactRow> = contacts.into_iter().map(|(id, customer, reason, begins, length, outbound)| {
            let row = contact(&format!("c{id}"), customer, reason, begins, length.map(|length| begins + length));
            ContactRow { direction: Some(if outbound { Direction::Outbound } else { Direction::Inbound }), ..row }
        }).collect();
        let batches: Vec<_> = rows.chunks(batch).map(contacts_batch).collect();
        let found = returns(&batches).unwrap();
        prop_assert_eq!(found.without_customer, rows.iter().filter(|row| row.customer.is_none()).count() as u64);
        let annotated: Vec<ContactRow> = found.contacts.iter().flat_map(|batch| contact_rows(batch).map(Result::unwrap).collect::<Vec<_>>()).collect();
        for (row, annotated) in rows.iter().zip(&annotated) {
            let next = |in_matter: bool| {
                let ends = row.ended_at?;
                row.customer.as_ref()?;
                let comes_back = |other: &&ContactRow| {
                    other.customer == row.customer && other.contact_id != row.contact_id
                        && other.direction == Some(Direction::Inbound) && ends <= other.offered_at.unwrap()
                        && (!in_matter || other.reason == row.reason)
                };
                rows.iter().filter(comes_back).map(|other| (other.offered_at.unwrap().0 - ends.0) / 1000).min()
            };
            prop_assert_eq!(annotated.repeat_after, next(false));
            prop_assert_eq!(annotated.reopened_after, next(true));
        }
    }
}

#[test]
fn what_stands_there_already_stays() {
    let rows = [
        ContactRow { reopened_after: Some(7), ..contact("1", Some("x"), None, 0, Some(5)) },
        contact("2", Some("x"), None, 10, Some(12)),
        contact("3", None, None, 20, Some(22)),
    ];
    let found = returns(&[contacts_batch(&rows)]).unwrap();
    let after: Vec<_> = contact_rows(&found.contacts[0]).map(|row| row.unwrap().reopened_after).collect();
    assert_eq!(after, [Some(7), None, None]);
}

#[test]
fn the_last_day_is_that_of_the_stay_the_row_lies_in() {
    let agent = |name: &str, hired: Date, left: Option<Date>| AgentRow {
        agent: name.to_owned(),
        provider: "cebu".to_owned(),
        program: None,
        site: None,
        team: None,
        languages: None,
        wage_class: None,
        hired,
        left,
        why: None,
    };
    let register = [
        agent("ana", date(2027, 1, 1), Some(date(2027, 2, 10))),
        agent("ana", date(2027, 5, 1), None),
        agent("ben", date(2027, 1, 1), Some(date(2027, 3, 1))),
        agent("ben", date(2027, 1, 1), Some(date(2027, 4, 1))),
    ];
    let row = |agent: &str, day: Date| time(agent, AgentState::Training, at(day, 23), at(day, 24));
    let rows = [
        row("ana", date(2027, 2, 10)),
        row("ana", date(2027, 3, 1)),
        row("ana", date(2027, 6, 1)),
        row("ben", date(2027, 2, 1)),
        row("eve", date(2027, 2, 1)),
    ];
    let found = left(&[agent_time_batch(&rows)], &[agents_batch(&register)], &new_york()).unwrap();
    let days: Vec<_> = agent_time_rows(&found.agent_time[0]).map(|row| row.unwrap().left).collect();
    assert_eq!(days, [Some(date(2027, 2, 10)), None, None, Some(date(2027, 4, 1)), None]);
    assert_eq!(found.unregistered, 2);
}
