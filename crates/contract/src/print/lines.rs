//! Terms over several lines: `[[minimum]]`, `[[discount]]`, `[[index]]`, `[[prepaid]]`.

use longshore_units::Months;

use super::charge::bound;
use super::terms::proration;
use super::value::{Entries, percent};
use crate::{Charge, Discount, DiscountOf, Due, Index, IndexBy, Minimum, MinimumOf, Prepaid};

/// Charges, by whose names terms refer to them.
#[derive(Clone, Copy)]
pub(super) struct Names<'c>(pub &'c [Charge]);

impl<'c> Names<'c> {
    pub fn one(self, position: usize) -> &'c String {
        &self.0[position].name
    }

    pub fn all(self, positions: &'c [usize]) -> impl Iterator<Item = &'c String> {
        positions.iter().map(move |position| self.one(*position))
    }
}

pub(super) fn minimum(names: Names<'_>, minimum: &Minimum) -> Entries {
    let mut entries = Entries::default();
    entries.put("name", &minimum.name);
    entries.maybe("clause", minimum.clause.as_ref());
    entries.some("on", names.all(&minimum.on));
    let of_condition = minimum.waived_if.as_ref().map_or(&[][..], |condition| condition.forecast.as_slice());
    let mut queues = of_condition;
    match &minimum.of {
        MinimumOf::Amount { amount, prorate } => {
            entries.put("amount", &amount.0);
            entries.put("prorate", proration(*prorate));
        }
        MinimumOf::Volume { volume, prorate, forecast, shortfall_each, beyond } => {
            queues = if forecast.is_empty() { queues } else { forecast };
            entries.put("volume", bound(volume));
            entries.put("prorate", proration(*prorate));
            entries.put("shortfall_each", &shortfall_each.0);
            entries.maybe(
                "beyond",
                beyond.as_ref().map(|beyond| {
                    let mut entries = Entries::default();
                    entries.put("above", bound(&beyond.above));
                    entries.put("percent", percent(&beyond.share));
                    entries
                }),
            );
        }
    }
    entries.put("per", minimum.per.word());
    entries.some("forecast", queues);
    entries.maybe("waived_if", minimum.waived_if.as_ref().map(ToString::to_string));
    entries
}

pub(super) fn discount(names: Names<'_>, discount: &Discount) -> Entries {
    let mut entries = Entries::default();
    entries.put("name", &discount.name);
    entries.maybe("clause", discount.clause.as_ref());
    entries.some("on", names.all(&discount.on));
    match &discount.of {
        DiscountOf::Share(share) => entries.put("percent", percent(share)),
        DiscountOf::Amount(amount) => entries.put("amount", &amount.0),
        DiscountOf::Rebate { per, bands } => {
            let band = |(from, share): &(longshore_units::Amount, longshore_units::Factor)| {
                let mut entries = Entries::default();
                entries.put("from", &from.0);
                entries.put("percent", percent(share));
                entries
            };
            entries.some("bands", bands.iter().map(band));
            entries.put("per", per.word());
        }
    }
    entries.maybe("from", discount.from);
    entries.maybe("until", discount.until);
    entries
}

pub(super) fn index(names: Names<'_>, index: &Index) -> Entries {
    let mut entries = Entries::default();
    entries.maybe("clause", index.clause.as_ref());
    entries.some("on", names.all(&index.on));
    match &index.by {
        IndexBy::Series { what, base } => {
            entries.put("by", what);
            entries.put("base", *base);
        }
        IndexBy::Share(share) => entries.put("percent", percent(share)),
    }
    entries.put("every", Months(index.every_months));
    entries.maybe("at_most", index.at_most.as_ref().map(percent));
    entries.maybe("at_least", index.at_least.as_ref().map(percent));
    entries
}

pub(super) fn prepaid(names: Names<'_>, prepaid: &Prepaid) -> Entries {
    let mut entries = Entries::default();
    entries.put("name", &prepaid.name);
    entries.maybe("clause", prepaid.clause.as_ref());
    entries.some("on", names.all(&prepaid.on));
    entries.put("amount", &prepaid.amount.0);
    match prepaid.due {
        Due::Once(day) => entries.put("due", day),
        Due::Monthly => entries.put("per", "month"),
    }
    entries.maybe("expires", prepaid.expires_months.map(Months));
    entries
}
