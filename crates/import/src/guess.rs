//! A mapping proposed from a file: from the words above its columns, and from what its cells look like.

mod vocabulary;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use longshore_document::literal;
use longshore_units::{DateFormat, bare};

use crate::table::{Sample, filled, sample, time_of_day};
use crate::{ImportError, Input};
use vocabulary::{OF_CONTACTS, OF_INTERVALS, outcome};

/// Proposes a mapping for a table. What it is unsure of is a comment; somebody reads it before it is used.
///
/// # Errors
/// If the file cannot be read, or has no row that looks like titles.
pub fn guess(input: Input<'_>) -> Result<String, ImportError> {
    let Input { name, stream } = input;
    let sample = sample(stream)?;
    let position = titles(&sample.rows).ok_or_else(|| ImportError::WrongFormat {
        reason: "no row looks like titles above columns; write the mapping by hand, with `titles = false`".to_owned(),
    })?;
    let seen = Seen { titles: &sample.rows[position], rows: &sample.rows[position + 1..], is_typed: sample.is_typed };
    let contacts = seen.fields(OF_CONTACTS);
    let intervals = seen.fields(OF_INTERVALS);
    // Counts are no contacts: each of these has an identifier, an agent, a customer or an outcome.
    let is_single = ["contact_id", "agent", "customer", "outcome"].iter().any(|field| contacts.contains_key(field));
    let are_counts = !is_single && intervals.contains_key("offered") && intervals.contains_key("from");
    Ok(if are_counts { seen.intervals(name, &sample, &intervals) } else { seen.contacts(name, &sample, &contacts) })
}

/// The row of titles: the first with as many words as any of the first twenty, none of them a number.
fn titles(rows: &[Vec<String>]) -> Option<usize> {
    let is_word = |cell: &String| cell.chars().any(char::is_alphabetic) && cell.chars().count() < 60;
    let words = |row: &Vec<String>| {
        let all = row.iter().filter(|cell| !cell.trim().is_empty()).all(is_word);
        if all && 1 < filled(row) { filled(row) } else { 0 }
    };
    let first = rows.iter().take(20).map(words).collect::<Vec<_>>();
    let most = first.iter().copied().max().filter(|most| 0 < *most)?;
    first.iter().position(|words| *words == most)
}

/// What is seen of a table.
struct Seen<'s> {
    titles: &'s [String],
    rows: &'s [Vec<String>],
    is_typed: bool,
}

/// The columns that fields are taken from.
type Columns = BTreeMap<&'static str, usize>;

impl Seen<'_> {
    /// The column of each field: the first of its words that is a title, of columns that no field before it took.
    fn fields(&self, vocabulary: &[(&'static str, &[&str])]) -> Columns {
        let bare: Vec<String> = self.titles.iter().map(|title| bare(title)).collect();
        let mut columns = Columns::new();
        for (field, words) in vocabulary {
            let is_free = |column: &usize| !columns.values().any(|taken| taken == column);
            let of_word = |word: &&str| bare.iter().position(|title| title == word).filter(is_free);
            if let Some(column) = words.iter().find_map(of_word) {
                columns.insert(field, column);
            }
        }
        columns
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty())
    }

    fn title(&self, column: usize) -> String {
        literal(self.titles[column].trim())
    }

    /// What most cells of a column are so.
    fn mostly(&self, column: usize, so: impl Fn(&str) -> bool) -> bool {
        let (all, are) = self.cells(column).fold((0, 0), |(all, are), cell| (all + 1, are + usize::from(so(cell))));
        0 < all && all <= are * 10 / 9
    }

    /// How days are written in a column, and how else they might be.
    fn days(&self, column: usize) -> Option<(&'static str, Option<&'static str>)> {
        const PATTERNS: [&str; 9] = [
            "YYYY-MM-DD",
            "M/D/YYYY",
            "D/M/YYYY",
            "D.M.YYYY",
            "D-M-YYYY",
            "YYYY/M/D",
            "M/D/YY",
            "D MMM YYYY",
            "YYMMDD",
        ];
        let is_epoch =
            |cell: &str| cell.len() == 10 && cell.starts_with('1') && cell.bytes().all(|byte| byte.is_ascii_digit());
        if self.mostly(column, is_epoch) {
            return Some(("epoch", None));
        }
        let reads = |pattern: &&&str| {
            let is_day = |format: &DateFormat, cell: &str| {
                format
                    .day_first(cell)
                    .is_some_and(|(_, rest)| !rest.starts_with(|next: char| next.is_alphanumeric() && next != 'T'))
            };
            DateFormat::new(pattern).is_some_and(|format| self.mostly(column, |cell| is_day(&format, cell)))
        };
        let mut fitting = PATTERNS.iter().filter(reads);
        Some((fitting.next()?, fitting.next().copied()))
    }

    fn has_time(&self, column: usize) -> bool {
        self.mostly(column, |cell| cell.contains(':') && cell.chars().any(|sign| matches!(sign, ' ' | 'T')))
    }

    fn is_time_alone(&self, column: usize) -> bool {
        self.mostly(column, |cell| time_of_day(cell).is_some())
    }

    fn head(&self, table: &str, name: &str, sample: &Sample, day: Option<usize>) -> String {
        let mut text =
            format!("# Proposed from the file; read it before you use it.\nformat = 1\ntable = \"{table}\"\n");
        if let Some(separator) = sample.separator {
            let _ = writeln!(text, "separator = {}", literal(&char::from(separator).to_string()));
        }
        if let Some(sheet) = &sample.sheet {
            let _ = writeln!(text, "sheet = {}", literal(sheet));
        }
        if let Some((pattern, other)) = day.filter(|_| !self.is_typed).and_then(|day| self.days(day)) {
            let other =
                other.map_or(String::new(), |other| format!("   # or \"{other}\": no day of these rows says which"));
            let _ = writeln!(text, "dates = \"{pattern}\"{other}");
        }
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = name.split('.').next().filter(|stem| !stem.trim().is_empty()).unwrap_or("table");
        let seen: String = stem.chars().filter(|letter| !letter.is_control()).collect();
        let _ = write!(
            text,
            "\n[origin]\nsource = {}   # unsure: the system these come from\n\
             provider = \"provider\"   # unsure: who served, as contracts call it\n\
             # program = \"…\"\ntime_zone = \"UTC\"   # unsure: where the file's clocks stand\n\n[columns]\n",
            literal(seen.trim()),
        );
        text
    }

    /// An instant from a column, or from one of days and one of times.
    fn instant(&self, columns: &Columns, field: &str) -> Option<String> {
        let column = *columns.get(field)?;
        if self.is_typed || self.has_time(column) || self.days(column).is_some_and(|(days, _)| days == "epoch") {
            return Some(self.title(column));
        }
        if self.is_time_alone(column) {
            let title = self.title(column);
            return Some(match columns.get("date") {
                Some(date) if field == "offered_at" || field == "from" => {
                    format!("{{ date = {}, time = {title} }}", self.title(*date))
                }
                _ => format!("{{ time = {title}, near = \"offered_at\" }}"),
            });
        }
        None
    }

    fn day_column(&self, columns: &Columns, first: &str) -> Option<usize> {
        let is_day = |column: &usize| self.days(*column).is_some();
        columns.get("date").copied().filter(is_day).or_else(|| columns.get(first).copied().filter(is_day))
    }

    fn span(&self, column: usize) -> String {
        let words = bare(&self.titles[column]);
        let title = self.title(column);
        let has = |word: &str| words.split(' ').any(|part| part == word);
        let unit = if has("ms") || has("millis") || has("milliseconds") {
            "ms"
        } else if (has("min") || has("mins") || has("minutes") || has("minutos"))
            && !self.cells(column).any(|cell| cell.contains(':'))
        {
            "min"
        } else {
            return title;
        };
        format!("{{ column = {title}, unit = \"{unit}\" }}")
    }

    fn contacts(&self, name: &str, sample: &Sample, columns: &Columns) -> String {
        let mut text = self.head("contacts", name, sample, self.day_column(columns, "offered_at"));
        let mut put = |line: String| {
            text.push_str(&line);
            text.push('\n');
        };
        match columns.get("contact_id") {
            Some(column) => put(format!("contact_id = {}", self.title(*column))),
            None => {
                let first = self.titles.iter().position(|title| !title.trim().is_empty()).unwrap_or(0);
                put(format!("contact_id = {}   # unsure: no title looks like an identifier", self.title(first)));
            }
        }
        for field in ["queue", "agent", "team", "customer", "language", "reason"] {
            if let Some(column) = columns.get(field) {
                put(format!("{field} = {}", self.title(*column)));
            }
        }
        put("channel = { value = \"voice\" }   # unsure".to_owned());
        put("direction = { value = \"inbound\" }   # unsure".to_owned());
        let spans: Vec<(&str, usize)> = ["wait", "ring", "talk", "hold", "wrap"]
            .into_iter()
            .filter_map(|field| columns.get(field).map(|column| (field, *column)))
            .collect();
        for (field, column) in &spans {
            let unsure = self.cells(*column).all(|cell| !cell.contains(':')) && !self.is_typed;
            let unsure = if unsure && !self.span(*column).contains("unit") { "   # unsure: in seconds?" } else { "" };
            put(format!("{field} = {}{unsure}", self.span(*column)));
        }
        let words = columns.get("outcome").map(|column| (*column, self.words(*column)));
        let answered: Vec<String> = words
            .iter()
            .flat_map(|(_, words)| words)
            .filter(|(_, ours, _)| *ours == "answered")
            .map(|(theirs, ..)| literal(theirs))
            .collect();
        let has = |field: &str| spans.iter().any(|(known, _)| *known == field);
        let offered = self.instant(columns, "offered_at");
        match &offered {
            Some(offered) => put(format!("offered_at = {offered}")),
            None => put("# offered_at = \"…\"   # no title looks like the beginning of a contact".to_owned()),
        }
        let when = words
            .as_ref()
            .filter(|_| !answered.is_empty())
            .map(|(column, _)| format!(", when = {{ {} = [{}] }}", self.title(*column), answered.join(", ")));
        match self.instant(columns, "answered_at").filter(|answered| offered.is_some() || !answered.contains("near")) {
            Some(answered) => put(format!("answered_at = {answered}")),
            None => match when.filter(|_| has("wait") && offered.is_some()) {
                Some(when) => put(format!("answered_at = {{ from = \"offered_at\", plus = \"wait\"{when} }}")),
                None => put("# answered_at = \"…\"   # unsure: answered contacts must say when".to_owned()),
            },
        }
        match self.instant(columns, "ended_at").filter(|ended| offered.is_some() || !ended.contains("near")) {
            Some(ended) => put(format!("ended_at = {ended}")),
            None if has("wait") && has("talk") && offered.is_some() => {
                let hold = if has("hold") { ", \"hold\"" } else { "" };
                put(format!("ended_at = {{ from = \"offered_at\", plus = [\"wait\", \"talk\"{hold}] }}   # unsure"));
            }
            None => put("# ended_at = \"…\"   # unsure: what was not answered must say when it ended".to_owned()),
        }
        if let Some((column, words)) = words {
            put(format!("\n[columns.outcome]\ncolumn = {}", self.title(column)));
            put("\n[columns.outcome.words]".to_owned());
            for (theirs, ours, sure) in &words {
                put(format!("{} = \"{ours}\"{}", literal(theirs), if *sure { "" } else { "   # unsure" }));
            }
        } else {
            put("# outcome = { column = \"…\", words = { … = \"answered\", \"*\" = \"abandoned\" } }".to_owned());
        }
        self.put_others(columns, &mut text);
        text
    }

    /// The words of a column of outcomes, and ours; whether that is sure.
    fn words(&self, column: usize) -> Vec<(String, &'static str, bool)> {
        const MOST: usize = 30;
        let mut words: Vec<&str> = self.cells(column).collect();
        words.sort_unstable();
        words.dedup();
        let ours = |theirs: &str| {
            let found = outcome(&bare(theirs));
            (theirs.to_owned(), found.unwrap_or("unknown"), found.is_some())
        };
        words.into_iter().filter(|word| word.chars().all(|letter| !letter.is_control())).take(MOST).map(ours).collect()
    }

    fn intervals(&self, name: &str, sample: &Sample, columns: &Columns) -> String {
        let mut text = self.head("intervals", name, sample, self.day_column(columns, "from"));
        let from = self.instant(columns, "from").unwrap_or_else(|| {
            let date = columns.get("from").map_or_else(|| literal("Date"), |column| self.title(*column));
            format!("{{ date = {date}, at = \"00:00\" }}")
        });
        let _ = writeln!(text, "from = {from}");
        let _ = writeln!(
            text,
            "until = {{ from = \"from\", plus = \"{}\" }}   # unsure: the length of an interval",
            self.step(columns)
        );
        for field in ["queue", "language", "offered", "answered", "abandoned"] {
            if let Some(column) = columns.get(field) {
                let _ = writeln!(text, "{field} = {}", self.title(*column));
            }
        }
        self.put_others(columns, &mut text);
        text
    }

    /// The least time between two rows that follow each other, as far as their times of day say it.
    fn step(&self, columns: &Columns) -> String {
        let Some(column) = columns.get("from") else { return "30m".to_owned() };
        let time = |cell: &str| time_of_day(cell.rsplit([' ', 'T']).next().unwrap_or(cell));
        let times: Vec<i64> = self.cells(*column).filter_map(time).collect();
        let steps = times.windows(2).map(|pair| (pair[1] - pair[0]) / 60_000_000).filter(|minutes| 0 < *minutes);
        format!("{}m", steps.min().unwrap_or(30))
    }

    /// Columns that nothing is taken from.
    fn put_others(&self, columns: &Columns, text: &mut String) {
        let others = self
            .titles
            .iter()
            .enumerate()
            .filter(|(column, title)| !title.trim().is_empty() && !columns.values().any(|taken| taken == column));
        let others: Vec<String> = others.map(|(column, _)| self.title(column)).collect();
        if !others.is_empty() {
            let _ = writeln!(text, "\n# not used: {}", others.join(", "));
        }
    }
}
