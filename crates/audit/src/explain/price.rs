//! Prices and bands as a line shows them, and the readings that come to them.

use std::collections::BTreeSet;

use longshore_contract::{ChargeKind, Counted, Detail, DetailKind, Tariff};
use longshore_units::{Amount, Factor, Price, Quantity, RoundHow};

use super::arithmetic::{absolute, rounded, units};
use super::reading::{self, matching, remedy};
use super::{Case, divided, later, minimum, units as laid_out};
use crate::taken_back;
use crate::unit::conversion;
use crate::used::is_free;
use crate::{BilledLine, Cause, Confidence, Finding, LinePart};

/// What explains the rest of a difference that no arithmetic and no other line does.
pub(super) fn findings(case: &Case<'_, '_>, rest: &Amount) -> Vec<Finding> {
    let mut findings: Vec<Finding> = units(case).into_iter().collect();
    let shown = shown(case, rest);
    let sum: Amount = shown.iter().map(|shown| shown.amount.clone()).sum();
    let readings = matching(case, rest, None);
    if !shown.is_empty() && sum == *rest {
        let of_all = if shown.len() == 1 { readings } else { Vec::new() };
        findings.extend(shown.into_iter().map(|shown| finding_of(case, shown, of_all.clone())));
        return findings;
    }
    if !readings.is_empty() {
        findings.push(reading::finding(case, rest.clone(), readings, None));
        return findings;
    }
    // What the shown prices explain, and then what is left of it.
    let others = of_rest(case, &(rest - &sum));
    if others.is_some() || sum.0.is_negative() == rest.0.is_negative() {
        findings.extend(shown.into_iter().map(|shown| finding_of(case, shown, Vec::new())));
        findings.extend(others.into_iter().flatten());
    }
    findings
}

/// What is wrong with lines that are reckoned one by one: their arithmetic, and a price that is not the contract's.
pub(super) fn line_by_line(case: &Case<'_, '_>) -> Vec<Finding> {
    let (mut findings, _) = super::arithmetic::findings(case);
    for line in case.lines.iter().filter(|line| !case.corrections.contains(&line.number)) {
        let expected = taken_back::price(&case.owed.in_force, &case.owed.names, case.item, case.month, line);
        let off = taken_back::off(expected.as_ref(), line, &case.step);
        let (false, Some(expected), Some(shown)) = (off.is_zero(), expected, &line.price) else { continue };
        let how = format!(
            "line {} has {} a unit, and the contract {}",
            line.number,
            written(&shown.price),
            written(&expected)
        );
        let mut finding = case.finding(Cause::Price, off, Confidence::Certain, how, remedy(Cause::Price));
        finding.lines = vec![line.number];
        findings.push(finding);
    }
    findings
}

/// Lines that give back or ask for what another price makes of units that are billed elsewhere, where nothing else is wrong.
pub(super) fn correction(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    let first = case.lines.first().filter(|_| case.lines.iter().all(|line| case.corrections.contains(&line.number)))?;
    let billed: Amount = case.lines.iter().map(|line| line.amount.clone()).sum();
    let shown = first.price.as_ref().map(|shown| Price(absolute(&shown.price.0)))?;
    let (number, each, month) = (first.number, written(&shown), case.month);
    let (how, remedy) = match billed.0.is_negative() {
        true => (
            format!("line {number} gives back {each} a unit of what is billed for {month}, and takes back no units"),
            "set it against what was claimed of that price; beyond that it is to the buyer's favor",
        ),
        false => (
            format!("line {number} asks for {each} a unit more of what was billed for {month}, and bills no units"),
            "set it against what was billed too low; beyond that the contract has no such price",
        ),
    };
    (billed == *rest).then(|| case.finding(Cause::Price, rest.clone(), Confidence::Certain, how, remedy))
}

/// What the lines show of an amount: bands, rounding, another amount.
fn of_rest(case: &Case<'_, '_>, rest: &Amount) -> Option<Vec<Finding>> {
    if let Some(finding) = rounding(case, rest).or_else(|| fixed(case, rest)) {
        return Some(vec![finding]);
    }
    if let Some(finding) = minimum::shown(case, rest).or_else(|| reading::shown(case, rest)) {
        return Some(vec![finding]);
    }
    let readings = matching(case, rest, None);
    if !readings.is_empty() {
        return Some(vec![reading::finding(case, rest.clone(), readings, None)]);
    }
    later::beside(case, rest).map(|finding| vec![finding])
}

/// What lines show that is not the contract's.
pub(super) struct Shown {
    pub cause: Cause,
    pub amount: Amount,
    pub how: String,
    pub lines: Vec<usize>,
    /// Whether the lines alone say so.
    pub is_certain: bool,
}

fn finding_of(case: &Case<'_, '_>, shown: Shown, readings: Vec<reading::Reading>) -> Finding {
    let (lines, is_certain) = (shown.lines, shown.is_certain);
    let mut finding = reading::finding(case, shown.amount, readings, Some((shown.cause, shown.how)));
    finding.lines = lines;
    if !is_certain && finding.confidence == Confidence::Certain {
        finding.confidence = Confidence::Likely;
    }
    finding
}

/// What the lines of a charge show by themselves that is not the contract's: prices, bands, the fee.
fn shown(case: &Case<'_, '_>, rest: &Amount) -> Vec<Shown> {
    let Some(counted) = case.terms().and_then(|terms| case.counted(terms)) else { return Vec::new() };
    let laid_out = laid_out::shown(case);
    let is_looked_at =
        |line: &BilledLine| laid_out.is_none() || !matches!(line.part, LinePart::Units | LinePart::Overage);
    let mut shown: Vec<Shown> = Vec::new();
    for line in case.lines.iter().filter(|line| !case.corrections.contains(&line.number) && is_looked_at(line)) {
        let Some(of_line) = at_another_price(case, counted, line) else { continue };
        match shown.iter_mut().find(|known| known.cause == of_line.cause) {
            Some(known) => {
                known.amount += &of_line.amount;
                known.lines.extend(of_line.lines);
            }
            None => shown.push(of_line),
        }
    }
    shown.extend(fee(case));
    if shown.is_empty() && laid_out.as_ref().is_none_or(Vec::is_empty) {
        shown.extend(tier(case, rest));
    }
    shown.extend(laid_out.into_iter().flatten());
    shown.retain(|shown| !shown.amount.is_zero());
    shown
}

/// A line whose price is not the contract's, where that has only one for it.
fn at_another_price(case: &Case<'_, '_>, counted: &Counted, line: &BilledLine) -> Option<Shown> {
    let (quantity, price) = (line.quantity.as_ref()?, line.price.as_ref()?);
    let factor = line.unit.as_deref().and_then(|unit| conversion(unit, counted.unit())).unwrap_or(Factor::one());
    let asked = rounded(case, &(&price.price * quantity));
    // A price that is shown with fewer places than it has is reckoned with all of them.
    let is_meant = |of: &Price| price.price == *of || is_rounded(price, of) && asked != line.amount;
    if line.part == LinePart::Surcharge && surcharges(case).any(|added| is_meant(&(added * &factor))) {
        return None;
    }
    let counted = divided::terms(case, line).and_then(|terms| case.counted(terms)).unwrap_or(counted);
    let expected = expected(case, counted, line)?;
    let expected = &expected * &factor;
    let expected = if price.price.0.is_negative() { Price(-&expected.0) } else { expected };
    if is_meant(&expected) {
        return None;
    }
    let off = &asked - &rounded(case, &(&expected * quantity));
    let is_credit = line.amount.0.is_negative() && !asked.0.is_negative();
    let other = divided::other(case, line);
    let on_other_days = other.as_ref().map_or(String::new(), |other| {
        let costs =
            divided::single(case, other.terms).map_or("other prices".to_owned(), |price| written(&(price * &factor)));
        format!(", and {costs} {}", other.days().0)
    });
    Some(Shown {
        cause: if line.part == LinePart::Surcharge { Cause::Surcharge } else { Cause::Price },
        amount: if is_credit { -&off } else { off },
        how: format!(
            "line {} bills {} a unit, and the contract {}{on_other_days}",
            line.number,
            written(&price.price),
            written(&expected)
        ),
        lines: vec![line.number],
        is_certain: other.is_none(),
    })
}

/// What surcharges add to a unit, by the contract's own lines.
fn surcharges<'a>(case: &'a Case<'_, '_>) -> impl Iterator<Item = &'a Price> {
    let details = case.contract_lines().iter().flat_map(|line| &line.detail);
    details.filter(|detail| detail.kind == DetailKind::Surcharge).filter_map(|detail| detail.price.as_ref())
}

/// Whether a price that is shown with fewer places than it has may be this one.
pub(super) fn is_rounded(shown: &crate::Shown, price: &Price) -> bool {
    let step = &shown.off_at_most + &shown.off_at_most;
    shown.price.0 == price.0.rounded_to(&step, RoundHow::HalfUp)
}

/// Lines of the charge's monthly fee that come to another amount.
fn fee(case: &Case<'_, '_>) -> Option<Shown> {
    let lines: Vec<&&BilledLine> = case.lines.iter().filter(|line| line.part == LinePart::Fee).collect();
    let details = case.contract_lines().iter().flat_map(|line| &line.detail);
    let fees: Vec<&Detail> = details.filter(|detail| detail.kind == DetailKind::Fee).collect();
    if lines.is_empty() || fees.is_empty() {
        return None;
    }
    let owed = rounded(case, &fees.iter().map(|detail| detail.amount.clone()).sum());
    let amount = &lines.iter().map(|line| line.amount.clone()).sum() - &owed;
    let rules: Vec<&str> = fees.iter().map(|detail| detail.rule.as_str()).collect();
    let how = format!("the contract's fee for {} is {} ({})", case.month, case.money(&owed), rules.join("; "));
    let lines = lines.iter().map(|line| line.number).collect();
    (!amount.is_zero()).then_some(Shown { cause: Cause::Fixed, amount, how, lines, is_certain: true })
}

/// A price as people write it.
pub(super) fn written(price: &Price) -> String {
    let of_cents = price.0.to_fixed(2).or_else(|| price.0.is_decimal().then(|| price.0.to_string()));
    of_cents.unwrap_or_else(|| price.0.to_decimal(6))
}

/// What a unit of the line costs by the contract, where there is only one answer.
fn expected(case: &Case<'_, '_>, counted: &Counted, line: &BilledLine) -> Option<Price> {
    let list = list_price(case, counted)?;
    let is_only = line.part == LinePart::Surcharge && line.surcharges.is_empty() && counted.surcharges.len() == 1;
    let shares = |names: &[String]| {
        let is_named = |calendar: &String| is_only || names.contains(calendar);
        let named = counted.surcharges.iter().filter(|surcharge| is_named(&surcharge.calendar));
        named.fold(Factor::zero(), |sum, surcharge| Factor(&sum.0 + &surcharge.share.0))
    };
    match line.part {
        LinePart::Surcharge => (is_only || !line.surcharges.is_empty()).then(|| &list * &shares(&line.surcharges)),
        LinePart::ConnectFee => Some(Price(counted.each_contact.fee.0.clone())),
        LinePart::Fee => None,
        // Included units on a line of their own cost nothing.
        _ if counted.included.is_some() && is_free(line) => None,
        LinePart::Included if !line.amount.0.is_negative() => Some(Price::zero()),
        LinePart::Units | LinePart::Included | LinePart::Overage => {
            let only = only_price(case)?;
            let surcharge = &list * &shares(&line.surcharges);
            let has_bands = matches!(&counted.tariff, Tariff::Bands { bands, .. } if bands.count() > 1);
            (!has_bands || line.surcharges.is_empty()).then(|| &only + &surcharge)
        }
    }
}

/// The list price as it stood in the month: the contract's own details have it indexed.
fn list_price(case: &Case<'_, '_>, counted: &Counted) -> Option<Price> {
    match &counted.tariff {
        Tariff::Bands { bands, .. } if bands.single().is_none() => Some(bands.list_price().clone()),
        Tariff::Bands { .. } | Tariff::OfPrice { .. } => only_price(case),
        Tariff::Lengths(_) => None,
    }
}

/// The price of units by which the contract reckons the month, where it is one: not several bands, nor terms that change.
fn only_price(case: &Case<'_, '_>) -> Option<Price> {
    let details = case.contract_lines().iter().flat_map(|line| &line.detail);
    let of_units = details.filter(|detail| detail.kind == DetailKind::Units);
    // Bands that no unit reaches are on the line all the same.
    let (none, some): (Vec<&Detail>, Vec<&Detail>) =
        of_units.partition(|detail| detail.quantity.as_ref().is_none_or(Quantity::is_zero));
    let of_units = if some.is_empty() { none } else { some };
    let prices: BTreeSet<&Price> = of_units.iter().filter_map(|detail| detail.price.as_ref()).collect();
    (prices.len() == 1).then(|| prices.first().copied().cloned())?
}

/// Units that all have a price of the contract, and lie in other bands than they should.
fn tier(case: &Case<'_, '_>, rest: &Amount) -> Option<Shown> {
    let counted = case.counted(case.terms()?)?;
    let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
    let prices: BTreeSet<&Price> = bands.iter().map(|band| &band.price).collect();
    let of_band = |line: &&BilledLine| {
        line.part == LinePart::Units
            && line.surcharges.is_empty()
            && line.price.as_ref().is_some_and(|shown| prices.contains(&shown.price))
    };
    let all = prices.len() > 1 && case.lines.iter().all(of_band);
    let has_fees = bands.iter().any(|band| !band.fee.is_zero() || band.block.is_some());
    if !all || has_fees || counted.fee.is_some() {
        return None;
    }
    let billed = case.lines.iter().map(|line| {
        format!(
            "{} at {}",
            line.quantity.clone().unwrap_or_default(),
            line.price.as_ref().map(|shown| shown.price.to_string()).unwrap_or_default()
        )
    });
    let details = case.contract_lines().iter().flat_map(|line| &line.detail);
    let owed = details.filter_map(|detail| {
        Some(format!("{} at {}", detail.quantity.as_ref()?.0.to_decimal(6), written(detail.price.as_ref()?)))
    });
    let how = format!(
        "the invoice lays the volume into bands as {}, the contract as {}",
        billed.collect::<Vec<_>>().join(", "),
        owed.collect::<Vec<_>>().join(", ")
    );
    Some(Shown { cause: Cause::Tier, amount: rest.clone(), how, lines: case.numbers(), is_certain: true })
}

/// Cents that come from rounding each line.
fn rounding(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    let room = case.step.clone();
    let lines = i128::try_from(case.lines.len()).ok()?;
    let room = &room * &longshore_units::Exact::from(lines);
    let counted_by_quantity = case.lines.iter().any(|line| line.quantity.is_some());
    let how = "each line is rounded by itself, and the contract rounds their sum".to_owned();
    (counted_by_quantity && 1 < lines && absolute(&rest.0) < room)
        .then(|| case.finding(Cause::Rounding, rest.clone(), Confidence::Likely, how, remedy(Cause::Rounding)))
}

/// Of how many of the month's days an amount is, where it is a part of a monthly one by whole days.
fn of_days(case: &Case<'_, '_>, monthly: &Amount, billed: &Amount) -> Option<String> {
    let days = case.month.days();
    let of = |days_billed: i128| Factor::share(days_billed, days).map(|share| rounded(case, &(monthly * &share)));
    let found = (1..days).find(|days_billed| of(*days_billed).as_ref() == Some(billed))?;
    Some(format!("; {} are {found} of {days} days", case.money(billed)))
}

/// A fixed amount that is simply another.
fn fixed(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    let terms = case.terms()?;
    let charge = case.charge(terms)?;
    let owed = case.item()?.amount.clone();
    match &charge.kind {
        ChargeKind::Flat { .. } | ChargeKind::FourWeekly { .. } | ChargeKind::Once { .. } => {
            let days = match &charge.kind {
                ChargeKind::Flat { amount, .. } => of_days(case, amount, &(&owed + rest)),
                _ => None,
            };
            let how = format!(
                "the contract's amount for {} is {}{}",
                case.month,
                case.money(&owed),
                days.unwrap_or_default()
            );
            Some(case.finding(Cause::Fixed, rest.clone(), Confidence::Certain, how, remedy(Cause::Fixed)))
        }
        ChargeKind::Ratio(ratio) => {
            let quantity = case.contract_lines().first()?.quantity.clone();
            let billed = case
                .lines
                .iter()
                .filter_map(|line| line.quantity.clone())
                .fold(Quantity::zero(), |sum, more| &sum + &more);
            let asked = case.lines.iter().filter_map(|line| Some((line.price.as_ref()?, line.quantity.as_ref()?)));
            let off = |(shown, quantity): (&crate::Shown, &Quantity)| {
                &rounded(case, &(&shown.price * quantity)) - &rounded(case, &(&ratio.each * quantity))
            };
            if billed == quantity && asked.map(off).sum::<Amount>() == *rest {
                let how = format!("the contract's price is {}", written(&ratio.each));
                return Some(case.finding(Cause::Price, rest.clone(), Confidence::Certain, how, remedy(Cause::Price)));
            }
            let same_price =
                case.lines.iter().all(|line| line.price.as_ref().is_none_or(|shown| shown.price == ratio.each));
            let makes = rounded(case, &(&ratio.each * &(&billed - &quantity)));
            let how =
                format!("{billed} are billed, and by the ratio of the contract it is {}", quantity.0.to_decimal(6));
            (same_price && makes == *rest)
                .then(|| case.finding(Cause::Fixed, rest.clone(), Confidence::Certain, how, remedy(Cause::Fixed)))
        }
        ChargeKind::Counted(_) | ChargeKind::Share(_) => None,
    }
}
