//! What nobody has said, and the terms without the rules that look at it.

use longshore_contract::{
    Charge, ChargeKind, Contract, DiscountOf, IndexBy, Limits, LineKind, MinimumOf, Per, Prepaid, Proration, RoundAt,
    RoundRule, Sla, Tariff,
};
use longshore_units::Amount;

use crate::item::{Item, Names};

/// A rule that looks at something of which nobody has said anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unknown {
    /// A line that is taken as it is billed.
    Line(Item),
    /// A line that takes back more units than its month bills: each of its amounts is taken by its own quantity and price.
    Back(Item),
    /// A line that may be right by what earlier months used, of which nothing is known: it is taken by its own quantity and
    /// price.
    Earlier(Item),
    /// What waives a minimum or excuses a miss: it is taken not to hold.
    Condition(Item),
    /// An index by a series: prices are taken as they stand.
    Index(String),
    /// The rate of the currency it is paid in: what is paid is not reckoned.
    Payment,
    /// How many included units a month left to later ones: none are taken to be left.
    Left(Item),
}

impl Unknown {
    /// Changes a version of the terms so that the rule does not look any more.
    pub fn leave_out(
        &self,
        terms: &mut Contract,
        names: &Names,
        billed: &impl Fn(&Item) -> Option<Amount>,
        by_line: &impl Fn(&Item) -> Option<Amount>,
    ) {
        match self {
            Unknown::Line(item) => take_as_billed(terms, names, item, &billed(item).unwrap_or_default()),
            Unknown::Back(item) | Unknown::Earlier(item) => {
                take_as_billed(terms, names, item, &by_line(item).unwrap_or_default());
            }
            Unknown::Condition(item) => {
                let is = |name: &str| names.latest(name) == item.name;
                terms.minimums.iter_mut().filter(|minimum| is(&minimum.name)).for_each(|it| it.waived_if = None);
                terms.slas.iter_mut().filter(|sla| is(&sla.name)).for_each(|sla| sla.relief = None);
            }
            Unknown::Index(series) => {
                terms.indexes.retain(|index| !matches!(&index.by, IndexBy::Series { what, .. } if what == series));
            }
            Unknown::Payment => terms.pay.currency = None,
            Unknown::Left(_) => {}
        }
    }
}

/// Makes a fixed amount of a charge, or takes another line out of the terms.
fn take_as_billed(terms: &mut Contract, names: &Names, item: &Item, amount: &Amount) {
    let is = |name: &str| names.latest(name) == item.name;
    match item.kind {
        LineKind::Charge => {
            let fixed = terms.charges.iter_mut().find(|charge| is(&charge.name));
            if let Some(charge) = fixed {
                fix(charge, &terms.round, amount);
            }
        }
        LineKind::Minimum => {
            for minimum in terms.minimums.iter_mut().filter(|minimum| is(&minimum.name)) {
                minimum.of = MinimumOf::Amount { amount: Amount::zero(), prorate: Proration::None };
                minimum.waived_if = None;
            }
            put_besides(terms, item, amount);
        }
        LineKind::Discount => {
            for discount in terms.discounts.iter_mut().filter(|discount| is(&discount.name)) {
                discount.of = DiscountOf::Amount(-amount);
                (discount.from, discount.until) = (None, None);
            }
        }
        LineKind::Prepaid => {
            for prepaid in terms.prepaid.iter_mut().filter(|prepaid| is(&prepaid.name)) {
                prepaid.amount = Amount::zero();
            }
            let is_drawn = |prepaid: &&mut Prepaid| prepaid.drawdown() == item.name;
            terms.prepaid.iter_mut().filter(is_drawn).for_each(|prepaid| prepaid.on.clear());
            put_besides(terms, item, amount);
        }
        LineKind::Service => {
            for sla in terms.slas.iter_mut().filter(|sla| is(&sla.name)) {
                (sla.credits, sla.bonuses, sla.linear, sla.relief) = (Vec::new(), Vec::new(), None, None);
            }
            let earned_back = |sla: &&mut Sla| sla.lines().iter().skip(1).any(|line| *line == item.name);
            terms.slas.iter_mut().filter(earned_back).for_each(|sla| sla.earn_back_months = None);
            put_besides(terms, item, amount);
        }
        LineKind::Exchange => terms.pay.exchange = None,
        LineKind::Tax => terms.tax = None,
        LineKind::Deposit => terms.pay.deposit = None,
        LineKind::Rounding => {}
    }
}

/// Puts what is taken as it is billed beside the contract's own lines: tax of the whole invoice is on it too.
fn put_besides(terms: &mut Contract, item: &Item, amount: &Amount) {
    if !amount.is_zero() {
        let besides = besides(format!("taken for {}", item.name), &terms.round, amount);
        terms.charges.push(besides);
    }
}

/// A fixed amount that stands on the invoice beside the contract's own lines.
pub(crate) fn besides(name: String, round: &RoundRule, amount: &Amount) -> Charge {
    let kind = ChargeKind::Flat { amount: Amount::zero(), prorate: Proration::None };
    let mut charge = Charge { name, clause: None, kind, limits: Limits::default(), round: None };
    fix(&mut charge, round, amount);
    charge
}

/// Makes an amount of a charge, that no rounding changes. What it counts, and what other prices are shares of, stays: rules
/// look at these.
pub(crate) fn fix(charge: &mut Charge, round: &RoundRule, amount: &Amount) {
    charge.limits = Limits::default();
    match &mut charge.kind {
        ChargeKind::Counted(counted) => {
            let list = match &counted.tariff {
                Tariff::Bands { bands, .. } => Some(bands.list_price().clone()),
                Tariff::Lengths(lengths) => lengths.lengths.first().map(|length| length.price.clone()),
                Tariff::OfPrice { .. } => None,
            };
            if let Some(list) = list {
                counted.tariff = Tariff::flat(list);
            }
            counted.per = Per::Month;
            (counted.each_contact.least, counted.each_contact.most) = (None, None);
            (charge.limits.least, charge.limits.most) = (Some(amount.clone()), Some(amount.clone()));
        }
        kind => *kind = ChargeKind::Flat { amount: amount.clone(), prorate: Proration::None },
    }
    charge.round = Some(RoundRule { at: RoundAt::Invoice, rounding: round.rounding.clone() });
}
