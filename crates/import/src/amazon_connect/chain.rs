//! Records that follow from one another, as contacts.

use std::collections::BTreeMap;

use longshore_contacts::{Channel, ContactRow, Direction, LegRow, Outcome};
use longshore_units::Instant;
use serde::{Deserialize, Serialize};

use super::record::{Agent, Delivery};
use crate::Origin;

/// All known deliveries of the records that go back to one contact: transfers, callbacks, flows after the end.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Chain {
    pub deliveries: Vec<Delivery>,
    /// How many of them, from the front, were handed out already.
    pub told: usize,
    /// Whether an import went by already without bringing what is missing.
    pub waited: bool,
    /// The file of what is not told yet, for messages.
    pub file: String,
}

/// A version of a contact.
#[derive(Debug)]
pub(super) struct Version {
    pub contact: ContactRow,
    pub legs: Vec<LegRow>,
}

impl Chain {
    /// The most deliveries of a chain.
    const MOST: usize = 1024;

    /// Takes a delivery; `false` if the chain has so many already. The same delivery is taken once.
    pub(super) fn take(&mut self, delivery: Delivery) -> bool {
        let is = |known: &Delivery| Delivery { number: 0, ..known.clone() };
        let same = |known: &&Delivery| known.id == delivery.id && known.updated == delivery.updated;
        if self.deliveries.iter().filter(same).any(|known| is(known) == is(&delivery)) {
            return true;
        }
        let room = self.deliveries.len() < Chain::MOST;
        if room {
            self.deliveries.push(delivery);
        }
        room
    }

    /// Whether more may come that changes what it came to.
    pub(super) fn is_linked(&self, key: &str) -> bool {
        let of = |delivery: &Delivery| delivery.id != key || delivery.next.is_some() || delivery.disconnected.is_none();
        self.deliveries.iter().any(of)
    }

    /// When something was last heard of it.
    pub(super) fn updated(&self) -> i64 {
        let seen = |delivery: &Delivery| delivery.updated.or(delivery.disconnected).unwrap_or(delivery.initiated);
        self.deliveries.iter().map(seen).max().unwrap_or(0)
    }

    /// The versions of its contacts since the first delivery that was not told yet, each replaced when the next was
    /// delivered. Deliveries come in any order: one that is older than some that were told changes these too.
    pub(super) fn versions(&self, key: &str, origin: &Origin) -> Vec<Version> {
        let mut instants: Vec<Option<i64>> = self.deliveries.iter().map(|delivery| delivery.updated).collect();
        instants.sort_unstable();
        instants.dedup();
        let news = self.deliveries[self.told..].iter().map(|delivery| delivery.updated).min();
        let is_news = |at: Option<i64>| news.is_some_and(|news| news <= at);
        // A version that was told at an instant may have said less than is known now: it is told again, even if nothing new
        // happened then.
        let was_told = |at: Option<i64>| self.deliveries[..self.told].iter().any(|delivery| delivery.updated == at);
        let mut versions: BTreeMap<String, Vec<(Option<i64>, bool, Version)>> = BTreeMap::new();
        for at in instants {
            let known = Known::at(self, key, at);
            for root in known.roots() {
                let version = known.version(root, at, origin);
                let of_contact = versions.entry(root.to_owned()).or_default();
                let is_same = of_contact.last().is_some_and(|(_, _, last)| last.says_what(&version));
                if !is_same || known.was_delivered(root, at) || (is_news(at) && was_told(at)) {
                    of_contact.push((at, is_news(at), version));
                }
            }
        }
        let mut told = Vec::new();
        for of_contact in versions.into_values() {
            let ends: Vec<Option<i64>> = of_contact.iter().skip(1).map(|(at, _, _)| *at).chain([None]).collect();
            for ((_, is_news, mut version), end) in of_contact.into_iter().zip(ends) {
                version.contact.superseded_at = end.map(Instant);
                version.legs.iter_mut().for_each(|leg| leg.superseded_at = end.map(Instant));
                if is_news {
                    told.push(version);
                }
            }
        }
        told
    }

    /// Records whose beginning is missing: they are transfers, and what they were transferred from was not delivered.
    pub(super) fn strays<'c>(&'c self, key: &'c str) -> Vec<&'c Delivery> {
        let known = Known::at(self, key, Some(i64::MAX));
        known.records.values().filter(|record| known.root(record).is_none() && !record.is_aside()).copied().collect()
    }
}

impl Version {
    /// Whether the other says the same, whenever it was delivered.
    fn says_what(&self, other: &Version) -> bool {
        let contact = |version: &Version| ContactRow { delivered_at: None, ..version.contact.clone() };
        let legs = |version: &Version| -> Vec<LegRow> {
            version.legs.iter().map(|leg| LegRow { delivered_at: None, ..leg.clone() }).collect()
        };
        contact(self) == contact(other) && legs(self) == legs(other)
    }
}

/// A chain's records as they were known at an instant, each in its last version.
struct Known<'c> {
    key: &'c str,
    records: BTreeMap<&'c str, &'c Delivery>,
}

impl<'c> Known<'c> {
    fn at(chain: &'c Chain, key: &'c str, at: Option<i64>) -> Known<'c> {
        let mut records: BTreeMap<&str, &Delivery> = BTreeMap::new();
        for delivery in chain.deliveries.iter().filter(|delivery| delivery.updated <= at) {
            let known = records.entry(&delivery.id).or_insert(delivery);
            // Of two that were delivered at once the order of the file says which is newer, there being nothing else.
            if known.updated <= delivery.updated {
                *known = delivery;
            }
        }
        Known { key, records }
    }

    /// The records with which contacts begin.
    fn roots(&self) -> Vec<&'c str> {
        let mut roots: Vec<&str> = self.records.values().filter_map(|record| self.root(record)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// The record with which the contact began that this one belongs to: the first of the chain, or a callback, which is a
    /// contact of its own.
    fn root(&self, record: &Delivery) -> Option<&'c str> {
        let mut record = *self.records.get(record.id.as_str())?;
        for _ in 0..=self.records.len() {
            if record.is_aside() {
                return None;
            }
            if record.id == self.key || record.is_callback() {
                return Some(&record.id);
            }
            record = match &record.previous {
                Some(previous) => *self.records.get(previous.as_str())?,
                None => *self.records.get(self.key)?,
            };
        }
        None // They go round in a circle.
    }

    fn was_delivered(&self, root: &str, at: Option<i64>) -> bool {
        self.of(root).any(|record| record.updated == at)
    }

    fn of<'k>(&'k self, root: &'k str) -> impl Iterator<Item = &'c Delivery> + 'k {
        self.records.values().filter(move |record| self.root(record) == Some(root)).copied()
    }

    /// The record that came next, if it was delivered.
    fn next(&self, record: &Delivery) -> Option<&'c Delivery> {
        let named = record.next.as_deref().and_then(|next| self.records.get(next));
        let naming = || self.records.values().find(|other| other.previous.as_deref() == Some(&record.id));
        named.or_else(naming).copied().filter(|next| !next.is_aside())
    }

    fn version(&self, root: &str, at: Option<i64>, origin: &Origin) -> Version {
        let mut records: Vec<&Delivery> = self.of(root).collect();
        records.sort_by_key(|record| (record.initiated, &record.id));
        let visits: Vec<Visit> = records.iter().filter_map(|record| self.visit(record)).collect();
        let contact = contact(root, &records, &visits, at, origin);
        let legs = visits.iter().enumerate().map(|(place, visit)| visit.leg(place, &contact)).collect();
        Version { contact, legs }
    }

    /// A record's visit to a queue or agent, if it came so far.
    fn visit(&self, record: &'c Delivery) -> Option<Visit<'c>> {
        let queue = record.queue.as_ref();
        let agent = record.agent.as_ref().filter(|agent| agent.connected.is_some());
        if queue.is_none() && agent.is_none() {
            return None;
        }
        let waited = |from: i64, until: i64| (until - from).max(0) / 1000;
        let wait = queue.and_then(|queue| queue.duration.or_else(|| Some(waited(queue.enqueued?, queue.dequeued?))));
        let ended = match agent {
            Some(agent) => record.disconnected.and(agent.ended()).or(record.disconnected),
            None => queue.and_then(|queue| queue.dequeued).or(record.disconnected),
        };
        Some(Visit {
            record,
            queue: queue.and_then(|queue| queue.name.as_deref()),
            agent,
            offered: queue.and_then(|queue| queue.enqueued).unwrap_or(record.initiated),
            ended: record.disconnected.and(ended),
            wait,
            outcome: record.disconnected.map(|_| self.outcome(record, agent.is_some())),
        })
    }

    /// What a record came to that has ended.
    fn outcome(&self, record: &Delivery, is_answered: bool) -> Outcome {
        if is_answered {
            return if record.is_callback() { Outcome::CallbackDone } else { Outcome::Answered };
        }
        match (self.next(record), record.reason.as_deref()) {
            (Some(next), _) if next.is_callback() => Outcome::CallbackOffered,
            (Some(_), _) => Outcome::FlowOut,
            (None, _) if record.next.is_some() || record.transferred_out => Outcome::FlowOut,
            (None, Some("CUSTOMER_DISCONNECT")) if !record.is_callback() => Outcome::Abandoned,
            (None, Some("EXPIRED")) => Outcome::TimedOut,
            (None, _) if record.queue.is_none() => Outcome::Contained,
            (None, _) => Outcome::Unknown,
        }
    }
}

impl Delivery {
    fn is_callback(&self) -> bool {
        self.method.as_deref() == Some("CALLBACK")
    }

    /// A supervisor who listens in is no part of a contact's way.
    fn is_aside(&self) -> bool {
        self.method.as_deref() == Some("MONITOR")
    }

    fn direction(&self) -> Direction {
        match self.method.as_deref() {
            Some("OUTBOUND" | "EXTERNAL_OUTBOUND" | "AGENT_REPLY") => Direction::Outbound,
            _ => Direction::Inbound, // A callback too: the customer reached out.
        }
    }

    fn channel(&self) -> Option<Channel> {
        match self.channel.as_deref() {
            Some("VOICE") => Some(Channel::Voice),
            Some("CHAT") => Some(Channel::Chat),
            Some("EMAIL") => Some(Channel::Email),
            _ => None, // A task has no medium.
        }
    }

    /// Who ended it, in our words where they fit.
    fn ended_by(&self) -> Option<String> {
        let reason = self.reason.as_deref()?;
        Some(match reason {
            "CUSTOMER_DISCONNECT" => "customer".to_owned(),
            "AGENT_DISCONNECT" => "agent".to_owned(),
            "CONTACT_FLOW_DISCONNECT" | "EXPIRED" | "TELECOM_PROBLEM" | "IDLE_DISCONNECT" => "system".to_owned(),
            other => other.to_lowercase(),
        })
    }
}

impl Agent {
    /// When the agent's conversation was over. The record may stay open for long after, while the customer talks to whom
    /// the agent transferred to; so this is the beginning of after-contact work, or what talk and hold sum to.
    fn ended(&self) -> Option<i64> {
        self.wrap_from.or_else(|| Some(self.connected? + (self.talk? + self.hold.unwrap_or(0)) * 1000))
    }
}

/// A visit to a queue or agent.
struct Visit<'c> {
    record: &'c Delivery,
    queue: Option<&'c str>,
    agent: Option<&'c Agent>,
    offered: i64,
    ended: Option<i64>,
    wait: Option<i64>,
    outcome: Option<Outcome>,
}

impl Visit<'_> {
    fn leg(&self, place: usize, contact: &ContactRow) -> LegRow {
        let agent = self.agent;
        LegRow {
            provider: Some(contact.provider.clone()),
            program: contact.program.clone(),
            site: contact.site.clone(),
            channel: contact.channel,
            direction: contact.direction,
            language: contact.language.clone(),
            queue: self.queue.map(str::to_owned),
            team: agent.and_then(|agent| agent.team.clone()),
            agent: agent.and_then(|agent| agent.name.clone()),
            offered_at: Some(Instant(self.offered)),
            answered_at: agent.and_then(|agent| agent.connected).map(Instant),
            ended_at: self.ended.map(Instant),
            wait: self.wait,
            talk: agent.and_then(|agent| agent.talk),
            hold: agent.and_then(|agent| agent.hold),
            wrap: agent.and_then(|agent| agent.wrap),
            outcome: self.outcome,
            delivered_at: contact.delivered_at,
            ..LegRow::of(&contact.source, &contact.contact_id, place as i64 + 1)
        }
    }
}

fn contact(root: &str, records: &[&Delivery], visits: &[Visit<'_>], at: Option<i64>, origin: &Origin) -> ContactRow {
    let first = visits.first().and_then(|visit| visit.queue);
    let (begin, last) = (records.first(), records.last());
    let runs = records.iter().any(|record| record.disconnected.is_none());
    let ended = records.iter().map(|record| record.disconnected).max().flatten().filter(|_| !runs);
    let outcomes = || visits.iter().filter_map(|visit| visit.outcome);
    let answered = outcomes().find(|outcome| matches!(outcome, Outcome::Answered | Outcome::CallbackDone));
    let outcome = answered.or_else(|| outcomes().next_back()).unwrap_or(
        match records.iter().any(|record| record.transferred_out) {
            true => Outcome::FlowOut,
            false => Outcome::Contained,
        },
    );
    let with_agent = || visits.iter().filter_map(|visit| visit.agent);
    let all = |of: fn(&Agent) -> Option<i64>| match with_agent().next() {
        Some(_) => with_agent().map(of).sum::<Option<i64>>(),
        None => None,
    };
    let waits = || visits.iter().filter(|visit| visit.record.queue.is_some()).map(|visit| visit.wait);
    let queue = |visit: &Visit<'_>| visit.queue.map(str::to_owned);
    ContactRow {
        program: origin.program(first).map(str::to_owned),
        site: origin.site(first).map(str::to_owned),
        first_queue: visits.first().and_then(queue),
        last_queue: visits.last().and_then(queue),
        channel: begin.and_then(|record| record.channel()).or(origin.channel(first)),
        direction: begin.map(|record| record.direction()),
        language: origin.language(first).map(str::to_owned),
        customer: records.iter().find_map(|record| record.customer.clone()),
        arrived_at: begin.map(|record| Instant(record.initiated)),
        offered_at: visits.first().map(|visit| Instant(visit.offered)),
        answered_at: with_agent().filter_map(|agent| agent.connected).min().map(Instant),
        ended_at: ended.map(Instant),
        wait: waits().next().and_then(|_| waits().sum()),
        talk: all(|agent| agent.talk),
        hold: all(|agent| agent.hold),
        wrap: all(|agent| agent.wrap),
        legs: Some(visits.len() as i64),
        outcome: ended.map(|_| outcome),
        ended_by: ended.and(last.and_then(|record| record.ended_by())),
        transferred_out: ended.map(|_| records.iter().any(|record| record.transferred_out)),
        recording: records.iter().find_map(|record| record.recording.clone()),
        delivered_at: at.map(Instant),
        ..ContactRow::of(&origin.source, root, &origin.provider)
    }
}
