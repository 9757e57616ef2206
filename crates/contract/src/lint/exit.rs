//! How a buyer gets out, and what it may see.

use longshore_units::{Amount, Days, Exact, Factor, Month, plural};

use super::{CostPer, Danger, Judge, about, money, service};
use crate::{ChargeKind, Contract, MinimumOf, Per};

/// A longer notice than half a year is hardly an exit: buyers complain of 6 to 18 months.
const NOTICE_MOST: Days = Days(183);

pub(super) fn judge(judge: &mut Judge<'_>) {
    convenience(judge);
    cause(judge);
    renewal(judge);
    records(judge);
}

/// What leaving without a cause takes.
fn convenience(judge: &mut Judge<'_>) {
    let contract = judge.contract;
    let place = judge.of_section("exit", "for_convenience");
    let convenience = contract.exit.as_ref().and_then(|exit| exit.for_convenience.as_ref());
    let owed = committed(contract);
    let (message, help, owed) = match convenience {
        Some(convenience) if NOTICE_MOST < convenience.notice => {
            let days = convenience.notice.0;
            let owed = &owed * &Factor(Exact::ratio(i128::from(days) * 12, 365).expect("a year has days"));
            let told = match owed.is_zero() {
                true => String::new(),
                false => format!(": {} are owed until then without any use", about(contract, &owed)),
            };
            let message = format!("you are bound for {} after you have given notice{told}", plural(days, "day"));
            (message, "ask for a notice of 90 days", owed)
        }
        Some(_) => return,
        None => {
            let rest = match contract.term.ends {
                Some(ends) => format!("until {ends}"),
                None => "and it has no end".to_owned(),
            };
            let told = match owed.is_zero() {
                true => String::new(),
                false => format!(": {} a month are owed without any use", judge.money(&owed)),
            };
            let message = format!("you cannot end the contract without a cause {rest}{told}");
            let help = "ask for `[exit]` with `for_convenience = { notice = \"90 days\", fee = \"0\" }`";
            (message, help, &owed * &Factor(bound_months(contract)))
        }
    };
    let cost = judge.risk(owed, CostPer::Once);
    judge.warn(Danger { code: "L008", place, term: None, clause: clause(contract), message, help, cost });
}

/// For how many months a buyer who gives notice at once and may not, is bound: to the end of the term, at most a year.
fn bound_months(contract: &Contract) -> Exact {
    let through = contract.term.ends.map(|ends| Month::through(Month::of(contract.term.starts), Month::of(ends)));
    let months = through.map_or(12, |months| months.take(12).count());
    Exact::from(months as u64)
}

fn clause(contract: &Contract) -> &Option<String> {
    contract.exit.as_ref().map_or(&None, |exit| &exit.clause)
}

/// Whether bad service ends it.
fn cause(judge: &mut Judge<'_>) {
    let contract = judge.contract;
    let by_service =
        contract.slas.iter().flat_map(|sla| &sla.consequences).any(|follows| service::may_end(&follows.what));
    if !by_service && contract.exit.as_ref().and_then(|exit| exit.for_cause.as_ref()).is_none() {
        judge.warn(Danger {
            code: "L009",
            place: judge.of_section("exit", "for_convenience"),
            term: None,
            clause: clause(contract),
            message: "missed standards do not let you end the contract".to_owned(),
            help: "add `consequence = [{ misses = 3, within = \"6 months\", right = \"terminate for cause\" }]` to an SLA term",
            cost: None,
        });
    }
}

fn renewal(judge: &mut Judge<'_>) {
    let contract = judge.contract;
    let renewal = contract.exit.as_ref().and_then(|exit| exit.renewal).filter(|renewal| renewal.automatic);
    let Some(renewal) = renewal else { return };
    let by = match (contract.term.ends, renewal.notice) {
        (Some(ends), Some(notice)) => {
            let last = ends.checked_sub(jiff::Span::new().days(notice.0));
            last.map_or_else(|_| String::new(), |last| format!(": say so by {last}, or it goes on"))
        }
        _ => String::new(),
    };
    let owed = &committed(contract) * &Factor(Exact::from(u64::from(renewal.months)));
    let told = match owed.is_zero() {
        true => String::new(),
        false => format!(", and {} are owed without any use", judge.money(&owed)),
    };
    judge.warn(Danger {
        code: "L010",
        place: judge.of_section("exit", "renewal"),
        term: None,
        clause: clause(contract),
        message: format!("it renews by itself for {}{by}{told}", plural(renewal.months, "month")),
        help: "ask for a renewal that both sides sign, and put the day into your calendar",
        cost: judge.risk(owed, CostPer::Once),
    });
}

fn records(judge: &mut Judge<'_>) {
    let records = judge.contract.records.as_ref();
    if records.and_then(|records| records.raw_access) == Some(true) {
        return;
    }
    judge.warn(Danger {
        code: "L011",
        place: judge.of_section("records", "raw_access"),
        term: None,
        clause: records.map_or(&None, |records| &records.clause),
        message: "the raw records are not yours to see: neither invoice nor service level can be checked".to_owned(),
        help: "ask for `[records]` with `raw_access = true` and `retention = \"13 months\"`",
        cost: None,
    });
}

/// What a full month costs of which nothing is used: minimums, and the fixed amounts that count towards none.
fn committed(contract: &Contract) -> Amount {
    let monthly = || contract.minimums.iter().filter(|minimum| minimum.per == Per::Month);
    let minimums = monthly().filter_map(|minimum| match &minimum.of {
        MinimumOf::Amount { amount, .. } => Some(amount.clone()),
        MinimumOf::Volume { .. } => None,
    });
    let fixed = contract.charges.iter().enumerate().filter_map(|(position, charge)| {
        let counts = monthly().any(|minimum| minimum.on.contains(&position));
        match &charge.kind {
            _ if counts => None,
            ChargeKind::Flat { amount, .. } => Some(amount.clone()),
            ChargeKind::FourWeekly { amount } => Some(money::by_month(amount)),
            ChargeKind::Counted(counted) => counted.fee.as_ref().map(|fee| fee.amount.clone()),
            _ => None,
        }
    });
    minimums.chain(fixed).sum()
}
