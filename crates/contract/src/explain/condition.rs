//! Conditions that waive or excuse.

use super::speaker::{Noun, Speaker};
use crate::{Against, Comparison, Condition, Quantum};
use longshore_units::Quantity;

/// A condition, as it stands after "in a month in which". The unit is that of the rule's volume.
pub(super) fn said(speaker: &Speaker<'_>, condition: &Condition, unit: Noun<'_>) -> String {
    let comparison = match condition.comparison {
        Comparison::Less => "less",
        Comparison::AtMost => "at-most",
        Comparison::More => "more",
        Comparison::AtLeast => "at-least",
    };
    let left = speaker.say(&format!("quantum-{}", condition.left.word()));
    let right = match &condition.right {
        Against::Share(share, quantum) => {
            let of = speaker.say(&format!("quantum-{}.of", quantum.word()));
            speaker.tell("share-of", &[("share", &speaker.percent(share)), ("of", &of)])
        }
        Against::Number(number) => {
            let unit = match condition.left {
                Quantum::Volume | Quantum::Forecast => unit,
                Quantum::Requested | Quantum::Scheduled | Quantum::Staffed => Noun::Unit("agent-hour"),
            };
            speaker.quantity(unit, &Quantity(number.clone()))
        }
    };
    let kind = match &condition.right {
        Against::Share(..) => "share",
        Against::Number(_) => "number",
    };
    let arguments = [("left", left.as_str()), ("right", &right), ("kind", kind)];
    let said = speaker.tell(&format!("condition-{comparison}"), &arguments);
    if condition.forecast.is_empty() {
        return said;
    }
    let queues = speaker.any_of(&condition.forecast);
    speaker.tell("condition-of-queues", &[("condition", &said), ("queues", &queues)])
}
