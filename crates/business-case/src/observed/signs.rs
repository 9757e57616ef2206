//! Signs that it is time to buy service, and what short calls cost: computed from records, not asked.

use std::hash::{DefaultHasher, Hash, Hasher};

use longshore_contacts::Outcome;

/// What records say of the service today.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// How many came.
    pub came: u64,
    /// How many were answered.
    pub answered: u64,
    /// How many gave up waiting.
    pub abandoned: u64,
    /// How many were refused: no place, no agent, or closed.
    pub refused: u64,
    /// How many of those whose wait is known waited longer than five minutes, answered or not.
    pub over_five_minutes: u64,
    /// Of how many the wait is known.
    pub waits: u64,
    /// How many were to be called back.
    pub callbacks: u64,
    /// How many of these were called back later than a day after they came, or not at all.
    pub late_callbacks: u64,
    /// Answered contacts by their handle time, shortest quarter first: none where too few customers are known.
    pub quarters: Option<[Quarter; 4]>,
}

/// A quarter of the answered contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quarter {
    /// The longest handle time in it, in milliseconds.
    pub until_ms: i64,
    /// How many contacts it has.
    pub contacts: u64,
    /// After how many of them the customer came again within seven days.
    pub repeated: u64,
}

const WEEK: i64 = 7 * 86_400_000_000;

/// A contact of a known customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Visit {
    customer: u64,
    at: i64,
    handle: Option<i64>,
}

impl Visit {
    pub fn new(customer: &str, at: i64, handle: Option<i64>) -> Visit {
        let mut hasher = DefaultHasher::new(); // Always keyed alike: only equality is looked at.
        customer.hash(&mut hasher);
        Visit { customer: hasher.finish(), at, handle }
    }
}

impl Signs {
    pub(super) fn contact(&mut self, outcome: Option<Outcome>, wait_ms: Option<i64>, until_answer: Option<i64>) {
        const FIVE_MINUTES: i64 = 300_000;
        const DAY: i64 = 86_400_000_000;
        self.came += 1;
        match outcome {
            Some(Outcome::Answered) => self.answered += 1,
            Some(Outcome::Abandoned) => self.abandoned += 1,
            Some(Outcome::BlockedFull | Outcome::BlockedClosed | Outcome::BlockedEmpty) => self.refused += 1,
            Some(Outcome::CallbackOffered | Outcome::CallbackDone) => {
                self.callbacks += 1;
                self.late_callbacks += u64::from(until_answer.is_none_or(|until| DAY < until));
            }
            _ => {}
        }
        if let Some(wait) = wait_ms {
            self.waits += 1;
            self.over_five_minutes += u64::from(FIVE_MINUTES < wait);
        }
    }

    pub(super) fn counted(&mut self, offered: u64, answered: Option<u64>, abandoned: Option<u64>) {
        self.came += offered;
        self.answered += answered.unwrap_or(0);
        self.abandoned += abandoned.unwrap_or(0);
    }

    /// Who came again within a week, by how long the contact before took. Contacts of the last week of the records are left
    /// out: what followed them is not known.
    pub(super) fn repeats(&mut self, mut visits: Vec<Visit>) {
        const LEAST: usize = 400;
        visits.sort_unstable();
        let Some(last) = visits.iter().map(|visit| visit.at).max() else { return };
        let mut handled: Vec<(i64, bool)> = Vec::new();
        for (position, visit) in visits.iter().enumerate() {
            let Some(handle) = visit.handle.filter(|_| visit.at + WEEK <= last) else { continue };
            let next = visits.get(position + 1).filter(|next| next.customer == visit.customer);
            handled.push((handle, next.is_some_and(|next| next.at - visit.at <= WEEK)));
        }
        if handled.len() < LEAST {
            return;
        }
        handled.sort_unstable();
        let quarter = |quarter: usize| {
            let part = &handled[quarter * handled.len() / 4..(quarter + 1) * handled.len() / 4];
            let repeated = part.iter().filter(|(_, repeated)| *repeated).count() as u64;
            Quarter { until_ms: part.last().map_or(0, |(handle, _)| *handle), contacts: part.len() as u64, repeated }
        };
        self.quarters = Some(std::array::from_fn(quarter));
    }
}
