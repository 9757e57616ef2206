//! A name for counts: equal counts of equal contracts have equal names, others do not.

use std::fmt::Write as _;

use longshore_contract::{Contract, Count, Counts};
use sha2::{Digest, Sha256};

/// The SHA-256 of the counts written out in a fixed order, in hexadecimal.
pub fn hash(contract: &Contract, counts: &Counts) -> String {
    let mut written = Sha256::new();
    let mut line = String::new();
    for (key, count) in counts.iter() {
        line.clear();
        let charge = &contract.charges[key.charge].name;
        let day = key.day.map_or_else(String::new, |day| day.to_string());
        // Names are written with their length before them, so that no two keys are written alike.
        let name = |name: &str| format!("{}:{name}", name.len());
        let (charge, group) = (name(charge), name(&key.group));
        let result = match count {
            Count::Linear { rows, quantity } => {
                writeln!(line, "{charge} {group} {} {day} {} {rows} {quantity}", key.period, key.class.0)
            }
            Count::Spectrum(spectrum) => {
                let spectrum: Vec<String> =
                    spectrum.iter().map(|(quantity, rows)| format!("{quantity}x{rows}")).collect();
                writeln!(line, "{charge} {group} {} {day} {} {}", key.period, key.class.0, spectrum.join(","))
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
