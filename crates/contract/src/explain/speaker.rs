//! What every sentence needs: amounts, quantities and names, as the language writes them.

use longshore_units::{Amount, Exact, Factor, Milliseconds, Price, Quantity, RoundHow};
use longshore_words::{Argument, Words};

use crate::{Contract, Counted, Measure, Per};

/// Who speaks: a language's words, about one contract.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'s> {
    pub words: &'s Words,
    pub contract: &'s Contract,
    /// The contract without charges and terms: see [`super::sample::bare`].
    pub bare: &'s Contract,
}

/// What a charge's quantities are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Noun<'n> {
    /// So many of a unit.
    Unit(&'n str),
    /// Money that was sold for: a price is a share of it.
    Sales,
    /// Money that was spent: a price is 1 and a markup.
    Costs,
}

impl Noun<'_> {
    pub fn of(counted: &Counted) -> Noun<'static> {
        match counted.measure {
            Measure::SaleAmount => Noun::Sales,
            Measure::Cost { .. } => Noun::Costs,
            _ => Noun::Unit(counted.unit()),
        }
    }
}

/// How many decimals an example's amount is shown with.
const PLACES: u32 = 4;

impl<'s> Speaker<'s> {
    /// A message that has no variables.
    pub fn say(&self, id: &str) -> String {
        self.words.say(id, &[])
    }

    /// A message with its variables.
    pub fn tell<T: AsRef<str>>(&self, id: &str, arguments: &[(&str, T)]) -> String {
        let arguments: Vec<Argument<'_>> = arguments.iter().map(|(name, text)| (*name, text.as_ref())).collect();
        self.words.say(id, &arguments)
    }

    /// An amount of the contract's text.
    pub fn money(&self, amount: &Amount) -> String {
        self.words.money(&amount.0, self.contract.currency)
    }

    /// An amount that was reckoned: one that no rounding has ended yet is said to be approximate.
    pub fn sum(&self, amount: &Amount) -> String {
        let places = PLACES.max(self.contract.currency.minor_digits());
        let step = Exact::ratio(1, 10i128.pow(places)).expect("a power of ten is not 0");
        let shown = amount.0.rounded_to(&step, RoundHow::HalfUp);
        let money = self.words.money(&shown, self.contract.currency);
        if shown == amount.0 { money } else { self.tell("about", &[("what", &money)]) }
    }

    /// A price for each unit: `USD 0.42 a minute`; of sales a share of them.
    pub fn price(&self, noun: Noun<'_>, price: &Price) -> String {
        match noun {
            Noun::Unit(unit) => {
                let (price, per) = (self.words.money(&price.0, self.contract.currency), self.per(unit));
                self.tell("price-per", &[("price", &price), ("per", &per)])
            }
            Noun::Sales => {
                let share = self.words.percent(&Factor(price.0.clone()));
                self.tell("share-of-sales", &[("share", &share)])
            }
            Noun::Costs => {
                let share = self.words.percent(&Factor(price.0.clone()));
                self.tell("share-of-costs", &[("share", &share)])
            }
        }
    }

    /// `a minute`, `an agent-hour`.
    fn per(&self, unit: &str) -> String {
        let id = format!("unit-{unit}.per");
        if self.words.has(&id) { self.say(&id) } else { self.tell("unit-other.per", &[("unit", unit)]) }
    }

    /// So many units, or so much money.
    pub fn quantity(&self, noun: Noun<'_>, quantity: &Quantity) -> String {
        match noun {
            Noun::Unit(unit) => {
                let id = format!("unit-{unit}.count");
                if self.words.has(&id) {
                    return self.words.count(&id, &quantity.0);
                }
                let number = self.words.number(&quantity.0);
                self.tell("unit-other.count", &[("number", number.as_str()), ("unit", unit)])
            }
            Noun::Sales | Noun::Costs => self.words.money(&quantity.0, self.contract.currency),
        }
    }

    /// The grammatical gender of a noun: `masculine`, `feminine` or `neuter`.
    pub fn gender(&self, noun: Noun<'_>) -> String {
        let Noun::Unit(unit) = noun else { return self.say("money-gender") };
        let id = format!("unit-{unit}.gender");
        self.say(if self.words.has(&id) { &id } else { "unit-other.gender" })
    }

    pub fn percent(&self, share: &Factor) -> String {
        self.words.percent(share)
    }

    pub fn duration(&self, time: Milliseconds) -> String {
        self.words.duration(time)
    }

    /// A whole number of something that has a message: `times`, `points`.
    pub fn count(&self, id: &str, number: u32) -> String {
        self.words.count(id, &Exact::from(u64::from(number)))
    }

    /// A name that somebody gave.
    pub fn name(&self, name: &str) -> String {
        self.words.quoted(name)
    }

    /// The names of charges.
    pub fn charges(&self, positions: &[usize]) -> String {
        let charges = positions.iter().filter_map(|position| self.contract.charges.get(*position));
        let names: Vec<String> = charges.map(|charge| self.name(&charge.name)).collect();
        self.words.and(&names)
    }

    /// Names, or the like, each in quotation marks.
    pub fn any_of(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.name(name)).collect();
        self.words.or(&names)
    }

    /// A name with its clause.
    pub fn heading(&self, name: &str, clause: Option<&String>) -> String {
        match clause {
            None => name.to_owned(),
            Some(clause) if name.ends_with(')') => format!("{name}, {clause}"),
            Some(clause) => format!("{name} ({clause})"),
        }
    }

    /// `month`, `quarter` and so on, in a message whose variants are called so.
    pub fn by(&self, id: &str, per: Per) -> String {
        self.say(&format!("{id}-{}", per.word()))
    }
}
