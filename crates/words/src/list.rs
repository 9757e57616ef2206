//! How several things are named in a row.

use crate::{Language, Words};

impl Words {
    /// All of them: `a, b and c`.
    pub fn and<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.listed(items, "list-and", "list-and-before-i")
    }

    /// Any of them: `a, b or c`.
    pub fn or<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.listed(items, "list-or", "list-or-before-o")
    }

    /// One after the other: `a; b; c`.
    pub fn series<T: AsRef<str>>(&self, items: &[T]) -> String {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        items.join("; ")
    }

    /// A name that somebody gave, in the language's quotation marks.
    pub fn quoted(&self, name: &str) -> String {
        self.say("quoted", &[("text", name)])
    }

    fn listed<T: AsRef<str>>(&self, items: &[T], joint: &str, before_vowel: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                let last = last.as_ref();
                let joint =
                    if self.language() == Language::Spanish && changes(joint, last) { before_vowel } else { joint };
                self.say(joint, &[("first", &first.join(", ")), ("last", last)])
            }
        }
    }
}

/// Whether Spanish says `e` for `y`, or `u` for `o`, because the next word begins with the same sound.
fn changes(joint: &str, next: &str) -> bool {
    let word: String =
        next.chars().skip_while(|letter| !letter.is_alphanumeric()).flat_map(char::to_lowercase).take(4).collect();
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| word.starts_with(beginning));
    if joint == "list-and" {
        begins(&["i", "í", "hi", "hí"]) && !begins(&["hie", "hia", "io"])
    } else {
        // `8` and `11` are spoken ocho and once; a number of other digits that begins with 8 is ochenta, ochocientos.
        begins(&["o", "ó", "ho", "hó", "8"]) || word == "11"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spanish_joints_change_before_their_own_sound() {
        let words = Words::new(Language::Spanish, &[]);
        assert_eq!(words.and(&["a", "b", "c"]), "a, b y c");
        assert_eq!(words.and(&["francés", "inglés"]), "francés e inglés");
        assert_eq!(words.and(&["agua", "«hielo»"]), "agua y «hielo»");
        assert_eq!(words.or(&["siete", "ocho"]), "siete u ocho");
        assert_eq!(words.or(&["7", "8"]), "7 u 8");
        assert_eq!(words.or(&["uno", "«hora»"]), "uno u «hora»");
        assert_eq!(Words::new(Language::English, &[]).or(&["one", "other"]), "one or other");
        assert_eq!(Words::new(Language::Romanian, &[]).and(&["a", "b"]), "a și b");
        assert_eq!(words.and::<&str>(&[]), "");
    }
}
