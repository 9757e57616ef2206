//! When contacts come, where a case does not say.

use jiff::civil::Weekday;
use longshore_document::{Fields, Findings, Node};
use longshore_units::WEEKDAYS;

use crate::Opening;
use crate::demand::Curve;
use crate::figure::HELD;
use crate::opening::{minute_of_day, weekdays};

/// The published shape of a day and of a week, for a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The channel.
    pub channel: String,
    /// The minute of the day at which the first share's step begins.
    pub from: u32,
    /// The minutes of a step.
    pub each: u32,
    /// Shares of a day, in percent; they come to 100.
    pub shares: Vec<f64>,
    /// The days of the week that were counted, and what each has of a mean one.
    pub weekdays: Vec<(Weekday, f64)>,
    /// What a day of the week that was not counted has of a mean one that was.
    pub weekend: f64,
    /// Who published it.
    pub source: String,
}

/// The profiles of the catalog: one a channel of which any was found.
pub fn profiles() -> &'static [Profile] {
    &HELD.profiles
}

impl Profile {
    /// The curves of a week that is open at these hours, Monday first.
    ///
    /// Within the published hours a step has its share. Nobody published the others: open hours before and after have what
    /// the nearest step has, and days of the week that were not counted are as busy as others say of weekends.
    pub(crate) fn week(&self, open: &Opening) -> [Curve; 7] {
        crate::demand::WEEK.map(|day| {
            let counted = self.weekdays.iter().find(|(weekday, _)| *weekday == day);
            let factor = counted.map_or(self.weekend, |(_, factor)| *factor);
            let open = open.minutes(day);
            let minutes = open.iter().flat_map(|(from, until)| *from..*until);
            Curve::of(minutes.map(|minute| (minute, 1, factor * self.share(minute) / f64::from(self.each))), &open)
        })
    }

    /// The days and hours that were counted, as a case writes them.
    pub(crate) fn hours(&self) -> String {
        let name = |position: usize| {
            let day = self.weekdays.get(position).map(|(day, _)| *day);
            WEEKDAYS.iter().find(|(_, known)| Some(*known) == day).map_or("", |(name, _)| name)
        };
        let until = self.from + self.each * u32::try_from(self.shares.len()).expect("a day has few steps");
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{} {}-{}", name(0), name(self.weekdays.len() - 1), clock(self.from), clock(until))
    }

    /// The share of the step in which a minute lies, or of the nearest.
    fn share(&self, minute: u32) -> f64 {
        let step = (minute.saturating_sub(self.from) / self.each) as usize;
        self.shares[step.min(self.shares.len() - 1)]
    }

    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<Profile> {
        let mut fields = Fields::of(node, findings)?;
        let channel = fields.require("channel", "its word", findings)?.name(findings)?.to_owned();
        let days = weekdays(fields.require("days", "days of the week", findings)?.text(findings)?)?;
        let from = minute_of_day(fields.require("from", "a time", findings)?.text(findings)?)?;
        let each = fields.require("each", "a length", findings)?.milliseconds(findings)?.0 / 60_000;
        let mut numbers = |key: &'static str| -> Option<Vec<f64>> {
            let nodes = fields.require(key, "a list of numbers", findings)?.list(findings)?;
            nodes.iter().map(|node| node.number(0.0, 100.0, findings)).collect()
        };
        let (shares, factors) = (numbers("shares")?, numbers("weekdays")?);
        let weekend = fields.require("weekend", "a share", findings)?.number(0.0, 2.0, findings)?;
        let source = fields.require("source", "who published it", findings)?.name(findings)?.to_owned();
        fields.finish(findings);
        let weekdays: Vec<(Weekday, f64)> = days.into_iter().zip(factors).collect();
        let each = u32::try_from(each).ok().filter(|each| 0 < *each)?;
        (!shares.is_empty() && !weekdays.is_empty()).then_some(Profile {
            channel,
            from,
            each,
            shares,
            weekdays,
            weekend,
            source,
        })
    }
}
