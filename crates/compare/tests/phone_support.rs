//! The example of the manual, compared.
#![allow(clippy::unwrap_used)]

mod case;

use std::collections::BTreeMap;
use std::convert::Infallible;

use arrow_array::RecordBatch;
use jiff::civil::date;
use longshore_business_case::{BusinessCase, CostKind, MustMeasure};
use longshore_compare::{Comparison, CostPart, Plan, Shortfall, compare, record, run_option};
use longshore_contacts::Table;
use longshore_contract::{Invoice, Ledger, LineKind, Usage, price};
use longshore_counting::{Program, Tally, Window};
use longshore_simulation::{Columns, QueueTally, Sink};

const SEED: u64 = 7;

fn example() -> BusinessCase {
    case::example(|_, _| None)
}

/// The example over two months, for tests that need not have the whole year.
fn two_months() -> BusinessCase {
    case::example(|path, text| (path == "decide.toml").then(|| text.replace("months = 12", "months = 2")))
}

/// Keeps every batch of every table.
#[derive(Default)]
struct Memory {
    tables: BTreeMap<Table, Vec<RecordBatch>>,
}

impl Sink for Memory {
    type Error = Infallible;

    fn wants(&self, _: Table) -> Option<Columns> {
        Some(Columns::All)
    }

    fn batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Infallible> {
        assert_eq!(batch.schema(), table.schema(), "records of {} are canonical", table.name());
        self.tables.entry(table).or_default().push(batch);
        Ok(())
    }
}

#[test]
fn plan_equals_audit() {
    let case = two_months();
    let mut bills = 0;
    for option in 0..case.options.len() {
        let plan = Plan::of(&case, option).unwrap();
        let result = run_option(&case, &plan, SEED, 2).unwrap();
        let mut memory = Memory::default();
        let tallies = record(&case, &plan, SEED, 2, &mut memory).unwrap();
        assert_eq!(tallies.queues[..case.queues.len()], result.queues[..]);
        for (contract, planned) in case.contracts_of(&case.options[option]).zip(&result.invoices) {
            let window = Window::of(&contract.contract.in_force(None), Some(case.decide.last_day())).unwrap();
            let program = Program::new(&contract.contract.in_force(None), window).unwrap();
            let mut tally = Tally::new(&program);
            for (table, batches) in &memory.tables {
                batches.iter().for_each(|batch| tally.count(*table, batch).unwrap());
            }
            let (counts, _) = tally.finish().unwrap();
            let audited: Vec<Invoice> = {
                let in_force = contract.contract.in_force(None);
                let usage = Usage::of(&in_force, &counts).unwrap();
                let mut ledger = Ledger::default();
                case.decide.each_month().map(|month| price(&in_force, &usage, month, &mut ledger).unwrap()).collect()
            };
            assert_eq!(*planned, audited, "{}", contract.file);
            bills += audited.len();
        }
    }
    assert_eq!(bills, 10);
}

#[test]
fn every_option_meets_the_same_customers() {
    let case = two_months();
    let first = |option| -> Vec<u64> {
        let plan = Plan::of(&case, option).unwrap();
        let result = run_option(&case, &plan, SEED, 1).unwrap();
        result.queues.iter().map(|queue| queue.iter().map(QueueTally::first).sum()).collect()
    };
    let today = first(0);
    assert!(today.iter().all(|contacts| 5_000 < *contacts));
    for option in 1..case.options.len() {
        assert_eq!(first(option), today, "{}", case.options[option].id);
    }
}

fn on_threads(threads: usize, case: &BusinessCase, runs: u32) -> Comparison {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| compare(case, runs, SEED, &|_| ()).unwrap())
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let case = case::example(|path, text| (path == "decide.toml").then(|| text.replace("months = 12", "months = 1")));
    assert_eq!(on_threads(1, &case, 3), on_threads(2, &case, 3));
}

#[test]
fn parts_sum_to_their_whole() {
    let case = two_months();
    for option in compare(&case, 3, SEED, &|_| ()).unwrap().options {
        let of_months: i128 = option.cost_by_month.iter().map(|month| month.minor).sum();
        assert_eq!(of_months, option.cost.mean.minor, "{}", option.option);
        let others: i128 = option.other_costs.iter().map(|cost| cost.amount.minor).sum();
        assert_eq!(option.charges_total.minor + others, option.cost.mean.minor, "{}", option.option);
        if option.charges_currency == case.currency {
            let charges: i128 = option.charges.iter().map(|charge| charge.amount.minor).sum();
            assert_eq!(charges, option.charges_total.minor, "{}", option.option);
        }
        assert!(option.cost.p10 <= option.cost.p50 && option.cost.p50 <= option.cost.p90);
    }
}

/// The whole year: what a consultant would look at first.
#[test]
fn the_example_gives_a_believable_answer() {
    let mut case = example();
    case.decide.uncertain.clear(); // The plan itself, not one future of it.
    let comparison = compare(&case, 1, SEED, &|_| ()).unwrap();
    assert_eq!((comparison.months, comparison.runs, comparison.options.len()), (12, 1, 6));
    let of = |id: &str| comparison.options.iter().find(|option| option.option == id).unwrap();
    let today = of("today");
    let offered: f64 = today.queues.iter().map(|queue| queue.offered).sum();
    assert!((offered / 250_000.0 - 1.0).abs() < 0.02, "{offered} contacts");
    for option in &comparison.options {
        assert!(option.excluded.is_empty(), "{}: {:?}", option.option, option.excluded);
        let why = comparison.why(option);
        assert_eq!(why.change.minor, option.cost.mean.minor - today.cost.mean.minor);
        assert_eq!(CostPart::ALL.map(|part| option.part(part).minor).iter().sum::<i128>(), option.cost.mean.minor);
        for queue in &option.queues {
            assert!((0.70..0.95).contains(&queue.service_level.unwrap()), "{}: {queue:?}", option.option);
            assert!(0.5 < queue.occupancy && queue.occupancy < 0.95, "{}: {queue:?}", option.option);
            assert!(
                queue.abandoned < 0.08 * queue.offered && queue.asa_s.unwrap() < 30.0,
                "{}: {queue:?}",
                option.option
            );
        }
        // 5 to 12 dollars for a live phone contact (US, 2025), 8 to 12 (2026).
        let cost = option.cost_per_contact.unwrap().minor;
        assert!((500..1_250).contains(&cost), "{}: {cost} cents a contact", option.option);
    }
    // Fully loaded cost of an own team is 2 to 2.5 times its pay (US, 2021).
    let pay = today.other_costs.iter().find(|cost| cost.what == "agents' pay").unwrap().amount.minor;
    let loaded = today.part(CostPart::Other(CostKind::Team)).minor as f64 / pay as f64;
    assert!((1.9..2.6).contains(&loaded), "{loaded} times pay");
    // Money and service both change with the option: nobody is best in everything.
    let cheapest = &comparison.options[0];
    assert!(cheapest.cost.mean < today.cost.mean && cheapest.option != "today");
    assert!(of("philippines-dedicated").cost_per_resolution.unwrap() < today.cost_per_resolution.unwrap());
    assert!(of("domestic-shared").service_level() < today.service_level());
    assert!(of("nearshore-monthly").charges_currency.code() == "MXN");
}

#[test]
fn every_operator_the_example_uses_shows_in_a_line() {
    let comparison = compare(&two_months(), 1, SEED, &|_| ()).unwrap();
    let charges: Vec<&str> =
        comparison.options.iter().flat_map(|option| &option.charges).map(|charge| charge.charge.as_str()).collect();
    for charge in
        ["shared voice", "setup", "platform and reports", "productive hours", "logged-in hours", "agent months"]
    {
        assert!(charges.contains(&charge), "{charge} is not among {charges:?}");
    }
}

#[test]
fn who_falls_short_is_excluded_with_the_reason() {
    let must = "[[must]]\nmeasure = \"service level\"\nqueue = \"advice\"\nat_least = \"99%\"\n";
    let case = case::example(|path, text| match path {
        "decide.toml" => Some(format!("{}\n{must}", text.replace("months = 12", "months = 1"))),
        "contracts/cebu-dedicated.toml" => Some(text.replace("ends = 2027-12-31", "ends = 2027-01-20")),
        _ => None,
    });
    let comparison = compare(&case, 1, SEED, &|_| ()).unwrap();
    for option in &comparison.options {
        assert_eq!(option.rank, None);
        let of_advice = |shortfall: &Shortfall| match shortfall {
            Shortfall::Below(limit) => {
                limit.measure == MustMeasure::ServiceLevel && limit.queue.as_deref() == Some("advice")
            }
            _ => false,
        };
        assert!(option.excluded.iter().any(of_advice), "{:?}", option.excluded);
        let ends = Shortfall::EndsEarly { file: "contracts/cebu-dedicated.toml".to_owned(), ends: date(2027, 1, 20) };
        assert_eq!(option.excluded.contains(&ends), option.option == "philippines-dedicated");
    }
}

#[test]
fn a_minimum_that_is_not_reached_is_a_line() {
    let case = case::example(|path, text| match path {
        "decide.toml" => Some(text.replace("months = 12", "months = 1")),
        "contracts/heartland-shared.toml" => Some(text.replace("\"75000\"", "\"750000\"")),
        _ => None,
    });
    let comparison = compare(&case, 1, SEED, &|_| ()).unwrap();
    let shared = comparison.options.iter().find(|option| option.option == "domestic-shared").unwrap();
    let minimum = shared.charges.iter().find(|charge| charge.kind == LineKind::Minimum).unwrap();
    let voice = shared.charges.iter().find(|charge| charge.charge == "shared voice").unwrap();
    assert_eq!(minimum.amount.minor + voice.amount.minor, 75_000_000);
}
