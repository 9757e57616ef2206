//! Days are busy or quiet as a whole: a random factor on the load.

use crate::{QueueingError, Share, gamma};

/// A day's busyness: a gamma variable of mean 1 that multiplies all of the day's expected contacts, cut into bands of
/// equal probability. Contacts, not days, are what a service level counts, so each band weighs by its contacts.
///
/// Jongbloed, Koole (2001), "Managing uncertainty in call centres using Poisson mixtures", ASMBI 17(4).
///
/// ```
/// # use longshore_queueing::Busyness;
/// let busyness = Busyness::gamma(0.1)?;
/// let mean: f64 = busyness.bands().iter().map(|band| band.days * band.factor).sum();
/// assert!((mean - 1.0).abs() < 1e-12);
/// # Ok::<(), longshore_queueing::QueueingError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Busyness {
    bands: Vec<Band>,
}

/// Days about equally busy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Their share of all days. The shares sum to 1.
    pub days: f64,
    /// Their mean busyness, by which loads are multiplied. `days × factor` is their share of all contacts.
    pub factor: f64,
}

/// Bands of a busyness that varies. Ten put the agents for a target within a fraction of one of what a thousand do.
const BANDS: u32 = 10;

impl Busyness {
    /// The widest spread there are answers for.
    pub const MOST_CV: f64 = 3.0;

    /// Every day is like every other.
    pub fn steady() -> Busyness {
        Busyness { bands: vec![Band { days: 1.0, factor: 1.0 }] }
    }

    /// A busyness with this coefficient of variation (standard deviation over mean), from 0 to [`Busyness::MOST_CV`].
    pub fn gamma(cv: f64) -> Result<Busyness, QueueingError> {
        Busyness::in_bands(cv, BANDS)
    }

    fn in_bands(cv: f64, bands: u32) -> Result<Busyness, QueueingError> {
        if !(0.0..=Busyness::MOST_CV).contains(&cv) {
            return Err(QueueingError::Busyness(cv));
        }
        if cv < 1e-6 {
            return Ok(Busyness::steady());
        }
        // E[G; G ≤ q] of a gamma variable is its distribution function with one more in the shape.
        let shape = 1.0 / (cv * cv);
        let days = 1.0 / f64::from(bands);
        let mut volume_below = 0.0;
        let bands = (1..=bands).map(|band| {
            let volume = if band == bands { 1.0 } else { below(shape + 1.0, quantile(shape, f64::from(band) * days)) };
            let factor = ((volume - volume_below) / days).max(0.0);
            volume_below = volume;
            Band { days, factor }
        });
        Ok(Busyness { bands: bands.collect() })
    }

    /// The bands, from quiet to busy.
    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    /// The mean over contacts of a service level that depends on the load.
    pub fn mean(&self, level: impl Fn(f64) -> Share) -> Share {
        let mean = self.bands.iter().map(|band| band.days * band.factor * level(band.factor).get()).sum();
        Share::computed(mean)
    }
}

/// The distribution function of a gamma variable of scale 1.
fn below(shape: f64, z: f64) -> f64 {
    if z > 0.0 { gamma::lower(shape, z, shape - z) } else { 0.0 }
}

/// Where that function reaches `share`, by halving.
fn quantile(shape: f64, share: f64) -> f64 {
    let (mut low, mut high) = (0.0, shape + 1.0);
    while below(shape, high) < share && high < 1e9 * (shape + 1.0) {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || high <= middle {
            break;
        }
        if below(shape, middle) < share { low = middle } else { high = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Definition, Erlangs, Seconds, Traffic, least_agents, service_level};

    #[test]
    fn bands_have_the_mean_and_nearly_the_spread() {
        for cv in [0.01, 0.064, 0.2, 0.5, 1.0] {
            let busyness = Busyness::in_bands(cv, 400).unwrap();
            let mean: f64 = busyness.bands.iter().map(|band| band.days * band.factor).sum();
            let variance: f64 = busyness.bands.iter().map(|band| band.days * (band.factor - 1.0).powi(2)).sum();
            assert!((mean - 1.0).abs() < 1e-12, "{mean}");
            assert!((variance.sqrt() / cv - 1.0).abs() < 0.02, "{} of {cv}", variance.sqrt());
        }
    }

    /// The median of an exponential variable, and of a nearly normal one.
    #[test]
    fn quantiles_are_known_ones() {
        assert!((quantile(1.0, 0.5) - 2f64.ln()).abs() < 1e-14);
        assert!((quantile(1e6, 0.5) - (1e6 - 1.0 / 3.0)).abs() < 1e-6);
    }

    #[test]
    fn ten_bands_are_enough() {
        let seconds = |s| Seconds::new(s).unwrap();
        for (load, cv, least) in [(5.0, 0.1, 0.8), (50.0, 0.1, 0.8), (50.0, 0.3, 0.9), (400.0, 0.064, 0.8)] {
            let agents = |bands| {
                let busyness = Busyness::in_bands(cv, bands).unwrap();
                let level = |factor: f64, agents| {
                    let load = Erlangs::new(load * factor).unwrap();
                    let traffic = Traffic::new(load, seconds(300.0), Some(seconds(240.0))).unwrap();
                    service_level(&traffic, agents, seconds(20.0), Definition::Offered)
                };
                least_agents(load, |agents| busyness.mean(|factor| level(factor, agents)).get() >= least).unwrap()
            };
            let (ten, many) = (agents(BANDS), agents(2_000));
            assert!(many - ten <= 1 + many / 200, "{ten} in ten bands, {many} in many: load {load}, cv {cv}");
        }
    }

    #[test]
    fn impossible_spreads_are_refused() {
        for cv in [-0.1, 3.1, f64::NAN, f64::INFINITY] {
            assert!(Busyness::gamma(cv).is_err(), "{cv}");
        }
        assert_eq!(Busyness::gamma(0.0).unwrap(), Busyness::steady());
    }
}
