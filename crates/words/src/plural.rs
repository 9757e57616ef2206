//! Which plural a number takes.

use fixed_decimal::Decimal;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use crate::Language;

/// The plurals of a language, by the rules of the Unicode consortium (CLDR, "Language Plural Rules").
pub(crate) struct Plurals(PluralRules);

impl Plurals {
    pub fn new(language: Language) -> Plurals {
        let locale: Locale = language.code().parse().expect("a language's code is a locale");
        let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default());
        Plurals(rules.expect("the four languages have rules"))
    }

    /// The category of a number, given the digits that are shown with a point and no separators: `1`, `1.50`, `20`.
    pub fn category(&self, digits: &str) -> &'static str {
        // No number of an invoice has the thirty thousand digits that would be too many.
        let Ok(number) = digits.parse::<Decimal>() else { return "other" };
        match self.0.category_for(&number) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories() {
        let of = |language: Language, digits: &str| Plurals::new(language).category(digits);
        let english = ["0", "1", "1.5", "2"].map(|digits| of(Language::English, digits));
        assert_eq!(english, ["other", "one", "other", "other"]);
        let romanian = ["1", "0", "2", "19", "20", "100", "101", "119", "120", "1.5"];
        let expected = ["one", "few", "few", "few", "other", "other", "few", "few", "other", "few"];
        assert_eq!(romanian.map(|digits| of(Language::Romanian, digits)), expected);
        let spanish = ["1", "2", "1000000", "1500000", "3000000"].map(|digits| of(Language::Spanish, digits));
        assert_eq!(spanish, ["one", "other", "many", "other", "many"]);
        let filipino = ["1", "2", "4", "6", "9", "10", "14"].map(|digits| of(Language::Filipino, digits));
        assert_eq!(filipino, ["one", "one", "other", "other", "other", "one", "other"]);
        assert_eq!(of(Language::Romanian, "-99999999999999999999999999.25"), "few");
    }
}
