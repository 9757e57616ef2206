//! What quotes ask, beside what it should cost from the bottom up.

use longshore_business_case::{
    BusinessCase, CaseContract, CaseOption, Conditions, Country, Quote, QuoteUnit, Span, Team, country_of, quotes,
};
use longshore_contract::Contract;
use longshore_units::{Currency, Exact, Instant};

use crate::Plan;

/// A price that an option's contract asks, beside what it should cost and what others pay. Money is in the contract's
/// currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The contract's path within the case.
    pub contract: String,
    /// The charge.
    pub charge: String,
    /// What is priced.
    pub unit: QuoteUnit,
    /// The first band's price.
    pub price: Exact,
    /// The contract's currency.
    pub currency: Currency,
    /// What it should cost.
    pub should: Span,
    /// What that is made of; the parts sum to it.
    pub parts: Vec<AskedPart>,
    /// What others pay, from the lowest to the highest that was published.
    pub market: Option<Span>,
    /// What moves a price, as far as the case says it.
    pub drivers: Drivers,
}

/// A part of what a price should cost.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedPart {
    /// What it is for.
    pub what: &'static str,
    /// How much of the price.
    pub amount: Span,
    /// Where it comes from.
    pub source: String,
}

/// What moves a price: where, by whom, in which languages and at which hours the work is done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drivers {
    /// Where.
    pub place: Option<String>,
    /// Our share of the work of agents who serve others too. `None` where they serve us alone.
    pub shared: Option<f64>,
    /// The languages spoken.
    pub languages: Vec<String>,
    /// The hours, as the case has them.
    pub hours: Vec<String>,
    /// The share of planned agents' hours that lie at night where the work is done. `None` where that is not known.
    pub at_night: Option<f64>,
}

impl Asked {
    /// By how much the price lies above what it should cost at most, or (below 0) below the least; 0 within.
    pub fn difference(&self) -> Exact {
        if self.should.high < self.price {
            &self.price - &self.should.high
        } else if self.price < self.should.low {
            &self.price - &self.should.low
        } else {
            Exact::zero()
        }
    }
}

/// The prices of an option's contracts that can be built from the bottom up: what is published is in dollars, so decide.toml
/// must say what a dollar is worth where neither the case nor the contract is in dollars.
pub(crate) fn asked(case: &BusinessCase, option: &CaseOption, plan: &Plan) -> Vec<Asked> {
    let of = |contract: &CaseContract| {
        let dollar = dollar(case, contract.contract.currency);
        let drivers =
            Drivers { at_night: at_night(option, &contract.contract, plan), ..drivers(case, option, contract) };
        let conditions = Conditions {
            at_night: drivers.at_night.unwrap_or(0.0),
            bilingual: country_of(&contract.contract).is_some_and(|country| {
                teams_of(option, &contract.contract).any(|(_, team)| is_bilingual(team, country))
            }),
        };
        let quotes = quotes(&contract.contract, &conditions).into_iter();
        let file = contract.file.clone();
        quotes.filter_map(move |quote| Some(beside(quote, dollar.as_ref()?, file.clone(), drivers.clone()))).collect()
    };
    case.contracts_of(option).flat_map(|contract| -> Vec<Asked> { of(contract) }).collect()
}

/// What a US dollar is worth in a currency.
fn dollar(case: &BusinessCase, currency: Currency) -> Option<Exact> {
    let worth = |currency: Currency| match case.decide.exchange.iter().find(|rate| rate.currency == currency) {
        _ if currency == case.currency => Some(Exact::one()),
        rate => rate.map(|rate| rate.value.clone()),
    };
    let dollars: Currency = "USD".parse().expect("dollars are a currency");
    if currency == dollars { Some(Exact::one()) } else { worth(dollars)?.divided_by(&worth(currency)?) }
}

fn beside(quote: Quote, dollar: &Exact, contract: String, drivers: Drivers) -> Asked {
    let times = |span: &Span, low: &Exact, high: &Exact| Span { low: &span.low * low, high: &span.high * high };
    let should = times(&quote.should, dollar, dollar);
    // A unit is so many hours of work at its low end and at its high end: so is each of its parts.
    let hours = |unit: &Exact, hour: &Exact| unit.divided_by(hour).expect("an hour costs something");
    let (low, high) = (hours(&should.low, &quote.hour.hour.low), hours(&should.high, &quote.hour.hour.high));
    let parts = quote.hour.parts.iter().map(|part| AskedPart {
        what: part.what,
        amount: times(&part.amount, &low, &high),
        source: part.source.clone(),
    });
    Asked {
        contract,
        charge: quote.charge,
        unit: quote.unit,
        price: quote.price,
        currency: quote.currency,
        parts: parts.collect(),
        should,
        market: quote.market.map(|market| Span { low: &market.range.0 * dollar, high: &market.range.1 * dollar }),
        drivers,
    }
}

/// The teams that a contract pays, with their places.
fn teams_of<'o>(option: &'o CaseOption, contract: &'o Contract) -> impl Iterator<Item = (usize, &'o Team)> {
    option.teams.iter().enumerate().filter(|(_, team)| team.provider == contract.provider)
}

/// Whether a team's agents speak a language that published pay does not hold: besides the country's own and English, in which
/// agents abroad answer whose pay is published in dollars. Two kinds of one language, such as `es-MX` and `es-ES`, are one.
fn is_bilingual(team: &Team, of: &Country) -> bool {
    let language = |written: &'_ String| written.split('-').next().unwrap_or_default().to_owned();
    let mut languages: Vec<String> = team.languages.iter().map(language).collect();
    languages.sort_unstable();
    languages.dedup();
    1 < languages.len() && languages.iter().any(|language| *language != of.language && language != "en")
}

/// The share of a provider's planned agents' hours that lie at night where the work is done.
fn at_night(option: &CaseOption, contract: &Contract, plan: &Plan) -> Option<f64> {
    let zone = country_of(contract)?.zones.first()?;
    let (mut nights, mut all) = (0u64, 0u64);
    for (step, from) in (0..plan.horizon.steps()).map(|step| (step, plan.horizon.step_start(step))) {
        let agents: u64 =
            teams_of(option, contract).map(|(team, _)| u64::from(plan.teams[team].requirement[step])).sum();
        if agents == 0 {
            continue;
        }
        let there = zone.reading(Instant::from_milliseconds(from))?;
        nights += if Conditions::is_night(there.hour()) { agents } else { 0 };
        all += agents;
    }
    (0 < all).then(|| nights as f64 / all as f64)
}

fn drivers(case: &BusinessCase, option: &CaseOption, contract: &CaseContract) -> Drivers {
    let mut drivers = Drivers { place: contract.contract.place.clone(), ..Drivers::default() };
    for (position, team) in teams_of(option, &contract.contract) {
        drivers.shared = drivers.shared.or(team.shared.map(|shared| shared.our_share));
        drivers.languages.extend(team.languages.iter().cloned());
        for handles in option.handles.iter().filter(|handles| handles.teams().any(|team| team == position)) {
            let hours = handles.hours.as_ref().unwrap_or(&case.queues[handles.queue].open);
            drivers.hours.push(hours.written().to_owned());
        }
    }
    for list in [&mut drivers.languages, &mut drivers.hours] {
        list.sort_unstable();
        list.dedup();
    }
    drivers
}

#[cfg(test)]
mod tests {
    use longshore_business_case::{CaseFile, CaseFiles, country, read};
    use longshore_units::Text;

    use super::*;

    fn team(languages: &str) -> Team {
        let today = format!(
            "name = 'x'\n[[team]]\nname = 'a'\nprovider = 'b'\nlanguages = {languages}\n[[handles]]\nqueue = 'q'\nteam = 'a'\n\
             [[cost]]\nwhat = 'pay'\nkind = 'team'\namount = '1'\nper = 'paid hour'\nsource = 'a test'\n"
        );
        let program = "name = 'x'\ntime_zone = 'UTC'\ncurrency = 'USD'\n[[queue]]\nname = 'q'\nchannel = 'voice'\n\
                       language = 'en'\ncontacts_a_year = 1000\n";
        let files = [
            ("program.toml", program.to_owned()),
            ("today.toml", today),
            ("decide.toml", "starts = 2027-01-01\nmonths = 1\n".to_owned()),
        ];
        let files = files.map(|(path, text)| CaseFile { path: path.to_owned(), text: Text::new(path, text) });
        let (case, found) = read(&CaseFiles { id: "x".to_owned(), files: files.into() });
        case.unwrap_or_else(|| panic!("{found:#?}")).options.remove(0).teams.remove(0)
    }

    #[test]
    fn a_language_beyond_those_of_published_pay_is_paid_for() {
        let is_bilingual = |languages: &str, of: &str| is_bilingual(&team(languages), country(of).unwrap());
        assert!(is_bilingual("['en', 'es']", "US") && is_bilingual("['en', 'es']", "PH"));
        assert!(!is_bilingual("['en', 'es']", "MX"), "whose pay is published for English answers");
        assert!(!is_bilingual("['en']", "US") && !is_bilingual("['en', 'en-GB']", "US"));
    }
}
