//! What the engine tells of its story, for whoever writes it down.

use longshore_contacts::Outcome;

use crate::agents::{Logout, Start};
use crate::contact::{Contact, milliseconds};
use crate::scenario::Team;

/// One visit of a contact to a team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Leg {
    /// The queue in whose name.
    pub queue: u32,
    pub team: u32,
    /// The agent who took it, and when. `None` if nobody did.
    pub answer: Option<Answer>,
    /// When it joined the team's line, or was refused.
    pub joined: i64,
    /// When it ended for the customer. `None` while it goes on.
    pub ended: Option<i64>,
    /// What it came to. `None` while it goes on.
    pub outcome: Option<Outcome>,
}

impl Leg {
    /// A visit that an agent has taken.
    pub(crate) fn answered(contact: &Contact, team: usize, joined: i64, answer: Answer, ended: i64) -> Leg {
        let (queue, team, outcome) = (contact.queue, team as u32, Some(Outcome::Answered));
        Leg { queue, team, answer: Some(answer), joined, ended: Some(ended), outcome }
    }
}

/// How an agent served a contact: first all of the talk, then all of the hold, then the wrap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Answer {
    pub agent: u32,
    pub at: i64,
    pub talk: i64,
    pub hold: i64,
    pub wrap: i64,
    pub resolved: bool,
    /// Since when the agent had been free.
    pub free: i64,
}

impl Answer {
    /// How an agent of that team serves the contact.
    #[inline]
    pub(crate) fn of(contact: &Contact, team: &Team, start: Start, pace: f64) -> Answer {
        Answer {
            agent: start.agent as u32,
            at: start.at,
            talk: milliseconds(contact.talk * team.talk_factor * pace),
            hold: milliseconds(contact.hold * team.hold_factor * pace),
            wrap: milliseconds(contact.wrap * team.wrap_factor * pace),
            resolved: contact.resolution < team.resolved,
            free: start.free,
        }
    }

    /// When the customer's side of it ends.
    #[inline]
    pub(crate) fn ended(&self) -> i64 {
        self.at + self.talk + self.hold
    }
}

/// A stretch of an agent's time with contacts in hand that do not take the agent alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spell {
    pub agent: u32,
    /// Since when the agent had been free.
    pub free: i64,
    /// When there was something in hand again.
    pub from: i64,
    /// When there was nothing any more.
    pub until: i64,
    /// The queue of all of them. `None` if they were of several.
    pub queue: Option<u32>,
}

/// Writes a simulation down.
pub(crate) trait Recorder {
    /// A contact of the buyer's own has come to its end, after one leg or two.
    fn contact(&mut self, contact: &Contact, legs: &[Leg]);

    /// An agent has served a contact, own or not.
    fn served(&mut self, contact: &Contact, team: u32, answer: &Answer);

    /// An agent has worked for a while on contacts that do not take an agent alone.
    fn worked(&mut self, team: u32, spell: &Spell);

    /// An agent of a team has logged out.
    fn logout(&mut self, team: u32, logout: &Logout);

    /// Whether nothing more can be written.
    fn is_broken(&self) -> bool;
}

/// Writes nothing: tallies only.
impl Recorder for () {
    #[inline]
    fn contact(&mut self, _: &Contact, _: &[Leg]) {}

    #[inline]
    fn served(&mut self, _: &Contact, _: u32, _: &Answer) {}

    #[inline]
    fn worked(&mut self, _: u32, _: &Spell) {}

    #[inline]
    fn logout(&mut self, _: u32, _: &Logout) {}

    #[inline]
    fn is_broken(&self) -> bool {
        false
    }
}
