//! A new case, to fill in.

use std::fmt::Write as _;

use longshore_document::literal;
use longshore_units::{Exact, Text};
use longshore_words::Language;

use super::{completed, decide};
use crate::{CaseFile, CaseFiles, Country};

/// The text of a program.toml for a country, with what may be said of a queue; to be edited.
pub fn blank(country: &Country) -> String {
    let closed = country.calendar().map_or(String::new(), |calendar| format!("closed = \"{calendar}\"\n"));
    let zone = format!("time_zone = {}", literal(country.zones[0].name()));
    let currency = format!("currency = {}", literal(country.currency.code()));
    format!(
        "# What customers need. Volumes alone will do: the catalog fills in the rest, and every result lists it.\n\
         name = \"Our customers' calls\"\n{zone:<44}# the clocks that hours and months are read by\n\
         {currency:<44}# what everything is compared in\n\n\
         [[queue]]                                   # one for each line of contacts; more of them below one another\n\
         name = \"support\"                            # what records and contracts call it\nchannel = \"voice\"\n\
         language = {}\n\
         contacts_a_year = 40000                     # as they are counted today, repeat calls included\n{closed}\
         # The rest may be left out; here is what each looks like.\n\
         # hours = [\"Mon-Fri 08:00-20:00\", \"Sat 09:00-13:00\"]\n\
         # target = \"80% in 20s\"\n\
         # patience = \"3m30s\"                        # how long customers wait, on average, before they hang up\n\
         # months = [0.9, 0.9, 1, 1, 1, 1, 0.9, 0.9, 1, 1, 1.2, 1.2]   # how busy a day of January, … December is\n\
         # growth = \"3%\"                             # a year over the one before\n\
         # returns = {{ share = \"40%\", after = \"20h\" }} # of those whose question stayed open, who calls again\n\
         # source = \"phone system, 2026\"             # where the figures come from\n\
         #\n\
         # [queue.handle]                            # how long contacts take\n\
         # talk = {{ mean = \"4m20s\" }}\n\
         # hold = {{ mean = \"55s\", share = \"18%\" }}\n\
         # wrap = {{ mean = \"45s\" }}\n\
         #\n\
         # [[queue.day]]                             # when they come: only proportions count\n\
         # days = \"Mon-Fri\"\n# from = \"08:00\"\n# each = \"1h\"\n\
         # contacts = [26, 42, 50, 52, 50, 46, 44, 43, 41, 38, 33, 29]\n",
        literal(&country.language),
    )
}

/// A case from its program, and the histories this names: with what the catalog drafts, and, for a case in another currency, what one US dollar is
/// worth in it, since the catalog's prices are in dollars. As [`completed`].
pub fn started(id: &str, mut files: Vec<CaseFile>, dollar: Option<&Exact>, language: Language) -> CaseFiles {
    if let Some(dollar) = dollar {
        let mut text = decide();
        let _ = write!(
            text,
            "\n[[exchange]]                                # replace it by the central bank's rate of the day you decide\n\
             currency = \"USD\"\nvalue = \"{dollar}\"\nsource = \"given when the case was begun\"\n"
        );
        files.push(CaseFile { path: "decide.toml".to_owned(), text: Text::new("decide.toml", text) });
    }
    completed(CaseFiles { id: id.to_owned(), files }, language)
}
