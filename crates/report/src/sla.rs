//! What was promised of the service, what was measured, and what follows.

use jiff::civil::Date;
use longshore_contract::{Choice, Follows, Sla, Verdict};
use longshore_measures::{Behind, Missed, Reading};
use longshore_units::{Amount, Currency, Exact, Month};
use serde::Serialize;

use crate::written::{amount, exact, grouped};

/// A month's service under a contract.
pub struct Service<'s> {
    /// Who sells.
    pub provider: String,
    /// The month.
    pub month: Month,
    /// The currency of its amounts.
    pub currency: Currency,
    /// Its terms, in the contract's order.
    pub terms: Vec<TermValue<'s>>,
    /// Why nothing is said of money, where that is so.
    pub no_money: Option<String>,
    /// What the invoice says beside its lines.
    pub notes: Vec<String>,
}

/// An SLA term's month.
pub struct TermValue<'s> {
    /// The term.
    pub sla: &'s Sla,
    /// The first day that it looks at, and the last.
    pub days: (Date, Date),
    /// Whether its period ends with the month: only then something follows.
    pub settled: bool,
    /// What was measured.
    pub reading: Reading,
    /// Whether the value was given by hand and not measured from the records.
    pub given: bool,
    /// The last day on which something may still become known that changes it, if that is yet to come.
    pub provisional_until: Option<Date>,
    /// What else makes it provisional.
    pub provisional_because: Option<String>,
    /// What it comes to in money. None where that was not reckoned.
    pub money: Option<Money>,
    /// What follows that is no money, and now does.
    pub due: Vec<(Follows, u32)>,
    /// The contacts behind it; none where there are none, as behind agents' time.
    pub behind: Option<Behind>,
}

/// What a term comes to in money.
#[derive(Clone, Debug)]
pub struct Money {
    /// How it is judged.
    pub verdict: Verdict,
    /// What is credited: 0 or below.
    pub credit: Amount,
    /// What is paid for more than was promised.
    pub bonus: Amount,
    /// What is given back of earlier credits.
    pub earned_back: Amount,
}

/// The JSON of `sla`:
/// `{"provider","month","currency","terms":[…],"credit","bonus","earned_back","notes":[…]}`.
///
/// A term is `{"name","clause","measure","choices":{…},"target","at_least","value","met","margin","above","below","unknown",`
/// `"interval":[low,high],"within_noise","not_measured","from","to","settled","state","provisional_until","verdict","credit",`
/// `"bonus","earned_back","due":[…],"contacts":{"counted","missed","worst":[…]},"exclude":[…]}`. `value`, `target`, `margin`
/// and `interval` are exact decimals as texts, of percentages as shares (0.8) and of times in seconds; `margin` is above 0
/// on the good side of the target. `above` and `below` are what is divided: contacts, or milliseconds over contacts.
/// `interval` is there where only some contacts were asked; `within_noise` says that the target lies in it. `state` is
/// `final` or `provisional`. `verdict` is `met`, `missed`, `grace`, `excused` or `not measured`; amounts are null where they
/// were not reckoned. A worst contact is `{"source","contact_id","queue","at","outcome","seconds","mark"}`. `exclude` has what
/// the contract leaves out in words, which records do not show: it is not left out here.
#[derive(Debug, Serialize)]
pub struct SlaJson {
    provider: String,
    month: String,
    currency: String,
    terms: Vec<TermJson>,
    credit: Option<String>,
    bonus: Option<String>,
    earned_back: Option<String>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct TermJson {
    name: String,
    clause: Option<String>,
    measure: &'static str,
    choices: serde_json::Map<String, serde_json::Value>,
    target: String,
    at_least: bool,
    value: Option<String>,
    met: Option<bool>,
    margin: Option<String>,
    above: String,
    below: String,
    unknown: String,
    interval: Option<[String; 2]>,
    within_noise: bool,
    not_measured: Option<String>,
    given: bool,
    from: String,
    to: String,
    settled: bool,
    state: &'static str,
    provisional_until: Option<String>,
    provisional_because: Option<String>,
    verdict: &'static str,
    credit: Option<String>,
    bonus: Option<String>,
    earned_back: Option<String>,
    due: Vec<DueJson>,
    contacts: Option<ContactsJson>,
    exclude: Vec<String>,
}

#[derive(Debug, Serialize)]
struct DueJson {
    kind: &'static str,
    what: String,
    misses: u32,
}

#[derive(Debug, Serialize)]
struct ContactsJson {
    counted: u64,
    missed: u64,
    worst: Vec<MissedJson>,
}

#[derive(Debug, Serialize)]
struct MissedJson {
    source: String,
    contact_id: String,
    queue: Option<String>,
    at: Option<String>,
    outcome: Option<String>,
    seconds: Option<String>,
    mark: Option<i64>,
}

impl TermValue<'_> {
    /// Whether the target was met; none where nothing was measured.
    pub fn met(&self) -> Option<bool> {
        // Rounded as the contract rounds it: that value is compared.
        self.value().map(|value| self.sla.target.is_met(&value))
    }

    /// The value that is compared with the target.
    pub fn value(&self) -> Option<Exact> {
        self.reading.value.as_ref().ok().map(|value| self.sla.rounded(value))
    }

    /// Whether the target lies within what another sample might have come to.
    fn within_noise(&self) -> bool {
        let target = &self.sla.target.at;
        self.reading.interval.as_ref().is_some_and(|(low, high)| low <= target && target <= high)
    }

    fn is_provisional(&self) -> bool {
        self.provisional_until.is_some() || self.provisional_because.is_some() || !self.settled
    }

    fn margin(&self) -> Option<Exact> {
        let target = &self.sla.target;
        self.value().map(|value| if target.more_is_better { &value - &target.at } else { &target.at - &value })
    }

    fn verdict(&self) -> &'static str {
        match (&self.money, self.met()) {
            (Some(money), _) if self.settled => verdict_word(money.verdict),
            (_, Some(true)) => "met",
            (_, Some(false)) => "missed",
            (_, None) => "not measured",
        }
    }
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotMeasured => "not measured",
        Verdict::Met => "met",
        Verdict::Grace => "grace",
        Verdict::Excused => "excused",
        Verdict::Missed => "missed",
    }
}

impl SlaJson {
    /// Of a month's service.
    pub fn new(service: &Service<'_>) -> SlaJson {
        let places = service.currency.minor_digits();
        let sum = |of: fn(&Money) -> &Amount| {
            let amounts = service.terms.iter().filter_map(|term| term.money.as_ref()).map(|money| of(money).clone());
            service.no_money.is_none().then(|| amount(&amounts.sum(), places))
        };
        SlaJson {
            provider: service.provider.clone(),
            month: service.month.to_string(),
            currency: service.currency.to_string(),
            terms: service.terms.iter().map(|term| term_json(term, places)).collect(),
            credit: sum(|money| &money.credit),
            bonus: sum(|money| &money.bonus),
            earned_back: sum(|money| &money.earned_back),
            notes: service.notes.iter().chain(&service.no_money).cloned().collect(),
        }
    }
}

fn term_json(term: &TermValue<'_>, places: u32) -> TermJson {
    let sla = term.sla;
    let mut choices: serde_json::Map<String, serde_json::Value> =
        Choice::ALL.into_iter().map(|choice| (choice.word().to_owned(), sla.measure.choice(choice).into())).collect();
    let spans = [("threshold", sla.measure.threshold), ("short_abandons", sla.measure.short_abandons)];
    choices.extend(
        spans.into_iter().filter_map(|(name, span)| span.map(|span| (name.to_owned(), span.to_string().into()))),
    );
    choices.extend(sla.measure.within.map(|within| ("within".to_owned(), within.to_string().into())));
    let money = |of: fn(&Money) -> &Amount| term.money.as_ref().map(|money| amount(of(money), places));
    TermJson {
        name: sla.name.clone(),
        clause: sla.clause.clone(),
        measure: sla.measure.preset.name,
        choices,
        target: exact(&sla.target.at),
        at_least: sla.target.more_is_better,
        value: term.value().as_ref().map(exact),
        met: term.met(),
        margin: term.margin().as_ref().map(exact),
        above: term.reading.above.to_string(),
        below: term.reading.below.to_string(),
        unknown: term.reading.unknown.to_string(),
        interval: term.reading.interval.as_ref().map(|(low, high)| [exact(low), exact(high)]),
        within_noise: term.within_noise(),
        not_measured: term.reading.value.as_ref().err().map(ToString::to_string),
        given: term.given,
        from: term.days.0.to_string(),
        to: term.days.1.to_string(),
        settled: term.settled,
        state: if term.is_provisional() { "provisional" } else { "final" },
        provisional_until: term.provisional_until.map(|until| until.to_string()),
        provisional_because: term.provisional_because.clone(),
        verdict: term.verdict(),
        credit: money(|money| &money.credit),
        bonus: money(|money| &money.bonus),
        earned_back: money(|money| &money.earned_back),
        due: term.due.iter().map(due_json).collect(),
        contacts: term.behind.as_ref().map(|behind| ContactsJson {
            counted: behind.counted,
            missed: behind.missed,
            worst: behind.worst.iter().map(missed_json).collect(),
        }),
        exclude: sla.exclude.clone(),
    }
}

fn due_json((follows, misses): &(Follows, u32)) -> DueJson {
    let (kind, what) = match follows {
        Follows::Right(what) => ("right", what),
        Follows::Duty(what) => ("duty", what),
    };
    DueJson { kind, what: what.clone(), misses: *misses }
}

fn missed_json(missed: &Missed) -> MissedJson {
    MissedJson {
        source: missed.source.clone(),
        contact_id: missed.contact_id.clone(),
        queue: missed.queue.clone(),
        at: missed.at.map(|at| at.to_string()),
        outcome: missed.outcome.clone(),
        seconds: missed.milliseconds.map(seconds),
        mark: missed.mark,
    }
}

fn seconds(milliseconds: u64) -> String {
    Exact::ratio(i128::from(milliseconds), 1000).map_or_else(String::new, |seconds| exact(&seconds))
}

/// The same for the terminal: a paragraph a term.
pub fn sla_text(service: &Service<'_>) -> String {
    let mut shown = format!("{}, {}\n", service.provider, service.month);
    for term in &service.terms {
        shown.push('\n');
        term_text(term, service.currency, &mut shown);
    }
    if let Some(why) = &service.no_money {
        shown.push_str(&format!("\nno amounts: {why}\n"));
    }
    for note in &service.notes {
        shown.push_str(&format!("\n{note}\n"));
    }
    shown
}

fn term_text(term: &TermValue<'_>, currency: Currency, shown: &mut String) {
    let (sla, unit) = (term.sla, term.sla.target.unit);
    let side = if sla.target.more_is_better { "at least" } else { "at most" };
    let target = format!("{side} {}", unit.written(&sla.target.at));
    let value = match &term.reading.value {
        Ok(_) => term.value().map_or_else(String::new, |value| unit.written(&value)),
        Err(why) => format!("not measured: {why}"),
    };
    shown.push_str(&format!("{}: {value}, {target} ({})\n", sla.name, term.verdict()));
    let mut say = |text: String| shown.push_str(&format!("  {text}\n"));
    say(format!("{}, from {} to {}", sla.measure.preset.name, term.days.0, term.days.1));
    if let Some((low, high)) = &term.reading.interval {
        let noise = if term.within_noise() { "; the target is within noise" } else { "" };
        say(format!("only some were asked: between {} and {} at 95 %{noise}", unit.written(low), unit.written(high)));
    }
    if 0 < term.reading.unknown {
        say(format!("left out: {} contacts that do not say what is asked", grouped(&term.reading.unknown.to_string())));
    }
    if !term.settled {
        say("so far: it is settled in the last month of its period".to_owned());
    }
    if let Some(until) = term.provisional_until {
        say(format!("provisional until {until}"));
    }
    if let Some(because) = &term.provisional_because {
        say(format!("provisional: {because}"));
    }
    if let Some(money) = &term.money {
        let lines = [("credit", &money.credit), ("bonus", &money.bonus), ("earned back", &money.earned_back)];
        for (name, of_line) in lines.into_iter().filter(|(_, amount)| !amount.is_zero()) {
            say(format!("{name}: {} {currency}", grouped(&amount(of_line, currency.minor_digits()))));
        }
    }
    for (follows, misses) in &term.due {
        let times = if *misses == 1 { "once".to_owned() } else { format!("{misses} times") };
        say(match follows {
            Follows::Right(right) => format!("the buyer may {right} (missed {times})"),
            Follows::Duty(duty) => format!("the provider owes {duty} (missed {times})"),
        });
    }
    if let Some(behind) = &term.behind {
        let counted = grouped(&behind.counted.to_string());
        say(format!("{} of {counted} contacts missed", grouped(&behind.missed.to_string())));
        for missed in &behind.worst {
            let queue = missed.queue.as_deref().unwrap_or("no queue");
            let outcome = missed.outcome.as_deref().unwrap_or("open");
            let time = missed.milliseconds.map_or_else(String::new, |time| format!(", {} s", seconds(time)));
            let mark = missed.mark.map_or_else(String::new, |mark| format!(", mark {mark}"));
            let at = missed.at.map_or_else(String::new, |at| format!(", {at}"));
            say(format!("  {} {}: {queue}, {outcome}{time}{mark}{at}", missed.source, missed.contact_id));
        }
    }
    if !sla.exclude.is_empty() {
        say(format!("not left out, since records do not show it: {}", sla.exclude.join("; ")));
    }
}
