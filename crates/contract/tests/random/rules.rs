//! Random terms over several lines, of service, of payment, and those that change no amount.

use super::charge::RandomCharge;
use super::{Choices, RandomContract, list};

pub fn add(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    if choices.chance(40) {
        minimum(contract, choices);
    }
    if choices.chance(40) {
        discount(contract, choices);
    }
    if choices.chance(30) {
        index(contract, choices);
    }
    if choices.chance(25) {
        prepaid(contract, choices);
    }
    if choices.chance(30) {
        tax(contract, choices);
    }
    if choices.chance(40) {
        pay(contract, choices);
    }
    if choices.chance(40) {
        service(contract, choices);
    }
    words(contract, choices);
}

/// Some of the charges that are as asked, by name; they are referred to from now on.
fn on(
    contract: &mut RandomContract,
    choices: &mut Choices<'_>,
    fits: impl Fn(&RandomCharge) -> bool,
) -> Option<String> {
    let names: Vec<String> =
        contract.charges.iter().filter(|charge| fits(charge)).map(|charge| charge.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if names.is_empty() {
        return None;
    }
    let some = choices.some(&names);
    contract.referred.extend(some.iter().map(|name| (*name).to_owned()));
    Some(list(&some))
}

fn per(choices: &mut Choices<'_>, ends: Option<&str>) -> &'static str {
    let per = choices.pick(&["month", "quarter", "year", "term"]);
    if per == "term" && ends.is_none() { "month" } else { per }
}

fn minimum(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    let per = per(choices, contract.ends);
    let prorate = choices.pick(&["day", "none"]);
    let of_amount = choices.chance(50);
    let mut waivers = vec!["staffed < 95% of requested", "scheduled <= 100", "requested > 100/3% of scheduled"];
    let (on, looks) = if of_amount {
        (on(contract, choices, |_| true), false)
    } else {
        let Some(first) = contract.charges.iter().find(|charge| charge.forecast) else { return };
        let (unit, name) = (first.unit, first.name.clone());
        let on = on(contract, choices, |charge| charge.unit == unit && charge.forecast);
        assert!(!name.is_empty());
        waivers.extend(["volume < 50", "volume > 115% of forecast"]);
        (on, true)
    };
    let Some(on) = on else { return };
    let mut text = format!("\n[[minimum]]\nname = \"monthly minimum\"\non = {on}\nper = \"{per}\"\n");
    if of_amount {
        text += &format!("amount = \"400\"\nprorate = \"{prorate}\"\n");
        contract.minimums.push("monthly minimum".to_owned());
    } else {
        let volume = choices.pick(&["\"120\"", "\"90% of forecast\""]);
        text += &format!("volume = {volume}\nprorate = \"{prorate}\"\nshortfall_each = \"0.30\"\n");
        if choices.chance(50) {
            text +=
                &format!("beyond = {{ above = {}, percent = 25 }}\n", choices.pick(&["150", "\"110% of forecast\""]));
        }
    }
    let waived = choices.chance(40);
    if looks && choices.chance(40) {
        text += "forecast = [\"orders\"]\n";
    }
    if waived {
        text += &format!("waived_if = \"{}\"\n", choices.pick(&waivers));
    }
    contract.text += &text;
}

fn discount(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    let of = match choices.below(3) {
        0 => "percent = \"10\"\n".to_owned(),
        1 => "amount = \"20\"\n".to_owned(),
        _ => {
            let per = per(choices, contract.ends);
            format!(
                "bands = [{{ from = 100, percent = 2 }}, {{ from = \"1000\", percent = \"10/3\" }}]\nper = \"{per}\"\n"
            )
        }
    };
    let days = choices.pick(&["", "until = 2028-06-30\n", "from = 2028-04-15\n"]);
    if let Some(on) = on(contract, choices, |_| true) {
        contract.text += &format!("\n[[discount]]\nname = \"free trial\"\non = {on}\n{of}{days}");
    }
}

fn index(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    let by = choices.pick(&["by = \"US-CPI\"\nbase = 2026-10-31\n", "percent = \"3%\"\n", "percent = \"-1\"\n"]);
    let every = choices.pick(&["year", "6 months"]);
    let bounds = choices.pick(&["", "at_most = \"3%\"\n", "at_most = \"4%\"\nat_least = \"-2%\"\n"]);
    // Where the volume of more than a month chooses one price for all of it, prices move between such periods.
    let reckons_anew = |text: &str| {
        let of_volume = text.contains("tiers = \"volume\"") || text.contains("tiers = \"stair-step\"");
        of_volume && text.contains("per = ")
    };
    if let Some(on) = on(contract, choices, |charge| charge.moves && !reckons_anew(&charge.text)) {
        contract.text += &format!("\n[[index]]\nclause = \"§7\"\non = {on}\n{by}every = \"{every}\"\n{bounds}");
    }
}

fn prepaid(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    let due = choices.pick(&["due = 2028-03-15\n", "per = \"month\"\n"]);
    let expires = choices.pick(&["", "expires = \"3 months\"\n"]);
    if let Some(on) = on(contract, choices, |_| true) {
        contract.text += &format!("\n[[prepaid]]\nname = \"credit\"\non = {on}\namount = \"300\"\n{due}{expires}");
    }
}

fn tax(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    let recoverable = choices.pick(&["true", "false"]);
    let reverse = choices.pick(&["", "reverse_charge = true\n"]);
    let on = if choices.chance(30) { on(contract, choices, |_| true) } else { None };
    let on = on.map_or(String::new(), |on| format!("on = {on}\n"));
    contract.text += &format!("\n[tax]\nkind = \"VAT\"\npercent = \"12\"\nrecoverable = {recoverable}\n{on}{reverse}");
}

fn pay(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    contract.text += "\n[pay]\n";
    let beyond = choices.pick(&["shared equally", "buyer", "provider", "40% buyer"]);
    let bearer = choices.pick(&["buyer", "provider"]);
    for line in [
        format!("withholding = {{ percent = \"15\", borne_by = \"{bearer}\" }}\n"),
        "currency = \"EUR\"\n".to_owned(),
        "terms = \"30 days\"\n".to_owned(),
        "in_advance = true\n".to_owned(),
        "deposit = \"500\"\n".to_owned(),
        format!("exchange = {{ against = \"PHP\", base = 2026-10-31, band = \"5%\", beyond = \"{beyond}\" }}\n"),
    ] {
        if choices.chance(35) {
            contract.text += &line;
        }
    }
}

/// SLA terms and the amount at risk.
fn service(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    let points = choices.chance(30);
    let count = 1 + choices.below(3);
    for number in 0..count {
        let Some(on) = on(contract, choices, |_| true) else { return };
        let name = format!("term {number}");
        let per = per(choices, contract.ends);
        let mut text = format!("\n[[sla]]\nname = \"{name}\"\non = {on}\nper = \"{per}\"\n");
        let credit = |at: &str, key: &str, choices: &mut Choices<'_>| {
            let pays = if points { "points = 5" } else { choices.pick(&["percent = \"2\"", "amount = \"40\""]) };
            format!("{{ {key} = \"{at}\", {pays} }}")
        };
        if number % 2 == 0 {
            text += "measure = { preset = \"service level, offered\", threshold = \"20s\", short_abandons = \"5s\", aggregation = \"mean of days\" }\n";
            text += "target = \"80%\"\n";
            match choices.below(3) {
                0 => {
                    let bands = [credit("80%", "below", choices), credit("75%", "below", choices)];
                    text += &format!("credit = [{}]\n", bands.join(", "));
                }
                1 if !points => text += "linear = { percent = \"1\", per = \"1%\", at_most = \"23%\" }\n",
                _ => {}
            }
            if choices.chance(40) {
                text += "bonus = [{ above = \"90%\", percent = \"1\" }, { above = \"95%\", amount = \"25\" }]\n";
            }
            contract.slas.push(name);
        } else {
            text += "measure = \"speed of answer\"\ntarget = \"at most 30s\"\n";
            let bands = [credit("30s", "above", choices), credit("61.5s", "above", choices)];
            text += &format!("credit = [{}]\n", bands.join(", "));
        }
        if choices.chance(30) {
            text += "when = { channel = \"voice\" }\n";
        }
        if choices.chance(30) {
            text += "grace = \"2 months\"\n";
        }
        if choices.chance(30) {
            text += choices.pick(&[
                "relief = \"volume > 115% of forecast\"\nforecast = \"orders\"\n",
                "relief = \"requested < 40\"\n",
            ]);
        }
        if choices.chance(30) {
            text += "weight = \"30%\"\n";
        }
        if choices.chance(30) {
            text += "repeat = { misses = 2, within = \"24 months\", times = \"1.5\" }\n";
        }
        if choices.chance(30) {
            text += "earn_back = \"3 months met\"\n";
        }
        if choices.chance(30) {
            text += "consequence = [{ misses = 2, within = \"24 months\", right = \"terminate for cause\" }, { misses = 1, duty = \"corrective plan in 10 days\" }]\n";
        }
        if choices.chance(20) {
            text += "exclude = [\"holidays\"]\n";
        }
        contract.text += &text;
    }
    let worth = match (points, choices.below(3)) {
        (false, _) => "",
        (true, 0) => "points = { each = \"31.2\" }\n",
        (true, 1) => "points = [{ above = 0, each = \"0.5%\" }, { above = 5, each = \"3\" }]\n",
        (true, _) => "points = [{ from = 5, percent = \"2\" }, { from = 10, percent = \"3\" }]\n",
    };
    contract.text += &format!("\n[at_risk]\ncap = \"10%\"\n{worth}");
}

/// Terms that change no amount.
fn words(contract: &mut RandomContract, choices: &mut Choices<'_>) {
    if choices.chance(30) {
        contract.text += "\n[exit]\nfor_convenience = { notice = \"90 days\", from = 2027-07-01, fee = \"0\" }\nfor_cause = \"three misses\"\ntransition = \"90 days at contract prices\"\nrenewal = { automatic = true, notice = \"60 days\", for = \"12 months\" }\n";
    }
    if choices.chance(30) {
        contract.text +=
            "\n[records]\nraw_access = true\nretention = \"13 months\"\nrecordings = \"legal hold on request\"\n";
    }
    if choices.chance(30) {
        contract.text += "\n[governance]\nliaison = \"vendor manager\"\nreview = \"monthly\"\nescalation = [\"team lead, 4h\", \"executives, 3 days\"]\nchange_requests = { each_hour = \"95\" }\n";
    }
}
