//! What of each row is counted, compiled.

use jiff::civil::Weekday;
use longshore_contract::{Counter, Hours, Increments, Measure, Part, Pick, Proration, ScheduleHours};
use longshore_units::Milliseconds;

use crate::divider::Divider;
use crate::program::ProgramError;

/// The longest time that one contact can have, in milliseconds: far above any, and sums of many fit a count.
pub(crate) const LONGEST: u64 = 1 << 55;

/// What of a row is counted.
#[derive(Clone, Debug)]
pub(crate) enum Quantity {
    /// The row.
    Row,
    /// Billable milliseconds of a contact or leg.
    Time { of: Vec<Part>, billable: Billable },
    /// Microseconds of an agent's state; with overtime, those beyond so many in the agent's week.
    AgentTime(Option<Beyond>),
    /// Microseconds of agents who left soon after; counted in the month in which they left.
    Refund { beyond: Option<Beyond>, within_days: i32 },
    /// Milliseconds of a schedule's column.
    Hours(&'static str),
    /// Milliseconds of the lesser or greater of a schedule's columns.
    Pick(Picked),
    /// Days on the register.
    AgentDays(Proration),
    /// Contacts that settled their matter and were not reopened within so many milliseconds.
    Resolutions(Option<i64>),
    /// Contacts in which something was sold.
    Sales,
    /// What was sold, in billionths.
    SaleAmount,
    /// The whole number in a column.
    Number(&'static str),
    /// What is reported, in billionths.
    Reported { evidence: bool },
    /// What is reported to have been paid, in billionths.
    Cost { evidence: bool },
    /// Expected contacts in millionths, or their handle time in millionths of a millisecond.
    Forecast { handle: bool },
}

/// Time beyond so much in an agent's week.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beyond {
    /// What a week has before, in microseconds.
    pub week: i64,
    /// The day on which weeks begin.
    pub starts: Weekday,
}

/// The lesser or greater of a schedule's columns.
#[derive(Clone, Debug)]
pub(crate) struct Picked {
    pub pick: Pick,
    pub of: Vec<&'static str>,
    /// Never more than this share, above and below the line, of a column.
    pub at_most: Option<(i128, i128, &'static str)>,
    /// How long a row is, in microseconds.
    pub length: i64,
}

/// How time becomes billable time; all lengths are at most [`LONGEST`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Billable {
    pub first: u64,
    pub then: u64,
    pub divider: Divider,
    pub free_up_to: u64,
    free_first: u64,
    extra: u64,
    /// To a multiple of what everything is rounded up at the end.
    step: Option<(u64, Divider)>,
}

impl Billable {
    fn new(increments: Increments, step: Option<Milliseconds>, name: &str) -> Result<Billable, ProgramError> {
        let Increments { free_up_to, free_first, extra, .. } = increments;
        let (first, then) = (increments.first(), increments.then());
        let lengths = [first, then, free_up_to, free_first, extra].into_iter().chain(step);
        if lengths.max().is_some_and(|longest| LONGEST < longest.0) {
            return Err(ProgramError::Increment { charge: name.to_owned() });
        }
        Ok(Billable {
            first: first.0,
            then: then.0,
            divider: Divider::by(then.0),
            free_up_to: free_up_to.0,
            free_first: free_first.0,
            extra: extra.0,
            step: step.map(|step| (step.0, Divider::by(step.0))),
        })
    }

    /// Whether there is nothing but a first increment and further ones.
    pub fn is_plain(&self) -> bool {
        (self.free_up_to, self.free_first, self.extra) == (0, 0, 0) && self.step.is_none()
    }

    /// Billable milliseconds of a contact that is billed at all. The time is the sum of at most five that are below
    /// [`LONGEST`], so this is below 2⁵⁹.
    pub fn of(&self, time: u64) -> u64 {
        let time = time.saturating_sub(self.free_first);
        let billed = self.first + self.divider.up(time.saturating_sub(self.first)) * self.then + self.extra;
        self.step.map_or(billed, |(step, divider)| divider.up(billed) * step)
    }
}

impl Quantity {
    /// What a counter counts of each row.
    pub fn of(counter: &Counter<'_>) -> Result<Quantity, ProgramError> {
        let name = &counter.name;
        Ok(match &*counter.measure {
            Measure::Contacts | Measure::Legs => Quantity::Row,
            Measure::Time { of, increments, .. } => {
                Quantity::Time { of: of.clone(), billable: Billable::new(*increments, counter.step, name)? }
            }
            Measure::AgentTime { overtime, .. } => {
                let microseconds = |time: Milliseconds| {
                    let time = i64::try_from(time.0).ok().and_then(|time| time.checked_mul(1000));
                    time.ok_or_else(|| ProgramError::Increment { charge: name.clone() })
                };
                let beyond = overtime
                    .map(|overtime| Ok(Beyond { week: microseconds(overtime.beyond)?, starts: overtime.week_starts }));
                Quantity::AgentTime(beyond.transpose()?)
            }
            Measure::Schedule { of: ScheduleHours::One(of), .. } => Quantity::Hours(of.word()),
            Measure::Schedule { of: ScheduleHours::Pick { pick, of, at_most, per }, .. } => {
                let at_most = at_most.as_ref().map(|(share, of)| {
                    let (above, below) =
                        share.0.to_ratio().ok_or_else(|| ProgramError::Share { charge: name.clone() })?;
                    Ok((above, below, of.word()))
                });
                let length = i64::try_from(per.0).ok().and_then(|length| length.checked_mul(1000));
                Quantity::Pick(Picked {
                    pick: *pick,
                    of: of.iter().copied().map(Hours::word).collect(),
                    at_most: at_most.transpose()?,
                    length: length.ok_or_else(|| ProgramError::Increment { charge: name.clone() })?,
                })
            }
            Measure::AgentMonths { prorate } => Quantity::AgentDays(*prorate),
            Measure::Resolutions { reopened_within } => {
                Quantity::Resolutions(reopened_within.map(|within| i64::try_from(within.0).unwrap_or(i64::MAX)))
            }
            Measure::Sales => Quantity::Sales,
            Measure::SaleAmount => Quantity::SaleAmount,
            Measure::Leads => Quantity::Number("leads"),
            Measure::Appointments => Quantity::Number("appointments"),
            Measure::Reported { evidence } => Quantity::Reported { evidence: *evidence },
            Measure::Cost { evidence } => Quantity::Cost { evidence: *evidence },
            Measure::Forecast { unit } => Quantity::Forecast { handle: unit.is_some() },
        })
    }

    /// The day on which the weeks begin that it is reckoned by.
    pub fn week_starts(&self) -> Option<Weekday> {
        match self {
            Quantity::AgentTime(beyond) | Quantity::Refund { beyond, .. } => beyond.map(|beyond| beyond.starts),
            _ => None,
        }
    }

    /// The columns it looks at, beside those that place a row.
    pub fn columns(&self) -> Vec<&'static str> {
        const WEEK: [&str; 3] = ["state", "week_from", "week_before"];
        match self {
            Quantity::Row | Quantity::AgentDays(_) | Quantity::AgentTime(None) => vec![],
            // The outcome tells a contact that nobody talked on from one whose talk time the source does not know.
            Quantity::Time { of, .. } => of.iter().map(|part| part.word()).chain(["outcome"]).collect(),
            Quantity::AgentTime(Some(_)) => WEEK.to_vec(),
            Quantity::Refund { beyond: None, .. } => vec!["left"],
            Quantity::Refund { beyond: Some(_), .. } => WEEK.into_iter().chain(["left"]).collect(),
            Quantity::Hours(column) | Quantity::Number(column) => vec![column],
            Quantity::Pick(picked) => {
                picked.of.iter().copied().chain(picked.at_most.map(|(_, _, column)| column)).collect()
            }
            Quantity::Resolutions(within) => {
                ["resolved", "outcome"].into_iter().chain(within.map(|_| "reopened_after")).collect()
            }
            Quantity::Sales => vec!["sale_amount"],
            Quantity::SaleAmount => vec!["sale_amount", "sale_currency"],
            Quantity::Reported { evidence } => ["quantity"].into_iter().chain(evidence.then_some("document")).collect(),
            Quantity::Cost { evidence } => {
                ["amount", "currency"].into_iter().chain(evidence.then_some("document")).collect()
            }
            Quantity::Forecast { handle } => ["contacts"].into_iter().chain(handle.then_some("handle")).collect(),
        }
    }
}
