//! Whether a condition holds, and what rules look at beside the charges' lines.

use longshore_units::{Exact, Month, Quantity};

use super::bill::Bill;
use super::{PriceError, Rule};
use crate::{Against, Condition, Contract, CounterOf, Minimum, Owner, Quantum, Sla};

/// A rule that looks at quantities. It is known by its name, which outlives amendments.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asking<'c> {
    Minimum(&'c Minimum),
    Sla(&'c Sla),
}

impl Asking<'_> {
    pub fn name(&self) -> &str {
        match self {
            Asking::Minimum(minimum) => &minimum.name,
            Asking::Sla(sla) => &sla.name,
        }
    }

    fn rule(&self) -> Rule {
        match self {
            Asking::Minimum(minimum) => Rule::Minimum(minimum.name.clone()),
            Asking::Sla(sla) => Rule::Service(sla.name.clone()),
        }
    }

    /// The name of what it looks at, as quantities given by hand call it.
    pub fn counter(&self, quantum: Quantum) -> String {
        quantum.counter_of(self.name())
    }

    fn owner(&self, contract: &Contract) -> Option<Owner> {
        match self {
            Asking::Minimum(minimum) => {
                contract.minimums.iter().position(|known| known.name == minimum.name).map(Owner::Minimum)
            }
            Asking::Sla(sla) => contract.slas.iter().position(|known| known.name == sla.name).map(Owner::Sla),
        }
    }

    /// What one of its quantities came to in the month, under all versions of the contract together. The volume of charges
    /// is what they used; where nothing was used, it is 0. Of everything else, what nobody has given is not known.
    pub fn quantum(&self, bill: &Bill<'_>, quantum: Quantum) -> Result<Quantity, PriceError> {
        if let (Asking::Minimum(minimum), Quantum::Volume) = (self, quantum) {
            return Ok(bill.used_by(&minimum.on));
        }
        let mut known: Option<Quantity> = None;
        for part in &bill.parts {
            let Some(owner) = self.owner(part.contract) else { continue };
            let counter = CounterOf::Quantum(owner, quantum);
            for (_, used) in bill.usage.of_counter(part.version, counter, bill.month) {
                *known.get_or_insert_default() += &used.quantity();
            }
        }
        if bill.usage.is_taken_as_unused(bill.month) {
            return Ok(known.unwrap_or_default());
        }
        known.ok_or_else(|| PriceError::NotKnown { rule: self.rule(), what: self.counter(quantum), month: bill.month })
    }

    /// Keeps quantities of the month for a later month's settlement. What nobody has given is not there.
    pub fn remember(&self, bill: &mut Bill<'_>, quanta: impl IntoIterator<Item = Quantum>) {
        for quantum in quanta {
            if let Ok(quantity) = self.quantum(bill, quantum) {
                bill.closed.quanta.insert(self.counter(quantum), quantity);
            }
        }
    }

    /// What one of its quantities, but for the volume of charges, came to from a month on until now.
    pub fn quantum_since(&self, bill: &Bill<'_>, first: Month, quantum: Quantum) -> Result<Quantity, PriceError> {
        let (mut sum, what) = (self.quantum(bill, quantum)?, self.counter(quantum));
        for (month, closed) in bill.ledger.between(first, bill.month) {
            let not_known = || PriceError::NotKnown { rule: self.rule(), what: what.clone(), month };
            sum += closed.quanta.get(&what).ok_or_else(not_known)?;
        }
        Ok(sum)
    }
}

/// Whether a condition holds on quantities that somebody knows; if it does, in words.
pub(super) fn holds(
    condition: &Condition,
    quantity: impl Fn(Quantum) -> Result<Quantity, PriceError>,
) -> Result<Option<String>, PriceError> {
    let left = quantity(condition.left)?;
    let right = match &condition.right {
        Against::Share(share, of) => &quantity(*of)? * share,
        Against::Number(number) => Quantity(number.clone()),
    };
    if !condition.comparison.holds(&left.0, &right.0) {
        return Ok(None);
    }
    let written = |number: &Exact| number.to_decimal(4);
    let right = match &condition.right {
        Against::Share(share, of) => {
            format!("{}% of {} is {}", &share.0 * &Exact::from(100u64), of.word(), written(&right.0))
        }
        Against::Number(_) => return Ok(Some(format!("{} is {}", condition.left.word(), written(&left.0)))),
    };
    Ok(Some(format!("{} is {}, and {right}", condition.left.word(), written(&left.0))))
}
