//! Charges of other engines, by their models' names.

use longshore_units::{Exact, RoundHow};
use serde_json::Value;

use crate::Verdict;
use crate::contracts::{Month, Row, billed, total, totals, used};
use crate::given::{Declined, Given, exact, number};

/// What a row's text comes to, and what it is expected to.
pub fn verdict<'r>(cell: &dyn Fn(&str) -> &'r str) -> Verdict {
    let read = || -> Result<(Exact, Exact), Declined> {
        let parameters: Value = serde_json::from_str(cell("parameters_json"))
            .map_err(|error| format!("its parameters cannot be read: {error}"))?;
        let expected = number(cell("expected")).ok_or_else(|| format!("`{}` is no figure", cell("expected")))?;
        let usage = cell("usage");
        let usage = serde_json::from_str(usage).unwrap_or_else(|_| Value::String(usage.to_owned()));
        let given = Given::of(&parameters)?;
        let amount = amount(cell("model"), &given, &usage)?;
        given.finish()?;
        Ok((amount, expected))
    };
    match read() {
        Err(why) => Verdict::Declined(why),
        Ok((amount, expected)) if is_same(&amount, &expected, cell("expected")) => Verdict::Passed,
        Ok((amount, expected)) => Verdict::Failed(format!("{amount}, not {expected}")),
    }
}

/// Whether our figure is the one expected. One whose decimals never end is expected as far as it was written.
fn is_same(amount: &Exact, expected: &Exact, written: &str) -> bool {
    let twelfth = Exact::ratio(1, 1_000_000_000_000).unwrap();
    let places = written.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32);
    let ends = amount.to_fixed(10).is_some();
    amount == expected
        || (!ends && 4 <= places && (amount - expected).rounded_to(&twelfth, RoundHow::Down).to_decimal(places) == "0")
}

fn amount(model: &str, given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    for informal in ["note", "comment", "currency", "price_version"] {
        given.value(&[informal]);
    }
    match model {
        "standard" | "unit" | "per_unit" | "unit_split" | "per_unit_split" => {
            let each = given.needed(&["amount", "unit", "rate", "unit_amount", "price"])?;
            periodic(&format!("each = '{each}'"), given, usage)
        }
        "flat" => {
            let amount = given.needed(&["amount", "fixed", "flat", "flat_fee"])?;
            total(&format!("[[charge]]\namount = '{amount}'\nper = 'month'"), &[Month { number: 1, rows: vec![] }])
        }
        "package" | "package_split" | "overage_unit" | "overage_block" => package(given, usage),
        "graduated" | "tiered_graduated" | "tiered" | "graduated_split" | "tiered_graduated_split" => {
            let bands = bands(given, Tiers::Graduated, "each")?;
            let starts_with_a_fee = given.list(&["tiers"])?[0].number(&["flat"])?.is_some_and(|fee| !fee.is_zero());
            if exact(usage).is_ok_and(|usage| usage.is_zero())
                && bands.contains("above")
                && model != "graduated"
                && starts_with_a_fee
            {
                return Err("whether the first fee is due without any use differs from engine to engine".to_owned());
            }
            periodic(&bands, given, usage)
        }
        "volume" | "tiered_volume" | "bulk" | "volume_split" | "tiered_volume_split" | "volume_repricing_delta" => {
            given.value(&["tier_match"]); // A band above 100 begins with 100.5 whether volumes are whole or not.
            periodic(&bands(given, Tiers::Volume, "each")?, given, usage)
        }
        "stair_step" | "stairstep" | "stair-step" => periodic(&bands(given, Tiers::StairStep, "each")?, given, usage),
        "volume_prorated" => volume_of_agents(given, usage),
        "percentage" | "percentage_minmax" | "percentage_minmax_free" | "percentage_free" | "percent" => {
            percentage(given, usage)
        }
        "graduated_percentage" => {
            let bands = bands(given, Tiers::Graduated, "percent")?;
            let limits = limits(given)?;
            let charge = format!("[[charge]]\nname = 'c'\nunit = 'sale'\nscope = 'contract'\n{bands}\n{limits}");
            total(&charge, &used(&exact(usage)?))
        }
        "minimum_commitment" => commitment(given, usage),
        "consumable_ALL_TIERS" => periodic(&blocks(&given.list(&["tiers"])?, "graduated")?, given, usage),
        "consumable_TOP_TIER" => periodic(&blocks(&given.list(&["tiers"])?, "volume")?, given, usage),
        "consumable_ALL_TIERS_multi" | "consumable_TOP_TIER_multi" => {
            let tiers = if model.contains("ALL") { "graduated" } else { "volume" };
            let usage = Given::of(usage)?;
            let mut sum = Exact::zero();
            for name in given.names() {
                let bands = blocks(&given.list(&[name])?, tiers)?;
                sum = &sum + &total(&contacts(&bands), &used(&usage.needed(&[name])?))?;
            }
            usage.finish()?;
            Ok(sum)
        }
        "quantity_conversion" => conversion(given, usage),
        "call_rate_groups" => rate_groups(given, usage),
        "call_time_bands" => time_bands(given, usage),
        "beat_tiered" | "beat_threshold" => beats(given, usage, model == "beat_threshold"),
        "beat_flat" => {
            let rate = rate(&given.needed(&["factor"])?, &given.needed(&["base"])?)?;
            total(&format!("{SECONDS}then = '1ms'\neach = '{rate}'"), &seconds(&exact(usage)?, &[])?)
        }
        "billed_time" => billed_time(given, usage),
        "per_minute_aht" => {
            let rate = given.needed(&["rate_per_min", "rate"])?;
            let usage = Given::of(usage)?;
            let minutes = &usage.needed(&["calls"])? * &usage.needed(&["aht_min"])?;
            usage.finish()?;
            total(&format!("{SECONDS}then = '1s'\neach = '{rate}'"), &used(&minutes))
        }
        "graduated_prorated_seats" => {
            Err("seats that come and go are laid into bands one event after the other: we bill the days of each"
                .to_owned())
        }
        "windowed_commitment_qty" => {
            Err("a commitment by the window of time: ours are by the month and longer".to_owned())
        }
        _ => Err("a model that we do not know, or that is no charge of ours".to_owned()),
    }
}

/// A charge by the contact at a price that is written already.
fn contacts(price: &str) -> String {
    format!(
        "[[charge]]\nname = 'c'\nunit = 'contact'\nwhen = {{ outcome = ['answered'] }}\nscope = 'contract'\n{price}"
    )
}

const SECONDS: &str = "[[charge]]\nname = 'c'\nunit = 'minute'\nof = ['talk']\n";

/// `minimum`, `maximum`, a discount and free units of a line, in the order that engines agree on.
fn limits(given: &Given<'_>) -> Result<String, Declined> {
    let mut keys = vec!["order = ['discount', 'cap', 'minimum']".to_owned()];
    for (names, key) in [
        (&["maximum", "max", "maximum_amount", "maximum_spend"][..], "cap"),
        (&["minimum", "min", "minimum_amount", "minimum_spend"][..], "minimum"),
        (&["discount_percent", "percentage_discount"][..], "discount"),
    ] {
        keys.extend(given.number(names)?.map(|amount| format!("{key} = '{amount}'")));
    }
    let free = given.number(&["free_units", "included", "included_units", "free"])?;
    keys.extend(free.map(|free| format!("included = {{ quantity = '{free}', to = 'first', prorate = 'none' }}")));
    Ok(keys.join("\n"))
}

/// A charge by the contact over a month; or over a year of which earlier months used something, and the last of which is
/// asked for.
fn periodic(price: &str, given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let limits = limits(given)?;
    let Value::Object(_) = usage else {
        return total(&contacts(&format!("{price}\n{limits}")), &used(&exact(usage)?));
    };
    let usage = Given::of(usage)?;
    let before = usage.needed(&["pre_period", "already_billed_units"])?;
    let now = match usage.number(&["now"])? {
        Some(now) => &now - &before,
        None => usage.needed(&["period"])?,
    };
    let billed = usage.number(&["already_billed"])?;
    usage.finish()?;
    if now.is_negative() {
        return Err("less than was billed before: usage that is taken back".to_owned());
    }
    if limits.contains("\nminimum") && billed.is_none() {
        return Err("whether the period ends, and its minimum is settled, is not said".to_owned());
    }
    if before.is_zero() && now.is_zero() && price.contains("fee") {
        return Err("whether the first fee is due without any use differs from engine to engine".to_owned());
    }
    let month = |number: u32, quantity: &Exact| Month { number, rows: vec![Row::of("c", 1, quantity)] };
    let charge = contacts(&format!("{price}\nper = 'year'\n{limits}"));
    let totals = totals(&charge, &[month(1, &before), month(12, &now)])?;
    match billed {
        Some(billed) if billed != totals[0] => {
            Err(format!("{billed} was billed before, and by these terms it is {}", totals[0]))
        }
        _ => Ok(totals[1].clone()),
    }
}

fn package(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let each = given.needed(&["amount", "price", "unit", "package_amount"])?;
    let partial = match given.value(&["round", "rounding", "partial"]).map(|word| word.as_str().unwrap_or("")) {
        None | Some("up" | "ceiling" | "ceil") => "up",
        Some("down" | "floor") => "down",
        Some(_) => return Err("another way of rounding".to_owned()),
    };
    let block = match given.number(&["package_size", "block", "size"])? {
        Some(block) => format!("block = '{block}'\npartial = '{partial}'\n"),
        None => String::new(),
    };
    periodic(&format!("{block}each = '{each}'"), given, usage)
}

#[derive(Clone, Copy, PartialEq)]
enum Tiers {
    Graduated,
    Volume,
    StairStep,
}

/// Bands, which engines write by their first unit, their last, or the volume below them. Where units are whole, "to 10" and
/// "from 11" mean that the eleventh is the first above: our band begins above 10.
fn bands(given: &Given<'_>, tiers: Tiers, key: &str) -> Result<String, Declined> {
    match given.value(&["bounds"]).map(|word| word.as_str().unwrap_or("")) {
        None | Some("inclusive-integer" | "adjacent-decimal") => {}
        Some(other) => return Err(format!("bounds that are `{other}`")),
    }
    let mut bands = Vec::new();
    let mut end: Option<Exact> = None; // Of the band before; none where it names none.
    for (position, tier) in given.list(&["tiers"])?.iter().enumerate() {
        let from = tier.number(&["from", "first", "from_value"])?;
        let by_first_unit = tier.value(&["first"]).is_some();
        let to = tier.number(&["to", "upto", "up_to", "to_value"])?;
        let start = match (position, &from, &end) {
            (0, Some(from), _) if !from.is_zero() && *from != Exact::one() => {
                return Err("the first band does not begin at 0".to_owned());
            }
            (0, ..) => "from = '0'".to_owned(),
            (_, Some(from), Some(end)) if *from != *end && *from != end + &Exact::one() => {
                return Err("bands that leave a gap, or fold".to_owned());
            }
            (_, _, Some(end)) => format!("above = '{end}'"),
            (_, Some(from), None) if by_first_unit && tiers == Tiers::Graduated => format!("above = '{from}'"),
            (_, Some(from), None) => format!("from = '{from}'"),
            (_, None, None) => return Err("a band behind one without an end".to_owned()),
        };
        end = to;
        let price = tier.number(&["unit", "rate", "amount", "unit_amount", "per_unit_amount"])?;
        let fee = tier.number(&["flat", "flat_fee", "flat_amount"])?.unwrap_or_default();
        let most = tier.number(&["flat_cap", "cap"])?;
        tier.finish()?;
        if most.is_some() && !fee.is_zero() {
            return Err("a band's cap that holds its fee too: ours is of its units".to_owned());
        }
        let band = match tiers {
            Tiers::StairStep => {
                let amount = if fee.is_zero() { price.unwrap_or_default() } else { fee };
                format!("amount = '{amount}'")
            }
            Tiers::Graduated | Tiers::Volume => {
                let most = most.map_or(String::new(), |most| format!(", at_most = '{most}'"));
                format!("{key} = '{}', fee = '{fee}'{most}", price.unwrap_or_default())
            }
        };
        if position == 0
            && by_first_unit
            && tiers == Tiers::Graduated
            && band.contains("fee")
            && !band.contains("fee = '0'")
        {
            // This engine bills the fee of a band that units lie in, the first one's too.
            bands.push("{ from = '0', each = '0' }".to_owned());
            bands.push(format!("{{ above = '0', {band} }}"));
        } else {
            bands.push(format!("{{ {start}, {band} }}"));
        }
    }
    let word = match tiers {
        Tiers::Graduated => "graduated",
        Tiers::Volume => "volume",
        Tiers::StairStep => "stair-step",
    };
    Ok(format!("tiers = '{word}'\nbands = [{}]", bands.join(", ")))
}

/// Bands of blocks, each of which has so many blocks at most, or without end.
fn blocks(tiers: &[Given<'_>], word: &str) -> Result<String, Declined> {
    let (mut start, mut bands) = (Some(Exact::zero()), Vec::new());
    for tier in tiers {
        let (block, price) = (tier.needed(&["block", "size"])?, tier.needed(&["price"])?);
        let most = tier.needed(&["max_blocks", "max"])?;
        tier.finish()?;
        let from = start.ok_or("a band behind one without an end")?;
        let key = if from.is_zero() { "from" } else { "above" };
        bands.push(format!("{{ {key} = '{from}', each = '{price}', block = '{block}' }}"));
        start = (!most.is_negative()).then(|| &from + &(&block * &most));
    }
    Ok(format!("tiers = '{word}'\nbands = [{}]", bands.join(", ")))
}

/// A price that other units choose than those that it is multiplied with: agents on the register, for the hours worked.
fn volume_of_agents(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    given.value(&["tier_match"]);
    let bands = bands(given, Tiers::Volume, "each")?;
    let agents = given.needed(&["full_units"])?;
    let charge = format!(
        "[[charge]]\nname = 'c'\nunit = 'hour'\nof = 'logged in'\nscope = 'contract'\ntiers_by = \"agents, month's average\"\n{bands}\n{}",
        limits(given)?
    );
    let mut months = used(&exact(usage)?);
    months[0].rows.push(Row::of("c: agents", 1, &agents));
    total(&charge, &months)
}

/// A share of sales, each with a fee, a least and a most of its own.
fn percentage(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let percent = given.needed(&["rate", "percent"])?;
    let fee = given.number(&["fixed_per_event", "fixed", "fixed_amount", "fee"])?.unwrap_or_default();
    let (least, most) = (
        given.number(&["min", "per_transaction_min", "minimum"])?,
        given.number(&["max", "per_transaction_max", "maximum"])?,
    );
    let free = given.number(&["free_amount", "free_units"])?.filter(|free| !free.is_zero());
    let free_events = given.number(&["free_events"])?.filter(|free| !free.is_zero());
    if free_events.is_some() || (free.is_some() && (least.is_some() || most.is_some() || !fee.is_zero())) {
        return Err(
            "which sales are free depends on their order, and decides which of them have a fee, a least or a most"
                .to_owned(),
        );
    }
    let mut keys = vec![format!("percent = '{percent}'\nconnect_fee = '{fee}'")];
    keys.extend(least.map(|least| format!("each_at_least = '{least}'")));
    keys.extend(most.map(|most| format!("each_at_most = '{most}'")));
    keys.extend(free.map(|free| format!("included = {{ quantity = '{free}', to = 'first', prorate = 'none' }}")));
    let charge = format!("[[charge]]\nname = 'c'\nunit = 'sale'\n{}", keys.join("\n"));
    let rows = match usage {
        Value::Object(_) => {
            let usage = Given::of(usage)?;
            let rows = match (usage.value(&["events"]), usage.number(&["amount"])?) {
                (Some(Value::Array(events)), None) => events
                    .iter()
                    .map(|event| Ok(Row::of("c", 1, &exact(event)?)))
                    .collect::<Result<Vec<Row>, Declined>>()?,
                (Some(events), Some(amount)) => {
                    let events = exact(events)?.to_i128().and_then(|events| u64::try_from(events).ok());
                    if amount.is_zero() && !fee.is_zero() {
                        return Err("whether sales of nothing have a fee is not said".to_owned());
                    }
                    if charge.contains("each_at") {
                        return Err("the amount of each sale is not known".to_owned());
                    }
                    vec![Row::of("c", events.ok_or("no whole number of sales")?, &amount)]
                }
                (None, Some(amount)) => vec![Row::of("c", 1, &amount)],
                (Some(_), None) | (None, None) => return Err("what was sold is not said".to_owned()),
            };
            usage.finish()?;
            rows
        }
        usage => vec![Row::of("c", 1, &exact(usage)?)],
    };
    total(&charge, &[Month { number: 1, rows }])
}

fn commitment(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let least = given.needed(&["minimum", "min", "commitment"])?;
    let fixed = given.number(&["fixed", "flat"])?.unwrap_or_default();
    let each = given.number(&["unit", "amount", "rate"])?.unwrap_or_default();
    let charges = format!(
        "{}\n[[charge]]\nname = 'fixed'\namount = '{fixed}'\nper = 'month'\n[[minimum]]\non = ['c', 'fixed']\namount = '{least}'",
        contacts(&format!("each = '{each}'"))
    );
    total(&charges, &used(&exact(usage)?))
}

/// A quantity in another unit: what is asked for is the quantity itself, so each of it costs 1.
fn conversion(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let factor = given.needed(&["factor"])?;
    let units = match given.value(&["op"]).and_then(Value::as_str) {
        Some("multiply") => Exact::one().divided_by(&factor),
        Some("divide") => Some(factor),
        _ => None,
    };
    let units = units.filter(|units| !units.is_zero()).ok_or("an operation that we do not know")?;
    let places = given.number(&["precision"])?.unwrap_or_default();
    let step = places
        .to_i128()
        .and_then(|places| u32::try_from(places).ok())
        .and_then(|places| Exact::ratio(1, 10i128.checked_pow(places)?));
    let step = step.ok_or("a precision that we do not know")?;
    let partial = match given.value(&["rounding"]).map_or("none", |word| word.as_str().unwrap_or("")) {
        "none" => {
            let each = Exact::one().divided_by(&units).ok_or("a factor of 0")?;
            return total(&contacts(&format!("each = '{each}'")), &used(&exact(usage)?));
        }
        "ceiling" => "up",
        "floor" => "down",
        "half_up" => "half-up",
        "half_even" => "half-even",
        other => return Err(format!("`{other}` is no way of rounding")),
    };
    let price = format!("tiers = 'package'\nblock = '{}'\npartial = '{partial}'\neach = '{step}'", &units * &step);
    total(&contacts(&price), &used(&exact(usage)?))
}

/// So much for a number of seconds, as the price of a minute.
fn rate(price: &Exact, seconds: &Exact) -> Result<Exact, Declined> {
    let each = price.divided_by(seconds).ok_or("a price for no time")?;
    Ok(&each * &Exact::from(60u64))
}

/// One contact of so many seconds, as the increments of the charge leave it.
fn seconds(seconds: &Exact, of: &[&str]) -> Result<Vec<Month>, Declined> {
    if seconds.is_negative() {
        return Err("less than no time".to_owned());
    }
    let milliseconds = match of {
        [charge] => billed(charge, seconds)?,
        _ => (seconds * &Exact::from(1000u64)).to_i128().and_then(|time| u64::try_from(time).ok()),
    };
    let row = |time: u64| Row { quantity: format!("{time} ms"), ..Row::of("c", 1, seconds) };
    Ok(vec![Month { number: 1, rows: milliseconds.map(row).into_iter().collect() }])
}

/// `["up", 4]`: each contact's amount is rounded so.
fn rounding(given: &Given<'_>) -> Result<String, Declined> {
    let Some(round) = given.value(&["round"]) else { return Ok(String::new()) };
    let (how, places) = match round.as_array().map(Vec::as_slice) {
        Some([how, places]) => (how.as_str().unwrap_or(""), places.as_u64().filter(|places| *places <= 12)),
        _ => return Err(format!("`{round}` is no way of rounding that we know")),
    };
    let how = match how {
        "half_up" | "middle" => "half-up",
        "up" => "up",
        "down" => "down",
        other => return Err(format!("`{other}` is no way of rounding that we know")),
    };
    let places = places.ok_or("so many decimals")? as usize;
    let to = if places == 0 { "1".to_owned() } else { format!("0.{:0>places$}", 1) };
    Ok(format!("\nround = {{ at = 'contact', to = '{to}', how = '{how}' }}"))
}

/// A part of a call's length.
struct Length {
    from: Exact,
    /// The price of a minute.
    each: Exact,
    /// The seconds that are billed together.
    step: Exact,
}

fn lengths(lengths: &[Length], by: &str) -> Result<String, Declined> {
    for pair in lengths.windows(2) {
        let steps = (&pair[1].from - &pair[0].from).divided_by(&pair[0].step);
        if by == "part" && !steps.is_some_and(|steps| steps.is_whole()) {
            return Err("an increment that runs over into the next part: ours ends with it".to_owned());
        }
    }
    let milliseconds = |seconds: &Exact| (seconds * &Exact::from(1000u64)).to_i128().filter(|time| 0 <= *time);
    let part = |Length { from, each, step }: &Length| {
        let (from, then) = (milliseconds(from)?, milliseconds(step).filter(|step| 0 < *step)?);
        Some(format!("{{ from = '{from}ms', each = '{each}', then = '{then}ms' }}"))
    };
    let parts: Option<Vec<String>> = lengths.iter().map(part).collect();
    let parts = parts.ok_or("lengths of less than a millisecond")?;
    Ok(format!("lengths = [{}]\nlengths_by = '{by}'", parts.join(", ")))
}

/// A call's rate groups: each part of its length has a price and an increment.
fn rate_groups(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let fee = given.number(&["connect_fee"])?.unwrap_or_default();
    let mut parts = Vec::new();
    for group in given.list(&["groups"])? {
        let unit = group.number(&["unit_s", "rate_unit_s"])?.unwrap_or_else(Exact::one);
        let each = rate(&group.needed(&["rate", "amount"])?, &unit)?;
        let step = group.number(&["inc_s", "increment_s"])?.unwrap_or_else(Exact::one);
        parts.push(Length { from: group.number(&["from_s", "from"])?.unwrap_or_default(), each, step });
        group.finish()?;
    }
    let most = given.number(&["max_cost"])?;
    let cap = match (most, given.value(&["max_cost_strategy"]).and_then(Value::as_str)) {
        (Some(most), Some("free")) => format!("\ncap = {{ each_contact = '{most}' }}"),
        (Some(_), Some("disconnect")) => String::new(), // The call would have ended: its cost is not capped.
        (Some(_), _) => return Err("whether a call ends or goes on free at its cap is not said".to_owned()),
        (None, _) => String::new(),
    };
    let charge = format!("{SECONDS}connect_fee = '{fee}'\n{}{cap}{}", lengths(&parts, "part")?, rounding(given)?);
    total(&charge, &seconds(&exact(usage)?, &[])?)
}

/// Steps of time. By part each prices what lies within it; by threshold the one that the whole call reaches prices all of
/// it. Above the last there is no price.
fn beats(given: &Given<'_>, usage: &Value, threshold: bool) -> Result<Exact, Declined> {
    let time = exact(usage)?;
    let mut parts: Vec<Length> = Vec::new();
    let mut last = None;
    for step in given.list(&["steps"])? {
        let from = step.number(&["from"])?.unwrap_or_default();
        let each = rate(&step.needed(&["factor"])?, &step.needed(&["base"])?)?;
        let beat = step.number(&["beat"])?.unwrap_or_else(Exact::one);
        last = step.number(&["to"])?;
        step.finish()?;
        parts.push(Length { from, each, step: beat });
    }
    if let Some(last) = last.clone() {
        parts.push(Length { from: last, each: Exact::zero(), step: Exact::one() });
    }
    if threshold {
        let reached = parts.iter().rposition(|part| part.from < time).unwrap_or(0);
        let rounded = time.rounded_to(&parts[reached].step, RoundHow::Up);
        if parts.iter().skip(1).any(|part| part.from == time || (time < part.from && part.from < rounded)) {
            return Err(
                "the bound itself, or what is rounded beyond it, lies in the part above: ours in the one before"
                    .to_owned(),
            );
        }
    }
    let by = if threshold { "whole" } else { "part" };
    if !threshold && last.is_some_and(|last| time <= last) {
        parts.pop(); // The call ends before: where its last step would is its own.
    }
    total(&format!("{SECONDS}{}", lengths(&parts, by)?), &seconds(&time, &[])?)
}

/// One call over several bands of the day: the price of each is the lowest and what is added in a calendar.
fn time_bands(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    let fee = given.number(&["connect_fee"])?.unwrap_or_default();
    let mut bands = Vec::new();
    for band in given.list(&["bands"])? {
        bands.push((band.needed(&["s", "seconds"])?, band.needed(&["rate_per_s", "rate"])?));
        band.finish()?;
    }
    let whole = bands.iter().fold(Exact::zero(), |sum, (seconds, _)| &sum + seconds);
    if whole != exact(usage)? {
        return Err("the bands are not those of the whole call".to_owned());
    }
    let lowest =
        bands.iter().map(|(_, rate)| rate).filter(|rate| !rate.is_zero()).min().ok_or("bands without a price")?.clone();
    let (mut calendars, mut surcharges, mut rows) = (String::new(), Vec::new(), Vec::new());
    for (position, (seconds, rate)) in bands.iter().enumerate().filter(|(_, (_, rate))| !rate.is_zero()) {
        let share = (rate - &lowest).divided_by(&lowest).ok_or("bands without a price")?;
        let name = format!("b{position}");
        let connects = u64::from(rows.is_empty());
        let surcharge = if share.is_zero() { String::new() } else { name.clone() };
        rows.push(Row {
            rows: connects,
            quantity: format!("{seconds} s"),
            surcharges: surcharge,
            ..Row::of("c", 1, seconds)
        });
        if !share.is_zero() {
            calendars += &format!("[calendar.{name}]\nhours = '{position:02}:00-{:02}:00'\n", position + 1);
            surcharges.push(format!(
                "{{ calendar = '{name}', percent = '{}', base = 'list', across = 'split' }}",
                &share * &Exact::from(100u64)
            ));
        }
    }
    let each = &lowest * &Exact::from(60u64);
    let charge = format!(
        "{calendars}{SECONDS}then = '1s'\neach = '{each}'\nconnect_fee = '{fee}'\nsurcharge = [{}]",
        surcharges.join(", ")
    );
    total(&charge, &[Month { number: 1, rows }])
}

/// Billed seconds: a charge of one a second.
fn billed_time(given: &Given<'_>, usage: &Value) -> Result<Exact, Declined> {
    given.value(&["includes_after_call_work", "includes_hold"]); // The time is given with all its parts.
    if given.value(&["round"]).is_some_and(|round| round.as_str() != Some("up")) {
        return Err("an increment begun that is not billed whole".to_owned());
    }
    let then = given.number(&["increment_s", "then_s"])?.unwrap_or_else(Exact::one);
    let mut keys = vec![format!("then = '{then}s'")];
    for (names, key) in [
        (&["first_s", "minimum_s", "first_increment_s"][..], "first"),
        (&["free_if_le_s"][..], "free_up_to"),
        (&["free_first_s"][..], "free_first"),
        (&["extra_s", "added_s", "wrap_s"][..], "extra"),
    ] {
        keys.extend(given.number(names)?.map(|time| format!("{key} = '{time}s'")));
    }
    let charge = format!("{SECONDS}{}\neach = '60'", keys.join("\n"));
    total(&charge, &seconds(&exact(usage)?, &[&charge])?)
}
