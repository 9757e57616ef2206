//! The manual has every word that the reader knows.

#![allow(clippy::unwrap_used)] // A test fails by panicking.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Words of the source that no contract has.
const INNER: [&str; 4] = ["approval", "itself", "less", "more"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "rs")).collect()
}

/// The literals of a source that could be a key or a word of a contract: small letters and underscores alone.
fn words(source: &str) -> impl Iterator<Item = &str> {
    let code = source.split("#[cfg(test)]").next().unwrap();
    let literals = code.split('"').skip(1).step_by(2);
    let is_word = |word: &&str| {
        word.starts_with(|first: char| first.is_ascii_lowercase())
            && word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    literals.filter(is_word)
}

#[test]
fn every_word_of_the_reader_stands_in_the_manual() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manual = std::fs::read_to_string(here.join("../../docs/contract.md")).unwrap();
    let mut known = BTreeSet::new();
    for source in sources(&here.join("src/read")).iter().chain([&here.join("src/read.rs")]) {
        // Within a line, so that a quotation mark in a comment upsets no other line.
        let text = std::fs::read_to_string(source).unwrap();
        known.extend(text.lines().flat_map(words).map(str::to_owned));
    }
    assert!(120 < known.len(), "the reader has more words than {}", known.len());
    let stands = |word: &str| {
        let ways = [format!("`{word}`"), format!("\"{word}\""), format!("{word} = "), format!("[{word}")];
        let paths = [format!("{word}."), format!(".{word}")];
        ways.iter().chain(&paths).any(|way| manual.contains(way.as_str()))
    };
    let missing: Vec<&String> = known.iter().filter(|word| !INNER.contains(&word.as_str()) && !stands(word)).collect();
    assert!(missing.is_empty(), "docs/contract.md does not have {missing:?}");
}
