//! What drafted options are called, in the language of who reads the answer.

use longshore_words::{Language, Words};

use super::offer::Sold;
use crate::Country;

/// Names in one language.
pub(super) struct Names(Words);

impl Names {
    pub fn new(language: Language) -> Names {
        Names(Words::new(language, &[text(language)]))
    }

    /// The own team at home.
    pub fn own_team(&self, home: &Country) -> String {
        self.at("own-team", home)
    }

    /// The own team, and others who answer whoever waits too long.
    pub fn own_with_overflow(&self) -> String {
        self.0.say("own-with-overflow", &[])
    }

    /// What is sold so, and from where.
    pub fn offer(&self, sold: Sold, place: &Country) -> String {
        let id = match sold {
            Sold::Minutes => "shared",
            Sold::HalfDedicated => "semi-dedicated",
            Sold::Hours => "dedicated",
            Sold::Months => "by-the-month",
            Sold::Freelance => return self.0.say("freelancers", &[]),
        };
        self.at(id, place)
    }

    fn at(&self, id: &str, place: &Country) -> String {
        let country = self.0.say(&format!("country-{}", place.code), &[]);
        self.0.say(id, &[("country", &country)])
    }
}

fn text(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../../lang/en.ftl"),
        Language::Spanish => include_str!("../../lang/es.ftl"),
        Language::Romanian => include_str!("../../lang/ro.ftl"),
        Language::Filipino => include_str!("../../lang/fil.ftl"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::countries;

    #[test]
    fn every_language_names_the_same() {
        let languages: Vec<_> = Language::ALL.map(|language| (language, vec![text(language)])).into();
        assert_eq!(longshore_words::faults(&languages), vec![]);
    }

    #[test]
    fn every_country_of_the_catalog_has_a_name_in_every_language() {
        for country in countries() {
            let id = format!("country-{}", country.code);
            assert!(Language::ALL.into_iter().all(|language| Names::new(language).0.has(&id)), "{id}");
            assert_eq!(Names::new(Language::English).0.say(&id, &[]), country.name);
        }
    }
}
