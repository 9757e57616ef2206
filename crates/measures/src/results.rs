//! What a tally comes to: exact figures of each group, reckoned when they are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use longshore_contacts::Table;
use longshore_contract::Target;
use longshore_units::{Exact, Instant};

use crate::dimension::Dimension;
use crate::fact::Form;
use crate::figure::{Figure, Formula, Ratio, Reading, Sampled, Together, Why};
use crate::grid;
use crate::groups::Key;
use crate::hours::Hours;
use crate::interval;
use crate::plan::Plan;
use crate::spectrum::quantile;
use crate::standard;
use crate::tally::Tally;

/// What a tally comes to.
#[derive(Clone, Debug)]
pub struct Results {
    plan: Arc<Plan>,
    tally: Tally,
    /// For each grouping: the groups of a key. A measure by days has one for each day behind it.
    index: Vec<BTreeMap<Vec<Key>, Vec<u32>>>,
    keys: Vec<Vec<Key>>,
}

/// Where a key's groups are, in each grouping.
struct At<'r> {
    key: &'r [Key],
    groups: Vec<&'r [u32]>,
}

impl Results {
    pub(crate) fn new(tally: Tally) -> Results {
        let plan = Arc::clone(&tally.plan);
        let width = plan.program.by.len();
        let mut index = Vec::with_capacity(tally.groupings.len());
        let mut keys: BTreeSet<Vec<Key>> = BTreeSet::new();
        if width == 0 {
            keys.insert(Vec::new());
        }
        for added in &tally.groupings {
            let mut of_grouping: BTreeMap<Vec<Key>, Vec<u32>> = BTreeMap::new();
            for group in 0..added.groups.count() {
                let mut key = added.groups.key(group);
                key.truncate(width);
                of_grouping.entry(key).or_default().push(group as u32);
            }
            keys.extend(of_grouping.keys().cloned());
            index.push(of_grouping);
        }
        Results { plan, tally, index, keys: keys.into_iter().collect() }
    }

    /// The plan it is of.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What groups are told apart by, in order; one without anything where nothing is told apart.
    pub fn keys(&self) -> &[Vec<Key>] {
        &self.keys
    }

    /// A key's parts, as people write them. None where rows do not say one.
    pub fn written(&self, key: &[Key]) -> Vec<(&'static str, Option<String>)> {
        let zone = &self.plan.program.zone;
        let part = |(by, key): (&Dimension, &Key)| {
            let text = match (by, key) {
                (_, Key::Name(name)) => name.as_deref().map(str::to_owned),
                (Dimension::Time(unit), Key::Time(begins)) if *begins != grid::NOWHERE => {
                    Some(unit.written(Instant(*begins), zone))
                }
                (_, Key::Time(_)) => None,
            };
            (by.word(), text)
        };
        self.plan.program.by.iter().zip(key).map(part).collect()
    }

    /// Whether the records have a table, be it without rows.
    pub fn has(&self, table: Table) -> bool {
        self.tally.present >> table as usize & 1 == 1
    }

    /// How many rows of a table were looked at.
    pub fn rows(&self, table: Table) -> u64 {
        self.tally.seen[table as usize]
    }

    /// How many rows could not be placed: they have no instant, or a span that no agent's time has.
    pub fn unplaced(&self) -> u64 {
        self.tally.unplaced
    }

    /// A group's figure.
    pub fn reading(&self, key: &[Key], figure: &Figure) -> Reading {
        self.reading_at(&self.at(key), figure)
    }

    /// All figures of a group, in the order of the plan: of many groups much quicker than one after the other.
    pub fn readings(&self, key: &[Key]) -> Vec<Reading> {
        let at = self.at(key);
        self.plan.figures.iter().map(|figure| self.reading_at(&at, figure)).collect()
    }

    /// Where a key's groups are.
    fn at<'r>(&'r self, key: &'r [Key]) -> At<'r> {
        let groups = self.index.iter().map(|of_grouping| of_grouping.get(key).map_or(&[][..], Vec::as_slice));
        At { key, groups: groups.collect() }
    }

    fn reading_at(&self, at: &At<'_>, figure: &Figure) -> Reading {
        let none = |why| Reading { value: Err(why), above: 0, below: 0, unknown: 0, interval: None };
        match &figure.formula {
            Formula::Never(why) => return none(why.clone()),
            _ if !self.has(figure.table) && figure.table != self.plan.table() => {
                return none(Why::NoTable(figure.table.name()));
            }
            _ => {}
        }
        match &figure.formula {
            Formula::Never(why) => none(why.clone()),
            Formula::Count(form) => {
                let above = self.sum(form, at);
                let value = if figure.unit == crate::Unit::Hours { hours(above) } else { Exact::from(above) };
                Reading { value: Ok(value), above, below: 1, unknown: 0, interval: None }
            }
            Formula::Ratio(ratio) => self.ratio(ratio, &|form| self.sum(form, at)),
            Formula::Over { ratio, together, target } => self.over(ratio, *together, target.as_ref(), at),
            Formula::Quantile { spectra, percent, unknown, what } => {
                let unknown = self.sum(unknown, at);
                self.quantile(spectra, *percent, (unknown, what), at)
            }
            Formula::Wilson { above, below, upper } => {
                let (above, below) = (self.sum(above, at), self.sum(below, at));
                let ends = interval::wilson(above, below);
                Reading { value: end(ends, *upper), above, below, unknown: 0, interval: None }
            }
            Formula::Recommendation { promoters, detractors, below, upper } => {
                let (promoters, detractors) = (self.sum(promoters, at), self.sum(detractors, at));
                let below = self.sum(below, at);
                let ends = interval::recommendation(promoters, detractors, below).map(|found| found.adjusted);
                Reading { value: end(ends, *upper), above: promoters - detractors, below, unknown: 0, interval: None }
            }
            Formula::Attrition { left, days } => {
                let (left, agent_days) = (self.sum(left, at), self.sum(days, at));
                let days = crate::planned::days(&self.plan, &self.plan.program.zone);
                let days = days.map_or(0, |(first, last)| i128::from(last) - i128::from(first) + 1);
                let value = left.checked_mul(days).and_then(|above| Exact::ratio(above, agent_days));
                Reading { value: value.ok_or(Why::Nothing), above: left, below: agent_days, unknown: 0, interval: None }
            }
            Formula::Downtime => match self.span(at.key) {
                Some(span) => {
                    let down = self.down(span);
                    Reading {
                        value: Ok(hours(i128::from(down))),
                        above: i128::from(down),
                        below: 1,
                        unknown: 0,
                        interval: None,
                    }
                }
                None => none(Why::Needs("from and to")),
            },
            Formula::Uptime { calendar } => match self.span(at.key) {
                Some(span) => self.uptime(*calendar, span),
                None => none(Why::Needs("from and to")),
            },
        }
    }

    /// Why customers came, the most frequent reasons first. None where that was not asked for.
    pub fn reasons(&self, key: &[Key]) -> Option<Vec<(Option<Arc<str>>, u64)>> {
        let (grouping, slot) = standard::reasons(&self.plan)?;
        let added = &self.tally.groupings[grouping];
        let groups = self.index[grouping].get(key).map_or(&[][..], Vec::as_slice);
        let reason = |group: &u32| {
            let rows = added.slots[*group as usize * added.width + slot];
            match added.groups.key(*group as usize).pop() {
                Some(Key::Name(name)) => (name, rows),
                _ => (None, rows),
            }
        };
        let mut reasons: Vec<_> = groups.iter().map(reason).filter(|(_, rows)| 0 < *rows).collect();
        reasons.sort_by(|(one, one_rows), (other, other_rows)| (other_rows, one).cmp(&(one_rows, other)));
        Some(reasons)
    }

    /// A sum of slots over all groups of a key.
    fn sum(&self, form: &Form, at: &At<'_>) -> i128 {
        let of_slot = |grouping: usize, slot: usize| -> i128 {
            let added = &self.tally.groupings[grouping];
            at.groups[grouping].iter().map(|group| i128::from(added.slots[*group as usize * added.width + slot])).sum()
        };
        form.0.iter().map(|(times, slot)| i128::from(*times) * of_slot(slot.grouping, slot.slot)).sum()
    }

    fn ratio(&self, ratio: &Ratio, sum: &dyn Fn(&Form) -> i128) -> Reading {
        let [above, below, unknown] = [&ratio.above, &ratio.below, &ratio.unknown].map(sum);
        let times = Exact::ratio(ratio.times.0, ratio.times.1).unwrap_or_else(Exact::one);
        let off_scale = ratio.beyond.as_ref().filter(|(beyond, _)| sum(beyond) != 0);
        let value = match (off_scale, Exact::ratio(above, below)) {
            (Some((_, scale)), _) => Err(Why::Scale(scale)),
            (None, Some(_)) if ratio.asked && above == 0 => Err(Why::Nothing),
            (None, Some(value)) => Ok(&value * &times),
            (None, None) if 0 < unknown => Err(Why::NotSaid(ratio.what)),
            (None, None) => ratio.empty.clone().ok_or(Why::Nothing),
        };
        let interval = ratio.sampled.as_ref().and_then(|sampled| interval_of(sampled, above, below, sum));
        Reading { value, above, below, unknown, interval }
    }

    /// The ratio of each unit of time within a group, put together.
    fn over(&self, ratio: &Ratio, together: Together, target: Option<&Target>, at: &At<'_>) -> Reading {
        // The units of all groupings that the ratio looks at.
        let forms = [&ratio.above, &ratio.below, &ratio.unknown];
        let groupings: BTreeSet<usize> = forms.iter().flat_map(|form| &form.0).map(|(_, slot)| slot.grouping).collect();
        let mut groups: BTreeMap<Key, BTreeMap<usize, u32>> = BTreeMap::new();
        for grouping in &groupings {
            for group in at.groups[*grouping] {
                if let Some(unit) = self.tally.groupings[*grouping].groups.key(*group as usize).pop() {
                    groups.entry(unit).or_default().insert(*grouping, *group);
                }
            }
        }
        let (mut sum, mut values, mut met, mut unknown) = (Exact::zero(), 0i128, 0i128, 0);
        let mut off_scale = None;
        for of_unit in groups.values() {
            let slot = |grouping: usize, slot: usize| {
                let added = &self.tally.groupings[grouping];
                let group = of_unit.get(&grouping);
                group.map_or(0, |group| i128::from(added.slots[*group as usize * added.width + slot]))
            };
            let reading = self.ratio(ratio, &|form| {
                form.0.iter().map(|(times, of)| i128::from(*times) * slot(of.grouping, of.slot)).sum()
            });
            unknown += reading.unknown;
            match reading.value {
                // A unit in which nothing happened is none, whatever a whole month without anything would come to.
                Ok(value) if reading.below != 0 => {
                    values += 1;
                    met += i128::from(target.is_some_and(|target| target.is_met(&value)));
                    sum = &sum + &value;
                }
                Err(Why::Scale(scale)) => off_scale = Some(Why::Scale(scale)),
                _ => {}
            }
        }
        let count = Exact::from(values);
        let value = match together {
            Together::Mean(_) => sum.divided_by(&count),
            Together::ShareMet(_) => Exact::from(met).divided_by(&count),
        };
        let value = match (off_scale, value) {
            (Some(why), _) => Err(why),
            (None, Some(value)) => Ok(value),
            (None, None) if 0 < unknown => Err(Why::NotSaid(ratio.what)),
            (None, None) => ratio.empty.clone().ok_or(Why::Nothing),
        };
        Reading { value, above: met, below: values, unknown, interval: None }
    }

    fn quantile(&self, spectra: &[usize], percent: u32, (unknown, what): (i128, &'static str), at: &At<'_>) -> Reading {
        let of_key = spectra.iter().flat_map(|spectrum| {
            let groups = at.groups[self.plan.spectra[*spectrum]].iter();
            groups.map(|group| &self.tally.spectra[*spectrum][*group as usize])
        });
        let all: Vec<_> = of_key.collect();
        let below = all.iter().map(|spectrum| spectrum.len() as i128).sum();
        let found = quantile(all.into_iter(), percent);
        let seconds = |time: u64| Exact::ratio(i128::from(time), 1000).unwrap_or_else(Exact::zero);
        let why = if 0 < unknown { Why::NotSaid(what) } else { Why::Nothing };
        Reading {
            value: found.map(seconds).ok_or(why),
            above: found.map_or(0, i128::from),
            below,
            unknown,
            interval: None,
        }
    }

    /// The stretch of time that a group stands for: the days of the program, and within its units of time. None where the
    /// program names no days and the group no time.
    fn span(&self, key: &[Key]) -> Option<(i64, i64)> {
        let zone = &self.plan.program.zone;
        let (mut from, mut until) = (self.plan.window.start, self.plan.window.end);
        for (by, key) in self.plan.program.by.iter().zip(key) {
            if let (Dimension::Time(unit), Key::Time(begins)) = (by, key) {
                let (unit_from, unit_until) = grid::span(*unit, zone, *begins)?;
                (from, until) = (from.max(unit_from), until.min(unit_until));
            }
        }
        (from != i64::MIN && until != i64::MAX && from < until).then_some((from, until))
    }

    /// The outages within a stretch, none of their time twice.
    fn outages(&self, (from, until): (i64, i64)) -> Vec<(i64, i64)> {
        let within = |(one, other): &(i64, i64)| ((*one).max(from), (*other).min(until));
        let mut spans: Vec<(i64, i64)> =
            self.tally.outages.iter().map(within).filter(|(from, until)| from < until).collect();
        spans.sort_unstable();
        let mut apart: Vec<(i64, i64)> = Vec::new();
        for span in spans {
            match apart.last_mut() {
                Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
                _ => apart.push(span),
            }
        }
        apart
    }

    fn down(&self, span: (i64, i64)) -> i64 {
        self.outages(span).iter().map(|(from, until)| until - from).sum()
    }

    fn uptime(&self, calendar: Option<usize>, span: (i64, i64)) -> Reading {
        let zone = self.plan.program.zone.clone();
        let mut hours = calendar.map(|calendar| Hours::new(self.plan.calendars[calendar].clone(), zone));
        let mut length = |from: i64, until: i64| match &mut hours {
            Some(hours) => hours.between(from, until).map(i128::from),
            None => Some(i128::from(until) - i128::from(from)),
        };
        let agreed = length(span.0, span.1);
        let down: Option<i128> = self.outages(span).into_iter().map(|(from, until)| length(from, until)).sum();
        let (agreed, down) = (agreed.unwrap_or(0), down.unwrap_or(0));
        let value = Exact::ratio(agreed - down, agreed).ok_or(Why::Nothing);
        Reading { value, above: agreed - down, below: agreed, unknown: 0, interval: None }
    }
}

/// How far a sample's value may be off.
fn interval_of(sampled: &Sampled, above: i128, below: i128, sum: &dyn Fn(&Form) -> i128) -> Option<(Exact, Exact)> {
    let ends = match sampled {
        Sampled::Share => interval::wilson(above, below),
        Sampled::Recommendation { promoters, detractors } => {
            interval::recommendation(sum(promoters), sum(detractors), below).map(|found| found.adjusted)
        }
        Sampled::Mean { squares } => interval::mean(above, sum(squares), below),
    };
    Some((end(ends, false).ok()?, end(ends, true).ok()?))
}

fn hours(microseconds: i128) -> Exact {
    Exact::ratio(microseconds, 3_600_000_000).unwrap_or_else(Exact::zero)
}

/// An end of an interval, to nine places: it is reckoned with floats, as every interval of statistics is.
fn end(ends: Option<(f64, f64)>, upper: bool) -> Result<Exact, Why> {
    let (low, high) = ends.ok_or(Why::Nothing)?;
    let nano = libm::round((if upper { high } else { low }) * 1e9);
    Exact::ratio(nano as i128, 1_000_000_000).ok_or(Why::Nothing)
}
