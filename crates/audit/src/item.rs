//! What of the contract a line bills.

use std::collections::{BTreeMap, BTreeSet};

use longshore_contract::{Change, Contract, InForce, LineKind};
use longshore_units::plain;

/// A line that the contract knows: a charge, a minimum, a discount, a credit, the tax.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Item {
    pub kind: LineKind,
    /// Its name in the contract, by the latest of the names that amendments gave it.
    pub name: String,
}

impl Item {
    fn new(kind: LineKind, name: &str) -> Item {
        Item { kind, name: name.to_owned() }
    }
}

/// The names of a contract's lines, and the words that providers use for them.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    exact: BTreeMap<String, Item>,
    /// By letters and digits alone.
    plain: BTreeMap<String, Item>,
    /// Names that amendments took away, with those they gave.
    renamed: BTreeMap<String, String>,
}

impl Names {
    pub fn of(contract: &Contract, in_force: &InForce<'_>) -> Names {
        let changes = contract.amendments.iter().flat_map(|amendment| &amendment.changes);
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for change in changes {
            if let Change::Rename { from, to } = change {
                renamed.values_mut().filter(|known| *known == from).for_each(|known| known.clone_from(to));
                renamed.insert(from.clone(), to.clone());
                renamed.remove(to);
            }
        }
        let mut names = Names { exact: BTreeMap::new(), plain: BTreeMap::new(), renamed };
        for terms in in_force.versions() {
            names.add_terms(terms);
        }
        let of_invoice = [
            (LineKind::Tax, &["tax", "vat", "gst", "sales tax", "iva", "tva", "mwst"][..]),
            (LineKind::Exchange, &["exchange", "currency adjustment"]),
            (LineKind::Deposit, &["deposit"]),
            (LineKind::Rounding, &["rounding", "rounding difference"]),
        ];
        for (kind, words) in of_invoice {
            for word in words {
                names.add(word, names.item(kind, word));
            }
        }
        names
    }

    fn add_terms(&mut self, terms: &Contract) {
        for charge in &terms.charges {
            self.add(&charge.name, self.item(LineKind::Charge, &charge.name));
        }
        for minimum in &terms.minimums {
            self.add(&minimum.name, self.item(LineKind::Minimum, &minimum.name));
        }
        for discount in &terms.discounts {
            self.add(&discount.name, self.item(LineKind::Discount, &discount.name));
        }
        for prepaid in &terms.prepaid {
            self.add(&prepaid.name, self.item(LineKind::Prepaid, &prepaid.name));
            self.add(&prepaid.drawdown(), self.item(LineKind::Prepaid, &prepaid.drawdown()));
        }
        for sla in &terms.slas {
            let item = self.item(LineKind::Service, &sla.name);
            self.add(&format!("{} credit", sla.name), item.clone());
            self.add(&format!("credit {}", sla.name), item.clone());
            self.add(&sla.name, item);
            for more in ["bonus", "earned back"] {
                let name = format!("{}: {more}", sla.name);
                self.add(&name, self.item(LineKind::Service, &name));
            }
        }
        if let Some(tax) = &terms.tax {
            self.add(&tax.kind, self.item(LineKind::Tax, &tax.kind));
        }
    }

    fn add(&mut self, name: &str, item: Item) {
        self.plain.entry(plain(name)).or_insert_with(|| item.clone());
        self.exact.entry(name.to_owned()).or_insert(item);
    }

    /// The item of a kind and name, by its latest name. Of tax, exchange, deposit and rounding an invoice has one each.
    pub fn item(&self, kind: LineKind, name: &str) -> Item {
        match kind {
            LineKind::Tax => Item::new(kind, "tax"),
            LineKind::Exchange => Item::new(kind, "exchange"),
            LineKind::Deposit => Item::new(kind, "deposit"),
            LineKind::Rounding => Item::new(kind, "rounding"),
            _ => Item::new(kind, self.latest(name)),
        }
    }

    /// A name, or the one that an amendment gave in its place.
    pub fn latest<'n>(&'n self, name: &'n str) -> &'n str {
        self.renamed.get(name).map_or(name, String::as_str)
    }

    /// The item that a line's words mean, if they are the words of one.
    pub fn meant(&self, words: &str) -> Option<&Item> {
        self.exact.get(words).or_else(|| self.plain.get(&plain(words)))
    }

    /// Whether it is the latest name of a charge.
    pub fn is_charge(&self, name: &str) -> bool {
        self.exact.get(name).is_some_and(|item| item.kind == LineKind::Charge)
    }

    /// All names that lines may have.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(String::as_str)
    }

    /// The names of the contract's own lines.
    pub fn own(&self) -> impl Iterator<Item = &str> {
        let is_own = |item: &&Item| {
            !matches!(item.kind, LineKind::Tax | LineKind::Exchange | LineKind::Deposit | LineKind::Rounding)
        };
        let own: BTreeSet<&str> = self.exact.values().filter(is_own).map(|item| item.name.as_str()).collect();
        own.into_iter()
    }

    /// The position of a charge in a version, by its latest name.
    pub fn position(&self, terms: &Contract, name: &str) -> Option<usize> {
        terms.charges.iter().position(|charge| self.latest(&charge.name) == name)
    }
}
