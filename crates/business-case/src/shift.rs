//! The shifts that a team may work.

use jiff::Span;
use jiff::civil::{Date, Time};
use longshore_document::{Fields, Findings, Node};
use longshore_units::{Exact, Instant, RoundHow, Zone};

use crate::reading::{duration, time_of_day};
use crate::team::exact_share;

/// A shape of shift: when it may begin, how long it is, when its breaks are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftShape {
    /// When it may begin, in minutes since local midnight, increasing; below a day.
    pub starts: Vec<u32>,
    /// From its beginning to its end, breaks included; at most 16 hours.
    pub length_ms: i64,
    /// In their order.
    pub breaks: Vec<ShiftBreak>,
    /// Whether it is a part-time shift.
    pub part_time: bool,
}

/// How much of a team's paid time in shifts is part-time, in hundredths of a percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartTimeShare {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
}

/// What one person works in a week at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeekRule {
    /// The most paid time; above 0.
    pub most_ms: i64,
    /// The most days; from 1 to 7.
    pub most_days: u32,
    /// The least time between two shifts.
    pub rest_ms: i64,
}

/// The rest between two shifts where nothing else is said: eleven hours, as in the European working time directive.
pub const REST_MS: i64 = 11 * 3_600_000;

/// A break of a shift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftBreak {
    /// Times after the shift's beginning at which it may begin; any of them, so that not all agents leave at once.
    pub after_ms: Vec<i64>,
    /// How long it is.
    pub length_ms: i64,
    /// Whether it is paid.
    pub paid: bool,
}

/// What one shift of a shape is: its breaks from its beginning, `[from, until)`, and the part of it that is paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftForm {
    /// Breaks in the order of the shape's, increasing and apart.
    pub breaks: Vec<(i64, i64)>,
    /// What is paid of it.
    pub paid_ms: i64,
}

/// A shift of a day that may be worked. Instants are milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayShift {
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub until: i64,
    /// Its breaks, `[from, until)`, each with whether it is paid; increasing and apart.
    pub breaks: Vec<(i64, i64, bool)>,
    /// What is paid of it, in milliseconds.
    pub paid_ms: i64,
}

impl DayShift {
    /// The stretches of it in which contacts are taken.
    pub fn presences(&self) -> impl Iterator<Item = (i64, i64)> {
        let begins = std::iter::once(self.from).chain(self.breaks.iter().map(|pause| pause.1));
        let ends = self.breaks.iter().map(|pause| pause.0).chain(std::iter::once(self.until));
        begins.zip(ends).filter(|(from, until)| from < until)
    }
}

/// Beginnings times forms of all shapes that a team may work in a day: with more, staffing would take minutes.
pub(crate) const MOST: usize = 400;

impl ShiftShape {
    /// Each choice of a time for each break. Choices in which breaks overlap or run over the shift's end are left out.
    pub fn forms(&self) -> Vec<ShiftForm> {
        let mut forms = vec![ShiftForm { breaks: Vec::new(), paid_ms: self.length_ms }];
        for each in &self.breaks {
            let unpaid = if each.paid { 0 } else { each.length_ms };
            forms = forms
                .iter()
                .flat_map(|form| {
                    let free = form.breaks.last().map_or(0, |last| last.1);
                    let fits = move |after: &&i64| free <= **after && **after + each.length_ms <= self.length_ms;
                    each.after_ms.iter().filter(fits).map(|after| {
                        let mut breaks = form.breaks.clone();
                        breaks.push((*after, after + each.length_ms));
                        ShiftForm { breaks, paid_ms: form.paid_ms - unpaid }
                    })
                })
                .collect();
        }
        forms
    }

    /// The shifts of this shape that begin on a local day, of each beginning those with their breaks at all times. Where
    /// clocks are changed a shift is as long as ever, and ends at another reading.
    pub fn on(&self, day: Date, zone: &Zone) -> Vec<DayShift> {
        let forms = self.forms();
        let begins = self.starts.iter().filter_map(|minute| {
            let time = Time::midnight().saturating_add(Span::new().minutes(i64::from(*minute)));
            zone.at(day, time).map(Instant::milliseconds)
        });
        begins
            .flat_map(|from| {
                forms.iter().map(move |form| DayShift {
                    from,
                    until: from + self.length_ms,
                    breaks: form
                        .breaks
                        .iter()
                        .zip(&self.breaks)
                        .map(|((begins, ends), described)| (from + begins, from + ends, described.paid))
                        .collect(),
                    paid_ms: form.paid_ms,
                })
            })
            .collect()
    }

    /// In how many ways it can be worked on a day.
    pub(crate) fn ways(&self) -> usize {
        self.starts.len().saturating_mul(self.forms().len())
    }
}

/// The shapes of a team's `[[team.shift]]` tables.
pub(crate) fn shapes(nodes: &[Node], findings: &mut Findings) -> Vec<ShiftShape> {
    let shapes: Vec<ShiftShape> = nodes.iter().filter_map(|node| shape(node, findings)).collect();
    let forms: usize = shapes.iter().map(ShiftShape::ways).fold(0, usize::saturating_add);
    if let (true, Some(node)) = (forms > MOST, nodes.last()) {
        let message = format!("a day's shifts can be worked in {forms} ways, more than {MOST}");
        findings.error("B007", &node.span, message, "let them begin less often, or give breaks fewer times");
    }
    shapes
}

/// With shifts given, nobody has to guess how well shifts fit, nor how long they are.
pub(crate) fn refuse_guesses(fields: &mut Fields<'_>, findings: &mut Findings) {
    for (key, help) in [
        ("shift_inefficiency", "leave it out: the shifts show what they add to the hours that the contacts take"),
        ("shift_max", "leave it out: each shift says its length"),
    ] {
        if let Some((place, _)) = fields.take_entry(key) {
            findings.error("B007", &place.span, format!("this team's shifts are given, and `{key}` as well"), help);
        }
    }
}

/// `part_time = { least = "10%", most = "30%" }`: of a team that has shifts of both kinds.
pub(crate) fn part_time(node: &Node, shapes: &[ShiftShape], findings: &mut Findings) -> Option<PartTimeShare> {
    let mut fields = Fields::of(node, findings)?;
    let mut share = |key: &'static str, otherwise: u32| {
        let read = fields.take(key).map(|node| exact_share(node, 1, findings));
        let ten_thousandths = |share: Exact| {
            let whole = (&share * &Exact::from(10_000u64)).rounded_to(&Exact::one(), RoundHow::HalfUp);
            whole.to_i128().and_then(|whole| u32::try_from(whole).ok()).unwrap_or(otherwise)
        };
        read.flatten().map_or(otherwise, ten_thousandths)
    };
    let (least, most) = (share("least", 0), share("most", 10_000));
    fields.finish(findings);
    if most < least {
        findings.error("B007", &node.span, "at least more than at most is part-time", "lower `least`, or raise `most`");
    }
    let has = |part_time: bool| shapes.iter().any(|shape| shape.part_time == part_time);
    if 0 < least && !has(true) || most < 10_000 && !has(false) {
        let message = "this team has no shifts to keep that share with";
        findings.error("B007", &node.span, message, "add `part_time = true` to the shifts that part-timers work");
    }
    Some(PartTimeShare { least, most })
}

/// `week = { hours = "40h", days = 5, rest = "11h" }`.
pub(crate) fn week(node: &Node, shapes: &[ShiftShape], findings: &mut Findings) -> Option<WeekRule> {
    let mut fields = Fields::of(node, findings)?;
    let hours = fields.take("hours").and_then(|node| minutes(node, 60, 168 * 60, findings)).unwrap_or(168 * 60);
    let days = fields.take("days").and_then(|node| node.whole(1, 7, findings)).unwrap_or(7);
    let rest = fields.take("rest").map(|node| minutes(node, 0, 48 * 60, findings));
    fields.finish(findings);
    let most_ms = i64::from(hours) * 60_000;
    let longest = shapes.iter().flat_map(ShiftShape::forms).map(|form| form.paid_ms).max().unwrap_or(0);
    if most_ms < longest {
        let help = "raise `hours`, or shorten the shift";
        findings.error("B007", &node.span, "a shift of this team is longer than anybody may work in a week", help);
    }
    let rest_ms = rest.flatten().map_or(REST_MS, |minutes| i64::from(minutes) * 60_000);
    Some(WeekRule { most_ms, most_days: u32::try_from(days).ok()?, rest_ms })
}

/// Both are kept by choosing and giving out shifts: there must be some.
pub(crate) fn refuse_without_shifts(fields: &mut Fields<'_>, findings: &mut Findings) {
    for key in ["part_time", "week"] {
        if let Some((place, _)) = fields.take_entry(key) {
            let message = format!("`{key}` is given, and no shifts to keep it with");
            findings.error("B007", &place.span, message, "add the shifts that may be worked under [[team.shift]]");
        }
    }
}

fn shape(node: &Node, findings: &mut Findings) -> Option<ShiftShape> {
    let mut fields = Fields::of(node, findings)?;
    let from = fields.require("from", "when it may begin first: \"07:00\"", findings);
    let from = from.and_then(|node| time_of_day(node, findings));
    let to = fields.take("to").map(|node| time_of_day(node, findings));
    let every = fields.take("every");
    let every = every.map(|node| minutes(node, 5, 720, findings)).unwrap_or(Some(30));
    let length = fields.require("length", "from its beginning to its end: \"8h30m\"", findings);
    let length = length.and_then(|node| minutes(node, 60, 960, findings));
    let breaks = fields.take("breaks");
    let breaks_given = breaks.and_then(|node| node.list(findings)).unwrap_or_default();
    let breaks: Option<Vec<ShiftBreak>> = breaks_given.iter().map(|node| shift_break(node, findings)).collect();
    let part_time = fields.take("part_time").and_then(|node| node.boolean(findings)).unwrap_or(false);
    fields.finish(findings);
    let (from, every, length_ms, breaks) = (from?, every?, i64::from(length?) * 60_000, breaks?);
    let to = to.unwrap_or(Some(from))?;
    if to < from {
        let help = "write the last beginning after the first; a shift itself may go over midnight";
        findings.error("B007", &node.span, "the last beginning of this shift is before the first", help);
        return None;
    }
    let starts = (from..=to).step_by(every as usize).collect();
    let ways: usize = breaks.iter().map(|each| each.after_ms.len()).fold(1, usize::saturating_mul);
    if ways > MOST {
        let message = format!("the breaks of this shift can be taken in {ways} ways, more than {MOST}");
        findings.error("B007", &node.span, message, "give the breaks fewer times");
        return None;
    }
    let shape = ShiftShape { starts, length_ms, breaks, part_time };
    if !shape.forms().iter().any(|form| 0 < form.paid_ms) {
        let help = "breaks follow each other, and end before the shift does";
        findings.error("B007", &node.span, "the breaks of this shift do not fit into it", help);
        return None;
    }
    Some(shape)
}

fn shift_break(node: &Node, findings: &mut Findings) -> Option<ShiftBreak> {
    let mut fields = Fields::of(node, findings)?;
    let after =
        fields.require("after", "how long after the shift's beginning: \"4h\", or several to choose from", findings);
    let after: Option<Vec<i64>> = after
        .map(Node::one_or_many)
        .unwrap_or_default()
        .iter()
        .map(|node| minutes(node, 0, 960, findings).map(|minutes| i64::from(minutes) * 60_000))
        .collect();
    let length = fields.require("for", "how long it is: \"30m\"", findings);
    let length = length.and_then(|node| minutes(node, 1, 240, findings));
    let paid = fields.take("paid").and_then(|node| node.boolean(findings)).unwrap_or(false);
    fields.finish(findings);
    let mut after_ms = after?;
    after_ms.sort_unstable();
    after_ms.dedup();
    Some(ShiftBreak { after_ms, length_ms: i64::from(length?) * 60_000, paid })
}

/// Whole minutes from `least` to `most`.
fn minutes(node: &Node, least: u64, most: u64, findings: &mut Findings) -> Option<u32> {
    let length = duration(node, most * 60_000, findings)?;
    if length % 60_000 != 0 || length < least * 60_000 {
        let message = if length % 60_000 == 0 { "this is too short" } else { "this is not in whole minutes" };
        findings.error(
            "B007",
            &node.span,
            message,
            format!("write at least {least} minutes, such as \"30m\" or \"8h30m\""),
        );
        return None;
    }
    u32::try_from(length / 60_000).ok()
}
