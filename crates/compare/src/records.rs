//! The records of a run: those the simulator writes, and those that follow from the plan.

use arrow_array::RecordBatch;
use jiff::civil::Date;
use longshore_business_case::BusinessCase;
use longshore_contacts::{
    AgentRow, Decimal, ForecastRow, OutageRow, RateRow, ScheduleRow, Table, agents_batch, forecast_batch,
    outages_batch, rates_batch, schedule_batch,
};
use longshore_simulation::{SimulationError, Sink, Tallies, Tenure, simulate};
use longshore_units::Instant;

use crate::exchange::{RatePath, recorded};
use crate::rates::{Rate, rates};
use crate::scenario::{Realization, realized};
use crate::{Plan, rate_paths};

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
    let realization = realized(case, plan, seed, run);
    let tallies = simulate(&realization.scenario, sink)?;
    planned(case, plan, (&realization, &tallies), sink, || rate_paths(case, seed, run))?;
    Ok(tallies)
}

/// Hands over the records that follow from the plan and the run's tallies, as far as they are wanted.
pub(crate) fn planned<S: Sink>(
    case: &BusinessCase,
    plan: &Plan,
    (realization, tallies): (&Realization, &Tallies),
    sink: &mut S,
    rates: impl FnOnce() -> Vec<RatePath>,
) -> Result<(), SimulationError<S::Error>> {
    let wanted = |sink: &S, table| sink.wants(table).is_some();
    if wanted(sink, Table::Agents) {
        send(sink, Table::Agents, &agents(case, plan, realization), agents_batch)?;
    }
    if wanted(sink, Table::Outages) {
        send(sink, Table::Outages, &outages(case, plan, realization), outages_batch)?;
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

/// The register: a row for each stretch of months in which a position is filled, and for each of the people in it where
/// they are told apart. Agents of a shared pool are on the provider's own register, not on ours.
fn agents(case: &BusinessCase, plan: &Plan, realization: &Realization) -> Vec<AgentRow> {
    let option = &case.options[plan.option];
    let mut rows = Vec::new();
    for (position, (team, planned)) in option.teams.iter().zip(&plan.teams).enumerate() {
        if team.shared.is_some() {
            continue;
        }
        let row = |agent: &str, Employed { hired, left }| AgentRow {
            agent: agent.to_owned(),
            provider: team.provider.clone(),
            program: Some(case.program.clone()),
            site: team.site.clone(),
            team: Some(team.name.clone()),
            languages: (!team.languages.is_empty()).then(|| team.languages.join(" ")),
            wage_class: None,
            hired,
            left: left.map(|(day, _)| day),
            why: left.map(|(_, why)| why.to_owned()),
        };
        match &realization.tenures[position] {
            None => {
                for (number, agent) in planned.agents.iter().enumerate() {
                    rows.extend(employed(&planned.register, number, plan).map(|employed| row(agent, employed)));
                }
            }
            Some(tenures) => {
                for (tenure, agent) in tenures.iter().zip(&realization.scenario.teams[position].agents) {
                    let whole = employed(&planned.register, tenure.position as usize, plan);
                    rows.extend(
                        whole.filter_map(|employed| employed.within(tenure, plan)).map(|part| row(agent, part)),
                    );
                }
            }
        }
    }
    rows
}

/// A stretch of days in which somebody is employed: from the first to the last, and why it ends, if it does.
#[derive(Clone, Copy)]
struct Employed {
    hired: Date,
    left: Option<(Date, &'static str)>,
}

/// The stretches in which a position is on the register.
fn employed<'p>(register: &'p [u32], position: usize, plan: &'p Plan) -> impl Iterator<Item = Employed> + 'p {
    let months = &plan.horizon.months;
    let is_there = move |month: usize| register.get(month).is_some_and(|agents| position < *agents as usize);
    let begins = (0..months.len()).filter(move |month| is_there(*month) && (*month == 0 || !is_there(*month - 1)));
    begins.map(move |month| {
        let last = (month..months.len()).take_while(|month| is_there(*month)).last().unwrap_or(month);
        let ends = last + 1 < months.len();
        Employed { hired: months[month].first(), left: ends.then(|| (months[last].last(), "season")) }
    })
}

impl Employed {
    /// The part of it in which a person holds the position. `None` if there is no such day.
    fn within(self, tenure: &Tenure, plan: &Plan) -> Option<Employed> {
        let zone = &plan.horizon.zone;
        let day = |at: i64| zone.reading(Instant::from_milliseconds(at)).map(|reading| reading.date());
        let since = if tenure.from <= plan.horizon.from_ms { None } else { Some(day(tenure.from)?) };
        let gone = if plan.horizon.until_ms <= tenure.until { None } else { Some(day(tenure.until)?) };
        let hired = since.map_or(self.hired, |since| since.max(self.hired));
        let left = match (gone, self.left) {
            (Some(gone), Some((ends, why))) if ends <= gone => Some((ends, why)),
            (Some(gone), _) => Some((gone, "attrition")),
            (None, left) => left,
        };
        let is_any = left.is_none_or(|(last, _)| hired <= last);
        is_any.then_some(Employed { hired, left })
    }
}

/// When the systems of the option's providers were down.
fn outages(case: &BusinessCase, plan: &Plan, realization: &Realization) -> Vec<OutageRow> {
    let teams = case.options[plan.option].teams.iter().zip(&realization.scenario.teams);
    let rows = teams.flat_map(|(team, played)| {
        played.outages.iter().map(|outage| OutageRow {
            from: Instant::from_milliseconds(outage.span.from),
            until: Some(Instant::from_milliseconds(outage.span.until)),
            what: format!("telephones of {}", team.name),
            whose: Some(team.provider.clone()),
        })
    });
    rows.collect()
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
