//! Figures: what groups have in the end, exact, or why they do not.

use std::fmt;

use longshore_contacts::Table;
use longshore_contract::Target;
use longshore_units::Exact;

use crate::dimension::TimeUnit;
use crate::fact::Form;

/// A figure that groups have.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name: of the standard set a key such as `speed_of_answer_s`, of measures what they were called.
    pub name: String,
    /// The unit of its values.
    pub unit: Unit,
    /// The table it is made from.
    pub(crate) table: Table,
    pub(crate) formula: Formula,
}

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Contacts, or legs.
    Contacts,
    /// A share: 80 % is 4/5.
    Share,
    /// Seconds.
    Seconds,
    /// Hours.
    Hours,
    /// A plain number: a mark, points, contacts at once.
    Number,
}

/// What a figure of a group came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Its value, exact; or why there is none.
    pub value: Result<Exact, Why>,
    /// What is divided, where it is a ratio: contacts, milliseconds, marks.
    pub above: i128,
    /// What it is divided by.
    pub below: i128,
    /// How many rows belong to it and cannot be in it, because what it asks of them is not known.
    pub unknown: i128,
    /// Where only some were asked: between which values the true one lies, at 95 %.
    pub interval: Option<(Exact, Exact)>,
}

/// Why a figure is not measured. Never zero: nobody knows what it would be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There is nothing to divide by.
    Nothing,
    /// The records have no rows of a table.
    NoTable(&'static str),
    /// No row says what is asked.
    NotSaid(&'static str),
    /// No table of records holds it.
    NotHeld(&'static str),
    /// Rows of the table do not know what groups are told apart by.
    NotByGroup(&'static str),
    /// The measure does not say what it needs to.
    Needs(&'static str),
    /// The choices do not go together.
    Choices(&'static str),
    /// Marks beyond the scale that it looks at.
    Scale(&'static str),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Nothing => f.write_str("there is nothing to measure"),
            Why::NoTable(table) => write!(f, "the records have no `{table}`"),
            Why::NotSaid(what) => write!(f, "no row says {what}"),
            Why::NotHeld(what) => write!(f, "no records hold {what}"),
            Why::NotByGroup(table) => write!(f, "rows of `{table}` cannot be told apart like this"),
            Why::Needs(what) => write!(f, "the measure needs `{what}`"),
            Why::Choices(why) => f.write_str(why),
            Why::Scale(scale) => write!(f, "there are marks that are not {scale}"),
        }
    }
}

/// How a figure is made of a group's slots.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Formula {
    /// A sum.
    Count(Form),
    /// One sum over another.
    Ratio(Ratio),
    /// A ratio of each unit of time within the group, put together.
    Over { ratio: Ratio, together: Together, target: Option<Target> },
    /// The least time that at least so many hundredths of the times are not above; 100 is the longest.
    Quantile { spectra: Vec<usize>, percent: u32, unknown: Form, what: &'static str },
    /// An end of Wilson's interval around a share, at 95 %.
    Wilson { above: Form, below: Form, upper: bool },
    /// An end of the interval around promoters less detractors, in points, at 95 %.
    Recommendation { promoters: Form, detractors: Form, below: Form, upper: bool },
    /// Agents who left, of those who were there on average over the days.
    Attrition { left: Form, days: Form },
    /// Hours in which something did not work; of several outages at once each hour once.
    Downtime,
    /// Of the hours of the days (of a calendar, where one is named), the share in which all worked.
    Uptime { calendar: Option<usize> },
    /// Never.
    Never(Why),
}

/// One sum over another.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ratio {
    pub above: Form,
    pub below: Form,
    /// What the quotient is multiplied with.
    pub times: (i128, i128),
    /// Rows that it cannot look at.
    pub unknown: Form,
    /// What is not known of these: `no row says …`.
    pub what: &'static str,
    /// Marks that must not be there, and the scale that the others are on.
    pub beyond: Option<(Form, &'static str)>,
    /// Whether only some contacts were asked, so that another sample would have come to another value.
    pub sampled: Option<Sampled>,
    /// Where there is nothing above, nobody was asked: that is no 0 %.
    pub asked: bool,
    /// Its value where there is nothing to divide by.
    pub empty: Option<Exact>,
}

/// How far a sample's value may be off.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sampled {
    /// That of a share.
    Share,
    /// That of promoters less detractors.
    Recommendation { promoters: Form, detractors: Form },
    /// That of a mean, with the sum of the squares.
    Mean { squares: Form },
}

/// How the values of units of time become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Together {
    /// Their mean: each unit that has a value counts alike.
    Mean(TimeUnit),
    /// The share of those that meet the target.
    ShareMet(TimeUnit),
}

impl Together {
    pub fn unit(self) -> TimeUnit {
        match self {
            Together::Mean(unit) | Together::ShareMet(unit) => unit,
        }
    }
}

impl Ratio {
    pub fn new(above: Form, below: Form) -> Ratio {
        Ratio {
            above,
            below,
            times: (1, 1),
            unknown: Form::default(),
            what: "so",
            beyond: None,
            sampled: None,
            asked: false,
            empty: None,
        }
    }

    pub fn seconds(above: Form, below: Form) -> Ratio {
        Ratio { times: (1, 1000), ..Ratio::new(above, below) }
    }

    pub fn but_for(self, unknown: Form, what: &'static str) -> Ratio {
        Ratio { unknown, what, ..self }
    }
}
