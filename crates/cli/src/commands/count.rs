//! `longshore count`: a contract's charges in records.

use longshore_counting::Counted;
use longshore_report::CountsJson;
use longshore_units::plural;

use crate::arguments::Count;
use crate::failure::Failure;
use crate::records::{Records, Way};
use crate::{files, presence, show};

pub fn run(arguments: &Count) -> Result<(), Failure> {
    let contract = files::contract(&arguments.contract)?;
    let records = Records::open(&arguments.sources)?;
    if arguments.batch_rows == 0 {
        return Err(Failure::input(anyhow::anyhow!("a batch has at least 1 row")));
    }
    let way = Way {
        batch_rows: arguments.batch_rows,
        shuffle: arguments.shuffle,
        oracle: arguments.oracle,
        ..super::way(&arguments.means)?
    };
    let in_force = contract.in_force(None);
    let Counted { counts, left_out, rows } = records.count((&contract, None), None, way)?;
    presence::unmet(&in_force, &counts);
    let hash = longshore_counting::hash(&in_force, &counts);
    // The obvious counter does not keep these numbers, and saying 0 would be wrong.
    let left_out = if arguments.oracle { Vec::new() } else { left_out.named().to_vec() };
    if arguments.json {
        return show::json(&CountsJson::new(&in_force, hash, rows, &counts, &left_out));
    }
    let mut summary = format!("{} read\n", plural(rows, "row"));
    for ((version, of), counter) in &in_force.counters() {
        let of_counter = counts.iter().filter(|(key, _)| (key.version, key.counter) == (*version, *of));
        let counted: u64 = of_counter.filter_map(|(_, count)| count.rows()).fold(0, u64::saturating_add);
        summary.push_str(&format!("{:>14} of {}\n", plural(counted, "row"), counter.name));
    }
    for (reason, rows) in left_out.iter().filter(|(_, rows)| 0 < *rows) {
        summary.push_str(&format!("{rows:>14} left out: {}\n", reason.replace('_', " ")));
    }
    show::text(&format!("{summary}hash {hash}\n"))
}
