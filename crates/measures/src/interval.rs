//! How far a share or a score may be off, because only some were asked.
//!
//! Floats, as in all of statistics: nothing here is multiplied with money.

/// 1.96: of a normal distribution, 95 % lies within so many standard deviations.
const Z95: f64 = 1.959_963_984_540_054;

/// Wilson's interval around a share at 95 %: sound for small samples and shares near 0 and 1, where the usual one is not.
///
///   (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)
///
/// None where nobody was asked, or more agreed than were asked. Wilson (1927), JASA 22:209–212.
///
/// ```
/// let (low, high) = longshore_measures::interval::wilson(17, 20).unwrap();
/// assert_eq!((format!("{low:.6}"), format!("{high:.6}")), ("0.639581".to_owned(), "0.947631".to_owned()));
/// ```
pub fn wilson(above: i128, below: i128) -> Option<(f64, f64)> {
    if below <= 0 || above < 0 || below < above {
        return None;
    }
    let (n, z2) = (below as f64, Z95 * Z95);
    let p = above as f64 / n;
    let middle = p + z2 / (2.0 * n);
    let half = Z95 * libm::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
    let (low, high) = ((middle - half) / (1.0 + z2 / n), (middle + half) / (1.0 + z2 / n));
    // At the ends the root is exact in numbers and not in floats.
    Some((if above == 0 { 0.0 } else { low }, if above == below { 1.0 } else { high }))
}

/// Clopper and Pearson's interval around a share at 95 %: never covers less than it says, and so is wider.
///
/// Its ends are those shares p at which so many or more, and so few or fewer, have a chance of 2.5 %:
/// Iₚ(k, n − k + 1) = 2.5 % and Iₚ(k + 1, n − k) = 97.5 %, where I is the regularized incomplete beta function.
/// None where nobody was asked, or more agreed than were asked. Biometrika 26:404–413 (1934).
pub fn clopper_pearson(above: i128, below: i128) -> Option<(f64, f64)> {
    if below <= 0 || above < 0 || below < above {
        return None;
    }
    let (k, n) = (above as f64, below as f64);
    let low = if above == 0 { 0.0 } else { solve(|p| beta(p, k, n - k + 1.0), 0.025) };
    let high = if above == below { 1.0 } else { solve(|p| beta(p, k + 1.0, n - k), 0.975) };
    Some((low, high))
}

/// Where a function that grows from 0 to 1 on [0, 1] comes to a level.
fn solve(of: impl Fn(f64) -> f64, level: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if of(middle) < level { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// The regularized incomplete beta function Iₓ(a, b), by Lentz's continued fraction.
fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || 1.0 <= x {
        return x.clamp(0.0, 1.0);
    }
    // The fraction is quick on this side of its mean alone.
    if (a + 1.0) / (a + b + 2.0) < x {
        return 1.0 - beta_below(1.0 - x, b, a);
    }
    beta_below(x, a, b)
}

fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    let log = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * libm::log(x) + b * libm::log1p(-x);
    let kept = |number: f64| if number.abs() < 1e-300 { 1e-300 } else { number };
    let (mut c, mut d) = (1.0, 1.0 / kept(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    for step in 1..500 {
        let m = f64::from(step);
        for term in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / kept(1.0 + term * d);
            c = kept(1.0 + term / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    libm::exp(log) * fraction / a
}

/// The interval around a mean of marks at 95 %, from their sum and the sum of their squares: x̄ ± z·s/√n. None of fewer than
/// two answers, of which nobody knows how far they spread.
pub fn mean(sum: i128, squares: i128, count: i128) -> Option<(f64, f64)> {
    if count < 2 {
        return None;
    }
    let n = count as f64;
    let mean = sum as f64 / n;
    // Whole numbers until here, so that nothing is lost between two large squares.
    let spread = count.checked_mul(squares)?.checked_sub(sum.checked_mul(sum)?)?;
    let half = Z95 * libm::sqrt((spread.max(0) as f64) / (n * (n - 1.0)) / n);
    Some((mean - half, mean + half))
}

/// A recommendation score, in points from −100 to 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommendation {
    /// Promoters less detractors, in hundredths of those asked.
    pub score: f64,
    /// Its standard error.
    pub error: f64,
    /// The usual interval at 95 %: too narrow where few were asked.
    pub wald: (f64, f64),
    /// The same with three answers added, three quarters of one to promoters and to detractors each: sound for few answers
    /// too. It may reach beyond 100 points, which says no more than that few were asked.
    pub adjusted: (f64, f64),
}

/// The score and how far it may be off, with p and d the shares of promoters and detractors among n answers:
///
///   variance = (p + d − (p − d)²) / n
///
/// None where nobody was asked, or the parts are more than the whole. Rocks (2016), "Interval estimation for the net promoter
/// score", The American Statistician 70:365–372: of his ways to add three answers, that with a quarter each to promoters and
/// detractors.
pub fn recommendation(promoters: i128, detractors: i128, below: i128) -> Option<Recommendation> {
    if below <= 0 || promoters < 0 || detractors < 0 || below < promoters.checked_add(detractors)? {
        return None;
    }
    let spread = |promoters: f64, detractors: f64, n: f64| {
        let (p, d) = (promoters / n, detractors / n);
        (p - d, libm::sqrt((p + d - (p - d) * (p - d)).max(0.0) / n))
    };
    let around = |(score, error): (f64, f64)| (100.0 * (score - Z95 * error), 100.0 * (score + Z95 * error));
    let plain = spread(promoters as f64, detractors as f64, below as f64);
    let added = spread(promoters as f64 + 0.75, detractors as f64 + 0.75, below as f64 + 3.0);
    Some(Recommendation {
        score: 100.0 * plain.0,
        error: 100.0 * plain.1,
        wald: around(plain),
        adjusted: around(added),
    })
}

/// How many of a population to ask so that a share is known to within `margin` at 95 %, whatever it is:
///
///   n₀ = z²/4m²,   n = n₀ / (1 + (n₀ − 1)/N), rounded up.
///
/// Cochran (1977), Sampling Techniques, 3rd ed., ch. 4. None where the margin is not above 0.
///
/// ```
/// assert_eq!(longshore_measures::interval::sample_size(1000, 0.05), Some(278));
/// ```
pub fn sample_size(population: u64, margin: f64) -> Option<u64> {
    if margin.is_nan() || margin <= 0.0 || population == 0 {
        return None;
    }
    let endless = Z95 * Z95 / (4.0 * margin * margin);
    let size = libm::ceil(endless / (1.0 + (endless - 1.0) / population as f64));
    Some((size as u64).min(population))
}
