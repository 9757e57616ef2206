//! What each contact costs, where money is reckoned row by row.

use std::collections::BTreeMap;

use longshore_units::{Amount, Exact, Factor, Price, Quantity, Rounding};

use super::PriceError;
use super::draft::amount_detail;
use super::met::Group;
use crate::invoice::{Detail, DetailKind};
use crate::{Counted, EachContact, Lengths, SurchargeBase, TimeUnit, Used};

/// What a row's units cost.
#[derive(Clone, Copy, Debug)]
pub(super) enum RowPrice<'c> {
    /// So much each.
    Each(&'c Price),
    /// What the units of a day cost, among bands that the days climb.
    OfDay {
        price: &'c Price,
        list: &'c Price,
        /// What all units of the month cost on average.
        average: &'c Price,
    },
    /// By the row's length, in a unit of time.
    Lengths(&'c Lengths, TimeUnit),
}

impl<'c> RowPrice<'c> {
    fn list(self) -> &'c Price {
        match self {
            RowPrice::Each(price) => price,
            RowPrice::OfDay { list, .. } => list,
            RowPrice::Lengths(lengths, _) => &lengths.lengths[0].price,
        }
    }

    /// What a row's units come to, and how many are billed, in parts: a position among the prices, units, their cost.
    fn parts(self, quantity: &Quantity) -> Vec<(usize, Quantity, Amount)> {
        match self {
            RowPrice::Each(price) | RowPrice::OfDay { price, .. } => vec![(0, quantity.clone(), price * quantity)],
            RowPrice::Lengths(lengths, unit) => by_length(lengths, unit, quantity),
        }
    }

    fn rule(self, position: usize, unit: &str) -> (String, &'c Price) {
        match self {
            RowPrice::Each(price) => (format!("each {unit}"), price),
            RowPrice::OfDay { price, .. } => (format!("each {unit}, in the bands of its day"), price),
            RowPrice::Lengths(lengths, _) => {
                let length = &lengths.lengths[position];
                let joint = if lengths.whole { "of contacts above" } else { "above" };
                let place = if position == 0 { String::new() } else { format!(" {joint} {}", length.start.from) };
                (format!("each {unit}{place}"), &length.price)
            }
        }
    }
}

/// The parts of a contact's time, each in its own steps and at its own price.
fn by_length(lengths: &Lengths, unit: TimeUnit, quantity: &Quantity) -> Vec<(usize, Quantity, Amount)> {
    let units =
        |milliseconds: u64| Exact::ratio(i128::from(milliseconds), unit.milliseconds()).expect("a unit has a length");
    let stepped = |position: usize, time: &Exact| {
        let then = units(lengths.lengths[position].start.then.0);
        time.rounded_to(&then, longshore_units::RoundHow::Up)
    };
    let reached = |time: &Exact| {
        let reached = lengths.lengths.iter().rposition(|length| units(length.start.from.0) < *time);
        reached.unwrap_or(0)
    };
    let priced = |position: usize, billed: Exact| {
        let billed = Quantity(billed);
        let amount = &lengths.lengths[position].price * &billed;
        (position, billed, amount)
    };
    if lengths.whole {
        let billed = stepped(reached(&quantity.0), &quantity.0);
        return vec![priced(reached(&billed), billed)];
    }
    let within = |position: usize| {
        let from = units(lengths.lengths[position].start.from.0);
        let until = lengths.lengths.get(position + 1).map(|next| units(next.start.from.0));
        &until.map_or_else(|| quantity.0.clone(), |until| until.min(quantity.0.clone())) - &from
    };
    (0..=reached(&quantity.0)).map(|position| priced(position, stepped(position, &within(position)))).collect()
}

/// What the rows of a group come to.
pub(super) struct Rows {
    pub amount: Amount,
    /// The units that are billed, with those that fill up steps.
    pub billed: Quantity,
}

/// One sum of the parts of many rows.
#[derive(Default)]
struct Sums {
    parts: BTreeMap<usize, (Quantity, Amount)>,
    surcharges: BTreeMap<usize, (u64, Quantity, Amount)>,
    fees: Amount,
    raised: Amount,
    cut: Amount,
    /// Each row's amount, rounded where it is.
    amount: Amount,
}

/// A group's rows, each priced, limited and rounded by itself; adds what made them to `detail`. Quantities are
/// written in `unit`.
pub(super) fn rows(
    price: RowPrice<'_>,
    counted: &Counted,
    unit: &str,
    rounding: Option<&Rounding>,
    group: &Group<'_>,
    mut detail: impl FnMut(Detail),
) -> Result<Rows, PriceError> {
    let average = average(price, counted, group);
    let mut sums = Sums::default();
    for cell in &group.cells {
        let Used::Each(each) = cell.used else { return Err(PriceError::Counts(crate::CountsError::Mixed)) };
        let surcharges = counted.overlap.applying(&counted.surcharges, cell.class);
        for (quantity, rows) in each {
            row(price, counted, rounding, &surcharges, &average, (quantity, *rows), &mut sums);
        }
    }
    let billed = sums.parts.values().map(|(billed, _)| billed.clone()).sum();
    if sums.parts.is_empty() {
        sums.parts.insert(0, Default::default());
    }
    let alone = sums.parts.len() == 1;
    for (position, (billed, amount)) in sums.parts {
        let (rule, price) = price.rule(position, unit);
        let rows = if alone { group.rows().ok() } else { None };
        let (kind, price) = (DetailKind::Units, Some(price.clone()));
        detail(Detail { kind, rows, quantity: Some(billed), price, ..amount_detail(rule, amount) });
    }
    for (position, (rows, quantity, amount)) in sums.surcharges {
        let rule = format!("surcharge in {}", counted.surcharges[position].calendar);
        let (kind, rows) = (DetailKind::Surcharge, Some(rows));
        detail(Detail { kind, rows, quantity: Some(quantity), ..amount_detail(rule, amount) });
    }
    let EachContact { fee, least, most } = &counted.each_contact;
    let each = counted.grain.word();
    let mut limit = |rule: String, amount: Amount| {
        if !amount.is_zero() {
            detail(amount_detail(rule, amount));
        }
    };
    limit(format!("fee of {fee} each {each}"), sums.fees);
    limit(format!("at least {} each {each}", least.clone().unwrap_or_default()), sums.raised);
    limit(format!("at most {} each {each}", most.clone().unwrap_or_default()), sums.cut);
    Ok(Rows { amount: sums.amount, billed })
}

/// Adds rows of one quantity and one class.
fn row(
    price: RowPrice<'_>,
    counted: &Counted,
    rounding: Option<&Rounding>,
    surcharges: &[usize],
    average: &Price,
    (quantity, rows): (&Quantity, u64),
    sums: &mut Sums,
) {
    let times = Factor(Exact::from(rows));
    let parts = price.parts(quantity);
    let billed: Quantity = parts.iter().map(|(_, billed, _)| billed.clone()).sum();
    let units: Amount = parts.iter().map(|(_, _, amount)| amount.clone()).sum();
    let mut amount = &counted.each_contact.fee + &units;
    for (position, billed, amount) in &parts {
        let sum = sums.parts.entry(*position).or_default();
        sum.0 += &(billed * &times);
        sum.1 += &(amount * &times);
    }
    for position in surcharges {
        let surcharge = &counted.surcharges[*position];
        let base = match surcharge.base {
            SurchargeBase::List => price.list() * &billed,
            SurchargeBase::Average => average * &billed,
            SurchargeBase::Marginal => units.clone(),
        };
        let added = &base * &surcharge.share;
        let sum = sums.surcharges.entry(*position).or_default();
        sum.0 = sum.0.saturating_add(rows);
        sum.1 += &(&billed * &times);
        sum.2 += &(&added * &times);
        amount += &added;
    }
    sums.fees += &(&counted.each_contact.fee * &times);
    // A sale that is taken back gives back what it came to: at least and at most as much as a sale does.
    let signed = |amount: &Amount| if *quantity < Quantity::zero() { -amount } else { amount.clone() };
    let EachContact { least, most, .. } = &counted.each_contact;
    let size = signed(&amount);
    let raised = least.as_ref().map_or_else(|| size.clone(), |least| (&size).max(least).clone());
    let limited = most.as_ref().map_or_else(|| raised.clone(), |most| (&raised).min(most).clone());
    sums.raised += &(&signed(&(&raised - &size)) * &times);
    sums.cut += &(&signed(&(&limited - &raised)) * &times);
    let limited = signed(&limited);
    let rounded = rounding.map_or_else(|| limited.clone(), |rounding| limited.rounded(rounding));
    sums.amount += &(&rounded * &times);
}

/// What the group's units cost on average.
fn average(price: RowPrice<'_>, counted: &Counted, group: &Group<'_>) -> Price {
    if counted.surcharges.iter().all(|surcharge| surcharge.base != SurchargeBase::Average) {
        return Price::zero(); // Nobody asks.
    }
    if let RowPrice::OfDay { average, .. } = price {
        return average.clone();
    }
    let (mut billed, mut amount) = (Quantity::zero(), Amount::zero());
    for cell in &group.cells {
        let Used::Each(each) = cell.used else { continue };
        for (quantity, rows) in each {
            let times = Factor(Exact::from(*rows));
            for (_, units, cost) in price.parts(quantity) {
                billed += &(&units * &times);
                amount += &(&cost * &times);
            }
        }
    }
    amount.0.divided_by(&billed.0).map_or_else(Price::zero, Price)
}
