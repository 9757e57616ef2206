//! What happens beyond a first line of agents: machines, second tiers, other queues, outages, days until an answer.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::convert::Infallible;

use arrow_array::RecordBatch;
use longshore_contacts::{
    AgentState, AgentTimeRow, Channel, Conservation, ContactRow, Direction, LegRow, Outcome, Table, agent_time_rows,
    check_rows, contact_rows, leg_rows,
};
use longshore_simulation::*;
use longshore_units::Milliseconds;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const DAYS: i64 = 28;

fn part(mean_ms: f64) -> Part {
    Part { share: 1.0, mean_ms, shape: Shape::Lognormal { cv: 0.7 } }
}

fn daily(from: i64, until: i64) -> Vec<Span> {
    (0..DAYS).map(|day| Span { from: day * DAY_MS + from * HOUR_MS, until: day * DAY_MS + until * HOUR_MS }).collect()
}

fn queue(name: &str, per_hour: f64, open: Vec<Span>, team: usize) -> Queue {
    let nothing = Part { share: 0.0, ..part(0.0) };
    Queue {
        arrivals: Arrivals { step_ms: HOUR_MS, expected: vec![per_hour; 24 * DAYS as usize] },
        patience_mean_ms: Some(120_000.0),
        talk: part(240_000.0),
        hold: nothing,
        wrap: part(30_000.0),
        open,
        return_after_mean_ms: HOUR_MS as f64,
        routes: vec![Route::to(team)],
        ..Queue::plain("retail", name.to_owned())
    }
}

fn team(name: &str, provider: &str, agents: u32) -> Team {
    let shifts = |agent| daily(8, 20).into_iter().map(move |span| (agent, span));
    Team {
        agents: (0..agents).map(|agent| format!("{name} {agent}")).collect(),
        shifts: (0..agents)
            .flat_map(shifts)
            .map(|(agent, Span { from, until })| Shift { agent, from, until, last: true, back: None })
            .collect(),
        resolved: 0.8,
        ..Team::plain(provider.to_owned(), name.to_owned())
    }
}

/// Calls that a machine meets first, that go on to a second tier at another provider, and whose customers write when they
/// come back; and emails for whom the first tier has time.
fn scenario() -> Scenario {
    let whole_day = vec![Span { from: 0, until: DAYS * DAY_MS }];
    let mut calls = queue("calls", 60.0, daily(8, 20), 0);
    calls.machine = Some(Machine { contained: 0.3, length: part(90_000.0), passage: part(20_000.0) });
    (calls.returns, calls.returns_to) = (0.5, Some(ReturnsTo { queue: 2, share: 0.6 }));
    let tier = queue("second tier", 0.0, daily(9, 17), 1);
    let mut emails = queue("emails", 10.0, whole_day, 0);
    (emails.channel, emails.work, emails.patience_mean_ms) = (Channel::Email, Work::PutAside, None);
    emails.due_ms = Some(12 * HOUR_MS);
    let mut first = team("first", "bay", 7);
    first.escalations = vec![Escalation { of: 0, share: 0.25, to: 1 }];
    Scenario {
        horizon: Span { from: 0, until: DAYS * DAY_MS },
        seed: Seed(5),
        run: 1,
        busyness_cv: 0.1,
        step_ms: HOUR_MS,
        day_starts: (0..DAYS).map(|day| day * DAY_MS).collect(),
        month_starts: vec![0, 14 * DAY_MS],
        queues: vec![calls, tier, emails],
        teams: vec![first, team("second", "self", 4)],
    }
}

#[derive(Default, PartialEq, Debug)]
struct Kept(Vec<(Table, RecordBatch)>);

impl Sink for Kept {
    type Error = Infallible;

    fn wants(&self, _: Table) -> Option<Columns> {
        Some(Columns::All)
    }

    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Infallible> {
        self.0.push((table, batch));
        Ok(())
    }
}

impl Kept {
    fn table(&self, table: Table) -> impl Iterator<Item = &RecordBatch> {
        self.0.iter().filter(move |(of, _)| *of == table).map(|(_, batch)| batch)
    }

    fn contacts(&self) -> Vec<ContactRow> {
        self.table(Table::Contacts).flat_map(contact_rows).map(Result::unwrap).collect()
    }

    fn legs(&self) -> Vec<LegRow> {
        self.table(Table::Legs).flat_map(leg_rows).map(Result::unwrap).collect()
    }
}

fn played(scenario: &Scenario) -> (Tallies, Kept) {
    let mut kept = Kept::default();
    let tallies = simulate(scenario, &mut kept).unwrap();
    assert_eq!(simulate(scenario, &mut Nothing).unwrap(), tallies);
    for (queue, _) in scenario.queues.iter().enumerate() {
        let tally = tallies.queue(queue);
        let ends = tally.handled + tally.contained + tally.abandoned + tally.blocked + tally.open;
        assert_eq!(tally.offered, ends, "queue {queue}");
        assert_eq!(tally.offered, tally.first() + tally.received + tally.returned, "queue {queue}");
    }
    for month in 0..scenario.month_starts.len() {
        let own = scenario.queues.iter().zip(&tallies.queues).filter(|(queue, _)| queue.own);
        let of_queues = own.fold((0, 0, 0), |sum, (_, months)| {
            let QueueTally { handled, resolved, talk_ms, hold_ms, wrap_ms, .. } = months[month];
            (sum.0 + handled, sum.1 + resolved, sum.2 + talk_ms + hold_ms + wrap_ms)
        });
        let of_teams = tallies
            .teams
            .iter()
            .map(|team| team.own[month])
            .fold((0, 0, 0), |sum, own| (sum.0 + own.contacts, sum.1 + own.resolved, sum.2 + own.handle_ms));
        assert_eq!(of_teams, of_queues, "month {month}");
    }
    (tallies, kept)
}

#[test]
fn rows_and_tallies_tell_the_same() {
    let scenario = scenario();
    let (tallies, kept) = played(&scenario);
    assert_eq!(played(&scenario).1, kept);
    let mut law = Conservation::new(Milliseconds::seconds(1800), None);
    for (table, batch) in &kept.0 {
        assert_eq!(check_rows(batch, *table).unwrap(), []);
    }
    kept.table(Table::Contacts).for_each(|batch| law.contacts(batch).unwrap());
    kept.table(Table::Legs).for_each(|batch| law.legs(batch).unwrap());
    assert_eq!(law.balance().violations, []);

    let [calls, tier, emails] = [0, 1, 2].map(|queue| tallies.queue(queue));
    let (contacts, legs) = (kept.contacts(), kept.legs());
    let count = |accept: &dyn Fn(&ContactRow) -> bool| contacts.iter().filter(|row| accept(row)).count() as u64;
    let contained = count(&|row| row.outcome == Some(Outcome::Contained));
    assert_eq!(contained, calls.contained);
    assert_eq!(count(&|row| row.transferred_out == Some(true)), calls.escalated);
    assert_eq!(calls.escalated, tier.offered);
    assert_eq!((tier.received, tier.returned), (tier.offered, 0));
    let at_queue = |name: &str| legs.iter().filter(|leg| leg.queue.as_deref() == Some(name)).count() as u64;
    assert_eq!(at_queue("second tier"), tier.handled + tier.abandoned);
    assert_eq!(at_queue("emails"), emails.handled + emails.open);
    // A contact of the second tier is the same contact, under another source, and comes when that is open.
    // All of it with one provider is one row of two visits.
    let mut in_house = scenario.clone();
    in_house.teams[1].provider = "bay".to_owned();
    let (same, rows) = played(&in_house);
    assert_eq!(same, tallies);
    let twice = rows.contacts().into_iter().filter(|row| row.first_queue != row.last_queue).collect::<Vec<_>>();
    assert_eq!(twice.len() as u64, calls.escalated);
    assert!(twice.iter().all(|row| row.legs == Some(2) && row.transferred_out == Some(false)));
    let second: Vec<&ContactRow> = contacts.iter().filter(|row| row.source == "self").collect();
    assert_eq!(second.len() as u64, tier.offered);
    let at_first = contacts.iter().filter(|row| row.source == "bay").map(|row| (row.contact_id.as_str(), row));
    let at_first: BTreeMap<_, _> = at_first.collect();
    for row in second {
        let first = at_first[row.contact_id.as_str()];
        assert_eq!((first.transferred_out, first.resolved), (Some(true), Some(false)));
        assert!(first.ended_at <= row.offered_at && row.first_queue.as_deref() == Some("second tier"));
        let hour = row.offered_at.unwrap().milliseconds().rem_euclid(DAY_MS) / HOUR_MS;
        assert!((9..17).contains(&hour), "offered at {hour}");
    }
}

#[test]
fn shares_come_out_as_told() {
    let (tallies, _) = played(&scenario());
    let [calls, _, emails] = [0, 1, 2].map(|queue| tallies.queue(queue));
    let near = |count: u64, of: u64, share: f64| {
        let (found, chance) = (count as f64 / of as f64, (share * (1.0 - share) / of as f64).sqrt());
        assert!((found - share).abs() < 4.0 * chance, "{count} of {of} is {found}, not {share}");
    };
    near(calls.contained, calls.offered, 0.3);
    near(calls.escalated, calls.handled, 0.25);
    // Of those not resolved and not sent on, half come back, six of ten by email.
    near(emails.returned, calls.handled - calls.escalated, 0.2 * 0.5 * 0.6);
    assert!(emails.received == 0 && 0 < calls.returned, "who writes next has come back, and is not handed over");
}

/// Who is handed over and then comes back is a customer of neither queue's own: the customers who come for the first time
/// are those of a story in which nobody is handed over.
#[test]
fn first_contacts_are_the_same_whoever_is_handed_over() {
    let mut handed_over = scenario();
    handed_over.queues[1].returns = 0.5;
    let mut kept_by_the_first = handed_over.clone();
    kept_by_the_first.teams[0].escalations.clear();
    let [one, other] = [&handed_over, &kept_by_the_first].map(|scenario| played(scenario).0);
    for queue in 0..3 {
        let first = |tallies: &Tallies| tallies.queues[queue].iter().map(QueueTally::first).collect::<Vec<_>>();
        assert_eq!(first(&one), first(&other), "queue {queue}");
    }
    let tier = one.queue(1);
    assert!(0 < tier.received && 0 < tier.returned, "{tier:?}");
    assert_eq!((tier.first(), other.queue(1).offered), (0, 0));
}

/// Who waits over the night is late by some hours; with twelve hours to go and most of the night closed, some are.
#[test]
fn emails_wait_over_the_night() {
    let mut base = scenario();
    let late = |scenario: &Scenario| played(scenario).0.queue(2);
    let tally = late(&base);
    assert_eq!((tally.abandoned, tally.blocked), (0, 0));
    assert!((20..80).contains(&tally.open), "those of the last evening: {}", tally.open);
    // What came in twelve hours of night, at ten an hour and some who come back, waits in the morning: before midnight
    // a third of it.
    let backlog = &simulate(&base, &mut Nothing).unwrap().backlog;
    assert!(backlog[0].is_empty() && backlog[2].len() == DAYS as usize && backlog[2][0] == 0);
    let mean = backlog[2][1..].iter().sum::<u64>() as f64 / (DAYS - 1) as f64;
    assert!((38.0..60.0).contains(&mean), "{mean}");
    base.queues[2].due_ms = Some(13 * HOUR_MS);
    let relaxed = late(&base);
    base.queues[2].due_ms = Some(HOUR_MS);
    let strict = late(&base);
    assert!(relaxed.late < tally.late && tally.late < strict.late, "{relaxed:?} {tally:?} {strict:?}");
    // Of those of the last evening none is due yet within twelve hours; within one, all but those of the last hour.
    assert_eq!((tally.pending, strict.open), (tally.open, tally.open));
    assert!((1..25).contains(&strict.pending), "{}", strict.pending);
    // With an hour to go, all that arrive in the night but for its last hour are late.
    assert!(strict.offered * 11 / 24 - strict.offered / 20 < strict.late);
    // Without agents in the last week its emails wait for ever.
    base.teams[0].shifts.retain(|shift| shift.from < 20 * DAY_MS);
    let open = late(&base);
    assert!(7 * 24 * 9 < open.open && open.open < open.late);
}

/// Nobody answers while the telephones are down, and those who wait for that are refused if the outage says so.
#[test]
fn outages_keep_agents_from_contacts() {
    let span = Span { from: 3 * DAY_MS + 10 * HOUR_MS, until: 3 * DAY_MS + 12 * HOUR_MS };
    let with = |outages: Vec<Outage>| {
        let mut scenario = scenario();
        scenario.queues[0].machine = None;
        scenario.teams[0].outages = outages;
        played(&scenario)
    };
    let (base, _) = with(vec![]);
    let (waits, rows) = with(vec![Outage { span, refuses: false }]);
    let (refuses, refused) = with(vec![Outage { span, refuses: true }]);
    assert!(base.queue(0).abandoned + 80 < waits.queue(0).abandoned, "two hours of sixty calls hang up");
    let inside = |row: &ContactRow| {
        let at = row.offered_at.unwrap().milliseconds();
        span.from <= at && at < span.until && row.source == "bay"
    };
    for row in rows.contacts().iter().filter(|row| row.first_queue.as_deref() != Some("second tier")) {
        let answered = row.answered_at.map(|at| at.milliseconds());
        assert!(answered.is_none_or(|at| at < span.from || span.until <= at));
    }
    let inside: Vec<_> = refused.contacts().into_iter().filter(|row| inside(row)).collect();
    let (emails, calls): (Vec<_>, Vec<_>) = inside.iter().partition(|row| row.channel == Some(Channel::Email));
    assert!(90 < calls.len() && calls.iter().all(|row| row.outcome == Some(Outcome::BlockedEmpty)));
    assert!(!emails.is_empty() && emails.iter().all(|row| row.outcome != Some(Outcome::BlockedEmpty)), "letters wait");
    assert!(refuses.queue(0).abandoned < waits.queue(0).abandoned);
}

/// What a team cannot settle changes nothing about who calls first.
#[test]
fn customers_are_the_same_whatever_comes_after() {
    let first = |scenario: &Scenario| {
        let contacts = played(scenario).1.contacts();
        let mut first: Vec<_> = contacts
            .into_iter()
            .filter(|row| row.first_queue.as_deref() == Some("calls") && !row.contact_id.contains('.'))
            .map(|row| (row.contact_id, row.arrived_at, row.customer))
            .collect();
        first.sort();
        first.dedup();
        first
    };
    let mut other = scenario();
    (other.queues[0].machine, other.queues[0].returns_to) = (None, None);
    other.teams[0].escalations.clear();
    assert_eq!(first(&scenario()), first(&other));
}

/// A list of three thousand, each tried three times at four hours' distance; and calls that come first.
fn outbound(for_each_free: f64, reached: f64) -> Scenario {
    let whole_day = vec![Span { from: 0, until: DAYS * DAY_MS }];
    let mut calls = queue("calls", 20.0, daily(8, 20), 0);
    let mut sales = queue("sales", 0.0, whole_day, 0);
    sales.direction = Direction::Outbound;
    sales.routes[0].priority = 1;
    let hour = |hour: i64| if hour % 24 < 12 { reached / 2.0 } else { reached };
    let ring = |mean_ms| Part { share: 1.0, mean_ms, shape: Shape::Gamma { cv: 0.3 } };
    sales.list = Some(CallList {
        batches: vec![Batch { from: 0, customers: 3000 }],
        attempts: 3,
        again_after_ms: 4 * HOUR_MS,
        reached: (0..24 * DAYS).map(hour).collect(),
        ring: ring(25_000.0),
        pickup: ring(12_000.0),
        patience_ms: 2000,
        hours: daily(9, 18),
        dialer: Dialer { watches: vec![0], least_free: 2, for_each_free, more: 0 },
    });
    calls.machine = None;
    let mut base = scenario();
    base.queues = vec![calls, sales];
    base.teams.truncate(1);
    base.teams[0].escalations.clear();
    base
}

#[test]
fn a_list_is_dialed_when_agents_are_free() {
    let careful = outbound(1.0, 0.4);
    let (tallies, kept) = played(&careful);
    let sales = tallies.queue(1);
    // Everybody is reached or tried three times; the reached are offered, by the hours' chances.
    assert!(sales.dialed <= 9000 && 5000 < sales.dialed);
    let share = sales.offered as f64 / sales.dialed as f64;
    assert!((0.2..0.4).contains(&share), "{share}");
    for row in kept.legs().iter().filter(|leg| leg.queue.as_deref() == Some("sales")) {
        let at = row.offered_at.unwrap().milliseconds();
        let in_hours = (9 * HOUR_MS..18 * HOUR_MS + 60_000).contains(&at.rem_euclid(DAY_MS));
        assert!(in_hours && row.wait.unwrap() <= 2000);
    }
    // No customer twice, and the same ones whoever has time to call.
    let ids = |kept: &Kept| {
        let contacts = kept.contacts().into_iter().filter(|row| row.first_queue.as_deref() == Some("sales"));
        contacts.map(|row| (row.contact_id, row.customer, row.talk)).collect::<Vec<_>>()
    };
    let mut once: Vec<_> = ids(&kept).into_iter().map(|(id, ..)| id).collect();
    once.sort();
    once.dedup();
    assert_eq!(once.len() as u64, sales.offered);
    let talk: BTreeMap<_, _> = ids(&kept).into_iter().map(|(id, customer, talk)| (id, (customer, talk))).collect();
    let (bold, bold_kept) = played(&outbound(3.0, 0.4));
    let mut both = 0;
    for (id, customer, length) in ids(&bold_kept) {
        if let Some((same, other)) = talk.get(&id).filter(|(_, other)| *other != Some(0) && length != Some(0)) {
            assert_eq!((same, other), (&customer, &length));
            both += 1;
        }
    }
    assert!(1000 < both);
    // More lines than agents lose customers to silence, and reach the list sooner; who calls waits longer.
    let bold = bold.queue(1);
    let lost = |tally: &QueueTally| tally.abandoned as f64 / tally.offered as f64;
    assert!(lost(&sales) < 0.05 && 2.0 * lost(&sales) < lost(&bold), "{} {}", lost(&sales), lost(&bold));
    // Nobody is called where nobody can be reached, but everybody is tried.
    let in_vain = played(&outbound(1.0, 0.0)).0.queue(1);
    assert_eq!((in_vain.offered, in_vain.dialed), (0, 9000));
}

/// Calls, chats of which an agent takes three, and emails, all with the same agents.
#[test]
fn an_agents_time_has_no_gap_and_no_overlap() {
    let mut mixed = scenario();
    let mut chats = queue("chats", 40.0, daily(8, 20), 0);
    (chats.channel, chats.work) = (Channel::Chat, Work::Together);
    mixed.queues[0].machine = None;
    mixed.queues.push(chats);
    mixed.teams[0].slowdown = vec![1.0, 1.3, 1.8];
    mixed.teams[0].shifts.iter_mut().for_each(|shift| shift.last = shift.agent % 2 == 0);
    let (tallies, kept) = played(&mixed);
    let mut agents: BTreeMap<String, Vec<AgentTimeRow>> = BTreeMap::new();
    for row in kept.table(Table::AgentTime).flat_map(agent_time_rows).map(Result::unwrap) {
        agents.entry(row.agent.clone()).or_default().push(row);
    }
    assert_eq!(agents.len(), 11);
    let (mut logged_in, mut busy, mut chatting) = ([0; 2], [0; 2], 0);
    for rows in agents.values_mut() {
        rows.sort_by_key(|row| row.from);
        for pair in rows.windows(2) {
            let (end, next) = (pair[0].until.milliseconds(), pair[1].from.milliseconds());
            assert!(end == next || end.div_euclid(DAY_MS) < next.div_euclid(DAY_MS), "{pair:?}");
        }
        for row in rows.iter() {
            let length = (row.until.milliseconds() - row.from.milliseconds()) as u64;
            let team = usize::from(row.team.as_deref() == Some("second"));
            logged_in[team] += length;
            busy[team] += if row.state == AgentState::Available { 0 } else { length };
            chatting += if row.queue.as_deref() == Some("chats") { length } else { 0 };
        }
    }
    for (place, team) in tallies.teams.iter().enumerate() {
        assert_eq!(team.logged_in_ms.iter().sum::<u64>(), logged_in[place]);
        assert_eq!(team.busy_ms.iter().sum::<u64>(), busy[place]);
    }
    // Chats take longer than the agents who have several of them at once.
    let chats = tallies.queue(3);
    assert!(u128::from(chatting) < chats.talk_ms + chats.wrap_ms);
    let emails = kept.legs().into_iter().filter(|leg| leg.queue.as_deref() == Some("emails") && leg.ended_at.is_some());
    let put_aside = emails.filter(|leg| {
        let spent = leg.talk.unwrap() + leg.hold.unwrap();
        leg.answered_at.unwrap().milliseconds() + spent < leg.ended_at.unwrap().milliseconds()
    });
    assert!(100 < put_aside.count());
}
