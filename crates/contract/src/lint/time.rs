//! Which time is billed, and in which steps.

use longshore_units::{Amount, Exact, Milliseconds};

use super::money::by_month;
use super::{Judge, about};
use crate::{ChargeKind, Measure, Part, Tariff};

const MINUTE: Milliseconds = Milliseconds(60_000);
const HALF_MINUTE: Milliseconds = Milliseconds(30_000);

pub(super) fn judge(judge: &mut Judge<'_>) {
    four_weeks(judge);
    for (position, charge, counted) in judge.counted() {
        let Measure::Time { unit, of, increments } = &counted.measure else { continue };
        let Tariff::Bands { bands, .. } = &counted.tariff else { continue };
        let traffic = &judge.basis.traffic;
        let (price, source) = (bands.list_price(), traffic.source.clone());
        let cost = |of: &[Part], increments| traffic.cost(of, increments, *unit, price);
        let now = cost(of, *increments);
        let none = Milliseconds(0);
        let seconds = increments.in_steps(none, Milliseconds(1000)).expect("a second has a length");
        let contract = judge.contract;
        let more = |other: &Exact| about(contract, &Amount(&now - other));
        if MINUTE <= increments.then() {
            let message = format!(
                "`{}` bills every begun {}: {} a month more than seconds on {source}",
                charge.name,
                if increments.then() == MINUTE { "minute".to_owned() } else { increments.then().to_string() },
                more(&cost(of, seconds)),
            );
            let place = judge.of_entry("charge", position, "then");
            judge.warn("L001", &place, message, "ask for `then = \"6s\"` or `\"1s\"`, or for a lower price in return");
        }
        let idle: Vec<Part> =
            of.iter().copied().filter(|part| matches!(part, Part::Hold | Part::Ring | Part::Wait)).collect();
        if !idle.is_empty() {
            let without: Vec<Part> = of.iter().copied().filter(|part| !idle.contains(part)).collect();
            let words: Vec<&str> = idle.iter().map(|part| part.word()).collect();
            let message = format!(
                "`{}` bills {}, in which nobody works for the customer: {} a month on {source}",
                charge.name,
                words.join(" and "),
                more(&cost(&without, *increments)),
            );
            let place = judge.of_entry("charge", position, "of");
            judge.warn(
                "L002",
                &place,
                message,
                "ask for `of = [\"talk\", \"wrap\"]`: waiting, ringing and hold are the provider's to shorten",
            );
        }
        if let Some(least) = counted.each_contact.least.as_ref().filter(|_| of.contains(&Part::Wrap)) {
            let topped_up = traffic.topped_up(of, *increments, *unit, price, &counted.each_contact.fee, least);
            if !topped_up.is_zero() {
                let message = format!(
                    "`{}` bills wrap and at least {} of each contact: {} a month on {source}",
                    charge.name,
                    judge.money(least),
                    about(contract, &topped_up),
                );
                let place = judge.of_entry("charge", position, "minimum");
                let help = "ask for measured wrap without a minimum, or for a minimum of talk alone";
                judge.warn("L003", &place, message, help);
            }
        }
        let help = "ask for measured wrap without a minimum, or for a minimum of talk alone";
        let bare = increments.in_steps(none, increments.then()).expect("its own has a length");
        let bare = cost(of, bare);
        // A minimum of one step is no minimum.
        if HALF_MINUTE <= increments.first() && of.contains(&Part::Wrap) && bare < now {
            let message = format!(
                "`{}` bills wrap and at least {} of each contact: {} a month on {source}",
                charge.name,
                increments.first(),
                more(&bare)
            );
            let place = judge.of_entry("charge", position, "first");
            judge.warn("L003", &place, message, help);
        }
        if 0 < increments.extra.0 {
            let mut without = *increments;
            without.extra = none;
            let without = cost(of, without);
            let message = format!(
                "`{}` bills a block of {} on top of each contact: {} a month on {source}",
                charge.name,
                increments.extra,
                more(&without)
            );
            let place = judge.of_entry("charge", position, "extra");
            judge.warn("L003", &place, message, help);
        }
    }
}

/// Amounts each 28 days, beside quotes by the month.
fn four_weeks(judge: &mut Judge<'_>) {
    for (position, charge) in judge.contract.charges.iter().enumerate() {
        let ChargeKind::FourWeekly { amount } = &charge.kind else { continue };
        let more = &by_month(amount) - amount;
        let message = format!(
            "`{}` is billed thirteen times a year: {} a month, {} more than the same amount by the month",
            charge.name,
            judge.money(&by_month(amount)),
            judge.money(&more),
        );
        let place = judge.of_entry("charge", position, "per");
        judge.warn("L007", &place, message, "ask for the same amount by the calendar month");
    }
}
