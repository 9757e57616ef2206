//! Files that a case lacks, written from the catalog: a case with volumes only gets today's team, a set of options with
//! their contracts, and how to decide.
//!
//! They are texts as people write them, read as any others: who wants other figures writes them to disk and edits them.
//! Each figure says where it comes from.

mod names;
mod offer;
mod pay;
mod start;

use std::fmt::Write as _;

use jiff::civil::{Date, date};
use longshore_document::{Findings, literal};
use longshore_units::{Exact, Text};
use longshore_words::Language;

use crate::catalog::{HOURS_A_MONTH, SHRINKAGE};
use crate::figure::{HELD, Topic, Typical};
use crate::program::{Histories, Program};
use crate::{CaseFile, CaseFiles, Country, Exchange, Volume};

use names::Names;
use offer::{Offer, offers};
use pay::Pay;

pub use start::{blank, started};

/// The first day of a drafted horizon: the first January after the catalog's figures were gathered.
const STARTS: Date = date(2027, 1, 1);

/// The case with the files it lacks, if all it has is program.toml, history and decide.toml. A case that says who does
/// the work, or has options or contracts of its own, stays as it is; so does one whose program cannot be read, whose clock
/// is no country's of the catalog, or for whose country nothing is known of labor.
///
/// What is drafted is named in `language`: an answer in it names options by that. All else is the same in any.
pub fn completed(mut files: CaseFiles, language: Language) -> CaseFiles {
    let alone = |file: &CaseFile| {
        matches!(file.path.as_str(), "program.toml" | "decide.toml") || file.path.starts_with("history/")
    };
    if files.files.iter().all(alone)
        && let Some((program, prefix)) = program_of(&files)
        && let Some(draft) = Draft::of(&program, &rates(&files), language)
    {
        let has_decide = files.files.iter().any(|file| file.path == "decide.toml");
        let written = draft.files().into_iter().filter(|(path, _)| !has_decide || path != "decide.toml");
        files.files.extend(written.map(|(path, text)| {
            let text = Text::new(format!("{prefix}{path}"), text);
            CaseFile { path, text }
        }));
    }
    files
}

/// The program, if it reads without a mistake, and what stands before the names of the case's files.
fn program_of(files: &CaseFiles) -> Option<(Program, String)> {
    let file = files.files.iter().find(|file| file.path == "program.toml")?;
    let texts = files.files.iter().filter(|file| file.path.starts_with("history/"));
    let texts = texts.map(|file| (file.path.as_str(), &file.text)).collect();
    let mut histories = Histories { texts, findings: Vec::new() };
    let mut findings = Findings::of(file.text.name.clone());
    let root = longshore_document::read(&file.text, &mut findings);
    let program = crate::program::read(&root, &mut histories, &mut findings)?;
    let wrong = findings.has_errors() || histories.findings.iter().any(Findings::has_errors);
    let prefix = file.text.name.strip_suffix("program.toml").unwrap_or_default().to_owned();
    (!wrong && !program.queues.is_empty()).then_some((program, prefix))
}

/// What other currencies are worth, where decide.toml says so.
fn rates(files: &CaseFiles) -> Vec<Exchange> {
    let file = files.files.iter().find(|file| file.path == "decide.toml");
    let decide = file.and_then(|file| {
        let mut findings = Findings::of(file.text.name.clone());
        crate::decide::read(&longshore_document::read(&file.text, &mut findings), &[], &mut findings)
    });
    decide.map_or_else(Vec::new, |(decide, _)| decide.exchange)
}

/// What drafts are made of.
struct Draft<'p> {
    program: &'p Program,
    home: &'static Country,
    names: Names,
    /// What an own agent costs an hour.
    pay: Pay,
    /// About how many agents the program takes, for what is paid once for each.
    agents: Exact,
}

impl<'p> Draft<'p> {
    fn of(program: &'p Program, rates: &[Exchange], language: Language) -> Option<Draft<'p>> {
        let home = Country::of_zone(&program.zone)?;
        let pay = Pay::of(home, program.currency?, rates)?;
        Some(Draft { program, home, names: Names::new(language), pay, agents: agents(program)? })
    }

    /// Paths and texts, in the order of the paths.
    fn files(&self) -> Vec<(String, String)> {
        let mut files = Vec::new();
        for Offer { id, option, contract } in offers(self) {
            files.extend(contract.map(|contract| (format!("contracts/{id}.toml"), contract)));
            files.push((format!("options/{id}.toml"), option));
        }
        files.push(("decide.toml".to_owned(), decide()));
        files.push(("today.toml".to_owned(), self.today()));
        files.sort();
        files
    }

    /// The own team at home.
    fn today(&self) -> String {
        let mut text = format!(
            "# Who does the work today: an own team, {}, at what the catalog knows. Replace it by your own figures.\n\
             name = {}\n\n[[team]]\nname = \"own\"\nprovider = \"in-house\"\nlanguages = {}\n\
             source = \"no figure of yours: the catalog's\"\n",
            self.home.name,
            literal(&self.names.own_team(self.home)),
            self.languages(),
        );
        self.handles("own", &mut text);
        self.own_costs(&mut text);
        text
    }

    /// What the team called `own` costs.
    fn own_costs(&self, text: &mut String) {
        for (what, amount, source) in self.pay.costs() {
            cost(&what, "team", &amount, "paid hour", &source, text);
            text.push_str("team = \"own\"\n");
        }
    }

    /// The languages of all queues, as a list.
    fn languages(&self) -> String {
        let mut languages: Vec<&str> = self.program.queues.iter().map(|queue| queue.language.as_str()).collect();
        languages.sort_unstable();
        languages.dedup();
        let written: Vec<String> = languages.into_iter().map(literal).collect();
        format!("[{}]", written.join(", "))
    }

    /// The language, if all queues have the same.
    fn language(&self) -> Option<&str> {
        let first = self.program.queues.first()?.language.as_str();
        self.program.queues.iter().all(|queue| queue.language == first).then_some(first)
    }

    fn handles(&self, team: &str, text: &mut String) {
        for queue in &self.program.queues {
            let _ = write!(text, "\n[[handles]]\nqueue = {}\nteam = \"{team}\"\n", literal(&queue.name));
        }
    }
}

fn cost(what: &str, kind: &str, amount: &Exact, per: &str, source: &str, text: &mut String) {
    let amount = amount.to_decimal(2);
    let _ = write!(
        text,
        "\n[[cost]]\nwhat = {}\nkind = \"{kind}\"\namount = \"{amount}\"\nper = \"{per}\"\nsource = {}\n",
        literal(what),
        literal(&format!("filled in: {source}")),
    );
}

fn decide() -> String {
    format!(
        "# How options are compared. Add what no option may fall short of under [[must]], what a customer lost is worth\n\
         # under [customers_lost], and what other currencies are worth under [[exchange]].\n\
         starts = {STARTS}\nmonths = 12\nruns = 10\nseed = 1\n"
    )
}

/// The one figure of a kind that holds anywhere, or that nobody published but for one country.
fn allowance(kind: &str) -> Typical {
    let figure = HELD.figures.iter().find(|figure| figure.topic == Topic::Operation && figure.kind == kind);
    let figure = figure.expect("the catalog has the figures that drafts are made of");
    let range = (figure.low.clone(), figure.high.clone());
    Typical { value: figure.middle(), range, written: figure.written(), cited: figure.cited.clone() }
}

/// About how many agents a program takes: hours of work over hours that an agent is at work and busy. At least one.
///
/// A float until it is a whole number of people: volumes are. What is paid for each of them is exact.
fn agents(program: &Program) -> Option<Exact> {
    let hours = |queue: &crate::Queue| {
        let contacts = match queue.demand.volume {
            Volume::AYear(contacts) => contacts,
            Volume::AsMeasured | Volume::OfOthers | Volume::OfList => queue.demand.week_total() * 365.0 / 7.0,
        };
        contacts * queue.handle.mean_ms() / 3_600_000.0
    };
    let hours: f64 = program.queues.iter().map(hours).sum();
    let occupancy = allowance("occupancy, voice").value.to_f64() / 100.0;
    let agents = hours / (12.0 * HOURS_A_MONTH.value * (1.0 - SHRINKAGE.value) * occupancy);
    Exact::ratio(agents.ceil().clamp(1.0, 1e9) as i128, 1)
}
