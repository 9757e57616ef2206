//! Exact ratios of whole numbers, and the decimals they are written as.

use std::fmt;
use std::str::FromStr;

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::RoundHow;

/// An exact number: a ratio of whole numbers of any size.
///
/// It is written as a decimal (`0.42`), a whole number (`12`) or a ratio (`121/60`). A price of 0.80 a minute
/// counted by the second has no finite decimal; here nothing is lost.
///
/// ```
/// # use longshore_units::Exact;
/// let minutes: Exact = "121/60".parse().unwrap();
/// let price: Exact = "0.60".parse().unwrap();
/// assert_eq!((&minutes * &price).to_string(), "1.21");
/// assert_eq!(minutes.to_string(), "121/60");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(BigRational);

/// Why a text is not an exact number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExactError {
    /// Nothing but white space.
    #[error("a number is missing")]
    Empty,
    /// A character that has no place in a number, such as a thousands separator.
    #[error("`{0}` has no place in a number; write 1234.50, or a ratio such as 121/60")]
    Character(char),
    /// Digits are missing before or after the point or slash.
    #[error("digits are missing")]
    Digits,
    /// A ratio with nothing below the line.
    #[error("a ratio cannot have 0 below the line")]
    ZeroDivisor,
    /// More digits than any real figure has.
    #[error("more than {} digits", Exact::MAX_DIGITS)]
    TooLong,
}

impl Default for Exact {
    fn default() -> Exact {
        Exact::zero()
    }
}

impl Exact {
    /// The most digits a number may be written with: more than any real figure, few enough to stay fast.
    pub const MAX_DIGITS: usize = 60;

    /// Nought.
    pub fn zero() -> Exact {
        Exact(BigRational::zero())
    }

    /// One.
    pub fn one() -> Exact {
        Exact(BigRational::one())
    }

    /// The ratio of two whole numbers. `None` if the divisor is 0.
    pub fn ratio(above: i128, below: i128) -> Option<Exact> {
        (below != 0).then(|| Exact(BigRational::new(BigInt::from(above), BigInt::from(below))))
    }

    /// Whether this is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below 0.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether this is a whole number.
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// Whether this can be written as a decimal that ends.
    pub fn is_decimal(&self) -> bool {
        self.places().is_some()
    }

    /// The whole number this is, if it is one that fits.
    pub fn to_i128(&self) -> Option<i128> {
        if self.is_whole() { self.0.numer().to_i128() } else { None }
    }

    /// The whole numbers above and below the line, in lowest terms and the one below above 0, if both fit.
    pub fn to_ratio(&self) -> Option<(i128, i128)> {
        self.0.numer().to_i128().zip(self.0.denom().to_i128())
    }

    /// The nearest float. For pictures and probabilities only: never for money.
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The ratio of `self` to `other`. `None` if `other` is 0.
    pub fn divided_by(&self, other: &Exact) -> Option<Exact> {
        (!other.is_zero()).then(|| Exact(&self.0 / &other.0))
    }

    /// The whole multiple of `step` next to this number, in the direction `how` says.
    ///
    /// Halves of `HalfUp` go away from zero, so that a credit rounds as the charge it takes back.
    /// `step` must be above 0.
    pub fn rounded_to(&self, step: &Exact, how: RoundHow) -> Exact {
        assert!(!step.is_zero() && !step.is_negative(), "a rounding step is above 0");
        let steps = &self.0 / &step.0;
        let (above, below) = (steps.numer().abs(), steps.denom());
        let (whole, rest) = above.div_rem(below);
        let up = match how {
            RoundHow::Down => false,
            RoundHow::Up => !rest.is_zero(),
            RoundHow::HalfUp => &rest * 2 >= *below,
            RoundHow::HalfEven => {
                let twice = &rest * 2;
                twice > *below || (twice == *below && whole.is_odd())
            }
        };
        let whole = if up { whole + 1 } else { whole };
        let signed = if steps.is_negative() { -whole } else { whole };
        Exact(BigRational::from_integer(signed) * &step.0)
    }

    /// Written as a ratio of whole numbers, also where a decimal would end: `1/40`.
    pub fn to_fraction(&self) -> String {
        format!("{}/{}", self.0.numer(), self.0.denom())
    }

    /// Written with at most `places` decimals, rounded half away from zero, without trailing zeros.
    ///
    /// For what people read. Where exactness matters use [`fmt::Display`], which falls back to a ratio.
    pub fn to_decimal(&self, places: u32) -> String {
        let step = Exact(BigRational::new(BigInt::one(), BigInt::from(10).pow(places)));
        self.rounded_to(&step, RoundHow::HalfUp).to_string()
    }

    /// Written with exactly `places` decimals. `None` if that would lose anything.
    pub fn to_fixed(&self, places: u32) -> Option<String> {
        let scaled = &self.0 * BigRational::from_integer(BigInt::from(10).pow(places));
        scaled.is_integer().then(|| written(scaled.numer(), places as usize))
    }

    /// How many decimals it takes to write this number whole. `None` if no finite number does.
    fn places(&self) -> Option<usize> {
        let mut rest = self.0.denom().clone();
        let mut count = |prime: u32| {
            let mut times = 0usize;
            while (&rest % prime).is_zero() {
                rest /= prime;
                times += 1;
            }
            times
        };
        let (twos, fives) = (count(2), count(5));
        rest.is_one().then_some(twos.max(fives))
    }
}

/// `number` / 10^`places`, as a decimal with just that many places.
fn written(number: &BigInt, places: usize) -> String {
    let sign = if number.sign() == Sign::Minus { "-" } else { "" };
    let digits = format!("{:0>width$}", number.magnitude().to_string(), width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places() {
            Some(places) => {
                let scaled = &self.0 * BigRational::from_integer(BigInt::from(10).pow(places as u32));
                f.write_str(&written(scaled.numer(), places))
            }
            None => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Exact {
    type Err = ExactError;

    fn from_str(text: &str) -> Result<Exact, ExactError> {
        if text.trim().len() > Exact::MAX_DIGITS {
            return Err(ExactError::TooLong);
        }
        Exact::parse_computed(text)
    }
}

impl Exact {
    /// The most digits of a number that was computed: as many as common denominators of reasonable length allow.
    const MAX_COMPUTED_DIGITS: usize = 2000;

    /// Reads a number that was computed and written by [`fmt::Display`]: it may have more digits than people write.
    pub fn parse_computed(text: &str) -> Result<Exact, ExactError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ExactError::Empty);
        }
        if Exact::MAX_COMPUTED_DIGITS < text.len() {
            return Err(ExactError::TooLong);
        }
        match text.split_once('/') {
            Some((above, below)) => {
                let (above, below) = (decimal(above.trim_end())?, decimal(below.trim_start())?);
                if below.is_zero() { Err(ExactError::ZeroDivisor) } else { Ok(Exact(above / below)) }
            }
            None => decimal(text).map(Exact),
        }
    }
}

fn decimal(text: &str) -> Result<BigRational, ExactError> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    if let Some(character) = whole.chars().chain(part.chars()).find(|character| !character.is_ascii_digit()) {
        return Err(ExactError::Character(character));
    }
    if whole.is_empty() || part.is_empty() {
        return Err(ExactError::Digits);
    }
    let digits: BigInt = format!("{whole}{part}").parse().map_err(|_| ExactError::Digits)?;
    let value = BigRational::new(digits, BigInt::from(10).pow(part.len() as u32));
    Ok(if negative { -value } else { value })
}

impl From<i128> for Exact {
    fn from(whole: i128) -> Exact {
        Exact(BigRational::from_integer(BigInt::from(whole)))
    }
}

impl From<u64> for Exact {
    fn from(whole: u64) -> Exact {
        Exact(BigRational::from_integer(BigInt::from(whole)))
    }
}

/// What numbers that are to be summed have below the line in common, as long as that is short.
///
/// A sum of thousands of fractions of which no two share a divisor has as many digits below the line as all of them
/// together. Nobody means that, and reckoning with it takes hours: who reads numbers to be summed asks here first.
///
/// ```
/// # use longshore_units::{CommonDenominator, Exact};
/// let mut common = CommonDenominator::default();
/// assert!(["121/60", "0.42", "-7/3"].iter().all(|number| common.admits(&number.parse().unwrap())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonDenominator(BigInt);

impl Default for CommonDenominator {
    /// That of whole numbers.
    fn default() -> CommonDenominator {
        CommonDenominator(BigInt::one())
    }
}

impl CommonDenominator {
    /// The longest there may be: some 600 decimal digits, for a dozen of the longest fractions and hundreds of usual ones.
    const MOST_BITS: u64 = 2048;

    /// Takes a number in. `false` if the common denominator would be too long with it; it stays as it was then.
    pub fn admits(&mut self, number: &Exact) -> bool {
        let common = self.0.lcm(number.0.denom());
        let short = common.bits() <= CommonDenominator::MOST_BITS;
        if short {
            self.0 = common;
        }
        short
    }
}

macro_rules! operator {
    ($($trait:ident $method:ident $sign:tt),*) => {$(
        impl std::ops::$trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                Exact(&self.0 $sign &other.0)
            }
        }
    )*};
}
operator!(Add add +, Sub sub -, Mul mul *);

impl std::ops::Neg for &Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(-&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().expect(text)
    }

    #[test]
    fn what_is_not_a_number_is_said() {
        assert_eq!("500,000".parse::<Exact>(), Err(ExactError::Character(',')));
        assert_eq!("1e3".parse::<Exact>(), Err(ExactError::Character('e')));
        assert_eq!(".5".parse::<Exact>(), Err(ExactError::Digits));
        assert_eq!("".parse::<Exact>(), Err(ExactError::Empty));
        assert_eq!("1/0".parse::<Exact>(), Err(ExactError::ZeroDivisor));
        assert_eq!("-".parse::<Exact>(), Err(ExactError::Digits));
        assert_eq!("9".repeat(61).parse::<Exact>(), Err(ExactError::TooLong));
    }

    #[test]
    fn halves_go_where_the_rule_says() {
        let cent = exact("0.01");
        for (value, half_up, half_even, up, down) in [
            ("2.345", "2.35", "2.34", "2.35", "2.34"),
            ("-2.345", "-2.35", "-2.34", "-2.35", "-2.34"),
            ("2.355", "2.36", "2.36", "2.36", "2.35"),
            ("2.3401", "2.34", "2.34", "2.35", "2.34"),
        ] {
            let rounded = |how| exact(value).rounded_to(&cent, how).to_string();
            assert_eq!(rounded(RoundHow::HalfUp), half_up);
            assert_eq!(rounded(RoundHow::HalfEven), half_even);
            assert_eq!(rounded(RoundHow::Up), up);
            assert_eq!(rounded(RoundHow::Down), down);
        }
    }

    #[test]
    fn a_step_need_not_be_a_power_of_ten() {
        assert_eq!(exact("1.03").rounded_to(&exact("0.05"), RoundHow::HalfUp), exact("1.05"));
    }

    #[test]
    fn fractions_that_share_nothing_are_admitted_up_to_a_length() {
        let mut common = CommonDenominator::default();
        let below = |number: i128| Exact::ratio(1, (1 << 100) + number).unwrap();
        let admitted = (1..1000).filter(|number| common.admits(&below(*number))).count();
        assert!((20..60).contains(&admitted), "{admitted}");
        assert!(common.admits(&below(1)), "what was admitted is admitted again");
        assert!(common.admits(&exact("1234.50")));
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(above: i64, below in 1i64..) {
            let number = Exact::ratio(above.into(), below.into()).unwrap();
            prop_assert_eq!(number.to_string().parse::<Exact>().unwrap(), number);
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}") {
            let _ = text.parse::<Exact>();
        }

        #[test]
        fn a_rounded_number_is_within_a_step(above: i64, below in 1i64.., places in 0u32..6) {
            let number = Exact::ratio(above.into(), below.into()).unwrap();
            let step = Exact::ratio(1, 10i128.pow(places)).unwrap();
            for how in [RoundHow::HalfUp, RoundHow::HalfEven, RoundHow::Up, RoundHow::Down] {
                let off = &number.rounded_to(&step, how) - &number;
                prop_assert!(off < step.clone());
                prop_assert!(-&step < off);
            }
        }
    }
}
