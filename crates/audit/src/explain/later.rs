//! Amounts without a quantity that mend what is billed of a charge: with a later invoice, or beside it on the same one.

use longshore_units::Amount;

use super::Case;
use crate::{BilledLine, Cause, Confidence, Finding};

/// What is billed of a charge's month: before its mending lines and with them, beside what is owed.
struct Mended {
    by: Amount,
    before: Amount,
    left: Amount,
    owed: Amount,
}

impl Mended {
    /// By these lines, the charge's last.
    fn of(case: &Case<'_, '_>, lines: &[&BilledLine]) -> Mended {
        let key = (case.month, case.item.clone());
        let left = case.billed_items.get(&key).cloned().unwrap_or_default();
        let owed = case.item().map(|item| item.amount.clone()).unwrap_or_default();
        let by: Amount = lines.iter().map(|line| line.amount.clone()).sum();
        Mended { before: &left - &by, by, left, owed }
    }

    /// What it does, and what it leaves.
    fn written(&self, case: &Case<'_, '_>, line: &BilledLine) -> String {
        let (number, name, month) = (line.number, &case.item.name, case.month);
        let (by, before, left, owed) = (
            case.money(&if self.by.0.is_negative() { -&self.by } else { self.by.clone() }),
            case.money(&self.before),
            case.money(&self.left),
            case.money(&self.owed),
        );
        let does = match self.by.0.is_negative() {
            true => format!("line {number} gives back {by} of the {before} that `{name}` was billed for {month}"),
            false => format!("line {number} asks for {by} more than the {before} that `{name}` was billed for {month}"),
        };
        let comes_to = if self.by.0.is_negative() { "leaves" } else { "makes" };
        match self.left == self.owed {
            true => format!("{does}: that {comes_to} {left}, which is owed"),
            false => format!("{does}: that {comes_to} {left}, and {owed} are owed"),
        }
    }

    /// What is to be done about it, by what is left.
    fn remedy(&self) -> &'static str {
        match (self.left == self.owed, self.left < self.owed) {
            (true, _) => "set it against what was found of that month: nothing is left to claim",
            (_, true) => "to the buyer's favor: set it aside, it may be billed anew",
            _ => "have what goes beyond what is owed credited: it is owed once",
        }
    }

    fn finding(&self, case: &Case<'_, '_>, lines: &[&BilledLine], amount: &Amount) -> Option<Finding> {
        let first = lines.first()?;
        // What was billed in full before is billed again; whatever else mends it, one way or the other.
        let is_again = !self.by.0.is_negative() && self.owed <= self.before;
        let (cause, confidence) =
            if is_again { (Cause::Duplicate, Confidence::Certain) } else { (Cause::NotBilled, Confidence::Likely) };
        let how = self.written(case, first);
        let mut finding = case.finding(cause, amount.clone(), confidence, how, self.remedy());
        finding.lines = lines.iter().map(|line| line.number).collect();
        Some(finding)
    }
}

/// What was owed with an earlier invoice, and is mended by this one.
pub(super) fn finding(case: &Case<'_, '_>) -> Option<Finding> {
    let mended = Mended::of(case, case.lines);
    let is_fixed = case.lines.iter().all(|line| line.quantity.is_none());
    let is_mended = is_fixed && mended.by == case.difference && !mended.owed.is_zero();
    is_mended.then(|| mended.finding(case, case.lines, &case.difference))?
}

/// Amounts beside a charge's other lines that give back just what nothing else explains.
pub(super) fn beside(case: &Case<'_, '_>, rest: &Amount) -> Option<Finding> {
    let is_back = |line: &&&BilledLine| line.quantity.is_none() && line.amount.0.is_negative();
    let back: Vec<&BilledLine> = case.lines.iter().filter(is_back).copied().collect();
    let mended = Mended::of(case, &back);
    (mended.by == *rest && back.len() < case.lines.len()).then(|| mended.finding(case, &back, rest))?
}
