//! Contact records of Amazon Connect: each trap of the format by itself, and the samples.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use kept::{Kept, import, origin, shared};
use longshore_contacts::{Channel, ContactRow, Direction, Outcome};
use longshore_import::{AmazonConnect, ImportError};
use longshore_units::Instant;

fn reader(carried: &str) -> AmazonConnect {
    AmazonConnect::new(origin(), carried).unwrap()
}

fn read(records: &str) -> Kept {
    import(&mut reader(""), &[records.as_bytes()]).unwrap().0
}

fn at(text: &str) -> Option<Instant> {
    Some(Instant(text.parse::<jiff::Timestamp>().unwrap().as_microsecond()))
}

fn current(kept: &Kept, id: &str) -> ContactRow {
    let mut found = kept.contacts.iter().filter(|row| row.contact_id == id && row.superseded_at.is_none());
    let contact = found.next().unwrap_or_else(|| panic!("no contact {id}")).clone();
    assert!(found.next().is_none(), "{id} has two versions that hold");
    contact
}

/// A record with the fields that are always there, and more.
fn record(id: &str, more: &str) -> String {
    format!(
        r#"{{"ContactId":"{id}","Channel":"VOICE","InitiationMethod":"INBOUND","InitiationTimestamp":"2026-03-02T09:00:00Z",
"CustomerEndpoint":{{"Address":"+15550100001","Type":"TELEPHONE_NUMBER"}}{more}}}"#
    )
    .replace('\n', "")
}

const AGENT: &str = r#","Agent":{"Username":"ann","ConnectedToAgentTimestamp":"2026-03-02T09:00:30Z","AgentInteractionDuration":60,"CustomerHoldDuration":5,"AfterContactWorkDuration":7}"#;
const QUEUE: &str = r#","Queue":{"Name":"care","EnqueueTimestamp":"2026-03-02T09:00:10Z","DequeueTimestamp":"2026-03-02T09:00:30Z","Duration":20}"#;
const ENDED: &str = r#","DisconnectTimestamp":"2026-03-02T09:01:35Z","DisconnectReason":"CUSTOMER_DISCONNECT","LastUpdateTimestamp":"2026-03-02T09:03:00Z""#;

#[test]
fn records_are_delivered_more_than_once_and_out_of_order() {
    let Some(records) = shared("samples/amazon_connect/ctr_published_timings.jsonl") else { return };
    let (kept, _) = import(&mut reader(""), &[&records]).unwrap();
    assert_eq!(kept.rejects, []);
    let of: Vec<&ContactRow> = kept.contacts.iter().filter(|row| row.contact_id == "c-0002").collect();
    let spans: Vec<_> = of.iter().map(|row| (row.delivered_at, row.superseded_at)).collect();
    let [first, second, third] = ["2022-01-05T17:48:35Z", "2022-01-11T03:41:32Z", "2022-01-11T04:09:47Z"].map(at);
    assert_eq!(spans, [(first, second), (second, third), (third, None)]);
}

#[test]
fn talk_excludes_hold_and_a_record_that_stays_open_after_a_transfer_adds_nothing() {
    let Some(records) = shared("samples/amazon_connect/ctr_published_timings.jsonl") else { return };
    let (kept, _) = import(&mut reader(""), &[&records]).unwrap();
    let contact = current(&kept, "c-0002");
    assert_eq!((contact.talk, contact.hold, contact.wrap), (Some(239_000), Some(221_000), Some(5_000)));
    assert_eq!(contact.transferred_out, Some(true));
    // The agent was done twenty minutes before the customer was.
    assert_eq!(contact.ended_at, at("2022-01-05T17:47:28Z"));
    let leg = kept.legs_of("c-0002")[0];
    assert_eq!((leg.answered_at, leg.ended_at), (at("2022-01-05T17:20:32Z"), at("2022-01-05T17:28:12Z")));
}

#[test]
fn attributes_that_differ_in_case_only_are_two() {
    let Some(records) = shared("samples/amazon_connect/ctr_published_timings.jsonl") else { return };
    let text = String::from_utf8(records.clone()).unwrap();
    assert!(text.contains(r#""greetingPlayed": "false", "GreetingPlayed": "false""#));
    assert_eq!(import(&mut reader(""), &[&records]).unwrap().0.rejects, []);
}

#[test]
fn the_edge_cases_are_what_they_are_named() {
    let Some(records) = shared("samples/amazon_connect/ctr_synthetic_edge_cases.jsonl") else { return };
    let (kept, _) = import(&mut reader(""), &[&records]).unwrap();
    assert_eq!(kept.rejects, []);
    let expected = [
        ("s-abandon", Outcome::Abandoned, 1, Some(21_000)),
        ("s-short-abandon", Outcome::Abandoned, 1, Some(3_000)),
        ("s-ivr-only", Outcome::Contained, 0, None),
        ("s-qt-1", Outcome::Answered, 2, Some(60_000 + 45_000)),
        ("s-cb-1", Outcome::CallbackOffered, 1, Some(40_000)),
        ("s-cb-2", Outcome::CallbackDone, 1, Some(965_000)),
        ("s-chat", Outcome::Answered, 1, Some(11_000)),
    ];
    let mut ids: Vec<&str> = kept.contacts.iter().map(|row| row.contact_id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), expected.len(), "{ids:?}");
    for (id, outcome, legs, wait) in expected {
        let row = current(&kept, id);
        assert_eq!((row.outcome, row.legs, row.wait), (Some(outcome), Some(legs), wait), "{id}");
    }
    assert_eq!(current(&kept, "s-chat").channel, Some(Channel::Chat));
    assert_eq!(current(&kept, "s-chat").customer, None);
}

#[test]
fn a_transfer_is_another_leg_of_the_same_contact() {
    let Some(records) = shared("samples/amazon_connect/ctr_synthetic_edge_cases.jsonl") else { return };
    let (kept, _) = import(&mut reader(""), &[&records]).unwrap();
    let legs: Vec<_> = kept.legs_of("s-qt-1").into_iter().filter(|leg| leg.superseded_at.is_none()).collect();
    let said: Vec<_> = legs.iter().map(|leg| (leg.queue.as_deref(), leg.agent.as_deref(), leg.outcome)).collect();
    assert_eq!(
        said,
        [(Some("sales"), None, Some(Outcome::FlowOut)), (Some("support"), Some("agent3"), Some(Outcome::Answered))]
    );
    assert_eq!((legs[1].talk, legs[1].hold, legs[1].wrap), (Some(255_000), Some(15_000), Some(45_000)));
}

#[test]
fn a_transfer_and_a_callback_that_come_with_the_next_import_replace_what_was_known() {
    let Some(records) = shared("samples/amazon_connect/ctr_synthetic_edge_cases.jsonl") else { return };
    let (whole, _) = import(&mut reader(""), &[&records]).unwrap();
    let text = String::from_utf8(records).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for cut in 0..=lines.len() {
        let (mut kept, carried) = import(&mut reader(""), &[lines[..cut].concat().as_bytes()]).unwrap();
        kept.supersede(import(&mut reader(&carried), &[lines[cut..].concat().as_bytes()]).unwrap().0);
        assert_eq!(kept.rejects, []);
        for id in ["s-abandon", "s-short-abandon", "s-ivr-only", "s-qt-1", "s-cb-1", "s-cb-2", "s-chat"] {
            assert_eq!(current(&kept, id), current(&whole, id), "cut after {cut}");
        }
        assert_eq!(kept.legs_of("s-qt-1").last(), whole.legs_of("s-qt-1").last(), "cut after {cut}");
    }
}

#[test]
fn a_transfer_whose_beginning_never_comes_is_rejected_after_one_import_more() {
    let stray = record("b", &format!(r#","InitialContactId":"a","PreviousContactId":"a"{QUEUE}{AGENT}{ENDED}"#));
    let (kept, carried) = import(&mut reader(""), &[stray.as_bytes()]).unwrap();
    assert_eq!((kept.contacts.len(), kept.rejects.len()), (0, 0));
    let (kept, carried) = import(&mut reader(&carried), &[b""]).unwrap();
    assert_eq!((kept.contacts.len(), kept.rejects.len(), carried.as_str()), (0, 1, ""));
    assert_eq!(kept.rejects[0].field.as_deref(), Some("PreviousContactId"));
    assert_eq!((kept.rejects[0].file.as_str(), kept.rejects[0].line), ("file 1", 1));
}

#[test]
fn a_callback_is_a_contact_of_its_own_though_its_call_was_long_ago() {
    let callback = record("b", &format!(r#","InitialContactId":"a","PreviousContactId":"a"{QUEUE}{AGENT}{ENDED}"#))
        .replace("INBOUND", "CALLBACK");
    let kept = read(&callback);
    let row = kept.contact("b");
    assert_eq!((row.outcome, row.direction), (Some(Outcome::CallbackDone), Some(Direction::Inbound)));
    assert_eq!(kept.legs_of("b").len(), 1);
}

#[test]
fn a_record_without_reason_says_no_more_than_it_knows() {
    let ended = ENDED.replace(r#""CUSTOMER_DISCONNECT""#, "null");
    let kept = read(&record("a", &format!("{QUEUE}{ended}")));
    let row = kept.contact("a");
    assert_eq!((row.outcome, row.ended_by.clone()), (Some(Outcome::Unknown), None));
    assert_eq!(read(&record("a", &format!("{QUEUE}{AGENT}{ended}"))).contact("a").outcome, Some(Outcome::Answered));
}

#[test]
fn a_contact_that_runs_has_no_outcome_until_a_later_delivery_ends_it() {
    let open = record("a", &format!(r#"{QUEUE},"LastUpdateTimestamp":"2026-03-02T09:00:20Z""#));
    let (kept, carried) = import(&mut reader(""), &[open.as_bytes()]).unwrap();
    let row = kept.contact("a");
    assert_eq!((row.outcome, row.ended_at, row.transferred_out), (None, None, None));
    assert_eq!(kept.legs_of("a")[0].outcome, None);
    let closed = record("a", &format!("{QUEUE}{AGENT}{ENDED}"));
    let (kept, _) = import(&mut reader(&carried), &[closed.as_bytes()]).unwrap();
    let row = kept.contact("a");
    assert_eq!((row.outcome, row.talk, row.wrap), (Some(Outcome::Answered), Some(60_000), Some(7_000)));
    assert_eq!((row.ended_at, row.delivered_at), (at("2026-03-02T09:01:35Z"), at("2026-03-02T09:03:00Z")));
}

#[test]
fn who_listens_in_is_no_leg_and_what_an_agent_writes_first_is_outbound() {
    let listening = record("m", &format!(r#","InitialContactId":"a","PreviousContactId":"a"{AGENT}{ENDED}"#))
        .replace("INBOUND", "MONITOR");
    let call = record("a", &format!("{QUEUE}{AGENT}{ENDED}"));
    let kept = read(&format!("{call}{listening}"));
    assert_eq!((kept.contacts.len(), kept.legs.len(), kept.rejects.len()), (1, 1, 0));
    let outbound = record("o", &format!("{AGENT}{ENDED}")).replace("INBOUND", "OUTBOUND");
    let kept = read(&outbound);
    assert_eq!(kept.contact("o").direction, Some(Direction::Outbound));
    assert_eq!(kept.legs_of("o")[0].offered_at, at("2026-03-02T09:00:00Z"));
}

#[test]
fn records_stand_in_lines_in_an_array_or_side_by_side() {
    let records = [record("a", ENDED), record("b", &format!("{QUEUE}{ENDED}")), record("c", ENDED)];
    let expected = read(&records.join("\n"));
    assert_eq!(expected.contacts.len(), 3);
    assert_eq!(read(&format!("[{}]", records.join(",\n"))), expected);
    assert_eq!(read(&records.concat()), expected);
}

#[test]
fn a_field_that_is_none_is_told_and_the_record_kept_without_it() {
    let call = record("a", &format!("{QUEUE}{AGENT}{ENDED}"))
        .replace(r#""AgentInteractionDuration":60"#, r#""AgentInteractionDuration":"60 s""#)
        .replace("09:01:35Z", "half past");
    let kept = read(&call);
    let fields: Vec<&str> = kept.rejects.iter().map(|reject| reject.field.as_deref().unwrap()).collect();
    assert_eq!(fields, ["DisconnectTimestamp", "Agent.AgentInteractionDuration"]);
    assert_eq!((kept.contact("a").talk, kept.contact("a").wrap), (None, Some(7_000)));
}

#[test]
fn records_that_cannot_be_read_are_rejected_and_quote_no_number() {
    let good = record("a", ENDED);
    let broken = [
        good.replace(r#""a""#, "null"),
        good.replace("\"2026-03-02T09:00:00Z\"", "\"today\""),
        good.replace(r#"{"Address":"+15550100001","Type":"TELEPHONE_NUMBER"}"#, "15550100001"),
        good[..good.len() - 20].to_owned(),
        "+15550100001".to_owned(),
    ];
    let text = format!("{good}\n{}\n{}\n", broken.join("\n"), record("b", ENDED));
    let kept = read(&text);
    assert_eq!(kept.contacts.len(), 2);
    let lines: Vec<u64> = kept.rejects.iter().map(|reject| reject.line).collect();
    assert!([2, 3, 4, 5, 6].iter().all(|line| lines.contains(line)), "{lines:?}");
    assert!(kept.rejects.iter().all(|reject| !reject.reason.contains("555")), "{:?}", kept.rejects);
}

#[test]
fn a_file_of_something_else_is_refused() {
    for text in ["a,b,c\n1,2,3\n", "{\"name\":\"x\"}\n", "[1,2,3]", "1767254340|x|q|NONE|ENTERQUEUE\n"] {
        let error = import(&mut reader(""), &[text.as_bytes()]).unwrap_err();
        assert!(matches!(error, ImportError::WrongFormat { .. }), "{error:?}");
    }
    assert_eq!(read("").contacts, []);
    assert!(matches!(AmazonConnect::new(origin(), "{}"), Err(ImportError::Carried { .. })));
}
