//! From a contract's meaning to its text.

mod amendment;
mod charge;
mod lines;
mod payment;
mod service;
mod terms;
mod value;

use std::fmt::Write;

use crate::{Contract, Written};
use value::{Entries, key, text};

/// The canonical text of a contract: every term it has, each written in one way, with what the reading took for unsaid
/// terms written out. Reading it gives the same contract, as long as none of its numbers needs more than
/// [`longshore_units::Exact::MAX_DIGITS`] signs.
///
/// Of a version of a contract ([`crate::InForce`]) it gives these terms for the whole term.
///
/// ```
/// use longshore_units::Text;
/// let text = "provider = 'answering-co'\ncurrency = 'USD'\nstarts = 2027-01-01\n[[charge]]\nunit = 'minute'\neach = '0.95'\n";
/// let (contract, _) = longshore_contract::read(&Text::new("small.toml", text));
/// let printed = longshore_contract::print(contract.as_ref().unwrap());
/// assert!(printed.contains("counted_at = \"offered\"\n"));
/// assert_eq!(longshore_contract::read(&Text::new("printed.toml", printed)).0, contract);
/// ```
pub fn print(contract: &Contract) -> String {
    let mut text = String::new();
    for section in sections(contract) {
        section.print(&mut text);
    }
    text
}

fn sections(contract: &Contract) -> Vec<Section> {
    let mut sections = vec![Section { heading: Heading::None, lines: Vec::new() }.with(terms::top(contract))];
    sections.push(Section::of("round", terms::round(&contract.round)));
    for (name, calendar) in &contract.calendars {
        sections.push(Section::table(&["calendar", name], terms::calendar(calendar)));
    }
    let each = |name: &'static str, entries: Vec<Entries>| {
        entries.into_iter().map(move |entries| Section::one_of(&[name], entries))
    };
    sections.extend(each("charge", contract.charges.iter().map(|charge| charge::of(contract, charge)).collect()));
    let names = lines::Names(&contract.charges);
    sections.extend(each("minimum", contract.minimums.iter().map(|minimum| lines::minimum(names, minimum)).collect()));
    sections
        .extend(each("discount", contract.discounts.iter().map(|discount| lines::discount(names, discount)).collect()));
    sections.extend(each("index", contract.indexes.iter().map(|index| lines::index(names, index)).collect()));
    sections.extend(each("prepaid", contract.prepaid.iter().map(|prepaid| lines::prepaid(names, prepaid)).collect()));
    sections.extend(contract.tax.iter().map(|tax| Section::of("tax", payment::tax(names, tax))));
    let pay = payment::pay(&contract.pay);
    sections.extend((!pay.0.is_empty()).then(|| Section::of("pay", pay)));
    sections.extend(each("sla", contract.slas.iter().map(|sla| service::sla(names, sla)).collect()));
    sections.extend(contract.at_risk.iter().map(|at_risk| Section::of("at_risk", service::at_risk(at_risk))));
    sections.extend(contract.exit.iter().map(|exit| Section::of("exit", terms::exit(exit))));
    sections.extend(contract.records.iter().map(|records| Section::of("records", terms::records(records))));
    sections
        .extend(contract.governance.iter().map(|governance| Section::of("governance", terms::governance(governance))));
    for amendment in &contract.amendments {
        sections.extend(amendment::sections(amendment));
    }
    sections
}

/// A heading and the lines below it.
struct Section {
    heading: Heading,
    lines: Vec<Line>,
}

enum Heading {
    /// None: at the top of the file.
    None,
    /// `[round]`.
    Table(Vec<String>),
    /// `[[charge]]`.
    OneOf(Vec<String>),
}

/// `set.charge.voice.each = "0.40"`: keys down to a value, which stands behind them.
struct Line {
    path: Vec<String>,
    value: Written,
}

impl Section {
    fn of(name: &str, entries: Entries) -> Section {
        Section::table(&[name], entries)
    }

    fn table(path: &[&str], entries: Entries) -> Section {
        Section { heading: Heading::Table(owned(path)), lines: Vec::new() }.with(entries)
    }

    fn one_of(path: &[&str], entries: Entries) -> Section {
        Section { heading: Heading::OneOf(owned(path)), lines: Vec::new() }.with(entries)
    }

    fn with(mut self, entries: Entries) -> Section {
        self.lines.extend(entries.0.into_iter().map(|(key, value)| Line { path: vec![key], value }));
        self
    }

    fn print(&self, out: &mut String) {
        let path = |path: &[String]| path.iter().map(|name| key(name)).collect::<Vec<_>>().join(".");
        let heading = match &self.heading {
            Heading::None => String::new(),
            Heading::Table(names) => format!("\n[{}]\n", path(names)),
            Heading::OneOf(names) => format!("\n[[{}]]\n", path(names)),
        };
        out.push_str(&heading);
        for line in &self.lines {
            let start = format!("{} = ", path(&line.path));
            let _ = writeln!(out, "{start}{}", text(&line.value, start.chars().count()));
        }
    }
}

fn owned(path: &[&str]) -> Vec<String> {
    path.iter().map(|name| (*name).to_owned()).collect()
}
