//! Quantities, prices, amounts and money.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};
use std::str::FromStr;

use crate::Exact;

macro_rules! exact_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Exact);

        impl $name {
            /// Nought.
            pub fn zero() -> $name {
                $name(Exact::zero())
            }

            /// Whether this is 0.
            pub fn is_zero(&self) -> bool {
                self.0.is_zero()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

exact_newtype! {
    /// How much of a charge's unit was used: minutes, hours, contacts, agent-months. Exact.
    Quantity
}
exact_newtype! {
    /// What one unit costs, in a contract's currency. Exact.
    Price
}
exact_newtype! {
    /// A pure number that money is multiplied by: 0.25 for 25 percent, 14/31 for a part of a month. Exact.
    Factor
}
exact_newtype! {
    /// Money before its last rounding, in a contract's currency. Exact.
    Amount
}

macro_rules! additive {
    ($($name:ident),*) => {$(
        impl Add for &$name {
            type Output = $name;
            fn add(self, other: &$name) -> $name {
                $name(&self.0 + &other.0)
            }
        }
        impl Sub for &$name {
            type Output = $name;
            fn sub(self, other: &$name) -> $name {
                $name(&self.0 - &other.0)
            }
        }
        impl Neg for &$name {
            type Output = $name;
            fn neg(self) -> $name {
                $name(-&self.0)
            }
        }
        impl AddAssign<&$name> for $name {
            fn add_assign(&mut self, other: &$name) {
                self.0 = &self.0 + &other.0;
            }
        }
        impl std::iter::Sum for $name {
            fn sum<I: Iterator<Item = $name>>(parts: I) -> $name {
                parts.fold($name::zero(), |sum, part| &sum + &part)
            }
        }
    )*};
}
additive!(Quantity, Price, Amount);

impl Mul<&Quantity> for &Price {
    type Output = Amount;
    fn mul(self, quantity: &Quantity) -> Amount {
        Amount(&self.0 * &quantity.0)
    }
}

impl Mul<&Factor> for &Price {
    type Output = Price;
    fn mul(self, factor: &Factor) -> Price {
        Price(&self.0 * &factor.0)
    }
}

impl Mul<&Factor> for &Amount {
    type Output = Amount;
    fn mul(self, factor: &Factor) -> Amount {
        Amount(&self.0 * &factor.0)
    }
}

impl Mul<&Factor> for &Quantity {
    type Output = Quantity;
    fn mul(self, factor: &Factor) -> Quantity {
        Quantity(&self.0 * &factor.0)
    }
}

impl Factor {
    /// One.
    pub fn one() -> Factor {
        Factor(Exact::one())
    }

    /// The factor that is `percent` of a whole: 25 gives 1/4.
    pub fn percent(percent: &Exact) -> Factor {
        Factor(percent * &Exact::ratio(1, 100).expect("100 is not 0"))
    }

    /// `part` of `whole`, such as 14 of a month's 31 days. `None` if `whole` is 0.
    pub fn share(part: i128, whole: i128) -> Option<Factor> {
        Exact::ratio(part, whole).map(Factor)
    }
}

impl Amount {
    /// The nearest amount that the rounding allows.
    pub fn rounded(&self, rounding: &Rounding) -> Amount {
        Amount(self.0.rounded_to(&rounding.to, rounding.how))
    }

    /// This amount as money, if it is a whole number of minor units.
    pub fn to_money(&self, currency: Currency) -> Result<Money, MoneyError> {
        let minor = &self.0 * &Exact::from(10i128.pow(currency.minor_digits()));
        if !minor.is_whole() {
            return Err(MoneyError::NotWhole { amount: self.clone(), currency });
        }
        let minor = minor.to_i128().ok_or(MoneyError::TooLarge { currency })?;
        Ok(Money { minor, currency })
    }
}

/// Money: whole minor units of a currency (cents, centavos, yen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money {
    /// How many minor units. Negative for a credit.
    pub minor: i128,
    /// Of which currency.
    pub currency: Currency,
}

/// Why an amount or a sum is not money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// A fraction of a minor unit is left: a rounding is missing.
    #[error("{amount} is not a whole number of {currency} minor units")]
    NotWhole {
        /// The amount.
        amount: Amount,
        /// The currency it was to be paid in.
        currency: Currency,
    },
    /// More money than there is.
    #[error("an amount in {currency} is too large")]
    TooLarge {
        /// The currency.
        currency: Currency,
    },
    /// Two currencies met in one sum.
    #[error("{left} and {right} cannot be added")]
    Mixed {
        /// The one.
        left: Currency,
        /// The other.
        right: Currency,
    },
}

impl Money {
    /// No money.
    pub fn zero(currency: Currency) -> Money {
        Money { minor: 0, currency }
    }

    /// The sum, if both are of one currency and it fits.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed { left: self.currency, right: other.currency });
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::TooLarge { currency: self.currency })?;
        Ok(Money { minor, currency: self.currency })
    }

    /// The same money as an exact amount.
    pub fn to_amount(self) -> Amount {
        Amount(Exact::ratio(self.minor, 10i128.pow(self.currency.minor_digits())).expect("a power of 10 is not 0"))
    }
}

impl fmt::Display for Money {
    /// The decimal with all of the currency's places, without its name: `1234.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = self.to_amount().0.to_fixed(self.currency.minor_digits());
        f.write_str(&written.expect("money is whole minor units"))
    }
}

/// A currency by its ISO 4217 code.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

/// A text that names no currency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an ISO 4217 currency code such as USD")]
pub struct CurrencyError(pub String);

impl Currency {
    /// The three letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// How many decimals its money has: 2 for most, 0 for yen, 3 for dinars.
    pub fn minor_digits(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;
    fn from_str(code: &str) -> Result<Currency, CurrencyError> {
        iso_currency::Currency::from_code(code).map(Currency).ok_or_else(|| CurrencyError(code.to_owned()))
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Currency) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Currency) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Which way a number goes that lies between two that are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundHow {
    /// To the nearer; a half away from zero.
    HalfUp,
    /// To the nearer; a half to the even one.
    HalfEven,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// How amounts are rounded: to whole multiples of a step, and which way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rounding {
    to: Exact, // Invariant: above 0.
    how: RoundHow,
}

/// A step that nothing can be rounded to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rounding step must be above 0, not {0}")]
pub struct RoundingError(pub Exact);

impl Rounding {
    /// A rounding to whole multiples of `to`.
    pub fn new(to: Exact, how: RoundHow) -> Result<Rounding, RoundingError> {
        if to.is_zero() || to.is_negative() { Err(RoundingError(to)) } else { Ok(Rounding { to, how }) }
    }

    /// To the minor unit of a currency.
    pub fn to_minor_unit(currency: Currency, how: RoundHow) -> Rounding {
        let to = Exact::ratio(1, 10i128.pow(currency.minor_digits())).expect("a power of 10 is not 0");
        Rounding { to, how }
    }

    /// The step.
    pub fn to(&self) -> &Exact {
        &self.to
    }

    /// Which way.
    pub fn how(&self) -> RoundHow {
        self.how
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_never_a_fraction_of_a_cent() {
        let usd: Currency = "USD".parse().unwrap();
        let amount = Amount("1.005".parse().unwrap());
        assert!(matches!(amount.to_money(usd), Err(MoneyError::NotWhole { .. })));
        let cents = Rounding::to_minor_unit(usd, RoundHow::HalfUp);
        assert_eq!(amount.rounded(&cents).to_money(usd).unwrap().to_string(), "1.01");
    }

    #[test]
    fn currencies_have_their_own_minor_units() {
        for (code, amount, written) in [("USD", "1.5", "1.50"), ("JPY", "15", "15"), ("KWD", "-0.125", "-0.125")] {
            let currency: Currency = code.parse().unwrap();
            assert_eq!(Amount(amount.parse().unwrap()).to_money(currency).unwrap().to_string(), written);
        }
        assert!("XYZ!".parse::<Currency>().is_err());
    }

    #[test]
    fn too_much_money_is_an_error() {
        let usd: Currency = "USD".parse().unwrap();
        let huge = Amount(Exact::from(i128::MAX));
        assert_eq!(huge.to_money(usd), Err(MoneyError::TooLarge { currency: usd }));
        let most = Money { minor: i128::MAX, currency: usd };
        assert_eq!(most.plus(most), Err(MoneyError::TooLarge { currency: usd }));
    }
}
