//! Teams: who does the work, how well, and how many hours are paid for an hour on the phone.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Days, Exact};

use crate::catalog::{HOURS_A_MONTH, RESOLVED, SHIFT_INEFFICIENCY, SHRINKAGE, TURNOVER};
use crate::queue::target_of;
use crate::reading::{LONGEST_HANDLE_MS, duration, name, not_covered, required_name};
use crate::shift::{self, PartTimeShare, ShiftShape, WeekRule};
use crate::{Assumption, Fact, Outages, People, Target};

/// The longest search or training that is looked at: ten years.
const MOST_DAYS: u32 = 3_653;

/// Agents of one provider who serve one line of contacts.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// Who employs it, as records and contracts name it.
    pub provider: String,
    /// Where it works.
    pub site: Option<String>,
    /// The languages it speaks, as in BCP 47.
    pub languages: Vec<String>,
    /// The share of the agents its target takes that are on the phone: 1 for all of them.
    pub staffed: f64,
    /// The share of contacts it handles that leave no question open.
    pub resolved: f64,
    /// Where that was measured. `None` where it is assumed.
    pub resolved_measured: Option<String>,
    /// By what the program's talk time is multiplied with this team.
    pub talk: f64,
    /// The same for hold.
    pub hold: f64,
    /// The same for wrap.
    pub wrap: f64,
    /// The share of paid time that is not spent on the phone; below 1.
    pub shrinkage: Exact,
    /// What whole shifts add to the hours on the phone: 0.1 for a tenth. 0 where the shifts are given: then they show it.
    pub shift_inefficiency: Exact,
    /// The paid hours a month of a full-time agent; above 0.
    pub hours_a_month: Exact,
    /// The share of agents who leave in a year.
    pub turnover: Exact,
    /// How long it takes to find a new agent, in days. `None` where it is not said.
    pub hiring_days: Option<u32>,
    /// How long a new agent is trained before the first contact, in days. `None` where it is not said.
    pub training_days: Option<u32>,
    /// The longest shift, in milliseconds, of agents who come and go as the contacts do.
    pub shift_max_ms: i64,
    /// The shifts that may be worked. None for agents who come and go as the contacts do.
    pub shifts: Vec<ShiftShape>,
    /// How much of the time in shifts is part-time. `None` for any share.
    pub part_time: Option<PartTimeShare>,
    /// What one person works in a week at most. `None` for agents without such a limit.
    pub week: Option<WeekRule>,
    /// How much longer a chat takes, with one, two, … in an agent's hands; as many as an agent takes at once.
    pub chats: Vec<f64>,
    /// What happens to its people. `None` if every planned hour is worked.
    pub people: Option<People>,
    /// When it cannot be reached. `None` if it always can.
    pub outages: Option<Outages>,
    /// Other clients' customers on the same agents. `None` for a team that serves this program alone.
    pub shared: Option<Shared>,
}

/// Other clients' customers on the agents of a shared pool.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared {
    /// Our share of the pool's work over a year.
    pub our_share: f64,
    /// How long the others' contacts take on average.
    pub handle_ms: f64,
    /// The service for which the provider staffs the pool.
    pub target: Target,
}

impl Team {
    pub(crate) fn read(node: &Node, assumptions: &mut Vec<Assumption>, findings: &mut Findings) -> Option<Team> {
        let mut fields = Fields::of(node, findings)?;
        let of_others = assumptions.len();
        let team = required_name(&mut fields, "name", "what records call it", findings);
        let provider = required_name(&mut fields, "provider", "who employs it: \"in-house\", or a seller", findings);
        let mut reader = TeamReader { team: &team, assumptions, findings };
        let resolved = reader.number(&mut fields, "resolved", &RESOLVED);
        let (shrinkage, most) = (reader.share(&mut fields, "shrinkage", &SHRINKAGE, 1), "95%");
        let shapes = fields.take("shift");
        let shift_inefficiency = match shapes {
            Some(_) => Exact::zero(),
            None => reader.share(&mut fields, "shift_inefficiency", &SHIFT_INEFFICIENCY, 5),
        };
        let hours_a_month = reader.exact(&mut fields, "hours_a_month", &HOURS_A_MONTH);
        let turnover = reader.share(&mut fields, "turnover", &TURNOVER, 5);
        let site = name(&mut fields, "site", findings);
        let languages = fields.require("languages", "the languages it speaks: [\"en\"]", findings);
        let languages = languages.map(Node::one_or_many).unwrap_or_default();
        let languages = languages.iter().filter_map(|node| node.name(findings)).map(ToOwned::to_owned).collect();
        let staffed = fields.take("staffed").and_then(|node| node.number(0.05, 2.0, findings)).unwrap_or(1.0);
        let (talk, hold, wrap) = handle_factors(fields.take("handle"), findings);
        let mut days = |key| {
            let days: Option<Days> = fields.take(key).and_then(|node| node.read("\"30 days\"", findings));
            days.map(|days| days.0.min(MOST_DAYS))
        };
        let (hiring_days, training_days) = (days("hiring"), days("training"));
        let shift_max = fields.take("shift_max");
        let shift_max_ms = shift_max.and_then(|node| shift_length(node, findings)).unwrap_or(8 * 3_600_000);
        let shifts =
            shapes.and_then(|node| node.list(findings)).map_or_else(Vec::new, |nodes| shift::shapes(nodes, findings));
        let (mut part_time, mut week) = (None, None);
        if shapes.is_some() {
            shift::refuse_guesses(&mut fields, findings);
            part_time = fields.take("part_time").and_then(|node| shift::part_time(node, &shifts, findings));
            week = fields.take("week").and_then(|node| shift::week(node, &shifts, findings));
        } else {
            shift::refuse_without_shifts(&mut fields, findings);
        }
        let shared = fields.take("shared").and_then(|node| Shared::read(node, findings));
        let chats = fields.take("chats").and_then(|node| slowdown(node, findings)).unwrap_or_else(|| vec![1.0]);
        let people = fields.take("people").and_then(|node| People::read(node, findings));
        let outages = fields.take("outages").and_then(|node| Outages::read(node, findings));
        let resolved_measured = name(&mut fields, "resolved_measured", findings);
        let source = name(&mut fields, "source", findings);
        if Exact::ratio(95, 100).is_some_and(|limit| limit < shrinkage) {
            let place = fields.take("shrinkage").map_or(node.span.clone(), |node| node.span.clone());
            let help = format!("write a share of paid time up to {most}");
            findings.error("B007", &place, "nobody would ever be on the phone", help);
        }
        if hours_a_month <= Exact::zero() {
            let place = fields.take("hours_a_month").map_or(node.span.clone(), |node| node.span.clone());
            findings.error("B007", &place, "a full-time agent works no hours", "write hours above 0");
        }
        not_covered(&mut fields, &[("agents", "teams are sized for their target; see `staffed`")], findings);
        fields.finish(findings);
        let team = Team {
            name: team,
            provider,
            site,
            languages,
            staffed,
            resolved,
            resolved_measured,
            talk,
            hold,
            wrap,
            shrinkage,
            shift_inefficiency,
            hours_a_month,
            turnover,
            hiring_days,
            training_days,
            shift_max_ms,
            shifts,
            part_time,
            week,
            chats,
            people,
            outages,
            shared,
        };
        team.assume(source.as_deref().unwrap_or("given in the option's file without a source"), of_others, assumptions);
        Some(team)
    }

    /// Lists what the option says of this team, where it was not filled in: it decides the result and was not measured
    /// here. `of_others` is how many assumptions there were before this team's.
    fn assume(&self, source: &str, of_others: usize, assumptions: &mut Vec<Assumption>) {
        let percent = |share: f64| Exact::ratio((share * 10_000.0).round() as i128, 100).expect("100 is not 0");
        if let Some(by) = &self.resolved_measured {
            let share = format!("{}%", percent(self.resolved));
            assumptions.push(Assumption::of(&self.name, &RESOLVED.what, share, format!("measured: {by}")));
        }
        let mut add = |what: &str, value: String| {
            let stated = Assumption::of(&self.name, what, value, source);
            if !assumptions[of_others..].iter().any(|assumption| assumption.what == stated.what) {
                assumptions.push(stated);
            }
        };
        add(&RESOLVED.what, format!("{}%", percent(self.resolved)));
        add(&SHRINKAGE.what, format!("{}%", &self.shrinkage * &Exact::from(100u64)));
        if self.shifts.is_empty() {
            add(&SHIFT_INEFFICIENCY.what, format!("{}%", &self.shift_inefficiency * &Exact::from(100u64)));
        }
        add(&TURNOVER.what, format!("{}%", &self.turnover * &Exact::from(100u64)));
        let factors = [self.talk, self.hold, self.wrap].map(|factor| format!("{}%", percent(factor)));
        add("talk, hold and wrap of what the program says", factors.join(", "));
        if self.staffed != 1.0 {
            add("agents of what the target takes", format!("{}%", percent(self.staffed)));
        }
        if let Some(people) = &self.people {
            add("days missed without anybody standing in", format!("{:.1}%", people.absence * 100.0));
            add("days for which a position stays empty", format!("{:.0}", people.vacant_ms as f64 / 86_400_000.0));
            if let Some((_, factor)) = people.learning.first() {
                add("handle time of who is new", format!("{:.0}%", factor * 100.0));
            }
        }
        if 1 < self.chats.len() {
            let factors: Vec<String> = self.chats.iter().map(|factor| format!("{:.0}%", factor * 100.0)).collect();
            add("how much longer a chat takes with one, two, … at once", factors.join(", "));
        }
        if let Some(shared) = &self.shared {
            add("our share of the shared pool's work", format!("{}%", percent(shared.our_share)));
            let hours = "at the hours of ours, without our season".to_owned();
            add("when other clients' customers call the pool", hours);
        }
        if let Some(outages) = &self.outages {
            let value = format!("{} a year of {:.0} minutes", outages.a_year, outages.length_ms / 60_000.0);
            assumptions.push(Assumption::of(&self.name, "outages", value, &outages.source));
        }
    }
}

struct TeamReader<'r> {
    team: &'r str,
    assumptions: &'r mut Vec<Assumption>,
    findings: &'r mut Findings,
}

impl TeamReader<'_> {
    fn number(&mut self, fields: &mut Fields<'_>, key: &'static str, fact: &Fact) -> f64 {
        match fields.take(key) {
            Some(node) => node.number(0.0, 1.0, self.findings).unwrap_or(fact.value),
            None => {
                self.assumptions.push(fact.assumed(self.team));
                fact.value
            }
        }
    }

    /// A share that money depends on, of at most `most`: `"30%"` is exactly 3/10, and so is `"0.3"`.
    fn share(&mut self, fields: &mut Fields<'_>, key: &'static str, fact: &Fact, most: u64) -> Exact {
        match fields.take(key) {
            Some(node) => exact_share(node, most, self.findings).unwrap_or_else(Exact::zero),
            None => {
                self.assumptions.push(fact.assumed(self.team));
                fact.exact()
            }
        }
    }

    fn exact(&mut self, fields: &mut Fields<'_>, key: &'static str, fact: &Fact) -> Exact {
        match fields.take(key) {
            Some(node) => node.exact_not_negative(self.findings).unwrap_or_else(Exact::one),
            None => {
                self.assumptions.push(fact.assumed(self.team));
                fact.exact()
            }
        }
    }
}

/// An exact share from 0 to `most`: `"30%"`, or `"0.3"` as a plain number. Who writes 30 means the former.
pub(crate) fn exact_share(node: &Node, most: u64, findings: &mut Findings) -> Option<Exact> {
    let percent = matches!(&node.value, longshore_document::Value::Text(text) if text.trim_end().ends_with('%'));
    let share = if percent { hundredths(&node.percent(findings)?) } else { node.exact(findings)? };
    if share.is_negative() {
        findings.error("T007", &node.span, "this share is below 0", "write a share of at least 0%");
        return None;
    }
    if Exact::from(most) < share {
        let help = if percent { format!("write at most {}%", 100 * most) } else { format!("write \"{share}%\"") };
        findings.error("T007", &node.span, format!("this share is above {}%", 100 * most), help);
        return None;
    }
    Some(share)
}

pub(crate) fn hundredths(percent: &Exact) -> Exact {
    percent * &Exact::ratio(1, 100).expect("100 is not 0")
}

fn handle_factors(node: Option<&Node>, findings: &mut Findings) -> (f64, f64, f64) {
    let Some(mut fields) = node.and_then(|node| Fields::of(node, findings)) else { return (1.0, 1.0, 1.0) };
    let mut factor = |key| fields.take(key).and_then(|node| node.number(0.1, 10.0, findings)).unwrap_or(1.0);
    let factors = (factor("talk"), factor("hold"), factor("wrap"));
    fields.finish(findings);
    factors
}

/// `{ slowdown = ["100%", "125%", "160%"] }`: as many as an agent takes at once.
fn slowdown(node: &Node, findings: &mut Findings) -> Option<Vec<f64>> {
    let mut fields = Fields::of(node, findings)?;
    let factors =
        fields.require("slowdown", "how long a chat takes with one, two, … at once: [\"100%\", \"125%\"]", findings);
    fields.finish(findings);
    let (place, nodes) = (&factors?.span, factors?.list(findings)?);
    let factors: Vec<f64> = nodes.iter().filter_map(|node| node.number(1.0, 20.0, findings)).collect();
    let grows = factors.windows(2).all(|pair| pair[0] <= pair[1]);
    if factors.len() == nodes.len() && (factors.first() != Some(&1.0) || !grows || 20 < factors.len()) {
        let help = "begin with 100% for a chat alone; each more at once takes at least as long; at most 20 at once";
        findings.error("B007", place, "these figures are no slowdown", help);
        return None;
    }
    (factors.len() == nodes.len()).then_some(factors)
}

fn shift_length(node: &Node, findings: &mut Findings) -> Option<i64> {
    let length = node.milliseconds(findings)?;
    if !(3_600_000..=16 * 3_600_000).contains(&length.0) {
        findings.error("B007", &node.span, format!("nobody works shifts of {length}"), "write from 1h to 16h");
        return None;
    }
    i64::try_from(length.0).ok()
}

impl Shared {
    fn read(node: &Node, findings: &mut Findings) -> Option<Shared> {
        let mut fields = Fields::of(node, findings)?;
        let our_share = fields.require("our_share", "our share of the pool's work: \"20%\"", findings);
        let our_share = our_share.and_then(|node| node.number(0.01, 0.99, findings)).unwrap_or(0.5);
        let handle = fields.require("handle", "how long the others' contacts take: \"4m\"", findings);
        let handle_ms = handle.and_then(|node| duration(node, LONGEST_HANDLE_MS, findings));
        let handle_ms = handle_ms.map_or(1.0, |mean| mean.max(1) as f64);
        let target = fields.require("target", "the service for which the pool is staffed: \"80% in 30s\"", findings);
        let target = target.and_then(|node| target_of(node, findings)).unwrap_or(Target { share: 0.8, within_ms: 0 });
        fields.finish(findings);
        Some(Shared { our_share, handle_ms, target })
    }
}
