//! How numbers are written.

use longshore_units::{Currency, Exact, Factor, RoundHow};

use crate::{Language, Words};

/// The signs of a language's numbers.
struct Signs {
    decimal: char,
    group: char,
    /// How many digits a whole number has at least before they are grouped.
    grouped_from: usize,
}

impl Language {
    fn signs(self) -> Signs {
        match self {
            Language::English | Language::Filipino => Signs { decimal: '.', group: ',', grouped_from: 4 },
            // 1234,56 but 12.345,67 (CLDR: minimum grouping digits 2).
            Language::Spanish => Signs { decimal: ',', group: '.', grouped_from: 5 },
            Language::Romanian => Signs { decimal: ',', group: '.', grouped_from: 4 },
        }
    }
}

/// A number's digits, and whether they are all of it.
pub(crate) struct Digits {
    /// With a point, without separators.
    pub digits: String,
    /// Whether they are the number itself, to the last digit.
    pub whole: bool,
}

impl Digits {
    /// At most so many decimals where the number's never end, all of them where they do; at least so many.
    pub fn of(number: &Exact, least: u32, most: u32) -> Digits {
        let whole = number.is_decimal();
        let mut digits = if whole { number.to_string() } else { number.to_decimal(most) };
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let missing = (least as usize).saturating_sub(decimals);
        if 0 < missing {
            if decimals == 0 {
                digits.push('.');
            }
            digits.extend(std::iter::repeat_n('0', missing));
        }
        Digits { digits, whole }
    }

    /// As a language writes them.
    pub fn written(&self, language: Language) -> String {
        let signs = language.signs();
        let (sign, digits) = match self.digits.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", self.digits.as_str()),
        };
        let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
        let mut text = sign.to_owned();
        for (position, digit) in before.chars().enumerate() {
            let left = before.len() - position;
            if 0 < position && left % 3 == 0 && signs.grouped_from <= before.len() {
                text.push(signs.group);
            }
            text.push(digit);
        }
        if !after.is_empty() {
            text.push(signs.decimal);
            text.push_str(after);
        }
        text
    }
}

/// How many decimals are shown of what has no last one.
const PLACES: u32 = 6;

impl Words {
    /// A number. One whose decimals never end is cut after the sixth and said to be approximate.
    pub fn number(&self, number: &Exact) -> String {
        let digits = Digits::of(number, 0, PLACES);
        self.perhaps_about(digits.written(self.language()), &digits)
    }

    /// A price or an amount to its last digit, with its currency's code and minor digits: `USD 0.105`, `0,105 USD`. One
    /// whose decimals never end is cut after the sixth and said to be approximate.
    pub fn money(&self, amount: &Exact, currency: Currency) -> String {
        let digits = Digits::of(amount, currency.minor_digits(), PLACES);
        let number = digits.written(self.language());
        let money = self.say("money", &[("code", currency.code()), ("number", &number)]);
        self.perhaps_about(money, &digits)
    }

    /// A share in percent: `25%`, `25 %`.
    pub fn percent(&self, share: &Factor) -> String {
        let digits = Digits::of(&(&share.0 * &Exact::from(100i128)), 0, PLACES);
        let percent = self.say("percent", &[("number", &digits.written(self.language()))]);
        self.perhaps_about(percent, &digits)
    }

    /// A number rounded to so many decimals (half up) and written with all of them, for tables and charts.
    pub fn rounded(&self, number: &Exact, places: u32) -> String {
        let step = Exact::ratio(1, 10i128.pow(places)).expect("a power of 10 is not 0");
        let rounded = number.rounded_to(&step, RoundHow::HalfUp);
        Digits::of(&rounded, places, places).written(self.language())
    }

    /// A number of something: the message of that name with `$number` and its `$plural`.
    pub fn count(&self, id: &str, number: &Exact) -> String {
        let digits = Digits::of(number, 0, PLACES);
        let plural = self.plural(&digits.digits);
        let counted = self.say(id, &[("number", &digits.written(self.language())), ("plural", plural)]);
        self.perhaps_about(counted, &digits)
    }

    fn perhaps_about(&self, text: String, digits: &Digits) -> String {
        if digits.whole { text } else { self.say("about", &[("what", &text)]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap()
    }

    #[test]
    fn money_in_four_languages() {
        let dollar: Currency = "USD".parse().unwrap();
        let say = |amount: &str| Language::ALL.map(|language| Words::new(language, &[]).money(&exact(amount), dollar));
        assert_eq!(
            say("1234567.5").map(|text| text.replace('\u{a0}', " ")),
            ["USD 1,234,567.50", "1.234.567,50 USD", "1.234.567,50 USD", "USD 1,234,567.50"]
        );
        assert_eq!(
            say("4645.5").map(|text| text.replace('\u{a0}', " ")),
            ["USD 4,645.50", "4645,50 USD", "4.645,50 USD", "USD 4,645.50"]
        );
        assert_eq!(say("0.000125").map(|text| text.replace('\u{a0}', " "))[1], "0,000125 USD");
        assert_eq!(say("-12").map(|text| text.replace('\u{a0}', " "))[0], "USD -12.00");
        assert_eq!(
            say("4/3").map(|text| text.replace('\u{a0}', " ")),
            ["about USD 1.333333", "aprox. 1,333333 USD", "circa 1,333333 USD", "mga USD 1.333333"]
        );
        let yen: Currency = "JPY".parse().unwrap();
        assert_eq!(Words::new(Language::English, &[]).money(&exact("1500"), yen), "JPY\u{a0}1,500");
    }

    #[test]
    fn digits_beyond_what_a_float_holds() {
        let words = Words::new(Language::Romanian, &[]);
        assert_eq!(
            words.number(&exact("90071992547409931.000000000000000001")),
            "90.071.992.547.409.931,000000000000000001"
        );
        assert_eq!(Words::new(Language::Spanish, &[]).number(&exact("1234")), "1234");
        assert_eq!(Words::new(Language::English, &[]).number(&exact("1234")), "1,234");
    }

    #[test]
    fn percent_in_four_languages() {
        let share = Factor::percent(&exact("2.5"));
        let said = Language::ALL.map(|language| Words::new(language, &[]).percent(&share));
        assert_eq!(said, ["2.5%", "2,5\u{a0}%", "2,5\u{a0}%", "2.5%"]);
    }
}
