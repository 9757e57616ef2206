//! Numbers, spans of time, hours, months, currencies and zones: any text is read or refused, and what is printed reads
//! back the same.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use libfuzzer_sys::fuzz_target;
use longshore_units::{Currency, Days, Exact, ExactError, Hours, Milliseconds, Month, RoundHow, Zone};

fn check_printing<T: FromStr<Err: Debug + Display> + Display + Debug + PartialEq>(text: &str) -> Option<T> {
    match text.parse::<T>() {
        Ok(value) => {
            let printed = value.to_string();
            assert_eq!(printed.parse::<T>().as_ref().ok(), Some(&value), "`{text}` prints as `{printed}`");
            Some(value)
        }
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
    }
}

/// A ratio such as 1/2^100 is read and, as a decimal that ends, too long to be read again: that alone is allowed.
fn check_exact(text: &str) {
    let exact: Exact = match text.parse() {
        Ok(exact) => exact,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let printed = exact.to_string();
    match printed.parse::<Exact>() {
        Ok(again) => assert_eq!(again, exact, "`{text}` prints as `{printed}`"),
        Err(error) => {
            assert_eq!(error, ExactError::TooLong, "`{text}` prints as `{printed}`");
            assert!(Exact::MAX_DIGITS < printed.len());
        }
    }
    assert!(exact.to_f64().is_finite());
    let cent = Exact::ratio(1, 100).expect("100 is not 0");
    let near: Exact = exact.rounded_to(&cent, RoundHow::HalfUp);
    assert_eq!(near.to_fixed(2).and_then(|fixed| fixed.parse().ok()).unwrap_or(near.clone()), near);
    let off = &near - &exact;
    let half = Exact::ratio(1, 200).expect("200 is not 0");
    assert!(-&half <= off && off <= half, "{exact} is rounded to {near}");
    if !exact.is_zero() {
        assert_eq!(Exact::one().divided_by(&exact).map(|inverse| &inverse * &exact), Some(Exact::one()));
    }
}

fuzz_target!(|text: &str| {
    check_exact(text);
    check_printing::<Milliseconds>(text);
    check_printing::<Days>(text);
    check_printing::<Currency>(text);
    if let Some(hours) = check_printing::<Hours>(text) {
        let parts = hours.parts();
        assert!(parts.iter().all(|(from, until)| from < until), "{parts:?}");
        assert!((1..=24 * 60).contains(&hours.minutes()), "{hours}");
    }
    if let Some(month) = check_printing::<Month>(text) {
        assert!((28..=31).contains(&month.days()));
        assert!(month.next().is_none_or(|next| month < next));
    }
    if let Ok(zone) = Zone::named(text) {
        assert_eq!(Zone::named(zone.name()), Ok(zone));
    }
});
