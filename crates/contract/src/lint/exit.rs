//! How a buyer gets out, and what it may see.

use longshore_units::{Amount, Days, Exact, Factor, plural};

use super::{Judge, about, money, service};
use crate::{ChargeKind, Contract, MinimumOf, Per};

/// A longer notice than half a year is hardly an exit: buyers complain of 6 to 18 months.
const NOTICE_MOST: Days = Days(183);

pub(super) fn judge(judge: &mut Judge<'_>) {
    let contract = judge.contract;
    let exit = contract.exit.as_ref();
    let place = judge.of_section("exit", "for_convenience");
    if let Some(convenience) = exit.and_then(|exit| exit.for_convenience.as_ref())
        && NOTICE_MOST < convenience.notice
    {
        let days = convenience.notice.0;
        let share = Factor(Exact::ratio(i128::from(days) * 12, 365).expect("a year has days"));
        let owed = &committed(contract) * &share;
        let owed = if owed.is_zero() {
            String::new()
        } else {
            format!(": {} are owed until then without any use", about(contract, &owed))
        };
        let message = format!("you are bound for {} after you have given notice{owed}", plural(days, "day"));
        judge.warn("L008", &place, message, "ask for a notice of 90 days");
    }
    if exit.and_then(|exit| exit.for_convenience.as_ref()).is_none() {
        let rest = match contract.term.ends {
            Some(ends) => format!("until {ends}"),
            None => "and it has no end".to_owned(),
        };
        let owed = committed(contract);
        let owed = if owed.is_zero() {
            String::new()
        } else {
            format!(": {} a month are owed without any use", judge.money(&owed))
        };
        let message = format!("you cannot end the contract without a cause {rest}{owed}");
        judge.warn(
            "L008",
            &place,
            message,
            "ask for `[exit]` with `for_convenience = { notice = \"90 days\", fee = \"0\" }`",
        );
    }
    let by_service =
        contract.slas.iter().flat_map(|sla| &sla.consequences).any(|follows| service::may_end(&follows.what));
    if !by_service && exit.and_then(|exit| exit.for_cause.as_ref()).is_none() {
        let message = "missed standards do not let you end the contract".to_owned();
        let help = "add `consequence = [{ misses = 3, within = \"6 months\", right = \"terminate for cause\" }]` to an SLA term";
        judge.warn("L009", &place, message, help);
    }
    if let Some(renewal) = exit.and_then(|exit| exit.renewal).filter(|renewal| renewal.automatic) {
        let by = match (contract.term.ends, renewal.notice) {
            (Some(ends), Some(notice)) => {
                let last = ends.checked_sub(jiff::Span::new().days(notice.0));
                last.map_or_else(|_| String::new(), |last| format!(": say so by {last}, or it goes on"))
            }
            _ => String::new(),
        };
        let owed = &committed(contract) * &Factor(Exact::from(u64::from(renewal.months)));
        let owed = if owed.is_zero() {
            String::new()
        } else {
            format!(", and {} are owed without any use", judge.money(&owed))
        };
        let message = format!("it renews by itself for {}{by}{owed}", plural(renewal.months, "month"));
        let place = judge.of_section("exit", "renewal");
        judge.warn(
            "L010",
            &place,
            message,
            "ask for a renewal that both sides sign, and put the day into your calendar",
        );
    }
    if contract.records.as_ref().and_then(|records| records.raw_access) != Some(true) {
        let message =
            "the raw records are not yours to see: neither invoice nor service level can be checked".to_owned();
        let place = judge.of_section("records", "raw_access");
        judge.warn(
            "L011",
            &place,
            message,
            "ask for `[records]` with `raw_access = true` and `retention = \"13 months\"`",
        );
    }
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
