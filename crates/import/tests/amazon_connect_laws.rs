//! Laws of the reader of contact records: in whatever order deliveries come, and however they are split over imports, the
//! same contacts come of them.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use std::collections::BTreeMap;

use kept::{Kept, import, origin};
use longshore_contacts::{ContactRow, LegRow};
use longshore_import::AmazonConnect;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// A customer's call: how many transfers, whether a callback follows, who answers, and how often each record is delivered.
#[derive(Clone, Debug)]
struct Call {
    transfers: u8,
    has_callback: bool,
    answered: [bool; 5],
    deliveries: [u8; 5],
}

fn call() -> impl Strategy<Value = Call> {
    (0u8..3, any::<bool>(), any::<[bool; 5]>(), prop::array::uniform5(1u8..3)).prop_map(
        |(transfers, has_callback, answered, deliveries)| Call { transfers, has_callback, answered, deliveries },
    )
}

/// Each delivery of each record of the calls, oldest first within a call.
fn deliveries(calls: &[Call]) -> Vec<String> {
    let mut texts = Vec::new();
    for (number, call) in calls.iter().enumerate() {
        let records = 1 + usize::from(call.transfers) + usize::from(call.has_callback);
        let id = |place: usize| format!("c{number}-{place}");
        for place in 0..records {
            let is_callback = call.has_callback && place + 1 == records && place != 0;
            let method = match (place, is_callback) {
                (0, _) => "INBOUND",
                (_, true) => "CALLBACK",
                (_, false) => "QUEUE_TRANSFER",
            };
            let quoted = |is: bool, id: String| if is { format!("\"{id}\"") } else { "null".to_owned() };
            let (initial, previous) = (quoted(0 < place, id(0)), quoted(0 < place, id(place.saturating_sub(1))));
            let next = quoted(place + 1 < records, id(place + 1));
            let agent = match call.answered[place] {
                true => format!(
                    r#"{{"Username":"a{place}","ConnectedToAgentTimestamp":"2026-03-02T09:{place:02}:30Z","AgentInteractionDuration":10,"CustomerHoldDuration":2,"AfterContactWorkDuration":1}}"#
                ),
                false => "null".to_owned(),
            };
            for delivery in 0..call.deliveries[place] {
                let hold = if delivery == 0 { "2" } else { "3" };
                let agent = agent.replace(r#""CustomerHoldDuration":2"#, &format!(r#""CustomerHoldDuration":{hold}"#));
                texts.push(format!(
                    r#"{{"ContactId":"{}","InitialContactId":{initial},"PreviousContactId":{previous},"NextContactId":{next},"Channel":"VOICE","InitiationMethod":"{method}","InitiationTimestamp":"2026-03-02T09:{place:02}:00Z","DisconnectTimestamp":"2026-03-02T09:{place:02}:50Z","DisconnectReason":"CUSTOMER_DISCONNECT","LastUpdateTimestamp":"2026-03-0{}T10:{number:02}:{place:02}Z","Agent":{agent},"Queue":{{"Name":"q{place}","EnqueueTimestamp":"2026-03-02T09:{place:02}:10Z","DequeueTimestamp":"2026-03-02T09:{place:02}:30Z","Duration":20}}}}"#,
                    id(place),
                    2 + delivery
                ));
            }
        }
    }
    texts
}

fn read(carried: &str, records: &[String]) -> (Kept, String) {
    import(&mut AmazonConnect::new(origin(), carried).unwrap(), &[records.join("\n").as_bytes()]).unwrap()
}

/// Each contact's newest version with its legs: what whoever keeps them takes to hold.
fn newest(kept: &Kept) -> BTreeMap<String, (ContactRow, Vec<LegRow>)> {
    let mut newest: BTreeMap<String, (ContactRow, Vec<LegRow>)> = BTreeMap::new();
    for contact in &kept.contacts {
        let contact = ContactRow { superseded_at: None, ..contact.clone() };
        let of = |leg: &&LegRow| leg.contact_id == contact.contact_id && leg.delivered_at == contact.delivered_at;
        let mut legs: Vec<LegRow> = kept.legs.iter().filter(of).cloned().collect();
        legs.iter_mut().for_each(|leg| leg.superseded_at = None);
        legs.sort_by_key(|leg| leg.leg);
        let known = newest.get(&contact.contact_id);
        // Of two versions delivered at once that which was given later holds.
        if known.is_none_or(|(known, _)| known.delivered_at <= contact.delivered_at) {
            if known.is_some_and(|(known, _)| known.delivered_at == contact.delivered_at) {
                let claimed = contact.legs.unwrap() as usize;
                legs = legs.split_off(legs.len() - claimed.min(legs.len()));
            }
            newest.insert(contact.contact_id.clone(), (contact, legs));
        }
    }
    newest
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deliveries_in_any_order_make_the_same_versions(calls in vec(call(), 1..4), order in vec(any::<u32>(), 32)) {
        let records = deliveries(&calls);
        let sorted = |mut kept: Kept| {
            kept.contacts.sort_by(|a, b| (&a.contact_id, a.delivered_at).cmp(&(&b.contact_id, b.delivered_at)));
            kept.legs.sort_by(|a, b| (&a.contact_id, a.delivered_at, a.leg).cmp(&(&b.contact_id, b.delivered_at, b.leg)));
            kept
        };
        let mut mixed: Vec<(u32, String)> =
            records.iter().enumerate().map(|(place, text)| (order[place % 32], text.clone())).collect();
        mixed.sort();
        let mixed: Vec<String> = mixed.into_iter().map(|(_, text)| text).collect();
        let (found, expected) = (sorted(read("", &mixed).0), sorted(read("", &records).0));
        prop_assert_eq!(found.contacts, expected.contacts);
        prop_assert_eq!(found.legs, expected.legs);
    }

    #[test]
    fn deliveries_split_over_imports_come_to_the_same(
        calls in vec(call(), 1..4), order in vec(any::<u32>(), 32), cut: Index,
    ) {
        let records = deliveries(&calls);
        let expected = newest(&read("", &records).0);
        let mut mixed: Vec<(u32, String)> =
            records.iter().enumerate().map(|(place, text)| (order[place % 32], text.clone())).collect();
        mixed.sort();
        let mixed: Vec<String> = mixed.into_iter().map(|(_, text)| text).collect();
        let cut = cut.index(mixed.len() + 1);
        let (mut kept, carried) = read("", &mixed[..cut]);
        let (later, _) = read(&carried, &mixed[cut..]);
        kept.contacts.extend(later.contacts);
        // A version that is given again replaces itself.
        kept.legs.retain(|leg| !later.legs.iter().any(|other| (&other.contact_id, other.delivered_at) == (&leg.contact_id, leg.delivered_at)));
        kept.legs.extend(later.legs);
        let found = newest(&kept);
        prop_assert!(found.keys().eq(expected.keys()));
        // Since when it is known that a call was answered by a callback depends on which delivery of that one came first.
        for (id, (contact, legs)) in found {
            let (other, other_legs) = &expected[&id];
            prop_assert_eq!(ContactRow { delivered_at: other.delivered_at, ..contact }, other.clone());
            let undated = |leg: &LegRow| LegRow { delivered_at: None, ..leg.clone() };
            let legs: Vec<LegRow> = legs.iter().map(undated).collect();
            prop_assert_eq!(legs, other_legs.iter().map(undated).collect::<Vec<_>>());
        }
        prop_assert_eq!(later.rejects, vec![]);
    }

    #[test]
    fn damaged_records_never_panic(calls in vec(call(), 1..3), edits in vec((any::<Index>(), any::<u8>()), 0..6)) {
        let mut bytes = deliveries(&calls).join("\n").into_bytes();
        for (index, byte) in edits {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        let mut reader = AmazonConnect::new(origin(), "").unwrap();
        if let Ok((kept, carried)) = import(&mut reader, &[&bytes]) {
            let claimed: i64 = kept.contacts.iter().filter_map(|contact| contact.legs).sum();
            prop_assert_eq!(claimed, kept.legs.len() as i64);
            prop_assert!(AmazonConnect::new(origin(), &carried).is_ok());
        }
    }
}
