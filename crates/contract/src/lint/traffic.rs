//! A month's contacts, for what clauses cost.

use longshore_units::{Exact, Milliseconds, Price};

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

    /// How much time a month's contacts are billed. Talk times are spread as waits of chance are (exponentially); the other
    /// parts have their means.
    ///
    /// Each of a thousand contacts stands for its quantile, so that the same traffic always costs the same. The quantile is
    /// a float, for it is a logarithm and nobody's invoice: what is reckoned from it is said to be about so much.
    pub(super) fn units(&self, of: &[Part], increments: Increments, unit: TimeUnit) -> Exact {
        const CONTACTS: u32 = 1000;
        let mean = |part: Part| self.means[Part::ALL.iter().position(|known| *known == part).expect("a known part")].0;
        let others: u64 = of.iter().filter(|part| **part != Part::Talk).map(|part| mean(*part)).sum();
        let billed = |contact: u32| {
            let quantile = (f64::from(contact) + 0.5) / f64::from(CONTACTS);
            let talk =
                if of.contains(&Part::Talk) { -libm::log(1.0 - quantile) * mean(Part::Talk) as f64 } else { 0.0 };
            let time = Milliseconds(talk.round() as u64 + others);
            if increments.bills(time) { increments.billed(time).map_or(0, |billed| billed.0) } else { 0 }
        };
        let sum: u64 = (0..CONTACTS).map(billed).sum();
        let units = Exact::ratio(i128::from(sum), unit.milliseconds() * i128::from(CONTACTS)).expect("not 0");
        &units * &Exact::from(self.contacts)
    }
}
