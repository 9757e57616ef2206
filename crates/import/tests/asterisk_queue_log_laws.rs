//! Laws of the reader of queue logs: wherever a log is cut, however its lines are mixed or repeated, the same comes out.

#![allow(clippy::unwrap_used, clippy::print_stderr)] // A test fails by panicking, and says why it skips.

mod kept;

use kept::{Kept, import, origin};
use longshore_import::{AmazonConnect, AsteriskQueueLog, Input, Outbox, Reader, Stream};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// One call: when it comes, what happens in each queue it visits, and after how long.
#[derive(Clone, Debug)]
struct Call {
    from: i64,
    visits: Vec<(u8, u8, u8, u8, i64)>, // Queue, agent, waiting, talking, and what came of it.
}

fn call() -> impl Strategy<Value = Call> {
    let visit = (0u8..3, 0u8..4, 0u8..120, 0u8..200, 0i64..9);
    (0i64..7200, vec(visit, 1..4)).prop_map(|(from, visits)| Call { from, visits })
}

/// A log with a line an event in the order of time, as a system writes it: microseconds or whole seconds.
fn log(calls: &[Call], agents: &[(i64, u8, u8)], restart: Option<i64>, whole: bool) -> Vec<String> {
    let mut lines: Vec<(i64, usize, String)> = Vec::new();
    let mut say = |at: i64, text: String| {
        let number = lines.len();
        lines.push((at, number, text));
    };
    for agent in 0..4 {
        say(-10_000_000 + agent, format!("NONE|q0|a{agent}|ADDMEMBER|"));
    }
    for (at, agent, what) in agents {
        let event = ["PAUSEALL|lunch", "UNPAUSEALL|", "PAUSE|", "UNPAUSE|"][usize::from(*what) % 4];
        say(at * 1_000_000 + 7, format!("NONE|q0|a{agent}|{event}"));
    }
    for (number, call) in calls.iter().enumerate() {
        // Each call has its own fraction of a second, so that no two events are at one instant but those of one call.
        let mut at = call.from * 1_000_000 + 1000 + number as i64;
        let id = format!("c{number}");
        for (queue, agent, wait, talk, end) in &call.visits {
            if *end == 8 {
                say(at, format!("{id}|q{queue}|NONE|JOINEMPTY|"));
                break;
            }
            say(at, format!("{id}|q{queue}|NONE|ENTERQUEUE||55501{number:02}|1"));
            let from = at;
            at += i64::from(*wait) * 1_000_000 + 31;
            let waited = (at - from) / 1_000_000;
            match end {
                0 => say(at, format!("{id}|q{queue}|NONE|ABANDON|1|1|{waited}")),
                1 => say(at, format!("{id}|q{queue}|NONE|EXITWITHTIMEOUT|1|1|{waited}")),
                2 => say(at, format!("{id}|q{queue}|NONE|EXITWITHKEY|5|1|1|{waited}")),
                3 => break, // Nothing more is heard of it.
                _ => {
                    say(at, format!("{id}|q{queue}|a{agent}|CONNECT|{waited}|x|{}", waited.min(5)));
                    at += i64::from(*talk) * 1_000_000 + 17;
                    match end {
                        4 => say(at, format!("{id}|q{queue}|a{agent}|COMPLETEAGENT|{waited}|{talk}|1")),
                        5 => say(at, format!("{id}|q{queue}|a{agent}|COMPLETECALLER|{waited}|{talk}|1")),
                        6 => say(at, format!("{id}|q{queue}|a{agent}|BLINDTRANSFER|6|d|{waited}|{talk}|1")),
                        _ => break,
                    }
                    say(at, format!("NONE|NONE|a{agent}|WRAPUPSTART|15"));
                }
            }
            at += 100_000;
            if *end == 0 {
                break;
            }
        }
    }
    if let Some(at) = restart {
        say(at * 1_000_000 + 3, "NONE|NONE|NONE|QUEUESTART|".to_owned());
    }
    lines.sort();
    let base = 1_767_254_400_000_000;
    let written = |(at, _, text): (i64, usize, String)| {
        let at = base + at;
        match whole {
            true => format!("{}|{text}\n", at / 1_000_000),
            false => format!("{}.{:06}|{text}\n", at / 1_000_000, at % 1_000_000),
        }
    };
    lines.into_iter().map(written).collect()
}

fn logs() -> impl Strategy<Value = Vec<String>> {
    let agents = vec((0i64..7200, 0u8..4, any::<u8>()), 0..8);
    let restart = prop::option::of(0i64..7200);
    (vec(call(), 1..12), agents, restart, any::<bool>())
        .prop_map(|(calls, agents, restart, whole)| log(&calls, &agents, restart, whole))
}

fn read(carried: &str, lines: &[String]) -> (Kept, String) {
    let mut reader = AsteriskQueueLog::new(origin(), carried).unwrap();
    let (mut kept, carried) = import(&mut reader, &[lines.concat().as_bytes()]).unwrap();
    kept.sort();
    (kept, carried)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Contacts, legs and agent time are those of the whole log; what was open at the cut is superseded.
    #[test]
    fn a_log_that_is_cut_anywhere_comes_to_the_same(lines in logs(), cut: Index) {
        let whole = read("", &lines).0;
        let cut = cut.index(lines.len() + 1);
        let (mut kept, carried) = read("", &lines[..cut]);
        kept.supersede(read(&carried, &lines[cut..]).0);
        kept.sort();
        prop_assert_eq!(&kept.contacts, &whole.contacts);
        prop_assert_eq!(&kept.legs, &whole.legs);
        prop_assert_eq!(&kept.agent_time, &whole.agent_time);
    }

    /// The same lines in another order within a minute, and some of them twice, say nothing else.
    #[test]
    fn mixed_and_repeated_lines_come_to_the_same(lines in logs(), order: Vec<u32>, again: Vec<Index>) {
        let whole = read("", &lines).0;
        let mut mixed: Vec<(i64, u32, &String)> = Vec::new();
        let minute = |line: &str| line.split(['.', '|']).next().unwrap().parse::<i64>().unwrap() / 60;
        for (place, line) in lines.iter().enumerate() {
            mixed.push((minute(line), order.get(place % order.len().max(1)).copied().unwrap_or(0), line));
        }
        for index in again {
            let line = &lines[index.index(lines.len())];
            mixed.push((minute(line), 7, line));
        }
        mixed.sort_by_key(|(minute, order, _)| (*minute, *order));
        let mixed: Vec<String> = mixed.into_iter().map(|(_, _, line)| line.clone()).collect();
        let found = read("", &mixed).0;
        prop_assert_eq!(&found.contacts, &whole.contacts);
        prop_assert_eq!(&found.legs, &whole.legs);
        prop_assert_eq!(&found.agent_time, &whole.agent_time);
    }

    /// The newest line first, as some tables are exported.
    #[test]
    fn a_log_that_is_upside_down_comes_to_the_same(lines in logs()) {
        let whole = read("", &lines).0;
        let reversed: Vec<String> = lines.into_iter().rev().collect();
        let found = read("", &reversed).0;
        prop_assert_eq!(&found.contacts, &whole.contacts);
        prop_assert_eq!(&found.legs, &whole.legs);
        prop_assert_eq!(&found.agent_time, &whole.agent_time);
    }

    /// Importing the same file again gives nothing new but what was handed out and not kept in mind: the same rows.
    #[test]
    fn the_same_log_again_changes_nothing(lines in logs()) {
        let (first, carried) = read("", &lines);
        let (again, _) = read(&carried, &lines);
        for contact in &again.contacts {
            prop_assert!(first.contacts.contains(contact), "{:?}", contact);
        }
        prop_assert_eq!(again.agent_time, vec![]);
    }

    #[test]
    fn one_agents_rows_never_overlap(lines in logs()) {
        let kept = read("", &lines).0;
        for pair in kept.agent_time.windows(2) {
            prop_assert!(pair[0].agent != pair[1].agent || pair[0].until <= pair[1].from, "{:?}", pair);
        }
        for row in &kept.agent_time {
            prop_assert!(row.from < row.until);
        }
    }

    /// Whatever stands in a file, reading ends, in rows or in an error.
    #[test]
    fn random_bytes_never_panic(bytes in vec(any::<u8>(), 0..400), text in "[0-9.|,A-Z\n{}\"\\[\\]:]{0,400}") {
        for bytes in [&bytes[..], text.as_bytes()] {
            let readers: [Box<dyn Reader>; 2] = [
                Box::new(AsteriskQueueLog::new(origin(), "").unwrap()),
                Box::new(AmazonConnect::new(origin(), "").unwrap()),
            ];
            for mut reader in readers {
                let mut kept = Kept::default();
                let mut out = Outbox::new(&mut kept);
                let mut stream = bytes;
                let _ = reader.read(Input { name: "x", stream: Stream::Bytes(&mut stream) }, &mut out);
                let _ = reader.finish(&mut out);
            }
        }
    }

    /// Events of the right form in any order, with any names and numbers. (But for after-contact work: which of two calls
    /// it is of that one agent ended in the same two seconds is told by the order of lines alone.)
    #[test]
    fn events_in_any_order_never_panic_and_conserve(
        events in vec((1_000_000_000i64..1_000_000_020, 0u8..3, 0u8..2, 0u8..3, 0usize..23, 0u32..30, 0u32..30), 0..40),
    ) {
        const WORDS: [&str; 23] = [
            "ENTERQUEUE", "ENTERQUEUE", "CONNECT", "COMPLETEAGENT", "COMPLETECALLER", "ABANDON", "EXITWITHTIMEOUT",
            "EXITWITHKEY", "LEAVEEMPTY", "JOINEMPTY", "FULL", "CLOSED", "BLINDTRANSFER", "ATTENDEDTRANSFER",
            "RINGNOANSWER", "PAUSE", "UNPAUSE", "PAUSEALL", "ADDMEMBER", "REMOVEMEMBER", "AGENTLOGIN", "AGENTLOGOFF",
            "QUEUESTART",
        ];
        let line = |(at, call, queue, agent, word, a, b): &(i64, u8, u8, u8, usize, u32, u32)| {
            format!("{at}|c{call}|q{queue}|a{agent}|{}|{a}|{b}|{a}|{b}|1\n", WORDS[*word])
        };
        let lines: Vec<String> = events.iter().map(line).collect();
        let forward = read("", &lines).0;
        let backward = read("", &lines.iter().rev().cloned().collect::<Vec<_>>()).0;
        prop_assert_eq!(&forward.contacts, &backward.contacts);
        prop_assert_eq!(&forward.legs, &backward.legs);
        let claimed: i64 = forward.contacts.iter().filter_map(|contact| contact.legs).sum();
        prop_assert_eq!(claimed, forward.legs.len() as i64);
    }
}
