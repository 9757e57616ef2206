//! Amounts that other engines' test suites and published rules give, through our contract text and our pricing.
//!
//! The rows stand in `../shared/reference/charges.csv` beside the project; where that is absent the test says so.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use std::path::Path;

use longshore_contract::{ChargeKind, Contract, Measure, fold, quantities, read};
use longshore_units::{Amount, Exact, Milliseconds, Text};
use serde_json::Value;

/// What a row comes to under our operators, or why they do not express it.
type Verdict = Result<Exact, &'static str>;

#[test]
fn charges_of_other_engines() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reference/charges.csv");
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        println!("skipped: the reference charges are not beside the project");
        return;
    };
    let (mut passed, mut declined, mut failed) = (0, Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row.unwrap();
        let (id, model, expected) = (&row[0], &row[2], &row[5]);
        // One row of the file lacks quotes around a comma and has shifted.
        let Ok(parameters) = serde_json::from_str::<Value>(&row[3]) else {
            declined.push(format!("{id}: its parameters cannot be read"));
            continue;
        };
        match verdict(model, &parameters, &row[4]) {
            Ok(amount) if amount == expected.parse().unwrap() => passed += 1,
            Ok(amount) => failed.push(format!("{id} {model}: {amount} instead of {expected}")),
            Err(why) => declined.push(format!("{id} {model}: {why}")),
        }
    }
    println!("{passed} passed, {} declined, {} failed", declined.len(), failed.len());
    println!("{}", declined.join("\n"));
    assert!(failed.is_empty(), "{failed:#?}");
    assert!(30 <= passed, "only {passed} rows are expressed");
}

fn verdict(model: &str, parameters: &Value, usage: &str) -> Verdict {
    let keys: Vec<&str> = parameters.as_object().unwrap().keys().map(String::as_str).collect();
    for (key, why) in [("maximum", "a cap"), ("free_units", "included units"), ("max_cost", "a cap a contact")] {
        if keys.contains(&key) {
            return Err(why);
        }
    }
    match model {
        "standard" | "unit" => flat_price(&text(&parameters["amount"]), usage),
        "per_unit" => flat_price(&text(&parameters["rate"]), usage),
        "graduated" | "tiered_graduated" | "tiered" => graduated(parameters, usage),
        "minimum_commitment" => minimum(parameters, usage),
        "call_rate_groups" => rate_groups(parameters, usage),
        "beat_tiered" | "beat_flat" => beats(parameters, usage),
        "billed_time" => billed_time(parameters, usage),
        "per_minute_aht" => {
            let usage: Value = serde_json::from_str(usage).unwrap();
            let minutes = &exact(&usage["calls"]) * &exact(&usage["aht_min"]);
            let charge = format!(
                "unit = 'minute'\nof = ['talk', 'wrap']\nthen = '1s'\neach = '{}'",
                text(&parameters["rate_per_min"])
            );
            Ok(priced(&charge, &format!("40,{minutes}")))
        }
        _ => Err("an operator that is not covered"),
    }
}

fn flat_price(each: &str, usage: &str) -> Verdict {
    Ok(priced(&format!("unit = 'contact'\neach = '{each}'"), &format!("1,{usage}")))
}

/// Bands: other engines write them by their first unit, their last unit, or the volume below them. Where units are
/// whole, "to 10" and "from 11" mean that the eleventh is the first above: our band starts at 10.
fn graduated(parameters: &Value, usage: &str) -> Verdict {
    let mut start = Exact::zero();
    let mut bands = Vec::new();
    for tier in parameters["tiers"].as_array().unwrap() {
        for fee in ["flat", "flat_fee", "flat_cap"] {
            if !tier[fee].is_null() && !exact(&tier[fee]).is_zero() {
                return Err("a fee of a tier");
            }
        }
        let each = [&tier["unit"], &tier["rate"]].into_iter().find(|each| !each.is_null()).map_or("0".to_owned(), text);
        if !tier["first"].is_null() {
            start = exact(&tier["first"]);
        }
        bands.push(format!("{{ from = '{start}', each = '{each}' }}"));
        let end = [&tier["to"], &tier["upto"]].into_iter().find(|end| !end.is_null());
        start = end.map_or(start, exact);
    }
    let bands = bands.join(", ");
    Ok(priced(
        &format!("unit = 'contact'\ntiers = 'graduated'\nscope = 'contract'\nbands = [{bands}]"),
        &format!("1,{usage}"),
    ))
}

fn minimum(parameters: &Value, usage: &str) -> Verdict {
    let (fixed, unit, least) = (text(&parameters["fixed"]), text(&parameters["unit"]), text(&parameters["minimum"]));
    let rest = format!(
        "unit = 'contact'\neach = '{unit}'\n[[charge]]\nname = 'fixed'\namount = '{fixed}'\nper = 'month'\n\
         [[minimum]]\non = ['contact', 'fixed']\namount = '{least}'"
    );
    Ok(priced(&rest, &format!("3,{usage}")))
}

/// A call's rate groups: one rate, in a first increment and further ones.
fn rate_groups(parameters: &Value, usage: &str) -> Verdict {
    if !exact(&parameters["connect_fee"]).is_zero() {
        return Err("a connect fee");
    }
    let groups = parameters["groups"].as_array().unwrap();
    let rate = |group: &Value| exact(&group["rate"]).divided_by(&exact(&group["unit_s"])).unwrap();
    let increments = |group: &Value| group["inc_s"].as_u64().unwrap();
    let (first, then) = match groups.as_slice() {
        [only] => (0, increments(only)),
        [first, then] if rate(first) == rate(then) && first["inc_s"] == then["from_s"] => {
            (increments(first), increments(then))
        }
        _ => return Err("rates by the length of the call"),
    };
    let round = match parameters["round"].as_array() {
        None => String::new(),
        Some(round) => {
            let how = match text(&round[0]).as_str() {
                "half_up" => "half-up",
                "up" => "up",
                _ => return Err("another way of rounding"),
            };
            let places = round[1].as_u64().unwrap() as usize;
            format!("\nround = {{ at = 'contact', to = '0.{:0>places$}', how = '{how}' }}", 1)
        }
    };
    let each = &rate(&groups[0]) * &Exact::from(60u64);
    timed(first, then, &each, &round, usage)
}

fn beats(parameters: &Value, usage: &str) -> Verdict {
    let Some(steps) = parameters["steps"].as_array() else {
        let each = &exact(&parameters["factor"]).divided_by(&exact(&parameters["base"])).unwrap() * &Exact::from(60u64);
        return timed(0, 1, &each, "", usage);
    };
    let rate = |step: &Value| exact(&step["factor"]).divided_by(&exact(&step["base"])).unwrap();
    let beat = |step: &Value| step["beat"].as_u64().unwrap();
    let each = &rate(&steps[0]) * &Exact::from(60u64);
    match steps.as_slice() {
        [only] => timed(0, beat(only), &each, "", usage),
        [first, then] if rate(first) == rate(then) && first["beat"] == first["to"] => {
            timed(beat(first), beat(then), &each, "", usage)
        }
        _ => Err("rates by the length of the call"),
    }
}

/// One contact of so many seconds, in increments, at a price a minute. The source has no price for no time.
fn timed(first: u64, then: u64, each: &Exact, round: &str, usage: &str) -> Verdict {
    let charge =
        format!("unit = 'minute'\nof = ['talk']\nfirst = '{first}s'\nthen = '{then}s'\neach = '{each}'{round}");
    let billed = billed(&charge, usage.parse().map_err(|_| "another usage")?);
    Ok(priced(&charge, &format!("1,{billed} ms")))
}

fn billed_time(parameters: &Value, usage: &str) -> Verdict {
    let seconds: u64 = usage.parse().unwrap();
    if parameters["free_if_le_s"].as_u64().is_some_and(|free| seconds <= free) {
        return Err("free short calls"); // They would be left out by `talk_longer_than`.
    }
    let charge = format!("unit = 'minute'\nof = ['talk', 'wrap']\nthen = '{}s'\neach = 1", parameters["increment_s"]);
    Ok(Exact::from(billed(&charge, seconds) / 1000))
}

/// Billed milliseconds of a contact, by the charge's own increments.
fn billed(charge: &str, seconds: u64) -> u64 {
    let contract = contract(charge);
    let ChargeKind::Counted(counted) = &contract.charges[0].kind else { unreachable!() };
    let Measure::Time { increments, .. } = &counted.measure else { unreachable!() };
    increments.billed(Milliseconds::seconds(seconds)).unwrap().0
}

fn contract(charge: &str) -> Contract {
    let text = format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\nstarts = 2027-01-01\n\
         [round]\nat = 'line'\nto = '0.000000000001'\nhow = 'half-up'\n[[charge]]\n{charge}\n"
    );
    let (contract, findings) = read(&Text::new("reference.toml", text.clone()));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

/// What a month comes to with `rows,quantity` of the first charge.
fn priced(charge: &str, used: &str) -> Exact {
    let contract = contract(charge);
    let name = &contract.charges[0].name;
    let used = format!("month,charge,group,rows,quantity\n2027-01,{name},,{used}\n");
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", used));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let invoice = fold(&contract.in_force(None), &usage, "2027-01".parse().unwrap(), "2027-01".parse().unwrap())
        .unwrap()
        .remove(0);
    let Amount(total) = invoice.total;
    total
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn exact(value: &Value) -> Exact {
    text(value).parse().unwrap()
}
