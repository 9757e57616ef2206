//! A name for counts: equal counts of equal contracts have equal names, others do not.

use std::fmt::Write as _;

use longshore_contract::{Count, Counts, InForce};
use sha2::{Digest, Sha256};

/// The SHA-256 of the counts written out in a fixed order, in hexadecimal.
pub fn hash(in_force: &InForce<'_>, counts: &Counts) -> String {
    let counters = in_force.counters();
    let mut written = Sha256::new();
    let mut line = String::new();
    for (key, count) in counts.iter() {
        line.clear();
        // Without amendments there is one version, and nothing to tell apart.
        let version = if key.version == 0 { String::new() } else { format!("{} ", key.version) };
        let counter = counters.get(&(key.version, key.counter)).map_or("", |counter| counter.name.as_str());
        let day = key.day.map_or_else(String::new, |day| day.to_string());
        // Names are written with their length before them, so that no two keys are written alike.
        let name = |name: &str| format!("{}:{name}", name.len());
        let (counter, group) = (name(counter), name(&key.group));
        let result = match count {
            Count::Linear { rows, quantity } => {
                writeln!(line, "{version}{counter} {group} {} {day} {} {rows} {quantity}", key.period, key.class.0)
            }
            Count::Spectrum(spectrum) => {
                let spectrum: Vec<String> =
                    spectrum.iter().map(|(quantity, rows)| format!("{quantity}x{rows}")).collect();
                writeln!(line, "{version}{counter} {group} {} {day} {} {}", key.period, key.class.0, spectrum.join(","))
            }
        };
        result.expect("a string takes what is written");
        written.update(line.as_bytes());
    }
    written.finalize().iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes what is written");
        hex
    })
}
