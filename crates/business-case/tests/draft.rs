//! A case with volumes only: what the catalog makes of it.
#![allow(clippy::unwrap_used)]

use longshore_business_case::{
    BusinessCase, CaseFile, CaseFiles, CostKind, blank, completed, countries, country, read, started,
};
use longshore_units::{Diagnostic, Text};
use longshore_words::Language;

const TEN_LINES: &str = include_str!("../../../examples/ten-lines/program.toml");

fn files(files: &[(&str, &str)]) -> CaseFiles {
    let file = |(path, text): &(&str, &str)| CaseFile {
        path: (*path).to_owned(),
        text: Text::new(format!("harbor/{path}"), *text),
    };
    CaseFiles { id: "harbor".to_owned(), files: files.iter().map(file).collect() }
}

fn case(program: &str) -> (Option<BusinessCase>, Vec<Diagnostic>) {
    read(&completed(files(&[("program.toml", program)]), Language::English))
}

#[test]
fn ten_lines_are_a_whole_case() {
    assert!(TEN_LINES.lines().count() <= 10);
    let (case, found) = case(TEN_LINES);
    assert!(found.is_empty(), "{found:#?}");
    let case = case.unwrap();
    let ids: Vec<&str> = case.options.iter().map(|option| option.id.as_str()).collect();
    let expected = [
        "today",
        "domestic-dedicated",
        "domestic-semi-dedicated",
        "domestic-shared",
        "freelancers",
        "nearshore-dedicated",
        "offshore-dedicated",
        "offshore-monthly",
        "own-with-overflow",
    ];
    assert_eq!(ids, expected);
    // The queue has the catalog's hours, shape and times, and all of its volume comes while it is open.
    let queue = &case.queues[0];
    assert_eq!((queue.open.written(), queue.handle.mean_ms()), ("Mon-Fri 07:00-21:00", 360_000.0));
    let expected = queue.demand.expected(&queue.open, &case.zone, case.decide.starts, 12, 1_800_000).unwrap();
    assert!((expected.contacts.iter().sum::<f64>() - 40_000.0).abs() < 1e-6);
}

/// Who reads the answer in Spanish has Spanish names, beside the same figures.
#[test]
fn options_are_named_in_the_language_of_the_answer_and_nothing_else_changes() {
    let named = |language| {
        let files = completed(files(&[("program.toml", TEN_LINES)]), language);
        let (case, found) = read(&files);
        assert!(found.is_empty(), "{found:#?}");
        let options = case.unwrap().options;
        (files, options.into_iter().map(|option| (option.id, option.name)).collect::<Vec<_>>())
    };
    let (english, names) = named(Language::English);
    let of = |names: &[(String, String)], id: &str| names.iter().find(|(of, _)| of == id).unwrap().1.clone();
    assert_eq!(of(&names, "domestic-shared"), "United States, shared agents, per minute");
    for (language, today, shared) in [
        (Language::Spanish, "Equipo propio, Estados Unidos", "Estados Unidos, agentes compartidos, por minuto"),
        (Language::Romanian, "Echipă proprie, Statele Unite", "Statele Unite, agenți partajați, pe minut"),
        (Language::Filipino, "Sariling team, Estados Unidos", "Estados Unidos, mga shared agent, bawat minuto"),
    ] {
        let (files, names) = named(language);
        assert_eq!((of(&names, "today").as_str(), of(&names, "domestic-shared").as_str()), (today, shared));
        for (file, english) in files.files.iter().zip(&english.files) {
            assert_eq!(file.path, english.path);
            let lines = file.text.text.lines().zip(english.text.text.lines());
            let changed: Vec<_> = lines.filter(|(line, english)| line != english).collect();
            assert!(changed.len() <= 1 && changed.iter().all(|(line, _)| line.starts_with("name = ")), "{changed:?}");
            assert_eq!(file.text.text.lines().count(), english.text.text.lines().count());
        }
    }
}

/// Wage, load and the rest by hand: 42,830 a year of 2,080 hours, 41.9 % on it, 2.25 times the base wage in all.
#[test]
fn an_own_hour_costs_what_its_sources_say() {
    let case = case(TEN_LINES).0.unwrap();
    let costs: Vec<(&str, String)> =
        case.today().costs.iter().map(|cost| (cost.what.as_str(), cost.amount.to_string())).collect();
    let by_hand = [
        ("agents' pay", "20.59".to_owned()),
        ("benefits and payroll taxes", "8.63".to_owned()),
        ("supervision, seats, systems, recruiting and training", "17.11".to_owned()),
    ];
    assert_eq!(costs, by_hand);
}

fn program(text: String) -> Vec<CaseFile> {
    vec![CaseFile { path: "program.toml".to_owned(), text: Text::new("program.toml", text) }]
}

/// The whole is 2.25 times the wage, whether its load is published or not: nobody publishes one for Britain.
#[test]
fn an_own_hour_costs_the_same_multiple_everywhere() {
    for (code, dollar) in [("US", None), ("GB", Some("0.79")), ("MX", Some("18"))] {
        let dollar = dollar.map(|dollar| dollar.parse().unwrap());
        let case = started("new", program(blank(country(code).unwrap())), dollar.as_ref(), Language::English);
        let case = read(&case).0.unwrap();
        let costs: Vec<f64> = case.today().costs.iter().map(|cost| cost.amount.to_f64()).collect();
        let multiple = costs.iter().sum::<f64>() / costs[0];
        assert!((multiple - 2.25).abs() < 0.01, "{code}: {costs:?}");
    }
}

#[test]
fn prices_are_the_catalogs_and_every_figure_has_its_source() {
    let case = case(TEN_LINES).0.unwrap();
    let offshore = case.option("offshore-dedicated").unwrap();
    // Between a shared minute, 0.975, and 28.50 an hour of which 80 % are busy, 0.59375; and what freelancers ask.
    for (id, price) in [("domestic-semi-dedicated", "0.784 USD"), ("freelancers", "11 USD")] {
        let option = case.option(id).unwrap();
        assert!(option.assumptions.iter().any(|one| one.value == price), "{id}: {:#?}", option.assumptions);
    }
    // One or two other accounts beside ours.
    assert_eq!(case.option("domestic-semi-dedicated").unwrap().teams[0].shared.unwrap().our_share, 0.5);
    let prices: Vec<&str> = offshore
        .assumptions
        .iter()
        .filter(|one| one.what.to_string().contains("price of"))
        .map(|one| one.value.as_str())
        .collect();
    assert_eq!(prices, ["11 USD"]);
    for option in &case.options {
        assert!(option.assumptions.iter().all(|one| !one.source.is_empty()), "{}", option.id);
        for cost in &option.costs {
            assert!(cost.source.starts_with("filled in: "), "{}: {}", option.id, cost.source);
        }
        let has = |kind: CostKind| option.costs.iter().any(|cost| cost.kind == kind);
        let own_team = ["today", "own-with-overflow"].contains(&option.id.as_str());
        assert_eq!((has(CostKind::Team), has(CostKind::Transition)), (own_team, !own_team), "{}", option.id);
        assert_eq!(has(CostKind::Stays), option.id != "today", "{}", option.id);
    }
}

/// A price in another currency needs a rate, which the catalog does not have: the draft says so instead of guessing.
#[test]
fn a_case_in_euros_asks_what_a_dollar_is_worth() {
    let madrid =
        TEN_LINES.replace("America/Chicago", "Europe/Madrid").replace("\"USD\"", "\"EUR\"").replace("\"en\"", "\"es\"");
    let codes = |found: &[Diagnostic]| {
        let mut codes: Vec<&str> = found.iter().filter(|found| found.is_error()).map(|found| found.code).collect();
        codes.dedup();
        codes.join(" ")
    };
    assert_eq!(codes(&case(&madrid).1), "B011");
    let decide =
        "starts = 2027-01-01\nmonths = 12\n[[exchange]]\ncurrency = \"USD\"\nvalue = \"0.90\"\nsource = \"ours\"\n";
    let with_rate = completed(files(&[("program.toml", &madrid), ("decide.toml", decide)]), Language::English);
    let (case, found) = read(&with_rate);
    assert!(found.is_empty(), "{found:#?}");
    let pay = |case: &BusinessCase| {
        let pay = &case.today().costs[0];
        (pay.what.clone(), pay.amount.to_string())
    };
    // 16,059 a year of 2,080 hours.
    let case = case.unwrap();
    assert_eq!(pay(&case), ("agents' pay".to_owned(), "7.72".to_owned()));
    assert_eq!((case.decide.runs, case.options.len()), (20, 9));
    // At home, prices published in Spain, in euros: 0.66-0.78 a minute and 25-30 an hour. Abroad in dollars, as published.
    let asked = |id: &str| {
        let option = case.option(id).unwrap();
        let price = option.assumptions.iter().find(|one| one.what.to_string().contains("price of")).unwrap();
        let currency = case.contracts_of(option).next().unwrap().contract.currency;
        (price.value.clone(), currency.code().to_owned())
    };
    let expected = |value: &str, currency: &str| (value.to_owned(), currency.to_owned());
    assert_eq!(asked("domestic-shared"), expected("0.72 EUR", "EUR"));
    assert_eq!(asked("domestic-dedicated"), expected("27.5 EUR", "EUR"));
    // A dedicated hour of which 80 % are busy is 0.573 a minute.
    assert_eq!(asked("domestic-semi-dedicated"), expected("0.646 EUR", "EUR"));
    let (value, currency) = asked("offshore-dedicated");
    assert!(value.ends_with(" USD") && currency == "USD", "{value}");
    // What French agents earn was published in 2013: the labor cost of the economy is taken, and says so.
    let paris = madrid.replace("Europe/Madrid", "Europe/Paris").replace("\"es\"", "\"fr\"");
    let (paris, found) =
        read(&completed(files(&[("program.toml", &paris), ("decide.toml", decide)]), Language::English));
    assert!(found.is_empty(), "{found:#?}");
    assert_eq!(pay(&paris.unwrap()), ("labor cost of the whole economy".to_owned(), "43.7".to_owned()));
}

#[test]
fn a_case_that_says_anything_itself_is_left_alone() {
    let own = [("program.toml", TEN_LINES), ("today.toml", "name = \"x\"\n")];
    let of_mars = TEN_LINES.replace("America/Chicago", "Antarctica/Troll");
    let wrong = TEN_LINES.replace("contacts_a_year = 40000", "contacts_a_year = \"many\"");
    for given in [&own[..], &[("program.toml", &of_mars)], &[("program.toml", &wrong)], &[]] {
        assert_eq!(completed(files(given), Language::English).files.len(), given.len());
    }
}

/// Texts of other alphabets, quotes and languages come through as they are.
#[test]
fn names_are_written_as_they_are() {
    let odd = TEN_LINES.replace("Harbor Shoes: phone support", "Škoda \\\"ä\\\"").replace("\"en\"", "\"tlh\"");
    let (case, found) = case(&odd);
    assert!(found.is_empty(), "{found:#?}");
    let case = case.unwrap();
    assert_eq!((case.name.as_str(), case.options.len()), ("Škoda \"ä\"", 6), "nobody abroad is known to speak it");
}

/// Each country of which labor is known has a case to begin with that reads without a finding.
#[test]
fn every_country_has_a_case_to_begin_with() {
    let mut without = Vec::new();
    for country in countries() {
        let dollar = (country.currency.code() != "USD").then(|| "2".parse().unwrap());
        let case = started("new", program(blank(country)), dollar.as_ref(), Language::English);
        let (read, found) = read(&case);
        match read {
            Some(case) => {
                assert!(found.is_empty(), "{}: {found:#?}", country.code);
                assert!(2 <= case.options.len(), "{}", country.code);
            }
            None => {
                let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
                assert!(codes.contains(&"B001"), "{}: {found:#?}", country.code);
                without.push(country.code.as_str());
            }
        }
    }
    assert_eq!(without, [""; 0]);
}

/// What is commented out reads when it is not.
#[test]
fn what_may_be_said_of_a_queue_can_be_said() {
    let program: Vec<String> = blank(country("US").unwrap())
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.contains(" = ") || rest.starts_with('[') => rest.to_owned(),
            _ => line.to_owned(),
        })
        .collect();
    let (case, found) = case(&program.join("\n"));
    assert!(found.is_empty(), "{found:#?}");
    let case = case.unwrap();
    assert_eq!(case.queues[0].open.written(), "Mon-Fri 08:00-20:00, Sat 09:00-13:00");
    assert!(!case.assumptions.iter().any(|one| one.what.to_string().contains("hours")), "{:#?}", case.assumptions);
}

mod any_program {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever a program says soundly, its drafts are sound.
        #[test]
        fn has_sound_drafts(
            contacts in 1.0f64..1e10,
            share in 1u32..9999,
            within in 0u32..3600,
            talk in 1u32..86_400,
            name in "[^\\p{C}\\s]{1,12}",
        ) {
            let target = format!("{}.{:02}% in {within}s", share / 100, share % 100);
            let program = TEN_LINES.replace("orders", &name.replace(['\\', '"'], "x"))
                + &format!("target = \"{target}\"\nhandle = {{ talk = {{ mean = \"{talk}s\" }} }}\n");
            let program = program.replace("= 40000", &format!("= {contacts}"));
            let (read, found) = case(&program);
            prop_assert!(read.is_some(), "{program}\n{found:#?}");
        }

        /// A piece of the program is cut out, or replaced by something odd.
        #[test]
        fn makes_nothing_panic(from in 0usize..300, length in 0usize..60, odd in "[\\PC\n]{0,12}") {
            let edge = |at: usize| (0..=at.min(TEN_LINES.len())).rev().find(|at| TEN_LINES.is_char_boundary(*at)).unwrap();
            let (from, until) = (edge(from), edge(from + length));
            let _ = case(&format!("{}{odd}{}", &TEN_LINES[..from], &TEN_LINES[until.max(from)..]));
        }
    }
}
