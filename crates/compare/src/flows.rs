//! Contacts that follow from contacts: who comes back, and who is passed on to another queue.

use longshore_business_case::Handles;

/// Which share of each queue's contacts leads to another contact, and where.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Flows {
    shares: Vec<Vec<f64>>, // By the queue they come from, then by the queue they lead to.
}

/// The share of answered contacts that these teams pass on.
pub(crate) fn passed_on(handles: &Handles) -> f64 {
    handles.escalates.map_or(0.0, |escalation| escalation.share)
}

impl Flows {
    /// Nothing follows from so many queues.
    pub fn none(queues: usize) -> Flows {
        Flows { shares: vec![vec![0.0; queues]; queues] }
    }

    /// A further share of a queue's contacts goes on to a queue, or comes back to it.
    pub fn goes_on(&mut self, from: usize, to: usize, share: f64) {
        self.shares[from][to] += share;
    }

    /// The share of a queue's contacts that come back to it.
    pub fn comes_back(&self, queue: usize) -> f64 {
        self.shares[queue][queue]
    }

    /// The contacts of customers who come for the first time, where `counted` are all. `open` is the share of each step in
    /// which somebody takes a queue's contacts. By step; so are all others here.
    pub fn first(&self, counted: &[Vec<f64>], open: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let received = self.received(counted, open);
        let each = counted.iter().zip(received).enumerate();
        each.map(|(queue, (counted, received))| {
            let own = 1.0 - self.comes_back(queue);
            counted.iter().zip(received).map(|(counted, received)| (counted * own - received).max(0.0)).collect()
        })
        .collect()
    }

    /// All contacts, where `first` come for the first time.
    pub fn all(&self, first: &[Vec<f64>], open: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let mut all = self.with(first, None);
        if self.stays() {
            return all;
        }
        // Each round follows contacts one queue further: after eight, a millionth of what goes on at a tenth a round is left.
        for _ in 0..8 {
            all = self.with(first, Some(self.received(&all, open)));
        }
        all
    }

    fn with(&self, first: &[Vec<f64>], received: Option<Vec<Vec<f64>>>) -> Vec<Vec<f64>> {
        let each = first.iter().enumerate();
        each.map(|(queue, first)| {
            let own = 1.0 - self.comes_back(queue);
            let more = |step: usize| received.as_ref().map_or(0.0, |received| received[queue][step]);
            first.iter().enumerate().map(|(step, first)| (first + more(step)) / own).collect()
        })
        .collect()
    }

    /// Whether no contact leads to another queue.
    fn stays(&self) -> bool {
        let elsewhere =
            |from: usize, shares: &[f64]| shares.iter().enumerate().any(|(to, share)| to != from && 0.0 < *share);
        !self.shares.iter().enumerate().any(|(from, shares)| elsewhere(from, shares))
    }

    /// What each queue gets from others: at once where somebody takes its contacts; what comes while nobody does is spread
    /// over the next opening, as customers are called back.
    fn received(&self, all: &[Vec<f64>], open: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let steps = all.first().map_or(0, Vec::len);
        let mut received = vec![vec![0.0; steps]; all.len()];
        for (to, received) in received.iter_mut().enumerate() {
            let from: Vec<(usize, f64)> = (0..all.len())
                .map(|from| (from, self.shares[from][to]))
                .filter(|(from, share)| *from != to && 0.0 < *share)
                .collect();
            let mut waiting = 0.0;
            for step in 0..steps {
                let comes: f64 = from.iter().map(|(from, share)| all[*from][step] * share).sum();
                if open[to][step] <= 0.0 {
                    waiting += comes;
                    continue;
                }
                received[step] += comes;
                if 0.0 < waiting {
                    let opening = open[to][step..].iter().take_while(|share| 0.0 < **share);
                    let whole: f64 = opening.clone().sum();
                    received[step..].iter_mut().zip(opening).for_each(|(received, share)| {
                        *received += waiting * share / whole;
                    });
                    waiting = 0.0;
                }
            }
        }
        received
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_for_the_first_time_makes_what_is_counted() {
        let mut flows = Flows::none(2);
        flows.goes_on(0, 0, 0.2);
        flows.goes_on(0, 1, 0.1);
        flows.goes_on(1, 0, 0.05);
        let counted = vec![vec![100.0, 40.0, 0.0], vec![10.0, 0.0, 30.0]];
        let open = vec![vec![1.0, 1.0, 1.0], vec![1.0, 0.0, 1.0]];
        let first = flows.first(&counted, &open);
        // 80 of 100 come for the first time, less half a contact from the second queue; 40 of the closed step come later.
        assert_eq!(first[0], [79.5, 32.0, 0.0]);
        assert_eq!(first[1], [0.0, 0.0, 26.0]);
        let all = flows.all(&[vec![79.5, 32.0, 0.0], vec![0.0, 0.0, 26.0]], &open);
        for (all, counted) in all.iter().flatten().zip(counted.iter().flatten()) {
            assert!((all - counted).abs() < 2.0, "{all} is not about {counted}");
        }
    }

    #[test]
    fn what_comes_while_nobody_is_there_is_spread_over_the_next_opening() {
        let mut flows = Flows::none(2);
        flows.goes_on(0, 1, 0.5);
        let counted = vec![vec![10.0, 14.0, 4.0, 4.0, 4.0, 8.0], vec![0.0; 6]];
        let open = vec![vec![1.0; 6], vec![0.0, 0.0, 0.5, 1.0, 0.0, 0.0]];
        // Twelve wait: four for the half step, eight for the whole one; two come in each. Nobody is there after it.
        assert_eq!(flows.received(&counted, &open)[1], [0.0, 0.0, 6.0, 10.0, 0.0, 0.0]);
    }
}
