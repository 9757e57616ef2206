//! Numbers as bidders type them: `0.42`, `0,42`, `1,234.50`, `$0.42`, `0,42 €`.

use longshore_units::{Currency, CurrencyMark, Exact, currency_marks};

use crate::cell::Refused;

/// A number of a cell that holds one, which is in no doubt; its format may name a currency.
pub(crate) fn kept(value: &Exact, words: &str, currency: Option<Currency>) -> Result<String, Refused> {
    let marks = currency_marks(words);
    another_currency(&format!("{value} {words}"), &marks, currency)?;
    Ok(value.to_string())
}

/// An amount with or without its currency, which is the offer's where that is known: the number as a contract writes it. What
/// is no number at all is handed back as it is typed, and the contract says so.
pub(crate) fn amount(text: &str, currency: Option<Currency>) -> Result<String, Refused> {
    let Some((bare, marks)) = without_marks(text) else { return plain(text) };
    another_currency(text, &marks, currency)?;
    plain(&bare)
}

/// Refuses an amount that says another currency than the offer's.
fn another_currency(text: &str, marks: &[CurrencyMark], currency: Option<Currency>) -> Result<(), Refused> {
    let Some(offered) = currency else { return Ok(()) };
    let Some(mark) = marks.iter().find(|mark| !mark.may_be(offered)) else { return Ok(()) };
    let message = format!("`{text}` is in {}, and the offer is in {offered}", mark.meant());
    Err(("S007", message, "write all prices in the currency that stands in `Terms`, or change it there"))
}

/// A number: which sign stands before its decimals is told by where it stands. Where that does not tell, it is asked for, as
/// are ranges.
pub(crate) fn plain(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    range(text)?;
    let is_of_number = |letter: char| letter.is_ascii_digit() || is_between(letter) || matches!(letter, '.' | ',');
    if !text.chars().all(is_of_number) || !text.contains(|letter: char| letter.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    let read = match (points, commas) {
        (0, 0) => grouped(text, is_between, '.'),
        (1, 0) | (0, 1) => {
            let (sign, name) = if points == 1 { ('.', "point") } else { (',', "comma") };
            let decimals = text.rsplit(sign).next().expect("a part");
            if decimals.len() == 3 && grouped(text, |other| other == sign, ' ').is_some() {
                let message = format!("`{text}` has a {name}: between thousands or before decimals?");
                let help = "write 1500 without anything between thousands, or 1.50 with another number of decimals";
                return Err(("S003", message, help));
            }
            grouped(text, is_between, sign)
        }
        (_, 0) => grouped(text, |sign| sign == '.', ','),
        (0, _) => grouped(text, |sign| sign == ',', '.'),
        // Whichever of the two stands last stands before decimals.
        _ if text.rfind(',') < text.rfind('.') => grouped(text, |sign| sign == ',' || is_between(sign), '.'),
        _ => grouped(text, |sign| sign == '.' || is_between(sign), ','),
    };
    Ok(read.unwrap_or_else(|| text.to_owned()))
}

/// A number of units: nobody counts them to the thousandth, so that a sign with three digits behind it stands between thousands.
pub(crate) fn units(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    let of_thousands = ['.', ','].map(|sign| grouped(text, |other| other == sign, ' '));
    of_thousands.into_iter().flatten().next().map_or_else(|| plain(text), Ok)
}

/// The number of a percentage: nobody asks for thousands of them, so that a point and a comma stand before decimals.
pub(crate) fn percentage(text: &str) -> Result<String, Refused> {
    let text = text.trim();
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once(['.', ',']) {
        Some((whole, decimals)) if is_digits(whole) && is_digits(decimals) => Ok(format!("{whole}.{decimals}")),
        _ => plain(text),
    }
}

/// What may stand between thousands and never before decimals.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\'' | '’')
}

/// A number with a sign between thousands and one before decimals, written with a point and without any between thousands.
fn grouped(text: &str, is_between: impl Fn(char) -> bool, decimal: char) -> Option<String> {
    let (whole, decimals) = text.split_once(decimal).unwrap_or((text, ""));
    // `.82` is written so too.
    let whole = if whole.is_empty() && !decimals.is_empty() { "0" } else { whole };
    let groups: Vec<&str> = whole.split(is_between).collect();
    let are_thousands = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => {
            (1..=3).contains(&first.len()) && !first.starts_with('0') && rest.iter().all(|group| group.len() == 3)
        }
        [] => false,
    };
    let is_sound =
        groups.iter().flat_map(|group| group.bytes()).chain(decimals.bytes()).all(|byte| byte.is_ascii_digit());
    let point = if decimals.is_empty() { "" } else { "." };
    (are_thousands && is_sound).then(|| format!("{}{point}{decimals}", groups.concat()))
}

/// Refuses two numbers with a dash between.
fn range(text: &str) -> Result<(), Refused> {
    let dash = |character: char| matches!(character, '–' | '—' | '-' | '−');
    let digits = |part: &str| !part.is_empty() && part.chars().all(|one| one.is_ascii_digit() || ".,".contains(one));
    let Some((low, high)) = text.split_once(dash) else { return Ok(()) };
    let bare = |part: &str| without_marks(part.trim()).map_or_else(|| part.trim().to_owned(), |(bare, _)| bare);
    let (low, high) = (bare(low), bare(high));
    if !digits(&low) || !digits(&high) {
        return Ok(());
    }
    let lost = low.starts_with("0.") && !high.contains('.') && high.len() <= 2;
    let message = match lost {
        true => format!("`{text}` is a range, and its end reads as if a decimal point were lost: {low}–0.{high:0<2}?"),
        false => format!("`{text}` is a range, and an offer is one price"),
    };
    Err(("S004", message, "write the one price that you offer; prices by volume are rows of their own"))
}

/// A number without the marks of currencies around it, and these; none where nothing stands around it, or anything else.
fn without_marks(text: &str) -> Option<(String, Vec<CurrencyMark>)> {
    let is_of_number = |letter: char| letter.is_ascii_digit() || letter == '.';
    let (first, last) = (text.find(is_of_number)?, text.rfind(is_of_number)?);
    let (before, bare, behind) = (&text[..first], &text[first..=last], &text[last + 1..]);
    let around = format!("{before} {behind}");
    let marks = currency_marks(&around);
    let said: usize = marks.iter().map(|mark| mark.words.chars().count()).sum();
    let written = around.chars().filter(|letter| !letter.is_whitespace()).count();
    (!marks.is_empty() && said == written).then(|| (bare.to_owned(), marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_one_reading_are_read() {
        for (typed, read) in [
            ("0.42", "0.42"),
            (" 1500 ", "1500"),
            ("0,42", "0.42"),
            ("0,425", "0.425"),
            ("12,5", "12.5"),
            ("1234,567", "1234.567"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1,234,567", "1234567"),
            ("1.234.567", "1234567"),
            ("1 234 567,8", "1234567.8"),
            ("1\u{a0}500", "1500"),
            ("1'500.00", "1500.00"),
            ("0.125", "0.125"),
            (".82", "0.82"),
            ("1.5000", "1.5000"),
            ("14.50", "14.50"),
        ] {
            assert_eq!(plain(typed), Ok(read.to_owned()), "{typed}");
        }
        for ambiguous in ["1,500", "12,345", "999,999", "1.500", "20.000"] {
            assert_eq!(plain(ambiguous).unwrap_err().0, "S003", "{ambiguous}");
        }
        for none in ["cheap", "", ".", "1,23,456", "1.23.456", "12 34", "0,000,000", "1/3", "-5", "1e5"] {
            assert_eq!(plain(none), Ok(none.trim().to_owned()), "{none}");
        }
    }

    #[test]
    fn units_are_counted_by_thousands() {
        for (typed, read) in
            [("20,000", "20000"), ("20.000", "20000"), ("1,000,000", "1000000"), ("12.5", "12.5"), ("500", "500")]
        {
            assert_eq!(units(typed), Ok(read.to_owned()), "{typed}");
        }
    }

    #[test]
    fn percentages_have_no_thousands() {
        for (typed, read) in [("12.345", "12.345"), ("12,345", "12.345"), ("5 ", "5"), ("2,5", "2.5"), ("1/3", "1/3")] {
            assert_eq!(percentage(typed), Ok(read.to_owned()), "{typed}");
        }
        assert_eq!(percentage("2-5").unwrap_err().0, "S004");
    }

    #[test]
    fn amounts_are_of_the_offers_currency() {
        let usd = "USD".parse().ok();
        for typed in ["$0.42", "0.42 $", "USD 0.42", "US$0.42", "0.42usd", "$ 0,42"] {
            assert_eq!(amount(typed, usd), Ok("0.42".to_owned()), "{typed}");
        }
        for other in ["0,42 €", "EUR 0.42", "£0.42", "AUD 0.42", "0.42 PHP"] {
            assert_eq!(amount(other, usd).unwrap_err().0, "S007", "{other}");
            assert!(amount(other, None).is_ok(), "{other}");
        }
        for range in ["$0.35–$0.45", "0,35 $ - 0,45 $", "0.35-0.45"] {
            assert_eq!(amount(range, usd).unwrap_err().0, "S004", "{range}");
        }
        for more in ["0.42 per minute", "$0.42 per minute", "0.42*", "minute"] {
            assert_eq!(amount(more, usd), Ok(more.to_owned()), "{more}");
        }
    }
}
