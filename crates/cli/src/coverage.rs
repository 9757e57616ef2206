//! Which days records cover, as their manifests say.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use longshore_contacts::Manifest;
use longshore_units::Month;

use crate::failure::Failure;

/// The days that records cover. Between them there may be days of which the records know nothing.
#[derive(Debug)]
pub struct Coverage {
    /// First and last days. Invariant: at least one, in the order of time, with days between them.
    spans: Vec<(Date, Date)>,
}

impl Coverage {
    /// Of the manifests of some folders; `None` without a manifest.
    ///
    /// # Errors
    /// If they do not make one set of records: two runs of a simulation are two tellings of the same days, and days that
    /// two folders cover would count twice.
    pub fn of(manifests: &[(PathBuf, Manifest)]) -> Result<Option<Coverage>, Failure> {
        let mut manifests: Vec<&(PathBuf, Manifest)> = manifests.iter().collect();
        manifests.sort_by_key(|(_, manifest)| (manifest.first_day, manifest.last_day));
        let mut spans: Vec<(Date, Date)> = Vec::new();
        for pair in manifests.windows(2) {
            let ((folder, one), (other_folder, other)) = (pair[0], pair[1]);
            if let Some(what) = other_run(one, other) {
                return Err(not_together(folder, other_folder, &format!("they are of another {what}")));
            }
            if other.first_day <= one.last_day {
                let why = format!("both cover {}, whose rows would count twice", other.first_day);
                return Err(not_together(folder, other_folder, &why));
            }
        }
        for (_, manifest) in manifests {
            match spans.last_mut() {
                Some((_, last)) if last.tomorrow().ok() == Some(manifest.first_day) => *last = manifest.last_day,
                _ => spans.push((manifest.first_day, manifest.last_day)),
            }
        }
        Ok((!spans.is_empty()).then_some(Coverage { spans }))
    }

    /// The first day covered.
    pub fn first_day(&self) -> Date {
        self.spans.first().expect("something is covered").0
    }

    /// The last day covered.
    pub fn last_day(&self) -> Date {
        self.spans.last().expect("something is covered").1
    }

    /// The months from the first to the last day covered, those of which nothing is covered included.
    pub fn months(&self) -> impl Iterator<Item = Month> {
        Month::through(Month::of(self.first_day()), Month::of(self.last_day()))
    }

    /// Whether all days from one to another are covered.
    pub fn has(&self, first: Date, last: Date) -> bool {
        last < first || self.spans.iter().any(|(from, until)| *from <= first && last <= *until)
    }

    /// How many days of a month are covered.
    pub fn days_of(&self, month: Month) -> i128 {
        let days = |(first, last): &(Date, Date)| {
            let (first, last) = ((*first).max(month.first()), (*last).min(month.last()));
            if last < first { 0 } else { i128::from((last - first).get_days()) + 1 }
        };
        self.spans.iter().map(days).sum()
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spans: Vec<String> = self.spans.iter().map(|(first, last)| format!("{first} to {last}")).collect();
        formatter.write_str(&spans.join(" and "))
    }
}

/// What tells the records of two folders apart, if they do not belong to the same run.
fn other_run(one: &Manifest, other: &Manifest) -> Option<&'static str> {
    let differ = [
        ("case", one.case != other.case),
        ("option", one.option != other.option),
        ("seed", one.seed != other.seed),
        ("run", one.run != other.run),
    ];
    differ.into_iter().find(|(_, differ)| *differ).map(|(what, _)| what)
}

fn not_together(folder: &Path, other: &Path, why: &str) -> Failure {
    Failure::input(anyhow::anyhow!(
        "the records of `{}` and of `{}` do not belong together: {why}",
        folder.display(),
        other.display()
    ))
}
