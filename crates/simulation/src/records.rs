//! The story as records: contacts, legs and agent time, in batches for a sink.

use std::sync::Arc;

use arrow_schema::{ArrowError, Schema, SchemaRef};
use longshore_contacts::{AgentState, Channel, Direction, Outcome, Table};

use crate::agents::Logout;
use crate::columns::{Column, NO_KEY, NULL, Writer};
use crate::contact::Contact;
use crate::labels::{Labels, Names, vocabulary};
use crate::recorder::{Answer, Leg, Recorder, Spell};
use crate::scenario::Scenario;
use crate::sink::{Columns, Outlet, SimulationError};

const ENDED_BY: [&str; 2] = ["customer", "system"];

/// Writes what a sink wants.
pub(crate) struct Records<'s> {
    outlet: &'s mut dyn Outlet,
    contacts: Option<Writer<ContactRow>>,
    legs: Option<Writer<LegRow>>,
    agent_time: Option<Writer<TimeRow>>,
    providers: Arc<[i32]>, // Of each team.
    own: Arc<[bool]>,      // Of each queue.
    broken: Option<Broken>,
}

/// Why nothing more can be written.
enum Broken {
    /// The outlet took no more, and knows why.
    Refused,
    /// A batch did not fit its schema: a mistake of this crate.
    Misfit(ArrowError),
}

/// A row of `contacts`.
struct ContactRow {
    queue: u32,
    last_queue: u32,
    origin: u32,
    team: u32,
    number: u64,
    attempt: u8,
    legs: u8,
    outcome: Option<Outcome>,
    transferred: Option<bool>,
    resolved: Option<bool>,
    arrived: i64,
    offered: i64,
    answered: i64,
    ended: i64,
    delivered: i64,
    wait: i64,
    talk: i64,
    hold: i64,
    wrap: i64,
}

/// A row of `legs`.
struct LegRow {
    queue: u32,
    origin: u32,
    team: u32,
    number: u64,
    attempt: u8,
    leg: u8,
    outcome: Option<Outcome>,
    agent: Option<u32>,
    joined: i64,
    answered: i64,
    ended: i64,
    wait: i64,
    talk: i64,
    hold: i64,
    wrap: i64,
}

/// A row of `agent_time`. The queue is that of an own contact; `others` says that it was another client's.
struct TimeRow {
    team: u32,
    agent: u32,
    queue: Option<u32>,
    others: bool,
    state: AgentState,
    from: i64,
    until: i64,
}

impl<'s> Records<'s> {
    /// Of the tables `contacts`, `legs` and `agent_time`, those that have a schema.
    pub(crate) fn new(scenario: &Scenario, schemas: [Option<SchemaRef>; 3], outlet: &'s mut dyn Outlet) -> Records<'s> {
        let (labels, [contacts, legs, agent_time]) = (Labels::new(scenario), schemas);
        Records {
            outlet,
            contacts: contacts.map(|schema| Writer::new(schema, |name| contact_column(&labels, name))),
            legs: legs.map(|schema| Writer::new(schema, |name| leg_column(&labels, name))),
            agent_time: agent_time.map(|schema| Writer::new(schema, |name| time_column(&labels, name))),
            providers: labels.providers.keys,
            own: labels.own,
            broken: None,
        }
    }

    /// Writes what is left, as far as the outlet takes it.
    ///
    /// # Errors
    /// If a batch did not fit its schema.
    pub(crate) fn finish(mut self) -> Result<(), ArrowError> {
        self.send(Table::Contacts);
        self.send(Table::Legs);
        self.send(Table::AgentTime);
        match self.broken {
            Some(Broken::Misfit(error)) => Err(error),
            Some(Broken::Refused) | None => Ok(()),
        }
    }

    #[inline(never)]
    fn send(&mut self, table: Table) {
        let batch = match table {
            Table::Contacts => self.contacts.as_mut().and_then(Writer::batch),
            Table::Legs => self.legs.as_mut().and_then(Writer::batch),
            _ => self.agent_time.as_mut().and_then(Writer::batch),
        };
        let Some(batch) = batch.filter(|_| self.broken.is_none()) else { return };
        self.broken = match batch {
            Ok(batch) => (!self.outlet.take(table, batch)).then_some(Broken::Refused),
            Err(error) => Some(Broken::Misfit(error)),
        };
    }

    /// One row for a contact's legs with one provider.
    fn at_provider(&mut self, contact: &Contact, legs: &[Leg], goes_on: bool) {
        if legs.is_empty() {
            return;
        }
        if let Some(contacts) = &mut self.contacts
            && contacts.push(ContactRow::new(contact, legs, goes_on))
        {
            self.send(Table::Contacts);
        }
        for (place, leg) in legs.iter().enumerate().filter(|(_, leg)| !is_refused(leg)) {
            if let Some(writer) = &mut self.legs
                && writer.push(LegRow::new(contact, place, leg))
            {
                self.send(Table::Legs);
            }
        }
    }

    #[inline]
    fn time(&mut self, row: TimeRow) {
        if row.from < row.until
            && let Some(agent_time) = &mut self.agent_time
            && agent_time.push(row)
        {
            self.send(Table::AgentTime);
        }
    }
}

impl Recorder for Records<'_> {
    #[inline]
    fn contact(&mut self, contact: &Contact, legs: &[Leg]) {
        if legs.len() < 2 {
            return self.at_provider(contact, legs, false);
        }
        let providers = Arc::clone(&self.providers);
        let provider = |leg: &Leg| providers[leg.team as usize];
        if legs[1..].iter().all(|leg| provider(leg) == provider(&legs[0])) {
            return self.at_provider(contact, legs, false);
        }
        // All of its visits to one provider are one row, in the order of the first of them.
        let mut visited: Vec<i32> = Vec::new();
        for leg in legs {
            if !visited.contains(&provider(leg)) {
                visited.push(provider(leg));
            }
        }
        let last = legs.last().map(provider);
        for at in visited {
            let visits: Vec<Leg> = legs.iter().filter(|leg| provider(leg) == at).copied().collect();
            self.at_provider(contact, &visits, Some(at) != last);
        }
    }

    #[inline]
    fn served(&mut self, contact: &Contact, team: u32, answer: &Answer) {
        if self.agent_time.is_none() {
            return;
        }
        let own = self.own[contact.queue as usize];
        let row = |queue, others, state, from, until| TimeRow {
            team,
            agent: answer.agent,
            queue,
            others,
            state,
            from,
            until,
        };
        let (queue, others) = (own.then_some(contact.queue), !own);
        let held = answer.at + answer.talk;
        self.time(row(None, false, AgentState::Available, answer.free, answer.at));
        self.time(row(queue, others, AgentState::Talking, answer.at, held));
        self.time(row(queue, others, AgentState::Holding, held, answer.ended()));
        self.time(row(queue, others, AgentState::Wrapping, answer.ended(), answer.ended() + answer.wrap));
    }

    fn worked(&mut self, team: u32, spell: &Spell) {
        let Spell { agent, free, from, until, queue } = *spell;
        let others = queue.is_some_and(|queue| !self.own[queue as usize]);
        let own = queue.filter(|_| !others);
        self.time(TimeRow {
            team,
            agent,
            queue: None,
            others: false,
            state: AgentState::Available,
            from: free,
            until: from,
        });
        self.time(TimeRow { team, agent, queue: own, others, state: AgentState::Talking, from, until });
    }

    #[inline]
    fn logout(&mut self, team: u32, logout: &Logout) {
        let agent = logout.agent as u32;
        let row = |state, from, until| TimeRow { team, agent, queue: None, others: false, state, from, until };
        self.time(row(AgentState::Available, logout.free, logout.until));
        if let Some(back) = logout.back {
            self.time(row(AgentState::Break, logout.until, back));
        }
    }

    #[inline]
    fn is_broken(&self) -> bool {
        self.broken.is_some()
    }
}

/// A contact refused at the door, or served by a machine, has visited nobody.
fn is_refused(leg: &Leg) -> bool {
    matches!(
        leg.outcome,
        Some(Outcome::BlockedClosed | Outcome::BlockedEmpty | Outcome::BlockedFull | Outcome::Contained)
    )
}

impl ContactRow {
    /// The visits of a contact to one provider, at least one. `goes_on` if it ended with another.
    fn new(contact: &Contact, legs: &[Leg], goes_on: bool) -> ContactRow {
        let row = |leg: &Leg| LegRow::new(contact, 0, leg);
        let (first, last) = (row(&legs[0]), row(&legs[legs.len() - 1]));
        let resolved = legs.last().and_then(|leg| leg.answer).map(|answer| answer.resolved);
        let sum = |of: fn(&LegRow) -> i64| match legs {
            [_] => of(&last),
            _ if last.ended == NULL => NULL,
            _ => legs.iter().map(|leg| of(&row(leg))).sum(),
        };
        ContactRow {
            queue: first.queue,
            last_queue: last.queue,
            origin: contact.origin,
            team: last.team,
            number: last.number,
            attempt: last.attempt,
            legs: legs.iter().filter(|leg| !is_refused(leg)).count() as u8,
            outcome: last.outcome,
            transferred: last.outcome.map(|outcome| goes_on && outcome == Outcome::Answered),
            resolved,
            arrived: contact.arrived,
            offered: first.joined,
            answered: legs.iter().find_map(|leg| leg.answer).map_or(NULL, |answer| answer.at),
            ended: last.ended,
            delivered: if last.ended == NULL { NULL } else { last.ended + last.wrap },
            wait: sum(|row| row.wait),
            talk: sum(|row| row.talk),
            hold: sum(|row| row.hold),
            wrap: sum(|row| row.wrap),
        }
    }
}

impl LegRow {
    fn new(contact: &Contact, place: usize, leg: &Leg) -> LegRow {
        let ended = leg.ended.unwrap_or(NULL);
        let (answered, agent, [talk, hold, wrap]) = match leg.answer {
            Some(answer) => (answer.at, Some(answer.agent), [answer.talk, answer.hold, answer.wrap]),
            None if ended == NULL => (NULL, None, [NULL; 3]), // Nobody knows yet.
            None => (NULL, None, [0; 3]),
        };
        let waited_until = if answered == NULL { ended } else { answered };
        LegRow {
            queue: leg.queue,
            origin: contact.origin,
            team: leg.team,
            number: contact.number,
            attempt: contact.attempt,
            leg: place as u8 + 1,
            outcome: leg.outcome,
            agent,
            joined: leg.joined,
            answered,
            ended,
            wait: if ended == NULL { NULL } else { waited_until - leg.joined },
            talk,
            hold,
            wrap,
        }
    }
}

/// The columns of a table that a sink wants, in the table's order.
pub(crate) fn projection<E>(table: Table, columns: &Columns) -> Result<SchemaRef, SimulationError<E>> {
    let schema = table.schema();
    let Columns::Only(names) = columns else { return Ok(schema) };
    if let Some(column) = names.iter().find(|name| schema.field_with_name(name).is_err()) {
        return Err(SimulationError::Column { table, column: column.clone() });
    }
    let fields = schema.fields().iter().filter(|field| names.contains(field.name())).cloned().collect::<Vec<_>>();
    Ok(Arc::new(Schema::new_with_metadata(fields, schema.metadata().clone())))
}

/// How a column of `contacts` is filled; `None` for one that the model knows nothing of.
fn contact_column(labels: &Labels, name: &str) -> Option<Column<ContactRow>> {
    let of_queue = |words, keys: &Arc<[i32]>| {
        let keys = Arc::clone(keys);
        Column::keys(words, move |row: &ContactRow| keys[row.queue as usize])
    };
    let of_team = |names: &Names| {
        let keys = Arc::clone(&names.keys);
        Column::keys(Arc::clone(&names.words), move |row: &ContactRow| keys[row.team as usize])
    };
    let identities = Arc::clone(&labels.identities);
    Some(match name {
        "source" | "provider" => of_team(&labels.providers),
        "site" => of_team(&labels.sites),
        "contact_id" => Column::texts(move |row: &ContactRow, bytes| {
            write_contact(bytes, &identities[row.origin as usize].prefix, row.number, row.attempt);
        }),
        "ticket" => Column::texts(move |row: &ContactRow, bytes| {
            write_contact(bytes, &identities[row.origin as usize].prefix, row.number, 0);
        }),
        "customer" => Column::texts(move |row: &ContactRow, bytes| {
            write_hex(bytes, identities[row.origin as usize].streams.customer(row.number));
        }),
        "program" => of_queue(Arc::clone(&labels.programs.words), &labels.programs.keys),
        "first_queue" => of_queue(Arc::clone(&labels.queues.words), &labels.queues.keys),
        "last_queue" => {
            let keys = Arc::clone(&labels.queues.keys);
            Column::keys(Arc::clone(&labels.queues.words), move |row: &ContactRow| keys[row.last_queue as usize])
        }
        "language" => of_queue(Arc::clone(&labels.languages.words), &labels.languages.keys),
        "channel" => of_queue(vocabulary(Channel::WORDS), &labels.channels),
        "direction" => of_queue(vocabulary(Direction::WORDS), &labels.directions),
        "arrived_at" => Column::instants(|row: &ContactRow| row.arrived),
        "offered_at" => Column::instants(|row: &ContactRow| row.offered),
        "answered_at" => Column::instants(|row: &ContactRow| row.answered),
        "ended_at" => Column::instants(|row: &ContactRow| row.ended),
        "delivered_at" => Column::instants(|row: &ContactRow| row.delivered),
        "wait" => Column::numbers(|row: &ContactRow| row.wait),
        "ring" => Column::numbers(|row: &ContactRow| if row.ended == NULL { NULL } else { 0 }),
        "talk" => Column::numbers(|row: &ContactRow| row.talk),
        "hold" => Column::numbers(|row: &ContactRow| row.hold),
        "wrap" => Column::numbers(|row: &ContactRow| row.wrap),
        "legs" => Column::numbers(|row: &ContactRow| i64::from(row.legs)),
        "outcome" => Column::keys(vocabulary(Outcome::WORDS), |row: &ContactRow| outcome_key(row.outcome)),
        "ended_by" => Column::keys(vocabulary(&ENDED_BY), |row: &ContactRow| match row.outcome {
            Some(Outcome::Abandoned) => 0,
            Some(Outcome::Answered) | None => NO_KEY, // Either side may have hung up.
            Some(_) => 1,
        }),
        "transferred_out" => Column::flags(|row: &ContactRow| row.transferred),
        "resolved" => Column::flags(|row: &ContactRow| row.resolved),
        _ => return None,
    })
}

/// How a column of `legs` is filled.
fn leg_column(labels: &Labels, name: &str) -> Option<Column<LegRow>> {
    let of_team = |names: &Names| {
        let keys = Arc::clone(&names.keys);
        Column::keys(Arc::clone(&names.words), move |row: &LegRow| keys[row.team as usize])
    };
    let of_queue = |words, keys: &Arc<[i32]>| {
        let keys = Arc::clone(keys);
        Column::keys(words, move |row: &LegRow| keys[row.queue as usize])
    };
    Some(match name {
        "source" | "provider" => of_team(&labels.providers),
        "site" => of_team(&labels.sites),
        "contact_id" => {
            let identities = Arc::clone(&labels.identities);
            Column::texts(move |row: &LegRow, bytes| {
                write_contact(bytes, &identities[row.origin as usize].prefix, row.number, row.attempt);
            })
        }
        "leg" => Column::numbers(|row: &LegRow| i64::from(row.leg)),
        "program" => of_queue(Arc::clone(&labels.programs.words), &labels.programs.keys),
        "queue" => of_queue(Arc::clone(&labels.queues.words), &labels.queues.keys),
        "language" => of_queue(Arc::clone(&labels.languages.words), &labels.languages.keys),
        "channel" => of_queue(vocabulary(Channel::WORDS), &labels.channels),
        "direction" => of_queue(vocabulary(Direction::WORDS), &labels.directions),
        "team" => of_team(&labels.teams),
        "agent" => {
            let (keys, firsts) = (Arc::clone(&labels.agents.keys), Arc::clone(&labels.first_agents));
            Column::keys(Arc::clone(&labels.agents.words), move |row: &LegRow| {
                row.agent.map_or(NO_KEY, |agent| keys[firsts[row.team as usize] + agent as usize])
            })
        }
        "offered_at" => Column::instants(|row: &LegRow| row.joined),
        "answered_at" => Column::instants(|row: &LegRow| row.answered),
        "ended_at" => Column::instants(|row: &LegRow| row.ended),
        "wait" => Column::numbers(|row: &LegRow| row.wait),
        "ring" => Column::numbers(|row: &LegRow| if row.ended == NULL { NULL } else { 0 }),
        "talk" => Column::numbers(|row: &LegRow| row.talk),
        "hold" => Column::numbers(|row: &LegRow| row.hold),
        "wrap" => Column::numbers(|row: &LegRow| row.wrap),
        "outcome" => Column::keys(vocabulary(Outcome::WORDS), |row: &LegRow| outcome_key(row.outcome)),
        _ => return None,
    })
}

/// How a column of `agent_time` is filled.
fn time_column(labels: &Labels, name: &str) -> Option<Column<TimeRow>> {
    let of_team = |names: &Names| {
        let keys = Arc::clone(&names.keys);
        Column::keys(Arc::clone(&names.words), move |row: &TimeRow| keys[row.team as usize])
    };
    let of_queue = |words, keys: &Arc<[i32]>| {
        let keys = Arc::clone(keys);
        Column::keys(words, move |row: &TimeRow| row.queue.map_or(NO_KEY, |queue| keys[queue as usize]))
    };
    Some(match name {
        "source" | "provider" => of_team(&labels.providers),
        "agent" => {
            let (keys, firsts) = (Arc::clone(&labels.agents.keys), Arc::clone(&labels.first_agents));
            Column::keys(Arc::clone(&labels.agents.words), move |row: &TimeRow| {
                keys[firsts[row.team as usize] + row.agent as usize]
            })
        }
        "program" => program_column(labels),
        "site" => of_team(&labels.sites),
        "team" => of_team(&labels.teams),
        "queue" => of_queue(Arc::clone(&labels.queues.words), &labels.queues.keys),
        "direction" => of_queue(vocabulary(Direction::WORDS), &labels.directions),
        "state" => Column::keys(vocabulary(AgentState::WORDS), |row: &TimeRow| row.state as i32),
        "from" => Column::instants(|row: &TimeRow| row.from),
        "until" => Column::instants(|row: &TimeRow| row.until),
        _ => return None,
    })
}

/// The program an agent works for: that of the contact in hand, nobody's if it is another client's, and while
/// waiting that of a dedicated team.
fn program_column(labels: &Labels) -> Column<TimeRow> {
    let (of_queue, of_team) = (Arc::clone(&labels.programs.keys), Arc::clone(&labels.dedicated));
    Column::keys(Arc::clone(&labels.programs.words), move |row: &TimeRow| match row.queue {
        Some(queue) => of_queue[queue as usize],
        None if row.others => NO_KEY,
        None => of_team[row.team as usize],
    })
}

fn outcome_key(outcome: Option<Outcome>) -> i32 {
    outcome.map_or(NO_KEY, |outcome| outcome as i32)
}

/// `orders-17` for the seventeenth customer of the queue, `orders-17.2` when they come back for the second time.
fn write_contact(bytes: &mut Vec<u8>, prefix: &[u8], number: u64, attempt: u8) {
    bytes.extend_from_slice(prefix);
    write_decimal(bytes, number + 1);
    if 0 < attempt {
        bytes.push(b'.');
        write_decimal(bytes, u64::from(attempt));
    }
}

fn write_decimal(bytes: &mut Vec<u8>, mut number: u64) {
    let (mut digits, mut first) = ([b'0'; 20], 20);
    while 9 < number {
        let pair = number % 100; // Two digits a division: the slow part.
        number /= 100;
        first -= 2;
        digits[first] += (pair / 10) as u8;
        digits[first + 1] += (pair % 10) as u8;
    }
    if 0 < number || first == 20 {
        first -= 1;
        digits[first] += number as u8;
    }
    bytes.extend_from_slice(&digits[first..]);
}

fn write_hex(bytes: &mut Vec<u8>, number: u64) {
    let digit = |place: usize| b"0123456789abcdef"[(number >> (60 - 4 * place) & 15) as usize];
    bytes.extend_from_slice(&std::array::from_fn::<u8, 16, _>(digit));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_ever() {
        let written = |write: fn(&mut Vec<u8>, u64), number| {
            let mut bytes = Vec::new();
            write(&mut bytes, number);
            String::from_utf8(bytes).unwrap()
        };
        for number in (0..2000).chain([9999, 10_000, 10_009, 123_456, 1_000_000, u64::MAX]) {
            assert_eq!(written(write_decimal, number), number.to_string());
            assert_eq!(written(write_hex, number), format!("{number:016x}"));
        }
    }
}
