//! Figures of a comparison as a language writes them.

use longshore_units::{Exact, Money};
use longshore_words::{Argument, Language, Words};

/// Tells figures and sentences in one language.
pub(crate) struct Teller {
    words: Words,
}

impl Teller {
    pub fn new(language: Language) -> Teller {
        let text = match language {
            Language::English => include_str!("../lang/en.ftl"),
            Language::Spanish => include_str!("../lang/es.ftl"),
            Language::Romanian => include_str!("../lang/ro.ftl"),
            Language::Filipino => include_str!("../lang/fil.ftl"),
        };
        Teller { words: Words::new(language, &[text]) }
    }

    pub fn language(&self) -> Language {
        self.words.language()
    }

    /// A message without variables.
    pub fn say(&self, id: &str) -> String {
        self.words.say(id, &[])
    }

    /// A message with its variables.
    pub fn tell<T: AsRef<str>>(&self, id: &str, arguments: &[(&str, T)]) -> String {
        let arguments: Vec<Argument<'_>> = arguments.iter().map(|(name, text)| (*name, text.as_ref())).collect();
        self.words.say(id, &arguments)
    }

    /// A number of something, as the message of that name has it.
    pub fn counted(&self, id: &str, number: u64) -> String {
        self.words.count(id, &Exact::from(number))
    }

    pub fn and(&self, items: &[String]) -> String {
        self.words.and(items)
    }

    pub fn or(&self, items: &[String]) -> String {
        self.words.or(items)
    }

    /// A day.
    pub fn date(&self, date: jiff::civil::Date) -> String {
        self.words.date(date)
    }

    /// A month.
    pub fn month(&self, month: longshore_units::Month) -> String {
        self.words.month(month)
    }

    /// Whole units of a currency, without its code: `1,810,647`.
    pub fn whole(&self, money: Money) -> String {
        self.words.rounded(&money.to_amount().0, 0)
    }

    /// Money to its minor unit, without its code: `6.77`.
    pub fn minor(&self, money: Money) -> String {
        self.words.rounded(&money.to_amount().0, money.currency.minor_digits())
    }

    /// An exact number, with so many decimals.
    pub fn exact(&self, number: &Exact, places: u32) -> String {
        self.words.rounded(number, places)
    }

    /// Money in a few digits: `1.21 M USD`, `340 k USD`, never below 0.
    pub fn short(&self, money: Money) -> String {
        let amount = Money { minor: money.minor.abs(), currency: money.currency }.to_amount().0;
        let size = amount.to_f64();
        let (id, unit, places) = match size {
            size if 995_000.0 <= size => ("money-millions", 1_000_000u64, 2),
            size if 9_950.0 <= size => ("money-thousands", 1000, 0),
            _ => ("money-units", 1, 0),
        };
        let scaled = amount.divided_by(&Exact::from(unit)).expect("no unit is 0");
        let number = self.words.rounded(&scaled, places);
        self.tell(id, &[("number", number.as_str()), ("code", money.currency.code())])
    }

    /// A share in percent, with so many decimals.
    pub fn percent(&self, share: f64, places: u32) -> String {
        let number = self.float(share * 100.0, places);
        self.tell("percent", &[("number", number)])
    }

    /// A number that is a mean or a measurement, with so many decimals.
    pub fn float(&self, number: f64, places: u32) -> String {
        let scale = 10f64.powi(places as i32);
        // The number becomes a decimal once, to be written; nothing is reckoned from it.
        let exact = Exact::ratio((number * scale).round() as i128, scale as i128).expect("a power of 10 is not 0");
        self.words.rounded(&exact, places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_languages_have_the_same_messages() {
        let text = |language| match language {
            Language::English => include_str!("../lang/en.ftl"),
            Language::Spanish => include_str!("../lang/es.ftl"),
            Language::Romanian => include_str!("../lang/ro.ftl"),
            Language::Filipino => include_str!("../lang/fil.ftl"),
        };
        let languages = Language::ALL.map(|language| (language, vec![text(language)]));
        assert_eq!(longshore_words::faults(&languages), vec![]);
    }

    #[test]
    fn money_is_short_and_never_below_0() {
        let teller = Teller::new(Language::English);
        let money = |minor| Money { minor, currency: "USD".parse().unwrap() };
        let told = [181_064_700, -33_996_049, 99_499].map(|minor| teller.short(money(minor)));
        assert_eq!(told.map(|text| text.replace('\u{a0}', " ")), ["1.81 M USD", "340 k USD", "995 USD"]);
    }
}
