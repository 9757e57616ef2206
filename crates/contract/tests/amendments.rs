//! Amendments: what holds on which day, as it is known; and what is said where one cannot be applied.

#![allow(clippy::unwrap_used)]

use jiff::civil::{Date, date};
use longshore_contract::{Contract, Invoice, Ledger, PriceError, fold, price, quantities, read};
use longshore_units::{Month, Text};

const TOP: &str = "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\n\
                   ends = 2028-12-31\nround = { at = 'line', to = '0.01', how = 'half-up' }\n";

const CHARGES: &str = "[[charge]]\nname = 'voice'\nwhen = { outcome = ['answered'] }\nunit = 'minute'\nof = ['talk']\nthen = '6s'\neach = '0.50'\n\
                       [[charge]]\nname = 'platform'\namount = '1500'\nper = 'month'\nprorate = 'day'\n\
                       [[charge]]\nname = 'setup'\namount = '25000'\nonce = 2027-01-01\n";

fn text(amendments: &str) -> String {
    format!("{TOP}{CHARGES}{amendments}")
}

fn sound(text: &str) -> Contract {
    let (contract, findings) = read(&Text::new("contract.toml", text));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

fn codes(amendments: &str) -> Vec<&'static str> {
    let text = text(amendments);
    let (contract, findings) = read(&Text::new("contract.toml", text.as_str()));
    assert_eq!(contract.is_none(), findings.iter().any(|finding| finding.is_error()), "{findings:#?}");
    let codes = findings.iter().map(|finding| finding.code).collect();
    for finding in findings {
        let span = finding.primary.span.clone();
        assert!(text.get(span).is_some() && finding.help.is_some(), "{finding:#?}");
    }
    codes
}

fn amendment(dates: &str, rest: &str) -> String {
    let (known, effective) = dates.split_once(' ').unwrap();
    format!("[[amendment]]\nknown = {known}\neffective = {effective}\n{rest}\n")
}

fn spans(contract: &Contract, known: Option<Date>) -> Vec<(Date, Option<Date>)> {
    let in_force = contract.in_force(known);
    in_force.versions().iter().map(|version| (version.in_force.starts, version.in_force.ends)).collect()
}

fn invoices(contract: &Contract, known: Option<Date>, used: &str, to: &str) -> Vec<Invoice> {
    let (usage, findings) = quantities(contract, &Text::new("used.csv", used));
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let from = Month::of(contract.term.starts);
    fold(&contract.in_force(known), &usage, from, to.parse().unwrap()).unwrap()
}

fn amounts(invoice: &Invoice) -> Vec<(&str, String)> {
    for line in &invoice.lines {
        let details: longshore_units::Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        assert_eq!(details, line.amount, "{line:#?}");
    }
    invoice.lines.iter().map(|line| (line.charge.as_str(), line.amount.to_string())).collect()
}

const NOTHING: &str = "month,charge,rows,quantity\n";

#[test]
fn what_holds_follows_the_days_of_effect_and_of_knowledge() {
    let contract = sound(&text(
        &(amendment("2027-06-15 2027-07-01", "set.charge.voice.each = '0.45'")
            + &amendment("2027-09-01 2027-04-01", "set.charge.platform.amount = '1200'")
            + &amendment("2028-06-01 2029-01-01", "set.ends = 2029-12-31")),
    ));
    let (starts, ends) = (date(2027, 1, 1), Some(date(2028, 12, 31)));
    assert_eq!(spans(&contract, Some(date(2027, 6, 14))), [(starts, ends)]);
    assert_eq!(
        spans(&contract, Some(date(2027, 6, 15))),
        [(starts, Some(date(2027, 6, 30))), (date(2027, 7, 1), ends)]
    );
    let all = spans(&contract, None);
    assert_eq!(
        all,
        [
            (starts, Some(date(2027, 3, 31))),
            (date(2027, 4, 1), Some(date(2027, 6, 30))),
            (date(2027, 7, 1), ends),
            (date(2029, 1, 1), Some(date(2029, 12, 31)))
        ]
    );
    assert_eq!(contract.in_force(None).term().ends, Some(date(2029, 12, 31)));
    assert_eq!(contract.in_force(Some(date(2028, 5, 31))).term().ends, ends);

    let used = "month,charge,rows,quantity\n2027-05,voice,10,100\n2027-08,voice,10,100\n";
    let july = |known: Option<Date>| amounts(&invoices(&contract, known, NOTHING, "2027-07")[6])[1].1.clone();
    assert_eq!(july(Some(date(2027, 8, 31))), "1500");
    assert_eq!(july(Some(date(2027, 9, 1))), "1200");
    let all = invoices(&contract, None, used, "2027-08");
    assert_eq!(amounts(&all[4]), [("voice", "50".to_owned()), ("platform", "1200".to_owned())]);
    assert_eq!(amounts(&all[7]), [("voice", "45".to_owned()), ("platform", "1200".to_owned())]);
}

#[test]
fn an_amendment_of_the_first_day_leaves_nothing_of_what_stood_before() {
    let contract = sound(&text(&amendment("2027-03-01 2027-01-01", "set.charge.voice.each = '0.45'")));
    assert_eq!(spans(&contract, None), [(date(2027, 1, 1), Some(date(2028, 12, 31)))]);
    assert_ne!(contract.in_force(None).last().charges[0], contract.charges[0]);
    assert_eq!(contract.in_force(Some(date(2027, 2, 28))).last().charges[0], contract.charges[0]);
}

#[test]
fn an_end_that_comes_sooner_leaves_later_amendments_without_effect() {
    let contract = sound(&text(
        &(amendment("2027-03-01 2027-12-01", "set.charge.voice.each = '0.45'")
            + &amendment("2027-06-01 2027-06-01", "set.ends = 2027-08-31")),
    ));
    assert_eq!(spans(&contract, None).last(), Some(&(date(2027, 6, 1), Some(date(2027, 8, 31)))));
    let without_end = sound(&text(&amendment("2027-03-01 2027-12-01", "remove = ['ends']")));
    assert_eq!(without_end.in_force(None).term().ends, None);
}

/// 1,500 by the days: 14 of 31 under the first terms, 17 of 31 under the second, where it costs 3,100.
#[test]
fn fixed_amounts_within_a_month() {
    let changed = |prorate: &str, edit: &str| {
        let base = text("").replace("prorate = 'day'", prorate);
        sound(&format!("{base}{}", amendment("2027-06-01 2027-07-15", edit)))
    };
    let of = |contract: &Contract, month: usize, name: &str| {
        let invoices = invoices(contract, None, NOTHING, "2027-08");
        let amount = amounts(&invoices[month - 1]).into_iter().find(|(line, _)| *line == name);
        amount.map(|(_, amount)| amount)
    };
    let set = "set.charge.platform.amount = '3100'";
    let day = changed("prorate = 'day'", set);
    // 1,500 × 14/31 is 677.4193…, 3,100 × 17/31 is 1,700: together 2,377.42.
    assert_eq!(of(&day, 7, "platform").as_deref(), Some("2377.42"));
    assert_eq!(of(&day, 8, "platform").as_deref(), Some("3100"));
    let none = changed("prorate = 'none'", set);
    assert_eq!(of(&none, 7, "platform").as_deref(), Some("1500"), "billed by the terms that the month began with");
    assert_eq!(of(&none, 8, "platform").as_deref(), Some("3100"));
    let ended = changed("prorate = 'none'", "end = ['platform']");
    assert_eq!((of(&ended, 7, "platform").as_deref(), of(&ended, 8, "platform")), (Some("1500"), None));
    let added = "add.charge = { name = 'desk', amount = '800', per = 'month', prorate = 'none' }";
    assert_eq!(of(&changed("prorate = 'day'", added), 7, "desk").as_deref(), Some("800"), "there was nothing before");
    let added = added.replace("none", "day");
    assert_eq!(of(&changed("prorate = 'day'", &added), 7, "desk").as_deref(), Some("438.71"));
}

/// A line is rounded once, however many terms its month has: what changes another charge leaves it as it is. Twice 14 of 28
/// days of 100.01 are 50.005, and 100.02 were each of them rounded; a contact at 0.10 on each of three terms' days is 0.30.
#[test]
fn a_line_is_rounded_once_in_a_month_of_several_terms() {
    let charges = "[[charge]]\nname = 'platform'\namount = '100.01'\nper = 'month'\nprorate = 'day'\n\
                   [[charge]]\nname = 'calls'\nunit = 'contact'\neach = '0.1'\nround = { at = 'line', to = '1', how = 'up' }\n\
                   [[charge]]\nname = 'leads'\nunit = 'lead'\neach = '1'\n\
                   [[charge]]\nname = 'fee'\npercent = '5%'\nof_charges = ['platform', 'calls']\n";
    let used = "month,charge,rows,quantity,day\n2027-02,calls,1,1,2027-02-01\n2027-02,calls,1,1,2027-02-15\n\
                2027-02,calls,1,1,2027-02-25\n";
    let price = |amendments: &str| {
        let contract = sound(&format!("{TOP}{charges}{amendments}"));
        let invoice = invoices(&contract, None, used, "2027-02").remove(1);
        invoice.lines.iter().map(|line| (line.charge.clone(), line.amount.to_string())).collect::<Vec<_>>()
    };
    let of_leads = amendment("2027-01-15 2027-02-15", "set.charge.leads.each = '2'")
        + &amendment("2027-01-15 2027-02-21", "set.charge.leads.each = '3'");
    let expected = [("platform", "100.01"), ("calls", "1"), ("leads", "0"), ("fee", "5.05")];
    let expected = expected.map(|(name, amount)| (name.to_owned(), amount.to_owned()));
    assert_eq!(price(""), expected);
    assert_eq!(price(&of_leads), expected);
    // By the rule of the terms at the month's end.
    let to_half =
        amendment("2027-01-15 2027-02-21", "set.charge.calls.round = { at = 'line', to = '0.25', how = 'up' }");
    assert_eq!(price(&to_half)[1].1, "0.5");
    let at_invoice = amendment("2027-01-15 2027-02-15", "set.round.at = 'invoice'");
    assert_eq!(price(&at_invoice)[0].1, "100.01");
    let at_contact = "set.charge.calls.round = { at = 'contact', to = '1', how = 'up' }";
    // A contact that is rounded by itself stays so: 0.1 until then, 1 on each of the later days.
    let at_contact = amendment("2027-01-15 2027-02-15", at_contact);
    assert_eq!(price(&at_contact)[1].1, "3");
}

/// What was paid is given back, also where the last month is priced by itself.
#[test]
fn the_deposit_that_was_paid_is_given_back() {
    let top = TOP.replace("2028-12-31", "2027-03-31");
    let priced = |pay: &str, set: &str, first: &str| {
        let contract = sound(&format!("{top}{pay}{CHARGES}{}", amendment("2027-01-15 2027-02-01", set)));
        let (usage, _) = quantities(&contract, &Text::new("used.csv", NOTHING));
        let in_force = contract.in_force(None);
        assert!(in_force.looks_back().is_empty());
        let months = (first.parse().unwrap(), "2027-03".parse().unwrap());
        let invoices = fold(&in_force, &usage.unwrap(), months.0, months.1).unwrap();
        let deposit = |invoice: &Invoice| {
            amounts(invoice)
                .into_iter()
                .find(|(name, _)| *name == "deposit")
                .map_or("0".to_owned(), |(_, amount)| amount)
        };
        invoices.iter().map(deposit).collect::<Vec<_>>()
    };
    for (pay, set, paid) in [
        ("pay = { deposit = '1000' }\n", "set.pay.deposit = '2000'", "1000"),
        ("pay = { deposit = '1000.006' }\n", "set.round.to = '1'", "1000.01"),
        ("", "set.pay.deposit = '2000'", "0"),
    ] {
        let back = if paid == "0" { paid.to_owned() } else { format!("-{paid}") };
        assert_eq!(priced(pay, set, "2027-01"), [paid, "0", &back], "{set}");
        assert_eq!(priced(pay, set, "2027-03"), [back.as_str()], "{set}");
    }
}

/// A month after all that a contract can name is refused, and not reached month by month.
#[test]
fn months_of_no_contract_are_refused() {
    let contract = sound(&text(""));
    let (usage, _) = quantities(&contract, &Text::new("used.csv", NOTHING));
    let usage = usage.unwrap();
    let months =
        |from: &str, to: &str| fold(&contract.in_force(None), &usage, from.parse().unwrap(), to.parse().unwrap());
    assert_eq!(months("2199-12", "2199-12").unwrap().len(), 1);
    for (from, to, month) in
        [("9999-12", "9999-12", "9999-12"), ("2027-01", "2200-01", "2200-01"), ("1969-12", "2027-01", "1969-12")]
    {
        assert_eq!(months(from, to), Err(PriceError::Outside { month: month.parse().unwrap() }));
    }
}

/// What a charge was billed until it ended counts for the minimum and the rebate of its year: 30 and 10 until June are 240,
/// 30 from July on are 180, together 420 of 500.
#[test]
fn a_charge_that_ends_within_a_period_has_counted() {
    let charges = "[[charge]]\nname = 'desk'\namount = '30'\nper = 'month'\nprorate = 'day'\n\
                   [[charge]]\nname = 'licences'\namount = '10'\nper = 'month'\nprorate = 'day'\n\
                   [[minimum]]\nname = 'least'\non = ['desk', 'licences']\namount = '500'\nper = 'year'\nprorate = 'none'\n\
                   [[discount]]\nname = 'rebate'\non = ['desk', 'licences']\nper = 'year'\n\
                   bands = [{ from = '400', percent = '10' }]\n";
    let priced = |charges: &str, change: &str| {
        let contract = sound(&format!("{TOP}{charges}{}", amendment("2027-06-01 2027-07-01", change)));
        let last = invoices(&contract, None, NOTHING, "2027-12").remove(11);
        let of = |name: &str| amounts(&last).into_iter().find(|(line, _)| *line == name).map(|(_, amount)| amount);
        [of("rebate").unwrap(), of("least").or(of("floor")).unwrap()]
    };
    let end = "end = ['licences']\nset.minimum.least.on = ['desk']\nset.discount.rebate.on = ['desk']";
    // 420 earn 42, and leave 378 of 500.
    let [rebate, least] = priced(charges, end);
    assert_eq!([rebate.as_str(), least.as_str()], ["-42", "122"]);
    assert_eq!(priced(charges, &format!("{end}\nrename = {{ least = 'floor' }}")), [rebate, least]);
    // Of the 42, the desk's 360 have earned 36: a minimum of December on the desk alone asks for the rest of 100.
    let monthly = charges.replace("'500'\nper = 'year'", "'100'");
    assert_eq!(priced(&monthly, end), ["-42", "106"]);
    let renamed =
        format!("{end}\nrename = {{ rebate = 'yearly', desk = 'front desk' }}").replace("['desk']", "['front desk']");
    let contract = sound(&format!("{TOP}{monthly}{}", amendment("2027-06-01 2027-07-01", &renamed)));
    let last = invoices(&contract, None, NOTHING, "2027-12").remove(11);
    assert_eq!(amounts(&last)[1..], [("yearly", "-42".to_owned()), ("least", "106".to_owned())]);
}

/// The same of volumes: 30 and 20 in January, 10 in December are 60 of 100, although January's 20 are of a charge that ended.
#[test]
fn the_volume_of_a_charge_that_ends_has_counted() {
    let charges = "[[charge]]\nname = 'voice'\nunit = 'contact'\neach = '1'\n\
                   [[charge]]\nname = 'chat'\nunit = 'contact'\neach = '1'\n\
                   [[minimum]]\nname = 'least'\non = ['voice', 'chat']\nvolume = '100'\nshortfall_each = '2'\nper = 'year'\n\
                   prorate = 'none'\n";
    let end = amendment("2027-06-01 2027-07-01", "end = ['chat']\nset.minimum.least.on = ['voice']");
    let used = "month,charge,rows,quantity\n2027-01,voice,30,30\n2027-01,chat,20,20\n2027-12,voice,10,10\n";
    let last = invoices(&sound(&format!("{TOP}{charges}{end}")), None, used, "2027-12").remove(11);
    assert_eq!(amounts(&last), [("voice", "10".to_owned()), ("least", "80".to_owned())]);
}

/// A month that cannot be priced leaves the ledger as it was, names among it.
#[test]
fn an_error_leaves_the_ledger_as_it_was() {
    let charges = "[[charge]]\nname = 'voice'\nunit = 'contact'\neach = '1'\n\
                   [[index]]\non = ['voice']\nby = 'CPI'\nbase = 2027-01-01\nevery = 'month'\n";
    let rename = amendment("2027-01-15 2027-02-01", "rename = { voice = 'calls' }");
    let contract = sound(&format!("{TOP}{charges}{rename}"));
    let (usage, _) = quantities(&contract, &Text::new("used.csv", "month,charge,rows,quantity\n2027-01,voice,1,1\n"));
    let (in_force, usage) = (contract.in_force(None), usage.unwrap());
    let mut ledger = Ledger::default();
    price(&in_force, &usage, "2027-01".parse().unwrap(), &mut ledger).unwrap();
    let before = ledger.clone();
    let error = price(&in_force, &usage, "2027-02".parse().unwrap(), &mut ledger).unwrap_err();
    assert!(matches!(error, PriceError::NoRate { .. }), "{error}");
    assert_eq!(ledger, before);
}

#[test]
fn an_amount_that_falls_due_once_is_billed_once() {
    let contract = sound(&text(&amendment("2027-01-10 2027-01-15", "set.charge.voice.each = '0.45'")));
    let january = &invoices(&contract, None, NOTHING, "2027-01")[0];
    assert_eq!(amounts(january).iter().filter(|(name, _)| *name == "setup").count(), 1);
    let later = "add.charge = { name = 'move', amount = '100', once = 2027-07-20 }\nend = ['setup']";
    let contract = sound(&text(&amendment("2027-06-01 2027-07-15", later)));
    let lines = |month: usize| amounts(&invoices(&contract, None, NOTHING, "2027-07")[month - 1]).len();
    assert_eq!((lines(1), lines(6), lines(7)), (3, 2, 3));
}

#[test]
fn a_minimum_follows_the_terms_at_the_months_end() {
    let minimum = "[[minimum]]\non = ['voice']\namount = '1000'\nprorate = 'day'\n";
    let amended = amendment("2027-06-01 2027-07-15", "set.minimum.minimum.amount = '2000'");
    let contract = sound(&format!("{}{amended}", text(minimum)));
    let used = "month,charge,rows,quantity,day\n2027-06,voice,10,100,\n2027-07,voice,10,100,2027-07-01\n2027-07,voice,10,100,2027-07-31\n";
    let invoices = invoices(&contract, None, used, "2027-07");
    assert_eq!(amounts(&invoices[5])[2], ("minimum", "950".to_owned()));
    assert_eq!(amounts(&invoices[6])[2], ("minimum", "1900".to_owned()), "the contract's month is whole");
}

/// 40,000 minutes at 0.50 in the first half of July and 20,000 in the second: the band from 50,000 is reached by both.
#[test]
fn bands_go_on_over_a_change_within_a_month() {
    let bands = "bands = [{ from = 0, each = '0.50' }, { from = 50000, each = '0.40' }]\ntiers = 'graduated'\nscope = 'contract'";
    let base = text("").replace("each = '0.50'", bands);
    let lower = "set.charge.voice.bands = [{ from = 0, each = '0.45' }, { from = 50000, each = '0.35' }]";
    let contract = sound(&format!("{base}{}", amendment("2027-06-01 2027-07-15", lower)));
    let used = "month,charge,rows,quantity,day\n2027-07,voice,10,40000,2027-07-01\n2027-07,voice,10,20000,2027-07-15\n";
    let july = &invoices(&contract, None, used, "2027-07")[6];
    // 40,000 × 0.50, then 10,000 × 0.45 and 10,000 × 0.35.
    assert_eq!(amounts(july)[0], ("voice", "28000".to_owned()));
    assert_eq!((july.lines[0].quantity.to_string(), july.lines[0].rows), ("60000".to_owned(), Some(20)));
}

#[test]
fn a_fee_of_a_bundle_is_billed_once_in_a_month_of_two_terms() {
    let prorated = |prorate: &str| {
        let base = text("").replace("each = '0.50'", &format!("each = '0.50'\nfee = '310'\nprorate = '{prorate}'"));
        let contract = sound(&format!("{base}{}", amendment("2027-06-01 2027-07-15", "set.charge.voice.fee = '620'")));
        amounts(&invoices(&contract, None, NOTHING, "2027-07")[6])[0].1.clone()
    };
    // 14 of 31 days of 310, 17 of 31 days of 620.
    assert_eq!((prorated("day").as_str(), prorated("none").as_str()), ("480", "310"));
}

#[test]
fn a_new_name_stands_on_all_of_its_month_and_keeps_its_history() {
    let rename = "rename = { 'platform' = 'licence', voice = 'calls' }\nset.charge.platform.amount = '3100'";
    let contract = sound(&text(&amendment("2027-06-01 2027-07-15", rename)));
    let starts: Vec<Date> = spans(&contract, None).into_iter().map(|(starts, _)| starts).collect();
    assert_eq!(starts, [date(2027, 1, 1), date(2027, 7, 1), date(2027, 7, 15)]);
    let used = "month,charge,rows,quantity,day\n2027-06,voice,10,100,\n2027-07,calls,10,100,2027-07-01\n2027-07,calls,10,100,2027-07-31\n";
    let (usage, findings) = quantities(&contract, &Text::new("used.csv", used));
    let (usage, in_force) = (usage.unwrap_or_else(|| panic!("{findings:#?}")), contract.in_force(None));
    let mut ledger = Ledger::default();
    let month = |number: &str| number.parse::<Month>().unwrap();
    let june = price(&in_force, &usage, month("2027-06"), &mut ledger).unwrap();
    assert_eq!(amounts(&june), [("voice", "50".to_owned()), ("platform", "1500".to_owned())]);
    let july = price(&in_force, &usage, month("2027-07"), &mut ledger).unwrap();
    assert_eq!(amounts(&july), [("calls", "100".to_owned()), ("licence", "2377.42".to_owned())]);
    for closed in ledger.months.values() {
        assert_eq!(closed.charges.keys().collect::<Vec<_>>(), ["calls", "licence"]);
    }
}

#[test]
fn what_a_rule_has_looked_at_goes_by_its_new_name() {
    let commitment = "[[minimum]]\nname = 'commitment'\non = ['voice']\nvolume = '90% of forecast'\n\
                      shortfall_each = '0.30'\nper = 'quarter'\n";
    let renamed = amendment("2027-02-01 2027-02-01", "rename = { commitment = 'floor' }");
    let contract = sound(&format!("{}{renamed}", text(commitment)));
    let used = "month,charge,rows,quantity\n2027-01,voice,9,100\n2027-01,commitment: forecast,9,1000\n\
                2027-02,floor: forecast,9,500\n2027-03,floor: forecast,9,1500\n";
    let march = invoices(&contract, None, used, "2027-03").remove(2);
    // 90% of 3,000, less the 100 of January, at 0.30.
    assert_eq!(amounts(&march).last().unwrap(), &("floor", "780".to_owned()));
}

#[test]
fn what_refers_to_a_charge_follows_its_name() {
    let minimum = "[[minimum]]\non = ['voice']\namount = '1000'\n";
    let rest = "rename = { voice = 'calls' }\nset.minimum.minimum.amount = '1200'";
    let contract = sound(&format!("{}{}", text(minimum), amendment("2027-06-01 2027-07-01", rest)));
    let versions = contract.in_force(None);
    let last = versions.last();
    assert_eq!((last.charges[0].name.as_str(), last.minimums[0].on.as_slice()), ("calls", &[0][..]));
}

#[test]
fn doubts_of_the_text_are_said_once() {
    let unsaid = "provider = 'p'\ncurrency = 'USD'\nstarts = 2027-01-01\n[[charge]]\nunit = 'minute'\neach = '0.95'\n";
    let amended: String = (1..9)
        .map(|month| amendment(&format!("2027-0{month}-01 2027-0{month}-01"), "set.charge.minute.each = '0.9'"))
        .collect();
    let findings = |text: &str| read(&Text::new("t.toml", text)).1.len();
    assert_eq!(findings(&format!("{unsaid}{amended}")), findings(unsaid));
}

#[test]
fn what_cannot_be_applied_is_said() {
    let minimum = "[[minimum]]\non = ['voice', 'platform']\namount = '1000'\n";
    for (amended, code) in [
        (
            "[[amendment]]\nknown = 2027-06-01\nsigned = 2027-06-02\neffective = 2027-07-01\nset.name = 'x'\n"
                .to_owned(),
            "C070",
        ),
        (amendment("2027-06-01 2026-12-31", "set.name = 'x'"), "C070"),
        (amendment("2027-06-01 2029-01-02", "set.name = 'x'"), "C070"),
        (amendment("2027-06-01 2027-06-01", "set.ends = 2027-05-31"), "C070"),
        (amendment("2027-06-01 2027-06-01", "set.currency = 'EUR'"), "C071"),
        (amendment("2027-06-01 2027-06-01", "set.starts = 2026-06-01"), "C071"),
        (amendment("2027-06-01 2027-06-01", "remove = 'time_zone'"), "C071"),
        (amendment("2027-06-01 2027-06-01", "set.charge.voice.name = 'x'"), "C071"),
        (
            amendment("2027-06-01 2027-06-01", "set.charge.voice.unit = 'hour'\nset.charge.voice.grain = 'contact'"),
            "C071",
        ),
        (amendment("2027-06-01 2027-06-01", "add.round = { to = '1' }"), "C071"),
        (amendment("2027-06-01 2027-06-01", "set.charge.vioce.each = '1'"), "C072"),
        (amendment("2027-06-01 2027-06-01", "end = ['vioce']"), "C072"),
        (amendment("2027-06-01 2027-06-01", "rename = { vioce = 'x' }"), "C072"),
        (amendment("2027-06-01 2027-06-01", "end = ['setup', 'setup']"), "C072"),
        (amendment("2027-06-01 2027-06-01", "set.index.1.percent = '1'"), "C072"),
        (amendment("2027-06-01 2027-06-01", "set.charge = 'x'"), "C073"),
        (amendment("2027-06-01 2027-06-01", "set.charge.voice = 'x'"), "C073"),
        (amendment("2027-06-01 2027-06-01", "set.charge.voice.of.talk = true"), "C073"),
        (amendment("2027-06-01 2027-06-01", "remove.charge.voice = 'cap'"), "C073"),
        (amendment("2027-06-01 2027-06-01", "remove = 'charge'"), "C073"),
        (amendment("2027-06-01 2027-06-01", ""), "C073"),
        (format!("{minimum}{}", amendment("2027-06-01 2027-06-01", "end = ['platform']")), "C074"),
        (
            amendment("2027-06-01 2027-06-01", "end = ['setup']")
                + &amendment("2027-06-01 2027-07-01", "add.charge = { name = 'setup', amount = 1, once = 2027-08-01 }"),
            "C075",
        ),
        (
            amendment("2027-06-01 2027-06-01", "rename = { voice = 'calls' }")
                + &amendment("2027-06-01 2027-07-01", "rename = { platform = 'voice' }"),
            "C075",
        ),
        (
            amendment("2027-06-01 2027-09-01", "set.charge.voice.each = '1'")
                + &amendment("2027-07-01 2027-08-01", "set.charge.voice.each = '2'"),
            "C076",
        ),
        (amendment("2027-06-01 2027-06-02", "add.charge = { name = 'desk', amount = 1, per = 'month' }"), "C077"),
        (amendment("2027-06-01 2027-06-01", "set.name = 'x'").repeat(201), "C078"),
        (amendment("2027-06-01 2027-06-01", "add.charge = { name = 'x', amount = 1, once = 2027-05-31 }"), "C079"),
        (amendment("2027-06-01 2027-06-01", "set.charge.setup.once = 2027-08-01"), "C079"),
        (amendment("2027-06-01 2027-06-01", "set.charge.setup.amount = '1'"), "C079"),
        (amendment("2027-06-01 2027-06-01", "set.charge.voice.eahc = '1'"), "T004"),
        (amendment("2027-06-01 2027-06-01", "set.charge.voice.each = 0.5"), "T005"),
        (amendment("2027-06-01 2027-06-01", "set.charge.voice.then = 'x'"), "T006"),
        (amendment("2027-06-01 2027-06-01", "end = ['voice', 'platform', 'setup']"), "C013"),
        (amendment("2027-06-01 2027-06-01", "rename = { voice = 'platform' }"), "C004"),
        ("[[amendment]]\nknown = 2027-06-01\nset.name = 'x'\n".to_owned(), "T003"),
    ] {
        assert_eq!(codes(&amended), [code], "{amended}");
    }
    // The same amendment may say what refers to the charge from then on.
    let both = "end = ['platform']\nset.minimum.minimum.on = ['voice']";
    assert_eq!(codes(&format!("{minimum}{}", amendment("2027-06-01 2027-06-01", both))), [""; 0]);
}

#[test]
fn the_mistakes_of_all_amendments_are_found_in_one_run() {
    let amended = amendment("2027-06-01 2027-06-01", "set.charge.vioce.each = '1'\nend = ['vioce']")
        + &amendment("2027-06-02 2027-07-01", "set.charge.voice.then = 'x'")
        + &amendment("2027-06-03 2027-08-01", "rename = { nobody = 'x' }");
    let mut found = codes(&amended);
    found.sort_unstable();
    assert_eq!(found, ["C072", "C072", "C072", "T006"]);
}

/// Two hundred amendments, each known later than the one before: of one contract in the order of their effect, of the other
/// against it, so that each day of knowledge has other terms on all days.
#[test]
fn many_amendments_are_read_or_refused_in_bounded_time() {
    let charges = |count: u32| -> String {
        let charge = |number: u32| {
            format!("[[charge]]\nname = 'c{number}'\namount = {number}\nper = 'month'\nprorate = 'day'\n")
        };
        (0..count).map(charge).collect()
    };
    let amended = |effective: &dyn Fn(u32) -> u32| -> String {
        let day = |number: u32| date(2027, 1, 1).checked_add(jiff::Span::new().days(i64::from(number))).unwrap();
        let one = |number: u32| {
            let dates = format!("{} {}", day(number), day(effective(number)));
            amendment(&dates, &format!("set.charge.c{}.amount = {number}", number % 10))
        };
        (1..=200).map(one).collect()
    };
    let in_order = sound(&format!("{TOP}{}{}", charges(20), amended(&|number| number)));
    assert_eq!(in_order.in_force(None).versions().len(), 201);
    let (contract, findings) =
        read(&Text::new("c.toml", format!("{TOP}{}{}", charges(100), amended(&|number| 300 - number))));
    assert!(contract.is_none());
    let mistakes: Vec<&str> =
        findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.code).collect();
    assert_eq!(mistakes, ["C078"]);

    let fraction = |number: u32| {
        format!(
            "set.charge.voice.each = '1/{}7919'",
            u128::from(2 * number + 1) * 1_000_000_007_000_000_000_000_000_000_000 + 39
        )
    };
    let endless: String = (0..100).map(|number| amendment("2027-06-01 2027-06-01", &fraction(number))).collect();
    let codes: std::collections::BTreeSet<&str> = codes(&endless).into_iter().collect();
    assert_eq!(codes.into_iter().collect::<Vec<_>>(), ["C017"]);
}
