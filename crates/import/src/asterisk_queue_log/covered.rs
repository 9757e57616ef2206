//! Which stretches of the log were read before.

/// Stretches of time whose lines were read, whole. Exports overlap, and one that begins within such a stretch cuts into calls
/// that are known.
#[derive(Clone, Debug, Default)]
pub(super) struct Covered {
    /// Invariant: each begins no later than it ends, and they are sorted and apart.
    stretches: Vec<(i64, i64)>,
}

impl Covered {
    /// The most stretches. Beyond, the oldest are forgotten.
    const MOST: usize = 256;

    pub(super) fn new(stretches: Vec<(i64, i64)>) -> Covered {
        let mut covered = Covered::default();
        stretches.into_iter().for_each(|(from, until)| covered.add(from, until));
        covered
    }

    /// Adds a stretch, both ends included.
    pub(super) fn add(&mut self, from: i64, until: i64) {
        if until < from {
            return;
        }
        let (mut from, mut until) = (from, until);
        self.stretches.retain(|stretch| {
            let is_apart = stretch.1 < from || until < stretch.0;
            if !is_apart {
                (from, until) = (from.min(stretch.0), until.max(stretch.1));
            }
            is_apart
        });
        let place = self.stretches.partition_point(|stretch| stretch.0 < from);
        self.stretches.insert(place, (from, until));
        if Covered::MOST < self.stretches.len() {
            self.stretches.remove(0);
        }
    }

    /// The end of the stretch that an instant lies in.
    pub(super) fn until(&self, at: i64) -> Option<i64> {
        let place = self.stretches.partition_point(|stretch| stretch.0 <= at);
        let (_, until) = self.stretches[..place].last()?;
        (at <= *until).then_some(*until)
    }

    pub(super) fn stretches(&self) -> &[(i64, i64)] {
        &self.stretches
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_that_touch_are_one() {
        let mut covered = Covered::new(vec![(10, 20), (40, 50), (5, 1)]);
        assert_eq!([9, 10, 20, 21, 45].map(|at| covered.until(at)), [None, Some(20), Some(20), None, Some(50)]);
        covered.add(20, 40);
        assert_eq!(covered.stretches(), [(10, 50)]);
        covered.add(0, 5);
        assert_eq!(covered.stretches(), [(0, 5), (10, 50)]);
    }
}
