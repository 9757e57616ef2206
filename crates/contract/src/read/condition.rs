//! Reading a condition: `staffed < 95% of requested`.

use longshore_document::{Findings, Node, quoted};
use longshore_units::{Exact, Factor};

use crate::{Against, Comparison, Condition, Quantum};

/// A condition as the contract writes it, and the queues that `forecast` in it means.
pub(super) fn read(node: &Node, forecast: Vec<String>, findings: &mut Findings) -> Option<Condition> {
    let text = node.text(findings)?;
    match parts(text) {
        Ok((left, comparison, right)) => Some(Condition { left, comparison, right, forecast }),
        Err(wrong) => {
            findings.error("C050", &node.span, wrong.message(), wrong.help());
            None
        }
    }
}

/// Why a text is no condition.
enum Wrong<'t> {
    NoComparison,
    NoQuantity(&'t str),
    NoNumber(&'t str),
    Itself(Quantum),
}

impl Wrong<'_> {
    fn message(&self) -> String {
        match self {
            Wrong::NoComparison => "this condition compares nothing".to_owned(),
            Wrong::NoQuantity(word) => format!("`{word}` is no quantity that conditions know"),
            Wrong::NoNumber(number) => format!("`{number}` is no number of at least 0"),
            Wrong::Itself(quantum) => format!("this condition compares `{}` with itself", quantum.word()),
        }
    }

    fn help(&self) -> String {
        match self {
            Wrong::NoQuantity(_) => format!("the quantities are {}", quoted(Quantum::ALL.map(Quantum::word))),
            Wrong::Itself(_) => "it would hold always or never: name the other quantity".to_owned(),
            Wrong::NoComparison | Wrong::NoNumber(_) => {
                "write, for example, \"staffed < 95% of requested\" or \"volume > 500\"".to_owned()
            }
        }
    }
}

fn parts(text: &str) -> Result<(Quantum, Comparison, Against), Wrong<'_>> {
    let at = text.find(['<', '>']).ok_or(Wrong::NoComparison)?;
    let (left, rest) = text.split_at(at);
    // The longer signs first: `<` begins `<=`.
    let signs = [Comparison::AtMost, Comparison::AtLeast, Comparison::Less, Comparison::More];
    let found = signs.into_iter().find_map(|comparison| Some((comparison, rest.strip_prefix(comparison.sign())?)));
    let (comparison, right) = found.expect("the text goes on with a sign");
    let left = quantum(left)?;
    let right = match right.split_once('%') {
        Some((percent, of)) => {
            let of = of.trim_start().strip_prefix("of ").ok_or(Wrong::NoComparison)?;
            Against::Share(Factor::percent(&number(percent)?), quantum(of)?)
        }
        None => Against::Number(number(right)?),
    };
    match right {
        Against::Share(_, of) if of == left => Err(Wrong::Itself(left)),
        right => Ok((left, comparison, right)),
    }
}

fn quantum(word: &str) -> Result<Quantum, Wrong<'_>> {
    let word = word.trim();
    Quantum::ALL.into_iter().find(|quantum| quantum.word() == word).ok_or(Wrong::NoQuantity(word))
}

fn number(text: &str) -> Result<Exact, Wrong<'_>> {
    let text = text.trim();
    text.parse().ok().filter(|number: &Exact| !number.is_negative()).ok_or(Wrong::NoNumber(text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Result<String, String> {
        let condition = |(left, comparison, right)| Condition { left, comparison, right, forecast: Vec::new() };
        parts(text).map(|parts| condition(parts).to_string()).map_err(|wrong| wrong.message())
    }

    #[test]
    fn conditions_read_and_write() {
        for text in ["staffed < 95% of requested", "volume > 500", "volume >= 115.5% of forecast", "scheduled <= 0"] {
            assert_eq!(written(text).as_deref(), Ok(text));
        }
        assert_eq!(written(" staffed<95 %  of  requested ").as_deref(), Ok("staffed < 95% of requested"));
        for (wrong, word) in [
            ("staffed", "nothing"),
            ("stafed < 5", "`stafed`"),
            ("volume < 95% requested", "nothing"),
            ("volume < -5", "`-5`"),
            ("volume => 5", "`volume =`"),
            ("volume < 5% of volume", "itself"),
            ("volume < 5 < 6", "`5 < 6`"),
            ("", "nothing"),
        ] {
            let message = written(wrong).unwrap_err();
            assert!(message.contains(word), "{wrong}: {message}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text: String) {
            if let Ok(once) = written(&text) {
                prop_assert_eq!(written(&once), Ok(once));
            }
        }
    }
}
