//! Lines that the contract reckons on other lines: shares, minimums, credits, tax.

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{ChargeKind, Contract, DiscountOf, LineKind};
use longshore_units::Amount;

use super::Case;
use crate::item::{Item, Names};
use crate::unknown::{besides, fix};
use crate::{Cause, Confidence, Finding};

/// The terms with the month's other lines as they are billed: what the contract's rule comes to on these.
#[derive(Clone, Debug)]
pub(super) struct AsBilled<'a> {
    /// The line that is looked at, and stays as it is.
    item: &'a Item,
    charges: BTreeMap<String, Amount>,
    /// What is no charge, as it is billed too; none where the contract's rules reckon it on the charges as they are billed.
    others: Option<BTreeMap<&'a Item, Amount>>,
    /// What the contract does not know.
    besides: Amount,
}

impl<'a> AsBilled<'a> {
    /// The month's lines as its invoices have them, those that stand twice or that the contract does not know among them or
    /// not; the lines that are no charges as billed, or as the contract reckons them on the charges.
    fn of(case: &Case<'a, '_>, with_unmatched: bool, with_others: bool) -> AsBilled<'a> {
        let mut as_billed = AsBilled {
            item: case.item,
            charges: BTreeMap::new(),
            others: with_others.then(BTreeMap::new),
            besides: Amount::zero(),
        };
        let of_month = case.billed_items.iter().filter(|((month, item), _)| *month == case.month && item != case.item);
        for ((_, item), amount) in of_month {
            as_billed.add(item, amount);
        }
        for (item, line) in case.invoice.unmatched.iter().filter(|_| with_unmatched) {
            match item {
                Some(item) if *item == case.item => {}
                Some(item) => as_billed.add(item, &line.amount),
                None => as_billed.besides += &line.amount,
            }
        }
        as_billed
    }

    fn add(&mut self, item: &'a Item, amount: &Amount) {
        match (item.kind, &mut self.others) {
            (LineKind::Charge, _) => *self.charges.entry(item.name.clone()).or_default() += amount,
            (_, Some(others)) => *others.entry(item).or_default() += amount,
            (_, None) => {}
        }
    }

    /// Puts the amounts into a version of the contract.
    pub fn put(&self, names: &Names, terms: &mut Contract) {
        let round = terms.round.clone();
        for charge in &mut terms.charges {
            let name = names.latest(&charge.name).to_owned();
            // What is taken as it is billed stands among the charges, though it is none.
            let is_other = !names.is_charge(&name);
            if is_other && self.others.is_some() && self.item.kind == LineKind::Tax {
                fix(charge, &round, &Amount::zero());
                continue;
            }
            if (self.item.kind == LineKind::Charge && self.item.name == name)
                || is_other
                || matches!(charge.kind, ChargeKind::Once { .. }) && !self.charges.contains_key(&name)
            {
                continue;
            }
            fix(charge, &round, &self.charges.get(&name).cloned().unwrap_or_default());
        }
        let beside = &self.besides + &self.put_others(names, terms);
        if !beside.is_zero() {
            terms.charges.push(besides("billed besides".to_owned(), &round, &beside));
        }
    }

    /// Puts what is no charge into a version of the contract, and says what of it stands beside the contract's own lines: all
    /// that is taxed. Other rules look at charges and their discounts alone.
    fn put_others(&self, names: &Names, terms: &mut Contract) -> Amount {
        let Some(others) = &self.others else { return Amount::zero() };
        for discount in &mut terms.discounts {
            let item = names.item(LineKind::Discount, &discount.name);
            if item != *self.item {
                discount.of = DiscountOf::Amount(-&others.get(&item).cloned().unwrap_or_default());
                (discount.from, discount.until) = (None, None);
            }
        }
        if self.item.kind != LineKind::Tax {
            return Amount::zero();
        }
        terms.minimums.clear();
        terms.prepaid.clear();
        terms.slas.clear();
        terms.pay.exchange = None;
        let is_beside =
            |kind| matches!(kind, LineKind::Minimum | LineKind::Prepaid | LineKind::Service | LineKind::Exchange);
        others.iter().filter(|(item, _)| is_beside(item.kind)).map(|(_, amount)| amount.clone()).sum()
    }
}

/// What of a difference is the contract's own rule on other lines, and these lines.
#[derive(Clone, Debug)]
pub(super) struct Consequence<'a> {
    pub amount: Amount,
    pub as_billed: AsBilled<'a>,
}

/// What the contract's rule comes to on other lines as they are billed, beyond what is owed: in each of the ways in which they
/// may be taken, the invoice's own lines first. Each amount once, and none that is nothing.
pub(super) fn consequences<'a>(case: &Case<'a, '_>) -> Vec<Consequence<'a>> {
    let mut found: Vec<Consequence<'a>> = Vec::new();
    if case.item.kind == LineKind::Charge && !is_share(case) {
        return found;
    }
    let owed = case.item().map(|item| item.amount.clone()).unwrap_or_default();
    for (with_unmatched, with_others) in [(true, true), (false, true), (true, false), (false, false)] {
        let as_billed = AsBilled::of(case, with_unmatched, with_others);
        let names = &case.owed.names;
        let otherwise = case.owed.otherwise(case.month, |terms| as_billed.put(names, terms), None);
        let Some(otherwise) = otherwise else { continue };
        let on_billed = otherwise.get(case.item).map(|item| item.amount.clone()).unwrap_or_default();
        // What the month's earlier invoices billed too much followed from their lines.
        let amount = &(&on_billed - &owed) - &case.earlier;
        if !amount.is_zero() && found.iter().all(|known| known.amount != amount) {
            found.push(Consequence { amount, as_billed });
        }
    }
    found
}

impl Consequence<'_> {
    pub fn finding(&self, case: &Case<'_, '_>, confidence: Confidence) -> Finding {
        let wrong: Vec<String> = wrong(case).iter().map(|name| format!("`{name}`")).collect();
        let on = match wrong.as_slice() {
            [] => "lines that are not billed as they are owed".to_owned(),
            [only] => format!("{only}, which is not billed as it is owed"),
            several => format!("{}, which are not billed as they are owed", several.join(", ")),
        };
        let how = format!("`{}` is reckoned by the contract's rule on {on}", case.item.name);
        let remedy = "it mends itself once those lines are mended";
        case.finding(Cause::Follows, self.amount.clone(), confidence, how, remedy)
    }
}

/// The other lines of the month that the rule looks at, and that are not billed as they are owed.
fn wrong(case: &Case<'_, '_>) -> BTreeSet<String> {
    let is_looked_at = |item: &Item| match case.item.kind {
        LineKind::Charge => item.kind == LineKind::Charge,
        LineKind::Tax => !matches!(item.kind, LineKind::Deposit | LineKind::Rounding),
        _ => matches!(item.kind, LineKind::Charge | LineKind::Discount),
    };
    let owed = case.owed.of(case.month);
    let owes = |item: &Item| owed.and_then(|items| items.get(item)).map(|item| item.amount.clone()).unwrap_or_default();
    let bills = |item: &Item| case.billed_items.get(&(case.month, item.clone())).cloned().unwrap_or_default();
    let billed = case.billed_items.keys().filter(|(month, _)| *month == case.month).map(|(_, item)| item);
    let owed = owed.into_iter().flat_map(|items| items.keys());
    let of_month = owed.chain(billed).filter(|item| *item != case.item && is_looked_at(item));
    let wrong = of_month.filter(|item| owes(item) != bills(item)).map(|item| item.name.clone());
    let unmatched = case.invoice.unmatched.iter().map(|(item, line)| match item {
        Some(item) => item.name.clone(),
        None => line.description.clone(),
    });
    wrong.chain(unmatched).collect()
}

fn is_share(case: &Case<'_, '_>) -> bool {
    let charge = case.terms().and_then(|terms| case.charge(terms));
    charge.is_some_and(|charge| matches!(charge.kind, ChargeKind::Share(_)))
}
