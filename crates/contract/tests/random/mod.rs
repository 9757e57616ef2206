//! Random contracts that use every operator, as texts that read without a mistake; amendments of them; and what might
//! have happened under them.
//!
//! Everything follows from a list of choices, which a property test draws and shrinks: smaller choices give simpler
//! contracts, none gives the simplest.

#![allow(dead_code)] // Each test uses a part of it.

mod amendment;
mod charge;
mod rules;
mod usage;

pub use amendment::amendments;
pub use usage::{usage, usage_but};

use proptest::prelude::*;

/// The choices of which all else follows.
pub fn choices() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..700)
}

/// How many cases a property is tried on: `PROPTEST_CASES`, or so many.
pub fn cases(usual: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(usual), failure_persistence: None, ..ProptestConfig::default() }
}

/// Draws choices, one after the other; zeros once they are used up.
pub struct Choices<'c> {
    rest: std::slice::Iter<'c, u16>,
}

impl<'c> Choices<'c> {
    pub fn of(choices: &'c [u16]) -> Choices<'c> {
        Choices { rest: choices.iter() }
    }

    /// A number below another.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::from(self.rest.next().copied().unwrap_or(0)) % bound
    }

    pub fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// Whether something happens that does so in so many of a hundred cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        100 - percent <= self.below(100)
    }

    /// Some of a list, in its order, at least one.
    pub fn some<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> Vec<&'t T> {
        let kept: Vec<&T> = of.iter().copied().filter(|_| self.chance(50)).collect();
        if kept.is_empty() { vec![of[0]] } else { kept }
    }
}

/// Days between which random contracts run.
pub const STARTS: [&str; 5] = ["2027-01-01", "2027-01-15", "2026-12-31", "2027-03-14", "2028-02-29"];
pub const ENDS: [&str; 4] = ["2029-06-30", "2029-03-17", "2028-12-31", "2030-02-28"];

pub const PROGRAMS: [&str; 2] = ["retail", "club"];
pub const SITES: [&str; 2] = ["north", "south"];

/// A random contract.
pub struct RandomContract {
    /// Its text, without amendments.
    pub text: String,
    pub starts: &'static str,
    pub ends: Option<&'static str>,
    pub charges: Vec<charge::RandomCharge>,
    /// Names of charges that other terms refer to.
    pub referred: Vec<String>,
    /// Names of minimums with an amount.
    pub minimums: Vec<String>,
    /// Names of SLA terms, each with a target in percent.
    pub slas: Vec<String>,
}

/// A random contract that reads without a mistake.
pub fn contract(choices: &mut Choices<'_>) -> RandomContract {
    let starts = choices.pick(&STARTS);
    let ends = if choices.chance(80) { Some(choices.pick(&ENDS)) } else { None };
    let mut text = format!(
        "provider = \"cebu\"\ncurrency = \"USD\"\ntime_zone = \"{}\"\ncounted_at = \"{}\"\nstarts = {starts}\n",
        choices.pick(&["UTC", "America/New_York", "Asia/Manila", "Australia/Lord_Howe"]),
        choices.pick(&["offered", "arrived", "answered", "ended"]),
    );
    if let Some(ends) = ends {
        text += &format!("ends = {ends}\n");
    }
    let words = [
        ("name", "\"Voice, \\\"2027\\\"\""),
        ("buyer", "\"Ridgeline\""),
        ("place", "\"Philippines\""),
        ("signed", "2026-11-30"),
        ("programs", "[\"retail\", \"club\"]"),
    ];
    for (key, value) in words {
        if choices.chance(30) {
            text += &format!("{key} = {value}\n");
        }
    }
    let at = choices.pick(&["line", "line", "invoice"]);
    let how = choices.pick(&["half-up", "half-even", "up", "down"]);
    text +=
        &format!("\n[round]\nat = \"{at}\"\nto = \"{}\"\nhow = \"{how}\"\n", choices.pick(&["0.01", "0.05", "0.001"]));
    text += "\n[calendar.holidays]\nuse = \"US-federal\"\ndates = [2027-12-24]\n\
             \n[calendar.nights]\nhours = \"20:00-08:00\"\n\
             \n[calendar.\"week ends\"]\nweekdays = [\"Sat\", \"Sun\"]\nhours = \"09:00-17:30\"\n";
    let charges = charge::charges(choices, starts, ends);
    for charge in &charges {
        text += &format!("\n[[charge]]\n{}", charge.text);
    }
    let mut contract =
        RandomContract { text, starts, ends, charges, referred: Vec::new(), minimums: Vec::new(), slas: Vec::new() };
    let others = contract.charges.iter().flat_map(|charge| charge.refers_to.clone());
    contract.referred = others.collect();
    rules::add(&mut contract, choices);
    contract
}

/// Names between quotes, in brackets.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name.as_ref())).collect();
    format!("[{}]", names.join(", "))
}

pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}
