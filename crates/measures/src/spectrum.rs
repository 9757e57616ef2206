//! Every single time of a group, so that medians are medians.

/// Times in whole milliseconds. Up to 49 days each takes four bytes; longer ones, of which there are few, eight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spectrum {
    short: Vec<u32>,
    long: Vec<u64>,
}

impl Spectrum {
    #[inline]
    pub fn push(&mut self, milliseconds: u64) {
        match u32::try_from(milliseconds) {
            Ok(milliseconds) => {
                // By half, not to twice: most of the memory of a tally is here.
                if self.short.len() == self.short.capacity() {
                    self.short.reserve_exact((self.short.len() / 2).max(4));
                }
                self.short.push(milliseconds);
            }
            Err(_) => self.long.push(milliseconds),
        }
    }

    pub fn append(&mut self, other: Spectrum) {
        if self.short.is_empty() {
            self.short = other.short;
        } else {
            self.short.reserve_exact(other.short.len());
            self.short.extend_from_slice(&other.short);
        }
        self.long.extend(other.long);
    }

    pub fn len(&self) -> usize {
        self.short.len() + self.long.len()
    }

    /// Every time, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        self.short.iter().map(|time| u64::from(*time)).chain(self.long.iter().copied())
    }
}

/// Of all times of some spectra the least that at least `percent` hundredths of them are not above: the nearest rank,
/// ⌈n · percent / 100⌉. None where there are no times.
pub(crate) fn quantile<'s>(spectra: impl Iterator<Item = &'s Spectrum>, percent: u32) -> Option<u64> {
    let mut all: Vec<u64> = spectra.flat_map(Spectrum::iter).collect();
    let rank = (all.len() as u128 * u128::from(percent)).div_ceil(100).max(1) - 1;
    let rank = usize::try_from(rank).ok().filter(|rank| *rank < all.len())?;
    Some(*all.select_nth_unstable(rank).1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn so_many_are_not_above(
            times in prop::collection::vec(prop_oneof![0u64..500_000, (1u64 << 31)..(1 << 34)], 0..60),
            percent in 1u32..=100,
        ) {
            let mut spectra = [Spectrum::default(), Spectrum::default()];
            times.iter().enumerate().for_each(|(position, time)| spectra[position % 2].push(*time));
            let [mut one, other] = spectra.clone();
            let found = quantile(spectra.iter(), percent);
            one.append(other);
            prop_assert_eq!(one.len(), times.len());
            prop_assert_eq!(quantile([&one].into_iter(), percent), found);
            let enough = |limit: u64| times.iter().filter(|time| **time <= limit).count() * 100 >= times.len() * percent as usize;
            let least = times.iter().copied().filter(|time| enough(*time)).min();
            prop_assert_eq!(found, least);
        }
    }
}
