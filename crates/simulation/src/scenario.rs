//! What a simulation is told: the queues with their customers, the teams with their shifts, the horizon and the seed.
//!
//! Every instant is whole milliseconds since 1970 in UTC, every duration whole milliseconds. Nothing here knows time
//! zones: who builds a scenario has turned local days, months, opening hours and shifts into instants.

use longshore_contacts::{Channel, Direction};

/// The seed of everything random in a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Seed(pub u64);

/// A stretch of time `[from, until)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it begins.
    pub from: i64,
    /// When it is over; this instant is not part of it.
    pub until: i64,
}

/// One possible future of one way to serve customers. [`Scenario::check`] says what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The horizon: contacts are offered within it, and nothing is offered after it. What was offered is served.
    pub horizon: Span,
    /// The seed. The same seed and run give the same customers, whatever the teams and routes.
    pub seed: Seed,
    /// Which independent realization to draw.
    pub run: u32,
    /// The coefficient of variation of a day's busyness that all queues share: a gamma variable of mean 1, one draw a
    /// local day. It multiplies each queue's own. 0 if nothing is shared.
    pub busyness_cv: f64,
    /// The step of the teams' tallies, from the horizon's start.
    pub step_ms: i64,
    /// When local days begin, increasing. The first begins no later than the horizon. A day has one busyness.
    pub day_starts: Vec<i64>,
    /// When local months begin, increasing. The first begins no later than the horizon. Tallies are by month.
    pub month_starts: Vec<i64>,
    /// The queues. Their order decides only which of two contacts that arrive in the same millisecond comes first.
    pub queues: Vec<Queue>,
    /// The teams. Routes name them by their place here.
    pub teams: Vec<Team>,
}

/// A stream of contacts, what its customers are like and who serves them.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name. Program and name together say which random streams its customers come from.
    pub name: String,
    /// The program it belongs to.
    pub program: String,
    /// The medium.
    pub channel: Channel,
    /// Who reaches out.
    pub direction: Direction,
    /// The language spoken, as in BCP 47.
    pub language: Option<String>,
    /// Whether these are the buyer's own customers. Those of other clients (`false`) keep the same agents busy and
    /// leave no contacts or legs.
    pub own: bool,
    /// How its contacts take up an agent.
    pub work: Work,
    /// How many contacts are expected, and when.
    pub arrivals: Arrivals,
    /// Customers who are called instead of calling. Then nobody arrives by himself.
    pub list: Option<CallList>,
    /// The coefficient of variation of a day's busyness: a gamma variable of mean 1, one draw a local day, by which
    /// the whole day's expected contacts are multiplied. 0 for a plain Poisson process.
    pub busyness_cv: f64,
    /// The mean of the exponential time for which customers wait before they hang up. `None` if nobody does.
    pub patience_mean_ms: Option<f64>,
    /// The share of contacts whose customers hang up at once unless they are answered at once.
    pub balks: f64,
    /// Talking, before a team's factor; so are the next two.
    pub talk: Part,
    /// On hold.
    pub hold: Part,
    /// After-contact work.
    pub wrap: Part,
    /// Opening hours, increasing and apart. Contacts outside are `blocked_closed`.
    pub open: Vec<Span>,
    /// The share of contacts handled without being resolved whose customer comes back.
    pub returns: f64,
    /// The mean of the exponential time from a contact's end to the customer's return. It passes while the queue is
    /// open and stands still while it is closed.
    pub return_after_mean_ms: f64,
    /// Another queue that a share of those who come back come to: who wrote calls.
    pub returns_to: Option<ReturnsTo>,
    /// A machine that meets every contact first.
    pub machine: Option<Machine>,
    /// How long after its arrival a contact should be done. `None` if nobody asks.
    pub due_ms: Option<i64>,
    /// The wait within which an answer counts as in time.
    pub threshold_ms: i64,
    /// Who serves the contacts.
    pub routes: Vec<Route>,
}

/// Where customers come back to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnsTo {
    /// The queue, by its place in the scenario. Returns come while it is open.
    pub queue: usize,
    /// The share of those who come back.
    pub share: f64,
}

/// A machine that serves a share of the contacts to the end, at any hour, and passes the others on. Their wait begins, and
/// their patience, when it does; the door is closed to those who get there outside the opening hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Machine {
    /// The share of contacts that need nobody else.
    pub contained: f64,
    /// How long it takes those.
    pub length: Part,
    /// How long it takes the others to get past it.
    pub passage: Part,
}

/// How a contact takes up an agent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Work {
    /// It wants the agent alone, from answer to the end of wrap: a call.
    #[default]
    Alone,
    /// An agent may hold several at once, each the slower: a chat. See [`Team::slowdown`].
    Together,
    /// It waits behind all others, and is put aside when one of them would wait for the agent: an email. Later any agent
    /// of its teams goes on where it was left. Its wrap is not interrupted, nor is anything when a shift ends.
    PutAside,
}

/// Contacts expected in steps of equal length from the horizon's start: a Poisson process whose rate is constant
/// within a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// The length of a step.
    pub step_ms: i64,
    /// Expected contacts of each step; the steps cover the horizon.
    pub expected: Vec<f64>,
}

/// Customers to be called, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct CallList {
    /// How many they are, and since when they may be called; in the order of their days.
    pub batches: Vec<Batch>,
    /// How often each is tried at most.
    pub attempts: u8,
    /// How long after an attempt in vain the next may follow.
    pub again_after_ms: i64,
    /// The chance that an attempt reaches its customer, in each step of the arrivals: the best hours have the highest.
    pub reached: Vec<f64>,
    /// How long it rings where nobody answers.
    pub ring: Part,
    /// How long it rings where somebody does. No agent is busy with either.
    pub pickup: Part,
    /// How long a reached customer waits for an agent before hanging up.
    pub patience_ms: i64,
    /// When calls are placed, increasing and apart.
    pub hours: Vec<Span>,
    /// How many at a time.
    pub dialer: Dialer,
}

/// Customers who are put on a list together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// From when on they may be called.
    pub from: i64,
    /// How many they are.
    pub customers: u32,
}

impl CallList {
    /// All customers on the list.
    pub fn customers(&self) -> u64 {
        self.batches.iter().map(|batch| u64::from(batch.customers)).sum()
    }
}

/// When a list is dialed. Whenever an agent of a team it watches or of its routes becomes free, its hours begin, a customer
/// is due again or an attempt has rung in vain, it looks at the agents. If at least `least_free` are free in the teams it
/// watches, and at least one in the teams of its first route, it places
///
///   round(for_each_free · free agents of its first route) + more − attempts that ring
///
/// calls. With `for_each_free` above 1 it counts on some not being reached. An attempt that takes no time at all gives no
/// occasion for the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialer {
    /// The teams whose free agents decide whether it dials.
    pub watches: Vec<usize>,
    /// How many of them must be free.
    pub least_free: u32,
    /// Calls for each free agent of its first route's teams.
    pub for_each_free: f64,
    /// Calls on top of that.
    pub more: u32,
}

/// A part of handle time: the share of contacts that have it, and how long it takes those.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The share of contacts that have this part.
    pub share: f64,
    /// Its mean length among those.
    pub mean_ms: f64,
    /// How its length varies.
    pub shape: Shape,
}

/// How a duration varies about its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Without memory; its coefficient of variation is 1.
    Exponential,
    /// The sum of as many memoryless stretches as its coefficient of variation implies, or a fraction of one.
    Gamma {
        /// The coefficient of variation. With 0 the length is always the mean.
        cv: f64,
    },
    /// Its logarithm is normal.
    Lognormal {
        /// The coefficient of variation. With 0 the length is always the mean.
        cv: f64,
    },
}

/// Where contacts of a queue go. Each contact has one number in `[0, 1)`, drawn once and the same whatever the routes.
/// Of the routes open when it arrives, laid end to end by their shares in the order given, it takes the one that holds
/// its number; if none does it is `blocked_empty`. So shares of 0.7 and 0.3 split a queue, and a route with spans
/// before one with share 1 takes those hours from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The team, by its place in the scenario.
    pub team: usize,
    /// The share of the queue's contacts.
    pub share: f64,
    /// The times of arrival it is for, increasing and apart. `None` for always.
    pub spans: Option<Vec<Span>>,
    /// How urgent its contacts are to the team: agents take those of the smallest number first, among equals who has
    /// waited longest.
    pub priority: u8,
    /// Further teams for which its contacts wait at the same time, the next best first. A contact that joins goes to
    /// the first of all of them that has a free agent.
    pub also: Vec<Also>,
    /// How many contacts may wait in the line it leads to. Who would be one more is `blocked_full`. Routes to the same
    /// teams with the same priorities lead to one line.
    pub places: Option<u32>,
    /// Where a contact goes that waits too long.
    pub overflow: Option<Overflow>,
}

/// A further team of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Also {
    /// The team.
    pub team: usize,
    /// How urgent the route's contacts are to this team, as [`Route::priority`].
    pub priority: u8,
}

/// A second team for contacts that the first has not answered in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overflow {
    /// How long a contact waits for the first team. One answered at this very instant stays.
    pub after_ms: i64,
    /// The second team. The contact joins the end of its line, with what patience is left.
    pub team: usize,
    /// How urgent it is there, as [`Route::priority`].
    pub priority: u8,
}

impl Queue {
    /// A queue for which nothing was said yet: calls of the buyer's own customers, none expected, served alone and never
    /// open, in time within 20 seconds. What it is like is set over it.
    pub fn plain(program: impl Into<String>, name: impl Into<String>) -> Queue {
        Queue {
            name: name.into(),
            program: program.into(),
            channel: Channel::Voice,
            direction: Direction::Inbound,
            language: None,
            own: true,
            work: Work::Alone,
            arrivals: Arrivals { step_ms: 1_800_000, expected: Vec::new() },
            list: None,
            busyness_cv: 0.0,
            patience_mean_ms: None,
            balks: 0.0,
            talk: Part::NONE,
            hold: Part::NONE,
            wrap: Part::NONE,
            open: Vec::new(),
            returns: 0.0,
            return_after_mean_ms: 1.0,
            returns_to: None,
            machine: None,
            due_ms: None,
            threshold_ms: 20_000,
            routes: Vec::new(),
        }
    }
}

impl Part {
    /// A part that no contact has.
    pub const NONE: Part = Part { share: 0.0, mean_ms: 0.0, shape: Shape::Exponential };
}

impl Team {
    /// A team without agents that takes as long as contacts do, one at a time, and resolves them all. What it is like is set
    /// over it.
    pub fn plain(provider: impl Into<String>, name: impl Into<String>) -> Team {
        Team {
            name: name.into(),
            provider: provider.into(),
            site: None,
            agents: Vec::new(),
            shifts: Vec::new(),
            slowdown: vec![1.0],
            talk_factor: 1.0,
            hold_factor: 1.0,
            wrap_factor: 1.0,
            paces: Vec::new(),
            resolved: 1.0,
            escalations: Vec::new(),
            outages: Vec::new(),
        }
    }
}

impl Route {
    /// All contacts, always, to one team.
    pub fn to(team: usize) -> Route {
        Route { team, share: 1.0, spans: None, priority: 0, also: Vec::new(), places: None, overflow: None }
    }

    /// The teams that serve it, with its priority at each, the best first.
    pub(crate) fn teams(&self) -> impl Iterator<Item = Also> {
        std::iter::once(Also { team: self.team, priority: self.priority }).chain(self.also.iter().copied())
    }

    /// Every team that may come to serve its contacts.
    pub(crate) fn all_teams(&self) -> impl Iterator<Item = usize> {
        self.teams().map(|also| also.team).chain(self.overflow.map(|overflow| overflow.team))
    }
}

impl Scenario {
    /// Whether a team takes contacts alone, such as calls. There a contact that is worked on together with others goes to an
    /// agent who has such in hand before it goes to one who is free: who is free can take either.
    pub(crate) fn takes_alone(&self, team: usize) -> bool {
        let alone = self.queues.iter().filter(|queue| queue.work == Work::Alone);
        alone.flat_map(|queue| &queue.routes).flat_map(Route::all_teams).any(|serving| serving == team)
    }

    /// Whether every contact waits for one team that takes its contacts in order: the fate of each is then known when
    /// it joins, and no calendar of events is needed.
    pub(crate) fn is_in_line(&self) -> bool {
        let in_line = |route: &Route| {
            let urgent = route.overflow.map_or(0, |overflow| overflow.priority);
            route.also.is_empty() && route.places.is_none() && route.priority == 0 && urgent == 0
        };
        let simple = |queue: &Queue| {
            let neither = queue.machine.is_none() && queue.returns_to.is_none() && queue.list.is_none();
            queue.work == Work::Alone && neither
        };
        self.teams.iter().all(|team| team.escalations.is_empty() && team.outages.is_empty())
            && self.queues.iter().all(|queue| simple(queue) && queue.routes.iter().all(in_line))
    }
}

/// Agents who serve one line of contacts, first come first served, the longest idle agent first.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Who employs it.
    pub provider: String,
    /// Where it works.
    pub site: Option<String>,
    /// The agents, by names that are unique at their provider. Shifts name them by their place here.
    pub agents: Vec<String>,
    /// When they work. One agent's shifts do not overlap.
    pub shifts: Vec<Shift>,
    /// How much longer a contact that is worked on together with others takes: the first number for one in hand, the
    /// second for each of two, and so on. There are as many numbers as an agent takes at once, and the first is 1. With
    /// `[1.0]` every contact is served alone; `[1.0, 1.4]` gets 2 ÷ 1.4 times as much done with two in hand as with one.
    pub slowdown: Vec<f64>,
    /// By what a contact's talking is multiplied with this team.
    pub talk_factor: f64,
    /// The same for hold.
    pub hold_factor: f64,
    /// The same for wrap.
    pub wrap_factor: f64,
    /// How fast single agents work, by date: who is new takes longer.
    pub paces: Vec<Pace>,
    /// The share of handled contacts that this team resolves.
    pub resolved: f64,
    /// What it cannot settle itself.
    pub escalations: Vec<Escalation>,
    /// When nobody of the team can take a contact, increasing and apart: its telephones are down. What is in hand is
    /// completed, and the agents stay.
    pub outages: Vec<Outage>,
}

/// Contacts that go on to a second queue when talk and hold with a team end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Escalation {
    /// The queue they are of, by its place in the scenario.
    pub of: usize,
    /// The share of them that goes on. Those are not resolved here.
    pub share: f64,
    /// The queue they go on to, as soon as it is open. There they are as other contacts of that queue: they wait, with new
    /// patience, and take as long.
    pub to: usize,
}

/// A stretch of time in which a team can take no contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outage {
    /// When.
    pub span: Span,
    /// Whether contacts that come are refused where no other team of their route works; otherwise they wait. What may be put
    /// aside always waits.
    pub refuses: bool,
}

/// How fast an agent works from some instant on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// The agent, by its place in the team.
    pub agent: u32,
    /// From when on. Before an agent's first it is 1.
    pub from: i64,
    /// By what talk, hold and wrap are multiplied, on top of the team's factors.
    pub factor: f64,
}

/// A stretch of work of one agent. The agent takes contacts until it ends and completes the one in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The agent, by its place in the team.
    pub agent: u32,
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Whether the line closes with it: contacts that joined before its end are served even after it.
    pub last: bool,
    /// When a break ends that begins with its end and in which the agent stays logged in. A contact in hand then is completed,
    /// and the break is as much shorter. `None` if the agent logs out.
    pub back: Option<i64>,
}

impl Shift {
    /// Until when the agent is logged in for it, but for a contact in hand.
    pub(crate) fn ends(&self) -> i64 {
        self.back.unwrap_or(self.until)
    }
}
