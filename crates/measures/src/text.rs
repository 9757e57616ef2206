//! A program as text, so that it can be an argument inside a query engine, and read back the same anywhere.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;
use longshore_contract::{Choice, Criterion, Field, LevelUnit, MeasureTerm, Preset, Select, Target};
use longshore_units::{Calendar, CalendarDays, Days, Exact, HOLIDAY_CALENDARS, Milliseconds, WEEKDAYS, Zone};

use crate::dimension::{Dimension, Step};
use crate::program::{Asked, Family, Program, RowGrain, Rows, Standard};

/// The first line: what it is, and the version of the rest.
const HEAD: &str = "longshore measures 1";

/// A text that is no program.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// It is something else, or of another version.
    #[error("the text does not begin with `{HEAD}`")]
    Head,
    /// A line that cannot be read.
    #[error("line {line} says nothing that is known: `{text}`")]
    Line {
        /// Its number, from 1.
        line: usize,
        /// What it says.
        text: String,
    },
    /// Something must be said and is not.
    #[error("nothing says `{0}`")]
    Missing(&'static str),
}

impl Program {
    /// The program as text: the same program always gives the same text.
    pub fn to_text(&self) -> String {
        let mut lines = Lines(String::from(HEAD) + "\n");
        lines.line("zone", [self.zone.name()]);
        lines.line("step", [&*self.step.get().to_string()]);
        lines.line("grain", [if self.rows.grain == RowGrain::Contact { "contact" } else { "leg" }]);
        self.rows.provider.iter().for_each(|provider| lines.line("provider", [&**provider]));
        self.rows.programs.iter().for_each(|program| lines.line("program", [&**program]));
        self.rows.first.iter().for_each(|day| lines.line("first", [&*day.to_string()]));
        self.rows.last.iter().for_each(|day| lines.line("last", [&*day.to_string()]));
        lines.select("select", &self.rows.select);
        for by in &self.by {
            match by {
                Dimension::Time(crate::TimeUnit::Interval(step)) => {
                    lines.line("by", ["interval", &*step.get().to_string()]);
                }
                by => lines.line("by", [by.word()]),
            }
        }
        self.calendars.iter().for_each(|(name, calendar)| lines.calendar(name, calendar));
        if let Some(standard) = &self.standard {
            lines.line("standard", [&*standard.threshold.0.to_string(), &*standard.short.0.to_string()]);
            standard.calendar.iter().for_each(|calendar| lines.line("business", [&**calendar]));
            standard.families.iter().for_each(|family| lines.line("family", [family.word()]));
        }
        self.measures.iter().for_each(|asked| lines.asked(asked));
        lines.0
    }

    /// The program that a text says.
    ///
    /// # Errors
    /// If it is no such text, or one of a later version.
    pub fn from_text(text: &str) -> Result<Program, TextError> {
        let mut lines = text.lines().enumerate();
        if lines.next().map(|(_, line)| line) != Some(HEAD) {
            return Err(TextError::Head);
        }
        let mut reading = Reading::default();
        for (number, line) in lines {
            let wrong = || TextError::Line { line: number + 1, text: line.chars().take(100).collect() };
            let fields: Option<Vec<String>> = line.split('\t').map(unescaped).collect();
            let fields = fields.ok_or_else(wrong)?;
            let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
            reading.line(&fields).ok_or_else(wrong)?;
        }
        reading.program()
    }
}

struct Lines(String);

impl Lines {
    fn line<'a>(&mut self, key: &str, values: impl IntoIterator<Item = &'a str>) {
        self.0.push_str(key);
        for value in values {
            self.0.push('\t');
            for character in value.chars() {
                match character {
                    '%' | '\t' | '\n' | '\r' => {
                        let _ = write!(self.0, "%{:02X}", u32::from(character));
                    }
                    character => self.0.push(character),
                }
            }
        }
        self.0.push('\n');
    }

    fn select(&mut self, key: &str, select: &Select) {
        for criterion in &select.criteria {
            match criterion {
                Criterion::OneOf(field, words) => {
                    let words = words.iter().map(String::as_str);
                    self.line(key, ["one of", field.word()].into_iter().chain(words));
                }
                Criterion::TalkLongerThan(time) => self.line(key, ["talk longer than", &*time.0.to_string()]),
                Criterion::Approved(approved) => self.line(key, ["approved", if *approved { "yes" } else { "no" }]),
            }
        }
    }

    fn calendar(&mut self, name: &str, calendar: &Calendar) {
        self.line("calendar", [name, &*calendar.hours.to_string()]);
        let Some(days) = &calendar.days else { return };
        let weekdays = days.weekdays.iter().filter_map(|weekday| WEEKDAYS.iter().find(|(_, known)| known == weekday));
        let weekdays = weekdays.map(|(word, _)| (*word).to_owned());
        let dates = days.dates.iter().map(Date::to_string);
        let catalog = days.catalog.map(str::to_owned);
        let all: Vec<String> = weekdays.chain(dates).chain(catalog).collect();
        self.line("days", all.iter().map(String::as_str));
    }

    fn asked(&mut self, asked: &Asked) {
        let measure = &asked.measure;
        self.line("measure", [&*asked.name, measure.preset.name]);
        let spans = [("threshold", measure.threshold), ("short", measure.short_abandons)];
        for (key, span) in spans {
            span.iter().for_each(|span| self.line(key, [&*span.0.to_string()]));
        }
        measure.within.iter().for_each(|within| self.line("within", [&*within.0.to_string()]));
        measure.choices.iter().for_each(|(choice, word)| self.line("choice", [choice.word(), &**word]));
        self.select("when", &asked.when);
        if let Some(target) = &asked.target {
            let side = if target.more_is_better { "at least" } else { "at most" };
            self.line("target", [side, &*target.at.to_fraction(), unit_word(target.unit)]);
        }
    }
}

fn unit_word(unit: LevelUnit) -> &'static str {
    match unit {
        LevelUnit::Percent => "share",
        LevelUnit::Seconds => "seconds",
        LevelUnit::Number => "number",
    }
}

/// A field without its escapes; none where one is broken.
fn unescaped(field: &str) -> Option<String> {
    let mut parts = field.split('%');
    let mut text = parts.next()?.to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok())?;
        text.push(char::from(code));
        text.push_str(&part[2..]);
    }
    Some(text)
}

/// What the lines so far have said.
#[derive(Default)]
struct Reading {
    zone: Option<Zone>,
    step: Option<Step>,
    grain: Option<RowGrain>,
    provider: Option<String>,
    programs: Vec<String>,
    days: (Option<Date>, Option<Date>),
    select: Select,
    by: Vec<Dimension>,
    calendars: std::collections::BTreeMap<String, Calendar>,
    last_calendar: Option<String>,
    standard: Option<Standard>,
    measures: Vec<Asked>,
}

impl Reading {
    /// Takes a line; none if it cannot be read.
    fn line(&mut self, fields: &[&str]) -> Option<()> {
        match *fields {
            ["zone", zone] => self.zone = Some(Zone::named(zone).ok()?),
            ["step", minutes] => self.step = Some(step(minutes)?),
            ["grain", "contact"] => self.grain = Some(RowGrain::Contact),
            ["grain", "leg"] => self.grain = Some(RowGrain::Leg),
            ["provider", provider] => self.provider = Some(provider.to_owned()),
            ["program", program] => self.programs.push(program.to_owned()),
            ["first", day] => self.days.0 = Some(day.parse().ok()?),
            ["last", day] => self.days.1 = Some(day.parse().ok()?),
            ["select", ref rest @ ..] => self.select.criteria.push(criterion(rest)?),
            ["by", "interval", minutes] => self.by.push(Dimension::from_word("interval", step(minutes)?)?),
            ["by", word] => self.by.push(Dimension::from_word(word, Step::HALF_HOUR)?),
            ["calendar", name, hours] => {
                self.calendars.insert(name.to_owned(), Calendar { days: None, hours: hours.parse().ok()? });
                self.last_calendar = Some(name.to_owned());
            }
            ["days", ref days @ ..] => {
                let calendar = self.calendars.get_mut(self.last_calendar.as_deref()?)?;
                calendar.days = Some(calendar_days(days)?);
            }
            ["standard", threshold, short] => {
                let span = |text: &str| text.parse().ok().map(Milliseconds);
                let (threshold, short) = (span(threshold)?, span(short)?);
                self.standard = Some(Standard { threshold, short, calendar: None, families: BTreeSet::new() });
            }
            ["business", calendar] => self.standard.as_mut()?.calendar = Some(calendar.to_owned()),
            ["family", word] => {
                let family = Family::ALL.into_iter().find(|family| family.word() == word)?;
                self.standard.as_mut()?.families.insert(family);
            }
            ["measure", name, preset] => self.measures.push(Asked {
                name: name.to_owned(),
                measure: MeasureTerm {
                    preset: Preset::named(preset)?,
                    threshold: None,
                    short_abandons: None,
                    within: None,
                    choices: std::collections::BTreeMap::new(),
                },
                when: Select::default(),
                target: None,
            }),
            ref fields => self.of_measure(fields)?,
        }
        Some(())
    }

    /// Takes a line that says something of the measure named last.
    fn of_measure(&mut self, fields: &[&str]) -> Option<()> {
        let asked = self.measures.last_mut()?;
        match *fields {
            ["threshold", span] => asked.measure.threshold = Some(Milliseconds(span.parse().ok()?)),
            ["short", span] => asked.measure.short_abandons = Some(Milliseconds(span.parse().ok()?)),
            ["within", days] => asked.measure.within = Some(Days(days.parse().ok()?)),
            ["choice", choice, word] => {
                let choice = Choice::ALL.into_iter().find(|known| known.word() == choice)?;
                // A calendar goes by the name that it has in the contract.
                (choice == Choice::Calendar || choice.words().contains(&word)).then_some(())?;
                asked.measure.choices.insert(choice, word.to_owned());
            }
            ["when", ref rest @ ..] => asked.when.criteria.push(criterion(rest)?),
            ["target", side, at, unit] => {
                let more_is_better = match side {
                    "at least" => true,
                    "at most" => false,
                    _ => return None,
                };
                let units = [LevelUnit::Percent, LevelUnit::Seconds, LevelUnit::Number];
                let unit = units.into_iter().find(|known| unit_word(*known) == unit)?;
                asked.target = Some(Target { at: Exact::parse_computed(at).ok()?, unit, more_is_better });
            }
            _ => return None,
        }
        Some(())
    }

    fn program(self) -> Result<Program, TextError> {
        Ok(Program {
            rows: Rows {
                grain: self.grain.ok_or(TextError::Missing("grain"))?,
                provider: self.provider,
                programs: self.programs,
                select: self.select,
                first: self.days.0,
                last: self.days.1,
            },
            by: self.by,
            zone: self.zone.ok_or(TextError::Missing("zone"))?,
            step: self.step.ok_or(TextError::Missing("step"))?,
            calendars: self.calendars,
            standard: self.standard,
            measures: self.measures,
        })
    }
}

fn step(minutes: &str) -> Option<Step> {
    Step::minutes(minutes.parse().ok()?)
}

fn criterion(fields: &[&str]) -> Option<Criterion> {
    Some(match *fields {
        ["one of", field, ref words @ ..] => {
            let field = Field::ALL.into_iter().find(|known| known.word() == field)?;
            Criterion::OneOf(field, words.iter().map(|word| (*word).to_owned()).collect())
        }
        ["talk longer than", time] => Criterion::TalkLongerThan(Milliseconds(time.parse().ok()?)),
        ["approved", "yes"] => Criterion::Approved(true),
        ["approved", "no"] => Criterion::Approved(false),
        _ => return None,
    })
}

fn calendar_days(words: &[&str]) -> Option<CalendarDays> {
    let mut days = CalendarDays::default();
    for word in words {
        if let Some((_, weekday)) = WEEKDAYS.iter().find(|(known, _)| known == word) {
            days.weekdays.push(*weekday);
        } else if let Some(catalog) = HOLIDAY_CALENDARS.iter().find(|known| *known == word) {
            days.catalog = Some(catalog);
        } else {
            days.dates.insert(word.parse().ok()?);
        }
    }
    Some(days)
}
