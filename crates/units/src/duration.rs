//! Spans of time as contracts write them.

use std::fmt;
use std::str::FromStr;

/// A span of time in whole milliseconds, never negative. Contracts write `30s`, `4m10s`, `1h`, `250ms`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Milliseconds(pub u64);

/// A number of whole days. Contracts write `90 days` or `90d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(pub u32);

/// A number of whole months. Contracts write `3 months`, `1 year` or, for one of them, `year`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Months(pub u32);

impl Months {
    /// A hundred years: no contract counts more.
    pub const MOST: Months = Months(1200);
}

/// Why a text is not a span of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// Not of the form at all.
    #[error("`{0}` is not a duration; write 30s, 4m10s, 1h or 250ms")]
    Form(String),
    /// The units repeat or do not go from large to small.
    #[error("the units of `{0}` must each stand once, from large to small")]
    Order(String),
    /// Longer than any contact or contract.
    #[error("`{0}` is too long")]
    TooLong(String),
    /// Not a number of days.
    #[error("`{0}` is not a number of days; write 90 days")]
    Days(String),
    /// Not a number of months.
    #[error("`{0}` is not a number of months; write 3 months or 1 year, at most 100 years")]
    Months(String),
}

impl Milliseconds {
    /// A number of whole seconds.
    pub const fn seconds(seconds: u64) -> Milliseconds {
        Milliseconds(seconds * 1000)
    }
}

const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

impl FromStr for Milliseconds {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Milliseconds, DurationError> {
        let form = || DurationError::Form(text.to_owned());
        let too_long = || DurationError::TooLong(text.to_owned());
        let (mut rest, mut total, mut units) = (text.trim(), 0u64, UNITS.iter());
        if rest.is_empty() {
            return Err(form());
        }
        while !rest.is_empty() {
            let digits = rest.find(|character: char| !character.is_ascii_digit()).ok_or_else(form)?;
            let (number, after) = rest.split_at(digits);
            let end = after.find(|character: char| !character.is_ascii_alphabetic()).unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            if number.is_empty() || !UNITS.iter().any(|(name, _)| *name == unit) {
                return Err(form());
            }
            let (_, each) =
                units.find(|(name, _)| *name == unit).ok_or_else(|| DurationError::Order(text.to_owned()))?;
            let number: u64 = number.parse().map_err(|_| too_long())?;
            total = number.checked_mul(*each).and_then(|part| total.checked_add(part)).ok_or_else(too_long)?;
            rest = after.trim_start();
        }
        if total > i64::MAX as u64 { Err(too_long()) } else { Ok(Milliseconds(total)) }
    }
}

impl fmt::Display for Milliseconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        let mut rest = self.0;
        for (name, each) in UNITS {
            if rest >= each {
                write!(f, "{}{name}", rest / each)?;
                rest %= each;
            }
        }
        Ok(())
    }
}

impl FromStr for Days {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Days, DurationError> {
        let error = || DurationError::Days(text.to_owned());
        let trimmed = text.trim();
        let number = ["days", "day", "d"].iter().find_map(|unit| trimmed.strip_suffix(unit)).ok_or_else(error)?;
        let number = number.trim_end();
        if !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        number.parse().map(Days).map_err(|_| error())
    }
}

impl FromStr for Months {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Months, DurationError> {
        let error = || DurationError::Months(text.to_owned());
        let trimmed = text.trim();
        let digits = trimmed.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = trimmed.split_at(digits);
        let each = match unit.trim() {
            "month" | "months" => 1,
            "quarter" | "quarters" => 3,
            "year" | "years" => 12,
            _ => return Err(error()),
        };
        let number: u32 = if number.is_empty() { 1 } else { number.parse().map_err(|_| error())? };
        let months = number.checked_mul(each).map(Months).filter(|months| *months <= Months::MOST);
        months.ok_or_else(error)
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} month{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} day{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn durations_read_as_written() {
        for (text, milliseconds) in
            [("30s", 30_000), ("4m10s", 250_000), ("1h", 3_600_000), ("250ms", 250), ("1h 5m", 3_900_000)]
        {
            assert_eq!(text.parse::<Milliseconds>(), Ok(Milliseconds(milliseconds)), "{text}");
        }
        assert_eq!("90 days".parse::<Days>(), Ok(Days(90)));
        assert_eq!("1 day".parse::<Days>(), Ok(Days(1)));
        for (text, months) in [("3 months", 3), ("1 month", 1), ("year", 12), ("2 quarters", 6), ("0 months", 0)] {
            assert_eq!(text.parse(), Ok(Months(months)), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_said() {
        assert!(matches!("30".parse::<Milliseconds>(), Err(DurationError::Form(_))));
        assert!(matches!("s".parse::<Milliseconds>(), Err(DurationError::Form(_))));
        assert!(matches!("".parse::<Milliseconds>(), Err(DurationError::Form(_))));
        assert!(matches!("5s4m".parse::<Milliseconds>(), Err(DurationError::Order(_))));
        assert!(matches!("99999999999999999999h".parse::<Milliseconds>(), Err(DurationError::TooLong(_))));
        assert!("-3 days".parse::<Days>().is_err());
        assert!("+3 days".parse::<Days>().is_err());
        for text in ["", "3", "90 days", "-1 months", "101 years", "99999999999 months"] {
            assert!(text.parse::<Months>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(milliseconds in 0u64..1_000_000_000_000) {
            let span = Milliseconds(milliseconds);
            prop_assert_eq!(span.to_string().parse::<Milliseconds>(), Ok(span));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = (text.parse::<Milliseconds>(), text.parse::<Days>(), text.parse::<Months>());
        }
    }
}
