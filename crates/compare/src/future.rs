//! What the plan did not know, as it comes out in one run.

use std::borrow::Cow;

use longshore_business_case::{BusinessCase, Uncertain};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// The case as it is in a run: each uncertain figure is drawn once, for the whole horizon and for all options alike.
///
/// Each figure has a stream of its own, so that another one changes nothing. Teams are sized for the future as it comes
/// out: what a year brings shows in weeks, and teams follow. A case without uncertain figures is the same in every run.
pub fn future(case: &BusinessCase, seed: u64, run: u32) -> Cow<'_, BusinessCase> {
    if case.decide.uncertain.is_empty() {
        return Cow::Borrowed(case);
    }
    let factors: Vec<f64> = case.decide.uncertain.iter().map(|figure| drawn(case, figure, seed, run)).collect();
    Cow::Owned(case.under(&factors))
}

fn drawn(case: &BusinessCase, uncertain: &Uncertain, seed: u64, run: u32) -> f64 {
    let name = [uncertain.figure.word(), uncertain.figure.of(case).unwrap_or("")];
    // FNV-1a. It separates streams and protects nothing.
    let bytes = name[0].bytes().chain([0]).chain(name[1].bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..17].copy_from_slice(b"uncertain");
    key[24..].copy_from_slice(&hash.to_le_bytes());
    let mut random = ChaCha8Rng::from_seed(key);
    random.set_stream(u64::from(run));
    uncertain.factor(StandardNormal.sample(&mut random))
}
