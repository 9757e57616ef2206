//! What decides an option's place: how its cost differs from today's, part by part, and what customers get.

use longshore_business_case::{BusinessCase, CostKind};
use longshore_units::{Exact, Money, Month};

use crate::summary::{Comparison, OptionSummary, QueueSummary};

/// How an option differs from how it is done today.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// What it costs more than today; below 0 for what it saves.
    pub change: Money,
    /// That, as a share of today's cost.
    pub share: f64,
    /// The parts that cost less than today, largest first, with how much less. What hardly matters, less than half a
    /// percent of today's cost, is left out here and in `added`.
    pub saved: Vec<(CostPart, Money)>,
    /// The parts that cost more, with how much more.
    pub added: Vec<(CostPart, Money)>,
    /// How many points its service level is higher; below 0 for lower.
    pub service_points: i64,
    /// By which share of today's contacts more come back, since its teams resolve less; below 0 for fewer.
    pub come_back: f64,
    /// By which share of today's contacts more find it closed; below 0 for fewer.
    pub find_closed: f64,
    /// The hours a year that people no longer handle contacts who do so today beside their other work, by what the costs per
    /// handled hour of today's option are for; largest first.
    pub freed: Vec<Freed>,
    /// The month by whose end no more has been paid than under today's option, nor is later, where more was before: what it
    /// takes to begin has been earned back. `None` where nothing is to be earned back, or it is not within the horizon.
    pub earned_back: Option<Month>,
}

/// Hours of people who answer beside their other work, and no longer have to.
#[derive(Clone, Debug, PartialEq)]
pub struct Freed {
    /// What today's cost is for.
    pub what: String,
    /// The hours of talk, hold and wrap, a year.
    pub hours_a_year: Exact,
}

/// A part of an option's cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostPart {
    /// What its contracts bill.
    Contracts,
    /// What it costs besides, of one kind.
    Other(CostKind),
}

impl CostPart {
    /// All parts, in the order in which they are shown.
    pub const ALL: [CostPart; 7] = [
        CostPart::Other(CostKind::Team),
        CostPart::Contracts,
        CostPart::Other(CostKind::Stays),
        CostPart::Other(CostKind::Stranded),
        CostPart::Other(CostKind::Transition),
        CostPart::Other(CostKind::Exit),
        CostPart::Other(CostKind::Customers),
    ];
}

impl OptionSummary {
    /// A part of its mean cost; the parts sum to it.
    pub fn part(&self, part: CostPart) -> Money {
        match part {
            CostPart::Contracts => self.charges_total,
            CostPart::Other(kind) => {
                let of_kind = self.other_costs.iter().filter(|cost| cost.kind == kind);
                Money { minor: of_kind.map(|cost| cost.amount.minor).sum(), currency: self.charges_total.currency }
            }
        }
    }
}

impl Comparison {
    /// How it is done today.
    pub fn today(&self) -> &OptionSummary {
        let today = self.options.iter().find(|option| option.option == BusinessCase::TODAY);
        today.expect("a case that was read has today's option")
    }

    /// How an option differs from how it is done today.
    pub fn why(&self, option: &OptionSummary) -> Why {
        self.why_beside(option, self.today())
    }

    /// How an option differs from another, in the place of today's.
    pub fn why_beside(&self, option: &OptionSummary, other: &OptionSummary) -> Why {
        Why::of(option, other, self.months)
    }

    /// How much less an excluded option costs than the one that comes first. `None` if it is not excluded, costs as much or
    /// more, or none comes first.
    pub fn ahead(&self, option: &OptionSummary) -> Option<Money> {
        let first = self.options.iter().find(|first| first.rank == Some(1))?;
        let minor = first.cost.mean.minor - option.cost.mean.minor;
        (!option.excluded.is_empty() && 0 < minor).then_some(Money { minor, currency: first.cost.mean.currency })
    }
}

impl Why {
    fn of(option: &OptionSummary, today: &OptionSummary, months: u32) -> Why {
        let (now, cost) = (today.cost.mean, option.cost.mean);
        let money = |minor: i128| Money { minor, currency: cost.currency };
        let least = now.minor.abs() / 200;
        let mut changes: Vec<(CostPart, i128)> = CostPart::ALL
            .into_iter()
            .map(|part| (part, option.part(part).minor - today.part(part).minor))
            .filter(|(_, change)| least < change.abs())
            .collect();
        changes.sort_by_key(|(_, change)| -change.abs());
        let listed = |sign: i128| {
            let chosen = changes.iter().filter(|(_, change)| change.signum() == sign);
            chosen.map(|(part, change)| (*part, money(change.abs()))).collect()
        };
        let sum = |option: &OptionSummary, of: fn(&QueueSummary) -> f64| option.queues.iter().map(of).sum::<f64>();
        let all = sum(today, |queue| queue.offered + queue.outside_hours);
        let more = |of| if 0.0 < all { (sum(option, of) - sum(today, of)) / all } else { 0.0 };
        let change = cost.minor - now.minor;
        Why {
            change: money(change),
            share: if now.minor == 0 { 0.0 } else { change as f64 / now.minor as f64 },
            saved: listed(-1),
            added: listed(1),
            service_points: points(option.service_level(), today.service_level()),
            freed: freed(option, today, months),
            earned_back: earned_back(option, today),
            come_back: more(|queue| queue.returned),
            find_closed: more(|queue| queue.outside_hours),
        }
    }
}

/// A share less another, in whole hundredths; 0 where nobody came.
fn points(one: Option<f64>, other: Option<f64>) -> i64 {
    one.zip(other).map_or(0, |(one, other)| ((one - other) * 100.0).round() as i64)
}

/// The month by whose end no more has been paid for an option than for today's, nor is later, after more was.
fn earned_back(option: &OptionSummary, today: &OptionSummary) -> Option<Month> {
    let mut months: Vec<Month> =
        option.cash_by_month.iter().chain(&today.cash_by_month).map(|paid| paid.month).collect();
    months.sort_unstable();
    months.dedup();
    let ahead = |month: &Month| today.paid_by(*month).minor < option.paid_by(*month).minor;
    months.get(months.iter().rposition(ahead)? + 1).copied()
}

/// What an option takes less of than today's, of the costs per handled hour.
fn freed(option: &OptionSummary, today: &OptionSummary, months: u32) -> Vec<Freed> {
    let a_year = Exact::ratio(12, i128::from(months.max(1))).expect("not 0 below");
    let still = |what: &str| option.other_costs.iter().find(|cost| cost.what == what)?.handled_hours.clone();
    let less = today.other_costs.iter().filter_map(|cost| {
        let hours = &(cost.handled_hours.as_ref()? - &still(&cost.what).unwrap_or_default()) * &a_year;
        (Exact::one() <= hours).then(|| Freed { what: cost.what.clone(), hours_a_year: hours })
    });
    let mut freed: Vec<Freed> = less.collect();
    freed.sort_by(|one, other| other.hours_a_year.cmp(&one.hours_a_year));
    freed
}
