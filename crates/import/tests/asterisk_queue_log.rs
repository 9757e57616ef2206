//! Queue logs: each trap of the format by itself, and whole logs.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use std::collections::BTreeMap;

use kept::{Kept, import, origin, shared};
use longshore_contacts::{AgentState, AgentTimeRow, Balance, Conservation, Outcome, contacts_batch, legs_batch};
use longshore_import::{AsteriskQueueLog, CustomerKey, ImportError, Origin};
use longshore_units::{Instant, Milliseconds, Zone};

/// Reads a log and finishes.
fn read(log: &str) -> Kept {
    import(&mut reader(""), &[log.as_bytes()]).unwrap().0
}

/// The log's seconds as an instant.
fn s(seconds: i64) -> Option<Instant> {
    Some(Instant(seconds * 1_000_000))
}

/// The outcome of each leg of a contact.
fn outcomes(kept: &Kept, id: &str) -> Vec<Option<Outcome>> {
    kept.legs_of(id).into_iter().map(|leg| leg.outcome).collect()
}

/// What an agent did, in seconds of the log.
fn day_of<'k>(kept: &'k Kept, agent: &str) -> Vec<(AgentState, i64, i64, Option<&'k str>)> {
    let mut rows: Vec<&AgentTimeRow> = kept.agent_time.iter().filter(|row| row.agent == agent).collect();
    rows.sort_by_key(|row| row.from);
    let seconds = |at: Instant| at.0 / 1_000_000;
    rows.into_iter().map(|row| (row.state, seconds(row.from), seconds(row.until), row.queue.as_deref())).collect()
}

fn balance(kept: &Kept) -> Balance {
    let mut law = Conservation::new(Milliseconds(1_800_000), None);
    law.contacts(&contacts_batch(&kept.contacts)).unwrap();
    law.legs(&legs_batch(&kept.legs)).unwrap();
    law.balance()
}

fn reader(carried: &str) -> AsteriskQueueLog {
    AsteriskQueueLog::new(origin(), carried).unwrap()
}

fn by_outcome(kept: &Kept, queue: Option<&str>) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for leg in kept.legs.iter().filter(|leg| queue.is_none() || leg.queue.as_deref() == queue) {
        *counts.entry(leg.outcome.map_or("open", Outcome::as_str)).or_default() += 1;
    }
    counts
}

#[test]
fn the_synthetic_day_counts_as_published() {
    let Some(log) = shared("samples/asterisk_queue_log/synthetic_day.queue_log") else { return };
    let kept = import(&mut reader(""), &[&log]).unwrap().0;
    assert_eq!(kept.rejects, []);
    assert_eq!((kept.contacts.len(), kept.legs.len()), (730, 730));
    assert_eq!(balance(&kept).violations, []);
    let expected: BTreeMap<Option<&str>, [usize; 8]> = [
        (None, [601, 59, 23, 13, 7, 13, 8, 6]),
        (Some("billing"), [77, 7, 2, 2, 0, 1, 0, 1]),
        (Some("sales"), [176, 21, 10, 4, 1, 6, 2, 0]),
        (Some("support"), [348, 31, 11, 7, 6, 6, 6, 5]),
    ]
    .into();
    let words = [
        "answered",
        "abandoned",
        "timed_out",
        "exit_key",
        "left_empty",
        "blocked_empty",
        "blocked_closed",
        "blocked_full",
    ];
    for (queue, numbers) in expected {
        let counts = by_outcome(&kept, queue);
        let found = words.map(|word| counts.get(word).copied().unwrap_or(0));
        assert_eq!(found, numbers, "{queue:?}");
        assert_eq!(counts.values().sum::<usize>(), numbers.iter().sum::<usize>(), "{queue:?} {counts:?}");
    }
}

/// The published acceptance tests of another analyzer: what its authors expect of each log, by queue.
///
/// It drops what has no place in its columns (keys pressed, calls diverted by ratio under another name than full); all of it
/// is kept here, so that what it counts is compared with the outcomes it means, and nothing is asked of the rest.
#[test]
fn the_published_scenarios_count_as_their_authors_expect() {
    let Some(expectations) = shared("reference/wazo_engine_vs_published_expectations.json") else { return };
    let Some(golden) = shared("samples/asterisk_queue_log/wazo_statcenter_golden.json") else { return };
    let golden: Vec<serde_json::Value> = serde_json::from_slice(&golden).unwrap();
    let expectations: Vec<(String, String, String, String, serde_json::Value, bool)> =
        serde_json::from_slice(&expectations).unwrap();
    assert_eq!(expectations.len(), 32);
    for (scenario, queue, measure, expected, _, _) in expectations {
        let place = golden.iter().position(|entry| entry["scenario"] == scenario.as_str()).unwrap();
        let log = log_of(&golden[place]);
        let kept = read(&log);
        assert_eq!(kept.rejects, [], "{scenario}");
        // Its statistics are of the hours that it was set to: `… from "8:00" to "12:00" with queue …`.
        let config = golden[place]["config"][0].as_str().unwrap();
        let hour = |text: &str| text.split(':').next().unwrap().parse::<i64>().unwrap();
        let words: Vec<&str> = config.split('"').collect();
        let hours = hour(words[3])..hour(words[5]);
        let counts = by_outcome(&within(&kept, &hours), Some(&queue));
        let of = |words: &[&str]| words.iter().map(|word| counts.get(word).copied().unwrap_or(0)).sum::<usize>();
        let answered = of(&["answered"]);
        let found = match measure.as_str() {
            "Received" => counts.values().sum(),
            "Answered" => answered,
            "Abandoned" => of(&["abandoned"]),
            "Blocking" => of(&["blocked_empty", "left_empty"]),
            "Closed" => of(&["blocked_closed"]),
            "Saturated" => of(&["blocked_full", "flow_out"]),
            "Answered rate" => match counts.values().sum::<usize>() - of(&["blocked_closed"]) {
                0 => {
                    assert_eq!(expected, "", "{scenario} {queue} {measure}");
                    continue;
                }
                open => answered * 100 / open,
            },
            other => panic!("{other} is not known here"),
        };
        assert_eq!(found.to_string(), expected.trim_end_matches(" %"), "{scenario} {queue} {measure}");
    }
}

/// The table of a published scenario as a log.
fn log_of(scenario: &serde_json::Value) -> String {
    let mut log = String::new();
    for event in scenario["queue_log"].as_array().unwrap() {
        let fields = ["time", "callid", "queuename", "agent", "event", "data1", "data2", "data3", "data4", "data5"];
        let line: Vec<&str> = fields.iter().map(|field| event[*field].as_str().unwrap()).collect();
        log += &line.join("|");
        log.push('\n');
    }
    log
}

/// The legs offered within hours of the clock.
fn within(kept: &Kept, hours: &std::ops::Range<i64>) -> Kept {
    let hour = |at: Option<Instant>| at.unwrap().0.div_euclid(3_600_000_000).rem_euclid(24);
    let mut kept = kept.clone();
    kept.legs.retain(|leg| hours.contains(&hour(leg.offered_at)));
    kept
}

#[test]
fn the_published_files_read_as_their_tables_do() {
    let Some(golden) = shared("samples/asterisk_queue_log/wazo_statcenter_golden.json") else { return };
    let golden: Vec<serde_json::Value> = serde_json::from_slice(&golden).unwrap();
    for (file, place) in [
        ("00_queue_statistics_for_calls_distributed_to_two_queues_at_.queue_log", 0),
        ("02_queue_generate_stats_for_received_answered_calls.queue_log", 2),
        ("05_queue_generate_stats_for_saturated_calls.queue_log", 5),
        ("10_agent_generate_stats_for_answered_calls.queue_log", 10),
        ("11_agent_generate_stats_for_total_conversation_time.queue_log", 11),
    ] {
        let Some(log) = shared(&format!("samples/asterisk_queue_log/scenarios/{file}")) else { return };
        let file = import(&mut reader(""), &[&log]).unwrap().0;
        let table = read(&log_of(&golden[place]));
        assert_eq!(file.legs.len(), table.legs.len());
        for (file, table) in file.legs.iter().zip(&table.legs) {
            assert_eq!((&file.contact_id, file.outcome, file.talk), (&table.contact_id, table.outcome, table.talk));
        }
        assert_eq!(file.rejects, []);
    }
}

#[test]
fn published_conversations_last_a_minute_in_all() {
    let Some(log) =
        shared("samples/asterisk_queue_log/scenarios/11_agent_generate_stats_for_total_conversation_time.queue_log")
    else {
        return;
    };
    let kept = import(&mut reader(""), &[&log]).unwrap().0;
    // One of the six is written `10\`: a backslash before the pipe that the table's field held.
    assert_eq!(kept.legs.iter().filter_map(|leg| leg.talk).sum::<i64>(), 60_000);
}

#[test]
fn published_wrapup_is_of_the_call_that_it_follows() {
    let Some(log) =
        shared("samples/asterisk_queue_log/scenarios/24_agent_generate_stats_for_total_wrapup_time.queue_log")
    else {
        return;
    };
    let kept = import(&mut reader(""), &[&log]).unwrap().0;
    assert_eq!(kept.contact("wrapup_time_1").wrap, Some(15_000));
}

#[test]
fn published_logins_are_agent_time_where_the_log_shows_both_ends() {
    // The other analyzer lets a login without logoff run on to the end of what is asked for; it is left open here.
    for (file, agent, milliseconds) in [
        ("12_agent_generate_stats_for_total_login_time", "Agent/3", 900_000),
        ("13_agent_two_login_session_during_the_same_hour", "Agent/4", 6_000 + 30_000),
        ("14_agent_login_before_the_hour_logout_during_the_hour", "Agent/5", 665_000 + 30_000),
        ("15_agent_implicit_login_before_the_hour_then_logout_exactly", "Agent/5", 0),
        ("18_agent_login_and_logoff_during_the_hour_and_login_after_t", "Agent/5", 300_000 + 300_000),
        ("21_agent_login_during_the_hour_logout_after_the_hour", "Agent/9", 305_000 + 1_050_000),
    ] {
        let Some(log) = shared(&format!("samples/asterisk_queue_log/scenarios/{file}.queue_log")) else { return };
        let kept = import(&mut reader(""), &[&log]).unwrap().0;
        let rows = kept.agent_time.iter().filter(|row| row.agent == agent && row.state == AgentState::Available);
        assert_eq!(rows.map(|row| (row.until.0 - row.from.0) / 1000).sum::<i64>(), milliseconds, "{file}");
    }
}

#[test]
fn time_to_answer_includes_the_ring_of_who_answered() {
    let kept = read(
        "1000000000|c|q|NONE|ENTERQUEUE||5550100|1\n1000000030|c|q|ann|CONNECT|30|c2|12\n1000000090|c|q|ann|COMPLETECALLER|30|60|1\n",
    );
    let contact = kept.contact("c");
    assert_eq!((contact.wait, contact.ring, contact.talk), (Some(18_000), Some(12_000), Some(60_000)));
    assert_eq!(
        (contact.offered_at, contact.answered_at, contact.ended_at),
        (s(1000000000), s(1000000030), s(1000000090))
    );
    assert_eq!((contact.outcome, contact.ended_by.as_deref()), (Some(Outcome::Answered), Some("customer")));
    assert_eq!((contact.hold, contact.wrap, contact.legs), (None, None, Some(1)));
    assert_eq!(kept.legs_of("c")[0].agent.as_deref(), Some("ann"));
}

#[test]
fn who_did_not_answer_rang_in_milliseconds() {
    let kept = read(
        "1000000000|NONE|q|ann|ADDMEMBER|\n1000000100|c|q|NONE|ENTERQUEUE||5550100|1\n\
         1000000120|c|q|ann|RINGNOANSWER|15000\n1000000130|c|q|NONE|ABANDON|1|1|30\n1000000200|NONE|q|ann|REMOVEMEMBER|\n",
    );
    use AgentState::{Available, Ringing};
    assert_eq!(
        day_of(&kept, "ann"),
        [
            (Available, 1000000000, 1000000105, None),
            (Ringing, 1000000105, 1000000120, Some("q")),
            (Available, 1000000120, 1000000200, None)
        ]
    );
    assert_eq!(kept.contact("c").ring, None); // Nobody took it.
    assert_eq!((kept.contact("c").outcome, kept.contact("c").wait), (Some(Outcome::Abandoned), Some(30_000)));
}

#[test]
fn every_way_out_of_a_queue_is_an_outcome() {
    for (event, outcome, wait, by) in [
        ("ABANDON|1|2|40", Outcome::Abandoned, 40, "customer"),
        ("EXITWITHTIMEOUT|1|2|40", Outcome::TimedOut, 40, "system"),
        ("EXITWITHKEY|5|1|2|40", Outcome::ExitKey, 40, "customer"),
        ("LEAVEEMPTY|1|2|40", Outcome::LeftEmpty, 40, "system"),
        ("EXITEMPTY|1|2|40", Outcome::LeftEmpty, 40, "system"),
        ("ABANDON|1|2|", Outcome::Abandoned, 41, "customer"), // An empty wait, as found in the wild.
        ("ABANDON|1|2|NULL", Outcome::Abandoned, 41, "customer"),
    ] {
        let kept = read(&format!("1000000000|c|q|NONE|ENTERQUEUE||5550100|1\n1000000041|c|q|NONE|{event}\n"));
        let contact = kept.contact("c");
        assert_eq!((contact.outcome, contact.wait), (Some(outcome), Some(wait * 1000)), "{event}");
        assert_eq!((contact.ended_by.as_deref(), contact.ended_at), (Some(by), s(1000000041)), "{event}");
        assert_eq!((contact.answered_at, contact.talk), (None, None), "{event}");
        assert_eq!(balance(&kept).violations, [], "{event}");
    }
}

#[test]
fn who_is_turned_away_at_the_door_never_entered() {
    for (event, outcome) in [
        ("JOINEMPTY", Outcome::BlockedEmpty),
        ("FULL", Outcome::BlockedFull),
        ("CLOSED", Outcome::BlockedClosed),
        ("DIVERT_CA_RATIO", Outcome::FlowOut),
        ("DIVERT_HOLDTIME", Outcome::FlowOut),
    ] {
        let kept = read(&format!("1000000000.5|c|q|NONE|{event}|\n"));
        let contact = kept.contact("c");
        assert_eq!((contact.outcome, contact.wait), (Some(outcome), Some(0)), "{event}");
        assert_eq!((contact.offered_at, contact.ended_at), (Some(Instant(1_000_000_000_500_000)), contact.offered_at));
        assert_eq!(balance(&kept).violations, [], "{event}");
    }
}

#[test]
fn transfers_of_every_shape_end_the_agents_part() {
    for event in [
        "BLINDTRANSFER|3000|default|30|60|1",
        "TRANSFER|3000|default|30|60|1",
        "ATTENDEDTRANSFER|BRIDGE|0b5c|30|60|1",
        "ATTENDEDTRANSFER|APP|VoiceMail|30|60|1",
        "ATTENDEDTRANSFER|LINK|SIP/a-1|SIP/b-2|30|60|1",
        "ATTENDEDTRANSFER|LINK|SIP/a-1|SIP/b-2|30|60\\|1",
        "BLINDTRANSFER|3000|default|30|60|1|", // The pipe that a dialplan added at the end.
    ] {
        let kept = read(&format!(
            "1000000000|c|q|NONE|ENTERQUEUE||5550100|1\n1000000030|c|q|ann|CONNECT|30|c2|0\n1000000090|c|q|ann|{event}\n"
        ));
        assert_eq!(kept.rejects, [], "{event}");
        let contact = kept.contact("c");
        assert_eq!((contact.talk, contact.transferred_out), (Some(60_000), Some(true)), "{event}");
        assert_eq!((contact.outcome, contact.ended_by.as_deref()), (Some(Outcome::Answered), Some("agent")), "{event}");
    }
}

#[test]
fn a_call_in_another_queue_or_the_same_again_has_another_leg() {
    let kept = read(
        "1000000000|c|q1|NONE|ENTERQUEUE||5550100|1\n1000000010|c|q1|ann|CONNECT|10|c2|5\n\
         1000000040|c|q1|ann|BLINDTRANSFER|600|default|10|30|1\n1000000040|c|q2|NONE|ENTERQUEUE||5550100|1\n\
         1000000060|c|q2|NONE|EXITWITHTIMEOUT|1|1|20\n1000000061|c|q2|NONE|ENTERQUEUE||5550100|1\n\
         1000000070|c|q2|bob|CONNECT|9|c3|4\n1000000100|c|q2|bob|COMPLETEAGENT|9|30|1\n",
    );
    use Outcome::{Answered, TimedOut};
    assert_eq!(outcomes(&kept, "c"), [Some(Answered), Some(TimedOut), Some(Answered)]);
    let contact = kept.contact("c");
    assert_eq!((contact.first_queue.as_deref(), contact.last_queue.as_deref()), (Some("q1"), Some("q2")));
    assert_eq!((contact.wait, contact.ring, contact.talk), (Some(30_000), Some(9_000), Some(60_000)));
    assert_eq!((contact.transferred_out, contact.legs), (Some(false), Some(3)));
    assert_eq!(balance(&kept).violations, []);
}

#[test]
fn a_contact_that_was_answered_once_was_answered() {
    let kept = read(
        "1000000000|c|q1|NONE|ENTERQUEUE||5550100|1\n1000000010|c|q1|ann|CONNECT|10|c2|5\n\
         1000000040|c|q1|ann|BLINDTRANSFER|600|default|10|30|1\n1000000041|c|q2|NONE|ENTERQUEUE||5550100|1\n\
         1000000050|c|q2|NONE|ABANDON|1|1|9\n",
    );
    assert_eq!(kept.contact("c").outcome, Some(Outcome::Answered));
    assert_eq!(kept.contact("c").ended_by.as_deref(), Some("customer"));
    assert_eq!(outcomes(&kept, "c"), [Some(Outcome::Answered), Some(Outcome::Abandoned)]);
}

#[test]
fn a_transfer_that_was_not_logged_gives_the_first_agent_no_time_of_the_second() {
    // Local channels: the first agent's end comes when the whole call ends, and its talk time is the whole call's.
    let kept = read(
        "1000000000|c|q1|NONE|ENTERQUEUE||5550100|1\n1000000010|c|q1|ann|CONNECT|10|c2|5\n\
         1000000040|c|q2|NONE|ENTERQUEUE||5550100|1\n1000000050|c|q2|bob|CONNECT|10|c3|5\n\
         1000000400|c|q2|bob|COMPLETECALLER|10|350|1\n1000000400|c|q1|ann|COMPLETECALLER|10|390|1\n",
    );
    let talk: Vec<Option<i64>> = kept.legs_of("c").iter().map(|leg| leg.talk).collect();
    assert_eq!(talk, [Some(30_000), Some(350_000)]);
    assert_eq!(kept.rejects, []);
}

#[test]
fn a_visit_whose_lines_are_missing_but_for_its_end_took_what_the_end_says() {
    let kept = read("1000000000|c|q0|NONE|ENTERQUEUE||1002|1\n1000000240|c|q1|ann|COMPLETEAGENT|12|6|1\n");
    assert_eq!(outcomes(&kept, "c"), [Some(Outcome::FlowOut), Some(Outcome::Answered)]);
    let leg = kept.legs_of("c")[1];
    assert_eq!((leg.offered_at, leg.answered_at, leg.ended_at), (s(1000000222), s(1000000234), s(1000000240)));
    let kept = read("1000000000|c|q|NONE|ENTERQUEUE||1002|1\n1000000018|c|q|ann|COMPLETEAGENT|12|6|1\n");
    assert_eq!((kept.contact("c").answered_at, kept.contact("c").wait), (s(1000000012), Some(12_000)));
}

#[test]
fn a_restart_ends_calls_and_what_agents_do() {
    let kept = read(
        "1000000000|NONE|q|ann|ADDMEMBER|\n1000000010|w|q|NONE|ENTERQUEUE||5550100|1\n1000000010|t|q|NONE|ENTERQUEUE||5550101|1\n\
         1000000020|t|q|ann|CONNECT|10|c2|5\n1000000050|NONE|NONE|NONE|QUEUESTART|\n1000000060|n|q|NONE|ENTERQUEUE||5550102|1\n\
         1000000070|n|q|NONE|ABANDON|1|1|10\n1000000080|NONE|NONE|NONE|CONFIGRELOAD|\n",
    );
    assert_eq!(kept.rejects, []);
    let (waiting, talking) = (kept.contact("w"), kept.contact("t"));
    assert_eq!((waiting.outcome, waiting.ended_at), (Some(Outcome::Unknown), s(1000000050)));
    assert_eq!(
        (talking.outcome, talking.ended_at, talking.talk),
        (Some(Outcome::Answered), s(1000000050), Some(30_000))
    );
    assert_eq!(kept.contact("n").outcome, Some(Outcome::Abandoned));
    let last = *day_of(&kept, "ann").last().unwrap();
    assert_eq!(last, (AgentState::Talking, 1000000020, 1000000050, Some("q")));
}

#[test]
fn a_members_day_is_one_row_after_the_other_over_all_queues() {
    let kept = read(
        "1000000000|NONE|q1|ann|ADDMEMBER|\n1000000001|NONE|q2|ann|ADDMEMBER|\n1000000100|NONE|NONE|ann|PAUSEALL|lunch\n\
         1000000200|NONE|q1|ann|UNPAUSE|\n1000000300|NONE|q1|ann|PAUSE|paper\n1000000400|NONE|NONE|ann|UNPAUSEALL|\n\
         1000000420|c|q2|NONE|ENTERQUEUE||5550100|1\n1000000430|c|q2|ann|CONNECT|10|c2|4\n\
         1000000440|NONE|q2|ann|PAUSE|later\n1000000490|c|q2|ann|COMPLETECALLER|10|60|1\n\
         1000000490|NONE|NONE|ann|WRAPUPSTART|15\n1000000600|NONE|q1|ann|REMOVEMEMBER|\n1000000700|NONE|q2|ann|REMOVEMEMBER|\n",
    );
    use AgentState::{Available, Break, Ringing, Talking, Wrapping};
    assert_eq!(
        day_of(&kept, "ann"),
        [
            (Available, 1000000000, 1000000100, None),
            (Break, 1000000100, 1000000200, None),
            (Available, 1000000200, 1000000300, None), // Paused in one queue, not in the other.
            (Break, 1000000300, 1000000400, None),
            (Available, 1000000400, 1000000426, None),
            (Ringing, 1000000426, 1000000430, Some("q2")),
            (Talking, 1000000430, 1000000490, Some("q2")),
            (Wrapping, 1000000490, 1000000505, Some("q2")),
            (Available, 1000000505, 1000000600, None),
            (Break, 1000000600, 1000000700, None), // What is left is the queue that was paused during the call.
        ]
    );
    let reasons: Vec<Option<&str>> = kept.agent_time.iter().map(|row| row.reason.as_deref()).collect();
    assert_eq!((reasons[1], reasons[3], reasons[9]), (Some("lunch"), Some("paper"), Some("later")));
    assert_eq!(kept.contact("c").wrap, Some(15_000));
}

#[test]
fn agents_whose_login_the_log_does_not_show_have_no_agent_time() {
    let kept = read(
        "1000000000|NONE|NONE|ann|PAUSEALL|\n1000000010|c|q|NONE|ENTERQUEUE||5550100|1\n1000000020|c|q|ann|CONNECT|10|c2|4\n\
         1000000080|c|q|ann|COMPLETECALLER|10|60|1\n1000000090|NONE|NONE|ann|UNPAUSEALL|\n\
         1000000095|NONE|NONE|ann|AGENTCALLBACKLOGOFF|1001|300|CommandLogoff\n",
    );
    assert_eq!(kept.agent_time, []);
    assert_eq!(kept.rejects, []);
}

#[test]
fn tables_write_microseconds_and_null_and_local_clocks() {
    let rows = "2026-03-29 01:59:50.250000|c|q|NONE|ENTERQUEUE|NULL|5550100|1|NULL|NULL\n\
                2026-03-29 03:00:10.750000|c|q|ann|CONNECT|NULL|c2|NULL|NULL|NULL\n\
                2026-03-29 03:01:10.750000|c|q|ann|COMPLETEAGENT|NULL|NULL|1|NULL|NULL\n";
    let berlin = Origin { zone: Zone::named("Europe/Berlin").unwrap(), ..origin() };
    let mut reader = AsteriskQueueLog::new(berlin, "").unwrap();
    let kept = import(&mut reader, &[rows.as_bytes()]).unwrap().0;
    let contact = kept.contact("c");
    // Clocks went from two to three in between: twenty seconds and a half.
    assert_eq!((contact.wait, contact.ring, contact.talk), (Some(20_500), None, Some(60_000)));
}

#[test]
fn a_number_that_is_none_is_told_and_the_event_kept_without_it() {
    let kept = read(
        "1000000000|c|q|NONE|ENTERQUEUE||5550100|1\n1000000030|c|q|ann|CONNECT|30|c2|10\"\n1000000090|c|q|ann|COMPLETECALLER|30|-1|1\n",
    );
    let places: Vec<(u64, Option<&str>)> =
        kept.rejects.iter().map(|reject| (reject.line, reject.field.as_deref())).collect();
    assert_eq!(places, [(2, Some("data3")), (3, Some("data2"))]);
    assert_eq!((kept.contact("c").ring, kept.contact("c").talk), (None, Some(60_000)));
}

#[test]
fn lines_that_are_no_events_are_rejected_and_quote_no_number() {
    let good = "1000000000|c|q|NONE|ENTERQUEUE||+15550100001|1\n";
    let broken = "yesterday|d|q|NONE|ENTERQUEUE||+15550100001|1\n1000000001|d|q\n1000000001|d|q|NONE|DANCE||+15550100001|1\n\
                  1000000001|NONE|q|NONE|ENTERQUEUE||+15550100001|1\n99|d|q|NONE|ENTERQUEUE||+15550100001|1\n";
    let kept = read(&format!("{good}{broken}"));
    let places: Vec<(u64, Option<&str>)> =
        kept.rejects.iter().map(|reject| (reject.line, reject.field.as_deref())).collect();
    assert_eq!(
        places,
        [(2, Some("time")), (3, Some("line")), (4, Some("event")), (5, Some("callid")), (6, Some("time"))]
    );
    assert!(kept.rejects.iter().all(|reject| !reject.reason.contains("555")), "{:?}", kept.rejects);
    assert_eq!(kept.contacts.len(), 1);
}

#[test]
fn a_file_of_something_else_is_refused() {
    for text in ["a,b,c\n1,2,3\n".to_owned(), "x\n".repeat(1000), "{\"ContactId\":\"a\"}\n".to_owned()] {
        let error = import(&mut reader(""), &[text.as_bytes()]).unwrap_err();
        assert!(matches!(error, ImportError::WrongFormat { .. }), "{error:?}");
    }
    assert_eq!(read("").contacts, []);
    // Ninety-nine lines of something else may stand before the first event.
    let kept = read(&format!("{}1000000000|c|q|NONE|JOINEMPTY\n", "x\n".repeat(99)));
    assert_eq!((kept.rejects.len(), kept.contacts.len()), (99, 1));
    assert!(matches!(AsteriskQueueLog::new(origin(), "nonsense"), Err(ImportError::Carried { .. })));
    assert!(matches!(AsteriskQueueLog::new(origin(), "{}"), Err(ImportError::Carried { .. })));
}

#[test]
fn customers_are_hashes_and_who_withholds_a_number_is_nobody() {
    let key = CustomerKey::new(b"a key for tests only").unwrap();
    for (caller, customer) in [
        ("+15550100001", Some(key.customer("+15550100001"))),
        ("\"Ann\" <+15550100001>", Some(key.customer("+15550100001"))),
        ("anonymous", None),
        ("##########", None),
        ("", None),
    ] {
        let kept = read(&format!("1000000000|c|q|NONE|ENTERQUEUE||{caller}|1\n"));
        assert_eq!(kept.contact("c").customer, customer, "{caller}");
    }
    let (_, carried) = import(&mut reader(""), &[b"1000000000|c|q|NONE|ENTERQUEUE||+15550100001|1\n"]).unwrap();
    assert!(!carried.contains("5550100001") && carried.contains(&key.customer("+15550100001")));
    let mut without = AsteriskQueueLog::new(Origin { key: None, ..origin() }, "").unwrap();
    let kept = import(&mut without, &[b"1000000000|c|q|NONE|ENTERQUEUE||+15550100001|1\n"]).unwrap().0;
    assert_eq!(kept.contact("c").customer, None);
}

const ROTATED: [&str; 2] = [
    "1000000000|c|q|NONE|ENTERQUEUE||5550100|1\n1000000010|c|q|ann|CONNECT|10|c2|4\n",
    "1000000070|c|q|ann|COMPLETECALLER|10|60|1\n",
];

#[test]
fn a_call_that_rotation_cut_is_taken_up_by_the_next_import() {
    let (kept, carried) = import(&mut reader(""), &[ROTATED[0].as_bytes()]).unwrap();
    let open = kept.contact("c");
    assert_eq!((open.outcome, open.ended_at, open.answered_at), (None, None, s(1000000010)));
    let (kept, _) = import(&mut reader(&carried), &[ROTATED[1].as_bytes()]).unwrap();
    assert_eq!(kept.contact("c"), read(&ROTATED.concat()).contact("c"));
}

#[test]
fn rotated_files_may_come_newest_first() {
    let expected = read(&ROTATED.concat());
    let kept = import(&mut reader(""), &[ROTATED[1].as_bytes(), ROTATED[0].as_bytes()]).unwrap().0;
    assert_eq!(kept.contact("c"), expected.contact("c"));
    let (kept, carried) = import(&mut reader(""), &[ROTATED[1].as_bytes()]).unwrap();
    assert_eq!((kept.contacts.len(), kept.rejects.len()), (0, 0));
    let kept = import(&mut reader(&carried), &[ROTATED[0].as_bytes()]).unwrap().0;
    assert_eq!(kept.contact("c"), expected.contact("c"));
}

#[test]
fn an_end_whose_beginning_never_comes_is_rejected_after_one_import_more() {
    let (_, carried) = import(&mut reader(""), &[ROTATED[1].as_bytes()]).unwrap();
    let (kept, carried) = import(&mut reader(&carried), &[b"1000000100|d|q|NONE|JOINEMPTY\n"]).unwrap();
    assert_eq!((kept.contacts.len(), kept.rejects.len()), (1, 1));
    let reject = &kept.rejects[0];
    assert_eq!((reject.file.as_str(), reject.line, reject.field.as_deref()), ("file 1", 1, Some("event")));
    assert_eq!(import(&mut reader(&carried), &[b""]).unwrap().0.rejects, []);
}

#[test]
fn a_call_of_which_nothing_more_is_heard_for_a_day_ended_somehow() {
    let kept = read("1000000000|c|q|NONE|ENTERQUEUE||5550100|1\n1000090000|d|q|NONE|JOINEMPTY\n");
    assert_eq!((kept.contact("c").outcome, kept.contact("c").ended_at), (Some(Outcome::Unknown), s(1000000000)));
    let kept = read(&format!("{}1000090000|d|q|NONE|JOINEMPTY\n", ROTATED[0]));
    assert_eq!((kept.contact("c").outcome, kept.contact("c").talk), (Some(Outcome::Answered), None));
    assert_eq!(balance(&kept).violations, []);
}

#[test]
fn a_clock_that_was_set_back_is_kept_as_the_log_tells_it() {
    let kept = read(
        "1000003600|c|q|NONE|ENTERQUEUE||5550100|1\n1000000003|c|q|ann|CONNECT|3|c2|1\n1000000009|c|q|ann|COMPLETECALLER|3|6|1\n",
    );
    let contact = kept.contact("c");
    assert_eq!((contact.outcome, contact.wait, contact.talk), (Some(Outcome::Answered), Some(2_000), Some(6_000)));
    assert_eq!((contact.offered_at, contact.answered_at), (s(1000003600), s(1000000003)));
    assert_eq!(kept.rejects, []);
}

#[test]
fn an_export_that_overlaps_the_last_one_replaces_no_call_that_it_cuts() {
    let before = "999990000.1|999990000.1|q|NONE|JOINEMPTY|\n1000000000|1000000000.7|q1|NONE|ENTERQUEUE||5550100|1\n\
                  1000000010|1000000000.7|q1|ann|CONNECT|10|c2|5\n1000000040|1000000000.7|q1|ann|BLINDTRANSFER|600|default|10|30|1\n";
    let after = "1000000041|1000000000.7|q2|NONE|ENTERQUEUE||5550100|1\n1000000050|1000000000.7|q2|bob|CONNECT|9|c3|5\n\
                 1000000110|1000000000.7|q2|bob|COMPLETECALLER|9|60|1\n1000000120|1000000120.9|q1|NONE|JOINEMPTY|\n\
                 1000090000|1000090000.1|q1|NONE|JOINEMPTY|\n";
    let (first, carried) = import(&mut reader(""), &[format!("{before}{after}").as_bytes()]).unwrap();
    assert_eq!(first.contact("1000000000.7").legs, Some(2));
    // The next export begins within the call, and again within its second visit.
    for overlap in [after.to_owned(), after.split_inclusive('\n').skip(1).collect()] {
        let next = format!("{overlap}1000091000|1000091000.2|q1|NONE|FULL|\n");
        let (kept, _) = import(&mut reader(&carried), &[next.as_bytes()]).unwrap();
        let ids: Vec<&str> = kept.contacts.iter().map(|contact| contact.contact_id.as_str()).collect();
        assert!(ids.contains(&"1000091000.2") && !ids.contains(&"1000000000.7"), "{ids:?}");
        assert_eq!(kept.rejects, []);
        let files = [format!("{before}{after}"), next];
        let (kept, _) = import(&mut reader(""), &[files[0].as_bytes(), files[1].as_bytes()]).unwrap();
        assert_eq!((kept.contact("1000000000.7").legs, kept.rejects.len()), (Some(2), 0));
    }
    // Where nothing was read before, it is all that is known.
    assert_eq!(read(after).contact("1000000000.7").legs, Some(1));
}

#[test]
fn after_contact_work_is_given_alike_in_any_order_of_lines() {
    // An agent ends two calls in two seconds, one of them by a transfer, and two works begin.
    let begin = "1000000000|a|q|NONE|ENTERQUEUE||5550100|1\n1000000000|b|q|NONE|ENTERQUEUE||5550101|1\n\
                 1000000010|a|q|ann|CONNECT|10|x|1\n1000000050|b|q|ann|CONNECT|50|y|1\n";
    let lines = [
        "1000000100|a|q|ann|COMPLETECALLER|10|90|1\n",
        "1000000100|NONE|NONE|ann|WRAPUPSTART|15\n",
        "1000000101|b|q|ann|COMPLETECALLER|50|51|1\n",
        "1000000101|NONE|NONE|ann|WRAPUPSTART|20\n",
    ];
    for number in 0..24 {
        let mut left = lines.to_vec();
        let places = [number / 6, number / 2 % 3, number % 2, 0];
        let mixed: String = places.into_iter().map(|place| left.remove(place)).collect();
        let kept = read(&format!("{begin}{mixed}"));
        let wraps = (kept.contact("a").wrap, kept.contact("b").wrap);
        assert_eq!(wraps, (Some(15_000), Some(20_000)), "{mixed}");
    }
}
