//! How the contract ends and goes on, what the buyer may see, who talks to whom.

use jiff::Span;
use jiff::civil::Date;
use longshore_units::{Amount, Days, Exact, Price, Quantity};

use super::speaker::{Noun, Speaker};
use super::{Item, Section};
use crate::{Convenience, Renewal};

pub(super) fn exit(speaker: &Speaker<'_>) -> Option<Section> {
    let exit = speaker.contract.exit.as_ref()?;
    let mut item = Item::default();
    match &exit.for_convenience {
        Some(convenience) => for_convenience(speaker, &mut item, convenience),
        None => item.say(speaker.say("exit-not-for-convenience")),
    }
    if let Some(cause) = &exit.for_cause {
        item.say(speaker.tell("exit-for-cause", &[("words", speaker.name(cause))]));
    }
    if let Some(transition) = &exit.transition {
        item.say(speaker.tell("exit-transition", &[("words", speaker.name(transition))]));
    }
    if let Some(renewal) = &exit.renewal {
        renews(speaker, &mut item, renewal);
    }
    Some(section(speaker, "heading-exit", exit.clause.as_ref(), item))
}

fn section(speaker: &Speaker<'_>, heading: &str, clause: Option<&String>, item: Item) -> Section {
    Section { heading: speaker.heading(&speaker.say(heading), clause), items: vec![item] }
}

fn for_convenience(speaker: &Speaker<'_>, item: &mut Item, convenience: &Convenience) {
    item.say(speaker.tell("exit-for-convenience", &[("days", speaker.words.days(convenience.notice))]));
    if let Some(from) = convenience.from {
        item.say(speaker.tell("exit-from", &[("date", speaker.words.date(from))]));
    }
    item.say(if convenience.fee.is_zero() {
        speaker.say("exit-free")
    } else {
        speaker.tell("exit-fee", &[("amount", speaker.money(&convenience.fee))])
    });
    let told = convenience.from.unwrap_or(speaker.contract.term.starts);
    let ends = days_after(told, i64::from(convenience.notice.0));
    item.example(ends.map(|ends| {
        let arguments = [
            ("told", speaker.words.date(told)),
            ("ends", speaker.words.date(ends)),
            ("amount", speaker.money(&convenience.fee)),
        ];
        match convenience.fee.is_zero() {
            true => speaker.tell("example-exit-free", &arguments[..2]),
            false => speaker.tell("example-exit", &arguments),
        }
    }));
}

fn renews(speaker: &Speaker<'_>, item: &mut Item, renewal: &Renewal) {
    let months = speaker.words.months(renewal.months);
    if !renewal.automatic {
        item.say(speaker.tell("renewal-by-agreement", &[("months", months)]));
        return;
    }
    match renewal.notice {
        Some(notice) => {
            let arguments = [("months", months), ("days", speaker.words.days(notice))];
            item.say(speaker.tell("renewal-automatic", &arguments));
            let last = last_day_to_say(speaker.contract.term.ends, notice);
            item.example(last.map(|date| speaker.tell("example-renewal", &[("date", speaker.words.date(date))])));
        }
        None => item.say(speaker.tell("renewal-automatic-without-notice", &[("months", months)])),
    }
}

/// The last day on which a renewal can still be declined: so many days lie between it and the end of the term's last day.
fn last_day_to_say(ends: Option<Date>, notice: Days) -> Option<Date> {
    days_after(ends?, -i64::from(notice.0))
}

fn days_after(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

pub(super) fn records(speaker: &Speaker<'_>) -> Option<Section> {
    let records = speaker.contract.records.as_ref()?;
    let mut item = Item::default();
    item.say(match records.raw_access {
        Some(true) => speaker.say("records-raw"),
        Some(false) => speaker.say("records-not-raw"),
        None => speaker.say("records-unsaid"),
    });
    if let Some(months) = records.retention_months {
        item.say(speaker.tell("records-kept", &[("months", speaker.words.months(months))]));
    }
    if let Some(recordings) = &records.recordings {
        item.say(speaker.tell("records-recordings", &[("words", speaker.name(recordings))]));
    }
    Some(section(speaker, "heading-records", records.clause.as_ref(), item))
}

pub(super) fn governance(speaker: &Speaker<'_>) -> Option<Section> {
    let governance = speaker.contract.governance.as_ref()?;
    let mut item = Item::default();
    if let Some(liaison) = &governance.liaison {
        item.say(speaker.tell("governance-liaison", &[("words", speaker.name(liaison))]));
    }
    if let Some(review) = &governance.review {
        item.say(speaker.tell("governance-review", &[("words", speaker.name(review))]));
    }
    if !governance.escalation.is_empty() {
        let steps: Vec<String> = governance.escalation.iter().map(|step| speaker.name(step)).collect();
        item.say(speaker.tell("governance-escalation", &[("steps", speaker.words.series(&steps))]));
    }
    if let Some(price) = &governance.change_requests {
        change_requests(speaker, &mut item, price);
    }
    (!item.paragraphs.is_empty()).then(|| section(speaker, "heading-governance", governance.clause.as_ref(), item))
}

fn change_requests(speaker: &Speaker<'_>, item: &mut Item, price: &Price) {
    let noun = Noun::Unit("hour");
    item.say(speaker.tell("governance-changes", &[("price", speaker.price(noun, price))]));
    let hours = Quantity(Exact::from(10u64));
    let amount: Amount = price * &hours;
    let arguments = [("hours", speaker.quantity(noun, &hours)), ("amount", speaker.sum(&amount))];
    item.example(Some(speaker.tell("example-changes", &arguments)));
}
