//! What stands over several lines: discounts, minimums of money, credits and bonuses for the service, tax.

use std::collections::BTreeMap;

use jiff::civil::Date;
use longshore_contract::{Contract, Discount, DiscountOf, MinimumOf, Pays, Proration, RoundAt, Sla};
use longshore_units::{Amount, Exact, Month};

use super::{Reckoning, min, share, sum, zero};

impl Reckoning<'_> {
    /// The lines of a month under the terms of its end.
    pub(super) fn over_lines(&mut self, terms: &Contract, month: Month) -> BTreeMap<String, Exact> {
        let rounded = |amount: &Exact| match terms.round.at {
            RoundAt::Invoice => amount.clone(),
            _ => Amount(amount.clone()).rounded(&terms.round.rounding).0,
        };
        let mut lines: BTreeMap<String, Exact> = BTreeMap::new();
        for discount in &terms.discounts {
            let taken = self.taken(terms, discount, month, &rounded);
            if taken.is_zero() {
                continue;
            }
            for (charge, part) in self.parts(terms, discount, month, &taken) {
                let off = self.taken_off.entry((charge.clone(), month)).or_insert_with(zero);
                *off = &*off - &part;
                self.rebated.entry((discount.name.clone(), charge)).or_default().push((month, part));
            }
            self.lines.insert((discount.name.clone(), month), -&taken);
            lines.insert(discount.name.clone(), -&taken);
        }
        for minimum in &terms.minimums {
            let MinimumOf::Amount { amount, prorate } = &minimum.of else { panic!("no random minimum is of volume") };
            let of_month = match prorate {
                Proration::Day => share(self.term.days_in(month), month.days()),
                Proration::None => Exact::one(),
            };
            let missing = &(&amount.0 * &of_month) - &self.left(terms, &minimum.on, month);
            if zero() < missing {
                lines.insert(minimum.name.clone(), rounded(&missing));
            }
        }
        for (name, amount) in self.service(terms, month, &rounded) {
            lines.insert(name, amount);
        }
        if let Some(tax) = &terms.tax {
            let mut all: Exact = sum(lines.values().cloned());
            let of_month = self.lines.iter().filter(|((name, of), _)| *of == month && !lines.contains_key(name));
            all = &all + &sum(of_month.map(|(_, line)| line.clone()));
            lines.insert(tax.kind.clone(), rounded(&(&all * &tax.share.0)));
        }
        lines
    }

    /// What charges came to in a month.
    fn charged(&self, terms: &Contract, on: &[usize], month: Month) -> Exact {
        let lines = on.iter().filter_map(|on| self.lines.get(&(terms.charges[*on].name.clone(), month)));
        sum(lines.cloned())
    }

    /// The same less the discounts on them.
    fn left(&self, terms: &Contract, on: &[usize], month: Month) -> Exact {
        let off = on.iter().filter_map(|on| self.taken_off.get(&(terms.charges[*on].name.clone(), month)));
        &self.charged(terms, on, month) + &sum(off.cloned())
    }

    /// What is taken off each charge: by the lines of the month, or for a rebate all that was given of it within its period by
    /// all that its charges came to, less what the charge was given already.
    fn parts(&self, terms: &Contract, discount: &Discount, month: Month, taken: &Exact) -> Vec<(String, Exact)> {
        let first = match &discount.of {
            DiscountOf::Rebate { per, .. } => per.period(self.term, month).0,
            DiscountOf::Share(_) | DiscountOf::Amount(_) => month,
        };
        let came_to = |on: &[usize]| {
            let months = Month::through(first, month);
            sum(months.map(|month| &self.charged(terms, on, month) * &self.days(discount, month)))
        };
        let given = |charge: &String| {
            let months = self.rebated.get(&(discount.name.clone(), charge.clone())).into_iter().flatten();
            sum(months.filter(|(month, _)| first <= *month).map(|(_, part)| part.clone()))
        };
        let names = || discount.on.iter().map(|on| terms.charges[*on].name.clone());
        let (all, earned) = (taken + &sum(names().map(|name| given(&name))), came_to(&discount.on));
        let part = |(on, name): (&usize, String)| {
            let due = came_to(&[*on]).divided_by(&earned).map_or_else(zero, |share| &all * &share);
            let part = &due - &given(&name);
            (name, part)
        };
        discount.on.iter().zip(names()).map(part).collect()
    }

    /// What a discount takes off; below 0 where a rebate is taken back.
    fn taken(&self, terms: &Contract, discount: &Discount, month: Month, rounded: &dyn Fn(&Exact) -> Exact) -> Exact {
        let left = self.left(terms, &discount.on, month);
        let left = if left.is_negative() { zero() } else { left };
        let days = |month: Month| self.days(discount, month);
        match &discount.of {
            DiscountOf::Share(percent) => {
                let amount = &(&self.charged(terms, &discount.on, month) * &percent.0) * &days(month);
                min(&rounded(&amount), &left).clone()
            }
            DiscountOf::Amount(amount) => min(&rounded(&(&amount.0 * &days(month))), &left).clone(),
            DiscountOf::Rebate { per, bands } => {
                let (first, _) = per.period(self.term, month);
                let mut months: Vec<Month> = Month::through(first, month).collect();
                let all = sum(months.iter().map(|month| &self.charged(terms, &discount.on, *month) * &days(*month)));
                months.pop();
                let given = months.iter().filter_map(|month| self.lines.get(&(discount.name.clone(), *month)));
                let reached = bands.iter().rev().find(|(from, _)| from.0 <= all);
                let owed = reached.map_or_else(zero, |(_, percent)| &all * &percent.0);
                rounded(&(&owed + &sum(given.cloned())))
            }
        }
    }

    /// The share of a month's days of the term on which a discount holds.
    fn days(&self, discount: &Discount, month: Month) -> Exact {
        let holds = |day: &Date| {
            self.term.contains(*day)
                && discount.from.is_none_or(|from| from <= *day)
                && discount.until.is_none_or(|until| *day <= until)
        };
        let days: Vec<Date> = month.first().series(jiff::Span::new().days(1)).take(month.days() as usize).collect();
        let of_term = days.iter().filter(|day| self.term.contains(**day)).count();
        let held = days.iter().filter(|day| holds(day)).count();
        share(held as i128, of_term as i128)
    }

    /// Credits and bonuses of SLA terms by the month, all credits together at most the amount at risk.
    fn service(&self, terms: &Contract, month: Month, rounded: &dyn Fn(&Exact) -> Exact) -> Vec<(String, Exact)> {
        let affected = |on: &[usize]| {
            let left = self.left(terms, on, month);
            if left.is_negative() { zero() } else { left }
        };
        let mut lines = Vec::new();
        let [sla] = terms.slas.as_slice() else { return lines }; // One at most is drawn.
        let Some(value) = self.measured.get(&(sla.name.clone(), month)) else { return lines };
        let months_before = month.since(Month::of(self.term.starts));
        let is_missed = *value < sla.target.at && sla.grace_months as i32 <= months_before;
        let deepest = sla.credits.iter().filter(|band| *value < band.beyond).min_by_key(|band| band.beyond.clone());
        if let Some(band) = deepest.filter(|_| is_missed) {
            let mut credit = &pays(&band.pays, &affected(&sla.on)) * &self.times(sla, month);
            credit = rounded(&credit);
            if let Some(at_risk) = &terms.at_risk {
                credit = self.at_most(terms, &(&affected(&sla.on) * &at_risk.cap.0), credit);
            }
            lines.push((sla.name.clone(), -&credit));
        }
        let furthest = sla.bonuses.iter().filter(|band| band.beyond < *value).max_by_key(|band| band.beyond.clone());
        if let Some(band) = furthest {
            lines.push((format!("{}: bonus", sla.name), rounded(&pays(&band.pays, &affected(&sla.on)))));
        }
        lines
    }

    /// A credit within the room that is left, in whole steps of the contract's rounding.
    fn at_most(&self, terms: &Contract, room: &Exact, credit: Exact) -> Exact {
        if credit <= *room {
            return credit;
        }
        match terms.round.at {
            RoundAt::Invoice => room.clone(),
            _ => room.rounded_to(terms.round.rounding.to(), longshore_units::RoundHow::Down),
        }
    }

    /// What a repeated miss multiplies the credit with.
    fn times(&self, sla: &Sla, month: Month) -> Exact {
        let Some(repeat) = &sla.repeat else { return Exact::one() };
        let grace = Month::of(self.term.starts).plus(sla.grace_months as i32).unwrap();
        let missed = |month: &Month| {
            let value = self.measured.get(&(sla.name.clone(), *month));
            grace <= *month && value.is_some_and(|value| *value < sla.target.at)
        };
        let first = month.plus(1 - repeat.within_months as i32).unwrap().max(Month::of(self.term.starts));
        let misses = Month::through(first, month).filter(missed).count();
        if repeat.misses as usize <= misses { repeat.times.0.clone() } else { Exact::one() }
    }
}

fn pays(pays: &Pays, affected: &Exact) -> Exact {
    match pays {
        Pays::Share(share) => affected * &share.0,
        Pays::Amount(amount) => amount.0.clone(),
        Pays::Points(_) => panic!("no random term gives points"),
    }
}
