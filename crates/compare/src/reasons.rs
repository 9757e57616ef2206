//! What decides an option's place, what it stands on, and what a reader should know: in words, from the figures.

use jiff::civil::Date;
use longshore_business_case::{Assumption, BusinessCase, CostKind, Per};
use longshore_contract::{ChargeKind, Counted, Criterion, Grain, Measure, Sla};
use longshore_counting::LeftOut;
use longshore_units::{Currency, Exact, plural};

use crate::Plan;
use crate::summary::{ChargeSummary, OptionSummary, QueueSummary};

/// What decides an option's place: how its parts of cost differ from today's, and what customers get.
pub(crate) fn why(option: &OptionSummary, today: &OptionSummary) -> String {
    let (cost, currency) = (option.cost.mean.minor, option.cost.mean.currency);
    let service = option.service_level();
    if option.option == today.option {
        let parts = parts(option).into_iter().map(|(name, minor)| (name, minor, minor));
        let largest = parts.max_by_key(|(_, minor, _)| *minor);
        let share = largest
            .map_or_else(String::new, |(name, minor, _)| format!(", {:.0} % of it {name}", percent(minor, cost)));
        return format!(
            "{}{} as it is done today{share}; {:.0} % answered in time",
            excluded(option),
            money(cost, currency),
            service * 100.0
        );
    }
    let less = today.cost.mean.minor - cost;
    let place = if less >= 0 { "below" } else { "above" };
    let mut words = format!(
        "{}{} ({:.0} %) {place} today",
        excluded(option),
        money(less.abs(), currency),
        percent(less.abs(), today.cost.mean.minor)
    );
    // What one has less and the other more; what hardly matters is left out.
    let least = today.cost.mean.minor.abs() / 200;
    let mut changes: Vec<(&str, i128)> = parts(option)
        .into_iter()
        .zip(parts(today))
        .map(|((name, here), (_, there))| (name, here - there))
        .filter(|(_, change)| least < change.abs())
        .collect();
    changes.sort_by_key(|(_, change)| -change.abs());
    let listed = |sign: i128| -> Vec<String> {
        let chosen = changes.iter().filter(|(_, change)| change.signum() == sign);
        chosen.map(|(name, change)| format!("{} {name}", money(change.abs(), currency))).collect()
    };
    let (saved, added) = (listed(-1), listed(1));
    match (saved.is_empty(), added.is_empty()) {
        (false, false) => {
            let verb = if less >= 0 { "outweighs" } else { "does not outweigh" };
            words.push_str(&format!(": saving {} {verb} adding {}", and(&saved), and(&added)));
        }
        (false, true) => words.push_str(&format!(": saving {}", and(&saved))),
        (true, false) => words.push_str(&format!(": adding {}", and(&added))),
        (true, true) => {}
    }
    let points = (service - today.service_level()) * 100.0;
    match points.round() as i64 {
        0 => words.push_str("; service level as today"),
        points => {
            let (way, unit) =
                (if points < 0 { "lower" } else { "higher" }, if points.abs() == 1 { "point" } else { "points" });
            words.push_str(&format!("; service level {} {unit} {way}", points.abs()));
        }
    }
    let offered = |summary: &OptionSummary| summary.queues.iter().map(|queue| queue.offered).sum::<f64>();
    let repeats = (offered(option) / offered(today) - 1.0) * 100.0;
    if 0.5 <= repeats.abs() {
        let way = if repeats > 0.0 { "more" } else { "fewer" };
        words.push_str(&format!(
            ", {:.1} % {way} contacts since its teams resolve {}",
            repeats.abs(),
            if repeats > 0.0 { "less" } else { "more" }
        ));
    }
    words
}

fn excluded(option: &OptionSummary) -> &'static str {
    if option.excluded.is_empty() { "" } else { "excluded; otherwise " }
}

/// The parts of an option's cost, in minor units, always in this order.
fn parts(option: &OptionSummary) -> [(&'static str, i128); 6] {
    [
        ("for the own team", option.of_kind(CostKind::Team)),
        ("of contract", option.charges_total.minor),
        ("that stays with the buyer", option.of_kind(CostKind::Stays)),
        ("stranded", option.of_kind(CostKind::Stranded)),
        ("of transition", option.of_kind(CostKind::Transition)),
        ("of lost customers", option.of_kind(CostKind::Customers)),
    ]
}

fn percent(part: i128, whole: i128) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 * 100.0 }
}

fn and(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// Money in a few digits: `1.21 M USD`, `340 k USD`.
fn money(minor: i128, currency: Currency) -> String {
    let amount = longshore_units::Money { minor, currency }.to_amount().0;
    let of = |unit: u64| amount.divided_by(&Exact::from(unit)).expect("a thousand and a million are not 0");
    let whole = amount.to_f64().abs();
    if whole >= 995_000.0 {
        format!("{} M {currency}", written(&of(1_000_000), 2))
    } else if whole >= 9_950.0 {
        format!("{} k {currency}", written(&of(1000), 0))
    } else {
        format!("{} {currency}", written(&amount, 0))
    }
}

/// A number with all its places, rounded.
fn written(number: &Exact, places: u32) -> String {
    let step = Exact::ratio(1, 10i128.pow(places)).expect("a power of 10 is not 0");
    let rounded = number.rounded_to(&step, longshore_units::RoundHow::HalfUp);
    rounded.to_fixed(places).expect("a number rounded to its places has no more")
}

/// What the result stands on: what the case gives or fills in, and what follows from it for this option's teams.
pub(crate) fn assumptions(case: &BusinessCase, plan: &Plan) -> Vec<Assumption> {
    let option = &case.options[plan.option];
    let mut assumptions = case.assumptions.clone();
    assumptions.extend(option.assumptions.iter().cloned());
    for (team, planned) in option.teams.iter().zip(&plan.teams) {
        let pool = if team.shared.is_some() { ", the whole pool" } else { "" };
        let mut add = |what: &str, value: String, source: &str| {
            let what = format!("{}{pool}: {what}", team.name);
            assumptions.push(Assumption { what, value, source: source.to_owned() });
        };
        let sum = |months: &[Exact]| months.iter().fold(Exact::zero(), |sum, month| &sum + month).to_decimal(0);
        let sized =
            "computed: Erlang A for each half hour, averaged over busy and quiet days, for the strictest target";
        add("hours on the phone", sum(&planned.phone_hours), sized);
        let paid = match team.shifts.is_empty() {
            true => "computed: hours on the phone, × (1 + shift inefficiency), ÷ (1 − shrinkage)",
            false => {
                "computed: the given shifts that cover the contacts' half hours at the least paid time, ÷ (1 − shrinkage)"
            }
        };
        add("paid hours", sum(&planned.paid_hours), paid);
        if planned.paid_above_least > 0.0 {
            let most = format!("at most {:.2}%", 100.0 * planned.paid_above_least);
            add("paid hours above the least possible", most, "the search for shifts ended before it was proven least");
        }
        let (least, most) = (planned.register.iter().min(), planned.register.iter().max());
        let agents = format!("{} to {}", least.copied().unwrap_or(0), most.copied().unwrap_or(0));
        let register = "computed by month from paid hours and shifts; nobody is let go who is needed within two months";
        add("agents on the register", agents, register);
    }
    let more = [
        (
            "who calls again",
            "does so while it is open",
            "the simulation's reading: the time until then runs in opening hours only",
        ),
        ("who hangs up", "does not call again", "the simulation's reading"),
        (
            "what differs between runs",
            "chance and exchange rates; a year's volume is as given",
            "so the spread of the runs is smaller than that of forecasts",
        ),
        ("agents' speed", "the same for all agents of a team, new ones included", "not covered by this version"),
    ];
    assumptions.extend(more.map(|(what, value, source)| Assumption {
        what: what.to_owned(),
        value: value.to_owned(),
        source: source.to_owned(),
    }));
    assumptions
}

/// What a reader should know before relying on the figures.
pub(crate) fn warnings(
    case: &BusinessCase,
    plan: &Plan,
    queues: &[QueueSummary],
    charges: &[ChargeSummary],
    left_out: &[LeftOut],
) -> Vec<String> {
    let option = &case.options[plan.option];
    let mut warnings = Vec::new();
    for (queue, result) in case.queues.iter().zip(queues) {
        if result.service_level < queue.target.share - 0.03 {
            warnings.push(format!(
                "`{}` answers {:.1} % in time; its target is {:.0} %",
                queue.name,
                result.service_level * 100.0,
                queue.target.share * 100.0
            ));
        }
        let calls = result.offered + result.outside_hours;
        if calls * 0.01 < result.outside_hours {
            warnings.push(format!(
                "{:.0} % of the contacts of `{}` come while nobody handles it",
                result.outside_hours / calls * 100.0,
                queue.name
            ));
        }
    }
    for (case_contract, left_out) in case.contracts_of(option).zip(left_out) {
        let (contract, file) = (&case_contract.contract, &case_contract.file);
        // A contact that was never answered has no instant of answer: that is no doubt. These are.
        let doubts = [
            (left_out.without_provider, "name no provider"),
            (left_out.outside_term, "lie outside its term"),
            (left_out.unknown_quantity, "do not say how much it bills"),
            (left_out.other_program, "are of a program that it does not cover"),
        ];
        for (rows, why) in doubts.into_iter().filter(|(rows, _)| 0 < *rows) {
            warnings.push(format!("{file} leaves {} of the first run unpriced: they {why}", plural(rows, "row")));
        }
        let in_force = case.decide.each_month().any(|month| 0 < contract.in_force(None).term().days_in(month));
        for charge in contract.charges.iter().filter(|_| in_force) {
            let ChargeKind::Counted(counted) = &charge.kind else { continue };
            if let Some(what) = not_simulated(counted) {
                let name = &charge.name;
                warnings.push(format!(
                    "`{name}` of {file} looks at {what}, which no simulation has: add a `[[cost]]` for what it will come to"
                ));
                continue;
            }
            if let Measure::Resolutions { reopened_within: Some(_) } = counted.measure {
                warnings.push(format!(
                    "`{}` of {file} bills all that is resolved: simulated customers who were helped do not come back",
                    charge.name
                ));
            }
            let billed = |line: &&ChargeSummary| line.provider == contract.provider && line.charge == charge.name;
            if charges.iter().filter(billed).all(|line| line.quantity == Exact::zero()) {
                let name = &charge.name;
                warnings.push(format!("`{name}` of {file} bills nothing in any run: does it select what comes here?"));
            }
        }
        let pays = |sla: &&Sla| !sla.credits.is_empty() || sla.linear.is_some() || !sla.bonuses.is_empty();
        for sla in contract.slas.iter().filter(|_| in_force).filter(pays) {
            warnings.push(format!(
                "`{}` of {file} is not measured in a simulation: neither its credits nor its bonuses are in the cost",
                sla.name
            ));
        }
        for charge in &contract.charges {
            if let ChargeKind::Once { on, .. } = charge.kind
                && let Some(when) = outside(case, Some(on), Some(on))
            {
                warnings
                    .push(format!("`{}` of {file} falls due {when} the horizon and is not in the cost", charge.name));
            }
        }
        if contract.term.starts < case.decide.starts {
            let in_force = contract.in_force(None);
            let looks_back = in_force.looks_back();
            if let Some((first, more)) = looks_back.split_first() {
                let (names, verb) = match more.len() {
                    0 => (format!("`{first}`"), "depends"),
                    more => (format!("`{first}` and {more} more"), "depend"),
                };
                warnings.push(format!(
                    "{names} of {file} {verb} on months before the horizon, which are taken as without any use"
                ));
            }
        }
        if contract.zone != case.zone {
            warnings.push(format!(
                "{file} counts days and months in {}, the case in {}: contacts near midnight may fall outside",
                contract.zone.name(),
                case.zone.name()
            ));
        }
        let shared = option.teams.iter().any(|team| team.provider == contract.provider && team.shared.is_some());
        let by_agent = contract.charges.iter().any(|charge| match &charge.kind {
            ChargeKind::Counted(counted) => {
                matches!(counted.grain, Grain::Agent | Grain::AgentTime | Grain::Schedule)
            }
            _ => false,
        });
        if shared && by_agent {
            warnings.push(format!("{file} bills hours or agents of a shared pool, which has no schedule of its own"));
        }
    }
    for cost in &option.costs {
        let until = if cost.per == Per::Once { cost.from } else { cost.until };
        if let Some(when) = outside(case, cost.from, until) {
            warnings.push(format!("\"{}\" falls due {when} the horizon and is not in the cost", cost.what));
        }
    }
    for way in plan.load.queues.iter().flat_map(|queue| &queue.ways) {
        let handles = &option.handles[way.handles];
        if way.share.iter().all(|share| *share <= 0.0) {
            let (team, queue) = (&option.teams[handles.team].name, &case.queues[handles.queue].name);
            warnings.push(format!("no contact of `{queue}` reaches `{team}`: other ways take all of them before"));
        }
    }
    warnings
}

/// What a charge looks at that simulated records never hold, so that it comes to nothing, or to less than it will.
fn not_simulated(counted: &Counted) -> Option<&'static str> {
    let asks_approval = |criterion: &Criterion| matches!(criterion, Criterion::Approved(_));
    match counted.measure {
        Measure::Reported { .. } | Measure::Cost { .. } => Some("what is reported"),
        Measure::Sales | Measure::SaleAmount => Some("sales"),
        Measure::Leads => Some("leads"),
        Measure::Appointments => Some("appointments"),
        _ if counted.select.criteria.iter().any(asks_approval) => Some("approvals"),
        _ => None,
    }
}

/// Whether what is due from a day until another lies wholly before or after the horizon.
///
/// Neither is counted, of a contract or beside one: an audit prices the horizon's months, and a plan must equal it.
fn outside(case: &BusinessCase, from: Option<Date>, until: Option<Date>) -> Option<&'static str> {
    let before = until.is_some_and(|until| until < case.decide.starts);
    let after = from.is_some_and(|from| case.decide.last_day() < from);
    if before { Some("before") } else { after.then_some("after") }
}
