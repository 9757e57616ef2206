//! A contract in plain words.

use longshore_units::{Amount, CalendarDays, Exact, Factor, Milliseconds, Price, Quantity, RoundHow};

use crate::usage::Unit;
use crate::{
    Charge, ChargeKind, Contract, Counted, CountedAt, Criterion, Field, Grain, Hours, Measure, Minimum, MinimumOf,
    Overlap, Part, Proration, RoundAt, RoundRule, ScheduleHours, Scope, Tariff, TimeUnit,
};

/// Says in plain English what a contract bills, charge by charge, each with a worked example in money.
///
/// Paragraphs are separated by an empty line; the text is neither wrapped nor marked up.
pub fn explain(contract: &Contract) -> String {
    let mut paragraphs = vec![parties(contract), basis(contract)];
    for (number, charge) in contract.charges.iter().enumerate() {
        paragraphs.push(format!("{}. {}", number + 1, charge_in_words(contract, charge)));
    }
    paragraphs.extend(contract.minimums.iter().map(|minimum| minimum_in_words(contract, minimum)));
    paragraphs.push(rounding_in_words(contract));
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs.join("\n\n") + "\n"
}

fn parties(contract: &Contract) -> String {
    let title = contract.name.as_deref().unwrap_or("This contract");
    let buyer = contract.buyer.as_deref().map_or(String::new(), |buyer| format!(" to {buyer}"));
    let term = match contract.term.ends {
        Some(ends) => format!("from {} to {ends}, both days included", contract.term.starts),
        None => format!("from {}, without an end", contract.term.starts),
    };
    let signed = contract.signed.map_or(String::new(), |signed| format!(" It was signed on {signed}."));
    let programs = match contract.programs.as_slice() {
        [] => "It covers everything this provider does.".to_owned(),
        programs => format!("It covers {}.", listed(programs, "and")),
    };
    format!("{title}: {} sells{buyer}, {term}.{signed} {programs}", contract.provider)
}

fn basis(contract: &Contract) -> String {
    let at = match contract.counted_at {
        CountedAt::Arrived => "reaches the carrier",
        CountedAt::Offered => "is offered to a queue",
        CountedAt::Answered => "is answered",
        CountedAt::Ended => "ends",
    };
    format!(
        "Amounts are in {}. Days, months and hours are those of {}. A contact belongs to the month in which it {at}.",
        contract.currency,
        contract.zone.name()
    )
}

fn charge_in_words(contract: &Contract, charge: &Charge) -> String {
    let clause = charge.clause.as_deref().map_or(String::new(), |clause| format!(" ({clause})"));
    let currency = contract.currency;
    let what = match &charge.kind {
        ChargeKind::Flat { amount, prorate } => {
            let part = match prorate {
                Proration::Day => "a month that is only partly in the term costs its days' share",
                Proration::None => "a month that is only partly in the term costs as much as a full one",
            };
            format!("{amount} {currency} a month; {part}.")
        }
        ChargeKind::Once { amount, on } => format!("{amount} {currency} once, on {on}."),
        ChargeKind::Counted(counted) => counted_in_words(contract, charge, counted),
        ChargeKind::Ratio(_) | ChargeKind::Share(_) => String::new(),
    };
    format!("{}{clause}: {what}", charge.name)
}

fn counted_in_words(contract: &Contract, charge: &Charge, counted: &Counted) -> String {
    let mut sentences = vec![capitalized(&measured(counted)), priced(contract, counted)];
    sentences.extend(surcharged(contract, counted));
    if let Some(rule) = &charge.round {
        sentences.push(format!("This charge is rounded {}.", rule_in_words(rule)));
    }
    sentences.extend(example(contract, charge, counted));
    sentences.join(" ")
}

/// What is counted: `each voice contact … is billed by the minute of talk and wrap …`.
fn measured(counted: &Counted) -> String {
    let which = selected(counted);
    match &counted.measure {
        Measure::Contacts => format!("each contact{which} is one unit."),
        Measure::Legs => format!("each visit of a contact to a queue (leg){which} is one unit."),
        Measure::Time { of, increments, .. } => {
            let row = if counted.grain == Grain::Leg { "visit to a queue (leg)" } else { "contact" };
            let parts: Vec<&str> = of.iter().map(|part| part_in_words(*part)).collect();
            let (first, then) = (increments.first(), increments.then());
            let steps = match (first, then) {
                (Milliseconds(0), Milliseconds(1)) => "to the millisecond".to_owned(),
                (Milliseconds(0), then) => format!("in steps of {then}, each begun step in full"),
                (first, Milliseconds(1)) => format!("at least {first}, then to the millisecond"),
                (first, then) => format!("at least {first}, then in steps of {then}, each begun step in full"),
            };
            format!("each {row}{which} is billed for its {}, {steps}.", listed(&parts, "and"))
        }
        Measure::AgentTime { .. } => format!("the time of agents{which} is billed."),
        Measure::Schedule { of, .. } => {
            let ScheduleHours::One(of) = of else { return String::new() };
            let of = match of {
                Hours::Requested => "the agent hours that were asked for",
                Hours::Scheduled => "the agent hours that the provider scheduled",
                Hours::Productive => "the agent hours in which agents were ready or at work",
            };
            format!("{of}{which} are billed.")
        }
        Measure::AgentMonths { prorate } => {
            let part = match prorate {
                Proration::Day => "each day on the register costs its share of the month",
                Proration::None => "a month begun on the register costs as much as a full one",
            };
            format!("each agent on the register{which} is billed by the month; {part}.")
        }
        _ => String::new(),
    }
}

fn part_in_words(part: Part) -> &'static str {
    match part {
        Part::Talk => "talk",
        Part::Hold => "hold",
        Part::Wrap => "wrap-up work (wrap)",
        Part::Ring => "ringing",
        Part::Wait => "waiting in the queue",
    }
}

fn selected(counted: &Counted) -> String {
    let words: Vec<String> = counted
        .select
        .criteria
        .iter()
        .map(|criterion| match criterion {
            Criterion::OneOf(Field::State, words) => format!("state {}", listed(words, "or")),
            Criterion::OneOf(field, words) => format!("{} {}", field.word().replace('_', " "), listed(words, "or")),
            Criterion::Approved(_) => "approved".to_owned(),
            Criterion::TalkLongerThan(least) => format!("talk longer than {least}"),
        })
        .collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join("; ")) }
}

fn priced(contract: &Contract, counted: &Counted) -> String {
    let (unit, currency) = (counted.unit(), contract.currency);
    if let Some(price) = counted.tariff.single() {
        return format!("The price is {price} {currency} {}.", each(unit));
    }
    let apart = match counted.scope {
        Scope::Program => " of a program",
        Scope::Site => " of a site",
        Scope::Contract => "",
    };
    let Tariff::Bands { bands, .. } = &counted.tariff else { return String::new() };
    let bands: Vec<(Quantity, &Price)> =
        bands.iter().filter_map(|band| Some((band.from.units(None)?, &band.price))).collect();
    let mut parts = Vec::new();
    for (position, (start, price)) in bands.iter().enumerate() {
        parts.push(match bands.get(position + 1) {
            Some((next, _)) if start.is_zero() => format!("{price} for the first {next} {unit}s{apart} in a month"),
            Some((next, _)) => format!("{price} from there to {next}"),
            None => format!("{price} for all beyond"),
        });
    }
    format!("The price {} in {currency} is {}.", each(unit), parts.join(", "))
}

fn each(unit: &str) -> String {
    let article = if unit == "hour" || unit.starts_with('a') { "an" } else { "a" };
    format!("{article} {unit}")
}

fn surcharged(contract: &Contract, counted: &Counted) -> Option<String> {
    let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
    let list_price = bands.list_price();
    let parts: Vec<String> = counted
        .surcharges
        .iter()
        .map(|surcharge| {
            let percent = &surcharge.share.0 * &Exact::from(100i128);
            let calendar = &contract.calendars[&surcharge.calendar];
            let days = calendar.days.as_ref().map_or("every day".to_owned(), days_in_words);
            let hours = if calendar.hours == longshore_units::Hours::ALL_DAY {
                String::new()
            } else {
                format!(", {}", calendar.hours)
            };
            format!("{percent} % of {list_price} in {} ({days}{hours})", surcharge.calendar)
        })
        .collect();
    if parts.is_empty() {
        return None;
    }
    let overlap = match (parts.len(), counted.overlap) {
        (1, _) => "",
        (_, Overlap::Add) => "; where several apply they add up",
        (_, Overlap::Highest) => "; where several apply the highest alone counts",
    };
    let decides = match counted.grain {
        Grain::AgentTime => "Agents' time is cut where it begins and ends.",
        Grain::Schedule => "The start of each interval decides.",
        _ => match contract.counted_at {
            CountedAt::Arrived => "The instant at which a contact arrives decides.",
            CountedAt::Offered => "The instant at which a contact is offered decides.",
            CountedAt::Answered => "The instant at which a contact is answered decides.",
            CountedAt::Ended => "The instant at which a contact ends decides.",
        },
    };
    Some(format!("Added on top: {}{overlap}. {decides}", parts.join(", ")))
}

fn days_in_words(days: &CalendarDays) -> String {
    let mut parts: Vec<String> = days.catalog.iter().map(|name| format!("the holidays of {name}")).collect();
    parts.extend(days.weekdays.iter().map(|day| format!("{day:?}s")));
    parts.extend(days.dates.iter().map(ToString::to_string));
    listed(&parts, "and")
}

/// A row worked through, in money.
fn example(contract: &Contract, charge: &Charge, counted: &Counted) -> Option<String> {
    let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
    let price = bands.list_price();
    let currency = contract.currency;
    match &counted.measure {
        Measure::Time { unit, of, increments } => {
            let (time, minutes) = (Milliseconds::seconds(277), "4m37s");
            let billed = increments.billed(time)?;
            let quantity = Unit::of(&counted.measure, longshore_units::Month::of(contract.term.starts))
                .quantity(i128::from(billed.0));
            let amount = one_rows(&(price * &quantity), contract.rounding_of(charge), counted.grain);
            let parts: Vec<&str> = of.iter().map(|part| part.word()).collect();
            let unit = if *unit == TimeUnit::Minute { "minutes" } else { "hours" };
            Some(format!(
                "For example, {minutes} of {} are billed as {billed} ({} {unit}) and cost {amount} {currency}.",
                parts.join(" and "),
                quantity.0.to_decimal(4)
            ))
        }
        Measure::AgentMonths { prorate: Proration::Day } => {
            let days = Factor::share(10, 30)?;
            let amount = (price * &days).0.to_decimal(2);
            Some(format!("For example, 10 days of a month of 30 cost {amount} {currency}."))
        }
        Measure::AgentTime { .. } | Measure::Schedule { .. } => {
            let hours = Exact::from(match counted.unit() {
                "minute" => 2400i128,
                _ => 40,
            });
            let amount = (price * &Quantity(hours)).0.to_decimal(2);
            Some(format!("For example, 40 hours of an agent cost {amount} {currency} at the first price."))
        }
        _ => None,
    }
}

fn minimum_in_words(contract: &Contract, minimum: &Minimum) -> String {
    let clause = minimum.clause.as_deref().map_or(String::new(), |clause| format!(" ({clause})"));
    let names: Vec<&str> = minimum.on.iter().map(|position| contract.charges[*position].name.as_str()).collect();
    let MinimumOf::Amount { amount, prorate } = &minimum.of else { return String::new() };
    let part = match prorate {
        Proration::Day => "for a month that is only partly in the term, its days' share",
        Proration::None => "also for a month that is only partly in the term",
    };
    format!(
        "{}{clause}: {} {} a month at least for {}, {part}. What is missing is billed as a line of its own.",
        minimum.name,
        amount,
        contract.currency,
        listed(&names, "and")
    )
}

fn rounding_in_words(contract: &Contract) -> String {
    format!("Amounts are rounded {}.", rule_in_words(&contract.round))
}

fn rule_in_words(rule: &RoundRule) -> String {
    let how = match rule.rounding.how() {
        RoundHow::HalfUp => "to the nearest, halves up,",
        RoundHow::HalfEven => "to the nearest, halves to the even,",
        RoundHow::Up => "up",
        RoundHow::Down => "down",
    };
    let at = match rule.at {
        RoundAt::Contact => "for each contact; lines that count no contacts, once",
        RoundAt::Line => "once for each line",
        RoundAt::Invoice => "once for the whole invoice",
    };
    format!("{how} to {}, {at}", rule.rounding.to())
}

/// One row's amount as its rounding leaves it; where only lines are rounded, with four places.
fn one_rows(amount: &Amount, rule: &RoundRule, grain: Grain) -> String {
    if rule.at == RoundAt::Contact && grain.rounds_rows() {
        amount.rounded(&rule.rounding).to_string()
    } else {
        amount.0.to_decimal(4)
    }
}

fn listed<T: AsRef<str>>(words: &[T], joint: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {joint} {}", first.join(", "), last.as_ref())
        }
    }
}

fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
