//! Numbers, days and months as files write them that no one of us made, and words as they are compared.

use jiff::civil::Date;

use crate::{Exact, Month};

/// How a file writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    /// The sign before decimals: `.` or `,`.
    pub decimal: char,
    /// The sign between thousands, where there is one.
    pub thousands: Option<char>,
}

impl Default for NumberFormat {
    /// `1,234.56`
    fn default() -> NumberFormat {
        NumberFormat { decimal: '.', thousands: Some(',') }
    }
}

/// A number as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenNumber {
    /// Its value.
    pub value: Exact,
    /// How many decimals it shows.
    pub places: u32,
    /// Whether a percent sign stands behind it.
    pub is_percent: bool,
}

impl NumberFormat {
    /// From an example: how 1234.56 is written. `None` if the text is no way to write it.
    pub fn like(example: &str) -> Option<NumberFormat> {
        let signs: Vec<char> = example.trim().chars().filter(|letter| !letter.is_ascii_digit()).collect();
        let digits: String = example.chars().filter(char::is_ascii_digit).collect();
        let format = match signs.as_slice() {
            [decimal] => NumberFormat { decimal: *decimal, thousands: None },
            [thousands, decimal] if thousands != decimal => {
                NumberFormat { decimal: *decimal, thousands: Some(*thousands) }
            }
            _ => return None,
        };
        let sound = matches!(format.decimal, '.' | ',') && digits == "123456";
        (sound && format.example() == example.trim()).then_some(format)
    }

    /// How 1234.56 is written.
    pub fn example(self) -> String {
        let thousands = self.thousands.map_or(String::new(), String::from);
        format!("1{thousands}234{}56", self.decimal)
    }

    /// Reads a number: signs of currencies and units around it are left out, parentheses, a minus at either end or `CR`
    /// behind it make it negative, and thousands must be groups of three.
    ///
    /// # Errors
    /// Why it is none, in words.
    pub fn read(self, text: &str) -> Result<WrittenNumber, String> {
        let refused = |why: &str| Err(format!("`{}` is no number: {why}", text.trim()));
        let mut rest = text.trim();
        let mut negative = false;
        let is_around =
            |letter: char| letter.is_alphabetic() || letter.is_whitespace() || "$€£¥₱₹₽₺₴¤'’".contains(letter);
        let is_minus = |letter: char| letter == '-' || letter == '−';
        let mut is_percent = false;
        // Accountants mark a credit so; in `100.00 SCR` it ends a currency.
        if let Some(inner) = rest.strip_suffix("CR").filter(|inner| !inner.ends_with(char::is_alphabetic)) {
            (rest, negative) = (inner, true);
        }
        loop {
            let before = rest;
            rest = rest.trim_matches(is_around);
            if let Some(inner) = rest.strip_suffix('%') {
                (rest, is_percent) = (inner, true);
            }
            let within = || rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            if let Some(inner) = rest.strip_prefix(is_minus).or_else(|| rest.strip_suffix(is_minus)).or_else(within) {
                if negative {
                    return refused("it has two signs");
                }
                (rest, negative) = (inner, true);
            }
            if let Some(inner) = rest.strip_prefix('+') {
                rest = inner;
            }
            if rest == before {
                break;
            }
        }
        let (whole, decimals) = rest.split_once(self.decimal).unwrap_or((rest, ""));
        let is_blank = |letter: char| letter.is_whitespace() || letter == '\'' || letter == '’';
        let is_between = |letter: char| Some(letter) == self.thousands || is_blank(letter);
        let groups: Vec<&str> = whole.split(is_between).collect();
        let well_grouped = groups.len() == 1
            || (groups.iter().skip(1).all(|group| group.len() == 3) && (1..=3).contains(&groups[0].len()));
        let digits: String = groups.concat();
        if !digits.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return refused(&format!("decimals stand behind `{}`{}", self.decimal, self.of_thousands()));
        }
        if digits.is_empty() && decimals.is_empty() {
            return refused("it has no digit");
        }
        if !well_grouped {
            return refused(&format!("between thousands stand three digits{}", self.of_thousands()));
        }
        let digits = if digits.is_empty() { "0" } else { digits.as_str() };
        let sign = if negative { "-" } else { "" };
        let plain = if decimals.is_empty() { format!("{sign}{digits}") } else { format!("{sign}{digits}.{decimals}") };
        let value: Exact = plain.parse().map_err(|error| format!("`{}` is no number: {error}", text.trim()))?;
        Ok(WrittenNumber { value, places: decimals.len() as u32, is_percent })
    }

    fn of_thousands(self) -> String {
        self.thousands.map_or(String::new(), |sign| format!(", and `{sign}` stands between thousands"))
    }
}

/// How a file writes days: a pattern of `D`, `DD`, `M`, `MM`, `MMM`, `MMMM`, `YY`, `YYYY` and signs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat(String);

impl Default for DateFormat {
    /// `2027-03-31`
    fn default() -> DateFormat {
        DateFormat("YYYY-MM-DD".to_owned())
    }
}

impl DateFormat {
    /// A pattern. `None` unless it names day, month and year, each once.
    pub fn new(pattern: &str) -> Option<DateFormat> {
        let count = |letter: char| pattern.chars().filter(|other| *other == letter).count();
        let once = |letter: char| pattern.split(|other| other != letter).filter(|run| !run.is_empty()).count() == 1;
        let sound =
            once('D') && once('M') && once('Y') && count('D') <= 2 && count('M') <= 4 && matches!(count('Y'), 2 | 4);
        sound.then(|| DateFormat(pattern.to_owned()))
    }

    /// The pattern.
    pub fn pattern(&self) -> &str {
        &self.0
    }

    /// Reads a day. Years of two digits lie between 1970 and 2069.
    pub fn day(&self, text: &str) -> Option<Date> {
        self.day_first(text.trim()).and_then(|(day, rest)| rest.is_empty().then_some(day))
    }

    /// Reads the day that a text begins with, and gives what follows it: a time of day, say.
    pub fn day_first<'t>(&self, text: &'t str) -> Option<(Date, &'t str)> {
        let (mut day, mut month, mut year) = (None, None, None);
        let mut rest = text;
        let pattern: Vec<char> = self.0.chars().collect();
        let runs = pattern.chunk_by(|a, b| a == b);
        for run in runs {
            match run[0] {
                'D' => (day, rest) = number(rest, 2)?,
                'Y' => {
                    // `27` is no year of four digits, though it could be read as the year 27.
                    rest.get(..run.len()).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
                    let (found, after) = number(rest, run.len())?;
                    (year, rest) = (found.map(|year| if run.len() == 2 { of_two_digits(year) } else { year }), after);
                }
                'M' if run.len() > 2 => (month, rest) = month_word(rest)?,
                'M' => (month, rest) = number(rest, 2)?,
                sign => {
                    for _ in run {
                        rest = rest.strip_prefix(sign)?;
                    }
                }
            }
        }
        let date = Date::new(i16::try_from(year?).ok()?, i8::try_from(month?).ok()?, i8::try_from(day?).ok()?).ok();
        date.map(|date| (date, rest))
    }

    /// Reads a month: `2027-03`, `March 2027`, `03/2027`, or a day in it.
    pub fn month(&self, text: &str) -> Option<Month> {
        let text = text.trim();
        if let Ok(month) = text.parse() {
            return Some(month);
        }
        if let Some(day) = self.day(text) {
            return Some(Month::of(day));
        }
        let parts: Vec<&str> =
            text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        let [one, other] = parts.as_slice() else { return None };
        let of = |month: &str, year: &str| {
            let month = match month_word(month) {
                Some((month, "")) => month?,
                _ => month.parse().ok()?,
            };
            let year: i32 = year.parse().ok().filter(|_| year.len() == 4)?;
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok().map(Month::of)
        };
        of(one, other).or_else(|| of(other, one))
    }

    /// Reads days from one to another: `01.03.2027 - 31.03.2027`.
    pub fn days(&self, text: &str) -> Option<(Date, Date)> {
        [" - ", " – ", " — ", " to ", " until ", "–", "—", "-"].iter().find_map(|between| {
            let (first, last) = text.split_once(between)?;
            Some((self.day(first)?, self.day(last)?))
        })
    }
}

/// The year that two digits mean.
fn of_two_digits(year: i32) -> i32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// A number of some digits at the beginning of a text, and what follows it.
fn number(text: &str, digits: usize) -> Option<(Option<i32>, &str)> {
    let end = text.bytes().take(digits).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(end);
    number.parse().ok().map(|number| (Some(number), rest))
}

/// A month's name or its first three letters at the beginning of a text, and what follows it.
fn month_word(text: &str) -> Option<(Option<i32>, &str)> {
    let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let word = bare(word);
    let is = |names: &&[&str]| word.len() >= 3 && names.iter().any(|name| name.starts_with(word.as_str()));
    let position = MONTHS.iter().position(is)?;
    Some((i32::try_from(position + 1).ok(), rest))
}

/// Words by their letters and digits alone, in lower case: `Voice – Tier 1` and `voice tier 1` are one.
pub fn plain(words: &str) -> String {
    let letters = words.chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' });
    let words: String = letters.flat_map(char::to_lowercase).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as they are compared here: letters and digits, small, without accents.
pub fn bare(words: &str) -> String {
    let bare = |letter: char| match letter {
        'á' | 'à' | 'ä' | 'â' | 'ă' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'î' => 'i',
        'ó' | 'ö' | 'º' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        'ș' | 'ş' => 's',
        'ț' | 'ţ' => 't',
        other => other,
    };
    plain(words).chars().map(bare).collect()
}

/// The months, in their order, each in several languages: English, German, Spanish, Romanian and Filipino. Three letters of a
/// name say which it is.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "enero", "ianuarie"],
    &["february", "februar", "febrero", "februarie", "pebrero"],
    &["march", "marz", "marzo", "martie", "marso"],
    &["april", "abril", "aprilie"],
    &["may", "mai", "mayo"],
    &["june", "juni", "junio", "iunie", "hunyo"],
    &["july", "juli", "julio", "iulie", "hulyo"],
    &["august", "agosto"],
    &["september", "septiembre", "setiembre", "septembrie", "setyembre"],
    &["october", "oktober", "octubre", "octombrie", "oktubre"],
    &["november", "noviembre", "noiembrie", "nobyembre"],
    &["december", "dezember", "diciembre", "decembrie", "disyembre"],
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_providers_write_them() {
        let us = NumberFormat::default();
        let german = NumberFormat { decimal: ',', thousands: Some('.') };
        for (format, text, value) in [
            (us, "1,234.56", "1234.56"),
            (us, " $ 1,234.56 ", "1234.56"),
            (us, "(1,234.56)", "-1234.56"),
            (us, "USD -12.00", "-12"),
            (us, "12.00-", "-12"),
            (us, "12.00 CR", "-12"),
            (us, "12.00CR", "-12"),
            (us, "12.00 SCR", "12"),
            (us, ".50", "0.5"),
            (us, "48 231.7 min", "48231.7"),
            (german, "1.234,56 €", "1234.56"),
            (german, "-0,42", "-0.42"),
            (german, "1’234,50", "1234.5"),
            (german, "(386,66) €", "-386.66"),
            (german, "€ (386,66)", "-386.66"),
            (german, "(€ 386,66)", "-386.66"),
            (german, "-386,66 EUR", "-386.66"),
            (german, "EUR -386,66", "-386.66"),
            (german, "386,66-", "-386.66"),
            (german, "386,66 € -", "-386.66"),
            (german, "1.386,66 lei", "1386.66"),
        ] {
            assert_eq!(format.read(text).map(|number| number.value.to_string()), Ok(value.to_owned()), "{text}");
        }
        for (format, text) in [
            (us, "1.234,56"),
            (us, "12,34"),
            (german, "1,234.56"),
            (us, ""),
            (us, "n/a"),
            (us, "--5"),
            (us, "(-5)"),
            (us, "-(5)"),
            (us, "((5))"),
            (us, "(5"),
            (us, "(a) 5"),
            (us, "1,23,456"),
            (us, "1e5"),
        ] {
            assert!(format.read(text).is_err(), "{text}");
        }
        let share = us.read("76.2 %").unwrap();
        assert!(share.is_percent && share.places == 1);
    }

    #[test]
    fn a_format_is_written_as_an_example() {
        for example in ["1,234.56", "1.234,56", "1 234,56", "1234.56", "1234,56", "1'234.56"] {
            assert_eq!(NumberFormat::like(example).map(NumberFormat::example).as_deref(), Some(example));
        }
        for wrong in ["", "1234", "1,234,56", "12,34.56", "1.234.56", "a,b", "1234;56"] {
            assert_eq!(NumberFormat::like(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_and_months_by_pattern() {
        let day = |pattern: &str, text: &str| DateFormat::new(pattern).unwrap().day(text).map(|day| day.to_string());
        assert_eq!(day("DD.MM.YYYY", "31.03.2027").as_deref(), Some("2027-03-31"));
        assert_eq!(day("M/D/YY", "3/31/27").as_deref(), Some("2027-03-31"));
        assert_eq!(day("D MMM YYYY", "31 Mar 2027").as_deref(), Some("2027-03-31"));
        assert_eq!(day("MMMM D, YYYY", "March 31, 2027").as_deref(), Some("2027-03-31"));
        assert_eq!(day("YYMMDD", "990201").as_deref(), Some("1999-02-01"));
        assert_eq!(day("YYMMDD", "690201").as_deref(), Some("2069-02-01"));
        assert_eq!(day("DD.MM.YYYY", "2027-03-31"), None);
        assert_eq!(day("MM/DD/YYYY", "3/31/27"), None);
        assert_eq!(day("DD.MM.YYYY", "31.02.2027"), None);
        assert_eq!(day("DD.MM.YYYY", "31.03.2027 10:00"), None);
        for wrong in ["", "MM.YYYY", "DD.DD.YYYY", "DDD.MM.YYYY", "DD.MM.YYY"] {
            assert!(DateFormat::new(wrong).is_none(), "{wrong}");
        }
        let month = |text: &str| DateFormat::default().month(text).map(|month| month.to_string());
        for text in [
            "2027-03",
            "March 2027",
            "Mar-2027",
            "03/2027",
            "2027/3",
            "2027-03-31",
            "marzo 2027",
            "MARTIE 2027",
            "März 2027",
        ] {
            assert_eq!(month(text).as_deref(), Some("2027-03"), "{text}");
        }
        for wrong in ["", "March", "13/2027", "27/03", "March 27"] {
            assert_eq!(month(wrong), None, "{wrong}");
        }
        let days = DateFormat::default().days("2027-03-01 to 2027-03-28").unwrap();
        assert_eq!(days.1.to_string(), "2027-03-28");
    }

    #[test]
    fn words_are_compared_by_letters_and_digits() {
        assert_eq!(plain("  Voice – Tier_1 (MAIN) "), "voice tier 1 main");
        assert_eq!(plain("Überstunden"), "überstunden");
    }

    #[test]
    fn accents_make_no_difference() {
        assert_eq!(bare("Preţ unitar (fără TVA)"), "pret unitar fara tva");
        assert_eq!(bare("Nº Factura"), "no factura");
        for name in MONTHS.iter().flat_map(|names| names.iter()) {
            assert_eq!(bare(name), **name);
        }
    }

    #[test]
    fn three_letters_say_which_month_it_is() {
        let start = |name: &str| name[..3].to_owned();
        for (position, names) in MONTHS.iter().enumerate() {
            for (other, others) in MONTHS.iter().enumerate().filter(|(other, _)| *other != position) {
                let shared = names.iter().find(|name| others.iter().any(|other| start(other) == start(name)));
                assert_eq!(shared, None, "{position} {other}");
            }
        }
    }
}
