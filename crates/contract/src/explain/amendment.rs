//! What was changed since the contract was signed, and what reads differently now.

use jiff::civil::Date;

use super::sample::bare;
use super::speaker::Speaker;
use super::{Item, Paragraph, Section, sections};
use crate::{Amendment, Change, Contract};

pub(super) fn section(speaker: &Speaker<'_>) -> Option<Section> {
    let amendments = speaker.contract.amendments.iter().enumerate();
    let items: Vec<Item> = amendments.flat_map(|(position, amendment)| items(speaker, position, amendment)).collect();
    (!items.is_empty()).then(|| Section { heading: speaker.say("heading-amendments"), items })
}

/// An amendment, then everything that reads differently since.
fn items(speaker: &Speaker<'_>, position: usize, amendment: &Amendment) -> Vec<Item> {
    let name = amendment
        .name
        .clone()
        .unwrap_or_else(|| speaker.tell("amendment-unnamed", &[("number", (position + 1).to_string())]));
    let mut item = Item::headed(name);
    let effective = speaker.words.date(amendment.effective);
    item.say(speaker.tell("amendment-effective", &[("date", &effective)]));
    if let Some(signed) = amendment.signed {
        item.say(speaker.tell("amendment-signed", &[("date", speaker.words.date(signed))]));
    }
    item.say(speaker.tell("amendment-known", &[("date", speaker.words.date(amendment.known))]));
    for change in &amendment.changes {
        match change {
            Change::End(name) => item.point(speaker.tell("amendment-end", &[("name", speaker.name(name))])),
            Change::Rename { from, to } => {
                let arguments = [("from", speaker.name(from)), ("to", speaker.name(to))];
                item.point(speaker.tell("amendment-rename", &arguments));
            }
            Change::Set { .. } | Change::Remove { .. } | Change::Add { .. } => {}
        }
    }
    let last = speaker.contract.amendments.iter().rposition(|other| other.effective == amendment.effective);
    let mut items = vec![item];
    if last == Some(position)
        && let (Some(before), Some(after)) = terms(speaker.contract, amendment)
    {
        items.extend(differing(speaker, before, after));
    }
    items
}

/// The terms on the day before an amendment takes effect, and on the day it does, as they were known once it was. Where
/// the contract begins with it, the terms of that day as they were known before.
fn terms<'c>(contract: &'c Contract, amendment: &Amendment) -> (Option<&'c Contract>, Option<&'c Contract>) {
    let on = |known: Option<Date>, day: Option<Date>| {
        let (known, day) = (known?, day?);
        let in_force = contract.in_force(Some(known));
        in_force.versions().iter().copied().find(|version| version.in_force.contains(day))
    };
    let (known, effective) = (amendment.known, amendment.effective);
    let after = on(Some(known), Some(effective));
    let before = on(Some(known), effective.yesterday().ok());
    (before.or_else(|| on(known.yesterday().ok(), Some(effective))), after)
}

/// What reads differently after an amendment, as it reads then; with the example of what it was, where that changed.
fn differing(speaker: &Speaker<'_>, before: &Contract, after: &Contract) -> Vec<Item> {
    let terms = |contract: &Contract| {
        let bare = bare(contract);
        let speaker = Speaker { words: speaker.words, contract, bare: &bare };
        sections(&speaker).into_iter().flat_map(|section| {
            let heading = section.heading;
            section.items.into_iter().map(move |item| (heading.clone(), item))
        })
    };
    let known: Vec<(String, Item)> = terms(before).collect();
    let mut differing = Vec::new();
    for (section, item) in terms(after) {
        let was = known.iter().find(|(was, known)| *was == section && known.heading == item.heading);
        // An example alone may differ because another charge does: its terms are as they were.
        if was.is_some_and(|(_, was)| same_terms(was, &item)) {
            continue;
        }
        // A name may be new while everything else is as it was.
        if was.is_none() && known.iter().any(|(was, known)| *was == section && same_terms(known, &item)) {
            continue;
        }
        let heading = item.heading.clone().unwrap_or(section);
        let id = if was.is_some() { "amendment-reads" } else { "amendment-new" };
        let heading = speaker.tell(id, &[("name", heading)]);
        let mut paragraphs = item.paragraphs;
        if let Some((_, was)) = was {
            let example = |paragraphs: &[Paragraph]| {
                paragraphs.iter().find_map(|paragraph| match paragraph {
                    Paragraph::Example(example) => Some(example.clone()),
                    _ => None,
                })
            };
            if let Some(old) = example(&was.paragraphs).filter(|old| example(&paragraphs).as_ref() != Some(old)) {
                paragraphs.push(Paragraph::Example(speaker.tell("amendment-before", &[("example", within(&old))])));
            }
        }
        differing.push(Item { heading: Some(heading), paragraphs });
    }
    differing
}

/// A sentence as it stands behind a colon: all examples begin with a word that is written small there.
fn within(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whether two items say the same but for their names and examples.
fn same_terms(one: &Item, other: &Item) -> bool {
    let terms = |item: &Item| -> Vec<Paragraph> {
        let is_term = |paragraph: &&Paragraph| !matches!(paragraph, Paragraph::Example(_));
        item.paragraphs.iter().filter(is_term).cloned().collect()
    };
    terms(one) == terms(other)
}
