//! What records say, as the files of a case.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use longshore_contacts::Channel;
use longshore_document::literal;
use longshore_units::{Milliseconds, plural};

use super::figures::{Answered, Lengths, OfQueue, hours, written};
use super::{Key, Observed};
use crate::Country;

/// The program and its histories.
pub(super) fn files(observed: &Observed, country: &Country) -> Vec<(String, String)> {
    let zone = if country.zones.contains(&observed.zone) { &observed.zone } else { &country.zones[0] };
    let mut program =
        "# Drafted from records; read it before you decide by it. What stands here was measured, and what is missing \
                       the\n# catalog fills in.\nname = \"Contacts as recorded\"\n"
            .to_owned();
    if let (Some(name), 1) = (observed.programs.first(), observed.programs.len()) {
        let _ = writeln!(program, "program = {}", literal(name));
    }
    let _ = writeln!(program, "time_zone = {}", literal(zone.name()));
    if *zone != observed.zone {
        let _ = writeln!(
            program,
            "# The records' clocks are those of {}: their hours are read as hours here.",
            observed.zone.name()
        );
    }
    let _ = writeln!(program, "currency = {}", literal(country.currency.code()));
    let mut files = Vec::new();
    let mut names = BTreeSet::new();
    for (key, of) in &observed.queues {
        let name = name(observed, key, &names);
        let path = format!("history/{}.csv", file_name(&name, &files));
        program += &queue(observed, country, (key, of), &name, &path);
        files.push((path, counts(observed, of)));
        names.insert(name);
    }
    files.push(("program.toml".to_owned(), program));
    files.sort();
    files
}

/// What a queue is called: as the records have it, with its language where another has its name.
fn name(observed: &Observed, key: &Key, taken: &BTreeSet<String>) -> String {
    let queue = key.queue.as_deref().map(str::trim).filter(|queue| !queue.is_empty()).unwrap_or("contacts");
    let alike = observed.queues.keys().filter(|other| other.queue == key.queue).count();
    let name = match &key.language {
        Some(language) if 1 < alike => format!("{queue} {language}"),
        _ => queue.to_owned(),
    };
    let seen = |letter: char| if letter.is_control() { ' ' } else { letter };
    let name: String = name.chars().map(seen).collect::<String>().trim().to_owned();
    let numbered = (2..).map(|number| format!("{name} {number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name)
}

/// A file's stem: letters and digits of the name, and a number where another has them.
fn file_name(name: &str, taken: &[(String, String)]) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let stem: String = name.chars().map(letter).take(40).collect();
    let is_taken = |stem: &str| taken.iter().any(|(path, _)| *path == format!("history/{stem}.csv"));
    let numbered = (2..).map(|number| format!("{stem}-{number}"));
    std::iter::once(stem.clone()).chain(numbered).find(|stem| !is_taken(stem)).unwrap_or(stem)
}

fn queue(observed: &Observed, country: &Country, (key, of): (&Key, &OfQueue), name: &str, path: &str) -> String {
    let channel = key.channel.unwrap_or(Channel::Voice);
    let language = key.language.as_deref().unwrap_or(&country.language);
    let mut text = format!(
        "\n[[queue]]                                   # {} came, {} were answered\nname = {}\nchannel = \"{channel}\"\nlanguage = {}\n",
        of.came,
        of.answered,
        literal(name),
        literal(language),
    );
    let _ = writeln!(
        text,
        "history = {{ file = {}, time = \"time\", contacts = \"contacts\", step = \"{}m\" }}",
        literal(path),
        observed.step_minutes
    );
    // What one line of contacts opens, the others of its medium do.
    let mut answered: Answered = [[0; 48]; 7];
    let alike = observed.queues.iter().filter(|(other, _)| other.channel == key.channel);
    alike.for_each(|(_, of)| of.add_answered(&mut answered));
    let hours: Vec<String> = written(&hours(&answered)).iter().map(|hours| literal(hours)).collect();
    if !hours.is_empty() {
        let _ = writeln!(text, "hours = [{}]   # when contacts of this medium were answered", hours.join(", "));
    }
    match of.patience.estimate() {
        Some((mean, error)) => {
            let _ = writeln!(
                text,
                "patience = \"{}\"   # ± {} (95 %): all waiting over {} who gave up; who was answered would have waited on",
                duration(mean),
                duration(1.96 * error),
                of.patience.abandoned()
            );
        }
        None => text.push_str("# patience: too few gave up to tell how long customers wait\n"),
    }
    let sources: Vec<&str> = observed.sources.iter().map(String::as_str).collect();
    let (first, last) = (observed.days.first(), observed.days.last());
    let span = first.zip(last).map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
    let days = plural(observed.days.len() as u64, "day");
    let _ = writeln!(text, "source = {}", literal(&format!("records of {}{span}: {days}", sources.join(", "))));
    let parts: Vec<String> =
        [("talk", &of.talk), ("hold", &of.hold), ("wrap", &of.wrap)].into_iter().filter_map(part).collect();
    // Without talk the catalog says how long contacts take: a part alone would stand for all of it.
    if of.talk.figures().is_some() {
        text.push_str("\n[queue.handle]\n");
        text.push_str(&parts.concat());
    }
    text
}

fn part((name, lengths): (&str, &Lengths)) -> Option<String> {
    let (share, mean, spread) = lengths.figures()?;
    let mut part = format!("{name} = {{ mean = \"{}\"", duration(mean));
    if let Some(spread) = spread {
        let _ = write!(part, ", spread = \"{:.0}%\"", (100.0 * spread).min(1000.0));
    }
    if share < 0.995 {
        let _ = write!(part, ", share = \"{:.1}%\"", 100.0 * share);
    }
    part.push_str(" }\n");
    Some(part)
}

/// A mean as people write it: to the second, or to the tenth of one where it is short.
fn duration(milliseconds: f64) -> String {
    let step = if milliseconds < 10_000.0 { 100.0 } else { 1000.0 };
    let rounded = ((milliseconds / step).round() * step).max(step);
    Milliseconds(rounded as u64).to_string()
}

/// The counts of the days on which anybody came, whoever it was: other days are unknown.
fn counts(observed: &Observed, of: &OfQueue) -> String {
    let mut text = "time,contacts\n".to_owned();
    for day in &observed.days {
        for (step, contacts) in (0..).zip(of.steps(*day, observed.step_minutes)) {
            let minute: u32 = step * observed.step_minutes;
            let _ = writeln!(text, "{day} {:02}:{:02}:00,{contacts}", minute / 60, minute % 60);
        }
    }
    text
}
