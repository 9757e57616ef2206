//! The charges that a reading speaks of, in each version of a contract.

use std::collections::BTreeSet;
use std::rc::Rc;

use longshore_contract::{ChargeKind, Contract, Counted, Tariff};

use super::Case;
use crate::item::Names;

/// Charges by their latest names. A position is a version's own: an amendment that adds or ends a charge moves the others.
#[derive(Clone, Debug)]
pub(super) struct Charges {
    names: Rc<Names>,
    of: BTreeSet<String>,
}

impl Charges {
    /// All that any version of the case's month has.
    pub fn all(case: &Case<'_, '_>) -> Charges {
        let charges = case.owed.terms(case.month).flat_map(|terms| &terms.charges);
        let of = charges.map(|charge| case.owed.names.latest(&charge.name).to_owned()).collect();
        Charges { names: case.owed.names.clone(), of }
    }

    /// The one at a position of a version.
    pub fn one(case: &Case<'_, '_>, terms: &Contract, position: usize) -> Charges {
        let name = case.owed.names.latest(&terms.charges[position].name).to_owned();
        Charges { names: case.owed.names.clone(), of: BTreeSet::from([name]) }
    }

    /// Where a version has them.
    pub fn positions(&self, terms: &Contract) -> Vec<usize> {
        (0..terms.charges.len())
            .filter(|position| self.of.contains(self.names.latest(&terms.charges[*position].name)))
            .collect()
    }
}

/// What a charge of one version is, for another version: `of` are the latest names of the first version's charges. `None`
/// where it stands on a charge that the other does not have.
pub(super) fn in_version(kind: &ChargeKind, of: &[String], names: &Names, terms: &Contract) -> Option<ChargeKind> {
    let position = |at: usize| names.position(terms, of.get(at)?);
    let mut kind = kind.clone();
    match &mut kind {
        ChargeKind::Share(share) => share.of = share.of.iter().filter_map(|at| position(*at)).collect(),
        ChargeKind::Ratio(ratio) => ratio.of = position(ratio.of)?,
        ChargeKind::Counted(Counted { tariff: Tariff::OfPrice { of, .. }, .. }) => *of = position(*of)?,
        _ => {}
    }
    Some(kind)
}
