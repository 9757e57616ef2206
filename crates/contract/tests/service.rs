//! Service credits, bonuses and what else follows, at their edges. The usual cases are worked in `specs/sla-*.md`.

#![allow(clippy::unwrap_used)]

use longshore_contract::{Contract, Invoice, LineKind, Preset, PriceError, Verdict, fold, price, quantities, read};
use longshore_units::{Amount, Exact, Month, Text};
use proptest::prelude::*;

const HEAD: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\n";
const AT_LINE: &str = "[round]\nat = 'line'\nto = '0.01'\nhow = 'half-up'\n";
const DESK: &str = "[[charge]]\nname = 'desk'\namount = 1000\nper = 'month'\nprorate = 'none'\n";

/// A contract of one desk at 1,000 a month, from January 2027 to December 2028.
fn contract(rest: &str) -> Contract {
    contract_until("2028-12-31", rest)
}

fn contract_until(ends: &str, rest: &str) -> Contract {
    let text = format!("{HEAD}ends = {ends}\n{AT_LINE}{DESK}{rest}");
    let (contract, findings) = read(&Text::new("contract.toml", text));
    contract.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// The codes of what is wrong with an SLA term.
fn wrong(rest: &str) -> Vec<&'static str> {
    let text = format!("{HEAD}ends = 2028-12-31\n{AT_LINE}{DESK}{rest}");
    read(&Text::new("contract.toml", text)).1.into_iter().map(|finding| finding.code).collect()
}

fn sla(name: &str, rest: &str) -> String {
    format!("[[sla]]\nname = '{name}'\nmeasure = 'quality'\ntarget = '90%'\non = ['desk']\n{rest}\n")
}

fn priced(contract: &Contract, rows: &str, from: &str, to: &str) -> Result<Vec<Invoice>, PriceError> {
    let text = format!("month,charge,rows,quantity\n{rows}");
    let (usage, findings) = quantities(contract, &Text::new("quantities.csv", text));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    fold(&contract.in_force(None), &usage, from.parse().unwrap(), to.parse().unwrap())
}

fn month(contract: &Contract, rows: &str, month: &str) -> Invoice {
    priced(contract, rows, month, month).unwrap().remove(0)
}

/// Lines about service: their names and amounts.
fn service(invoice: &Invoice) -> Vec<(&str, String)> {
    let lines = invoice.lines.iter().filter(|line| line.kind == LineKind::Service);
    lines.map(|line| (line.charge.as_str(), line.amount.to_string())).collect()
}

fn amount(text: &str) -> Amount {
    Amount(text.parse().unwrap())
}

#[test]
fn what_nobody_measured_costs_nothing_and_is_said() {
    let contract = contract(&sla("quality", "credit = { below = '90%', percent = 10 }"));
    let invoice = month(&contract, "", "2027-01");
    assert!(service(&invoice).is_empty());
    assert_eq!(invoice.notes, ["`quality` is not measured in 2027-01: nothing is credited for it"]);
}

#[test]
fn a_value_at_the_target_meets_it_and_one_at_a_level_is_not_beyond_it() {
    let contract = contract(&sla(
        "quality",
        "credit = [{ below = '90%', percent = 1 }, { below = '80%', percent = 5 }]\nbonus = { above = '95%', percent = 2 }",
    ));
    let of = |value: &str| {
        let invoice = month(&contract, &format!("2027-01,quality,,{value}\n"), "2027-01");
        service(&invoice).into_iter().map(|(name, amount)| format!("{name} {amount}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(of("90%"), "");
    assert_eq!(of("899999/10000%"), "quality -10");
    assert_eq!(of("80%"), "quality -10");
    assert_eq!(of("79.99%"), "quality -50");
    assert_eq!(of("95%"), "");
    assert_eq!(of("95.01%"), "quality: bonus 20");
}

#[test]
fn a_measure_is_rounded_before_it_is_compared_where_it_says_so() {
    let terms = "[[sla]]\nname = 'q'\nmeasure = { preset = 'quality', rounding = '1' }\ntarget = '90%'\non = ['desk']\n\
                 credit = { below = '90%', percent = 10 }\n";
    let contract = contract(terms);
    assert!(service(&month(&contract, "2027-01,q,,89.5%\n", "2027-01")).is_empty());
    assert_eq!(service(&month(&contract, "2027-01,q,,89.49%\n", "2027-01")), [("q", "-100".to_owned())]);
}

#[test]
fn a_period_that_the_contract_cuts_short_is_settled_with_its_last_month() {
    // The second quarter has two months: 5 % of 2,000.
    let terms = sla("quality", "per = 'quarter'\ncredit = { below = '90%', percent = 5 }");
    let contract = contract_until("2027-05-31", &terms);
    let invoices = priced(&contract, "2027-03,quality,,91%\n2027-05,quality,,80%\n", "2027-01", "2027-05").unwrap();
    let all: Vec<_> = invoices.iter().flat_map(service).collect();
    assert_eq!(all, [("quality", "-100".to_owned())]);
    assert_eq!(service(&invoices[4]).len(), 1);
    // Only the months that close a period are asked for a value.
    assert!(invoices.iter().all(|invoice| invoice.notes.is_empty()));
}

#[test]
fn a_value_must_stand_in_the_month_that_closes_its_period_and_once() {
    let terms = sla("quality", "per = 'quarter'\ncredit = { below = '90%', percent = 5 }");
    let contract = contract(&terms);
    let found = |rows: &str| {
        let text = format!("month,charge,rows,quantity\n{rows}");
        let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", text));
        assert!(usage.is_none());
        findings.into_iter().map(|finding| finding.code).collect::<Vec<_>>()
    };
    assert_eq!(found("2027-02,quality,,91%\n"), ["Q002"]);
    assert_eq!(found("2027-03,quality,,91%\n2027-03,quality,,92%\n"), ["Q004"]);
    assert_eq!(found("2027-03,quality,,91\n"), ["Q004"]);
    assert_eq!(found("2027-03,quality,,9 s\n"), ["Q004"]);
    assert_eq!(found("2029-03,quality,,91%\n"), ["Q002"]);
}

#[test]
fn relief_looks_at_the_whole_period_and_must_be_known() {
    let terms = sla(
        "quality",
        "per = 'quarter'\nrelief = 'volume > 110% of forecast'\ncredit = { below = '90%', percent = 5 }",
    );
    let contract = contract(&terms);
    let missed = "2027-03,quality,,80%\n";
    let quarter = |volumes: [u32; 3]| {
        let row = |(month, volume): (usize, u32)| {
            format!("2027-0{m},quality: volume,1,{volume}\n2027-0{m},quality: forecast,0,100\n", m = month + 1)
        };
        volumes.into_iter().enumerate().map(row).collect::<String>()
    };
    // 331 of 300 forecast is above 110 %, 330 is not.
    let excused = month(&contract, &format!("{missed}{}", quarter([130, 100, 101])), "2027-03");
    assert!(service(&excused).is_empty());
    assert!(
        excused.notes[0].ends_with("and excused: volume is 331, and 110% of forecast is 330"),
        "{:?}",
        excused.notes
    );
    let owed = month(&contract, &format!("{missed}{}", quarter([130, 100, 100])), "2027-03");
    assert_eq!(service(&owed), [("quality", "-150".to_owned())]);
    // Where the target is met nobody needs to know.
    assert!(priced(&contract, "2027-03,quality,,90%\n", "2027-03", "2027-03").is_ok());
    let unknown = priced(&contract, missed, "2027-03", "2027-03").unwrap_err();
    assert!(matches!(unknown, PriceError::NotKnown { .. }), "{unknown}");
}

#[test]
fn grace_and_excuses_are_neither_misses_nor_met() {
    let terms = sla(
        "quality",
        "grace = '2 months'\ncredit = { below = '90%', percent = 5 }\nrepeat = { misses = 2, within = '3 months', times = 3 }\n\
         earn_back = '2 months met'\nbonus = { above = '95%', amount = 7 }",
    );
    let contract = contract(&terms);
    let rows = "2027-01,quality,,96%\n2027-02,quality,,80%\n2027-03,quality,,80%\n2027-04,quality,,80%\n\
                2027-05,quality,,90%\n2027-07,quality,,90%\n2027-08,quality,,90%\n";
    let (usage, _) = quantities(&contract, &Text::new("q.csv", format!("month,charge,rows,quantity\n{rows}")));
    let mut ledger = longshore_contract::Ledger::default();
    let mut lines = Vec::new();
    for number in 1..=8 {
        let at: Month = format!("2027-0{number}").parse().unwrap();
        let invoice = price(&contract.in_force(None), usage.as_ref().unwrap(), at, &mut ledger).unwrap();
        lines.extend(service(&invoice).into_iter().map(|(name, amount)| format!("{number} {name} {amount}")));
    }
    // A bonus is paid within the grace. February is no miss, so March is the first and April the second: three times 50.
    // May and July are met, but nobody measured June between them: April's credit is lost.
    assert_eq!(lines, ["1 quality: bonus 7", "3 quality -50", "4 quality -150"]);
    let verdict = |month: &str| ledger.months[&month.parse().unwrap()].slas.get("quality").map(|sla| sla.verdict);
    assert_eq!(verdict("2027-02"), Some(Verdict::Grace));
    assert_eq!(verdict("2027-03"), Some(Verdict::Missed));
    assert_eq!(verdict("2027-06"), None);
}

#[test]
fn a_credit_comes_back_once_and_as_it_was_taken() {
    // 20 % of 1,000 are cut to the 10 % at risk; what comes back is what was taken.
    let terms = sla("quality", "credit = { below = '90%', percent = 20 }\nearn_back = '2 months met'");
    let contract = contract(&format!("{terms}[at_risk]\ncap = '10%'\n"));
    let rows = "2027-01,quality,,80%\n2027-02,quality,,90%\n2027-03,quality,,90%\n2027-04,quality,,90%\n";
    let invoices = priced(&contract, rows, "2027-01", "2027-04").unwrap();
    let lines: Vec<_> = invoices.iter().map(service).collect();
    assert_eq!(lines[0], [("quality", "-100".to_owned())]);
    assert!(lines[1].is_empty());
    assert_eq!(lines[2], [("quality: earned back", "100".to_owned())]);
    assert!(lines[3].is_empty());
}

#[test]
fn an_amount_at_risk_of_an_invoice_rounded_once_is_exact() {
    let text = format!(
        "{HEAD}ends = 2028-12-31\n[round]\nat = 'invoice'\nto = '0.01'\nhow = 'half-up'\n{DESK}{}{}{}[at_risk]\ncap = '10%'\n",
        sla("a", "credit = { below = '90%', percent = 7 }"),
        sla("b", "credit = { below = '90%', percent = 7 }"),
        sla("c", "credit = { below = '90%', percent = 7 }"),
    );
    let contract = read(&Text::new("contract.toml", text)).0.unwrap();
    let invoice = month(&contract, "2027-01,a,,0%\n2027-01,b,,0%\n2027-01,c,,0%\n", "2027-01");
    assert_eq!(invoice.total, amount("900"));
}

#[test]
fn terms_that_contradict_themselves_are_refused() {
    let of = |rest: &str| wrong(&sla("quality", rest));
    assert_eq!(of("credit = { above = '90%', percent = 5 }"), ["C064"]);
    assert_eq!(of("credit = { below = '91%', percent = 5 }"), ["C064"]);
    assert_eq!(of("bonus = { above = '89%', percent = 5 }"), ["C064"]);
    assert_eq!(of("credit = [{ below = '90%', percent = 5 }, { below = '90%', percent = 6 }]"), ["C064"]);
    assert_eq!(of("credit = { below = '90%' }"), ["C068"]);
    assert_eq!(of("credit = { below = '90%', percent = -5 }"), ["T007"]);
    assert_eq!(of("credit = { below = '90%', percent = 5 }\nlinear = { percent = 1, per = '1%' }"), ["C068"]);
    assert_eq!(of("linear = { percent = 1, per = '0%' }"), ["C062"]);
    assert_eq!(of("weight = '30%'"), ["C065"]);
    assert_eq!(of("repeat = { misses = 2, within = '2 months', times = '0.5' }"), ["C067"]);
    assert_eq!(of("repeat = { misses = 2, times = 2 }"), ["C067"]);
    assert_eq!(of("earn_back = 'some day'"), ["C067"]);
    assert_eq!(of("consequence = { right = 'step in', duty = 'a plan' }"), ["C068"]);
    assert_eq!(of("per = 'quarter'\nconsequence = { misses = 2, within = '3 months', right = 'step in' }"), ["C067"]);
    assert_eq!(of("bonus = { above = '95%', points = 5 }"), ["C068", "T004"]);
    assert_eq!(of("per = 'week'"), ["T008"]);
    assert_eq!(of("on = ['desk', 'chair']"), ["T001"]);
    assert_eq!(wrong("[[sla]]\nmeasure = 'handle time'\ntarget = '300s'\n"), ["C062"]);
    assert_eq!(wrong("[[sla]]\nmeasure = 'attention'\ntarget = '300s'\n"), ["C060"]);
    assert_eq!(wrong("[[sla]]\nmeasure = 'quality'\n"), ["T003"]);
    let named_alike = format!("[[charge]]\nname = 'q: bonus'\namount = 1\nper = 'month'\n{}", sla("q", ""));
    assert_eq!(wrong(&named_alike), ["C004"]);
}

#[test]
fn a_term_is_called_by_its_measure_and_affects_all_charges_where_nothing_else_is_said() {
    let terms = "[[sla]]\nmeasure = 'abandonment'\ntarget = '5%'\ncredit = { above = '5%', percent = 5 }\n";
    assert_eq!(wrong(terms), ["C066"]);
    let contract = contract(terms);
    assert_eq!((contract.slas[0].name.as_str(), contract.slas[0].on.as_slice()), ("abandonment", &[0][..]));
    assert!(!contract.slas[0].target.more_is_better);
}

#[test]
fn the_manual_has_every_preset() {
    let manual = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/contract.md")).unwrap();
    for preset in Preset::all() {
        let row = format!("| `{}` | {}{}. |", preset.name, preset.says[..1].to_uppercase(), &preset.says[1..]);
        assert!(manual.contains(&row), "{row}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However often and badly targets are missed, credits take no more than is at risk, and every line's parts sum to it.
    #[test]
    fn credits_never_take_more_than_is_at_risk(
        values in proptest::collection::vec((0u32..=100, 0u32..=100, 0u32..=100), 6),
        shares in (0u32..=60, 0u32..=60, 0u32..=60),
        cap in 0u32..=30,
        points in 0u32..=20,
    ) {
        let terms = format!(
            "{}{}{}[at_risk]\ncap = '{cap}%'\npoints = {{ each = '0.37%' }}\n",
            sla("a", &format!("credit = {{ below = '90%', percent = {} }}\nrepeat = {{ misses = 2, within = '4 months', times = 2 }}", shares.0)),
            sla("b", &format!("linear = {{ percent = '0.{:02}', per = '0.7%' }}", shares.1)),
            sla("c", &format!("per = 'quarter'\ncredit = [{{ below = '90%', points = {points} }}, {{ below = '50%', percent = {} }}]", shares.2)),
        );
        let contract = contract(&terms);
        let mut rows = String::new();
        for (position, (a, b, c)) in values.iter().enumerate() {
            let month = position + 1;
            rows.push_str(&format!("2027-0{month},a,,{a}%\n2027-0{month},b,,{b}%\n"));
            if month % 3 == 0 {
                rows.push_str(&format!("2027-0{month},c,,{c}%\n"));
            }
        }
        let invoices = priced(&contract, &rows, "2027-01", "2027-06").unwrap();
        let mut quarter = Amount::zero();
        for (position, invoice) in invoices.iter().enumerate() {
            if position % 3 == 0 {
                quarter = Amount::zero();
            }
            let service = || invoice.lines.iter().filter(|line| line.kind == LineKind::Service);
            for line in service() {
                let parts: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
                prop_assert_eq!(&parts, &line.amount);
                prop_assert!(line.amount <= Amount::zero());
            }
            let monthly: Amount = service().filter(|line| line.charge != "c").map(|line| line.amount.clone()).sum();
            let at_risk = |months: u64| Amount(&Exact::from(u64::from(cap) * 10) * &Exact::from(months));
            prop_assert!(-&monthly <= at_risk(1), "{} of {}", monthly.0, at_risk(1).0);
            quarter += &service().map(|line| line.amount.clone()).sum();
            prop_assert!(-&quarter <= at_risk(3));
        }
    }

    /// A term that nobody measures changes no amount.
    #[test]
    fn a_term_without_a_value_changes_no_amount(value in 0u32..=100) {
        let one = sla("a", "credit = { below = '90%', percent = 5 }");
        let rows = format!("2027-01,a,,{value}%\n");
        let alone = month(&contract(&one), &rows, "2027-01");
        let beside = month(&contract(&format!("{one}{}", sla("b", "credit = { below = '90%', percent = 5 }"))), &rows, "2027-01");
        prop_assert_eq!(alone.lines, beside.lines);
        prop_assert_eq!(alone.total, beside.total);
    }
}
