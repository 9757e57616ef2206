//! Figures that are filled in where a case gives none, each with its source and year.

use longshore_units::Exact;

use crate::team::hundredths;
use crate::{Assumption, Target};

/// A figure of the catalog.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact {
    /// What it is, as assumptions name it.
    pub what: &'static str,
    /// The figure; shares as fractions, times in milliseconds.
    pub value: f64,
    /// The figure as people write it.
    pub written: &'static str,
    /// Where it comes from, and of which year.
    pub source: &'static str,
}

impl Fact {
    /// The figure exactly as written: a share of `"30%"` is 3/10. Only for shares and plain numbers, not for times.
    pub(crate) fn exact(&self) -> Exact {
        let number = |written: &str| written.parse::<Exact>().expect("the catalog's figures are numbers");
        self.written.strip_suffix('%').map_or_else(|| number(self.written), |percent| hundredths(&number(percent)))
    }

    /// The assumption that a thing has this fact's figure.
    pub(crate) fn assumed(&self, of: &str) -> Assumption {
        Assumption {
            what: format!("{of}: {}", self.what),
            value: self.written.to_owned(),
            source: format!("filled in: {}", self.source),
        }
    }
}

/// How long customers wait before they hang up.
pub const PATIENCE: Fact = Fact {
    what: "patience, mean",
    value: 354_000.0,
    written: "5m54s",
    source: "maximum likelihood estimate from 33,344 calls to a bank in Israel, February 1999 (Technion)",
};

/// How talk times spread about their mean.
pub const SPREAD: Fact = Fact {
    what: "spread of handle times (standard deviation over mean)",
    value: 1.24,
    written: "124%",
    source: "service times of a bank's calls in Israel, February 1999 (Technion): squared coefficient of variation 1.53",
};

/// How a day's volume strays from its weekday's mean.
pub const BUSYNESS: Fact = Fact {
    what: "busyness, day-to-day spread beyond chance",
    value: 0.064,
    written: "6.4%",
    source: "60 weekdays of calls to a North American bank, 2003 (Weinberg, Brown, Stroud 2007)",
};

/// Paid time that is not spent on contacts or ready for them.
pub const SHRINKAGE: Fact = Fact {
    what: "shrinkage",
    value: 0.30,
    written: "30%",
    source: "actual 28-32 %, US, Society of Workforce Planning Professionals, 2014",
};

/// What whole shifts cost over the curve of the day.
pub const SHIFT_INEFFICIENCY: Fact = Fact {
    what: "shift inefficiency",
    value: 0.10,
    written: "10%",
    source: "planning allowance of this program, 2026; no published figure was found, so measure yours",
};

/// The paid hours of a full-time agent in a month.
pub const HOURS_A_MONTH: Fact = Fact {
    what: "paid hours a month of a full-time agent",
    value: 173.333_333,
    written: "520/3",
    source: "2,080 hours a year, US (customerthink.com, in-house contact center costs)",
};

/// The share of agents who leave in a year.
pub const TURNOVER: Fact = Fact {
    what: "turnover in a year",
    value: 0.33,
    written: "33%",
    source: "average, US and Canada, ICMI, 2017 (apexcx.com)",
};

/// Contacts that leave no question open.
pub const RESOLVED: Fact = Fact {
    what: "share of contacts resolved",
    value: 0.725,
    written: "72.5%",
    source: "first call resolution target 70-75 %, US, 2025 (legalclarity.org); its middle",
};

/// How long customer and agent talk.
pub const TALK: Fact = Fact {
    what: "talk, mean",
    value: 288_000.0,
    written: "4m48s",
    source: "a call takes 4-8 minutes, 2025 (wildfloweralpacas.com.au), of which wrap is 15-25 %, 2025 (Talkdesk, in \
             stealthagents.com); the middles",
};

/// How long the work after a call takes.
pub const WRAP: Fact = Fact { what: "wrap, mean", value: 72_000.0, written: "1m12s", source: TALK.source };

/// What customers are promised.
pub(crate) const PROMISE: (Target, &str, &str) = (
    Target { share: 0.8, within_ms: 20_000 },
    "80% in 20s",
    "filled in: US, 2025 (legalclarity.org); icmi.com says that it is no standard of the industry: choose yours",
);

/// All facts that may be filled in.
pub const CATALOG: [Fact; 10] =
    [PATIENCE, SPREAD, BUSYNESS, SHRINKAGE, SHIFT_INEFFICIENCY, HOURS_A_MONTH, TURNOVER, RESOLVED, TALK, WRAP];

#[cfg(test)]
mod tests {
    use longshore_units::Milliseconds;

    use super::*;

    #[test]
    fn figures_are_what_is_written() {
        for fact in CATALOG {
            let written = match fact.written.parse::<Milliseconds>() {
                Ok(time) => time.0 as f64,
                Err(_) => fact.exact().to_f64(),
            };
            assert!((written - fact.value).abs() < 1e-5, "{}: {} is not {}", fact.what, fact.written, fact.value);
        }
    }
}
