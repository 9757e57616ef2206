//! What a provider's price is made of, from the bottom up: what it should cost, beside what is asked.

use longshore_contract::{ChargeKind, Contract, Counted, Measure, Tariff, TimeUnit};
use longshore_units::{Currency, Exact};

use crate::catalog::HOURS_A_MONTH;
use crate::figure::{Figure, RECENT, Topic, Typical, current, figures, typical};
use crate::team::hundredths;
use crate::{Country, countries, country};

/// What an hour that an agent is at work costs a provider, and what it asks for it; in US dollars, from low to high.
///
///   earned  = pay × (1 + bonus + night premium × share of hours at night + premium of a second language)
///   at work = earned × (1 + load) ÷ productive share
///   price   = (at work + supervision + support, seats, systems and lines) ÷ (1 − margin)
///
/// Supervision is a supervisor's pay over the agents of one. What support, seats, systems and lines cost is published as
/// shares of a price in the Philippines; the same amounts are taken elsewhere. So is the margin: where no margin is
/// published for the country, the low end is a price without any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShouldCost {
    /// The country's code.
    pub country: String,
    /// What the price is made of, in the order in which it comes about. They sum to the price, low and high each.
    pub parts: Vec<PricePart>,
    /// The price of an hour at work.
    pub hour: Span,
}

/// What of the work moves what agents earn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Conditions {
    /// The share of agents' hours that lie at night where they work: see [`Conditions::is_night`].
    pub at_night: f64,
    /// Whether agents must speak more than one language.
    pub bilingual: bool,
}

impl Conditions {
    /// Whether laws count an hour of the local day as night: from ten in the evening to six.
    pub fn is_night(hour: i8) -> bool {
        !(6..22).contains(&hour)
    }
}

/// A part of a price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricePart {
    /// What it is for.
    pub what: &'static str,
    /// How much of an hour's price, in US dollars.
    pub amount: Span,
    /// Where it comes from.
    pub source: String,
}

/// From low to high.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The low end.
    pub low: Exact,
    /// The high end; at least `low`.
    pub high: Exact,
}

/// What is priced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteUnit {
    /// A minute of shared agents.
    Minute,
    /// An hour of a dedicated agent.
    Hour,
    /// A month of an agent.
    AgentMonth,
}

impl QuoteUnit {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            QuoteUnit::Minute => "minute",
            QuoteUnit::Hour => "hour",
            QuoteUnit::AgentMonth => "agent-month",
        }
    }

    /// What others pay for it, as the catalog has it.
    fn market(self, country: &Country) -> Option<Typical> {
        match self {
            QuoteUnit::Minute => typical("shared minute", "USD/minute", country),
            QuoteUnit::Hour => typical("agent hour", "USD/hour", country),
            QuoteUnit::AgentMonth => typical("agent month", "USD/month", country),
        }
    }
}

/// A price that is asked, beside what it should cost and what others pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The charge.
    pub charge: String,
    /// What is priced.
    pub unit: QuoteUnit,
    /// The first band's price, in `currency`.
    pub price: Exact,
    /// What the price is in.
    pub currency: Currency,
    /// What it should cost, in US dollars.
    pub should: Span,
    /// What others pay, in US dollars, where it is published.
    pub market: Option<Typical>,
    /// What an hour is made of.
    pub hour: ShouldCost,
}

/// The prices of a contract that can be reckoned from the bottom up: of dedicated hours, agents' months and minutes, where
/// the contract says in which country the work is done and wages are published for it.
pub fn quotes(contract: &Contract, conditions: &Conditions) -> Vec<Quote> {
    let Some(country) = country_of(contract) else { return Vec::new() };
    let Some(hour) = ShouldCost::under(country, conditions) else { return Vec::new() };
    let quote = |charge: &longshore_contract::Charge| {
        let ChargeKind::Counted(counted) = &charge.kind else { return None };
        let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
        let unit = unit(counted)?;
        Some(Quote {
            charge: charge.name.clone(),
            unit,
            price: bands.list_price().0.clone(),
            currency: contract.currency,
            should: hour.of_unit(unit),
            market: unit.market(country),
            hour: hour.clone(),
        })
    };
    contract.charges.iter().filter_map(quote).collect()
}

/// The country in which a contract's work is done, where it says so and the catalog knows it.
pub fn country_of(contract: &Contract) -> Option<&'static Country> {
    contract.place.as_deref().and_then(place)
}

/// The country of a place such as `Cebu, Philippines`.
fn place(place: &str) -> Option<&'static Country> {
    let of_country = |country: &&Country| {
        place == country.name || place.strip_suffix(&country.name).is_some_and(|rest| rest.ends_with(", "))
    };
    countries().iter().find(of_country)
}

fn unit(counted: &Counted) -> Option<QuoteUnit> {
    if counted.included.is_some() {
        return None; // What goes beyond a bundle has its own price.
    }
    match &counted.measure {
        Measure::Time { unit: TimeUnit::Minute, .. } => Some(QuoteUnit::Minute),
        Measure::AgentTime { unit: TimeUnit::Hour | TimeUnit::AgentHour, overtime: None }
        | Measure::Schedule { unit: TimeUnit::Hour | TimeUnit::AgentHour, .. } => Some(QuoteUnit::Hour),
        Measure::AgentMonths { .. } => Some(QuoteUnit::AgentMonth),
        _ => None,
    }
}

impl ShouldCost {
    /// What an hour by day and in one language should cost in a country. `None` where no agent's pay is published in dollars.
    pub fn of(of: &Country) -> Option<ShouldCost> {
        ShouldCost::under(of, &Conditions::default())
    }

    /// What an hour of certain work should cost. A night premium is a part of it where one is published for the country.
    pub fn under(of: &Country, conditions: &Conditions) -> Option<ShouldCost> {
        let mut hour = Builder { parts: Vec::new() };
        let (pay, source) = pay(of)?;
        hour.add("pay", pay, source);
        if let Some(bonus) = typical("agent bonus", "%", of) {
            hour.share("bonus", &bonus, &["pay"]);
        }
        hour.nights(of, conditions.at_night);
        if let (true, Some(premium)) = (conditions.bilingual, typical("bilingual pay over other pay", "%", of)) {
            hour.share("languages", &premium, &["pay"]);
        }
        let load = typical("load on pay", "%", of)?;
        hour.share("taxes and benefits", &load, &["pay", "bonus", "nights", "languages"]);
        let compensation = ["pay", "bonus", "nights", "languages", "taxes and benefits"];
        let productive = published("productive share of paid hours")?;
        let idle = one_over(&hundredths(&productive.low))?;
        let idle = &idle - &Exact::one();
        let amount = hour.sum(&compensation).times(&idle, &idle);
        hour.add(
            "paid and not at work",
            amount,
            format!("{} of paid hours are: {}", productive.written(), productive.cited),
        );
        let (agents, times) = (published("agents a supervisor")?, published("supervisor's cost over an agent's")?);
        let (few, many) = (one_over(&agents.low)?, one_over(&agents.high)?);
        let amount = hour.sum(&compensation).times(&(&times.low * &many), &(&times.high * &few));
        hour.add(
            "supervision",
            amount,
            format!("{}, {}; {}, {}", agents.written(), agents.cited, times.written(), times.cited),
        );
        let there = typical("agent hour", "USD/hour", country("PH")?)?;
        for (what, kind) in [
            ("support functions", "price share: support functions"),
            ("facilities and technology", "price share: facilities and technology"),
            ("bandwidth and telephony", "price share: bandwidth and telephony"),
        ] {
            let share = published(kind)?;
            let part = hundredths(&share.low);
            let amount = Span { low: &there.range.0 * &part, high: &there.range.1 * &part };
            hour.add(
                what,
                amount,
                format!("{} of an hour's price in the Philippines: {}", share.written(), share.cited),
            );
        }
        hour.margin(of)?;
        let names: Vec<&'static str> = hour.parts.iter().map(|part| part.what).collect();
        Some(ShouldCost { country: of.code.clone(), hour: hour.sum(&names), parts: hour.parts })
    }

    /// What a unit should cost: of a minute, that of busy agents; of a month, that of a full-time agent's hours at work.
    pub fn of_unit(&self, unit: QuoteUnit) -> Span {
        match unit {
            QuoteUnit::Hour => self.hour.clone(),
            QuoteUnit::Minute => {
                let busy = published("occupancy, voice").expect("the catalog has how busy agents are");
                let minutes = |percent: &Exact| {
                    let minutes = &hundredths(percent) * &Exact::from(60u64);
                    one_over(&minutes).expect("agents are busy at times")
                };
                self.hour.times(&minutes(&busy.high), &minutes(&busy.low))
            }
            QuoteUnit::AgentMonth => {
                let productive = published("productive share of paid hours").expect("the catalog has it");
                let hours = &HOURS_A_MONTH.exact() * &hundredths(&productive.low);
                self.hour.times(&hours, &hours)
            }
        }
    }
}

struct Builder {
    parts: Vec<PricePart>,
}

impl Builder {
    fn add(&mut self, what: &'static str, amount: Span, source: String) {
        self.parts.push(PricePart { what, amount, source });
    }

    /// A part that is a published share of others.
    fn share(&mut self, what: &'static str, percent: &Typical, of: &[&str]) {
        let (low, high) = (hundredths(&percent.range.0), hundredths(&percent.range.1));
        let amount = self.sum(of).times(&low, &high);
        self.add(what, amount, percent.published());
    }

    /// What is paid on top for the hours at night, where it is published for the country itself.
    fn nights(&mut self, of: &Country, at_night: f64) {
        // Of a plan's hours, which are no money: a ratio from here on.
        let Some(share) = Exact::ratio((at_night * 10_000.0).round() as i128, 10_000).filter(|share| !share.is_zero())
        else {
            return;
        };
        let Some(premium) = current("night premium", "%", of) else { return };
        let (low, high) = (hundredths(&premium.range.0), hundredths(&premium.range.1));
        let amount = self.sum(&["pay"]).times(&(&low * &share), &(&high * &share));
        let percent = (&share * &Exact::from(100u64)).to_decimal(0);
        self.add("nights", amount, format!("{}, for {percent}% of the hours", premium.published()));
    }

    /// What is left of the price: a share of it, so that the cost is the rest.
    fn margin(&mut self, of: &Country) -> Option<()> {
        let margin = published("price share: margin")?;
        let part = hundredths(&margin.low);
        let over = part.divided_by(&(&Exact::one() - &part))?;
        let is_theirs = margin.distance(of) == Some(0);
        let names: Vec<&'static str> = self.parts.iter().map(|part| part.what).collect();
        let least = if is_theirs { over.clone() } else { Exact::zero() };
        let amount = self.sum(&names).times(&least, &over);
        let told = format!("{} of the price in the Philippines: {}", margin.written(), margin.cited);
        let source = if is_theirs { told } else { format!("from none to {told}") };
        self.add("margin", amount, source);
        Some(())
    }

    fn sum(&self, of: &[&str]) -> Span {
        let mut sum = Span { low: Exact::zero(), high: Exact::zero() };
        for part in self.parts.iter().filter(|part| of.contains(&part.what)) {
            sum = Span { low: &sum.low + &part.amount.low, high: &sum.high + &part.amount.high };
        }
        sum
    }
}

impl Span {
    fn times(&self, low: &Exact, high: &Exact) -> Span {
        Span { low: &self.low * low, high: &self.high * high }
    }
}

/// An agent's pay an hour, in dollars: the range of all that was published of the country itself since 2015.
fn pay(of: &Country) -> Option<(Span, String)> {
    let hours = |unit: &str| match unit {
        "USD/hour" => Some(Exact::one()),
        "USD/month" => Some(HOURS_A_MONTH.exact()),
        "USD/year" => Some(&HOURS_A_MONTH.exact() * &Exact::from(12u64)),
        _ => None,
    };
    let recent = |figure: &&Figure| figure.year().is_some_and(|year| RECENT <= year);
    let names =
        |figure: &&Figure| figure.topic == Topic::Labor && figure.kind == "agent pay" && figure.distance(of) == Some(0);
    let mut span: Option<Span> = None;
    let mut sources = Vec::new();
    for figure in figures().iter().filter(names).filter(recent) {
        let Some(hours) = hours(&figure.unit) else { continue };
        let (low, high) = (figure.low.divided_by(&hours)?, figure.high.divided_by(&hours)?);
        span = Some(match span {
            None => Span { low, high },
            Some(span) => Span { low: span.low.min(low), high: span.high.max(high) },
        });
        sources.push(format!("{}, {}", figure.written(), figure.cited));
    }
    Some((span?, sources.join("; ")))
}

fn one_over(number: &Exact) -> Option<Exact> {
    Exact::one().divided_by(number)
}

/// The first figure of a kind.
fn published(kind: &str) -> Option<&'static Figure> {
    figures().iter().find(|figure| figure.topic == Topic::Operation && figure.kind == kind)
}
