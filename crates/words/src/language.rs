//! The languages.

use std::fmt;
use std::str::FromStr;

/// A language that people are spoken to in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, as in the United States.
    #[default]
    English,
    /// Spanish, as in Spain and most of Latin America: decimal comma, 25 %.
    Spanish,
    /// Romanian.
    Romanian,
    /// Filipino, with the English words that its business speech keeps.
    Filipino,
}

/// Why a text names no language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no language that is spoken here; write en, es, ro or fil")]
pub struct LanguageError(pub String);

impl Language {
    /// All of them.
    pub const ALL: [Language; 4] = [Language::English, Language::Spanish, Language::Romanian, Language::Filipino];

    /// Its code: `en`, `es`, `ro`, `fil`.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Spanish => "es",
            Language::Romanian => "ro",
            Language::Filipino => "fil",
        }
    }
}

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Language, LanguageError> {
        let known = Language::ALL.into_iter().find(|language| language.code() == text);
        known.ok_or_else(|| LanguageError(text.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
