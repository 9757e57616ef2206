//! What is added at certain times.

use longshore_units::{Calendar, CalendarDays, Hours};

use super::speaker::{Noun, Speaker};
use super::{Item, tariff};
use crate::{Across, Counted, CountedAt, Grain, Overlap, Surcharge, SurchargeBase};

pub(super) fn say(speaker: &Speaker<'_>, item: &mut Item, counted: &Counted) {
    if counted.surcharges.is_empty() {
        return;
    }
    item.say(speaker.say("surcharges"));
    for surcharge in &counted.surcharges {
        item.point(one(speaker, counted, surcharge));
    }
    if 1 < counted.surcharges.len() {
        item.say(match counted.overlap {
            Overlap::Add => speaker.say("surcharges-add"),
            Overlap::Highest => speaker.say("surcharges-highest"),
        });
    }
    item.say(match counted.grain {
        Grain::AgentTime => speaker.say("across-agent-time"),
        Grain::Schedule => speaker.say("across-schedule"),
        _ => across(speaker, counted),
    });
}

/// What decides for a contact that a calendar begins or ends in.
fn across(speaker: &Speaker<'_>, counted: &Counted) -> String {
    let split = counted.surcharges.iter().filter(|surcharge| surcharge.across == Across::Split).count();
    if split == counted.surcharges.len() {
        return speaker.say("across-split");
    }
    let start = match speaker.contract.counted_at {
        CountedAt::Arrived => speaker.say("across-arrived"),
        CountedAt::Offered => speaker.say("across-offered"),
        CountedAt::Answered => speaker.say("across-answered"),
        CountedAt::Ended => speaker.say("across-ended"),
    };
    if split == 0 {
        return start;
    }
    let names = counted.surcharges.iter().filter(|surcharge| surcharge.across == Across::Split);
    let names: Vec<String> = names.map(|surcharge| speaker.name(&surcharge.calendar)).collect();
    let but = speaker.tell("across-split-some", &[("calendars", &speaker.words.and(&names))]);
    format!("{start} {but}")
}

fn one(speaker: &Speaker<'_>, counted: &Counted, surcharge: &Surcharge) -> String {
    let times = speaker.contract.calendars.get(&surcharge.calendar).map(|calendar| times(speaker, calendar));
    let calendar = speaker.name(&surcharge.calendar);
    let base = match (surcharge.base, tariff::list_price(counted)) {
        (SurchargeBase::List, Some(price)) if counted.tariff.single().is_none() => {
            let more = speaker.price(Noun::of(counted), &(price * &surcharge.share));
            speaker.tell("surcharge-base-list", &[("price", &more)])
        }
        (SurchargeBase::List, Some(price)) => {
            let more = speaker.price(Noun::of(counted), &(price * &surcharge.share));
            speaker.tell("surcharge-base-only", &[("price", &more)])
        }
        (SurchargeBase::List, None) => speaker.say("surcharge-base-price"),
        (SurchargeBase::Marginal, _) => speaker.say("surcharge-base-marginal"),
        (SurchargeBase::Average, _) => speaker.say("surcharge-base-average"),
    };
    let arguments = [
        ("calendar", calendar.as_str()),
        ("times", &times.unwrap_or_default()),
        ("share", &speaker.percent(&surcharge.share)),
        ("base", &base),
    ];
    speaker.tell("surcharge", &arguments)
}

/// The days and hours of a calendar.
pub(super) fn times(speaker: &Speaker<'_>, calendar: &Calendar) -> String {
    let days = calendar.days.as_ref().map_or_else(|| speaker.say("every-day"), |days| these_days(speaker, days));
    if calendar.hours == Hours::ALL_DAY {
        return days;
    }
    speaker.tell("days-and-hours", &[("days", &days), ("hours", &calendar.hours.to_string().replace('-', "–"))])
}

/// The days of a catalog's calendar: those of a country, or federal ones with a name of their own.
fn holidays_of(speaker: &Speaker<'_>, name: &str) -> String {
    if name.starts_with("US-") {
        return speaker.say(&format!("holidays-{name}"));
    }
    speaker.tell("holidays-of", &[("country", &speaker.say(&format!("country-{name}")))])
}

fn these_days(speaker: &Speaker<'_>, days: &CalendarDays) -> String {
    let mut parts: Vec<String> = days.catalog.iter().map(|name| holidays_of(speaker, name)).collect();
    let weekdays: Vec<String> = days.weekdays.iter().map(|day| speaker.words.weekday(*day)).collect();
    if !weekdays.is_empty() {
        parts.push(speaker.tell("every-weekday", &[("days", &speaker.words.and(&weekdays))]));
    }
    parts.extend(days.dates.iter().map(|date| speaker.words.date(*date)));
    speaker.words.and(&parts)
}
