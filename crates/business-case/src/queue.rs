//! Reading a queue of program.toml: who comes, when, with what, and what they were promised.

use longshore_contacts::Channel;
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Diagnostic, Zone};

use crate::case::is_live;
use crate::catalog::{BUSYNESS, PATIENCE, PROMISE, PROMISE_OF_LISTS};
use crate::demand::{Curve, weekday_position};
use crate::history::{Format, history};
use crate::opening::weekdays;
use crate::profile::Profile;
use crate::program::Histories;
use crate::reading::{LONGEST_MS, Names, duration, name, position, required_name, tables, time_of_day};
use crate::{Assumption, CallList, Demand, Handle, Opening, Queue, Returns, Target, Volume};

/// The most of those with an open question who come back: if all did, some would never be done.
const MOST_RETURNS: f64 = 0.999;

const CHANNELS: [(&str, Channel); 5] = [
    ("voice", Channel::Voice),
    ("chat", Channel::Chat),
    ("email", Channel::Email),
    ("social", Channel::Social),
    ("text", Channel::Text),
];

pub(crate) struct QueueReader<'n> {
    pub zone: Zone,
    pub names: Names,
    /// The names of all queues, in their order.
    pub all: Vec<&'n str>,
    pub assumptions: Vec<Assumption>,
}

impl QueueReader<'_> {
    pub fn queue(&mut self, node: &Node, histories: &mut Histories<'_>, findings: &mut Findings) -> Option<Queue> {
        let mut fields = Fields::of(node, findings)?;
        let place = fields.take("name").map_or(node.span.clone(), |name| name.span.clone());
        let queue = required_name(&mut fields, "name", "what records and contracts call it", findings);
        self.names.take("queues", &queue, &place, findings);
        let channel = fields.require("channel", "\"voice\", \"chat\", \"email\", …", findings);
        let channel = channel.and_then(|node| node.one_of(&CHANNELS, findings)).unwrap_or(Channel::Voice);
        let language = required_name(&mut fields, "language", "the language spoken: \"en\"", findings);
        let mut open = match (fields.take("hours"), channel) {
            (Some(node), _) => Opening::read(node, findings),
            (None, Channel::Voice) => self.published_hours(&queue),
            (None, Channel::Chat) => {
                fields.require("hours", "when customers may chat: \"Mon-Fri 08:00-20:00\"", findings);
                Opening::default()
            }
            (None, _) => Opening::always(), // Who writes does so at any time.
        };
        let mut worked = self.worked(channel, &mut fields, findings);
        if let Some(closed) = fields.take("closed") {
            worked.as_mut().unwrap_or(&mut open).read_closed(closed, findings);
        }
        for (calendar, lacking) in open.open_on() {
            let source = format!("the calendar `{calendar}` has what falls by rule; name other days under `closed`");
            self.assume(&queue, "open on holidays that no rule gives", &lacking, &source);
        }
        let list_node = fields.take("list");
        let list = list_node.and_then(|node| CallList::read(node, findings));
        if let Some(node) = list_node.filter(|_| channel != Channel::Voice) {
            let help = "make its channel \"voice\"";
            findings.error(
                "B002",
                &node.span,
                "this version does not cover lists of customers who are not called",
                help,
            );
        }
        let kind = (channel, list_node.is_some());
        let (demand, measured) = self.demand(&queue, kind, &open, &mut fields, histories, findings);
        let busyness = match (fields.take("busyness"), measured) {
            (Some(node), _) => node.number(0.0, 2.0, findings).unwrap_or(0.0),
            (None, Some(measured)) => measured,
            (None, None) if list_node.is_some() => 0.0, // The list is as long as it is.
            (None, None) => self.filled_in(&queue, &BUSYNESS),
        };
        let handle = match fields.take("handle") {
            Some(node) => Handle::read(&queue, node, &mut self.assumptions, findings),
            None if channel == Channel::Voice => Handle::published(&queue, &mut self.assumptions),
            None => {
                fields.require("handle", "how long a contact takes: { talk = { mean = \"6m\" } }", findings);
                Handle::NONE
            }
        };
        let patience_ms = match fields.take("patience") {
            Some(node) if node_is(node, "endless") => None,
            Some(node) => duration(node, LONGEST_MS, findings).map(|mean| mean as f64),
            None if list_node.is_some() => None, // The list says how long who answers waits.
            None if channel == Channel::Voice => Some(self.filled_in(&queue, &PATIENCE)),
            None if channel == Channel::Chat => {
                fields.require("patience", "how long customers wait before they leave: \"2m\"", findings);
                None
            }
            None => None, // Nobody stands by a letter box.
        };
        if patience_ms == Some(0.0) {
            findings.error("B007", &place, "customers hang up at once", "give a patience above 0s, or \"endless\"");
        }
        let target = match fields.take("target") {
            Some(node) => target_of(node, findings).unwrap_or(Target { share: 0.8, within_ms: 0 }),
            None if list_node.is_some() => {
                self.assume(&queue, "service promised", PROMISE_OF_LISTS.1, PROMISE_OF_LISTS.2);
                PROMISE_OF_LISTS.0
            }
            None if channel == Channel::Voice => {
                let (target, written, source) = PROMISE;
                self.assume(&queue, "service promised", written, source);
                target
            }
            None => {
                fields.require("target", "how many are answered by when: \"90% in 24h\"", findings);
                Target { share: 0.8, within_ms: 0 }
            }
        };
        let returns = self.returns(&queue, &mut fields, findings);
        if let Some(source) = name(&mut fields, "source", findings) {
            self.assume(&queue, "volume, profile and handle times", "as in program.toml", &source);
        }
        fields.finish(findings);
        Some(Queue {
            name: queue,
            channel,
            language,
            // Without a volume, which has its own finding, it is still a queue that options point to.
            demand: demand.unwrap_or_else(Demand::of_others),
            list,
            open,
            worked,
            busyness,
            handle,
            patience_ms,
            target,
            returns,
        })
    }

    /// When what waits for hours is worked on; nobody needs to say so of calls and chats.
    fn worked(&mut self, channel: Channel, fields: &mut Fields<'_>, findings: &mut Findings) -> Option<Opening> {
        if is_live(channel) {
            if let Some(node) = fields.take("worked") {
                let help = "leave it out: calls and chats are answered in the queue's `hours`";
                findings.error("B004", &node.span, "contacts that are answered as they come have no such hours", help);
            }
            return None;
        }
        let node = fields.require("worked", "when somebody works on them: \"Mon-Fri 09:00-18:00\"", findings);
        Some(node.map_or_else(Opening::default, |node| Opening::read(node, findings)))
    }

    fn assume(&mut self, queue: &str, what: &str, value: &str, source: &str) {
        self.assumptions.push(Assumption::of(queue, what, value, source));
    }

    fn filled_in(&mut self, queue: &str, fact: &crate::Fact) -> f64 {
        self.assumptions.push(fact.assumed(queue));
        fact.value
    }

    fn returns(&mut self, queue: &str, fields: &mut Fields<'_>, findings: &mut Findings) -> Returns {
        let none = Returns { share: 0.0, after_ms: 3_600_000.0, to: None };
        let Some(node) = fields.take("returns") else {
            let source = "nothing was given: an option that resolves less gets no more calls for it";
            self.assume(queue, "customers who come back with an open question", "none", source);
            return none;
        };
        let Some(mut fields) = Fields::of(node, findings) else { return none };
        let share = fields.require("share", "the share of open questions that come back: \"50%\"", findings);
        let share = share.and_then(|node| node.number(0.0, MOST_RETURNS, findings)).unwrap_or(0.0);
        let after = fields.require("after", "how long after, on average: \"20h\"", findings);
        let after_ms = after.and_then(|node| duration(node, LONGEST_MS, findings));
        let after_ms = after_ms.map_or(1.0, |after| after.max(1) as f64);
        let to = fields.take("to").and_then(|node| position(node, "queue", &self.all, findings));
        let to_share = fields.take("to_share").map(|node| node.number(0.0, 1.0, findings).unwrap_or(1.0));
        let place = fields.place().clone();
        if to.is_none() && to_share.is_some() {
            findings.error("B004", &place, "a share of them comes to no queue", "add `to`, or leave `to_share` out");
        }
        if to.is_some_and(|to| self.all[to] == queue) {
            findings.error(
                "B004",
                &place,
                "they come back to the queue they were in",
                "leave `to` out, or name another",
            );
        }
        fields.finish(findings);
        Returns { share, after_ms, to: to.map(|to| (to, to_share.unwrap_or(1.0))) }
    }

    /// The hours of the published profile of a day.
    fn published_hours(&mut self, queue: &str) -> Opening {
        let profile = voice_profile();
        let written = profile.hours();
        self.assume(queue, "hours", &written, &format!("filled in: {}", profile.source));
        Opening::of(&written)
    }

    /// The published profile of a day, within the hours of a queue.
    fn published_week(&mut self, queue: &str, profile: &Profile, open: &Opening) -> [Curve; 7] {
        let source = format!("filled in: {}; other hours are taken as the nearest", profile.source);
        self.assume(queue, "profile of the day and the week", "published shares", &source);
        profile.week(open)
    }

    /// The demand, and the busyness that a history shows.
    fn demand(
        &mut self,
        queue: &str,
        (channel, is_list): (Channel, bool),
        open: &Opening,
        fields: &mut Fields<'_>,
        histories: &mut Histories<'_>,
        findings: &mut Findings,
    ) -> (Option<Demand>, Option<f64>) {
        let months = fields.take("months").and_then(|node| factors(node, 12, findings));
        let months: [f64; 12] = months.and_then(|months| months.try_into().ok()).unwrap_or([1.0; 12]);
        let growth = fields.take("growth").and_then(|node| node.number(-0.9, 10.0, findings)).unwrap_or(0.0);
        let place = fields.place().clone();
        if is_list {
            let own = fields.take("contacts_a_year").map(|node| &node.span);
            if let Some(place) = own.or(fields.take_entry("history").map(|(key, _)| &key.span)) {
                let help = "leave out its volume, or `list`";
                findings.error("B004", place, "customers of this queue come and are called", help);
            }
            return (Some(Demand::of_nobody(Volume::OfList, months, growth)), None);
        }
        let passed_on = fields.take("passed_on");
        let (volume, counts) = (fields.take("contacts_a_year"), fields.take_entry("history"));
        let days = tables(fields, "day", findings);
        if let Some(node) = passed_on
            && node.boolean(findings) == Some(true)
        {
            let own = volume.map(|node| &node.span).or(counts.map(|(key, _)| &key.span));
            if let Some(place) = own.or(days.first().map(|day| &day.span)) {
                let help = "leave out its volume, or `passed_on`";
                findings.error("B004", place, "this queue has contacts of its own and is for others' alone", help);
            }
            return (Some(Demand::of_others()), None);
        }
        match (volume, counts) {
            (Some(volume), None) => {
                let contacts = volume.number(1.0, 1e10, findings).unwrap_or(1.0);
                let published = crate::profiles().iter().find(|profile| profile.channel == channel.as_str());
                let week = match published.filter(|_| days.is_empty()) {
                    Some(profile) => self.published_week(queue, profile, open),
                    None => week(days, &place, open, findings),
                };
                (Some(Demand { volume: Volume::AYear(contacts), week, months, growth }), None)
            }
            (None, Some((key, node))) => {
                if let Some(day) = days.first() {
                    let help = "leave out one of them: the history has its own days";
                    findings.error("B004", &day.span, "a history and a typical day are both given", help);
                }
                let drawn = Format::read(node, &self.zone, findings).and_then(|format| {
                    let Some((path, text)) = histories.texts.get_key_value(format.file.as_str()) else {
                        let message = format!("there is no file `{}` in this case", format.file);
                        findings.error("B001", &format.place, message, "put it there, or name another");
                        return None;
                    };
                    let mut own = Findings::of(text.name.clone());
                    let drawn = history(&format, text, (&self.zone, open), &mut own);
                    histories.findings.push(own);
                    drawn.map(|drawn| (*path, drawn))
                });
                let Some((path, drawn)) = drawn else { return (None, None) };
                if drawn.week.iter().all(|day| day.total() <= 0.0) {
                    findings.error("B016", &key.span, "the history has no contacts", "give counts above 0");
                    return (None, None);
                }
                let span = format!("{} days from {} to {}", drawn.days, drawn.first, drawn.last);
                self.assume(queue, "volume and profile", &format!("{span}, stretched to the horizon"), path);
                if months == [1.0; 12] {
                    let source = format!("{path} is too short to show a season; give `months` where there is one");
                    self.assume(queue, "season", "none", &source);
                }
                let busyness = format!("{:.1}%", drawn.busyness * 100.0);
                self.assume(queue, "busyness, estimated beyond weekday and chance", &busyness, path);
                let demand = Demand { volume: Volume::AsMeasured, week: drawn.week, months, growth };
                (Some(demand), Some(drawn.busyness))
            }
            (Some(volume), Some((key, _))) => {
                let related = findings.label(&volume.span, "as a number");
                let label = findings.label(&key.span, "and as a history");
                let help = "leave out `contacts_a_year` or `history`";
                let twice = Diagnostic::error("B004", "the volume is given twice", label);
                findings.push(twice.with_related(related).with_help(help));
                (None, None)
            }
            (None, None) => {
                let help = "add `contacts_a_year = 120000`, or `history = { file = \"history/calls.csv\", … }`";
                findings.error("T003", &place, "the volume is missing", help);
                (None, None)
            }
        }
    }
}

/// The published profile of calls; there is one.
fn voice_profile() -> &'static Profile {
    crate::profiles().iter().find(|profile| profile.channel == "voice").expect("the catalog has a profile of calls")
}

fn node_is(node: &Node, word: &str) -> bool {
    matches!(&node.value, longshore_document::Value::Text(text) if text == word)
}

/// A list of so many numbers of at least 0, not all 0.
fn factors(node: &Node, count: usize, findings: &mut Findings) -> Option<Vec<f64>> {
    let items = node.list(findings)?;
    let numbers: Vec<f64> = items.iter().filter_map(|item| item.number(0.0, 1e9, findings)).collect();
    if items.len() != count || (numbers.len() == count && numbers.iter().all(|number| *number == 0.0)) {
        let message = format!("here are {} numbers", items.len());
        findings.error("B004", &node.span, message, format!("write {count} numbers, not all of them 0"));
        return None;
    }
    (numbers.len() == count).then_some(numbers)
}

/// The curves of a week from the tables of typical days.
fn week(days: &[Node], place: &std::ops::Range<usize>, open: &Opening, findings: &mut Findings) -> [Curve; 7] {
    let mut week: [Option<(Curve, &Node)>; 7] = Default::default();
    let before = findings.count();
    for node in days {
        let Some(mut fields) = Fields::of(node, findings) else { continue };
        let named = fields.require("days", "of which weekdays this is a typical one: \"Mon-Fri\"", findings);
        let from = fields.require("from", "when the first figure's interval begins: \"08:00\"", findings);
        let each = fields.require("each", "the length of an interval: \"30m\" or \"1h\"", findings);
        let contacts = fields.require("contacts", "figures of the intervals, in proportion: [4, 9, 12]", findings);
        fields.finish(findings);
        let days = named.and_then(|node| {
            let days = weekdays(node.text(findings)?);
            if days.is_none() {
                let help = "write \"Mon-Fri\", \"Sat,Sun\" or a day such as \"Mon\"";
                findings.error("B004", &node.span, "these are no days of the week", help);
            }
            days
        });
        let from = from.and_then(|node| time_of_day(node, findings));
        let each = each.and_then(|node| {
            let minutes = node.milliseconds(findings)?.0 / 60_000;
            if !(1..=240).contains(&minutes) {
                findings.error("B004", &node.span, "this is no interval of a day", "write from 1m to 4h");
                return None;
            }
            u32::try_from(minutes).ok()
        });
        let figures: Option<Vec<f64>> = contacts.and_then(|node| {
            Some(node.list(findings)?.iter().filter_map(|item| item.number(0.0, 1e9, findings)).collect())
        });
        let (Some(days), Some(from), Some(each), Some(figures)) = (days, from, each, figures) else { continue };
        if u64::from(from) + u64::from(each) * figures.len() as u64 > 24 * 60 {
            let help = "give fewer figures, or begin earlier; what comes after midnight belongs to the next day";
            findings.error("B004", &node.span, "these figures run past midnight", help);
            continue;
        }
        let steps = (0u32..).zip(figures).map(|(step, contacts)| (from + step * each, each, contacts));
        for weekday in days {
            let day = &mut week[weekday_position(weekday)];
            if let Some((_, first)) = day {
                let related = findings.label(&first.span, "the first one");
                let label = findings.label(&node.span, "and in this one");
                let help = "give each weekday in one table";
                let twice = Diagnostic::error("B004", "a weekday stands in two tables", label);
                findings.push(twice.with_related(related).with_help(help));
            }
            *day = Some((Curve::of(steps.clone(), &open.minutes(weekday)), node));
        }
    }
    let week = week.map(|day| day.map_or_else(Curve::empty, |(curve, _)| curve));
    if week.iter().all(|day| day.total() <= 0.0) && findings.count() == before {
        let help = "add [[queue.day]] with days, from, each and contacts";
        findings.error("B004", place, "no typical day says when contacts come", help);
    }
    week
}

/// `80% in 20s`.
pub(crate) fn target_of(node: &Node, findings: &mut Findings) -> Option<Target> {
    let text = node.text(findings)?;
    let read = || {
        let (share, within) = text.split_once(" in ")?;
        let share: longshore_units::Exact = share.trim().strip_suffix('%')?.trim_end().parse().ok()?;
        let within: longshore_units::Milliseconds = within.parse().ok()?;
        let share = share.to_f64() / 100.0;
        (0.0 < share && share < 1.0 && within.0 <= LONGEST_MS).then_some(Target { share, within_ms: within.0 })
    };
    let target = read();
    if target.is_none() {
        let help = "write a share above 0 % and below 100 %, and a wait: \"80% in 20s\"";
        findings.error("B007", &node.span, format!("`{text}` is no target"), help);
    }
    target
}
