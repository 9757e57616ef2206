//! What is paid before it is used, drawn down as it is used, and lost where it lapses.

use longshore_units::{Amount, Exact, Factor, Month};

use super::bill::Bill;
use super::draft::{Draft, amount_detail};
use crate::invoice::LineKind;
use crate::{Due, Prepaid};

/// Adds the payments that fall due, and takes off what is drawn down.
pub(super) fn lines(bill: &mut Bill<'_>) {
    let contract = bill.contract;
    for prepaid in &contract.prepaid {
        let mut balance = Balance::before(bill, prepaid);
        if let Some(rule) = due(bill, prepaid).filter(|_| !prepaid.amount.is_zero()) {
            let amount = bill.rounded(&prepaid.amount);
            balance.pay(bill.month, amount.clone());
            let detail = vec![amount_detail(rule, prepaid.amount.clone())];
            push(bill, prepaid, prepaid.name.clone(), amount, detail);
        }
        let open = bill.open_of(&prepaid.on).max(Amount::zero());
        let drawn = balance.draw(bill.month, &open);
        if !drawn.is_zero() {
            bill.draw(&prepaid.on, &drawn);
            let rule = format!("of {} that were used", open.0.to_decimal(4));
            push(bill, prepaid, prepaid.drawdown(), -&drawn, vec![amount_detail(rule, -&drawn)]);
        }
        balance.note(bill, prepaid);
    }
}

fn push(bill: &mut Bill<'_>, prepaid: &Prepaid, name: String, exact: Amount, detail: Vec<crate::Detail>) {
    bill.closed.lines.insert(name.clone(), exact.clone());
    bill.push(Draft::other(&name, LineKind::Prepaid, prepaid.clause.as_ref(), exact, detail));
}

/// Why a payment falls due in the month, if one does.
fn due(bill: &Bill<'_>, prepaid: &Prepaid) -> Option<String> {
    match prepaid.due {
        Due::Once(on) => (Month::of(on) == bill.month).then(|| format!("paid in advance, on {on}")),
        Due::Monthly => Some("paid in advance, every month".to_owned()),
    }
}

/// What is left of payments, the oldest first.
struct Balance {
    left: Vec<(Month, Amount)>,
    expires_months: Option<u32>,
}

impl Balance {
    /// What earlier months leave of it.
    fn before(bill: &Bill<'_>, prepaid: &Prepaid) -> Balance {
        let mut balance = Balance { left: Vec::new(), expires_months: prepaid.expires_months };
        let drawdown = prepaid.drawdown();
        for (month, closed) in &bill.ledger.months {
            if let Some(paid) = closed.lines.get(&prepaid.name) {
                balance.pay(*month, paid.clone());
            }
            if let Some(drawn) = closed.lines.get(&drawdown) {
                balance.draw(*month, &-drawn);
            }
        }
        balance
    }

    fn pay(&mut self, month: Month, amount: Amount) {
        self.left.push((month, amount));
    }

    /// The last month in which a payment can be drawn down.
    fn last(&self, paid: Month) -> Option<Month> {
        let months = i32::try_from(self.expires_months?).ok()?;
        paid.plus(months - 1)
    }

    /// Draws down up to an amount in a month, from the oldest payment on; returns how much there was.
    fn draw(&mut self, month: Month, most: &Amount) -> Amount {
        let mut open = most.clone();
        for position in 0..self.left.len() {
            if open.is_zero() {
                break;
            }
            let (paid, left) = &self.left[position];
            if self.last(*paid).is_none_or(|last| month <= last) {
                let part = left.clone().min(open.clone());
                open = &open - &part;
                self.left[position].1 = left - &part;
            }
        }
        self.left.retain(|(_, left)| !left.is_zero());
        most - &open
    }

    /// Says what lapses with the month, and what the contract's end leaves.
    fn note(&self, bill: &mut Bill<'_>, prepaid: &Prepaid) {
        let (month, currency) = (bill.month, bill.contract.currency);
        let ends = bill.term.ends.map(Month::of) == Some(month);
        for (paid, left) in &self.left {
            let amount = left.0.to_decimal(4);
            let last = self.last(*paid);
            if last == Some(month) {
                bill.notes.push(format!(
                    "`{}`: {amount} {currency} of what was paid in {paid} lapse with the end of {month}",
                    prepaid.name
                ));
            } else if ends && last.is_none_or(|last| month < last) {
                bill.notes.push(format!(
                    "`{}`: {amount} {currency} of what was paid in {paid} are not used when the contract ends",
                    prepaid.name
                ));
            }
        }
    }
}

impl Bill<'_> {
    /// What the lines of some charges leave to pay: less discounts, and what other prepayments have covered.
    fn open_of(&self, charges: &[usize]) -> Amount {
        let names = charges.iter().map(|position| &self.contract.charges[*position].name);
        let drawn: Amount = names.filter_map(|name| self.drawn.get(name).cloned()).sum();
        &self.less_discounts(charges) - &drawn
    }

    /// Remembers which charges a drawdown covered: in the proportion of what they leave to pay.
    fn draw(&mut self, charges: &[usize], drawn: &Amount) {
        let whole = self.open_of(charges);
        for position in charges {
            let open = self.open_of(std::slice::from_ref(position));
            let share = open.0.divided_by(&whole.0).map_or_else(|| Factor(Exact::zero()), Factor);
            let name = self.contract.charges[*position].name.clone();
            *self.drawn.entry(name).or_insert_with(Amount::zero) += &(drawn * &share);
        }
    }
}
