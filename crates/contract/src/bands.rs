//! Bands of volume, each with its price.

use longshore_units::{Price, Quantity};

/// Half-open bands of volume `[0, a) [a, b) … [z, ∞)`: every quantity lies in exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    bands: Vec<(Quantity, Price)>, // Invariant: the first start is 0, and starts strictly increase.
}

/// Why starts and prices are no bands. Positions count from 0.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BandsError {
    /// No band begins at 0, so that small volumes have no price.
    #[error("the first band must begin at 0")]
    GapAtStart,
    /// A band does not begin above the one before it.
    #[error("band {0} does not begin above the one before it")]
    NotIncreasing(usize),
}

impl Bands {
    /// Bands by their starts, in the charge's unit, and their prices.
    pub fn new(bands: Vec<(Quantity, Price)>) -> Result<Bands, BandsError> {
        if bands.first().is_none_or(|(start, _)| !start.is_zero()) {
            return Err(BandsError::GapAtStart);
        }
        match bands.windows(2).position(|pair| pair[1].0 <= pair[0].0) {
            Some(before) => Err(BandsError::NotIncreasing(before + 1)),
            None => Ok(Bands { bands }),
        }
    }

    /// One price for every quantity.
    pub fn flat(price: Price) -> Bands {
        Bands { bands: vec![(Quantity::zero(), price)] }
    }

    /// The price of the first unit: the list price.
    pub fn list_price(&self) -> &Price {
        &self.bands[0].1
    }

    /// The only price there is, if there is only one.
    pub fn single(&self) -> Option<&Price> {
        if self.bands.len() == 1 { Some(self.list_price()) } else { None }
    }

    /// Starts and prices, in order.
    pub fn iter(&self) -> impl Iterator<Item = &(Quantity, Price)> {
        self.bands.iter()
    }

    /// How much of `quantity` (not below 0) lies in each band, with the band's start and price. The parts sum to it.
    pub fn split<'b>(&'b self, quantity: &'b Quantity) -> impl Iterator<Item = (Quantity, &'b Quantity, &'b Price)> {
        self.bands.iter().enumerate().map(move |(position, (start, price))| {
            let end = self.bands.get(position + 1).map_or(quantity, |(next, _)| next.min(quantity));
            let part = if start < end { end - start } else { Quantity::zero() };
            (part, start, price)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use longshore_units::Exact;
    use proptest::prelude::*;

    use super::*;

    fn quantity(value: u64) -> Quantity {
        Quantity(Exact::from(value))
    }

    #[test]
    fn bands_without_a_gap_or_a_fold() {
        let band = |start: u64| (quantity(start), Price::zero());
        assert_eq!(Bands::new(vec![band(1)]), Err(BandsError::GapAtStart));
        assert_eq!(Bands::new(vec![]), Err(BandsError::GapAtStart));
        assert_eq!(Bands::new(vec![band(0), band(5), band(5)]), Err(BandsError::NotIncreasing(2)));
        assert!(Bands::new(vec![band(0), band(5)]).is_ok());
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_quantity(starts in prop::collection::btree_set(1u64..1_000_000, 0..8), amount in 0u64..2_000_000) {
            let starts: BTreeSet<u64> = starts.into_iter().chain([0]).collect();
            let bands = Bands::new(starts.into_iter().map(|start| (quantity(start), Price::zero())).collect()).unwrap();
            let whole = quantity(amount);
            prop_assert_eq!(bands.split(&whole).map(|(part, _, _)| part).sum::<Quantity>(), whole);
        }
    }
}
