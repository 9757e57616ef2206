//! What a result stands on that was not measured here, and what it is about: in words that any language has, where they are
//! ours.

use std::fmt;

use longshore_units::Exact;

use crate::BusinessCase;

/// A figure the result stands on that was not measured here, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumption {
    /// What it is about.
    pub what: About,
    /// The figure.
    pub value: String,
    /// Where it comes from.
    pub source: String,
}

/// What an assumption is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A figure that this program knows: of a queue, a team, a currency; of nobody (empty) where it holds for all.
    Known(Known, String),
    /// How far an uncertain figure may be off: the word it has in decide.toml, and whom it is of, where it is not of all.
    Range(&'static str, Option<String>),
    /// A cost of an option, by the name that the case gives it.
    Cost(String),
    /// In the words of who said it.
    Said(String),
}

macro_rules! known {
    ($($variant:ident $id:literal $words:literal,)*) => {
        /// What this program has a word for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Known {
            $(#[doc = $words] $variant,)*
        }

        impl Known {
            /// All of them.
            pub const ALL: &[Known] = &[$(Known::$variant,)*];

            /// Its name where messages are looked up.
            pub fn id(self) -> &'static str {
                match self {
                    $(Known::$variant => $id,)*
                }
            }

            /// Its words.
            pub fn words(self) -> &'static str {
                match self {
                    $(Known::$variant => $words,)*
                }
            }
        }
    };
}

known! {
    Patience "patience" "patience, mean",
    Spread "spread" "spread of handle times (standard deviation over mean)",
    Busyness "busyness" "busyness, day-to-day spread beyond chance",
    BusynessMeasured "busyness-measured" "busyness, estimated beyond weekday and chance",
    Shrinkage "shrinkage" "shrinkage",
    ShiftInefficiency "shift-inefficiency" "shift inefficiency",
    HoursAMonth "hours-a-month" "paid hours a month of a full-time agent",
    Turnover "turnover" "turnover in a year",
    Resolved "resolved" "share of contacts resolved",
    Talk "talk" "talk, mean",
    Wrap "wrap" "wrap, mean",
    HandleFactors "handle-factors" "talk, hold and wrap of what the program says",
    Staffed "staffed" "agents of what the target takes",
    PoolShare "pool-share" "our share of the shared pool's work",
    PoolHours "pool-hours" "when other clients' customers call the pool",
    Holidays "holidays" "open on holidays that no rule gives",
    Promise "promise" "service promised",
    Traffic "traffic" "volume, profile and handle times",
    History "history" "volume and profile",
    Season "season" "season",
    Returns "returns" "customers who come back with an open question",
    Hours "hours" "hours",
    Profile "profile" "profile of the day and the week",
    ExchangeRate "exchange-rate" "what one of it is worth at the start",
    Growth "growth" "growth in a year",
    CustomersHungUp "customers-hung-up" "customers lost of those who hang up, and what one is worth",
    CustomersLost "customers-lost" "customers lost of those who waited over five minutes, and what one is worth",
    PhoneHours "phone-hours" "hours on the phone",
    PaidHours "paid-hours" "paid hours",
    PaidAboveLeast "paid-above-least" "paid hours above the least possible",
    Register "register" "agents on the register",
    Paid "paid" "when an invoice is paid",
    LeastShare "least-share" "part of a provider's agents, at least",
    MostShare "most-share" "part of a provider's agents, at most",
    Ends "ends" "ends",
    Owed "owed" "owed until it ends",
    Help "help" "help with moving away",
    TaxBack "tax-back" "tax that the state gives back",
    CallsAgain "calls-again" "who calls again",
    HangsUp "hangs-up" "who hangs up",
    Differs "differs" "what differs between runs",
    Speed "speed" "agents' speed",
    Contained "contained" "contacts that a machine serves to the end",
    Outages "outages" "outages",
    Absence "absence" "days missed without anybody standing in",
    Vacant "vacant" "days for which a position stays empty",
    Learning "learning" "handle time of who is new",
    Slowdown "slowdown" "how much longer a chat takes with one, two, … at once",
    ChatsAtOnce "chats-at-once" "chats at once",
    Corrected "corrected" "agents of what the formula says",
}

impl About {
    /// What this program knows by these words, or the words as they are. `of` is whom it is of; empty for all.
    pub fn of(of: &str, words: &str) -> About {
        match Known::ALL.iter().find(|known| known.words() == words) {
            Some(known) => About::Known(*known, of.to_owned()),
            None if of.is_empty() => About::Said(words.to_owned()),
            None => About::Said(format!("{of}: {words}")),
        }
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            About::Known(known, of) if of.is_empty() => f.write_str(known.words()),
            About::Known(known, of) => write!(f, "{of}: {}", known.words()),
            About::Range(figure, None) => write!(f, "how far {figure} may be off"),
            About::Range(figure, Some(of)) => write!(f, "{of}: how far {figure} may be off"),
            About::Cost(words) | About::Said(words) => f.write_str(words),
        }
    }
}

impl Assumption {
    /// Of a queue, a team or the like; of nobody (empty) where it holds for all.
    pub fn of(of: &str, words: &str, value: impl Into<String>, source: impl Into<String>) -> Assumption {
        Assumption { what: About::of(of, words), value: value.into(), source: source.into() }
    }
}

/// A figure that was filled in, at the ends of what was published of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Published {
    /// Which figure.
    pub known: Known,
    /// The lowest that was published.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Assumption {
    /// Between which ends its figure was published, where it was filled in from the catalog.
    pub fn published(&self) -> Option<Published> {
        let About::Known(known, _) = &self.what else { return None };
        let fact = crate::facts().iter().find(|fact| fact.what == known.words())?;
        let is_filled_in = self.source.starts_with(FILLED_IN);
        let range = fact.range.as_ref().filter(|_| is_filled_in)?;
        Some(Published { known: *known, low: range.low, high: range.high })
    }
}

/// What the source of a figure begins with that was filled in from the catalog.
pub(crate) const FILLED_IN: &str = "filled in: ";

impl BusinessCase {
    /// The case with another value of a figure that may be filled in: of a team of an option (by its place), or of a queue.
    /// Shares are fractions, times milliseconds. `None` where it has no such team or queue, or the figure is another.
    pub fn with_figure(&self, option: usize, known: Known, of: &str, value: f64) -> Option<BusinessCase> {
        let mut case = self.clone();
        // The value becomes a ratio once, here; from then on all is exact.
        let exact = Exact::ratio((value * 1e9).round() as i128, 1_000_000_000).expect("not 0 below");
        let team = case.options.get_mut(option)?.teams.iter_mut().find(|team| team.name == of);
        let queue = case.queues.iter_mut().find(|queue| queue.name == of);
        match (known, team, queue) {
            (Known::Shrinkage, Some(team), _) => team.shrinkage = exact,
            (Known::HoursAMonth, Some(team), _) => team.hours_a_month = exact,
            (Known::Turnover, Some(team), _) => team.turnover = exact,
            (Known::Resolved, Some(team), _) => team.resolved = value,
            (Known::Talk, _, Some(queue)) => queue.handle.talk.mean_ms = value,
            (Known::Wrap, _, Some(queue)) => queue.handle.wrap.mean_ms = value,
            (Known::Patience, _, Some(queue)) => queue.patience_ms = Some(value),
            (Known::Busyness, _, Some(queue)) => queue.busyness = value,
            _ => return None,
        }
        Some(case)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_find_what_they_mean() {
        for known in Known::ALL {
            assert_eq!(About::of("orders", known.words()), About::Known(*known, "orders".to_owned()));
        }
        assert_eq!(About::of("a", "of ours").to_string(), "a: of ours");
        assert_eq!(About::of("a", "shrinkage").to_string(), "a: shrinkage");
    }

    #[test]
    fn what_is_filled_in_has_a_word() {
        for fact in crate::facts() {
            let has_word = Known::ALL.iter().any(|known| known.words() == fact.what);
            assert!(has_word, "add `{}` to what is known, and to the messages of `report`", fact.what);
        }
    }
}
