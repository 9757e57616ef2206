//! A comparison of options, as JSON.

use longshore_business_case::ProviderMust;
use longshore_compare::{
    Asked, Comparison, DearClause, Driver, Effect, Hire, MonthLevel, OptionSummary, Peak, ProviderFit, QueueSummary,
    TeamPeak,
};
use longshore_contract::Bears;
use longshore_units::Money;
use longshore_words::Language;
use serde::Serialize;

use crate::answer::{providers, reasons};
use crate::catalog::{PartJson, SpanJson};
use crate::teller::Teller;
use crate::written::exact;

/// The JSON of `compare`. Amounts are decimal strings of the whole horizon, undiscounted, what falls due once included
/// unless named otherwise; `charges` are in `charges_currency`, all else, their total too, in `currency`; shares are numbers from 0 to 1.
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
    negotiate: Vec<ClauseJson>,
    sensitivity: SensitivityJson,
}

/// A clause to negotiate: what it costs a year on the contacts compared, or what of it is at risk; both `null` where that
/// cannot be reckoned.
#[derive(Debug, Serialize)]
struct ClauseJson {
    option: String,
    contract: String,
    code: &'static str,
    term: Option<String>,
    clause: Option<String>,
    message: String,
    cost_a_year: Option<String>,
    at_risk: Option<String>,
    currency: String,
}

#[derive(Debug, Serialize)]
struct OptionJson {
    option: String,
    name: String,
    rank: Option<u32>,
    excluded: Vec<String>,
    /// Of an excluded option, how much less it costs than the one that comes first; null where it does not.
    ahead_by: Option<String>,
    score: Option<f64>,
    cheapest: f64,
    over_budget: Option<f64>,
    cost: CostJson,
    one_time: String,
    present_value: String,
    /// Null where nobody was served.
    resolved: Option<f64>,
    /// `measured` where that is known of all its teams, otherwise `assumed`.
    resolved_is: &'static str,
    cost_by_month: Vec<String>,
    cash_by_month: Vec<CashJson>,
    deposits: String,
    peak: Option<PeakJson>,
    cost_per_contact: Option<String>,
    cost_per_resolution: Option<String>,
    queues: Vec<QueueJson>,
    charges_currency: String,
    charges: Vec<ChargeJson>,
    charges_total: String,
    charges_total_currency: String,
    other_costs: Vec<OtherJson>,
    providers: Vec<ProviderJson>,
    assumptions: Vec<AssumptionJson>,
    prices: Vec<PriceJson>,
    why: String,
    warnings: Vec<String>,
}

/// The busiest month beside the quietest; costs without what falls due once.
#[derive(Debug, Serialize)]
struct PeakJson {
    month: String,
    cost_per_contact: String,
    quiet_month: String,
    quiet_cost_per_contact: String,
    teams: Vec<TeamPeakJson>,
}

/// A team that grows for it; `hire_by` is null where hiring and training are not said, or it has its agents from the start.
#[derive(Debug, Serialize)]
struct TeamPeakJson {
    team: String,
    month: String,
    agents: u32,
    agents_least: u32,
    hire_by: Option<String>,
}

/// What is paid in a month; below 0 for what comes in.
#[derive(Debug, Serialize)]
struct CashJson {
    month: String,
    amount: String,
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
    channel: &'static str,
    contained: f64,
    passed_on: f64,
    unreachable: f64,
    outside_hours: f64,
    /// Null where nobody came; so are the waits below, and `missed`.
    service_level: Option<f64>,
    target: f64,
    months: Vec<MonthLevelJson>,
    worst_month: Option<String>,
    /// Of a list's customers who can be reached, the share that was; null where customers call, or nobody can be reached.
    worked_off: Option<f64>,
    asa_s: Option<f64>,
    over_5_min: Option<f64>,
    occupancy: f64,
    agents_peak: u32,
    fte: f64,
    missed: Option<f64>,
}

/// The service of a queue in a month in which contacts came.
#[derive(Debug, Serialize)]
struct MonthLevelJson {
    month: String,
    offered: f64,
    service_level: f64,
}

/// What the order of the options hangs on; `changes` and `costs` are in the order of `options`, which are named by id.
#[derive(Debug, Serialize)]
struct SensitivityJson {
    drivers: Vec<DriverJson>,
    volumes: Vec<VolumeJson>,
    crossings: Vec<CrossingJson>,
    break_evens: Vec<BreakEvenJson>,
}

#[derive(Debug, Serialize)]
struct DriverJson {
    what: String,
    of: Option<String>,
    low: f64,
    high: f64,
    changes_low: Vec<String>,
    changes_high: Vec<String>,
    cheapest_low: Option<String>,
    cheapest_high: Option<String>,
    worth_knowing: String,
}

#[derive(Debug, Serialize)]
struct VolumeJson {
    factor: f64,
    costs: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CrossingJson {
    option: String,
    factor: f64,
}

#[derive(Debug, Serialize)]
struct BreakEvenJson {
    option: String,
    change: f64,
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
    handled_hours: Option<String>,
}

/// A provider that an option buys from. `met` is null where it is not known.
#[derive(Debug, Serialize)]
struct ProviderJson {
    provider: String,
    agents: Option<u32>,
    our_agents: f64,
    our_share: Option<f64>,
    musts: Vec<MustJson>,
}

#[derive(Debug, Serialize)]
struct MustJson {
    must: String,
    met: Option<bool>,
}

/// A price that is asked, and what it should cost, in `currency`: decimals with four places.
#[derive(Debug, Serialize)]
struct PriceJson {
    contract: String,
    charge: String,
    unit: &'static str,
    currency: String,
    price: String,
    should: SpanJson,
    parts: Vec<PartJson>,
    market: Option<SpanJson>,
    difference: String,
    place: Option<String>,
    our_share: Option<f64>,
    languages: Vec<String>,
    hours: Vec<String>,
    at_night: Option<f64>,
}

#[derive(Debug, Serialize)]
struct AssumptionJson {
    what: String,
    value: String,
    source: String,
    /// What it does to the cost over the horizon; `null` where nobody knows.
    effect: Option<String>,
    /// `line` where it is a cost that comes to this, `swing` where one end of its range moves the cost by as much.
    effect_is: Option<&'static str>,
}

impl ComparisonJson {
    /// Of a comparison and the clauses of its quotes, by the version of the program that made it.
    pub fn new(comparison: &Comparison, clauses: &[DearClause], version: &'static str) -> ComparisonJson {
        let teller = Teller::new(Language::English);
        ComparisonJson {
            case: comparison.case.clone(),
            name: comparison.name.clone(),
            seed: comparison.seed,
            version,
            currency: comparison.currency.to_string(),
            months: comparison.months,
            runs: comparison.runs,
            options: comparison.options.iter().map(|option| option_json(&teller, comparison, option)).collect(),
            negotiate: clauses.iter().map(|clause| clause_json(comparison, clause)).collect(),
            sensitivity: sensitivity_json(comparison),
        }
    }
}

fn clause_json(comparison: &Comparison, clause: &DearClause) -> ClauseJson {
    let amount =
        |wanted: Bears| clause.a_year.filter(|(_, bears)| *bears == wanted).map(|(money, _)| money.to_string());
    ClauseJson {
        option: comparison.options[clause.option].option.clone(),
        contract: clause.contract.clone(),
        code: clause.lint.diagnostic.code,
        term: clause.lint.term.clone(),
        clause: clause.lint.clause.clone(),
        message: clause.lint.diagnostic.message.clone(),
        cost_a_year: amount(Bears::Cost),
        at_risk: amount(Bears::Risk),
        currency: comparison.currency.to_string(),
    }
}

fn option_json(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> OptionJson {
    OptionJson {
        option: option.option.clone(),
        name: option.name.clone(),
        rank: option.rank,
        excluded: option.excluded.iter().map(|shortfall| reasons::shortfall(teller, shortfall)).collect(),
        ahead_by: comparison.ahead(option).map(|ahead| ahead.to_string()),
        score: option.score,
        cheapest: option.cheapest,
        over_budget: option.over_budget,
        cost: CostJson {
            mean: option.cost.mean.to_string(),
            p10: option.cost.p10.to_string(),
            p50: option.cost.p50.to_string(),
            p90: option.cost.p90.to_string(),
        },
        one_time: option.one_time.to_string(),
        present_value: option.present_value.to_string(),
        resolved: option.resolved,
        resolved_is: if option.resolved_measured { "measured" } else { "assumed" },
        cost_by_month: option.cost_by_month.iter().map(Money::to_string).collect(),
        cash_by_month: option
            .cash_by_month
            .iter()
            .map(|paid| CashJson { month: paid.month.to_string(), amount: paid.amount.to_string() })
            .collect(),
        deposits: option.deposits.to_string(),
        peak: option.peak.as_ref().map(peak_json),
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
        charges_total_currency: option.charges_total.currency.to_string(),
        other_costs: option
            .other_costs
            .iter()
            .map(|cost| OtherJson {
                what: cost.what.clone(),
                kind: cost.kind.word(),
                amount: cost.amount.to_string(),
                handled_hours: cost.handled_hours.as_ref().map(exact),
            })
            .collect(),
        providers: option.providers.iter().map(|fit| provider_json(teller, fit)).collect(),
        prices: option.asked.iter().map(price_json).collect(),
        assumptions: option
            .assumptions
            .iter()
            .map(|weighed| AssumptionJson {
                what: weighed.assumption.what.to_string(),
                value: weighed.assumption.value.clone(),
                source: weighed.assumption.source.clone(),
                effect: weighed.effect.map(|effect| effect.amount().to_string()),
                effect_is: weighed.effect.map(|effect| match effect {
                    Effect::Line(_) => "line",
                    Effect::Swing(_) => "swing",
                }),
            })
            .collect(),
        why: reasons::why(teller, comparison, option),
        warnings: option.warnings.iter().map(|warning| reasons::warning(teller, warning)).collect(),
    }
}

fn provider_json(teller: &Teller, fit: &ProviderFit) -> ProviderJson {
    let must =
        |(must, met): &(ProviderMust, Option<bool>)| MustJson { must: providers::asked(teller, must), met: *met };
    ProviderJson {
        provider: fit.provider.name.clone(),
        agents: fit.provider.agents,
        our_agents: fit.ours,
        our_share: fit.share,
        musts: fit.musts.iter().map(must).collect(),
    }
}

fn price_json(asked: &Asked) -> PriceJson {
    let parts = asked.parts.iter().map(|part| PartJson {
        what: part.what,
        amount: SpanJson::of(&part.amount),
        source: part.source.clone(),
    });
    PriceJson {
        contract: asked.contract.clone(),
        charge: asked.charge.clone(),
        unit: asked.unit.word(),
        currency: asked.currency.to_string(),
        price: asked.price.to_decimal(4),
        should: SpanJson::of(&asked.should),
        parts: parts.collect(),
        market: asked.market.as_ref().map(SpanJson::of),
        difference: asked.difference().to_decimal(4),
        place: asked.drivers.place.clone(),
        our_share: asked.drivers.shared,
        languages: asked.drivers.languages.clone(),
        hours: asked.drivers.hours.clone(),
        at_night: asked.drivers.at_night,
    }
}

fn peak_json(peak: &Peak) -> PeakJson {
    let team = |team: &TeamPeak| TeamPeakJson {
        team: team.team.clone(),
        month: team.month.to_string(),
        agents: team.agents,
        agents_least: team.least,
        hire_by: match team.hire {
            Hire::By(day) => Some(day.to_string()),
            Hire::NotSaid | Hire::FromTheStart => None,
        },
    };
    PeakJson {
        month: peak.month.to_string(),
        cost_per_contact: peak.cost_per_contact.to_string(),
        quiet_month: peak.quiet.to_string(),
        quiet_cost_per_contact: peak.quiet_cost_per_contact.to_string(),
        teams: peak.teams.iter().map(team).collect(),
    }
}

fn queue_json(queue: &QueueSummary) -> QueueJson {
    QueueJson {
        queue: queue.queue.clone(),
        offered: queue.offered,
        handled: queue.handled,
        abandoned: queue.abandoned,
        channel: queue.channel.as_str(),
        contained: queue.contained,
        passed_on: queue.passed_on,
        unreachable: queue.unreachable,
        outside_hours: queue.outside_hours,
        service_level: queue.service_level,
        target: queue.target,
        months: queue.months.iter().map(month_level_json).collect(),
        worst_month: queue.worst_month().map(|worst| worst.month.to_string()),
        worked_off: queue.list.filter(|list| 0.0 < list.reachable).map(|list| list.share()),
        asa_s: queue.asa_s,
        over_5_min: queue.over_5_min,
        occupancy: queue.occupancy,
        agents_peak: queue.agents_peak,
        fte: queue.fte,
        missed: queue.service_level.map(|_| queue.missed),
    }
}

fn month_level_json(month: &MonthLevel) -> MonthLevelJson {
    MonthLevelJson { month: month.month.to_string(), offered: month.offered, service_level: month.service_level }
}

fn sensitivity_json(comparison: &Comparison) -> SensitivityJson {
    let id = |place: usize| comparison.options[place].option.clone();
    let sensitivity = &comparison.sensitivity;
    let driver = |driver: &Driver| DriverJson {
        what: driver.what.clone(),
        of: driver.of.clone(),
        low: driver.low,
        high: driver.high,
        changes_low: driver.changes.iter().map(|(low, _)| low.to_string()).collect(),
        changes_high: driver.changes.iter().map(|(_, high)| high.to_string()).collect(),
        cheapest_low: driver.flips_low.map(id),
        cheapest_high: driver.flips_high.map(id),
        worth_knowing: driver.worth_knowing.to_string(),
    };
    SensitivityJson {
        drivers: sensitivity.drivers.iter().map(driver).collect(),
        volumes: sensitivity
            .volumes
            .iter()
            .map(|point| VolumeJson { factor: point.factor, costs: point.costs.iter().map(Money::to_string).collect() })
            .collect(),
        crossings: sensitivity
            .crossings
            .iter()
            .map(|crossing| CrossingJson { option: id(crossing.option), factor: crossing.factor })
            .collect(),
        break_evens: sensitivity
            .break_evens
            .iter()
            .map(|even| BreakEvenJson { option: id(even.option), change: even.change })
            .collect(),
    }
}
