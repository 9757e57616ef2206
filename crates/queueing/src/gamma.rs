//! The incomplete gamma function in the shapes that queues need, without overflow or cancellation.
//!
//! Everything is expressed by ratios to the density
//!
//!   d(a, z) = zᵃ e⁻ᶻ / Γ(a+1),
//!
//! because a queue's answers are such ratios: with P and Q the regularized lower and upper functions,
//!
//!   P/d = ₁F₁(1; a+1; z) = 1 + z/(a+1) + z²/((a+1)(a+2)) + …  (states above a full house, Erlang A)
//!   Q/d = a/z + a(a−1)/z² + …                                 (states below it, Erlang B).
//!
//! Three methods, each where it converges fast: Gauss's continued fraction below the mean, the classical one above it,
//! and Temme's uniform expansion near it when a is large (Temme 1979; Gil, Segura, Temme 2012, "Efficient and accurate
//! algorithms for the computation and inversion of the incomplete gamma function ratios", SIAM J. Sci. Comput. 34(6)).
//!
//! Callers pass `gap` = a − z beside a and z, because they often know it better than a subtraction would.

use std::f64::consts::{PI, TAU};

/// Iterations after which a continued fraction is taken as it is. With the methods above none needs a tenth of it.
const ITERATIONS: u32 = 5_000;

/// Below this the expansion for large `a` is not used.
const LARGE: f64 = 60.0;

/// r = d/P, the inverse of ₁F₁(1; a+1; z), and g, its logarithmic derivative with the sign changed, r′/r = −g:
///
///   g = ₁F₁(2; a+2; z) / ((a+1) ₁F₁(1; a+1; z)),   a·r = (a − z) + z·g
///
/// In a queue r is the share of full-house time without anyone waiting, g the share of those waiting who hang up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Below {
    pub r: f64,
    pub g: f64,
    /// 1 − g, computed without that subtraction where g is near 1.
    pub not_g: f64,
}

/// [`Below`] for a > 0 and z ≥ 0.
pub(crate) fn below(a: f64, z: f64, gap: f64) -> Below {
    let from_r = |r: f64| Below { r, g: ((a * r - gap) / z).clamp(0.0, 1.0), not_g: (1.0 - r) * (a / z) };
    if let Some(uniform) = Uniform::new(a, gap) {
        return from_r(1.0 / uniform.below());
    }
    if gap < -1.0 {
        let density = density(a, z, gap);
        return from_r(density / (1.0 - density * above_fraction(a, z)));
    }
    if a < 1.0 {
        let next = series(a + 1.0, z);
        let this = 1.0 + z / (a + 1.0) * next;
        let not_g = a / (a + 1.0) * next / this;
        return Below { r: 1.0 / this, g: 1.0 - not_g, not_g };
    }
    let g = contiguous(a, z) / (a + 1.0);
    Below { r: ((gap + z * g) / a).clamp(0.0, 1.0), g, not_g: 1.0 - g }
}

/// P(a, z), for z above its mean: gap ≤ 0.
pub(crate) fn lower(a: f64, z: f64, gap: f64) -> f64 {
    match Uniform::new(a, gap) {
        Some(uniform) => uniform.density() * uniform.below(),
        None if gap >= -1.0 => density(a, z, gap) / below(a, z, gap).r,
        None => 1.0 - density(a, z, gap) * above_fraction(a, z),
    }
}

/// Q/d for a > 0 and z > 0; infinite where d is too small for a number.
pub(crate) fn above(a: f64, z: f64, gap: f64) -> f64 {
    match Uniform::new(a, gap) {
        Some(uniform) => uniform.above(),
        None if gap >= -1.0 => 1.0 / density(a, z, gap) - 1.0 / below(a, z, gap).r,
        None => above_fraction(a, z),
    }
}

/// d(a, z) for a > 0, by its deviance: no large number is subtracted from another (Loader 2000).
pub(crate) fn density(a: f64, z: f64, gap: f64) -> f64 {
    if a < 10.0 {
        return (a * z.ln() - z - libm::lgamma(a + 1.0)).exp();
    }
    let mu = -gap / a;
    let deviance = if mu < -0.3 { mu - (z / a).ln() } else { log_deficit(mu) };
    (-a * deviance).exp() / ((TAU * a).sqrt() * gamma_star(a))
}

/// x − 1 + e⁻ˣ, exact to the last digits near zero.
pub(crate) fn exp_excess(x: f64) -> f64 {
    if x.abs() >= 0.1 {
        return x + (-x).exp_m1();
    }
    let series = (3..=12).rev().fold(1.0, |rest, k| 1.0 - x / f64::from(k) * rest);
    0.5 * x * x * series
}

/// x − ln(1+x) for x ≥ −1, exact to the last digits near zero.
fn log_deficit(x: f64) -> f64 {
    if x.abs() > 0.3 {
        return x - x.ln_1p();
    }
    // ln(1+x) = 2(q + q³/3 + q⁵/5 + …) with q = x/(2+x), and x − 2q = xq.
    let q = x / (2.0 + x);
    let square = q * q;
    let series = (1..=10).rev().fold(0.0, |rest, k| (rest * square) + 1.0 / f64::from(2 * k + 1));
    x * q - 2.0 * q * square * series
}

/// Γ(a+1) / (√(2πa) (a/e)ᵃ) for a ≥ 10, by Stirling's series.
fn gamma_star(a: f64) -> f64 {
    let inverse = 1.0 / a;
    let square = inverse * inverse;
    let terms = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0, -691.0 / 360_360.0];
    (inverse * terms.iter().rev().fold(0.0, |rest, term| rest * square + term)).exp()
}

/// ₁F₁(1; a+1; z), for z at most a little above a.
fn series(a: f64, z: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..=ITERATIONS {
        term *= z / (a + f64::from(k));
        sum += term;
        if term <= 0.1 * f64::EPSILON * sum {
            break;
        }
    }
    sum
}

/// ₁F₁(2; a+2; z) / ₁F₁(1; a+1; z), for z ≤ a + 1, by Gauss's continued fraction (DLMF 13.5.1) made free of fractions:
///
///   (a+1) / (b₀ + c₀/(b₁ + c₁/(b₂ + …))),   bₖ = a+1+k,   c₂ₙ = −(a+n)z,   c₂ₙ₊₁ = (n+2)z
///
/// by its convergents A/B. Up to z = a + 1 these are all positive. So a division is needed now and then only, to keep them
/// ordinary numbers: this is the innermost loop of all staffing.
fn contiguous(a: f64, z: f64) -> f64 {
    let (mut b, mut n): (f64, f64) = (a + 1.0, 0.0);
    let (mut above_before, mut below_before, mut above, mut below, mut value) = (1.0, 0.0, b, 1.0, b);
    for _ in 0..ITERATIONS / 4 {
        for _ in 0..2 {
            let (falls, rises) = (-(a + n) * z, (n + 2.0) * z);
            (b, n) = (b + 2.0, n + 1.0);
            above_before = (b - 1.0) * above + falls * above_before;
            below_before = (b - 1.0) * below + falls * below_before;
            above = b * above_before + rises * above;
            below = b * below_before + rises * below;
        }
        let scale = 1.0 / below;
        (above_before, below_before, above, below) = (above_before * scale, below_before * scale, above * scale, 1.0);
        let change = above - value;
        value = above;
        if change.abs() <= f64::EPSILON * value {
            break;
        }
    }
    (a + 1.0) / value
}

/// Q/d by the classical continued fraction (DLMF 8.9.2), for z > a + 1.
fn above_fraction(a: f64, z: f64) -> f64 {
    let mut b = z + 1.0 - a;
    let mut denominator = 1.0 / b;
    let (mut numerator, mut value) = (f64::MAX, denominator);
    for k in 1..=ITERATIONS {
        let k = f64::from(k);
        let term = -k * (k - a);
        b += 2.0;
        denominator = 1.0 / away_from_zero(b + term * denominator);
        numerator = away_from_zero(b + term / numerator);
        let change = numerator * denominator;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    a * value
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Temme's expansion: with η²/2 = μ − ln(1+μ), μ = (z−a)/a, s = η√(a/2),
///
///   P/d = √(πa/2) Γ*(a) erfcx(−s) − S,   Q/d = √(πa/2) Γ*(a) erfcx(s) + S,   S = Σ βₖ ηᵏ.
struct Uniform {
    a: f64,
    s: f64,        // Invariant: |s| < 9, so that exp(s²) is an ordinary number.
    sum: f64,      // S
    stirling: f64, // Γ*(a), consistent with S
}

impl Uniform {
    fn new(a: f64, gap: f64) -> Option<Uniform> {
        let mu = -gap / a;
        if a < LARGE || mu.abs() > 0.5 || a * mu * mu > 100.0 {
            return None;
        }
        let eta = (2.0 * log_deficit(mu)).sqrt().copysign(mu);
        let inverse = 1.0 / a;
        // βₖ = fₖ₊₁ + (k+2)/a · βₖ₊₂, where η/μ = Σ fₖ ηᵏ; the sum by Horner's rule on the way down.
        let (mut next, mut after, mut sum) = (0.0, 0.0, 0.0);
        for (k, f) in ETA_OVER_MU.iter().enumerate().rev() {
            let beta = f + (k as f64 + 2.0) * inverse * after;
            sum = sum * eta + beta;
            (after, next) = (next, beta);
        }
        let stirling = 1.0 + after * inverse;
        debug_assert!(next < 0.0);
        Some(Uniform { a, s: eta * (0.5 * a).sqrt(), sum, stirling })
    }

    fn below(&self) -> f64 {
        self.scale() * scaled_erfc(-self.s) - self.sum
    }

    fn above(&self) -> f64 {
        self.scale() * scaled_erfc(self.s) + self.sum
    }

    fn density(&self) -> f64 {
        (-self.s * self.s).exp() / ((TAU * self.a).sqrt() * self.stirling)
    }

    fn scale(&self) -> f64 {
        (0.5 * PI * self.a).sqrt() * self.stirling
    }
}

/// exp(s²) erfc(s).
fn scaled_erfc(s: f64) -> f64 {
    (s * s).exp() * libm::erfc(s)
}

/// fₖ, k = 1, 2, …, of η/μ = Σ fₖ ηᵏ (f₀ = 1), from μμ′ = η(1+μ).
const ETA_OVER_MU: [f64; 24] = [
    -1.0 / 3.0,
    1.0 / 12.0,
    -2.0 / 135.0,
    1.0 / 864.0,
    1.0 / 2835.0,
    -1.787_551_440_329_218e-4,
    3.919_263_178_522_438e-5,
    -2.185_448_510_679_992_2e-6,
    -1.854_062_210_715_16e-6,
    8.296_711_340_953_086e-7,
    -1.766_595_273_682_607_9e-7,
    6.707_853_543_401_498e-9,
    1.026_180_978_424_030_8e-8,
    -4.382_036_018_453_353e-9,
    9.147_699_582_236_79e-10,
    -2.551_419_399_494_625e-11,
    -5.830_772_132_550_426e-11,
    2.436_194_802_066_741_6e-11,
    -5.027_669_280_114_175_6e-12,
    1.100_439_203_195_613_5e-13,
    3.371_763_262_400_985_4e-13,
    -1.392_388_722_418_162e-13,
    2.853_489_380_704_744_3e-14,
    -5.139_111_834_242_572e-16,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, within: f64) -> bool {
        (a - b).abs() <= within * a.abs().max(b.abs())
    }

    /// ₁F₁(1; a+1; z) term by term, however many.
    fn long_series(a: f64, z: f64) -> f64 {
        let (mut sum, mut term, mut k) = (1.0, 1.0, 0.0);
        while term > sum * 1e-18 {
            k += 1.0;
            term *= z / (a + k);
            sum += term;
        }
        sum
    }

    /// All three methods, where each is in charge and around the borders between them.
    #[test]
    fn kummer_is_its_series() {
        for a in [1e-15, 0.01, 0.4, 1.0, 7.3, 25.0, 59.9, 60.0, 61.0, 200.0, 399.0, 1_000.0, 12_345.6, 1e6] {
            for of_a in [0.0, 0.01, 0.5, 0.51, 0.9, 0.99, 0.999, 1.0, 1.001, 1.01, 1.1, 1.3, 1.49, 1.51] {
                let z = a * of_a;
                let exact = long_series(a, z);
                if exact.is_finite() {
                    let ours = 1.0 / below(a, z, a - z).r;
                    assert!(close(ours, exact, 1e-11), "1F1(1; {a}+1; {z}) is {ours}, not {exact}");
                }
            }
        }
    }

    #[test]
    fn lower_and_upper_sum_to_one() {
        for a in [0.3, 2.0, 30.0, 70.0, 500.0, 1e5, 1e9] {
            for deviations in [-7.0, -3.0, -1.0, -0.1, 0.0, 0.1, 1.0, 3.0, 7.0] {
                let z: f64 = a + deviations * f64::sqrt(a);
                if z > 0.0 {
                    let d = density(a, z, a - z);
                    let sum = d / below(a, z, a - z).r + d * above(a, z, a - z);
                    assert!(close(sum, 1.0, 1e-10), "P + Q at {a}, {z} is {sum}");
                }
            }
        }
    }

    #[test]
    fn excesses_have_all_their_digits() {
        assert!(close(exp_excess(1e-8), 5e-17 * (1.0 - 1e-8 / 3.0), 1e-15));
        assert!(close(exp_excess(0.0999), 0.0999 + f64::exp_m1(-0.0999), 1e-13));
        assert!(close(log_deficit(1e-8), 5e-17 * (1.0 - 2e-8 / 3.0), 1e-15));
        assert!(close(log_deficit(0.299), 0.299 - f64::ln_1p(0.299), 1e-14));
        assert!(close(log_deficit(-0.299), -0.299 - f64::ln_1p(-0.299), 1e-14));
        assert_eq!(log_deficit(-1.0), f64::INFINITY);
    }
}
