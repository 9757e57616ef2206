use proptest::prelude::*;

use super::calendar::{self, Journal};
use super::*;
use crate::agents::Logout;
use crate::contact::{Dial, Further};
use crate::demand::Demand;
use crate::events;
use crate::random::mix;
use crate::scenario::{Also, Arrivals, Pace, Part, Queue, Route, Seed, Shape, Shift, Span, Work};

const NONE: Part = Part { share: 0.0, mean_ms: 0.0, shape: Shape::Exponential };

/// Customers written down one by one.
#[derive(Clone, Debug)]
struct Listed {
    place: u32,
    contacts: Vec<Contact>,
    next: usize,
    returns: bool,
}

impl Customers for Listed {
    fn next_at(&self) -> i64 {
        self.contacts.get(self.next).map_or(FOREVER, |contact| contact.arrived)
    }

    fn next(&mut self) -> Contact {
        self.next += 1;
        self.contacts[self.next - 1]
    }

    fn receive(&self, contact: &Contact, _: &Self, at: i64) -> Contact {
        let bits = mix(contact.number << 8 | u64::from(contact.attempt) << 4 | u64::from(contact.hops));
        let part = |shift: u32| (bits >> shift & 7) as f64;
        let (talk, hold, wrap) = (part(0), part(3), part(6));
        Contact { queue: self.place, offered: at, deadline: FOREVER, talk, hold, wrap, ..*contact }
    }

    fn dial(&self, number: u64, attempt: u8) -> Dial {
        let bits = mix(number << 8 | u64::from(attempt));
        Dial { chance: (bits & 7) as f64 / 8.0, ring: (bits >> 3 & 3) as i64, pickup: (bits >> 6 & 3) as i64 }
    }

    fn further(&self, contact: &Contact, _: &Self) -> Further {
        let bits = mix(contact.number << 8 | u64::from(contact.attempt) << 4 | u64::from(contact.hops));
        let share = |shift: u32| (bits >> shift & 7) as f64 / 8.0;
        Further {
            contained: share(0) < 0.3,
            machine: (bits >> 20 & 3) as i64,
            escalation: share(9),
            elsewhere: share(6),
        }
    }

    fn repeat(&self, number: u64, attempt: u8, arrived: i64) -> Contact {
        let bits = mix(number << 8 | u64::from(attempt));
        let part = |shift: u32| (bits >> shift & 7) as f64;
        Contact {
            attempt,
            number,
            arrived,
            offered: arrived,
            deadline: if bits >> 60 == 0 { FOREVER } else { arrived + (bits >> 12 & 15) as i64 },
            talk: part(0),
            hold: part(3),
            wrap: part(6),
            route: part(20) / 8.0,
            resolution: part(24) / 8.0,
            returns: self.returns && bits >> 30 & 3 > 0,
            return_after: part(32),
            ..self.contacts[number as usize]
        }
    }
}

pub(crate) fn contact(number: u64, arrived: i64, patience: i64, [talk, hold, wrap]: [f64; 3]) -> Contact {
    Contact {
        queue: 0,
        origin: 0,
        hops: 0,
        attempt: 0,
        number,
        arrived,
        offered: arrived,
        deadline: if patience == FOREVER { FOREVER } else { arrived + patience },
        route: 0.0,
        talk,
        hold,
        wrap,
        resolution: 0.0,
        returns: false,
        return_after: 0.0,
    }
}

pub(crate) fn queue(name: usize, open: Vec<Span>, routes: Vec<Route>) -> Queue {
    Queue {
        arrivals: Arrivals { step_ms: 1000, expected: vec![] },
        talk: NONE,
        hold: NONE,
        wrap: NONE,
        open,
        threshold_ms: 3,
        routes,
        ..Queue::plain("program", format!("queue {name}"))
    }
}

pub(crate) fn team(agents: usize, shifts: Vec<Shift>) -> Team {
    Team { agents: (0..agents).map(|agent| agent.to_string()).collect(), shifts, ..Team::plain("provider", "team") }
}

pub(crate) fn scenario(until: i64, queues: Vec<Queue>, teams: Vec<Team>) -> Scenario {
    Scenario {
        horizon: Span { from: 0, until },
        seed: Seed(1),
        run: 1,
        busyness_cv: 0.0,
        step_ms: 7,
        day_starts: vec![0, 11, 22, 33, 44, 55, 66],
        month_starts: vec![0, 25],
        queues,
        teams,
    }
}

/// Two agents from 0 to 20, the second going home at 12 while the line closes with the first; open from 0 to 18.
#[test]
fn a_small_history_worked_by_hand() {
    let open = vec![Span { from: 0, until: 18 }];
    let shifts = vec![
        Shift { agent: 0, from: 0, until: 20, last: true, back: None },
        Shift { agent: 1, from: 0, until: 12, last: false, back: None },
    ];
    let scenario = scenario(30, vec![queue(0, open, vec![Route::to(0)])], vec![team(2, shifts)]);
    let contacts = vec![
        contact(0, 1, 9, [4.0, 2.0, 1.0]), // Agent 0 (both idle since 0), 1 to 8; gone for the customer at 7.
        contact(1, 2, 9, [9.0, 0.0, 0.0]), // Agent 1, 2 to 11.
        contact(2, 3, 4, [1.0, 0.0, 0.0]), // Waits for agent 0 at 8; hangs up at 7.
        contact(3, 4, 4, [2.0, 0.0, 1.0]), // Agent 0 at 8, the very end of its patience; until 11.
        contact(4, 5, 90, [7.0, 0.0, 0.0]), // Both are free at 11: agent 0, until 18.
        contact(5, 6, 90, [2.0, 0.0, 0.0]), // Agent 1 at 11, until 13: a contact in hand is completed.
        contact(6, 9, 90, [3.0, 0.0, 0.0]), // Agent 1 has gone home at 13; agent 0 at 18, until 21.
        contact(7, 17, FOREVER, [2.0, 0.0, 2.0]), // Agent 0 at 21: the line closed after this one joined. Until 25.
        contact(8, 18, 90, [1.0, 0.0, 0.0]), // Closed.
    ];
    let mut journal = Journal::default();
    let tallies = play(&scenario, vec![Listed { place: 0, contacts, next: 0, returns: false }], &mut journal);

    let story: Vec<_> = journal
        .contacts
        .iter()
        .map(|(contact, legs)| {
            let leg = &legs[0];
            (
                contact.number,
                leg.outcome.unwrap(),
                leg.answer.map(|answer| (answer.agent, answer.free, answer.at)),
                leg.ended,
            )
        })
        .collect();
    use Outcome::{Abandoned, Answered, BlockedClosed};
    assert_eq!(
        story,
        [
            (0, Answered, Some((0, 0, 1)), Some(7)),
            (1, Answered, Some((1, 0, 2)), Some(11)),
            (2, Abandoned, None, Some(7)),
            (3, Answered, Some((0, 8, 8)), Some(10)),
            (4, Answered, Some((0, 11, 11)), Some(18)),
            (5, Answered, Some((1, 11, 11)), Some(13)),
            (6, Answered, Some((0, 18, 18)), Some(21)),
            (7, Answered, Some((0, 21, 21)), Some(23)),
            (8, BlockedClosed, None, Some(18)),
        ]
    );
    assert_eq!(
        journal.logouts,
        [
            (0, Logout { agent: 1, since: 0, free: 13, until: 13, back: None }),
            (0, Logout { agent: 0, since: 0, free: 25, until: 25, back: None }),
        ]
    );
    let expected = QueueTally {
        offered: 9,
        handled: 7,
        abandoned: 1,
        blocked: 1,
        within_threshold: 2, // The first two; the others wait 4, 6, 5, 9 and 4.
        resolved: 7,
        wait_ms: 28,
        abandoned_wait_ms: 4,
        talk_ms: 29,
        hold_ms: 2,
        wrap_ms: 4,
        ..QueueTally::default()
    };
    assert_eq!(tallies.queue(0), expected);
    let team = &tallies.teams[0];
    assert_eq!(team.busy_ms, [11, 13, 7, 4, 0]); // Steps [0, 7), [7, 14), [14, 21), [21, 28), [28, 30).
    assert_eq!(team.logged_in_ms, [14, 13, 7, 4, 0]);
    assert_eq!((team.peak, team.handled), (2, 7));
    let first_month = Handled { contacts: 7, resolved: 7, handle_ms: 35 };
    assert_eq!(team.own, [first_month, Handled::default()]);
}

#[test]
fn a_contact_that_waits_too_long_overflows_with_its_patience() {
    let overflow = Some(Overflow { after_ms: 5, team: 1, priority: 0 });
    let queue = queue(0, vec![Span { from: 0, until: 50 }], vec![Route { overflow, ..Route::to(0) }]);
    let day = |agent| Shift { agent, from: 0, until: 50, last: true, back: None };
    let scenario = scenario(50, vec![queue], vec![team(1, vec![day(0)]), team(1, vec![day(0)])]);
    let contacts = vec![
        contact(0, 0, 90, [7.0, 0.0, 0.0]), // Team 0 until 7.
        contact(1, 1, 90, [9.0, 0.0, 0.0]), // Overflows at 6: team 1 until 15.
        contact(2, 2, 90, [1.0, 0.0, 0.0]), // Team 0 at 7, just in time; until 8.
        contact(3, 3, 90, [9.0, 0.0, 0.0]), // Team 0 at 8, until 17.
        contact(4, 4, 5, [1.0, 0.0, 0.0]),  // Patience and stay both end at 9: hangs up.
        contact(5, 5, 6, [1.0, 0.0, 0.0]),  // Overflows at 10, hangs up at 11.
        contact(6, 6, 9, [1.0, 0.0, 0.0]),  // Overflows at 11, answered at 15, the end of its patience.
    ];
    let mut journal = Journal::default();
    let tallies = play(&scenario, vec![Listed { place: 0, contacts, next: 0, returns: false }], &mut journal);
    let story: Vec<_> = journal
        .sorted()
        .contacts
        .iter()
        .map(|(_, legs)| {
            legs.iter().map(|leg| (leg.team, leg.joined, leg.ended.unwrap(), leg.outcome.unwrap())).collect::<Vec<_>>()
        })
        .collect();
    use Outcome::{Abandoned, Answered, FlowOut};
    assert_eq!(
        story,
        [
            vec![(0, 0, 7, Answered)],
            vec![(0, 1, 6, FlowOut), (1, 6, 15, Answered)],
            vec![(0, 2, 8, Answered)],
            vec![(0, 3, 17, Answered)],
            vec![(0, 4, 9, Abandoned)],
            vec![(0, 5, 10, FlowOut), (1, 10, 11, Abandoned)],
            vec![(0, 6, 11, FlowOut), (1, 11, 16, Answered)],
        ]
    );
    let queue = tallies.queue(0);
    assert_eq!((queue.offered, queue.handled, queue.abandoned, queue.overflowed), (7, 5, 2, 3));
    assert_eq!((queue.wait_ms, queue.abandoned_wait_ms), (5 + 5 + 5 + 9, 5 + 6));
}

/// Open from 0 to 10, from 20 to 30 and from 40 to 50, of which the horizon sees 5; agents for everybody, all the time.
#[test]
fn who_comes_back_over_night_comes_when_it_is_open() {
    let open = [0, 20, 40].map(|from| Span { from, until: from + 10 }).to_vec();
    let shifts = (0..20).map(|agent| Shift { agent, from: 0, until: 60, last: true, back: None }).collect();
    let nothing_is_resolved = Team { resolved: 0.0, ..team(20, shifts) };
    let scenario = scenario(45, vec![queue(0, open, vec![Route::to(0)])], vec![nothing_is_resolved]);
    let histories: [(i64, f64, f64, Option<i64>); 9] = [
        (1, 2.0, 4.0, Some(7)),   // Ends at 3; back on the same day.
        (1, 2.0, 6.0, Some(9)),   // The last millisecond of the day.
        (1, 2.0, 7.0, Some(20)),  // At closing time: the next morning.
        (5, 3.0, 5.0, Some(23)),  // Two of the five pass before the night.
        (9, 4.0, 0.0, Some(20)),  // Ends at 13, in the night: at once is the next morning,
        (9, 4.0, 5.0, Some(25)),  // and five after is five into the day.
        (9, 4.0, 14.0, Some(44)), // A whole day and a second night pass.
        (9, 4.0, 15.0, None),     // The queue is open then; the horizon is over.
        (9, 4.0, 20.0, None),     // So are the opening hours.
    ];
    let contacts = histories.iter().enumerate().map(|(number, (arrived, talk, return_after, _))| Contact {
        resolution: 0.5,
        returns: true,
        return_after: *return_after,
        ..contact(number as u64, *arrived, FOREVER, [*talk, 0.0, 0.0])
    });
    let mut journal = Journal::default();
    let customers = Listed { place: 0, contacts: contacts.collect(), next: 0, returns: false };
    let tallies = play(&scenario, vec![customers], &mut journal);
    let returned = |number: usize| {
        let mut again = journal.contacts.iter().filter(|(contact, _)| contact.number == number as u64);
        again.find(|(contact, _)| contact.attempt == 1).map(|(contact, _)| contact.arrived)
    };
    for (number, (.., expected)) in histories.iter().enumerate() {
        assert_eq!(returned(number), *expected, "customer {number}");
    }
    let queue = tallies.queue(0);
    assert_eq!((queue.offered, queue.returned, queue.handled, queue.blocked), (16, 7, 16, 0));
}

fn spans(ends: Vec<i64>) -> Vec<Span> {
    let mut ends: Vec<i64> = ends.into_iter().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    ends.truncate(ends.len() / 2 * 2);
    ends.chunks(2).map(|pair| Span { from: pair[0], until: pair[1] }).collect()
}

fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    prop_oneof![
        2 => Just(vec![Span { from: 0, until: 60 }]),
        1 => prop::collection::vec(0_i64..60, 0..6).prop_map(spans),
    ]
}

fn any_team() -> impl Strategy<Value = Team> {
    let agent = prop::collection::vec(-5_i64..70, 0..7);
    let factor = prop_oneof![Just(1.0), Just(0.6)];
    (prop::collection::vec(agent, 0..4), prop::collection::vec(any::<bool>(), 12), factor, 0..3).prop_map(
        |(agents, last, factor, resolved)| {
            let mut last = last.into_iter();
            let shifts = agents.iter().enumerate().flat_map(|(agent, ends)| {
                let theirs = spans(ends.clone());
                // Some stay logged in until the next stretch.
                let back = |place: usize| theirs.get(place + 1).filter(|next| next.from % 2 == 0).map(|next| next.from);
                let stretch = |(place, span): (usize, &Span)| (agent as u32, *span, back(place));
                theirs.iter().enumerate().map(stretch).collect::<Vec<_>>()
            });
            let shifts = shifts
                .map(|(agent, Span { from, until }, back)| Shift {
                    agent,
                    from,
                    until,
                    last: last.next().unwrap(),
                    back,
                })
                .collect();
            let pace = |agent: u32| {
                let (from, factor) = (i64::from(10 * agent), if agent.is_multiple_of(2) { 1.7 } else { 0.8 });
                [Pace { agent, from: from + 20, factor: 1.0 }, Pace { agent, from, factor }]
            };
            let slow = if resolved == 1 { agents.len() as u32 } else { 0 };
            Team {
                paces: (0..slow).flat_map(pace).collect(),
                talk_factor: factor,
                resolved: f64::from(resolved) / 2.0,
                ..team(agents.len(), shifts)
            }
        },
    )
}

/// Slowdowns by which six can be divided.
fn any_slow_team() -> impl Strategy<Value = Team> {
    let slowdown = prop_oneof![Just(vec![1.0, 1.5, 3.0]), Just(vec![1.0, 2.0, 2.0]), Just(vec![1.0, 1.0, 6.0])];
    (any_team(), slowdown).prop_map(|(team, slowdown)| Team { slowdown, ..team })
}

fn any_work() -> impl Strategy<Value = Work> {
    prop_oneof![Just(Work::Alone), Just(Work::Together), Just(Work::PutAside)]
}

fn any_route() -> impl Strategy<Value = Route> {
    let overflow = prop::option::of((0_i64..8, 0..2_usize));
    let share = prop_oneof![Just(1.0), Just(0.5)];
    (0..3_usize, share, prop::option::weighted(0.3, any_spans()), overflow).prop_map(
        |(team, share, spans, overflow)| {
            let overflow =
                overflow.map(|(after_ms, next)| Overflow { after_ms, team: (team + 1 + next) % 3, priority: 0 });
            Route { share, spans, overflow, ..Route::to(team) }
        },
    )
}

fn any_queue(place: usize) -> impl Strategy<Value = (Queue, Listed)> {
    any_queue_with(place, any_route())
}

fn any_queue_with(place: usize, route: impl Strategy<Value = Route>) -> impl Strategy<Value = (Queue, Listed)> {
    let contact = (0_i64..60, prop_oneof![4 => 0_i64..20, 1 => Just(FOREVER)], [0..9_u8, 0..3, 0..4], 0..8_u8, 0..8_u8);
    let routes = prop::collection::vec(route, 1..3);
    (routes, any_spans(), any::<bool>(), any::<bool>(), prop::collection::vec(contact, 0..40)).prop_map(
        move |(routes, open, own, returns, mut drawn)| {
            drawn.sort();
            let contacts =
                drawn.into_iter().enumerate().map(|(number, (arrived, patience, parts, route, fate))| Contact {
                    queue: place as u32,
                    origin: place as u32,
                    route: f64::from(route) / 8.0,
                    resolution: f64::from(fate) / 8.0,
                    returns,
                    return_after: f64::from(fate),
                    ..contact_of(number as u64, arrived, patience, parts)
                });
            let contacts = contacts.collect();
            let due_ms = (place < 2).then_some(6);
            (
                Queue { own, due_ms, ..queue(place, open, routes) },
                Listed { place: place as u32, contacts, next: 0, returns },
            )
        },
    )
}

fn contact_of(number: u64, arrived: i64, patience: i64, parts: [u8; 3]) -> Contact {
    contact(number, arrived, patience, parts.map(f64::from))
}

/// A route of the second engine: several teams with priorities, and few places.
fn any_general_route() -> impl Strategy<Value = Route> {
    let overflow = prop::option::of((0_i64..8, 0..3_usize, 0..2_u8));
    let also = prop::collection::vec((0..3_usize, 0..3_u8), 0..3);
    let share = prop_oneof![Just(1.0), Just(0.5)];
    (any_route(), share, 0..3_u8, also, prop::option::weighted(0.3, 0..4_u32), overflow).prop_map(
        |(route, share, priority, also, places, overflow)| {
            let mut taken = vec![route.team];
            let mut also: Vec<Also> = also.into_iter().map(|(team, priority)| Also { team, priority }).collect();
            also.retain(|also| {
                !taken.contains(&also.team) && {
                    taken.push(also.team);
                    true
                }
            });
            let overflow = overflow.map(|(after_ms, team, priority)| Overflow { after_ms, team, priority });
            let overflow = overflow.filter(|overflow| !taken.contains(&overflow.team));
            Route { share, priority, also, places, overflow, ..route }
        },
    )
}

/// Time by state, millisecond by millisecond.
fn steps(stretches: impl Iterator<Item = (i64, i64)>, steps: usize) -> Vec<u64> {
    let mut totals = vec![0; steps];
    for at in stretches.flat_map(|(from, until)| from..until) {
        totals[at.div_euclid(7).clamp(0, steps as i64 - 1) as usize] += 1;
    }
    totals
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Queues that share teams, shifts with gaps, overflow, returns, closed hours, other clients' customers.
    #[test]
    fn the_engine_tells_what_a_plain_calendar_tells(
        first in any_queue(0),
        second in any_queue(1),
        teams in [any_team(), any_team(), any_team()],
    ) {
        let (queues, mut customers): (Vec<Queue>, Vec<Listed>) = [first, second].into_iter().unzip();
        let scenario = scenario(60, queues, teams.to_vec());
        let listed = customers.clone();
        let mut journal = Journal::default();
        let tallies = play(&scenario, customers.clone(), &mut journal);
        let silent = play(&scenario, customers.clone(), &mut ());
        let plain = calendar::play(&scenario, &mut customers).sorted();
        let journal = journal.sorted();
        prop_assert_eq!(&journal.contacts, &plain.contacts);
        prop_assert_eq!(&journal.served, &plain.served);
        prop_assert_eq!(&journal.logouts, &plain.logouts);
        prop_assert_eq!(&silent, &tallies);

        // The second engine tells the same, and nothing else.
        let mut told = Journal::default();
        let also = events::play(&scenario, listed, &mut told);
        prop_assert_eq!(&also, &tallies);
        prop_assert_eq!(&told.sorted(), &journal);

        for (place, queue) in scenario.queues.iter().enumerate() {
            let tally = tallies.queue(place);
            prop_assert_eq!(tally.offered, tally.handled + tally.abandoned + tally.blocked + tally.open);
            prop_assert_eq!(tally.first(), customers[place].contacts.len() as u64);
            let contacts: Vec<_> = journal.contacts.iter().filter(|(contact, _)| contact.queue as usize == place).collect();
            let returned_to_a_closed_door = contacts.iter().any(|(contact, legs)| {
                0 < contact.attempt && legs[0].outcome == Some(Outcome::BlockedClosed)
            });
            prop_assert!(!returned_to_a_closed_door);
            let last = |outcome| contacts.iter().filter(|(_, legs)| legs.last().unwrap().outcome == outcome).count() as u64;
            if queue.own {
                prop_assert_eq!(contacts.len() as u64, tally.offered);
                prop_assert_eq!(last(Some(Outcome::Answered)), tally.handled);
                prop_assert_eq!(last(Some(Outcome::Abandoned)), tally.abandoned);
                prop_assert_eq!(last(None), tally.open);
                prop_assert_eq!(contacts.iter().filter(|(_, legs)| legs.len() == 2).count() as u64, tally.overflowed);
            } else {
                prop_assert!(contacts.is_empty());
            }
        }
        for (place, tally) in tallies.teams.iter().enumerate() {
            let served = plain.served.iter().filter(|(team, ..)| *team as usize == place);
            let busy = served.clone().map(|(_, _, answer)| (answer.at, answer.ended() + answer.wrap));
            let logouts = plain.logouts.iter().filter(|(team, _)| *team as usize == place);
            prop_assert_eq!(&tally.busy_ms, &steps(busy, 9));
            prop_assert_eq!(&tally.logged_in_ms, &steps(logouts.map(|(_, logout)| (logout.since, logout.until)), 9));
            prop_assert_eq!(tally.handled as usize, served.count());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// Queues served by several teams, by priority, with few places, several at once, or put aside for others.
    #[test]
    fn the_second_engine_tells_what_a_plain_calendar_tells(
        first in any_queue_with(0, any_general_route()),
        second in any_queue_with(1, any_general_route()),
        third in any_queue_with(2, any_general_route()),
        teams in [any_slow_team(), any_slow_team(), any_slow_team()],
        at_once in [1_usize..4, 1_usize..4, 1_usize..4],
        works in [any_work(), any_work(), any_work()],
    ) {
        let (mut queues, mut customers): (Vec<Queue>, Vec<Listed>) = [first, second, third].into_iter().unzip();
        let mut teams = teams.to_vec();
        queues.iter_mut().zip(works).for_each(|(queue, work)| queue.work = work);
        teams.iter_mut().zip(at_once).for_each(|(team, at_once)| team.slowdown.truncate(at_once));
        let scenario = scenario(60, queues, teams);
        let mut journal = Journal::default();
        let tallies = events::play(&scenario, customers.clone(), &mut journal);
        prop_assert_eq!(&events::play(&scenario, customers.clone(), &mut ()), &tallies);
        let plain = calendar::play(&scenario, &mut customers).sorted();
        let journal = journal.sorted();
        prop_assert_eq!(&journal.contacts, &plain.contacts);
        prop_assert_eq!(&journal.served, &plain.served);
        prop_assert_eq!(&journal.logouts, &plain.logouts);
        prop_assert_eq!(&journal.spells, &plain.spells);
        for (place, queue) in scenario.queues.iter().enumerate() {
            let tally = tallies.queue(place);
            prop_assert_eq!(tally.offered, tally.handled + tally.abandoned + tally.blocked + tally.open);
            let contacts: Vec<_> = journal.contacts.iter().filter(|(contact, _)| contact.queue as usize == place).collect();
            prop_assert_eq!(contacts.len() as u64, if queue.own { tally.offered } else { 0 });
            if queue.own {
                // Who had come and was not gone when a day began, and who ended more than 6 after arriving, or never.
                let lives = contacts.iter().map(|(contact, legs)| {
                    let last = legs.last().unwrap();
                    (contact.arrived, last.ended.unwrap_or(FOREVER), last.outcome)
                });
                let lives: Vec<_> = lives.collect();
                for (day, count) in scenario.day_starts.iter().zip(&tallies.backlog[place]) {
                    let there = lives.iter().filter(|(from, until, ..)| from < day && day < until && *day < 60).count();
                    prop_assert_eq!(*count, there as u64);
                }
                let is_due = |from: &i64, until: &i64| *until != FOREVER || 6 <= 60 - from;
                let due = lives.iter().filter(|(.., outcome)| {
                    queue.due_ms.is_some() && matches!(outcome, None | Some(Outcome::Answered))
                });
                let (due, pending): (Vec<_>, Vec<_>) = due.partition(|(from, until, _)| is_due(from, until));
                let late = due.iter().filter(|(from, until, _)| 6 < until - from).count();
                prop_assert_eq!((tally.late, tally.pending), (late as u64, pending.len() as u64));
            }
        }
    }
}

/// With one queue, one team and no overflow, whoever came first is answered first.
#[test]
fn first_come_first_served() {
    let shifts = (0..3).map(|agent| Shift { agent, from: 0, until: 4000, last: true, back: None }).collect();
    let mut queue = queue(0, vec![Span { from: 0, until: 4000 }], vec![Route::to(0)]);
    queue.arrivals = Arrivals { step_ms: 1000, expected: vec![400.0; 4] };
    queue.patience_mean_ms = Some(20.0);
    queue.talk = Part { share: 1.0, mean_ms: 8.0, shape: Shape::Lognormal { cv: 1.5 } };
    let scenario = scenario(4000, vec![queue], vec![team(3, shifts)]);
    let mut journal = Journal::default();
    play(&scenario, vec![Demand::new(&scenario, 0)], &mut journal);
    assert!(1000 < journal.served.len() && journal.served.len() < journal.contacts.len());
    assert!(journal.served.is_sorted_by_key(|(_, contact, answer)| (answer.at, contact.arrived, contact.number)));
    assert!(journal.served.is_sorted_by_key(|(_, contact, _)| contact.arrived));
}

/// What customers bring does not depend on who serves them, nor on what else there is.
#[test]
fn customers_are_the_same_whoever_serves_them() {
    let mut one = queue(0, vec![Span { from: 0, until: 9000 }], vec![Route::to(0)]);
    let part = Part { share: 0.5, mean_ms: 70.0, shape: Shape::Lognormal { cv: 1.0 } };
    one.arrivals = Arrivals { step_ms: 1000, expected: vec![100.0; 9] };
    (one.talk, one.hold, one.wrap) = (part, part, Part { share: 1.0, ..part });
    (one.patience_mean_ms, one.returns, one.return_after_mean_ms) = (Some(50.0), 0.5, 30.0);
    let mut two = one.clone();
    two.routes = vec![Route { share: 0.5, ..Route::to(0) }, Route::to(1)];
    let first = scenario(9000, vec![one], vec![team(1, vec![])]);
    let other = queue(5, vec![], vec![Route::to(0)]);
    let empty = Arrivals { step_ms: 1000, expected: vec![0.0; 9] };
    let shift = Shift { agent: 0, from: 0, until: 9, last: true, back: None };
    let teams = vec![Team { resolved: 0.3, ..team(1, vec![shift]) }, team(2, vec![])];
    let second = scenario(9000, vec![Queue { arrivals: empty, ..other }, two], teams);
    let (mut one, mut two) = (Demand::new(&first, 0), Demand::new(&second, 1));
    let bring = |contact: Contact| {
        let Contact { number, arrived, deadline, talk, hold, wrap, returns, return_after, .. } = contact;
        (number, arrived, deadline, [talk, hold, wrap, return_after], returns)
    };
    let mut count = 0;
    while one.next_at() < FOREVER {
        let contact = one.next();
        assert_eq!(bring(contact), bring(two.next()));
        let again = |demand: &Demand| bring(demand.repeat(contact.number, 2, contact.arrived));
        assert_eq!(again(&one), again(&two));
        count += 1;
    }
    assert_eq!(two.next_at(), FOREVER);
    assert!((800..1000).contains(&count), "{count}");
}
