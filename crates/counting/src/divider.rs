//! Division of many small numbers by the same one.

/// Divides by a number that is known beforehand, with one multiplication where both are below 2³².
#[derive(Clone, Copy, Debug)]
pub(crate) struct Divider {
    by: u64, // Invariant: above 0.
    /// ⌈2⁶⁴ / by⌉. With d = by and n both below 2³², ⌊n · magic / 2⁶⁴⌋ = ⌊n / d⌋: magic = (2⁶⁴ + e) / d with e < d, so
    /// n · magic / 2⁶⁴ = n/d + (n · e) / (d · 2⁶⁴), and that excess is below n / 2⁶⁴ < 2⁻³² < 1/d: too small to reach the
    /// next whole number, since n/d falls short of it by at least 1/d.
    magic: u64,
}

impl Divider {
    /// A divider by a number above 0.
    pub fn by(by: u64) -> Divider {
        assert!(0 < by, "nothing divides by 0");
        // By 1 the magic would be 2⁶⁴ itself; `up` handles it.
        Divider { by, magic: if by == 1 { 0 } else { (u64::MAX / by).wrapping_add(1) } }
    }

    /// `number` / by, rounded up.
    #[inline]
    pub fn up(self, number: u64) -> u64 {
        if self.by == 1 {
            return number;
        }
        // Half of 2³² leaves room for the by - 1 that rounding up adds.
        if number < 1 << 31 && self.by < 1 << 31 {
            ((u128::from(number + self.by - 1) * u128::from(self.magic)) >> 64) as u64
        } else {
            number.div_ceil(self.by)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edges() {
        for by in [1, 2, 3, 6000, 60_000, (1 << 32) - 1, 1 << 32, u64::MAX] {
            for number in [0, 1, by - 1, by, by.saturating_add(1), (1 << 32) - 1, 1 << 32, u64::MAX] {
                assert_eq!(Divider::by(by).up(number), number.div_ceil(by), "{number} / {by}");
            }
        }
    }

    proptest! {
        #[test]
        fn small_numbers(number: u32, by in 1u32..) {
            prop_assert_eq!(Divider::by(by.into()).up(number.into()), u64::from(number).div_ceil(by.into()));
        }

        #[test]
        fn any_numbers(number: u64, by in 1u64..) {
            prop_assert_eq!(Divider::by(by).up(number), number.div_ceil(by));
        }
    }
}
