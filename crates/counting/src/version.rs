//! Which version of a contract is in force where an instant lies.

use crate::program::Version;
use crate::timeline::{Slot, Timeline};

/// No version: outside the term.
const NONE: u16 = u16::MAX;

/// The version in force at each slot. With one version alone nothing is looked up.
#[derive(Clone, Debug)]
pub(crate) struct Versions {
    versions: Vec<Version>,
    /// By slot, as far as they were asked for.
    of_slots: Vec<u16>,
}

impl Versions {
    pub fn new(versions: &[Version]) -> Versions {
        Versions { versions: versions.to_vec(), of_slots: Vec::new() }
    }

    /// Whether there is more than one.
    pub fn several(&self) -> bool {
        1 < self.versions.len()
    }

    /// The version in force at a slot; none outside.
    pub fn at(&mut self, slot: Slot, timeline: &Timeline) -> Option<u16> {
        let slot = slot as usize;
        for new in self.of_slots.len()..=slot {
            let of = timeline.place(new as Slot).and_then(|place| {
                self.versions.iter().position(|version| version.days.contains(place.date)).map(|of| of as u16)
            });
            self.of_slots.push(of.unwrap_or(NONE));
        }
        Some(self.of_slots[slot]).filter(|of| *of != NONE)
    }

    /// Whether a slot that is not outside is a version's.
    #[inline]
    pub fn is_of(&mut self, slot: Slot, version: u16, timeline: &Timeline) -> bool {
        !self.several() || self.at(slot, timeline) == Some(version)
    }
}
