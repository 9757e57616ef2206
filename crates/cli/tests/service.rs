//! `kpi` and `sla` as users run them: from a raw log to figures, and from records to money.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

mod pages;
mod rows;

use std::path::{Path, PathBuf};

use longshore_contacts::Table;
use pages::{longshore, put};
use serde_json::Value;

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(path);
    path.exists().then_some(path)
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let answer = longshore(folder, &[arguments, &["--json"]].concat());
    serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{arguments:?}: {}", answer.err))
}

fn assert_near(found: &Value, expected: &Value, times: f64, what: &str) {
    let (found, expected) = (found.as_f64().unwrap() * times, expected.as_f64().unwrap());
    assert!((found - expected).abs() < 0.005_000_1, "{what}: {found} instead of {expected}");
}

/// From the raw log to every service level in two commands.
#[test]
fn a_queue_log_comes_to_every_service_level() {
    let Some(log) = shared("samples/asterisk_queue_log/synthetic_day.queue_log") else {
        return println!("skipped: no sample to measure");
    };
    let reference = std::fs::read_to_string(shared("reference/kpi_variants_synthetic_day.json").unwrap()).unwrap();
    let reference: Value = serde_json::from_str(&reference).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    put(folder, "key", "sixteen bytes and more of a key");
    let log = log.to_str().unwrap();
    let import = ["import", "--from", "asterisk-queue-log", "--provider", "cebu", "--time-zone", "UTC"];
    let imported = longshore(folder, &[&import[..], &["--key", "key", "--out", "records", log]].concat());
    assert!(imported.success, "{}", imported.err);
    let whole = json(folder, &["kpi", "records"]);
    let by_queue = json(folder, &["kpi", "records", "--by", "queue", "--threads", "3"]);
    let groups = whole["groups"].as_array().unwrap().iter().chain(by_queue["groups"].as_array().unwrap());
    let mut compared = 0;
    for group in groups {
        let name = group["by"]["queue"].as_str().unwrap_or("all");
        let expected = &reference[name];
        compared += 1;
        for (theirs, ours) in [("answered", "answered"), ("abandoned", "abandoned"), ("key", "exit_key")] {
            assert_eq!(group[ours], expected["counts"][theirs], "{name}: {ours}");
        }
        for (theirs, ours) in [
            ("SL_answered_only", "service_level_answered"),
            ("SL_answered_only_strict_lt", "service_level_answered_below"),
            ("SL_offered_ans_plus_ab", "service_level_offered"),
            ("SL_excl_short_abandons", "service_level_without_short"),
            ("SL_excl_abandons_within_T", "service_level_abandons_ignored"),
            ("SL_abandons_within_T_count_as_met", "service_level_abandons_met"),
            ("SL_incl_flowouts", "service_level_with_flow_outs"),
            ("SL_all_attempts_incl_blocked", "service_level_with_blocked"),
            ("abandon_rate_offered", "abandonment"),
            ("abandon_rate_all_entered", "abandonment_of_entered"),
        ] {
            assert_near(&group[ours], &expected[theirs], 100.0, &format!("{name}: {ours}"));
        }
        assert_near(&group["speed_of_answer_with_ring_s"], &expected["ASA_answered_s"], 1.0, name);
        assert_near(&group["wait_s"], &expected["AWT_all_waiters_s"], 1.0, name);
    }
    assert_eq!(compared, 4);
    // Nobody asked these customers anything: that is said, and is not zero.
    assert!(whole["groups"][0]["satisfaction"].is_null());
    let missing = whole["not_measured"].as_array().unwrap();
    assert!(missing.iter().any(|missing| missing["figure"] == "satisfaction"));
    let again = json(folder, &["kpi", "records", "--by", "queue", "--threads", "1"]);
    assert_eq!(again, by_queue);
}

const CONTRACT: &str = r#"
provider = "answering-co"
currency = "USD"
time_zone = "America/New_York"
counted_at = "offered"
starts = 2027-01-01

[round]
at = "line"
to = "0.01"
how = "half-up"

[[charge]]
name = "service desk"
amount = "10000"
per = "month"

[[charge]]
name = "calls"
unit = "contact"
when = { outcome = ["answered"] }
each = "1"

[[sla]]
name = "answered in time"
clause = "B.1"
measure = { preset = "service level, offered", threshold = "20s" }
target = "80%"
on = ["service desk"]
credit = [{ below = "80%", percent = "2" }]
repeat = { misses = 2, within = "3 months", times = "2" }
consequence = [{ misses = 2, within = "3 months", right = "terminate for cause" }]

[[sla]]
name = "happy customers"
measure = "satisfaction"
target = "80%"
on = ["service desk"]
credit = [{ below = "80%", percent = "1" }]

[[sla]]
name = "no second call"
measure = { preset = "repeat", within = "7 days" }
target = "10%"
on = ["service desk"]

[[sla]]
name = "quality"
measure = "quality"
target = "90%"
on = ["service desk"]
"#;

/// In both months two of three are answered in time. Of five answers to the survey in February three are good.
const CONTACTS: &str = "
contact_id,outcome,offered_at,answered_at,ended_at,wait,ring,talk,hold,wrap,csat,customer
a1,answered,2027-01-05 09:00:00,2027-01-05 09:00:10,2027-01-05 09:02:00,10 s,0 s,110 s,0 s,20 s,,x
a2,answered,2027-01-06 09:00:00,2027-01-06 09:00:10,2027-01-06 09:02:00,10 s,0 s,110 s,0 s,20 s,,y
a3,abandoned,2027-01-07 09:00:00,,2027-01-07 09:01:00,60 s,,,,,,z
b1,answered,2027-02-05 09:00:00,2027-02-05 09:00:10,2027-02-05 09:02:00,10 s,0 s,110 s,0 s,20 s,5,x
b2,answered,2027-02-06 09:00:00,2027-02-06 09:00:20,2027-02-06 09:02:00,20 s,0 s,100 s,0 s,20 s,4,x
b3,answered,2027-02-07 09:00:00,2027-02-07 09:00:21,2027-02-07 09:02:00,21 s,0 s,99 s,0 s,20 s,2,v
b4,answered,2027-02-20 09:00:00,2027-02-20 09:00:05,2027-02-20 09:02:00,5 s,0 s,115 s,0 s,20 s,3,w
b5,answered,2027-02-21 09:00:00,2027-02-21 09:00:05,2027-02-21 09:02:00,5 s,0 s,115 s,0 s,20 s,5,u
b6,abandoned,2027-02-22 09:00:00,,2027-02-22 09:02:00,120 s,,,,,,t
";

fn records(folder: &Path, contract: &str) {
    put(folder, "contract.toml", contract);
    rows::manifest(folder, "America/New_York", "2027-01-01", "2027-02");
    rows::parquet(folder, Table::Contacts, &[CONTACTS.trim_start()], "answering-co", "America/New_York").unwrap();
}

#[test]
fn a_month_of_service_comes_to_money() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    records(folder, CONTRACT);
    let arguments = ["sla", "records", "--contract", "contract.toml", "--month", "2027-02", "--misses", "missed.csv"];
    assert!(!longshore(folder, &arguments).success, "a missed target is exit code 1");
    let service = json(folder, &arguments);
    let term = |name: &str| service["terms"].as_array().unwrap().iter().find(|term| term["name"] == name).unwrap();
    // Four of six within twenty seconds: the second month in a row that misses, so the credit is doubled.
    let in_time = term("answered in time");
    assert_eq!((in_time["above"].as_str(), in_time["below"].as_str()), (Some("4"), Some("6")));
    assert_eq!((in_time["verdict"].as_str(), in_time["met"].as_bool()), (Some("missed"), Some(false)));
    assert_eq!(in_time["margin"], "-0.133333333333");
    assert_eq!((in_time["credit"].as_str(), in_time["state"].as_str()), (Some("-400.00"), Some("final")));
    assert_eq!(in_time["due"][0]["what"], "terminate for cause");
    assert_eq!(in_time["due"][0]["misses"], 2);
    let contacts = &in_time["contacts"];
    assert_eq!((contacts["counted"].as_u64(), contacts["missed"].as_u64()), (Some(6), Some(2)));
    assert_eq!(contacts["worst"][0]["contact_id"], "b3");
    assert_eq!(contacts["worst"][0]["seconds"], "21");
    // Three of five answers: another five customers might well have met the target.
    let happy = term("happy customers");
    assert_eq!((happy["value"].as_str(), happy["within_noise"].as_bool()), (Some("0.6"), Some(true)));
    assert_eq!(happy["credit"], "-100.00");
    assert_eq!(happy["contacts"]["worst"].as_array().unwrap().len(), 2);
    // Whether those of the last week come back is not known before the seventh of March.
    let again = term("no second call");
    assert_eq!((again["value"].as_str(), again["state"].as_str()), (Some("0.2"), Some("provisional")));
    assert_eq!(again["provisional_until"], "2027-03-07");
    let quality = term("quality");
    assert_eq!((quality["verdict"].as_str(), quality["value"].as_str()), (Some("not measured"), None));
    assert_eq!(quality["not_measured"], "no records hold evaluations of contacts");
    assert_eq!(service["credit"], "-500.00");
    // One reckoning: the invoice has the same credits.
    let rated = json(folder, &["rate", "records", "--contract", "contract.toml", "--month", "2027-02"]);
    assert_eq!(rated["months"][0]["total"], "9505.00");
    let missed = std::fs::read_to_string(folder.join("missed.csv")).unwrap();
    let of_term = missed.lines().filter(|line| line.starts_with("answered in time,")).count();
    assert_eq!((of_term, missed.lines().next()), (2, Some("term,source,contact_id,queue,at,outcome,seconds,mark")));
}

#[test]
fn a_value_given_by_hand_goes_before_and_records_that_cannot_price_still_measure() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    records(folder, CONTRACT);
    put(folder, "measured.csv", "month,charge,rows,quantity\n2027-02,quality,,95%\n2027-02,answered in time,,85%\n");
    let arguments = ["sla", "records", "--contract", "contract.toml", "--month", "2027-02"];
    let service = json(folder, &[&arguments[..], &["--measured", "measured.csv"]].concat());
    let verdicts = |service: &Value| -> Vec<String> {
        let terms = service["terms"].as_array().unwrap();
        terms.iter().map(|term| term["verdict"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(verdicts(&service), ["met", "missed", "missed", "met"]);
    assert_eq!(
        (service["terms"][0]["given"].as_bool(), service["terms"][0]["value"].as_str()),
        (Some(true), Some("0.85"))
    );
    // A charge by the hour cannot be counted from contacts: the terms are measured all the same.
    put(folder, "contract.toml", &CONTRACT.replace("[[sla]]\nname = \"answered", "[[charge]]\nname = \"hours\"\nunit = \"agent-hour\"\nof = \"productive\"\neach = \"20\"\n\n[[sla]]\nname = \"answered"));
    let service = json(folder, &arguments);
    assert_eq!(verdicts(&service)[..2], ["missed", "missed"]);
    assert!(service["credit"].is_null() && service["terms"][0]["credit"].is_null());
    assert!(service["notes"][0].as_str().unwrap().contains("agent_time"), "{}", service["notes"]);
}
