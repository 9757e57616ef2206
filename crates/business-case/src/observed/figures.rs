//! The figures of one queue.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use crate::demand::{WEEK, weekday_position};

/// What was seen of one queue.
#[derive(Clone, Debug, Default)]
pub(super) struct OfQueue {
    /// Contacts, and the answered of them, by day and the minute at which a five-minute step begins.
    counts: BTreeMap<(Date, u32), (u64, u64)>,
    pub came: u64,
    pub answered: u64,
    pub talk: Lengths,
    pub hold: Lengths,
    pub wrap: Lengths,
    pub patience: Patience,
}

/// How long something took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lengths {
    /// Of how many it is known.
    known: u64,
    /// How many of these had any of it.
    some: u64,
    sum_ms: f64,
    /// Of single ones; unknown where only sums are.
    squares: Option<f64>,
    are_single: bool,
}

/// Waiting, and how often it was given up.
///
/// Patience is taken to be exponential. Who was answered would have waited on: only that it lasted so long is known
/// (censored). The likeliest mean is then all waiting together over the number of those who gave up,
///
///   θ = Σ w / a,   with the standard error θ / √a.
///
/// Brown, Gans, Mandelbaum et al. (2005), "Statistical Analysis of a Telephone Call Center", JASA 100(469):36–50. It does not
/// hold where many give up at once: then the mean is drawn down by those who never meant to wait.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Patience {
    waited_ms: f64,
    abandoned: u64,
}

impl Patience {
    /// The mean and its standard error, in milliseconds; none where too few gave up to tell.
    pub fn estimate(&self) -> Option<(f64, f64)> {
        const LEAST: u64 = 10;
        let abandoned = self.abandoned as f64;
        let mean = self.waited_ms / abandoned;
        (LEAST <= self.abandoned && 0.0 < mean).then(|| (mean, mean / abandoned.sqrt()))
    }

    pub fn abandoned(&self) -> u64 {
        self.abandoned
    }
}

impl Lengths {
    fn add(&mut self, length: Option<i64>) {
        let Some(length) = length else { return };
        self.known += 1;
        self.are_single = true;
        if 0 < length {
            let length = length as f64;
            self.some += 1;
            self.sum_ms += length;
            self.squares = Some(self.squares.unwrap_or(0.0) + length * length);
        }
    }

    fn add_together(&mut self, count: u64, sum: i64) {
        self.known += count;
        self.some += count;
        self.sum_ms += sum as f64;
        self.squares = None;
    }

    /// The share of contacts that have it, the mean of these in milliseconds, and the coefficient of variation where it is
    /// known; none where there is nothing of it.
    pub fn figures(&self) -> Option<(f64, f64, Option<f64>)> {
        if self.some == 0 || self.sum_ms <= 0.0 {
            return None;
        }
        let some = self.some as f64;
        let mean = self.sum_ms / some;
        let spread = self.squares.filter(|_| self.are_single && 2 <= self.some).map(|squares| {
            let variance = (squares - some * mean * mean) / (some - 1.0);
            variance.max(0.0).sqrt() / mean
        });
        Some((some / self.known as f64, mean, spread))
    }
}

impl OfQueue {
    /// So many came in an interval that began then.
    pub fn came(&mut self, day: Date, minute: u32, contacts: u64, answered: u64) {
        self.came += contacts;
        self.answered += answered;
        let step = self.counts.entry((day, minute / 5 * 5)).or_default();
        *step = (step.0 + contacts, step.1 + answered);
    }

    /// One waited so long.
    pub fn waited(&mut self, wait_ms: i64, gave_up: bool) {
        self.patience.waited_ms += wait_ms.max(0) as f64;
        self.patience.abandoned += u64::from(gave_up);
    }

    /// All of an interval waited so long together.
    pub fn waited_together(&mut self, wait_ms: Option<i64>, abandoned: Option<u64>) {
        if let Some((wait, abandoned)) = wait_ms.zip(abandoned) {
            self.patience.waited_ms += wait.max(0) as f64;
            self.patience.abandoned += abandoned;
        }
    }

    /// One was handled so long.
    pub fn handled(&mut self, talk: Option<i64>, hold: Option<i64>, wrap: Option<i64>) {
        self.talk.add(talk);
        self.hold.add(hold);
        self.wrap.add(wrap);
    }

    /// So many of an interval were handled so long together.
    pub fn handled_together(&mut self, answered: Option<u64>, sums: [Option<i64>; 3]) {
        let Some(answered) = answered else { return };
        for (lengths, sum) in [&mut self.talk, &mut self.hold, &mut self.wrap].into_iter().zip(sums) {
            if let Some(sum) = sum {
                lengths.add_together(answered, sum);
            }
        }
    }

    /// The contacts of a day by steps of so many minutes.
    pub fn steps(&self, day: Date, step_minutes: u32) -> Vec<u64> {
        let mut steps = vec![0; (24 * 60 / step_minutes) as usize];
        for ((_, minute), (contacts, _)) in self.counts.range((day, 0)..(day, 24 * 60)) {
            steps[(minute / step_minutes) as usize] += contacts;
        }
        steps
    }

    /// Adds the answered contacts by weekday, Monday first, and half hour.
    pub fn add_answered(&self, to: &mut Answered) {
        for ((day, minute), (_, answered)) in &self.counts {
            to[weekday_position(day.weekday())][(*minute / 30) as usize] += answered;
        }
    }
}

/// Answered contacts by weekday, Monday first, and half hour.
pub(super) type Answered = [[u64; 48]; 7];

/// When it was open, as it seems, in minutes of the day: on each day of the week all half hours in which somebody was
/// answered, but those at either end that together have fewer than one in two hundred of the day's.
pub(super) fn hours(answered: &Answered) -> [Option<(u32, u32)>; 7] {
    let of_day = |day: &[u64; 48]| {
        let total: u64 = day.iter().sum();
        let few = |sum: &u64| 200 * sum <= total;
        let sums = |halves: &mut dyn Iterator<Item = &u64>| {
            let mut sum = 0;
            let sums = halves.map(|answered| {
                sum += answered;
                sum
            });
            sums.take_while(few).count() as u32
        };
        let (before, after) = (sums(&mut day.iter()), sums(&mut day.iter().rev()));
        (0 < total).then(|| (before * 30, (48 - after) * 30))
    };
    std::array::from_fn(|weekday| of_day(&answered[weekday]))
}

/// The hours of a week as people write them: `Mon-Thu 07:00-24:00`.
pub(super) fn written(hours: &[Option<(u32, u32)>; 7]) -> Vec<String> {
    let name = |day: Weekday| match day {
        Weekday::Monday => "Mon",
        Weekday::Tuesday => "Tue",
        Weekday::Wednesday => "Wed",
        Weekday::Thursday => "Thu",
        Weekday::Friday => "Fri",
        Weekday::Saturday => "Sat",
        Weekday::Sunday => "Sun",
    };
    let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let mut written = Vec::new();
    let mut first = 0;
    while first < 7 {
        let same = hours[first..].iter().take_while(|span| **span == hours[first]).count();
        if let Some((from, until)) = hours[first] {
            let days = match same {
                1 => name(WEEK[first]).to_owned(),
                _ => format!("{}-{}", name(WEEK[first]), name(WEEK[first + same - 1])),
            };
            written.push(format!("{days} {}-{}", clock(from), clock(until)));
        }
        first += same;
    }
    written
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn patience_is_all_waiting_over_those_who_gave_up() {
        let mut of = OfQueue::default();
        for _ in 0..30 {
            of.waited(20_000, false);
        }
        for _ in 0..9 {
            of.waited(60_000, true);
        }
        assert_eq!(of.patience.estimate(), None, "nine are too few to tell");
        of.waited(60_000, true);
        // 30 × 20 s and 10 × 60 s over 10; its error is a tenth times the root of ten.
        let (mean, error) = of.patience.estimate().unwrap();
        assert_eq!(mean, 120_000.0);
        assert!((error - 120_000.0 / 10f64.sqrt()).abs() < 1e-9);
    }

    #[test]
    fn lengths_have_a_share_a_mean_and_a_spread() {
        let mut lengths = Lengths::default();
        for length in [None, Some(0), Some(0), Some(10_000), Some(20_000), Some(30_000)] {
            lengths.add(length);
        }
        let (share, mean, spread) = lengths.figures().unwrap();
        assert_eq!((share, mean), (0.6, 20_000.0));
        assert!((spread.unwrap() - 0.5).abs() < 1e-12, "a standard deviation of ten seconds: {spread:?}");
        let mut together = Lengths::default();
        together.add_together(4, 80_000);
        assert_eq!(together.figures(), Some((1.0, 20_000.0, None)));
        assert_eq!(Lengths::default().figures(), None);
    }

    #[test]
    fn hours_leave_out_strays() {
        let mut of = OfQueue::default();
        for minute in (8 * 60..20 * 60).step_by(30) {
            of.came(date(2027, 3, 1), minute, 10, 10);
            of.came(date(2027, 3, 2), minute, 10, 10);
        }
        of.came(date(2027, 3, 1), 35, 1, 1); // One of 241 on that Monday, after midnight.
        of.came(date(2027, 3, 6), 600, 5, 5);
        of.came(date(2027, 3, 7), 600, 5, 0);
        let mut answered = [[0; 48]; 7];
        of.add_answered(&mut answered);
        assert_eq!(written(&hours(&answered)), ["Mon-Tue 08:00-20:00", "Sat 10:00-10:30"]);
    }

    #[test]
    fn counts_fall_into_steps() {
        let mut of = OfQueue::default();
        let day = date(2027, 3, 1);
        for (minute, contacts) in [(0, 1), (29, 2), (30, 4), (1439, 8)] {
            of.came(day, minute, contacts, 0);
        }
        let steps = of.steps(day, 30);
        assert_eq!((steps.len(), steps[0], steps[1], steps[47], steps.iter().sum::<u64>()), (48, 3, 4, 8, 15));
        assert_eq!(of.steps(day, 60)[0], 7);
        assert_eq!(of.steps(date(2027, 3, 2), 30).iter().sum::<u64>(), 0);
    }
}
