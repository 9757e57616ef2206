//! What the records of a simulation keep: the laws of the tables, the tallies, and the same customers for every option.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::convert::Infallible;

use arrow_array::RecordBatch;
use longshore_contacts::{
    AgentState, AgentTimeRow, Conservation, ContactRow, LegRow, Outcome, Table, agent_time_rows, check_rows, conform,
    contact_rows, leg_rows,
};
use longshore_simulation::*;
use longshore_units::Milliseconds;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const DAYS: i64 = 14;
const START: i64 = 1_798_761_600_000; // 2027-01-01.

fn daily(from: i64, until: i64) -> Vec<Span> {
    (0..DAYS)
        .map(|day| START + day * DAY_MS)
        .map(|day| Span { from: day + from * HOUR_MS, until: day + until * HOUR_MS })
        .collect()
}

fn queue(name: &str, program: &str, own: bool, routes: Vec<Route>) -> Queue {
    let per_hour = |hour: i64| if (7..21).contains(&hour) { 40.0 + 6.0 * (hour % 7) as f64 } else { 0.5 };
    let part = |share, mean_ms| Part { share, mean_ms, shape: Shape::Lognormal { cv: 0.9 } };
    Queue {
        language: own.then(|| "en".to_owned()),
        own,
        arrivals: Arrivals { step_ms: HOUR_MS, expected: (0..24 * DAYS).map(|hour| per_hour(hour % 24)).collect() },
        busyness_cv: 0.2,
        patience_mean_ms: Some(90_000.0),
        talk: part(1.0, 200_000.0),
        hold: part(0.3, 40_000.0),
        wrap: part(0.95, 30_000.0),
        open: daily(8, 20),
        returns: 0.4,
        return_after_mean_ms: 5.0 * HOUR_MS as f64,
        routes,
        ..Queue::plain(program.to_owned(), name.to_owned())
    }
}

fn team(name: &str, provider: &str, agents: u32, factor: f64) -> Team {
    let shift = |agent: u32| {
        let (from, until, last) = if agent.is_multiple_of(2) { (8, 14, false) } else { (12, 20, true) };
        daily(from, until).into_iter().map(move |Span { from, until }| Shift { agent, from, until, last, back: None })
    };
    Team {
        site: (provider == "bay").then(|| "Manila".to_owned()),
        agents: (0..agents).map(|agent| format!("{name} {agent}")).collect(),
        shifts: (0..agents).flat_map(shift).collect(),
        talk_factor: factor,
        wrap_factor: factor,
        resolved: 0.75,
        ..Team::plain(provider.to_owned(), name.to_owned())
    }
}

fn to(team: usize, overflow: Option<(i64, usize)>) -> Route {
    let overflow = overflow.map(|(after_ms, team)| Overflow { after_ms, team, priority: 0 });
    Route { overflow, ..Route::to(team) }
}

/// Orders overflow from the own team to another provider; service from one of that provider's teams to the other, which
/// also works for another client.
fn scenario() -> Scenario {
    Scenario {
        horizon: Span { from: START, until: START + DAYS * DAY_MS },
        seed: Seed(11),
        run: 1,
        busyness_cv: 0.0,
        step_ms: HOUR_MS / 2,
        day_starts: (0..DAYS).map(|day| START + day * DAY_MS).collect(),
        month_starts: vec![START, START + 7 * DAY_MS],
        queues: vec![
            queue("orders", "retail", true, vec![to(0, Some((15_000, 1)))]),
            queue("service", "retail", true, vec![to(1, Some((10_000, 2)))]),
            queue("other", "bank", false, vec![to(2, None)]),
        ],
        teams: vec![team("own", "self", 7, 1.0), team("first", "bay", 9, 1.1), team("second", "bay", 8, 1.0)],
    }
}

#[derive(Default, PartialEq, Debug)]
struct Kept {
    batches: Vec<(Table, RecordBatch)>,
}

impl Sink for Kept {
    type Error = Infallible;

    fn wants(&self, _: Table) -> Option<Columns> {
        Some(Columns::All)
    }

    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Infallible> {
        self.batches.push((table, batch));
        Ok(())
    }
}

impl Kept {
    fn of(scenario: &Scenario) -> (Tallies, Kept) {
        let mut kept = Kept::default();
        let tallies = simulate(scenario, &mut kept).unwrap();
        (tallies, kept)
    }

    fn table(&self, table: Table) -> impl Iterator<Item = &RecordBatch> {
        self.batches.iter().filter(move |(of, _)| *of == table).map(|(_, batch)| batch)
    }

    fn contacts(&self) -> Vec<ContactRow> {
        self.table(Table::Contacts).flat_map(contact_rows).map(Result::unwrap).collect()
    }

    fn legs(&self) -> Vec<LegRow> {
        self.table(Table::Legs).flat_map(leg_rows).map(Result::unwrap).collect()
    }

    fn agent_time(&self) -> Vec<AgentTimeRow> {
        self.table(Table::AgentTime).flat_map(agent_time_rows).map(Result::unwrap).collect()
    }
}

#[test]
fn every_batch_is_canonical_and_without_flaw() {
    let (_, kept) = Kept::of(&scenario());
    for (table, batch) in &kept.batches {
        assert_eq!(batch.schema(), table.schema());
        assert!(batch.num_rows() <= 8192);
        assert_eq!(&conform(batch, *table).unwrap(), batch);
        assert_eq!(check_rows(batch, *table).unwrap(), []);
    }
    assert!(3 < kept.batches.len());
}

#[test]
fn what_arrives_has_an_outcome_once() {
    let (tallies, kept) = Kept::of(&scenario());
    let mut law = Conservation::new(Milliseconds::seconds(1800), None);
    kept.table(Table::Contacts).for_each(|batch| law.contacts(batch).unwrap());
    kept.table(Table::Legs).for_each(|batch| law.legs(batch).unwrap());
    let balance = law.balance();
    assert_eq!(balance.violations, []);
    assert!(balance.contacts.values().all(|account| account.unaccounted() == 0));

    let contacts = kept.contacts();
    for (place, name) in ["orders", "service"].into_iter().enumerate() {
        let tally = tallies.queue(place);
        let rows: Vec<_> = contacts.iter().filter(|row| row.first_queue.as_deref() == Some(name)).collect();
        let count = |outcome| rows.iter().filter(|row| row.outcome == Some(outcome)).count() as u64;
        assert_eq!(tally.offered, tally.handled + tally.abandoned + tally.blocked);
        assert_eq!(count(Outcome::Answered), tally.handled);
        assert_eq!(count(Outcome::Abandoned), tally.abandoned);
        assert_eq!(count(Outcome::BlockedClosed), tally.blocked);
        assert!(0 < tally.blocked && 0 < tally.abandoned && 0 < tally.returned);
        // To another provider is two rows, within one provider one row with two legs.
        let [sent_on, two_legs] = if name == "orders" { [tally.overflowed, 0] } else { [0, tally.overflowed] };
        assert!(100 < tally.overflowed);
        assert_eq!(count(Outcome::FlowOut), sent_on);
        assert_eq!(rows.iter().filter(|row| row.legs == Some(2)).count() as u64, two_legs);
        let sum = |of: fn(&ContactRow) -> Option<i64>| rows.iter().map(|row| of(row).unwrap() as u128).sum::<u128>();
        assert_eq!(sum(|row| row.talk), tally.talk_ms);
        assert_eq!(sum(|row| row.hold), tally.hold_ms);
        assert_eq!(sum(|row| row.wrap), tally.wrap_ms);
        assert_eq!(rows.iter().filter(|row| row.resolved == Some(true)).count() as u64, tally.resolved);
        // Who comes back is the same customer on the same ticket.
        let returned: Vec<_> = rows.iter().filter(|row| row.contact_id.contains('.')).collect();
        let first =
            |row: &ContactRow| rows.iter().find(|first| Some(&first.contact_id) == row.ticket.as_ref()).unwrap();
        assert!(returned.iter().take(200).all(|row| first(row).customer == row.customer));
    }
    assert!(contacts.iter().all(|row| row.first_queue.as_deref() != Some("other")), "another client's customers");
}

#[test]
fn parts_of_a_contact_follow_one_another() {
    let (_, kept) = Kept::of(&scenario());
    let contacts = kept.contacts();
    for row in &contacts {
        let (offered, ended) = (row.offered_at.unwrap().0, row.ended_at.unwrap().0);
        let [wait, talk, hold] = [row.wait, row.talk, row.hold].map(|part| 1000 * part.unwrap());
        assert_eq!(ended, offered + wait + talk + hold);
        assert_eq!(row.answered_at.map(|at| at.0), (row.outcome == Some(Outcome::Answered)).then_some(offered + wait));
        assert_eq!(row.delivered_at.unwrap().0, ended + 1000 * row.wrap.unwrap());
    }
    let mut legs: BTreeMap<(String, String), Vec<LegRow>> = BTreeMap::new();
    for leg in kept.legs() {
        legs.entry((leg.source.clone(), leg.contact_id.clone())).or_default().push(leg);
    }
    for row in &contacts {
        let legs = legs.remove(&(row.source.clone(), row.contact_id.clone())).unwrap_or_default();
        assert_eq!(row.legs, Some(legs.len() as i64));
        assert!(legs.is_empty() || legs.iter().map(|leg| leg.wait.unwrap()).sum::<i64>() == row.wait.unwrap());
        assert!(legs.windows(2).all(|pair| pair[0].ended_at == pair[1].offered_at && pair[1].leg == pair[0].leg + 1));
        // A charge by the leg sees the leg alone: it carries whose it is.
        for leg in &legs {
            assert_eq!(leg.provider.as_ref(), Some(&row.provider));
            assert_eq!((&leg.program, &leg.site, &leg.language), (&row.program, &row.site, &row.language));
            assert_eq!((leg.channel, leg.direction), (row.channel, row.direction));
        }
        assert!(legs.last().is_none_or(|leg| leg.outcome == row.outcome && leg.ended_at == row.ended_at));
    }
    assert!(legs.is_empty());
}

#[test]
fn an_agents_time_has_no_gap_and_no_overlap() {
    let scenario = scenario();
    let (tallies, kept) = Kept::of(&scenario);
    let mut days: BTreeMap<(String, i64), Vec<AgentTimeRow>> = BTreeMap::new();
    for row in kept.agent_time() {
        assert_eq!(row.queue.is_some(), row.direction.is_some());
        assert!(row.queue.is_none() || row.program.as_deref() == Some("retail"));
        let day = (row.from.milliseconds() - START) / DAY_MS;
        days.entry((row.agent.clone(), day)).or_default().push(row);
    }
    let mut shifts = BTreeMap::new();
    for team in &scenario.teams {
        for shift in &team.shifts {
            let agent = team.agents[shift.agent as usize].clone();
            shifts.insert((agent, (shift.from - START) / DAY_MS), *shift);
        }
    }
    assert_eq!(days.len(), shifts.len());
    let mut logged_in = BTreeMap::new();
    let mut busy = BTreeMap::new();
    for (agent_day, rows) in &mut days {
        rows.sort_by_key(|row| row.from);
        let (shift, (first, last)) = (shifts[agent_day], (&rows[0], &rows[rows.len() - 1]));
        assert_eq!(first.from.milliseconds(), shift.from);
        assert!(shift.until <= last.until.milliseconds());
        assert!(last.until.milliseconds() == shift.until || last.state != AgentState::Available);
        assert!(rows.windows(2).all(|pair| pair[0].until == pair[1].from));
        for row in rows.iter() {
            let length = (row.until.milliseconds() - row.from.milliseconds()) as u64;
            let team = row.team.clone().unwrap();
            *logged_in.entry(team.clone()).or_insert(0) += length;
            *busy.entry(team).or_insert(0) += if row.state == AgentState::Available { 0 } else { length };
        }
    }
    for (team, tally) in scenario.teams.iter().zip(&tallies.teams) {
        assert_eq!(tally.logged_in_ms.iter().sum::<u64>(), logged_in[&team.name]);
        assert_eq!(tally.busy_ms.iter().sum::<u64>(), busy[&team.name]);
        assert_eq!(u128::from(team.name == "second"), tally.others_busy_ms.min(1));
        assert_eq!(tally.peak as usize, team.agents.len(), "all are there between 12 and 14");
    }
}

/// When a contact arrives, who it is and, if it was handled, its talk and hold.
type Customer = (i64, Option<String>, Option<(i64, i64)>);

/// The contacts that arrive for the first time, with what no team can change: when, who, and how long they talk before a
/// team's factor.
fn first_contacts(scenario: &Scenario) -> BTreeMap<String, Customer> {
    let (_, kept) = Kept::of(scenario);
    let contacts = kept.contacts().into_iter().filter(|row| !row.contact_id.contains('.'));
    contacts
        .map(|row| {
            let handled = (row.outcome == Some(Outcome::Answered)).then(|| (row.talk.unwrap(), row.hold.unwrap()));
            (row.contact_id, (row.arrived_at.unwrap().0, row.customer, handled))
        })
        .collect()
}

#[test]
fn every_option_meets_the_same_customers() {
    let base = scenario();
    let mut other = scenario();
    other.queues.remove(2);
    other.queues.reverse();
    other.queues[0].routes = vec![Route { share: 0.6, ..to(0, None) }, to(1, None)];
    other.queues[1].routes = vec![to(0, None)];
    other.teams = vec![team("few", "bay", 9, 1.5), team("more", "bay", 30, 1.5)];
    other.teams[0].resolved = 0.9;
    let (base, other) = (first_contacts(&base), first_contacts(&other));
    assert!(base.keys().eq(other.keys()));
    let mut both = 0;
    for (one, two) in base.values().zip(other.values()) {
        assert_eq!((one.0, &one.1), (two.0, &two.1));
        if let (Some(one), Some(two)) = (one.2, two.2) {
            both += 1;
            assert_eq!(one.1, two.1);
            // Talk of 1.0 or 1.1 times the customer's against 1.5 times, each rounded to a millisecond.
            let near = |factor: f64| (one.0 as f64 / factor - two.0 as f64 / 1.5).abs() <= 1.0;
            assert!(near(1.0) || near(1.1), "{one:?} {two:?}");
        }
    }
    assert!(3000 < both);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_run_does_not() {
    let base = scenario();
    assert_eq!(Kept::of(&base), Kept::of(&base));
    let tallies = simulate(&base, &mut Nothing).unwrap();
    assert_eq!(tallies, Kept::of(&base).0);
    let run = simulate(&Scenario { run: 2, ..base.clone() }, &mut Nothing).unwrap();
    let seed = simulate(&Scenario { seed: Seed(12), ..base }, &mut Nothing).unwrap();
    assert_ne!(tallies, run);
    assert_ne!(tallies, seed);
    assert_ne!(run, seed);
}

/// All customers being the same.
#[test]
fn more_agents_never_answer_fewer_in_time() {
    let mut base = scenario();
    base.queues.truncate(1);
    base.queues[0].routes = vec![to(0, None)];
    let answered = |agents| {
        let scenario = Scenario { teams: vec![team("team", "bay", agents, 1.0)], ..base.clone() };
        let tally = simulate(&scenario, &mut Nothing).unwrap().queue(0);
        tally.within_threshold as f64 / (tally.offered - tally.blocked) as f64
    };
    let shares: Vec<f64> = [4, 6, 8, 10, 14, 30].map(answered).to_vec();
    assert!(shares.is_sorted() && shares[0] < 0.5 && 0.98 < shares[5], "{shares:?}");
}

/// Only the columns asked for, and nothing after the sink fails.
#[test]
fn a_sink_gets_what_it_wants() {
    struct Picky(Vec<&'static str>, usize);
    impl Sink for Picky {
        type Error = &'static str;
        fn wants(&self, table: Table) -> Option<Columns> {
            let names = self.0.iter().map(|name| (*name).to_owned()).collect();
            (table == Table::Contacts).then_some(Columns::Only(names))
        }
        fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), &'static str> {
            assert_eq!(table, Table::Contacts);
            let names: Vec<_> = batch.schema().fields().iter().map(|field| field.name().clone()).collect();
            assert_eq!(names, ["provider", "talk", "wrap"]);
            self.1 = self.1.checked_sub(1).ok_or("enough")?;
            Ok(())
        }
    }
    let mut picky = Picky(vec!["wrap", "talk", "provider"], 100);
    assert!(simulate(&scenario(), &mut picky).is_ok());
    assert!(picky.1 < 98, "several batches");
    let mut picky = Picky(vec!["wrap", "talk", "provider"], 1);
    assert!(matches!(simulate(&scenario(), &mut picky), Err(SimulationError::Sink("enough"))));
    let unknown = simulate(&scenario(), &mut Picky(vec!["talks"], 1));
    assert!(matches!(unknown, Err(SimulationError::Column { table: Table::Contacts, column }) if column == "talks"));
}

/// Every other agent has a paid break of a quarter of an hour: a row of its own, logged in and not productive. It begins when
/// the contact in hand is done, ends on time, and overlaps nothing.
#[test]
fn paid_breaks_are_rows_of_their_own() {
    let mut scenario = scenario();
    let quarter = HOUR_MS / 4;
    for team in &mut scenario.teams {
        let shifts = std::mem::take(&mut team.shifts).into_iter().flat_map(|shift| {
            let middle = shift.from + 3 * HOUR_MS;
            if shift.agent.is_multiple_of(2) {
                let first = Shift { until: middle, last: false, back: Some(middle + quarter), ..shift };
                vec![first, Shift { from: middle + quarter, ..shift }]
            } else {
                vec![shift]
            }
        });
        team.shifts = shifts.collect();
    }
    let planned: i64 =
        scenario.teams.iter().flat_map(|team| &team.shifts).filter_map(|shift| Some(shift.back? - shift.until)).sum();
    let (tallies, kept) = Kept::of(&scenario);
    let mut rows = kept.agent_time();
    rows.sort_by_key(|row| (row.agent.clone(), row.from));
    let (mut taken, mut delayed) = (0, 0);
    for pair in rows.windows(2).filter(|pair| pair[0].agent == pair[1].agent) {
        assert!(pair[0].until <= pair[1].from, "{pair:?}");
        if pair[1].state == AgentState::Break {
            assert_eq!(pair[0].until, pair[1].from, "a break follows work at once: {pair:?}");
        }
    }
    let breaks = rows.iter().filter(|row| row.state == AgentState::Break);
    for row in breaks {
        let (from, until) = (row.from.milliseconds(), row.until.milliseconds());
        assert_eq!((until - START) % HOUR_MS, quarter);
        assert!(until - from <= quarter && row.queue.is_none(), "{row:?}");
        delayed += i64::from(until - from < quarter);
        taken += until - from;
    }
    assert!(0 < delayed && taken < planned && planned * 8 / 10 < taken, "{taken} of {planned}, {delayed} delayed");
    // What agents are there for contacts is without it.
    let there: u64 = tallies.teams.iter().flat_map(|team| &team.logged_in_ms).sum();
    let other: i64 = rows
        .iter()
        .filter(|row| row.state != AgentState::Break)
        .map(|row| row.until.milliseconds() - row.from.milliseconds())
        .sum();
    assert_eq!(there as i64, other);
}
