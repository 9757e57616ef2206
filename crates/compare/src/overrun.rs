//! How much longer teams work than their shifts: until the contact in hand is done.

use longshore_simulation::{Team, TeamTally};
use longshore_units::Exact;

use crate::Horizon;

/// The hours that each team works beyond its shifts, month by month: those that its agents are logged in, less those of the
/// shifts that somebody came to.
///
/// A provider by the hour bills them, so an own team that is paid by the hour is paid them as well. An agent whom a contact
/// keeps from a break is paid what that takes of it, as if the break were taken later; who means to leave early and is kept is
/// paid until the contact is done. `teams` are those that were played, `worked` what they came to.
pub(crate) fn overruns(horizon: &Horizon, teams: &[Team], worked: &[TeamTally]) -> Vec<Vec<Exact>> {
    let of_team = |(team, tally): (&Team, &TeamTally)| {
        let mut months = logged_in(horizon, tally);
        for shift in &team.shifts {
            less(horizon, (shift.from, shift.until), &mut months);
        }
        let hours = |ms: &i128| Exact::ratio((*ms).max(0), 3_600_000).expect("an hour is not 0 long");
        months.iter().map(hours).collect()
    };
    teams.iter().zip(worked).map(of_team).collect()
}

/// The milliseconds of each month that a team is logged in.
fn logged_in(horizon: &Horizon, tally: &TeamTally) -> Vec<i128> {
    let mut months = vec![0; horizon.months.len()];
    for (step, ms) in tally.logged_in_ms.iter().enumerate() {
        months[month_of(horizon, horizon.step_start(step))] += i128::from(*ms);
    }
    months
}

/// Takes a stretch out of the months it lies in: as tallies do, what is before the horizon out of the first and what is after
/// it out of the last.
fn less(horizon: &Horizon, (from, until): (i64, i64), months: &mut [i128]) {
    let mut at = from;
    while at < until {
        let month = month_of(horizon, at);
        let end = horizon.month_starts.get(month + 1).map_or(until, |ends| until.min(*ends));
        months[month] -= i128::from(end - at);
        at = end;
    }
}

/// The month an instant lies in; the first of what is before the horizon.
fn month_of(horizon: &Horizon, at: i64) -> usize {
    horizon.month_starts.partition_point(|starts| *starts <= at).saturating_sub(1)
}
