//! Amounts: what is billed twice, lapses, grows or is paid early.

use longshore_units::{Amount, Exact, Factor, plural};

use super::{Judge, about};
use crate::{ChargeKind, Criterion, Field, IndexBy, Measure, MinimumOf, Tariff};

pub(super) fn judge(judge: &mut Judge<'_>) {
    management(judge);
    minimums(judge);
    included(judge);
    indexes(judge);
    currency(judge);
    tax(judge);
    advance(judge);
    training(judge);
}

/// Words of lines that a fully burdened minute or hour holds already.
const MANAGEMENT: [&str; 6] = ["manage", "supervis", "team lead", "administration", "overhead", "quality assurance"];

fn management(judge: &mut Judge<'_>) {
    let burdened = judge.counted().find(|(_, _, counted)| {
        counted.time_unit().is_some() && !matches!(counted.measure, Measure::AgentTime { overtime: Some(_), .. })
    });
    let Some((_, burdened, _)) = burdened else { return };
    for (position, charge) in judge.contract.charges.iter().enumerate() {
        let name = charge.name.to_lowercase();
        let is_fixed = matches!(charge.kind, ChargeKind::Flat { .. } | ChargeKind::Share(_) | ChargeKind::Ratio(_));
        if !is_fixed || !MANAGEMENT.iter().any(|word| name.contains(word)) {
            continue;
        }
        let cost = match &charge.kind {
            ChargeKind::Flat { amount, .. } => format!(": {} a month", judge.money(amount)),
            ChargeKind::Share(share) => format!(": {} % on top", &share.share.0 * &Exact::from(100i128)),
            ChargeKind::Ratio(ratio) => {
                let of = &judge.contract.charges[ratio.of].name;
                format!(": {} for each {} of `{of}`", judge.money(&Amount(ratio.each.0.clone())), ratio.one_per)
            }
            _ => String::new(),
        };
        let message =
            format!("`{}` is billed on top of `{}`, which is fully burdened{cost}", charge.name, burdened.name);
        let place = judge.of_entry("charge", position, "name");
        judge.warn(
            "L004",
            &place,
            message,
            "a minute's or hour's price holds management and support staff: ask what this pays for",
        );
    }
}

fn minimums(judge: &mut Judge<'_>) {
    if !judge.basis.is_own {
        return; // Nothing is known of the volume.
    }
    for (position, minimum) in judge.contract.minimums.iter().enumerate() {
        let MinimumOf::Amount { amount, .. } = &minimum.of else { continue };
        // Only where all that counts towards it is priced by contacts is its expected sum known.
        let mut expected = Exact::zero();
        let mut known = true;
        for charge in &minimum.on {
            match &judge.contract.charges[*charge].kind {
                ChargeKind::Counted(counted) => match (&counted.measure, &counted.tariff) {
                    (Measure::Time { unit, of, increments }, Tariff::Bands { bands, .. }) => {
                        let cost = judge.basis.traffic.cost(of, *increments, *unit, bands.list_price());
                        expected = &expected + &cost;
                    }
                    (Measure::Contacts, Tariff::Bands { bands, .. }) => {
                        let contacts = Exact::from(judge.basis.traffic.contacts);
                        expected = &expected + &(&bands.list_price().0 * &contacts);
                    }
                    _ => known = false,
                },
                ChargeKind::Flat { amount, .. } => expected = &expected + &amount.0,
                _ => known = false,
            }
        }
        let missing = &amount.0 - &expected;
        if known && !missing.is_negative() && !missing.is_zero() {
            let (missing, source) = (about(judge.contract, &Amount(missing)), &judge.basis.traffic.source);
            let message = format!(
                "`{}` asks for {}, and the expected volume comes to {} ({source}): {missing} a month for nothing",
                minimum.name,
                judge.money(amount),
                about(judge.contract, &Amount(expected)),
            );
            let place = judge.of_entry("minimum", position, "amount");
            judge.warn(
                "L005",
                &place,
                message,
                "ask for a minimum of at most 80 % of the volume you expect in your weakest month",
            );
        }
    }
}

fn included(judge: &mut Judge<'_>) {
    for (position, charge, counted) in judge.counted() {
        let Some(included) = counted.included.as_ref().filter(|included| included.rollover_months == 0) else {
            continue;
        };
        let Tariff::Bands { bands, .. } = &counted.tariff else { continue };
        let unit = counted.unit();
        let tenth = &(&included.quantity.0 * &Exact::ratio(1, 10).expect("10 is not 0")) * &bands.list_price().0;
        let message = format!(
            "unused {unit}s of `{}` lapse at the month's end: a month that uses 90 % of the {} gives away what {} would buy",
            charge.name,
            included.quantity,
            judge.money(&Amount(tenth)),
        );
        let place = judge.of_entry("charge", position, "included");
        judge.warn("L006", &place, message, "ask for `rollover = \"3 months\"`, or choose a smaller bundle");
    }
}

fn indexes(judge: &mut Judge<'_>) {
    for (position, index) in judge.contract.indexes.iter().enumerate() {
        let (IndexBy::Series { what, .. }, None) = (&index.by, &index.at_most) else { continue };
        // What hourly prices in India did from 2018 to 2025: the upper end of what buyers met.
        let after = &(&Exact::ratio(110, 100).expect("not 0") * &Exact::ratio(110, 100).expect("not 0"))
            * &Exact::ratio(110, 100).expect("not 0");
        let more = (&(&after - &Exact::one()) * &Exact::from(100i128)).to_decimal(0);
        let message = format!(
            "prices follow {what} without a cap: at 10 % a year, as in India from 2018 to 2025, they are {more} % higher after three years"
        );
        let place = judge.of_entry("index", position, "by");
        judge.warn("L016", &place, message, "ask for `at_most = \"3%\"` a step");
    }
}

fn currency(judge: &mut Judge<'_>) {
    let pay = &judge.contract.pay;
    let other = pay.currency.is_some_and(|currency| currency != judge.contract.currency);
    let message = match &pay.exchange {
        Some(share) if share.buyers == Factor::one() => {
            format!("beyond its band you bear all of what {} moves: at 10 % on 100,000, up to 10,000", share.against)
        }
        None if other => {
            let currency = pay.currency.expect("another currency is named");
            format!(
                "it is paid in {currency} at the day's rate and priced in {}: you bear all of the movement",
                judge.contract.currency
            )
        }
        _ => return,
    };
    let place = judge.of_section("pay", if other { "currency" } else { "exchange" });
    judge.warn(
        "L017",
        &place,
        message,
        "ask for `exchange = { against = …, base = …, band = \"5%\", beyond = \"shared equally\" }`",
    );
}

fn tax(judge: &mut Judge<'_>) {
    let Some(tax) = judge.contract.tax.as_ref().filter(|tax| !tax.recoverable) else { return };
    let percent = &tax.share.0 * &Exact::from(100i128);
    let message =
        format!("{} of {percent} % is not recoverable: it costs {percent} % on everything it is on", tax.kind);
    let place = judge.of_section("tax", "recoverable");
    judge.warn(
        "L018",
        &place,
        message,
        "ask your tax adviser whether the service can be bought without it, and compare quotes with the tax in",
    );
}

fn advance(judge: &mut Judge<'_>) {
    if judge.contract.pay.in_advance {
        let message = "it is paid in advance: what is missed or wrong must be asked back".to_owned();
        let place = judge.of_section("pay", "in_advance");
        judge.warn("L019", &place, message, "ask to pay 30 days after an invoice that you could check");
    }
    if let Some(deposit) = judge.contract.pay.deposit.as_ref().filter(|deposit| !deposit.is_zero()) {
        let message =
            format!("a deposit of {} stays with the provider: it is lost if the provider fails", judge.money(deposit));
        let place = judge.of_section("pay", "deposit");
        judge.warn(
            "L019",
            &place,
            message,
            "ask for a guarantee of a bank instead, or to set it off against the last invoice",
        );
    }
    for (position, prepaid) in judge.contract.prepaid.iter().enumerate() {
        let lapses = match prepaid.expires_months {
            Some(months) => format!(", and what is not used within {} lapses", plural(months, "month")),
            None => String::new(),
        };
        let message = format!("`{}`: {} is paid before it is used{lapses}", prepaid.name, judge.money(&prepaid.amount));
        let place = judge.of_entry("prepaid", position, "amount");
        judge.warn("L019", &place, message, "ask what the early payment is worth: a discount, or none of it");
    }
}

fn training(judge: &mut Judge<'_>) {
    for (position, charge, counted) in judge.counted() {
        let words = |field: Field| {
            counted.select.criteria.iter().find_map(move |criterion| match criterion {
                Criterion::OneOf(known, words) if *known == field => Some(words),
                _ => None,
            })
        };
        let is_training = matches!(counted.measure, Measure::AgentTime { overtime: None, .. })
            && words(Field::State).is_some_and(|states| states.iter().any(|state| state == "training"));
        if !is_training {
            continue;
        }
        let replaces = |reason: &String| {
            let reason = reason.to_lowercase();
            ["attrition", "replace", "backfill", "turnover", "new hire"].iter().any(|word| reason.contains(word))
        };
        let message = match words(Field::Reason) {
            None => format!("`{}` bills all training, also of those who replace agents who left", charge.name),
            Some(reasons) if reasons.iter().any(replaces) => {
                format!("`{}` bills the training of those who replace agents who left", charge.name)
            }
            Some(_) => continue,
        };
        let cost = match &counted.tariff {
            Tariff::Bands { bands, .. } => {
                // Eighty hours for each of the forty in a hundred agents who leave in a year.
                let hours = Exact::from(80i128 * 40);
                let each = &bands.list_price().0 * &hours;
                format!(
                    ": of 100 agents 40 leave in a year, and at 80 hours each that is {}",
                    judge.money(&Amount(each))
                )
            }
            _ => String::new(),
        };
        let place = judge.of_entry("charge", position, "when");
        let help =
            "attrition is the provider's: add `reason = \"growth\"`, and `refund = { if_left_within = \"90 days\" }`";
        judge.warn("L020", &place, message + &cost, help);
    }
}
