//! What other currencies are worth, month by month, in one realization.

use longshore_business_case::{BusinessCase, Exchange};
use longshore_contacts::Decimal;
use longshore_units::{Currency, Exact, RoundHow};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// What one unit of a currency is worth in the case's, on the first day of each month.
#[derive(Clone, Debug, PartialEq)]
pub struct RatePath {
    /// The currency.
    pub currency: Currency,
    /// Its value in each month, to twelve decimals.
    pub values: Vec<Exact>,
}

/// The paths of all currencies in a run.
///
/// The value of month k is v₀ · exp(Σ (σ zᵢ/√12 − σ²/24)) over i < k, zᵢ standard normal: it begins at the given value
/// and is expected to stay there. Each currency has its own stream, so that another one changes nothing.
pub fn rate_paths(case: &BusinessCase, seed: u64, run: u32) -> Vec<RatePath> {
    case.decide.exchange.iter().map(|rate| path(rate, case.decide.months, seed, run)).collect()
}

fn path(rate: &Exchange, months: u32, seed: u64, run: u32) -> RatePath {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(b"exchange");
    key[16..19].copy_from_slice(rate.currency.code().as_bytes());
    let mut random = ChaCha8Rng::from_seed(key);
    random.set_stream(u64::from(run));
    let (volatility, mut level) = (rate.volatility, 0.0f64);
    let values = (0..months).map(|month| {
        if 0 < month {
            let normal: f64 = StandardNormal.sample(&mut random);
            level += volatility * normal / 12f64.sqrt() - volatility * volatility / 24.0;
        }
        // The factor becomes a decimal once, here; from then on all is exact.
        let factor = Exact::ratio((level.exp() * 1e12).round() as i128, 1_000_000_000_000).expect("not 0 below");
        to_twelve_places(&(&rate.value * &factor))
    });
    RatePath { currency: rate.currency, values: values.collect() }
}

/// The value as records hold it.
pub(crate) fn to_twelve_places(value: &Exact) -> Exact {
    let step = Exact::ratio(1, 1_000_000_000_000).expect("not 0 below");
    value.rounded_to(&step, RoundHow::HalfEven)
}

impl RatePath {
    /// The first value that the table `rates` cannot hold. Money that is worth nothing is none.
    pub(crate) fn unrecorded(&self) -> Option<&Exact> {
        self.values.iter().find(|value| recorded(value).is_none())
    }
}

/// A value as the table `rates` holds it. `None` if it is 0, or larger than a record can be.
pub(crate) fn recorded(value: &Exact) -> Option<Decimal<12>> {
    Decimal::try_from(value).ok().filter(|_| Exact::zero() < *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pesos(volatility: f64) -> Exchange {
        let value = "0.054".parse().unwrap();
        Exchange { currency: "MXN".parse().unwrap(), value, volatility, source: "a test".to_owned() }
    }

    #[test]
    fn a_currency_without_volatility_keeps_its_value() {
        assert!(path(&pesos(0.0), 24, 1, 1).values.iter().all(|value| value.to_string() == "0.054"));
    }

    #[test]
    fn a_value_that_strays_to_nothing_is_not_recorded() {
        let rate = Exchange { value: "0.000000000001".parse().unwrap(), ..pesos(2.0) };
        let path = path(&rate, 24, 7, 1);
        assert_eq!(path.unrecorded(), Some(&Exact::zero()));
        assert!(recorded(&path.values[0]).is_some() && path.values.iter().any(|value| recorded(value).is_none()));
    }

    #[test]
    fn values_stray_as_they_should_and_are_expected_to_stay() {
        let ends: Vec<f64> = (1..=1000).map(|run| path(&pesos(0.12), 13, 7, run).values[12].to_f64() / 0.054).collect();
        let mean = ends.iter().sum::<f64>() / 1000.0;
        let spread = (ends.iter().map(|end| (end.ln() - mean.ln()).powi(2)).sum::<f64>() / 1000.0).sqrt();
        assert!((mean - 1.0).abs() < 0.016 && (spread - 0.12).abs() < 0.012, "{mean} {spread}");
        assert_eq!(path(&pesos(0.12), 13, 7, 3), path(&pesos(0.12), 13, 7, 3));
        assert_ne!(path(&pesos(0.12), 13, 7, 3), path(&pesos(0.12), 13, 7, 4));
    }
}
