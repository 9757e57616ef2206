//! The currency that most amounts of a file say.

use std::collections::BTreeMap;

use longshore_units::{Currency, currency_marks};

/// The currency of amounts, by what most of them say of it: the usual one where they may all mean it, and where few say any.
pub(super) fn most_said<'t>(texts: impl Iterator<Item = &'t str>, usual: Currency) -> Currency {
    let (mut amounts, mut others) = (0, BTreeMap::<Currency, usize>::new());
    for text in texts {
        amounts += 1;
        let other = currency_marks(text).into_iter().find(|mark| !mark.may_be(usual)).and_then(|mark| mark.likeliest());
        if let Some(currency) = other {
            *others.entry(currency).or_default() += 1;
        }
    }
    let most = others.into_iter().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| amounts < 2 * count).map_or(usual, |(currency, _)| currency)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_amounts_say_the_currency() {
        let usd: Currency = "USD".parse().unwrap();
        let most = |texts: &[&str]| most_said(texts.iter().copied(), usd).code();
        assert_eq!(most(&["€5", "€6", "7"]), "EUR");
        assert_eq!(most(&["5", "€6", "7"]), "USD");
        assert_eq!(most(&["$5", "$6"]), "USD");
        assert_eq!(most(&["US$5", "C$6", "¥7", "¥8", "¥9"]), "JPY");
        assert_eq!(most(&[]), "USD");
    }
}
