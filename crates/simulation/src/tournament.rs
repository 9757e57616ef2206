//! The earliest of a fixed number of times that change one at a time.

/// Marks a slot that has no time.
pub(crate) const NEVER: u64 = u64::MAX;

/// How many slots a tournament may have: a key holds its slot in so many low bits.
pub(crate) const SLOT_BITS: u32 = 20;

/// A binary tree in which every node is the smaller of its two children. A leaf is `time << SLOT_BITS | slot`, so equal
/// times are ordered by slot and the winner names its slot.
///
/// A change replays one path from leaf to root. The siblings on it are known beforehand, so unlike in a heap no step
/// waits for the comparison below it or for a branch.
pub(crate) struct Tournament {
    nodes: Vec<u64>, // The root at 1, the leaves in the second half.
}

impl Tournament {
    /// So many slots, all without a time.
    pub(crate) fn new(slots: usize) -> Tournament {
        debug_assert!(slots <= 1 << SLOT_BITS);
        Tournament { nodes: vec![NEVER; 2 * slots.next_power_of_two()] }
    }

    /// The winner: its time and slot.
    #[inline]
    pub(crate) fn first(&self) -> Option<(u64, usize)> {
        let key = self.nodes[1];
        (key != NEVER).then_some((key >> SLOT_BITS, (key & ((1 << SLOT_BITS) - 1)) as usize))
    }

    /// Gives a slot a time, or takes it away.
    #[inline]
    pub(crate) fn set(&mut self, slot: usize, time: Option<u64>) {
        let mut best = time.map_or(NEVER, |time| time << SLOT_BITS | slot as u64);
        let nodes = self.nodes.as_mut_slice();
        let mut node = nodes.len() / 2 + slot;
        if nodes[node] == best {
            return;
        }
        nodes[node] = best;
        while 1 < node {
            best = best.min(nodes[node ^ 1]);
            node /= 2;
            nodes[node] = best;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_first_is_the_smallest(slots in 1_usize..40, changes in prop::collection::vec((0_usize..40, prop::option::of(0_u64..50)), 0..200)) {
            let mut tournament = Tournament::new(slots);
            let mut times = vec![None; slots];
            for (slot, time) in changes {
                let slot = slot % slots;
                times[slot] = time;
                tournament.set(slot, time);
                let expected = times.iter().enumerate().filter_map(|(slot, time)| Some((time.as_ref().copied()?, slot))).min();
                prop_assert_eq!(tournament.first(), expected);
            }
        }
    }
}
