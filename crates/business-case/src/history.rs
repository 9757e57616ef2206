//! A history of interval counts: a file of the phone system, and the week that is drawn from it.

use std::collections::BTreeMap;
use std::ops::Range;

use csv::{Reader, StringRecord};
use jiff::civil::{Date, DateTime};
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Diagnostic, Instant, Milliseconds, Text, Zone, plural};

use crate::Opening;
use crate::demand::{Curve, WEEK, weekday_position};

/// How a file of counts is to be read.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    pub file: String,
    pub place: Range<usize>,
    time: String,
    contacts: String,
    written_as: String,
    zone: Zone,
    step_minutes: u32,
}

/// What a history says of a week.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct History {
    /// The mean day of each weekday, Monday first.
    pub week: [Curve; 7],
    /// The coefficient of variation of a day's level, beyond weekday and chance.
    pub busyness: f64,
    /// How many days it has, the first and the last.
    pub days: usize,
    pub first: Date,
    pub last: Date,
}

/// How many findings of one kind a file of counts gives before the rest is summed up.
const SHOWN: usize = 10;
/// A week is not drawn from less.
const DAYS_AT_LEAST: usize = 14;

impl Format {
    pub fn read(node: &Node, zone: &Zone, findings: &mut Findings) -> Option<Format> {
        let mut fields = Fields::of(node, findings)?;
        let file = fields.require("file", "the file in the folder `history`", findings);
        let place = file.map_or(node.span.clone(), |file| file.span.clone());
        let file = file.and_then(|file| file.name(findings)).unwrap_or_default().to_owned();
        let column = |fields: &mut Fields<'_>, key, what, findings: &mut Findings| {
            let column = fields.require(key, what, findings).and_then(|node| node.name(findings));
            column.unwrap_or_default().to_owned()
        };
        let time = column(&mut fields, "time", "the column that says when an interval begins", findings);
        let contacts = column(&mut fields, "contacts", "the column that counts its contacts", findings);
        let step = fields.require("step", "the length of an interval, such as \"15m\"", findings);
        let step_minutes = step.and_then(|node| step_minutes(node, node.milliseconds(findings)?, findings));
        let written_as = fields.take("written_as").and_then(|node| node.name(findings));
        let written_as = written_as.unwrap_or("%Y-%m-%d %H:%M:%S").to_owned();
        let zone = match fields.take("zone") {
            Some(node) => node.name(findings).and_then(|name| match Zone::named(name) {
                Ok(zone) => Some(zone),
                Err(error) => {
                    findings.error("T006", &node.span, error.to_string(), "name the zone of the file's clock");
                    None
                }
            }),
            None => Some(zone.clone()),
        };
        fields.finish(findings);
        Some(Format { file, place, time, contacts, written_as, zone: zone?, step_minutes: step_minutes? })
    }
}

fn step_minutes(node: &Node, step: Milliseconds, findings: &mut Findings) -> Option<u32> {
    let minutes = step.0 / 60_000;
    if minutes * 60_000 != step.0 || minutes == 0 || 60 % minutes != 0 {
        let help = "write 1m, 5m, 10m, 15m, 20m, 30m or 1h";
        findings.error("B007", &node.span, format!("an interval of {step} does not divide an hour"), help);
        return None;
    }
    u32::try_from(minutes).ok()
}

/// One row of the file.
struct Row {
    place: Range<usize>,
    at: DateTime,
    contacts: f64,
}

/// Draws a week from the counts of a file. Findings stand in the file itself; `None` if it cannot be used.
pub(crate) fn history(
    format: &Format,
    text: &Text,
    (zone, open): (&Zone, &Opening),
    findings: &mut Findings,
) -> Option<History> {
    let rows = rows(format, text, findings)?;
    let mut days: BTreeMap<Date, BTreeMap<u32, f64>> = BTreeMap::new();
    let mut seen: BTreeMap<DateTime, Range<usize>> = BTreeMap::new();
    let mut repeated = Shown::of("B014");
    for row in rows {
        let Some(at) = format.zone.at(row.at.date(), row.at.time()).and_then(|at| local(at, zone)) else { continue };
        if let Some(first) = seen.get(&row.at) {
            let related = findings.label(first, "the first one");
            let label = findings.label(&row.place, "this one");
            let message = format!("two rows count the interval of {}", row.at);
            let help = "keep one; if clocks went back in that night, export in UTC and say zone = \"UTC\"";
            let diagnostic = Diagnostic::error("B014", message, label).with_related(related).with_help(help);
            repeated.push(diagnostic, findings);
            continue;
        }
        seen.insert(row.at, row.place);
        let minute = at.hour() as u32 * 60 + at.minute() as u32;
        *days.entry(at.date()).or_default().entry(minute).or_insert(0.0) += row.contacts;
    }
    repeated.finish("two rows count the same interval", text, findings);
    if days.len() < DAYS_AT_LEAST {
        let message = format!("{} of counts: too few to draw a week from", plural(days.len(), "day"));
        findings.error("B016", &(0..0), message, format!("give at least {DAYS_AT_LEAST} days of counts"));
        return None;
    }
    report_gaps(format, &days, &seen, text, findings);
    let history = drawn(format, &days, open);
    (!findings.has_errors()).then_some(history)
}

fn local(at: Instant, zone: &Zone) -> Option<DateTime> {
    zone.reading(at)
}

/// Findings of one kind, of which only the first are shown.
struct Shown {
    code: &'static str,
    count: usize,
}

impl Shown {
    fn of(code: &'static str) -> Shown {
        Shown { code, count: 0 }
    }

    fn push(&mut self, diagnostic: Diagnostic, findings: &mut Findings) {
        self.count += 1;
        if self.count <= SHOWN {
            findings.push(diagnostic);
        }
    }

    fn finish(self, what: &str, text: &Text, findings: &mut Findings) {
        if SHOWN < self.count {
            let end = text.text.len();
            let message = format!("{what}: {} more times", self.count - SHOWN);
            findings.error(self.code, &(end..end), message, "mend the first ones and look again");
        }
    }
}

fn rows(format: &Format, text: &Text, findings: &mut Findings) -> Option<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.text.as_bytes());
    let columns = columns(format, &mut reader, text, findings)?;
    let cells = reader.headers().map_or(0, StringRecord::len);
    let (mut rows, mut malformed) = (Vec::new(), Shown::of("B013"));
    let mut record = StringRecord::new();
    loop {
        let from = place(reader.position().byte(), text);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let label = findings.label(&(from..from), "");
                findings.push(Diagnostic::error("B013", format!("this is not CSV: {error}"), label));
                return None;
            }
        }
        let from = place(record.position().map_or(from as u64, csv::Position::byte), text);
        let until = place(reader.position().byte(), text).max(from);
        let row = from..from + text.text[from..until].trim_end().len();
        match parsed(format, columns, cells, &record) {
            Ok((at, contacts)) => rows.push(Row { place: row, at, contacts }),
            Err(message) => {
                let line = record.position().map_or(0, csv::Position::line);
                let label = findings.label(&row, "");
                let diagnostic = Diagnostic::error("B013", format!("line {line}: {message}"), label);
                malformed.push(diagnostic.with_help("mend the row, or the description in program.toml"), findings);
            }
        }
    }
    let sound = malformed.count == 0;
    malformed.finish("rows that cannot be read", text, findings);
    sound.then_some(rows)
}

/// A byte position that surely lies in the text, on the edge of a character.
fn place(byte: u64, text: &Text) -> usize {
    let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(text.text.len());
    (0..=byte).rev().find(|at| text.text.is_char_boundary(*at)).unwrap_or(0)
}

fn columns(
    format: &Format,
    reader: &mut Reader<&[u8]>,
    text: &Text,
    findings: &mut Findings,
) -> Option<(usize, usize)> {
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => {
            findings.error("B013", &(0..0), format!("this is not CSV: {error}"), "export it as CSV in UTF-8");
            return None;
        }
    };
    let first_line = 0..text.text.find('\n').unwrap_or(text.text.len());
    let mut find = |name: &str| {
        let found = headers.iter().position(|header| header.trim_start_matches('\u{feff}') == name);
        if found.is_none() {
            let names: Vec<&str> = headers.iter().collect();
            let help = format!("the columns are {}; say in program.toml which to take", names.join(", "));
            findings.error("B013", &first_line, format!("there is no column `{name}`"), help);
        }
        found
    };
    let (time, contacts) = (find(&format.time), find(&format.contacts));
    Some((time?, contacts?))
}

/// The time and the contacts of a row. `cells` is how many the first line has: `1,204` without quotes is two of them.
fn parsed(
    format: &Format,
    columns: (usize, usize),
    cells: usize,
    record: &StringRecord,
) -> Result<(DateTime, f64), String> {
    if record.len() != cells {
        let here = record.len();
        let quotes = if cells < here { "; a number with commas needs quotes" } else { "" };
        return Err(format!("this row has {here} cells and the first line {cells}{quotes}"));
    }
    let (time, contacts) = (&record[columns.0], &record[columns.1]);
    let at = DateTime::strptime(&format.written_as, time)
        .map_err(|_| format!("`{time}` is not a time written as {}", format.written_as))?;
    let minute = at.hour() as u32 * 60 + at.minute() as u32;
    if at.second() != 0 || at.subsec_nanosecond() != 0 || !minute.is_multiple_of(format.step_minutes) {
        return Err(format!("no interval of {} minutes begins at {time}", format.step_minutes));
    }
    match contacts.parse::<f64>() {
        Ok(count) if (0.0..=1e9).contains(&count) => Ok((at, count)),
        _ => Err(format!("`{contacts}` is not a number of contacts")),
    }
}

/// Days and intervals that the neighbors have and that are missing: unknown, not zero.
fn report_gaps(
    format: &Format,
    days: &BTreeMap<Date, BTreeMap<u32, f64>>,
    seen: &BTreeMap<DateTime, Range<usize>>,
    text: &Text,
    findings: &mut Findings,
) {
    let (Some(first), Some(last)) = (days.keys().next(), days.keys().next_back()) else { return };
    let mut worked = [false; 7];
    days.keys().for_each(|day| worked[weekday_position(day.weekday())] = true);
    let mut missing = first
        .series(jiff::ToSpan::days(1))
        .take_while(|day| day <= last)
        .filter(|day| !days.contains_key(day) && worked[weekday_position(day.weekday())]);
    let shown: Vec<String> = missing.by_ref().take(SHOWN).map(|day| day.to_string()).collect();
    if !shown.is_empty() {
        // One mistyped year makes millions of them: they are counted, not kept.
        let message = format!("no counts on {}: {}", plural(shown.len() + missing.count(), "day"), shown.join(", "));
        let help = "if they were closed all is well; they are taken as unknown, not as days without contacts";
        findings.warning("B015", &(0..0), message, help);
    }
    let mut holes = 0;
    for (one, next) in seen.iter().zip(seen.iter().skip(1)) {
        let step = (next.0.duration_since(*one.0).as_mins() / i64::from(format.step_minutes)) - 1;
        if one.0.date() != next.0.date() || step < 1 {
            continue;
        }
        holes += 1;
        if holes <= SHOWN {
            let line = text.text[..next.1.start].matches('\n').count() + 1;
            let message = format!("line {line}: {step} intervals are missing before {}", next.0);
            let help = "export them, with 0 where nobody came: a hole is taken as unknown, not as 0";
            findings.warning("B015", next.1, message, help);
        }
    }
}

fn drawn(format: &Format, days: &BTreeMap<Date, BTreeMap<u32, f64>>, open: &Opening) -> History {
    let mut of_weekday: [Vec<&BTreeMap<u32, f64>>; 7] = Default::default();
    for (day, counts) in days {
        of_weekday[weekday_position(day.weekday())].push(counts);
    }
    let week = std::array::from_fn(|weekday| {
        // The mean of each interval over the days that have it.
        let mut sums: BTreeMap<u32, (f64, u32)> = BTreeMap::new();
        for (minute, contacts) in of_weekday[weekday].iter().flat_map(|counts| counts.iter()) {
            let sum = sums.entry(*minute).or_insert((0.0, 0));
            *sum = (sum.0 + contacts, sum.1 + 1);
        }
        let steps = sums.iter().map(|(minute, (sum, days))| (*minute, format.step_minutes, sum / f64::from(*days)));
        Curve::of(steps, &open.minutes(WEEK[weekday]))
    });
    let (first, last) = (days.keys().next(), days.keys().next_back());
    let totals = of_weekday.map(|days| days.iter().map(|counts| counts.values().sum()).collect());
    History {
        week,
        busyness: busyness(&totals),
        days: days.len(),
        first: first.copied().unwrap_or_default(),
        last: last.copied().unwrap_or_default(),
    }
}

/// The coefficient of variation of a day's level that neither the weekday nor chance explains.
///
/// A day's total is Poisson about level × its weekday's mean m, where the level has mean 1 and coefficient of variation
/// c; so its variance is m + c²·m². Pooled over weekdays with nᵢ days each and sample variances sᵢ²,
///
///   c² = Σ (nᵢ − 1)(sᵢ² − mᵢ) / Σ (nᵢ − 1) mᵢ²,
///
/// or 0 where days vary less than chance. A trend within the history counts as busyness too.
fn busyness(totals: &[Vec<f64>; 7]) -> f64 {
    let (mut above, mut below) = (0.0, 0.0);
    for days in totals.iter().filter(|days| 2 <= days.len()) {
        let free = days.len() as f64 - 1.0;
        let mean = days.iter().sum::<f64>() / days.len() as f64;
        let squares: f64 = days.iter().map(|total| (total - mean).powi(2)).sum();
        above += squares - free * mean;
        below += free * mean * mean;
    }
    if below > 0.0 { (above / below).max(0.0).sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(step_minutes: u32, file: &str) -> Format {
        Format {
            file: file.to_owned(),
            place: 0..0,
            time: "DateTime".to_owned(),
            contacts: "Calls".to_owned(),
            written_as: "%Y-%m-%d %H:%M:%S".to_owned(),
            zone: Zone::named("America/New_York").unwrap(),
            step_minutes,
        }
    }

    fn read(text: &str, step: u32) -> (Option<History>, Vec<Diagnostic>) {
        let text = Text::new("history/calls.csv", text);
        let mut findings = Findings::of("history/calls.csv");
        let format = format(step, "history/calls.csv");
        let history =
            history(&format, &text, (&Zone::named("America/New_York").unwrap(), &Opening::always()), &mut findings);
        (history, findings.into_diagnostics())
    }

    fn days(count: i8, contacts: impl Fn(i8) -> u32) -> String {
        let mut text = "DateTime,Calls\n".to_owned();
        for day in 1..=count {
            text.push_str(&format!("2027-03-{day:02} 09:00:00,{0}\n2027-03-{day:02} 09:30:00,{0}\n", contacts(day)));
        }
        text
    }

    #[test]
    fn days_that_vary_as_chance_has_no_busyness() {
        let (history, found) = read(&days(28, |day| 100 + u32::from(day % 2 == 0)), 30);
        let history = history.unwrap();
        assert_eq!((history.days, found.len()), (28, 0));
        assert_eq!(history.busyness, 0.0);
        assert!((history.week[0].total() - 201.0).abs() <= 1.0);
    }

    #[test]
    fn levels_show_as_busyness() {
        // Each weekday has the totals 160, 240, 160, 240: sample variance 6400/3, less 200 of chance, over 200².
        let (history, _) = read(&days(28, |day| if (day - 1) / 7 % 2 == 0 { 80 } else { 120 }), 30);
        let expected = ((6400.0f64 / 3.0 - 200.0) / 40_000.0).sqrt();
        assert!((history.unwrap().busyness - expected).abs() < 1e-12);
    }

    #[test]
    fn every_wrong_row_is_said_with_its_line() {
        let text =
            "DateTime,Calls\n2027-03-01 09:00:00,5\n2027-03-01 09:17:00,5\nyesterday,5\n2027-03-02 09:00:00,many\n";
        let (history, found) = read(text, 30);
        assert!(history.is_none());
        let lines: Vec<&str> = found.iter().map(|d| d.message.split(':').next().unwrap()).collect();
        assert_eq!(lines, ["line 3", "line 4", "line 5"]);
        assert!(found.iter().all(|d| d.code == "B013"));
        assert_eq!(&text[found[1].primary.span.clone()], "yesterday,5");
    }

    #[test]
    fn a_number_with_commas_needs_quotes() {
        let of = |contacts: &str| format!("{}2027-03-29 09:00:00,{contacts}\n", days(28, |_| 100));
        let (history, found) = read(&of("1,204"), 30);
        assert!(history.is_none());
        let expected =
            "line 58: this row has 3 cells and the first line 2; a number with commas needs quotes".to_owned();
        assert_eq!((found[0].code, &found[0].message), ("B013", &expected));
        let (history, found) = read(&of("\"1204\""), 30);
        assert!(history.is_some(), "{found:?}");
        let (_, found) = read("DateTime,Calls\n2027-03-01 09:00:00\n", 30);
        assert_eq!(found[0].message, "line 2: this row has 1 cells and the first line 2");
    }

    #[test]
    fn repeated_rows_holes_and_short_histories_are_said() {
        let twice = format!("{}2027-03-01 09:00:00,7\n", days(28, |_| 100));
        assert_eq!(read(&twice, 30).1[0].code, "B014");
        let (history, found) = read(&days(28, |_| 100), 15);
        assert!(history.is_some());
        assert_eq!(found[0].code, "B015");
        assert!(found[0].message.starts_with("line 3: 1 intervals"), "{}", found[0].message);
        assert_eq!(read(&days(3, |_| 100), 30).1[0].code, "B016");
        assert_eq!(read("when,Calls\n", 30).1[0].code, "B013");
        assert_eq!(read("", 30).1[0].code, "B013");
    }

    #[test]
    fn a_mistyped_year_is_a_gap_of_counted_days() {
        let (history, found) = read(&format!("{}9998-03-01 09:00:00,7\n", days(28, |_| 100)), 30);
        assert!(history.is_some());
        assert!(found[0].message.starts_with("no counts on 2911320 days: 2027-03-29, "), "{}", found[0].message);
    }

    #[test]
    fn a_banks_calls_give_its_week_and_busyness() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/datasets/bank_calls_5min.csv");
        let Ok(text) = std::fs::read_to_string(path) else {
            #[allow(clippy::print_stderr)]
            {
                eprintln!("skipped: the bank's calls are not here");
            }
            return;
        };
        let (history, found) = read(&text, 5);
        let history = history.unwrap();
        assert_eq!(history.days, 60);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].message.contains("2003-04-04, 2003-04-07, 2003-05-26"), "{}", found[0].message);
        assert!((history.busyness - 0.064_230_529).abs() < 1e-8, "{}", history.busyness);
        assert!((history.week[0].total() - 36_552.272_727).abs() < 1e-5);
        assert_eq!(history.week[6].total(), 0.0);
    }
}
