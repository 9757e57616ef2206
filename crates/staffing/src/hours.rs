//! From required agents to paid hours and full-time agents, every factor shown.

use longshore_units::Exact;

use crate::requirement::in_order;
use crate::{Requirement, StaffingError};

/// What stands between an hour on the phone and the hours paid for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// What whole shifts add to the hours on the phone: 0.1 for a tenth.
    pub shift_inefficiency: Exact,
    /// The share of paid time not on the phone: leave, illness, breaks, training, meetings. Below 1.
    pub shrinkage: Exact,
    /// The paid hours of a full-time agent in a month.
    pub hours_a_month: Exact,
}

/// Required and paid time, by month and in all.
#[derive(Clone, Debug, PartialEq)]
pub struct Hours {
    /// The factors it was computed with.
    pub factors: Factors,
    /// The months asked for.
    pub months: Vec<MonthHours>,
    /// Required agent time.
    pub required_ms: i128,
    /// Paid hours.
    pub paid: Exact,
    /// Full-time agents in the month that takes most.
    pub fte_most: Exact,
}

/// A month's part of [`Hours`].
#[derive(Clone, Debug, PartialEq)]
pub struct MonthHours {
    /// When the month begins, in milliseconds since 1970 UTC.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Required agent time, in agent-milliseconds.
    pub required_ms: i128,
    /// Paid hours: required × (1 + shift inefficiency) ÷ (1 − shrinkage).
    pub paid: Exact,
    /// Full-time agents: paid ÷ hours a month.
    pub fte: Exact,
}

impl Hours {
    /// Whole full-time agents that the month that takes most needs: the least to have on the register.
    pub fn agents(&self) -> u32 {
        let whole = self.fte_most.rounded_to(&Exact::one(), longshore_units::RoundHow::Up);
        whole.to_i128().map_or(u32::MAX, |agents| u32::try_from(agents).unwrap_or(u32::MAX))
    }
}

/// The paid hours of a requirement, by month.
///
/// `months` are half-open spans, apart, that hold all required time; steps that cross from one to the next are cut.
pub fn hours(requirement: &[Requirement], months: &[(i64, i64)], factors: Factors) -> Result<Hours, StaffingError> {
    in_order(requirement.iter().map(|step| (step.from, step.until)))?;
    let (zero, one) = (Exact::zero(), Exact::one());
    let on_phone = &one - &factors.shrinkage;
    let sound = zero <= factors.shrinkage && zero < on_phone;
    if !sound || factors.shift_inefficiency < zero || factors.hours_a_month <= zero {
        return Err(StaffingError::Factors);
    }
    let each_hour = (&one + &factors.shift_inefficiency).divided_by(&on_phone).ok_or(StaffingError::Factors)?;
    let hour = Exact::from(3_600_000u64);
    let by_month = |(from, until): (i64, i64)| -> Option<MonthHours> {
        let required_ms = required_in(requirement, from, until);
        let paid = &Exact::from(required_ms).divided_by(&hour)? * &each_hour;
        let fte = paid.divided_by(&factors.hours_a_month)?;
        Some(MonthHours { from, until, required_ms, paid, fte })
    };
    let months: Vec<MonthHours> =
        months.iter().map(|month| by_month(*month)).collect::<Option<_>>().ok_or(StaffingError::Factors)?;

    let required_ms = required_in(requirement, i64::MIN, i64::MAX);
    let counted: i128 = months.iter().map(|month| month.required_ms).sum();
    let overlap = months.windows(2).any(|pair| pair[1].from < pair[0].until);
    if counted != required_ms || overlap {
        return Err(StaffingError::Months(required_ms - counted));
    }
    let paid = months.iter().fold(zero.clone(), |paid, month| &paid + &month.paid);
    let fte_most = months.iter().map(|month| month.fte.clone()).fold(zero, Exact::max);
    Ok(Hours { factors, months, required_ms, paid, fte_most })
}

/// Required agent time in a span.
fn required_in(requirement: &[Requirement], from: i64, until: i64) -> i128 {
    let begin = requirement.partition_point(|step| step.until <= from);
    let steps = requirement[begin..].iter().take_while(|step| step.from < until);
    steps
        .map(|step| i128::from(step.agents) * (i128::from(step.until.min(until)) - i128::from(step.from.max(from))))
        .sum()
}
