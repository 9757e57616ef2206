//! The example of the manual, compared.
#![allow(clippy::unwrap_used)]

mod case;

use longshore_compare::compare;

#[test]
fn look() {
    let runs: u32 = std::env::var("RUNS").ok().and_then(|r| r.parse().ok()).unwrap_or(1);
    let case = case::example(|_, _| None);
    let start = std::time::Instant::now();
    let comparison = compare(&case, runs, 7, &|_| ()).unwrap();
    eprintln!("{:?}", start.elapsed());
    for o in &comparison.options {
        eprintln!(
            "\n{:?} {} {} | mean {} p10 {} p90 {} once {} | per contact {:?} per resolution {:?}",
            o.rank,
            o.option,
            o.name,
            o.cost.mean,
            o.cost.p10,
            o.cost.p90,
            o.one_time,
            o.cost_per_contact.map(|m| m.to_string()),
            o.cost_per_resolution.map(|m| m.to_string())
        );
        eprintln!("  {}", o.why);
        for w in o.excluded.iter().chain(&o.warnings) {
            eprintln!("  ! {w}");
        }
        for q in &o.queues {
            eprintln!("  {q:?}");
        }
        for c in &o.charges {
            eprintln!(
                "  charge {} {} {} {} {}",
                c.charge,
                c.quantity.to_decimal(1),
                c.unit,
                c.amount,
                o.charges_currency
            );
        }
        eprintln!("  charges total {}", o.charges_total);
        for c in &o.other_costs {
            eprintln!("  other {:?} {} {}", c.kind, c.what, c.amount);
        }
        for a in o.assumptions.iter().rev().take(8) {
            eprintln!("  a {} = {}", a.what, a.value);
        }
    }
}
