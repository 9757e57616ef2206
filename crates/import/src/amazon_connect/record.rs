//! One contact trace record.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use jiff::Timestamp;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::Origin;

/// One delivery of one record, as far as rows hold it: customers as their hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Delivery {
    pub id: String,
    pub initial: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
    pub channel: Option<String>,
    pub method: Option<String>,
    /// Instants are microseconds since 1970.
    pub initiated: i64,
    pub disconnected: Option<i64>,
    pub reason: Option<String>,
    pub updated: Option<i64>,
    pub agent: Option<Agent>,
    pub queue: Option<Queue>,
    pub customer: Option<String>,
    /// Whether it was transferred to a number or address outside.
    pub transferred_out: bool,
    pub recording: Option<String>,
    /// The number of the record in its file.
    pub number: u64,
}

/// The agent who took it. Durations are milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Agent {
    pub name: Option<String>,
    pub team: Option<String>,
    pub connected: Option<i64>,
    pub talk: Option<i64>,
    pub hold: Option<i64>,
    pub wrap: Option<i64>,
    pub wrap_from: Option<i64>,
}

/// The queue it waited in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Queue {
    pub name: Option<String>,
    pub enqueued: Option<i64>,
    pub dequeued: Option<i64>,
    pub duration: Option<i64>,
}

/// A field whose value is none.
pub(super) struct Fault {
    pub field: &'static str,
    pub reason: &'static str,
    /// Whether nothing can be told without it.
    pub is_fatal: bool,
}

impl Delivery {
    /// Reads a record. Fields whose values are none are left out and told, unless nothing can be told without them.
    pub(super) fn read(json: &[u8], number: u64, origin: &Origin) -> Result<(Delivery, Vec<Fault>), Fault> {
        let record: Record<'_> = serde_json::from_slice(json).map_err(|error| not_a_record(&error))?;
        let mut faults = Vec::new();
        let mut taken = Taken { faults: &mut faults };
        let needed = |field, reason| Fault { field, reason, is_fatal: true };
        let id = taken.text("ContactId", record.contact_id).filter(|id| !id.is_empty() && id.len() <= LONGEST);
        let id = id.ok_or_else(|| needed("ContactId", "a record without contact is of nothing"))?;
        let initiated = taken.instant("InitiationTimestamp", record.initiation_timestamp);
        let initiated =
            initiated.ok_or_else(|| needed("InitiationTimestamp", "when the contact began must be told"))?;
        let endpoint =
            record.customer_endpoint.and_then(|endpoint| taken.text("CustomerEndpoint.Address", endpoint.address));
        let to = record.transferred_to_endpoint.and_then(|to| taken.text("TransferredToEndpoint.Address", to.address));
        let recordings = record.recording.into_iter().chain(record.recordings.into_iter().flatten());
        let recording = recordings.map(|recording| recording.location).find(|location| !location.is_absent());
        let delivery = Delivery {
            id,
            initial: taken.text("InitialContactId", record.initial_contact_id),
            previous: taken.text("PreviousContactId", record.previous_contact_id),
            next: taken.text("NextContactId", record.next_contact_id),
            channel: taken.text("Channel", record.channel),
            method: taken.text("InitiationMethod", record.initiation_method),
            initiated,
            disconnected: taken.instant("DisconnectTimestamp", record.disconnect_timestamp),
            reason: taken.text("DisconnectReason", record.disconnect_reason),
            updated: taken.instant("LastUpdateTimestamp", record.last_update_timestamp),
            agent: record.agent.map(|agent| agent.taken(&mut taken)),
            queue: record.queue.map(|queue| queue.taken(&mut taken)),
            customer: endpoint.and_then(|address| origin.customer(&address)),
            transferred_out: to.is_some(),
            recording: recording.and_then(|location| taken.text("Recording.Location", location)),
            number,
        };
        Ok((delivery, faults))
    }
}

/// The longest identifier, in bytes.
const LONGEST: usize = 256;

/// Says no more than where: the parser's own words would quote what stands there.
fn not_a_record(error: &serde_json::Error) -> Fault {
    let reason = match error.classify() {
        serde_json::error::Category::Data => "it is no contact record: a part of it that should be an object is none",
        _ => "it is no JSON object",
    };
    Fault { field: "record", reason, is_fatal: true }
}

/// A record as Amazon Connect writes it. What is not needed is passed over.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Record<'j> {
    #[serde(borrow)]
    contact_id: Text<'j>,
    #[serde(borrow)]
    initial_contact_id: Text<'j>,
    #[serde(borrow)]
    previous_contact_id: Text<'j>,
    #[serde(borrow)]
    next_contact_id: Text<'j>,
    #[serde(borrow)]
    channel: Text<'j>,
    #[serde(borrow)]
    initiation_method: Text<'j>,
    #[serde(borrow)]
    initiation_timestamp: Text<'j>,
    #[serde(borrow)]
    disconnect_timestamp: Text<'j>,
    #[serde(borrow)]
    disconnect_reason: Text<'j>,
    #[serde(borrow)]
    last_update_timestamp: Text<'j>,
    #[serde(borrow)]
    agent: Option<AgentPart<'j>>,
    #[serde(borrow)]
    queue: Option<QueuePart<'j>>,
    #[serde(borrow)]
    customer_endpoint: Option<Endpoint<'j>>,
    #[serde(borrow)]
    transferred_to_endpoint: Option<Endpoint<'j>>,
    #[serde(borrow)]
    recording: Option<Recording<'j>>,
    #[serde(borrow)]
    recordings: Option<Vec<Recording<'j>>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct AgentPart<'j> {
    #[serde(borrow)]
    username: Text<'j>,
    #[serde(borrow)]
    connected_to_agent_timestamp: Text<'j>,
    agent_interaction_duration: Seconds,
    customer_hold_duration: Seconds,
    after_contact_work_duration: Seconds,
    #[serde(borrow)]
    after_contact_work_start_timestamp: Text<'j>,
    #[serde(borrow)]
    hierarchy_groups: Option<Groups<'j>>,
}

/// The agent's place in the hierarchy, from the widest level to the narrowest.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Groups<'j> {
    #[serde(borrow)]
    level1: Option<Group<'j>>,
    #[serde(borrow)]
    level2: Option<Group<'j>>,
    #[serde(borrow)]
    level3: Option<Group<'j>>,
    #[serde(borrow)]
    level4: Option<Group<'j>>,
    #[serde(borrow)]
    level5: Option<Group<'j>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Group<'j> {
    #[serde(borrow)]
    group_name: Text<'j>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct QueuePart<'j> {
    #[serde(borrow)]
    name: Text<'j>,
    #[serde(borrow)]
    enqueue_timestamp: Text<'j>,
    #[serde(borrow)]
    dequeue_timestamp: Text<'j>,
    duration: Seconds,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Endpoint<'j> {
    #[serde(borrow)]
    address: Text<'j>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Recording<'j> {
    #[serde(borrow)]
    location: Text<'j>,
}

impl AgentPart<'_> {
    fn taken(self, taken: &mut Taken<'_>) -> Agent {
        let groups = self.hierarchy_groups.unwrap_or_default();
        let levels = [groups.level5, groups.level4, groups.level3, groups.level2, groups.level1];
        let team = levels.into_iter().flatten().map(|group| group.group_name).find(|name| !name.is_absent());
        Agent {
            name: taken.text("Agent.Username", self.username),
            team: team.and_then(|name| taken.text("Agent.HierarchyGroups", name)),
            connected: taken.instant("Agent.ConnectedToAgentTimestamp", self.connected_to_agent_timestamp),
            talk: taken.seconds("Agent.AgentInteractionDuration", self.agent_interaction_duration),
            hold: taken.seconds("Agent.CustomerHoldDuration", self.customer_hold_duration),
            wrap: taken.seconds("Agent.AfterContactWorkDuration", self.after_contact_work_duration),
            wrap_from: taken.instant("Agent.AfterContactWorkStartTimestamp", self.after_contact_work_start_timestamp),
        }
    }
}

impl QueuePart<'_> {
    fn taken(self, taken: &mut Taken<'_>) -> Queue {
        Queue {
            name: taken.text("Queue.Name", self.name),
            enqueued: taken.instant("Queue.EnqueueTimestamp", self.enqueue_timestamp),
            dequeued: taken.instant("Queue.DequeueTimestamp", self.dequeue_timestamp),
            duration: taken.seconds("Queue.Duration", self.duration),
        }
    }
}

/// What becomes of a record's fields.
struct Taken<'f> {
    faults: &'f mut Vec<Fault>,
}

impl Taken<'_> {
    fn text(&mut self, field: &'static str, text: Text<'_>) -> Option<String> {
        match text.0 {
            Loose::Is(text) if text.is_empty() => None,
            Loose::Is(text) => Some(text.into_owned()),
            Loose::Absent => None,
            Loose::Wrong => self.fault(field, "it is no text; the record is kept without it"),
        }
    }

    fn instant(&mut self, field: &'static str, text: Text<'_>) -> Option<i64> {
        match text.0 {
            Loose::Is(text) if text.is_empty() => None,
            Loose::Is(text) => match instant(&text) {
                Some(at) => Some(at),
                None => self.fault(field, "it is no instant such as 2026-03-02T09:00:00Z"),
            },
            Loose::Absent => None,
            Loose::Wrong => self.fault(field, "it is no instant such as 2026-03-02T09:00:00Z"),
        }
    }

    fn seconds(&mut self, field: &'static str, seconds: Seconds) -> Option<i64> {
        match seconds.0 {
            Loose::Is(seconds) => Some(seconds * 1000),
            Loose::Absent => None,
            Loose::Wrong => self.fault(field, "it is no whole number of seconds; the record is kept without it"),
        }
    }

    fn fault<T>(&mut self, field: &'static str, reason: &'static str) -> Option<T> {
        self.faults.push(Fault { field, reason, is_fatal: false });
        None
    }
}

/// An instant with its zone, nearly always in the form `2026-03-02T09:00:00Z`.
fn instant(text: &str) -> Option<i64> {
    let timestamp: Timestamp = text.parse().ok()?;
    Some(timestamp.as_microsecond())
}

/// A value that may be of the wrong type without spoiling the rest.
#[derive(Default)]
enum Loose<T> {
    Is(T),
    #[default]
    Absent,
    Wrong,
}

#[derive(Default)]
struct Text<'j>(Loose<Cow<'j, str>>);

#[derive(Default)]
struct Seconds(Loose<i64>);

impl Text<'_> {
    fn is_absent(&self) -> bool {
        matches!(self.0, Loose::Absent)
    }
}

/// No contact lasts longer: a thousand years, so that sums of milliseconds have room.
const MOST_SECONDS: i64 = 31_556_952_000;

impl<'de: 'j, 'j> Deserialize<'de> for Text<'j> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text<'j>, D::Error> {
        deserializer.deserialize_any(Any(PhantomData)).map(|value| {
            Text(match value {
                Value::Text(text) => Loose::Is(text),
                Value::Null => Loose::Absent,
                Value::Number(_) | Value::Other => Loose::Wrong,
            })
        })
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
        deserializer.deserialize_any(Any(PhantomData)).map(|value| {
            Seconds(match value {
                Value::Number(number) if (0..=MOST_SECONDS).contains(&number) => Loose::Is(number),
                Value::Null => Loose::Absent,
                Value::Number(_) | Value::Text(_) | Value::Other => Loose::Wrong,
            })
        })
    }
}

/// Any value.
enum Value<'j> {
    Null,
    Text(Cow<'j, str>),
    Number(i64),
    Other,
}

struct Any<'j>(PhantomData<&'j str>);

impl<'de: 'j, 'j> Visitor<'de> for Any<'j> {
    type Value = Value<'j>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'j>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'j>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Value<'j>, E> {
        Ok(Value::Null)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'j>, E> {
        Ok(Value::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'j>, E> {
        Ok(i64::try_from(number).map_or(Value::Other, Value::Number))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value<'j>, E> {
        Ok(Value::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value<'j>, E> {
        Ok(Value::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value<'j>, A::Error> {
        while values.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut values: A) -> Result<Value<'j>, A::Error> {
        while values.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}
