//! What a spreadsheet shows beside a number's digits.

/// What a spreadsheet shows beside a number's digits, by the cell's format.
///
/// ```
/// use longshore_workbook::NumberFormat;
///
/// let euros = NumberFormat::of("#,##0.00\\ [$€-407]").unwrap();
/// assert_eq!((euros.words(), euros.is_percent()), ("€", false));
/// assert!(NumberFormat::of("0.00%").unwrap().is_percent());
/// assert_eq!(NumberFormat::of("#,##0.00"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberFormat {
    words: String, // Invariant: of both, one is said.
    is_percent: bool,
}

impl NumberFormat {
    /// Of a format's code, of which its first part shows numbers above 0 (ECMA-376 part 1, 18.8.31). `None` where it adds
    /// nothing to the digits.
    pub fn of(code: &str) -> Option<NumberFormat> {
        let (mut words, mut is_percent) = (String::new(), false);
        let mut letters = code.chars();
        while let Some(letter) = letters.next() {
            match letter {
                ';' => break,
                '"' => words.extend(letters.by_ref().take_while(|letter| *letter != '"')),
                '\\' => words.extend(letters.next()),
                // A gap as wide as a letter, and a letter that fills the cell.
                '_' | '*' => {
                    letters.next();
                    words.push(' ');
                }
                '[' => {
                    let bracket: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                    // `[$€-407]` is a currency and a country; all else colors or chooses.
                    let sign = bracket.strip_prefix('$').and_then(|sign| sign.split('-').next());
                    words.extend(sign);
                }
                '%' => is_percent = true,
                '0' | '#' | '?' | '.' | ',' | '@' | '/' | '-' | '+' | '(' | ')' | ':' => words.push(' '),
                letter if letter.is_ascii_alphabetic() => words.push(' '),
                letter => words.push(letter),
            }
        }
        let words: Vec<&str> = words.split_whitespace().collect();
        (is_percent || !words.is_empty()).then(|| NumberFormat { words: words.join(" "), is_percent })
    }

    /// What stands around the digits, such as the sign or the code of a currency.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Whether the number is shown as hundredths: 0.05 as 5%.
    pub fn is_percent(&self) -> bool {
        self.is_percent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_digits() {
        for (code, words) in [
            ("\"$\"#,##0.00_);[Red](\"$\"#,##0.00)", "$"),
            ("_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)", "$"),
            ("[$€-407]\\ #,##0.00", "€"),
            ("[$USD]\\ #,##0.00", "USD"),
            ("#,##0.00\\ \"lei\"", "lei"),
            ("[$₱-3409]#,##0.00", "₱"),
            ("£0.00;-£0.00", "£"),
            ("0.0\"%\"", "%"),
        ] {
            let format = NumberFormat::of(code).unwrap();
            assert_eq!((format.words(), format.is_percent()), (words, false), "{code}");
        }
        for code in ["0%", "0.00%", "#,##0.0\\ %", "[Red]0%;-0%"] {
            assert!(NumberFormat::of(code).is_some_and(|format| format.is_percent()), "{code}");
        }
        for nothing in ["", "General", "@", "0", "#,##0.00", "yyyy-mm-dd", "[Red]0.0", "# ?/?"] {
            assert_eq!(NumberFormat::of(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn a_format_that_ends_in_the_middle_is_read() {
        for code in ["\"", "\"€", "\\", "_", "*", "[", "[$", "[$-", "[$€"] {
            let _ = NumberFormat::of(code);
        }
    }
}
