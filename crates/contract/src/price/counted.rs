//! The line of a charge by quantity.

use std::collections::BTreeMap;

use longshore_units::{Amount, Exact, Factor, Price, Quantity};

use super::PriceError;
use super::bill::{Bill, Part};
use super::draft::Draft;
use crate::invoice::{Detail, Line, LineKind};
use crate::usage::Unit;
use crate::{Charge, Class, ClosedCharge, Contract, Counted, CounterOf, CountsError, Tariff, Used};

/// What one group used, by class.
type Classes<'u> = BTreeMap<Class, &'u Used>;

/// What a charge comes to on a version's days, and what later months need to know of it.
pub(super) fn line(
    part: &Part<'_>,
    bill: &Bill<'_>,
    position: usize,
    charge: &Charge,
    counted: &Counted,
) -> Result<(Draft, ClosedCharge), PriceError> {
    let (contract, month) = (part.contract, part.month);
    let mut groups: BTreeMap<&str, Classes<'_>> = BTreeMap::new();
    for (key, used) in bill.usage.of_counter(part.version, CounterOf::Charge(position), month) {
        groups.entry(&key.group).or_default().insert(key.class, used);
    }
    let by_contact = counted.by_row(contract.rounding_of(charge));
    let pricing = Pricing { contract, charge, counted };
    let (mut exact, mut detail, mut total) = (Amount::zero(), Vec::new(), Sum::zero());
    let mut closed = ClosedCharge::default();
    for (group, classes) in &groups {
        let (amount, sum) = pricing.group(group, classes, by_contact, &mut detail)?;
        exact += &amount;
        closed.used.insert((*group).to_owned(), sum.quantity.clone());
        total = total.plus(&sum)?;
    }
    closed.tariff = exact.clone();
    let exact = if by_contact { exact } else { bill.at_line(contract, charge, &exact) };
    closed.amount = exact.clone();
    closed.unit_price = exact.0.divided_by(&total.quantity.0).map(Price);
    let unit = Unit::of(&counted.measure, month);
    let line = Line {
        charge: charge.name.clone(),
        kind: LineKind::Charge,
        clause: charge.clause.clone(),
        rows: Some(total.rows),
        unit: counted.unit().to_owned(),
        counted: unit.counted(&total.quantity).map(|whole| (whole, counted.measure.counted_in())),
        quantity: total.quantity,
        amount: Amount::zero(),
        detail,
    };
    Ok((Draft { line, exact }, closed))
}

/// Rows, and the sum of what they used.
struct Sum {
    rows: u64,
    quantity: Quantity,
}

impl Sum {
    fn zero() -> Sum {
        Sum { rows: 0, quantity: Quantity::zero() }
    }

    fn of(used: &Used) -> Result<Sum, CountsError> {
        Ok(Sum { rows: used.rows().ok_or(CountsError::Overflow)?, quantity: used.quantity() })
    }

    fn plus(&self, other: &Sum) -> Result<Sum, CountsError> {
        let rows = self.rows.checked_add(other.rows).ok_or(CountsError::Overflow)?;
        Ok(Sum { rows, quantity: &self.quantity + &other.quantity })
    }
}

/// One counted charge in one month.
struct Pricing<'c> {
    contract: &'c Contract,
    charge: &'c Charge,
    counted: &'c Counted,
}

impl Pricing<'_> {
    /// What a group comes to and what it used; adds the rules that made it to `detail`.
    fn group(
        &self,
        group: &str,
        classes: &Classes<'_>,
        by_contact: bool,
        detail: &mut Vec<Detail>,
    ) -> Result<(Amount, Sum), PriceError> {
        let mut total = Sum::zero();
        let mut sums = BTreeMap::new();
        for (class, used) in classes {
            let sum = Sum::of(used)?;
            total = total.plus(&sum)?;
            sums.insert(*class, sum);
        }
        if total.quantity < Quantity::zero() {
            return Err(PriceError::Negative { charge: self.charge.name.clone() });
        }
        let bands = self.bands(group, &total, detail);
        let surcharges = self.surcharges(group, &sums, detail);
        let amount = &bands + &surcharges;
        if !by_contact {
            return Ok((amount, total));
        }
        let mut rounded = Amount::zero();
        for (class, used) in classes {
            rounded += &self.contact_by_contact(*class, used)?;
        }
        Ok((rounded, total))
    }

    fn bands(&self, group: &str, total: &Sum, detail: &mut Vec<Detail>) -> Amount {
        let unit = self.counted.unit();
        let Tariff::Bands { bands, .. } = &self.counted.tariff else { return Amount::zero() };
        let starts: Vec<(Quantity, &Price)> =
            bands.iter().filter_map(|band| Some((band.from.units(None)?, &band.price))).collect();
        let whole = &total.quantity;
        let parts: Vec<(Quantity, &Quantity, &Price)> = starts
            .iter()
            .enumerate()
            .map(|(position, (start, price))| {
                let end = starts.get(position + 1).map_or(whole, |(next, _)| next.min(whole));
                (if start < end { end - start } else { Quantity::zero() }, start, *price)
            })
            .filter(|(part, start, _)| !part.is_zero() || start.is_zero())
            .collect();
        let alone = parts.len() == 1;
        let mut sum = Amount::zero();
        for (part, start, price) in parts {
            let amount = price * &part;
            sum += &amount;
            let single = self.counted.tariff.single().is_some();
            detail.push(Detail {
                rule: if single { format!("each {unit}") } else { format!("each {unit} from {start}") },
                group: group.to_owned(),
                rows: alone.then_some(total.rows),
                quantity: Some(part),
                price: Some(price.clone()),
                amount,
            });
        }
        sum
    }

    fn surcharges(&self, group: &str, sums: &BTreeMap<Class, Sum>, detail: &mut Vec<Detail>) -> Amount {
        let list_price = self.list_price();
        let mut total = Amount::zero();
        for (position, surcharge) in self.counted.surcharges.iter().enumerate() {
            let applies = |class: &Class| self.applying(*class).contains(&position);
            let met = sums.iter().filter(|(class, _)| applies(class)).map(|(_, sum)| sum);
            // The rows of all classes together fit, so those of some of them do.
            let zero = (0, Quantity::zero());
            let (rows, quantity) = met.fold(zero, |(rows, quantity), sum| (rows + sum.rows, &quantity + &sum.quantity));
            if rows == 0 && quantity.is_zero() {
                continue;
            }
            let price = list_price * &surcharge.share;
            let amount = &price * &quantity;
            total += &amount;
            detail.push(Detail {
                rule: format!("surcharge in {}", surcharge.calendar),
                group: group.to_owned(),
                rows: Some(rows),
                quantity: Some(quantity),
                price: Some(price),
                amount,
            });
        }
        total
    }

    /// The price of the first unit.
    fn list_price(&self) -> &Price {
        match &self.counted.tariff {
            Tariff::Bands { bands, .. } => bands.list_price(),
            Tariff::Lengths(lengths) => &lengths.lengths[0].price,
            Tariff::OfPrice { .. } => unreachable!("resolved before"),
        }
    }

    /// The positions of the surcharges that apply to a class.
    fn applying(&self, class: Class) -> Vec<usize> {
        self.counted.overlap.applying(&self.counted.surcharges, class)
    }

    /// The sum of amounts that are each rounded by themselves.
    fn contact_by_contact(&self, class: Class, used: &Used) -> Result<Amount, PriceError> {
        let needs_spectrum = || PriceError::NeedsSpectrum { charge: self.charge.name.clone() };
        let list_price = self.counted.tariff.single().ok_or_else(needs_spectrum)?;
        let Used::Each(each) = used else { return Err(needs_spectrum()) };
        let shares = self.applying(class).into_iter().map(|position| &self.counted.surcharges[position].share);
        let price = shares.fold(list_price.clone(), |price, share| &price + &(list_price * share));
        let rounding = &self.contract.rounding_of(self.charge).rounding;
        let amounts =
            each.iter().map(|(quantity, rows)| &(&price * quantity).rounded(rounding) * &Factor(Exact::from(*rows)));
        Ok(amounts.sum())
    }
}
