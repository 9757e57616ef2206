//! What is still to be done when a day begins.

use crate::contact::Contact;
use crate::scenario::Scenario;

/// Contacts there at the beginning of each local day, of the queues in which something is due.
pub(crate) struct Backlog<'a> {
    days: &'a [i64],
    horizon_until: i64,
    pub counts: Vec<Vec<u64>>,
}

impl<'a> Backlog<'a> {
    pub(crate) fn new(scenario: &'a Scenario) -> Backlog<'a> {
        let days = &scenario.day_starts;
        let of = |due: bool| if due { vec![0; days.len()] } else { Vec::new() };
        let counts = scenario.queues.iter().map(|queue| of(queue.due_ms.is_some())).collect();
        Backlog { days, horizon_until: scenario.horizon.until, counts }
    }

    /// A contact that arrived is done, or gone, then.
    #[inline]
    pub(crate) fn note(&mut self, contact: &Contact, until: i64) {
        let counts = &mut self.counts[contact.queue as usize];
        if counts.is_empty() {
            return;
        }
        let first = self.days.partition_point(|day| *day <= contact.arrived);
        for (day, count) in self.days[first..].iter().zip(&mut counts[first..]) {
            if until <= *day || self.horizon_until <= *day {
                break;
            }
            *count += 1;
        }
    }
}
