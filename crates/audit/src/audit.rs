//! The audit: invoices in order, each line beside what is owed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use longshore_contract::{Contract, LineKind, PriceError, RoundAt, Usage};
use longshore_units::{Amount, Exact, Month, plain};

use crate::duplicate::{Seen, repeats};
use crate::explain::{Case, OnInvoice, explain};
use crate::item::Item;
use crate::owed::{Billed, Items, Owed, minor_unit};
use crate::taken_back;
use crate::used::{self, Taken};
use crate::{
    Audit, AuditedInvoice, AuditedLine, BilledInvoice, BilledLine, Cause, Confidence, Finding, LineRef, currency,
    header, printed, surcharge, unchecked,
};

/// What the buyer chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Differences of a line that are not larger are let pass.
    pub tolerance: Amount,
    /// The day as of whose end amendments are known; all of them where none is named.
    pub known: Option<Date>,
}

/// Why invoices cannot be audited.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// The contract has no price for what the invoices say.
    #[error(transparent)]
    Price(PriceError),
    /// An invoice lies further from the contract's first month than any contract lasts.
    #[error(
        "from {from}, the contract's first month, to {to} are more months than a contract lasts; see whether a year is mistyped"
    )]
    TooFar {
        /// The first month.
        from: Month,
        /// The invoice's month.
        to: Month,
    },
}

/// Compares invoices with their contract, by the invoices' own quantities.
///
/// `known` is what else is known: rates and indexes, what was used in months of which there is no invoice, what rules look
/// at besides. The invoices' own service figures are added to it.
///
/// # Errors
/// Where the contract has no price for what the invoices say, although what it needs records for is taken as it is billed.
pub fn audit(
    contract: &Contract,
    invoices: &[BilledInvoice],
    known: &Usage,
    choices: &Choices,
) -> Result<Audit, AuditError> {
    let in_force = contract.in_force(choices.known);
    let mut audit = Auditing {
        contract,
        choices,
        owed: Owed::new(contract, in_force),
        known,
        billed: Billed::new(),
        by_line: Billed::new(),
        due: BTreeSet::new(),
        before: BTreeMap::new(),
        owed_with: BTreeMap::new(),
        corrections: BTreeSet::new(),
        carried: BTreeMap::new(),
    };
    let mut originals: Vec<&BilledInvoice> = invoices.iter().collect();
    originals.sort_by_key(|invoice| (invoice.period, invoice.issued));
    let converted = originals.iter().map(|invoice| (*invoice, currency::in_contracts(contract, known, invoice)));
    let (compared, without_rate): (Vec<_>, Vec<_>) = converted.partition(|(_, converted)| converted.is_some());
    let (originals, converted): (Vec<&BilledInvoice>, Vec<Cow<'_, BilledInvoice>>) =
        compared.into_iter().filter_map(|(original, converted)| Some((original, converted?))).unzip();
    let (mut unrounded, step) = (Vec::new(), audit.step());
    let mut compared: Vec<Cow<'_, BilledInvoice>> = Vec::new();
    for (original, converted) in originals.iter().zip(converted) {
        // What was turned into another currency was rounded besides.
        let is_as_written = original.currency == contract.currency;
        let counted = match is_as_written {
            true => printed::of_price(&audit.owed, converted, &mut unrounded),
            false => converted,
        };
        let told_apart = surcharge::told_apart(&audit.owed.in_force, &audit.owed.names, counted, &step);
        compared.push(match is_as_written {
            true => printed::unrounded(&audit.owed, told_apart, &step, &mut unrounded),
            false => told_apart,
        });
    }
    let invoices: Vec<&BilledInvoice> = compared.iter().map(Cow::as_ref).collect();
    let lines = audit.matched(&invoices);
    let mut audited = Vec::new();
    for (position, original) in originals.iter().enumerate() {
        let mut invoice = audit.invoice(&originals, &invoices, &lines, position)?;
        invoice.findings.extend(header::currency(contract, original));
        audited.push(invoice);
    }
    audited.extend(without_rate.iter().map(|(invoice, _)| currency::not_compared(contract, invoice)));
    let not_checked = unchecked::list(&audit.owed, &invoices, &unrounded);
    Ok(Audit { currency: contract.currency, invoices: audited, not_checked })
}

/// A line with what it bills.
#[derive(Clone, Debug)]
pub(crate) struct Matched<'i> {
    pub invoice: usize,
    pub line: &'i BilledLine,
    pub month: Month,
    /// None where the contract knows nothing of the kind.
    pub item: Option<Item>,
    /// The line that billed the same before.
    pub repeats: Option<Seen>,
}

impl Matched<'_> {
    /// Whether it bills what was billed before, and nobody takes it back.
    fn is_duplicate(&self) -> bool {
        self.repeats.as_ref().is_some_and(|seen| !seen.is_set_off)
    }

    fn is_of(&self, month: Month, item: &Item) -> bool {
        self.repeats.is_none() && self.month == month && self.item.as_ref() == Some(item)
    }
}

struct Auditing<'c> {
    contract: &'c Contract,
    choices: &'c Choices,
    known: &'c Usage,
    owed: Owed<'c>,
    /// What the invoices so far bill.
    billed: Billed,
    /// What they owe line by line, each by its own quantity and price.
    by_line: Billed,
    /// The months that are due in full, because an invoice so far bills them.
    due: BTreeSet<Month>,
    /// What the invoices so far owe.
    before: BTreeMap<(Month, Item), Amount>,
    /// The numbers of the invoice's lines that give back money of a price, and no units.
    corrections: BTreeSet<usize>,
    /// What is owed with the invoices so far: what they owe, less what is carried.
    owed_with: BTreeMap<(Month, Item), Amount>,
    /// What is left to a later invoice of the same month, which bills it.
    carried: BTreeMap<(usize, Month, Item), Amount>,
}

impl<'c> Auditing<'c> {
    /// Every line of every invoice, with what it bills and whether it was billed before.
    fn matched<'i>(&self, invoices: &[&'i BilledInvoice]) -> Vec<Matched<'i>> {
        let of_invoice = |(position, invoice): (usize, &&'i BilledInvoice)| {
            let month = invoice.period.month();
            let names = &self.owed.names;
            let matched = |line: &'i BilledLine| Matched {
                invoice: position,
                line,
                month: line.period.map_or(month, |period| period.month()),
                item: names.meant(line.charge.as_deref().unwrap_or(&line.description)).cloned(),
                repeats: None,
            };
            invoice.lines.iter().map(matched).collect::<Vec<_>>()
        };
        let mut lines: Vec<Matched<'i>> = invoices.iter().enumerate().flat_map(of_invoice).collect();
        repeats(&self.owed, invoices, &mut lines);
        lines
    }

    fn invoice(
        &mut self,
        originals: &[&BilledInvoice],
        invoices: &[&BilledInvoice],
        lines: &[Matched<'_>],
        position: usize,
    ) -> Result<AuditedInvoice, AuditError> {
        let invoice = invoices[position];
        let month = invoice.period.month();
        let so_far = |line: &&Matched<'_>| line.invoice <= position && line.repeats.is_none();
        let taken: Vec<Taken<'_>> = lines
            .iter()
            .filter(so_far)
            .filter_map(|line| {
                let (item, period) = (line.item.as_ref()?, invoices[line.invoice].period);
                Some(Taken { invoice: line.invoice, line: line.line, item, month: line.month, period })
            })
            .collect();
        let mut known = self.known.clone();
        for invoice in &invoices[..=position] {
            for figure in &invoice.figures {
                let item = self.owed.names.meant(&figure.name).filter(|item| item.kind == LineKind::Service);
                if let Some(item) = item {
                    known.measure(item.name.clone(), invoice.period.month(), figure.value.clone());
                }
            }
        }
        let (in_force, names) = (&self.owed.in_force, &self.owed.names);
        let corrections = used::corrections(in_force, names, &taken);
        let of_this = corrections.iter().map(|at| &taken[*at]).filter(|taken| taken.invoice == position);
        self.corrections = of_this.map(|taken| taken.line.number).collect();
        let stated = used::stated(in_force, names, &taken, &corrections);
        let uncounted = used::uncounted(&taken);
        let own: Vec<&Matched<'_>> = lines.iter().filter(|line| line.invoice == position).collect();
        for line in own.iter().filter(|line| line.repeats.is_none()) {
            if let Some(item) = &line.item {
                let price = taken_back::price(&self.owed.in_force, &self.owed.names, item, line.month, line.line);
                let price = price.filter(|_| !self.corrections.contains(&line.line.number));
                let by_line = taken_back::owed(price.as_ref(), line.line, &self.step());
                *self.by_line.entry((line.month, item.clone())).or_default() += &by_line;
                *self.billed.entry((line.month, item.clone())).or_default() += &line.line.amount;
            }
        }
        if !invoice.is_credit_note() {
            self.due.insert(month);
        }
        self.owed.believe(known, stated, uncounted, &self.due);
        let months = own.iter().map(|line| line.month).chain([month]);
        let from = months.clone().min().expect("there is the invoice's own");
        let to = months.chain(self.due.iter().copied()).max().expect("there is the invoice's own");
        self.owed.reckon(from, to, &self.billed, &self.by_line)?;

        let owed = self.newly_owed(invoices, lines, position);
        let is_converted = originals[position].currency != invoice.currency;
        let audited = self.lines(invoice, &own, &owed, is_converted);
        let audited = self.rounded_once(audited, total(invoice, month), month);
        let owed = audited.iter().map(|line| line.owed.clone()).sum();
        Ok(AuditedInvoice {
            number: invoice.number.clone(),
            file: invoice.file.clone(),
            month,
            findings: header::findings(self.contract, &self.owed, invoices, position, &own),
            lines: audited,
            billed: invoice.asked(),
            owed,
        })
    }

    /// What is owed with this invoice and was not with those before it.
    fn newly_owed(
        &mut self,
        invoices: &[&BilledInvoice],
        lines: &[Matched<'_>],
        position: usize,
    ) -> BTreeMap<(Month, Item), Amount> {
        let months: BTreeSet<Month> =
            self.due.iter().copied().chain(self.billed.keys().map(|(month, _)| *month)).collect();
        let mut newly = BTreeMap::new();
        for month in months {
            let nothing = Items::new();
            let items = self.owed.of(month).unwrap_or(&nothing);
            let is_due = self.due.contains(&month);
            let billed = self.billed.keys().filter(|(of, _)| *of == month).map(|(_, item)| item.clone());
            let items: BTreeMap<Item, Amount> = items
                .iter()
                .map(|(item, owed)| (item.clone(), owed.amount.clone()))
                .chain(billed.filter(|item| !items.contains_key(item)).map(|item| (item, Amount::zero())))
                .filter(|(item, _)| is_due || self.billed.contains_key(&(month, item.clone())))
                .collect();
            let gone = self.before.keys().filter(|(of, item)| *of == month && !items.contains_key(item));
            let gone: Vec<(Item, Amount)> = gone.map(|(_, item)| (item.clone(), Amount::zero())).collect();
            for (item, now) in items.into_iter().chain(gone) {
                let key = (month, item);
                let before = self.before.insert(key.clone(), now.clone()).unwrap_or_default();
                let carried = self.carried.remove(&(position, month, key.1.clone())).unwrap_or_default();
                let delta = &(&now - &before) + &carried;
                // What this invoice does not bill, but a later one of the same month does, is owed with that; and so is what
                // it takes back in full.
                let bills = |line: &&Matched<'_>| line.is_of(month, &key.1);
                let billers = || lines.iter().filter(bills).map(|line| line.invoice);
                let later = billers().filter(|biller| position < *biller).min();
                let is_biller = billers().any(|biller| biller == position);
                let is_back = is_biller && self.billed.get(&key).is_some_and(Amount::is_zero);
                // What else a credit note leaves owing is billed by the invoice in whose place it makes room.
                let anew = || {
                    let is_anew = |(_, invoice): &(usize, &&BilledInvoice)| {
                        invoice.period.month() == month && !invoice.is_credit_note()
                    };
                    invoices.iter().enumerate().skip(position + 1).find(is_anew).map(|(later, _)| later)
                };
                let is_note = invoices[position].is_credit_note();
                let later = later.or_else(|| if is_note && (is_back || !is_biller) { anew() } else { None });
                let with = self.owed_with.entry(key.clone()).or_default();
                let now = match later {
                    Some(_) if is_back => -&*with,
                    Some(_) if !is_biller => Amount::zero(),
                    _ => delta.clone(),
                };
                *with += &now;
                let left = &delta - &now;
                if let Some(later) = later.filter(|_| !left.is_zero()) {
                    *self.carried.entry((later, month, key.1.clone())).or_default() += &left;
                }
                newly.insert(key, now);
            }
        }
        newly
    }

    /// The invoice's lines, each beside what is owed.
    fn lines(
        &self,
        invoice: &BilledInvoice,
        own: &[&Matched<'_>],
        owed: &BTreeMap<(Month, Item), Amount>,
        is_converted: bool,
    ) -> Vec<AuditedLine> {
        let mut compared: Vec<AuditedLine> = Vec::new();
        let mut keys: BTreeSet<(Month, Item)> =
            owed.iter().filter(|(_, amount)| !amount.is_zero()).map(|(key, _)| key.clone()).collect();
        let mut in_order: Vec<(Month, Item)> = Vec::new();
        for line in own.iter().filter(|line| line.repeats.is_none()) {
            match &line.item {
                Some(item) => {
                    let key = (line.month, item.clone());
                    keys.remove(&key);
                    if !in_order.contains(&key) {
                        in_order.push(key);
                    }
                }
                None => compared.push(no_charge(invoice, line, &self.owed)),
            }
        }
        compared.extend(own.iter().filter_map(|line| line.repeats.as_ref().map(|seen| repeated(line, seen))));
        in_order.extend(keys);
        let is_unmatched = |line: &&&Matched<'_>| line.item.is_none() || line.is_duplicate();
        let on = OnInvoice {
            period: invoice.period,
            lines: own.iter().map(|line| (line.item.as_ref(), line.line)).collect(),
            unmatched: own.iter().filter(is_unmatched).map(|line| (line.item.as_ref(), line.line)).collect(),
        };
        let items = in_order.into_iter().map(|(month, item)| {
            let lines: Vec<&BilledLine> =
                own.iter().filter(|line| line.is_of(month, &item)).map(|line| line.line).collect();
            let amount = owed.get(&(month, item.clone())).cloned().unwrap_or_default();
            let tolerance = self.tolerance(lines.len(), is_converted);
            self.item(&on, month, &item, lines, amount, &tolerance)
        });
        let items: Vec<AuditedLine> = items.collect();
        compared.extend(items);
        compared.sort_by_key(|line| line.lines.first().map_or(usize::MAX, |line| line.number));
        compared
    }

    /// The smallest amount of the contract's currency.
    fn step(&self) -> Exact {
        minor_unit(self.contract.currency.minor_digits())
    }

    /// The lines, with what the total asks for beyond them. Where the contract rounds the invoice and not its lines, lines are
    /// owed as they are written, and what that makes belongs to the rounding of the total.
    fn rounded_once(&self, lines: Vec<AuditedLine>, beyond: Option<AuditedLine>, month: Month) -> Vec<AuditedLine> {
        if self.contract.round.at != RoundAt::Invoice {
            return lines.into_iter().chain(beyond).collect();
        }
        let is_rounding = |line: &AuditedLine| line.kind == Some(LineKind::Rounding);
        let (rounding, mut lines): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_rounding);
        let mut once =
            AuditedLine { charge: Some("rounding".to_owned()), kind: Some(LineKind::Rounding), ..empty(month) };
        for line in rounding.into_iter().chain(beyond) {
            once.billed += &line.billed;
            once.owed += &line.owed;
            once.lines.extend(line.lines);
        }
        for line in lines.iter_mut().filter(|line| line.kind.is_some()) {
            let difference = line.difference();
            let room = Amount(&self.step() * &Exact::from(line.lines.len() as u64));
            if difference < room && -&difference < room {
                once.owed = &once.owed - &difference;
                line.owed = line.billed.clone();
                (line.findings, line.unexplained) = (Vec::new(), Amount::zero());
            }
        }
        let difference = once.difference();
        if !difference.is_zero() {
            once.findings.push(Finding {
                cause: Cause::Rounding,
                amount: difference,
                clause: None,
                confidence: Confidence::Certain,
                readings: Vec::new(),
                how: "the contract rounds the invoice once, and not its lines".to_owned(),
                remedy: "have the total mended; it returns every month".to_owned(),
                lines: once.lines.iter().map(|line| line.number).collect(),
            });
        }
        let is_something = !once.billed.is_zero() || !once.owed.is_zero();
        lines.extend(is_something.then_some(once));
        lines
    }

    /// What is let pass of so many lines. Each line that was turned into another currency was rounded once more.
    fn tolerance(&self, lines: usize, is_converted: bool) -> Amount {
        let again = if is_converted { lines as u64 + 1 } else { 0 };
        self.choices.tolerance.clone().max(Amount(&self.step() * &Exact::from(again)))
    }

    fn item(
        &self,
        invoice: &OnInvoice<'_>,
        month: Month,
        item: &Item,
        lines: Vec<&BilledLine>,
        owed: Amount,
        tolerance: &Amount,
    ) -> AuditedLine {
        let billed: Amount = lines.iter().map(|line| line.amount.clone()).sum();
        let difference = &billed - &owed;
        let in_all = self.owed.of(month).and_then(|items| items.get(item)).map(|item| item.amount.clone());
        let billed_in_all = self.billed.get(&(month, item.clone())).cloned().unwrap_or_default();
        let earlier = &(&billed_in_all - &in_all.unwrap_or_default()) - &difference;
        let tolerated = !difference.is_zero() && difference <= *tolerance && -&difference <= *tolerance;
        let case = Case {
            owed: &self.owed,
            billed_items: &self.billed,
            month,
            item,
            lines: &lines,
            invoice,
            corrections: &self.corrections,
            difference: difference.clone(),
            earlier,
            step: self.step(),
            places: self.contract.currency.minor_digits(),
        };
        let findings = if tolerated { Vec::new() } else { explain(&case) };
        let explained: Amount = findings.iter().map(|finding| finding.amount.clone()).sum();
        AuditedLine {
            charge: Some(item.name.clone()),
            kind: Some(item.kind),
            month,
            lines: lines.iter().map(|line| reference(line)).collect(),
            billed,
            owed,
            findings,
            unexplained: &difference - &explained,
            tolerated,
        }
    }
}

/// A line on which nothing stands yet.
fn empty(month: Month) -> AuditedLine {
    AuditedLine {
        charge: None,
        kind: None,
        month,
        lines: Vec::new(),
        billed: Amount::zero(),
        owed: Amount::zero(),
        findings: Vec::new(),
        unexplained: Amount::zero(),
        tolerated: false,
    }
}

/// A line as people find it.
pub(crate) fn reference(line: &BilledLine) -> LineRef {
    LineRef { number: line.number, place: line.place.clone(), description: line.description.clone() }
}

fn no_charge(invoice: &BilledInvoice, matched: &Matched<'_>, owed: &Owed<'_>) -> AuditedLine {
    let line = matched.line;
    let words = line.charge.as_ref().unwrap_or(&line.description);
    let near = nearest(words, owed);
    let remedy = match near {
        Some(name) => format!(
            "ask for the clause it rests on; if it is `{name}`, say so in the mapping: \"{}\" = \"{name}\"",
            line.description
        ),
        None => format!("ask {} for the clause it rests on, and do not pay it until then", ask(invoice)),
    };
    let finding = Finding {
        cause: Cause::NoCharge,
        amount: line.amount.clone(),
        clause: None,
        confidence: if near.is_some() { Confidence::Ambiguous } else { Confidence::Likely },
        readings: Vec::new(),
        how: format!("no charge or term of the contract is called `{words}`"),
        remedy,
        lines: vec![line.number],
    };
    alone(matched, Amount::zero(), vec![finding])
}

fn ask(invoice: &BilledInvoice) -> &str {
    invoice.provider.as_deref().unwrap_or("the provider")
}

/// A name of the contract that shares most of its words with these.
fn nearest<'n>(words: &str, owed: &'n Owed<'_>) -> Option<&'n str> {
    let words: BTreeSet<String> = plain(words).split(' ').map(str::to_owned).collect();
    let shared = |name: &&str| plain(name).split(' ').filter(|word| words.contains(*word)).count();
    owed.names
        .all()
        .map(|name| (shared(&name), name))
        .filter(|(shared, _)| 0 < *shared)
        .max_by_key(|(shared, _)| *shared)
        .map(|(_, name)| name)
}

fn repeated(matched: &Matched<'_>, seen: &Seen) -> AuditedLine {
    let line = matched.line;
    if seen.is_set_off {
        return alone(matched, line.amount.clone(), Vec::new());
    }
    let finding = Finding {
        cause: Cause::Duplicate,
        amount: line.amount.clone(),
        clause: None,
        confidence: seen.confidence,
        readings: Vec::new(),
        how: format!("the same charge, days, quantity and amount stand on {}", seen.place),
        remedy: "have it credited, or ask what it bills that the other does not".to_owned(),
        lines: vec![line.number],
    };
    alone(matched, Amount::zero(), vec![finding])
}

/// A line of its own, with what is owed for it and the findings that make the difference.
fn alone(matched: &Matched<'_>, owed: Amount, findings: Vec<Finding>) -> AuditedLine {
    AuditedLine {
        charge: matched.item.as_ref().map(|item| item.name.clone()),
        kind: matched.item.as_ref().map(|item| item.kind),
        month: matched.month,
        lines: vec![reference(matched.line)],
        billed: matched.line.amount.clone(),
        owed,
        unexplained: Amount::zero(),
        findings,
        tolerated: false,
    }
}

/// What the invoice's total asks for beyond its lines.
fn total(invoice: &BilledInvoice, month: Month) -> Option<AuditedLine> {
    let total = invoice.total.as_ref()?;
    let sum = invoice.sum();
    let beyond = total - &sum;
    let places = invoice.currency.minor_digits();
    let money = |amount: &Amount| amount.0.to_fixed(places).unwrap_or_else(|| amount.to_string());
    let finding = Finding {
        cause: Cause::Arithmetic,
        amount: beyond.clone(),
        clause: None,
        confidence: Confidence::Certain,
        readings: Vec::new(),
        how: format!("the lines come to {}, and the total asks for {}", money(&sum), money(total)),
        remedy: "pay the sum of the lines that are right, and ask for the invoice to be mended".to_owned(),
        lines: Vec::new(),
    };
    (!beyond.is_zero()).then(|| AuditedLine { billed: beyond, findings: vec![finding], ..empty(month) })
}
