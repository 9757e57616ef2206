//! Times at which customers are promised an answer and none of a team's shifts is worked.

use jiff::civil::Date;
use longshore_document::{Findings, Node};
use longshore_units::{Diagnostic, Instant, Zone};

use crate::shift::{MOST, ShiftShape};
use crate::steps::openings;
use crate::{Decide, Handles, Opening, Queue, Steps, Team, united};

/// The steps throughout which somebody of a team may be at work: all of them where its shifts are not given. The shifts of the
/// night before the first day are among them.
pub fn at_work(team: &Team, days: &[Date], zone: &Zone, steps: &Steps) -> Vec<bool> {
    if team.shifts.is_empty() {
        return vec![true; steps.count];
    }
    Presence::of(&team.shifts, days, zone, steps).at_work
}

struct Presence {
    at_work: Vec<bool>,
    /// The same where nobody had a break.
    but_for_breaks: Vec<bool>,
}

impl Presence {
    fn of(shapes: &[ShiftShape], days: &[Date], zone: &Zone, steps: &Steps) -> Presence {
        let mut presence = Presence { at_work: vec![false; steps.count], but_for_breaks: vec![false; steps.count] };
        let before = days.first().and_then(|day| day.yesterday().ok());
        for day in before.iter().chain(days) {
            for shift in shapes.iter().flat_map(|shape| shape.on(*day, zone)) {
                for span in shift.presences() {
                    presence.at_work[steps.inside(span)].fill(true);
                }
                presence.but_for_breaks[steps.inside((shift.from, shift.until))].fill(true);
            }
        }
        presence
    }
}

/// Says of each team with shifts when contacts that are answered as they come find none of its shifts at work (`B021`), and
/// which queue it is to work on later and never does.
pub(crate) fn check(
    teams: &[Team],
    handles: &[Handles],
    (team_places, ways): (&[&Node], &[Node]),
    queues: &[Queue],
    (zone, decide): (&Zone, &Decide),
    findings: &mut Findings,
) {
    if teams.iter().all(|team| team.shifts.is_empty()) {
        return;
    }
    let Some(horizon) = Days::of(zone, decide, openings(queues, handles.iter())) else { return }; // Outside the years of calendars, which has its own error.
    for (position, team) in teams.iter().enumerate() {
        let ways_a_day = team.shifts.iter().map(ShiftShape::ways).fold(0, usize::saturating_add);
        if team.shifts.is_empty() || MOST < ways_a_day {
            continue;
        }
        let presence = Presence::of(&team.shifts, &horizon.days, zone, &horizon.steps);
        for (way, node) in handles.iter().zip(ways) {
            let is_its = way.team == position || way.overflow.is_some_and(|overflow| overflow.team == position);
            let queue = &queues[way.queue];
            if !is_its {
                continue;
            }
            let related = findings.label(&team_places[position].span, "these are its shifts");
            let at = findings.label(&node.span, "");
            let report = |message: String, help: &str| {
                Diagnostic::error("B021", message, at).with_related(related).with_help(help)
            };
            if is_later(queue) {
                let hours = way.worked.as_ref().or(queue.worked.as_ref()).or(way.hours.as_ref()).unwrap_or(&queue.open);
                let Some(spans) = horizon.spans(hours, hours) else { continue };
                let worked = |span: &(i64, i64)| horizon.steps.touched(*span).any(|step| presence.at_work[step]);
                if !spans.is_empty() && !spans.iter().any(worked) {
                    let message = format!("`{}` is worked on when nobody of `{}` is at work", queue.name, team.name);
                    let help = "give this `worked` hours of the team's shifts, or add a [[team.shift]] within them";
                    findings.push(report(message, help));
                }
                continue;
            }
            let Some(open) = horizon.open(way, handles, queues) else { continue };
            let mut steps: Vec<usize> = open.into_iter().flat_map(|span| horizon.steps.touched(span)).collect();
            steps.dedup();
            steps.retain(|step| !presence.at_work[*step]);
            let Some(first) = steps.first() else { continue };
            let Some(when) = zone.reading(Instant::from_milliseconds(horizon.steps.start(*first))) else { continue };
            let more = match steps.len() {
                1 => String::new(),
                n => format!(", nor at {} more of the horizon's {}", n - 1, horizon.steps.word()),
            };
            let message = format!(
                "`{}` is open on {} at {:.0}, and none of the shifts of `{}` is worked then{more}",
                queue.name,
                when.strftime("%A, %Y-%m-%d"),
                when.time(),
                team.name,
            );
            let help = match presence.but_for_breaks[*first] {
                true => "all who could be there have their break: let it begin at one of several times, or add a shift",
                false => "add a [[team.shift]] that is worked then, or give this `hours` in which there is one",
            };
            findings.push(report(message, help));
        }
    }
}

/// Whether a queue may wait for hours: what was written, and lists of customers to call.
fn is_later(queue: &Queue) -> bool {
    !queue.is_live() || queue.list.is_some()
}

/// The days of a horizon.
pub(crate) struct Days<'z> {
    pub zone: &'z Zone,
    /// Some.
    pub days: Vec<Date>,
    pub months: u32,
    pub steps: Steps,
}

impl<'z> Days<'z> {
    /// `None` outside the years that calendars can show.
    pub fn of<'o>(zone: &'z Zone, decide: &Decide, openings: impl Iterator<Item = &'o Opening>) -> Option<Days<'z>> {
        let last = decide.last_day();
        let days = std::iter::successors(Some(decide.starts), |day| day.tomorrow().ok());
        let days: Vec<Date> = days.take_while(|day| *day <= last).collect();
        let start = |date: Date| zone.start_of(date).map(Instant::milliseconds);
        let day_starts: Vec<i64> = days.iter().map(|day| start(*day)).collect::<Option<_>>()?;
        let steps = Steps::between(start(decide.starts)?, start(last.tomorrow().ok()?)?, &day_starts, openings);
        Some(Days { zone, days, months: decide.months, steps })
    }

    /// The spans of some hours on the days on which the queue is not closed.
    pub fn spans(&self, hours: &Opening, queue: &Opening) -> Option<Vec<(i64, i64)>> {
        let mut all = Vec::new();
        for day in self.days.iter().filter(|day| !queue.is_closed_on(**day)) {
            all.extend(hours.spans(*day, self.zone)?);
        }
        Some(united(all))
    }

    /// Whether any part of each step lies in some spans.
    pub fn touched(&self, spans: &[(i64, i64)]) -> Vec<bool> {
        let mut touched = vec![false; self.steps.count];
        spans.iter().for_each(|span| touched[self.steps.touched(*span)].fill(true));
        touched
    }

    /// When a way of a queue is open: in its own hours; without such, whenever any way of the queue is.
    fn open(&self, way: &Handles, handles: &[Handles], queues: &[Queue]) -> Option<Vec<(i64, i64)>> {
        let queue = &queues[way.queue].open;
        if let Some(hours) = &way.hours {
            return self.spans(hours, queue);
        }
        let mut spans = Vec::new();
        for other in handles.iter().filter(|other| other.queue == way.queue) {
            spans.extend(self.spans(other.hours.as_ref().unwrap_or(queue), queue)?);
        }
        Some(united(spans))
    }
}
