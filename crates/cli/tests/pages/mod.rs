//! Pages of the manual as tests: their fenced blocks are files and what the command answers to them.

#![allow(dead_code)] // Each test uses a part of it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A page and its fenced blocks.
pub struct Page {
    pub path: PathBuf,
    pub text: String,
    pub blocks: Vec<Block>,
}

/// A fenced block: ```` ```LANGUAGE FILE ````.
pub struct Block {
    pub language: String,
    /// The file it is; empty where the page names none.
    pub file: String,
    /// Its lines within the page, with the last line's end.
    pub body: Range<usize>,
}

impl Page {
    pub fn read(path: &Path) -> Page {
        let text = fs::read_to_string(path).unwrap();
        let blocks = blocks(&text);
        Page { path: path.to_owned(), text, blocks }
    }

    pub fn body(&self, block: &Block) -> &str {
        &self.text[block.body.clone()]
    }

    /// Compares answer blocks with what was answered; with `UPDATE=1` writes them instead. Returns what differs.
    pub fn answered(&self, answers: &[(&Block, String)]) -> Vec<String> {
        let differing: Vec<_> = answers.iter().filter(|(block, answer)| self.body(block) != answer).collect();
        if env::var_os("UPDATE").is_none() {
            let differs = |(block, answer): &&(&Block, String)| {
                let line = self.text[..block.body.start].lines().count();
                format!(
                    "{}:{line} says\n{}and the command\n{answer}(`UPDATE=1` writes it)",
                    self.path.display(),
                    self.body(block)
                )
            };
            return differing.iter().map(differs).collect();
        }
        if !differing.is_empty() {
            let mut text = self.text.clone();
            // From the last, so that the places of the others stay.
            for (block, answer) in differing.iter().rev() {
                text.replace_range(block.body.clone(), answer);
            }
            // Another test may be reading the page: it sees the old one or the new one, and never a half.
            let new = self.path.with_extension("md.new");
            fs::write(&new, text).unwrap();
            fs::rename(&new, &self.path).unwrap();
        }
        Vec::new()
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let (mut blocks, mut open, mut at) = (Vec::new(), None, 0);
    for line in text.split_inclusive('\n') {
        if let Some(info) = line.strip_prefix("```") {
            match open.take() {
                None => {
                    let (language, file) = info.trim().split_once(' ').unwrap_or((info.trim(), ""));
                    open = Some((language.to_owned(), file.trim().to_owned(), at + line.len()));
                }
                Some((language, file, start)) => blocks.push(Block { language, file, body: start..at }),
            }
        }
        at += line.len();
    }
    assert!(open.is_none(), "a fenced block is not closed");
    blocks
}

/// The checkout.
pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Writes a file and the folders above it.
pub fn put(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Copies a folder and all within.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

/// What the command answered.
pub struct Answer {
    pub out: String,
    pub err: String,
    pub success: bool,
}

/// Runs the command in a folder, so that it shows paths as the page writes them.
pub fn longshore(folder: &Path, arguments: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_longshore")).args(arguments).current_dir(folder).output().unwrap();
    Answer {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        success: output.status.success(),
    }
}
