//! The currency that a text says beside a number: `€1,606.92`, `1,606.92 EUR`, `US$ 12`.

use crate::Currency;

/// Signs, and words that are no codes, with the currencies that they may mean, the likeliest first. A longer sign stands
/// before the one that it ends with.
const SIGNS: [(&str, &[&str]); 21] = [
    ("us$", &["USD"]),
    ("au$", &["AUD"]),
    ("ca$", &["CAD"]),
    ("nz$", &["NZD"]),
    ("hk$", &["HKD"]),
    ("sg$", &["SGD"]),
    ("mx$", &["MXN"]),
    ("r$", &["BRL"]),
    ("$", &DOLLARS),
    ("€", &["EUR"]),
    ("£", &["GBP", "EGP", "LBP", "GIP", "FKP", "SHP", "SYP", "SSP", "SDG"]),
    ("¥", &["JPY", "CNY"]),
    ("₱", &["PHP"]),
    ("₹", &["INR"]),
    ("₽", &["RUB"]),
    ("₺", &["TRY"]),
    ("₴", &["UAH"]),
    ("euro", &["EUR"]),
    ("euros", &["EUR"]),
    ("lei", &["RON", "MDL"]),
    ("zł", &["PLN"]),
];

/// Currencies that are written with `$`.
const DOLLARS: [&str; 30] = [
    "USD", "CAD", "AUD", "NZD", "MXN", "SGD", "HKD", "TWD", "BRL", "ARS", "CLP", "COP", "UYU", "DOP", "JMD", "TTD",
    "BSD", "BBD", "BZD", "BMD", "KYD", "FJD", "GYD", "SRD", "XCD", "NAD", "LRD", "BND", "SBD", "CUP",
];

/// Codes of currencies that are words as well. In capitals alone, and not among titles, they are codes.
const WORDS_TOO: [&str; 6] = ["ALL", "TRY", "TOP", "CUP", "MAD", "PEN"];

/// A sign or a word of a text by which it says its currency.
///
/// ```
/// let marks = longshore_units::currency_marks("US$ 12.00");
/// assert_eq!((marks[0].words.as_str(), marks[0].meant().as_str()), ("US$", "USD"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrencyMark {
    /// As it is written there.
    pub words: String,
    /// What it may mean, the likeliest first.
    of: Vec<Currency>,
}

impl CurrencyMark {
    /// Whether it may mean a currency.
    pub fn may_be(&self, currency: Currency) -> bool {
        self.of.contains(&currency)
    }

    /// The one that it means most likely.
    pub fn likeliest(&self) -> Option<Currency> {
        self.of.first().copied()
    }

    /// What it may mean, for people: `EUR`, `JPY or CNY`, `USD, CAD or others`.
    pub fn meant(&self) -> String {
        let codes: Vec<&str> = self.of.iter().map(|currency| currency.code()).collect();
        match codes.as_slice() {
            [one, other, _, ..] => format!("{one}, {other} or another"),
            few => few.join(" or "),
        }
    }
}

/// What a cell says of its currency, sign by sign and word by word; nothing where it says none.
pub fn currency_marks(text: &str) -> Vec<CurrencyMark> {
    currencies(text, |word, code| !WORDS_TOO.contains(&code) || word == code)
}

/// What a column's title says of its currency: `Amount (USD)`.
pub fn currency_marks_of_title(text: &str) -> Vec<CurrencyMark> {
    currencies(text, |word, code| !WORDS_TOO.contains(&code) && word == code)
}

fn currencies(text: &str, is_code: impl Fn(&str, &str) -> bool) -> Vec<CurrencyMark> {
    let is_sign = |letter: char| SIGNS.iter().any(|(sign, _)| sign.starts_with(letter) && !letter.is_alphabetic());
    let is_of_word = |letter: char| letter.is_alphabetic() || is_sign(letter);
    let mut found: Vec<CurrencyMark> = Vec::new();
    for run in text.split(|letter| !is_of_word(letter)) {
        // Behind a sign begins another word: of `USD$` both speak, `US$` is one sign.
        for word in run.split_inclusive(is_sign).filter(|word| !word.is_empty()) {
            found.extend(sign(word));
            let letters = word.trim_end_matches(is_sign);
            let code = letters.to_uppercase();
            let currency = code.parse::<Currency>().ok().filter(|_| code.len() == 3 && is_code(letters, &code));
            found.extend(currency.map(|currency| CurrencyMark { words: letters.to_owned(), of: vec![currency] }));
        }
    }
    found
}

/// The sign that a word is, or ends with.
fn sign(word: &str) -> Option<CurrencyMark> {
    let small = word.to_lowercase();
    let is = |sign: &&str| match sign.chars().last() {
        Some(last) if last.is_alphabetic() => small == **sign,
        _ => small == **sign || (sign.chars().count() == 1 && small.ends_with(*sign)),
    };
    let (sign, codes) = SIGNS.iter().find(|(sign, _)| is(sign))?;
    let words = if small == *sign { word } else { sign };
    Some(CurrencyMark { words: words.to_owned(), of: codes.iter().filter_map(|code| code.parse().ok()).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        currency_marks(text).iter().map(|said| format!("{}: {}", said.words, said.meant())).collect()
    }

    #[test]
    fn signs_and_codes_say_a_currency() {
        for (text, means) in [
            ("€1,606.92", "€: EUR"),
            ("1.606,92 €", "€: EUR"),
            ("EUR 1,606.92", "EUR: EUR"),
            ("1,606.92eur", "eur: EUR"),
            ("(12.00) GBP", "GBP: GBP"),
            ("-¥1200", "¥: JPY or CNY"),
            ("$5", "$: USD, CAD or another"),
            ("US$ 5", "US$: USD"),
            ("R$5", "R$: BRL"),
            ("1.386,66 lei", "lei: RON or MDL"),
            ("5 Euros", "Euros: EUR"),
            ("ALL 5", "ALL: ALL"),
        ] {
            assert_eq!(of(text), [means], "{text}");
        }
        assert_eq!(of("USD$5"), ["$: USD, CAD or another", "USD: USD"]);
        for nothing in ["", "1,606.92", "0.95 per min", "12.00 CR", "0.50 all in", "¤5", "8%"] {
            assert_eq!(of(nothing), Vec::<String>::new(), "{nothing}");
        }
    }

    #[test]
    fn a_title_says_it_in_capitals() {
        let of = |text| currency_marks_of_title(text).iter().map(CurrencyMark::meant).collect::<Vec<_>>();
        assert_eq!(of("Amount (USD)"), ["USD"]);
        assert_eq!(of("Importe (€)"), ["EUR"]);
        assert_eq!(of("TOTAL FOR ALL"), Vec::<String>::new());
        assert_eq!(of("Amount, inc. tax"), Vec::<String>::new());
    }

    #[test]
    fn every_sign_means_currencies() {
        for (sign, codes) in SIGNS {
            assert!(codes.iter().all(|code| code.parse::<Currency>().is_ok()), "{sign} {codes:?}");
        }
    }
}
