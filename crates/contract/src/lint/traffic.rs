//! A month's contacts, for what clauses cost.

use longshore_units::{Amount, Exact, Factor, Milliseconds, Price, Quantity};

use crate::{Increments, Part, TimeUnit};

/// A month's contacts: how many, and how long their parts are on average.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Contacts that an agent answered.
    pub contacts: u64,
    /// Mean talk, hold, wrap, ring and wait, in the order of [`Part::ALL`].
    pub means: [Milliseconds; 5],
    /// Where the figures come from, in a few words.
    pub source: String,
}

impl Traffic {
    /// A thousand calls as they are in a synthetic year of 37 million: talk of 278 seconds; hold and wrap a twentieth and a
    /// seventh of it; ringing and waiting as where four of five are answered within 20 seconds.
    pub fn reference() -> Traffic {
        let means = [278_000, 15_600, 39_500, 6_000, 14_000].map(Milliseconds);
        Traffic { contacts: 1000, means, source: "1,000 calls with 4m38s of talk".to_owned() }
    }

    /// What a month's contacts come to at a price by time.
    pub(super) fn cost(&self, of: &[Part], increments: Increments, unit: TimeUnit, price: &Price) -> Exact {
        &self.units(of, increments, unit) * &price.0
    }

    /// How much time a month's contacts are billed.
    pub(super) fn units(&self, of: &[Part], increments: Increments, unit: TimeUnit) -> Exact {
        let sum: u64 = self.billed(of, increments).map(|billed| billed.map_or(0, |billed| billed.0)).sum();
        let units = Exact::ratio(i128::from(sum), unit.milliseconds() * i128::from(QUANTILES)).expect("not 0");
        &units * &Exact::from(self.contacts)
    }

    /// What a month's contacts are billed besides their fees and their time, because each comes to at least so much.
    pub(super) fn topped_up(
        &self,
        of: &[Part],
        increments: Increments,
        unit: TimeUnit,
        price: &Price,
        fee: &Amount,
        least: &Amount,
    ) -> Amount {
        let missing = self.billed(of, increments).flatten().map(|billed| {
            let units = Exact::ratio(i128::from(billed.0), unit.milliseconds()).expect("a unit has a length");
            let missing = least - &(fee + &(price * &Quantity(units)));
            missing.max(Amount::zero())
        });
        let each = Factor(Exact::ratio(i128::from(self.contacts), i128::from(QUANTILES)).expect("not 0"));
        &missing.sum::<Amount>() * &each
    }

    /// How much of each contact is billed; none where it is not. Talk times are spread as waits of chance are
    /// (exponentially); the other parts have their means.
    ///
    /// Each of a thousand contacts stands for its quantile, so that the same traffic always costs the same. The quantile is
    /// a float, for it is a logarithm and nobody's invoice: what is reckoned from it is said to be about so much.
    fn billed(&self, of: &[Part], increments: Increments) -> impl Iterator<Item = Option<Milliseconds>> {
        let mean = |part: Part| self.means[Part::ALL.iter().position(|known| *known == part).expect("a known part")].0;
        let others: u64 = of.iter().filter(|part| **part != Part::Talk).map(|part| mean(*part)).sum();
        let talk = if of.contains(&Part::Talk) { mean(Part::Talk) as f64 } else { 0.0 };
        (0..QUANTILES).map(move |contact| {
            let quantile = (f64::from(contact) + 0.5) / f64::from(QUANTILES);
            let talk = -libm::log(1.0 - quantile) * talk;
            let time = Milliseconds(talk.round() as u64 + others);
            increments.bills(time).then(|| increments.billed(time)).flatten()
        })
    }
}

/// How many contacts stand for a month's.
const QUANTILES: u32 = 1000;
