//! Outbound work: customers who are called instead of calling.

use longshore_document::{Fields, Findings, Node};

use crate::reading::{LONGEST_MS, duration};

/// Customers to be called, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct CallList {
    /// How many are put on the list in a month of mean season.
    pub a_month: f64,
    /// How often each is tried at most.
    pub attempts: u8,
    /// How long after an attempt in vain the next may follow.
    pub again_after_ms: i64,
    /// The contact rate: the share of attempts that reach their customer.
    pub reached: f64,
    /// How long it rings where nobody answers, on average.
    pub ring_ms: f64,
    /// How long it rings where somebody does, on average.
    pub pickup_ms: f64,
    /// How long who answers waits for an agent before hanging up.
    pub patience_ms: i64,
    /// How many calls are placed for each free agent. Above 1 some who answer find no agent.
    pub calls_for_each: f64,
    /// How many agents must be free before any call is placed: for those who take calls as well.
    pub keep_free: u32,
}

impl CallList {
    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<CallList> {
        let mut fields = Fields::of(node, findings)?;
        let a_month = fields.require("a_month", "how many customers are to be called in a month: 2500", findings);
        let a_month = a_month.and_then(|node| node.whole(1, 10_000_000, findings));
        let reached = fields.require("reached", "the share of attempts that reach their customer: \"25%\"", findings);
        let reached = reached.and_then(|node| node.number(0.001, 1.0, findings));
        let attempts = fields.take("attempts").and_then(|node| node.whole(1, 50, findings)).unwrap_or(1);
        let mut time = |key: &'static str, otherwise: u64, findings: &mut Findings| {
            let length = fields.take(key).and_then(|node| duration(node, LONGEST_MS, findings)).unwrap_or(otherwise);
            i64::try_from(length).unwrap_or(i64::MAX)
        };
        let again_after_ms = time("again_after", 86_400_000, findings);
        let (ring, pickup) = (time("ring", 25_000, findings), time("pickup", 12_000, findings));
        let patience_ms = time("waits", 2_000, findings);
        let calls = fields.take("calls_for_each").and_then(|node| node.number(0.1, 20.0, findings));
        let keep_free = fields.take("keep_free").and_then(|node| node.whole(1, 10_000, findings)).unwrap_or(1);
        fields.finish(findings);
        Some(CallList {
            a_month: a_month? as f64,
            attempts: u8::try_from(attempts).ok()?,
            again_after_ms,
            reached: reached?,
            ring_ms: ring as f64,
            pickup_ms: pickup as f64,
            patience_ms,
            calls_for_each: calls.unwrap_or(1.0),
            keep_free: u32::try_from(keep_free).ok()?,
        })
    }

    /// The share of its customers who are reached, if all attempts are made.
    pub fn reached_in_the_end(&self) -> f64 {
        1.0 - (1.0 - self.reached).powi(i32::from(self.attempts))
    }

    /// How long an agent waits for the next customer who answers, while calls ring: so many attempts as one takes, as many
    /// at a time as are placed for each agent.
    pub fn wait_ms(&self) -> f64 {
        let attempt = self.reached * self.pickup_ms + (1.0 - self.reached) * self.ring_ms;
        attempt / self.reached / self.calls_for_each
    }
}
