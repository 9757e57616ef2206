//! Which time is billed, and in which steps.

use longshore_units::{Amount, Exact, Factor, Milliseconds, Price};

use super::money::by_month;
use super::{CostPer, Danger, Judge, about};
use crate::{Charge, ChargeKind, Counted, Increments, LineKind, Measure, Part, Tariff, TimeUnit};

const MINUTE: Milliseconds = Milliseconds(60_000);
const HALF_MINUTE: Milliseconds = Milliseconds(30_000);

pub(super) fn judge(judge: &mut Judge<'_>) {
    four_weeks(judge);
    for (position, charge, counted) in judge.counted() {
        let Measure::Time { unit, of, increments } = &counted.measure else { continue };
        let Tariff::Bands { bands, .. } = &counted.tariff else { continue };
        let timed =
            Timed { position, charge, counted, unit: *unit, of, increments: *increments, price: bands.list_price() };
        steps(judge, &timed);
        idle(judge, &timed);
        least(judge, &timed);
    }
}

/// A charge by contacts' time, at one price.
struct Timed<'c> {
    position: usize,
    charge: &'c Charge,
    counted: &'c Counted,
    unit: TimeUnit,
    of: &'c [Part],
    increments: Increments,
    price: &'c Price,
}

impl Timed<'_> {
    /// What a month of the expected contacts costs more than if other parts or steps were billed.
    ///
    /// Where contacts were priced, their time is what the charge was billed for: a team that takes longer is dearer by as
    /// much.
    fn more(&self, judge: &Judge<'_>, of: &[Part], increments: Increments) -> Amount {
        let traffic = &judge.basis.traffic;
        let cost = |of: &[Part], increments| traffic.cost(of, increments, self.unit, self.price);
        let more = Amount(&cost(self.of, self.increments) - &cost(of, increments));
        &more * &self.beside_expected(judge)
    }

    /// How the units that were billed in a month compare with those of the expected contacts; 1 where none were.
    fn beside_expected(&self, judge: &Judge<'_>) -> Factor {
        let expected = judge.basis.traffic.units(self.of, self.increments, self.unit);
        let billed = judge.billed(&self.charge.name, LineKind::Charge);
        let a_year = &expected * &Exact::from(12u64);
        let share = billed.and_then(|billed| billed.quantity.0.divided_by(&a_year));
        share.filter(|share| Exact::zero() < *share).map_or_else(Factor::one, Factor)
    }

    fn warn(&self, judge: &mut Judge<'_>, code: &'static str, key: &str, told: (String, &str), a_month: Amount) {
        let (message, help) = told;
        let place = judge.of_entry("charge", self.position, key);
        let message = format!("`{}` {message}", self.charge.name);
        let cost = judge.cost(a_month, CostPer::Month);
        let (term, clause) = (Some(self.charge.name.as_str()), &self.charge.clause);
        judge.warn(Danger { code, place, term, clause, message, help, cost });
    }
}

/// Whole minutes.
fn steps(judge: &mut Judge<'_>, timed: &Timed<'_>) {
    let increments = timed.increments;
    if increments.then() < MINUTE {
        return;
    }
    let seconds = increments.in_steps(Milliseconds(0), Milliseconds(1000)).expect("a second has a length");
    let more = timed.more(judge, timed.of, seconds);
    let step = if increments.then() == MINUTE { "minute".to_owned() } else { increments.then().to_string() };
    let (cost, source) = (about(judge.contract, &more), &judge.basis.traffic.source);
    let message = format!("bills every begun {step}: {cost} a month more than seconds on {source}");
    let help = "ask for `then = \"6s\"` or `\"1s\"`, or for a lower price in return";
    timed.warn(judge, "L001", "then", (message, help), more);
}

/// Parts in which nobody works.
fn idle(judge: &mut Judge<'_>, timed: &Timed<'_>) {
    let is_idle = |part: &Part| matches!(part, Part::Hold | Part::Ring | Part::Wait);
    let (idle, without): (Vec<Part>, Vec<Part>) = timed.of.iter().copied().partition(is_idle);
    if idle.is_empty() {
        return;
    }
    let words: Vec<&str> = idle.iter().map(|part| part.word()).collect();
    let more = timed.more(judge, &without, timed.increments);
    let (cost, source) = (about(judge.contract, &more), &judge.basis.traffic.source);
    let words = words.join(" and ");
    let message = format!("bills {words}, in which nobody works for the customer: {cost} a month on {source}");
    let help = "ask for `of = [\"talk\", \"wrap\"]`: waiting, ringing and hold are the provider's to shorten";
    timed.warn(judge, "L002", "of", (message, help), more);
}

/// Least amounts, least times and blocks on top of wrap.
fn least(judge: &mut Judge<'_>, timed: &Timed<'_>) {
    let Timed { counted, unit, of, increments, price, .. } = timed;
    let help = "ask for measured wrap without a minimum, or for a minimum of talk alone";
    let source = judge.basis.traffic.source.clone();
    if let Some(least) = counted.each_contact.least.as_ref().filter(|_| of.contains(&Part::Wrap)) {
        let traffic = &judge.basis.traffic;
        let topped_up = traffic.topped_up(of, *increments, *unit, price, &counted.each_contact.fee, least);
        if !topped_up.is_zero() {
            let (least, cost) = (judge.money(least), about(judge.contract, &topped_up));
            let message = format!("bills wrap and at least {least} of each contact: {cost} a month on {source}");
            timed.warn(judge, "L003", "minimum", (message, help), topped_up);
        }
    }
    let none = Milliseconds(0);
    let bare = increments.in_steps(none, increments.then()).expect("its own has a length");
    let more = timed.more(judge, of, bare);
    // A minimum of one step is no minimum.
    if HALF_MINUTE <= increments.first() && of.contains(&Part::Wrap) && Amount::zero() < more {
        let (first, cost) = (increments.first(), about(judge.contract, &more));
        let message = format!("bills wrap and at least {first} of each contact: {cost} a month on {source}");
        timed.warn(judge, "L003", "first", (message, help), more);
    }
    if none < increments.extra {
        let mut without = *increments;
        without.extra = none;
        let more = timed.more(judge, of, without);
        let (extra, cost) = (increments.extra, about(judge.contract, &more));
        let message = format!("bills a block of {extra} on top of each contact: {cost} a month on {source}");
        timed.warn(judge, "L003", "extra", (message, help), more);
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
        judge.warn(Danger {
            code: "L007",
            place: judge.of_entry("charge", position, "per"),
            term: Some(&charge.name),
            clause: &charge.clause,
            message,
            help: "ask for the same amount by the calendar month",
            cost: judge.cost(more, CostPer::Month),
        });
    }
}
