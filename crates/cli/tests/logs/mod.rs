//! Queue logs, and lakes that they are imported into.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_longshore"));
    command.args(arguments).env("NO_COLOR", "1");
    command
}

pub fn longshore(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

pub fn text(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

pub fn succeeds(arguments: &[&str]) -> String {
    let output = longshore(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", text(&output));
    String::from_utf8(output.stdout).unwrap()
}

pub fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A queue log of a day from midnight in UTC: a call every two minutes, every fifth of which is abandoned. The last one
/// still runs when the log ends, and ends in the next day's.
pub fn log(day: i64) -> String {
    let midnight = 1_772_323_200 + day * 86_400; // 2026-03-01.
    let mut lines = String::new();
    if day == 0 {
        for agent in 1..=3 {
            writeln!(lines, "{midnight}|NONE|support|SIP/{agent}|ADDMEMBER|").unwrap();
        }
    } else {
        writeln!(lines, "{}|{}|support|SIP/7|COMPLETECALLER|20|400|1", midnight + 300, id(day - 1, 719)).unwrap();
    }
    for call in 0..720 {
        let (at, id) = (midnight + call * 120, id(day, call));
        writeln!(lines, "{at}|{id}|support|NONE|ENTERQUEUE||+1555{:07}|1", call * 13 % 500).unwrap();
        if call % 5 == 4 && call != 719 {
            writeln!(lines, "{}|{id}|support|NONE|ABANDON|1|1|35", at + 35).unwrap();
            continue;
        }
        let (agent, wait) = (call % 3 + 1, call % 40);
        writeln!(lines, "{}|{id}|support|SIP/{agent}|CONNECT|{wait}|{id}.1|3", at + wait).unwrap();
        if call != 719 {
            writeln!(lines, "{}|{id}|support|SIP/{agent}|COMPLETEAGENT|{wait}|60|1", at + wait + 60).unwrap();
        }
    }
    lines
}

fn id(day: i64, call: i64) -> String {
    format!("{day}.{call}")
}

/// Logs of some days, each in a file.
pub fn logs(folder: &Path, days: i64) -> Vec<PathBuf> {
    let file = |day: i64| {
        let file = folder.join(format!("queue_log.{day}"));
        std::fs::write(&file, log(day)).unwrap();
        file
    };
    std::fs::write(folder.join("key"), "a key of more than sixteen bytes").unwrap();
    (0..days).map(file).collect()
}

pub fn import<'a>(lake: &'a str, key: &'a Path, file: &'a Path) -> Vec<&'a str> {
    let of = ["import", "--from", "asterisk-queue-log", "--provider", "cebu", "--key"];
    of.into_iter().chain([path(key), "--into", lake, path(file)]).collect()
}

/// All that holds, without when it came.
pub fn contents(lake: &str) -> String {
    let contacts = "select contact_id, first_queue, outcome, offered_at, answered_at, ended_at, wait, ring, talk, customer, legs \
                    from contacts order by contact_id";
    let legs = "select contact_id, leg, agent, outcome, talk from legs order by contact_id, leg";
    let agent_time = "select agent, state, \"from\", until from agent_time order by agent, \"from\"";
    [contacts, legs, agent_time].map(|query| succeeds(&["sql", lake, query, "--csv"])).concat()
}
