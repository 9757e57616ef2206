//! Opening hours of a week, and the days that are closed.

use std::collections::BTreeSet;

use jiff::civil::{Date, Weekday};
use longshore_document::{Findings, Node, Value};
use longshore_units::{Calendar, CalendarDays, HOLIDAY_CALENDARS, Hours, WEEKDAYS, Zone, missing_holidays};

/// Hours of the days of a week, less closed days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    hours: Vec<Calendar>,
    closed: Vec<Calendar>,
    written: String,
}

impl Opening {
    /// Whether a day is one of the closed ones.
    pub fn is_closed_on(&self, date: Date) -> bool {
        self.closed.iter().any(|days| days.has_day(date))
    }

    /// The open parts of a local day: half-open milliseconds since 1970, increasing and apart. The hours belong to the
    /// day on which clocks show them. `None` outside the years that calendars can show.
    pub fn spans(&self, date: Date, zone: &Zone) -> Option<Vec<(i64, i64)>> {
        if self.is_closed_on(date) {
            return Some(Vec::new());
        }
        let mut spans = Vec::new();
        for hours in &self.hours {
            for (from, until) in hours.spans(date, zone)? {
                spans.push((from.milliseconds(), until.milliseconds()));
            }
        }
        Some(united(spans))
    }

    /// The minutes of a day of the week that it is open: half-open, in order and apart.
    pub(crate) fn minutes(&self, day: Weekday) -> Vec<(u32, u32)> {
        let of_day =
            self.hours.iter().filter(|hours| hours.days.as_ref().is_none_or(|days| days.weekdays.contains(&day)));
        let parts = of_day.flat_map(|hours| hours.hours.parts());
        let spans = united(parts.map(|(from, until)| (i64::from(from), i64::from(until))).collect());
        spans.into_iter().map(|(from, until)| (from as u32, until as u32)).collect()
    }

    /// The minutes of the day at which it opens and closes; what ends with the day's last minute ends with the day, which
    /// some write so.
    pub(crate) fn bounds(&self) -> Vec<u32> {
        let parts = self.hours.iter().flat_map(|hours| hours.hours.parts());
        let last = |until: u16| if until == 24 * 60 - 1 { 24 * 60 } else { until };
        parts.flat_map(|(from, until)| [u32::from(from), u32::from(last(until))]).collect()
    }

    /// Which holidays of the calendars by which it is closed fall by no rule, so that it is open on them: each calendar's
    /// name and what it lacks.
    pub(crate) fn open_on(&self) -> Vec<(&'static str, String)> {
        let catalogs = self.closed.iter().filter_map(|closed| closed.days.as_ref()?.catalog);
        let lacking = catalogs.map(|name| (name, missing_holidays(name))).filter(|(_, missing)| !missing.is_empty());
        lacking.map(|(name, missing)| (name, missing.join("; "))).collect()
    }

    /// The hours as the file has them.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// At any time.
    pub(crate) fn always() -> Opening {
        Opening::of("always")
    }

    /// The hours of a text of ours.
    pub(crate) fn of(written: &str) -> Opening {
        let (weekdays, hours) = week_hours(written).expect("hours of the catalog are hours");
        let days = CalendarDays { catalog: None, dates: BTreeSet::new(), weekdays };
        Opening { hours: vec![Calendar { days: Some(days), hours }], closed: Vec::new(), written: written.to_owned() }
    }

    /// Reads `hours`: `"Mon-Fri 08:00-22:00"`, a list of such, or `"always"`; `B003` where it is not.
    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Opening {
        let mut opening = Opening::default();
        let mut written = Vec::new();
        for line in node.one_or_many() {
            let Some(text) = line.text(findings) else { continue };
            written.push(text.to_owned());
            match week_hours(text) {
                Some((weekdays, hours)) => {
                    let days = CalendarDays { catalog: None, dates: BTreeSet::new(), weekdays };
                    opening.hours.push(Calendar { days: Some(days), hours });
                }
                None => findings.error(
                    "B003",
                    &line.span,
                    format!("`{text}` does not say when it is open"),
                    "write days and hours such as \"Mon-Fri 08:00-22:00\" or \"Sat,Sun 09:00-21:00\", or \"always\"",
                ),
            }
        }
        opening.written = written.join(", ");
        opening
    }

    /// Reads `closed`: days, and names of holiday calendars.
    pub(crate) fn read_closed(&mut self, node: &Node, findings: &mut Findings) {
        for item in node.one_or_many() {
            let mut days = CalendarDays::default();
            match &item.value {
                Value::Text(name) if HOLIDAY_CALENDARS.contains(&name.as_str()) => {
                    days.catalog = HOLIDAY_CALENDARS.iter().find(|known| **known == name).copied();
                }
                Value::Text(name) if name.parse::<Date>().is_err() => findings.error(
                    "B003",
                    &item.span,
                    format!("`{name}` is neither a day nor a holiday calendar"),
                    format!("write a day such as 2027-12-25, or one of {}", HOLIDAY_CALENDARS.join(", ")),
                ),
                _ => days.dates.extend(item.date(findings)),
            }
            self.closed.push(Calendar { days: Some(days), hours: Hours::ALL_DAY });
        }
    }
}

/// Spans of time (half-open, milliseconds since 1970) in order, those that meet or overlap joined.
pub fn united(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::new();
    for (from, until) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

/// Days of the week such as `Mon-Fri` or `Sat,Sun`; a range may run over Sunday.
pub(crate) fn weekdays(text: &str) -> Option<Vec<Weekday>> {
    let position = |name: &str| WEEKDAYS.iter().position(|(known, _)| *known == name.trim());
    let mut days = Vec::new();
    for part in text.split(',') {
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (first, last) = (position(first)?, position(last)?);
        let count = (last + 7 - first) % 7 + 1;
        days.extend((0..count).map(|step| WEEKDAYS[(first + step) % 7].1));
    }
    Some(days)
}

fn week_hours(text: &str) -> Option<(Vec<Weekday>, Hours)> {
    let text = text.trim();
    if text == "always" {
        return Some((WEEKDAYS.map(|(_, day)| day).to_vec(), Hours::ALL_DAY));
    }
    let (days, hours) = text.rsplit_once(' ')?;
    Some((weekdays(days)?, hours.parse().ok()?))
}

/// A reading of the clock such as `08:00`, as minutes since midnight.
pub(crate) fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use longshore_document::Table;

    use super::*;

    fn opening(lines: &[&str]) -> (Opening, usize) {
        let nodes = lines.iter().map(|line| Node { span: 0..0, value: Value::Text((*line).to_owned()) }).collect();
        let mut findings = Findings::of("test");
        let opening = Opening::read(&Node { span: 0..0, value: Value::List(nodes) }, &mut findings);
        (opening, findings.into_diagnostics().len())
    }

    #[test]
    fn a_week_has_its_hours() {
        let zone = Zone::named("America/New_York").unwrap();
        let (opening, wrong) = opening(&["Mon-Fri 08:00-22:00", "Sat,Sun 09:00-21:00"]);
        assert_eq!(wrong, 0);
        let hours = |day| -> i64 {
            opening.spans(day, &zone).unwrap().iter().map(|(from, until)| (until - from) / 3_600_000).sum()
        };
        assert_eq!((hours(date(2027, 1, 1)), hours(date(2027, 1, 2))), (14, 12));
    }

    #[test]
    fn the_night_clocks_go_forward_is_an_hour_shorter() {
        let zone = Zone::named("America/New_York").unwrap();
        let (opening, _) = opening(&["always"]);
        assert_eq!(opening.spans(date(2027, 3, 14), &zone).unwrap().len(), 1);
        let (from, until) = opening.spans(date(2027, 3, 14), &zone).unwrap()[0];
        assert_eq!((until - from) / 3_600_000, 23);
    }

    #[test]
    fn a_range_may_run_over_sunday_and_nonsense_is_said() {
        assert_eq!(weekdays("Sat-Mon").unwrap(), [Weekday::Saturday, Weekday::Sunday, Weekday::Monday]);
        for wrong in ["", "Mon", "Mon-Fri", "Mond 08:00-12:00", "Mon-Fri 8-12", "08:00-12:00", "Mon-Fri 08:00-08:00"] {
            assert_eq!(opening(&[wrong]).1, 1, "{wrong}");
        }
    }

    #[test]
    fn closed_days_are_closed() {
        let mut findings = Findings::of("test");
        let (mut opening, _) = opening(&["always"]);
        let closed = |text: &str| Node { span: 0..0, value: Value::Text(text.to_owned()) };
        opening.read_closed(&closed("US-federal"), &mut findings);
        opening.read_closed(&closed("2027-03-05"), &mut findings);
        assert!(opening.is_closed_on(date(2027, 11, 25)) && opening.is_closed_on(date(2027, 3, 5)));
        assert!(!opening.is_closed_on(date(2027, 11, 26)));
        opening.read_closed(&closed("Christmas"), &mut findings);
        opening.read_closed(&Node { span: 0..0, value: Value::Table(Table::default()) }, &mut findings);
        assert_eq!(findings.into_diagnostics().len(), 2);
    }
}
