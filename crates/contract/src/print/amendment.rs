//! `[[amendment]]`.

use super::value::Entries;
use super::{Line, Section};
use crate::{Amendment, Change, Written};

/// The amendment, and below it what it adds.
pub(super) fn sections(amendment: &Amendment) -> Vec<Section> {
    let mut entries = Entries::default();
    entries.maybe("name", amendment.name.as_ref());
    entries.put("known", amendment.known);
    entries.maybe("signed", amendment.signed);
    entries.put("effective", amendment.effective);
    let mut section = Section::one_of(&["amendment"], entries);
    let mut added = Vec::new();
    let (mut ended, mut renamed) = (Vec::new(), Vec::new());
    for change in &amendment.changes {
        match change {
            Change::Set { path, value } => {
                section.lines.push(Line { path: below("set", path), value: value.clone() });
            }
            Change::Remove { path, key } => remove(&mut section.lines, below("remove", path), key),
            Change::End(name) => ended.push(Written::Text(name.clone())),
            Change::Rename { from, to } => renamed.push((from.clone(), Written::Text(to.clone()))),
            Change::Add { section, value } => {
                let entries = match value {
                    Written::Table(entries) => Entries(entries.clone()),
                    _ => unreachable!("what is added is a table"),
                };
                added.push(Section::one_of(&["amendment", "add", section], entries));
            }
        }
    }
    if !ended.is_empty() {
        section.lines.push(Line { path: vec!["end".to_owned()], value: Written::List(ended) });
    }
    if !renamed.is_empty() {
        section.lines.push(Line { path: vec!["rename".to_owned()], value: Written::Table(renamed) });
    }
    added.insert(0, section);
    added
}

fn below(word: &str, path: &[String]) -> Vec<String> {
    std::iter::once(word.to_owned()).chain(path.iter().cloned()).collect()
}

/// Takes a key out: together with others of the same table, which has one list of them.
fn remove(lines: &mut Vec<Line>, path: Vec<String>, key: &str) {
    let key = Written::Text(key.to_owned());
    match lines.iter_mut().find(|line| line.path == path) {
        Some(Line { value: Written::List(keys), .. }) => keys.push(key),
        _ => lines.push(Line { path, value: Written::List(vec![key]) }),
    }
}
