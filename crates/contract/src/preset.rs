//! Presets of measures: what a KPI means, with all ten choices made.
//!
//! One day's log gives a service level from 56.85 % to 69.05 % by these choices alone. A contract that says only
//! "80/20" says nothing; one that names a preset has made every choice, and may make some of them itself.

use crate::LevelUnit::{self, Number, Percent, Seconds};

/// One of the ten choices that make a measure of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// Where its clock starts.
    ClockStart,
    /// Where its clock stops.
    ClockStop,
    /// The hours in which contacts count and its clock runs: always, or one of the contract's calendars.
    Calendar,
    /// Which contacts it looks at.
    Population,
    /// What it counts, or adds up.
    Numerator,
    /// What it divides by.
    Denominator,
    /// Which instant decides a contact's interval, day and month.
    Attribution,
    /// To what the value is rounded before it is compared with the target.
    Rounding,
    /// What it comes to where there is nothing to divide by.
    Empty,
    /// How intervals and days are put together.
    Aggregation,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Choice; 10] = [
        Choice::ClockStart,
        Choice::ClockStop,
        Choice::Calendar,
        Choice::Population,
        Choice::Numerator,
        Choice::Denominator,
        Choice::Attribution,
        Choice::Rounding,
        Choice::Empty,
        Choice::Aggregation,
    ];

    /// Its key in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Choice::ClockStart => "clock_start",
            Choice::ClockStop => "clock_stop",
            Choice::Calendar => "calendar",
            Choice::Population => "population",
            Choice::Numerator => "numerator",
            Choice::Denominator => "denominator",
            Choice::Attribution => "attribution",
            Choice::Rounding => "rounding",
            Choice::Empty => "empty",
            Choice::Aggregation => "aggregation",
        }
    }

    /// The words it may be set to; of a calendar, also the names of the contract's own.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Choice::ClockStart => &["arrival", "offer", "answer", "creation"],
            Choice::ClockStop => &["answer", "exit", "end", "first reply", "solution"],
            Choice::Calendar => &["always"],
            Choice::Population => &[
                "all attempts",
                "offered",
                "waiting",
                "answered",
                "abandoned",
                "solved",
                "surveyed",
                "evaluated",
                "test calls",
                "agent time",
                "agents",
                "hours of service",
            ],
            Choice::Numerator => &[
                "within threshold",
                "below threshold",
                "within threshold, abandons too",
                "abandoned",
                "abandoned, timed out too",
                "blocked",
                "wait",
                "wait and ring",
                "talk, hold and wrap",
                "talk and hold",
                "time of solution",
                "resolved",
                "without repeat",
                "repeated",
                "transferred",
                "top two of five",
                "good",
                "mark",
                "promoters less detractors",
                "passed",
                "points reached",
                "busy time",
                "productive hours",
                "time in schedule",
                "agents who left",
                "hours available",
            ],
            Choice::Denominator => &[
                "answered",
                "answered and abandoned",
                "answered and abandoned, less abandons within threshold",
                "answered and abandoned, less short abandons",
                "all in queue",
                "all attempts",
                "all in the population",
                "good and bad",
                "points possible",
                "productive time",
                "requested hours",
                "scheduled time",
                "agents, average",
                "hours agreed",
            ],
            Choice::Attribution => &["arrival", "event"],
            Choice::Rounding => &["none", "1", "0.1", "0.01"],
            Choice::Empty => &["not measured", "met", "missed"],
            Choice::Aggregation => {
                &["pooled", "mean of days", "mean of intervals", "share of days met", "share of intervals met"]
            }
        }
    }
}

/// A measure by a name, all of whose choices are made.
#[derive(Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name in contracts: the measure, and after a comma the reading.
    pub name: &'static str,
    /// What it says, in words.
    pub says: &'static str,
    /// The unit of its values.
    pub unit: LevelUnit,
    /// Whether more is better; where neither is, the target must say `at most` or `at least`.
    pub more_is_better: Option<bool>,
    /// What it does not tell, and a contract has to.
    pub needs: Option<Parameter>,
    choices: [&'static str; 10], // Invariant: words of each of `Choice::ALL`, in their order.
}

/// What a measure is told besides its choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// `threshold`: within which time something counts.
    Threshold,
    /// `within`: within how many days a customer who comes back is a repeat.
    Within,
    /// `short_abandons`: abandons that are not longer are left out.
    ShortAbandons,
}

impl Parameter {
    /// Every parameter.
    pub const ALL: [Parameter; 3] = [Parameter::Threshold, Parameter::Within, Parameter::ShortAbandons];

    /// Its key in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Parameter::Threshold => "threshold",
            Parameter::Within => "within",
            Parameter::ShortAbandons => "short_abandons",
        }
    }
}

impl Preset {
    /// Every preset.
    pub fn all() -> &'static [Preset] {
        &PRESETS
    }

    /// The preset of that name.
    pub fn named(name: &str) -> Option<&'static Preset> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// One of its choices.
    pub fn choice(&self, choice: Choice) -> &'static str {
        self.choices[choice as usize]
    }

    /// Whether a contract may tell it so much.
    pub fn takes(&self, parameter: Parameter) -> bool {
        let counts_abandons = matches!(self.kind(), "service level" | "abandonment");
        self.needs == Some(parameter) || parameter == Parameter::ShortAbandons && counts_abandons
    }

    /// The measure without its reading: `service level` of `service level, offered`.
    pub fn kind(&self) -> &'static str {
        self.name.split_once(',').map_or(self.name, |(kind, _)| kind)
    }
}

const MORE: Option<bool> = Some(true);
const LESS: Option<bool> = Some(false);

/// A preset of contacts: clock from the offer to `stop`, at all hours, attributed to the arrival, pooled, not rounded, not
/// measured where nothing happened.
const fn preset(
    name: &'static str,
    says: &'static str,
    unit: LevelUnit,
    more_is_better: Option<bool>,
    clock: [&'static str; 2],
    counts: [&'static str; 3],
) -> Preset {
    let [start, stop] = clock;
    let [population, numerator, denominator] = counts;
    let choices =
        [start, stop, "always", population, numerator, denominator, "arrival", "none", "not measured", "pooled"];
    Preset { name, says, unit, more_is_better, needs: None, choices }
}

impl Preset {
    const fn needing(self, parameter: Parameter) -> Preset {
        Preset { needs: Some(parameter), ..self }
    }
}

static PRESETS: [Preset; 33] = [
    preset(
        "service level, answered",
        "of the answered contacts, the share answered within the threshold",
        Percent,
        MORE,
        ["offer", "answer"],
        ["answered", "within threshold", "answered"],
    )
    .needing(Parameter::Threshold),
    preset(
        "service level, abandons met",
        "of the answered and abandoned contacts, the share answered or abandoned within the threshold",
        Percent,
        MORE,
        ["offer", "answer"],
        ["offered", "within threshold, abandons too", "answered and abandoned"],
    )
    .needing(Parameter::Threshold),
    preset(
        "service level, abandons ignored",
        "of the answered and abandoned contacts, without those abandoned within the threshold, the share answered \
         within it",
        Percent,
        MORE,
        ["offer", "answer"],
        ["offered", "within threshold", "answered and abandoned, less abandons within threshold"],
    )
    .needing(Parameter::Threshold),
    preset(
        "service level, offered",
        "of the answered and abandoned contacts, the share answered within the threshold",
        Percent,
        MORE,
        ["offer", "answer"],
        ["offered", "within threshold", "answered and abandoned"],
    )
    .needing(Parameter::Threshold),
    preset(
        "service level, with flow-outs",
        "of all contacts that came into the queue, also those that timed out or left by a key, the share answered within \
         the threshold",
        Percent,
        MORE,
        ["offer", "answer"],
        ["offered", "within threshold", "all in queue"],
    )
    .needing(Parameter::Threshold),
    preset(
        "service level, with blocked",
        "of all attempts, also the blocked ones, the share answered within the threshold: what customers feel",
        Percent,
        MORE,
        ["arrival", "answer"],
        ["all attempts", "within threshold", "all attempts"],
    )
    .needing(Parameter::Threshold),
    preset(
        "abandonment",
        "of the answered and abandoned contacts, the share abandoned",
        Percent,
        LESS,
        ["offer", "exit"],
        ["offered", "abandoned", "answered and abandoned"],
    ),
    preset(
        "abandonment, timed out too",
        "of all contacts that came into the queue, the share abandoned or timed out",
        Percent,
        LESS,
        ["offer", "exit"],
        ["offered", "abandoned, timed out too", "all in queue"],
    ),
    preset(
        "blocked",
        "of all attempts, the share that reached no queue",
        Percent,
        LESS,
        ["arrival", "exit"],
        ["all attempts", "blocked", "all attempts"],
    ),
    preset(
        "speed of answer",
        "the mean wait of the answered contacts",
        Seconds,
        LESS,
        ["offer", "answer"],
        ["answered", "wait", "answered"],
    ),
    preset(
        "speed of answer, all waiting",
        "the mean wait of all contacts that came into the queue",
        Seconds,
        LESS,
        ["offer", "exit"],
        ["waiting", "wait", "all in queue"],
    ),
    preset(
        "speed of answer, with ring",
        "the mean wait of the answered contacts, the ringing at the agent included",
        Seconds,
        LESS,
        ["offer", "answer"],
        ["answered", "wait and ring", "answered"],
    ),
    preset(
        "handle time",
        "the mean of talk, hold and wrap of the answered contacts",
        Seconds,
        None,
        ["answer", "end"],
        ["answered", "talk, hold and wrap", "answered"],
    ),
    preset(
        "handle time, without wrap",
        "the mean of talk and hold of the answered contacts",
        Seconds,
        None,
        ["answer", "end"],
        ["answered", "talk and hold", "answered"],
    ),
    preset(
        "resolution",
        "of the answered contacts, the share marked as resolved",
        Percent,
        MORE,
        ["answer", "end"],
        ["answered", "resolved", "answered"],
    ),
    preset(
        "resolution, no repeat",
        "of the answered contacts, the share whose customer did not come back within the window",
        Percent,
        MORE,
        ["answer", "end"],
        ["answered", "without repeat", "answered"],
    )
    .needing(Parameter::Within),
    preset(
        "repeat",
        "of the answered contacts, the share whose customer came back within the window",
        Percent,
        LESS,
        ["answer", "end"],
        ["answered", "repeated", "answered"],
    )
    .needing(Parameter::Within),
    preset(
        "transfer",
        "of the answered contacts, the share handed on to someone else",
        Percent,
        LESS,
        ["answer", "end"],
        ["answered", "transferred", "answered"],
    ),
    preset(
        "first reply",
        "the mean time from a message's creation to the first reply of a person",
        Seconds,
        LESS,
        ["creation", "first reply"],
        ["answered", "wait", "answered"],
    ),
    preset(
        "first reply, in time",
        "of all messages, the share that a person replied to within the threshold",
        Percent,
        MORE,
        ["creation", "first reply"],
        ["offered", "within threshold", "all in the population"],
    )
    .needing(Parameter::Threshold),
    preset(
        "solution",
        "the mean time from a case's creation to its solution",
        Seconds,
        LESS,
        ["creation", "solution"],
        ["solved", "time of solution", "all in the population"],
    ),
    preset(
        "solution, in time",
        "of the solved cases, the share solved within the threshold",
        Percent,
        MORE,
        ["creation", "solution"],
        ["solved", "within threshold", "all in the population"],
    )
    .needing(Parameter::Threshold),
    preset(
        "satisfaction",
        "of the answers to the survey, the share that gave one of the two best of five marks",
        Percent,
        MORE,
        ["answer", "end"],
        ["surveyed", "top two of five", "all in the population"],
    ),
    preset(
        "satisfaction, mean",
        "the mean mark of the survey",
        Number,
        MORE,
        ["answer", "end"],
        ["surveyed", "mark", "all in the population"],
    ),
    preset(
        "satisfaction, good of rated",
        "of the good and bad ratings, the share of good ones",
        Percent,
        MORE,
        ["answer", "end"],
        ["surveyed", "good", "good and bad"],
    ),
    preset(
        "recommendation",
        "the share of promoters (9 and 10) less that of detractors (0 to 6), in points from -100 to 100",
        Number,
        MORE,
        ["answer", "end"],
        ["surveyed", "promoters less detractors", "all in the population"],
    ),
    preset(
        "quality",
        "points reached of points possible in evaluated contacts",
        Percent,
        MORE,
        ["answer", "end"],
        ["evaluated", "points reached", "points possible"],
    ),
    preset(
        "mystery calls",
        "of the test calls, the share that passed",
        Percent,
        MORE,
        ["arrival", "end"],
        ["test calls", "passed", "all in the population"],
    ),
    preset(
        "occupancy",
        "of the productive time of agents, the share in which they served customers",
        Percent,
        None,
        ["offer", "end"],
        ["agent time", "busy time", "productive time"],
    ),
    preset(
        "staffing",
        "productive hours of the requested ones",
        Percent,
        MORE,
        ["offer", "end"],
        ["agent time", "productive hours", "requested hours"],
    ),
    preset(
        "adherence",
        "of the scheduled time of agents, the share in which they did what was scheduled",
        Percent,
        MORE,
        ["offer", "end"],
        ["agent time", "time in schedule", "scheduled time"],
    ),
    preset(
        "attrition",
        "agents who left, of the average number of agents",
        Percent,
        LESS,
        ["offer", "end"],
        ["agents", "agents who left", "agents, average"],
    ),
    preset(
        "uptime",
        "of the agreed hours, the share in which the service was available",
        Percent,
        MORE,
        ["offer", "end"],
        ["hours of service", "hours available", "hours agreed"],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn presets_are_told_apart_and_make_every_choice_with_a_known_word() {
        let names: BTreeSet<&str> = PRESETS.iter().map(|preset| preset.name).collect();
        assert_eq!(names.len(), PRESETS.len());
        for preset in &PRESETS {
            for choice in Choice::ALL {
                let word = preset.choice(choice);
                assert!(choice.words().contains(&word), "{}: {} = {word}", preset.name, choice.word());
            }
        }
    }

    #[test]
    fn every_word_of_a_choice_stands_once() {
        for choice in Choice::ALL {
            let words: BTreeSet<&str> = choice.words().iter().copied().collect();
            assert_eq!(words.len(), choice.words().len(), "{}", choice.word());
            assert_eq!(Choice::ALL[choice as usize], choice);
        }
    }
}
