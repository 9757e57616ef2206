//! What amendments make of a contract: its terms on each day, by what is known of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Diagnostic, Month, Term};

use super::amendment::{self, Edit, Placed};
use super::revision::Revision;
use crate::in_force::{Renamed, Timeline};
use crate::{Charge, ChargeKind, Contract, Due};

/// How many values of the text are read again at most: enough for two hundred amendments of a contract of hundreds of
/// charges, few enough for seconds.
const VALUES_MOST: usize = 400_000;

/// So many values are copied in the time in which one is read.
const COPIES: usize = 8;

/// Adds the amendments of a text to its contract. `None` if there is none; then there are findings.
pub(super) fn amended(root: &Node, contract: Option<Contract>, findings: &mut Findings) -> Option<Contract> {
    let Some(node) = root.table().and_then(|table| table.get("amendment")) else { return contract };
    let amendments = amendment::read(node, findings);
    overtaken(&amendments, findings);
    let said = findings.iter().map(Said::of).collect();
    let base = contract.map(Arc::new);
    let mut reading = Reading {
        text: Revision::of(root),
        base,
        amendments: &amendments,
        findings,
        said,
        read: BTreeMap::new(),
        placed: BTreeMap::new(),
        values: 0,
    };
    let timelines = reading.timelines();
    let base = reading.base.take();
    drop(reading);
    let contract = Arc::unwrap_or_clone(base?);
    let known = amendments.into_iter().map(|placed| placed.amendment).collect();
    Some(Contract { amendments: known, amended: timelines?, ..contract })
}

/// What a finding says and where, to say it once.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    code: &'static str,
    start: usize,
    end: usize,
    message: String,
}

impl Said {
    fn of(diagnostic: &Diagnostic) -> Said {
        let Range { start, end } = diagnostic.primary.span;
        Said { code: diagnostic.code, start, end, message: diagnostic.message.clone() }
    }
}

/// Some amendments by their positions, in the order in which they are applied.
type Applied = Vec<usize>;

/// What tells versions apart: what is applied to the text, the renames that their lines have already, their days.
type Place = (Applied, Vec<usize>, Date, Option<Date>);

struct Reading<'a, 'n> {
    text: Revision,
    /// The terms before any amendment; none where they have mistakes.
    base: Option<Arc<Contract>>,
    amendments: &'a [Placed<'n>],
    findings: &'a mut Findings,
    /// What was said already.
    said: BTreeSet<Said>,
    /// Versions by what is applied to the text.
    read: BTreeMap<Applied, Option<Arc<Contract>>>,
    /// Versions by what is applied to the text, with their days and the names of their lines.
    placed: BTreeMap<Place, Arc<Contract>>,
    /// How many values were read again.
    values: usize,
}

/// The days on which the same terms hold.
struct Span {
    from: Date,
    terms: Arc<Contract>,
    applied: Applied,
    /// Positions among the timeline's renames: names that its lines have already.
    renamed: Vec<usize>,
}

impl Reading<'_, '_> {
    /// What holds once the amendments of each day on which some became known are known.
    fn timelines(&mut self) -> Option<BTreeMap<Date, Timeline>> {
        let days: BTreeSet<Date> = self.amendments.iter().map(|placed| placed.amendment.known).collect();
        let mut timelines = BTreeMap::new();
        // The last first: it has the mistakes of all.
        for known in days.into_iter().rev() {
            let timeline = self.timeline(known)?;
            timelines.insert(known, timeline);
        }
        Some(timelines)
    }

    /// What holds once the amendments known on a day are known.
    fn timeline(&mut self, known: Date) -> Option<Timeline> {
        let mut order: Vec<usize> =
            (0..self.amendments.len()).filter(|at| self.amendments[*at].amendment.known <= known).collect();
        order.sort_by_key(|at| self.effective(*at));
        let mut text = self.text.clone();
        self.spend(text.root.size() / COPIES)?;
        let mut spans: Vec<Span> = Vec::new();
        if let Some(base) = &self.base {
            let terms = Arc::clone(base);
            spans.push(Span { from: base.term.starts, terms, applied: Vec::new(), renamed: Vec::new() });
        }
        let mut ended_by: Option<usize> = None;
        let mut applied: Applied = Vec::new();
        let amendments = self.amendments;
        let from = |at: &usize| amendments[*at].amendment.effective;
        for same_day in order.chunk_by(|a, b| from(a) == from(b)) {
            let mut ready = Vec::new();
            for at in same_day {
                let in_time = spans.last().map_or(Ok(true), |last| self.in_time(*at, last.terms.term, ended_by));
                match in_time {
                    Ok(true) => ready.push(*at),
                    Ok(false) => {}
                    Err(diagnostic) => self.say(*diagnostic),
                }
            }
            for at in &ready {
                let mut found = self.findings.of_same_file();
                text.apply(&self.amendments[*at], &mut found);
                self.say_all(found.into_diagnostics(), None);
                applied.push(*at);
                if ends(&self.amendments[*at]).is_some() {
                    ended_by = Some(*at);
                }
            }
            let (Some(last), Some(before)) = (ready.last(), spans.last()) else { continue };
            let before = Arc::clone(&before.terms);
            match self.version(&applied, &text, *last) {
                Some(terms) => {
                    self.days_that_passed(&ready, &before, &terms);
                    spans.push(Span { from: from(last), terms, applied: applied.clone(), renamed: Vec::new() });
                }
                // What the others say is still looked at, and no more terms are read.
                None => spans.clear(),
            }
        }
        let renamed = self.renamed(&applied);
        if self.findings.has_errors() { None } else { Some(self.placed(named(spans, &renamed), renamed)) }
    }

    fn effective(&self, at: usize) -> Date {
        self.amendments[at].amendment.effective
    }

    /// Whether an amendment takes effect while the contract lasts. If the contract was ended since by a later one, it
    /// never does, which is no mistake.
    fn in_time(&self, at: usize, term: Term, ended_by: Option<usize>) -> Result<bool, Box<Diagnostic>> {
        let placed = &self.amendments[at];
        let from = placed.amendment.effective;
        let primary = self.findings.label(&placed.effective, "");
        let next = term.ends.and_then(|ends| ends.tomorrow().ok());
        if from < term.starts {
            let message = format!("the amendment takes effect before the contract, which starts on {}", term.starts);
            let help = format!("write `effective = {}` if it holds from the beginning", term.starts);
            return Err(Box::new(Diagnostic::error("C070", message, primary).with_help(help)));
        }
        if let (Some(ends), Some(next)) = (term.ends, next)
            && next < from
        {
            if ended_by.is_some_and(|by| at < by) {
                return Ok(false);
            }
            let message = format!("the amendment takes effect when the contract has ended, on {ends}");
            let help = format!("an amendment that prolongs it takes effect on {next} at the latest");
            return Err(Box::new(Diagnostic::error("C070", message, primary).with_help(help)));
        }
        if 2200 <= from.year() {
            let message = format!("no contract that people sign is in force on {from}");
            let help = "write a day before the year 2200";
            return Err(Box::new(Diagnostic::error("C070", message, primary).with_help(help)));
        }
        Ok(true)
    }

    /// The terms once some amendments are applied; `last` is the last of them.
    fn version(&mut self, applied: &Applied, text: &Revision, last: usize) -> Option<Arc<Contract>> {
        if let Some(version) = self.read.get(applied) {
            return version.clone();
        }
        self.spend(text.root.size())?;
        let mut found = self.findings.of_same_file();
        let version = Fields::of(&text.root, &mut found).and_then(|fields| super::contract(fields, &mut found));
        let version = version.filter(|_| !found.has_errors());
        let is_said =
            |diagnostic: &Diagnostic| diagnostic.code == "C012" && text.dangling.contains(&diagnostic.primary.span);
        self.say_all(found.into_diagnostics().into_iter().filter(|found| !is_said(found)), Some(last));
        let placed = &self.amendments[last];
        let from = placed.amendment.effective;
        if let Some(ends) = version.as_ref().and_then(|version| version.term.ends)
            && ends < from
        {
            let place = ends_of(applied, self.amendments).unwrap_or(&placed.effective);
            let primary = self.findings.label(place, "the last day");
            let related = self.findings.label(&placed.effective, "the first day of the amendment");
            let message = "the contract ends before the amendment takes effect";
            let help = "write the last day as it will be, and let the amendment take effect on that day or before";
            let diagnostic = Diagnostic::error("C070", message, primary);
            self.say(diagnostic.with_related(related).with_help(help));
        }
        let version = version.map(Arc::new);
        self.read.insert(applied.clone(), version.clone());
        version
    }

    /// Says so where an amendment would have something billed on a day that has passed, or bill it again.
    /// `same_day` are those that take effect together.
    fn days_that_passed(&mut self, same_day: &[usize], before: &Contract, after: &Contract) {
        let Some(placed) = same_day.last().map(|at| &self.amendments[*at]) else { return };
        let from = placed.amendment.effective;
        let edits = same_day.iter().rev().flat_map(|at| self.amendments[*at].edits.iter().rev());
        let old_name = |name: &str| {
            edits.clone().fold(name.to_owned(), |name, edit| match edit {
                Edit::Rename { from, to, .. } if **to == name => from.name.clone(),
                _ => name,
            })
        };
        let (was, is) = (once(before), once(after));
        let mut said = self.changed_units(same_day, before, after, old_name);
        for (name, (day, amount)) in &is {
            let old = was.get(old_name(name).as_str());
            let label = self.findings.label(&placed.place, "with this amendment");
            let message = match old {
                Some(old) if old == &(*day, *amount) => continue,
                Some((billed, _)) if *billed < from && *billed == *day => {
                    format!("`{name}` was billed on {day} already: it stays as it was")
                }
                Some((billed, _)) if *billed < from && from <= *day => {
                    format!("`{name}` was billed on {billed} already, and would be again on {day}")
                }
                Some((billed, _)) if *billed < from => format!("`{name}` was billed on {billed} already"),
                _ if *day < from => format!("`{name}` falls due on {day}, before {from}: it would never be billed"),
                _ => continue,
            };
            let help = format!("add what is still to be billed as a charge of its own, due on {from} or later");
            said.push(Diagnostic::error("C079", message, label).with_help(help));
        }
        said.into_iter().for_each(|diagnostic| self.say(diagnostic));
    }

    /// Where an amendment changes the unit of a charge: what earlier months used is kept in it.
    fn changed_units(
        &self,
        same_day: &[usize],
        before: &Contract,
        after: &Contract,
        renamed: impl Fn(&str) -> String,
    ) -> Vec<Diagnostic> {
        let placed = same_day.iter().map(|at| &self.amendments[*at]);
        let mut said = Vec::new();
        for charge in &after.charges {
            let Some(old) = before.charge(&renamed(&charge.name)).map(|old| &before.charges[old]) else { continue };
            let (was, is) = (unit(old), unit(charge));
            if was == is {
                continue;
            }
            let at_key = placed.clone().flat_map(|placed| &placed.edits).find_map(|edit| match edit {
                Edit::Set { path, .. } => match path.as_slice() {
                    [section, name, key] if section.name == "charge" && name.name == old.name => Some(&key.span),
                    _ => None,
                },
                _ => None,
            });
            let Some(place) = at_key.or(placed.clone().next_back().map(|placed| &placed.place)) else { continue };
            let label = self.findings.label(place, format!("from {was} to {is}"));
            let message = format!("the unit of `{}` cannot change: what earlier months used is kept in it", old.name);
            let help = "end it, and add the new one as a charge of another name";
            said.push(Diagnostic::error("C071", message, label).with_help(help));
        }
        said
    }

    /// The lines that some amendments rename, in the order of the days on which they do.
    fn renamed(&self, applied: &Applied) -> Vec<Rename> {
        let of = |at: &usize| {
            let (placed, from) = (&self.amendments[*at], self.effective(*at));
            placed.edits.iter().filter_map(move |edit| match edit {
                Edit::Rename { from: old, to, .. } => {
                    Some(Rename { from, old: old.name.clone(), new: (*to).to_owned() })
                }
                _ => None,
            })
        };
        applied.iter().flat_map(of).collect()
    }

    /// The versions of some spans, each with its days.
    fn placed(&mut self, spans: Vec<Span>, renamed: Vec<Rename>) -> Timeline {
        let mut versions = Vec::with_capacity(spans.len());
        for (position, span) in spans.iter().enumerate() {
            let next = spans.get(position + 1).map(|next| next.from);
            if next == Some(span.from) {
                continue; // An amendment of the first day leaves nothing of what stood before.
            }
            let ends = match next {
                Some(next) => Some(next.yesterday().expect("a day after the first has one before")),
                None => span.terms.term.ends,
            };
            let key = (span.applied.clone(), span.renamed.clone(), span.from, ends);
            let version = self.placed.entry(key).or_insert_with(|| {
                let mut version = Contract::clone(&span.terms);
                span.renamed.iter().for_each(|at| rename(&mut version, &renamed[*at]));
                version.in_force = Term { starts: span.from, ends };
                Arc::new(version)
            });
            versions.push(Arc::clone(version));
        }
        let renamed = renamed.into_iter();
        let renamed =
            renamed.map(|Rename { from, old, new }| Renamed { from_month: Month::of(from), old, new }).collect();
        Timeline { versions, renamed }
    }

    /// Counts values that are read again. `None`, with a finding, if these are too many.
    fn spend(&mut self, values: usize) -> Option<()> {
        self.values = self.values.saturating_add(values);
        if self.values <= VALUES_MOST {
            return Some(());
        }
        let place = self.amendments.first().map_or(0..0, |placed| placed.place.clone());
        let label = self.findings.label(&place, "from the first on");
        let message = "these are too many amendments for a contract of this size";
        let help = "write the terms that hold by now as a contract of their own, and go on from there";
        self.say(Diagnostic::error("C078", message, label).with_help(help));
        None
    }

    /// Says what was found and not said yet; of an amendment, where it does not stand in its text.
    fn say_all(&mut self, found: impl IntoIterator<Item = Diagnostic>, of: Option<usize>) {
        for diagnostic in found {
            let diagnostic = match of.map(|at| &self.amendments[at]) {
                Some(placed) if !placed.text.contains(&diagnostic.primary.span.start) => {
                    let from = placed.amendment.effective;
                    let label = self.findings.label(&placed.place, format!("with this amendment, from {from} on"));
                    diagnostic.with_related(label)
                }
                _ => diagnostic,
            };
            self.say(diagnostic);
        }
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        if self.said.insert(Said::of(&diagnostic)) {
            self.findings.push(diagnostic);
        }
    }
}

/// A line that gets another name.
struct Rename {
    from: Date,
    old: String,
    new: String,
}

/// The spans with the names of their lines: an invoice has one name for a line, so that a new one stands on all of the
/// month in which it comes.
fn named(mut spans: Vec<Span>, renamed: &[Rename]) -> Vec<Span> {
    for (at, rename) in renamed.iter().enumerate() {
        let month = rename.from.first_of_month();
        if month == rename.from {
            continue;
        }
        let mut named = Vec::with_capacity(spans.len() + 1);
        let nexts: Vec<Option<Date>> = (1..=spans.len()).map(|next| spans.get(next).map(|next| next.from)).collect();
        for (span, next) in spans.into_iter().zip(nexts) {
            let meets = span.from < rename.from && next.is_none_or(|next| month < next);
            if !meets {
                named.push(span);
                continue;
            }
            let from = span.from.max(month);
            let also = [span.renamed.as_slice(), &[at]].concat();
            let (terms, applied) = (Arc::clone(&span.terms), span.applied.clone());
            if span.from < from {
                named.push(span);
            }
            named.push(Span { from, terms, applied, renamed: also });
        }
        spans = named;
    }
    spans
}

/// Gives a line of a version its later name. There may be none: it was added within the month.
fn rename(version: &mut Contract, rename: &Rename) {
    let charges = version.charges.iter_mut().map(|charge| &mut charge.name);
    let minimums = version.minimums.iter_mut().map(|minimum| &mut minimum.name);
    let discounts = version.discounts.iter_mut().map(|discount| &mut discount.name);
    let prepaid = version.prepaid.iter_mut().map(|prepaid| &mut prepaid.name);
    let slas = version.slas.iter_mut().map(|sla| &mut sla.name);
    let mut names = charges.chain(minimums).chain(discounts).chain(prepaid).chain(slas);
    if let Some(name) = names.find(|name| **name == rename.old) {
        name.clone_from(&rename.new);
    }
}

/// What a charge is billed by.
fn unit(charge: &Charge) -> &str {
    match &charge.kind {
        ChargeKind::Counted(counted) => counted.unit(),
        ChargeKind::Ratio(ratio) => &ratio.unit,
        ChargeKind::Share(_) => "a share of others",
        ChargeKind::Flat { .. } => "an amount a month",
        ChargeKind::FourWeekly { .. } => "an amount each 28 days",
        ChargeKind::Once { .. } => "an amount once",
    }
}

/// What falls due on a day, by name.
fn once(contract: &Contract) -> BTreeMap<&str, (Date, &longshore_units::Amount)> {
    let charges = contract.charges.iter().filter_map(|charge| match &charge.kind {
        ChargeKind::Once { amount, on } => Some((charge.name.as_str(), (*on, amount))),
        _ => None,
    });
    let prepaid = contract.prepaid.iter().filter_map(|prepaid| match prepaid.due {
        Due::Once(day) => Some((prepaid.name.as_str(), (day, &prepaid.amount))),
        Due::Monthly => None,
    });
    charges.chain(prepaid).collect()
}

/// Where an amendment says when the contract ends.
fn ends<'p>(placed: &'p Placed<'_>) -> Option<&'p Range<usize>> {
    placed.edits.iter().find_map(|edit| match edit {
        Edit::Set { path, value } if matches!(path.as_slice(), [key] if key.name == "ends") => Some(&value.span),
        Edit::Remove { path, key: "ends", place } if path.is_empty() => Some(*place),
        _ => None,
    })
}

/// Where the last of some amendments that does says when the contract ends.
fn ends_of<'p>(applied: &Applied, amendments: &'p [Placed<'_>]) -> Option<&'p Range<usize>> {
    applied.iter().rev().find_map(|at| ends(&amendments[*at]))
}

/// Warns where an amendment changes what one known earlier changes from a later day on: it holds only until then.
fn overtaken(amendments: &[Placed<'_>], findings: &mut Findings) {
    // By what is set, the amendments known so far that set it: position, day.
    let mut known: BTreeMap<Vec<&str>, (Date, &Range<usize>)> = BTreeMap::new();
    for placed in amendments {
        let from = placed.amendment.effective;
        for edit in &placed.edits {
            let Edit::Set { path, .. } = edit else { continue };
            let names: Vec<&str> = path.iter().map(|key| key.name.as_str()).collect();
            let place = path.last().map_or(&placed.place, |key| &key.span);
            match known.get(&names) {
                Some((later, other)) if from < *later => {
                    let primary = findings.label(place, "known later");
                    let related = findings.label(other, format!("known earlier, and in force from {later} on"));
                    let message = format!("what is set here holds only until {later}");
                    let help = "that an older amendment takes effect later leaves it in force from its day on: \
                                set it again with that day if the newer value is meant to stay";
                    let diagnostic = Diagnostic::warning("C076", message, primary);
                    findings.push(diagnostic.with_related(related).with_help(help));
                }
                Some(_) | None => {
                    known.insert(names, (from, place));
                }
            }
        }
    }
}
