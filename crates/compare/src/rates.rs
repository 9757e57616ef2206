//! The rates that an option's contracts are priced with, as the records hold them.

use jiff::civil::Date;
use longshore_business_case::{BusinessCase, Series};
use longshore_contract::{Contract, IndexBy};
use longshore_units::{Currency, Exact, Month};

use crate::exchange::{RatePath, to_twelve_places};

/// What something stands at from a day on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rate {
    /// `MXN/USD`: how many dollars a peso buys; or the name of a price index.
    pub what: String,
    pub from: Date,
    /// Above 0, to twelve decimals.
    pub value: Exact,
    pub source: String,
}

/// All rates of a run: what the case's currencies are worth, month by month; what contracts need between two others; and
/// the series that prices follow.
///
/// Before the horizon a currency is taken to have been worth what it is worth when the horizon begins: so a rate that was
/// agreed then has not moved.
pub(crate) fn rates(case: &BusinessCase, option: usize, months: &[Month], paths: &[RatePath]) -> Vec<Rate> {
    let contracts: Vec<&Contract> = terms(case, option).collect();
    let mut rates = Vec::new();
    for (path, given) in paths.iter().zip(&case.decide.exchange) {
        let what = format!("{}/{}", path.currency, case.currency);
        rates.extend(
            agreed_before(&contracts, months).map(|from| (from, &path.values[0])).chain(dated(months, path)).map(
                |(from, value)| Rate { what: what.clone(), from, value: value.clone(), source: given.source.clone() },
            ),
        );
    }
    let path = |currency: Currency| paths.iter().find(|path| path.currency == currency);
    for (of, buys) in crossed(&contracts, case.currency) {
        let (Some(of), Some(buys)) = (path(of), path(buys)) else { continue };
        let what = format!("{}/{}", of.currency, buys.currency);
        let values = of.values.iter().zip(&buys.values);
        let values: Vec<Exact> = values
            .map(|(of, buys)| to_twelve_places(&of.divided_by(buys).expect("money that is worth nothing is refused")))
            .collect();
        let path = RatePath { currency: of.currency, values };
        let source = "computed: what the one is worth, ÷ what the other is".to_owned();
        rates.extend(
            agreed_before(&contracts, months)
                .map(|from| (from, &path.values[0]))
                .chain(dated(months, &path))
                .map(|(from, value)| Rate { what: what.clone(), from, value: value.clone(), source: source.clone() }),
        );
    }
    for series in &case.decide.series {
        rates.extend(of_series(series, &contracts, months));
    }
    rates
}

/// The terms of an option's contracts, all versions of them.
fn terms(case: &BusinessCase, option: usize) -> impl Iterator<Item = &Contract> {
    let contracts = case.contracts_of(&case.options[option]);
    contracts.flat_map(|contract| contract.contract.in_force(None).versions().to_vec())
}

fn dated<'p>(months: &'p [Month], path: &'p RatePath) -> impl Iterator<Item = (Date, &'p Exact)> {
    months.iter().map(|month| month.first()).zip(&path.values)
}

/// The days before the horizon on which contracts have agreed a rate, each once.
fn agreed_before(contracts: &[&Contract], months: &[Month]) -> impl Iterator<Item = Date> + use<> {
    let bases = contracts.iter().filter_map(|contract| contract.pay.exchange.as_ref()).map(|exchange| exchange.base);
    let mut before: Vec<Date> =
        bases.filter(|base| months.first().is_some_and(|first| *base < first.first())).collect();
    before.sort_unstable();
    before.dedup();
    before.into_iter()
}

/// Pairs of currencies, neither the case's own, that contracts are exchanged between; each once.
fn crossed(contracts: &[&Contract], own: Currency) -> Vec<(Currency, Currency)> {
    let pairs = contracts.iter().flat_map(|contract| contract.pay.currencies().map(|other| (contract.currency, other)));
    let mut pairs: Vec<(Currency, Currency)> =
        pairs.filter(|(of, buys)| *of != own && *buys != own && of != buys).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// What a series stands at, month by month from the first day that an index compares with: 100 when the horizon begins,
/// growing alike every month.
fn of_series(series: &Series, contracts: &[&Contract], months: &[Month]) -> Vec<Rate> {
    let Some((starts, last)) = months.first().zip(months.last()) else { return Vec::new() };
    let bases = contracts.iter().flat_map(|contract| &contract.indexes).filter_map(|index| match &index.by {
        IndexBy::Series { what, base } if *what == series.what => Some(Month::of(*base)),
        _ => None,
    });
    let Some(first) = bases.min() else { return Vec::new() };
    let at = |month: Month| {
        let years = f64::from(month.since(*starts)) / 12.0;
        // The float becomes a decimal once, here; from then on all is exact.
        Exact::ratio(((1.0 + series.growth).powf(years) * 1e14).round() as i128, 1_000_000_000_000)
            .expect("not 0 below")
    };
    let rate = |month: Month| Rate {
        what: series.what.clone(),
        from: month.first(),
        value: at(month),
        source: series.source.clone(),
    };
    Month::through(first.min(*starts), *last).map(rate).collect()
}
