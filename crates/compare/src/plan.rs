//! What an option's teams need: agents in each step, shifts, the register, paid hours. Chance has no part in it.

use longshore_business_case::{BusinessCase, CaseOption, REST_MS, Team, united};
use longshore_queueing::Slowdown;
use longshore_simulation::{Shift, Work};
use longshore_staffing as staffing;
use longshore_staffing::{
    AssignmentRules, Break, Candidate, Factors, Goal, PartTime, Pool, Requirement, Rules, ShiftRules, Size,
    StaffingError, Step, Week,
};
use longshore_units::{Exact, Instant, RoundHow};

use crate::load::{ComingBack, HungUp, Load, Stream};
use crate::verification::verified;
use crate::{CompareError, Horizon};

/// The plan of an option.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The option, by its place in the case.
    pub option: usize,
    /// The time it is for.
    pub horizon: Horizon,
    /// Who is expected.
    pub load: Load,
    /// What each team needs.
    pub teams: Vec<TeamPlan>,
    /// What each team's agents by the formula are multiplied by in each month, so that its targets hold in simulation.
    pub corrections: Vec<Vec<f64>>,
}

/// What a team needs.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamPlan {
    /// Agents on the phone in each step of the horizon.
    pub requirement: Vec<u32>,
    /// Who works when: they cover the requirement, exactly where the team's shifts are not given.
    pub shifts: Vec<Shift>,
    /// The names of all agents that the shifts use.
    pub agents: Vec<String>,
    /// Agents employed in each month.
    pub register: Vec<u32>,
    /// Hours on the phone in each month; of given shifts those that begin in it, without their breaks.
    pub phone_hours: Vec<Exact>,
    /// Hours paid in each month: on the phone, × (1 + shift inefficiency) ÷ (1 − shrinkage); of given shifts what is paid of
    /// them, ÷ (1 − shrinkage).
    pub paid_hours: Vec<Exact>,
    /// Full-time agents that these hours are, in each month.
    pub fte: Vec<Exact>,
    /// The paid hours a month of one of them.
    pub hours_a_month: Exact,
    /// By what share the paid time of given shifts may be above the least possible; 0 where it is the least.
    pub paid_above_least: f64,
    /// Agents hired in each month: for a larger register and in place of who left; an expectation, so not whole.
    pub hires: Vec<Exact>,
}

impl Plan {
    /// The plan of an option, by its place in the case: verified by simulation, and corrected.
    ///
    /// # Errors
    /// If a load cannot be sized or played, or the horizon lies outside the years that calendars can show.
    pub fn of(case: &BusinessCase, option: usize) -> Result<Plan, CompareError> {
        Plan::verified(case, option, &ComingBack::today(case)?)
    }

    /// The plan of an option in a future of a case, corrected as the case's own plan is.
    ///
    /// # Errors
    /// As [`Plan::of`].
    pub fn in_future(case: &BusinessCase, future: &BusinessCase, option: usize) -> Result<Plan, CompareError> {
        let today = ComingBack::today(case)?;
        Plan::verified(case, option, &today)?.again(future, &today.in_future(future)?)
    }

    /// The plan of an option, where it is known what comes back under today's teams.
    pub(crate) fn verified(case: &BusinessCase, option: usize, today: &ComingBack) -> Result<Plan, CompareError> {
        let sized = Sized::of(case, option, today, None)?;
        if case.options[option].id == BusinessCase::TODAY {
            return sized.corrected(case, &today.corrections);
        }
        let verified = verified(case, &sized)?;
        Sized::of(case, option, today, Some(&verified.hung_up))?.corrected(case, &verified.corrections)
    }

    /// The plan of the option in a future of its case, where it is known what comes back in it: corrected as this one is,
    /// of which as many hang up.
    pub(crate) fn again(&self, future: &BusinessCase, today: &ComingBack) -> Result<Plan, CompareError> {
        Sized::of(future, self.option, today, Some(&self.load.hung_up))?.corrected(future, &self.corrections)
    }
}

/// An option whose teams are sized by formula.
pub(crate) struct Sized {
    pub option: usize,
    pub horizon: Horizon,
    pub load: Load,
    required: Vec<Vec<Size>>, // Of each team.
}

impl Sized {
    /// Where it is known what comes back under today's teams, and perhaps how many hang up.
    pub fn of(
        case: &BusinessCase,
        option: usize,
        today: &ComingBack,
        hung_up: Option<&HungUp>,
    ) -> Result<Sized, CompareError> {
        let described = &case.options[option];
        let horizon = Horizon::of(case).ok_or(CompareError::Years)?;
        let load = Load::beside(case, described, &horizon, today, hung_up)?;
        let teams = 0..described.teams.len();
        let required = teams.map(|team| requirement(described, team, &load, &horizon)).collect::<Result<_, _>>()?;
        Ok(Sized { option, horizon, load, required })
    }

    /// The plan, with each team's agents × a factor for each month.
    pub fn corrected(&self, case: &BusinessCase, corrections: &[Vec<f64>]) -> Result<Plan, CompareError> {
        let Sized { option, horizon, load, required } = self;
        let described = &case.options[*option];
        let mut teams = Vec::with_capacity(described.teams.len());
        for ((team, required), corrections) in described.teams.iter().zip(required).zip(corrections) {
            let required = scaled(required, |month| corrections[month] * team.staffed, horizon);
            let planned = match team.shifts.is_empty() {
                true => TeamPlan::as_contacts_come(team, &required, horizon),
                false => TeamPlan::in_shifts(team, &required, horizon),
            };
            teams.push(planned.map_err(|reason| unplanned(team, reason, &required, horizon))?);
        }
        let (horizon, load, corrections) = (horizon.clone(), load.clone(), corrections.to_vec());
        Ok(Plan { option: *option, horizon, load, teams, corrections })
    }
}

/// The agents of each step × the factor of its month, in whole agents: at least one where there is to be any.
///
/// Where 6.4 are needed, there are 7 on two days of five and 6 on the others. A day's offset is the same for all teams and
/// options, and follows the golden ratio, which spreads the days of any week or month evenly. Rounded alike on all days, a
/// flat day's team would lose an agent in every step at the same factor: a sixth of it, by a hundredth's difference.
pub(crate) fn scaled(required: &[Size], factor: impl Fn(usize) -> f64, horizon: &Horizon) -> Vec<Requirement> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let times = |Size { whole, exact }: &Size| {
        let of = |starts: &[i64]| starts.partition_point(|starts| *starts <= whole.from);
        let (month, day) = (of(&horizon.month_starts).max(1) - 1, of(&horizon.day_starts));
        let agents = (exact * factor(month) + (day as f64 * GOLDEN).fract()).floor() as u32;
        Requirement { agents: agents.max(whole.agents.min(1)), ..*whole }
    };
    required.iter().map(times).collect()
}

/// The agents that a team needs in each step for a load, by formula, if all of them are there.
pub(crate) fn requirement(
    option: &CaseOption,
    position: usize,
    load: &Load,
    horizon: &Horizon,
) -> Result<Vec<Size>, CompareError> {
    let team = &option.teams[position];
    let open = horizon.coverage(&open(option, position, load));
    let wrong = |reason| CompareError::Sizing { team: team.name.clone(), reason };
    let pool = pool(team, &load.teams[position], &open, horizon).map_err(wrong)?;
    staffing::sizes(&pool).map_err(wrong)
}

/// When a team may be asked for at once: at the times of all ways that lead to it, but for what may be done later.
fn open(option: &CaseOption, team: usize, load: &Load) -> Vec<(i64, i64)> {
    let mut spans = Vec::new();
    let later =
        |queue: usize| load.teams[team].iter().any(|stream| stream.queue == Some(queue) && !stream.worked.is_empty());
    for (_, load) in load.queues.iter().enumerate().filter(|(queue, _)| !later(*queue)) {
        for way in &load.ways {
            let handles = &option.handles[way.handles];
            if handles.team == team || handles.overflow.is_some_and(|overflow| overflow.team == team) {
                spans.extend_from_slice(way.spans.as_ref().unwrap_or(&load.open));
            }
        }
    }
    spans.sort_unstable();
    united(spans)
}

/// Why a team has no plan; a time without a shift is named by the clock.
fn unplanned(team: &Team, reason: StaffingError, required: &[Requirement], horizon: &Horizon) -> CompareError {
    let team = team.name.clone();
    let at = match reason {
        StaffingError::Uncovered { step } => horizon.zone.reading(Instant::from_milliseconds(required[step].from)),
        _ => None,
    };
    match at {
        Some(at) => CompareError::NoShift { team, day: at.date(), time: at.time() },
        None => CompareError::Sizing { team, reason },
    }
}

/// All shifts that a team may work, those of the night before the horizon among them.
fn candidates(team: &Team, horizon: &Horizon) -> Vec<Candidate> {
    let before = horizon.days.first().and_then(|day| day.yesterday().ok());
    let mut candidates = Vec::new();
    for day in before.iter().chain(&horizon.days) {
        for shape in &team.shifts {
            candidates.extend(shape.on(*day, &horizon.zone).into_iter().map(|shift| {
                Candidate {
                    from: shift.from,
                    until: shift.until,
                    breaks: shift
                        .breaks
                        .iter()
                        .map(|(from, until, paid)| Break { from: *from, until: *until, paid: *paid })
                        .collect(),
                    paid_ms: shift.paid_ms,
                    part_time: shape.part_time,
                }
            }));
        }
    }
    candidates
}

impl TeamPlan {
    /// A team whose shifts are given: those that cover the requirement with the least paid time.
    fn in_shifts(team: &Team, required: &[Requirement], horizon: &Horizon) -> Result<TeamPlan, StaffingError> {
        let candidates = candidates(team, horizon);
        let part_time = team.part_time.map_or(PartTime::ANY, |share| PartTime { least: share.least, most: share.most });
        let cover = staffing::cover(required, &candidates, part_time)?;
        let on_duty = &Exact::one() - &team.shrinkage;
        let hour = Exact::ratio(1, 3_600_000).expect("not 0 below");
        let hours = |ms: i128| &Exact::from(ms) * &hour;
        let per_full_time = |hours: &Exact, each: &Exact| hours.divided_by(each).ok_or(StaffingError::Factors);
        let (mut months, mut phone_hours, mut paid_hours, mut fte) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for month in 0..horizon.months.len() {
            let (begins, until) = horizon.month_span(month);
            let from = if month == 0 { i64::MIN } else { begins };
            let paid = per_full_time(&hours(cover.paid_in(&candidates, from, until)), &on_duty)?;
            let agents = per_full_time(&paid, &team.hours_a_month)?;
            months.push((begins, ceil(&agents)));
            phone_hours.push(hours(cover.present_in(&candidates, from, until)));
            paid_hours.push(paid);
            fte.push(agents);
        }
        let starts = horizon.week_starts();
        let week = team.week.map(|rule| Week {
            starts: &starts,
            most_ms: rule.most_ms,
            most_shifts: rule.most_days,
            rest_ms: rule.rest_ms,
        });
        let rules = AssignmentRules { months: &months, day_starts: &horizon.day_starts, rest_ms: REST_MS, week };
        let roster = staffing::assigned(&cover, &candidates, required, &rules)?;
        let shifts = roster.shifts.into_iter().map(simulated).collect();
        let planned = TeamPlan::of(team, required, shifts, &roster.agents, Planned { phone_hours, paid_hours, fte });
        Ok(TeamPlan { paid_above_least: cover.gap, ..planned })
    }

    /// A team whose agents come and go as the contacts do; what whole shifts would add is a factor.
    fn as_contacts_come(team: &Team, required: &[Requirement], horizon: &Horizon) -> Result<TeamPlan, StaffingError> {
        let months: Vec<(i64, i64)> = (0..horizon.months.len()).map(|month| horizon.month_span(month)).collect();
        let factors = Factors {
            shift_inefficiency: team.shift_inefficiency.clone(),
            shrinkage: team.shrinkage.clone(),
            hours_a_month: team.hours_a_month.clone(),
        };
        let hours = staffing::hours(required, &months, factors)?;
        let (mut shifts, mut needed) = (Vec::new(), Vec::new());
        for ((from, until), month) in months.iter().zip(&hours.months) {
            // A roster a month, so that a season's agents work in their season alone.
            let begins = required.partition_point(|step| step.from < *from);
            let ends = required.partition_point(|step| step.from < *until);
            let rules = ShiftRules {
                day_starts: &horizon.day_starts,
                shift_max_ms: team.shift_max_ms,
                rest_ms: REST_MS,
                register: ceil(&month.fte),
            };
            let roster = staffing::roster(&required[begins..ends], &rules)?;
            needed.push(roster.agents);
            shifts.extend(roster.shifts.into_iter().map(simulated));
        }
        let hour = Exact::ratio(1, 3_600_000).expect("not 0 below");
        let planned = Planned {
            phone_hours: hours.months.iter().map(|month| &Exact::from(month.required_ms) * &hour).collect(),
            paid_hours: hours.months.iter().map(|month| month.paid.clone()).collect(),
            fte: hours.months.into_iter().map(|month| month.fte).collect(),
        };
        Ok(TeamPlan::of(team, required, shifts, &needed, planned))
    }

    /// `needed` are the agents whom each month's shifts take.
    fn of(team: &Team, required: &[Requirement], shifts: Vec<Shift>, needed: &[u32], planned: Planned) -> TeamPlan {
        let register = register(needed);
        let most = register.iter().max().copied().unwrap_or(0);
        let Planned { phone_hours, paid_hours, fte } = planned;
        TeamPlan {
            requirement: required.iter().map(|step| step.agents).collect(),
            shifts,
            agents: (1..=most).map(|number| format!("{}-{number:03}", team.name)).collect(),
            paid_above_least: 0.0,
            hours_a_month: team.hours_a_month.clone(),
            hires: hires(&register, &team.turnover),
            register,
            phone_hours,
            paid_hours,
            fte,
        }
    }

    /// The mean number of full-time agents over the horizon.
    pub fn fte_mean(&self) -> Exact {
        let sum = self.fte.iter().fold(Exact::zero(), |sum, fte| &sum + fte);
        sum.divided_by(&Exact::from(self.fte.len() as u64)).expect("a horizon has months")
    }
}

/// What a team's shifts come to in each month.
struct Planned {
    phone_hours: Vec<Exact>,
    paid_hours: Vec<Exact>,
    fte: Vec<Exact>,
}

fn simulated(shift: staffing::Shift) -> Shift {
    Shift { agent: shift.agent, from: shift.from, until: shift.until, last: shift.last, back: shift.back }
}

fn pool(team: &Team, streams: &[Stream], open: &[f64], horizon: &Horizon) -> Result<Pool, StaffingError> {
    let steps = (0..horizon.steps()).map(|step| Step {
        from: horizon.step_start(step),
        until: horizon.step_start(step + 1),
        open: 0.0 < open[step],
        contacts: streams.iter().map(|stream| stream.contacts[step]).collect(),
    });
    let described = streams.iter().map(|stream| staffing::Stream {
        work: match stream.work {
            Work::Alone if stream.worked.is_empty() => staffing::Work::Alone,
            Work::Together => staffing::Work::Together,
            Work::Alone | Work::PutAside => staffing::Work::Later { worked: stream.worked.clone() },
        },
        handle_ms: stream.handle_ms,
        patience_ms: stream.patience_ms,
        busyness_cv: stream.busyness,
        goal: Some(Goal {
            least: stream.target.share,
            threshold_ms: i64::try_from(stream.target.within_ms).unwrap_or(i64::MAX),
        }),
    });
    let slowdown = Slowdown::new(team.chats.clone()).map_err(|error| StaffingError::Stream { stream: 0, error })?;
    Ok(Pool { streams: described.collect(), slowdown, steps: steps.collect(), rules: Rules::default() })
}

fn ceil(number: &Exact) -> u32 {
    let whole = number.rounded_to(&Exact::one(), RoundHow::Up).to_i128();
    whole.and_then(|whole| u32::try_from(whole).ok()).unwrap_or(u32::MAX)
}

/// Agents on the register in each month, where so many are needed: nobody is let go who is needed again within the two
/// months that follow.
fn register(needed: &[u32]) -> Vec<u32> {
    let mut register: Vec<u32> = Vec::with_capacity(needed.len());
    for month in 0..needed.len() {
        let soon = needed[month..needed.len().min(month + 3)].iter().max().copied().unwrap_or(0);
        let kept = register.last().map_or(0, |before| soon.min(*before));
        register.push(needed[month].max(kept));
    }
    register
}

/// Agents hired in each month, as expected: the register's growth, and who leaves of last month's in a twelfth of a year.
/// Before the first month the register was as large as in it.
fn hires(register: &[u32], turnover: &Exact) -> Vec<Exact> {
    let twelfth = turnover * &Exact::ratio(1, 12).expect("not 0 below");
    let whole = |agents: u32| Exact::from(u64::from(agents));
    let month = |month: usize| {
        let before = register[month.saturating_sub(1)];
        let left = &whole(before) * &twelfth;
        let hired = &(&whole(register[month]) - &whole(before)) + &left;
        hired.max(Exact::zero())
    };
    (0..register.len()).map(month).collect()
}

#[cfg(test)]
mod tests {
    use longshore_units::{Month, Zone};
    use proptest::prelude::*;

    use super::*;

    const DAY_MS: i64 = 86_400_000;

    /// Half a year and another, of 182 days each; each day in two steps.
    fn a_year() -> Horizon {
        let first = jiff::civil::date(2027, 1, 1);
        Horizon {
            zone: Zone::utc(),
            months: [0, 182].map(|days| Month::of(first + jiff::Span::new().days(days))).to_vec(),
            from_ms: 0,
            until_ms: 364 * DAY_MS,
            step_ms: DAY_MS / 2,
            day_starts: (0..364).map(|day| day * DAY_MS).collect(),
            days: first.series(jiff::Span::new().days(1)).take(364).collect(),
            month_starts: vec![0, 182 * DAY_MS],
        }
    }

    /// In each step of the horizon so many, made whole after they are multiplied by the factor of their half of the year.
    fn whole(exact: f64, factors: [f64; 2]) -> Vec<u32> {
        let horizon = a_year();
        let size = |step| Size {
            whole: Requirement {
                from: horizon.step_start(step),
                until: horizon.step_start(step + 1),
                agents: exact.ceil() as u32,
            },
            exact,
        };
        let sizes: Vec<Size> = (0..horizon.steps()).map(size).collect();
        scaled(&sizes, |month| factors[month], &horizon).iter().map(|step| step.agents).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn agents_are_whole_each_day_and_exact_over_days(
            exact in 1.7f64..60.0, first in 0.6f64..2.0, second in 0.6f64..2.0, from in 0usize..182, days in 1usize..182,
        ) {
            let agents = whole(exact, [first, second]);
            for (half, factor) in [first, second].into_iter().enumerate() {
                let wanted = exact * factor;
                let days_of_half: Vec<&[u32]> = agents.chunks(2).skip(182 * half).take(182).collect();
                for day in &days_of_half {
                    prop_assert_eq!(day[0], day[1], "steps alike take as many on the same day");
                    prop_assert!(wanted.floor() as u32 <= day[0] && day[0] <= wanted.ceil() as u32, "{} for {}", day[0], wanted);
                }
                // Any week, month or other stretch of days has what it takes, to less than three agents on one day.
                let stretch = &days_of_half[from..(from + days).min(182)];
                let sum: f64 = stretch.iter().map(|day| f64::from(day[0])).sum();
                let exact = wanted * stretch.len() as f64;
                prop_assert!((sum - exact).abs() < 3.0, "{sum} on {} days, for {exact}", stretch.len());
            }
        }
    }

    #[test]
    fn where_somebody_is_needed_somebody_is_there() {
        let agents = whole(0.3, [0.6, 2.0]);
        assert!(agents.iter().all(|agents| *agents == 1), "{agents:?}");
        assert!(whole(0.0, [2.0, 2.0]).iter().all(|agents| *agents == 0));
    }

    #[test]
    fn nobody_is_let_go_for_a_month_or_two() {
        assert_eq!(register(&[20, 18, 17, 19, 15, 15, 15, 25]), [20, 19, 19, 19, 15, 15, 15, 25]);
    }

    #[test]
    fn hires_replace_who_leaves_and_make_the_register_grow() {
        let hires = hires(&[24, 24, 30, 12], &Exact::ratio(1, 2).unwrap());
        let written: Vec<String> = hires.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["1", "1", "7", "0"]);
    }
}
