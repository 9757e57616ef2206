//! What stands in a cell, and what it says as a value of a field.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use longshore_units::{Exact, Instant, NumberFormat, RoundHow, Shown, Zone, plain};

use crate::mapping::{ClockChange, Days, Doubled, Formats, Unit};

/// What stands in a cell of a file, as far as the file itself says it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'r> {
    Text(Cow<'r, str>),
    Number(Exact),
    Flag(bool),
    /// A day, and what clocks show on it.
    Moment(DateTime),
    /// A time of day or a span, in milliseconds.
    Span(i64),
    /// A point in time, in microseconds.
    Instant(i64),
    /// What a spreadsheet shows in place of a value.
    Error(String),
}

/// Why a cell does not say what it should.
pub(super) type Why = String;

/// Nothing stands there.
pub(super) const EMPTY: Cell<'static> = Cell::Text(Cow::Borrowed(""));

impl Cell<'_> {
    /// Its text, as names and words are compared.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Text(text) => Cow::Borrowed(text.trim()),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Cell::Moment(moment) => Cow::Owned(moment.to_string()),
            Cell::Span(span) => Cow::Owned(spelled(*span)),
            Cell::Instant(at) => Cow::Owned(Instant(*at).to_string()),
            Cell::Error(error) => Cow::Borrowed(error),
        }
    }

    /// Whether nothing is known: the cell is empty, or holds what the file writes for nothing.
    pub fn is_null(&self, null: &[String]) -> bool {
        match self {
            Cell::Text(text) => {
                let text = text.trim();
                text.is_empty() || null.iter().any(|word| word == text)
            }
            Cell::Error(_) => false,
            _ if null.is_empty() => false,
            other => null.iter().any(|word| *word == other.text()),
        }
    }

    /// A span, in milliseconds. What is finer is left out.
    pub fn span(&self, formats: &Formats) -> Result<i64, Why> {
        let unit = match formats.unit {
            Some(Unit::Milliseconds(unit)) => unit,
            _ => 1000,
        };
        match self {
            Cell::Span(span) => Ok(*span),
            Cell::Number(number) => units(number, unit),
            Cell::Text(text) if text.contains(':') => {
                let span = clock(text.trim(), formats.unit == Some(Unit::HoursAndMinutes));
                span.ok_or_else(|| format!("{} is no span of time such as 0:05:30", quoted(text)))
            }
            Cell::Text(text) => match whole(text.trim()) {
                Some(whole) => whole.checked_mul(unit).ok_or_else(|| format!("{} is too long", quoted(text))),
                None => units(&number(text, formats.numbers)?, unit),
            },
            other => Err(format!("{} is no span of time", quoted(&other.text()))),
        }
    }

    /// A whole number.
    pub fn whole(&self, formats: &Formats) -> Result<i64, Why> {
        if let Cell::Text(text) = self
            && let Some(whole) = whole(text.trim())
        {
            return Ok(whole);
        }
        let number = self.number(formats)?;
        let whole = if number.is_whole() { number.to_i128() } else { None };
        whole
            .and_then(|whole| i64::try_from(whole).ok())
            .ok_or_else(|| format!("{} is no whole number", quoted(&self.text())))
    }

    /// A number.
    pub fn number(&self, formats: &Formats) -> Result<Exact, Why> {
        match self {
            Cell::Number(number) => Ok(number.clone()),
            Cell::Text(text) => number(text, formats.numbers),
            other => Err(format!("{} is no number", quoted(&other.text()))),
        }
    }

    /// Yes or no.
    pub fn flag(&self) -> Result<bool, Why> {
        if let Cell::Flag(flag) = self {
            return Ok(*flag);
        }
        match plain(&self.text()).as_str() {
            "true" | "yes" | "y" | "t" | "1" | "x" | "si" | "sí" | "da" | "verdadero" => Ok(true),
            "false" | "no" | "n" | "f" | "0" | "nu" | "falso" => Ok(false),
            _ => Err(format!("{} is neither yes nor no; give `words`", quoted(&self.text()))),
        }
    }

    /// A day.
    pub fn day(&self, formats: &Formats, zone: &Zone) -> Result<Date, Why> {
        let refused = || format!("{} is no day{}", quoted(&self.text()), like(&formats.days));
        match (self, &formats.days) {
            (Cell::Moment(moment), _) => Ok(moment.date()),
            (Cell::Instant(at), _) => zone.date(Instant(*at)).ok_or_else(refused),
            (_, Days::Since1970(_)) => zone.date(self.instant(formats, zone)?).ok_or_else(refused),
            (Cell::Text(text), Days::Pattern(pattern)) => {
                let (day, rest) = pattern.day_first(text.trim()).ok_or_else(refused)?;
                // A time behind the day says nothing of it.
                let rest = rest.trim_start_matches(['T', ',', ' ']);
                if rest.is_empty() || time_of_day(rest).is_some() { Ok(day) } else { Err(refused()) }
            }
            (Cell::Number(number), Days::Pattern(pattern)) => pattern.day(&number.to_string()).ok_or_else(refused),
            _ => Err(refused()),
        }
    }

    /// A time of day, in microseconds since midnight.
    pub fn time(&self) -> Result<i64, Why> {
        match self {
            Cell::Span(span) if (0..2 * DAY / 1000).contains(span) => Ok(span * 1000),
            Cell::Moment(moment) => Ok(micros(moment.time())),
            Cell::Text(text) => {
                time_of_day(text).ok_or_else(|| format!("{} is no time of day such as 14:05:00", quoted(text)))
            }
            other => Err(format!("{} is no time of day such as 14:05:00", quoted(&other.text()))),
        }
    }

    /// A point in time.
    pub fn instant(&self, formats: &Formats, zone: &Zone) -> Result<Instant, Why> {
        match (self, &formats.days) {
            (Cell::Instant(at), _) => Ok(Instant(*at)),
            (Cell::Moment(moment), _) => at(*moment, zone, formats.clock_change),
            (Cell::Number(_) | Cell::Text(_), Days::Since1970(unit)) => {
                units(&self.number(formats)?, *unit).map(Instant)
            }
            (Cell::Text(text), Days::Pattern(pattern)) => {
                let refused = || {
                    let like = like(&formats.days);
                    format!("{} is no day with a time{like}", quoted(text))
                };
                let (day, rest) = pattern.day_first(text.trim()).ok_or_else(refused)?;
                let rest = rest.trim_start_matches(['T', ',', ' ']);
                let (rest, offset) = offset(rest);
                let time = time_of_day(rest).ok_or_else(refused)?;
                match offset {
                    Some(offset) => since_1970(day, time).map(|at| Instant(at - offset)).ok_or_else(refused),
                    None => {
                        moment(day, time).ok_or_else(refused).and_then(|moment| at(moment, zone, formats.clock_change))
                    }
                }
            }
            (other, _) => Err(format!("{} is no day with a time", quoted(&other.text()))),
        }
    }
}

const DAY: i64 = 86_400_000_000;

/// When clocks show that day and time of day, which may lie on the next day: 25:10.
pub(super) fn day_and_time(day: Date, time: i64, zone: &Zone, change: ClockChange) -> Result<Instant, Why> {
    let moment = moment(day, time).ok_or_else(|| "the day lies outside the years of calendars".to_owned())?;
    at(moment, zone, change)
}

/// The instant nearest to another at which clocks show a time of day.
pub(super) fn near(time: i64, other: Instant, zone: &Zone) -> Option<Instant> {
    let day = zone.date(other)?;
    let days = [day.yesterday().ok(), Some(day), day.tomorrow().ok()];
    let readings = days.into_iter().flatten().filter_map(|day| moment(day, time));
    let both = readings.flat_map(|moment| {
        [Some(Doubled::First), Some(Doubled::Second)]
            .map(|doubled| at(moment, zone, ClockChange { doubled, shifts: true }))
    });
    both.flatten().min_by_key(|at| at.0.abs_diff(other.0))
}

/// When clocks show this.
fn at(moment: DateTime, zone: &Zone, change: ClockChange) -> Result<Instant, Why> {
    let shown = zone.shown(moment).ok_or_else(|| "it lies outside the years of calendars".to_owned())?;
    match (shown, change.doubled) {
        (Shown::Once(at), _)
        | (Shown::Twice(at, _), Some(Doubled::First))
        | (Shown::Twice(_, at), Some(Doubled::Second)) => Ok(at),
        (Shown::Twice(..), None) => Err("clocks showed this time twice that day".to_owned()),
        (Shown::Never { moved }, _) if change.shifts => Ok(moved),
        (Shown::Never { .. }, _) => {
            Err("clocks were put forward over this time; `missing_hour = \"shift\"` takes it for an hour later"
                .to_owned())
        }
    }
}

/// A day and microseconds since its midnight, up to a day and more.
fn moment(day: Date, time: i64) -> Option<DateTime> {
    let day = if DAY <= time { day.tomorrow().ok()? } else { day };
    let time = time % DAY;
    let (seconds, rest) = (time / 1_000_000, time % 1_000_000);
    let part = |value: i64| i8::try_from(value).ok();
    let (hour, minute, second) = (part(seconds / 3600)?, part(seconds / 60 % 60)?, part(seconds % 60)?);
    Some(day.at(hour, minute, second, i32::try_from(rest * 1000).ok()?))
}

/// Microseconds since 1970 at which clocks in Greenwich show this.
fn since_1970(day: Date, time: i64) -> Option<i64> {
    let at = Zone::utc().shown(moment(day, time)?)?;
    match at {
        Shown::Once(at) => Some(at.0),
        _ => None,
    }
}

fn micros(time: Time) -> i64 {
    let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
    seconds * 1_000_000 + i64::from(time.subsec_nanosecond()) / 1000
}

/// A time of day in microseconds since midnight: `7:02`, `07:02:47.250`, `7:02:47 PM`. Hours go on behind midnight where a
/// system counts them so: 25:10.
pub(crate) fn time_of_day(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits =
        text.find(|sign: char| !(sign.is_ascii_digit() || matches!(sign, ':' | '.' | ','))).unwrap_or(text.len());
    let (time, half) = text.split_at(digits);
    let mut parts = time.split(':');
    let (hour, minute) = (whole(parts.next()?)?, parts.next()?);
    let (second, fraction) = match parts.next() {
        Some(second) => second.split_once(['.', ',']).unwrap_or((second, "")),
        None => ("0", ""),
    };
    if parts.next().is_some() || minute.len() != 2 || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let (minute, second) = (whole(minute)?, whole(second)?);
    let micros = whole(&format!("{fraction:0<6.6}"))?;
    let half: String =
        half.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    let hour = match half.as_str() {
        "" if digits == text.len() => hour,
        "am" if (1..=12).contains(&hour) => hour % 12,
        "pm" if (1..=12).contains(&hour) => hour % 12 + 12,
        _ => return None,
    };
    let sound = (0..48).contains(&hour) && (0..60).contains(&minute) && (0..60).contains(&second);
    sound.then_some(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

/// The offset from Greenwich at the end of a text, in microseconds, and what stands before it.
fn offset(text: &str) -> (&str, Option<i64>) {
    if let Some(rest) = text.strip_suffix(['Z', 'z']).or(text.strip_suffix("UTC")).or(text.strip_suffix("GMT")) {
        return (rest.trim_end(), Some(0));
    }
    let Some(start) = text.rfind(['+', '-', '−']) else { return (text, None) };
    let (rest, offset) = text.split_at(start);
    let negative = !offset.starts_with('+');
    let digits: String = offset.chars().filter(char::is_ascii_digit).collect();
    let signs = offset.chars().skip(1).filter(|sign| !sign.is_ascii_digit()).collect::<String>();
    let (hours, minutes) = match (digits.len(), signs.as_str()) {
        (2, "") => (whole(&digits), Some(0)),
        (4, "" | ":") => (whole(&digits[..2]), whole(&digits[2..])),
        _ => return (text, None),
    };
    let Some((hours, minutes)) = hours.zip(minutes).filter(|(hours, minutes)| *hours < 24 && *minutes < 60) else {
        return (text, None);
    };
    let offset = (hours * 60 + minutes) * 60_000_000;
    (rest.trim_end(), Some(if negative { -offset } else { offset }))
}

/// A span as clocks show it, in milliseconds: `1:02:03`, `62:03`, `0:05.5`; the smallest part may have decimals.
fn clock(text: &str, of_hours: bool) -> Option<i64> {
    let (text, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let parts: Vec<i64> = text.split(':').map(whole).collect::<Option<_>>()?;
    let (hours, minutes, seconds) = match parts.as_slice() {
        [hours, minutes, seconds] => (*hours, *minutes, *seconds),
        [hours, minutes] if of_hours && fraction.is_empty() => (*hours, *minutes, 0),
        [minutes, seconds] if !of_hours => (0, *minutes, *seconds),
        _ => return None,
    };
    let is_part = |part: i64| (0..60).contains(&part);
    if !is_part(seconds) || hours < 0 || (parts.len() == 3 && !is_part(minutes)) || minutes < 0 {
        return None;
    }
    if !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let seconds = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?.checked_add(seconds)?;
    seconds.checked_mul(1000)?.checked_add(whole(&format!("{fraction:0<3.3}"))?)
}

/// A number of units in milliseconds, or in microseconds; what is finer is left out.
fn units(number: &Exact, unit: i64) -> Result<i64, Why> {
    let units = number * &Exact::from(i128::from(unit));
    let whole = units.rounded_to(&Exact::one(), RoundHow::Down).to_i128();
    whole
        .and_then(|whole| i64::try_from(whole).ok())
        .ok_or_else(|| format!("{} is too large", quoted(&number.to_string())))
}

fn number(text: &str, format: NumberFormat) -> Result<Exact, Why> {
    // Its own message would quote the cell.
    match format.read(text) {
        Ok(number) if number.is_percent => Err(format!("{} is a share, where a number is needed", quoted(text))),
        Ok(number) => Ok(number.value),
        Err(_) => Err(format!("{} is no number such as {}", quoted(text), format.example())),
    }
}

/// A whole number of digits alone.
fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Milliseconds as a clock shows them.
fn spelled(span: i64) -> String {
    let seconds = span / 1000;
    let rest = span % 1000;
    let clock = format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { clock } else { format!("{clock}.{rest:03}") }
}

fn like(days: &Days) -> String {
    match days {
        Days::Pattern(pattern) => format!(" as {} has it", pattern.pattern()),
        Days::Since1970(_) => String::new(),
    }
}

/// A cell's text for a reason. What could be a customer's number or address is shown by its shape alone.
pub(super) fn quoted(text: &str) -> String {
    const LENGTH: usize = 40;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let hides = 6 < digits || text.contains('@');
    let letter = |letter: char| match letter {
        _ if letter.is_control() => ' ',
        _ if !hides => letter,
        '0'..='9' => '#',
        _ if letter.is_alphabetic() => 'x',
        _ => letter,
    };
    let mut quoted: String = text.trim().chars().take(LENGTH).map(letter).collect();
    if LENGTH < text.trim().chars().count() {
        quoted.push('…');
    }
    format!("`{quoted}`")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use longshore_units::DateFormat;

    use super::*;

    fn text(text: &str) -> Cell<'_> {
        Cell::Text(Cow::Borrowed(text))
    }

    #[test]
    fn times_of_day() {
        let second = 1_000_000;
        for (written, seconds) in [
            ("7:02:47", 25_367),
            ("07:02", 25_320),
            ("0:00:00", 0),
            ("12:05 AM", 300),
            ("12:05 p.m.", 43_500),
            ("1:30:00pm", 48_600),
            ("24:00", 86_400),
            ("25:10", 90_600),
        ] {
            assert_eq!(time_of_day(written), Some(seconds * second), "{written}");
        }
        assert_eq!(time_of_day("00:00:01.25"), Some(1_250_000));
        for wrong in ["", "7", "7:2", "7:60", "13:00 PM", "48:00", "7:02:47 foo", "-7:02", "7:02:47:00", "7:02Z"] {
            assert_eq!(time_of_day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn spans_in_every_unit() {
        let span = |written: &str, unit: Option<Unit>| text(written).span(&Formats { unit, ..Formats::default() }).ok();
        assert_eq!(span("90", None), Some(90_000));
        assert_eq!(span("1.5", Some(Unit::Milliseconds(60_000))), Some(90_000));
        assert_eq!(span("1,250", Some(Unit::Milliseconds(1))), Some(1250));
        assert_eq!(span("0:01:30", None), Some(90_000));
        assert_eq!(span("1:30", None), Some(90_000));
        assert_eq!(span("1:30", Some(Unit::HoursAndMinutes)), Some(5_400_000));
        assert_eq!(span("90:00", None), Some(5_400_000));
        assert_eq!(span("0:00:00.5", None), Some(500));
        assert_eq!(span("0.0005", None), Some(0), "finer than a millisecond");
        assert_eq!(span("-5", None), Some(-5000), "what cannot be is said by the check of the row");
        for wrong in ["", "soon", "1:70", "1:2:3:4", "5 %", "99999999999999999999"] {
            assert_eq!(span(wrong, None), None, "{wrong}");
        }
    }

    #[test]
    fn instants_in_a_zone_or_with_their_own_offset() {
        let zone = Zone::named("America/New_York").unwrap();
        let us = Formats { days: Days::Pattern(DateFormat::new("M/D/YYYY").unwrap()), ..Formats::default() };
        let at = |written: &str, formats: &Formats| text(written).instant(formats, &zone).map(|at| at.to_string());
        let iso = Formats::default();
        for (written, formats, instant) in [
            ("2027-01-05 09:00:00", &iso, "2027-01-05T14:00:00Z"),
            ("2027-01-05T09:00:00Z", &iso, "2027-01-05T09:00:00Z"),
            ("2027-01-05T09:00:00.250+01:00", &iso, "2027-01-05T08:00:00.25Z"),
            ("2027-01-05T09:00:00-0500", &iso, "2027-01-05T14:00:00Z"),
            ("2027-01-05 09:00 UTC", &iso, "2027-01-05T09:00:00Z"),
            ("1/5/2027 9:00 PM", &us, "2027-01-06T02:00:00Z"),
        ] {
            assert_eq!(at(written, formats).as_deref(), Ok(instant), "{written}");
        }
        let epoch = Formats { days: Days::Since1970(1_000_000), ..Formats::default() };
        assert_eq!(at("1800000000.5", &epoch).as_deref(), Ok("2027-01-15T08:00:00.5Z"));
        assert!(at("2027-01-05", &iso).is_err(), "no time of day");
        assert!(at("5/1/2027", &iso).is_err());
    }

    #[test]
    fn an_hour_twice_and_an_hour_never() {
        let zone = Zone::named("America/New_York").unwrap();
        let at = |written: &str, doubled: Option<Doubled>, shifts: bool| {
            let formats = Formats { clock_change: ClockChange { doubled, shifts }, ..Formats::default() };
            text(written).instant(&formats, &zone).map(|at| at.to_string())
        };
        let (twice, never) = ("2027-11-07 01:30:00", "2027-03-14 02:30:00");
        assert_eq!(at(twice, Some(Doubled::First), false).as_deref(), Ok("2027-11-07T05:30:00Z"));
        assert_eq!(at(twice, Some(Doubled::Second), false).as_deref(), Ok("2027-11-07T06:30:00Z"));
        assert!(at(twice, None, true).unwrap_err().contains("twice"));
        assert_eq!(at(never, None, true).as_deref(), Ok("2027-03-14T07:30:00Z"));
        assert!(at(never, None, false).unwrap_err().contains("missing_hour"));
    }

    #[test]
    fn a_time_alone_lies_on_the_nearest_day() {
        let zone = Zone::named("Asia/Jerusalem").unwrap();
        let late = day_and_time(date(1999, 2, 10), 86_396_000_000, &zone, Formats::default().clock_change).unwrap();
        let time = |written: &str| near(time_of_day(written).unwrap(), late, &zone).unwrap().0 - late.0;
        assert_eq!(time("0:00:02"), 6_000_000, "behind midnight");
        assert_eq!(time("23:59:00"), -56_000_000, "before: the next day is farther");
    }

    #[test]
    fn reasons_hide_numbers_of_customers() {
        assert_eq!(quoted("ANSWRD 12"), "`ANSWRD 12`");
        assert_eq!(quoted("+1 (555) 010-0001"), "`+# (###) ###-####`");
        assert_eq!(quoted("ann@example.com"), "`xxx@xxxxxxx.xxx`");
        assert_eq!(quoted(&"a".repeat(50)).chars().count(), 43);
    }
}
