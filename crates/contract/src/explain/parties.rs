//! Who sells what to whom, for how long, and in which money and time.

use super::Item;
use super::speaker::Speaker;

pub(super) fn title(speaker: &Speaker<'_>) -> String {
    let contract = speaker.contract;
    contract.name.clone().unwrap_or_else(|| speaker.tell("title-unnamed", &[("provider", &contract.provider)]))
}

pub(super) fn items(speaker: &Speaker<'_>) -> Vec<Item> {
    let contract = speaker.contract;
    let mut item = Item::default();
    let provider = speaker.name(&contract.provider);
    item.say(match &contract.buyer {
        Some(buyer) => speaker.tell("parties", &[("provider", &provider), ("buyer", &speaker.name(buyer))]),
        None => speaker.tell("party", &[("provider", &provider)]),
    });
    let names: Vec<String> = contract.programs.iter().map(|program| speaker.name(program)).collect();
    item.say(match names.as_slice() {
        [] => speaker.say("programs-all"),
        [one] => speaker.tell("programs-one", &[("program", one)]),
        several => speaker.tell("programs-several", &[("programs", &speaker.words.and(several))]),
    });
    if let Some(place) = &contract.place {
        item.say(speaker.tell("place", &[("place", speaker.name(place))]));
    }
    let starts = speaker.words.date(contract.term.starts);
    item.say(match contract.term.ends {
        Some(ends) => speaker.tell("term-until", &[("starts", &starts), ("ends", &speaker.words.date(ends))]),
        None => speaker.tell("term-open", &[("starts", &starts)]),
    });
    if let Some(signed) = contract.signed {
        item.say(speaker.tell("signed", &[("date", &speaker.words.date(signed))]));
    }
    item.say(speaker.tell("currency", &[("currency", contract.currency.code())]));
    item.say(speaker.tell("zone", &[("zone", contract.zone.name())]));
    item.say(speaker.say(&format!("counted-at-{}", contract.counted_at.word())));
    vec![item]
}
