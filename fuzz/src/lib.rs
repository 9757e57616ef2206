//! What several targets ask of what the readers give back.

use longshore_contract::{Invoice, Line};
use longshore_units::{Amount, Diagnostic, Label, Text};

/// Asserts that every place a diagnostic names lies in the text of that name, on the edges of characters, and that its
/// code is one of `codes`.
///
/// # Panics
/// Where one does not.
pub fn check_diagnostics(diagnostics: &[Diagnostic], texts: &[&Text], codes: &[&[&str]]) {
    for diagnostic in diagnostics {
        assert!(codes.iter().any(|codes| codes.contains(&diagnostic.code)), "{diagnostic:?} has a code without a page");
        assert!(!diagnostic.message.is_empty(), "{diagnostic:?} says nothing");
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            assert!(lies_in_its_text(label, texts), "{label:?} of {diagnostic:?} is no place in its text");
        }
    }
}

fn lies_in_its_text(label: &Label, texts: &[&Text]) -> bool {
    let (start, end) = (label.span.start, label.span.end);
    match texts.iter().find(|text| text.name == label.file) {
        Some(text) => start <= end && text.text.get(start..end).is_some(),
        None => (start, end) == (0, 0), // A file that is missing has no other place.
    }
}

/// Asserts that an invoice's lines sum to its total, and each line's details to its amount.
///
/// # Panics
/// Where they do not.
pub fn check_sums(invoice: &Invoice) {
    for line in &invoice.lines {
        let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        assert_eq!(details, line.amount, "the details of {line:?}");
        assert!(line.amount.0.is_decimal(), "{line:?} has no decimal that ends");
    }
    let amount = |line: &Line| line.amount.clone();
    assert_eq!(invoice.lines.iter().map(amount).sum::<Amount>(), invoice.total, "the lines of {invoice:?}");
}
