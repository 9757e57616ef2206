//! What misses cost, before the cap on all of them.

use longshore_units::{Amount, Exact, Factor, RoundHow, plural};

use super::at_risk::AtRisk;
use super::verdict::Settled;
use super::{Base, at_risk, percent};
use crate::invoice::Detail;
use crate::price::bill::Bill;
use crate::price::draft::amount_detail;
use crate::{Linear, Pays, Per, PointPrice, Points, Verdict};

/// What a term costs the provider before the cap; the details take it off.
pub(super) struct Owed {
    pub per: Per,
    pub amount: Amount,
    pub detail: Vec<Detail>,
}

/// What each of the settled terms costs, in their order.
pub(super) fn owed(bill: &Bill<'_>, at_risk: &AtRisk, settled: &[Settled<'_>]) -> Vec<Owed> {
    let misses: Vec<Miss> = settled.iter().map(|settled| Miss::of(bill, at_risk, settled)).collect();
    let points: Exact = misses.iter().fold(Exact::zero(), |sum, miss| &sum + &miss.points);
    let worth = worth(bill, &points);
    settled.iter().zip(misses).map(|(settled, miss)| miss.owed(settled, &points, &worth)).collect()
}

/// What a miss brings, repeats included: money, or points that are yet to become money.
struct Miss {
    points: Exact,
    amount: Amount,
    detail: Vec<Detail>,
}

impl Miss {
    fn of(bill: &Bill<'_>, at_risk: &AtRisk, settled: &Settled<'_>) -> Miss {
        let mut miss = Miss { points: Exact::zero(), amount: Amount::zero(), detail: Vec::new() };
        if settled.verdict != Verdict::Missed {
            return miss;
        }
        let instead = settled.instead();
        match reached(settled) {
            Some(Pays::Share(share)) => {
                let (amount, says) = Base::of(bill, at_risk, settled).share(share);
                miss.take(format!("{instead}: {says}"), amount);
            }
            Some(Pays::Amount(amount)) => miss.take(instead, amount.clone()),
            Some(Pays::Points(points)) => miss.points = Exact::from(u64::from(*points)),
            None => {
                if let Some(linear) = &settled.sla.linear {
                    let (share, steps) = growing(settled, linear);
                    let (amount, says) = Base::of(bill, at_risk, settled).share(&share);
                    miss.take(format!("{instead}, {steps}: {says}"), amount);
                }
            }
        }
        miss.repeat(bill, settled);
        miss
    }

    fn take(&mut self, rule: String, amount: Amount) {
        self.detail.push(amount_detail(rule, -&amount));
        self.amount += &amount;
    }

    fn repeat(&mut self, bill: &Bill<'_>, settled: &Settled<'_>) {
        let Some(repeat) = &settled.sla.repeat else { return };
        let misses = settled.misses(bill, repeat.within_months);
        if misses < repeat.misses {
            return;
        }
        let more = Factor(&repeat.times.0 - &Exact::one());
        let within = plural(repeat.within_months, "month");
        let rule = format!("{} within {within}: times {}", super::so_many_misses(misses), repeat.times.0);
        self.points = &self.points * &repeat.times.0;
        let again = &self.amount * &more;
        if !again.is_zero() {
            self.take(rule, again);
        }
    }

    /// What it costs, once all points are known and what they come to.
    fn owed(mut self, settled: &Settled<'_>, points: &Exact, worth: &Amount) -> Owed {
        if let Some(share) = self.points.divided_by(points)
            && !self.points.is_zero()
        {
            let (mine, all) = (self.points.to_decimal(4), points.to_decimal(4));
            let rule = format!(
                "{}: {mine} of the month's {all} points, which come to {}",
                settled.instead(),
                worth.0.to_decimal(2)
            );
            self.take(rule, worth * &Factor(share));
        }
        Owed { per: settled.sla.per, amount: self.amount, detail: self.detail }
    }
}

/// What the deepest band that is reached pays.
fn reached<'s>(settled: &'s Settled<'_>) -> Option<&'s Pays> {
    let more_is_better = settled.sla.target.more_is_better;
    let reached = settled.sla.credits.iter().filter(|band| settled.is_beyond(&band.beyond, !more_is_better));
    let deepest = reached.min_by(|one, other| match more_is_better {
        true => one.beyond.cmp(&other.beyond),
        false => other.beyond.cmp(&one.beyond),
    });
    deepest.map(|band| &band.pays)
}

/// The share of a credit that grows by steps, and how many they are.
fn growing(settled: &Settled<'_>, linear: &Linear) -> (Factor, String) {
    let target = &settled.sla.target;
    let away = if target.more_is_better { &target.at - &settled.value } else { &settled.value - &target.at };
    let steps = away.divided_by(&linear.step).expect("a step has a length").rounded_to(&Exact::one(), RoundHow::Down);
    let share = Factor(&linear.share.0 * &steps);
    let says = format!("{} times {}", steps.to_decimal(0), target.unit.written(&linear.step));
    match &linear.at_most {
        Some(most) if most < &share => (most.clone(), format!("{says}, at most {}", percent(most))),
        _ => (share, says),
    }
}

/// What points come to.
fn worth(bill: &Bill<'_>, points: &Exact) -> Amount {
    let Some(worth) = bill.contract.at_risk.as_ref().and_then(|at_risk| at_risk.points.as_ref()) else {
        return Amount::zero(); // A contract that gives points says what they are worth.
    };
    if points.is_zero() {
        return Amount::zero();
    }
    let charges = || at_risk::charges(bill, bill.month);
    match worth {
        Points::Each(bands) => {
            let start = |position: usize| bands.get(position).map(|(above, _)| Exact::from(u64::from(*above)));
            let of_band = |(position, (_, price)): (usize, &(u32, PointPrice))| {
                let end = start(position + 1).map_or_else(|| points.clone(), |next| next.min(points.clone()));
                let within = Factor((&end - &start(position).expect("it is one of them")).max(Exact::zero()));
                match price {
                    PointPrice::Amount(amount) => amount * &within,
                    PointPrice::Share(share) => &(&charges() * share) * &within,
                }
            };
            bands.iter().enumerate().map(of_band).sum()
        }
        Points::Bands(bands) => {
            let reached = bands.iter().rev().find(|(from, _)| Exact::from(u64::from(*from)) <= *points);
            reached.map_or(Amount::zero(), |(_, share)| &charges() * share)
        }
    }
}
