//! A month made up for an example, and what it costs by the contract's own pricing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use longshore_units::{Amount, Exact, Factor, Month, Quantity, RoundHow, Rounding};

use super::speaker::Speaker;
use crate::{
    ChargeKind, Class, Contract, Counted, CounterOf, Discount, ExchangeShare, Grain, Index, Invoice, Ledger, Limits,
    Line, Measure, Minimum, Overtime, Owner, Per, Prepaid, Quantum, RoundAt, RoundRule, Scope, Sla, Tariff, Tax,
    TiersBy, TimeUnit, Usage, UsageKey, Used, price,
};

/// A contract of some charges alone, and a month in which something happens.
///
/// Positions are those of the whole contract: what is kept has others, which nobody outside needs to know.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    contract: Contract,
    /// The positions in the whole contract of the charges that are kept; increasing.
    kept: Vec<usize>,
    usage: Usage,
    /// The month that is priced: the first that lies in the term as a whole.
    pub month: Month,
    /// A month before it that matters to it.
    earlier: Option<Month>,
}

impl Sample {
    /// Some charges, those they refer to, and nothing that stands over lines.
    pub fn of(speaker: &Speaker<'_>, charges: &[usize]) -> Sample {
        let contract = speaker.contract;
        let mut kept: BTreeSet<usize> = BTreeSet::new();
        let mut next: Vec<usize> = charges.to_vec();
        while let Some(position) = next.pop() {
            if kept.insert(position) {
                next.extend(referred(&contract.charges[position].kind));
            }
        }
        let kept: Vec<usize> = kept.into_iter().collect();
        let mut sample = Sample {
            contract: Contract {
                charges: kept.iter().map(|position| contract.charges[*position].clone()).collect(),
                ..speaker.bare.clone()
            },
            usage: Usage::default(),
            month: whole_month(contract),
            earlier: None,
            kept,
        };
        for position in 0..sample.kept.len() {
            let kept = sample.kept.clone();
            let new = |of: &usize| kept.binary_search(of).expect("what a charge refers to is kept");
            match &mut sample.contract.charges[position].kind {
                ChargeKind::Ratio(ratio) => ratio.of = new(&ratio.of),
                ChargeKind::Share(share) => share.of = share.of.iter().map(new).collect(),
                ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { of, .. }, .. }) => *of = new(of),
                _ => {}
            }
        }
        sample
    }

    fn at(&self, charge: usize) -> usize {
        self.kept.binary_search(&charge).expect("the sample has the charge")
    }

    fn on(&self, charges: &[usize]) -> Vec<usize> {
        charges.iter().map(|charge| self.at(*charge)).collect()
    }

    /// With nothing rounded but each contact, where the contract rounds there: what one of many costs.
    pub fn unrounded(mut self) -> Sample {
        let fine = Exact::ratio(1, 1_000_000_000_000).expect("a power of ten is not 0");
        let how = self.contract.round.rounding.how();
        let rule = RoundRule { at: RoundAt::Invoice, rounding: Rounding::new(fine, how).expect("above 0") };
        let own = self.contract.round.clone();
        for charge in &mut self.contract.charges {
            let at_contact = charge.round.as_ref().unwrap_or(&own).at == RoundAt::Contact;
            charge.round = at_contact.then(|| charge.round.clone().unwrap_or_else(|| own.clone()));
        }
        self.contract.round = rule;
        self
    }

    /// Without what a charge has by the month: included units, its fixed amount, what its line comes to at most or least.
    pub fn without_monthly_terms(mut self, charge: usize) -> Sample {
        let at = self.at(charge);
        let charge = &mut self.contract.charges[at];
        charge.limits = Limits::default();
        if let ChargeKind::Counted(counted) = &mut charge.kind {
            counted.included = None;
            counted.fee = None;
        }
        self
    }

    /// With a term that ends on a day.
    pub fn ending(mut self, last: Date) -> Sample {
        self.contract.term.ends = Some(last);
        self.contract.in_force.ends = Some(last);
        self
    }

    /// With the month in which a day lies.
    pub fn in_month_of(mut self, day: Date) -> Sample {
        self.month = Month::of(day);
        self
    }

    /// With the last month of a period of the contract, in which what it settles is settled.
    pub fn in_last_month(mut self, per: Per) -> Sample {
        if per != Per::Month
            && let (_, Some(last)) = per.period(self.contract.term, self.month)
        {
            self.month = last;
        }
        self
    }

    pub fn with_minimum(mut self, minimum: &Minimum) -> Sample {
        self.contract.minimums = vec![Minimum { on: self.on(&minimum.on), waived_if: None, ..minimum.clone() }];
        self
    }

    pub fn with_discount(mut self, discount: &Discount) -> Sample {
        self.contract.discounts = vec![Discount { on: self.on(&discount.on), ..discount.clone() }];
        self
    }

    pub fn with_index(mut self, index: &Index) -> Sample {
        let on = index.on.iter().filter_map(|charge| self.kept.binary_search(charge).ok()).collect();
        self.contract.indexes = vec![Index { on, ..index.clone() }];
        self
    }

    pub fn with_prepaid(mut self, prepaid: &Prepaid) -> Sample {
        self.contract.prepaid = vec![Prepaid { on: self.on(&prepaid.on), ..prepaid.clone() }];
        self
    }

    /// With an SLA term whose grace has passed, and the amount at risk. The other terms are there with their charges, of
    /// which that amount is a share, and are not measured.
    pub fn with_sla(mut self, contract: &Contract, sla: &Sla) -> Sample {
        self.contract.slas = vec![Sla { on: self.on(&sla.on), relief: None, grace_months: 0, ..sla.clone() }];
        let of_others: BTreeSet<usize> = contract.slas.iter().flat_map(|other| self.on(&other.on)).collect();
        let others = Sla { name: String::new(), on: of_others.into_iter().collect(), relief: None, ..sla.clone() };
        self.contract.slas.push(others);
        self.contract.at_risk = contract.at_risk.clone();
        self
    }

    /// With an amount at risk that limits nothing.
    pub fn without_cap(&self) -> Sample {
        let mut sample = self.clone();
        if let Some(at_risk) = &mut sample.contract.at_risk {
            at_risk.cap = Factor(Exact::from(1000u64));
        }
        sample
    }

    pub fn with_tax(mut self, tax: &Tax) -> Sample {
        let on = tax.on.iter().filter_map(|charge| self.kept.binary_search(charge).ok()).collect();
        self.contract.tax = Some(Tax { on, ..tax.clone() });
        self
    }

    pub fn with_exchange(mut self, exchange: &ExchangeShare) -> Sample {
        self.contract.pay.exchange = Some(exchange.clone());
        self
    }

    /// One row of a charge, which may bear one of its surcharges.
    pub fn add_row(&mut self, charge: usize, quantity: Quantity, surcharge: Option<usize>) {
        let class = surcharge.map_or(Class::default(), |surcharge| Class(1 << surcharge));
        self.count(CounterOf::Charge(self.at(charge)), &Rows { rows: 1, each: quantity }, class);
    }

    /// So many units of a charge, in rows as they are usual.
    pub fn add(&mut self, charge: usize, quantity: &Quantity, surcharge: Option<usize>) {
        let class = surcharge.map_or(Class::default(), |surcharge| Class(1 << surcharge));
        let at = self.at(charge);
        self.count(CounterOf::Charge(at), &self.rows(at, quantity), class);
    }

    fn rows(&self, at: usize, quantity: &Quantity) -> Rows {
        let rows = self.contract.counted(at).map(|counted| Rows::usual(counted, quantity));
        rows.unwrap_or_else(|| Rows::one(quantity.clone()))
    }

    /// So many units that were billed in the sample's month and are given back in the next, which is then priced.
    pub fn refund(&mut self, charge: usize, quantity: Quantity) {
        let at = self.at(charge);
        let billed = self.month;
        self.count(CounterOf::Charge(at), &Rows::one(quantity.clone()), Class::default());
        let Some(next) = billed.next() else { return };
        let key = UsageKey {
            version: 0,
            counter: CounterOf::Refund(at),
            period: next,
            group: self.group(self.contract.counted(at).map_or(Scope::Contract, |counted| counted.scope)),
            day: Some(billed.first()),
            class: Class::default(),
        };
        self.usage.add(key, Used::Sum { rows: 1, quantity }).expect("one row is not too many");
        (self.earlier, self.month) = (Some(billed), next);
    }

    fn group(&self, scope: Scope) -> String {
        match scope {
            Scope::Program => self.contract.programs.first().cloned().unwrap_or_default(),
            Scope::Site | Scope::Contract => String::new(),
        }
    }

    /// As many units of each charge as a small program uses in a month, and what their prices look at beside them.
    pub fn add_usual(&mut self, charges: &[usize]) {
        let mut counted: Vec<(CounterOf, Rows)> = Vec::new();
        for at in self.on(charges) {
            if let Some(usual) = self.contract.counted(at).map(usual) {
                counted.push((CounterOf::Charge(at), self.rows(at, &usual)));
            }
        }
        counted.extend(self.known());
        self.count_all(&counted, Class::default());
    }

    /// What the charges' prices look at beside their own quantities: a forecast like the usual month, ten agents.
    pub fn add_known(&mut self) {
        self.count_all(&self.known(), Class::default());
    }

    fn known(&self) -> Vec<(CounterOf, Rows)> {
        let mut known = Vec::new();
        for at in 0..self.contract.charges.len() {
            let Some(counted) = self.contract.counted(at) else { continue };
            let Tariff::Bands { bands, by, .. } = &counted.tariff else { continue };
            if bands.is_relative() {
                known.push((CounterOf::Quantum(Owner::Charge(at), Quantum::Forecast), Rows::one(usual(counted))));
            }
            if *by == TiersBy::Agents {
                known.push((CounterOf::Agents(at), Rows::one(Quantity(Exact::from(10u64)))));
            }
        }
        known
    }

    /// So many agents on the register, for the bands of a charge.
    pub fn agents(&mut self, charge: usize, agents: Quantity) {
        self.count(CounterOf::Agents(self.at(charge)), &Rows::one(agents), Class::default());
    }

    /// What the only minimum's forecast says.
    pub fn forecast_of_minimum(&mut self, quantity: Quantity) {
        self.forecast(Owner::Minimum(0), quantity);
    }

    fn forecast(&mut self, owner: Owner, quantity: Quantity) {
        self.count(CounterOf::Quantum(owner, Quantum::Forecast), &Rows::one(quantity), Class::default());
    }

    fn count(&mut self, of: CounterOf, rows: &Rows, class: Class) {
        self.count_all(&[(of, rows.clone())], class);
    }

    /// Enters rows at their counters, which are told once for all of them: a sample may have thousands of charges.
    fn count_all(&mut self, rows: &[(CounterOf, Rows)], class: Class) {
        let in_force = self.contract.in_force(None);
        let counters = in_force.counters();
        for (of, rows) in rows {
            let Some(counter) = counters.get(&(0, *of)) else { continue };
            let day = counter.by_day.then(|| self.month.first());
            let used = match counter.by_row {
                true => Used::Each([(rows.each.clone(), rows.rows)].into()),
                false => Used::Sum { rows: rows.rows, quantity: rows.quantity() },
            };
            let group = self.group(counter.scope);
            let key = UsageKey { version: 0, counter: *of, period: self.month, group, day, class };
            self.usage.add(key, used).expect("one row is not too many");
        }
    }

    /// What was measured of the only SLA term.
    pub fn measure(&mut self, value: Exact) {
        let name = self.contract.slas.first().map(|sla| sla.name.clone());
        self.usage.measure(name.unwrap_or_default(), self.month, value);
    }

    /// What a rate stood at from a day on.
    pub fn rate(&mut self, what: &str, from: Date, value: Exact) {
        self.usage.set_rate(what, from, value);
    }

    /// The month's invoice; none where the contract cannot price it from what the sample knows.
    pub fn invoice(&self) -> Option<Invoice> {
        let in_force = self.contract.in_force(None);
        let mut ledger = Ledger::default();
        if let Some(earlier) = self.earlier {
            price(&in_force, &self.usage, earlier, &mut ledger).ok()?;
        }
        price(&in_force, &self.usage, self.month, &mut ledger).ok()
    }

    /// The line of a charge of the month's invoice.
    pub fn line(&self, charge: usize) -> Option<Line> {
        let name = &self.contract.charges[self.at(charge)].name;
        self.invoice()?.lines.into_iter().find(|line| line.charge == *name)
    }

    /// What the lines of some charges come to.
    pub fn sum(&self, charges: &[usize]) -> Option<Amount> {
        let names: BTreeSet<&str> =
            charges.iter().map(|charge| self.contract.charges[self.at(*charge)].name.as_str()).collect();
        let invoice = self.invoice()?;
        let lines = invoice.lines.iter().filter(|line| names.contains(&line.charge.as_str()));
        Some(lines.map(|line| line.amount.clone()).sum())
    }
}

/// Rows that are all alike.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    /// How many.
    pub rows: u64,
    /// What each has, in the charge's unit.
    pub each: Quantity,
}

impl Rows {
    fn one(quantity: Quantity) -> Rows {
        Rows { rows: 1, each: quantity }
    }

    /// As many as so many units usually come in: a contact takes five minutes, and a sale is of 100.
    pub fn usual(counted: &Counted, quantity: &Quantity) -> Rows {
        let each = match (&counted.measure, counted.time_unit()) {
            (Measure::Time { .. }, Some(TimeUnit::Minute)) => Exact::ratio(5, 1),
            (Measure::Time { .. }, _) => Exact::ratio(1, 12),
            (Measure::SaleAmount, _) => Exact::ratio(100, 1),
            _ => Exact::ratio(1, 1),
        };
        let rows = each.and_then(|each| quantity.0.divided_by(&each));
        let rows = rows.and_then(|rows| rows.rounded_to(&Exact::one(), RoundHow::Up).to_i128());
        let rows = rows.and_then(|rows| u64::try_from(rows).ok()).unwrap_or(1).max(1);
        let share = Factor::share(1, i128::from(rows)).expect("at least one row");
        Rows { rows, each: quantity * &share }
    }

    fn quantity(&self) -> Quantity {
        &self.each * &Factor(Exact::from(self.rows))
    }
}

/// The charges that a charge refers to.
fn referred(kind: &ChargeKind) -> Vec<usize> {
    match kind {
        ChargeKind::Ratio(ratio) => vec![ratio.of],
        ChargeKind::Share(share) => share.of.clone(),
        ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { of, .. }, .. }) => vec![*of],
        _ => Vec::new(),
    }
}

/// A contract without charges and without anything that stands over lines or was amended: what every sample begins with.
pub(super) fn bare(contract: &Contract) -> Contract {
    Contract {
        in_force: contract.term,
        charges: Vec::new(),
        minimums: Vec::new(),
        discounts: Vec::new(),
        indexes: Vec::new(),
        prepaid: Vec::new(),
        tax: None,
        pay: crate::Pay::default(),
        slas: Vec::new(),
        at_risk: None,
        amendments: Vec::new(),
        amended: BTreeMap::new(),
        ..contract.clone()
    }
}

/// The first month that lies in the term as a whole; the first of the term where none does.
fn whole_month(contract: &Contract) -> Month {
    let first = Month::of(contract.term.starts);
    let is_whole = |month: &Month| contract.term.days_in(*month) == month.days();
    [Some(first), first.next()].into_iter().flatten().find(is_whole).unwrap_or(first)
}

/// What a small program uses of a charge in a month, in its unit.
pub(super) fn usual(counted: &Counted) -> Quantity {
    let units: u64 = match (&counted.measure, counted.unit()) {
        (Measure::SaleAmount, _) => 50_000,
        (Measure::Cost { .. }, _) => 1_000,
        (Measure::AgentTime { overtime: Some(Overtime { .. }), .. }, "minute") => 6_000,
        (Measure::AgentTime { overtime: Some(Overtime { .. }), .. }, _) => 100,
        (_, "minute") if matches!(counted.grain, Grain::Contact | Grain::Leg) => 50_000,
        (_, "minute") => 120_000,
        (_, "hour" | "agent-hour") => 2_000,
        (_, "agent-month") => 10,
        (_, "contact" | "leg") => 10_000,
        (_, "resolution") => 2_000,
        _ => 100,
    };
    Quantity(Exact::from(units))
}

/// How many units of a charge come to about an amount, as a round number: its list price alone is looked at.
pub(super) fn about_units(amount: &Amount, counted: &Counted) -> Option<Quantity> {
    let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
    let units = amount.0.divided_by(&bands.list_price().0)?;
    let whole = units.rounded_to(&Exact::one(), RoundHow::Down).to_i128()?;
    let step = 10i128.checked_pow(whole.checked_ilog10()?)?;
    Some(Quantity(Exact::from(whole / step * step)))
}
