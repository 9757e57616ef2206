//! Where cells stand, as people call it. Rows and columns count from 0, and people's rows from 1.

/// A cell's address: `B7`.
pub fn address(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

/// A column by its letters: A, B, …, Z, AA.
pub fn letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = u64::from(column) + 1;
    while 0 < rest {
        rest -= 1;
        letters.insert(0, char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters
}

/// The column of up to three letters.
pub fn column(letters: &str) -> Option<u32> {
    let sound = (1..=3).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
    let of_letter = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    sound.then(|| letters.bytes().fold(0, |sum, letter| sum * 26 + of_letter(letter)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_both_ways() {
        for (number, word) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(number), word);
            assert_eq!(column(word), Some(number));
        }
        for wrong in ["", "ABCD", "Ä", "A1"] {
            assert_eq!(column(wrong), None, "{wrong}");
        }
        assert_eq!(address(u32::MAX, 1), "B4294967296");
    }
}
