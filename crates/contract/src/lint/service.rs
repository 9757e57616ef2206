//! Service that is promised, and what the promise is worth.

use longshore_units::{Amount, Exact};

use super::{Danger, Judge};
use crate::{Choice, Follows, MeasureTerm, Parameter};

/// A cap below this share of the charges moves no provider: a published standard takes 10 %.
const CAP_LEAST_PERCENT: i128 = 5;

pub(super) fn judge(judge: &mut Judge<'_>) {
    if judge.contract.slas.is_empty() {
        judge.warn(Danger {
            code: "L012",
            place: 0..0,
            term: None,
            clause: &None,
            message: "no service level is promised: the provider may answer as late as it likes".to_owned(),
            help: "add an `[[sla]]` with a measure, a target and a credit, such as 80 % within 20 seconds",
            cost: None,
        });
    }
    for (position, sla) in judge.contract.slas.iter().enumerate() {
        let mut warn = |code, key, message, help| {
            let place = judge.of_entry("sla", position, key);
            let (term, clause) = (Some(sla.name.as_str()), &sla.clause);
            judge.warn(Danger { code, place, term, clause, message, help, cost: None });
        };
        if sla.credits.is_empty() && sla.linear.is_none() && sla.consequences.is_empty() {
            let message = format!("nothing follows when `{}` is missed: it is a wish", sla.name);
            warn("L012", "target", message, "add `credit = [{ below = …, percent = … }]`, or a `consequence`");
        }
        if let Some(open) = open_choice(&sla.measure) {
            let message = format!(
                "`{}` does not say {open}: it can be reckoned in several ways, and the provider will take its own",
                sla.name
            );
            warn("L013", "measure", message, "name it in `measure`, and in the paper that is signed");
        }
        if sla.measure.preset.name.contains("handle time") {
            let message =
                format!("`{}` makes handle time a target: pressed, it lowers the service each caller gets", sla.name);
            let help = "take resolution, repeat contacts or satisfaction; watch handle time without a target";
            warn("L014", "measure", message, help);
        }
    }
    if let Some(at_risk) = &judge.contract.at_risk {
        let least = Exact::ratio(CAP_LEAST_PERCENT, 100).expect("100 is not 0");
        if at_risk.cap.0 < least {
            let percent = &at_risk.cap.0 * &Exact::from(100i128);
            let worst = judge.money(&Amount(&at_risk.cap.0 * &Exact::from(100_000i128)));
            judge.warn(Danger {
                code: "L015",
                place: judge.of_section("at_risk", "cap"),
                term: None,
                clause: &at_risk.clause,
                message: format!(
                    "all credits together stop at {percent} %: the worst month of 100,000 costs the provider {worst}"
                ),
                help: "ask for 10 %, as public buyers have it",
                cost: None,
            });
        }
    }
}

/// What of a measure is left open that moves its value.
fn open_choice(measure: &MeasureTerm) -> Option<&'static str> {
    match measure.preset.needs {
        Some(Parameter::Threshold) if measure.threshold.is_none() => {
            return Some("within which time something counts as in time (`threshold`)");
        }
        Some(Parameter::Within) if measure.within.is_none() => {
            return Some("within how many days a customer who comes back is a repeat (`within`)");
        }
        _ => {}
    }
    if measure.preset.kind() == "service level" && measure.short_abandons.is_none() {
        return Some("what becomes of those who hang up at once (`short_abandons`)");
    }
    if !measure.choices.contains_key(&Choice::Aggregation) {
        return Some("how intervals and days become a month (`aggregation`)");
    }
    None
}

/// Whether missing a standard lets the buyer end the contract.
pub(super) fn may_end(follows: &Follows) -> bool {
    matches!(follows, Follows::Right(right) if right.to_lowercase().contains("terminat") || right.to_lowercase().contains("end"))
}
