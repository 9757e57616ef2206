//! Random contracts over every operator that counting looks at, and random records around the days on which it is hard.

#![allow(clippy::unwrap_used)]
#![allow(dead_code, unused_imports, reason = "each test file uses its part")]

pub mod records;

use jiff::civil::Date;
use longshore_contract::{Contract, read};
use longshore_units::Text;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

pub use records::{Records, records};

/// How many cases a property has: `PROPTEST_CASES`, or these.
pub fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(usual),
        max_global_rejects: 1_000_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A contract's term: one within a year, and one over a year's end and a leap day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Era {
    pub starts: Date,
    pub ends: Date,
}

pub const ERAS: [Era; 2] = [
    Era { starts: jiff::civil::date(2027, 1, 20), ends: jiff::civil::date(2027, 11, 20) },
    Era { starts: jiff::civil::date(2027, 12, 20), ends: jiff::civil::date(2028, 11, 20) },
];

/// What stands above the charges.
#[derive(Clone, Debug)]
pub struct Head {
    pub era: Era,
    pub zone: &'static str,
    pub counted_at: &'static str,
    pub programs: &'static str,
    pub round: &'static str,
}

pub fn head() -> impl Strategy<Value = Head> {
    (
        select(&ERAS[..]),
        select(vec!["America/New_York", "Asia/Manila", "Australia/Lord_Howe"]),
        select(vec!["arrived", "offered", "answered", "ended"]),
        select(vec!["", "programs = ['retail', 'club']\n"]),
        select(vec![
            "at = 'line'\nto = '0.01'\nhow = 'half-up'",
            "at = 'line'\nto = '0.05'\nhow = 'half-even'",
            "at = 'invoice'\nto = '0.01'\nhow = 'up'",
        ]),
    )
        .prop_map(|(era, zone, counted_at, programs, round)| Head { era, zone, counted_at, programs, round })
}

impl Head {
    /// A contract of these clauses.
    pub fn text(&self, clauses: &[String]) -> String {
        let Head { era: Era { starts, ends }, zone, counted_at, programs, round } = self;
        format!(
            "provider = 'cebu'\ncurrency = 'USD'\ntime_zone = '{zone}'\ncounted_at = '{counted_at}'\nstarts = {starts}\n\
             ends = {ends}\n{programs}[round]\n{round}\n\
             [calendar.holidays]\nuse = 'US-federal'\nweekdays = ['Sat', 'Sun']\n[calendar.nights]\nhours = '20:00-08:00'\n{}",
            clauses.join("\n")
        )
    }
}

/// A contract of these clauses in Greenwich, in the first of the terms.
pub fn in_greenwich(clauses: &[&str]) -> Contract {
    let round = "at = 'line'\nto = '0.01'\nhow = 'half-up'";
    let head = Head { era: ERAS[0], zone: "UTC", counted_at: "offered", programs: "", round };
    let clauses: Vec<String> = clauses.iter().map(|clause| (*clause).to_owned()).collect();
    contract(&head.text(&clauses)).unwrap_or_else(|why| panic!("{why}"))
}

/// A contract's text as a contract; what is wrong with it where it is none.
pub fn contract(text: &str) -> Result<Contract, String> {
    let (contract, findings) = read(&Text::new("random.toml", text.to_owned()));
    contract.ok_or_else(|| format!("{text}\n{findings:#?}"))
}

fn lines(of: impl IntoIterator<Item = &'static str>) -> String {
    of.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Time of contacts or legs in increments.
fn time() -> impl Strategy<Value = String> {
    let of = select(vec![
        "of = ['talk', 'wrap']",
        "of = ['talk', 'hold', 'wrap']",
        "of = ['wait', 'ring']\nwhen = { talk_longer_than = '90s', channel = ['voice', 'chat'] }",
        "of = ['talk']\ngrain = 'leg'\nwhen = { direction = 'inbound', team = ['a', 'b'] }",
        "of = ['talk']\nwhen = { outcome = ['answered'], queue = 'orders' }",
    ]);
    let steps = select(vec!["first = '30s'\nthen = '6s'", "then = '60s'", "then = '7ms'", "first = '1m'\nthen = '1s'"]);
    let free = select(vec!["", "", "free_up_to = '45s'", "free_first = '60s'", "free_first = '20s'\nextra = '30s'"]);
    (select(vec!["unit = 'minute'", "unit = 'hour'\ngrain = 'contact'"]), of, steps, free).prop_map(
        |(unit, of, steps, free)| {
            let unit = if of.contains("grain") { "unit = 'minute'" } else { unit };
            lines([unit, of, steps, free])
        },
    )
}

/// What else is counted by the row, of all tables.
fn counted() -> impl Strategy<Value = String> {
    let plain = select(vec![
        "unit = 'contact'",
        "unit = 'contact'\nwhen = { outcome = ['answered'], queue = 'orders' }",
        "unit = 'leg'\nwhen = { team = 'a' }",
        "unit = 'agent-hour'\nof = 'requested'",
        "unit = 'agent-hour'\nof = 'productive'\ngrain = 'schedule'\nwhen = { team = ['a', 'b'] }",
        "unit = 'agent-hour'\nof = { lesser = ['requested', 'productive'], at_most = '102% of requested', per = 'half-hour' }",
        "unit = 'hour'\nof = { greater = ['requested', 'scheduled', 'productive'], per = 'half-hour' }",
        "unit = 'hour'\nof = { lesser = ['scheduled', 'productive'], at_most = '33.3% of requested', per = 'half-hour' }",
        "unit = 'hour'\nof = 'logged in'",
        "unit = 'hour'\nwhen = { state = ['talking', 'wrapping'], direction = 'outbound' }",
        "unit = 'minute'\nwhen = { state = 'training', approved = true }",
        "unit = 'hour'\nwhen = { overtime = 'beyond 40 h a week', week_starts = 'Wed' }",
        "unit = 'hour'\nwhen = { overtime = 'beyond 37.5 h a week', week_starts = 'Wed', approved = true, state = ['talking', 'break'] }",
        "unit = 'hour'\nwhen = { state = 'training' }\nrefund = { if_left_within = '30 days' }",
        "unit = 'agent-month'\nprorate = 'day'\nwhen = { language = ['es', 'en'] }",
        "unit = 'agent-month'\nprorate = 'none'",
        "unit = 'resolution'\nwhen = { channel = ['chat', 'voice'] }",
        "unit = 'resolution'\nreopened_within = '7 days'",
        "unit = 'sale'",
        "unit = 'lead'",
        "unit = 'appointment'\nwhen = { direction = 'outbound' }",
        "unit = 'item'\nwhen = { what = 'letter' }",
        "unit = 'item'\nevidence = 'required'",
    ]);
    plain.prop_map(str::to_owned)
}

/// What is counted in money.
fn money() -> impl Strategy<Value = String> {
    select(vec![
        "unit = 'sale'\npercent = '8'",
        "unit = 'sale'\npercent = '8'\neach_at_least = '1.00'\neach_at_most = '250'",
        "unit = 'cost'\nmarkup = '5%'",
        "unit = 'cost'\nevidence = 'required'\nwhen = { what = 'interpreter' }",
    ])
    .prop_map(str::to_owned)
}

fn price() -> impl Strategy<Value = &'static str> {
    select(vec![
        "each = '0.5'",
        "each = '0.37'",
        "tiers = 'graduated'\nbands = [{ from = 0, each = '0.42' }, { from = 5, each = '0.38' }, { above = 12, each = '0.3' }]",
        "tiers = 'volume'\nbands = [{ from = 0, each = '1.20' }, { from = 4, each = '0.90' }]",
        "tiers = 'graduated'\nper = 'quarter'\nbands = [{ from = 0, each = '2' }, { from = 9, each = '1', fee = '3.50' }]",
        "tiers = 'volume'\nper = 'year'\nbands = [{ from = 0, each = '2' }, { from = 9, each = '1.5' }, { from = 25, each = '1' }]",
        "tiers = 'stair-step'\nbands = [{ from = 0, amount = '10' }, { from = 3, amount = '25' }]",
        "tiers = 'package'\nblock = '3'\neach = '4'",
    ])
}

fn surcharge() -> impl Strategy<Value = &'static str> {
    select(vec![
        "",
        "",
        "surcharge = [{ calendar = 'nights', percent = 10 }]",
        "surcharge = [{ calendar = 'holidays', percent = 25 }, { calendar = 'nights', percent = 10, base = 'average' }]",
        "surcharge = [{ calendar = 'nights', percent = 10 }, { calendar = 'holidays', percent = 25 }]\nsurcharges = 'highest'",
        "surcharge = [{ calendar = 'nights', percent = 25 }, { calendar = 'holidays', percent = 25 }]\nsurcharges = 'highest'",
        "surcharge = [{ calendar = 'holidays', percent = 30, base = 'marginal' }]",
        "surcharge = [{ calendar = 'nights', percent = 10, across = 'split' }]",
        "surcharge = [{ calendar = 'nights', percent = 10, across = 'split' }, { calendar = 'holidays', percent = 25, across = 'start' }]",
        "surcharge = [{ calendar = 'nights', percent = 10, across = 'split' }, { calendar = 'holidays', percent = 25, across = 'split' }]\nsurcharges = 'highest'",
    ])
}

/// What is said of a charge beside its unit and price.
fn besides() -> impl Strategy<Value = String> {
    let all = vec![
        "included = { quantity = '2', to = 'first' }",
        "included = { quantity = '3', to = 'proportional', pooled = true }",
        "included = { quantity = '1.5', to = 'cheapest', rollover = '2 months' }",
        "discount = '5%'",
        "fee = '7.50'\nprorate = 'day'",
        "connect_fee = '0.20'",
        "round = { at = 'contact', to = '0.01', how = 'up' }",
        "minimum = { each_contact = '0.50' }",
        "minimum = { amount = '12' }",
        "cap = { each_contact = '2.00', amount = '60' }",
        "cap = { amount = '9' }\norder = ['minimum', 'discount', 'cap']",
    ];
    subsequence(all, 0..3).prop_map(|chosen| {
        // A key stands once.
        let mut kept: Vec<&str> = Vec::new();
        for one in chosen {
            let key = |line: &str| line.split(' ').next().map(str::to_owned);
            if kept.iter().all(|known| key(known) != key(one)) {
                kept.push(one);
            }
        }
        kept.join("\n")
    })
}

const LENGTHS: [&str; 3] = [
    "lengths = [{ from = '0s', each = '0.40', then = '30s' }, { from = '60s', each = '0.20', then = '10s' }]\nlengths_by = 'part'",
    "lengths = [{ from = '0s', each = '0.40', then = '30s' }, { from = '90s', each = '0.20', then = '12s' }]\nlengths_by = 'whole'",
    "lengths = [{ from = '0s', each = '1', then = '7s' }, { from = '21s', each = '0.5', then = '1s' }]\nlengths_by = 'part'\nconnect_fee = '0.1'",
];

/// The text of a charge, which is perhaps none: not everything goes with everything.
fn any_charge() -> impl Strategy<Value = String> {
    let scope = select(vec!["contract", "program", "site"]).prop_map(|scope| format!("scope = '{scope}'"));
    let by_volume = (prop_oneof![2 => time(), 2 => counted()], price(), surcharge(), besides(), scope).prop_map(
        |(unit, price, surcharge, besides, scope)| [unit.as_str(), price, surcharge, &besides, &scope].join("\n"),
    );
    let in_money = (money(), surcharge()).prop_map(|(unit, surcharge)| format!("{unit}\n{surcharge}"));
    let by_length = (select(&LENGTHS[..]), surcharge(), select(vec!["", "free_first = '20s'", "extra = '9s'"]))
        .prop_map(|(lengths, surcharge, free)| {
            format!("unit = 'minute'\nof = ['talk', 'wrap']\n{lengths}\n{surcharge}\n{free}")
        });
    prop_oneof![6 => by_volume, 1 => in_money, 1 => by_length]
}

/// The text of a charge without its name.
pub fn charge() -> impl Strategy<Value = String> {
    // Where clauses do not go together, another is drawn; how often is a test of its own.
    any_charge().prop_filter("is a charge", |charge| is_charge(charge))
}

/// Whether a text is a charge.
pub fn is_charge(charge: &str) -> bool {
    let head = Head {
        era: ERAS[0],
        zone: "UTC",
        counted_at: "offered",
        programs: "",
        round: "at = 'line'\nto = '0.01'\nhow = 'up'",
    };
    contract(&head.text(&[format!("[[charge]]\nname = 'c'\n{charge}")])).is_ok()
}

pub fn some_charge() -> impl Strategy<Value = String> {
    any_charge()
}

/// Charges with their names.
pub fn charges(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(charge(), count).prop_map(|charges| {
        let named =
            charges.iter().enumerate().map(|(number, charge)| format!("[[charge]]\nname = 'c{number}'\n{charge}"));
        named.collect()
    })
}

/// Rules over charges that look at other things than these count: the forecast, staffing.
pub fn rules() -> impl Strategy<Value = Vec<String>> {
    let all = vec![
        "[[minimum]]\nname = 'floor'\non = ['c0']\namount = '30'\nper = 'month'\nprorate = 'day'\nwaived_if = 'staffed < 95% of requested'",
        "[[minimum]]\nname = 'busy'\non = ['c0']\namount = '10'\nwaived_if = 'forecast >= 3'\nforecast = ['orders']",
        FORECAST_BY_PROGRAM,
        FORECAST_BY_QUEUE,
        BY_AGENTS,
    ];
    subsequence(all, 0..3).prop_map(|rules| rules.into_iter().map(str::to_owned).collect())
}

/// An amendment: where it falls among the days of the term, and what it changes.
pub fn amendment(number: usize) -> impl Strategy<Value = (usize, i64, String)> {
    let change = select(vec![
        "set.charge.c0.clause = '§9'".to_owned(),
        "set.programs = ['retail']".to_owned(),
        "set.calendar.nights.hours = '22:00-06:30'".to_owned(),
        "end = ['c0']".to_owned(),
        format!("[[amendment.add.charge]]\nname = 'new {number}'\nunit = 'contact'\neach = '1.25'"),
        format!("[[amendment.add.charge]]\nname = 'hours {number}'\nunit = 'hour'\nof = 'logged in'\neach = '12'"),
    ]);
    (Just(number), 0i64..330, change)
}

/// Amendments in the order in which they become known.
pub fn amendments(head: &Head, amendments: &[(usize, i64, String)]) -> Vec<String> {
    let text = |(number, day, change): &(usize, i64, String)| {
        let effective = head.era.starts.checked_add(jiff::Span::new().days(*day)).unwrap();
        let known = head.era.starts.checked_add(jiff::Span::new().days(400 + *number as i64)).unwrap();
        format!("[[amendment]]\nknown = {known}\nsigned = {known}\neffective = {effective}\n{change}")
    };
    amendments.iter().map(text).collect()
}

/// Terms that follow from the charge `c0` or stand over it, and charges that look at the forecast or the register.
pub fn terms(era: Era) -> impl Strategy<Value = Vec<String>> {
    let day = |days: i64| era.starts.checked_add(jiff::Span::new().days(days)).unwrap();
    let all = vec![
        FORECAST_BY_PROGRAM.to_owned(),
        FORECAST_BY_QUEUE.to_owned(),
        format!("{BY_AGENTS}\n[[charge]]\nname = 'overtime'\nunit = 'minute'\nwhen = {{ state = 'training' }}\neach = {{ percent = '150', of_price = 'by agents' }}"),
        "[[charge]]\nname = 'leads'\nunit = 'agent-month'\nratio = { one_per = 3, of = 'c0', round = 'up' }\neach = '32.5'".to_owned(),
        "[[charge]]\nname = 'tools'\nunit = 'item'\nratio = { one_per = '1.7', of = 'c0' }\neach = '1.1'\ncap = { amount = '9' }".to_owned(),
        "[[charge]]\nname = 'management'\npercent = '7.5'\nof_charges = ['c0']\ndiscount = '5%'\nminimum = { amount = '2' }".to_owned(),
        "[[charge]]\nname = 'platform'\namount = '100'\nper = 'month'\nprorate = 'day'".to_owned(),
        "[[charge]]\nname = 'licence'\namount = '31.31'\nper = 'month'\nprorate = 'none'".to_owned(),
        format!("[[charge]]\nname = 'setup'\namount = '250'\nonce = {}", day(40)),
        format!("[[discount]]\nname = 'trial'\non = ['c0']\npercent = '33'\nfrom = {}\nuntil = {}", day(50), day(170)),
        "[[discount]]\nname = 'goodwill'\non = ['c0']\namount = '5'".to_owned(),
        "[[discount]]\nname = 'rebate'\non = ['c0']\nper = 'quarter'\nbands = [{ from = 20, percent = 3 }, { from = 60, percent = 10 }]".to_owned(),
        JOINT_REBATE.to_owned(),
        "[[minimum]]\nname = 'floor'\non = ['c0']\namount = '30'\nprorate = 'day'".to_owned(),
        SERVICE_LEVEL.to_owned(),
        "[tax]\nkind = 'VAT'\npercent = '12'\nrecoverable = true".to_owned(),
    ];
    subsequence(all, 0..7)
}

const JOINT_REBATE: &str = "[[charge]]\nname = 'portal'\namount = '25'\nper = 'month'\nprorate = 'day'\n[[discount]]\nname = 'joint rebate'\non = ['c0', 'portal']\nper = 'quarter'\nbands = [{ from = 30, percent = 3 }, { from = 90, percent = 10 }]\n[[minimum]]\nname = 'portal floor'\non = ['portal']\namount = '24.50'\nprorate = 'day'";
const FORECAST_BY_PROGRAM: &str = "[[charge]]\nname = 'relative'\nunit = 'contact'\nscope = 'program'\ntiers = 'graduated'\nbands = [{ from = '0', each = '1' }, { from = '90% of forecast', each = '0.5' }]";
const FORECAST_BY_QUEUE: &str = "[[charge]]\nname = 'relative time'\nunit = 'minute'\nof = ['talk']\nthen = '1s'\nscope = 'contract'\ntiers = 'volume'\nforecast = ['orders', 'advice']\nbands = [{ from = '0', each = '1' }, { from = '90% of forecast', each = '0.5' }]";
const BY_AGENTS: &str = "[[charge]]\nname = 'by agents'\nunit = 'hour'\nof = 'logged in'\nscope = 'contract'\ntiers = 'volume'\ntiers_by = \"agents, month's average\"\nbands = [{ from = '0', each = '15' }, { from = '2', each = '14' }, { from = '4', each = '13' }]";
const SERVICE_LEVEL: &str = "[[sla]]\nname = 'level'\nmeasure = { preset = 'service level, offered', threshold = '20s' }\ntarget = '80%'\non = ['c0']\ngrace = '1 month'\ncredit = [{ below = '80%', percent = '2' }, { below = '75%', percent = '5' }]\nrepeat = { misses = 2, within = '3 months', times = '2' }\nbonus = [{ above = '90%', percent = '1' }]\n[at_risk]\ncap = '6%'";

/// Changes of prices and of what is counted, at days of a term: the first and the last of a month more often than others.
pub fn changes(era: Era) -> impl Strategy<Value = Vec<(Date, String)>> {
    let change = select(vec![
        "set.charge.c0.each = '0.61'",
        "set.charge.c0.fee = '9'",
        "set.charge.c0.discount = '7%'",
        "set.charge.c0.included.quantity = '5'",
        "set.programs = ['retail']",
        "set.calendar.nights.hours = '22:00-06:30'",
        "end = ['c0']",
        "[[amendment.add.charge]]\nname = 'new'\nunit = 'contact'\neach = '1.25'",
        "set.charge.platform.amount = '77'",
        "set.charge.licence.amount = '20'",
        "set.charge.leads.each = '41'",
        "set.charge.leads.ratio = { one_per = 2, of = 'c0', round = 'up' }",
        "set.charge.management.percent = '12'",
        "set.charge.\"by agents\".bands = [{ from = '0', each = '16' }, { from = '3', each = '12' }]",
        "set.charge.relative.bands = [{ from = '0', each = '2' }, { from = '50% of forecast', each = '1' }]",
        "set.minimum.floor.amount = '45'",
        "set.discount.trial.percent = '50'",
        "set.tax.percent = '20'",
        "set.at_risk.cap = '3%'",
    ]);
    let day = (1i64..300, select(vec![0, 1, 2])).prop_map(move |(days, edge)| {
        let any = era.starts.checked_add(jiff::Span::new().days(days)).unwrap();
        match edge {
            0 => any.first_of_month().max(era.starts),
            1 => any.last_of_month(),
            _ => any,
        }
    });
    prop::collection::vec((day, change.prop_map(str::to_owned)), 0..4)
}

/// A contract of clauses, with those of the changes as amendments that can be made to it.
pub fn amended(head: &Head, clauses: &[String], changes: &[(Date, String)]) -> Result<Contract, String> {
    let mut clauses = clauses.to_vec();
    let mut sound = contract(&head.text(&clauses))?;
    for (number, (effective, change)) in changes.iter().enumerate() {
        let known = head.era.starts.checked_add(jiff::Span::new().days(400 + number as i64)).unwrap();
        clauses.push(format!("[[amendment]]\nknown = {known}\nsigned = {known}\neffective = {effective}\n{change}"));
        match contract(&head.text(&clauses)) {
            Ok(amended) => sound = amended,
            Err(_) => drop(clauses.pop()),
        }
    }
    Ok(sound)
}
