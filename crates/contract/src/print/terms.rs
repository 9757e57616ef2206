//! The top of a contract, its rounding and calendars, and the terms that change no amount.

use longshore_units::{Calendar, Hours, Months, RoundHow, WEEKDAYS};

use super::value::Entries;
use crate::{Contract, Exit, Governance, Proration, RecordsTerm, RoundRule};

pub(super) fn top(contract: &Contract) -> Entries {
    let mut entries = Entries::default();
    entries.put("format", 1u32);
    entries.maybe("name", contract.name.as_ref());
    entries.maybe("buyer", contract.buyer.as_ref());
    entries.put("provider", &contract.provider);
    entries.maybe("place", contract.place.as_ref());
    entries.some("programs", &contract.programs);
    entries.put("currency", contract.currency.code());
    entries.put("time_zone", contract.zone.name());
    entries.put("counted_at", contract.counted_at.word());
    entries.put("starts", contract.term.starts);
    entries.maybe("ends", contract.term.ends);
    entries.maybe("signed", contract.signed);
    entries
}

pub(super) fn round(rule: &RoundRule) -> Entries {
    let mut entries = Entries::default();
    entries.put("at", rule.at.word());
    entries.put("to", rule.rounding.to());
    entries.put("how", way(rule.rounding.how()));
    entries
}

/// Which way something is rounded, in contracts' words.
pub(super) fn way(how: RoundHow) -> &'static str {
    match how {
        RoundHow::HalfUp => "half-up",
        RoundHow::HalfEven => "half-even",
        RoundHow::Up => "up",
        RoundHow::Down => "down",
    }
}

pub(super) fn proration(prorate: Proration) -> &'static str {
    match prorate {
        Proration::Day => "day",
        Proration::None => "none",
    }
}

pub(super) fn calendar(calendar: &Calendar) -> Entries {
    let mut entries = Entries::default();
    if let Some(days) = &calendar.days {
        entries.maybe("use", days.catalog);
        entries.some("dates", days.dates.iter().copied());
        entries.some("weekdays", days.weekdays.iter().map(|day| weekday(*day)));
    }
    if calendar.days.is_none() || calendar.hours != Hours::ALL_DAY {
        entries.put("hours", calendar.hours.to_string());
    }
    entries
}

pub(super) fn weekday(day: jiff::civil::Weekday) -> &'static str {
    let found = WEEKDAYS.iter().find(|(_, known)| *known == day);
    found.map(|(word, _)| *word).expect("every day of the week has a word")
}

pub(super) fn exit(exit: &Exit) -> Entries {
    let mut entries = Entries::default();
    entries.maybe("clause", exit.clause.as_ref());
    entries.maybe(
        "for_convenience",
        exit.for_convenience.as_ref().map(|convenience| {
            let mut entries = Entries::default();
            entries.put("notice", convenience.notice);
            entries.maybe("from", convenience.from);
            entries.put("fee", &convenience.fee.0);
            entries
        }),
    );
    entries.maybe("for_cause", exit.for_cause.as_ref());
    entries.maybe("transition", exit.transition.as_ref());
    entries.maybe(
        "renewal",
        exit.renewal.map(|renewal| {
            let mut entries = Entries::default();
            entries.put("automatic", renewal.automatic);
            entries.maybe("notice", renewal.notice);
            entries.put("for", Months(renewal.months));
            entries
        }),
    );
    entries
}

pub(super) fn records(records: &RecordsTerm) -> Entries {
    let mut entries = Entries::default();
    entries.maybe("clause", records.clause.as_ref());
    entries.maybe("raw_access", records.raw_access);
    entries.maybe("retention", records.retention_months.map(Months));
    entries.maybe("recordings", records.recordings.as_ref());
    entries
}

pub(super) fn governance(governance: &Governance) -> Entries {
    let mut entries = Entries::default();
    entries.maybe("clause", governance.clause.as_ref());
    entries.maybe("liaison", governance.liaison.as_ref());
    entries.maybe("review", governance.review.as_ref());
    entries.some("escalation", &governance.escalation);
    entries.maybe(
        "change_requests",
        governance.change_requests.as_ref().map(|each| {
            let mut entries = Entries::default();
            entries.put("each_hour", &each.0);
            entries
        }),
    );
    entries
}
