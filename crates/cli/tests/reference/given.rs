//! The parameters of a row: each asked for by its names, and none left unread.

use std::cell::RefCell;
use std::collections::BTreeSet;

use longshore_units::Exact;
use serde_json::{Map, Value};

/// Why a row is not expressed.
pub type Declined = String;

/// The parameters of a row, or of one of its tiers. Remembers which were asked for: what nobody reads may change the figure.
pub struct Given<'r> {
    values: &'r Map<String, Value>,
    asked: RefCell<BTreeSet<&'r str>>,
}

impl<'r> Given<'r> {
    pub fn of(value: &'r Value) -> Result<Given<'r>, Declined> {
        let values = value.as_object().ok_or_else(|| format!("{value} are no named parameters"))?;
        Ok(Given { values, asked: RefCell::default() })
    }

    /// The value of the first name that has one.
    pub fn value(&self, names: &[&str]) -> Option<&'r Value> {
        let found =
            names.iter().filter_map(|name| self.values.get_key_value(*name)).find(|(_, value)| !value.is_null());
        let (name, value) = found?;
        self.asked.borrow_mut().insert(name);
        Some(value)
    }

    /// A number, if it is there.
    pub fn number(&self, names: &[&str]) -> Result<Option<Exact>, Declined> {
        self.value(names).map(exact).transpose()
    }

    /// A number that must be there.
    pub fn needed(&self, names: &[&str]) -> Result<Exact, Declined> {
        self.number(names)?.ok_or_else(|| format!("no {}", names.join(" or ")))
    }

    /// Tables in a list that must be there.
    pub fn list(&self, names: &[&str]) -> Result<Vec<Given<'r>>, Declined> {
        let value = self.value(names).ok_or_else(|| format!("no {}", names.join(" or ")))?;
        let list = value.as_array().ok_or_else(|| format!("{} are no list", names.join(" or ")))?;
        if list.is_empty() {
            return Err(format!("{} are none", names.join(" or ")));
        }
        list.iter().map(Given::of).collect()
    }

    /// Every name there is.
    pub fn names(&self) -> impl Iterator<Item = &'r str> {
        self.values.keys().map(String::as_str)
    }

    /// Declines what nobody asked for, unless it says nothing.
    pub fn finish(&self) -> Result<(), Declined> {
        let asked = self.asked.borrow();
        let unread: Vec<&str> = self
            .values
            .iter()
            .filter(|(name, value)| !value.is_null() && !asked.contains(name.as_str()))
            .map(|(name, _)| name.as_str())
            .collect();
        if unread.is_empty() { Ok(()) } else { Err(format!("we do not read {}", unread.join(", "))) }
    }
}

/// An exact number, written as text or as a number of JSON.
pub fn exact(value: &Value) -> Result<Exact, Declined> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return Err(format!("{value} is no number")),
    };
    number(&text).ok_or_else(|| format!("`{text}` is no number"))
}

/// A decimal, with or without an exponent.
pub fn number(text: &str) -> Option<Exact> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.parse().ok().filter(|exponent| (-30..=30).contains(exponent))?;
    let power = Exact::from(10i128.pow(exponent.unsigned_abs()));
    let digits: Exact = digits.parse().ok()?;
    if exponent < 0 { digits.divided_by(&power) } else { Some(&digits * &power) }
}
