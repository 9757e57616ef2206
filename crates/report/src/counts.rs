//! Counts.

use longshore_contract::{Count, Counts, InForce};
use serde::Serialize;

/// The JSON of `count`:
/// `{"hash","rows","counts":[{"charge","group","month","day","surcharges":[…],"rows","quantity","unit","spectrum":[…]}],"left_out":{…}}`.
///
/// Quantities are whole numbers as strings, in `unit`: `ms`, `us`, `day`, `contact` or `leg`. `spectrum` is there where
/// rounding at the contact needs it: pairs of a row's quantity and how many rows have it.
#[derive(Debug, Serialize)]
pub struct CountsJson {
    hash: String,
    rows: u64,
    counts: Vec<CountJson>,
    left_out: serde_json::Map<String, serde_json::Value>,
}

#[derive(Debug, Serialize)]
struct CountJson {
    charge: String,
    group: String,
    month: String,
    day: Option<String>,
    surcharges: Vec<String>,
    rows: u64,
    quantity: String,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    spectrum: Option<Vec<(String, u64)>>,
}

impl CountsJson {
    /// Of a contract's counts, their hash, the number of rows read, and those left out by reason.
    pub fn new(
        in_force: &InForce<'_>,
        hash: String,
        rows: u64,
        counts: &Counts,
        left_out: &[(&str, u64)],
    ) -> CountsJson {
        let counters = in_force.counters();
        let fits = "no records have rows enough for a sum that does not fit";
        let counts = counts.iter().map(|(key, count)| {
            let counter = &counters[&(key.version, key.counter)];
            let surcharges = counter.overlap.applying(counter.surcharges, key.class);
            let calendar = |position: usize| counter.surcharges[position].calendar.clone();
            CountJson {
                charge: counter.name.clone(),
                group: key.group.clone(),
                month: key.period.to_string(),
                day: key.day.map(|day| day.to_string()),
                surcharges: surcharges.into_iter().map(calendar).collect(),
                rows: count.rows().expect(fits),
                quantity: count.quantity().expect(fits).to_string(),
                unit: counter.measure.counted_in(),
                spectrum: match count {
                    Count::Linear { .. } => None,
                    Count::Spectrum(spectrum) => {
                        Some(spectrum.iter().map(|(quantity, rows)| (quantity.to_string(), *rows)).collect())
                    }
                },
            }
        });
        let left_out = left_out.iter().map(|(name, rows)| ((*name).to_owned(), (*rows).into())).collect();
        CountsJson { hash, rows, counts: counts.collect(), left_out }
    }
}
