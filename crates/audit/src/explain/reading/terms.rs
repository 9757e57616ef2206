//! Other readings of what stands over several lines: minimums, discounts, credits, tax, exchange.

use longshore_contract::{Bound, Contract, DiscountOf, LineKind, Minimum, MinimumOf, Pays, Per, Proration};
use longshore_units::{Exact, Factor};

use super::charges::Charges;
use super::{Alternative, Case};
use crate::Cause;

/// Other readings of the term that a case is about.
pub(super) fn alternatives(case: &Case<'_, '_>) -> Vec<Alternative> {
    let Some(terms) = case.terms() else { return Vec::new() };
    match case.item.kind {
        LineKind::Minimum => minimum(case, terms),
        LineKind::Discount => discount(case, terms),
        LineKind::Service => service(case, terms),
        LineKind::Tax => tax(case, terms),
        LineKind::Exchange => exchange(),
        LineKind::Charge | LineKind::Prepaid | LineKind::Deposit | LineKind::Rounding => Vec::new(),
    }
}

fn minimum(case: &Case<'_, '_>, terms: &Contract) -> Vec<Alternative> {
    let name = case.item.name.clone();
    let names = case.owed.names.clone();
    let change = move |change: fn(&mut Minimum)| {
        let (name, names) = (name.clone(), names.clone());
        move |terms: &mut Contract| {
            terms.minimums.iter_mut().filter(|minimum| names.latest(&minimum.name) == name).for_each(change);
        }
    };
    let mut readings = vec![
        Alternative::of_terms(
            Cause::Minimum,
            "prorated otherwise: a whole month for a part of one, or a part for a whole",
            change(|minimum| {
                if let MinimumOf::Amount { prorate, .. } = &mut minimum.of {
                    *prorate = if *prorate == Proration::Day { Proration::None } else { Proration::Day };
                }
            }),
        ),
        Alternative::of_terms(
            Cause::Minimum,
            "the whole minimum beside the charges that count towards it",
            change(|minimum| minimum.on.clear()),
        ),
        Alternative::of_terms(
            Cause::Minimum,
            "asked for although it is waived",
            change(|minimum| minimum.waived_if = None),
        ),
        Alternative::of_terms(
            Cause::Minimum,
            "without the price of units far beyond the volume",
            change(|minimum| {
                if let MinimumOf::Volume { beyond, .. } = &mut minimum.of {
                    *beyond = None;
                }
            }),
        ),
    ];
    let of = terms.minimums.iter().find(|minimum| case.owed.names.latest(&minimum.name) == case.item.name);
    readings.extend(of.into_iter().flat_map(|minimum| by_other_periods(case, minimum)));
    let item = case.item.name.clone();
    for (position, charge) in of.into_iter().flat_map(|minimum| &minimum.on).map(|on| (*on, &terms.charges[*on].name)) {
        let (item, names, left_out) = (item.clone(), case.owed.names.clone(), Charges::one(case, terms, position));
        let reading = format!("`{charge}` not counted towards it");
        readings.push(Alternative::of_terms(Cause::Minimum, reading, move |terms| {
            let left_out = left_out.positions(terms);
            let minimums = terms.minimums.iter_mut().filter(|minimum| names.latest(&minimum.name) == item);
            minimums.for_each(|minimum| minimum.on.retain(|on| !left_out.contains(on)));
        }));
    }
    readings
}

/// The minimum of another period than the contract's: all of it, or the part that belongs to so many months.
fn by_other_periods(case: &Case<'_, '_>, minimum: &Minimum) -> Vec<Alternative> {
    let mut readings = Vec::new();
    for per in Per::ALL.into_iter().filter(|per| *per != minimum.per) {
        let part = per.months().zip(minimum.per.months());
        let part = part.and_then(|(months, of)| Factor::share(i128::from(months), i128::from(of)));
        let (name, whole) = (per.word(), minimum.per.word());
        let all = (Factor::one(), format!("the minimum of a {whole} asked for by the {name}"));
        let part =
            part.map(|part| (part, format!("the minimum of a {whole} settled by the {name}, each with its part")));
        for (part, reading) in std::iter::once(all).chain(part) {
            let (item, names) = (case.item.name.clone(), case.owed.names.clone());
            readings.push(Alternative::of_terms(Cause::Minimum, reading, move |terms| {
                for minimum in terms.minimums.iter_mut().filter(|minimum| names.latest(&minimum.name) == item) {
                    minimum.per = per;
                    match &mut minimum.of {
                        MinimumOf::Amount { amount, .. } => *amount = &*amount * &part,
                        MinimumOf::Volume { volume: Bound::Units(units), .. } => *units = &*units * &part,
                        MinimumOf::Volume { .. } => {}
                    }
                }
            }));
        }
    }
    readings
}

fn discount(case: &Case<'_, '_>, terms: &Contract) -> Vec<Alternative> {
    let name = case.item.name.clone();
    let names = case.owed.names.clone();
    let everything = Charges::all(case);
    let with_charges = {
        let (name, names) = (name.clone(), names.clone());
        move |terms: &mut Contract| {
            let everything = everything.positions(terms);
            let discounts = terms.discounts.iter_mut().filter(|discount| names.latest(&discount.name) == name);
            discounts.for_each(|discount| discount.on.clone_from(&everything));
        }
    };
    let of = move |change: Box<dyn Fn(&mut longshore_contract::Discount)>| {
        let (name, names) = (name.clone(), names.clone());
        move |terms: &mut Contract| {
            terms.discounts.iter_mut().filter(|discount| names.latest(&discount.name) == name).for_each(&change);
        }
    };
    let mut readings = vec![
        Alternative::of_terms(Cause::Discount, "on all charges", with_charges),
        Alternative::of_terms(
            Cause::Discount,
            "for the whole month",
            of(Box::new(|discount| (discount.from, discount.until) = (None, None))),
        ),
    ];
    let found = terms.discounts.iter().find(|discount| case.owed.names.latest(&discount.name) == case.item.name);
    if let Some(DiscountOf::Rebate { bands, .. }) = found.map(|discount| &discount.of) {
        for (sum, share) in bands.clone() {
            let reading = format!("at the share from {sum}");
            readings.push(Alternative::of_terms(
                Cause::Discount,
                reading,
                of(Box::new(move |discount| discount.of = DiscountOf::Share(share.clone()))),
            ));
        }
    }
    readings
}

fn service(case: &Case<'_, '_>, terms: &Contract) -> Vec<Alternative> {
    let base = case.item.name.split(": ").next().unwrap_or(&case.item.name).to_owned();
    let names = case.owed.names.clone();
    let is = {
        let (base, item) = (base, case.item.name.clone());
        move |name: &str| names.latest(name) == base || names.latest(name) == item
    };
    let found = terms.slas.iter().find(|sla| is(&sla.name)).cloned();
    let of = |change: Box<dyn Fn(&mut longshore_contract::Sla)>| {
        let is = is.clone();
        move |terms: &mut Contract| terms.slas.iter_mut().filter(|sla| is(&sla.name)).for_each(&change)
    };
    let on = |charges: Charges| {
        let is = is.clone();
        move |terms: &mut Contract| {
            let positions = charges.positions(terms);
            terms.slas.iter_mut().filter(|sla| is(&sla.name)).for_each(|sla| sla.on.clone_from(&positions));
        }
    };
    let mut readings = vec![
        Alternative::of_terms(
            Cause::Service,
            "without the multiple for repeated misses",
            of(Box::new(|sla| sla.repeat = None)),
        ),
        Alternative::of_terms(Cause::Service, "in grace", of(Box::new(|sla| sla.grace_months = u32::MAX))),
        Alternative::of_terms(Cause::Service, "without grace", of(Box::new(|sla| sla.grace_months = 0))),
        Alternative::of_terms(Cause::Service, "without its weight", of(Box::new(|sla| sla.weight = None))),
        Alternative::of_terms(Cause::Service, "of all charges", on(Charges::all(case))),
        Alternative::of_terms(Cause::Service, "without the cap of the amount at risk", |terms| terms.at_risk = None),
        Alternative::of_terms(
            Cause::Service,
            "a miss that is excused",
            of(Box::new(|sla| {
                (sla.credits, sla.linear) = (Vec::new(), None);
            })),
        ),
    ];
    let Some(found) = found else { return readings };
    for band in &found.credits {
        let written = match &band.pays {
            Pays::Share(share) => format!("{} %", &share.0 * &Exact::from(100u64)),
            Pays::Amount(amount) => amount.to_string(),
            Pays::Points(points) => format!("{points} points"),
        };
        let pays = band.pays.clone();
        readings.push(Alternative::of_terms(
            Cause::Service,
            format!("the band that pays {written}"),
            of(Box::new(move |sla| {
                sla.credits.iter_mut().for_each(|band| band.pays = pays.clone());
            })),
        ));
    }
    for per in Per::ALL.into_iter().filter(|per| *per != found.per) {
        let name = format!("of the {} in place of the {}", per.word(), found.per.word());
        readings.push(Alternative::of_terms(Cause::Service, name, of(Box::new(move |sla| sla.per = per))));
    }
    for position in found.on {
        let name = format!("of `{}` alone", terms.charges[position].name);
        readings.push(Alternative::of_terms(Cause::Service, name, on(Charges::one(case, terms, position))));
    }
    readings
}

fn tax(case: &Case<'_, '_>, terms: &Contract) -> Vec<Alternative> {
    let of =
        |change: fn(&mut longshore_contract::Tax)| move |terms: &mut Contract| terms.tax.iter_mut().for_each(change);
    let mut readings = vec![
        Alternative::of_terms(Cause::Tax, "on everything on the invoice", of(|tax| tax.on.clear())),
        Alternative::of_terms(
            Cause::Tax,
            "billed although the buyer owes it to the state",
            of(|tax| tax.reverse_charge = false),
        ),
        Alternative::of_terms(Cause::Tax, "on the charges before credits and discounts", |terms| {
            terms.slas.clear();
            terms.discounts.clear();
        }),
        Alternative::of_terms(Cause::Tax, "on the charges alone, without minimums", |terms| terms.minimums.clear()),
    ];
    let on = terms.tax.as_ref().map(|tax| tax.on.clone()).unwrap_or_default();
    let taxed: Vec<usize> = if on.is_empty() { (0..terms.charges.len()).collect() } else { on };
    for position in taxed.iter().copied().filter(|_| 1 < taxed.len()) {
        let (everything, left_out) = (Charges::all(case), Charges::one(case, terms, position));
        let reading = format!("not on `{}`", terms.charges[position].name);
        readings.push(Alternative::of_terms(Cause::Tax, reading, move |terms| {
            let (everything, left_out) = (everything.positions(terms), left_out.positions(terms));
            if let Some(tax) = &mut terms.tax {
                let taxed = if tax.on.is_empty() { &everything } else { &tax.on };
                tax.on = taxed.iter().copied().filter(|on| !left_out.contains(on)).collect();
            }
        }));
    }
    readings
}

fn exchange() -> Vec<Alternative> {
    let of = |change: fn(&mut longshore_contract::ExchangeShare)| {
        move |terms: &mut Contract| terms.pay.exchange.iter_mut().for_each(change)
    };
    vec![
        Alternative::of_terms(Cause::Exchange, "without the band", of(|exchange| exchange.band = Factor::zero())),
        Alternative::of_terms(
            Cause::Exchange,
            "all of it borne by the buyer",
            of(|exchange| exchange.buyers = Factor::one()),
        ),
        Alternative::of_terms(
            Cause::Exchange,
            "all of it borne by the provider",
            of(|exchange| exchange.buyers = Factor::zero()),
        ),
    ]
}
