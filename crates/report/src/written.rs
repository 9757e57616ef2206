//! Numbers as they are written.

use longshore_units::{Amount, Exact, Quantity};

/// An amount as a decimal: every amount of an invoice has one.
pub(crate) fn amount(amount: &Amount, least_places: u32) -> String {
    amount.0.to_fixed(least_places).unwrap_or_else(|| amount.to_string())
}

/// A quantity as a decimal: exact where it ends, otherwise to the twelfth place.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    exact(&quantity.0)
}

/// A number as a decimal: exact where it ends, otherwise to the twelfth place.
pub(crate) fn exact(number: &Exact) -> String {
    if number.is_decimal() { number.to_string() } else { number.to_decimal(12) }
}

/// A decimal with commas between thousands, for people.
pub(crate) fn grouped(decimal: &str) -> String {
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal), |digits| ("-", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if 0 < position && (whole.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(part) = part {
        grouped.push('.');
        grouped.push_str(part);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        for (plain, with_commas) in
            [("1234567.50", "1,234,567.50"), ("-1000", "-1,000"), ("999", "999"), ("0.5", "0.5")]
        {
            assert_eq!(grouped(plain), with_commas);
        }
    }
}
