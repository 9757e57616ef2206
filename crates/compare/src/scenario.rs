//! A plan as a scenario that can be simulated.

use longshore_business_case::{BusinessCase, Part, Queue, Team};
use longshore_simulation as simulation;
use longshore_simulation::{Arrivals, Overflow, Route, Scenario, Seed, Shape, Span};

use crate::Plan;
use crate::load::Stream;

/// One realization of the horizon under a plan: the same seed and run give the same customers under every plan.
pub fn scenario(case: &BusinessCase, plan: &Plan, seed: u64, run: u32) -> Scenario {
    let (option, horizon) = (&case.options[plan.option], &plan.horizon);
    let mut queues: Vec<simulation::Queue> =
        case.queues.iter().enumerate().map(|(position, queue)| own(case, plan, position, queue)).collect();
    for (team, streams) in plan.load.teams.iter().enumerate() {
        let others = streams.iter().filter(|stream| stream.queue.is_none());
        queues.extend(others.map(|stream| others_of(plan, team, &option.teams[team], stream)));
    }
    let teams = option.teams.iter().zip(&plan.teams).map(|(team, planned)| simulation::Team {
        site: team.site.clone(),
        agents: planned.agents.clone(),
        shifts: planned.shifts.clone(),
        talk_factor: team.talk,
        hold_factor: team.hold,
        wrap_factor: team.wrap,
        resolved: team.resolved,
        ..simulation::Team::plain(team.provider.clone(), team.name.clone())
    });
    Scenario {
        horizon: Span { from: horizon.from_ms, until: horizon.until_ms },
        seed: Seed(seed),
        run,
        busyness_cv: 0.0,
        step_ms: horizon.step_ms,
        day_starts: horizon.day_starts.clone(),
        month_starts: horizon.month_starts.clone(),
        queues,
        teams: teams.collect(),
    }
}

fn own(case: &BusinessCase, plan: &Plan, position: usize, queue: &Queue) -> simulation::Queue {
    let (option, load) = (&case.options[plan.option], &plan.load.queues[position]);
    let routes = load.ways.iter().map(|way| {
        let handles = &option.handles[way.handles];
        let overflow = handles.overflow.map(|overflow| Overflow {
            after_ms: milliseconds(overflow.after_ms),
            team: overflow.team,
            priority: 0,
        });
        let spans = way.spans.as_deref().map(spans);
        Route { share: handles.share, spans, overflow, ..Route::to(handles.team) }
    });
    simulation::Queue {
        language: Some(queue.language.clone()),
        arrivals: Arrivals { step_ms: plan.horizon.step_ms, expected: load.first.clone() },
        busyness_cv: queue.busyness,
        patience_mean_ms: queue.patience_ms,
        talk: part(&queue.handle.talk),
        hold: part(&queue.handle.hold),
        wrap: part(&queue.handle.wrap),
        open: spans(&load.open),
        returns: queue.returns.share,
        return_after_mean_ms: queue.returns.after_ms,
        threshold_ms: milliseconds(queue.target.within_ms),
        routes: routes.collect(),
        ..simulation::Queue::plain(case.program.clone(), queue.name.clone())
    }
}

/// Other clients' customers of a shared pool.
fn others_of(plan: &Plan, position: usize, team: &Team, stream: &Stream) -> simulation::Queue {
    // How long they take with this team is what was given, so its factor is taken out before the simulator applies it.
    let mean_ms = stream.handle_ms / team.talk;
    let nothing = simulation::Part { share: 0.0, mean_ms: 0.0, shape: Shape::Exponential };
    simulation::Queue {
        own: false,
        arrivals: Arrivals { step_ms: plan.horizon.step_ms, expected: stream.contacts.clone() },
        busyness_cv: stream.busyness,
        patience_mean_ms: stream.patience_ms,
        talk: simulation::Part { share: 1.0, mean_ms, shape: Shape::Lognormal { cv: 1.0 } },
        hold: nothing,
        wrap: nothing,
        open: vec![Span { from: plan.horizon.from_ms, until: plan.horizon.until_ms }],
        threshold_ms: milliseconds(stream.target.within_ms),
        routes: vec![Route::to(position)],
        ..simulation::Queue::plain("other clients", format!("other clients of {}", team.name))
    }
}

fn part(part: &Part) -> simulation::Part {
    simulation::Part { share: part.share, mean_ms: part.mean_ms, shape: Shape::Lognormal { cv: part.spread } }
}

fn spans(spans: &[(i64, i64)]) -> Vec<Span> {
    spans.iter().map(|(from, until)| Span { from: *from, until: *until }).collect()
}

fn milliseconds(duration: u64) -> i64 {
    i64::try_from(duration).unwrap_or(i64::MAX)
}
