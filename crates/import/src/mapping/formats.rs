//! How a file writes numbers, days, times and spans, and what it writes for nothing.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{DateFormat, NumberFormat};

/// How a file, or one of its columns, writes values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formats {
    /// Numbers.
    pub numbers: NumberFormat,
    /// Days, with or without a time behind them.
    pub days: Days,
    /// Spans of time.
    pub unit: Option<Unit>,
    /// What stands where nothing is known. An empty cell always does.
    pub null: Vec<String>,
    /// Times that a clock change makes doubtful.
    pub clock_change: ClockChange,
}

/// How days are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Days {
    /// By a pattern.
    Pattern(DateFormat),
    /// Not as days: as units since 1970 began in Greenwich. So many microseconds are one of them.
    Since1970(i64),
}

/// What spans of time are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// So many milliseconds are one of them.
    Milliseconds(i64),
    /// `1:05` are an hour and five minutes. Without it they are a minute and five seconds.
    HoursAndMinutes,
}

/// What a reading of the clock means that occurs twice, or never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockChange {
    /// An hour that occurs twice is taken for the first, for the second, or not at all.
    pub doubled: Option<Doubled>,
    /// A time that no clock shows is moved behind the gap; otherwise it is refused.
    pub shifts: bool,
}

/// Which of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubled {
    /// Before the clocks change.
    First,
    /// Behind it.
    Second,
}

impl Default for Formats {
    fn default() -> Formats {
        Formats {
            numbers: NumberFormat::default(),
            days: Days::Pattern(DateFormat::default()),
            unit: None,
            null: Vec::new(),
            clock_change: ClockChange { doubled: Some(Doubled::First), shifts: false },
        }
    }
}

/// Those of a whole file.
pub(super) fn read(fields: &mut Fields<'_>, f: &mut Findings) -> Formats {
    let mut formats = Formats::default();
    refine(&mut formats, fields, f);
    let doubled = [("first", Some(Doubled::First)), ("second", Some(Doubled::Second)), ("reject", None)];
    if let Some(doubled) = fields.take("doubled_hour").and_then(|node| node.one_of(&doubled, f)) {
        formats.clock_change.doubled = doubled;
    }
    if let Some(shifts) =
        fields.take("missing_hour").and_then(|node| node.one_of(&[("shift", true), ("reject", false)], f))
    {
        formats.clock_change.shifts = shifts;
    }
    formats
}

/// Those of a column, which go before its file's.
pub(super) fn refine(formats: &mut Formats, fields: &mut Fields<'_>, f: &mut Findings) {
    if let Some(node) = fields.take("numbers") {
        let help = "write how 1234.56 stands in the file: \"1,234.56\", \"1.234,56\" or \"1234,56\"";
        let read = |text: &str| NumberFormat::like(text);
        formats.numbers = like(node, read, "how numbers are written", help, f).unwrap_or(formats.numbers);
    }
    if let Some(node) = fields.take("dates") {
        let help = "write \"DD.MM.YYYY\", \"M/D/YY\" or \"D MMM YYYY\", with day, month and year each once; or \"epoch\", \
                    \"epoch ms\"";
        if let Some(days) = like(node, days, "how days are written", help, f) {
            formats.days = days;
        }
    }
    if let Some(node) = fields.take("unit") {
        formats.unit = node.one_of(&UNITS, f).or(formats.unit);
    }
    if let Some(node) = fields.take("null") {
        formats.null =
            node.one_or_many().iter().filter_map(|node| node.text(f)).map(|text| text.trim().to_owned()).collect();
    }
}

const UNITS: [(&str, Unit); 7] = [
    ("ms", Unit::Milliseconds(1)),
    ("s", Unit::Milliseconds(1000)),
    ("min", Unit::Milliseconds(60_000)),
    ("h", Unit::Milliseconds(3_600_000)),
    ("days", Unit::Milliseconds(86_400_000)),
    ("h:mm:ss", Unit::Milliseconds(1000)),
    ("h:mm", Unit::HoursAndMinutes),
];

/// A pattern of days. What people write behind it for the time is understood: a time reads without a pattern.
fn days(pattern: &str) -> Option<Days> {
    match pattern {
        "epoch" | "epoch s" => return Some(Days::Since1970(1_000_000)),
        "epoch ms" => return Some(Days::Since1970(1000)),
        "epoch us" => return Some(Days::Since1970(1)),
        _ => {}
    }
    let day = pattern.split(['H', 'h']).next().unwrap_or(pattern);
    let day = day.trim_end_matches(|sign: char| sign.is_whitespace() || matches!(sign, 'T' | '\'' | ','));
    DateFormat::new(day).map(Days::Pattern)
}

fn like<T>(node: &Node, read: impl Fn(&str) -> Option<T>, what: &str, help: &str, f: &mut Findings) -> Option<T> {
    let text = node.text(f)?;
    let read = read(text);
    if read.is_none() {
        f.error("I004", &node.span, format!("`{text}` is not {what}"), help);
    }
    read
}
