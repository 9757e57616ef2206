//! Rounding a whole and its parts so that the parts sum to it.

use longshore_units::{Currency, Exact, Money, RoundHow};

/// Exact amounts in minor units of a currency, each rounded so that together they come to the rounded sum: all go down
/// to whole minor units, and those with the largest remainders up by one, the first of equals first.
///
/// `None` if an amount is larger than money can be.
pub fn rounded_parts(parts: &[Exact], currency: Currency) -> Option<Vec<Money>> {
    let sum = parts.iter().fold(Exact::zero(), |sum, part| &sum + part);
    allocated(parts, rounded(&sum, currency)?)
}

/// An exact amount in the nearest minor units, a half away from zero. `None` if it is larger than money can be.
pub fn rounded(amount: &Exact, currency: Currency) -> Option<Money> {
    let minor = &(amount * &scale(currency));
    let minor = minor.rounded_to(&Exact::one(), RoundHow::HalfUp).to_i128()?;
    Some(Money { minor, currency })
}

/// Exact amounts in minor units that come to `total`, which is within a minor unit a part of their sum.
///
/// `None` if an amount is larger than money can be.
pub fn allocated(parts: &[Exact], total: Money) -> Option<Vec<Money>> {
    let (scale, one) = (scale(total.currency), Exact::one());
    let mut minors = Vec::with_capacity(parts.len());
    let mut rests: Vec<(Exact, usize)> = Vec::with_capacity(parts.len());
    for (position, part) in parts.iter().enumerate() {
        let minor = part * &scale;
        let toward_zero = minor.rounded_to(&one, RoundHow::Down);
        let floor = if minor.is_negative() && toward_zero != minor { &toward_zero - &one } else { toward_zero };
        rests.push((&minor - &floor, position));
        minors.push(floor.to_i128()?);
    }
    let mut missing = minors.iter().try_fold(total.minor, |rest, minor| rest.checked_sub(*minor))?;
    rests.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let order: Vec<usize> = rests.into_iter().map(|(_, position)| position).collect();
    while 0 < missing && !order.is_empty() {
        for position in order.iter().take(usize::try_from(missing).unwrap_or(usize::MAX)) {
            minors[*position] += 1;
            missing -= 1;
        }
    }
    while missing < 0 && !order.is_empty() {
        for position in order.iter().rev().take(usize::try_from(-missing).unwrap_or(usize::MAX)) {
            minors[*position] -= 1;
            missing += 1;
        }
    }
    Some(minors.into_iter().map(|minor| Money { minor, currency: total.currency }).collect())
}

fn scale(currency: Currency) -> Exact {
    Exact::from(10i128.pow(currency.minor_digits()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd() -> Currency {
        "USD".parse().unwrap()
    }

    #[test]
    fn thirds_of_a_dollar_come_to_a_dollar() {
        let third = Exact::ratio(1, 3).unwrap();
        let parts = rounded_parts(&[third.clone(), third.clone(), third], usd()).unwrap();
        assert_eq!(parts.iter().map(|part| part.minor).collect::<Vec<_>>(), [34, 33, 33]);
    }

    proptest! {
        #[test]
        fn parts_sum_to_the_rounded_whole(parts in prop::collection::vec((-1_000_000i64..1_000_000, 1i64..1000), 1..20)) {
            let parts: Vec<Exact> = parts.iter().map(|(a, b)| Exact::ratio((*a).into(), (*b).into()).unwrap()).collect();
            let sum = parts.iter().fold(Exact::zero(), |sum, part| &sum + part);
            let rounded = rounded_parts(&parts, usd()).unwrap();
            prop_assert_eq!(rounded.iter().map(|part| part.minor).sum::<i128>(), super::rounded(&sum, usd()).unwrap().minor);
            for (exact, part) in parts.iter().zip(&rounded) {
                let off = &part.to_amount().0 - exact;
                prop_assert!(off < Exact::ratio(1, 100).unwrap() && Exact::ratio(-1, 100).unwrap() < off);
            }
        }
    }
}
