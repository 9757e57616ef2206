//! The records of a run: those the simulator writes, and those that follow from the plan.

use arrow_array::RecordBatch;
use longshore_business_case::BusinessCase;
use longshore_contacts::{
    AgentRow, Decimal, ForecastRow, RateRow, ScheduleRow, Table, agents_batch, forecast_batch, rates_batch,
    schedule_batch,
};
use longshore_simulation::{SimulationError, Sink, Tallies, simulate};
use longshore_units::Instant;

use crate::exchange::{RatePath, recorded};
use crate::rates::{Rate, rates};
use crate::{Plan, rate_paths, scenario};

/// Rows of a batch of planned records.
const ROWS: usize = 8192;

/// Plays one run and hands the records of all tables that the sink wants to it: contacts, legs and agent time as they
/// come, then agents, schedule, forecast and rates.
///
/// # Errors
/// If the plan cannot be simulated, or the sink fails.
pub fn record<S: Sink>(
    case: &BusinessCase,
    plan: &Plan,
    seed: u64,
    run: u32,
    sink: &mut S,
) -> Result<Tallies, SimulationError<S::Error>> {
    let tallies = simulate(&scenario(case, plan, seed, run), sink)?;
    planned(case, plan, &tallies, sink, || rate_paths(case, seed, run))?;
    Ok(tallies)
}

/// Hands over the records that follow from the plan and the run's tallies, as far as they are wanted.
pub(crate) fn planned<S: Sink>(
    case: &BusinessCase,
    plan: &Plan,
    tallies: &Tallies,
    sink: &mut S,
    rates: impl FnOnce() -> Vec<RatePath>,
) -> Result<(), SimulationError<S::Error>> {
    let wanted = |sink: &S, table| sink.wants(table).is_some();
    if wanted(sink, Table::Agents) {
        send(sink, Table::Agents, &agents(case, plan), agents_batch)?;
    }
    if wanted(sink, Table::Schedule) {
        send(sink, Table::Schedule, &schedule(case, plan, tallies), schedule_batch)?;
    }
    if wanted(sink, Table::Forecast) {
        send(sink, Table::Forecast, &forecast(case, plan).map_err(SimulationError::Records)?, forecast_batch)?;
    }
    if wanted(sink, Table::Rates) {
        let rows = rates_rows(case, plan, &rates()).map_err(SimulationError::Records)?;
        send(sink, Table::Rates, &rows, rates_batch)?;
    }
    Ok(())
}

/// These batches have all columns of their table; a sink that wants some finds them by name.
fn send<S: Sink, Row>(
    sink: &mut S,
    table: Table,
    rows: &[Row],
    batch: impl Fn(&[Row]) -> RecordBatch,
) -> Result<(), SimulationError<S::Error>> {
    for rows in rows.chunks(ROWS) {
        sink.batch(table, batch(rows)).map_err(SimulationError::Sink)?;
    }
    Ok(())
}

/// The register: a row for each stretch of months in which an agent is employed. Agents of a shared pool are on the
/// provider's own register, not on ours.
fn agents(case: &BusinessCase, plan: &Plan) -> Vec<AgentRow> {
    let (option, months) = (&case.options[plan.option], &plan.horizon.months);
    let mut rows = Vec::new();
    for (team, planned) in option.teams.iter().zip(&plan.teams).filter(|(team, _)| team.shared.is_none()) {
        for (number, agent) in planned.agents.iter().enumerate() {
            let employed = |month: usize| planned.register.get(month).is_some_and(|agents| number < *agents as usize);
            for month in (0..months.len()).filter(|month| employed(*month) && (*month == 0 || !employed(month - 1))) {
                let last = (month..months.len()).take_while(|month| employed(*month)).last().unwrap_or(month);
                let stays = last + 1 == months.len();
                rows.push(AgentRow {
                    agent: agent.clone(),
                    provider: team.provider.clone(),
                    program: Some(case.program.clone()),
                    site: team.site.clone(),
                    team: Some(team.name.clone()),
                    languages: (!team.languages.is_empty()).then(|| team.languages.join(" ")),
                    wage_class: None,
                    hired: months[month].first(),
                    left: (!stays).then(|| months[last].last()),
                    why: (!stays).then(|| "season".to_owned()),
                });
            }
        }
    }
    rows
}

/// Requested and scheduled hours of each step, and the productive ones as agents worked them.
fn schedule(case: &BusinessCase, plan: &Plan, tallies: &Tallies) -> Vec<ScheduleRow> {
    let (option, horizon) = (&case.options[plan.option], &plan.horizon);
    let mut rows = Vec::new();
    for (position, (team, planned)) in option.teams.iter().zip(&plan.teams).enumerate() {
        if team.shared.is_some() {
            continue;
        }
        let worked = &tallies.teams[position].logged_in_ms;
        for (step, agents) in planned.requirement.iter().enumerate() {
            let productive = worked.get(step).copied().unwrap_or(0);
            if *agents == 0 && productive == 0 {
                continue;
            }
            let planned = i64::from(*agents) * horizon.step_ms;
            rows.push(ScheduleRow {
                provider: team.provider.clone(),
                program: Some(case.program.clone()),
                site: team.site.clone(),
                team: Some(team.name.clone()),
                from: Instant::from_milliseconds(horizon.step_start(step)),
                until: Instant::from_milliseconds(horizon.step_start(step + 1)),
                requested: Some(planned),
                scheduled: Some(planned),
                productive: i64::try_from(productive).ok(),
            });
        }
    }
    rows
}

/// The contacts that the option's teams were planned for, locked when the horizon begins.
fn forecast(case: &BusinessCase, plan: &Plan) -> Result<Vec<ForecastRow>, String> {
    let horizon = &plan.horizon;
    let mut rows = Vec::new();
    for (queue, load) in case.queues.iter().zip(&plan.load.queues) {
        for (step, contacts) in load.all.iter().enumerate().filter(|(_, contacts)| 0.0 < **contacts) {
            let contacts = Decimal::from_unscaled((contacts * 1e6).round() as i128)
                .ok_or_else(|| format!("{contacts} contacts of `{}` in a step", queue.name))?;
            rows.push(ForecastRow {
                program: case.program.clone(),
                queue: Some(queue.name.clone()),
                from: Instant::from_milliseconds(horizon.step_start(step)),
                until: Instant::from_milliseconds(horizon.step_start(step + 1)),
                contacts,
                handle: Some(queue.handle.mean_ms().round() as i64),
                locked_at: Some(Instant::from_milliseconds(horizon.from_ms)),
            });
        }
    }
    Ok(rows)
}

/// What currencies and series stood at in the run.
fn rates_rows(case: &BusinessCase, plan: &Plan, paths: &[RatePath]) -> Result<Vec<RateRow>, String> {
    let row = |rate: Rate| {
        let value = recorded(&rate.value).ok_or_else(|| format!("{} is {}", rate.what, rate.value))?;
        Ok(RateRow { what: rate.what, date: rate.from, value, source: Some(rate.source) })
    };
    rates(case, plan.option, &plan.horizon.months, paths).into_iter().map(row).collect()
}
