//! A comparison of options.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use longshore_compare::{Comparison, OptionSummary, QueueSummary};
use longshore_units::Money;
use serde::Serialize;

use crate::written::{exact, grouped};

/// The JSON of `compare`. Amounts are decimal strings of the whole horizon, undiscounted, what falls due once included
/// unless named otherwise; `charges` are in `charges_currency`, all else in `currency`; shares are numbers from 0 to 1.
#[derive(Debug, Serialize)]
pub struct ComparisonJson {
    case: String,
    name: String,
    seed: u64,
    version: &'static str,
    currency: String,
    months: u32,
    runs: u32,
    options: Vec<OptionJson>,
}

#[derive(Debug, Serialize)]
struct OptionJson {
    option: String,
    name: String,
    rank: Option<u32>,
    excluded: Vec<String>,
    cost: CostJson,
    one_time: String,
    cost_by_month: Vec<String>,
    cost_per_contact: Option<String>,
    cost_per_resolution: Option<String>,
    queues: Vec<QueueJson>,
    charges_currency: String,
    charges: Vec<ChargeJson>,
    charges_total: String,
    other_costs: Vec<OtherJson>,
    assumptions: Vec<AssumptionJson>,
    why: String,
    warnings: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CostJson {
    mean: String,
    p10: String,
    p50: String,
    p90: String,
}

#[derive(Debug, Serialize)]
struct QueueJson {
    queue: String,
    offered: f64,
    handled: f64,
    abandoned: f64,
    outside_hours: f64,
    service_level: f64,
    asa_s: f64,
    over_5_min: f64,
    occupancy: f64,
    agents_peak: u32,
    fte: f64,
}

#[derive(Debug, Serialize)]
struct ChargeJson {
    charge: String,
    provider: String,
    quantity: String,
    unit: String,
    amount: String,
}

#[derive(Debug, Serialize)]
struct OtherJson {
    what: String,
    kind: &'static str,
    amount: String,
}

#[derive(Debug, Serialize)]
struct AssumptionJson {
    what: String,
    value: String,
    source: String,
}

impl ComparisonJson {
    /// Of a comparison, by the version of the program that made it.
    pub fn new(comparison: &Comparison, version: &'static str) -> ComparisonJson {
        ComparisonJson {
            case: comparison.case.clone(),
            name: comparison.name.clone(),
            seed: comparison.seed,
            version,
            currency: comparison.currency.to_string(),
            months: comparison.months,
            runs: comparison.runs,
            options: comparison.options.iter().map(option_json).collect(),
        }
    }
}

fn option_json(option: &OptionSummary) -> OptionJson {
    OptionJson {
        option: option.option.clone(),
        name: option.name.clone(),
        rank: option.rank,
        excluded: option.excluded.clone(),
        cost: CostJson {
            mean: option.cost.mean.to_string(),
            p10: option.cost.p10.to_string(),
            p50: option.cost.p50.to_string(),
            p90: option.cost.p90.to_string(),
        },
        one_time: option.one_time.to_string(),
        cost_by_month: option.cost_by_month.iter().map(Money::to_string).collect(),
        cost_per_contact: option.cost_per_contact.as_ref().map(Money::to_string),
        cost_per_resolution: option.cost_per_resolution.as_ref().map(Money::to_string),
        queues: option.queues.iter().map(queue_json).collect(),
        charges_currency: option.charges_currency.to_string(),
        charges: option
            .charges
            .iter()
            .map(|charge| ChargeJson {
                charge: charge.charge.clone(),
                provider: charge.provider.clone(),
                quantity: exact(&charge.quantity),
                unit: charge.unit.clone(),
                amount: charge.amount.to_string(),
            })
            .collect(),
        charges_total: option.charges_total.to_string(),
        other_costs: option
            .other_costs
            .iter()
            .map(|cost| OtherJson { what: cost.what.clone(), kind: cost.kind.word(), amount: cost.amount.to_string() })
            .collect(),
        assumptions: option
            .assumptions
            .iter()
            .map(|assumption| AssumptionJson {
                what: assumption.what.clone(),
                value: assumption.value.clone(),
                source: assumption.source.clone(),
            })
            .collect(),
        why: option.why.clone(),
        warnings: option.warnings.clone(),
    }
}

fn queue_json(queue: &QueueSummary) -> QueueJson {
    QueueJson {
        queue: queue.queue.clone(),
        offered: queue.offered,
        handled: queue.handled,
        abandoned: queue.abandoned,
        outside_hours: queue.outside_hours,
        service_level: queue.service_level,
        asa_s: queue.asa_s,
        over_5_min: queue.over_5_min,
        occupancy: queue.occupancy,
        agents_peak: queue.agents_peak,
        fte: queue.fte,
    }
}

/// A comparison for the terminal: the ranking, the service, where the money goes, and why.
pub fn comparison_text(comparison: &Comparison) -> String {
    let mut text = format!(
        "{}: {} options over {} months, means of {} runs, seed {}, amounts in {}\n\n",
        comparison.name,
        comparison.options.len(),
        comparison.months,
        comparison.runs,
        comparison.seed,
        comparison.currency
    );
    text.push_str(&ranking(comparison));
    text.push_str("\n\n");
    text.push_str(&service(comparison));
    text.push_str("\n\n");
    text.push_str(&money(comparison));
    text.push('\n');
    for option in &comparison.options {
        let rank = option.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
        text.push_str(&format!("\n{rank}. {} ({})\n", option.name, option.option));
        text.push_str(&format!("   {}\n", option.why));
        for reason in &option.excluded {
            text.push_str(&format!("   excluded: {reason}\n"));
        }
        for warning in &option.warnings {
            text.push_str(&format!("   mind: {warning}\n"));
        }
    }
    text.push_str("\nEach option's assumptions, charges and months: --json.\n");
    text
}

fn table(header: &[&str], left: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.iter().map(Cell::new));
    for column in left..header.len() {
        table.column_mut(column).expect("the header has this column").set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// Whole units of a currency, for people.
fn whole(money: Money) -> String {
    grouped(&money.to_amount().0.to_decimal(0))
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn ranking(comparison: &Comparison) -> String {
    let header = ["rank", "option", "cost", "p10", "p90", "of it once", "a contact", "a resolution"];
    let mut table = table(&header, 2);
    for option in &comparison.options {
        let each = |money: Option<Money>| money.map_or_else(|| "-".to_owned(), |money| grouped(&money.to_string()));
        table.add_row([
            option.rank.map_or_else(|| "excluded".to_owned(), |rank| rank.to_string()),
            option.option.clone(),
            whole(option.cost.mean),
            whole(option.cost.p10),
            whole(option.cost.p90),
            whole(option.one_time),
            each(option.cost_per_contact),
            each(option.cost_per_resolution),
        ]);
    }
    table.trim_fmt()
}

fn service(comparison: &Comparison) -> String {
    let header =
        ["option", "queue", "offered", "in time", "abandoned", "wait, s", "over 5 min", "occupancy", "agents", "FTE"];
    let mut table = table(&header, 2);
    for option in &comparison.options {
        for queue in &option.queues {
            let abandoned = if queue.offered > 0.0 { queue.abandoned / queue.offered } else { 0.0 };
            table.add_row([
                option.option.clone(),
                queue.queue.clone(),
                grouped(&format!("{:.0}", queue.offered)),
                percent(queue.service_level),
                percent(abandoned),
                format!("{:.0}", queue.asa_s),
                percent(queue.over_5_min),
                percent(queue.occupancy),
                queue.agents_peak.to_string(),
                format!("{:.1}", queue.fte),
            ]);
        }
    }
    table.trim_fmt()
}

/// Where each option's money goes: its contracts, then its other costs by kind.
fn money(comparison: &Comparison) -> String {
    let mut kinds: Vec<&'static str> = Vec::new();
    for cost in comparison.options.iter().flat_map(|option| &option.other_costs) {
        if !kinds.contains(&cost.kind.word()) {
            kinds.push(cost.kind.word());
        }
    }
    let header: Vec<&str> = ["option", "contracts"].into_iter().chain(kinds.iter().copied()).chain(["total"]).collect();
    let mut table = table(&header, 1);
    for option in &comparison.options {
        let of_kind = |kind: &&'static str| {
            let minor =
                option.other_costs.iter().filter(|cost| cost.kind.word() == *kind).map(|cost| cost.amount.minor);
            whole(Money { minor: minor.sum(), currency: comparison.currency })
        };
        let cells = [option.option.clone(), whole(option.charges_total)].into_iter();
        table.add_row(cells.chain(kinds.iter().map(of_kind)).chain([whole(option.cost.mean)]).collect::<Vec<_>>());
    }
    table.trim_fmt()
}
