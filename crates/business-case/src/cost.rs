//! What an option costs beside its contracts: the ledger of an own team, what stays, what is stranded, the transition.

use jiff::civil::Date;
use longshore_document::{Fields, Findings, Node};
use longshore_units::Exact;

use crate::reading::{position, required_name};
use crate::{Queue, Team};

/// One line of cost, in the case's currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// What it is for.
    pub what: String,
    /// Which part of the whole it belongs to.
    pub kind: CostKind,
    /// How much, of each unit.
    pub amount: Exact,
    /// The unit.
    pub per: Per,
    /// The team whose hours, agents or contacts count, by its place in the option. `None` for all of them.
    pub team: Option<usize>,
    /// The queue whose contacts count, by its place in the case. `None` for all of them.
    pub queue: Option<usize>,
    /// The full-time agents beyond whom it is due, for costs per paid hour, agent-month or FTE-month.
    pub above: Option<Exact>,
    /// The months of the year in which it is due, from 1 to 12. All of them where it is empty.
    pub months: Vec<i8>,
    /// The first day it is due. `None` for the horizon's first.
    pub from: Option<Date>,
    /// The last day it is due. `None` for the horizon's last.
    pub until: Option<Date>,
    /// Where the figure comes from.
    pub source: String,
}

/// The parts of an option's cost. Leaving one out makes an option look better than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CostKind {
    /// An own team: pay, rent, licenses.
    Team,
    /// What stays with the buyer when somebody else does the work: vendor manager, quality, travel.
    Stays,
    /// What is paid on without use: rent, licenses.
    Stranded,
    /// Getting there: severance, dual running, training, integration.
    Transition,
    /// Ending what is done today: what is owed until a contract ends, and for ending it.
    Exit,
    /// Customers lost for other reasons than waiting.
    Customers,
}

impl CostKind {
    /// Its word in option files.
    pub fn word(self) -> &'static str {
        match self {
            CostKind::Team => "team",
            CostKind::Stays => "stays",
            CostKind::Stranded => "stranded",
            CostKind::Transition => "transition",
            CostKind::Exit => "exit",
            CostKind::Customers => "customers",
        }
    }
}

/// What a cost is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Per {
    /// Each month, a part of one by its days.
    Month,
    /// Each year of twelve months, spread over them.
    Year,
    /// Once, in the month of `from`.
    Once,
    /// Each hour that a team's agents are paid for: on the phone, × (1 + shift inefficiency) ÷ (1 − shrinkage).
    PaidHour,
    /// Each agent on a team's register, by the month.
    AgentMonth,
    /// Each agent hired: for growth of the register and in place of who leaves.
    Hire,
    /// Each seat that a team takes: the most agents that its shifts have at work at once over the horizon, by the month.
    Seat,
    /// Each full-time agent that a team's paid hours are, by the month.
    FteMonth,
    /// Each hour of talk, hold and wrap: what it takes of people who answer beside their other work.
    HandledHour,
    /// Each contact handled.
    Contact,
    /// Each contact handled that leaves no question open.
    Resolution,
}

const PER: [(&str, Per); 11] = [
    ("month", Per::Month),
    ("year", Per::Year),
    ("once", Per::Once),
    ("paid hour", Per::PaidHour),
    ("agent-month", Per::AgentMonth),
    ("hire", Per::Hire),
    ("seat", Per::Seat),
    ("FTE-month", Per::FteMonth),
    ("handled hour", Per::HandledHour),
    ("contact", Per::Contact),
    ("resolution", Per::Resolution),
];

const KINDS: [(&str, CostKind); 6] = [
    ("team", CostKind::Team),
    ("stays", CostKind::Stays),
    ("stranded", CostKind::Stranded),
    ("transition", CostKind::Transition),
    ("exit", CostKind::Exit),
    ("customers", CostKind::Customers),
];

impl Per {
    /// Its word in option files.
    pub fn word(self) -> &'static str {
        PER.iter().find(|(_, per)| *per == self).map_or("", |(word, _)| word)
    }

    /// Whether it counts something of one team.
    fn is_of_a_team(self) -> bool {
        matches!(self, Per::PaidHour | Per::AgentMonth | Per::Hire | Per::Seat | Per::FteMonth)
    }

    /// Whether it counts contacts, of a team, a queue or all of them.
    fn is_of_contacts(self) -> bool {
        matches!(self, Per::HandledHour | Per::Contact | Per::Resolution)
    }
}

impl Cost {
    pub(crate) fn read(node: &Node, teams: &[Team], queues: &[Queue], findings: &mut Findings) -> Option<Cost> {
        let mut fields = Fields::of(node, findings)?;
        let what = required_name(&mut fields, "what", "what the cost is for", findings);
        let kind = fields.require("kind", "\"team\", \"stays\", \"stranded\", \"transition\", \"exit\", …", findings);
        let kind = kind.and_then(|node| node.one_of(&KINDS, findings));
        let amount = fields.require("amount", "how much, as \"1234.50\"", findings);
        let amount = amount.and_then(|node| cost(node, findings));
        let per = fields.require("per", "\"month\", \"year\", \"once\", \"paid hour\", …", findings);
        let per = per.and_then(|node| node.one_of(&PER, findings));
        let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
        let named = fields.take("team");
        let team = named.and_then(|node| position(node, "team", &names, findings));
        let names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
        let of_queue = fields.take("queue");
        let queue = of_queue.and_then(|node| position(node, "queue", &names, findings));
        let above_node = fields.take("above");
        let above = above_node.and_then(|node| node.exact_not_negative(findings));
        let months_node = fields.take("months");
        let months = months_node.map_or_else(Vec::new, |node| months_of_year(node, findings));
        let from = fields.take("from").and_then(|node| node.date(findings));
        let until_node = fields.take("until");
        let until = until_node.and_then(|node| node.date(findings));
        let source = required_name(&mut fields, "source", "where the figure comes from", findings);
        fields.finish(findings);
        if let (Some(from), Some(until), Some(node)) = (from, until, until_node)
            && until < from
        {
            findings.error("B017", &node.span, "this cost ends before it begins", "name a day after `from`");
        }
        let (kind, amount, per) = (kind?, amount?, per?);
        let place = until_node.map_or(node.span.clone(), |node| node.span.clone());
        if until.is_some() && !matches!(per, Per::Month | Per::Year) {
            let help = "only a cost per month or year ends on a day; leave `until` out";
            findings.error("B017", &place, format!("a cost per {} has no last day", per.word()), help);
        }
        if from.is_some() && !matches!(per, Per::Month | Per::Year | Per::Once) {
            let help = "only a cost per month, per year or once has a day; leave `from` out";
            findings.error("B017", &node.span, format!("a cost per {} has no first day", per.word()), help);
        }
        if let (Some(node), Per::Once) = (months_node, per) {
            let help = "give the day on which it is due as `from`";
            findings.error("B017", &node.span, "a cost once is not of months of the year", help);
        }
        if let Some(node) = above_node
            && !matches!(per, Per::PaidHour | Per::AgentMonth | Per::FteMonth)
        {
            let help = "leave `above` out, or give the cost per paid hour, agent-month or FTE-month";
            findings.error("B017", &node.span, format!("a cost per {} has no agents to be above", per.word()), help);
        }
        if let Some(of_queue) = of_queue {
            if !per.is_of_contacts() {
                let message = format!("a cost per {} is not of one queue", per.word());
                findings.error("B017", &of_queue.span, message, "leave `queue` out, or give the cost per contact");
            } else if named.is_some() {
                let help = "leave one of them out";
                findings.error("B017", &of_queue.span, "a cost is of one team or of one queue, not of both", help);
            }
        }
        let team = if per.is_of_a_team() && team.is_none() && named.is_none() {
            if teams.len() != 1 {
                let help = "add `team = \"…\"`";
                let message = format!("whose {}s are meant is not said", per.word());
                findings.error("B017", &node.span, message, help);
            }
            (!teams.is_empty()).then_some(0)
        } else {
            team
        };
        Some(Cost { what, kind, amount, per, team, queue, above, months, from, until, source })
    }
}

/// An amount of at least 0: what is paid back is less of the cost that it is paid for, where it can be seen.
fn cost(node: &Node, findings: &mut Findings) -> Option<Exact> {
    let amount = node.exact(findings)?;
    if amount.is_negative() {
        let help = "write at least 0; take a subsidy or a credit off the cost that it pays for";
        findings.error("T007", &node.span, "this cost is below 0", help);
        return None;
    }
    Some(amount)
}

/// `months = [11, 12]`: months of the year, each from 1 to 12.
fn months_of_year(node: &Node, findings: &mut Findings) -> Vec<i8> {
    let read = node.one_or_many().iter().filter_map(|node| node.whole(1, 12, findings));
    let mut months: Vec<i8> = read.filter_map(|month| i8::try_from(month).ok()).collect();
    months.sort_unstable();
    months.dedup();
    months
}
