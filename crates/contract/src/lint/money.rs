//! Amounts: what is billed twice, lapses, grows or is paid early.

use longshore_units::{Amount, Exact, Factor, Month, Price, Quantity, plural, plural_of};

use super::{ClauseCost, CostPer, Danger, Judge, about};
use crate::{
    Bound, Charge, ChargeKind, Contract, Criterion, Field, IndexBy, LineKind, Measure, MinimumOf, Per, Tariff,
};

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

/// Words of lines that a fully burdened minute or hour holds already, in the four languages.
const MANAGEMENT: [&str; 12] = [
    "manage",
    "supervis",
    "team lead",
    "administr",
    "overhead",
    "quality assurance",
    "gestión",
    "dirección",
    "conducere",
    "coordona",
    "coordina",
    "pamamahala",
];

fn is_management(charge: &Charge) -> bool {
    let name = charge.name.to_lowercase();
    MANAGEMENT.iter().any(|word| name.contains(word))
}

/// Whether a charge is the work of agents, whose price holds management and support staff.
fn is_burdened(charge: &Charge) -> bool {
    match &charge.kind {
        ChargeKind::Counted(counted) => match counted.measure {
            Measure::AgentTime { overtime, .. } => overtime.is_none() && !is_management(charge),
            Measure::AgentMonths { .. } => !is_management(charge),
            _ => counted.time_unit().is_some(),
        },
        _ => false,
    }
}

/// A share of the work's price, and so many people for so many agents, are management whatever they are called; of any
/// other line only its name tells.
fn management(judge: &mut Judge<'_>) {
    let charges = &judge.contract.charges;
    let burdened = |position: &usize| is_burdened(&charges[*position]);
    for (position, charge) in charges.iter().enumerate() {
        let any = || (0..charges.len()).find(burdened).filter(|_| is_management(charge));
        let (base, told, cost) = match &charge.kind {
            ChargeKind::Share(share) => {
                let of: Option<Amount> = share.of.iter().map(|of| expected(judge, *of)).sum();
                let cost = of.and_then(|of| judge.cost(&of * &share.share, CostPer::Month));
                let sum = cost.as_ref().map_or_else(String::new, |cost| {
                    let sum = about(judge.contract, &cost.amount);
                    format!(", {sum} a month on {}", judge.basis.traffic.source)
                });
                let percent = &share.share.0 * &Exact::from(100i128);
                (share.of.iter().copied().find(burdened), format!("{percent} %{sum}"), cost)
            }
            ChargeKind::Ratio(ratio) => {
                let each = judge.money(&Amount(ratio.each.0.clone()));
                (Some(ratio.of).filter(burdened), format!("{each} for each {}", ratio.one_per), billed(judge, charge))
            }
            ChargeKind::Flat { amount, .. } => {
                (any(), format!("{} a month", judge.money(amount)), judge.cost(amount.clone(), CostPer::Month))
            }
            ChargeKind::FourWeekly { amount } => {
                let cost = judge.cost(by_month(amount), CostPer::Month);
                (any(), format!("{} each 28 days", judge.money(amount)), cost)
            }
            ChargeKind::Counted(counted) if !is_burdened(charge) => {
                let Tariff::Bands { bands, .. } = &counted.tariff else { continue };
                let each = judge.money(&Amount(bands.list_price().0.clone()));
                (any(), format!("{each} for each {}", counted.unit()), billed(judge, charge))
            }
            ChargeKind::Counted(_) | ChargeKind::Once { .. } => (None, String::new(), None),
        };
        let Some(base) = base else { continue };
        let (name, base) = (&charge.name, &charges[base].name);
        let message = format!("`{name}` is billed on top of `{base}`, which is fully burdened: {told}");
        judge.warn(Danger {
            code: "L004",
            place: judge.of_entry("charge", position, "name"),
            term: Some(name),
            clause: &charge.clause,
            message,
            help: "the price of a minute, an hour or an agent holds management and support staff: ask what this pays for",
            cost,
        });
    }
}

/// What a charge was billed for in a year, where contacts were priced.
fn billed(judge: &Judge<'_>, charge: &Charge) -> Option<ClauseCost> {
    judge.cost(judge.billed(&charge.name, LineKind::Charge)?.amount.clone(), CostPer::Year)
}

/// How many units of a charge a month of the expected contacts has; none where they do not tell.
fn expected_units<'c>(judge: &Judge<'c>, charge: usize) -> Option<(Exact, &'c Price)> {
    let traffic = &judge.basis.traffic;
    let ChargeKind::Counted(counted) = &judge.contract.charges[charge].kind else { return None };
    let Tariff::Bands { bands, .. } = &counted.tariff else { return None };
    let units = match &counted.measure {
        Measure::Time { unit, of, increments } => traffic.units(of, *increments, *unit),
        Measure::Contacts => Exact::from(traffic.contacts),
        _ => return None,
    };
    Some((units, bands.list_price()))
}

/// What an amount each 28 days comes to in a month: a twelfth of thirteen.
pub(super) fn by_month(amount: &Amount) -> Amount {
    amount * &Factor::share(13, 12).expect("12 is not 0")
}

/// What a charge comes to in a month: as billed where contacts were priced, otherwise on the expected contacts; none where
/// they do not tell.
fn expected(judge: &Judge<'_>, charge: usize) -> Option<Amount> {
    if let Some(billed) = judge.billed(&judge.contract.charges[charge].name, LineKind::Charge) {
        return Some(&billed.amount * &Factor::share(1, 12).expect("12 is not 0"));
    }
    match &judge.contract.charges[charge].kind {
        ChargeKind::Flat { amount, .. } => Some(amount.clone()),
        ChargeKind::FourWeekly { amount } => Some(by_month(amount)),
        _ => expected_units(judge, charge).map(|(units, price)| Amount(&units * &price.0)),
    }
}

fn minimums(judge: &mut Judge<'_>) {
    if !judge.basis.is_own {
        return; // Nothing is known of the volume.
    }
    for (position, minimum) in judge.contract.minimums.iter().enumerate() {
        let Some(months) = months(judge.contract, minimum.per) else { continue };
        let period = Factor(Exact::from(months));
        // Only where all that counts towards it is priced by contacts is its expected sum known.
        let (key, asked, comes, missing) = match &minimum.of {
            MinimumOf::Amount { amount, .. } => {
                let sum: Option<Amount> = minimum.on.iter().map(|charge| expected(judge, *charge)).sum();
                let Some(sum) = sum.map(|sum| &sum * &period) else { continue };
                ("amount", judge.money(amount), about(judge.contract, &sum), amount - &sum)
            }
            MinimumOf::Volume { volume: Bound::Units(volume), shortfall_each, .. } => {
                let units = minimum.on.iter().map(|charge| Some(Quantity(expected_units(judge, *charge)?.0)));
                let Some(units) = units.sum::<Option<Quantity>>().map(|units| &units * &period) else { continue };
                let missing = shortfall_each * &(volume - &units);
                ("volume", volume.to_string(), format!("about {}", units.0.to_decimal(0)), missing)
            }
            // A share of the forecast is below what is expected or it is not: that needs no traffic to tell.
            MinimumOf::Volume { volume: Bound::OfForecast(_), .. } => continue,
        };
        // What was billed for it is what it costs, in the weak months too.
        let billed = judge.billed(&minimum.name, LineKind::Minimum);
        let a_year = Factor(Exact::ratio(12, i128::from(months)).expect("a period has months"));
        let cost = match billed {
            Some(billed) => judge.cost(billed.amount.clone(), CostPer::Year),
            None => judge.cost(&missing * &a_year, CostPer::Year),
        };
        if missing.is_zero() || missing.0.is_negative() {
            continue;
        }
        let (missing, source) = (about(judge.contract, &missing), &judge.basis.traffic.source);
        let per = minimum.per.word();
        let message = format!(
            "`{}` asks for {asked}, and the expected volume comes to {comes} ({source}): {missing} a {per} for nothing",
            minimum.name,
        );
        judge.warn(Danger {
            code: "L005",
            place: judge.of_entry("minimum", position, key),
            term: Some(&minimum.name),
            clause: &minimum.clause,
            message,
            help: "ask for a minimum of at most 80 % of the volume you expect in your weakest month",
            cost,
        });
    }
}

/// The months of a period; none where the term has no end.
fn months(contract: &Contract, per: Per) -> Option<u64> {
    match per {
        Per::Month => Some(1),
        Per::Quarter => Some(3),
        Per::Year => Some(12),
        Per::Term => {
            let ends = contract.term.ends?;
            u64::try_from(Month::through(Month::of(contract.term.starts), Month::of(ends)).count()).ok()
        }
    }
}

fn included(judge: &mut Judge<'_>) {
    for (position, charge, counted) in judge.counted() {
        let Some(included) = counted.included.as_ref().filter(|included| included.rollover_months == 0) else {
            continue;
        };
        let Tariff::Bands { bands, .. } = &counted.tariff else { continue };
        let units = plural_of(counted.unit());
        let tenth = &(&included.quantity.0 * &Exact::ratio(1, 10).expect("10 is not 0")) * &bands.list_price().0;
        let message = format!(
            "unused {units} of `{}` lapse at the month's end: a month that uses 90 % of the {} gives away what {} would buy",
            charge.name,
            included.quantity,
            judge.money(&Amount(tenth.clone())),
        );
        judge.warn(Danger {
            code: "L006",
            place: judge.of_entry("charge", position, "included"),
            term: Some(&charge.name),
            clause: &charge.clause,
            message,
            help: "ask for `rollover = \"3 months\"`, or choose a smaller bundle",
            cost: judge.risk(Amount(tenth), CostPer::Month),
        });
    }
}

/// Whoever caps what prices rise by does so at 2 to 5 percent a year; a higher cap, or a higher fixed step, is as good as none.
const RISE_MOST_PERCENT: i128 = 5;

fn indexes(judge: &mut Judge<'_>) {
    for (position, index) in judge.contract.indexes.iter().enumerate() {
        let three_years = 3 * 12 / index.every_months;
        let grown = |step: &Exact, steps: u32| {
            let grown = &Exact::one() + step;
            (0..steps).fold(Exact::one(), |product, _| &product * &grown)
        };
        let percent = |grown: &Exact| (&(grown - &Exact::one()) * &Exact::from(100i128)).to_decimal(0);
        let rise_most = grown(&Factor::percent(&Exact::from(RISE_MOST_PERCENT)).0, 3);
        let steep = |step: &Factor| Some(grown(&step.0, three_years)).filter(|grown| rise_most < *grown);
        let on = || index.on.iter().map(|on| expected(judge, *on)).sum::<Option<Amount>>();
        let (key, risen, message) = match (&index.by, &index.at_most) {
            (IndexBy::Series { what, .. }, None) => {
                // What hourly prices in India did from 2018 to 2025: the upper end of what buyers met.
                let tenth = Factor::percent(&Exact::from(10i128)).0;
                let risen = grown(&tenth, 3);
                let more = percent(&risen);
                let message = format!(
                    "prices follow {what} without a cap: at 10 % a year, as in India from 2018 to 2025, they are {more} % higher after three years"
                );
                ("by", risen, message)
            }
            (IndexBy::Series { what, .. }, Some(most)) => {
                let Some(grown) = steep(most) else { continue };
                let more = percent(&grown);
                let message = format!(
                    "prices follow {what}, and its cap is as good as none: they may be {more} % higher after three years"
                );
                ("at_most", grown, message)
            }
            (IndexBy::Share(step), _) => {
                let Some(grown) = steep(step) else { continue };
                let more = percent(&grown);
                let message = format!("prices rise whatever happens: they are {more} % higher after three years");
                ("percent", grown, message)
            }
        };
        let place = judge.of_entry("index", position, key);
        let help = match index.by {
            IndexBy::Series { .. } => "ask for `at_most = \"3%\"` a year",
            IndexBy::Share(_) => "ask for 3 % a year at most, or for prices that stay",
        };
        // What the third year may cost more than the first.
        let more = on().map(|on| &(&on * &Factor(Exact::from(12u64))) * &Factor(&risen - &Exact::one()));
        judge.warn(Danger {
            code: "L016",
            place,
            term: None,
            clause: &index.clause,
            message,
            help,
            cost: more.and_then(|more| judge.risk(more, CostPer::Year)),
        });
    }
}

fn currency(judge: &mut Judge<'_>) {
    let pay = &judge.contract.pay;
    let other = pay.currency.is_some_and(|currency| currency != judge.contract.currency);
    // What a tenth of movement in a year takes beyond the buyer's own part of it.
    let moved = |buyers: &Factor| {
        let billed = judge.billed_in_all()?;
        judge.risk(&(&billed * &Factor::percent(&Exact::from(10i128))) * buyers, CostPer::Year)
    };
    let (message, cost) = match &pay.exchange {
        // Whoever bears more than half of it bears the risk; a half each is what is asked for.
        Some(share) if Factor::percent(&Exact::from(50i128)) < share.buyers => {
            let worst = Amount(&share.buyers.0 * &Exact::from(10_000i128));
            let part = match &share.buyers {
                all if *all == Factor::one() => "all".to_owned(),
                part => format!("{} %", &part.0 * &Exact::from(100i128)),
            };
            let message = format!(
                "beyond its band you bear {part} of what {} moves: at 10 % on 100,000, up to {}",
                share.against,
                judge.money(&worst)
            );
            (message, moved(&share.buyers))
        }
        None if other => {
            let currency = pay.currency.expect("another currency is named");
            let message = format!(
                "it is paid in {currency} at the day's rate and priced in {}: you bear all of the movement",
                judge.contract.currency
            );
            (message, moved(&Factor::one()))
        }
        _ => return,
    };
    let place = judge.of_section("pay", if pay.exchange.is_some() { "exchange" } else { "currency" });
    judge.warn(Danger {
        code: "L017",
        place,
        term: None,
        clause: &None,
        message,
        help: "ask for `exchange = { against = …, base = …, band = \"5%\", beyond = \"shared equally\" }`",
        cost,
    });
}

fn tax(judge: &mut Judge<'_>) {
    let Some(tax) = judge.contract.tax.as_ref().filter(|tax| !tax.recoverable) else { return };
    let percent = &tax.share.0 * &Exact::from(100i128);
    let message =
        format!("{} of {percent} % is not recoverable: it costs {percent} % on everything it is on", tax.kind);
    let billed: Vec<Amount> =
        judge.basis.billed.iter().filter(|line| line.kind == LineKind::Tax).map(|line| line.amount.clone()).collect();
    judge.warn(Danger {
        code: "L018",
        place: judge.of_section("tax", "recoverable"),
        term: Some(&tax.kind),
        clause: &tax.clause,
        message,
        help: "ask your tax adviser whether the service can be bought without it, and compare quotes with the tax in",
        cost: judge.cost(billed.into_iter().sum(), CostPer::Year),
    });
}

fn advance(judge: &mut Judge<'_>) {
    if judge.contract.pay.in_advance {
        let message = "it is paid in advance: what is missed or wrong must be asked back".to_owned();
        judge.warn(Danger {
            code: "L019",
            place: judge.of_section("pay", "in_advance"),
            term: None,
            clause: &None,
            message,
            help: "ask to pay 30 days after an invoice that you could check",
            cost: None,
        });
    }
    if let Some(deposit) = judge.contract.pay.deposit.as_ref().filter(|deposit| !deposit.is_zero()) {
        let message =
            format!("a deposit of {} stays with the provider: it is lost if the provider fails", judge.money(deposit));
        judge.warn(Danger {
            code: "L019",
            place: judge.of_section("pay", "deposit"),
            term: None,
            clause: &None,
            message,
            help: "ask for a guarantee of a bank instead, or to set it off against the last invoice",
            cost: judge.risk(deposit.clone(), CostPer::Once),
        });
    }
    for (position, prepaid) in judge.contract.prepaid.iter().enumerate() {
        let lapses = match prepaid.expires_months {
            Some(months) => format!(", and what is not used within {} lapses", plural(months, "month")),
            None => String::new(),
        };
        let message = format!("`{}`: {} is paid before it is used{lapses}", prepaid.name, judge.money(&prepaid.amount));
        judge.warn(Danger {
            code: "L019",
            place: judge.of_entry("prepaid", position, "amount"),
            term: Some(&prepaid.name),
            clause: &prepaid.clause,
            message,
            help: "ask what the early payment is worth: a discount, or none of it",
            cost: judge.risk(prepaid.amount.clone(), CostPer::Once),
        });
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
        // Eighty hours for each of the forty in a hundred agents who leave in a year.
        let hours = Quantity(Exact::from(80i128 * 40));
        let (told, cost) = match &counted.tariff {
            Tariff::Bands { bands, .. } => {
                let each = bands.list_price() * &hours;
                let told =
                    format!(": of 100 agents 40 leave in a year, and at 80 hours each that is {}", judge.money(&each));
                // Agents of 2,080 hours a year: where hours were billed, it is known how many these are.
                let billed = judge.billed(&charge.name, LineKind::Charge);
                let hundreds = billed.and_then(|billed| billed.quantity.0.divided_by(&Exact::from(100i128 * 2080)));
                (told, hundreds.and_then(|hundreds| judge.cost(&each * &Factor(hundreds), CostPer::Year)))
            }
            _ => (String::new(), None),
        };
        let help =
            "attrition is the provider's: add `reason = \"growth\"`, and `refund = { if_left_within = \"90 days\" }`";
        judge.warn(Danger {
            code: "L020",
            place: judge.of_entry("charge", position, "when"),
            term: Some(&charge.name),
            clause: &charge.clause,
            message: message + &told,
            help,
            cost,
        });
    }
}
