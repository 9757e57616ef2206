//! A contract in plain words, in four languages.
//!
//! The sentences live in `lang/`, a folder a language. What is here decides which of them are said and what is put into
//! them; every amount in an example is what pricing says.

mod amendment;
mod charge;
mod condition;
mod ending;
mod over_lines;
mod parties;
mod payment;
mod sample;
mod select;
mod service;
mod speaker;
mod surcharge;
mod tariff;

use std::fmt;

use longshore_words::{Language, Words};

use crate::Contract;
use speaker::Speaker;

/// A contract in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the contract is called.
    pub title: String,
    /// What is said of it, in the order in which a reader asks.
    pub sections: Vec<Section>,
}

/// What belongs together: all charges, all discounts, how the contract ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What is in it; at least one.
    pub items: Vec<Item>,
}

/// One charge or term.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// Its name, with the clause of the contract; none where the section has but this.
    pub heading: Option<String>,
    /// What is said of it, in order.
    pub paragraphs: Vec<Paragraph>,
}

/// A part of what is said of a charge or term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// Sentences.
    Text(String),
    /// One of several: a band, a surcharge, a credit.
    Point(String),
    /// A case worked through in money.
    Example(String),
}

impl Item {
    fn headed(heading: String) -> Item {
        Item { heading: Some(heading), paragraphs: Vec::new() }
    }

    /// Adds a sentence, to the one before where that is text.
    fn say(&mut self, sentence: String) {
        match self.paragraphs.last_mut() {
            Some(Paragraph::Text(text)) => {
                text.push(' ');
                text.push_str(&sentence);
            }
            _ => self.paragraphs.push(Paragraph::Text(sentence)),
        }
    }

    fn point(&mut self, point: String) {
        self.paragraphs.push(Paragraph::Point(point));
    }

    fn example(&mut self, example: Option<String>) {
        self.paragraphs.extend(example.map(Paragraph::Example));
    }
}

/// Says in plain words what a contract bills and promises, charge by charge and term by term, with examples in money.
pub fn explain(contract: &Contract, language: Language) -> Explanation {
    let words = Words::new(language, texts(language));
    let bare = sample::bare(contract);
    let speaker = Speaker { words: &words, contract, bare: &bare };
    let mut sections = sections(&speaker);
    sections.extend(amendment::section(&speaker));
    Explanation { title: parties::title(&speaker), sections }
}

/// Everything but the amendments, whose wording is made of this.
fn sections(speaker: &Speaker<'_>) -> Vec<Section> {
    let all = [
        ("heading-parties", parties::items(speaker)),
        ("heading-charges", charge::items(speaker)),
        ("heading-minimums", over_lines::minimums(speaker)),
        ("heading-discounts", over_lines::discounts(speaker)),
        ("heading-indexes", over_lines::indexes(speaker)),
        ("heading-prepaid", over_lines::prepaid(speaker)),
        ("heading-service", service::items(speaker)),
        ("heading-payment", payment::items(speaker)),
    ];
    let said = all.into_iter().filter(|(_, items)| !items.is_empty());
    let said = said.map(|(heading, items)| Section { heading: speaker.say(heading), items });
    let rest = [ending::exit(speaker), ending::records(speaker), ending::governance(speaker)];
    said.chain(rest.into_iter().flatten()).collect()
}

/// The messages of a language.
pub(crate) fn texts(language: Language) -> &'static [&'static str] {
    macro_rules! texts {
        ($language:literal) => {
            &[
                include_str!(concat!("../lang/", $language, "/vocabulary.ftl")),
                include_str!(concat!("../lang/", $language, "/charge.ftl")),
                include_str!(concat!("../lang/", $language, "/lines.ftl")),
                include_str!(concat!("../lang/", $language, "/service.ftl")),
                include_str!(concat!("../lang/", $language, "/terms.ftl")),
            ]
        };
    }
    match language {
        Language::English => texts!("en"),
        Language::Spanish => texts!("es"),
        Language::Romanian => texts!("ro"),
        Language::Filipino => texts!("fil"),
    }
}

impl fmt::Display for Explanation {
    /// As Markdown, a paragraph a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}", self.title)?;
        for section in &self.sections {
            write!(f, "\n## {}\n\n", section.heading)?;
            for (position, item) in section.items.iter().enumerate() {
                if 0 < position {
                    writeln!(f)?;
                }
                write!(f, "{item}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(heading) = &self.heading {
            writeln!(f, "### {heading}\n")?;
        }
        for (position, paragraph) in self.paragraphs.iter().enumerate() {
            let follows = position.checked_sub(1).map(|before| &self.paragraphs[before]);
            let in_list = matches!((follows, paragraph), (Some(Paragraph::Point(_)), Paragraph::Point(_)));
            if follows.is_some() && !in_list {
                writeln!(f)?;
            }
            match paragraph {
                Paragraph::Text(text) => writeln!(f, "{text}")?,
                Paragraph::Point(text) => writeln!(f, "- {text}")?,
                Paragraph::Example(text) => writeln!(f, "> {text}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Choice, Preset};

    #[test]
    fn every_language_says_the_same() {
        let languages = Language::ALL.map(|language| (language, texts(language).to_vec()));
        assert_eq!(longshore_words::faults(&languages), vec![]);
    }

    #[test]
    fn every_preset_and_choice_has_words() {
        let words = Words::new(Language::English, texts(Language::English));
        for preset in Preset::all() {
            let id = service::preset_message(preset.name);
            assert!(words.has(&id) && words.has(&format!("{id}.name")), "{id}");
        }
        for choice in Choice::ALL {
            let id = format!("choice-{}", choice.word().replace('_', "-"));
            assert!(words.has(&id), "{id}");
        }
    }
}
