//! A business case, read and sound.

use longshore_contacts::Channel;
use longshore_contract::Contract;
use longshore_units::{Currency, Exact, Zone};

use crate::steps::openings;
use crate::{Assumption, CallList, Cost, Decide, Demand, Escalation, Handle, Judged, Machine, Opening, Provider, Team};

/// A business case. One that exists is sound: its positions exist, its shares sum, its currencies have rates.
#[derive(Clone, Debug, PartialEq)]
pub struct BusinessCase {
    /// The folder's name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The program, as records and contracts name it.
    pub program: String,
    /// The zone of its days, hours and months.
    pub zone: Zone,
    /// The currency everything is compared in.
    pub currency: Currency,
    /// The share of recoverable tax that the buyer gets back: 1 for who sells with tax himself.
    pub recovers: Exact,
    /// The streams of contacts.
    pub queues: Vec<Queue>,
    /// The ways to serve them: `today` first, then in the order of their ids.
    pub options: Vec<CaseOption>,
    /// The rate cards, in the order of their files.
    pub contracts: Vec<CaseContract>,
    /// How to decide.
    pub decide: Decide,
    /// What was filled in or stands behind the program's figures, for all options.
    pub assumptions: Vec<Assumption>,
}

impl BusinessCase {
    /// The id of the option that is done today.
    pub const TODAY: &str = "today";

    /// The option by that id.
    pub fn option(&self, id: &str) -> Option<&CaseOption> {
        self.options.iter().find(|option| option.id == id)
    }

    /// How it is done today.
    pub fn today(&self) -> &CaseOption {
        self.option(BusinessCase::TODAY).expect("a case that was read has today's option")
    }

    /// All hours that it names: of its queues, and of who handles them.
    pub fn openings(&self) -> impl Iterator<Item = &Opening> {
        openings(&self.queues, self.options.iter().flat_map(|option| &option.handles))
    }

    /// The contracts of an option.
    pub fn contracts_of<'c>(&'c self, option: &'c CaseOption) -> impl Iterator<Item = &'c CaseContract> {
        option.contracts.iter().map(|position| &self.contracts[*position])
    }
}

/// A rate card and its file.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseContract {
    /// Its path within the case, such as `contracts/cebu.toml`.
    pub file: String,
    /// The contract.
    pub contract: Contract,
}

/// A stream of contacts with one target.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// The medium.
    pub channel: Channel,
    /// The language spoken, as in BCP 47.
    pub language: String,
    /// How many contacts, and when.
    pub demand: Demand,
    /// Customers who are called. Then none come by themselves.
    pub list: Option<CallList>,
    /// When it is open, unless those who handle it keep other hours.
    pub open: Opening,
    /// When somebody works on what waits for hours, unless those who handle it keep other hours; `None` for what is
    /// answered as it comes.
    pub worked: Option<Opening>,
    /// The coefficient of variation of a day's busyness.
    pub busyness: f64,
    /// The parts of handle time.
    pub handle: Handle,
    /// How long customers wait on average before they hang up. `None` if nobody does.
    pub patience_ms: Option<f64>,
    /// The service that was promised to customers.
    pub target: Target,
    /// Who comes back.
    pub returns: Returns,
}

impl Queue {
    /// Whether customers wait for an answer as it comes, on the phone or in a chat. What they wrote may wait for hours.
    pub fn is_live(&self) -> bool {
        is_live(self.channel)
    }
}

/// Whether customers of a channel wait for an answer as it comes.
pub fn is_live(channel: Channel) -> bool {
    match channel {
        Channel::Voice | Channel::Chat => true,
        Channel::Email | Channel::Social | Channel::Text => false,
    }
}

/// X % of the contacts offered are answered within Y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The share of contacts, above 0 and below 1.
    pub share: f64,
    /// The wait.
    pub within_ms: u64,
}

/// Customers whose contact left their question open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Returns {
    /// The share of them who come back.
    pub share: f64,
    /// After how long, on average.
    pub after_ms: f64,
    /// Another queue, by its place in the case, and the share of those who come back that come to it.
    pub to: Option<(usize, f64)>,
}

/// One way to serve the program.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseOption {
    /// Its file's stem.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Who does the work.
    pub teams: Vec<Team>,
    /// What is known of those who employ them.
    pub providers: Vec<Provider>,
    /// Who handles which share of which queue, in the order of the file.
    pub handles: Vec<Handles>,
    /// Machines that meet contacts first: at most one a queue.
    pub machines: Vec<Machine>,
    /// Its contracts, by their places in the case.
    pub contracts: Vec<usize>,
    /// What it costs besides.
    pub costs: Vec<Cost>,
    /// Its scores on the criteria that are judged: one for each.
    pub scores: Vec<Judged>,
    /// What was assumed of it.
    pub assumptions: Vec<Assumption>,
}

/// A share of a queue that a team handles.
#[derive(Clone, Debug, PartialEq)]
pub struct Handles {
    /// The queue, by its place in the case.
    pub queue: usize,
    /// The team, by its place in the option.
    pub team: usize,
    /// The share of the contacts that arrive in these hours.
    pub share: f64,
    /// The hours. `None` for the queue's own.
    pub hours: Option<Opening>,
    /// When the team works on what waits for hours. `None` for when the queue says.
    pub worked: Option<Opening>,
    /// How urgent these contacts are to its teams: those of the smallest number first.
    pub priority: u8,
    /// Further teams that take these contacts when no agent of the team is free, the next best first.
    pub also: Vec<usize>,
    /// What the team cannot settle.
    pub escalates: Option<Escalation>,
    /// Where contacts go that wait too long.
    pub overflow: Option<Overflow>,
}

impl Handles {
    /// All teams that may come to take these contacts, the best first.
    pub fn teams(&self) -> impl Iterator<Item = usize> {
        let overflow = self.overflow.map(|overflow| overflow.team);
        std::iter::once(self.team).chain(self.also.iter().copied()).chain(overflow)
    }
}

/// A second team for contacts that wait too long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overflow {
    /// How long a contact waits for the first team.
    pub after_ms: u64,
    /// The second team, by its place in the option.
    pub team: usize,
    /// The share of the contacts for which the second team is staffed.
    pub expected: f64,
}
