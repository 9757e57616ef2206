//! Figures of records.

use std::collections::BTreeMap;

use longshore_contacts::Table as RecordTable;
use longshore_measures::{Figure, Key, Reading, Results, RowGrain, Unit};
use longshore_units::{Exact, RoundHow};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::written::grouped;

/// The JSON of `kpi`:
/// `{"groups":[{"by":{…},"offered","answered","abandoned",…,"presets":{…},"reasons":[…],"not_known":{…}}],`
/// `"not_measured":[{"figure","why","groups"}],"rows":{…},"unplaced","zone","from","to","grain"}`.
///
/// `by` has what a group is told apart by, in the order asked for; a name that rows do not say is null, a time is when it
/// begins. Each figure stands under its name: counts as whole numbers, shares from 0 to 1, times in seconds (`…_s`) or
/// hours (`…_h`), and null where it is not measured. `presets` has the measures asked for by name. `reasons` has
/// `{"reason","contacts"}`, the most frequent first. `unknown` says of figures how many rows belong to them and do not say
/// what they ask. `not_measured` has each reason why a figure is null, and in how many groups. Numbers that do not end are
/// written to the ninth place.
#[derive(Debug)]
pub struct KpiJson<'r> {
    results: &'r Results,
}

impl<'r> KpiJson<'r> {
    /// Of results.
    pub fn new(results: &'r Results) -> KpiJson<'r> {
        KpiJson { results }
    }
}

/// A number as JSON has it: whole where it is, else to the ninth place.
struct Written<'e>(&'e Exact);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_i128().and_then(|whole| i64::try_from(whole).ok()) {
            Some(whole) => serializer.serialize_i64(whole),
            // A decimal of nine places is written as it stands; the float in between keeps fifteen digits.
            None => serializer.serialize_f64(self.0.to_decimal(9).parse().unwrap_or(f64::NAN)),
        }
    }
}

impl Serialize for KpiJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let results = self.results;
        let plan = results.plan();
        let rows = &plan.program().rows;
        let missing = NotMeasured::default();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("groups", &Groups { results, missing: &missing })?;
        map.serialize_entry("not_measured", &missing.list())?;
        let of_table = |table: &RecordTable| (table.name(), results.rows(*table));
        let of_tables: BTreeMap<&str, u64> = plan.tables().iter().map(of_table).collect();
        map.serialize_entry("rows", &of_tables)?;
        map.serialize_entry("unplaced", &results.unplaced())?;
        map.serialize_entry("zone", plan.program().zone.name())?;
        map.serialize_entry("from", &rows.first.map(|day| day.to_string()))?;
        map.serialize_entry("to", &rows.last.map(|day| day.to_string()))?;
        let grain = match rows.grain {
            RowGrain::Contact => "contact",
            RowGrain::Leg => "leg",
        };
        map.serialize_entry("grain", grain)?;
        map.end()
    }
}

/// Why figures are not measured, and in how many groups. Filled while groups are written, so that no figure is reckoned
/// twice and no group is kept.
#[derive(Default)]
struct NotMeasured(std::cell::RefCell<BTreeMap<(usize, String), (String, u64)>>);

#[derive(Serialize)]
struct NotMeasuredJson {
    figure: String,
    why: String,
    groups: u64,
}

impl NotMeasured {
    fn note(&self, position: usize, figure: &Figure, reading: &Reading) {
        if let Err(why) = &reading.value {
            let mut known = self.0.borrow_mut();
            known.entry((position, why.to_string())).or_insert_with(|| (figure.name.clone(), 0)).1 += 1;
        }
    }

    fn list(&self) -> Vec<NotMeasuredJson> {
        let known = self.0.borrow();
        let json = |((_, why), (figure, groups)): (&(usize, String), &(String, u64))| NotMeasuredJson {
            figure: figure.clone(),
            why: why.clone(),
            groups: *groups,
        };
        known.iter().map(json).collect()
    }
}

struct Groups<'r> {
    results: &'r Results,
    missing: &'r NotMeasured,
}

impl Serialize for Groups<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut groups = serializer.serialize_seq(Some(self.results.keys().len()))?;
        for key in self.results.keys() {
            groups.serialize_element(&Group { results: self.results, missing: self.missing, key })?;
        }
        groups.end()
    }
}

struct Group<'r> {
    results: &'r Results,
    missing: &'r NotMeasured,
    key: &'r [Key],
}

impl Serialize for Group<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (results, plan) = (self.results, self.results.plan());
        let asked = plan.program().measures.len();
        let standard = plan.figures().len() - asked;
        let readings = results.readings(self.key);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("by", &By(results.written(self.key)))?;
        for (position, (figure, reading)) in plan.figures().iter().zip(&readings).enumerate() {
            self.missing.note(position, figure, reading);
            if position < standard {
                map.serialize_entry(&figure.name, &reading.value.as_ref().ok().map(Written))?;
            }
        }
        if 0 < asked {
            map.serialize_entry("presets", &Named(plan.figures(), &readings, standard))?;
        }
        if let Some(reasons) = results.reasons(self.key) {
            let reason = |(reason, contacts): (Option<std::sync::Arc<str>>, u64)| ReasonJson {
                reason: reason.as_deref().map(str::to_owned),
                contacts,
            };
            map.serialize_entry("reasons", &reasons.into_iter().map(reason).collect::<Vec<_>>())?;
        }
        let unknown = plan.figures().iter().zip(&readings).filter(|(_, reading)| 0 < reading.unknown);
        let unknown: Vec<(&str, i128)> =
            unknown.map(|(figure, reading)| (figure.name.as_str(), reading.unknown)).collect();
        map.serialize_entry("not_known", &Counts(unknown))?;
        map.end()
    }
}

#[derive(Serialize)]
struct ReasonJson {
    reason: Option<String>,
    contacts: u64,
}

struct By(Vec<(&'static str, Option<String>)>);

impl Serialize for By {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(by, value)| (by, value)))
    }
}

struct Named<'r>(&'r [Figure], &'r [Reading], usize);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let named = self.0.iter().zip(self.1).skip(self.2);
        serializer.collect_map(named.map(|(figure, reading)| (&figure.name, reading.value.as_ref().ok().map(Written))))
    }
}

struct Counts<'r>(Vec<(&'r str, i128)>);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, rows)| (name, i64::try_from(*rows).unwrap_or(i64::MAX))))
    }
}

/// The columns of the table of groups, with their heads.
const COLUMNS: [(&str, &str); 9] = [
    ("offered", "offered"),
    ("answered", "answered"),
    ("abandoned", "abandoned"),
    ("service_level_offered", "in time, of offered"),
    ("abandonment", "abandonment"),
    ("speed_of_answer_with_ring_s", "speed of answer"),
    ("wait_p90_s", "wait, 90 % within"),
    ("handle_time_s", "handle time"),
    ("occupancy", "occupancy"),
];

/// The same for the terminal: of one group every figure, of several the usual ones; below what is not measured, and why.
pub fn kpi_table(results: &Results) -> String {
    let mut shown = match results.keys() {
        [key] => every_figure(results, key),
        _ => by_group(results),
    };
    let missing = NotMeasured::default();
    for key in results.keys() {
        let readings = results.readings(key);
        for (position, (figure, reading)) in results.plan().figures().iter().zip(&readings).enumerate() {
            missing.note(position, figure, reading);
        }
    }
    // One line a reason: most reasons hold for several figures.
    let mut by_reason: Vec<(String, Vec<String>)> = Vec::new();
    for NotMeasuredJson { figure, why, groups } in missing.list() {
        let all = groups == results.keys().len() as u64;
        if !all && why == longshore_measures::Why::Nothing.to_string() {
            continue; // An interval in which nobody called needs no excuse.
        }
        let figure = if all { figure } else { format!("{figure} ({groups} of {} groups)", results.keys().len()) };
        match by_reason.iter_mut().find(|(known, _)| *known == why) {
            Some((_, figures)) => figures.push(figure),
            None => by_reason.push((why, vec![figure])),
        }
    }
    for (why, figures) in by_reason {
        shown.push_str(&format!("not measured, since {why}: {}\n", figures.join(", ")));
    }
    shown
}

fn written(reading: &Reading, unit: Unit) -> String {
    let Ok(value) = &reading.value else { return "–".to_owned() };
    let rounded = |value: &Exact| {
        let cent = Exact::ratio(1, 100).expect("100 is not 0");
        let value = value.rounded_to(&cent, RoundHow::HalfUp);
        grouped(&value.to_fixed(2).expect("it was rounded to two places"))
    };
    match unit {
        Unit::Contacts => grouped(&value.to_decimal(0)),
        Unit::Share => format!("{} %", rounded(&(value * &Exact::from(100u64)))),
        Unit::Seconds => format!("{} s", rounded(value)),
        Unit::Hours => format!("{} h", rounded(value)),
        Unit::Number => rounded(value),
    }
}

/// Every figure that is measured, a line each.
fn every_figure(results: &Results, key: &[Key]) -> String {
    let mut rows = vec![["figure".to_owned(), "value".to_owned(), "not known of".to_owned()].to_vec()];
    for figure in results.plan().figures() {
        let reading = results.reading(key, figure);
        if reading.value.is_ok() {
            let unknown = if 0 < reading.unknown { grouped(&reading.unknown.to_string()) } else { String::new() };
            rows.push(vec![figure.name.clone(), written(&reading, figure.unit), unknown]);
        }
    }
    for (reason, contacts) in results.reasons(key).into_iter().flatten().take(10) {
        let reason = reason.as_deref().unwrap_or("not said");
        rows.push(vec![format!("reason: {reason}"), grouped(&contacts.to_string()), String::new()]);
    }
    aligned(&rows, 1)
}

/// The usual figures and those asked for by name, a line a group.
fn by_group(results: &Results) -> String {
    let plan = results.plan();
    let standard = plan.figures().len() - plan.program().measures.len();
    let usual = COLUMNS.iter().filter_map(|(name, head)| {
        let figure = plan.figures()[..standard].iter().find(|figure| figure.name == *name)?;
        Some(((*head).to_owned(), figure))
    });
    let own = plan.figures()[standard..].iter().map(|figure| (figure.name.clone(), figure));
    let columns: Vec<(String, &Figure)> = usual.chain(own).collect();
    let by = plan.program().by.iter().map(|by| by.word().to_owned());
    let mut rows: Vec<Vec<String>> = vec![by.chain(columns.iter().map(|(head, _)| head.clone())).collect()];
    for key in results.keys() {
        let by = results.written(key).into_iter().map(|(_, value)| value.unwrap_or_else(|| "not said".to_owned()));
        let values = columns.iter().map(|(_, figure)| written(&results.reading(key, figure), figure.unit));
        rows.push(by.chain(values).collect());
    }
    aligned(&rows, plan.program().by.len())
}

/// Lines of columns, the first so many at the left, the others at the right. There are too many lines for rules between.
fn aligned(rows: &[Vec<String>], left: usize) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column < left {
            true => format!("{cell:<width$}"),
            false => format!("{cell:>width$}"),
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
