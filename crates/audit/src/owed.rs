//! What is owed, by the invoices' own quantities: the contract priced month by month.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use longshore_contract::{
    Charge, ChargeKind, Class, Contract, Counted, CounterOf, InForce, Invoice, Ledger, Line, LineKind, MinimumOf,
    PriceError, Rule, Scope, Tariff, Tiers, Usage, UsageKey, Used, price,
};
use longshore_units::{Amount, Exact, Factor, Month, Quantity};

use crate::AuditError;
use crate::included::Free;
use crate::item::{Item, Names};
use crate::unknown::Unknown;
use crate::untold::{self, Told, Untold};
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
    /// The charges that lines bill in a month without saying how many units.
    uncounted: BTreeSet<(Month, Item)>,
    /// The months that an invoice bills, or of which it is known besides what was used.
    told: BTreeSet<Month>,
    /// Where included units stay for later months: the months of which nobody says how many were used.
    left: BTreeSet<(Month, Item)>,
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
    /// Its lines that hang on earlier months of which nothing is known.
    untold: Vec<Untold>,
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
    untold: Vec<Untold>,
    used: Vec<(UsageKey, Used)>,
    items: Items,
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
        let (uncounted, told, left) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        Owed { names, in_force, usage, stated: Vec::new(), uncounted, told, left, months: BTreeMap::new() }
    }

    /// Takes what is known, and what the invoices' lines state besides, in place of what was. `uncounted` are the charges that
    /// they bill without saying how many units, `billed` the months that they bill.
    pub fn believe(
        &mut self,
        known: Usage,
        stated: Vec<Stated>,
        uncounted: BTreeSet<(Month, Item)>,
        billed: &BTreeSet<Month>,
    ) {
        let is_used = |month: &Month| {
            self.in_force.of_month(*month).any(|(version, terms)| {
                let mut counters = (0..terms.charges.len()).map(CounterOf::Charge);
                counters.any(|counter| known.of_counter(version, counter, *month).next().is_some())
            })
        };
        self.told = known.periods().into_iter().filter(is_used).chain(billed.iter().copied()).collect();
        (self.usage, self.stated) = (known, stated);
        let is_known = |(month, item): &(Month, Item)| {
            self.in_force.of_month(*month).any(|(version, terms)| {
                let position = self.names.position(terms, &item.name).map(CounterOf::Charge);
                position.is_some_and(|counter| self.usage.of_counter(version, counter, *month).next().is_some())
            })
        };
        let is_uncounted = |of: &(Month, Item)| self.is_counted(&of.1.name, of.0) && !is_known(of);
        self.uncounted = uncounted.into_iter().filter(is_uncounted).collect();
        // Of a month that does not say how many units it bills, rules that look back know too little.
        let uncounted: BTreeSet<Month> = self.uncounted.iter().map(|(month, _)| *month).collect();
        self.told.retain(|month| !uncounted.contains(month));
    }

    /// Whether a charge is by quantity in a month.
    pub fn is_counted(&self, charge: &str, month: Month) -> bool {
        let mut versions = self.in_force.of_month(month);
        versions.any(|(_, terms)| {
            self.names.position(terms, charge).is_some_and(|position| terms.counted(position).is_some())
        })
    }

    /// Prices the months from one on to another again. Those before it are folded, and kept where they are known already.
    pub fn reckon(&mut self, from: Month, to: Month, billed: &Billed, by_line: &Billed) -> Result<(), AuditError> {
        self.months.retain(|month, _| *month < from);
        self.left.retain(|(month, _)| *month < from);
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
            let Priced { terms, unknown, untold, used, items } = self.month(month, &mut ledger, billed, by_line)?;
            add(&mut self.usage, &used).map_err(AuditError::Price)?;
            let left = unknown.iter().filter_map(|unknown| match unknown {
                Unknown::Left(item) => Some((month, item.clone())),
                _ => None,
            });
            self.left.extend(left);
            if let Some(before) = before {
                let after = ledger.clone();
                self.months.insert(month, Reckoned { before, terms, unknown, untold, used, items, after });
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
        let is_billed = billed.keys().any(|(of, _)| *of == month);
        let untold = if is_billed { self.untold_of(month) } else { Vec::new() };
        let of = |amounts: &Billed, item: &Item| amounts.get(&(month, item.clone())).cloned();
        let (billed, by_line) = (|item: &Item| of(billed, item), |item: &Item| of(by_line, item));
        let mut unknown: BTreeSet<Unknown> =
            self.by_row(month).into_iter().filter(|item| billed(item).is_some()).map(Unknown::Line).collect();
        unknown.extend(self.without_figure(month, &billed).map(Unknown::Line));
        unknown.extend(self.by_uncounted(month).into_iter().map(Unknown::Line));
        let (mut stated, left) = self.without_quantity(month);
        unknown.extend(left);
        stated.extend(self.stated.iter().filter(|stated| stated.month == month).cloned());
        loop {
            let mut terms: Vec<Contract> = self.in_force.versions().iter().map(|terms| (*terms).clone()).collect();
            for unknown in &unknown {
                terms.iter_mut().for_each(|terms| unknown.leave_out(terms, &self.names, &billed, &by_line));
            }
            // What takes back more than it bills has no price, and stays out of what was used.
            let is_back = |stated: &Stated| {
                let name = &terms[stated.version].charges[stated.charge].name;
                unknown.contains(&Unknown::Back(self.names.item(LineKind::Charge, name)))
            };
            let stated: Vec<&Stated> = stated.iter().filter(|stated| !is_back(stated)).collect();
            let priced = self.used(&terms, &stated, month, ledger).and_then(|(used, usage)| {
                let mut after = ledger.clone();
                let invoice = self.price(&terms, &usage, month, &mut after)?;
                Ok((used, invoice, after))
            });
            match priced {
                Ok((used, invoice, after)) => {
                    let mut items = self.items(&invoice);
                    for unknown in &unknown {
                        let (item, amount) = match unknown {
                            Unknown::Line(item) => (item, billed(item).unwrap_or_default()),
                            Unknown::Back(item) | Unknown::Earlier(item) => (item, by_line(item).unwrap_or_default()),
                            _ => continue,
                        };
                        items.insert(item.clone(), OwedItem { amount, lines: Vec::new() });
                    }
                    // What stands besides is no line of the contract.
                    items.retain(|item, _| item.kind != LineKind::Charge || self.names.is_charge(&item.name));
                    let owed = |item: &Item| items.get(item).map(|owed| owed.amount.clone());
                    let is_earlier = |untold: &&Untold| {
                        let [billed, owed] = [billed(&untold.item), owed(&untold.item)].map(Option::unwrap_or_default);
                        let earlier = Unknown::Earlier(untold.item.clone());
                        untold.may_explain(&billed, &owed) && !unknown.contains(&earlier)
                    };
                    if let Some(untold) = untold.iter().find(is_earlier) {
                        unknown.insert(Unknown::Earlier(untold.item.clone()));
                        continue;
                    }
                    let is_there = |untold: &Untold| billed(&untold.item).or_else(|| owed(&untold.item)).is_some();
                    let untold = untold.into_iter().filter(is_there).collect();
                    *ledger = after;
                    return Ok(Priced { terms, unknown, untold, used, items });
                }
                Err(error) => {
                    let more = self.whose(&error, &unknown).filter(|more| !unknown.contains(more));
                    let more = more.ok_or(AuditError::Price(error))?;
                    if let Unknown::Line(item) | Unknown::Back(item) = &more {
                        let by_price = self.priced_by(item, month).into_iter();
                        unknown.extend(by_price.filter(|item| billed(item).is_some()).map(Unknown::Line));
                    }
                    unknown.insert(more);
                }
            }
        }
    }

    /// What lines state of a month as usage, and all that was used with it.
    fn used(
        &self,
        terms: &[Contract],
        stated: &[&Stated],
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

    /// The lines of a month that hang on earlier ones of which nothing is known.
    fn untold_of(&self, month: Month) -> Vec<Untold> {
        let told = Told {
            month: &|month| self.told.contains(&month),
            units: &|item, month| !self.left.contains(&(month, item.clone())),
            measure: &|sla, month| self.usage.measured(&sla.name, month).is_some(),
        };
        untold::lines(&self.in_force, &self.names, month, &told)
    }

    /// The charges whose price is a share of what this one's volume chooses.
    fn priced_by(&self, item: &Item, month: Month) -> BTreeSet<Item> {
        let mut items = BTreeSet::new();
        for (_, terms) in self.in_force.of_month(month) {
            let Some(chosen) = self.names.position(terms, &item.name).filter(|_| item.kind == LineKind::Charge) else {
                continue;
            };
            let is_chosen = matches!(
                &terms.charges[chosen].kind,
                ChargeKind::Counted(Counted { tariff: Tariff::Bands { tiers: Tiers::Volume, .. }, .. })
            );
            let is_by = |charge: &&Charge| match &charge.kind {
                ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { of, .. }, .. }) => is_chosen && *of == chosen,
                _ => false,
            };
            let by = terms.charges.iter().filter(is_by);
            items.extend(by.map(|charge| self.names.item(LineKind::Charge, &charge.name)));
        }
        items
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
                let is_stated = self.stated.iter().any(|stated| of_charge(&stated));
                if is_stated || self.is_used_of_month(self.names.latest(&charge.name), month) {
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

    /// Whether it is said how many units of a charge all of a month used, whichever of its versions they stand at: where its
    /// terms change on one of its days, a line for the month stands at one of them.
    fn is_used_of_month(&self, charge: &str, month: Month) -> bool {
        self.in_force.of_month(month).any(|(version, terms)| {
            let Some(position) = self.names.position(terms, charge) else { return false };
            let is_stated = |stated: &Stated| {
                (stated.version, stated.charge, stated.month) == (version, position, month)
                    && stated.is_of_month
                    && stated.says_used()
            };
            let mut known = self.usage.of_counter(version, CounterOf::Charge(position), month);
            known.next().is_some() || self.stated.iter().any(is_stated)
        })
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

    /// The charges that lines bill in a month without saying how many units, and what looks at how many these are.
    fn by_uncounted(&self, month: Month) -> BTreeSet<Item> {
        let mut items = BTreeSet::new();
        for (_, item) in self.uncounted.iter().filter(|(of, _)| *of == month) {
            items.extend(self.priced_by(item, month));
            for (_, terms) in self.in_force.of_month(month) {
                let Some(position) = self.names.position(terms, &item.name) else { continue };
                let is_ratio =
                    |charge: &&Charge| matches!(&charge.kind, ChargeKind::Ratio(ratio) if ratio.of == position);
                let ratios = terms.charges.iter().filter(is_ratio);
                items.extend(ratios.map(|charge| self.names.item(LineKind::Charge, &charge.name)));
                let volumes = terms
                    .minimums
                    .iter()
                    .filter(|minimum| matches!(minimum.of, MinimumOf::Volume { .. }) && minimum.on.contains(&position));
                items.extend(volumes.map(|minimum| self.names.item(LineKind::Minimum, &minimum.name)));
            }
            items.insert(item.clone());
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
        let given = [Unknown::Line(item.clone()), Unknown::Back(item.clone()), Unknown::Earlier(item.clone())];
        self.months.get(&month).is_some_and(|reckoned| given.iter().any(|given| reckoned.unknown.contains(given)))
    }

    /// What was left out of any month, because nobody has said what it looks at.
    pub fn unknown(&self) -> BTreeSet<&Unknown> {
        self.months.values().flat_map(|reckoned| &reckoned.unknown).collect()
    }

    /// The lines that hang on earlier months of which nothing is known, with all of these months.
    pub fn untold(&self) -> BTreeMap<&Item, BTreeSet<Month>> {
        let mut untold: BTreeMap<&Item, BTreeSet<Month>> = BTreeMap::new();
        for line in self.months.values().flat_map(|reckoned| &reckoned.untold) {
            untold.entry(&line.item).or_default().extend(&line.months);
        }
        untold
    }

    /// What the month would owe under other terms or with other usage. `None` if that has no price.
    pub fn otherwise(&self, month: Month, change: impl Fn(&mut Contract), usage: Option<&Usage>) -> Option<Items> {
        let reckoned = self.months.get(&month)?;
        let mut terms = reckoned.terms.clone();
        terms.iter_mut().for_each(change);
        if !terms.iter().all(prices_are_shared) {
            return None;
        }
        let invoice = self.price(&terms, usage.unwrap_or(&self.usage), month, &mut reckoned.before.clone()).ok()?;
        Some(self.items(&invoice))
    }

    /// The versions in force in a month, as it is priced.
    pub fn terms(&self, month: Month) -> impl Iterator<Item = &Contract> {
        let reckoned = self.months.get(&month);
        reckoned.into_iter().flat_map(|reckoned| &reckoned.terms).filter(move |terms| 0 < terms.in_force.days_in(month))
    }
}

fn add(usage: &mut Usage, used: &[(UsageKey, Used)]) -> Result<(), PriceError> {
    used.iter().try_for_each(|(key, used)| Ok(usage.add(key.clone(), used.clone())?))
}

/// Whether what has a share of another charge's price still has one by volume to take it from: another reading may make
/// something else of that charge.
fn prices_are_shared(terms: &Contract) -> bool {
    let is_by_volume =
        |of: usize| terms.counted(of).is_some_and(|counted| matches!(counted.tariff, Tariff::Bands { .. }));
    terms.charges.iter().all(|charge| match &charge.kind {
        ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { of, .. }, .. }) => is_by_volume(*of),
        _ => true,
    })
}

/// The smallest amount that a currency has.
pub(crate) fn minor_unit(digits: u32) -> Exact {
    Exact::ratio(1, 10i128.pow(digits)).expect("a power of 10 is not 0")
}
