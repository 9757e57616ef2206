//! What of a contract depends on earlier months.

use crate::{Charge, ChargeKind, Contract, Counted, DiscountOf, InForce, Per, Sla};

impl InForce<'_> {
    /// The names of the charges and rules for which a month's invoice depends on the months before, each once, in the
    /// order of the text. Where there is none, a month can be priced by itself.
    ///
    /// Such are: bands, minimums and caps over more than a month; included units that roll over; time given back at the
    /// price it was billed at; rebates by the quarter or year; prepayments; service levels by the quarter or year, those
    /// whose misses are counted over months, and credits that are earned back.
    pub fn looks_back(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for name in self.versions().iter().flat_map(|terms| terms.looks_back()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl Contract {
    fn looks_back(&self) -> impl Iterator<Item = &str> {
        let charges = self.charges.iter().filter(|charge| charge_looks_back(charge)).map(|charge| &charge.name);
        let minimums = self.minimums.iter().filter(|minimum| minimum.per != Per::Month).map(|minimum| &minimum.name);
        let over_months = |of: &DiscountOf| matches!(of, DiscountOf::Rebate { per, .. } if *per != Per::Month);
        let discounts =
            self.discounts.iter().filter(move |discount| over_months(&discount.of)).map(|discount| &discount.name);
        let prepaid = self.prepaid.iter().map(|prepaid| &prepaid.name);
        let slas = self.slas.iter().filter(|sla| sla_looks_back(sla)).map(|sla| &sla.name);
        charges.chain(minimums).chain(discounts).chain(prepaid).chain(slas).map(String::as_str)
    }
}

fn charge_looks_back(charge: &Charge) -> bool {
    let ChargeKind::Counted(Counted { per, included, refund, .. }) = &charge.kind else { return false };
    *per != Per::Month || included.as_ref().is_some_and(|included| 0 < included.rollover_months) || refund.is_some()
}

fn sla_looks_back(sla: &Sla) -> bool {
    let counts_misses = |within_months: u32| 1 < within_months;
    sla.per != Per::Month
        || sla.earn_back_months.is_some()
        || sla.repeat.as_ref().is_some_and(|repeat| counts_misses(repeat.within_months))
        || sla.consequences.iter().any(|consequence| counts_misses(consequence.within_months))
}
