//! Decimals with a fixed number of places, as Arrow stores them.

use std::fmt;
use std::str::FromStr;

use longshore_units::Exact;

/// An exact decimal with `PLACES` places, at most 38 digits in all.
///
/// ```
/// # use longshore_contacts::Decimal;
/// let price: Decimal<9> = "19.90".parse().unwrap();
/// assert_eq!(price.unscaled(), 19_900_000_000);
/// assert_eq!(price.to_string(), "19.9");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal<const PLACES: u8> {
    unscaled: i128, // Invariant: at most 38 digits, which is what the column holds.
}

/// Why a number is no decimal of so many places.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{number}` is no decimal with at most {places} places and 38 digits")]
pub struct DecimalError {
    /// The number.
    pub number: String,
    /// The places there are.
    pub places: u8,
}

const ABOVE: i128 = 10i128.pow(38);

impl<const PLACES: u8> Decimal<PLACES> {
    /// `unscaled` / 10^`PLACES`. `None` beyond 38 digits.
    pub const fn from_unscaled(unscaled: i128) -> Option<Decimal<PLACES>> {
        if -ABOVE < unscaled && unscaled < ABOVE { Some(Decimal { unscaled }) } else { None }
    }

    /// The number times 10^`PLACES`.
    pub const fn unscaled(self) -> i128 {
        self.unscaled
    }

    /// The same number, exactly.
    pub fn to_exact(self) -> Exact {
        Exact::ratio(self.unscaled, 10i128.pow(u32::from(PLACES))).expect("a power of ten is not 0")
    }
}

impl<const PLACES: u8> TryFrom<&Exact> for Decimal<PLACES> {
    type Error = DecimalError;

    /// # Errors
    /// If the number has more places, or more digits, than there are.
    fn try_from(number: &Exact) -> Result<Decimal<PLACES>, DecimalError> {
        let scale = Exact::from(10i128.pow(u32::from(PLACES)));
        let scaled = number * &scale;
        let unscaled = if scaled.is_whole() { scaled.to_i128() } else { None };
        unscaled
            .and_then(Decimal::from_unscaled)
            .ok_or_else(|| DecimalError { number: number.to_string(), places: PLACES })
    }
}

impl<const PLACES: u8> FromStr for Decimal<PLACES> {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Decimal<PLACES>, DecimalError> {
        let number: Exact = text.parse().map_err(|_| DecimalError { number: text.to_owned(), places: PLACES })?;
        Decimal::try_from(&number)
    }
}

impl<const PLACES: u8> fmt::Display for Decimal<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_exact().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact_or_refused() {
        assert_eq!("1.234567".parse::<Decimal<6>>().unwrap().unscaled(), 1_234_567);
        assert_eq!("-0.5".parse::<Decimal<6>>().unwrap().to_string(), "-0.5");
        assert!("1.2345678".parse::<Decimal<6>>().is_err());
        assert!("1/3".parse::<Decimal<6>>().is_err());
        assert!("1e3".parse::<Decimal<6>>().is_err());
        assert!(Decimal::<6>::from_unscaled(ABOVE).is_none());
        assert!(Decimal::<6>::from_unscaled(1 - ABOVE).is_some());
        assert!(Decimal::<6>::from_unscaled(i128::MIN).is_none());
    }
}
