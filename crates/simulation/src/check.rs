//! What a scenario must keep so that a simulation of it ends, fits its numbers and means something.

use std::collections::BTreeSet;

use crate::contact::MOST_HOPS;
use crate::scenario::{CallList, Part, Queue, Route, Scenario, Shape, Span, Team};

/// The longest horizon: 20 years.
pub const MAX_HORIZON_MS: i64 = 20 * 366 * DAY_MS;
/// The most contacts a scenario may expect, returns included.
pub const MAX_CONTACTS: f64 = 1e9;
/// The most agents of a team.
pub const MAX_AGENTS: usize = 1 << 20;
/// The most queues, and the most teams.
pub const MAX_QUEUES: usize = 1 << 16;
/// The longest mean of a part, a patience or a return: 400 days.
pub const MAX_MEAN_MS: f64 = 400.0 * DAY_MS as f64;
/// The largest coefficient of variation of a part.
pub const MAX_CV: f64 = 100.0;
/// The largest coefficient of variation of a day's busyness.
pub const MAX_BUSYNESS_CV: f64 = 2.0;

/// The most contacts that an agent takes at once.
pub const MAX_TOGETHER: usize = 16;

/// The most steps of a tally.
const MAX_STEPS: f64 = 1e6;
const DAY_MS: i64 = 86_400_000;
const EARLIEST: i64 = -62_135_596_800_000; // Year 1.
const LATEST: i64 = 221_845_392_000_000; // Year 9000: what is served late must still have a date.

/// A mistake in a scenario. `whose` names the queue or team.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ScenarioError {
    /// The horizon is empty, too long, or outside the years that clocks show.
    #[error(
        "the horizon [{from}, {until}) must be at least a millisecond and at most {MAX_HORIZON_MS} ms, years 1 to 8999"
    )]
    Horizon {
        /// Where it starts.
        from: i64,
        /// Where it ends.
        until: i64,
    },
    /// Days or months do not increase, or begin after the horizon does.
    #[error("{what} must increase, and the first must not be after the horizon's start")]
    Starts {
        /// `day_starts` or `month_starts`.
        what: &'static str,
    },
    /// A number outside its bounds, or not a number.
    #[error("{what} of {whose} is {value}; it must be from {least} to {most}")]
    Number {
        /// Whose.
        whose: String,
        /// What it should say.
        what: &'static str,
        /// What it says.
        value: f64,
        /// The least it may be.
        least: f64,
        /// The most it may be.
        most: f64,
    },
    /// Steps that do not cover the horizon, or go beyond it.
    #[error("the arrivals of {whose} have {found} steps; the horizon has {expected}")]
    Steps {
        /// The queue.
        whose: String,
        /// Steps there are.
        found: usize,
        /// Steps there should be.
        expected: u64,
    },
    /// More contacts than a simulation can number.
    #[error("{expected:.0} contacts expected, returns included, are more than {MAX_CONTACTS:.0}")]
    TooMany {
        /// How many are expected.
        expected: f64,
    },
    /// Too many queues, teams or agents.
    #[error("{found} {what} are more than {most}")]
    TooLarge {
        /// What is too many.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// Spans that are empty, not increasing, or overlap.
    #[error("the {what} of {whose} must be in order and apart; see the one that starts at {at}")]
    Spans {
        /// Whose.
        whose: String,
        /// Opening hours, spans of a route, shifts of an agent.
        what: &'static str,
        /// The start of the offending one.
        at: i64,
    },
    /// A route to a team that there is none of, or to one team twice.
    #[error("{whose} routes to team {team}, which is not another team of this scenario")]
    Team {
        /// The queue.
        whose: String,
        /// The team's place.
        team: usize,
    },
    /// Contacts that go on, or come back, to a queue that there is none of, or go on from a queue to itself or twice.
    #[error("{whose} sends on to or from queue {queue}, which is not another queue of this scenario")]
    Onward {
        /// Whose contacts.
        whose: String,
        /// The queue's place.
        queue: usize,
    },
    /// A shift of an agent that there is none of.
    #[error("a shift of {whose} is for agent {agent}, of {agents}")]
    Agent {
        /// The team.
        whose: String,
        /// The agent's place.
        agent: u32,
        /// How many there are.
        agents: usize,
    },
    /// The pace of an agent that there is none of.
    #[error("a pace of {whose} is of agent {agent}, of {agents}")]
    Pace {
        /// The team.
        whose: String,
        /// The agent's place.
        agent: u32,
        /// How many there are.
        agents: usize,
    },
    /// A queue without any route.
    #[error("{whose} has no route")]
    NoRoute {
        /// The queue.
        whose: String,
    },
    /// A name that is empty, or stands for two things.
    #[error("the {what} `{name}` is empty or there twice")]
    Name {
        /// Queue, team or agent.
        what: &'static str,
        /// The name.
        name: String,
    },
}

impl Scenario {
    /// Everything wrong with this scenario, the first of its kind in each list; empty if it can be simulated.
    pub fn check(&self) -> Vec<ScenarioError> {
        let mut errors = Vec::new();
        let Span { from, until } = self.horizon;
        if !(EARLIEST <= from && from < until && until <= LATEST && until - from <= MAX_HORIZON_MS) {
            return vec![ScenarioError::Horizon { from, until }]; // All that follows is relative to it.
        }
        for (what, starts) in [("day_starts", &self.day_starts), ("month_starts", &self.month_starts)] {
            let increase = starts.windows(2).all(|pair| pair[0] < pair[1]);
            if !increase || starts.first().is_none_or(|first| from < *first) {
                errors.push(ScenarioError::Starts { what });
            }
        }
        let mut check = Check { scenario: self, whose: "the scenario".to_owned(), errors };
        let least = 1000.0_f64.max((until - from) as f64 / MAX_STEPS);
        check.number("step_ms", self.step_ms as f64, least, MAX_HORIZON_MS as f64);
        check.number("busyness_cv", self.busyness_cv, 0.0, MAX_BUSYNESS_CV);
        check.count("queues", self.queues.len(), MAX_QUEUES);
        check.count("teams", self.teams.len(), MAX_QUEUES);
        let mut names = BTreeSet::new();
        for queue in &self.queues {
            check.name("queue", &queue.name, names.insert((&queue.program, &queue.name)));
            check.whose = format!("queue `{}`", queue.name);
            check.queue(queue);
        }
        let (mut names, mut agents) = (BTreeSet::new(), BTreeSet::new());
        for team in &self.teams {
            check.name("team", &team.name, names.insert((&team.provider, &team.name)));
            for agent in &team.agents {
                check.name("agent", agent, agents.insert((&team.provider, agent)));
            }
            check.whose = format!("team `{}`", team.name);
            check.team(team);
        }
        // Whoever comes to another queue may come back as often as there, and from there.
        let most_returns = self.queues.iter().map(|queue| queue.returns).fold(0.0, f64::max);
        let mixes = self.queues.iter().any(|queue| queue.returns_to.is_some());
        let goes_on = self.teams.iter().any(|team| !team.escalations.is_empty());
        let visits = if goes_on { 1.0 + f64::from(MOST_HOPS) } else { 1.0 };
        let returns = |queue: &Queue| if mixes || goes_on { most_returns } else { queue.returns };
        let listed = |queue: &Queue| queue.list.as_ref().map_or(0.0, |list| list.customers() as f64);
        let first = |queue: &Queue| queue.arrivals.expected.iter().sum::<f64>() + listed(queue);
        let volume = |queue: &Queue| visits * first(queue) / (1.0 - returns(queue));
        let expected: f64 = self.queues.iter().map(volume).sum();
        if check.errors.is_empty() && MAX_CONTACTS < expected {
            check.errors.push(ScenarioError::TooMany { expected });
        }
        check.errors
    }
}

struct Check<'a> {
    scenario: &'a Scenario,
    whose: String,
    errors: Vec<ScenarioError>,
}

impl Check<'_> {
    fn number(&mut self, what: &'static str, value: f64, least: f64, most: f64) {
        if !(least <= value && value <= most) {
            self.errors.push(ScenarioError::Number { whose: self.whose.clone(), what, value, least, most });
        }
    }

    fn count(&mut self, what: &'static str, found: usize, most: usize) {
        if found > most {
            self.errors.push(ScenarioError::TooLarge { what, found, most });
        }
    }

    fn name(&mut self, what: &'static str, name: &str, new: bool) {
        if name.is_empty() || !new {
            self.errors.push(ScenarioError::Name { what, name: name.to_owned() });
        }
    }

    fn queue(&mut self, queue: &Queue) {
        self.arrivals(queue);
        self.number("busyness_cv", queue.busyness_cv, 0.0, MAX_BUSYNESS_CV);
        if let Some(mean) = queue.patience_mean_ms {
            self.number("patience_mean_ms", mean, 0.0, MAX_MEAN_MS);
        }
        self.number("balks", queue.balks, 0.0, 1.0);
        for (what, part) in [("talk", &queue.talk), ("hold", &queue.hold), ("wrap", &queue.wrap)] {
            self.part(what, part);
        }
        self.number("returns", queue.returns, 0.0, 0.999);
        self.number("return_after_mean_ms", queue.return_after_mean_ms, 0.0, MAX_MEAN_MS);
        self.number("threshold_ms", queue.threshold_ms as f64, 0.0, MAX_MEAN_MS);
        if let Some(machine) = &queue.machine {
            self.number("contained", machine.contained, 0.0, 1.0);
            self.part("the machine's length", &machine.length);
            self.part("the machine's passage", &machine.passage);
        }
        if let Some(to) = queue.returns_to {
            self.number("the share of returns elsewhere", to.share, 0.0, 1.0);
            self.another_queue(to.queue);
        }
        if let Some(due_ms) = queue.due_ms {
            self.number("due_ms", due_ms as f64, 0.0, MAX_MEAN_MS);
        }
        if let Some(list) = &queue.list {
            self.list(queue, list);
        }
        self.spans("opening hours", &queue.open);
        if queue.routes.is_empty() {
            self.errors.push(ScenarioError::NoRoute { whose: self.whose.clone() });
        }
        for route in &queue.routes {
            self.route(route);
        }
    }

    fn list(&mut self, queue: &Queue, list: &CallList) {
        let calls = list.customers() as f64 * f64::from(list.attempts.max(1));
        self.number("calls of the list", calls, 0.0, MAX_CONTACTS);
        self.number("again_after_ms", list.again_after_ms as f64, 0.0, MAX_MEAN_MS);
        self.number("patience_ms", list.patience_ms as f64, 0.0, MAX_MEAN_MS);
        self.part("ring", &list.ring);
        self.part("pickup", &list.pickup);
        self.spans("the list's hours", &list.hours);
        if let Some(pair) = list.batches.windows(2).find(|pair| pair[1].from < pair[0].from) {
            let (whose, at) = (self.whose.clone(), pair[1].from);
            self.errors.push(ScenarioError::Spans { whose, what: "batches of the list", at });
        }
        self.number("for_each_free", list.dialer.for_each_free, 0.0, 1000.0);
        self.number("more", f64::from(list.dialer.more), 0.0, MAX_AGENTS as f64);
        if let Some(value) = list.reached.iter().find(|value| !(0.0 <= **value && **value <= 1.0)) {
            self.number("reached", *value, 0.0, 1.0);
        }
        if list.reached.len() != queue.arrivals.expected.len() {
            let (found, expected) = (list.reached.len(), queue.arrivals.expected.len() as u64);
            self.errors.push(ScenarioError::Steps { whose: self.whose.clone(), found, expected });
        }
        if let Some(value) = queue.arrivals.expected.iter().find(|value| **value != 0.0) {
            self.number("expected contacts beside a list", *value, 0.0, 0.0);
        }
        for team in &list.dialer.watches {
            if *team >= self.scenario.teams.len() {
                self.errors.push(ScenarioError::Team { whose: self.whose.clone(), team: *team });
            }
        }
    }

    fn another_queue(&mut self, queue: usize) {
        if queue >= self.scenario.queues.len() {
            self.errors.push(ScenarioError::Onward { whose: self.whose.clone(), queue });
        }
    }

    fn arrivals(&mut self, queue: &Queue) {
        let arrivals = &queue.arrivals;
        self.number("the arrivals' step_ms", arrivals.step_ms as f64, 1000.0, MAX_HORIZON_MS as f64);
        let Span { from, until } = self.scenario.horizon;
        let expected = ((until - from) as u64).div_ceil(arrivals.step_ms.max(1) as u64);
        if arrivals.expected.len() as u64 != expected {
            let found = arrivals.expected.len();
            self.errors.push(ScenarioError::Steps { whose: self.whose.clone(), found, expected });
        }
        if let Some(value) = arrivals.expected.iter().find(|value| !(0.0 <= **value && **value <= MAX_CONTACTS)) {
            self.number("expected contacts", *value, 0.0, MAX_CONTACTS);
        }
    }

    fn part(&mut self, what: &'static str, part: &Part) {
        self.number(what, part.share, 0.0, 1.0);
        self.number(what, part.mean_ms, 0.0, MAX_MEAN_MS);
        if let Shape::Lognormal { cv } | Shape::Gamma { cv } = part.shape {
            self.number(what, cv, 0.0, MAX_CV);
        }
    }

    fn spans(&mut self, what: &'static str, spans: &[Span]) {
        let mut before = EARLIEST;
        for span in spans {
            if !(before <= span.from && span.from < span.until && span.until <= LATEST) {
                self.errors.push(ScenarioError::Spans { whose: self.whose.clone(), what, at: span.from });
                return;
            }
            before = span.until;
        }
    }

    fn route(&mut self, route: &Route) {
        self.number("the share of a route", route.share, 0.0, 1.0);
        self.spans("spans of a route", route.spans.as_deref().unwrap_or(&[]));
        let mut teams = BTreeSet::new();
        for team in route.all_teams() {
            if team >= self.scenario.teams.len() || !teams.insert(team) {
                self.errors.push(ScenarioError::Team { whose: self.whose.clone(), team });
            }
        }
        if let Some(overflow) = route.overflow {
            self.number("overflow after_ms", overflow.after_ms as f64, 0.0, MAX_MEAN_MS);
        }
    }

    fn team(&mut self, team: &Team) {
        self.count("agents", team.agents.len(), MAX_AGENTS);
        if team.provider.is_empty() {
            self.name("provider", &team.provider, false);
        }
        for (what, factor) in
            [("talk_factor", team.talk_factor), ("hold_factor", team.hold_factor), ("wrap_factor", team.wrap_factor)]
        {
            self.number(what, factor, 0.0, 100.0);
        }
        self.count("contacts at once", team.slowdown.len(), MAX_TOGETHER);
        for (place, slowdown) in team.slowdown.iter().enumerate() {
            self.number("slowdown", *slowdown, 1.0, if place == 0 { 1.0 } else { MAX_TOGETHER as f64 });
        }
        if team.slowdown.is_empty() {
            self.number("contacts at once", 0.0, 1.0, MAX_TOGETHER as f64);
        }
        self.number("resolved", team.resolved, 0.0, 1.0);
        let mut paces: Vec<(u32, i64)> = team.paces.iter().map(|pace| (pace.agent, pace.from)).collect();
        paces.sort_unstable();
        if let Some(pair) = paces.windows(2).find(|pair| pair[0] == pair[1]) {
            self.errors.push(ScenarioError::Spans {
                whose: self.whose.clone(),
                what: "paces of an agent",
                at: pair[0].1,
            });
        }
        for pace in &team.paces {
            self.number("pace", pace.factor, 0.0, 100.0);
            if pace.agent as usize >= team.agents.len() {
                let (whose, agents) = (self.whose.clone(), team.agents.len());
                self.errors.push(ScenarioError::Pace { whose, agent: pace.agent, agents });
            }
        }
        let mut of = BTreeSet::new();
        for escalation in &team.escalations {
            self.number("the share of an escalation", escalation.share, 0.0, 1.0);
            self.another_queue(escalation.of);
            self.another_queue(escalation.to);
            if escalation.to == escalation.of || !of.insert(escalation.of) {
                self.errors.push(ScenarioError::Onward { whose: self.whose.clone(), queue: escalation.of });
            }
        }
        let outages: Vec<Span> = team.outages.iter().map(|outage| outage.span).collect();
        self.spans("outages", &outages);
        self.shifts(team);
    }

    /// Shifts may begin before the horizon and end after it, by at most its longest length.
    fn shifts(&mut self, team: &Team) {
        let Span { from, until } = self.scenario.horizon;
        let (earliest, latest) = (from - MAX_HORIZON_MS, until + MAX_HORIZON_MS);
        let mut shifts = team.shifts.clone();
        shifts.sort_unstable_by_key(|shift| (shift.agent, shift.from, shift.until));
        if let Some(shift) = shifts.last().filter(|shift| shift.agent as usize >= team.agents.len()) {
            let (whose, agents) = (self.whose.clone(), team.agents.len());
            self.errors.push(ScenarioError::Agent { whose, agent: shift.agent, agents });
        }
        let wrong = |shift: &crate::Shift| {
            !(earliest <= shift.from
                && shift.from < shift.until
                && shift.until <= shift.ends()
                && shift.ends() <= latest)
        };
        let overlap = shifts.windows(2).find(|pair| pair[0].agent == pair[1].agent && pair[1].from < pair[0].ends());
        let at = shifts.iter().find(|shift| wrong(shift)).or(overlap.map(|pair| &pair[1])).map(|shift| shift.from);
        if let Some(at) = at {
            self.errors.push(ScenarioError::Spans { whose: self.whose.clone(), what: "shifts of an agent", at });
        }
    }
}
