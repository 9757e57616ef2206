//! The files of a case, read into one.

use std::collections::{BTreeMap, BTreeSet};

use longshore_document::{Findings, quoted};
use longshore_units::{Diagnostic, Text};

use crate::option::{Around, is_id};
use crate::program::Histories;
use crate::uncertain::NamedTeams;
use crate::{About, Assumption, BusinessCase, CaseContract, CaseOption, Decide, Known, Uncertain, Whose};

/// The files of a case's folder, as far as they [`belong`](belongs) to it.
#[derive(Clone, Debug)]
pub struct CaseFiles {
    /// The folder's name.
    pub id: String,
    /// Its files.
    pub files: Vec<CaseFile>,
}

/// A file of a case.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// Its path within the case, with `/` between folders: `options/nearshore.toml`.
    pub path: String,
    /// The text, by the name that diagnostics call it.
    pub text: Text,
}

/// Whether a file of a case's folder, by its path within, is part of the case. Others (a README, a picture) are left
/// alone.
pub fn belongs(path: &str) -> bool {
    let toml = |folder: &str| {
        let stem = path.strip_prefix(folder).and_then(|name| name.strip_suffix(".toml"));
        stem.is_some_and(|stem| !stem.is_empty() && !stem.contains('/'))
    };
    matches!(path, "program.toml" | "today.toml" | "decide.toml")
        || toml("options/")
        || toml("contracts/")
        || path.strip_prefix("history/").is_some_and(|name| name.ends_with(".csv") && !name.contains('/'))
}

/// Reads a case: all findings of all its files, and the case if none of them is an error.
pub fn read(files: &CaseFiles) -> (Option<BusinessCase>, Vec<Diagnostic>) {
    let mut reader = CaseReader { by_path: BTreeMap::new(), diagnostics: Vec::new() };
    for file in &files.files {
        reader.by_path.insert(file.path.as_str(), &file.text);
    }
    let case = reader.case(&files.id);
    let wrong = reader.diagnostics.iter().any(Diagnostic::is_error);
    (case.filter(|_| !wrong), reader.diagnostics)
}

struct CaseReader<'f> {
    by_path: BTreeMap<&'f str, &'f Text>,
    diagnostics: Vec<Diagnostic>,
}

impl<'f> CaseReader<'f> {
    fn case(&mut self, id: &str) -> Option<BusinessCase> {
        let contracts = self.contracts();
        let texts = self.in_folder("history/").into_iter().collect();
        let mut histories = Histories { texts, findings: Vec::new() };
        let program = self.file("program.toml", |root, findings| crate::program::read(root, &mut histories, findings));
        for findings in histories.findings {
            self.diagnostics.extend(findings.into_diagnostics());
        }
        if program.is_none() {
            // Without queues, all that points to them would be wrong.
            self.file("decide.toml", |_, _| Some(()));
            self.file("today.toml", |_, _| Some(()));
            return None;
        }
        let queues = program.as_ref().map_or(&[][..], |program| &program.queues);
        let names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
        let decide = self.file("decide.toml", |root, findings| crate::decide::read(root, &names, findings));
        let (decide, named) = decide.unzip();
        let around = Around {
            queues,
            contracts: &contracts,
            program: program.as_ref().map(|program| program.program.as_str()),
            zone: program.as_ref().map(|program| &program.zone),
            currency: program.as_ref().and_then(|program| program.currency),
            decide: decide.as_ref(),
        };
        let mut options = Vec::new();
        options.extend(
            self.file("today.toml", |root, findings| crate::option::read(BusinessCase::TODAY, root, &around, findings)),
        );
        self.options(&around, &mut options);
        self.unused_contracts(&contracts, &options);
        self.unknown_teams(named.unwrap_or_default(), &options);
        let contracts: Option<Vec<CaseContract>> = contracts.into_iter().map(|(_, contract)| contract).collect();
        let (program, decide): (_, Decide) = (program?, decide?);
        let mut assumptions = program.assumptions;
        assumptions.extend(decide_assumptions(&decide));
        let mut case = BusinessCase {
            id: id.to_owned(),
            name: program.name,
            program: program.program,
            zone: program.zone,
            currency: program.currency?,
            recovers: program.recovers,
            queues: program.queues,
            options,
            contracts: contracts?,
            decide,
            assumptions,
        };
        let ranges = ranges(&case);
        case.assumptions.extend(ranges);
        Some(case)
    }

    /// Teams that decide.toml names and no option has, and outages of which it says how many more there may be, where the
    /// options say of none.
    fn unknown_teams(&mut self, named: Vec<NamedTeams>, options: &[CaseOption]) {
        let Some(text) = self.by_path.get("decide.toml") else { return };
        let teams = || options.iter().flat_map(|option| &option.teams);
        let mut findings = Findings::of(text.name.clone());
        for NamedTeams { place, whose, with_outages } in named {
            let meant = || teams().filter(|team| whose.has(team));
            let there_are = |names: BTreeSet<&str>| format!("there are {}", quoted(names));
            match &whose {
                Whose::Team(name) if meant().next().is_none() => {
                    let help = there_are(teams().map(|team| team.name.as_str()).collect());
                    findings.error("B006", &place, format!("no option has a team `{name}`"), help);
                }
                Whose::Provider(name) if meant().next().is_none() => {
                    let help = there_are(teams().map(|team| team.provider.as_str()).collect());
                    findings.error("B006", &place, format!("no option has a team of `{name}`"), help);
                }
                _ if with_outages && meant().all(|team| team.outages.is_none()) => {
                    let help = "say in the option what is expected: outages = { a_year = 4, length = \"90m\", source = \"…\" }";
                    findings.error("B006", &place, "no team that is meant has `outages`", help);
                }
                _ => {}
            }
        }
        self.diagnostics.extend(findings.into_diagnostics());
    }

    fn in_folder(&self, folder: &str) -> Vec<(&'f str, &'f Text)> {
        let files = self.by_path.iter().filter(|(path, _)| path.starts_with(folder));
        files.map(|(path, text)| (*path, *text)).collect()
    }

    /// Reads one of the files that a case must have; `B001` if it is not there.
    fn file<T>(
        &mut self,
        path: &'static str,
        reader: impl FnOnce(&longshore_document::Node, &mut Findings) -> Option<T>,
    ) -> Option<T> {
        let Some(text) = self.by_path.get(path) else {
            let mut findings = Findings::of(path);
            let help = match path {
                "program.toml" => "write down what customers need: queues, volumes, hours, targets",
                "today.toml" => "write down who does it today, and at what cost: options are compared with it",
                _ => "write down the first month and how many are compared: starts, months",
            };
            findings.error("B001", &(0..0), format!("there is no file `{path}` in this case"), help);
            self.diagnostics.extend(findings.into_diagnostics());
            return None;
        };
        let mut findings = Findings::of(text.name.clone());
        let root = longshore_document::read(text, &mut findings);
        let read = reader(&root, &mut findings);
        self.diagnostics.extend(findings.into_diagnostics());
        read
    }

    fn contracts(&mut self) -> Vec<(String, Option<CaseContract>)> {
        let mut contracts = Vec::new();
        for (path, text) in self.in_folder("contracts/") {
            let (contract, diagnostics) = longshore_contract::read(text);
            self.diagnostics.extend(diagnostics);
            let file = path.to_owned();
            contracts.push((file.clone(), contract.map(|contract| CaseContract { file, contract })));
        }
        contracts
    }

    fn options(&mut self, around: &Around<'_>, options: &mut Vec<CaseOption>) {
        for (path, text) in self.in_folder("options/") {
            let stem = path.strip_prefix("options/").and_then(|name| name.strip_suffix(".toml"));
            let stem = stem.unwrap_or(path); // A path that does not belong to a case is no id.
            let mut findings = Findings::of(text.name.clone());
            if stem == BusinessCase::TODAY {
                let message = "an option cannot be called `today`: that is who does it now, in the file today.toml";
                let help =
                    "call this file otherwise, such as options/as-today.toml, or move what it says to today.toml";
                findings.error("B012", &(0..0), message, help);
            } else if !is_id(stem) {
                let help = "call the file by lower-case letters, digits and hyphens, such as options/nearshore.toml";
                findings.error("B012", &(0..0), format!("`{stem}` cannot be an option's id"), help);
            }
            let root = longshore_document::read(text, &mut findings);
            options.extend(crate::option::read(stem, &root, around, &mut findings));
            self.diagnostics.extend(findings.into_diagnostics());
        }
    }

    fn unused_contracts(&mut self, contracts: &[(String, Option<CaseContract>)], options: &[CaseOption]) {
        let used: BTreeSet<usize> = options.iter().flat_map(|option| option.contracts.iter().copied()).collect();
        for (position, (path, contract)) in contracts.iter().enumerate() {
            if contract.is_some() && !used.contains(&position) {
                let name =
                    self.by_path.get(path.as_str()).map_or_else(|| path.as_str().into(), |text| text.name.clone());
                let mut findings = Findings::of(name);
                let help = format!("point to it from an option: contracts = [\"{path}\"]");
                findings.warning("B010", &(0..0), "no option uses this contract", help);
                self.diagnostics.extend(findings.into_diagnostics());
            }
        }
    }
}

fn decide_assumptions(decide: &Decide) -> Vec<Assumption> {
    let mut assumptions: Vec<Assumption> = decide
        .exchange
        .iter()
        .map(|rate| Assumption {
            what: About::Known(Known::ExchangeRate, rate.currency.to_string()),
            value: format!("{}, straying {} % in a year", rate.value, (rate.volatility * 1000.0).round() / 10.0),
            source: rate.source.clone(),
        })
        .collect();
    assumptions.extend(decide.series.iter().map(|series| Assumption {
        what: About::Known(Known::Growth, series.what.clone()),
        value: format!("{} %", (series.growth * 1000.0).round() / 10.0),
        source: series.source.clone(),
    }));
    if let Some(lost) = &decide.customers_lost {
        let percent = |share: &longshore_units::Exact| share * &longshore_units::Exact::from(100u64);
        if lost.hung_up != longshore_units::Exact::zero() {
            assumptions.push(Assumption {
                what: About::Known(Known::CustomersHungUp, String::new()),
                value: format!("{}%, {}", percent(&lost.hung_up), lost.value),
                source: lost.source.clone(),
            });
        }
        assumptions.push(Assumption {
            what: About::Known(Known::CustomersLost, String::new()),
            value: format!("{}%, {}", percent(&lost.share), lost.value),
            source: lost.source.clone(),
        });
    }
    assumptions
}

/// How far each uncertain figure may be off.
fn ranges(case: &BusinessCase) -> Vec<Assumption> {
    let range = |uncertain: &Uncertain| Assumption {
        what: About::Range(uncertain.figure.word(), uncertain.figure.of(case).map(str::to_owned)),
        value: format!(
            "between {:.0} % and {:.0} % of the plan in eight of ten futures",
            uncertain.low * 100.0,
            uncertain.high * 100.0
        ),
        source: uncertain.source.clone(),
    };
    case.decide.uncertain.iter().map(range).collect()
}
