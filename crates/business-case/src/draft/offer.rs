//! Options that others offer, at the catalog's prices.

use std::fmt::Write as _;

use longshore_document::literal;
use longshore_units::{Currency, Exact, Milliseconds};

use super::{Draft, STARTS, allowance, cost};
use crate::Country;
use crate::catalog::HOURS_A_MONTH;
use crate::country::abroad;
use crate::figure::{Typical, current, typical};

/// An option and its contract.
pub(super) struct Offer {
    /// The option's id.
    pub id: &'static str,
    /// The text of its file.
    pub option: String,
    /// The text of its contract's file. `None` if it has that of another.
    pub contract: Option<String>,
}

/// How a provider sells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sold {
    Minutes,
    /// Minutes of agents who serve one or two others besides.
    HalfDedicated,
    Hours,
    /// Tracked and approved hours of people on their own account.
    Freelance,
    Months,
}

impl Sold {
    /// Whether other clients are served by the same agents.
    fn is_shared(self) -> bool {
        matches!(self, Sold::Minutes | Sold::HalfDedicated)
    }
}

/// From where a provider serves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Distance {
    Home,
    Near,
    Far,
    /// At their own homes, wherever these are: nobody visits them, and somebody must choose and listen.
    Anywhere,
}

/// The options that the catalog has prices for: shared, semi-dedicated and dedicated agents at home, dedicated ones nearby and
/// far away, far ones by the month, freelancers, and the own team with shared agents for whoever waits too long.
pub(super) fn offers(draft: &Draft<'_>) -> Vec<Offer> {
    let mut offers = vec![
        offer(draft, "domestic-shared", Sold::Minutes, Distance::Home, draft.home),
        offer(draft, "domestic-dedicated", Sold::Hours, Distance::Home, draft.home),
        offer(draft, "domestic-semi-dedicated", Sold::HalfDedicated, Distance::Home, draft.home),
        offer(draft, "freelancers", Sold::Freelance, Distance::Anywhere, draft.home),
    ];
    if let Some((near, far)) = draft.language().and_then(|language| abroad(draft.home, language)) {
        offers.push(offer(draft, "nearshore-dedicated", Sold::Hours, Distance::Near, near));
        offers.push(offer(draft, "offshore-dedicated", Sold::Hours, Distance::Far, far));
        offers.push(offer(draft, "offshore-monthly", Sold::Months, Distance::Far, far));
    }
    let shared = offers[0].is_some();
    offers.push(shared.then(|| overflow(draft, "domestic-shared")));
    offers.into_iter().flatten().collect()
}

/// A price, and the currency it is in.
struct Price {
    typical: Typical,
    currency: Currency,
}

impl Price {
    /// The price of a kind per unit: what was published of the place itself in the case's currency, or else in US dollars.
    /// `None` where nobody published it.
    fn of(draft: &Draft<'_>, kind: &str, per: &str, place: &Country) -> Option<Price> {
        let own = draft.program.currency.filter(|currency| *currency != dollars());
        let there = own.and_then(|own| Some((current(kind, &format!("{own}/{per}"), place)?, own)));
        let there = there.map(|(typical, currency)| Price { typical, currency });
        there.or_else(|| Price::in_dollars(kind, per, place))
    }

    fn in_dollars(kind: &str, per: &str, place: &Country) -> Option<Price> {
        Some(Price { typical: typical(kind, &format!("USD/{per}"), place)?, currency: dollars() })
    }

    /// What a minute of semi-dedicated agents costs: nobody publishes it, but that it lies between the price of a shared minute
    /// and that of a dedicated agent's, who is busy for a part of the hour. Both are of one currency.
    fn between(draft: &Draft<'_>, place: &Country) -> Option<Price> {
        let (minute, hour) =
            (Price::of(draft, "shared minute", "minute", place)?, Price::of(draft, "agent hour", "hour", place)?);
        let (minute, hour) = match minute.currency == hour.currency {
            true => (minute, hour),
            false => {
                (Price::in_dollars("shared minute", "minute", place)?, Price::in_dollars("agent hour", "hour", place)?)
            }
        };
        let (currency, minute, hour) = (minute.currency, minute.typical, hour.typical);
        let busy = allowance("occupancy, voice");
        let dedicated = hour.value.divided_by(&(&busy.value * &Exact::ratio(60, 100)?))?;
        let value = &(&minute.value + &dedicated) * &Exact::ratio(1, 2)?;
        let (low, high) = (dedicated.clone().min(minute.value.clone()), dedicated.max(minute.value.clone()));
        let written = format!("{}–{} {currency}/minute", low.to_decimal(2), high.to_decimal(2));
        let cited = format!(
            "no price is published; a shared minute ({}) and a dedicated one (an hour, {}, of which {} are busy: {})",
            minute.cited, hour.cited, busy.written, busy.cited
        );
        Some(Price { typical: Typical { value, range: (low, high), written, cited }, currency })
    }
}

fn dollars() -> Currency {
    "USD".parse().expect("dollars are a currency")
}

/// `None` where nobody published a price.
fn offer(draft: &Draft<'_>, id: &'static str, sold: Sold, distance: Distance, place: &Country) -> Option<Offer> {
    let price = match sold {
        Sold::Minutes => Price::of(draft, "shared minute", "minute", place)?,
        Sold::HalfDedicated => Price::between(draft, place)?,
        Sold::Freelance => Price::of(draft, "freelancer hour", "hour", place)?,
        Sold::Hours | Sold::Months => Price::of(draft, "agent hour", "hour", place)?,
    };
    Some(Offer {
        id,
        option: option(draft, id, sold, distance, place, &price),
        contract: Some(contract(draft, id, sold, place, &price)),
    })
}

fn option(draft: &Draft<'_>, id: &str, sold: Sold, distance: Distance, place: &Country, price: &Price) -> String {
    let mut text = format!(
        "# An option drafted from the catalog. Replace what is filled in by a bidder's answers, and test them in a pilot.\n\
         name = {}\ncontracts = [\"contracts/{id}.toml\"]\n\n[[team]]\nname = \"agents\"\nprovider = \"{id}\"\n\
         site = \"{}\"\nlanguages = {}\nsource = \"no bidder's figure: the catalog's\"\n",
        literal(&draft.names.offer(sold, place)),
        if sold == Sold::Freelance { "their homes" } else { place.name.as_str() },
        draft.languages(),
    );
    let mut assumed = vec![(
        format!("{id}: price of {}", unit(sold)),
        format!("{} {}", each(sold, &price.typical), price.currency),
        format!("filled in: {}", said(sold, &price.typical)),
    )];
    match sold {
        Sold::Minutes => shared(draft, "clients of a shared pool", &mut text, &mut assumed),
        Sold::HalfDedicated => shared(draft, "accounts of a semi-dedicated agent", &mut text, &mut assumed),
        Sold::Freelance => assumed.extend(freelance(draft, &price.typical)),
        Sold::Hours | Sold::Months => {}
    }
    draft.handles("agents", &mut text);
    costs(draft, distance, &mut text);
    assumed.push((
        format!("{id}: rent, severance and contracts of the own team that end late"),
        "none".to_owned(),
        "not known: add what you pay on for, as costs of the kinds \"stranded\" and \"transition\"".to_owned(),
    ));
    write_assumed(assumed, &mut text);
    text
}

fn write_assumed(assumed: Vec<(String, String, String)>, text: &mut String) {
    for (what, value, source) in assumed {
        let (what, value, source) = (literal(&what), literal(&value), literal(&source));
        let _ = write!(text, "\n[[assumption]]\nwhat = {what}\nvalue = {value}\nsource = {source}\n");
    }
}

/// The own team, a little smaller, and a shared pool that answers those who wait too long.
fn overflow(draft: &Draft<'_>, shared_id: &str) -> Offer {
    let (staffed, after) =
        (allowance("own agents where others take the overflow"), allowance("overflow, after a wait of"));
    let expected = allowance("overflow, share of contacts");
    let mut text = format!(
        "# The own team stays, and a provider answers whoever waits too long. Try other sizes and waits.\n\
         name = {name}\ncontracts = [\"contracts/{shared_id}.toml\"]\n\n[[team]]\n\
         name = \"own\"\nprovider = \"in-house\"\nlanguages = {languages}\nstaffed = \"{staffed}%\"\n\
         source = \"no figure of yours: the catalog's\"\n\n[[team]]\nname = \"agents\"\nprovider = \"{shared_id}\"\n\
         site = \"{home}\"\nlanguages = {languages}\nsource = \"no bidder's figure: the catalog's\"\n",
        name = literal(&draft.names.own_with_overflow()),
        languages = draft.languages(),
        staffed = staffed.value,
        home = draft.home.name,
    );
    let mut assumed = vec![(
        "who waits, and how many that will be".to_owned(),
        format!("{}, {}", after.written, expected.written),
        format!("filled in: {}", expected.cited),
    )];
    shared(draft, "clients of a shared pool", &mut text, &mut assumed);
    for queue in &draft.program.queues {
        let _ = write!(
            text,
            "\n[[handles]]\nqueue = {}\nteam = \"own\"\noverflow = {{ after = \"{}s\", to = \"agents\", expected = \"{}%\" }}\n",
            literal(&queue.name),
            after.value,
            expected.value,
        );
    }
    draft.own_costs(&mut text);
    manager(draft, Distance::Home, &mut text);
    write_assumed(assumed, &mut text);
    Offer { id: "own-with-overflow", option: text, contract: None }
}

/// What is not known of freelancers, and decides.
fn freelance(draft: &Draft<'_>, price: &Typical) -> Vec<(String, String, String)> {
    let at_home = typical("freelancer hour, all professions", "USD/hour", draft.home);
    let told = at_home.map_or_else(String::new, |at_home| format!("; all professions ask {}", at_home.published()));
    vec![
        (
            "where freelancers live, and what those ask who live near your customers".to_owned(),
            "anywhere, what is asked worldwide".to_owned(),
            format!("filled in: {}{told}: ask for those whom your customers would understand", price.published()),
        ),
        (
            "hours that are approved, and money back for poor work".to_owned(),
            "every tracked hour, none".to_owned(),
            "not known: ask what the platform gives back, and who settles a dispute".to_owned(),
        ),
    ]
}

/// The pool in which other clients are served too.
fn shared(draft: &Draft<'_>, accounts: &str, text: &mut String, assumed: &mut Vec<(String, String, String)>) {
    let Some(queue) = draft.program.queues.first() else { return };
    let clients = allowance(accounts);
    let share = Exact::one().divided_by(&clients.range.0).expect("a pool has clients");
    let percent = (&share * &Exact::from(100u64)).to_decimal(0);
    let handle = Milliseconds((queue.handle.mean_ms() / 1000.0).round() as u64 * 1000);
    let target = queue.target;
    let promised = format!("{}% in {}", (target.share * 1e8).round() / 1e6, Milliseconds(target.within_ms));
    let _ = writeln!(text, "shared = {{ our_share = \"{percent}%\", handle = \"{handle}\", target = \"{promised}\" }}");
    assumed.push((
        format!("{accounts}, ours among the largest"),
        format!("{percent}% of its work"),
        format!("filled in: {}", clients.published()),
    ));
}

/// Who manages the provider.
fn manager(draft: &Draft<'_>, distance: Distance, text: &mut String) {
    let (month, home) = (draft.pay.month(), distance == Distance::Home);
    let positions = allowance(if home { "vendor manager, in the country" } else { "vendor manager, abroad" });
    let times = allowance("vendor manager's cost over an agent's");
    let manager = &(&month * &positions.value) * &times.value;
    let source = format!("{} at {} times an own agent's pay: {}", positions.value, times.value, positions.cited);
    cost("vendor manager", "stays", &manager, "month", &source, text);
}

/// What the buyer pays beside the contract.
fn costs(draft: &Draft<'_>, distance: Distance, text: &mut String) {
    manager(draft, distance, text);
    let visits = match distance {
        Distance::Home | Distance::Anywhere => None,
        Distance::Near => Some((allowance("visits a year, nearshore"), allowance("visit abroad, nearshore"))),
        Distance::Far => Some((allowance("visits a year, offshore"), allowance("visit abroad, offshore"))),
    };
    if let Some((visits, visit)) = visits {
        let amount = &(&draft.pay.month() * &visit.value) * &visits.value;
        let source = format!("{}; {}", visits.source(), visit.source());
        cost("visits", "stays", &amount, "year", &source, text);
    }
    let weeks = allowance("ramp to stable service");
    let hours = &(&weeks.value * &Exact::from(40u64)) * &draft.agents;
    let source = format!("about {} agents for {}", draft.agents, weeks.source());
    cost(
        "own team works on until service is stable",
        "transition",
        &(&hours * &draft.pay.whole()),
        "once",
        &source,
        text,
    );
}

/// What one unit costs, as the contract has it.
fn each(sold: Sold, price: &Typical) -> String {
    match sold {
        Sold::Minutes | Sold::HalfDedicated => price.value.to_decimal(3),
        Sold::Hours | Sold::Freelance => price.value.to_decimal(2),
        Sold::Months => (&price.value * &HOURS_A_MONTH.exact()).to_decimal(0),
    }
}

fn unit(sold: Sold) -> &'static str {
    match sold {
        Sold::Minutes | Sold::HalfDedicated => "a minute",
        Sold::Hours | Sold::Freelance => "an hour",
        Sold::Months => "an agent's month",
    }
}

fn said(sold: Sold, price: &Typical) -> String {
    match sold {
        Sold::Months => format!("{} hours at the price of an hour, {}", HOURS_A_MONTH.written, price.source()),
        Sold::Minutes | Sold::HalfDedicated | Sold::Hours | Sold::Freelance => price.source(),
    }
}

fn contract(draft: &Draft<'_>, id: &str, sold: Sold, place: &Country, price: &Price) -> String {
    let (price, currency) = (&price.typical, price.currency);
    let ends = STARTS.last_of_year();
    let mut text = format!(
        "# {}.\nformat = 1\nname = {}\nbuyer = {}\nprovider = \"{id}\"\nprograms = [{}]\ncurrency = \"{currency}\"\n\
         time_zone = \"{}\"\n{}counted_at = \"offered\"\nstarts = {STARTS}\nends = {ends}\n\n\
         [round]\nat = \"line\"\nto = \"0.01\"\nhow = \"half-up\"\n",
        said(sold, price),
        literal(&draft.names.offer(sold, place)),
        literal(&draft.program.name),
        literal(&draft.program.program),
        draft.program.zone.name(),
        if sold == Sold::Freelance { String::new() } else { format!("place = \"{}\"\n", place.name) },
    );
    let each = each(sold, price);
    text += &match sold {
        Sold::Minutes | Sold::HalfDedicated => format!(
            "\n[[charge]]\nname = \"minutes\"\ngrain = \"contact\"\n\
             when = {{ outcome = [\"answered\"] }}\nunit = \"minute\"\n\
             of = [\"talk\", \"wrap\"]\nthen = \"6s\" # in steps of six seconds, without a first minute\neach = \"{each}\"\n"
        ),
        Sold::Hours => format!(
            "\n[[charge]]\nname = \"hours\"\ngrain = \"agent_time\"\nunit = \"hour\"\nof = \"logged in\"\neach = \"{each}\"\n"
        ),
        Sold::Freelance => format!(
            "\n# Tracked hours that you approve; no minimum, and an hour of poor work is not paid.\n[[charge]]\n\
             name = \"approved hours\"\ngrain = \"agent_time\"\nunit = \"hour\"\nof = \"logged in\"\neach = \"{each}\"\n"
        ),
        Sold::Months => format!(
            "\n[[charge]]\nname = \"agent months\"\ngrain = \"agent\"\nunit = \"agent-month\"\neach = \"{each}\"\nprorate = \"day\"\n"
        ),
    };
    if !sold.is_shared() {
        text += &training(draft, place, price);
    }
    let notice = if sold == Sold::Freelance { "7 days" } else { "90 days" };
    let _ = write!(
        text,
        "\n# What to ask for: a way out, and the records without which nothing can be checked.\n[exit]\n\
             for_convenience = {{ notice = \"{notice}\", fee = \"0\" }}\n"
    );
    text += "\n[records]\nraw_access = true\nretention = \"13 months\"\n";
    text
}

/// The first training, which the buyer of dedicated agents pays.
fn training(draft: &Draft<'_>, place: &Country, hour: &Typical) -> String {
    let weeks = allowance("training of a new agent");
    let amount = &(&(&weeks.value * &Exact::from(40u64)) * &draft.agents) * &hour.value;
    format!(
        "\n[[charge]]\nname = \"first training\" # about {} agents in {}, {}, at the price of an hour\namount = \"{}\"\nonce = {STARTS}\n",
        draft.agents,
        place.name,
        weeks.source(),
        amount.to_decimal(2),
    )
}
