//! Small histories worked by hand, of what the plain calendar of `engine/calendar.rs` does not know.

use longshore_contacts::Outcome::{self, Abandoned, Answered, BlockedEmpty, Contained};

use super::*;
use crate::contact::{Dial, Further};
use crate::engine::calendar::Journal;
use crate::engine::tests::{contact, queue, scenario, team};
use crate::scenario::{
    Batch, CallList, Dialer, Escalation, Machine, Outage, Part, Queue, Route, Shape, Shift, Team, Work,
};

const NOTHING: Part = Part { share: 0.0, mean_ms: 0.0, shape: Shape::Exponential };

/// Customers of whom everything is written down.
#[derive(Default)]
struct Told {
    place: u32,
    contacts: Vec<Contact>,
    next: usize,
    further: Vec<Further>,
    dials: Vec<[Dial; 2]>, // Of each customer's two attempts.
    talk: Vec<f64>,        // Of customers who are called, and of contacts that are received.
}

impl Customers for Told {
    fn next_at(&self) -> i64 {
        self.contacts.get(self.next).map_or(FOREVER, |contact| contact.arrived)
    }

    fn next(&mut self) -> Contact {
        self.next += 1;
        self.contacts[self.next - 1]
    }

    fn receive(&self, sent: &Contact, _: &Told, at: i64) -> Contact {
        let talk = self.talk[sent.number as usize];
        Contact { queue: self.place, offered: at, deadline: FOREVER, talk, hold: 0.0, wrap: 0.0, ..*sent }
    }

    fn dial(&self, number: u64, attempt: u8) -> Dial {
        self.dials[number as usize][attempt as usize]
    }

    fn further(&self, contact: &Contact, _: &Told) -> Further {
        self.further[contact.number as usize]
    }

    fn repeat(&self, number: u64, attempt: u8, arrived: i64) -> Contact {
        let talk = self.talk[number as usize];
        Contact { queue: self.place, origin: self.place, attempt, ..contact(number, arrived, 0, [talk, 0.0, 0.0]) }
    }
}

/// A visit: its queue, its team, when it joined, was answered and ended, and what it came to.
type Visit = (u32, u32, i64, Option<i64>, i64, Outcome);

fn visits(mut journal: Journal) -> Vec<Vec<Visit>> {
    let visit = |leg: &Leg| {
        let answered = leg.answer.map(|answer| answer.at);
        (leg.queue, leg.team, leg.joined, answered, leg.ended.unwrap(), leg.outcome.unwrap())
    };
    journal.contacts.sort_by_key(|(contact, _)| contact.number);
    journal.contacts.iter().map(|(_, legs)| legs.iter().map(visit).collect()).collect()
}

fn one_agent(until: i64) -> Team {
    team(1, vec![Shift { agent: 0, from: 0, until, last: true, back: None }])
}

/// Calls behind a machine, a team whose telephones are down from 8 to 12, and a second tier that opens at 20.
fn tiers(refuses: bool) -> (Vec<Vec<Visit>>, Tallies) {
    let mut calls = queue(0, vec![Span { from: 0, until: 60 }], vec![Route::to(0)]);
    calls.machine = Some(Machine { contained: 0.5, length: NOTHING, passage: NOTHING });
    let tier = queue(1, vec![Span { from: 20, until: 60 }], vec![Route::to(1)]);
    let mut first = one_agent(50);
    first.escalations = vec![Escalation { of: 0, share: 0.5, to: 1 }];
    first.outages = vec![Outage { span: Span { from: 8, until: 12 }, refuses }];
    let scenario = scenario(60, vec![calls, tier], vec![first, one_agent(50)]);
    let further = |contained, machine, escalation| Further { contained, machine, escalation, elsewhere: 1.0 };
    let customers = Told {
        contacts: vec![
            contact(0, 0, 90, [9.0, 0.0, 0.0]), // The machine has it until 5, and that is all.
            contact(1, 1, 90, [4.0, 2.0, 1.0]), // Past the machine at 4: talk and hold until 10, then the second tier.
            contact(2, 2, 7, [1.0, 0.0, 0.0]),  // Past it at 6, with patience until 13; the agent is free at 11.
            contact(3, 9, 1, [1.0, 0.0, 0.0]),  // Comes while the telephones are down.
            contact(4, 14, 9, [1.0, 0.0, 0.0]), // Served as ever.
        ],
        further: vec![
            further(true, 5, 1.0),
            Further { elsewhere: 0.25, ..further(false, 3, 0.4) }, // Called back a quarter into the opening.
            further(false, 4, 0.6),
            further(false, 0, 0.6),
            further(false, 1, 0.5), // Not below the share.
        ],
        ..Told::default()
    };
    let received = Told { place: 1, talk: vec![0.0, 2.0], ..Told::default() };
    let mut journal = Journal::default();
    let tallies = play(&scenario, vec![customers, received], &mut journal);
    (visits(journal), tallies)
}

#[test]
fn a_machine_an_outage_and_a_second_tier() {
    let (story, tallies) = tiers(false);
    assert_eq!(
        story,
        [
            vec![(0, 0, 0, None, 5, Contained)],
            vec![(0, 0, 4, Some(4), 10, Answered), (1, 1, 30, Some(30), 32, Answered)],
            vec![(0, 0, 6, Some(12), 13, Answered)],
            vec![(0, 0, 9, None, 10, Abandoned)],
            vec![(0, 0, 15, Some(15), 16, Answered)],
        ]
    );
    let (calls, tier) = (tallies.queue(0), tallies.queue(1));
    assert_eq!((calls.offered, calls.contained, calls.handled, calls.abandoned), (5, 1, 3, 1));
    assert_eq!((calls.escalated, tier.offered, tier.received, tier.handled), (1, 1, 1, 1));
    assert_eq!((calls.wait_ms, calls.abandoned_wait_ms, calls.resolved), (6, 1, 2));
    assert_eq!((tier.wait_ms, tier.talk_ms, tier.resolved), (0, 2, 1));
}

#[test]
fn an_outage_that_refuses() {
    let (story, tallies) = tiers(true);
    assert_eq!(story[3], [(0, 0, 9, None, 9, BlockedEmpty)]);
    assert_eq!(story[2], [(0, 0, 6, Some(12), 13, Answered)], "who waits stays");
    assert_eq!((tallies.queue(0).blocked, tallies.queue(0).abandoned), (1, 0));
}

/// Two chats and then a call, of one team of two who take two chats at once, or of a team each: when each is answered, and
/// how many agents have chats.
fn chats(calls_too: bool) -> (Vec<Option<i64>>, usize) {
    let hours = || vec![Span { from: 0, until: 60 }];
    let chats = Queue { work: Work::Together, ..queue(0, hours(), vec![Route::to(0)]) };
    let calls = queue(1, hours(), vec![Route::to(usize::from(!calls_too))]);
    let shift = |agent| Shift { agent, from: 0, until: 60, last: true, back: None };
    let pair = || Team { slowdown: vec![1.0, 1.0], ..team(2, vec![shift(0), shift(1)]) };
    let told = |place, contacts| Told { place, contacts, ..Told::default() };
    let chatting = told(0, [0, 1].map(|at| contact(at as u64, at, 90, [20.0, 0.0, 0.0])).to_vec());
    let calling = told(1, vec![Contact { queue: 1, origin: 1, ..contact(2, 3, 90, [5.0, 0.0, 0.0]) }]);
    let mut journal = Journal::default();
    play(&scenario(60, vec![chats, calls], vec![pair(), pair()]), vec![chatting, calling], &mut journal);
    let spells = journal.spells.len();
    (visits(journal).iter().map(|visits| visits[0].3).collect(), spells)
}

#[test]
fn chats_fill_hands_where_calls_come_too() {
    assert_eq!(chats(true), (vec![Some(0), Some(1), Some(3)], 1), "the other agent is free for the call");
    assert_eq!(chats(false), (vec![Some(0), Some(1), Some(3)], 2), "nobody calls: each chat has an agent to itself");
}

/// Five customers, two attempts each with six between, called from 5 on for two agents.
#[test]
fn a_list_worked_by_hand() {
    let reached = |pickup| Dial { chance: 0.4, ring: 99, pickup };
    let missed = |ring| Dial { chance: 0.5, ring, pickup: 99 };
    let unused = missed(0);
    let mut sales = queue(0, vec![Span { from: 0, until: 60 }], vec![Route::to(0)]);
    sales.list = Some(CallList {
        batches: vec![Batch { from: 0, customers: 3 }, Batch { from: 10, customers: 2 }],
        attempts: 2,
        again_after_ms: 6,
        reached: vec![0.5],
        ring: NOTHING,
        pickup: NOTHING,
        patience_ms: 1,
        hours: vec![Span { from: 5, until: 30 }],
        dialer: Dialer { watches: vec![0], least_free: 1, for_each_free: 1.0, more: 0 },
    });
    let shift = |agent| Shift { agent, from: 0, until: 40, last: false, back: None };
    let scenario = scenario(60, vec![sales], vec![team(2, vec![shift(0), shift(1)])]);
    let customers = Told {
        dials: vec![
            [reached(2), unused],    // Called at 5, answers at 7.
            [missed(3), reached(4)], // Called at 5, until 8; again at 14, answers at 18.
            [reached(1), unused],    // Called at 8, when that has rung in vain; answers at 9.
            [missed(0), missed(2)],  // Called at 12, when an agent is free; due at 18, but called at 19 when one is.
            [reached(3), unused],    // Called at 20: two are free and one rings. Answers at 23.
        ],
        talk: vec![5.0, 1.0, 11.0, 0.0, 1.0],
        ..Told::default()
    };
    let mut journal = Journal::default();
    let tallies = play(&scenario, vec![customers], &mut journal);
    let served: Vec<_> =
        journal.served.iter().map(|(_, contact, answer)| (contact.number, answer.agent, answer.at)).collect();
    assert_eq!(served, [(0, 0, 7), (2, 1, 9), (1, 0, 18), (4, 0, 23)]);
    let sales = tallies.queue(0);
    assert_eq!((sales.dialed, sales.offered, sales.handled, sales.abandoned), (7, 4, 4, 0));
}
