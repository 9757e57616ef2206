//! The time that is compared: its months, days and steps as instants.

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use longshore_business_case::{BusinessCase, Steps, Team, at_work};
use longshore_units::{Instant, Month, Zone};

/// The horizon of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    /// The zone of its days.
    pub zone: Zone,
    /// Its months.
    pub months: Vec<Month>,
    /// When it begins: milliseconds since 1970. So are all instants here.
    pub from_ms: i64,
    /// When it ends.
    pub until_ms: i64,
    /// The length of a step of planning.
    pub step_ms: i64,
    /// When each day begins.
    pub day_starts: Vec<i64>,
    /// The days.
    pub days: Vec<Date>,
    /// When each month begins.
    pub month_starts: Vec<i64>,
}

impl Horizon {
    /// The horizon of a case. `None` outside the years that calendars can show.
    pub fn of(case: &BusinessCase) -> Option<Horizon> {
        let zone = case.zone.clone();
        let months: Vec<Month> = case.decide.each_month().collect();
        let start = |date: Date| zone.start_of(date).map(Instant::milliseconds);
        let from_ms = start(case.decide.starts)?;
        let until_ms = start(case.decide.last_day().tomorrow().ok()?)?;
        let days: Vec<Date> = std::iter::successors(Some(case.decide.starts), |day| day.tomorrow().ok())
            .take_while(|day| *day <= case.decide.last_day())
            .collect();
        let day_starts: Vec<i64> = days.iter().map(|day| start(*day)).collect::<Option<_>>()?;
        let month_starts = months.iter().map(|month| start(month.first())).collect::<Option<_>>()?;
        let step_ms = Steps::between(from_ms, until_ms, &day_starts, case.openings()).step_ms;
        Some(Horizon { zone, months, from_ms, until_ms, step_ms, day_starts, days, month_starts })
    }

    /// How many steps it has.
    pub fn steps(&self) -> usize {
        ((self.until_ms - self.from_ms) / self.step_ms) as usize
    }

    /// When a step begins.
    pub fn step_start(&self, step: usize) -> i64 {
        self.from_ms + step as i64 * self.step_ms
    }

    /// A month, by its place: from its beginning to its end.
    pub fn month_span(&self, month: usize) -> (i64, i64) {
        (self.month_starts[month], self.month_starts.get(month + 1).copied().unwrap_or(self.until_ms))
    }

    /// The steps of a month, by its place.
    pub fn month_steps(&self, month: usize) -> Range<usize> {
        let step = |at: i64| ((at - self.from_ms) / self.step_ms) as usize;
        let (from, until) = self.month_span(month);
        step(from)..step(until)
    }

    /// When its weeks begin: its Mondays.
    pub fn week_starts(&self) -> Vec<i64> {
        let days = self.days.iter().zip(&self.day_starts);
        days.filter(|(day, _)| day.weekday() == Weekday::Monday).map(|(_, starts)| *starts).collect()
    }

    /// Whether somebody of a team may be at work throughout each step.
    pub(crate) fn at_work(&self, team: &Team) -> Vec<bool> {
        at_work(team, &self.days, &self.zone, &self.planned())
    }

    /// The steps in which it is planned.
    pub(crate) fn planned(&self) -> Steps {
        Steps { from_ms: self.from_ms, step_ms: self.step_ms, count: self.steps() }
    }

    /// The share of each step that lies in some spans; they are increasing and apart.
    pub fn coverage(&self, spans: &[(i64, i64)]) -> Vec<f64> {
        let mut covered = vec![0.0; self.steps()];
        for (from, until) in spans {
            let (mut at, until) = ((*from).max(self.from_ms), (*until).min(self.until_ms));
            while at < until {
                let step = ((at - self.from_ms) / self.step_ms) as usize;
                let end = self.step_start(step + 1).min(until);
                covered[step] += (end - at) as f64 / self.step_ms as f64;
                at = end;
            }
        }
        covered
    }
}
