//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use longshore_units::Month;

/// Buying customer service with open eyes: size it, price it, compare it, check it.
#[derive(Parser)]
#[command(name = "longshore", version, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Size, simulate, price and rank the options of a business case
    Compare(Compare),
    /// Begin a business case: a folder to fill in, with options drafted from the catalog
    New(New),
    /// Find every mistake and doubt in contracts and business cases
    Check(Check),
    /// Say in plain words what a contract bills, or what a diagnostic's code means
    Explain(Explain),
    /// Published prices, wages and figures of operation, each with its source and year
    Catalog(Catalog),
    /// The workbook that bidders fill in, or a filled one as a contract
    Sheet(Sheet),
    /// Price a contract on quantities that are counted already
    Price(Price),
    /// What a queue does with so many agents, or how many it needs
    Erlang(Erlang),
    /// Write one run of an option's records: contacts, legs, agent time and the rest
    Simulate(Simulate),
    /// Count a contract's charges in records
    Count(Count),
    /// Service levels, waits, handle times and all other figures of records, under every usual definition
    Kpi(Kpi),
    /// What is in a lake: sources, days, holes, what was not understood; and its upkeep
    Lake(LakeOf),
    /// Ask a lake in SQL, without changing anything
    Sql(Sql),
    /// What months should cost: records under a contract
    Rate(Rate),
    /// What was promised of the service, what was measured, and what follows in money
    Sla(Sla),
    /// Compare a provider's invoices with the contract, and name each difference and its cause
    Audit(Audit),
    /// Take in other systems' records: calls, chats, agents' time, schedules, counts
    Import(Import),
}

#[derive(Args)]
pub struct Compare {
    /// The business case's folder
    pub case: PathBuf,
    /// How many random realizations of the horizon [default: the case's, or 20]
    #[arg(long)]
    pub runs: Option<u32>,
    /// The seed of all randomness [default: the case's, or 1]
    #[arg(long, value_parser = seed, allow_negative_numbers = true)]
    pub seed: Option<u64>,
    /// On how many threads; the result is the same on any [default: all cores]
    #[arg(long)]
    pub threads: Option<usize>,
    /// In which language the answer is given, and drafted options are named; what the case's files say stays as they say it
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
    /// Write the answer as a page with pictures too: one file that needs no network
    #[arg(long)]
    pub html: Option<PathBuf>,
    /// Write the answer as a workbook too
    #[arg(long)]
    pub xlsx: Option<PathBuf>,
    /// Write JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct New {
    /// The folder to write; it must be new or empty
    pub case: PathBuf,
    /// The country of the customers, by its code: its clocks, currency, language and labor [default: US, or the one whose clocks
    /// the records show]
    #[arg(long, conflicts_with = "from")]
    pub country: Option<String>,
    /// Lakes, record folders or Parquet files: the program is drafted from the contacts, or counts by interval, in them
    #[arg(long, value_name = "SOURCE", num_args = 1.., conflicts_with = "from")]
    pub from_records: Vec<PathBuf>,
    /// A program.toml to begin with, instead of one to fill in
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// What one US dollar is worth in the case's currency, such as 0.92: published prices are in dollars
    #[arg(long, value_name = "RATE")]
    pub dollar: Option<String>,
    /// In which language drafted options are named
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
}

#[derive(Args)]
pub struct Check {
    /// Contract files and business cases' folders
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// Write JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Explain {
    /// A contract's file, or a code such as C022
    pub what: String,
    /// In which language a contract is said; the pages of codes are in English
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
}

#[derive(Args)]
pub struct Catalog {
    /// A country by its code, such as PH: only what holds there
    pub country: Option<String>,
    /// Write JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Sheet {
    /// A business case's folder, to write its workbook; or a filled workbook, to write it as a contract
    pub what: PathBuf,
    /// The file to write: quote.xlsx for a case; for a filled workbook contract.toml, or standard output where none is named
    #[arg(long)]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct Price {
    /// The contract's file
    pub contract: PathBuf,
    /// A CSV file with the columns month,charge,group,rows,quantity: quantities in the charges' units, exact
    #[arg(long)]
    pub quantities: PathBuf,
    /// A month to price besides those of the file, such as 2027-10
    #[arg(long)]
    pub month: Vec<Month>,
    /// Amendments as they were known at the end of this day, such as 2027-03-31 [default: all of them]
    #[arg(long)]
    pub known: Option<Date>,
    /// Write JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Erlang {
    /// Which formula: c where nobody hangs up, a where callers do, b where those who find no agent are lost
    #[arg(long, value_enum)]
    pub model: Model,
    /// How many contacts in a span of time, such as 1140/h, 100/30m or 19/m; without it, with --agents and --target: the
    /// most that so many agents serve so well
    #[arg(long, required_unless_present_all = ["agents", "target"])]
    pub contacts: Option<String>,
    /// Mean handle time, such as 300s
    #[arg(long)]
    pub handle: String,
    /// Mean time a caller is willing to wait (model a)
    #[arg(long, conflicts_with = "abandoned")]
    pub patience: Option<String>,
    /// Instead of the patience: the share of contacts that hang up with so many agents, such as 4.5% (model a)
    #[arg(long, requires = "agents", conflicts_with_all = ["target", "places", "redial", "again"])]
    pub abandoned: Option<String>,
    /// How many agents
    #[arg(long, required_unless_present = "target")]
    pub agents: Option<u32>,
    /// The service level to reach, such as 80%: by the least number of agents, or with the most contacts
    #[arg(long)]
    pub target: Option<String>,
    /// Of which contacts the target is a share
    #[arg(long, value_enum, default_value_t = Reading::Offered, requires = "target")]
    pub by: Reading,
    /// Within how long a contact is answered in time (models a and c) [default: 20s]
    #[arg(long)]
    pub threshold: Option<String>,
    /// How many contacts fit, handled and waiting together, such as the lines of a trunk (models a and c) [default: all]
    #[arg(long)]
    pub places: Option<u32>,
    /// The share of those turned away, or who hang up, who call again later
    #[arg(long)]
    pub redial: Option<String>,
    /// The share of those answered who call again later
    #[arg(long)]
    pub again: Option<String>,
    /// Write JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Four readings of "X % within T seconds".
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reading {
    /// Answered in time, of all offered
    Offered,
    /// Answered in time, of the answered
    Answered,
    /// Waited no longer, answered or not, of all offered
    Actual,
    /// What a caller who never hangs up would see
    Virtual,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Model {
    /// Those who find no agent free are lost
    B,
    /// Those who find no agent free wait, and nobody hangs up
    C,
    /// Those who find no agent free wait until they are answered or their patience ends
    A,
}

#[derive(Args)]
pub struct Simulate {
    /// The business case's folder
    pub case: PathBuf,
    /// The option, by its file's name without .toml; `today` for today's
    #[arg(long)]
    pub option: String,
    /// The seed of all randomness
    #[arg(long, value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// Which random realization
    #[arg(long, default_value_t = 1)]
    pub run: u32,
    /// The folder to write; it must not be there yet
    #[arg(long)]
    pub out: PathBuf,
}

/// How much of this machine is used.
#[derive(Args)]
pub struct Means {
    /// On how many threads; what comes of it is the same on any [default: all cores]
    #[arg(long)]
    pub threads: Option<usize>,
    /// How many MiB rows may take that must know of each other, such as a customer's contacts; more are sorted on the disk
    #[arg(long, value_name = "MIB", default_value_t = 512)]
    pub memory: u32,
}

#[derive(Args)]
pub struct Count {
    /// The contract's file
    pub contract: PathBuf,
    /// Lakes, record folders or Parquet files
    #[arg(required = true)]
    pub sources: Vec<PathBuf>,
    #[command(flatten)]
    pub means: Means,
    /// Rows of a batch, at most; the counts are the same with any
    #[arg(long, default_value_t = 8192)]
    pub batch_rows: usize,
    /// Put the rows into another order first; the counts are the same in any
    #[arg(long, value_name = "SEED")]
    pub shuffle: Option<u64>,
    /// Count row by row with the slow, obvious counter; the counts are the same
    #[arg(long)]
    pub oracle: bool,
    /// Write JSON instead of a summary
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Kpi {
    /// Lakes, record folders or Parquet files
    #[arg(required = true)]
    pub sources: Vec<PathBuf>,
    /// What figures are told apart by, such as queue,interval [default: nothing]: provider, program, site, queue,
    /// last_queue, channel, direction, language, reason, outcome, team, agent, interval, hour, day, week, month
    #[arg(long, value_delimiter = ',')]
    pub by: Vec<String>,
    /// The first day, such as 2027-10-01 [default: that of the records]
    #[arg(long, value_name = "DAY")]
    pub from: Option<Date>,
    /// The last day, included [default: that of the records]
    #[arg(long, value_name = "DAY")]
    pub to: Option<Date>,
    /// The contacts as they were known at the end of a day, without later deliveries
    #[arg(long, alias = "as-known", value_name = "DAY")]
    pub known: Option<Date>,
    /// The zone of days and intervals [default: the contract's, the records', or UTC]
    #[arg(long)]
    pub zone: Option<String>,
    /// The length of an interval
    #[arg(long, default_value = "30m")]
    pub step: String,
    /// Within which time service levels count
    #[arg(long, default_value = "20s")]
    pub threshold: String,
    /// Who hangs up sooner than this has not really waited
    #[arg(long, default_value = "5s")]
    pub short: String,
    /// Within which time a customer who comes back is a repeat, for presets
    #[arg(long, default_value = "7 days")]
    pub within: String,
    /// A measure by its name in contracts, such as "service level, offered"; can be given several times
    #[arg(long, value_name = "NAME", conflicts_with = "all_presets")]
    pub preset: Vec<String>,
    /// All measures that contracts can name
    #[arg(long)]
    pub all_presets: bool,
    /// Which families of figures: service, waits, handling, returns, replies, backlog, surveys, reasons, agents, downtime
    /// [default: all]
    #[arg(long, value_delimiter = ',', value_name = "FAMILY")]
    pub show: Vec<String>,
    /// Whether a row is a contact or a leg of one
    #[arg(long, value_enum, default_value_t = RowsOf::Contact)]
    pub grain: RowsOf,
    /// A contract's file, for its zone and calendars
    #[arg(long)]
    pub contract: Option<PathBuf>,
    /// The contract's calendar of the business clock, for replies
    #[arg(long, requires = "contract", value_name = "NAME")]
    pub calendar: Option<String>,
    #[command(flatten)]
    pub means: Means,
    /// Write JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowsOf {
    /// A contact
    Contact,
    /// A visit of a contact to a queue or agent
    Leg,
}

#[derive(Args)]
pub struct LakeOf {
    /// The lake: a folder, or the URL of one on an object storage
    pub lake: PathBuf,
    /// Bring small files together first
    #[arg(long)]
    pub compact: bool,
    /// Delete files first that no table has had for so many days; 7 leave time to whoever still reads them
    #[arg(long, value_name = "DAYS")]
    pub expire: Option<u32>,
    /// Write JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Sql {
    /// The lake: a folder, or the URL of one on an object storage
    pub lake: PathBuf,
    /// The query. Tables: contacts, legs, agent_time, schedule, forecast, agents, rates, reported, outages, intervals; each
    /// with `_history` at its end has the replaced rows too
    pub query: String,
    /// As it was known at the end of this day in UTC
    #[arg(long, alias = "as-known", value_name = "DAY")]
    pub known: Option<Date>,
    /// On how many threads [default: all cores]
    #[arg(long)]
    pub threads: Option<usize>,
    /// Write CSV instead of a table
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// Write JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Rate {
    /// Lakes, record folders or Parquet files
    #[arg(required = true)]
    pub sources: Vec<PathBuf>,
    /// The contract's file
    #[arg(long, required_unless_present = "case", conflicts_with_all = ["case", "option"])]
    pub contract: Option<PathBuf>,
    /// A business case's folder, for the contracts of one of its options
    #[arg(long, requires = "option")]
    pub case: Option<PathBuf>,
    /// The option
    #[arg(long, requires = "case")]
    pub option: Option<String>,
    /// The month to rate, such as 2027-10
    #[arg(long, required_unless_present = "all_months", conflicts_with = "all_months")]
    pub month: Option<Month>,
    /// All months of the term that the records cover
    #[arg(long)]
    pub all_months: bool,
    /// The terms and the contacts as they were known at the end of a day, without later amendments and deliveries
    #[arg(long, alias = "as-known", value_name = "DATE")]
    pub known: Option<Date>,
    /// What earlier months left, where the records do not go back to the contract's first
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Write what the months up to the last one leave to the next
    #[arg(long, value_name = "FILE")]
    pub write_ledger: Option<PathBuf>,
    /// What was measured of the service, and rates that the records lack: a CSV file as `price` takes it [default: what the
    /// records measure under the contract]
    #[arg(long, value_name = "FILE", conflicts_with = "case")]
    pub measured: Option<PathBuf>,
    #[command(flatten)]
    pub means: Means,
    /// Write JSON instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Sla {
    /// Lakes, record folders or Parquet files
    #[arg(required = true)]
    pub sources: Vec<PathBuf>,
    /// The contract's file
    #[arg(long)]
    pub contract: PathBuf,
    /// The month, such as 2027-10
    #[arg(long)]
    pub month: Month,
    /// The terms and the contacts as they were known at the end of a day, without later amendments and deliveries
    #[arg(long, alias = "as-known", value_name = "DATE")]
    pub known: Option<Date>,
    /// What earlier months left, where the records do not go back to the contract's first
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// What no record shows, such as evaluations, and rates that the records lack: a CSV file as `price` takes it
    #[arg(long, value_name = "FILE")]
    pub measured: Option<PathBuf>,
    /// How many of the worst contacts are named of each term
    #[arg(long, default_value_t = 5)]
    pub worst: usize,
    /// Write every contact that missed a term: a CSV file
    #[arg(long, value_name = "FILE")]
    pub misses: Option<PathBuf>,
    #[command(flatten)]
    pub means: Means,
    /// Write JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Audit {
    /// The contract's file
    #[arg(long)]
    pub contract: PathBuf,
    /// The provider's invoices: TOML, CSV or XLSX
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub invoice: Vec<PathBuf>,
    /// Which cells of CSV and XLSX files hold what, and which lines bill which charges (TOML)
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Propose a mapping for the first invoice, print it and do nothing else
    #[arg(long, conflicts_with = "mapping")]
    pub guess: bool,
    /// What else is known: a file as `price --quantities` reads it, with what was used in months without an invoice, what
    /// rules look at, and rates
    #[arg(long, value_name = "FILE")]
    pub figures: Option<PathBuf>,
    /// Differences of a line up to this amount are let pass
    #[arg(long, default_value = "0")]
    pub tolerance: String,
    /// Amendments as they were known at the end of this day, such as 2027-03-31 [default: all of them]
    #[arg(long, value_name = "DAY")]
    pub known: Option<Date>,
    /// Write JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Import {
    /// What the files are
    #[arg(long, value_enum)]
    pub from: RecordFormat,
    /// What the files do not say of themselves, and for tables which column holds what (TOML)
    #[arg(long, value_name = "FILE")]
    pub mapping: Option<PathBuf>,
    /// Propose a mapping for the first table, print it and do nothing else
    #[arg(long, conflicts_with_all = ["mapping", "out", "into", "strict", "rejects"])]
    pub guess: bool,
    /// The system the records come from, such as pbx-cebu [default: the mapping's, or the format's name]
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Who was to serve the contacts [default: the mapping's]
    #[arg(long, value_name = "NAME")]
    pub provider: Option<String>,
    /// The program, of queues that do not say their own [default: the mapping's]
    #[arg(long, value_name = "NAME")]
    pub program: Option<String>,
    /// The site, of queues that do not say their own [default: the mapping's]
    #[arg(long, value_name = "NAME")]
    pub site: Option<String>,
    /// The zone of clock times that name none, such as America/New_York [default: the mapping's]
    #[arg(long, value_name = "ZONE")]
    pub time_zone: Option<String>,
    /// A file with 16 bytes or more: under this key customers' numbers become hashes; without it rows name no customer
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// End at the first row that is not understood, and write nothing
    #[arg(long)]
    pub strict: bool,
    /// Write the rows that are not understood to this CSV file too: file, line, field, reason
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    /// The record folder to write; it must not be there yet
    #[arg(long, value_name = "FOLDER", required_unless_present_any = ["guess", "into"])]
    pub out: Option<PathBuf>,
    /// The lake to import into; a new one where nothing is
    #[arg(long, value_name = "LAKE", conflicts_with = "out")]
    pub into: Option<PathBuf>,
    /// Files to read, folders of them, or - for standard input; gzip and zstd are unpacked
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// What records come as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RecordFormat {
    /// The queue_log of Asterisk, and what is made like it
    AsteriskQueueLog,
    /// Contact records (CTR) of Amazon Connect
    AmazonConnect,
    /// Any table, CSV, TSV, XLSX or Parquet, by a mapping
    Table,
}

/// A seed as it is written.
fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}, such as 7", u64::MAX))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// English
    En,
    /// Spanish
    Es,
    /// Romanian
    Ro,
    /// Filipino
    Fil,
}

impl From<Language> for longshore_words::Language {
    fn from(language: Language) -> longshore_words::Language {
        match language {
            Language::En => longshore_words::Language::English,
            Language::Es => longshore_words::Language::Spanish,
            Language::Ro => longshore_words::Language::Romanian,
            Language::Fil => longshore_words::Language::Filipino,
        }
    }
}
