//! One option, one realization: simulated straight into the counters of its contracts, and priced month by month.

use longshore_business_case::{BusinessCase, CaseContract};
use longshore_contract::{Charge, ChargeKind, Contract, Invoice, Ledger, LineKind, Usage, price};
use longshore_counting::annotate::AnnotateError;
use longshore_counting::{LeftOut, Program, Tally, Window};
use longshore_simulation::{QueueTally, SimulationError, Tallies, simulate};
use longshore_units::{Currency, Exact, Factor};

use crate::counters::Counters;
use crate::leaving::Leaving;
use crate::ledger::{Basis, LedgerLine, customers_lost, ledger};
use crate::overrun::overruns;
use crate::rates::Rate;
use crate::records::planned;
use crate::scenario::realized;
use crate::{Cash, CompareError, Plan, RatePath, rate_paths};

/// What one run of an option came to.
#[derive(Clone, Debug, PartialEq)]
pub struct RunResult {
    /// The case's queues, each by month.
    pub queues: Vec<Vec<QueueTally>>,
    /// The option's teams.
    pub teams: Vec<TeamSum>,
    /// For each contract of the option, the invoices of the horizon's months.
    pub invoices: Vec<Vec<Invoice>>,
    /// For each contract of the option, the rows of its records that it leaves out, by reason.
    pub left_out: Vec<LeftOut>,
    /// What the invoices cost in the case's currency, by month of the horizon: without deposits and tax that comes back.
    pub contract_months: Vec<Exact>,
    /// The part of it that falls due once, by month.
    pub contract_once: Vec<Exact>,
    /// What the option costs besides.
    pub ledger: Vec<LedgerLine>,
    /// What each month of the horizon costs in all, in the case's currency.
    pub months: Vec<Exact>,
    /// When it is paid.
    pub cash: Cash,
    /// The share of recoverable tax that the buyer gets back.
    pub recovered: Factor,
}

/// A team's time over the horizon, in agent-milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TeamSum {
    /// Logged in.
    pub logged_in_ms: u128,
    /// Of that, busy with contacts, other clients' included.
    pub busy_ms: u128,
    /// Of that, busy with other clients' contacts.
    pub others_busy_ms: u128,
    /// The most agents at work at once.
    pub peak: u32,
}

/// A charge's lines added up over the horizon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeTotal {
    /// The charge, minimum or rounding.
    pub charge: String,
    /// What kind of line it is.
    pub kind: LineKind,
    /// Who bills.
    pub provider: String,
    /// The unit of its quantity.
    pub unit: String,
    /// The currency of its amount.
    pub currency: Currency,
    /// How much.
    pub quantity: Exact,
    /// Its amount.
    pub amount: Exact,
}

impl RunResult {
    /// What all invoices cost, added up by the names of their lines, in the order of the contracts. Neither deposits nor
    /// tax that comes back are among it, of which the buyer gets the share `recovered`; tax that he owes to the state himself is.
    pub fn charges(&self) -> Vec<ChargeTotal> {
        let mut totals: Vec<ChargeTotal> = Vec::new();
        for invoice in self.invoices.iter().flatten() {
            for (line, amount) in invoice.costs_to(self.recovered.clone()) {
                let same = |total: &&mut ChargeTotal| {
                    total.charge == line.charge && total.kind == line.kind && total.provider == invoice.provider
                };
                match totals.iter_mut().find(same) {
                    Some(total) => {
                        total.quantity = &total.quantity + &line.quantity.0;
                        total.amount = &total.amount + &amount.0;
                    }
                    None => totals.push(ChargeTotal {
                        charge: line.charge.clone(),
                        kind: line.kind,
                        provider: invoice.provider.clone(),
                        unit: line.unit.clone(),
                        currency: invoice.currency,
                        quantity: line.quantity.0.clone(),
                        amount: amount.0,
                    }),
                }
            }
        }
        totals
    }

    /// What the whole horizon costs, in the case's currency.
    pub fn total(&self) -> Exact {
        self.months.iter().fold(Exact::zero(), |sum, month| &sum + month)
    }
}

/// An option's contracts, compiled once for all its runs.
#[derive(Debug)]
pub(crate) struct Contracts<'c> {
    pub compiled: Vec<(&'c CaseContract, Option<Program>)>,
    /// Those of today's that the option does without.
    pub left: Vec<Leaving>,
}

impl<'c> Contracts<'c> {
    pub fn of(case: &'c BusinessCase, option: usize) -> Result<Contracts<'c>, CompareError> {
        let mut compiled = Vec::new();
        for contract in case.contracts_of(&case.options[option]) {
            let window = Window::of(&contract.contract.in_force(None), Some(case.decide.last_day()));
            let program = window.map(|window| Program::new(&contract.contract.in_force(None), window)).transpose();
            let wrong = |reason| CompareError::Program { contract: contract.file.clone(), reason };
            compiled.push((contract, program.map_err(wrong)?));
        }
        Ok(Contracts { compiled, left: Leaving::of(case, option) })
    }
}

/// Plays run `run` of a plan and prices it.
///
/// # Errors
/// If the plan cannot be simulated, or its records cannot be counted or priced.
pub fn run_option(case: &BusinessCase, plan: &Plan, seed: u64, run: u32) -> Result<RunResult, CompareError> {
    play(case, plan, &Contracts::of(case, plan.option)?, seed, run)
}

pub(crate) fn play(
    case: &BusinessCase,
    plan: &Plan,
    contracts: &Contracts<'_>,
    seed: u64,
    run: u32,
) -> Result<RunResult, CompareError> {
    let option = &case.options[plan.option];
    let mut counters = Counters::of(contracts);
    let rates = rate_paths(case, seed, run);
    if let Some((currency, value)) = rates.iter().find_map(|path| Some((path.currency, path.unrecorded()?))) {
        return Err(CompareError::Rate { currency, run, value: value.to_string() });
    }
    let realization = realized(case, plan, seed, run);
    let tallies = simulate(&realization.scenario, &mut counters).and_then(|tallies| {
        planned(case, plan, (&realization, &tallies), &mut counters, || rates.clone()).map(|()| tallies)
    });
    let tallies = tallies.map_err(|error| match error {
        SimulationError::Scenario(errors) => match errors.into_iter().next() {
            Some(reason) => CompareError::Scenario { option: option.id.clone(), reason },
            None => CompareError::Records { option: option.id.clone(), reason: "no reason".to_owned() },
        },
        SimulationError::Sink(reason) => CompareError::Count { option: option.id.clone(), reason },
        error => CompareError::Records { option: option.id.clone(), reason: error.to_string() },
    })?;
    let counted = counters.finish().map_err(|error| match error {
        AnnotateError::Rows(reason) => CompareError::Count { option: option.id.clone(), reason },
        error @ AnnotateError::Overlap { .. } => {
            CompareError::Records { option: option.id.clone(), reason: error.to_string() }
        }
    })?;
    let months = &plan.horizon.months;
    let known = crate::rates::rates(case, plan.option, months, &rates);
    let (mut invoices, mut left_out) = (Vec::new(), Vec::new());
    let mut contract_months = vec![Exact::zero(); months.len()];
    let mut contract_once = vec![Exact::zero(); months.len()];
    let mut cash = Cash::default();
    let recovered = Factor(case.recovers.clone());
    for ((contract, _), tally) in contracts.compiled.iter().zip(counted) {
        let (priced, left) = invoices_of(contract, tally, plan, &known, &option.id)?;
        left_out.push(left);
        let mut valued = Vec::with_capacity(priced.len());
        for (month, invoice) in months.iter().enumerate().filter_map(|(place, month)| {
            priced.iter().find(|invoice| invoice.month == *month).map(|invoice| (place, invoice))
        }) {
            let value = worth(case, &rates, invoice.currency, month);
            contract_months[month] = &contract_months[month] + &(&invoice.cost_to(recovered.clone()).0 * &value);
            contract_once[month] = &contract_once[month] + &(&once(&contract.contract, invoice) * &value);
            valued.push((invoice, value));
        }
        cash.pay_invoices(&contract.contract.in_force(None), &recovered, &valued);
        invoices.push(priced);
    }
    let queues: Vec<Vec<QueueTally>> = tallies.queues[..case.queues.len()].to_vec();
    let by_month = |count: fn(&QueueTally) -> u64| -> Vec<u64> {
        (0..months.len()).map(|month| queues.iter().map(|queue| count(&queue[month])).sum()).collect()
    };
    let live = || queues.iter().zip(&case.queues).filter(|(_, queue)| queue.is_live()).map(|(months, _)| months);
    // Who reaches nobody is as lost as who waits.
    let long_waits: Vec<u64> = (0..months.len())
        .map(|month| live().map(|queue| queue[month].long_waits + queue[month].unreachable).sum())
        .collect();
    let overruns = overruns(&plan.horizon, &realization.scenario.teams, &tallies.teams);
    let basis = Basis { months, teams: &plan.teams, overruns: &overruns, worked: &tallies.teams, queues: &queues };
    let mut lines = ledger(option, &basis);
    for leaving in &contracts.left {
        lines.extend(leaving.lines(months.len(), |currency, month| worth(case, &rates, currency, month)));
    }
    lines.extend(customers_lost(case, &long_waits, &by_month(|tally| tally.abandoned)));
    cash.pay_lines(&lines, months);
    let of_month =
        |month: usize| lines.iter().fold(contract_months[month].clone(), |sum, line| &sum + &line.months[month]);
    let sums = (0..months.len()).map(of_month).collect();
    let teams = team_sums(&tallies);
    Ok(RunResult {
        queues,
        teams,
        invoices,
        left_out,
        contract_months,
        contract_once,
        ledger: lines,
        months: sums,
        cash,
        recovered,
    })
}

/// The invoices of the months in which the contract is in force, and the rows it leaves out.
fn invoices_of(
    contract: &CaseContract,
    tally: Option<Tally<&Program>>,
    plan: &Plan,
    rates: &[Rate],
    option: &str,
) -> Result<(Vec<Invoice>, LeftOut), CompareError> {
    let Some(tally) = tally else { return Ok((Vec::new(), LeftOut::default())) };
    let wrong = |reason| CompareError::Count { option: option.to_owned(), reason };
    let (counts, left_out) = tally.finish().map_err(wrong)?;
    let in_force = contract.contract.in_force(None);
    let mut usage = Usage::of(&in_force, &counts).map_err(|reason| wrong(reason.into()))?;
    for rate in rates {
        usage.set_rate(&*rate.what, rate.from, rate.value.clone());
    }
    let months = &plan.horizon.months;
    let term = in_force.term();
    let mut ledger = Ledger::default();
    let of_term = months.iter().filter(|month| 0 < term.days_in(**month));
    let invoices = of_term.map(|month| price(&in_force, &usage, *month, &mut ledger)).collect::<Result<_, _>>();
    let invoices = invoices.map_err(|reason| CompareError::Price { contract: contract.file.clone(), reason })?;
    Ok((invoices, left_out))
}

/// What one unit of a currency is worth in the case's, in a month of the horizon.
fn worth(case: &BusinessCase, rates: &[RatePath], currency: Currency, month: usize) -> Exact {
    if currency == case.currency {
        return Exact::one();
    }
    let path = rates.iter().find(|path| path.currency == currency);
    path.map(|path| path.values[month].clone()).expect("a case has a rate for each contract's currency")
}

/// The lines of an invoice that fall due once: the charges that do, and shares of nothing but these.
fn once(contract: &Contract, invoice: &Invoice) -> Exact {
    let falls_due_once = |charge: &Charge| matches!(charge.kind, ChargeKind::Once { .. });
    let is_once = |charge: &Charge| match &charge.kind {
        ChargeKind::Once { .. } => true,
        ChargeKind::Share(share) => share.of.iter().all(|position| falls_due_once(&contract.charges[*position])),
        ChargeKind::Counted(_) | ChargeKind::Ratio(_) | ChargeKind::Flat { .. } | ChargeKind::FourWeekly { .. } => {
            false
        }
    };
    let of_once = |name: &str| contract.charge(name).is_some_and(|position| is_once(&contract.charges[position]));
    let lines = invoice.lines.iter().filter(|line| line.kind == LineKind::Charge && of_once(&line.charge));
    lines.fold(Exact::zero(), |sum, line| &sum + &line.amount.0)
}

fn team_sums(tallies: &Tallies) -> Vec<TeamSum> {
    let sum = |steps: &[u64]| steps.iter().map(|step| u128::from(*step)).sum();
    let team = |team: &longshore_simulation::TeamTally| TeamSum {
        logged_in_ms: sum(&team.logged_in_ms),
        busy_ms: sum(&team.busy_ms),
        others_busy_ms: team.others_busy_ms,
        peak: team.peak,
    };
    tallies.teams.iter().map(team).collect()
}
