//! A measure under its own definition: its ten choices as a formula over facts.

use longshore_contacts::{AgentState, Table};
use longshore_contract::{Choice, LevelUnit, MeasureTerm, Target};
use longshore_units::Exact;

use crate::class::ClassSet;
use crate::dimension::{Dimension, TimeUnit};
use crate::fact::{Attribution, Fact, Filter, Flag, Form, Kind, Marks, Parts, Start, Stop, Value};
use crate::figure::{Figure, Formula, Ratio, Sampled, Together, Unit, Why};
use crate::plan::Plan;
use crate::program::{Asked, ProgramError};

/// The longest windows and thresholds are cut to: as good as none.
const LONGEST: u64 = 1 << 50;

/// A measure's figure. What no record can answer is a figure too: it says why.
pub(crate) fn figure(plan: &mut Plan, asked: &Asked) -> Result<Figure, ProgramError> {
    let unit = match asked.measure.preset.unit {
        LevelUnit::Percent => Unit::Share,
        LevelUnit::Seconds => Unit::Seconds,
        LevelUnit::Number => Unit::Number,
    };
    let mut reading = Definition::of(plan, asked)?;
    let table = reading.table();
    let formula = match reading.formula(plan)? {
        Ok(formula) => formula,
        Err(why) => Formula::Never(why),
    };
    let formula = match formula {
        Formula::Ratio(mut ratio) => {
            ratio.empty = empty(&asked.measure, asked.target.as_ref());
            match reading.together {
                None => Formula::Ratio(ratio),
                Some(together) => over(ratio, together, asked),
            }
        }
        formula if reading.together.is_none() => formula,
        Formula::Never(why) => Formula::Never(why),
        _ => Formula::Never(Why::Choices("it is one value of all days: no mean of days or intervals")),
    };
    Ok(Figure { name: asked.name.clone(), unit, table, formula })
}

fn over(ratio: Ratio, together: Together, asked: &Asked) -> Formula {
    match (together, &asked.target) {
        (Together::ShareMet(_), None) => Formula::Never(Why::Needs("target")),
        (Together::ShareMet(_), Some(target)) if target.unit != LevelUnit::Percent => Formula::Never(Why::Choices(
            "a share of days or intervals cannot be compared with a target that is no share",
        )),
        (together, target) => Formula::Over { ratio, together, target: target.clone() },
    }
}

/// What the measure comes to where there is nothing to divide by. A target is met by itself; a share that misses it is the
/// worst one. The worst time there is none.
fn empty(measure: &MeasureTerm, target: Option<&Target>) -> Option<Exact> {
    let target = target?;
    match measure.choice(Choice::Empty) {
        "met" => Some(target.at.clone()),
        "missed" => match (target.more_is_better, target.unit) {
            (true, _) => Some(Exact::zero()),
            (false, LevelUnit::Percent) => Some(Exact::one()),
            (false, _) => None,
        },
        _ => None,
    }
}

/// A measure with its choices read.
struct Definition<'a> {
    asked: &'a Asked,
    start: Start,
    /// Whether messages may come in at hours in which the clock stands: then they count, and it starts later.
    creation: bool,
    stop: Stop,
    calendar: Option<usize>,
    /// Those that it looks at.
    population: ClassSet,
    together: Option<Together>,
}

/// What a choice of words comes to: a formula, or why there is none.
type Read<T> = Result<T, Why>;

impl<'a> Definition<'a> {
    fn of(plan: &mut Plan, asked: &'a Asked) -> Result<Definition<'a>, ProgramError> {
        let choice = |choice| asked.measure.choice(choice);
        let start = match choice(Choice::ClockStart) {
            "arrival" | "creation" => Start::Arrival,
            "answer" => Start::Answer,
            _ => Start::Offer,
        };
        let stop = match choice(Choice::ClockStop) {
            "end" | "solution" => Stop::End,
            "first reply" => Stop::Answer,
            _ => Stop::Exit,
        };
        let calendar = match choice(Choice::Calendar) {
            "always" => None,
            name => Some(plan.calendar(name)?),
        };
        let interval = TimeUnit::Interval(plan.program().step);
        let together = match choice(Choice::Aggregation) {
            "mean of days" => Some(Together::Mean(TimeUnit::Day)),
            "mean of intervals" => Some(Together::Mean(interval)),
            "share of days met" => Some(Together::ShareMet(TimeUnit::Day)),
            "share of intervals met" => Some(Together::ShareMet(interval)),
            _ => None,
        };
        let population = match choice(Choice::Population) {
            "all attempts" => ClassSet::ATTEMPTS,
            "offered" | "waiting" => ClassSet::QUEUED,
            "abandoned" => ClassSet::ABANDONED,
            _ => ClassSet::ANSWERED,
        };
        let creation = choice(Choice::ClockStart) == "creation";
        Ok(Definition { asked, start, creation, stop, calendar, population, together })
    }

    fn choice(&self, choice: Choice) -> &'a str {
        self.asked.measure.choice(choice)
    }

    /// The table it is measured from.
    fn table(&self) -> Table {
        match self.choice(Choice::Population) {
            "agent time" if self.choice(Choice::Numerator) == "productive hours" => Table::Schedule,
            "agent time" => Table::AgentTime,
            "agents" => Table::Agents,
            "hours of service" => Table::Outages,
            _ => Table::Contacts,
        }
    }

    fn formula(&mut self, plan: &mut Plan) -> Result<Read<Formula>, ProgramError> {
        let ratio = match (self.choice(Choice::Population), self.choice(Choice::Numerator)) {
            ("evaluated", _) | (_, "points reached") => return Ok(Err(Why::NotHeld("evaluations of contacts"))),
            ("test calls", _) | (_, "passed") => return Ok(Err(Why::NotHeld("test calls"))),
            (_, "time in schedule") => return Ok(Err(Why::NotHeld("a schedule of each agent"))),
            ("hours of service", _) => {
                plan.outages = true;
                let only_time = plan.program().by.iter().all(|by| matches!(by, Dimension::Time(_)));
                return Ok(if only_time {
                    Ok(Formula::Uptime { calendar: self.calendar })
                } else {
                    Err(Why::NotByGroup("outages"))
                });
            }
            ("agents", _) => return Ok(self.attrition(plan)),
            ("agent time", "productive hours") => self.staffing(plan),
            ("agent time", _) => self.occupancy(plan),
            ("surveyed", _) => self.survey(plan),
            (_, numerator) => match numerator {
                "within threshold" | "below threshold" | "within threshold, abandons too" => self.in_time(plan),
                "abandoned" | "abandoned, timed out too" | "blocked" => self.left(plan),
                "wait" | "wait and ring" | "talk, hold and wrap" | "talk and hold" | "time of solution" => {
                    self.time(plan)
                }
                "resolved" => self.flag(plan, Flag::Resolved),
                "transferred" => self.flag(plan, Flag::TransferredOut),
                "without repeat" | "repeated" => self.repeat(plan),
                _ => Err(Why::Choices("this population has no such numerator")),
            },
        };
        Ok(ratio.map(Formula::Ratio))
    }

    /// A fact of its rows, attributed as it says. `arrivals`: the rows that came, not what became of them.
    fn fact(&self, plan: &mut Plan, classes: ClassSet, arrivals: bool, kind: Kind) -> usize {
        let attribution = match self.choice(Choice::Attribution) {
            "event" if !arrivals => Attribution::Event,
            _ => self.start.attribution(),
        };
        let inner = self.together.map(|together| Dimension::Time(together.unit()));
        let grouping = plan.grouping(attribution, inner);
        let filter = plan.filter(Filter {
            select: self.asked.when.clone(),
            // Nobody waits in a call that an agent makes; handling it is work like any other.
            outbound: self.start == Start::Answer,
            solved: self.choice(Choice::Population) == "solved",
            messages: false,
            // A caller at night finds the line closed and is no one's miss. A message waits until the doors open.
            calendar: self.calendar.filter(|_| !self.creation),
        });
        plan.fact(Fact { grouping, filter, classes, kind })
    }

    /// Its clock. Time that a contact ringed at an agent is a part of it, unless `less_ring`.
    fn clock(&self, plan: &mut Plan, less_ring: bool) -> usize {
        plan.value(Value::Clock { start: self.start, stop: self.stop, calendar: self.calendar, less_ring })
    }

    fn threshold(&self) -> Read<i64> {
        let threshold = self.asked.measure.threshold.ok_or(Why::Needs("threshold"))?;
        Ok(threshold.0.min(LONGEST) as i64)
    }

    fn short(&self) -> Option<i64> {
        self.asked.measure.short_abandons.map(|short| short.0.min(LONGEST) as i64)
    }

    /// The classes it divides by.
    fn below(&self) -> Read<ClassSet> {
        let classes = match self.choice(Choice::Denominator) {
            "answered" => ClassSet::ANSWERED,
            "answered and abandoned"
            | "answered and abandoned, less abandons within threshold"
            | "answered and abandoned, less short abandons" => ClassSet::ANSWERED.or(ClassSet::ABANDONED),
            "all in queue" => ClassSet::QUEUED,
            "all attempts" => ClassSet::ATTEMPTS,
            "all in the population" => self.population,
            _ => return Err(Why::Choices("the numerator and the denominator do not go together")),
        };
        let classes = classes.and(self.population);
        if classes.is_empty() {
            Err(Why::Choices("nobody in the population is in the denominator"))
        } else {
            Ok(classes)
        }
    }

    /// Whether it divides by those who came rather than by what became of them.
    fn divides_by_arrivals(&self) -> bool {
        matches!(self.choice(Choice::Denominator), "all in queue" | "all attempts" | "all in the population")
    }

    /// The abandons that the denominator leaves out: those not longer than this.
    fn left_out(&self) -> Read<Option<i64>> {
        let by_denominator = match self.choice(Choice::Denominator) {
            "answered and abandoned, less abandons within threshold" => Some(self.threshold()?),
            "answered and abandoned, less short abandons" => Some(self.short().ok_or(Why::Needs("short_abandons"))?),
            _ => None,
        };
        Ok(by_denominator.max(self.short()))
    }

    /// Service levels, and first replies and solutions in time.
    fn in_time(&self, plan: &mut Plan) -> Read<Ratio> {
        let threshold = self.threshold()?;
        let limit = if self.choice(Choice::Numerator) == "below threshold" { threshold - 1 } else { threshold };
        let abandons_too = self.choice(Choice::Numerator) == "within threshold, abandons too";
        let (below, left_out, arrivals) = (self.below()?, self.left_out()?, self.divides_by_arrivals());
        let clock = self.clock(plan, false);
        let timed = |definition: &Self, plan: &mut Plan, classes: ClassSet, arrivals: bool, mut cuts: Vec<i64>| {
            cuts.sort_unstable();
            cuts.dedup();
            definition.fact(plan, classes, arrivals, Kind::Time { value: clock, cuts })
        };
        let answered = below.and(ClassSet::ANSWERED);
        let abandoned = below.and(ClassSet::ABANDONED);
        let in_time = timed(self, plan, answered, false, vec![limit]);
        let (mut above, mut unknown) = (plan.up_to(in_time, limit), Form::default());
        // What is divided by stands where the denominator attributes it, and leaves out what cannot be judged.
        let all = timed(self, plan, answered, arrivals, vec![limit]);
        let mut divisor = plan.known(all);
        unknown = unknown.plus(plan.unknown(all));
        if !abandoned.is_empty() {
            let cuts: Vec<i64> = [limit].into_iter().chain(left_out).collect();
            if abandons_too {
                let met = timed(self, plan, abandoned, false, cuts.clone());
                let short = left_out.map_or(Form::default(), |short| plan.up_to(met, short.min(limit)));
                above = above.plus(plan.up_to(met, limit)).minus(short);
            }
            if abandons_too || left_out.is_some() {
                let all = timed(self, plan, abandoned, arrivals, cuts);
                let short = left_out.map_or(Form::default(), |short| plan.up_to(all, short));
                divisor = divisor.plus(plan.known(all)).minus(short);
                unknown = unknown.plus(plan.unknown(all));
            } else {
                let all = self.fact(plan, abandoned, arrivals, Kind::Count);
                divisor = divisor.plus(plan.count(all));
            }
        }
        let others = below.without(answered).without(abandoned);
        if !others.is_empty() {
            let others = self.fact(plan, others, arrivals, Kind::Count);
            divisor = divisor.plus(plan.count(others));
        }
        Ok(Ratio::new(above, divisor).but_for(unknown, "how long contacts waited"))
    }

    /// Abandonment and blocking: shares of those who came to nothing.
    fn left(&self, plan: &mut Plan) -> Read<Ratio> {
        let counted = match self.choice(Choice::Numerator) {
            "abandoned" => ClassSet::ABANDONED,
            "abandoned, timed out too" => ClassSet::ABANDONED.or(ClassSet::TIMED_OUT),
            _ => ClassSet::BLOCKED,
        };
        let (below, left_out, arrivals) = (self.below()?, self.left_out()?, self.divides_by_arrivals());
        let counted = counted.and(below);
        let Some(short) = left_out else {
            let above = self.fact(plan, counted, false, Kind::Count);
            let all = self.fact(plan, below, arrivals, Kind::Count);
            return Ok(Ratio::new(plan.count(above), plan.count(all)));
        };
        let clock = self.clock(plan, false);
        let abandons = below.and(ClassSet::ABANDONED);
        let timed = |plan: &mut Plan, arrivals| {
            self.fact(plan, abandons, arrivals, Kind::Time { value: clock, cuts: vec![short] })
        };
        let (mut above, late) = (Form::default(), timed(plan, false));
        if !counted.and(abandons).is_empty() {
            above = plan.known(late).minus(plan.up_to(late, short));
        }
        let others = counted.without(abandons);
        if !others.is_empty() {
            let others = self.fact(plan, others, false, Kind::Count);
            above = above.plus(plan.count(others));
        }
        let all = timed(plan, arrivals);
        let others = self.fact(plan, below.without(abandons), arrivals, Kind::Count);
        let divisor = plan.known(all).minus(plan.up_to(all, short)).plus(plan.count(others));
        Ok(Ratio::new(above, divisor).but_for(plan.unknown(all), "how long contacts waited"))
    }

    /// Means of times.
    fn time(&self, plan: &mut Plan) -> Read<Ratio> {
        let work = Parts { talk: true, hold: true, ..Parts::default() };
        // A queue's own wait is what the records say it was, over all legs; any other clock goes from instant to instant.
        let own = self.start == Start::Offer && self.stop == Stop::Exit && self.calendar.is_none();
        let (value, what) = match self.choice(Choice::Numerator) {
            "wait" if own => (Value::Parts(Parts { wait: true, ..Parts::default() }), "how long contacts waited"),
            "wait and ring" if own => (
                Value::Parts(Parts { wait: true, ring: true, ..Parts::default() }),
                "how long contacts waited and rang",
            ),
            "talk and hold" => (Value::Parts(work), "how long talk and hold were"),
            "talk, hold and wrap" => (Value::Parts(Parts { wrap: true, ..work }), "how long talk, hold and wrap were"),
            numerator => {
                let stop = if numerator == "time of solution" { Stop::End } else { self.stop };
                let (start, calendar) = (self.start, self.calendar);
                (Value::Clock { start, stop, calendar, less_ring: numerator == "wait" }, "from when to when it was")
            }
        };
        let value = plan.value(value);
        let fact = self.fact(plan, self.below()?, false, Kind::Time { value, cuts: Vec::new() });
        Ok(Ratio::seconds(plan.sum(fact), plan.known(fact)).but_for(plan.unknown(fact), what))
    }

    fn flag(&self, plan: &mut Plan, flag: Flag) -> Read<Ratio> {
        let (column, what) = match flag {
            Flag::Resolved => ("resolved", "whether contacts were resolved"),
            Flag::TransferredOut => ("transferred_out", "whether contacts were handed on"),
        };
        if !plan.knows(column) {
            return Err(Why::NotSaid(what));
        }
        let fact = self.fact(plan, self.below()?, false, Kind::Flag(flag));
        Ok(Ratio::new(plan.part(fact, 0..1), plan.part(fact, 0..2)).but_for(plan.part(fact, 2..3), what))
    }

    fn repeat(&self, plan: &mut Plan) -> Read<Ratio> {
        let what = "who the customer was";
        if !plan.knows("repeat_after") {
            return Err(Why::NotSaid(what));
        }
        let within = self.asked.measure.within.ok_or(Why::Needs("within"))?;
        let window = i64::from(within.0) * 86_400_000;
        let value = plan.value(Value::Repeat("repeat_after"));
        let fact = self.fact(plan, self.below()?, false, Kind::Time { value, cuts: vec![window] });
        let came_back = plan.up_to(fact, window);
        let above = match self.choice(Choice::Numerator) {
            "repeated" => came_back,
            _ => plan.known(fact).minus(came_back),
        };
        Ok(Ratio::new(above, plan.known(fact)).but_for(plan.unknown(fact), what))
    }

    fn survey(&self, plan: &mut Plan) -> Read<Ratio> {
        let recommends = self.choice(Choice::Numerator) == "promoters less detractors";
        let marks = if recommends { Marks::Nps } else { Marks::Csat };
        if !plan.knows("csat") {
            return Err(Why::NotSaid("what customers answered"));
        }
        // Whoever answered was served, by an agent or not, in whatever direction.
        let inner = self.together.map(|together| Dimension::Time(together.unit()));
        let attribution =
            if self.choice(Choice::Attribution) == "event" { Attribution::Event } else { Attribution::Offer };
        let grouping = plan.grouping(attribution, inner);
        let calendar = self.calendar;
        let select = self.asked.when.clone();
        let filter = plan.filter(Filter { select, outbound: true, solved: false, messages: false, calendar });
        let fact = plan.fact(Fact { grouping, filter, classes: ClassSet::ALL, kind: Kind::Marks(marks) });
        survey(plan, fact, self.choice(Choice::Numerator), self.choice(Choice::Denominator))
    }

    fn occupancy(&self, plan: &mut Plan) -> Read<Ratio> {
        let fact = self.of_table(plan, Table::AgentTime, Kind::States)?;
        // A clock that starts at the answer does not run while it rings at the agent.
        let rings = self.start != Start::Answer;
        Ok(occupancy(plan, fact, rings))
    }

    fn staffing(&self, plan: &mut Plan) -> Read<Ratio> {
        let fact = self.of_table(plan, Table::Schedule, Kind::Hours)?;
        Ok(staffing(plan, fact))
    }

    fn attrition(&self, plan: &mut Plan) -> Read<Formula> {
        let fact = self.of_table(plan, Table::Agents, Kind::Register)?;
        Ok(Formula::Attrition { left: plan.part(fact, 1..2), days: plan.part(fact, 0..1) })
    }

    /// A fact of another table's rows.
    fn of_table(&self, plan: &mut Plan, table: Table, kind: Kind) -> Read<usize> {
        let inner = self.together.map(|together| Dimension::Time(together.unit()));
        if self.calendar.is_some() {
            return Err(Why::Choices("it is measured at all hours, not within a calendar"));
        }
        if !self.asked.when.criteria.is_empty() {
            return Err(Why::Choices("it is not told apart by what contacts are"));
        }
        of_table(plan, table, inner, kind)
    }
}

/// A fact of the rows of a table other than the contacts.
pub(crate) fn of_table(plan: &mut Plan, table: Table, inner: Option<Dimension>, kind: Kind) -> Read<usize> {
    let grouping = plan.grouping_of(table, inner).ok_or(Why::NotByGroup(table.name()))?;
    let select = longshore_contract::Select::default();
    let filter = plan.filter(Filter { select, outbound: true, solved: false, messages: false, calendar: None });
    Ok(plan.fact(Fact { grouping, filter, classes: ClassSet::ALL, kind }))
}

/// Serving, of productive time.
pub(crate) fn occupancy(plan: &Plan, fact: usize, rings: bool) -> Ratio {
    let serves = |state| match state {
        AgentState::Talking | AgentState::Holding | AgentState::Wrapping => true,
        AgentState::Ringing => rings,
        _ => false,
    };
    Ratio::new(plan.in_states(fact, serves), plan.in_states(fact, AgentState::is_productive))
}

/// Productive hours, of those asked for.
pub(crate) fn staffing(plan: &Plan, fact: usize) -> Ratio {
    let what = "which hours were asked for and worked";
    Ratio::new(plan.part(fact, 2..3), plan.part(fact, 0..1)).but_for(plan.part(fact, 3..4), what)
}

/// What marks come to.
pub(crate) fn survey(plan: &Plan, fact: usize, numerator: &str, denominator: &str) -> Read<Ratio> {
    let marks = |from: usize, to: usize| plan.part(fact, from..to + 1);
    let beyond_five = marks(0, 0).plus(marks(6, 11));
    let (above, below, beyond) = match numerator {
        "top two of five" => (marks(4, 5), marks(1, 5), (beyond_five, "from 1 to 5")),
        // Of five marks the middle one is neither good nor bad; where there are two, they are 0 and 1.
        "good" => (marks(4, 5), marks(1, 2).plus(marks(4, 5)), (beyond_five, "from 1 to 5")),
        "mark" => {
            let weighted = (1..=10).fold(Form::default(), |sum, mark| sum.plus(marks(mark, mark).times(mark as i64)));
            (weighted, marks(0, 10), (marks(11, 11), "from 0 to 10"))
        }
        "promoters less detractors" => (marks(9, 10).minus(marks(0, 6)), marks(0, 10), (marks(11, 11), "from 0 to 10")),
        _ => return Err(Why::Choices("surveys have no such numerator")),
    };
    let below = match denominator {
        "good and bad" if numerator != "good" => marks(1, 2).plus(marks(4, 5)),
        "all in the population" if numerator == "good" => marks(1, 5),
        "all in the population" | "good and bad" => below,
        _ => return Err(Why::Choices("surveys have no such denominator")),
    };
    let (times, sampled) = match numerator {
        "promoters less detractors" => {
            ((100, 1), Sampled::Recommendation { promoters: marks(9, 10), detractors: marks(0, 6) })
        }
        "mark" => {
            let square = |mark: usize| marks(mark, mark).times((mark * mark) as i64);
            ((1, 1), Sampled::Mean { squares: (1..=10).fold(Form::default(), |sum, mark| sum.plus(square(mark))) })
        }
        _ => ((1, 1), Sampled::Share),
    };
    Ok(Ratio { times, beyond: Some(beyond), sampled: Some(sampled), ..Ratio::new(above, below) })
}
