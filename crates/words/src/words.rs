//! The messages of one language.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use unic_langid::LanguageIdentifier;

use crate::Language;
use crate::plural::Plurals;

/// What a variable of a message is: its name, and text that is written already.
pub type Argument<'a> = (&'a str, &'a str);

/// The messages of one language.
pub struct Words {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    plurals: Plurals,
}

impl Words {
    /// The messages that all share, and those of some more Fluent texts in the same language.
    ///
    /// What these texts have wrong is left out, as Fluent does; [`crate::faults`] finds it.
    pub fn new(language: Language, texts: &[&str]) -> Words {
        let identifier: LanguageIdentifier = language.code().parse().expect("a language's code is an identifier");
        let mut bundle = FluentBundle::new(vec![identifier]);
        // Marks of direction around what is put in are for pages that mix scripts; ours are all of one.
        bundle.set_use_isolating(false);
        for text in std::iter::once(shared(language)).chain(texts.iter().copied()) {
            let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
        Words { language, bundle, plurals: Plurals::new(language) }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message, or with `message.attribute` an attribute of one, with its variables put in.
    ///
    /// Where there is none, or a variable is missing, its name stands in braces instead: a mistake of ours that a test
    /// of each crate with messages looks for.
    pub fn say(&self, id: &str, arguments: &[Argument<'_>]) -> String {
        let (message, attribute) = id.split_once('.').map_or((id, None), |(message, name)| (message, Some(name)));
        let pattern = self.bundle.get_message(message).and_then(|message| match attribute {
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else { return format!("{{{id}}}") };
        let arguments: FluentArgs<'_> = arguments.iter().copied().collect();
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned()
    }

    /// Whether there is such a message, or attribute of one.
    pub fn has(&self, id: &str) -> bool {
        let (message, attribute) = id.split_once('.').map_or((id, None), |(message, name)| (message, Some(name)));
        self.bundle.get_message(message).is_some_and(|message| match attribute {
            Some(name) => message.get_attribute(name).is_some(),
            None => message.value().is_some(),
        })
    }

    /// The plural category of a number: `one`, `few`, `many`, `other`.
    pub(crate) fn plural(&self, digits: &str) -> &'static str {
        self.plurals.category(digits)
    }
}

/// The messages that all share.
pub(crate) fn shared(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("../lang/en.ftl"),
        Language::Spanish => include_str!("../lang/es.ftl"),
        Language::Romanian => include_str!("../lang/ro.ftl"),
        Language::Filipino => include_str!("../lang/fil.ftl"),
    }
}
