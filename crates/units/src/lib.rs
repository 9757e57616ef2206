#![doc = include_str!("../README.md")]

mod calendar;
mod currency_mark;
mod diagnostic;
mod duration;
mod exact;
mod holidays;
mod money;
mod month;
mod plural;
mod written;
mod zone;

pub use calendar::{Calendar, CalendarDays, Hours, HoursError, WEEKDAYS};
pub use currency_mark::{CurrencyMark, currency_marks, currency_marks_of_title};
pub use diagnostic::{Diagnostic, Label, Severity, Text};
pub use duration::{Days, DurationError, Milliseconds, Months};
pub use exact::{CommonDenominator, Exact, ExactError};
pub use holidays::{HOLIDAY_CALENDARS, holidays, missing_holidays};
pub use money::{
    Amount, Currency, CurrencyError, Factor, Money, MoneyError, Price, Quantity, RoundHow, Rounding, RoundingError,
};
pub use month::{Month, MonthError, Term};
pub use plural::{plural, plural_of};
pub use written::{DateFormat, NumberFormat, WrittenNumber, bare, plain};
pub use zone::{Instant, Shown, Zone, ZoneError};
