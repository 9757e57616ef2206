//! Prices that are shares of what a unit of another charge costs.

use longshore_units::{Exact, Factor};

use super::bill::Part;
use crate::{Counted, Tariff, TimeUnit};

/// A charge at its own price: the share of the other's list price, converted to its own unit of time.
pub(super) fn resolved(part: &Part<'_>, counted: &Counted, share: &Factor, of: usize) -> Counted {
    let other = part.contract.counted(of).expect("a price is shared with a charge by quantity");
    let Tariff::Bands { bands, .. } = &other.tariff else { unreachable!("a shared price is one by volume") };
    let price = &(bands.list_price() * share) * &conversion(counted.time_unit(), other.time_unit());
    Counted { tariff: Tariff::flat(price), ..counted.clone() }
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
