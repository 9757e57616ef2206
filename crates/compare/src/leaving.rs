//! What it costs to end today's contracts, where an option does without them.

use jiff::civil::Date;
use longshore_business_case::{Assumption, BusinessCase, CaseContract, CostKind};
use longshore_contract::{EndedBy, Ending, Usage};
use longshore_units::{Currency, Exact, Factor, Month};

use crate::warning::{Side, Warning};
use crate::{LedgerLine, RatePath, rates};

/// The end of one of today's contracts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Leaving {
    /// The contract.
    file: String,
    currency: Currency,
    /// Whether its terms say how it ends.
    is_said: bool,
    /// Help with moving away, in the contract's words.
    help: Option<String>,
    /// When and how it ends. `None` where neither an exit nor an end was agreed.
    ending: Option<Ending>,
    /// What is owed in each month of the horizon without use. `None` where that cannot be told without it.
    owed: Option<Vec<Exact>>,
    /// The month of the horizon in which the fee is due.
    fee_due: Option<usize>,
    /// Whether something of it falls due after the horizon.
    goes_on: bool,
}

/// So many months are held against each other at most, where a contract can be ended in two ways.
const MONTHS: u32 = 120;

impl Leaving {
    /// The ends of those of today's contracts that an option does without: neither names it nor has a contract of its own
    /// with that provider, which would take its place. Nothing where the option states costs of the kind `exit` itself.
    pub fn of(case: &BusinessCase, option: usize) -> Vec<Leaving> {
        let option = &case.options[option];
        let today = case.today();
        if option.id == today.id || option.costs.iter().any(|cost| cost.kind == CostKind::Exit) {
            return Vec::new();
        }
        let goes_on = |contract: &CaseContract| {
            case.contracts_of(option).any(|other| other.contract.provider == contract.contract.provider)
        };
        case.contracts_of(today)
            .filter(|contract| !goes_on(contract))
            .map(|contract| Leaving::from(case, contract))
            .collect()
    }

    fn from(case: &BusinessCase, given: &CaseContract) -> Leaving {
        let (starts, contract) = (case.decide.starts, &given.contract);
        let usage = known_rates(case);
        let recovered = Factor(case.recovers.clone());
        let horizon: Vec<Month> = case.decide.each_month().collect();
        let latest = Month::of(starts).plus(MONTHS as i32).map_or(case.decide.last_day(), |month| month.last());
        let owed = |ending: &Ending| {
            let until = ending.last_day.min(latest);
            contract.owed_without_use(starts, until, &recovered, &usage).ok()
        };
        // Of two ways the cheaper one, and of equals the first to end.
        let whole = |ending: &Ending| {
            let months = owed(ending).unwrap_or_default();
            months.iter().fold(ending.fee.0.clone(), |sum, (_, amount)| &sum + &amount.0)
        };
        let endings = contract.endings(case.decide.told());
        let ending = endings.into_iter().min_by_key(|ending| (whole(ending), ending.last_day));
        let months = match &ending {
            Some(ending) => owed(ending),
            None => Some(Vec::new()),
        };
        let of_month = |month: &Month| {
            let owed = months.iter().flatten().find(|(of, _)| of == month);
            owed.map_or_else(Exact::zero, |(_, amount)| amount.0.clone())
        };
        // The decision is what makes the fee due: where the contract ends before the horizon, in its first month.
        let fee_due = ending.as_ref().filter(|ending| !ending.fee.is_zero());
        let fee_due = fee_due.and_then(|ending| {
            let due = Month::of(ending.last_day).max(Month::of(starts));
            horizon.iter().position(|month| *month == due)
        });
        let exit = contract.in_force(None).last().exit.as_ref();
        Leaving {
            file: given.file.clone(),
            currency: contract.currency,
            is_said: exit.is_some_and(|exit| exit.for_convenience.is_some() || exit.renewal.is_some()),
            help: exit.and_then(|exit| exit.transition.clone()),
            goes_on: ending.as_ref().is_some_and(|ending| {
                let after = case.decide.last_day() < ending.last_day;
                after && (!ending.fee.is_zero() || months.iter().flatten().any(|(_, amount)| !amount.is_zero()))
            }),
            owed: months.is_some().then(|| horizon.iter().map(of_month).collect()),
            fee_due,
            ending,
        }
    }

    /// The lines of cost, where one unit of a contract's currency is worth so much in the months of the horizon.
    pub fn lines(&self, months: usize, worth: impl Fn(Currency, usize) -> Exact) -> Vec<LedgerLine> {
        let line = |what: String, months: Vec<Exact>| {
            let is_something = months.iter().any(|amount| *amount != Exact::zero());
            is_something.then_some(LedgerLine { what, kind: CostKind::Exit, once: true, months, handled_hours: None })
        };
        let valued = |amounts: &[Exact]| -> Vec<Exact> {
            (0..months).map(|month| &amounts[month] * &worth(self.currency, month)).collect()
        };
        let owed = self
            .owed
            .as_ref()
            .and_then(|owed| line(format!("{}: minimums and fixed charges until it ends", self.file), valued(owed)));
        let fee = self.ending.as_ref().zip(self.fee_due).and_then(|(ending, due)| {
            let amounts: Vec<Exact> =
                (0..months).map(|month| if month == due { ending.fee.0.clone() } else { Exact::zero() }).collect();
            line(format!("{}: termination fee", self.file), valued(&amounts))
        });
        owed.into_iter().chain(fee).collect()
    }

    /// What ending it stands on.
    pub fn assumptions(&self, told: Date) -> Vec<Assumption> {
        let of = |what: &str, value: String, source: &str| Assumption::of(&self.file, what, value, source);
        let mut assumptions = Vec::new();
        let (value, source) = match &self.ending {
            None => {
                ("at once, at no cost".to_owned(), "the contract names neither an exit nor an end: ask what is owed")
            }
            Some(Ending { by: EndedBy::Convenience, last_day, .. }) => {
                (format!("for convenience on {last_day}, told on {told}"), "its [exit]; the day from decide.toml")
            }
            Some(Ending { by: EndedBy::Term, last_day, .. }) if self.is_said => {
                (format!("with its term on {last_day}"), "its term and [exit]")
            }
            Some(Ending { last_day, .. }) => (
                format!("with its term on {last_day}"),
                "the contract says nothing of ending it: taken as bound until its term is over",
            ),
        };
        assumptions.push(of("ends", value, source));
        if self.owed.is_none() {
            let source = "a term asks for what only use can tell: add a [[cost]] of the kind \"exit\"";
            assumptions.push(of("owed until it ends", "not known, and not in the cost".to_owned(), source));
        }
        if let Some(help) = &self.help {
            let source =
                format!("\"{help}\": no amount is named; add a [[cost]] of the kind \"exit\" if it is charged");
            assumptions.push(of("help with moving away", "not in the cost".to_owned(), &source));
        }
        assumptions
    }

    /// What falls due of it after the horizon is not in the cost.
    pub fn warning(&self) -> Option<Warning> {
        let what = format!("{}: what is owed until it ends", self.file);
        self.goes_on.then_some(Warning::OutsideHorizon { what, file: None, side: Side::After })
    }
}

/// What currencies and indexes of today's contracts stand at, as expected.
fn known_rates(case: &BusinessCase) -> Usage {
    let months: Vec<Month> = case.decide.each_month().collect();
    let flat = |values: &Exact| vec![values.clone(); months.len()];
    let paths = case.decide.exchange.iter();
    let paths: Vec<RatePath> =
        paths.map(|rate| RatePath { currency: rate.currency, values: flat(&rate.value) }).collect();
    let mut usage = Usage::default();
    let today = case.options.iter().position(|option| option.id == BusinessCase::TODAY).unwrap_or(0);
    for rate in rates::rates(case, today, &months, &paths) {
        usage.set_rate(&*rate.what, rate.from, rate.value);
    }
    usage
}
