//! Rules that look at earlier months of which nobody has said anything.

use longshore_contract::{
    Charge, ChargeKind, Contract, Counted, DiscountOf, Due, InForce, LineKind, MinimumOf, Per, Sla, Tariff, Tiers,
};
use longshore_units::{Amount, Month, Term};

use crate::item::{Item, Names};

/// A line of a month that hangs on earlier months, and those of them of which nothing is known.
///
/// The month is priced as if nothing had been used in these.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Untold {
    pub item: Item,
    pub months: Vec<Month>, // Invariant: not empty, in order.
    bound: Bound,
}

/// What is said of a line by its amount if nothing was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    /// It is never more: units that were used before only lead to cheaper ones.
    Most,
    /// It is never less.
    Least,
    /// Nothing.
    Open,
}

impl Untold {
    /// Whether something that was used in these months may make what is billed of what is owed if nothing was.
    pub fn may_explain(&self, billed: &Amount, owed: &Amount) -> bool {
        match self.bound {
            Bound::Most => billed < owed,
            Bound::Least => owed < billed,
            Bound::Open => billed != owed,
        }
    }
}

/// Who knows what of earlier months.
pub(crate) struct Told<'t> {
    /// Whether a month is billed, or its quantities are known.
    pub month: &'t dyn Fn(Month) -> bool,
    /// Whether it is known how many units a month used of a charge whose included units stay for later ones.
    pub units: &'t dyn Fn(&Item, Month) -> bool,
    /// Whether an SLA term's measure is known.
    pub measure: &'t dyn Fn(&Sla, Month) -> bool,
}

/// The lines of a month that hang on months of which nothing is known.
pub(crate) fn lines(in_force: &InForce<'_>, names: &Names, month: Month, told: &Told<'_>) -> Vec<Untold> {
    let mut lines: Vec<Untold> = Vec::new();
    for (_, terms) in in_force.of_month(month) {
        let looking = Looking { terms, names, term: in_force.term(), month, told };
        let more = [looking.charges(), looking.minimums(), looking.discounts(), looking.prepaid(), looking.service()];
        for line in more.into_iter().flatten() {
            if !line.months.is_empty() && lines.iter().all(|known| known.item != line.item) {
                lines.push(line);
            }
        }
    }
    lines
}

/// A version of the terms, in the month that is looked at.
struct Looking<'l, 'c> {
    terms: &'c Contract,
    names: &'l Names,
    term: Term,
    month: Month,
    told: &'l Told<'l>,
}

impl Looking<'_, '_> {
    /// The months from one on and before this one, of which `is_told` knows nothing.
    fn since(&self, first: Month, is_told: impl Fn(Month) -> bool) -> Vec<Month> {
        let first = first.max(Month::of(self.term.starts));
        Month::through(first, self.month).filter(|month| *month < self.month && !is_told(*month)).collect()
    }

    /// The earlier months of a period that are not told, if the line is one of that period.
    fn of_period(&self, per: Per) -> Vec<Month> {
        self.since(per.period(self.term, self.month).0, self.told.month)
    }

    /// Whether a period is settled with the month.
    fn is_settled(&self, per: Per) -> bool {
        per.period(self.term, self.month).1 == Some(self.month)
    }

    fn charges(&self) -> Vec<Untold> {
        let charges = self.terms.charges.iter().filter_map(|charge| {
            let ChargeKind::Counted(counted) = &charge.kind else { return None };
            let item = self.names.item(LineKind::Charge, &charge.name);
            if let Some(bound) = self.climbed(charge, counted) {
                let per =
                    self.priced_by(counted).filter(|_| counted.per == Per::Month).map_or(counted.per, |of| of.per);
                return Some(Untold { months: self.of_period(per), item, bound });
            }
            let rolls_over = counted.included.as_ref().is_some_and(|included| 0 < included.rollover_months);
            rolls_over.then(|| {
                let months = self.since(Month::of(self.term.starts), |month| (self.told.units)(&item, month));
                Untold { item, months, bound: Bound::Most }
            })
        });
        charges.collect()
    }

    /// What is known of a charge whose units, or whose line, come to something over more than a month.
    fn climbed(&self, charge: &Charge, counted: &Counted) -> Option<Bound> {
        let of = self.priced_by(counted).filter(|of| of.per != Per::Month);
        let is_limited = charge.limits.most.is_some() || charge.limits.least.is_some();
        let is_own = counted.per != Per::Month && (counted.tariff.single().is_none() || is_limited);
        let of = of.map(|of| &of.tariff);
        (is_own || of.is_some()).then(|| {
            let is_cheaper = [Some(&counted.tariff), of].into_iter().flatten().all(only_gets_cheaper);
            if is_cheaper { Bound::Most } else { Bound::Open }
        })
    }

    /// The charge by whose price a unit of this one is priced, where a volume chooses that.
    fn priced_by(&self, counted: &Counted) -> Option<&Counted> {
        let Tariff::OfPrice { of, .. } = &counted.tariff else { return None };
        let of = self.terms.counted(*of)?;
        matches!(of.tariff, Tariff::Bands { tiers: Tiers::Volume, .. }).then_some(of)
    }

    fn minimums(&self) -> Vec<Untold> {
        let settled = self.terms.minimums.iter().filter(|it| it.per != Per::Month && self.is_settled(it.per));
        let untold = settled.map(|minimum| {
            let is_beyond = matches!(minimum.of, MinimumOf::Volume { beyond: Some(_), .. });
            let bound = if is_beyond { Bound::Open } else { Bound::Most };
            let item = self.names.item(LineKind::Minimum, &minimum.name);
            Untold { item, months: self.of_period(minimum.per), bound }
        });
        untold.collect()
    }

    fn discounts(&self) -> Vec<Untold> {
        let rebates = self.terms.discounts.iter().filter_map(|discount| {
            let DiscountOf::Rebate { per, bands } = &discount.of else { return None };
            let rises = bands.windows(2).all(|pair| pair[0].1 <= pair[1].1);
            let item = self.names.item(LineKind::Discount, &discount.name);
            let bound = if rises { Bound::Most } else { Bound::Open };
            (*per != Per::Month).then(|| Untold { item, months: self.of_period(*per), bound })
        });
        rebates.collect()
    }

    /// What is drawn down of prepayments: no more than if nothing had been so far.
    fn prepaid(&self) -> Vec<Untold> {
        let drawn = self.terms.prepaid.iter().map(|prepaid| {
            let paid = match prepaid.due {
                Due::Once(on) => Month::of(on),
                Due::Monthly => Month::of(self.term.starts),
            };
            let keeps = prepaid.expires_months.and_then(|months| self.month.plus(1 - i32::try_from(months).ok()?));
            let first = keeps.map_or(paid, |keeps| keeps.max(paid));
            let item = self.names.item(LineKind::Prepaid, &prepaid.drawdown());
            Untold { item, months: self.since(first, self.told.month), bound: Bound::Least }
        });
        drawn.collect()
    }

    fn service(&self) -> Vec<Untold> {
        let mut lines = Vec::new();
        for sla in self.terms.slas.iter().filter(|sla| self.is_settled(sla.per)) {
            let [credit, _, earned_back] = sla.lines().map(|name| self.names.item(LineKind::Service, &name));
            let before = |months: u32| self.month.plus(-i32::try_from(months).unwrap_or(i32::MAX / 2));
            let measured = |month| (self.told.measure)(sla, month);
            let since = |months: u32| self.since(before(months).unwrap_or(Month::of(self.term.starts)), measured);
            if sla.per != Per::Month {
                // Credits are shares of what the whole period came to.
                lines.push(Untold { item: credit, months: self.of_period(sla.per), bound: Bound::Open });
            } else if let Some(repeat) = sla.repeat.as_ref().filter(|repeat| 1 < repeat.within_months) {
                lines.push(Untold { item: credit, months: since(repeat.within_months - 1), bound: Bound::Most });
            }
            if let Some(months) = sla.earn_back_months {
                lines.push(Untold { item: earned_back, months: since(months), bound: Bound::Open });
            }
        }
        lines
    }
}

/// Whether a unit that comes later never costs more.
fn only_gets_cheaper(tariff: &Tariff) -> bool {
    let Tariff::Bands { bands, tiers, .. } = tariff else { return true };
    let prices: Vec<_> = bands.iter().map(|band| &band.price).collect();
    bands.is_plain() && *tiers != Tiers::StairStep && prices.windows(2).all(|pair| pair[1] <= pair[0])
}

/// Months as people write several of them: `2027-01, 2027-03 to 2027-06`.
pub(crate) fn written(months: &[Month]) -> String {
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if last.next() == Some(*month) => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    let run = |(first, last): &(Month, Month)| match first == last {
        true => first.to_string(),
        false => format!("{first} to {last}"),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}
