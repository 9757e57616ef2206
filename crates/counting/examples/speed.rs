//! How fast a realistic charge is counted: 6 s increments after 30 s, holidays and weekends apart, three graduated bands
//! a program and month. Stands for a year of a large buyer: 40 programs, 20 million contacts in batches of 8,192.
//!
//! `cargo run --release -p longshore-counting --example speed [MILLIONS]`: one thread, from the contract's text to
//! counts; then a plain loop over the same columns that knows this one charge. CPU seconds of the one
//! thread (from Linux's /proc), the best of five rounds.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{
    Array, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use arrow_schema::Schema;
use longshore_contacts::Table;
use longshore_contract::{Counts, Usage, fold, read};
use longshore_counting::{Program, Tally, Window};
use longshore_units::Text;

const CONTRACT: &str = r#"
provider = "cebu-answer"
currency = "USD"
time_zone = "America/New_York"
counted_at = "offered"
starts = 2027-01-01
ends = 2027-12-31
[round]
at = "line"
to = "0.01"
how = "half-up"
[calendar.holidays]
use = "US-federal"
weekdays = ["Sat", "Sun"]
[[charge]]
name = "shared voice"
when = { channel = "voice", outcome = ["answered"] }
unit = "minute"
of = ["talk"]
first = "30s"
then = "6s"
tiers = "graduated"
scope = "program"
bands = [{ from = 0, each = "0.80" }, { from = 500000, each = "0.70" }, { from = 1000000, each = "0.62" }]
surcharge = [{ calendar = "holidays", percent = 25 }]
"#;

const PROGRAMS: usize = 40;
const BATCH: usize = 8192;

fn main() {
    let millions: usize = std::env::args().nth(1).map_or(20, |millions| millions.parse().unwrap());
    let batches = batches(millions * 1_000_000);
    let rows: usize = batches.iter().map(RecordBatch::num_rows).sum();
    let (mut kernel, mut plain) = (f64::INFINITY, f64::INFINITY);
    let (mut total, mut sum) = (String::new(), 0);
    for _ in 0..5 {
        let begin = cpu_seconds();
        let contract = read(&Text::new("speed.toml", CONTRACT)).0.unwrap();
        let counts = counted(&contract, &batches);
        let usage = Usage::of(&contract.in_force(None), &counts).unwrap();
        let invoices = usage
            .periods()
            .into_iter()
            .map(|month| fold(&contract.in_force(None), &usage, month, month).unwrap().remove(0).total);
        total = invoices.sum::<longshore_units::Amount>().to_string();
        kernel = kernel.min(cpu_seconds() - begin);
        let counted: i128 = counts.iter().filter_map(|(_, count)| count.quantity()).sum();

        let begin = cpu_seconds();
        sum = by_hand(&batches);
        plain = plain.min(cpu_seconds() - begin);
        assert_eq!(counted, sum, "the plain loop counts the same time");
    }
    let rate = |seconds: f64| rows as f64 / seconds / 1e6;
    println!("{rows} contacts, one thread; {total} USD in all, {} billable minutes", sum / 60_000);
    println!(
        "kernel, from the contract's text to the amount: {kernel:.3} s, {:.0} million contacts a second",
        rate(kernel)
    );
    println!(
        "plain loop over the same columns, sums alone:   {plain:.3} s, {:.0} million contacts a second",
        rate(plain)
    );
    println!("ratio of speeds: {:.2}", plain / kernel);
}

/// CPU seconds that this thread has used.
fn cpu_seconds() -> f64 {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    used.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}

fn counted(contract: &longshore_contract::Contract, batches: &[RecordBatch]) -> Counts {
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let mut tally = Tally::new(&program);
    for batch in batches {
        tally.count(Table::Contacts, batch).unwrap();
    }
    tally.finish().unwrap().0
}

/// The peer: what one would write for this charge alone, by program and day.
fn by_hand(batches: &[RecordBatch]) -> i128 {
    let day = 86_400_000_000i64;
    let start = 1_798_779_600_000_000i64; // 2027-01-01 in New York.
    let mut sums = vec![(0u64, 0u64); PROGRAMS * 366];
    for batch in batches {
        let keys = |name: &str| {
            batch
                .column_by_name(name)
                .unwrap()
                .as_any()
                .downcast_ref::<DictionaryArray<Int32Type>>()
                .unwrap()
                .keys()
                .values()
        };
        let (channel, outcome, program) = (keys("channel"), keys("outcome"), keys("program"));
        let offered = batch
            .column_by_name("offered_at")
            .unwrap()
            .as_any()
            .downcast_ref::<TimestampMicrosecondArray>()
            .unwrap()
            .values();
        let talk = batch.column_by_name("talk").unwrap().as_any().downcast_ref::<Int64Array>().unwrap().values();
        for row in 0..batch.num_rows() {
            if channel[row] == 0 && outcome[row] == 0 {
                let billed = 30_000 + (talk[row].max(30_000) as u64 - 30_000).div_ceil(6000) * 6000;
                let slot = program[row] as usize * 366 + ((offered[row] - start) / day).clamp(0, 365) as usize;
                sums[slot].0 += 1;
                sums[slot].1 += billed;
            }
        }
    }
    sums.iter().map(|(_, billed)| i128::from(*billed)).sum()
}

fn batches(rows: usize) -> Vec<RecordBatch> {
    let canonical = Table::Contacts.schema();
    let names = ["provider", "program", "channel", "offered_at", "talk", "outcome", "superseded_at"];
    let schema = Arc::new(Schema::new(names.map(|name| canonical.field_with_name(name).unwrap().clone()).to_vec()));
    let programs: Arc<dyn Array> =
        Arc::new(StringArray::from_iter_values((0..PROGRAMS).map(|number| format!("program {number}"))));
    let words = |words: &[&str]| -> Arc<dyn Array> { Arc::new(StringArray::from_iter_values(words)) };
    let (providers, channels, outcomes) =
        (words(&["cebu-answer"]), words(&["voice", "chat"]), words(&["answered", "abandoned"]));
    let year = 365 * 86_400_000_000u64 - 1;
    let start = 1_798_779_600_000_000i64;
    let mut state = 1u64;
    let mut random = move || {
        // SplitMix64: enough for a load that no one decides by.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    };
    let mut batches = Vec::new();
    for first in (0..rows).step_by(BATCH) {
        let count = BATCH.min(rows - first);
        let mut key = |of: u64, skew: bool| -> Int32Array {
            // Skewed: the square of a uniform number, so that the first programs are large.
            let one =
                |random: u64| if skew { (random % of) * (random / of % of) / of } else { u64::from(random % 20 < of) };
            (0..count).map(|_| Some(one(random()) as i32)).collect()
        };
        let (program, channel, outcome) = (key(PROGRAMS as u64, true), key(4, false), key(1, false));
        let offered = (0..count).map(|row| start + ((first + row) as u128 * u128::from(year) / rows as u128) as i64);
        let offered = TimestampMicrosecondArray::from_iter_values(offered).with_timezone("UTC");
        let mut exponential = || -(((random() >> 11) as f64 + 1.0) / (1u64 << 53) as f64).ln();
        let talk = Int64Array::from_iter_values((0..count).map(|_| (exponential() * 278_000.0) as i64));
        let dictionary = |keys: Int32Array, values: &Arc<dyn Array>| -> Arc<dyn Array> {
            Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::clone(values)).unwrap())
        };
        let columns: Vec<Arc<dyn Array>> = vec![
            dictionary(Int32Array::from(vec![0; count]), &providers),
            dictionary(program, &programs),
            dictionary(channel, &channels),
            Arc::new(offered),
            Arc::new(talk),
            dictionary(outcome, &outcomes),
            Arc::new(TimestampMicrosecondArray::new_null(count).with_timezone("UTC")),
        ];
        batches.push(RecordBatch::try_new(Arc::clone(&schema), columns).unwrap());
    }
    batches
}
