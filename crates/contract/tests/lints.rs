//! A contract in which nothing is dangerous, and what each danger that is written into it is called.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use longshore_contract::{Basis, Bears, Billed, CostPer, LineKind, Lint, MarketPrice, MarketUnit, Traffic, lint, read};
use longshore_units::{Amount, Diagnostic, Exact, Quantity, RoundHow, Text};

const SOUND: &str = r#"
provider = "answering-co"
currency = "USD"
place = "Philippines"
time_zone = "America/New_York"
counted_at = "offered"
starts = 2027-01-01
ends = 2028-12-31
round = { at = "line", to = "0.01", how = "half-up" }

[[charge]]
name = "voice"
unit = "minute"
when = { channel = "voice", outcome = ["answered"] }
of = ["talk", "wrap"]
then = "6s"
each = "0.42"

[[charge]]
name = "training"
unit = "hour"
when = { state = "training", reason = "growth" }
each = "9"

[[charge]]
name = "reports"
amount = "300"
per = "month"
prorate = "day"

[[minimum]]
name = "monthly minimum"
on = ["voice"]
amount = "1000"
prorate = "day"

[[index]]
on = ["voice"]
by = "US-CPI"
base = 2026-12-31
every = "year"
at_most = "3%"

[tax]
kind = "VAT"
percent = "12"
recoverable = true

[pay]
terms = "30 days"

[[sla]]
name = "answered in time"
measure = { preset = "service level, offered", threshold = "20s", short_abandons = "5s", aggregation = "pooled" }
when = { channel = "voice" }
target = "80%"
on = ["voice"]
credit = [{ below = "80%", percent = "5" }]
consequence = [{ misses = 3, within = "6 months", right = "terminate for cause" }]

[at_risk]
cap = "10%"

[exit]
for_convenience = { notice = "90 days", fee = "0" }

[records]
raw_access = true
"#;

/// What is found in a contract of a buyer with a thousand calls of 278 seconds.
fn found(text: &str) -> Vec<Diagnostic> {
    let (_, mut findings) = read(&named(text));
    findings.extend(judged(text, &[]).into_iter().map(|lint| lint.diagnostic));
    findings
}

fn named(text: &str) -> Text {
    Text { name: "contract.toml".into(), text: text.into() }
}

/// The dangers of the same, where so much was billed in a year.
fn judged(text: &str, billed: &[Billed]) -> Vec<Lint> {
    let text = named(text);
    let (contract, _) = read(&text);
    let price = |unit, low: &str, high: &str| MarketPrice {
        unit,
        place: "Philippines",
        low: low.parse().unwrap(),
        high: high.parse().unwrap(),
        currency: "USD".parse().unwrap(),
        source: "a guide of 2018",
    };
    let market = [price(MarketUnit::Minute, "0.35", "0.45"), price(MarketUnit::Hour, "8", "14")];
    let basis = Basis { traffic: Traffic::reference(), is_own: true, market: &market, billed };
    contract.map_or_else(Vec::new, |contract| lint(&text, &contract, &basis))
}

/// The sound contract with one change, what is then found, and a part of what is said of it: what it costs, where that can
/// be reckoned.
const DANGERS: [(&str, &str, &str, &str); 53] = [
    ("round = { at = \"line\", to = \"0.01\", how = \"half-up\" }", "", "C022", "each line is rounded up"),
    ("then = \"6s\"", "then = \"60s\"", "L001", "every begun minute: about 202 USD a month more"),
    ("[\"talk\", \"wrap\"]", "[\"talk\", \"wrap\", \"hold\"]", "L002", "bills hold, in which nobody works"),
    ("[\"talk\", \"wrap\"]", "[\"talk\", \"wrap\", \"ring\"]", "L002", "bills ring"),
    ("[\"talk\", \"wrap\"]", "[\"talk\", \"wrap\", \"wait\"]", "L002", "bills wait"),
    ("then = \"6s\"", "first = \"90s\"\nthen = \"6s\"", "L003", "wrap and at least 1m30s of each contact: about "),
    (
        "then = \"6s\"",
        "then = \"6s\"\nminimum = { each_contact = \"1.00\" }",
        "L003",
        "wrap and at least 1 USD of each contact: about 113 USD",
    ),
    // What a block costs is no part of what steps cost.
    ("then = \"6s\"", "then = \"60s\"\nextra = \"60s\"", "L001 L003", "every begun minute: about 202 USD a month more"),
    (
        "then = \"6s\"",
        "first = \"90s\"\nthen = \"6s\"\nextra = \"60s\"",
        "L003 L003",
        "wrap and at least 1m30s of each contact: about ",
    ),
    ("then = \"6s\"", "then = \"6s\"\nextra = \"60s\"", "L003", "a block of 1m on top of each contact: about 420 USD"),
    (
        "name = \"reports\"",
        "name = \"account management\"",
        "L004",
        "on top of `voice`, which is fully burdened: 300 USD a month",
    ),
    (
        "amount = \"300\"\nper = \"month\"\nprorate = \"day\"",
        "percent = \"10\"\nof_charges = [\"voice\"]",
        "L004",
        "10 %, about ",
    ),
    ("name = \"reports\"", "name = \"gestión de cuenta\"", "L004", "300 USD a month"),
    ("amount = \"1000\"", "amount = \"3000\"", "L005", "asks for 3,000 USD, and the expected volume comes to about "),
    ("amount = \"1000\"", "amount = \"9000\"\nper = \"quarter\"", "L005", "USD a quarter for nothing"),
    ("amount = \"1000\"", "volume = 9000\nshortfall_each = \"0.30\"", "L005", "asks for 9000, and"),
    ("then = \"6s\"", "then = \"6s\"\nincluded = { quantity = \"500\", per = \"month\" }", "L006", "would buy"),
    ("per = \"month\"\nprorate = \"day\"", "per = \"28 days\"", "L007", "325 USD a month, 25 USD more"),
    (
        "for_convenience = { notice = \"90 days\", fee = \"0\" }",
        "",
        "L008",
        "until 2028-12-31: 1,300 USD a month are owed",
    ),
    (
        "notice = \"90 days\"",
        "notice = \"540 days\"",
        "L008",
        "bound for 540 days after you have given notice: about 23,079 USD are owed",
    ),
    ("notice = \"90 days\"", "notice = \"180 days\"", "", ""),
    (
        "consequence = [{ misses = 3, within = \"6 months\", right = \"terminate for cause\" }]",
        "",
        "L009",
        "do not let you end",
    ),
    (
        "fee = \"0\" }",
        "fee = \"0\" }\nrenewal = { automatic = true, notice = \"60 days\", for = \"12 months\" }",
        "L010",
        "for 12 months: say so by 2028-11-01, or it goes on, and 15,600 USD are owed",
    ),
    ("raw_access = true", "raw_access = false", "L011", "raw records are not yours"),
    ("[records]\nraw_access = true", "", "L011", "raw records are not yours"),
    (
        "credit = [{ below = \"80%\", percent = \"5\" }]\nconsequence = [{ misses = 3, within = \"6 months\", right = \"terminate for cause\" }]",
        "",
        "L012 L009",
        "nothing follows when `answered in time` is missed",
    ),
    (", aggregation = \"pooled\"", "", "L013", "how intervals and days become a month"),
    (", short_abandons = \"5s\"", "", "L013", "those who hang up at once"),
    (
        "measure = { preset = \"service level, offered\", threshold = \"20s\", short_abandons = \"5s\", aggregation = \"pooled\" }\nwhen = { channel = \"voice\" }\ntarget = \"80%\"\non = [\"voice\"]\ncredit = [{ below = \"80%\", percent = \"5\" }]",
        "measure = { preset = \"handle time\", aggregation = \"pooled\" }\ntarget = \"at most 300s\"\non = [\"voice\"]\ncredit = [{ above = \"300s\", percent = \"5\" }]",
        "L014",
        "makes handle time a target",
    ),
    ("cap = \"10%\"", "cap = \"2%\"", "L015", "the worst month of 100,000 costs the provider 2,000 USD"),
    ("at_most = \"3%\"", "", "L016", "33 % higher after three years"),
    ("at_most = \"3%\"", "at_most = \"50%\"", "L016", "as good as none: they may be 238 % higher after three years"),
    ("every = \"year\"\nat_most = \"3%\"", "every = \"month\"\nat_most = \"1%\"", "L016", "43 % higher after three"),
    ("every = \"year\"\nat_most = \"3%\"", "every = \"24 months\"\nat_most = \"8%\"", "", ""),
    (
        "by = \"US-CPI\"\nbase = 2026-12-31\nevery = \"year\"\nat_most = \"3%\"",
        "percent = \"12%\"\nevery = \"year\"",
        "L016",
        "whatever happens: they are 40 % higher after three years",
    ),
    ("at_most = \"3%\"", "at_most = \"5%\"", "", ""),
    (
        "terms = \"30 days\"",
        "exchange = { against = \"PHP\", base = 2026-12-31, band = \"5%\", beyond = \"buyer\" }",
        "L017",
        "you bear all of what PHP moves",
    ),
    (
        "terms = \"30 days\"",
        "exchange = { against = \"PHP\", base = 2026-12-31, band = \"5%\", beyond = \"90% buyer\" }",
        "L017",
        "you bear 90 % of what PHP moves: at 10 % on 100,000, up to 9,000 USD",
    ),
    (
        "terms = \"30 days\"",
        "exchange = { against = \"PHP\", base = 2026-12-31, band = \"5%\", beyond = \"shared equally\" }",
        "",
        "",
    ),
    ("terms = \"30 days\"", "currency = \"EUR\"", "L017", "you bear all of the movement"),
    ("recoverable = true", "recoverable = false", "L018", "it costs 12 % on everything"),
    ("terms = \"30 days\"", "in_advance = true", "L019", "paid in advance"),
    ("terms = \"30 days\"", "deposit = \"5000\"", "L019", "a deposit of 5,000 USD"),
    (
        "[tax]",
        "[[prepaid]]\nname = \"credit\"\non = [\"voice\"]\namount = 100\ndue = 2027-01-01\n[tax]",
        "L019",
        "is paid before it is used",
    ),
    (", reason = \"growth\"", "", "L020", "at 80 hours each that is 28,800 USD"),
    ("reason = \"growth\"", "reason = \"attrition\"", "L020", "those who replace agents who left: of 100 agents"),
    ("each = \"0.42\"", "each = \"0.85\"", "L021", "lies above what others pay: 0.35–0.45 USD a minute"),
    ("each = \"0.42\"", "each = \"0.20\"", "L021", "lies below what others pay"),
    ("each = \"0.42\"", "each = \"45\"", "L021", "is a decimal point lost?"),
    (
        "each = \"0.42\"",
        "bands = [{ from = 0, each = \"45\" }, { from = 5000, each = \"0.35\" }]\ntiers = \"graduated\"\nscope = \"contract\"",
        "L021",
        "costs 45 USD a minute, more than ten times",
    ),
    (
        "each = \"0.42\"",
        "bands = [{ from = 0, each = \"0.35\" }, { from = 5000, each = \"45\" }]\ntiers = \"graduated\"\nscope = \"contract\"",
        "L021",
        "costs 45 USD a minute, more than ten times",
    ),
    ("each = \"0.42\"", "each = \"0.35–45\"", "T006", "this is a range"),
    ("amount = \"1000\"", "amount = \"1200\"", "", ""),
];

#[test]
fn nothing_is_dangerous_in_a_sound_contract() {
    assert_eq!(found(SOUND), vec![]);
}

#[test]
fn each_danger_has_its_name() {
    for (from, to, code, says) in DANGERS {
        assert_eq!(SOUND.matches(from).count(), 1, "{from}");
        let found = found(&SOUND.replace(from, to));
        let codes: Vec<&str> = found.iter().map(|one| one.code).collect();
        assert_eq!(codes.join(" "), code, "{to}: {found:#?}");
        let said = found.first().map_or("", |one| &one.message);
        assert!(said.contains(says), "{said}");
        assert!(found.iter().all(|one| one.is_error() == (one.code == "T006")), "{to}");
    }
}

/// What was billed in a year, in dollars.
fn billed(line: &str, kind: LineKind, quantity: i128, amount: i128) -> Billed {
    Billed {
        line: line.to_owned(),
        kind,
        quantity: Quantity(Exact::from(quantity)),
        amount: Amount(Exact::from(amount)),
    }
}

/// A change to the sound contract, what was billed under it, the code that is found, and what it costs in a year.
type Case = (&'static str, &'static str, Vec<Billed>, &'static str, Option<(&'static str, Bears)>);

/// What a clause costs in a year, and whether that is paid or may be lost, by hand.
#[test]
fn a_danger_carries_what_it_costs() {
    let charge = |line: &str, quantity, amount| billed(line, LineKind::Charge, quantity, amount);
    let none = Vec::new;
    let cases: [Case; 11] = [
        // 25 dollars a month more than by the calendar.
        ("per = \"month\"\nprorate = \"day\"", "per = \"28 days\"", none(), "L007", Some(("300", Bears::Cost))),
        ("name = \"reports\"", "name = \"account management\"", none(), "L004", Some(("3600", Bears::Cost))),
        // A month's minimum and fixed amount, for the twelve months that a buyer is bound at most.
        ("for_convenience = { notice = \"90 days\", fee = \"0\" }", "", none(), "L008", Some(("15600", Bears::Risk))),
        ("terms = \"30 days\"", "deposit = \"5000\"", none(), "L019", Some(("5000", Bears::Risk))),
        ("recoverable = true", "recoverable = false", none(), "L018", None),
        (
            "recoverable = true",
            "recoverable = false",
            vec![billed("VAT", LineKind::Tax, 1, 7_200)],
            "L018",
            Some(("7200", Bears::Cost)),
        ),
        // What was billed for the minimum, in the weak months too.
        (
            "amount = \"1000\"",
            "amount = \"3000\"",
            vec![charge("voice", 60_000, 25_200), billed("monthly minimum", LineKind::Minimum, 1, 11_400)],
            "L005",
            Some(("11400", Bears::Cost)),
        ),
        // Of 208,000 hours, those of a hundred agents, forty leave, and 80 hours at 9 dollars train who comes.
        (
            ", reason = \"growth\"",
            "",
            vec![charge("training", 208_000, 1_872_000)],
            "L020",
            Some(("28800", Bears::Cost)),
        ),
        // 100,000 minutes at 0.40 above the dearest of the others.
        (
            "each = \"0.42\"",
            "each = \"0.85\"",
            vec![charge("voice", 100_000, 85_000)],
            "L021",
            Some(("40000", Bears::Cost)),
        ),
        // A tenth of what is billed, of which the buyer bears nine.
        (
            "terms = \"30 days\"",
            "exchange = { against = \"PHP\", base = 2026-12-31, band = \"5%\", beyond = \"90% buyer\" }",
            vec![charge("voice", 60_000, 25_200)],
            "L017",
            Some(("2268", Bears::Risk)),
        ),
        ("raw_access = true", "raw_access = false", none(), "L011", None),
    ];
    for (from, to, billed, code, cost) in cases {
        let found = judged(&SOUND.replace(from, to), &billed);
        let [lint] = &found[..] else { panic!("{to}: {found:#?}") };
        assert_eq!(lint.diagnostic.code, code, "{to}");
        let carried = lint.cost.as_ref().map(|cost| (cost.a_year().0.to_string(), cost.bears));
        assert_eq!(carried, cost.map(|(amount, bears)| (amount.to_owned(), bears)), "{to}");
    }
}

/// The words are made of the figure: a month's cost that is told is the one that is carried.
#[test]
fn what_is_told_is_what_is_carried() {
    let mut told = 0;
    for (from, to, code, _) in DANGERS {
        for lint in judged(&SOUND.replace(from, to), &[]) {
            let Some(cost) = lint.cost.filter(|cost| cost.bears == Bears::Cost && cost.per == CostPer::Month) else {
                continue;
            };
            let whole = cost.amount.0.rounded_to(&Exact::one(), RoundHow::HalfUp).to_string();
            let message = lint.diagnostic.message.replace(',', "");
            assert!(message.contains(&format!("{whole} USD")), "{code}: {whole} in {message}");
            told += 1;
        }
    }
    assert!(10 <= told, "only {told} costs were told");
}

/// A charge that bills twice the expected time costs twice as much by its steps.
#[test]
fn steps_cost_by_what_was_billed() {
    let whole_minutes = SOUND.replace("then = \"6s\"", "then = \"60s\"");
    let a_year = |billed: &[Billed]| judged(&whole_minutes, billed)[0].cost.as_ref().unwrap().a_year().0;
    let of = |minutes| a_year(&[billed("voice", LineKind::Charge, minutes, 1)]);
    assert_eq!(&of(60_000) + &of(60_000), of(120_000));
    let plain = a_year(&[]).to_f64();
    // 1,000 calls of 317.5 seconds on average, in whole minutes: about 5.8 a call.
    assert!((of(69_500).to_f64() / plain - 1.0).abs() < 0.02, "{plain}");
}
