//! The command as a user runs it: on the shipped example and on files of their own.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/phone-support");

fn longshore(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_longshore")).args(arguments).env("NO_COLOR", "1").output().unwrap()
}

fn succeeds(arguments: &[&str]) -> String {
    let output = longshore(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&succeeds(&[arguments, &["--json"]].concat())).unwrap()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The example over two months, so that a test in the dev profile stays short.
fn short_case(folder: &Path) -> PathBuf {
    let case = folder.join("phone-support");
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        std::fs::create_dir_all(case.join(&inner)).unwrap();
        for entry in std::fs::read_dir(Path::new(EXAMPLE).join(&inner)).unwrap() {
            let entry = entry.unwrap();
            let to = inner.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(to);
            } else {
                std::fs::copy(entry.path(), case.join(to)).unwrap();
            }
        }
    }
    let decide = std::fs::read_to_string(case.join("decide.toml")).unwrap();
    assert!(decide.contains("months = 12"));
    std::fs::write(case.join("decide.toml"), decide.replace("months = 12", "months = 2")).unwrap();
    case
}

#[test]
fn plan_equals_audit_and_counting_has_no_order() {
    let folder = tempfile::tempdir().unwrap();
    let case = short_case(folder.path());
    let compared = json(&["compare", path(&case), "--runs", "1", "--seed", "7"]);
    for option in compared["options"].as_array().unwrap() {
        let id = option["option"].as_str().unwrap();
        let records = folder.path().join(id);
        succeeds(&["simulate", path(&case), "--option", id, "--seed", "7", "--out", path(&records)]);
        let rated = json(&["rate", path(&records), "--case", path(&case), "--option", id, "--all-months"]);
        assert_eq!(rated["currency"], option["charges_currency"], "{id}");

        let mut charges: Vec<(String, String, longshore_units::Amount)> = Vec::new();
        for month in rated["months"].as_array().unwrap() {
            let mut total = longshore_units::Amount::zero();
            for line in month["lines"].as_array().unwrap() {
                let details = line["detail"].as_array().unwrap().iter().map(|detail| amount(&detail["amount"])).sum();
                assert_eq!(amount(&line["amount"]), details, "details of {line}");
                total += &amount(&line["amount"]);
                let (charge, provider) = (text(&line["charge"]), text(&line["provider"]));
                match charges.iter_mut().find(|known| known.0 == charge && known.1 == provider) {
                    Some(known) => known.2 += &amount(&line["amount"]),
                    None => charges.push((charge, provider, amount(&line["amount"]))),
                }
            }
            assert_eq!(total, amount(&month["total"]), "lines of {id} in {month}");
        }
        let planned: Vec<_> = option["charges"]
            .as_array()
            .unwrap()
            .iter()
            .map(|charge| (text(&charge["charge"]), text(&charge["provider"]), amount(&charge["amount"])))
            .collect();
        charges.sort();
        let mut planned = planned;
        planned.sort();
        assert_eq!(planned, charges, "{id}");

        for (of, contract) in [("domestic-shared", "heartland-shared"), ("philippines-dedicated", "cebu-dedicated")] {
            if id == of {
                counts_have_no_order(path(&case.join(format!("contracts/{contract}.toml"))), path(&records));
            }
        }
    }
}

/// The same hash on any number of threads, in any batches, in any order, and by the obvious counter.
fn counts_have_no_order(contract: &str, records: &str) {
    let hash = |more: &[&str]| {
        let counted = json(&[&["count", contract, records], more].concat());
        assert!(counted["rows"].is_u64() && counted["counts"].is_array());
        text(&counted["hash"])
    };
    let one = hash(&["--threads", "1"]);
    assert_eq!(hash(&["--threads", "2", "--batch-rows", "1000"]), one);
    assert_eq!(hash(&["--shuffle", "5", "--batch-rows", "17"]), one);
    assert_eq!(hash(&["--oracle"]), one);
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let case = short_case(folder.path());
    let one = succeeds(&["compare", path(&case), "--runs", "3", "--threads", "1", "--json"]);
    let two = succeeds(&["compare", path(&case), "--runs", "3", "--threads", "2", "--json"]);
    assert_eq!(one, two);
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    for out in [&first, &second] {
        succeeds(&[
            "simulate",
            path(&case),
            "--option",
            "overflow-only",
            "--seed",
            "3",
            "--run",
            "2",
            "--out",
            path(out),
        ]);
    }
    for table in [
        "contacts",
        "legs",
        "agent_time",
        "schedule",
        "agents",
        "forecast",
        "rates",
        "reported",
        "outages",
        "intervals",
    ] {
        let bytes = |out: &Path| std::fs::read(out.join(table).join("part-00000.parquet")).unwrap();
        assert_eq!(bytes(&first), bytes(&second), "{table}");
    }
}

#[test]
fn erlang_a_and_c_are_exact() {
    let palm = ["erlang", "--model", "a", "--contacts", "1140/h", "--handle", "300s", "--patience", "120s"];
    let result = json(&[&palm[..], &["--agents", "100", "--threshold", "20s"]].concat());
    let near = |value: &Value, expected: f64| {
        assert!((value.as_f64().unwrap() - expected).abs() < 1e-8, "{value} is not {expected}")
    };
    near(&result["p_wait"], 0.25276682965424085);
    near(&result["p_abandon"], 0.027053575043634003);
    near(&result["asa_s"], 3.246429005236181);
    near(&result["occupancy"], 0.9242991037085476);
    near(&result["service_level"]["offered"], 0.9223794287956486);
    near(&result["service_level"]["virtual"], 0.9352931715);
    let agents = json(&[&palm[..], &["--target", "80%"]].concat())["agents"].as_u64().unwrap();
    assert_eq!(agents, 93);
    let erlang_c = ["erlang", "--model", "c", "--contacts", "100/30m", "--handle", "3m", "--target", "80%"];
    assert_eq!(json(&erlang_c)["agents"], 14);
}

/// 9.4768 of 1,000 contacts are turned away (a peer's figure, ref018); the others were worked with other programs.
#[test]
fn erlang_knows_lines_callers_who_call_again_and_the_way_back() {
    let near = |arguments: &[&str], name: &str, expected: f64, within: f64| {
        let value = json(arguments)[name].as_f64().unwrap();
        assert!((value - expected).abs() < within, "{name} of {arguments:?} is {value}, not {expected}");
    };
    let lines = ["erlang", "--model", "c", "--contacts", "4.2/m", "--handle", "2m", "--agents", "12", "--places", "17"];
    near(&lines, "p_block", 0.00947687430251, 1e-12);
    let palm = ["erlang", "--model", "a", "--contacts", "1140/h", "--handle", "300s", "--agents", "100"];
    near(&[&palm[..], &["--patience", "120s", "--redial", "60%"]].concat(), "load", 97.0473157, 1e-6);
    near(&[&palm[..], &["--abandoned", "2.7053575%"]].concat(), "patience_s", 120.0, 1e-4);
    let most = ["erlang", "--model", "c", "--handle", "3m", "--agents", "14", "--target", "80%"];
    near(&most, "contacts_per_hour", 10.868491355955683 * 20.0, 1e-6);
    let target = ["erlang", "--model", "c", "--contacts", "200/h", "--handle", "3m", "--target", "80%"];
    near(&target, "agents_fraction", 13.0474928642, 1e-9);
}

/// Rows of the reference figures that are Erlang A or C, through the command. Where the file is absent the test says so.
#[test]
fn reference_figures_hold_through_the_command() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/reference/queueing.csv");
    let Ok(mut reader) = csv::Reader::from_path(file) else {
        println!("skipped: the reference figures are not beside the project");
        return;
    };
    let mut held = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let (id, model, agrees) = (&row[0], &row[3], &row[8]);
        let (Ok(inputs), Ok(figures)) =
            (serde_json::from_str::<Value>(&row[4]), serde_json::from_str::<Value>(&row[7]))
        else {
            continue;
        };
        if agrees != "yes" || !matches!(model, "ErlangA" | "ErlangC") {
            continue;
        }
        let number = |name: &str| inputs[name].as_f64();
        let milliseconds = |seconds: f64| format!("{}ms", (seconds * 1000.0).round());
        // An hour's handle time makes the load a number of contacts an hour.
        let (contacts, handle, patience, agents, threshold) = if model == "ErlangA" {
            match (number("lambda_per_min"), number("aht_min"), number("patience_min")) {
                (Some(rate), Some(handle), Some(patience)) => (
                    format!("{rate}/m"),
                    handle * 60.0,
                    Some(patience * 60.0),
                    number("n"),
                    number("t_min").map(|t| t * 60.0),
                ),
                _ => continue, // By the second: no whole milliseconds, and the same figures as above.
            }
        } else {
            match (number("load").or(number("a")), number("n").or(number("c"))) {
                (Some(load), agents @ Some(_)) => (format!("{load:.9}/h"), 3600.0, None, agents, None),
                _ => continue,
            }
        };
        let (handle, agents) = (milliseconds(handle), (agents.unwrap() as u32).to_string());
        let threshold = milliseconds(threshold.unwrap_or(20.0));
        let letter = if patience.is_some() { "a" } else { "c" };
        let patience = patience.map(milliseconds);
        let mut arguments =
            vec!["erlang", "--model", letter, "--contacts", &contacts, "--handle", &handle, "--agents", &agents];
        arguments.extend(["--threshold", &threshold]);
        arguments.extend(patience.iter().flat_map(|patience| ["--patience", patience]));
        let result = json(&arguments);
        let pairs = [
            ("p_wait", &result["p_wait"]),
            ("p_ab", &result["p_abandon"]),
            ("occ", &result["occupancy"]),
            ("virtual_sl", &result["service_level"]["virtual"]),
            ("sl_offered", &result["service_level"]["offered"]),
            ("sl_answered", &result["service_level"]["answered"]),
            ("p_actualwait_le_t", &result["service_level"]["actual"]),
        ];
        for (name, ours) in pairs {
            let Some(figure) = figures[name].as_f64() else { continue };
            let ours = ours.as_f64().unwrap();
            assert!((ours - figure).abs() < 2e-9, "{id} {model} {name}: {ours} is not {figure}");
            held += 1;
        }
    }
    assert!(40 <= held, "only {held} figures were compared");
    println!("{held} figures hold");
}

/// Every figure says who published it and when; a country shows its own before those of its region.
#[test]
fn the_catalog_names_its_sources() {
    let figures = |arguments: &[&str]| json(arguments)["figures"].as_array().unwrap().clone();
    let (all, jamaica) = (figures(&["catalog"]), figures(&["catalog", "jm"]));
    assert!(200 < all.len() && jamaica.len() < all.len());
    for figure in &all {
        assert!(!text(&figure["source"]).is_empty() && !text(&figure["year"]).is_empty(), "{figure}");
    }
    let hours: Vec<String> = jamaica
        .iter()
        .filter(|figure| figure["kind"] == "agent hour")
        .map(|figure| format!("{} {}-{}", text(&figure["place"]), text(&figure["low"]), text(&figure["high"])))
        .collect();
    assert_eq!(hours, ["Jamaica 10-18", "Caribbean 10-18", "anywhere 10-50"]);
    let seen = succeeds(&["catalog", "JM"]);
    assert!(seen.contains("calendar \"JM\"; whole") && seen.contains("zloadr.com"), "{seen}");
    // What an hour should cost is the sum of its parts.
    let cost = json(&["catalog", "JM"])["should_cost"].clone();
    let highs = cost["parts"].as_array().unwrap().iter().map(|part| text(&part["high"]).parse::<f64>().unwrap());
    assert!((highs.sum::<f64>() - text(&cost["hour"]["high"]).parse::<f64>().unwrap()).abs() < 1e-3, "{cost}");
    assert!(json(&["catalog", "DE"])["should_cost"].is_null(), "no agent's pay is published for Germany");
    assert_eq!(longshore(&["catalog", "Atlantis"]).status.code(), Some(2));
}

/// A new case checks and compares as written, is never written over, and asks for what the catalog does not have.
#[test]
fn a_new_case_works_as_written() {
    let folder = tempfile::tempdir().unwrap();
    let case = folder.path().join("ours");
    let said = succeeds(&["new", path(&case)]);
    assert!(said.contains("program.toml") && said.contains("offshore-monthly.toml"), "{said}");
    succeeds(&["check", path(&case)]);
    let compared = json(&["compare", path(&case), "--runs", "1"]);
    let options = compared["options"].as_array().unwrap();
    assert_eq!(options.len(), 9);
    for assumption in options.iter().flat_map(|option| option["assumptions"].as_array().unwrap()) {
        assert!(!text(&assumption["source"]).is_empty(), "{assumption}");
    }
    let before = std::fs::read(case.join("program.toml")).unwrap();
    assert_eq!(longshore(&["new", path(&case), "--country", "GB"]).status.code(), Some(2));
    assert_eq!(std::fs::read(case.join("program.toml")).unwrap(), before);

    let spain = folder.path().join("spain");
    let refused = longshore(&["new", path(&spain), "--country", "ES"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--dollar") && !spain.exists());
    succeeds(&["new", path(&spain), "--country", "ES", "--dollar", "0.90"]);
    succeeds(&["check", path(&spain)]);
}

/// The same drafts stand in for files that are not there: ten lines are compared like a folder of them.
#[test]
fn ten_lines_are_compared() {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ten-lines");
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("ten-lines");
    succeeds(&["new", path(&written), "--from", &format!("{example}/program.toml")]);
    let compare = |case: &str| succeeds(&["compare", case, "--runs", "1", "--json"]);
    assert_eq!(compare(example), compare(path(&written)));
}

/// What an answer says to do next can be done, whether a case is written or drafted, whole or in part.
#[test]
fn the_next_commands_work() {
    let folder = tempfile::tempdir().unwrap();
    short_case(folder.path());
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ten-lines/program.toml");
    for (case, decide) in [("lines", None), ("begun", Some("starts = 2027-01-01\nmonths = 1\n"))] {
        let case = folder.path().join(case);
        std::fs::create_dir(&case).unwrap();
        std::fs::copy(program, case.join("program.toml")).unwrap();
        if let Some(decide) = decide {
            std::fs::write(case.join("decide.toml"), decide).unwrap();
        }
    }
    let run = |command: &str| {
        let mut longshore = Command::new(env!("CARGO_BIN_EXE_longshore"));
        let output = longshore.args(command.split_whitespace()).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{command}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for (case, kinds) in [
        ("phone-support", &["compare", "sheet"][..]), // Today's is the first over two months, and has no contract.
        ("lines", &["compare", "new", "sheet"]),
        ("begun", &["compare", "sheet"]),
    ] {
        let answer = run(&format!("compare {case} --runs 1"));
        // A command ends where three blanks part it from what it is for.
        let next = answer.lines().filter_map(|line| line.strip_prefix("  longshore ")?.split("   ").next());
        let next: Vec<&str> = next.collect();
        assert_eq!(next.iter().filter_map(|command| command.split(' ').next()).collect::<Vec<_>>(), kinds, "{case}");
        for command in next.into_iter().filter(|command| !command.starts_with("compare")) {
            assert!(!run(command).is_empty(), "{command}: nothing is said");
        }
    }
    for file in ["drafted/contracts/freelancers.toml", "quote.xlsx"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
    let checked = longshore(&["check", path(&folder.path().join("lines"))]);
    assert!(String::from_utf8_lossy(&checked.stderr).contains("not on disk"));
    let checked = longshore(&["check", path(&folder.path().join("drafted"))]);
    assert!(!String::from_utf8_lossy(&checked.stderr).contains("not on disk"));
}

/// The page needs nothing from elsewhere and says its language; the workbook's totals are formulas; both have each option.
#[test]
fn an_answer_is_a_page_and_a_workbook_in_four_languages() {
    let folder = tempfile::tempdir().unwrap();
    let case = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/ten-lines");
    let (page, book) = (folder.path().join("answer.html"), folder.path().join("answer.xlsx"));
    for language in ["en", "es", "ro", "fil"] {
        let files = ["--html", path(&page), "--xlsx", path(&book)];
        let text = succeeds(&[&["compare", case, "--runs", "1", "--lang", language], &files[..]].concat());
        let html = std::fs::read_to_string(&page).unwrap();
        let sheets = longshore_workbook::read(&std::fs::read(&book).unwrap()).unwrap();
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        for outside in ["http:", "https:", "<script", "<link", "src=", "@import", "url("] {
            assert!(!html.contains(outside), "{language}: {outside}");
        }
        for shown in [&text, &html] {
            // A message that is missing stands in braces; styles have spaces after theirs.
            let unsaid = shown.split('{').skip(1).filter(|after| after.starts_with(|c: char| c.is_ascii_lowercase()));
            assert_eq!(unsaid.collect::<Vec<_>>(), Vec::<&str>::new(), "{language}");
            assert!(!text.contains("±0"), "{language}: what moves nothing is not told");
            for option in ["offshore-dedicated", "domestic-shared", "today"] {
                assert!(shown.contains(option), "{language}: {option}");
            }
        }
        assert!(4 <= html.matches("<svg").count() && html.matches("<table").count() >= 5);
        // What an option costs in all is found where its parts are summed up.
        let number = |sheet: usize, at: (u32, u32)| match &sheets[sheet].cells[&at].value {
            Some(longshore_workbook::Value::Number(number)) => number.clone(),
            other => panic!("{language}: {at:?} of {} is {other:?}", sheets[sheet].name),
        };
        let total = sheets[2].cells.keys().map(|(_, column)| *column).max().unwrap();
        for option in 1..=9 {
            assert!(sheets[1].cells[&(option, 5)].has_formula, "{language}");
            assert_eq!(number(1, (option, 5)), number(2, (option, total)), "{language}");
        }
        assert_eq!(sheets.len(), 12, "{language}: {:?}", sheets.iter().map(|sheet| &sheet.name).collect::<Vec<_>>());
    }
}

#[test]
fn what_people_see() {
    let folder = tempfile::tempdir().unwrap();
    short_case(folder.path());
    // Columns beside the folder's name are as wide as it is: the name is that of the example's own folder.
    let compared = Command::new(env!("CARGO_BIN_EXE_longshore"))
        .args(["compare", "phone-support", "--runs", "2"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = String::from_utf8(compared.stdout).unwrap();
    assert!(text.lines().count() <= 44, "an answer is read at a glance:\n{text}");
    insta::assert_snapshot!("compare", text);
    for contract in ["heartland-shared", "cebu-dedicated", "monterrey-monthly", "bluegrass-overflow"] {
        let contract_path = format!("{EXAMPLE}/contracts/{contract}.toml");
        insta::assert_snapshot!(contract, succeeds(&["explain", &contract_path]));
    }
    insta::assert_snapshot!(
        "erlang",
        succeeds(&["erlang", "--model", "c", "--contacts", "100/30m", "--handle", "3m", "--agents", "14"])
    );
}

#[test]
fn exit_codes_say_whose_mistake_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = folder.path().join("wrong.toml");
    std::fs::write(&wrong, "provider = 3\n[[charge]]\nunit = 'minute'\neach = 0.4\n").unwrap();
    let output = longshore(&["check", path(&wrong)]);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    for code in ["T002", "T003", "T005"] {
        assert!(said.contains(code), "{code} is not in\n{said}");
    }
    // Warnings alone are no failure.
    let doubtful = folder.path().join("doubtful.toml");
    std::fs::write(
        &doubtful,
        "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n[[charge]]\nunit = 'minute'\neach = '0.95'\n",
    )
    .unwrap();
    assert_eq!(longshore(&["check", path(&doubtful)]).status.code(), Some(0));
    assert_eq!(longshore(&["check", path(&folder.path().join("nowhere.toml"))]).status.code(), Some(2));
    assert_eq!(longshore(&["check"]).status.code(), Some(2));
    assert_eq!(longshore(&["--help"]).status.code(), Some(0));
    // What is no record is said, and nothing is written over.
    let rubbish = folder.path().join("part.parquet");
    std::fs::write(&rubbish, "not a table").unwrap();
    assert_eq!(longshore(&["count", path(&doubtful), path(&rubbish)]).status.code(), Some(2));
    let case = short_case(folder.path());
    let records = folder.path().join("records");
    succeeds(&["simulate", path(&case), "--option", "domestic-shared", "--seed", "1", "--out", path(&records)]);
    let contacts = records.join("contacts/part-00000.parquet");
    for twice in [path(&records), path(&contacts)] {
        assert_eq!(longshore(&["count", path(&doubtful), path(&records), twice]).status.code(), Some(2));
    }
    let output = longshore(&["simulate", EXAMPLE, "--option", "today", "--seed", "1", "--out", path(folder.path())]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_seed_that_is_none_says_what_seeds_are() {
    for seed in ["-1", "1.5", "many", "18446744073709551616"] {
        for arguments in [&["compare", EXAMPLE][..], &["simulate", EXAMPLE, "--option", "today", "--out", "nowhere"]] {
            let output = longshore(&[arguments, &["--seed", seed]].concat());
            assert_eq!(output.status.code(), Some(2));
            let said = String::from_utf8(output.stderr).unwrap();
            let why = "a seed is a whole number from 0 to 18446744073709551615, such as 7";
            assert!(said.contains(&format!("invalid value '{seed}'")) && said.contains(why), "{said}");
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn amount(value: &Value) -> longshore_units::Amount {
    longshore_units::Amount(value.as_str().unwrap().parse().unwrap())
}

/// A month is priced by the amendments that were known on a day, and earlier months without quantities by none: no condition
/// asks what came to what in these.
#[test]
fn quantities_are_priced_as_known_and_by_months() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let to = folder.path().join(name);
        std::fs::write(&to, text).unwrap();
        to
    };
    let contract = put(
        "contract.toml",
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\nends = 2027-12-31\n\
         round = { at = 'line', to = '0.01', how = 'half-up' }\n\
         [[charge]]\nname = 'voice'\nunit = 'leg'\nwhen = { outcome = 'answered' }\neach = '2'\n\
         [[minimum]]\nname = 'least'\non = 'voice'\namount = '900'\nper = 'quarter'\nwaived_if = 'staffed < 95% of requested'\n\
         [[minimum]]\nname = 'monthly'\non = 'voice'\namount = '10'\nwaived_if = 'staffed < 95% of requested'\n\
         [[amendment]]\nknown = 2027-06-15\neffective = 2027-03-01\nset.charge.voice.each = '1'\n",
    );
    let used = put(
        "used.csv",
        "month,charge,rows,quantity\n2027-03,voice,100,100\n2027-03,least: staffed,1,95\n2027-03,least: requested,1,100\n",
    );
    let price = |more: &[&str]| {
        let all = [&["price", path(&contract), "--quantities", path(&used), "--json"], more].concat();
        let priced: Value = serde_json::from_str(&succeeds(&all)).unwrap();
        let months = priced["months"].as_array().unwrap();
        months.iter().map(|month| text(&month["total"])).collect::<Vec<_>>()
    };
    // 100 at 1, or at 2 before that was known, and what is missing to 900.
    assert_eq!(price(&[]), ["900.00"]);
    assert_eq!(price(&["--known", "2027-06-14"]), ["900.00"]);
    let line = |known: &[&str]| {
        let all = [&["price", path(&contract), "--quantities", path(&used), "--json"], known].concat();
        let priced: Value = serde_json::from_str(&succeeds(&all)).unwrap();
        text(&priced["months"][0]["lines"][0]["amount"])
    };
    assert_eq!(line(&["--known", "2027-06-15"]), "100.00");
    assert_eq!(line(&["--known", "2027-06-14"]), "200.00");
    // A month that is asked for needs to be known.
    let all = ["price", path(&contract), "--quantities", path(&used), "--month", "2027-01"];
    let output = longshore(&all);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("`monthly` needs to know `monthly: staffed` in 2027-01"), "{said}");
}
