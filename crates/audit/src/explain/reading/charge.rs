//! Other readings of a charge.

use std::collections::BTreeMap;

use longshore_contract::{
    Bands, Charge, ChargeKind, Class, Contract, Counted, CounterOf, Overlap, Per, Proration, RoundAt, RoundRule, Scope,
    ShareOf, Surcharge, SurchargeBase, Tariff, Tiers, Usage, UsageKey, Used,
};
use longshore_units::{Exact, Factor, Quantity, RoundHow, Rounding};

use super::super::price::written;
use super::charges::{Charges, in_version};
use super::{Alternative, Case};
use crate::Cause;
use crate::used::taken_as_free;

/// Other readings of the charge that a case is about.
pub(super) fn alternatives(case: &Case<'_, '_>) -> Vec<Alternative> {
    let Some(terms) = case.terms() else { return Vec::new() };
    let Some(charge) = case.charge(terms) else { return Vec::new() };
    let mut found = Found { case, readings: Vec::new() };
    match &charge.kind {
        ChargeKind::Counted(counted) => {
            found.tiers(counted);
            found.included(counted);
            found.surcharges(counted);
            found.fees(counted);
            found.scope(counted);
        }
        ChargeKind::Ratio(_) => {
            for (how, name) in
                [(Some(RoundHow::Up), "rounded up"), (Some(RoundHow::Down), "rounded down"), (None, "not rounded")]
            {
                found.kind(Cause::Fixed, format!("the ratio {name}"), move |kind| {
                    if let ChargeKind::Ratio(ratio) = kind {
                        ratio.round = how;
                    }
                });
            }
        }
        ChargeKind::Share(share) => found.shares(terms, share),
        ChargeKind::Flat { .. } => found.flat(),
        ChargeKind::FourWeekly { .. } => {
            found.kind(Cause::Fixed, "by the month: twelve times a year and not thirteen", |kind| {
                if let ChargeKind::FourWeekly { amount } = kind {
                    *kind = ChargeKind::Flat { amount: amount.clone(), prorate: Proration::None };
                }
            });
        }
        ChargeKind::Once { .. } => {}
    }
    found.limits(charge);
    found.rounding(terms, charge);
    found.indexes(terms);
    found.versions();
    found.readings
}

struct Found<'a, 'b, 'c> {
    case: &'a Case<'b, 'c>,
    readings: Vec<Alternative>,
}

impl Found<'_, '_, '_> {
    /// A reading that changes the charge.
    fn charge(&mut self, cause: Cause, name: impl Into<String>, change: impl Fn(&mut Charge) + 'static) {
        let (names, of) = (self.case.owed.names.clone(), self.case.item.name.clone());
        self.readings.push(Alternative::of_terms(cause, name, move |terms| {
            if let Some(position) = names.position(terms, &of) {
                change(&mut terms.charges[position]);
            }
        }));
    }

    fn kind(&mut self, cause: Cause, name: impl Into<String>, change: impl Fn(&mut ChargeKind) + 'static) {
        self.charge(cause, name, move |charge| change(&mut charge.kind));
    }

    fn counted(&mut self, cause: Cause, name: impl Into<String>, change: impl Fn(&mut Counted) + 'static) {
        self.kind(cause, name, move |kind| {
            if let ChargeKind::Counted(counted) = kind {
                change(counted);
            }
        });
    }

    /// A reading that moves units from one place of the usage to another.
    fn moved(&mut self, cause: Cause, name: impl Into<String>, moves: Vec<(UsageKey, Quantity)>) {
        let mut usage: Usage = self.case.owed.usage.clone();
        for (key, quantity) in moves {
            if usage.add(key, Used::Sum { rows: 0, quantity }).is_err() {
                return;
            }
        }
        self.readings.push(Alternative::of_usage(cause, name, usage));
    }

    /// What was used of the charge in the month.
    fn used(&self) -> Vec<(UsageKey, Quantity)> {
        let case = self.case;
        let versions = case.owed.in_force.of_month(case.month);
        let used = versions.filter_map(|(version, terms)| {
            let position = case.owed.names.position(terms, &case.item.name)?;
            let used = case.owed.usage.of_counter(version, CounterOf::Charge(position), case.month);
            Some(used.map(|(key, used)| (key.clone(), used.quantity())).collect::<Vec<_>>())
        });
        used.flatten().collect()
    }

    fn tiers(&mut self, counted: &Counted) {
        let Tariff::Bands { bands, tiers, .. } = &counted.tariff else { return };
        if bands.count() > 1 {
            for (other, name) in [
                (Tiers::Graduated, "each unit at the price of the band it lies in (graduated)"),
                (Tiers::Volume, "all units at the price of the band that the volume reaches (volume)"),
            ] {
                if other != *tiers && *tiers != Tiers::StairStep {
                    self.counted(Cause::Tier, name, move |counted| {
                        if let Tariff::Bands { tiers, .. } = &mut counted.tariff {
                            *tiers = other;
                        }
                    });
                }
            }
            for (position, band) in bands.iter().enumerate() {
                let name = match position {
                    0 => format!("all units at the list price of {}", written(&band.price)),
                    _ => format!("all units at {}, the price of band {}", written(&band.price), position + 1),
                };
                let price = band.price.clone();
                self.counted(Cause::Tier, name, move |counted| {
                    if let Tariff::Bands { bands, tiers, .. } = &mut counted.tariff {
                        (*bands, *tiers) = (Bands::flat(price.clone()), Tiers::Graduated);
                    }
                });
            }
        }
        if bands.iter().any(|band| band.block.is_some()) {
            for (how, word) in [(RoundHow::Up, "up"), (RoundHow::Down, "down"), (RoundHow::HalfUp, "half up")] {
                let name = format!("begun blocks rounded {word}");
                self.counted(Cause::Tier, name, move |counted| blocks(counted, how));
            }
        }
        for other in [Per::Month, Per::Quarter, Per::Year, Per::Term] {
            if other != counted.per && bands.count() > 1 {
                let name = format!("bands climbed by the {} in place of the {}", other.word(), counted.per.word());
                self.counted(Cause::Tier, name, move |counted| counted.per = other);
            }
        }
    }

    fn included(&mut self, counted: &Counted) {
        let Some(included) = &counted.included else { return };
        self.counted(Cause::Included, "no included units taken off", |counted| counted.included = None);
        if included.rollover_months > 0 {
            self.counted(Cause::Included, "included units of earlier months lapsed", |counted| {
                counted.included.iter_mut().for_each(|included| included.rollover_months = 0);
            });
        }
        let other = if included.prorate == Proration::Day { Proration::None } else { Proration::Day };
        let name = if other == Proration::Day {
            "included units for the days of the term alone"
        } else {
            "all of a full month's included units"
        };
        self.counted(Cause::Included, name, move |counted| {
            counted.included.iter_mut().for_each(|included| included.prorate = other);
        });
        let name =
            if included.pooled { "included units for each group" } else { "included units shared by all groups" };
        self.counted(Cause::Included, name, |counted| {
            counted.included.iter_mut().for_each(|included| included.pooled = !included.pooled);
        });
        if let Some(taken) = taken_as_free(self.case.lines, counted).filter(|taken| *taken != included.quantity) {
            let name = format!("{taken} included units in place of {}", included.quantity);
            self.counted(Cause::Included, name, move |counted| {
                counted.included.iter_mut().for_each(|included| {
                    (included.quantity, included.prorate) = (taken.clone(), Proration::None);
                    included.rollover_months = 0;
                });
            });
        }
        let beyond: Vec<(UsageKey, Quantity)> =
            self.used().into_iter().take(1).map(|(key, _)| (key, included.quantity.clone())).collect();
        self.moved(Cause::Included, "the quantity billed is what goes beyond the included units", beyond);
    }

    /// A reading that changes the surcharge in a calendar, in each version that has one.
    fn surcharge(&mut self, calendar: &str, name: String, change: impl Fn(&mut Surcharge) + 'static) {
        let calendar = calendar.to_owned();
        self.counted(Cause::Surcharge, name, move |counted| {
            counted.surcharges.iter_mut().filter(|surcharge| surcharge.calendar == calendar).for_each(&change);
        });
    }

    fn surcharges(&mut self, counted: &Counted) {
        let used = self.used();
        for (position, surcharge) in counted.surcharges.iter().enumerate() {
            let calendar = surcharge.calendar.clone();
            let bears = |class: Class| class.has(position);
            let with = |class: Class| Class(class.0 | 1 << position);
            let all = used.iter().filter(|(key, _)| !bears(key.class));
            let all = all.flat_map(|(key, quantity)| moved(key, quantity, with(key.class)));
            self.moved(Cause::Surcharge, format!("the surcharge in {calendar} on all units"), all.collect());
            let none = used.iter().filter(|(key, _)| bears(key.class));
            let none = none.flat_map(|(key, quantity)| moved(key, quantity, Class(key.class.0 & !(1 << position))));
            self.moved(Cause::Surcharge, format!("no surcharge in {calendar}"), none.collect());
            self.surcharge(&calendar, format!("the surcharge in {calendar} twice"), |surcharge| {
                surcharge.share = Factor(&surcharge.share.0 * &Exact::from(2u64));
            });
            for (other, word) in [
                (SurchargeBase::List, "the list price"),
                (SurchargeBase::Marginal, "the price of the unit's own band"),
                (SurchargeBase::Average, "the average price"),
            ] {
                if other != surcharge.base {
                    self.surcharge(&calendar, format!("the surcharge in {calendar} on {word}"), move |surcharge| {
                        surcharge.base = other;
                    });
                }
            }
            for (at, swapped) in counted.surcharges.iter().enumerate() {
                if at != position {
                    let share = swapped.share.clone();
                    let name = format!("the surcharge in {calendar} at the percentage of {}", swapped.calendar);
                    self.surcharge(&calendar, name, move |surcharge| surcharge.share = share.clone());
                }
            }
        }
        if counted.surcharges.len() > 1 {
            let (other, name) = match counted.overlap {
                Overlap::Add => (Overlap::Highest, "of overlapping surcharges the highest alone"),
                Overlap::Highest => (Overlap::Add, "overlapping surcharges added up"),
            };
            self.counted(Cause::Surcharge, name, move |counted| counted.overlap = other);
        }
    }

    fn fees(&mut self, counted: &Counted) {
        if let Some(fee) = &counted.fee {
            let twice = longshore_units::Amount(&fee.amount.0 * &Exact::from(2u64));
            self.counted(Cause::Fixed, "the monthly fee twice", move |counted| {
                counted.fee.iter_mut().for_each(|fee| fee.amount = twice.clone());
            });
            self.counted(Cause::Fixed, "no monthly fee", |counted| counted.fee = None);
            self.counted(Cause::Fixed, "the monthly fee prorated otherwise", |counted| {
                counted.fee.iter_mut().for_each(|fee| fee.prorate = other(fee.prorate));
            });
        }
        if !counted.each_contact.fee.is_zero() {
            self.counted(Cause::Fixed, "no fee for each contact", |counted| {
                counted.each_contact.fee = longshore_units::Amount::zero();
            });
            self.counted(Cause::Fixed, "the fee for each contact twice", |counted| {
                let fee = &mut counted.each_contact.fee;
                *fee = &*fee + &fee.clone();
            });
        }
    }

    fn scope(&mut self, counted: &Counted) {
        if !matches!(&counted.tariff, Tariff::Bands { bands, .. } if 1 < bands.count()) {
            return; // One price is the same in one volume and in several.
        }
        let used = self.used();
        let groups: BTreeMap<&str, ()> = used.iter().map(|(key, _)| (key.group.as_str(), ())).collect();
        if groups.len() > 1 {
            let moves = used.iter().filter(|(key, _)| !key.group.is_empty()).flat_map(|(key, quantity)| {
                let to = UsageKey { group: String::new(), ..key.clone() };
                [(key.clone(), Quantity(-&quantity.0)), (to, quantity.clone())]
            });
            let name = format!("one volume for all, not for each {}", counted.scope.word());
            self.moved(Cause::Tier, name, moves.collect());
        }
        let mut by_group: BTreeMap<&str, Quantity> = BTreeMap::new();
        for line in self.case.lines {
            *by_group.entry(&line.group).or_default() += &crate::used::billed_quantity(&[line], counted);
        }
        let whole = used.iter().find(|(key, _)| key.group.is_empty() && key.class == Class::default());
        if let Some((key, _)) = whole
            && counted.scope == Scope::Contract
            && by_group.len() > 1
        {
            let moves = by_group.into_iter().filter(|(group, _)| !group.is_empty()).flat_map(|(group, quantity)| {
                let to = UsageKey { group: group.to_owned(), ..key.clone() };
                [(key.clone(), Quantity(-&quantity.0)), (to, quantity)]
            });
            self.moved(Cause::Tier, "each group's volume in bands of its own", moves.collect());
        }
    }

    fn shares(&mut self, terms: &Contract, share: &ShareOf) {
        for left_out in share.of.iter().copied().filter(|_| 1 < share.of.len()) {
            let name = format!("the share without `{}`", terms.charges[left_out].name);
            let left_out = Charges::one(self.case, terms, left_out);
            self.share(name, move |terms, of| {
                let left_out = left_out.positions(terms);
                of.into_iter().filter(|of| !left_out.contains(of)).collect()
            });
        }
        let all = Charges::all(self.case);
        self.share("the share of all charges", move |terms, _| {
            let is_share = |position: &usize| matches!(terms.charges[*position].kind, ChargeKind::Share(_));
            all.positions(terms).into_iter().filter(|position| !is_share(position)).collect()
        });
    }

    /// A reading that makes the charge a share of others, in each version by its own positions.
    fn share(&mut self, name: impl Into<String>, change: impl Fn(&Contract, Vec<usize>) -> Vec<usize> + 'static) {
        let (names, of) = (self.case.owed.names.clone(), self.case.item.name.clone());
        self.readings.push(Alternative::of_terms(Cause::Fixed, name, move |terms| {
            let Some(position) = names.position(terms, &of) else { return };
            let ChargeKind::Share(share) = &terms.charges[position].kind else { return };
            let changed = change(terms, share.of.clone());
            if let ChargeKind::Share(share) = &mut terms.charges[position].kind {
                share.of = changed;
            }
        }));
    }

    fn flat(&mut self) {
        self.kind(Cause::Fixed, "prorated otherwise: a whole month for a part of one, or a part for a whole", |kind| {
            if let ChargeKind::Flat { prorate, .. } = kind {
                *prorate = other(*prorate);
            }
        });
        let days = self.case.owed.in_force.term().days_in(self.case.month);
        for (above, below, name) in [(days, 30, "by days of a month of 30"), (2, 1, "two months")] {
            let Some(factor) = Factor::share(above, below) else { continue };
            self.kind(Cause::Fixed, name, move |kind| {
                if let ChargeKind::Flat { amount, prorate } = kind {
                    (*amount, *prorate) = (&*amount * &factor, Proration::None);
                }
            });
        }
    }

    fn limits(&mut self, charge: &Charge) {
        if charge.limits.discount.is_some() {
            self.charge(Cause::Discount, "without the line's discount", |charge| charge.limits.discount = None);
        }
        if charge.limits.most.is_some() {
            self.charge(Cause::Cap, "without the line's cap", |charge| charge.limits.most = None);
        }
        if charge.limits.least.is_some() {
            self.charge(Cause::Minimum, "without the line's minimum", |charge| charge.limits.least = None);
        }
        let order = charge.limits.order.0;
        for [a, b, c] in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let other = longshore_contract::LimitOrder([order[a], order[b], order[c]]);
            if other.0 != order {
                let words: Vec<&str> = other.0.iter().map(|limit| limit.word()).collect();
                let name = format!("in the order {}", words.join(", "));
                self.charge(Cause::Cap, name, move |charge| charge.limits.order = other);
            }
        }
    }

    fn rounding(&mut self, terms: &Contract, charge: &Charge) {
        let rule = terms.rounding_of(charge).clone();
        for (how, word) in [
            (RoundHow::Up, "up"),
            (RoundHow::Down, "down"),
            (RoundHow::HalfUp, "half up"),
            (RoundHow::HalfEven, "half to even"),
        ] {
            if let Ok(rounding) = Rounding::new(self.case.step.clone(), how)
                && (rule.at == RoundAt::Line && rounding != rule.rounding)
            {
                let rule = RoundRule { at: RoundAt::Line, rounding };
                self.charge(Cause::Rounding, format!("the line rounded {word}"), move |charge| {
                    charge.round = Some(rule.clone());
                });
            }
        }
    }

    fn indexes(&mut self, terms: &Contract) {
        if terms.indexes.is_empty() {
            return;
        }
        let change = |change: fn(&mut longshore_contract::Index)| {
            move |terms: &mut Contract| terms.indexes.iter_mut().for_each(change)
        };
        self.readings.push(Alternative::of_terms(Cause::Price, "prices without the index", |terms| {
            terms.indexes.clear();
        }));
        self.readings.push(Alternative::of_terms(
            Cause::Price,
            "the index without its cap",
            change(|index| index.at_most = None),
        ));
        self.readings.push(Alternative::of_terms(
            Cause::Price,
            "the index without its floor",
            change(|index| index.at_least = None),
        ));
        for (months, name) in
            [(6, "the index every half year"), (1, "the index every month"), (12, "the index every year")]
        {
            self.readings.push(Alternative::of_terms(Cause::Price, name, move |terms| {
                terms.indexes.iter_mut().for_each(|index| index.every_months = months);
            }));
        }
    }

    /// The same charge as other versions of the contract have it.
    fn versions(&mut self) {
        let case = self.case;
        for terms in case.owed.in_force.versions() {
            if 0 < terms.in_force.days_in(case.month) && case.owed.in_force.of_month(case.month).count() == 1 {
                continue;
            }
            let Some(position) = case.owed.names.position(terms, &case.item.name) else { continue };
            let charge = terms.charges[position].clone();
            let (starts, ends) = (terms.in_force.starts, terms.in_force.ends);
            let name = match ends.filter(|ends| *ends < case.month.first()) {
                Some(ends) => format!("the terms until {ends}, which an amendment replaced"),
                None => format!("the terms from {starts} on, which do not hold for all of {}", case.month),
            };
            let (names, item) = (case.owed.names.clone(), case.item.name.clone());
            let of: Vec<String> = terms.charges.iter().map(|charge| names.latest(&charge.name).to_owned()).collect();
            self.readings.push(Alternative::of_terms(Cause::Price, name, move |terms| {
                let Some(position) = names.position(terms, &item) else { return };
                let Some(kind) = in_version(&charge.kind, &of, &names, terms) else { return };
                let known = &mut terms.charges[position];
                (known.kind, known.limits) = (kind, charge.limits.clone());
            }));
        }
    }
}

fn other(prorate: Proration) -> Proration {
    match prorate {
        Proration::Day => Proration::None,
        Proration::None => Proration::Day,
    }
}

fn blocks(counted: &mut Counted, how: RoundHow) {
    let Tariff::Bands { bands, .. } = &mut counted.tariff else { return };
    let changed = bands.iter().cloned().map(|mut band| {
        band.block.iter_mut().for_each(|block| block.partial = how);
        band
    });
    if let Ok(changed) = Bands::new(changed.collect()) {
        *bands = changed;
    }
}

/// All of what one key used under another class.
fn moved(key: &UsageKey, quantity: &Quantity, class: Class) -> [(UsageKey, Quantity); 2] {
    [(key.clone(), Quantity(-&quantity.0)), (UsageKey { class, ..key.clone() }, quantity.clone())]
}
