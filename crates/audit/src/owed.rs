//! What is owed, by the invoices' own quantities: the contract priced month by month.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use longshore_contract::{
    Charge, ChargeKind, Contract, DiscountOf, InForce, Invoice, Ledger, Limits, Line, LineKind, MinimumOf, PriceError,
    Proration, RoundAt, RoundRule, Usage, price,
};
use longshore_units::{Amount, Exact, Factor, Month};

use crate::AuditError;
use crate::item::{Item, Names};

/// What is billed for each item and month.
pub(crate) type Billed = BTreeMap<(Month, Item), Amount>;

/// More months than any contract has: a first day in another millennium is a slip of the pen.
const MONTHS_MOST: usize = 1_200;

/// The months of a contract, priced on what is known to have been used.
#[derive(Clone, Debug)]
pub(crate) struct Owed<'c> {
    pub in_force: InForce<'c>,
    pub names: Rc<Names>,
    pub usage: Usage,
    months: BTreeMap<Month, Reckoned>,
}

/// A month that is priced.
#[derive(Clone, Debug)]
struct Reckoned {
    /// What earlier months left.
    before: Ledger,
    /// The terms it was priced under: the contract's, but for what is taken as it is billed.
    terms: Vec<Contract>,
    /// What is taken as it is billed, because without records it has no price.
    given: BTreeSet<Item>,
    items: Items,
    /// What it leaves to later months.
    after: Ledger,
}

/// What a month owes, item by item.
pub(crate) type Items = BTreeMap<Item, OwedItem>;

/// What is owed for an item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OwedItem {
    pub amount: Amount,
    /// The lines of the contract's own invoice; none where it is taken as it is billed.
    pub lines: Vec<Line>,
}

impl<'c> Owed<'c> {
    pub fn new(contract: &'c Contract, in_force: InForce<'c>, usage: Usage) -> Owed<'c> {
        Owed { names: Rc::new(Names::of(contract, &in_force)), in_force, usage, months: BTreeMap::new() }
    }

    /// Prices the months from one on to another again. Those before it are folded, and kept where they are known already.
    pub fn reckon(&mut self, from: Month, to: Month, billed: &Billed) -> Result<(), AuditError> {
        self.months.retain(|month, _| *month < from);
        let first = Month::of(self.in_force.term().starts).min(from);
        if MONTHS_MOST < Month::through(first, to).take(MONTHS_MOST + 1).count() {
            return Err(AuditError::TooFar { from: first, to });
        }
        let last = self.months.last_key_value();
        let (next, mut ledger) = match last {
            Some((last, reckoned)) => (last.next(), reckoned.after.clone()),
            None => (Some(first), Ledger::default()),
        };
        for month in next.into_iter().flat_map(|next| Month::through(next, to)) {
            let before = (from <= month).then(|| ledger.clone());
            let (terms, given, items) = self.month(month, &mut ledger, billed)?;
            if let Some(before) = before {
                let after = ledger.clone();
                self.months.insert(month, Reckoned { before, terms, given, items, after });
            }
        }
        Ok(())
    }

    /// Prices a month, and enters it in the ledger.
    fn month(
        &self,
        month: Month,
        ledger: &mut Ledger,
        billed: &Billed,
    ) -> Result<(Vec<Contract>, BTreeSet<Item>, Items), AuditError> {
        let mut given = self.by_row(month, billed);
        loop {
            let mut terms: Vec<Contract> = self.in_force.versions().iter().map(|terms| (*terms).clone()).collect();
            for item in &given {
                let amount = billed.get(&(month, item.clone())).cloned().unwrap_or_default();
                terms.iter_mut().for_each(|terms| take_as_billed(terms, &self.names, item, &amount));
            }
            match self.price(&terms, &self.usage, month, ledger) {
                Ok(invoice) => {
                    let mut items = self.items(&invoice);
                    for item in given.iter().filter(|item| item.kind != LineKind::Charge) {
                        let amount = billed.get(&(month, item.clone())).cloned().unwrap_or_default();
                        items.insert(item.clone(), OwedItem { amount, lines: Vec::new() });
                    }
                    for item in given.iter().filter(|item| item.kind == LineKind::Charge) {
                        items.entry(item.clone()).or_default().lines.clear();
                    }
                    return Ok((terms, given, items));
                }
                // What a rule looks at is not on the invoice: the rule's line is taken as it is billed.
                Err(error) => match self.whose(&error).filter(|item| !given.contains(item)) {
                    Some(item) => given.insert(item),
                    None => return Err(AuditError::Price(error)),
                },
            };
        }
    }

    /// The charges of a month whose money is reckoned contact by contact: an invoice has only their sums.
    fn by_row(&self, month: Month, billed: &Billed) -> BTreeSet<Item> {
        let mut given = BTreeSet::new();
        for (_, terms) in self.in_force.of_month(month) {
            for charge in &terms.charges {
                let ChargeKind::Counted(counted) = &charge.kind else { continue };
                let item = self.names.item(LineKind::Charge, &charge.name);
                if counted.by_row(terms.rounding_of(charge)) && billed.contains_key(&(month, item.clone())) {
                    given.insert(item);
                }
            }
        }
        given
    }

    /// Whose rule it is that has no price.
    fn whose(&self, error: &PriceError) -> Option<Item> {
        match error {
            PriceError::NeedsSpectrum { charge: name } | PriceError::Negative { charge: name } => Some(name),
            PriceError::NoRate { rule, .. } | PriceError::NotKnown { rule, .. } => Some(rule),
            PriceError::Counts(_) | PriceError::Order { .. } => None,
        }
        .and_then(|name| self.names.meant(name).cloned())
    }

    fn price(
        &self,
        terms: &[Contract],
        usage: &Usage,
        month: Month,
        ledger: &mut Ledger,
    ) -> Result<Invoice, PriceError> {
        let in_force = self.in_force.with(terms).expect("the versions are in force on the same days");
        price(&in_force, usage, month, ledger)
    }

    fn items(&self, invoice: &Invoice) -> Items {
        let mut items = Items::new();
        for line in &invoice.lines {
            let item = items.entry(self.names.item(line.kind, &line.charge)).or_default();
            item.amount += &line.amount;
            item.lines.push(line.clone());
        }
        items
    }

    /// What a month owes.
    pub fn of(&self, month: Month) -> Option<&Items> {
        self.months.get(&month).map(|reckoned| &reckoned.items)
    }

    /// What is taken as it is billed in a month.
    pub fn is_given(&self, month: Month, item: &Item) -> bool {
        self.months.get(&month).is_some_and(|reckoned| reckoned.given.contains(item))
    }

    /// What the month would owe under other terms or with other usage. `None` if that has no price.
    pub fn otherwise(&self, month: Month, change: impl Fn(&mut Contract), usage: Option<&Usage>) -> Option<Items> {
        let reckoned = self.months.get(&month)?;
        let mut terms = reckoned.terms.clone();
        terms.iter_mut().for_each(change);
        let invoice = self.price(&terms, usage.unwrap_or(&self.usage), month, &mut reckoned.before.clone()).ok()?;
        Some(self.items(&invoice))
    }

    /// The versions in force in a month, as it is priced.
    pub fn terms(&self, month: Month) -> impl Iterator<Item = &Contract> {
        let reckoned = self.months.get(&month);
        reckoned.into_iter().flat_map(|reckoned| &reckoned.terms).filter(move |terms| 0 < terms.in_force.days_in(month))
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
        }
        LineKind::Discount => {
            for discount in terms.discounts.iter_mut().filter(|discount| is(&discount.name)) {
                discount.of = DiscountOf::Share(Factor::zero());
            }
        }
        LineKind::Prepaid => {
            for prepaid in terms.prepaid.iter_mut().filter(|prepaid| is(&prepaid.name)) {
                prepaid.amount = Amount::zero();
            }
        }
        LineKind::Service => {
            for sla in terms.slas.iter_mut().filter(|sla| is(&sla.name)) {
                (sla.credits, sla.bonuses, sla.linear, sla.relief) = (Vec::new(), Vec::new(), None, None);
            }
        }
        LineKind::Exchange => terms.pay.exchange = None,
        LineKind::Tax => terms.tax = None,
        LineKind::Deposit => terms.pay.deposit = None,
        LineKind::Rounding => {}
    }
}

/// Makes a fixed amount of a charge, that no rounding changes.
pub(crate) fn fix(charge: &mut Charge, round: &RoundRule, amount: &Amount) {
    charge.kind = ChargeKind::Flat { amount: amount.clone(), prorate: Proration::None };
    charge.limits = Limits::default();
    charge.round = Some(RoundRule { at: RoundAt::Invoice, rounding: round.rounding.clone() });
}

/// The smallest amount that a currency has.
pub(crate) fn minor_unit(digits: u32) -> Exact {
    Exact::ratio(1, 10i128.pow(digits)).expect("a power of 10 is not 0")
}
