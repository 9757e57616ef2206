//! What is owed, by the invoices' own quantities: the contract priced month by month.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use longshore_contract::{
    Charge, ChargeKind, Class, Contract, Counted, CounterOf, DiscountOf, InForce, IndexBy, Invoice, Ledger, Limits,
    Line, LineKind, MinimumOf, PriceError, Proration, RoundAt, RoundRule, Rule, Scope, Usage, UsageKey, Used, price,
};
use longshore_units::{Amount, Exact, Factor, Month, Quantity};

use crate::AuditError;
use crate::included::Free;
use crate::item::{Item, Names};
use crate::used::Stated;

/// What is billed for each item and month.
pub(crate) type Billed = BTreeMap<(Month, Item), Amount>;

/// More months than any contract has: a first day in another millennium is a slip of the pen.
const MONTHS_MOST: usize = 1_200;

/// The months of a contract, priced on what is known to have been used.
#[derive(Clone, Debug)]
pub(crate) struct Owed<'c> {
    pub in_force: InForce<'c>,
    pub names: Rc<Names>,
    /// What was used: what is known besides, and what the invoices' lines state of the months that are priced.
    pub usage: Usage,
    stated: Vec<Stated>,
    months: BTreeMap<Month, Reckoned>,
}

/// A month that is priced.
#[derive(Clone, Debug)]
struct Reckoned {
    /// What earlier months left.
    before: Ledger,
    /// The terms it was priced under: the contract's, but for what is taken as it is billed.
    terms: Vec<Contract>,
    /// What was left out of it, because without records it has no price.
    unknown: BTreeSet<Unknown>,
    /// What the invoices' lines come to as usage.
    used: Vec<(UsageKey, Used)>,
    items: Items,
    /// What it leaves to later months.
    after: Ledger,
}

/// A month as it was just priced.
struct Priced {
    terms: Vec<Contract>,
    unknown: BTreeSet<Unknown>,
    used: Vec<(UsageKey, Used)>,
    items: Items,
}

/// A rule that looks at something of which nobody has said anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unknown {
    /// A line that is taken as it is billed.
    Line(Item),
    /// A line that takes back more units than its month bills: each of its amounts is taken by its own quantity and price.
    Back(Item),
    /// What waives a minimum or excuses a miss: it is taken not to hold.
    Condition(Item),
    /// An index by a series: prices are taken as they stand.
    Index(String),
    /// The rate of the currency it is paid in: what is paid is not reckoned.
    Payment,
    /// How many included units a month left to later ones: none are taken to be left.
    Left(Item),
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
    pub fn new(contract: &'c Contract, in_force: InForce<'c>) -> Owed<'c> {
        let (names, usage) = (Rc::new(Names::of(contract, &in_force)), Usage::default());
        Owed { names, in_force, usage, stated: Vec::new(), months: BTreeMap::new() }
    }

    /// Takes what is known, and what the invoices' lines state besides, in place of what was.
    pub fn believe(&mut self, known: Usage, stated: Vec<Stated>) {
        (self.usage, self.stated) = (known, stated);
    }

    /// Prices the months from one on to another again. Those before it are folded, and kept where they are known already.
    pub fn reckon(&mut self, from: Month, to: Month, billed: &Billed, by_line: &Billed) -> Result<(), AuditError> {
        self.months.retain(|month, _| *month < from);
        for reckoned in self.months.values() {
            add(&mut self.usage, &reckoned.used).map_err(AuditError::Price)?;
        }
        let starts = Month::of(self.in_force.term().starts).min(from);
        if MONTHS_MOST < Month::through(starts, to).take(MONTHS_MOST + 1).count() {
            return Err(AuditError::TooFar { from: starts, to });
        }
        // Where no rule looks back, nobody has to know of earlier months what they were priced with.
        let first = match self.in_force.looks_back().as_slice() {
            [] => self.months.first_key_value().map_or(from, |(month, _)| *month),
            _ => starts,
        };
        let last = self.months.last_key_value();
        let (next, mut ledger) = match last {
            Some((last, reckoned)) => (last.next(), reckoned.after.clone()),
            None => (Some(first), Ledger::default()),
        };
        for month in next.into_iter().flat_map(|next| Month::through(next, to)) {
            let before = (from <= month).then(|| ledger.clone());
            let Priced { terms, unknown, used, items } = self.month(month, &mut ledger, billed, by_line)?;
            add(&mut self.usage, &used).map_err(AuditError::Price)?;
            if let Some(before) = before {
                let after = ledger.clone();
                self.months.insert(month, Reckoned { before, terms, unknown, used, items, after });
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
        by_line: &Billed,
    ) -> Result<Priced, AuditError> {
        let of = |amounts: &Billed, item: &Item| amounts.get(&(month, item.clone())).cloned();
        let (billed, by_line) = (|item: &Item| of(billed, item), |item: &Item| of(by_line, item));
        let mut unknown: BTreeSet<Unknown> =
            self.by_row(month).into_iter().filter(|item| billed(item).is_some()).map(Unknown::Line).collect();
        unknown.extend(self.without_figure(month, &billed).map(Unknown::Line));
        let (mut stated, left) = self.without_quantity(month);
        unknown.extend(left);
        stated.extend(self.stated.iter().filter(|stated| stated.month == month).cloned());
        loop {
            let mut terms: Vec<Contract> = self.in_force.versions().iter().map(|terms| (*terms).clone()).collect();
            for unknown in &unknown {
                terms.iter_mut().for_each(|terms| unknown.leave_out(terms, &self.names, &billed, &by_line));
            }
            let priced = self.used(&terms, &stated, month, ledger).and_then(|(used, usage)| {
                let invoice = self.price(&terms, &usage, month, ledger)?;
                Ok((used, invoice))
            });
            match priced {
                Ok((used, invoice)) => {
                    let mut items = self.items(&invoice);
                    for unknown in &unknown {
                        let (item, amount) = match unknown {
                            Unknown::Line(item) => (item, billed(item).unwrap_or_default()),
                            Unknown::Back(item) => (item, by_line(item).unwrap_or_default()),
                            _ => continue,
                        };
                        items.insert(item.clone(), OwedItem { amount, lines: Vec::new() });
                    }
                    // What stands besides is no line of the contract.
                    items.retain(|item, _| item.kind != LineKind::Charge || self.names.is_charge(&item.name));
                    return Ok(Priced { terms, unknown, used, items });
                }
                Err(error) => {
                    let more = self.whose(&error, &unknown).filter(|more| !unknown.contains(more));
                    unknown.insert(more.ok_or(AuditError::Price(error))?);
                }
            }
        }
    }

    /// What lines state of a month as usage, and all that was used with it.
    fn used(
        &self,
        terms: &[Contract],
        stated: &[Stated],
        month: Month,
        ledger: &Ledger,
    ) -> Result<(Vec<(UsageKey, Used)>, Usage), PriceError> {
        let (mut all, mut usage) = (Vec::new(), self.usage.clone());
        for stated in stated {
            let ChargeKind::Counted(counted) = &terms[stated.version].charges[stated.charge].kind else { continue };
            let counter = CounterOf::Charge(stated.charge);
            let mut known = self.usage.of_counter(stated.version, counter, month);
            // Contacts that are known one by one are not known again by their sum.
            if known.any(|(_, used)| matches!(used, Used::Each(_))) {
                continue;
            }
            let free = match counted.included.is_some() && stated.needs_free() {
                true => self.free(terms, counted, stated, &usage, month, ledger)?,
                false => Free::default(),
            };
            let used = stated.used(counted, &free);
            add(&mut usage, &used)?;
            all.extend(used);
        }
        Ok((all, usage))
    }

    /// How many units of a charge are free in a month if enough are used: those that the contract takes off when each group
    /// uses more than all months together can give.
    fn free(
        &self,
        terms: &[Contract],
        counted: &Counted,
        stated: &Stated,
        usage: &Usage,
        month: Month,
        ledger: &Ledger,
    ) -> Result<Free, PriceError> {
        let name = &terms[stated.version].charges[stated.charge].name;
        let taken_off = |usage: &Usage| -> Result<BTreeMap<String, Quantity>, PriceError> {
            let mut ledger = ledger.clone();
            self.price(terms, usage, month, &mut ledger)?;
            let closed = ledger.months.remove(&month).and_then(|mut closed| closed.charges.remove(name));
            let groups = closed.into_iter().flat_map(|closed| closed.included);
            Ok(groups.map(|(group, included)| (group, included.used)).collect())
        };
        let by_contract = [String::new()];
        let groups: BTreeSet<&String> = match counted.scope {
            Scope::Contract => by_contract.iter().collect(),
            Scope::Program | Scope::Site => stated.units.iter().map(|units| &units.place.0).collect(),
        };
        let given = terms.iter().flat_map(|terms| &terms.charges).filter_map(|charge| match &charge.kind {
            ChargeKind::Counted(Counted { included: Some(included), .. }) => {
                Some(&included.quantity * &Factor(Exact::from(u64::from(included.rollover_months) + 2)))
            }
            _ => None,
        });
        let more_than_given: Quantity = given.sum();
        let mut enough = usage.clone();
        for group in groups {
            let quantity = more_than_given.clone();
            enough.add(stated.key(group.clone(), Class::default()), Used::Sum { rows: 0, quantity })?;
        }
        let before = taken_off(usage)?;
        let free = taken_off(&enough)?.into_iter().map(|(group, free)| {
            let free = &free - &before.get(&group).cloned().unwrap_or_default();
            (group, free)
        });
        Ok(Free(free.collect()))
    }

    /// Where included units stay for later months and nobody has said how many were used: all of them are taken to have been,
    /// so that nothing is claimed because of units that may not be left.
    fn without_quantity(&self, month: Month) -> (Vec<Stated>, Vec<Unknown>) {
        let (mut stated, mut unknown) = (Vec::new(), Vec::new());
        for (version, terms) in self.in_force.of_month(month) {
            for (position, charge) in terms.charges.iter().enumerate() {
                let ChargeKind::Counted(counted) = &charge.kind else { continue };
                let Some(included) = counted.included.as_ref().filter(|included| 0 < included.rollover_months) else {
                    continue;
                };
                let of_charge = |stated: &&Stated| {
                    (stated.version, stated.charge, stated.month) == (version, position, month) && stated.says_used()
                };
                let counter = CounterOf::Charge(position);
                let is_known = self.usage.of_counter(version, counter, month).next().is_some();
                if is_known || self.stated.iter().any(|stated| of_charge(&stated)) {
                    continue;
                }
                let groups = match counted.scope {
                    Scope::Program if !included.pooled => terms.programs.clone(),
                    _ => vec![String::new()],
                };
                stated.push(Stated::none_beyond(version, position, month, &groups));
                unknown.push(Unknown::Left(self.names.item(LineKind::Charge, &charge.name)));
            }
        }
        (stated, unknown)
    }

    /// The charges of a month whose money is reckoned contact by contact: an invoice has only their sums.
    fn by_row(&self, month: Month) -> BTreeSet<Item> {
        let mut items = BTreeSet::new();
        for (_, terms) in self.in_force.of_month(month) {
            for charge in &terms.charges {
                let ChargeKind::Counted(counted) = &charge.kind else { continue };
                if counted.by_row(terms.rounding_of(charge)) {
                    items.insert(self.names.item(LineKind::Charge, &charge.name));
                }
            }
        }
        items
    }

    /// The credits that are billed in a month although nobody says what their measure came to: whether they are right hangs on
    /// a figure that nobody has.
    fn without_figure(&self, month: Month, billed: &impl Fn(&Item) -> Option<Amount>) -> impl Iterator<Item = Item> {
        let slas = self.in_force.of_month(month).flat_map(|(_, terms)| &terms.slas);
        let without = slas.filter(move |sla| self.usage.measured(&sla.name, month).is_none());
        without.filter_map(move |sla| {
            let item = self.names.item(LineKind::Service, &sla.name);
            billed(&item).is_some_and(|amount| amount.0.is_negative()).then_some(item)
        })
    }

    /// What has no price, and has not been left out yet: a rule's condition first, then its line.
    fn whose(&self, error: &PriceError, left_out: &BTreeSet<Unknown>) -> Option<Unknown> {
        let item = |kind, name: &str| self.names.item(kind, name);
        let rule = match error {
            PriceError::NeedsSpectrum { charge } => return Some(Unknown::Line(item(LineKind::Charge, charge))),
            PriceError::Negative { charge } => return Some(Unknown::Back(item(LineKind::Charge, charge))),
            PriceError::NoRate { rule, .. } | PriceError::NotKnown { rule, .. } => rule,
            PriceError::Counts(_) | PriceError::Order { .. } | PriceError::Outside { .. } => return None,
        };
        let item = match rule {
            Rule::Index(series) => return Some(Unknown::Index(series.clone())),
            Rule::Payment => return Some(Unknown::Payment),
            Rule::Charge(name) => return Some(Unknown::Line(item(LineKind::Charge, name))),
            Rule::Exchange => return Some(Unknown::Line(item(LineKind::Exchange, ""))),
            Rule::Minimum(name) => item(LineKind::Minimum, name),
            Rule::Service(name) => item(LineKind::Service, name),
        };
        let condition = Unknown::Condition(item.clone());
        Some(if left_out.contains(&condition) { Unknown::Line(item) } else { condition })
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

    /// Whether anything is known to have been used of a charge.
    pub fn is_billed(&self, charge: &str) -> bool {
        let name = self.names.latest(charge);
        let versions = self.in_force.versions().iter().enumerate();
        let mut used = versions.filter_map(|(version, terms)| Some((version, self.names.position(terms, name)?)));
        let is_used = |(version, position): (usize, usize)| {
            let mut months = self.months.keys();
            months.any(|month| self.usage.of_counter(version, CounterOf::Charge(position), *month).next().is_some())
        };
        let item = self.names.item(LineKind::Charge, charge);
        used.any(is_used) || self.months.keys().any(|month| self.is_given(*month, &item))
    }

    /// What is taken as it is billed in a month.
    pub fn is_given(&self, month: Month, item: &Item) -> bool {
        let given = [Unknown::Line(item.clone()), Unknown::Back(item.clone())];
        self.months.get(&month).is_some_and(|reckoned| given.iter().any(|given| reckoned.unknown.contains(given)))
    }

    /// What was left out of any month, because nobody has said what it looks at.
    pub fn unknown(&self) -> BTreeSet<&Unknown> {
        self.months.values().flat_map(|reckoned| &reckoned.unknown).collect()
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

impl Unknown {
    /// Changes a version of the terms so that the rule does not look any more.
    fn leave_out(
        &self,
        terms: &mut Contract,
        names: &Names,
        billed: &impl Fn(&Item) -> Option<Amount>,
        by_line: &impl Fn(&Item) -> Option<Amount>,
    ) {
        match self {
            Unknown::Line(item) => take_as_billed(terms, names, item, &billed(item).unwrap_or_default()),
            Unknown::Back(item) => take_as_billed(terms, names, item, &by_line(item).unwrap_or_default()),
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

fn add(usage: &mut Usage, used: &[(UsageKey, Used)]) -> Result<(), PriceError> {
    used.iter().try_for_each(|(key, used)| Ok(usage.add(key.clone(), used.clone())?))
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
            if !amount.is_zero() {
                let besides = besides(format!("given for {}", item.name), &terms.round, amount);
                terms.charges.push(besides); // Tax of the whole invoice is on what is left after it.
            }
        }
        LineKind::Exchange => terms.pay.exchange = None,
        LineKind::Tax => terms.tax = None,
        LineKind::Deposit => terms.pay.deposit = None,
        LineKind::Rounding => {}
    }
}

/// A fixed amount that stands on the invoice beside the contract's own lines.
pub(crate) fn besides(name: String, round: &RoundRule, amount: &Amount) -> Charge {
    let kind = ChargeKind::Flat { amount: Amount::zero(), prorate: Proration::None };
    let mut charge = Charge { name, clause: None, kind, limits: Limits::default(), round: None };
    fix(&mut charge, round, amount);
    charge
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
