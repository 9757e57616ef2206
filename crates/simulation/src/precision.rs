//! Runs until what they measure is known well enough.

use std::f64::consts::FRAC_2_PI;
use std::ops::Range;

/// A number measured in each of several independent runs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sample {
    runs: u32,
    mean: f64,
    squares: f64, // The sum of squared deviations from the mean.
}

impl Sample {
    /// One run more (Welford's recurrence: no sum of squares that would cancel).
    pub fn push(&mut self, value: f64) {
        self.runs += 1;
        let deviation = value - self.mean;
        self.mean += deviation / f64::from(self.runs);
        self.squares += deviation * (value - self.mean);
    }

    /// How many runs there were.
    pub fn runs(&self) -> u32 {
        self.runs
    }

    /// Their mean; 0 if there were none.
    pub fn mean(&self) -> f64 {
        self.mean
    }

    /// Half the width of the confidence interval of the mean, by Student's t:
    ///
    ///   t(n − 1, confidence) · s / √n
    ///
    /// Infinite with fewer than two runs. It assumes means of runs to be normal, as they nearly are: each is a sum over
    /// many contacts.
    pub fn half_width(&self, confidence: f64) -> f64 {
        if self.runs < 2 {
            return f64::INFINITY;
        }
        let (runs, free) = (f64::from(self.runs), self.runs - 1);
        student(free, confidence) * (self.squares / f64::from(free) / runs).sqrt()
    }
}

/// How well a mean is to be known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Precision {
    /// Up to this half width of its interval.
    Within(f64),
    /// Up to a half width of this share of the mean.
    Relative(f64),
}

impl Precision {
    fn is_reached(self, sample: &Sample, confidence: f64) -> bool {
        let half_width = sample.half_width(confidence);
        match self {
            Precision::Within(most) => half_width <= most,
            Precision::Relative(share) => half_width <= share * sample.mean().abs(),
        }
    }
}

/// How many runs may be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// At least so many. Too few stop by chance: an interval of five runs is sometimes far too narrow.
    pub least: u32,
    /// At most so many.
    pub most: u32,
    /// So many at once, before anybody looks at the interval: one for each thread, or several.
    pub batch: u32,
}

/// Plays runs, numbered from 1, until every measure is as precise as asked with this confidence, or the effort is spent.
/// Returns a sample of each measure; its half width says what was reached.
///
/// `play` gets the numbers of a batch and returns, in their order, what each run measured: one number for each of
/// `precisions`. How it spreads them over threads is its own affair and changes nothing: a run is known by its number, and
/// intervals are looked at between batches only. Looking often and stopping at the first success makes intervals a little
/// too narrow; with `least` of ten or more it is below what the confidence leaves open.
///
/// ```
/// use longshore_simulation::{Effort, Precision, until};
///
/// // A measure that is 3 or 5, in turn.
/// let effort = Effort { least: 10, most: 10_000, batch: 8 };
/// let play = |runs: std::ops::Range<u32>| -> Result<_, ()> {
///     Ok(runs.map(|run| vec![3.0 + 2.0 * f64::from(run % 2)]).collect())
/// };
/// let samples = until(&[Precision::Within(0.1)], 0.95, effort, play).unwrap();
/// assert!((samples[0].mean() - 4.0).abs() < 1e-9 && samples[0].half_width(0.95) <= 0.1);
/// assert_eq!(samples[0].runs(), 392); // 1.966² · 1.0013² / 0.1² is 387.6, in batches of 8.
/// ```
///
/// # Errors
/// Whatever `play` fails with.
pub fn until<E>(
    precisions: &[Precision],
    confidence: f64,
    effort: Effort,
    mut play: impl FnMut(Range<u32>) -> Result<Vec<Vec<f64>>, E>,
) -> Result<Vec<Sample>, E> {
    let mut samples = vec![Sample::default(); precisions.len()];
    let mut played = 0;
    while played < effort.most {
        let batch = effort.batch.clamp(1, effort.most - played);
        for measures in play(played + 1..played + 1 + batch)? {
            samples.iter_mut().zip(measures).for_each(|(sample, value)| sample.push(value));
        }
        played += batch;
        let precise =
            || precisions.iter().zip(&samples).all(|(precision, sample)| precision.is_reached(sample, confidence));
        if effort.least <= played && precise() {
            break;
        }
    }
    Ok(samples)
}

/// The t with P(|T| ≤ t) = `confidence`, for Student's distribution with that many degrees of freedom, by bisection.
fn student(free: u32, confidence: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while within(free, high) < confidence && high < 1e9 {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if within(free, middle) < confidence {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// P(|T| ≤ t), by the finite series for whole degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4. Past ten
/// thousand degrees nothing changes in the digits that matter.
fn within(free: u32, t: f64) -> f64 {
    let free = free.min(10_000 + free % 2);
    let angle = (t / f64::from(free).sqrt()).atan();
    let (sine, square) = (angle.sin(), angle.cos() * angle.cos());
    let odd = free % 2 == 1;
    // The terms are cosᵏ times a product of (k − 1)/k, from k = 0 by twos, or from 1.
    let (mut k, mut term, mut sum) = (0, if odd { angle.cos() } else { 1.0 }, 0.0);
    while k < free / 2 {
        sum += term;
        k += 1;
        let above = f64::from(2 * k - u32::from(!odd));
        term *= square * above / (above + 1.0);
    }
    if odd { FRAC_2_PI * (angle + sine * sum) } else { sine * sum }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_distr::{Distribution, StandardNormal};

    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        let table =
            [(1, 12.7062), (2, 4.30265), (3, 3.18245), (4, 2.77645), (10, 2.22814), (29, 2.04523), (1000, 1.96234)];
        for (free, t) in table {
            assert!((student(free, 0.95) / t - 1.0).abs() < 2e-6, "{free}: {}", student(free, 0.95));
        }
        assert!((student(7, 0.99) - 3.49948).abs() < 1e-5);
        assert!((student(u32::MAX - 1, 0.95) - 1.95996).abs() < 1e-3);
    }

    /// Of intervals of eight normal numbers nineteen in twenty hold the mean.
    #[test]
    fn intervals_hold_the_mean_as_often_as_told() {
        let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(1);
        let held = (0..10_000).filter(|_| {
            let mut sample = Sample::default();
            for _ in 0..8 {
                let draw: f64 = StandardNormal.sample(&mut random);
                sample.push(5.0 + draw);
            }
            (sample.mean() - 5.0).abs() <= sample.half_width(0.95)
        });
        let held = held.count();
        assert!((9_410..9_590).contains(&held), "{held}");
    }

    #[test]
    fn batches_neither_stop_early_nor_go_on() {
        let effort = |least, most| Effort { least, most, batch: 4 };
        let count = |precision, effort| {
            let mut seen = Vec::new();
            let play = |runs: Range<u32>| -> Result<Vec<Vec<f64>>, ()> {
                seen.extend(runs.clone());
                Ok(runs.map(|run| vec![f64::from(run % 3)]).collect())
            };
            let samples = until(&[precision], 0.95, effort, play).unwrap();
            assert!(seen.iter().copied().eq(1..=samples[0].runs()));
            samples[0].runs()
        };
        assert_eq!(count(Precision::Within(100.0), effort(10, 50)), 12);
        assert_eq!(count(Precision::Within(0.0), effort(10, 50)), 50);
        assert_eq!(count(Precision::Relative(f64::INFINITY), effort(0, 50)), 4);
        assert_eq!(until(&[], 0.9, effort(0, 50), |_| Err(3)), Err(3));
    }
}
