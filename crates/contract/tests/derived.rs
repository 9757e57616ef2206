//! Charges that follow from others: shares of prices, ratios of quantities, shares of amounts, and what is given back.

#![allow(clippy::unwrap_used)]

use jiff::civil::Date;
use longshore_contract::{
    Class, Contract, CounterOf, Invoice, Ledger, LineKind, PriceError, Rule, Usage, UsageKey, Used, fold, price,
    quantities, read,
};
use longshore_units::{Amount, Exact, Month, Quantity, Text};

const TOP: &str = "provider = 'cebu-answer'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\n\
                   starts = 2027-01-01\nends = 2027-12-31\nround = { at = 'line', to = '0.01', how = 'half-up' }\n";

const HOURS: &str = "[[charge]]\nname = 'dedicated hours'\nunit = 'agent-hour'\nof = 'productive'\neach = '14.50'\n";

fn contract(charges: &str) -> Contract {
    let (contract, findings) = read(&Text::new("contract.toml", format!("{TOP}{charges}")));
    contract.unwrap_or_else(|| panic!("{findings:#?}"))
}

/// Codes and messages of what is wrong with charges.
fn wrong(charges: &str) -> Vec<(&'static str, String)> {
    let (_, findings) = read(&Text::new("contract.toml", format!("{TOP}{charges}")));
    findings.into_iter().map(|finding| (finding.code, finding.message)).collect()
}

fn used(contract: &Contract, lines: &str) -> Usage {
    let text = format!("month,charge,rows,quantity\n{lines}");
    let (usage, findings) = quantities(contract, &Text::new("quantities.csv", text));
    usage.unwrap_or_else(|| panic!("{findings:#?}"))
}

fn invoice(charges: &str, lines: &str) -> Invoice {
    let contract = contract(charges);
    let month = "2027-02".parse().unwrap();
    fold(&contract.in_force(None), &used(&contract, lines), month, month).unwrap().remove(0)
}

/// The amounts of an invoice's lines, whose details sum to them.
fn amounts(invoice: &Invoice) -> Vec<(&str, String)> {
    for line in &invoice.lines {
        let details: Amount = line.detail.iter().map(|detail| detail.amount.clone()).sum();
        assert_eq!(details, line.amount, "details of {}", line.charge);
    }
    invoice.lines.iter().map(|line| (line.charge.as_str(), line.amount.to_string())).collect()
}

/// Half of 14.50 is 7.25 an hour; 60 percent of it is 8.70 an hour, which is 0.145 a minute.
#[test]
fn what_is_reported_says_nothing_of_sites() {
    let charge = |scope: &str| {
        wrong(&format!(
            "[[charge]]\nunit = 'item'\ntiers = 'graduated'\nscope = '{scope}'\n\
             bands = [{{ from = 0, each = 2 }}, {{ from = 9, each = 1 }}]\n"
        ))
    };
    assert_eq!(charge("site"), [("C017", "what is reported says nothing of sites".to_owned())]);
    assert_eq!(charge("program"), []);
}

#[test]
fn a_share_of_a_price_in_the_charges_own_unit() {
    let charges = format!(
        "[[charge]]\nname = 'overtime'\nunit = 'hour'\nwhen = {{ overtime = 'beyond 40 h a week', week_starts = 'Mon' }}\n\
         each = {{ percent = 50, of_price = 'dedicated hours' }}\n{HOURS}\
         [[charge]]\nname = 'training'\nunit = 'minute'\nwhen = {{ state = 'training' }}\n\
         each = {{ percent = '60', of_price = 'dedicated hours' }}\n"
    );
    let invoice =
        invoice(&charges, "2027-02,overtime,3,20\n2027-02,dedicated hours,900,1280.5\n2027-02,training,4,100\n");
    // 20 × 7.25; 1,280.5 × 14.50; 100 × 0.145.
    let expected = [("overtime", "145"), ("dedicated hours", "18567.25"), ("training", "14.5")];
    assert_eq!(amounts(&invoice), expected.map(|(name, amount)| (name, amount.to_owned())));
    assert_eq!(invoice.lines[2].detail[0].price.as_ref().unwrap().0.to_string(), "0.145");
}

/// 16 agents need two leads for each 15, or 16/15 of one.
#[test]
fn a_ratio_rounds_its_fraction_as_it_says() {
    let leads = |round: &str| {
        let charges = format!(
            "[[charge]]\nname = 'team leads'\nunit = 'agent-month'\nratio = {{ one_per = 15, of = 'agents'{round} }}\neach = 3200\n\
             [[charge]]\nname = 'agents'\nunit = 'agent-month'\nprorate = 'day'\neach = 2150\n"
        );
        // Fifteen agents all month and two for half of it: 15 × 28 + 2 × 14 days.
        let invoice = invoice(&charges, "2027-02,agents,17,448 days\n");
        assert_eq!(invoice.lines[1].amount.to_string(), "34400");
        assert_eq!((invoice.lines[0].unit.as_str(), invoice.lines[0].rows), ("agent-month", None));
        (invoice.lines[0].quantity.to_string(), amounts(&invoice)[0].1.clone())
    };
    let pair = |quantity: &str, amount: &str| (quantity.to_owned(), amount.to_owned());
    assert_eq!(leads(""), pair("2", "6400"));
    assert_eq!(leads(", round = 'up'"), pair("2", "6400"));
    assert_eq!(leads(", round = 'down'"), pair("1", "3200"));
    assert_eq!(leads(", round = 'none'"), pair("16/15", "3413.33"));
}

#[test]
fn nothing_follows_from_nothing() {
    let charges = "[[charge]]\nname = 'agents'\nunit = 'agent-month'\nprorate = 'day'\neach = 2150\n\
                   [[charge]]\nname = 'leads'\nunit = 'agent-month'\nratio = { one_per = 15, of = 'agents', round = 'up' }\neach = 3200\n\
                   [[charge]]\nname = 'management'\npercent = '10'\nof_charges = ['agents', 'leads']\n";
    assert_eq!(amounts(&invoice(charges, "")), ["agents", "leads", "management"].map(|name| (name, "0".to_owned())));
}

/// A tenth of 472.50 + 1,500.00 + 95.00 as billed; what falls due in another month is not in it.
#[test]
fn a_share_of_what_other_charges_come_to() {
    let charges = "[[charge]]\nname = 'management'\npercent = '10%'\nof_charges = ['voice', 'platform', 'setup', 'launch']\n\
        [[charge]]\nname = 'voice'\nunit = 'minute'\nof = ['talk']\nthen = '6s'\neach = '0.45'\n\
        [[charge]]\nname = 'platform'\namount = 1500\nper = 'month'\nprorate = 'day'\n\
        [[charge]]\nname = 'setup'\namount = 25000\nonce = 2027-01-01\n\
        [[charge]]\nname = 'launch'\namount = 95\nonce = 2027-02-01\n";
    let invoice = invoice(charges, "2027-02,voice,400,1050\n");
    assert_eq!(amounts(&invoice)[0], ("management", "206.75".to_owned()));
    let line = &invoice.lines[0];
    assert_eq!((line.kind, line.quantity.to_string(), line.detail.len()), (LineKind::Charge, "2067.5".to_owned(), 3));
}

/// A commission of 8 percent of 1,250.00 sold, and of costs of 340.20 with 5 percent on top.
#[test]
fn percentages_of_sales_and_markups_on_costs() {
    let charges = "[[charge]]\nname = 'commission'\nunit = 'sale'\npercent = 8\n\
        [[charge]]\nname = 'orders'\nunit = 'sale'\neach = '2.50'\n\
        [[charge]]\nname = 'interpreters'\nunit = 'cost'\nmarkup = '5%'\nevidence = 'required'\n\
        [[charge]]\nname = 'postage'\nunit = 'cost'\nwhen = { what = 'postage' }\n\
        [[charge]]\nname = 'letters'\nunit = 'item'\neach = '1.10'\nwhen = { what = 'letter' }\n\
        [[charge]]\nname = 'leads'\nunit = 'lead'\neach = 20\n\
        [[charge]]\nname = 'visits'\nunit = 'appointment'\neach = 45\n";
    let lines = "2027-02,commission,14,1250\n2027-02,orders,14,14\n2027-02,interpreters,3,340.20 USD\n2027-02,postage,1,80\n\
                 2027-02,letters,2,110\n2027-02,leads,6,7\n2027-02,visits,3,3\n";
    // 1,250 × 8 %; 14 × 2.50; 340.20 × 1.05 = 357.21; 80 as it is; 110 × 1.10; 7 × 20; 3 × 45.
    let expected = [
        ("commission", "100"),
        ("orders", "35"),
        ("interpreters", "357.21"),
        ("postage", "80"),
        ("letters", "121"),
        ("leads", "140"),
        ("visits", "135"),
    ];
    assert_eq!(amounts(&invoice(charges, lines)), expected.map(|(name, amount)| (name, amount.to_owned())));
    // Of 340.20, 300 are taken back: 40.20 and 5 percent of them are left. Of 1,250, 250.
    let back = "2027-02,interpreters,3,340.20\n2027-02,interpreters,1,-300 USD\n2027-02,commission,1,-250\n2027-02,commission,14,1250\n";
    let back = invoice(charges, back);
    let back = amounts(&back);
    assert_eq!([&back[0].1, &back[2].1], ["80", "42.21"]);
    // Nothing else happens less often than never.
    for charge in ["letters", "leads", "orders"] {
        let text = format!("month,charge,rows,quantity\n2027-02,{charge},1,-1\n");
        let (usage, findings) = quantities(&contract(charges), &Text::new("quantities.csv", text));
        assert!(usage.is_none() && findings[0].code == "Q004", "{findings:?}");
    }
    let text = "month,charge,rows,quantity\n2027-02,postage,1,80 EUR\n";
    let (usage, findings) = quantities(&contract(charges), &Text::new("quantities.csv", text));
    assert!(usage.is_none() && findings[0].message == "`EUR` is not the contract's currency, USD", "{findings:?}");
}

#[test]
fn a_month_is_provisional_while_its_resolutions_may_reopen() {
    let charges = "[[charge]]\nname = 'chat'\nunit = 'resolution'\nwhen = { channel = 'chat' }\nreopened_within = '7 days'\neach = '0.99'\n\
        [[charge]]\nname = 'email'\nunit = 'resolution'\nwhen = { channel = 'email' }\nreopened_within = '36h'\neach = '1.49'\n";
    let invoice = invoice(charges, "2027-02,chat,200,200\n2027-02,email,100,100\n");
    assert_eq!(invoice.provisional_until.unwrap().to_string(), "2027-03-07");
    assert_eq!(amounts(&invoice), [("chat", "198".to_owned()), ("email", "149".to_owned())]);
    let other = self::invoice(HOURS, "2027-02,dedicated hours,1,8\n");
    assert_eq!(other.provisional_until, None);
}

/// January: 100 hours of training at 60 percent of 14.50 are 870.00. In February an agent leaves who had 40 of them.
#[test]
fn time_of_agents_who_leave_is_given_back_at_the_price_it_was_billed_at() {
    let contract = contract(&format!(
        "{HOURS}[[charge]]\nname = 'training'\nunit = 'hour'\nwhen = {{ state = 'training' }}\n\
         each = {{ percent = '60', of_price = 'dedicated hours' }}\nrefund = {{ if_left_within = '90 days' }}\n\
         [[charge]]\nname = 'management'\npercent = '10'\nof_charges = 'training'\n"
    ));
    let mut usage = used(&contract, "2027-01,training,13,100\n2027-02,training,7,50\n");
    let given_back = |period: &str, billed: &str| {
        let (period, day) = (period.parse().unwrap(), Some(format!("{billed}-01").parse().unwrap()));
        let counter = CounterOf::Refund(1);
        UsageKey { version: 0, counter, period, group: String::new(), day, class: Class(0) }
    };
    let hours = |hours: u64| Used::Sum { rows: 5, quantity: Quantity(Exact::from(hours)) };
    usage.add(given_back("2027-02", "2027-01"), hours(40)).unwrap();
    usage.add(given_back("2027-02", "2027-02"), hours(2)).unwrap();
    usage.add(given_back("2027-03", "2027-01"), hours(10)).unwrap();
    let month = |month: &str| month.parse::<Month>().unwrap();
    let in_force = contract.in_force(None);
    let invoices = fold(&in_force, &usage, month("2027-01"), month("2027-03")).unwrap();
    // February: 50 × 8.70 = 435.00, less 40 × 8.70 = 348.00 and 2 × 8.70 = 17.40. March: 10 × 8.70 alone.
    let training = |place: usize| amounts(&invoices[place])[1..].to_vec();
    let pair = |training: &str, share: &str| vec![("training", training.to_owned()), ("management", share.to_owned())];
    assert_eq!([training(0), training(1), training(2)], [pair("870", "87"), pair("69.6", "6.96"), pair("-87", "-8.7")]);
    assert_eq!(invoices[1].lines[1].quantity.to_string(), "50");
    assert_eq!(invoices[1].provisional_until, None);

    // Without January nobody knows what an hour of it cost.
    let (mut ledger, february) = (Ledger::default(), month("2027-02"));
    let error = price(&in_force, &usage, february, &mut ledger).unwrap_err();
    assert!(
        matches!(error, PriceError::NotKnown { rule: Rule::Charge(ref name), month, .. } if name == "training" && month.number() == 1)
    );
}

/// From the 16th of January an hour costs 11 instead of 8; who leaves in January gives ten hours back at what one came to.
#[test]
fn time_is_given_back_at_the_price_of_all_of_a_month_under_two_terms() {
    let contract = contract(
        "[[charge]]\nname = 'training'\nunit = 'hour'\nwhen = { state = 'training' }\neach = 8\n\
         refund = { if_left_within = '90 days' }\n\
         [[amendment]]\nknown = 2027-01-10\neffective = 2027-01-16\nset.charge.training.each = 11\n",
    );
    let total = |hours: &[(u16, u64)]| {
        let january: Month = "2027-01".parse().unwrap();
        let key = |version: u16, counter: CounterOf, day: Option<Date>| UsageKey {
            version,
            counter,
            period: january,
            group: String::new(),
            day,
            class: Class(0),
        };
        let sum = |hours: u64| Used::Sum { rows: 1, quantity: Quantity(Exact::from(hours)) };
        let mut usage = Usage::default();
        for (version, hours) in hours {
            usage.add(key(*version, CounterOf::Charge(0), None), sum(*hours)).unwrap();
        }
        usage.add(key(0, CounterOf::Refund(0), Some(january.first())), sum(10)).unwrap();
        let invoice = price(&contract.in_force(None), &usage, january, &mut Ledger::default()).unwrap();
        invoice.total.to_string()
    };
    assert_eq!(total(&[(0, 100)]), "720"); // 100 × 8, less 10 × 8
    assert_eq!(total(&[(0, 100), (1, 50)]), "1260"); // 800 + 550 for 150 hours, of which 10 at 9
}

/// Training is agreed until the end of January, under another name then; who leaves in February gives it back all the same.
#[test]
fn time_is_given_back_of_a_charge_that_has_ended_or_has_another_name() {
    let training = "[[charge]]\nname = 'training'\nunit = 'hour'\nwhen = { state = 'training' }\neach = '8.70'\n\
                    refund = { if_left_within = '90 days' }\n[[charge]]\nname = 'platform'\namount = 100\nper = 'month'\n";
    let renamed = "[[amendment]]\nknown = 2027-01-20\neffective = 2027-02-01\nrename = { training = 'coaching' }\n";
    let ended = "[[amendment]]\nknown = 2027-01-20\neffective = 2027-02-01\nend = ['training']\n";
    for (amendment, expected) in [
        (renamed, vec![("coaching", "-87"), ("platform", "100")]),
        (ended, vec![("platform", "100"), ("training", "-87")]),
    ] {
        let contract = contract(&format!("{training}{amendment}"));
        let mut usage = used(&contract, "2027-01,training,13,100\n");
        let day = Some("2027-01-01".parse().unwrap());
        let (counter, period) = (CounterOf::Refund(0), "2027-02".parse().unwrap());
        let key = UsageKey { version: 0, counter, period, group: String::new(), day, class: Class(0) };
        usage.add(key, Used::Sum { rows: 2, quantity: Quantity(Exact::from(10u64)) }).unwrap();
        let (from, to) = ("2027-01".parse().unwrap(), "2027-02".parse().unwrap());
        let invoices = fold(&contract.in_force(None), &usage, from, to).unwrap();
        assert_eq!(invoices[0].lines[0].amount.to_string(), "870");
        let found = amounts(&invoices[1]);
        assert_eq!(found.iter().map(|(name, amount)| (*name, amount.as_str())).collect::<Vec<_>>(), expected);
    }
}

/// Each program climbs its own bands, and its overtime costs half of what its own hours came to; a program without hours is
/// at the list price.
#[test]
fn a_share_of_the_price_that_a_groups_volume_chose() {
    let charges = "[[charge]]\nname = 'premium'\nunit = 'hour'\nof = 'logged in'\nscope = 'program'\n\
                   each = { percent = 50, of_price = 'hours' }\n\
                   [[charge]]\nname = 'hours'\nunit = 'agent-hour'\nof = 'requested'\nscope = 'program'\ntiers = 'volume'\n\
                   bands = [{ from = 0, each = 14 }, { from = 2000, each = 12 }]\n\
                   [[charge]]\nname = 'all'\nunit = 'hour'\nof = 'logged in'\nscope = 'contract'\n\
                   each = { percent = 50, of_price = 'hours' }\n";
    let contract = contract(charges);
    let text = "month,charge,group,rows,quantity\n2027-02,hours,retail,1,2000\n2027-02,hours,travel,1,1999\n\
                2027-02,premium,retail,1,10\n2027-02,premium,travel,1,10\n2027-02,premium,fashion,1,10\n2027-02,all,,1,10\n";
    let (usage, _) = quantities(&contract, &Text::new("quantities.csv", text));
    let month = "2027-02".parse().unwrap();
    let invoice = fold(&contract.in_force(None), &usage.unwrap(), month, month).unwrap().remove(0);
    // 10 × 6 + 10 × 7 + 10 × 7; 2,000 × 12 + 1,999 × 14; 10 × 7.
    let expected = [("premium", "200"), ("hours", "51986"), ("all", "70")];
    assert_eq!(amounts(&invoice), expected.map(|(name, amount)| (name, amount.to_owned())));
}

/// An index of 3 percent a year moves 14.50 to 14.935; half of it is 7.4675, and is not moved again.
#[test]
fn a_share_of_a_price_moves_with_it_alone() {
    let charges = format!(
        "{HOURS}[[charge]]\nname = 'premium'\nunit = 'hour'\nof = 'logged in'\n\
         each = {{ percent = 50, of_price = 'dedicated hours' }}\n\
         [[index]]\non = ['dedicated hours']\npercent = '3%'\nevery = '6 months'\n"
    );
    let contract = contract(&charges);
    let usage = used(&contract, "2027-08,dedicated hours,900,100\n2027-08,premium,3,20\n");
    let month = "2027-08".parse().unwrap();
    let invoice = fold(&contract.in_force(None), &usage, month, month).unwrap().remove(0);
    assert_eq!(amounts(&invoice), [("dedicated hours", "1493.5".to_owned()), ("premium", "149.35".to_owned())]);
}

/// 30 agents of whom the terms change in the middle of the month are two team leads, and not one and one more for each half.
#[test]
fn an_amendment_within_a_month_rounds_a_ratio_once() {
    let contract = contract(
        "[[charge]]\nname = 'agents'\nunit = 'agent-month'\nprorate = 'day'\neach = 1000\n\
         [[charge]]\nname = 'leads'\nunit = 'agent-month'\nratio = { one_per = 15, of = 'agents', round = 'up' }\neach = 3000\n\
         [[amendment]]\nknown = 2027-02-01\neffective = 2027-02-15\nset.charge.leads.each = 3100\n",
    );
    let text = "month,charge,rows,quantity,day\n2027-02,agents,30,210 days,2027-02-01\n2027-02,agents,30,406 days,2027-02-20\n";
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", text));
    let month = "2027-02".parse().unwrap();
    let usage = usage.unwrap_or_else(|| panic!("{findings:#?}"));
    let invoice = fold(&contract.in_force(None), &usage, month, month).unwrap().remove(0);
    // 616 days are 22 agents: two leads, of which 210/616 at 3,000 and 406/616 at 3,100: 2,045.4545… and 4,086.3636….
    assert_eq!(amounts(&invoice)[1], ("leads", "6131.82".to_owned()));
    assert_eq!(invoice.lines[1].quantity.to_string(), "2");
}

#[test]
fn references_that_lead_nowhere_are_refused() {
    let share = |name: &str, of: &str| format!("[[charge]]\nname = '{name}'\npercent = 10\nof_charges = ['{of}']\n");
    let of_price = |name: &str, of: &str| {
        format!(
            "[[charge]]\nname = '{name}'\nunit = 'hour'\nof = 'logged in'\neach = {{ percent = 50, of_price = '{of}' }}\n"
        )
    };
    let ratio = |name: &str, of: &str| {
        format!(
            "[[charge]]\nname = '{name}'\nunit = 'hour'\neach = 1\nratio = {{ one_per = 5, of = '{of}', round = 'up' }}\n"
        )
    };
    let flat = "[[charge]]\nname = 'platform'\namount = 1\nper = 'month'\n";
    let leg = "[[charge]]\nname = 'legs'\nunit = 'leg'\nwhen = { outcome = 'answered' }\neach = 1\n";
    for (charges, message) in [
        (share("a", "a"), "`a` refers to itself"),
        (share("a", "b") + &share("b", "a"), "`b` is itself a share of other charges"),
        (of_price("a", "a"), "`a` refers to itself"),
        (
            of_price("a", "b") + &of_price("b", "a"),
            "the price of `b` cannot be shared in: it is itself a share of another's",
        ),
        (of_price("a", "platform") + flat, "`platform` has no price by unit"),
        (of_price("a", "legs") + leg, "the price of `legs` cannot be shared in: the two charges have different units"),
        (ratio("a", "platform") + flat, "`platform` has no quantity of its own"),
        (ratio("a", "b") + &ratio("b", "legs") + leg, "`b` has no quantity of its own"),
    ] {
        let found = wrong(&charges);
        assert!(found.iter().all(|(code, _)| *code == "C040"), "{charges}: {found:?}");
        assert_eq!(found[0].1, message, "{charges}");
    }
    assert_eq!(wrong(&share("a", "b")), [("C012", "there is no charge `b`".to_owned())]);
}

#[test]
fn keys_that_say_nothing_are_refused() {
    let contact = "[[charge]]\nunit = 'contact'\nwhen = { outcome = 'answered' }\n";
    let hours = "[[charge]]\nunit = 'hour'\nof = 'logged in'\neach = 1\n";
    for (charge, codes) in [
        (format!("{contact}each = 1\npercent = 8\n"), vec!["C044"]),
        (format!("{contact}each = 1\neach_at_least = 1\n"), vec!["C044"]),
        (format!("{contact}each = 1\nmarkup = 5\n"), vec!["C044"]),
        (format!("{contact}each = 1\nrefund = {{ if_left_within = '90 days' }}\n"), vec!["C044"]),
        (format!("{hours}reopened_within = '7 days'\n"), vec!["C044"]),
        (format!("{hours}when = {{ week_starts = 'Mon' }}\n"), vec!["C044"]),
        (format!("{hours}refund = {{ if_left_within = '900 days' }}\n"), vec!["C014"]),
        (format!("{contact}each = 1\n").replace("outcome =", "approved = true, outcome ="), vec!["C008"]),
        ("[[charge]]\nunit = 'sale'\npercent = 8\neach = 1\n".to_owned(), vec!["C003"]),
        ("[[charge]]\nunit = 'sale'\npercent = 8\neach_at_least = 5\neach_at_most = 4\n".to_owned(), vec!["C044"]),
        ("[[charge]]\nunit = 'sale'\npercent = -8\n".to_owned(), vec!["T007"]),
        ("[[charge]]\nunit = 'cost'\neach = 8\n".to_owned(), vec!["C044"]),
        ("[[charge]]\nunit = 'cost'\ngrain = 'contact'\n".to_owned(), vec!["C007"]),
        ("[[charge]]\nunit = 'resolution'\neach = 1\nreopened_within = '900 days'\n".to_owned(), vec!["C014"]),
        ("[[charge]]\nunit = 'resolution'\neach = 1\n".to_owned(), vec!["C041"]),
        ("[[charge]]\npercent = 8\n".to_owned(), vec!["T003"]),
        ("[[charge]]\npercent = 8\nof_charges = []\n".to_owned(), vec!["C012"]),
        (hours.replace("'logged in'", "{ lesser = ['requested', 'productive'], per = 'hour' }"), vec![]),
        (hours.replace("'logged in'", "{ lesser = ['requested'], per = 'hour' }"), vec!["C016"]),
        (hours.replace("'logged in'", "{ lesser = ['requested', 'scheduled'] }"), vec!["T003"]),
        (
            hours.replace(
                "'logged in'",
                "{ lesser = ['requested', 'scheduled'], greater = ['requested'], per = 'day' }",
            ),
            vec!["C016"],
        ),
        (
            hours.replace(
                "'logged in'",
                "{ greater = ['requested', 'scheduled'], at_most = '102% of asked', per = 'day' }",
            ),
            vec!["T006"],
        ),
        (hours.replace("of = 'logged in'", "when = { overtime = 'beyond 40 h a week' }"), vec!["C042"]),
        (
            hours.replace("of = 'logged in'", "when = { overtime = 'beyond 200 h a week', week_starts = 'Sun' }"),
            vec!["T006"],
        ),
        (hours.replace("of = 'logged in'", "when = { overtime = 'over 40', week_starts = 'Sun' }"), vec!["T006"]),
    ] {
        let found = wrong(&charge);
        assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), codes, "{charge}\n{found:?}");
    }
}
