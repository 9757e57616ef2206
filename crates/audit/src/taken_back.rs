//! Months that take back more units than they bill: a contract has no price for these. Each line is reckoned by itself.

use longshore_contract::{ChargeKind, Counted, InForce, LineKind};
use longshore_units::{Amount, Exact, Factor, Month, Price, RoundHow};

use crate::explain::absolute;
use crate::item::{Item, Names};
use crate::unit::conversion;
use crate::{BilledLine, LinePart};

/// What quantity times price comes to, in the sign of the amount where that shows neither of the two with one; none where the
/// line does not show both.
pub(crate) fn product(line: &BilledLine) -> Option<Amount> {
    let exact = &line.price.as_ref()?.price * line.quantity.as_ref()?;
    // A credit may show its quantity and its price without a sign.
    Some(if line.amount.0.is_negative() && !exact.0.is_negative() { -&exact } else { exact })
}

/// What a line owes by its own quantity: at the contract's price where that is one, otherwise at the price it shows. Without
/// both, its amount.
pub(crate) fn owed(price: Option<&Price>, line: &BilledLine, step: &Exact) -> Amount {
    let Some(shown) = product(line) else { return line.amount.clone() };
    let at_most_rounded = absolute(&(&line.amount.0 - &shown.0)) < *step;
    let rounded = |amount: &Amount| Amount(amount.0.rounded_to(step, RoundHow::HalfUp));
    let asked = if at_most_rounded { line.amount.clone() } else { rounded(&shown) };
    &asked - &off(price, line, step)
}

/// How much a price that is not the contract's makes of a line.
pub(crate) fn off(price: Option<&Price>, line: &BilledLine, step: &Exact) -> Amount {
    let is_of_units = matches!(line.part, LinePart::Units | LinePart::Overage) && line.surcharges.is_empty();
    let (Some(price), Some(shown), Some(product)) = (price, &line.price, product(line)) else { return Amount::zero() };
    let is_rounded = absolute(&(&absolute(&shown.price.0) - &price.0)) <= shown.off_at_most;
    let (true, false, Some(share)) = (is_of_units, is_rounded, price.0.divided_by(&absolute(&shown.price.0))) else {
        return Amount::zero();
    };
    let rounded = |amount: Exact| amount.rounded_to(step, RoundHow::HalfUp);
    Amount(&rounded(product.0.clone()) - &rounded(&product.0 * &share))
}

/// The price of a unit of a charge in a month, where it has one that no index moves.
pub(crate) fn price(
    in_force: &InForce<'_>,
    names: &Names,
    item: &Item,
    month: Month,
    line: &BilledLine,
) -> Option<Price> {
    let mut of_month = in_force.of_month(month);
    let (_, terms) = of_month.next()?;
    let position = names.position(terms, &item.name).filter(|_| item.kind == LineKind::Charge)?;
    let ChargeKind::Counted(counted) = &terms.charges[position].kind else { return None };
    let is_indexed = terms.indexes.iter().any(|index| index.on.contains(&position));
    let is_own_unit = line.unit.as_deref().is_none_or(|unit| is_one(unit, counted));
    (of_month.next().is_none() && !is_indexed && is_own_unit).then(|| counted.tariff.single().cloned())?
}

fn is_one(unit: &str, counted: &Counted) -> bool {
    conversion(unit, counted.unit()) == Some(Factor::one())
}
