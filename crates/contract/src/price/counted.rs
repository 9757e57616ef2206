//! The line of a charge by quantity.

use std::collections::BTreeMap;

use longshore_units::{Amount, CommonDenominator, Exact, Factor, Price, Quantity, Rounding};

use super::bill::{Bill, Part};
use super::contact::{self, RowPrice};
use super::draft::{Draft, amount_detail, written};
use super::met::{Earlier, Group};
use super::of_price::Prices;
use super::surcharge::Bases;
use super::tiers::Climb;
use super::{PriceError, Rule};
use super::{included, limits, surcharge};
use crate::invoice::{Detail, DetailKind};
use crate::usage::Unit;
use crate::{
    Bands, Charge, ClosedCharge, Counted, CounterOf, CountsError, Owner, Quantum, RoundAt, Scope, Tariff, Tiers,
    TiersBy, Used,
};

/// What a charge comes to on a version's days, what later months need to know of it, and what units cost in groups whose
/// volume chose one price for all. `by_group` are the prices of groups that do not have the charge's own.
pub(super) fn line(
    part: &Part<'_>,
    bill: &Bill<'_>,
    position: usize,
    charge: &Charge,
    counted: &Counted,
    by_group: &BTreeMap<String, Tariff>,
) -> Result<(Draft, ClosedCharge, Prices), PriceError> {
    let mut groups = Group::all(part, bill, position, counted)?;
    let mut closed =
        ClosedCharge { included: included::take(charge, counted, part, bill, &mut groups), ..ClosedCharge::default() };
    let earlier = Earlier::of(&charge.name, counted.per, part, bill);
    let pricing = Pricing { part, bill, charge, counted, by_group, earlier: &earlier };
    let (mut detail, mut common) = (Vec::new(), CommonDenominator::default());
    let (mut rows, mut quantity, mut prices) = (0u64, Quantity::zero(), Prices::new());
    for group in &groups {
        let priced = pricing.group(group, &mut detail)?;
        // Shares of the volumes of thousands of groups have no denominator in common that anyone could reckon with.
        closed.tariff += &if common.admits(&priced.amount.0) { priced.amount } else { written(&priced.amount) };
        prices.extend(priced.price.map(|price| (group.name.to_owned(), price)));
        closed.used.insert(group.name.to_owned(), group.quantity());
        rows = rows.checked_add(group.rows()?).ok_or(CountsError::Overflow)?;
        quantity += &priced.quantity;
    }
    if let Some(fee) = &counted.fee {
        let (share, rule) = part.prorated(fee.prorate);
        let amount = &fee.amount * &share;
        closed.tariff += &amount;
        let rule = format!("fee of {} a month, {rule}", fee.amount);
        detail.push(Detail { kind: DetailKind::Fee, ..amount_detail(rule, amount) });
    }
    let limited = limits::apply(&charge.limits, counted.per, &closed.tariff, &earlier, |part| detail.push(part));
    let added = bill.added(part.contract, charge, &closed.tariff + &limited);
    closed.amount = added.exact.clone();
    closed.unit_price = added.exact.0.divided_by(&quantity.0).map(Price);
    let whole = Unit::of(&counted.measure, part.month).counted(&quantity);
    let unit = counted.quantity_unit(part.contract.currency);
    let mut draft = Draft::of_charge(charge, unit, quantity, added, detail);
    draft.line.rows = Some(rows);
    draft.line.counted = whole.map(|whole| (whole, counted.measure.counted_in()));
    Ok((draft, closed, prices))
}

/// What a group comes to, and what of it is billed in the unit, included units among it.
struct Priced {
    amount: Amount,
    quantity: Quantity,
    /// What each unit cost, where the volume chose one price for all.
    price: Option<Price>,
}

/// Whether prices by volume are climbed, so that what a row costs follows from its day.
fn tariff_is_climbed(bands: &Bands) -> bool {
    1 < bands.count()
}

/// Adds a rule of a day to that of the other days.
fn add_rule(rules: &mut Vec<Detail>, rule: Detail) {
    let Some(known) = rules.iter_mut().find(|known| known.rule == rule.rule) else { return rules.push(rule) };
    known.amount += &rule.amount;
    known.rows = known.rows.zip(rule.rows).map(|(rows, more)| rows.saturating_add(more));
    known.quantity = known.quantity.take().zip(rule.quantity).map(|(quantity, more)| &quantity + &more);
    known.price = known.price.take().filter(|price| Some(price) == rule.price.as_ref());
}

/// One counted charge in one month.
struct Pricing<'c, 'b> {
    part: &'c Part<'b>,
    bill: &'c Bill<'b>,
    charge: &'c Charge,
    counted: &'c Counted,
    by_group: &'c BTreeMap<String, Tariff>,
    earlier: &'c Earlier<'c>,
}

impl Pricing<'_, '_> {
    /// What a group comes to; adds the rules that made it to `detail`.
    fn group(&self, group: &Group<'_>, detail: &mut Vec<Detail>) -> Result<Priced, PriceError> {
        if group.quantity() < Quantity::zero() {
            return Err(PriceError::Negative { charge: self.charge.name.clone() });
        }
        let mut added = Vec::new();
        let rule = self.part.contract.rounding_of(self.charge);
        let priced = if self.counted.by_row(rule) {
            let rounding = (rule.at == RoundAt::Contact).then_some(&rule.rounding);
            self.row_by_row(group, rounding, &mut added)?
        } else {
            self.at_once(group, &mut added)?
        };
        if !group.cells.is_empty() || !priced.amount.is_zero() {
            detail.extend(added.into_iter().map(|part| Detail { group: group.name.to_owned(), ..part }));
        }
        Ok(priced)
    }

    /// All units of a group together.
    fn at_once(&self, group: &Group<'_>, detail: &mut Vec<Detail>) -> Result<Priced, PriceError> {
        let Tariff::Bands { bands, tiers, by } = self.tariff(group) else {
            unreachable!("other prices are resolved, or row by row")
        };
        let climb = self.climb(group, bands, *tiers, *by)?;
        let rows = group.rows()?;
        let free = group.free();
        if !free.is_zero() {
            let included = amount_detail("included", Amount::zero());
            detail.push(Detail { kind: DetailKind::Included, quantity: Some(free.clone()), ..included });
        }
        let earlier = self.earlier.volume(group.name);
        let before = earlier.clone().unwrap_or_default();
        let after = &(&before + &group.quantity()) - &free;
        let climbed = climb.month(earlier.as_ref(), &after, |part| detail.push(part));
        if let [only] = detail.as_mut_slice() {
            only.rows = Some(rows); // All of them, as no other rule has any.
        }
        let bases = Bases::of(self.counted, &climb, &climbed, &before, group);
        let surcharges = bases.amount(group, |part| detail.push(part));
        let each = &self.counted.each_contact.fee;
        let fees = each * &Factor(Exact::from(rows));
        if !fees.is_zero() {
            let rule = format!("fee of {each} each {}", self.counted.grain.word());
            detail.push(Detail { rows: Some(rows), ..amount_detail(rule, fees.clone()) });
        }
        Ok(Priced {
            amount: [climbed.units, climbed.besides, surcharges, fees].into_iter().sum(),
            quantity: group.quantity(),
            price: (*tiers == Tiers::Volume).then(|| climb.price_of_all(&after)),
        })
    }

    /// Each row of a group by itself.
    fn row_by_row(
        &self,
        group: &Group<'_>,
        rounding: Option<&Rounding>,
        detail: &mut Vec<Detail>,
    ) -> Result<Priced, PriceError> {
        let needs_spectrum = || PriceError::NeedsSpectrum { charge: self.charge.name.clone() };
        if group.cells.iter().any(|cell| matches!(cell.used, Used::Sum { .. })) {
            return Err(needs_spectrum());
        }
        let price = match self.tariff(group) {
            Tariff::Lengths(lengths) => {
                let unit = self.counted.time_unit().expect("prices by length are of a unit of time");
                RowPrice::Lengths(lengths, unit)
            }
            Tariff::Bands { bands, tiers, by } if tariff_is_climbed(bands) => {
                let climb = self.climb(group, bands, *tiers, *by)?;
                return self.day_by_day(group, &climb, rounding, detail);
            }
            tariff => RowPrice::Each(tariff.single().ok_or_else(needs_spectrum)?),
        };
        let rows = contact::rows(price, self.counted, self.unit(), rounding, group, |part| detail.push(part))?;
        Ok(Priced { amount: rows.amount, quantity: rows.billed, price: None })
    }

    /// Each row of a group by itself, at what its day's units cost on the way up through the bands.
    fn day_by_day(
        &self,
        group: &Group<'_>,
        climb: &Climb<'_>,
        rounding: Option<&Rounding>,
        detail: &mut Vec<Detail>,
    ) -> Result<Priced, PriceError> {
        let before = self.earlier.volume(group.name).unwrap_or_default();
        let prices = surcharge::by_day(climb, &before, group);
        let list = climb.list_price();
        let whole = group.quantity();
        let units = prices.iter().map(|(day, price)| {
            let cells = group.cells.iter().filter(|cell| cell.day == *day);
            price * &cells.map(|cell| cell.quantity.clone()).sum::<Quantity>()
        });
        let units: Amount = units.sum();
        let average = units.0.divided_by(&whole.0).map_or_else(Price::zero, Price);
        let (mut amount, mut billed) = (Amount::zero(), Quantity::zero());
        let mut rules: Vec<Detail> = Vec::new();
        for (day, price) in &prices {
            let cells = group.cells.iter().filter(|cell| cell.day == *day).cloned().collect();
            let of_day = Group { name: group.name, cells };
            let price = RowPrice::OfDay { price, list: &list, average: &average };
            let rows =
                contact::rows(price, self.counted, self.unit(), rounding, &of_day, |rule| add_rule(&mut rules, rule))?;
            amount += &rows.amount;
            billed += &rows.billed;
        }
        detail.append(&mut rules);
        Ok(Priced { amount, quantity: billed, price: None })
    }

    /// What quantities are written in.
    fn unit(&self) -> &'static str {
        self.counted.quantity_unit(self.part.contract.currency)
    }

    /// What units cost in a group.
    fn tariff(&self, group: &Group<'_>) -> &Tariff {
        self.by_group.get(group.name).unwrap_or(&self.counted.tariff)
    }

    /// The bands as they hold for a group.
    fn climb<'t>(
        &self,
        group: &Group<'_>,
        bands: &'t Bands,
        tiers: Tiers,
        by: TiersBy,
    ) -> Result<Climb<'t>, PriceError> {
        let unit = self.unit();
        let forecast = match bands.is_relative() {
            true => {
                let group = if self.counted.scope == Scope::Program { group.name } else { "" };
                let of = |position| CounterOf::Quantum(Owner::Charge(position), Quantum::Forecast);
                Some(self.of_month(of, group, "forecast")?)
            }
            false => None,
        };
        let climb = Climb::new(bands, tiers, forecast.as_ref(), unit).expect("a forecast that is needed is known");
        match by {
            TiersBy::Quantity => Ok(climb),
            TiersBy::Agents => Ok(climb.chosen_by(&self.of_month(CounterOf::Agents, group.name, "agents")?)),
        }
    }

    /// What another counter of the charge met in the month, under all of the contract's terms.
    fn of_month(&self, of: impl Fn(usize) -> CounterOf, group: &str, what: &str) -> Result<Quantity, PriceError> {
        let mut known: Option<Quantity> = None;
        for other in &self.bill.parts {
            let Some(position) = other.contract.charge(&self.charge.name) else { continue };
            for (key, used) in self.bill.usage.of_counter(other.version, of(position), self.part.month) {
                if key.group == group {
                    *known.get_or_insert_default() += &used.quantity();
                }
            }
        }
        let (name, month) = (&self.charge.name, self.part.month);
        let what = format!("{name}: {what}");
        known.ok_or(PriceError::NotKnown { rule: Rule::Charge(name.clone()), what, month })
    }
}
