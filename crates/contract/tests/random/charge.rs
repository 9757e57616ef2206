//! Random charges.

use super::{Choices, list, quoted};

/// A charge, and what others may ask of it.
pub struct RandomCharge {
    pub name: String,
    /// What stands below its heading.
    pub text: String,
    /// What it is counted in, where it is counted and a price by unit can be shared: `hour` for all time.
    pub price_unit: Option<&'static str>,
    /// Its unit, where it is counted.
    pub unit: Option<&'static str>,
    /// Whether a forecast tells its quantity.
    pub forecast: bool,
    /// Whether it has one price that an amendment can set: `each`.
    pub has_each: bool,
    /// Whether it has a monthly amount.
    pub has_amount: bool,
    /// Whether it has a price that moves by an index.
    pub moves: bool,
    /// Whether it is a share of others' amounts.
    pub is_share: bool,
    pub refers_to: Vec<String>,
}

const NAMES: [&str; 8] = ["voice", "shared \"voice\"", "Überstunden", "back\\office", "chat & mail", "c6", "c7", "c8"];

/// From one to eight charges.
pub fn charges(choices: &mut Choices<'_>, starts: &'static str, ends: Option<&'static str>) -> Vec<RandomCharge> {
    let count = 1 + choices.below(NAMES.len());
    let mut charges: Vec<RandomCharge> = Vec::new();
    for name in &NAMES[..count] {
        let charge = charge(name, choices, (starts, ends), &charges);
        charges.push(charge);
    }
    charges
}

fn charge(
    name: &str,
    choices: &mut Choices<'_>,
    (starts, ends): (&str, Option<&str>),
    before: &[RandomCharge],
) -> RandomCharge {
    let mut charge = RandomCharge {
        name: name.to_owned(),
        text: format!("name = {}\n", quoted(name)),
        price_unit: None,
        unit: None,
        forecast: false,
        has_each: false,
        has_amount: false,
        moves: true,
        is_share: false,
        refers_to: Vec::new(),
    };
    if choices.chance(20) {
        charge.text += "clause = \"§4.1\"\n";
    }
    match choices.below(12) {
        0..=3 => contacts(&mut charge, choices, ends),
        4 | 5 => agents(&mut charge, choices, ends),
        6 => sales(&mut charge, choices, ends),
        7 => reported(&mut charge, choices, ends),
        8 => fixed(&mut charge, choices, starts),
        9 => share(&mut charge, choices, before),
        10 => ratio(&mut charge, choices, before),
        _ => of_price(&mut charge, choices, before),
    }
    charge
}

/// Contacts, legs, resolutions, and their time.
fn contacts(charge: &mut RandomCharge, choices: &mut Choices<'_>, ends: Option<&str>) {
    let grain = choices.pick(&["contact", "contact", "leg"]);
    let of_time = choices.chance(60);
    charge.text += &format!("grain = \"{grain}\"\n");
    let mut when = Vec::new();
    if choices.chance(60) {
        when.push("outcome = [\"answered\"]".to_owned());
    }
    if choices.chance(30) {
        when.push(format!("channel = {}", list(&choices.some(&["voice", "chat", "email"]))));
    }
    if choices.chance(20) {
        when.push("queue = [\"orders\"]".to_owned());
    }
    if choices.chance(20) {
        when.push("talk_longer_than = \"5s\"".to_owned());
    }
    if !when.is_empty() {
        charge.text += &format!("when = {{ {} }}\n", when.join(", "));
    }
    let mut costs = Costs { by_row: choices.chance(30), ..Costs::default() };
    if of_time {
        let unit = choices.pick(&["minute", "hour"]);
        charge.text += &format!("unit = \"{unit}\"\n");
        charge.text += &format!("of = {}\n", list(&choices.some(&["talk", "hold", "wrap", "ring", "wait"])));
        (charge.unit, charge.price_unit) = (Some(unit), Some("hour"));
        costs.splits = true;
        costs.by_length = choices.chance(20);
        if !costs.by_length {
            charge.text += choices.pick(&[
                "then = \"1s\"\n",
                "first = \"30s\"\nthen = \"6s\"\n",
                "then = \"1ms\"\n",
                "first = \"1m\"\n",
            ]);
        }
        for word in ["free_up_to = \"5s\"\n", "free_first = \"1m\"\n", "extra = \"30s\"\n"] {
            if choices.chance(15) {
                charge.text += word;
            }
        }
    } else if grain == "contact" && choices.chance(30) {
        charge.text += "unit = \"resolution\"\n";
        if choices.chance(70) {
            charge.text += choices.pick(&["reopened_within = \"7 days\"\n", "reopened_within = \"36h\"\n"]);
        }
        (charge.unit, charge.price_unit) = (Some("resolution"), Some("resolution"));
    } else {
        charge.text += &format!("unit = \"{grain}\"\n");
        (charge.unit, charge.price_unit) = (Some(grain), Some(grain));
    }
    charge.forecast = grain == "contact" && charge.unit != Some("resolution");
    costs.each_contact = true;
    price(charge, choices, ends, costs);
}

/// Agents' time, schedules, and agents on the register.
fn agents(charge: &mut RandomCharge, choices: &mut Choices<'_>, ends: Option<&str>) {
    let unit = choices.pick(&["hour", "agent-hour"]);
    (charge.unit, charge.price_unit) = (Some("hour"), Some("hour"));
    match choices.below(6) {
        0 => charge.text += &format!("unit = \"{unit}\"\nof = \"{}\"\n", choices.pick(&["logged in", "productive"])),
        1 => {
            charge.text += &format!(
                "unit = \"{unit}\"\nwhen = {{ state = [\"training\"], reason = \"growth\", approved = true }}\n"
            );
            if choices.chance(50) {
                charge.text += "refund = { if_left_within = \"90 days\" }\n";
            }
        }
        2 => {
            let approved = choices.pick(&["", ", approved = true", ", approved = false"]);
            let hours = choices.pick(&["40", "37.5", "121/3"]);
            charge.text += &format!(
                "unit = \"{unit}\"\nwhen = {{ overtime = \"beyond {hours} h a week\", week_starts = \"Sun\"{approved} }}\n"
            );
        }
        3 => {
            let of = choices.pick(&["requested", "scheduled", "productive"]);
            charge.text += &format!("grain = \"schedule\"\nunit = \"{unit}\"\nof = \"{of}\"\n");
        }
        4 => {
            let pick = choices.pick(&["lesser", "greater"]);
            let at_most =
                choices.pick(&["", ", at_most = \"102% of requested\"", ", at_most = \"100/3% of scheduled\""]);
            let per = choices.pick(&["half-hour", "quarter-hour", "hour", "day"]);
            charge.text += &format!(
                "grain = \"schedule\"\nunit = \"{unit}\"\nof = {{ {pick} = [\"requested\", \"productive\"]{at_most}, per = \"{per}\" }}\n"
            );
        }
        _ => {
            charge.text += &format!("unit = \"agent-month\"\nprorate = \"{}\"\n", choices.pick(&["day", "none"]));
            (charge.unit, charge.price_unit) = (Some("agent-month"), Some("agent-month"));
        }
    }
    let surcharge = charge.unit == Some("hour");
    price(charge, choices, ends, Costs { no_surcharge: !surcharge, ..Costs::default() });
}

/// Sales by their number and by their amount, leads, appointments.
fn sales(charge: &mut RandomCharge, choices: &mut Choices<'_>, ends: Option<&str>) {
    if choices.chance(50) {
        let unit = choices.pick(&["sale", "lead", "appointment"]);
        charge.text += &format!("unit = \"{unit}\"\n");
        (charge.unit, charge.price_unit) = (Some(unit), Some(unit));
        let by_row = choices.chance(30);
        return price(charge, choices, ends, Costs { by_row, each_contact: true, ..Costs::default() });
    }
    charge.moves = false;
    charge.text += "unit = \"sale\"\n";
    match choices.below(3) {
        0 => charge.text += "percent = \"8\"\n",
        1 => charge.text += "percent = \"25/3%\"\neach_at_least = \"1.00\"\neach_at_most = \"40\"\n",
        _ => {
            charge.text += "bands = [{ from = 0, percent = 8 }, { from = 10, percent = 6 }]\ntiers = \"graduated\"\n";
            charge.text += "scope = \"contract\"\n";
        }
    }
}

/// Quantities and costs that are reported.
fn reported(charge: &mut RandomCharge, choices: &mut Choices<'_>, ends: Option<&str>) {
    charge.text += "grain = \"reported\"\n";
    if choices.chance(50) {
        charge.text += "when = { what = \"interpreter\" }\n";
    }
    if choices.chance(30) {
        charge.text += "evidence = \"required\"\n";
    }
    if choices.chance(50) {
        charge.text += "unit = \"item\"\n";
        (charge.unit, charge.price_unit) = (Some("item"), Some("item"));
        return price(charge, choices, ends, Costs { no_surcharge: true, ..Costs::default() });
    }
    charge.moves = false;
    charge.text += "unit = \"cost\"\n";
    if choices.chance(50) {
        charge.text += "markup = \"5%\"\n";
    }
}

fn fixed(charge: &mut RandomCharge, choices: &mut Choices<'_>, starts: &str) {
    if choices.chance(15) {
        charge.text += "amount = \"700\"\nper = \"28 days\"\n";
    } else if choices.chance(30) {
        let day = choices.pick(&[starts, "2028-03-31"]);
        charge.text += &format!("amount = \"25000\"\nonce = {day}\n");
    } else {
        charge.has_amount = true;
        let prorate = choices.pick(&["day", "none"]);
        charge.text += &format!("amount = \"1500\"\nper = \"month\"\nprorate = \"{prorate}\"\n");
    }
}

fn share(charge: &mut RandomCharge, choices: &mut Choices<'_>, before: &[RandomCharge]) {
    let others: Vec<&str> = before.iter().filter(|other| !other.is_share).map(|other| other.name.as_str()).collect();
    if others.is_empty() {
        return fixed(charge, choices, "2028-03-31");
    }
    let of = choices.some(&others);
    charge.text += &format!("percent = \"10\"\nof_charges = {}\n", list(&of));
    charge.refers_to = of.into_iter().map(str::to_owned).collect();
    (charge.is_share, charge.moves) = (true, false);
}

fn ratio(charge: &mut RandomCharge, choices: &mut Choices<'_>, before: &[RandomCharge]) {
    let Some(other) = before.iter().rev().find(|other| other.unit.is_some()) else {
        return fixed(charge, choices, "2028-03-31");
    };
    let round = choices.pick(&["up", "down", "half-up", "none"]);
    let of = quoted(&other.name);
    charge.text += &format!(
        "unit = \"agent-month\"\nratio = {{ one_per = 15, of = {of}, round = \"{round}\" }}\neach = \"3200\"\n"
    );
    charge.refers_to.push(other.name.clone());
    charge.has_each = true;
}

fn of_price(charge: &mut RandomCharge, choices: &mut Choices<'_>, before: &[RandomCharge]) {
    let Some(other) = before.iter().rev().find(|other| other.price_unit == Some("hour")) else {
        return fixed(charge, choices, "2028-03-31");
    };
    let hours = "unit = \"hour\"\nwhen = { state = [\"talking\", \"wrapping\"] }\n";
    charge.text += &format!("{hours}each = {{ percent = \"50\", of_price = {} }}\n", quoted(&other.name));
    charge.unit = Some("hour");
    charge.refers_to.push(other.name.clone());
    charge.moves = false;
    limits(charge, choices, false);
}

/// What a charge's price may be made of.
#[derive(Clone, Copy, Default)]
struct Costs {
    /// Whether each row's amount is rounded or limited, which asks for one price and nothing included.
    by_row: bool,
    /// Whether rows are contacts.
    each_contact: bool,
    /// Whether contacts can be split between calendars.
    splits: bool,
    by_length: bool,
    no_surcharge: bool,
}

/// What a unit costs, and all that belongs to it.
fn price(charge: &mut RandomCharge, choices: &mut Choices<'_>, ends: Option<&str>, costs: Costs) {
    let (mut stairs, mut one_price) = (false, false);
    let mut per = choices.pick(&["month", "month", "quarter", "year", "term"]);
    if per == "term" && ends.is_none() {
        per = "month";
    }
    let mut scope = choices.pick(&["contract", "contract", "program", "site"]);
    if scope == "site" && charge.unit == Some("item") {
        scope = "program"; // What is reported has no site.
    }
    if costs.by_length {
        let by = choices.pick(&["part", "whole"]);
        charge.text += "lengths = [{ from = \"0s\", each = \"0.40\", then = \"30s\" }, { from = \"60s\", each = \"0.20\", then = \"10s\" }]\n";
        charge.text += &format!("lengths_by = \"{by}\"\n");
        charge.price_unit = None;
    } else if costs.by_row || choices.chance(40) {
        charge.text += &format!("each = \"{}\"\n", choices.pick(&["0.42", "1/3", "12.5", "0"]));
        (charge.has_each, one_price) = (true, true);
    } else {
        match choices.below(5) {
            0 => {
                charge.text += "bands = [{ from = 0, each = \"0.42\" }, { above = 40, each = \"0.38\", at_most = \"100\" }, { from = 200, each = \"0.3\", fee = \"5\" }]\n";
                charge.text += choices.pick(&["tiers = \"graduated\"\n", "tiers = \"volume\"\n"]);
            }
            1 => {
                charge.text += "bands = [{ from = 0, amount = \"100\" }, { above = \"20.5\", amount = \"180\" }]\ntiers = \"stair-step\"\n";
                (charge.price_unit, stairs) = (None, true);
            }
            2 => {
                let partial = choices.pick(&["up", "down", "half-up"]);
                charge.text += &format!("each = \"9\"\nblock = \"10\"\npartial = \"{partial}\"\ntiers = \"package\"\n");
                charge.price_unit = None;
            }
            3 if charge.forecast => {
                charge.text +=
                    "bands = [{ from = 0, each = \"0.42\" }, { from = \"90% of forecast\", each = \"0.3\" }]\n";
                charge.text += "tiers = \"graduated\"\n";
                if choices.chance(50) {
                    charge.text += "forecast = [\"orders\", \"advice\"]\n";
                }
                (per, scope) = ("month", if scope == "site" { "program" } else { scope });
            }
            _ => {
                charge.text +=
                    "bands = [{ from = 0, each = \"14.5\" }, { from = 3, each = \"13.8\" }]\ntiers = \"volume\"\n";
                if choices.chance(50) {
                    charge.text += "tiers_by = \"agents, month's average\"\n";
                    per = "month";
                }
            }
        }
    }
    charge.text += &format!("scope = \"{scope}\"\nper = \"{per}\"\n");
    let by_row = costs.by_row || costs.by_length;
    if costs.each_contact && choices.chance(25) {
        charge.text += "connect_fee = \"0.05\"\n";
    }
    if costs.by_row && costs.each_contact && choices.chance(50) {
        charge.text += "round = { at = \"contact\", to = \"0.01\", how = \"half-up\" }\n";
    }
    limits(charge, choices, costs.by_row && costs.each_contact && one_price);
    if !by_row && choices.chance(25) {
        let to = choices.pick(&["first", "proportional", "cheapest"]);
        let rollover = choices.pick(&["none", "2 months"]);
        let pooled = if scope != "contract" && choices.chance(50) { ", pooled = true" } else { "" };
        let prorate = choices.pick(&["day", "none"]);
        charge.text += &format!(
            "included = {{ quantity = \"30\", per = \"month\", to = \"{to}\", rollover = \"{rollover}\"{pooled}, prorate = \"{prorate}\" }}\n"
        );
    }
    if choices.chance(15) {
        charge.text += "fee = \"95\"\n";
        if charge.unit != Some("agent-month") {
            charge.text += &format!("prorate = \"{}\"\n", choices.pick(&["day", "none"]));
        }
    }
    if !costs.no_surcharge && !stairs && choices.chance(40) {
        let split = costs.splits && !by_row && choices.chance(40);
        surcharges(charge, choices, split);
    }
}

fn surcharges(charge: &mut RandomCharge, choices: &mut Choices<'_>, split: bool) {
    let across = if split { ", across = \"split\"" } else { "" };
    let calendars = choices.some(&["holidays", "nights", "week ends"]);
    let each = calendars.iter().map(|calendar| {
        let base = choices.pick(&["list", "marginal", "average"]);
        let percent = choices.pick(&["25", "10", "100/3"]);
        format!("{{ calendar = \"{calendar}\", percent = \"{percent}\", base = \"{base}\"{across} }}")
    });
    let each: Vec<String> = each.collect();
    charge.text += &format!("surcharge = [{}]\n", each.join(", "));
    if 1 < each.len() && choices.chance(50) {
        charge.text += "surcharges = \"highest\"\n";
    }
}

fn limits(charge: &mut RandomCharge, choices: &mut Choices<'_>, each_contact: bool) {
    let each = |choices: &mut Choices<'_>, amount: &str| {
        if each_contact && choices.chance(50) { format!("each_contact = \"{amount}\", ") } else { String::new() }
    };
    if choices.chance(15) {
        let each = each(choices, "0.20");
        charge.text += &format!("minimum = {{ {each}amount = \"50\" }}\n");
    }
    if choices.chance(15) {
        let each = each(choices, "12.00");
        charge.text += &format!("cap = {{ {each}amount = \"900\" }}\n");
    }
    if choices.chance(15) {
        charge.text += "discount = \"5%\"\n";
    }
    if choices.chance(15) {
        charge.text += "order = [\"minimum\", \"discount\", \"cap\"]\n";
    }
}
