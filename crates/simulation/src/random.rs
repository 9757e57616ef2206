//! Random streams, one for each purpose and queue, so that what is drawn for one never shifts what is drawn for another.
//!
//! The streams of a queue come from the scenario's seed and run and from the queue's program and name. They do not
//! depend on its place, on the other queues, on routes or on teams: all ways to serve it meet the same customers
//! (common random numbers: Law, *Simulation Modeling and Analysis*, ch. 11).

use rand::SeedableRng;
use rand::rngs::Xoshiro256PlusPlus;
use rand_chacha::ChaCha8Rng;

use crate::scenario::{Queue, Seed, Team};

/// What a stream is drawn for. The numbers are part of what a seed means: never reuse one.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Arrival = 1,
    Busyness = 2,
    Patience = 3,
    Talk = 4,
    TalkShare = 5,
    Hold = 6,
    HoldShare = 7,
    Wrap = 8,
    WrapShare = 9,
    Route = 10,
    Resolution = 11,
    Return = 12,
    ReturnAfter = 13,
    /// Everything about one returning contact, at a place addressed by its number and attempt.
    Repeat = 14,
    Balk = 15,
    /// Whether a returning contact balks, addressed as [`Purpose::Repeat`].
    RepeatBalk = 16,
    /// The busyness that all queues share.
    SharedBusyness = 17,
    /// What [`crate::contact::Further`] tells, addressed as the next.
    Further = 18,
    /// Everything about a contact that another queue has handed over, addressed by number, attempt and hop.
    Received = 19,
    /// An attempt to reach a customer of a list, addressed as [`Purpose::Repeat`].
    Dial = 20,
    /// How long each person of a position stays.
    Attrition = 21,
    /// Absence and lateness of a position's day.
    Attendance = 22,
    /// When a team's telephones are down.
    Outage = 23,
}

/// The streams of one queue's customers.
#[derive(Clone, Copy)]
pub(crate) struct Streams {
    seed: u64,
    run: u32,
    queue: u64, // A hash of program and name.
}

impl Streams {
    pub(crate) fn of(seed: Seed, run: u32, queue: &Queue) -> Streams {
        Streams::named(seed, run, &queue.program, &queue.name)
    }

    /// The streams of a team's people.
    pub(crate) fn of_team(seed: Seed, run: u32, team: &Team) -> Streams {
        let Streams { queue, .. } = Streams::named(seed, run, &team.provider, &team.name);
        Streams { seed: seed.0, run, queue: mix(queue ^ 0x7465_616d) } // Not those of a queue of these names.
    }

    fn named(seed: Seed, run: u32, of: &str, name: &str) -> Streams {
        let text = of.bytes().chain([0]).chain(name.bytes());
        // FNV-1a, then mixed. It separates streams and protects nothing.
        let hash =
            text.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
        Streams { seed: seed.0, run, queue: mix(hash) }
    }

    /// What belongs to no queue.
    pub(crate) fn of_all(seed: Seed, run: u32) -> Streams {
        Streams { seed: seed.0, run, queue: 0 }
    }

    /// The stream of one purpose, from its start.
    pub(crate) fn of_purpose(self, purpose: Purpose) -> ChaCha8Rng {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key[8..16].copy_from_slice(&self.queue.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(u64::from(self.run) << 8 | purpose as u64);
        random
    }

    /// The draws of a contact that comes back for the `attempt`th time: a short stream of its own.
    pub(crate) fn of_repeat(self, number: u64, attempt: u8) -> Xoshiro256PlusPlus {
        self.at_repeat(Purpose::Repeat, number, attempt)
    }

    /// The same of another purpose.
    ///
    /// A few numbers are drawn for each of very many contacts: setting ChaCha up and drawing a block for each took a twelfth of
    /// a mixed team's simulation. So a hash of who and what for seeds a generator that is ready at once.
    pub(crate) fn at_repeat(self, purpose: Purpose, number: u64, attempt: u8) -> Xoshiro256PlusPlus {
        let stream = mix(mix(self.seed) ^ (u64::from(self.run) << 8 | purpose as u64));
        let customer = mix(mix(stream ^ self.queue) ^ number);
        Xoshiro256PlusPlus::seed_from_u64(mix(customer ^ u64::from(attempt)))
    }

    /// The streams of a queue for customers of another one.
    pub(crate) fn for_customers_of(self, origin: Streams) -> Streams {
        Streams { queue: mix(self.queue ^ origin.queue.rotate_left(32)), ..self }
    }

    /// The draws for a visit of a contact.
    pub(crate) fn of_visit(self, purpose: Purpose, number: u64, attempt: u8, hop: u8) -> Xoshiro256PlusPlus {
        self.at_repeat(purpose, number << 3 | u64::from(hop & 7), attempt)
    }

    /// A customer's key: the same in every contact of the customer, and in no other's.
    pub(crate) fn customer(self, number: u64) -> u64 {
        mix(mix(mix(self.seed) ^ u64::from(self.run)) ^ self.queue ^ number)
    }
}

/// The finalizer of SplitMix64: one to one, and every bit of the input reaches every bit of the output.
pub(crate) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;

    /// First numbers of neighbors are as even, and as little alike, as numbers of one stream.
    #[test]
    fn short_streams_are_even_and_apart() {
        const MANY: u64 = 400_000;
        for (purpose, hop) in [(Purpose::Further, 0), (Purpose::Further, 1), (Purpose::Repeat, 0), (Purpose::Dial, 0)] {
            for seed in 1..4 {
                let streams = Streams::named(Seed(seed), 7, "a program", "a queue");
                let first = |number: u64| streams.of_visit(purpose, number, 1, hop).random::<f64>();
                let numbers: Vec<f64> = (0..MANY).map(first).collect();
                let n = MANY as f64;
                let below = numbers.iter().filter(|number| **number < 0.05).count() as f64;
                assert!((below - 0.05 * n).abs() < 4.0 * (0.05 * 0.95 * n).sqrt(), "{below} of {n}");
                let products = numbers.windows(2).map(|pair| (pair[0] - 0.5) * (pair[1] - 0.5)).sum::<f64>();
                assert!(products.abs() < 4.0 * n.sqrt() / 12.0, "{products}");
            }
        }
    }
}
