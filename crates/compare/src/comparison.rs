//! All options over all runs, brought together and ranked.

use std::borrow::Cow;
use std::sync::atomic::{AtomicUsize, Ordering};

use longshore_business_case::{BusinessCase, CallList, Judged, Queue, Weighable};
use longshore_counting::LeftOut;
use longshore_simulation::QueueTally;
use longshore_units::{Currency, Exact, Money, Month};
use rayon::prelude::*;

use crate::asked::asked;
use crate::assumptions::assumptions;
use crate::fit;
use crate::future::future;
use crate::load::ComingBack;
use crate::money::{allocated, rounded, rounded_parts};
use crate::run::{Contracts, TeamSum, play};
use crate::sensitivity::Variants;
use crate::shortfall::shortfalls;
use crate::summary::{
    CashMonth, ChargeSummary, Comparison, CostSummary, ListReach, MonthLevel, OptionSummary, OtherCost, QueueSummary,
};
use crate::warning::Warning;
use crate::{Cash, ChargeTotal, CompareError, LedgerLine, Peak, Plan, RunResult, Weighed, effect, sensitivity};

/// How far a comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Runs of options that are done.
    pub done: usize,
    /// Runs of options in all.
    pub of: usize,
}

/// What a summary takes of a run: its invoices' charges added up, without the invoices. Ten thousand runs of ten years
/// are held at once.
struct Played {
    queues: Vec<Vec<QueueTally>>,
    /// Of each queue, the customers on its list who answer one of their calls if all are placed; 0 without a list.
    reachable: Vec<f64>,
    teams: Vec<TeamSum>,
    charges: Vec<ChargeTotal>,
    left_out: Vec<LeftOut>,
    contract_months: Vec<Exact>,
    contract_once: Vec<Exact>,
    ledger: Vec<LedgerLine>,
    months: Vec<Exact>,
    cash: Cash,
}

impl Played {
    /// A run of a case as its future came out.
    fn of(case: &BusinessCase, run: RunResult) -> Played {
        Played {
            reachable: case.queues.iter().map(|queue| reachable(case, queue)).collect(),
            charges: run.charges(),
            queues: run.queues,
            teams: run.teams,
            left_out: run.left_out,
            contract_months: run.contract_months,
            contract_once: run.contract_once,
            ledger: run.ledger,
            months: run.months,
            cash: run.cash,
        }
    }

    fn total(&self) -> Exact {
        self.months.iter().fold(Exact::zero(), |sum, month| &sum + month)
    }
}

/// Compares all options of a case over runs 1 to `runs`, on the threads of the current rayon pool. `progress` is called
/// after each run of an option, from any thread.
///
/// # Errors
/// The first of what keeps an option from being sized, simulated or priced.
pub fn compare(
    case: &BusinessCase,
    runs: u32,
    seed: u64,
    progress: &(impl Fn(Progress) + Sync),
) -> Result<Comparison, CompareError> {
    if runs == 0 {
        return Err(CompareError::NoRuns);
    }
    let options = 0..case.options.len();
    let today = ComingBack::today(case)?;
    let plans: Vec<Result<Plan, CompareError>> =
        options.clone().into_par_iter().map(|option| Plan::verified(case, option, &today)).collect();
    let plans: Vec<Plan> = plans.into_iter().collect::<Result<_, _>>()?;
    let contracts: Vec<Contracts<'_>> = options.map(|option| Contracts::of(case, option)).collect::<Result<_, _>>()?;
    let (done, of) = (AtomicUsize::new(0), plans.len() * runs as usize + sensitivity::jobs(case));
    let step = || progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, of });
    let results: Vec<Vec<Result<Played, CompareError>>> =
        (1..=runs).into_par_iter().map(|run| played(case, (&today, &plans), &contracts, seed, run, &step)).collect();
    let mut by_option: Vec<Vec<Played>> = plans.iter().map(|_| Vec::with_capacity(runs as usize)).collect();
    for results in results {
        for (option, result) in by_option.iter_mut().zip(results) {
            option.push(result?); // In the order of runs and options: the same error on any number of threads.
        }
    }
    let mut summaries = Vec::new();
    for (plan, runs) in plans.iter().zip(&by_option) {
        summaries.push(summary(case, plan, runs)?);
    }
    let totals: Vec<Vec<Exact>> = by_option.iter().map(|runs| runs.iter().map(Played::total).collect()).collect();
    let mut options = ranked(case, summaries, totals);
    let variants = Variants::of(case, &options, (&today, &plans, &contracts), seed, &step)?;
    let sensitivity = sensitivity::sensitivity(case, &options, &variants, &step)?;
    effect::weigh(case, &mut options, &sensitivity, &variants)?;
    Ok(Comparison {
        case: case.id.clone(),
        name: case.name.clone(),
        seed,
        runs,
        months: case.decide.months,
        calendar: case.decide.each_month().collect(),
        currency: case.currency,
        options,
        sensitivity,
    })
}

/// Run `run` of all options. Where figures are uncertain, the teams are planned for them as they come out in this run.
fn played(
    case: &BusinessCase,
    (today, plans): (&ComingBack, &[Plan]),
    contracts: &[Contracts<'_>],
    seed: u64,
    run: u32,
    step: &(impl Fn() + Sync),
) -> Vec<Result<Played, CompareError>> {
    let future = future(case, seed, run);
    let today = match &future {
        Cow::Borrowed(_) => None,
        Cow::Owned(future) => Some(today.in_future(future)),
    };
    let one = |option: usize| match &today {
        None => play(case, &plans[option], &contracts[option], seed, run),
        Some(today) => {
            let today = today.as_ref().map_err(CompareError::clone)?;
            let plan = plans[option].again(&future, today)?;
            play(&future, &plan, &contracts[option], seed, run)
        }
    };
    let played = |option: usize| {
        let result = one(option).map(|run| Played::of(&future, run));
        step();
        result
    };
    (0..plans.len()).into_par_iter().map(played).collect()
}

/// The options in order: by mean cost, those excluded last; and why each stands where it does.
fn ranked(case: &BusinessCase, summaries: Vec<OptionSummary>, totals: Vec<Vec<Exact>>) -> Vec<OptionSummary> {
    let mut options: Vec<(OptionSummary, Vec<Exact>)> = summaries.into_iter().zip(totals).collect();
    options.sort_by(|(one, _), (other, _)| {
        (!one.excluded.is_empty(), one.cost.mean.minor).cmp(&(!other.excluded.is_empty(), other.cost.mean.minor))
    });
    let mut rank = 0;
    for (option, _) in &mut options {
        if option.excluded.is_empty() {
            rank += 1;
            option.rank = Some(rank);
        }
    }
    for (place, cheapest) in cheapest_in(&options).into_iter().enumerate() {
        let (option, totals) = &mut options[place];
        option.cheapest = share(cheapest as f64, totals.len() as f64);
        option.over_budget = case.decide.budget.as_ref().map(|budget| {
            let over = totals.iter().filter(|total| budget < total).count();
            share(over as f64, totals.len() as f64)
        });
    }
    for place in 0..options.len() {
        let next = options.get(place + 1).filter(|(next, _)| next.rank.is_some());
        let overtakes = next.map(|(next, totals)| {
            let runs = options[place].1.iter().zip(totals).filter(|(mine, theirs)| mine > theirs).count();
            (next.name.clone(), runs)
        });
        let (option, totals) = &mut options[place];
        if let Some((behind, runs @ 1..)) = overtakes.filter(|_| option.rank.is_some()) {
            option.warnings.push(Warning::Overtaken { runs, of: totals.len(), behind });
        }
    }
    for (option, _) in &mut options {
        option.warnings.sort_by_key(Warning::gravity);
    }
    debug_assert_eq!(options.len(), case.options.len());
    options.into_iter().map(|(option, _)| option).collect()
}

/// In how many runs each option is the cheapest of those that are ranked.
fn cheapest_in(options: &[(OptionSummary, Vec<Exact>)]) -> Vec<usize> {
    let mut counts = vec![0; options.len()];
    let runs = options.first().map_or(0, |(_, totals)| totals.len());
    for run in 0..runs {
        let ranked = (0..options.len()).filter(|place| options[*place].0.rank.is_some());
        if let Some(least) = ranked.min_by(|one, other| options[*one].1[run].cmp(&options[*other].1[run])) {
            counts[least] += 1;
        }
    }
    counts
}

/// The score of an option on the case's criteria, from 0 to 1: the mean of its scores by their weights. `None` where the
/// case names no criteria.
fn score(case: &BusinessCase, option: &OptionSummary, judged: &[Judged]) -> Option<f64> {
    let weights = &case.decide.weights;
    let figure = |figure| match figure {
        Weighable::Cost => option.cost.mean.to_amount().0.to_f64(),
        // Where nobody comes, nobody waits, or has a question left.
        Weighable::ServiceLevel => option.service_level().unwrap_or(1.0),
        Weighable::OverFiveMinutes => option.over_five_minutes().unwrap_or(0.0),
        Weighable::Resolved => option.resolved.unwrap_or(1.0),
    };
    let given = |what: &str| judged.iter().find(|judged| judged.what == what).map_or(0.0, |judged| judged.score);
    let scored =
        weights.iter().map(|weight| weight.weight * weight.score(figure).unwrap_or_else(|| given(&weight.what)));
    let whole: f64 = weights.iter().map(|weight| weight.weight).sum();
    (0.0 < whole).then(|| scored.sum::<f64>() / whole)
}

/// An option's runs brought together.
fn summary(case: &BusinessCase, plan: &Plan, runs: &[Played]) -> Result<OptionSummary, CompareError> {
    let option = &case.options[plan.option];
    let too_large = || CompareError::TooLarge(case.currency);
    let mean = |of: &dyn Fn(&Played) -> Exact| mean(runs, of);
    let cost = cost(case.currency, runs).ok_or_else(too_large)?;
    // The mean's parts: the contracts, then each line of the ledger. All in whole minor units, summing to the mean.
    let contracts = mean(&|run| run.contract_months.iter().fold(Exact::zero(), |sum, month| &sum + month));
    let lines: Vec<Exact> = (0..runs[0].ledger.len())
        .map(|line| mean(&|run| run.ledger[line].months.iter().fold(Exact::zero(), |sum, month| &sum + month)))
        .collect();
    let parts: Vec<Exact> = std::iter::once(contracts).chain(lines).collect();
    let parts = allocated(&parts, cost.mean).ok_or_else(too_large)?;
    let months: Vec<Exact> =
        (0..plan.horizon.months.len()).map(|month| mean(&|run| run.months[month].clone())).collect();
    let once_in = |run: &Played, month: usize| {
        let lines = run.ledger.iter().filter(|line| line.once);
        lines.fold(run.contract_once[month].clone(), |sum, line| &sum + &line.months[month])
    };
    let once: Vec<Exact> = (0..months.len()).map(|month| mean(&|run| once_in(run, month))).collect();
    let running: Vec<Exact> = months.iter().zip(&once).map(|(cost, once)| cost - once).collect();
    let done = |run: &Played, month: usize| run.queues.iter().map(|queue| ended(&queue[month])).sum::<u64>();
    let contacts: Vec<Exact> = (0..months.len()).map(|month| mean(&|run| Exact::from(done(run, month)))).collect();
    let once = once.iter().fold(Exact::zero(), |sum, once| &sum + once);
    let charges_total = parts[0];
    let cash = Cash::mean(runs.iter().map(|run| &run.cash));
    let (cash_by_month, deposits) = paid(&cash, &cost).ok_or_else(too_large)?;
    let starts = Month::of(case.decide.starts);
    let present_value = rounded(&cash.present_value(starts, case.decide.discount), case.currency);
    let other_costs = runs[0].ledger.iter().zip(&parts[1..]).enumerate().map(|(place, (line, amount))| OtherCost {
        what: line.what.clone(),
        kind: line.kind,
        amount: *amount,
        handled_hours: line.handled_hours.as_ref().map(|_| {
            let hours = |run: &Played| run.ledger[place].handled_hours.clone().unwrap_or_default();
            mean(&hours)
        }),
    });
    let other_costs = other_costs.collect();
    let (charges_currency, charges) = charges(case, plan, runs, charges_total)?;
    let queues: Vec<QueueSummary> =
        (0..case.queues.len()).map(|queue| queue_summary(case, plan, runs, queue)).collect();
    let sum = |count: fn(&QueueTally) -> u64| -> Exact {
        let all = runs.iter().flat_map(|run| run.queues.iter().flatten()).map(count);
        Exact::ratio(all.map(i128::from).sum(), runs.len() as i128).expect("there is a run at least")
    };
    let per =
        |contacts: Exact| cost.mean.to_amount().0.divided_by(&contacts).and_then(|cost| rounded(&cost, case.currency));
    // Who needs nobody but the machine has no question left.
    let settled = |tally: &QueueTally| tally.resolved + tally.contained;
    let served = sum(ended).to_f64();
    let resolved = (0.0 < served).then(|| sum(settled).to_f64() / served);
    let providers = fit::providers(case, plan);
    let mut warnings = fit::warnings(case, plan, &providers, &charges);
    warnings.extend(crate::warning::warnings(case, plan, (&queues, runs.len()), &charges, &runs[0].left_out));
    let summary = OptionSummary {
        option: option.id.clone(),
        name: option.name.clone(),
        contracts: case.contracts_of(option).map(|contract| contract.file.clone()).collect(),
        rank: None,
        excluded: shortfalls(case, plan, &queues, resolved, &providers),
        one_time: rounded(&once, case.currency).ok_or_else(too_large)?,
        cost_by_month: allocated(&months, cost.mean).ok_or_else(too_large)?,
        cash_by_month,
        deposits,
        peak: Peak::of(case, plan, &contacts, &running),
        cost,
        cost_per_contact: per(sum(ended)),
        cost_per_resolution: per(sum(settled)),
        warnings,
        providers,
        queues,
        charges_currency,
        charges,
        charges_total,
        other_costs,
        asked: asked(case, option, plan),
        assumptions: assumptions(case, plan).into_iter().map(Weighed::unknown).collect(),
        cheapest: 0.0,
        over_budget: None,
        resolved,
        resolved_measured: option.teams.iter().all(|team| team.resolved_measured.is_some()),
        present_value: present_value.ok_or_else(too_large)?,
        score: None,
    };
    Ok(OptionSummary { score: score(case, &summary, &option.scores), ..summary })
}

fn mean(runs: &[Played], of: &dyn Fn(&Played) -> Exact) -> Exact {
    let sum = runs.iter().fold(Exact::zero(), |sum, run| &sum + &of(run));
    sum.divided_by(&Exact::from(runs.len() as u64)).expect("there is a run at least")
}

/// The mean, and the runs at tenths of their order (nearest rank).
fn cost(currency: Currency, runs: &[Played]) -> Option<CostSummary> {
    let mut totals: Vec<Exact> = runs.iter().map(Played::total).collect();
    let mean = mean(runs, &Played::total);
    totals.sort();
    let at = |tenths: usize| rounded(&totals[(totals.len() * tenths).div_ceil(10).max(1) - 1], currency);
    Some(CostSummary { mean: rounded(&mean, currency)?, p10: at(1)?, p50: at(5)?, p90: at(9)? })
}

/// What is paid in each month, and what of it is no cost. The months sum to the mean cost and these deposits.
fn paid(cash: &Cash, cost: &CostSummary) -> Option<(Vec<CashMonth>, Money)> {
    let (months, amounts): (Vec<Month>, Vec<Exact>) = cash.months().map(|(month, paid)| (month, paid.clone())).unzip();
    let sum = amounts.iter().fold(Exact::zero(), |sum, paid| &sum + paid);
    let currency = cost.mean.currency;
    let total = rounded(&sum, currency)?;
    let amounts = allocated(&amounts, total)?;
    let deposits = Money { minor: total.minor.checked_sub(cost.mean.minor)?, currency };
    Some((months.into_iter().zip(amounts).map(|(month, amount)| CashMonth { month, amount }).collect(), deposits))
}

/// What the contracts bill, in their own currency, in the mean of the runs.
fn charges(
    case: &BusinessCase,
    plan: &Plan,
    runs: &[Played],
    total: Money,
) -> Result<(Currency, Vec<ChargeSummary>), CompareError> {
    let contract = case.contracts_of(&case.options[plan.option]).next();
    let currency = contract.map_or(case.currency, |contract| contract.contract.currency);
    let mut charges: Vec<ChargeSummary> = Vec::new();
    let mut amounts: Vec<Exact> = Vec::new();
    let part = Exact::ratio(1, runs.len() as i128).expect("there is a run at least");
    for charge in runs.iter().flat_map(|run| &run.charges) {
        let same = |known: &ChargeSummary| {
            known.charge == charge.charge && known.kind == charge.kind && known.provider == charge.provider
        };
        let place = charges.iter().position(same).unwrap_or_else(|| {
            charges.push(ChargeSummary {
                charge: charge.charge.clone(),
                kind: charge.kind,
                provider: charge.provider.clone(),
                quantity: Exact::zero(),
                unit: charge.unit.clone(),
                amount: Money::zero(currency),
            });
            amounts.push(Exact::zero());
            charges.len() - 1
        });
        charges[place].quantity = &charges[place].quantity + &(&charge.quantity * &part);
        amounts[place] = &amounts[place] + &(&charge.amount * &part);
    }
    // In the case's own currency they are a part of the mean cost, which is rounded already.
    let parts = if currency == case.currency { allocated(&amounts, total) } else { rounded_parts(&amounts, currency) };
    for (charge, amount) in charges.iter_mut().zip(parts.ok_or(CompareError::TooLarge(currency))?) {
        charge.amount = amount;
    }
    Ok((currency, charges))
}

pub(crate) fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

fn queue_summary(case: &BusinessCase, plan: &Plan, runs: &[Played], queue: usize) -> QueueSummary {
    let mut all = QueueTally::default();
    for month in runs.iter().flat_map(|run| &run.queues[queue]) {
        all += *month;
    }
    let count = runs.len() as f64;
    let offered = reached(&all) as f64;
    // Teams that handle this queue, and which part of their work it is.
    let streams = plan.load.teams.iter().enumerate().filter_map(|(team, streams)| {
        let work = |stream: &crate::Stream| stream.contacts.iter().sum::<f64>() * stream.handle_ms;
        let ours: f64 = streams.iter().filter(|stream| stream.queue == Some(queue)).map(work).sum();
        let whole: f64 = streams.iter().map(work).sum();
        (ours > 0.0).then(|| (team, ours / whole))
    });
    let (mut busy, mut logged_in, mut peak, mut fte) = (0u128, 0u128, 0u32, 0.0);
    for (team, part) in streams {
        for run in runs {
            busy += run.teams[team].busy_ms;
            logged_in += run.teams[team].logged_in_ms;
        }
        peak += runs[0].teams[team].peak;
        fte += plan.teams[team].fte_mean().to_f64() * part;
    }
    QueueSummary {
        queue: case.queues[queue].name.clone(),
        channel: case.queues[queue].channel,
        contained: all.contained as f64 / count,
        unreachable: all.unreachable as f64 / count,
        passed_on: all.escalated as f64 / count,
        offered: offered / count,
        returned: all.returned as f64 / count,
        handled: all.handled as f64 / count,
        abandoned: all.abandoned as f64 / count,
        outside_hours: (all.blocked - all.unreachable) as f64 / count,
        service_level: level(&all),
        target: case.queues[queue].target.share,
        months: month_levels(&plan.horizon.months, runs, queue),
        list: list_reach(case, runs, &all, queue),
        asa_s: (0 < all.handled).then(|| all.wait_ms as f64 / 1000.0 / all.handled as f64),
        over_5_min: (case.queues[queue].is_live() && 0.0 < offered).then(|| all.long_waits as f64 / offered),
        occupancy: share(busy as f64, logged_in as f64),
        agents_peak: peak,
        fte,
        missed: missed(case, runs, queue),
    }
}

/// The service of a queue by month, all runs together: what a good year may hide.
fn month_levels(months: &[Month], runs: &[Played], queue: usize) -> Vec<MonthLevel> {
    let of_month = |(place, month): (usize, &Month)| {
        let mut all = QueueTally::default();
        runs.iter().for_each(|run| all += run.queues[queue][place]);
        (0 < reached(&all)).then_some(())?;
        let offered = reached(&all) as f64 / runs.len() as f64;
        Some(MonthLevel { month: *month, offered, service_level: level(&all)? })
    };
    months.iter().enumerate().filter_map(of_month).collect()
}

/// The customers on a queue's list who answer one of their calls if all are placed, over the horizon; 0 without a list.
fn reachable(case: &BusinessCase, queue: &Queue) -> f64 {
    let listed = |list: &CallList, month| list.a_month * queue.demand.season(case.decide.starts, month);
    let of = |list: &CallList| {
        case.decide.each_month().map(|month| listed(list, month)).sum::<f64>() * list.reached_in_the_end()
    };
    queue.list.as_ref().map_or(0.0, of)
}

/// Whom a queue's list reached, in the mean of the runs.
fn list_reach(case: &BusinessCase, runs: &[Played], all: &QueueTally, queue: usize) -> Option<ListReach> {
    case.queues[queue].list.as_ref()?;
    let (count, reachable) = (runs.len() as f64, runs.iter().map(|run| run.reachable[queue]).sum::<f64>());
    Some(ListReach { reachable: reachable / count, reached: all.first() as f64 / count })
}

/// Contacts that came to people: while the queue was open, and past the machine. Who finds the telephones down is among
/// them, and was not served.
pub(crate) fn reached(tally: &QueueTally) -> u64 {
    tally.offered - (tally.blocked - tally.unreachable) - tally.contained
}

/// Those of them of which it is known whether they were answered in time.
pub(crate) fn known(tally: &QueueTally) -> u64 {
    reached(tally) - tally.pending
}

/// The share of a queue's contacts that were answered in time: none where all who came found it closed. `None` where nobody
/// came of whom it is known.
fn level(tally: &QueueTally) -> Option<f64> {
    let came = 0 < known(tally) || (reached(tally) == 0 && 0 < tally.blocked);
    came.then(|| share(tally.within_threshold as f64, known(tally) as f64))
}

/// Contacts that ended with people or a machine: what was passed on to another queue ends there.
fn ended(tally: &QueueTally) -> u64 {
    tally.handled - tally.escalated + tally.contained
}

/// The share of runs in which a queue's service level is below its target.
fn missed(case: &BusinessCase, runs: &[Played], queue: usize) -> f64 {
    let below = |run: &&Played| {
        let mut all = QueueTally::default();
        run.queues[queue].iter().for_each(|month| all += *month);
        level(&all).is_some_and(|level| level < case.queues[queue].target.share)
    };
    share(runs.iter().filter(below).count() as f64, runs.len() as f64)
}
