//! Prices that are shares of what a unit of another charge costs.

use std::collections::BTreeMap;

use longshore_units::{Exact, Factor, Price};

use super::bill::Part;
use crate::{Counted, Scope, Tariff, TimeUnit};

/// What each unit of a charge cost in each group, where the group's volume chose one price for all of them.
pub(super) type Prices = BTreeMap<String, Price>;

/// A charge at its own price, in its own unit of time.
pub(super) struct Resolved {
    /// At the price that all groups have but those named.
    pub counted: Counted,
    /// Where the other charge chooses its price by volume, group by group.
    pub by_group: BTreeMap<String, Tariff>,
}

/// A charge at its share of another's price. `prices` are what the other's volumes chose; a group that it does not have is
/// at the other's list price.
pub(super) fn resolved(part: &Part<'_>, counted: &Counted, share: &Factor, of: usize, prices: &Prices) -> Resolved {
    let other = part.contract.counted(of).expect("a price is shared with a charge by quantity");
    let Tariff::Bands { bands, .. } = &other.tariff else { unreachable!("a shared price is one by volume") };
    let conversion = conversion(counted.time_unit(), other.time_unit());
    let tariff = |price: &Price| Tariff::flat(&(price * share) * &conversion);
    let (price, prices) = match other.scope {
        Scope::Contract => (prices.get(""), None),
        Scope::Program | Scope::Site => (None, Some(prices)),
    };
    let price = price.unwrap_or(bands.list_price());
    let by_group = prices.into_iter().flatten().map(|(group, price)| (group.clone(), tariff(price))).collect();
    Resolved { counted: Counted { tariff: tariff(price), ..counted.clone() }, by_group }
}

/// How many of one unit of time make the other: 1/60 of an hour is a minute.
fn conversion(own: Option<TimeUnit>, other: Option<TimeUnit>) -> Factor {
    match own.zip(other) {
        Some((own, other)) => {
            let ratio = Exact::ratio(own.milliseconds(), other.milliseconds());
            Factor(ratio.expect("a unit of time has a length"))
        }
        None => Factor::one(),
    }
}
