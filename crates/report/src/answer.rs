//! The answer to a business case in one language: what is shown on the terminal, on the page and in the workbook.

pub(crate) mod asked;
mod assumed;
pub(crate) mod flips;
mod negotiate;
pub(crate) mod providers;
pub(crate) mod reasons;
mod terminal;

use longshore_business_case::is_live;
use longshore_compare::{Comparison, CostPart, DearClause, Hire, OptionSummary, Peak, QueueSummary, Warning};
use longshore_units::{Money, Month};
use longshore_words::Language;

use self::flips::Most;
use crate::grid::Grid;
use crate::teller::Teller;

/// The answer to a business case, every figure written.
pub struct Answer {
    pub(crate) teller: Teller,
    /// The case's name.
    pub(crate) name: String,
    /// What it stands on: runs, months, seed.
    pub(crate) basis: String,
    /// Who should answer these contacts.
    pub(crate) who: Vec<String>,
    pub(crate) options: Grid,
    /// Who is excluded and why; and which of the shares are measured, assumed or simulated.
    pub(crate) excluded: Vec<String>,
    pub(crate) service: Grid,
    /// The service levels of each queue by month, an option each.
    pub(crate) service_months: Vec<(String, Grid)>,
    /// Providers side by side, and what is known of none. `None` where nobody is bought from.
    pub(crate) providers: Option<(Grid, Option<String>)>,
    pub(crate) money: Grid,
    /// The first row of it, and today's or the next, under the heading of the section.
    pub(crate) money_shown: Grid,
    pub(crate) why: Vec<Reason>,
    /// Why the first option rather than another, as the terminal tells it.
    pub(crate) rather: Vec<String>,
    pub(crate) flips: Vec<String>,
    /// The nearest of each kind.
    pub(crate) flips_shown: Vec<String>,
    pub(crate) negotiate: Vec<String>,
    /// All clauses that `negotiate` tells the dearest of.
    pub(crate) clauses: Grid,
    /// What each quote asks, beside what it should cost.
    pub(crate) asked: Vec<String>,
    /// All prices of all quotes.
    pub(crate) prices: Grid,
    /// What they should be made of.
    pub(crate) price_parts: Grid,
    /// The option that the answer is about: the first, or today's where none passes.
    pub(crate) named: String,
    /// What that option stands on most.
    pub(crate) stands_on: Vec<String>,
    /// All assumptions of that option.
    pub(crate) assumed: Grid,
    /// All assumptions of all options.
    pub(crate) assumed_of_all: Grid,
    /// Of how many of them it is not known what they do to its cost.
    pub(crate) unknown: usize,
    pub(crate) next: Vec<(String, String)>,
    /// The command that shows what the terminal leaves out, and how much that is.
    pub(crate) rest: (String, String),
}

/// A case's folder.
#[derive(Clone, Copy, Debug)]
pub struct CaseFolder<'f> {
    /// Its path, as the next commands name it.
    pub path: &'f str,
    /// How much of the case lies in it.
    pub has: OnDisk,
}

/// How much of a case lies in its folder; the rest is drafted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// All of it.
    Everything,
    /// Its program alone: `longshore new` writes the rest down as it is drafted here.
    Program,
    /// Its program, and what was counted or is to be decided: `longshore new` knows nothing of these.
    Beginnings,
}

/// Why an option stands where it does.
pub(crate) struct Reason {
    pub rank: String,
    pub name: String,
    pub option: String,
    pub why: String,
    /// Of the first option: why it stands before the next.
    pub beside_next: Option<String>,
    pub minds: Vec<String>,
}

impl Answer {
    /// The answer that a comparison gives. `folder` is the case's, as the next commands name it; `clauses` are those of its
    /// quotes, as [`dear_clauses`](longshore_compare::dear_clauses) orders them.
    pub fn new(comparison: &Comparison, clauses: &[DearClause], folder: CaseFolder<'_>, language: Language) -> Answer {
        let teller = Teller::new(language);
        let first = comparison.options.iter().find(|option| option.rank == Some(1));
        let named = first.unwrap_or_else(|| comparison.today());
        let excluded = comparison.options.iter().filter_map(|option| excluded(&teller, comparison, option));
        let shares = format!("{} {}", stands(&teller, comparison), in_time(&teller, comparison));
        let excluded = excluded.chain([shares]).collect();
        Answer {
            name: comparison.name.clone(),
            basis: basis(&teller, comparison),
            who: who(&teller, comparison, first),
            options: options(&teller, comparison),
            excluded,
            service: service(&teller, comparison),
            service_months: comparison.options.iter().map(|option| by_month(&teller, comparison, option)).collect(),
            providers: providers::side_by_side(&teller, comparison),
            money_shown: few(&teller, money(&teller, comparison), comparison),
            money: money(&teller, comparison),
            why: comparison.options.iter().map(|option| reason(&teller, comparison, option)).collect(),
            rather: reasons::rather(&teller, comparison),
            flips: flips::told(&teller, comparison, Most::ALL),
            flips_shown: flips::told(&teller, comparison, Most::SHOWN),
            negotiate: negotiate::told(&teller, comparison, clauses),
            clauses: negotiate::clauses(&teller, comparison, clauses),
            asked: asked::told(&teller, comparison),
            prices: asked::grid(&teller, comparison),
            price_parts: asked::parts(&teller, comparison),
            stands_on: assumed::told(&teller, named),
            assumed: assumed::grid(&teller, named),
            assumed_of_all: assumed::of_all(&teller, comparison),
            named: named.option.clone(),
            unknown: assumed::unknown(named),
            next: next(&teller, folder, named),
            rest: rest(&teller, comparison, clauses, (folder.path, named)),
            teller,
        }
    }

    /// The message that heads a section.
    pub(crate) fn heading(&self, id: &str) -> String {
        self.teller.say(id)
    }
}

fn basis(teller: &Teller, comparison: &Comparison) -> String {
    let options = teller.counted("options", comparison.options.len() as u64);
    let months = teller.counted("months", u64::from(comparison.months));
    let runs = teller.counted("runs", u64::from(comparison.runs));
    let (seed, currency) = (comparison.seed.to_string(), comparison.currency.to_string());
    let arguments = [("options", options), ("months", months), ("runs", runs), ("seed", seed), ("currency", currency)];
    teller.tell("basis", &arguments)
}

fn who(teller: &Teller, comparison: &Comparison, first: Option<&OptionSummary>) -> Vec<String> {
    let Some(first) = first else { return vec![teller.say("who-nobody")] };
    let id = if first.option == comparison.today().option { "who-today" } else { "who" };
    let share = teller.percent(first.cheapest, 0);
    let mut told =
        vec![teller.tell(id, &[("name", first.name.as_str()), ("option", &first.option), ("share", &share)])];
    told.extend(providers::unknown(teller, first));
    if let Some(over) = first.over_budget {
        told.push(teller.tell("who-budget", &[("share", teller.percent(over, 0))]));
    }
    let scored = comparison.options.iter().filter(|option| option.rank.is_some());
    let scored = scored.filter_map(|option| option.score.map(|score| (option, score)));
    if let Some((best, score)) = scored.max_by(|(_, one), (_, other)| one.total_cmp(other)) {
        let score = teller.float(score * 100.0, 0);
        told.push(teller.tell("who-weights", &[("option", best.option.as_str()), ("score", &score)]));
    }
    told
}

/// What a year costs beside what falls due once, when the whole horizon costs so much.
pub(crate) fn a_year(comparison: &Comparison, option: &OptionSummary, cost: Money) -> Money {
    let running = cost.minor - option.one_time.minor;
    Money { minor: running * 12 / i128::from(comparison.months), currency: cost.currency }
}

fn options(teller: &Teller, comparison: &Comparison) -> Grid {
    let any = |has: fn(&OptionSummary) -> bool| comparison.options.iter().any(has);
    let discounted = any(|option| option.present_value != option.cost.mean);
    let (budget, scored) = (any(|option| option.over_budget.is_some()), any(|option| option.score.is_some()));
    let mut header = vec!["head-rank", "head-option", "head-a-year", "head-once", "head-horizon"];
    header.extend(discounted.then_some("head-present"));
    header.extend(["head-resolution", "head-in-time", "head-over-five", "head-resolved", "head-cheapest"]);
    header.extend(budget.then_some("head-over-budget"));
    header.extend(scored.then_some("head-score"));
    let row = |option: &OptionSummary| {
        let year = |cost| teller.whole(a_year(comparison, option, cost));
        let share = |share: f64, places| teller.percent(share, places);
        let mut row = vec![
            option.rank.map_or_else(|| teller.say("excluded"), |rank| rank.to_string()),
            option.option.clone(),
            format!("{}–{}", year(option.cost.p10), year(option.cost.p90)),
            teller.whole(option.one_time),
            teller.whole(option.cost.mean),
        ];
        row.extend(discounted.then(|| teller.whole(option.present_value)));
        row.extend([
            or_dash(option.cost_per_resolution, |cost| teller.minor(cost)),
            or_dash(option.service_level(), |level| share(level, 1)),
            or_dash(option.over_five_minutes(), |over| share(over, 1)),
            or_dash(option.resolved, |resolved| share(resolved, 1)),
            share(option.cheapest, 0),
        ]);
        row.extend(budget.then(|| option.over_budget.map_or_else(String::new, |over| share(over, 0))));
        row.extend(scored.then(|| option.score.map_or_else(String::new, |score| teller.float(score * 100.0, 0))));
        row
    };
    Grid {
        header: header.into_iter().map(|id| teller.say(id)).collect(),
        rows: comparison.options.iter().map(row).collect(),
        left: 2,
    }
}

/// The columns of the service of queues, by their keys in the language files.
pub(crate) const SERVICE: [&str; 13] = [
    "head-option",
    "head-queue",
    "head-offered",
    "head-target",
    "head-in-time",
    "head-worst-month",
    "head-missed",
    "head-abandoned",
    "head-wait",
    "head-over-five",
    "head-occupancy",
    "head-agents",
    "head-fte",
];

fn service(teller: &Teller, comparison: &Comparison) -> Grid {
    let rows = served(comparison).map(|(option, queue)| {
        let abandoned = (0.0 < queue.offered).then(|| queue.abandoned / queue.offered);
        let missed = queue.service_level.map(|_| queue.missed);
        let over_five = |over| if is_live(queue.channel) { teller.percent(over, 1) } else { String::new() };
        vec![
            option.option.clone(),
            queue.queue.clone(),
            teller.float(queue.offered, 0),
            teller.percent(queue.target, 0),
            or_dash(queue.service_level, |level| teller.percent(level, 1)),
            queue.worst_month().map_or_else(String::new, |worst| teller.percent(worst.service_level, 1)),
            or_dash(missed, |missed| teller.percent(missed, 0)),
            or_dash(abandoned, |abandoned| teller.percent(abandoned, 1)),
            or_dash(queue.asa_s, |wait| teller.float(wait, 0)),
            or_dash(queue.over_5_min, over_five),
            teller.percent(queue.occupancy, 1),
            queue.agents_peak.to_string(),
            teller.float(queue.fte, 1),
        ]
    });
    Grid { header: SERVICE.iter().map(|id| teller.say(id)).collect(), rows: rows.collect(), left: 2 }
}

/// The queues whose service is shown, under each option: those that have contacts under it, or under none.
pub(crate) fn served(comparison: &Comparison) -> impl Iterator<Item = (&OptionSummary, &QueueSummary)> {
    let comes = |queue: &QueueSummary| 0.0 < queue.offered + queue.outside_hours;
    let comes_elsewhere = move |place: usize| comparison.options.iter().any(|option| comes(&option.queues[place]));
    comparison.options.iter().flat_map(move |option| {
        let shown = move |(place, queue): &(usize, &QueueSummary)| comes(queue) || !comes_elsewhere(*place);
        option.queues.iter().enumerate().filter(shown).map(move |(_, queue)| (option, queue))
    })
}

/// What is known, as it is written; a dash for what nobody can say, such as the waits of a queue to which nobody came.
fn or_dash<T>(known: Option<T>, written: impl Fn(T) -> String) -> String {
    known.map_or_else(|| "-".to_owned(), written)
}

/// An option's service level by month, a column for each queue that has contacts.
fn by_month(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> (String, Grid) {
    let queues: Vec<&QueueSummary> = option.queues.iter().filter(|queue| !queue.months.is_empty()).collect();
    let head = |queue: &&QueueSummary| {
        let target = teller.percent(queue.target, 0);
        teller.tell("queue-and-target", &[("queue", queue.queue.as_str()), ("target", &target)])
    };
    let row = |month: &Month| {
        let level = |queue: &&QueueSummary| {
            let level = queue.months.iter().find(|level| level.month == *month);
            level.map_or_else(String::new, |level| teller.percent(level.service_level, 1))
        };
        std::iter::once(teller.month(*month)).chain(queues.iter().map(level)).collect()
    };
    let header = std::iter::once(teller.say("head-month")).chain(queues.iter().map(head)).collect();
    (option.option.clone(), Grid { header, rows: comparison.calendar.iter().map(row).collect(), left: 1 })
}

/// The parts of cost that any option has, in the order in which they are shown.
pub(crate) fn parts_shown(comparison: &Comparison) -> Vec<CostPart> {
    let has = |part: &CostPart| comparison.options.iter().any(|option| option.part(*part).minor != 0);
    CostPart::ALL.into_iter().filter(has).collect()
}

fn money(teller: &Teller, comparison: &Comparison) -> Grid {
    let parts = parts_shown(comparison);
    let ids = parts.iter().map(|part| reasons::part_head(*part));
    let header = std::iter::once("head-option").chain(ids).chain(["head-total"]).map(|id| teller.say(id)).collect();
    let row = |option: &OptionSummary| {
        let amounts = parts.iter().map(|part| teller.whole(option.part(*part)));
        std::iter::once(option.option.clone()).chain(amounts).chain([teller.whole(option.cost.mean)]).collect()
    };
    Grid { header, rows: comparison.options.iter().map(row).collect(), left: 1 }
}

/// Why an option is excluded, and by how much it would be ahead.
fn excluded(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> Option<String> {
    let why = reasons::shortfalls(teller, &option.excluded);
    let told = teller.tell("excluded-since", &[("option", option.option.as_str()), ("why", &teller.and(&why))]);
    let ahead = comparison.ahead(option).map(|ahead| {
        let first = comparison.options.iter().find(|first| first.rank == Some(1)).map_or("", |first| &first.option);
        let more = teller.tell("excluded-ahead", &[("amount", teller.short(ahead).as_str()), ("first", first)]);
        teller.tell("why-and", &[("what", told.as_str()), ("more", &more)])
    });
    (!why.is_empty()).then(|| ahead.unwrap_or(told))
}

/// How many queues that miss their targets are named.
const QUEUES_NAMED: usize = 3;

/// What the share answered in time says, and which queues it hides.
fn in_time(teller: &Teller, comparison: &Comparison) -> String {
    let missed = comparison.options.iter().flat_map(|option| {
        option.warnings.iter().filter_map(move |warning| match warning {
            Warning::TargetMissed { queue, share, target } | Warning::OutOfReach { queue, share, target, .. } => {
                (share < target).then_some((target - share, option, queue, share))
            }
            _ => None,
        })
    });
    let mut missed: Vec<(f64, &OptionSummary, &String, &f64)> = missed.collect();
    missed.sort_by(|(one, ..), (other, ..)| other.total_cmp(one));
    if missed.is_empty() {
        return teller.say("in-time-kept");
    }
    let named = missed.iter().take(QUEUES_NAMED).map(|(_, option, queue, share)| {
        let share = teller.percent(**share, 0);
        teller.tell("queue-of-option", &[("queue", queue.as_str()), ("option", &option.option), ("share", &share)])
    });
    let more = missed.len().saturating_sub(QUEUES_NAMED) as u64;
    let named: Vec<String> = named.chain((0 < more).then(|| teller.counted("more-of-them", more))).collect();
    teller.tell("in-time-missed", &[("queues", teller.and(&named))])
}

/// Which shares are measured, assumed and simulated.
fn stands(teller: &Teller, comparison: &Comparison) -> String {
    let measured = comparison.options.iter().filter(|option| option.resolved_measured);
    let measured: Vec<String> = measured.map(|option| option.option.clone()).collect();
    match measured.len() {
        0 => teller.say("resolved-assumed"),
        all if all == comparison.options.len() => teller.say("resolved-measured"),
        _ => teller.tell("resolved-both", &[("measured", teller.and(&measured))]),
    }
}

/// The rows of the first option and of today's, or of the next where these are one.
fn few(teller: &Teller, grid: Grid, comparison: &Comparison) -> Grid {
    let today = comparison.options.iter().position(|option| option.option == comparison.today().option);
    let rows = grid.rows.into_iter().enumerate();
    let second = today.filter(|today| *today != 0).unwrap_or(1);
    let shown = rows.filter(|(place, _)| [0, second].contains(place));
    let rows = shown.map(|(_, row)| row).collect();
    let header = std::iter::once(teller.say("money-heading")).chain(grid.header.into_iter().skip(1)).collect();
    Grid { header, rows, left: grid.left }
}

fn reason(teller: &Teller, comparison: &Comparison, option: &OptionSummary) -> Reason {
    Reason {
        rank: option.rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string()),
        name: option.name.clone(),
        option: option.option.clone(),
        why: reasons::why(teller, comparison, option),
        beside_next: reasons::before_next(teller, comparison, option),
        minds: {
            let warnings = option.warnings.iter().map(|warning| reasons::warning(teller, warning));
            let grows = |peak: &&Peak| peak.teams.iter().any(|team| team.hire != Hire::FromTheStart);
            let peak = option.peak.iter().filter(grows).map(|peak| reasons::peak(teller, peak));
            warnings.chain(peak).collect()
        },
    }
}

/// The next commands, and what each is for: those that work with what the folder has.
fn next(teller: &Teller, folder: CaseFolder<'_>, option: &OptionSummary) -> Vec<(String, String)> {
    let CaseFolder { path, has } = folder;
    let contract = match has {
        OnDisk::Everything => option
            .contracts
            .first()
            .map(|file| (format!("longshore explain {path}/{file}"), teller.say("next-explain"))),
        OnDisk::Program => {
            Some((format!("longshore new drafted --from {path}/program.toml"), teller.say("next-draft")))
        }
        OnDisk::Beginnings => None,
    };
    let sheet = (format!("longshore sheet {path} --out quote.xlsx"), teller.say("next-sheet"));
    contract.into_iter().chain([sheet]).collect()
}

/// What the page and the workbook have beside what the terminal tells of an option.
fn rest(
    teller: &Teller,
    comparison: &Comparison,
    clauses: &[DearClause],
    (folder, option): (&str, &OptionSummary),
) -> (String, String) {
    let assumptions = option.assumptions.len() - assumed::told(teller, option).len();
    let counts = [
        ("minds", reasons::minds_left(comparison)),
        ("clauses", clauses.len() - negotiate::dearest(comparison, clauses).len()),
        ("assumptions", assumptions),
    ];
    let told = teller.tell("next-rest", &counts.map(|(name, count)| (name, count.to_string())));
    (format!("longshore compare {folder} --html answer.html --xlsx answer.xlsx"), told)
}
