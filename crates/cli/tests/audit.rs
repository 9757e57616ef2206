//! Invoices against their contract, from the files to the exit code.

#![allow(clippy::unwrap_used)]

mod pages;

use std::path::Path;
use std::process::Command;

use pages::put;
use serde_json::Value;

const CONTRACT: &str = r#"
provider = "cebu-answer"
currency = "USD"
time_zone = "America/New_York"
counted_at = "offered"
starts = 2027-01-01
ends = 2028-12-31
round = { at = "line", to = "0.01", how = "half-up" }
[calendar.holidays]
use = "US-federal"
[[charge]]
name = "voice"
clause = "§4.1"
unit = "minute"
of = ["talk", "wrap"]
then = "6s"
bands = [{ from = "0", each = "0.42" }, { from = "50000", each = "0.38" }]
tiers = "graduated"
scope = "contract"
surcharge = [{ calendar = "holidays", percent = "25" }]
[[charge]]
name = "chat"
unit = "contact"
when = { channel = "chat", outcome = ["answered"] }
each = "4.20"
[[charge]]
name = "platform"
amount = "1500"
per = "month"
prorate = "day"
[[minimum]]
name = "monthly minimum"
on = ["voice", "chat"]
amount = "20000"
prorate = "day"
"#;

/// What the command answers, and the code it ends with.
fn audit(folder: &Path, more: &[&str]) -> (i32, String, String) {
    put(folder, "contract.toml", CONTRACT);
    let mut arguments = vec!["audit", "--contract", "contract.toml"];
    arguments.extend(more);
    let output = Command::new(env!("CARGO_BIN_EXE_longshore")).args(&arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The audit of one TOML invoice for March.
fn of_lines(lines: &str) -> (i32, Value) {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "march.toml", &format!("number = \"7\"\nmonth = \"2027-03\"\n{lines}"));
    let (code, out, err) = audit(folder.path(), &["--json", "--invoice", "march.toml"]);
    assert!(code < 2, "{err}");
    let audit: Value = serde_json::from_str(&out).unwrap();
    assert_sums(&audit);
    (code, audit)
}

/// Amounts in cents.
fn cents(value: &Value) -> i64 {
    let text = value.as_str().unwrap();
    let (whole, part) = text.split_once('.').unwrap();
    assert_eq!(part.len(), 2, "{text} is money");
    let sign = if text.starts_with('-') { -1 } else { 1 };
    sign * (whole.trim_start_matches('-').parse::<i64>().unwrap() * 100 + part.parse::<i64>().unwrap())
}

/// Findings and what is unexplained come to each line's difference, lines to their invoice's.
fn assert_sums(audit: &Value) {
    let list = |value: &Value| value.as_array().unwrap().clone();
    for invoice in list(&audit["invoices"]) {
        for of in ["billed", "owed", "difference"] {
            let lines: i64 = list(&invoice["lines"]).iter().map(|line| cents(&line[of])).sum();
            assert_eq!(lines, cents(&invoice[of]), "{of} of {invoice:#}");
        }
        for line in list(&invoice["lines"]) {
            let found: i64 = list(&line["findings"]).iter().map(|finding| cents(&finding["amount"])).sum();
            assert_eq!(found + cents(&line["unexplained"]), cents(&line["difference"]), "{line:#}");
            assert_eq!(cents(&line["billed"]) - cents(&line["owed"]), cents(&line["difference"]), "{line:#}");
        }
    }
}

/// Cause and amount of each finding, and `unexplained` where anything is left.
fn found(audit: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for invoice in audit["invoices"].as_array().unwrap() {
        let lines = invoice["lines"].as_array().unwrap();
        let of_lines = lines.iter().flat_map(|line| line["findings"].as_array().unwrap());
        for finding in invoice["findings"].as_array().unwrap().iter().chain(of_lines) {
            let text = |key: &str| finding[key].as_str().unwrap().to_owned();
            found.push((text("cause"), text("amount")));
        }
        for line in lines.iter().filter(|line| line["unexplained"] != "0.00") {
            found.push(("unexplained".to_owned(), line["unexplained"].as_str().unwrap().to_owned()));
        }
    }
    found
}

fn is(found: &[(String, String)], wanted: &[(&str, &str)]) {
    let found: Vec<(&str, &str)> = found.iter().map(|(cause, amount)| (cause.as_str(), amount.as_str())).collect();
    assert_eq!(found, wanted);
}

const PLATFORM: &str = "[[line]]\ndescription = \"Platform\"\namount = \"1500.00\"\n";
const CHAT: &str = "[[line]]\ndescription = \"Chat\"\nquantity = \"1000\"\nprice = \"4.20\"\namount = \"4200.00\"\n";
const VOICE: &str = "[[line]]\ndescription = \"Voice\"\nquantity = \"50000\"\nunit = \"min\"\nprice = \"0.42\"\n\
                     amount = \"21000.00\"\n[[line]]\ndescription = \"Voice\"\nquantity = \"12000\"\nprice = \"0.38\"\n\
                     amount = \"4560.00\"\n";

#[test]
fn a_right_invoice_has_nothing_to_find() {
    let (code, audit) = of_lines(&format!("{VOICE}{CHAT}{PLATFORM}"));
    is(&found(&audit), &[]);
    assert_eq!(code, 0);
    assert_eq!(audit["invoices"][0]["billed"], "31260.00");
    assert_eq!(audit["currency"], "USD");
    let not_checked = audit["not_checked"][0]["what"].as_array().unwrap();
    assert!(not_checked.iter().any(|what| what.as_str().unwrap().contains("talk and wrap")));
}

#[test]
fn each_mistake_has_its_cause_and_its_amount() {
    let list_price = "[[line]]\ndescription = \"Voice\"\nquantity = \"62000\"\nprice = \"0.42\"\namount = \"26040\"\n";
    let other_bands = "[[line]]\ndescription = \"Voice\"\nquantity = \"60000\"\nprice = \"0.42\"\namount = \"25200\"\n\
                       [[line]]\ndescription = \"Voice\"\nquantity = \"2000\"\nprice = \"0.38\"\namount = \"760\"\n";
    let dear_chat = CHAT.replace("4.20", "4.32").replace("4200", "4320");
    let miscalculated = CHAT.replace("4200", "4290");
    let few_chats = "[[line]]\ndescription = \"Chat\"\nquantity = \"100\"\nprice = \"4.20\"\namount = \"420\"\n";
    let minimum = "[[line]]\ndescription = \"Monthly minimum\"\namount = \"500\"\n";
    let unknown = "[[line]]\ndescription = \"Portal access\"\namount = \"99\"\n";
    let odd = "[[line]]\ndescription = \"Voice\"\nquantity = \"62000\"\namount = \"25571.13\"\n";
    let holidays = "[[line]]\ndescription = \"Voice\"\nquantity = \"3000\"\nprice = \"0.21\"\npart = \"surcharge\"\n\
                    surcharges = [\"holidays\"]\namount = \"630\"\n";
    for (lines, wanted) in [
        (format!("{list_price}{CHAT}{PLATFORM}"), vec![("tier", "480.00")]),
        (format!("{other_bands}{CHAT}{PLATFORM}"), vec![("tier", "400.00")]),
        (format!("{VOICE}{dear_chat}{PLATFORM}"), vec![("price", "120.00")]),
        (format!("{VOICE}{miscalculated}{PLATFORM}"), vec![("arithmetic", "90.00")]),
        (format!("{VOICE}{CHAT}{PLATFORM}{PLATFORM}"), vec![("duplicate", "1500.00")]),
        (format!("{VOICE}{CHAT}{CHAT}{PLATFORM}"), vec![("duplicate", "4200.00")]),
        (format!("{VOICE}{CHAT}{PLATFORM}{unknown}"), vec![("no charge", "99.00")]),
        (format!("{VOICE}{CHAT}"), vec![("not billed", "-1500.00")]),
        (format!("{VOICE}{CHAT}{PLATFORM}{minimum}"), vec![("minimum", "500.00")]),
        (format!("{few_chats}{PLATFORM}"), vec![("minimum", "-19580.00")]),
        (format!("{odd}{CHAT}{PLATFORM}"), vec![("unexplained", "11.13")]),
        (format!("{VOICE}{holidays}{CHAT}{PLATFORM}"), vec![("surcharge", "315.00")]),
        (format!("total = \"31300.00\"\n{VOICE}{CHAT}{PLATFORM}"), vec![("arithmetic", "40.00")]),
        (
            format!("issued = 2027-03-20\n{VOICE}{CHAT}{}", PLATFORM.replace("1500", "1600")),
            vec![("in advance", "0.00"), ("fixed amount", "100.00")],
        ),
    ] {
        let (code, audit) = of_lines(&lines);
        is(&found(&audit), &wanted);
        assert_eq!(code, 1);
    }
}

#[test]
fn a_minimum_follows_from_lines_that_are_wrong() {
    let dear = "[[line]]\ndescription = \"Chat\"\nquantity = \"100\"\nprice = \"5.20\"\namount = \"520\"\n";
    let minimum = "[[line]]\ndescription = \"Monthly minimum\"\namount = \"19480\"\n";
    let (_, audit) = of_lines(&format!("{dear}{PLATFORM}{minimum}"));
    is(&found(&audit), &[("price", "100.00"), ("follows", "-100.00")].map(|(a, b)| (a, b)));
}

#[test]
fn what_is_tolerated_is_no_finding() {
    let folder = tempfile::tempdir().unwrap();
    let chat = CHAT.replace("4200.00", "4200.40");
    put(folder.path(), "march.toml", &format!("number = \"7\"\nmonth = \"2027-03\"\n{VOICE}{chat}{PLATFORM}"));
    let tolerant = |tolerance| audit(folder.path(), &["--invoice", "march.toml", "--tolerance", tolerance]).0;
    assert_eq!((tolerant("0.39"), tolerant("0.40"), tolerant("-1")), (1, 0, 2));
}

#[test]
fn months_are_read_from_csv_and_lines_of_earlier_ones_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let csv = "month;description;quantity;price;amount\n\
               2027-02;Chat;5000;4.20;21000.00\n2027-02;Platform;;;1500.00\n\
               2027-03;Chat;6000;4.20;25200.00\n2027-03;Platform;;;1500.00\n";
    put(folder.path(), "months.csv", csv);
    let (code, out, err) = audit(folder.path(), &["--invoice", "months.csv", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let both: Value = serde_json::from_str(&out).unwrap();
    assert_sums(&both);
    assert_eq!(both["invoices"].as_array().unwrap().len(), 2);
    // The same chats of February once more, on March's invoice.
    put(
        folder.path(),
        "late.toml",
        "number = \"8\"\nmonth = \"2027-03\"\n[[line]]\ndescription = \"Chat\"\nmonth = \"2027-02\"\n\
         quantity = \"5000\"\nprice = \"4.20\"\namount = \"21000.00\"\n",
    );
    let (code, out, _) = audit(folder.path(), &["--invoice", "months.csv", "late.toml", "--json"]);
    assert_eq!(code, 1);
    let late: Value = serde_json::from_str(&out).unwrap();
    assert_sums(&late);
    is(&found(&late), &[("duplicate", "21000.00")]);
}

#[test]
fn the_json_has_the_keys_that_are_promised() {
    let (_, audit) = of_lines(&format!(
        "issued = 2027-03-20\n{VOICE}{}{PLATFORM}",
        CHAT.replace("4.20", "4.32").replace("4200", "4320")
    ));
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&audit), "currency invoices not_checked");
    let invoice = &audit["invoices"][0];
    assert_eq!(keys(invoice), "billed difference file findings lines month number owed");
    let line = &invoice["lines"][1];
    assert_eq!(
        keys(line),
        "billed charge description difference findings kind line lines month owed places tolerated unexplained"
    );
    assert_eq!((&line["line"], &line["charge"], &line["difference"]), (&3.into(), &"chat".into(), &"120.00".into()));
    let finding = &line["findings"][0];
    assert_eq!(keys(finding), "amount cause clause confidence how lines readings remedy");
    assert_eq!(keys(&invoice["findings"][0]), keys(finding));
    assert_eq!(keys(&audit["not_checked"][0]), "charge what");
}

#[test]
fn what_cannot_be_read_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "broken.toml", "number = 7");
    put(folder.path(), "not.xlsx", "Dear customer");
    for arguments in [
        &["--invoice", "broken.toml"][..],
        &["--invoice", "not.xlsx"],
        &["--invoice", "missing.csv"],
        &["--invoice", "broken.toml", "--guess"],
        &["--invoice", "broken.toml", "--mapping", "missing.toml"],
    ] {
        let (code, out, err) = audit(folder.path(), arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(!err.is_empty());
    }
}
