//! A plan as a scenario that can be simulated.

use longshore_business_case::{BusinessCase, CallList, Handles, Outages, Part, People, Queue, Team};
use longshore_contacts::Direction;
use longshore_simulation as simulation;
use longshore_simulation::{
    Also, Arrivals, Batch, Dialer, Escalation, Machine, OutageRate, Overflow, ReturnsTo, Route, Scenario, Seed, Shape,
    Span, Tenure, Work, Workforce, staffed,
};

use crate::Plan;
use crate::load::{Stream, Way, work};

/// One realization of the horizon under a plan.
pub(crate) struct Realization {
    pub scenario: Scenario,
    /// Who is in each team's positions and how long; `None` for a team whose people are not told apart.
    pub tenures: Vec<Option<Vec<Tenure>>>,
}

/// One realization of the horizon under a plan: the same seed and run give the same customers under every plan.
pub fn scenario(case: &BusinessCase, plan: &Plan, seed: u64, run: u32) -> Scenario {
    realized(case, plan, seed, run).scenario
}

/// The same, with the people who fill the teams' positions.
pub(crate) fn realized(case: &BusinessCase, plan: &Plan, seed: u64, run: u32) -> Realization {
    let (option, horizon) = (&case.options[plan.option], &plan.horizon);
    let mut queues: Vec<simulation::Queue> =
        case.queues.iter().enumerate().map(|(position, queue)| own(case, plan, position, queue)).collect();
    for (team, streams) in plan.load.teams.iter().enumerate() {
        let others = streams.iter().filter(|stream| stream.queue.is_none());
        queues.extend(others.map(|stream| others_of(plan, team, &option.teams[team], stream)));
    }
    let teams = option.teams.iter().zip(&plan.teams).enumerate().map(|(position, (team, planned))| simulation::Team {
        slowdown: team.chats.clone(),
        escalations: escalations(&option.handles, position),
        site: team.site.clone(),
        agents: planned.agents.clone(),
        shifts: planned.shifts.clone(),
        talk_factor: team.talk,
        hold_factor: team.hold,
        wrap_factor: team.wrap,
        resolved: team.resolved,
        ..simulation::Team::plain(team.provider.clone(), team.name.clone())
    });
    let mut scenario = Scenario {
        horizon: Span { from: horizon.from_ms, until: horizon.until_ms },
        seed: Seed(seed),
        run,
        busyness_cv: 0.0,
        step_ms: horizon.step_ms,
        day_starts: horizon.day_starts.clone(),
        month_starts: horizon.month_starts.clone(),
        queues,
        teams: teams.collect(),
    };
    for (position, team) in option.teams.iter().enumerate() {
        if let Some(outages) = &team.outages {
            scenario.teams[position].outages = simulation::outages(&scenario, position, rate(outages));
        }
    }
    let mut tenures = vec![None; option.teams.len()];
    for (position, team) in option.teams.iter().enumerate() {
        // What is out of bounds in a workforce was refused when the case was read; the scenario's check would find it again.
        let staffed = team.people.as_ref().map(|people| staffed(&scenario, position, &workforce(team, people)));
        if let Some(Ok(staffed)) = staffed {
            scenario.teams[position] = staffed.team;
            tenures[position] = Some(staffed.tenures);
        }
    }
    Realization { scenario, tenures }
}

fn workforce(team: &Team, people: &People) -> Workforce {
    Workforce {
        attrition: team.turnover.to_f64(),
        replaced_after_ms: people.vacant_ms,
        tenure_ms: people.tenure_ms,
        curve: people.learning.clone(),
        absence: people.absence,
        late_mean_ms: people.late_ms,
        early_mean_ms: people.early_ms,
    }
}

fn rate(outages: &Outages) -> OutageRate {
    OutageRate { a_year: outages.a_year, mean_ms: outages.length_ms, refuses: outages.refuses }
}

/// What a team passes on of each queue: as the first of the ways says that lead to it.
fn escalations(handles: &[Handles], team: usize) -> Vec<Escalation> {
    let mut escalations: Vec<Escalation> = Vec::new();
    for handles in handles.iter().filter(|handles| handles.teams().any(|other| other == team)) {
        if let Some(escalation) = handles.escalates
            && !escalations.iter().any(|known| known.of == handles.queue)
        {
            escalations.push(Escalation { of: handles.queue, share: escalation.share, to: escalation.to });
        }
    }
    escalations
}

fn own(case: &BusinessCase, plan: &Plan, position: usize, queue: &Queue) -> simulation::Queue {
    let (option, load) = (&case.options[plan.option], &plan.load.queues[position]);
    let mut routes: Vec<Route> = load.ways.iter().map(|way| route(&option.handles[way.handles], way)).collect();
    if routes.is_empty() {
        routes.push(Route::to(0)); // A queue that nobody passes anything on to is never open.
    }
    let arrivals = match queue.list {
        Some(_) => vec![0.0; load.first.len()],
        None => load.first.clone(),
    };
    let machine = option.machines.iter().find(|machine| machine.queue == position);
    let returns_to = queue.returns.to.map(|(queue, share)| ReturnsTo { queue, share });
    let within_ms = milliseconds(queue.target.within_ms);
    simulation::Queue {
        channel: queue.channel,
        work: work(queue.channel),
        language: Some(queue.language.clone()),
        direction: if queue.list.is_some() { Direction::Outbound } else { Direction::Inbound },
        arrivals: Arrivals { step_ms: plan.horizon.step_ms, expected: arrivals },
        list: queue.list.as_ref().map(|list| call_list(case, queue, list, &routes[0], &load.open, plan)),
        busyness_cv: queue.busyness,
        patience_mean_ms: queue.patience_ms,
        talk: part(&queue.handle.talk),
        hold: part(&queue.handle.hold),
        wrap: part(&queue.handle.wrap),
        open: spans(&load.open),
        returns: queue.returns.share,
        return_after_mean_ms: queue.returns.after_ms,
        returns_to,
        machine: machine.map(|machine| Machine {
            contained: machine.contained,
            length: part(&machine.length),
            passage: part(&machine.passage),
        }),
        due_ms: (!queue.is_live()).then_some(within_ms),
        threshold_ms: within_ms,
        routes,
        ..simulation::Queue::plain(case.program.clone(), queue.name.clone())
    }
}

/// The list of a queue, a batch on the first day of each month.
fn call_list(
    case: &BusinessCase,
    queue: &Queue,
    list: &CallList,
    route: &Route,
    hours: &[(i64, i64)],
    plan: &Plan,
) -> simulation::CallList {
    let horizon = &plan.horizon;
    let teams: Vec<usize> = std::iter::once(route.team).chain(route.also.iter().map(|also| also.team)).collect();
    // Agents are kept free for those who come by themselves: where nobody does, all of them call.
    let comes = |handles: &Handles| case.queues[handles.queue].is_live() && case.queues[handles.queue].list.is_none();
    let of_these = |handles: &&Handles| handles.teams().any(|team| teams.contains(&team));
    let takes_calls = case.options[plan.option].handles.iter().filter(of_these).any(comes);
    let batches = horizon.months.iter().zip(&horizon.month_starts).map(|(month, from)| {
        let customers = list.a_month * queue.demand.season(case.decide.starts, *month);
        Batch { from: *from, customers: customers.round() as u32 }
    });
    let rings = |mean_ms| simulation::Part { share: 1.0, mean_ms, shape: Shape::Gamma { cv: 0.3 } };
    simulation::CallList {
        batches: batches.collect(),
        attempts: list.attempts,
        again_after_ms: list.again_after_ms,
        reached: vec![list.reached; horizon.steps()],
        ring: rings(list.ring_ms),
        pickup: rings(list.pickup_ms),
        patience_ms: list.patience_ms,
        hours: spans(hours),
        dialer: Dialer {
            watches: teams,
            least_free: if takes_calls { list.keep_free } else { 1 },
            for_each_free: list.calls_for_each,
            more: 0,
        },
    }
}

fn route(handles: &Handles, way: &Way) -> Route {
    let priority = handles.priority;
    let overflow = handles.overflow.map(|overflow| Overflow {
        after_ms: milliseconds(overflow.after_ms),
        team: overflow.team,
        priority,
    });
    let also = handles.also.iter().map(|team| Also { team: *team, priority }).collect();
    let spans = way.spans.as_deref().map(spans);
    Route { share: handles.share, spans, priority, also, overflow, ..Route::to(handles.team) }
}

/// Other clients' customers of a shared pool.
fn others_of(plan: &Plan, position: usize, team: &Team, stream: &Stream) -> simulation::Queue {
    // How long they take with this team is what was given, so its factor is taken out before the simulator applies it.
    let mean_ms = stream.handle_ms / team.talk;
    let kind = match stream.work {
        Work::Alone => "",
        Work::Together => "'s chats",
        Work::PutAside => "'s letters",
    };
    simulation::Queue {
        own: false,
        arrivals: Arrivals { step_ms: plan.horizon.step_ms, expected: stream.contacts.clone() },
        busyness_cv: stream.busyness,
        patience_mean_ms: stream.patience_ms,
        talk: simulation::Part { share: 1.0, mean_ms, shape: Shape::Lognormal { cv: 1.0 } },
        work: stream.work,
        due_ms: (stream.work == Work::PutAside).then_some(milliseconds(stream.target.within_ms)),
        open: vec![Span { from: plan.horizon.from_ms, until: plan.horizon.until_ms }],
        threshold_ms: milliseconds(stream.target.within_ms),
        routes: vec![Route::to(position)],
        ..simulation::Queue::plain("other clients", format!("other clients of {}{kind}", team.name))
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
