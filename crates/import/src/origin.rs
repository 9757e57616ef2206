//! What records do not say of themselves.

use std::collections::BTreeMap;

use longshore_contacts::Channel;
use longshore_units::Zone;

use crate::CustomerKey;

/// What the files of an import do not say of themselves.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The system the records come from, such as `pbx-cebu`: with it a contact's identifier is unique.
    pub source: String,
    /// Who was to serve the contacts.
    pub provider: String,
    /// The program, of queues that do not say their own.
    pub program: Option<String>,
    /// The site, of queues that do not say their own.
    pub site: Option<String>,
    /// The zone of clock times that name none.
    pub zone: Zone,
    /// Queues by their name in the records.
    pub queues: BTreeMap<String, QueueOrigin>,
    /// The key of customers' hashes. Without it rows name no customer.
    pub key: Option<CustomerKey>,
}

/// What records do not say of a queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QueueOrigin {
    /// The program it belongs to.
    pub program: Option<String>,
    /// Where it is served.
    pub site: Option<String>,
    /// Its language, as in BCP 47.
    pub language: Option<String>,
    /// Its medium, where the records do not say it.
    pub channel: Option<Channel>,
}

impl Origin {
    /// The program of a queue.
    pub fn program(&self, queue: Option<&str>) -> Option<&str> {
        self.queue(queue).and_then(|queue| queue.program.as_deref()).or(self.program.as_deref())
    }

    /// The site of a queue.
    pub fn site(&self, queue: Option<&str>) -> Option<&str> {
        self.queue(queue).and_then(|queue| queue.site.as_deref()).or(self.site.as_deref())
    }

    /// The language of a queue.
    pub fn language(&self, queue: Option<&str>) -> Option<&str> {
        self.queue(queue).and_then(|queue| queue.language.as_deref())
    }

    /// The medium of a queue, where it is told.
    pub fn channel(&self, queue: Option<&str>) -> Option<Channel> {
        self.queue(queue).and_then(|queue| queue.channel)
    }

    /// The customer behind a number or address; none without a key, or where the number is empty.
    pub fn customer(&self, raw: &str) -> Option<String> {
        let raw = raw.trim();
        self.key.as_ref().filter(|_| !raw.is_empty()).map(|key| key.customer(raw))
    }

    fn queue(&self, queue: Option<&str>) -> Option<&QueueOrigin> {
        self.queues.get(queue?)
    }
}
