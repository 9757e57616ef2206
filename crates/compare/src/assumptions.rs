//! What an option's result stands on: what the case gives or fills in, and what follows from it for its teams.

use longshore_business_case::{Assumption, BusinessCase};
use longshore_units::Exact;

use crate::Plan;
use crate::leaving::Leaving;

/// What the result stands on: what the case gives or fills in, and what follows from it for this option's teams.
pub(crate) fn assumptions(case: &BusinessCase, plan: &Plan) -> Vec<Assumption> {
    let option = &case.options[plan.option];
    let mut assumptions = case.assumptions.clone();
    assumptions.extend(option.assumptions.iter().cloned());
    for ((team, planned), corrections) in option.teams.iter().zip(&plan.teams).zip(&plan.corrections) {
        let pool = if team.shared.is_some() { ", the whole pool" } else { "" };
        let mut add = |what: &str, value: String, source: &str| {
            assumptions.push(Assumption::of(&format!("{}{pool}", team.name), what, value, source));
        };
        let sum = |months: &[Exact]| months.iter().fold(Exact::zero(), |sum, month| &sum + month).to_decimal(0);
        let steps = plan.horizon.planned().word();
        let sized =
            format!("computed: Erlang A by {steps}, averaged over busy and quiet days, for the strictest target");
        let percent = |factor: f64| (factor * 100.0).round();
        let least = corrections.iter().copied().fold(f64::INFINITY, f64::min);
        let most = corrections.iter().copied().fold(0.0, f64::max);
        if least != 1.0 || most != 1.0 {
            let played =
                "a year played through: so many the targets take in each month that the team is responsible for";
            let value = match percent(least) == percent(most) {
                true => format!("{}%", percent(least)),
                false => format!("{}% to {}% by month", percent(least), percent(most)),
            };
            add("agents of what the formula says", value, played);
        }
        add("hours on the phone", sum(&planned.phone_hours), &sized);
        let paid = match team.shifts.is_empty() {
            true => "computed: hours on the phone, × (1 + shift inefficiency), ÷ (1 − shrinkage)".to_owned(),
            false => format!(
                "computed: the given shifts that cover the contacts' {steps} at the least paid time, ÷ (1 − shrinkage)"
            ),
        };
        add("paid hours", sum(&planned.paid_hours), &paid);
        if planned.paid_above_least > 0.0 {
            let most = format!("at most {:.2}%", 100.0 * planned.paid_above_least);
            add("paid hours above the least possible", most, "the search for shifts ended before it was proven least");
        }
        let (least, most) = (planned.register.iter().min(), planned.register.iter().max());
        let agents = format!("{} to {}", least.copied().unwrap_or(0), most.copied().unwrap_or(0));
        let register = "computed by month from paid hours and shifts; nobody is let go who is needed within two months";
        add("agents on the register", agents, register);
    }
    for given in case.contracts_of(option) {
        let terms = given.contract.in_force(None).last();
        let pay = &terms.pay;
        if let Some(tax) = terms.tax.as_ref().filter(|tax| tax.recoverable) {
            let (of, value) =
                (format!("{}, {}", given.file, tax.kind), format!("{}%", &case.recovers * &Exact::from(100u64)));
            let source = "`recovers` of program.toml, or all of it where that is not given";
            assumptions.push(Assumption::of(&of, "tax that the state gives back", value, source));
        }
        if pay.terms.is_none() && !pay.in_advance {
            let source = "the contract names no `terms` under [pay]; moves when money is paid, not how much";
            let value = "on the day after its month";
            assumptions.push(Assumption::of(&given.file, "when an invoice is paid", value, source));
        }
    }
    for leaving in Leaving::of(case, plan.option) {
        assumptions.extend(leaving.assumptions(case.decide.told()));
    }
    let sure = case.decide.uncertain.is_empty();
    let more = [
        (
            "who calls again",
            "does so while it is open",
            "the simulation's reading: the time until then runs in opening hours only",
        ),
        ("who hangs up", "does not call again", "the simulation's reading"),
        match sure {
            true => (
                "what differs between runs",
                "chance and exchange rates; a year's volume is as given",
                "so the spread of the runs is smaller than that of forecasts: see [[uncertain]]",
            ),
            false => (
                "what differs between runs",
                "chance, exchange rates and what is uncertain",
                "teams are sized for what the year brings, as it shows in weeks",
            ),
        },
        (
            "agents' speed",
            "the same for all agents of a team, new ones included",
            "no figure was given; a team's `people` may have a learning curve",
        ),
    ];
    // Where a team's people learn, its own assumptions say how fast.
    let learns = option.teams.iter().any(|team| team.people.is_some());
    let more = more.into_iter().filter(|(what, ..)| !learns || *what != "agents' speed");
    assumptions.extend(more.map(|(what, value, source)| Assumption::of("", what, value, source)));
    assumptions
}
