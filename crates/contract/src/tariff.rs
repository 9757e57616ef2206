//! What a unit costs: by volume, by a contact's length, or by what another unit costs.

use longshore_units::{Amount, Exact, Factor, Milliseconds, Price, Quantity, RoundHow};

/// What a unit costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tariff {
    /// By volume; with one band, always the same.
    Bands {
        /// The bands.
        bands: Bands,
        /// What a band's price applies to.
        tiers: Tiers,
        /// Whose volume decides.
        by: TiersBy,
    },
    /// By the length of each contact.
    Lengths(Lengths),
    /// A share of what a unit of another charge costs: of its first band's price, or with volume tiers of the price that
    /// applied. Both charges count time, or the same unit.
    OfPrice {
        /// The share.
        share: Factor,
        /// The other charge's position; its own price is no share of another.
        of: usize,
    },
}

impl Tariff {
    /// One price for every unit.
    pub fn flat(price: Price) -> Tariff {
        Tariff::Bands { bands: Bands::flat(price), tiers: Tiers::Graduated, by: TiersBy::Quantity }
    }

    /// The only price there is, if it is by volume and there is only one.
    pub fn single(&self) -> Option<&Price> {
        match self {
            Tariff::Bands { bands, .. } => bands.single(),
            Tariff::Lengths(_) | Tariff::OfPrice { .. } => None,
        }
    }
}

/// What a band's price applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tiers {
    /// The units that lie in the band.
    Graduated,
    /// All units, by the band that the volume reaches.
    Volume,
    /// No unit: the band that the volume reaches has an amount.
    StairStep,
}

impl Tiers {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Tiers::Graduated => "graduated",
            Tiers::Volume => "volume",
            Tiers::StairStep => "stair-step",
        }
    }
}

/// Whose volume decides which band applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TiersBy {
    /// The charge's own quantity.
    Quantity,
    /// The agents on the provider's register, on average over the month. With volume tiers only.
    Agents,
}

/// Bands of volume: every quantity lies in exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bands {
    bands: Vec<Band>, // Invariant: the first starts at 0, the others after the one before, all bounds above 0 of one kind.
}

/// A band, and what it costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Where it begins.
    pub from: Bound,
    /// Whether it begins just above its bound, so that the bound itself lies in the band before.
    pub above: bool,
    /// What a unit costs, or a block.
    pub price: Price,
    /// Units that are billed together.
    pub block: Option<Block>,
    /// What the band costs besides, once the volume reaches it. The first band's is always due.
    pub fee: Amount,
    /// What the units in the band come to at most, without the fee.
    pub most: Option<Amount>,
}

impl Band {
    /// A plain band: so much a unit from there on.
    pub fn plain(from: Bound, price: Price) -> Band {
        Band { from, above: false, price, block: None, fee: Amount::zero(), most: None }
    }
}

/// Where a band begins, or a volume that is agreed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bound {
    /// So many units.
    Units(Quantity),
    /// A share of the locked forecast, in the same unit.
    OfForecast(Factor),
}

impl Bound {
    /// Whether it is 0 either way.
    pub fn is_zero(&self) -> bool {
        match self {
            Bound::Units(quantity) => quantity.is_zero(),
            Bound::OfForecast(share) => share.is_zero(),
        }
    }

    /// Its number: of units, or of the forecast's shares.
    pub(crate) fn number(&self) -> &Exact {
        match self {
            Bound::Units(quantity) => &quantity.0,
            Bound::OfForecast(share) => &share.0,
        }
    }

    /// In units, given the forecast. `None` if it depends on one that is not known.
    pub fn units(&self, forecast: Option<&Quantity>) -> Option<Quantity> {
        match self {
            Bound::Units(quantity) => Some(quantity.clone()),
            Bound::OfForecast(share) => forecast.map(|forecast| Quantity(&forecast.0 * &share.0)),
        }
    }
}

/// Units that are billed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// How many. Above 0.
    pub size: Quantity,
    /// What becomes of a block that is only begun.
    pub partial: RoundHow,
}

/// Prices by the length of each contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lengths {
    /// The first begins at 0, and they increase.
    pub lengths: Vec<Length>,
    /// Whether the part that the whole contact reaches prices all of it. Otherwise each part prices the time within it.
    pub whole: bool,
}

/// A part of a contact's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthStart {
    /// Where it begins; the bound itself lies in the part before.
    pub from: Milliseconds,
    /// In which steps time is billed within it; above 0.
    pub then: Milliseconds,
}

/// A part of a contact's length, with its price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Length {
    /// Where it begins, and its steps.
    pub start: LengthStart,
    /// What a unit of time costs within it.
    pub price: Price,
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
    /// A band begins at a share of the forecast and another at a number of units: which comes first is not known.
    #[error("band {0} begins at another kind of bound than the one before it")]
    Mixed(usize),
}

impl Bands {
    /// Bands in the order of their starts.
    pub fn new(bands: Vec<Band>) -> Result<Bands, BandsError> {
        if bands.first().is_none_or(|band| !band.from.is_zero() || band.above) {
            return Err(BandsError::GapAtStart);
        }
        for (position, pair) in bands.windows(2).enumerate() {
            // A band may begin just above the bound that the one before it begins with: months without any use, and others.
            let begins_above = !pair[0].above && pair[1].above;
            match (&pair[0].from, &pair[1].from) {
                (before, after) if before.is_zero() && (!after.is_zero() || begins_above) => {}
                (Bound::Units(before), Bound::Units(after)) if before < after || before == after && begins_above => {}
                (Bound::OfForecast(before), Bound::OfForecast(after))
                    if before < after || before == after && begins_above => {}
                (Bound::Units(_), Bound::OfForecast(_)) | (Bound::OfForecast(_), Bound::Units(_)) => {
                    return Err(BandsError::Mixed(position + 1));
                }
                _ => return Err(BandsError::NotIncreasing(position + 1)),
            }
        }
        Ok(Bands { bands })
    }

    /// One price for every quantity.
    pub fn flat(price: Price) -> Bands {
        Bands { bands: vec![Band::plain(Bound::Units(Quantity::zero()), price)] }
    }

    /// The same bands at other prices: `price` keeps where each begins.
    pub(crate) fn priced(&self, price: impl Fn(&Band) -> Band) -> Bands {
        let at = |band: &Band| Band { from: band.from.clone(), above: band.above, ..price(band) };
        Bands { bands: self.bands.iter().map(at).collect() }
    }

    /// The price of the first unit: the list price.
    pub fn list_price(&self) -> &Price {
        &self.bands[0].price
    }

    /// The only price there is, if there is only one and every unit costs it.
    pub fn single(&self) -> Option<&Price> {
        match self.bands.as_slice() {
            [only] if only.block.is_none() && only.fee.is_zero() && only.most.is_none() => Some(&only.price),
            _ => None,
        }
    }

    /// Whether each band is so much a unit and nothing else: no blocks, fees or caps.
    pub fn is_plain(&self) -> bool {
        self.bands.iter().all(|band| band.block.is_none() && band.fee.is_zero() && band.most.is_none())
    }

    /// The bands, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Band> {
        self.bands.iter()
    }

    /// How many there are; at least one.
    pub fn count(&self) -> usize {
        self.bands.len()
    }

    /// Whether any begins at a share of the forecast.
    pub fn is_relative(&self) -> bool {
        self.bands.iter().any(|band| matches!(band.from, Bound::OfForecast(_)) && !band.from.is_zero())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_without_a_gap_or_a_fold() {
        let band = |start: u64| Band::plain(Bound::Units(Quantity(Exact::from(start))), Price::zero());
        let share = |start: u64| Band::plain(Bound::OfForecast(Factor(Exact::from(start))), Price::zero());
        assert_eq!(Bands::new(vec![band(1)]), Err(BandsError::GapAtStart));
        assert_eq!(Bands::new(vec![]), Err(BandsError::GapAtStart));
        assert_eq!(Bands::new(vec![band(0), band(5), band(5)]), Err(BandsError::NotIncreasing(2)));
        assert_eq!(Bands::new(vec![band(0), band(5), share(1)]), Err(BandsError::Mixed(2)));
        assert!(Bands::new(vec![band(0), share(1)]).is_ok());
        let above = |start: u64| Band { above: true, ..band(start) };
        assert!(Bands::new(vec![band(0), above(0), band(5), above(5)]).is_ok());
        assert_eq!(Bands::new(vec![band(0), above(5), band(5)]), Err(BandsError::NotIncreasing(2)));
        assert_eq!(Bands::new(vec![above(0)]), Err(BandsError::GapAtStart));
        assert!(Bands::new(vec![band(0), band(5)]).is_ok());
    }
}
