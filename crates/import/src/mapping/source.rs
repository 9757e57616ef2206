//! One place a value may come from, as a mapping writes it: a title, or a table that says more.

use longshore_contacts::{Decimal, Kind};
use longshore_document::{Fields, Findings, Node, Value as Written, quoted};
use longshore_units::{Exact, Milliseconds};

use super::field::{Alternative, Condition, Constant, Operand, Reading, TimeOfDay, Title, Value};
use super::formats::{self, Formats};
use crate::table::time_of_day;

/// What is known where a source is read.
pub(super) struct Source<'m> {
    /// The fields of the table, by slot.
    pub slots: &'m [(&'static str, Kind)],
    /// What the field holds.
    pub kind: Kind,
    /// How the file writes values.
    pub formats: &'m Formats,
}

const HELP: &str = "write the title of a column: \"Call ID\", `{ column = \"Call ID\" }`, `{ columns = [\"Line\", \"Call\"] }`, \
                    `{ date = \"Date\", time = \"Time\" }`; or `{ value = \"voice\" }` for all rows";

impl Source<'_> {
    /// A title, or a table.
    pub fn alternative(&self, node: &Node, titles: &mut Titles, f: &mut Findings) -> Option<Alternative> {
        if let Written::Text(_) = &node.value {
            let reading = Reading { formats: self.formats.clone(), words: Vec::new() };
            let value = Value::Cell(titles.title(node, f)?, reading);
            return Some(Alternative { conditions: Vec::new(), value, plus: Vec::new(), minus: Vec::new() });
        }
        let mut fields = Fields::of(node, f)?;
        let mut conditions = fields.take("when").map(|node| conditions(node, true, titles, f)).unwrap_or_default();
        conditions
            .extend(fields.take("unless").map(|node| self::conditions(node, false, titles, f)).unwrap_or_default());
        let plus = self.operands(fields.take("plus"), f);
        let minus = self.operands(fields.take("minus"), f);
        let value = self.value(&mut fields, node, titles, f);
        fields.finish(f);
        Some(Alternative { conditions, value: value?, plus, minus })
    }

    fn value(&self, fields: &mut Fields<'_>, node: &Node, titles: &mut Titles, f: &mut Findings) -> Option<Value> {
        let is_instant = self.kind == Kind::Instant;
        let (column, columns) = (fields.take("column"), fields.take("columns"));
        let (date, time, near) = (fields.take("date"), fields.take("time"), fields.take("near"));
        let at = fields.take("at");
        let (from, until) = (fields.take("from"), fields.take("until"));
        let constant = fields.take("value");
        let between = fields.take("between");
        let reading = self.reading(fields, f);
        match (column, columns, date, time, from, constant) {
            (Some(column), None, None, None, None, None) => Some(Value::Cell(titles.title(column, f)?, reading)),
            (None, Some(columns), None, None, None, None) => {
                let parts = columns.list(f)?.iter().filter_map(|node| titles.title(node, f)).collect();
                let between = between.and_then(|node| node.text(f)).unwrap_or("-");
                Some(Value::Joined(parts, between.to_owned(), reading))
            }
            (None, None, Some(date), time, None, None) if is_instant && time.is_some() != at.is_some() => {
                let time = match (time, at) {
                    (Some(time), _) => TimeOfDay::Cell(titles.title(time, f)?),
                    (None, Some(at)) => TimeOfDay::Fixed(self.time(at, f)?),
                    (None, None) => return None,
                };
                Some(Value::DayAndTime { day: titles.title(date, f)?, time, reading })
            }
            (None, None, None, Some(time), None, None) if is_instant && near.is_some() => {
                let near = self.field(near?, Kind::Instant, f)?;
                Some(Value::Near { time: titles.title(time, f)?, near, reading })
            }
            (None, None, None, None, Some(from), None) if until.is_some() && self.kind == Kind::Duration => {
                Some(Value::Between(self.field(from, Kind::Instant, f)?, self.field(until?, Kind::Instant, f)?))
            }
            (None, None, None, None, Some(from), None) if until.is_none() => {
                Some(Value::Field(self.field(from, self.kind, f)?))
            }
            (None, None, None, None, None, Some(constant)) => self.constant(constant, f).map(Value::Constant),
            _ => {
                let help = match self.kind {
                    Kind::Instant => {
                        "write `{ column = … }`, `{ date = …, time = … }`, `{ date = …, at = \"00:00\" }`, `{ time = …, near = \
                         \"arrived_at\" }` or `{ from = \"answered_at\", plus = \"talk\" }`"
                    }
                    Kind::Duration => {
                        "write `{ column = … }`, `{ from = \"offered_at\", until = \"answered_at\" }` or `{ value = \"20s\" }`"
                    }
                    _ => HELP,
                };
                f.error("I002", &node.span, "this does not say, once, where the value comes from", help);
                None
            }
        }
    }

    fn reading(&self, fields: &mut Fields<'_>, f: &mut Findings) -> Reading {
        let mut formats = self.formats.clone();
        formats::refine(&mut formats, fields, f);
        let words = fields.take("words").map(|node| self.words(node, f)).unwrap_or_default();
        Reading { formats, words }
    }

    fn words(&self, node: &Node, f: &mut Findings) -> Vec<(String, String)> {
        let fields = Fields::of(node, f);
        let entries = fields.iter().flat_map(Fields::entries);
        let mut words = Vec::new();
        for (key, node) in entries {
            let ours = match self.kind {
                Kind::Word(known) => {
                    let known: Vec<(&'static str, &str)> = known.iter().map(|word| (*word, *word)).collect();
                    node.one_of(&known, f).map(str::to_owned)
                }
                Kind::Flag => node.boolean(f).map(|flag| flag.to_string()),
                Kind::Name | Kind::Text => node.name(f).map(str::to_owned),
                _ => {
                    let help = "words stand for words, and for true or false: take them out";
                    f.error("I002", &key.span, "this field holds no words", help);
                    return words;
                }
            };
            words.extend(ours.map(|ours| (key.name.clone(), ours)));
        }
        // Whatever has no word of its own comes last.
        words.sort_by_key(|(theirs, _)| theirs.ends_with('*'));
        words
    }

    fn constant(&self, node: &Node, f: &mut Findings) -> Option<Constant> {
        match self.kind {
            Kind::Word(known) => {
                let known: Vec<(&'static str, &str)> = known.iter().map(|word| (*word, *word)).collect();
                node.one_of(&known, f).map(|word| Constant::Text(word.to_owned()))
            }
            Kind::Name | Kind::Text => node.name(f).map(|name| Constant::Text(name.to_owned())),
            Kind::Flag => node.boolean(f).map(Constant::Flag),
            Kind::Duration => node.milliseconds(f).map(|Milliseconds(span)| Constant::Whole(span as i64)),
            Kind::Count => {
                node.whole(0, i64::MAX.into(), f).and_then(|whole| i64::try_from(whole).ok().map(Constant::Whole))
            }
            Kind::Score => {
                node.whole(0, i32::MAX.into(), f).and_then(|whole| i64::try_from(whole).ok().map(Constant::Whole))
            }
            Kind::Decimal(places) => {
                let exact = node.exact(f)?;
                let unscaled = unscaled(&exact, places);
                if unscaled.is_none() {
                    let message = format!("{exact} has more than {places} decimals, or too many digits");
                    f.error("T007", &node.span, message, "write it shorter");
                }
                unscaled.map(Constant::Decimal)
            }
            Kind::Day => node.date(f).map(|day| Constant::Text(day.to_string())),
            Kind::Instant => {
                f.error("I002", &node.span, "no instant is the same in all rows", "name the column that says when");
                None
            }
        }
    }

    fn operands(&self, node: Option<&Node>, f: &mut Findings) -> Vec<Operand> {
        let nodes = node.map_or(&[][..], Node::one_or_many);
        let of = match self.kind {
            Kind::Instant | Kind::Duration => Kind::Duration,
            Kind::Count => Kind::Count,
            _ => {
                if let Some(node) = nodes.first() {
                    f.error("I002", &node.span, "nothing can be added to this field", "take it out");
                }
                return Vec::new();
            }
        };
        let fixed = |node: &Node| match &node.value {
            Written::Text(text) if of == Kind::Duration => {
                text.parse().ok().and_then(|Milliseconds(span)| i64::try_from(span).ok())
            }
            _ => None,
        };
        let operand = |node: &Node, f: &mut Findings| match fixed(node) {
            Some(span) => Some(Operand::Fixed(span)),
            None => self.field(node, of, f).map(Operand::Field),
        };
        nodes.iter().filter_map(|node| operand(node, f)).collect()
    }

    /// Another field of that kind, by its name.
    fn field(&self, node: &Node, kind: Kind, f: &mut Findings) -> Option<usize> {
        let name = node.text(f)?;
        let found = self.slots.iter().position(|(known, of)| *known == name && *of == kind);
        if found.is_none() {
            let of_kind = self.slots.iter().filter(|(_, of)| *of == kind).map(|(name, _)| *name);
            let help = format!("such fields are {}", quoted(of_kind));
            f.error(
                "I003",
                &node.span,
                format!("`{name}` is no field of this table that this could be reckoned from"),
                help,
            );
        }
        found
    }

    /// A time of day, in microseconds since midnight.
    fn time(&self, node: &Node, f: &mut Findings) -> Option<i64> {
        let text = node.text(f)?;
        let time = time_of_day(text);
        if time.is_none() {
            f.error("I004", &node.span, format!("`{text}` is no time of day"), "write, for example, \"00:00\"");
        }
        time
    }
}

/// A decimal without its point; none where something would be lost.
pub(crate) fn unscaled(exact: &Exact, places: i8) -> Option<i128> {
    match places {
        6 => Decimal::<6>::try_from(exact).ok().map(Decimal::unscaled),
        9 => Decimal::<9>::try_from(exact).ok().map(Decimal::unscaled),
        12 => Decimal::<12>::try_from(exact).ok().map(Decimal::unscaled),
        _ => None,
    }
}

/// The titles that a mapping names, each once.
#[derive(Default)]
pub(super) struct Titles(pub Vec<String>);

impl Titles {
    fn number(&mut self, title: &str) -> Title {
        let title = title.trim();
        let known = self.0.iter().position(|known| known == title);
        Title(known.unwrap_or_else(|| {
            self.0.push(title.to_owned());
            self.0.len() - 1
        }))
    }

    /// The title of a column.
    fn title(&mut self, node: &Node, f: &mut Findings) -> Option<Title> {
        let title = node.text(f)?;
        if title.trim().is_empty() {
            f.error("T007", &node.span, "this title is empty", "write the word above the column, or its letter: \"B\"");
            return None;
        }
        Some(self.number(title))
    }
}

/// What must be so in a row, or must not: titles with words.
pub(super) fn conditions(node: &Node, holds: bool, titles: &mut Titles, f: &mut Findings) -> Vec<Condition> {
    let fields = Fields::of(node, f);
    let entries = fields.iter().flat_map(Fields::entries);
    let mut conditions = Vec::new();
    for (key, node) in entries {
        let words =
            node.one_or_many().iter().filter_map(|node| node.text(f)).map(|word| word.trim().to_owned()).collect();
        conditions.push(Condition { title: titles.number(&key.name), words, holds });
    }
    conditions
}
