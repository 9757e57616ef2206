//! The standard set of figures: one list, in the order in which it is shown.

use longshore_contacts::{AgentState, Outcome, Table};
use longshore_contract::Select;

use crate::class::ClassSet;
use crate::definition::{occupancy, of_table, staffing, survey};
use crate::dimension::{Dimension, Name};
use crate::fact::{Attribution, Fact, Filter, Flag, Form, Kind, Marks, Parts, Start, Stop, Value};
use crate::figure::{Figure, Formula, Ratio, Unit, Why};
use crate::plan::Plan;
use crate::program::{Family, ProgramError, RowGrain, Standard};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Within which time customers who come back are asked for, each with its name.
const WINDOWS: [(&str, i64); 7] = [
    ("1h", HOUR),
    ("4h", 4 * HOUR),
    ("1d", DAY),
    ("3d", 3 * DAY),
    ("7d", 7 * DAY),
    ("14d", 14 * DAY),
    ("30d", 30 * DAY),
];

/// A way to say that a customer came back, as a column of contacts that says after how many milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// The figures' names, before the window.
    pub name: &'static str,
    /// The column. Only the first is one of the table: the others are annotated for the standard set, and where they are
    /// missing it is not measured.
    pub column: &'static str,
    /// Whether the next contact counts only if it was answered.
    pub answered: bool,
    /// Whether the window runs from the contact's own beginning, and not from its end.
    pub from_begin: bool,
}

/// The ways in which the standard set looks at customers who come back.
pub const REPEATS: [Repeats; 4] = [
    Repeats { name: "no_repeat", column: "repeat_after", answered: false, from_begin: false },
    Repeats { name: "no_answered_repeat", column: "answered_after", answered: true, from_begin: false },
    Repeats { name: "no_repeat_since_arrival", column: "repeat_after_begin", answered: false, from_begin: true },
    Repeats {
        name: "no_answered_repeat_since_arrival",
        column: "answered_after_begin",
        answered: true,
        from_begin: true,
    },
];

/// Abandons that are shorter are left out: how some systems count theirs, each with its name and the longest of these.
const SHORT: [(&str, i64); 3] = [("3s", 2999), ("5s", 4999), ("10s", 9999)];

const WAITED: &str = "how long contacts waited";

/// The figures of the standard set.
pub(crate) fn figures(plan: &mut Plan, standard: &Standard) -> Result<Vec<Figure>, ProgramError> {
    let mut set = Set { plan, figures: Vec::new() };
    set.outcomes();
    for family in &standard.families {
        match family {
            Family::Service => set.service(standard),
            Family::Waits => set.waits(),
            Family::Handling => set.handling(),
            Family::Returns => set.returns(),
            Family::Replies => set.replies(standard)?,
            Family::Backlog => set.backlog(),
            Family::Surveys => set.surveys(),
            Family::Reasons => set.reasons(),
            Family::Agents => set.agents(),
            Family::Downtime => set.downtime(),
        }
    }
    Ok(set.figures)
}

/// The grouping of reasons, and the slot that counts rows. None where they were not asked for.
pub(crate) fn reasons(plan: &Plan) -> Option<(usize, usize)> {
    let standard = plan.program.standard.as_ref()?;
    let last = plan.program.by.len();
    let by_reason = |grouping: usize| {
        let keys = &plan.groupings[grouping].keys;
        keys.len() == last + 1 && keys[last] == Dimension::Name(Name::Reason)
    };
    let fact = plan.facts.iter().position(|fact| by_reason(fact.grouping) && fact.kind == Kind::Count)?;
    standard.families.contains(&Family::Reasons).then(|| (plan.facts[fact].grouping, plan.slots[fact]))
}

struct Set<'p> {
    plan: &'p mut Plan,
    figures: Vec<Figure>,
}

/// Which rows: those of customers who wait, or all that were worked on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Waiting,
    All,
    Messages,
}

impl Set<'_> {
    fn push(&mut self, name: impl Into<String>, unit: Unit, table: Table, formula: Formula) {
        self.figures.push(Figure { name: name.into(), unit, table, formula });
    }

    fn of_rows(&mut self, name: impl Into<String>, unit: Unit, formula: Formula) {
        let table = self.plan.table();
        self.push(name, unit, table, formula);
    }

    fn share(&mut self, name: impl Into<String>, ratio: Ratio) {
        self.of_rows(name, Unit::Share, Formula::Ratio(ratio));
    }

    fn mean(&mut self, name: impl Into<String>, fact: usize, what: &'static str) {
        let ratio = Ratio::seconds(self.plan.sum(fact), self.plan.known(fact));
        let ratio = ratio.but_for(self.plan.unknown(fact), what);
        self.of_rows(name, Unit::Seconds, Formula::Ratio(ratio));
    }

    fn count(&mut self, name: impl Into<String>, form: Form) {
        self.of_rows(name, Unit::Contacts, Formula::Count(form));
    }

    fn fact(&mut self, of: Of, classes: ClassSet, kind: Kind) -> usize {
        let grouping = self.plan.grouping(Attribution::Offer, None);
        let filter = self.plan.filter(Filter {
            select: Select::default(),
            outbound: of == Of::All,
            solved: false,
            messages: of == Of::Messages,
            calendar: None,
        });
        self.plan.fact(Fact { grouping, filter, classes, kind })
    }

    fn time(&mut self, of: Of, classes: ClassSet, value: Value, cuts: &[i64]) -> usize {
        let value = self.plan.value(value);
        let mut cuts = cuts.to_vec();
        cuts.sort_unstable();
        cuts.dedup();
        self.fact(of, classes, Kind::Time { value, cuts })
    }

    fn spectrum(&mut self, of: Of, classes: ClassSet, value: Value) -> usize {
        let value = self.plan.value(value);
        let fact = self.fact(of, classes, Kind::Spectrum { value });
        self.plan.spectrum(fact)
    }

    /// Median, ninth decile and longest.
    fn ranks(&mut self, name: &str, spectra: &[usize], unknown: &Form, what: &'static str) {
        for (rank, percent) in [("median", 50), ("p90", 90), ("max", 100)] {
            let formula = Formula::Quantile { spectra: spectra.to_vec(), percent, unknown: unknown.clone(), what };
            self.of_rows(format!("{name}_{rank}_s"), Unit::Seconds, formula);
        }
    }

    /// Every contact by what it came to.
    fn outcomes(&mut self) {
        let fact = self.fact(Of::Waiting, ClassSet::ALL, Kind::ByClass);
        let all = self.fact(Of::All, ClassSet::ALL, Kind::ByClass);
        let of = |plan: &Plan, classes: ClassSet| plan.of_classes(fact, classes);
        let contacts = self.plan.of_classes(all, ClassSet::ALL);
        let inbound = of(self.plan, ClassSet::ALL);
        self.count("contacts", contacts.clone());
        self.count("outbound", contacts.minus(inbound));
        let offered = of(self.plan, ClassSet::QUEUED.or(ClassSet::OPEN));
        self.count("offered", offered);
        for outcome in Outcome::ALL {
            let form = of(self.plan, ClassSet::of(&[*outcome]));
            self.count(outcome.as_str(), form);
        }
        for (name, classes) in [("blocked", ClassSet::BLOCKED), ("open", ClassSet::OPEN)] {
            let form = of(self.plan, classes);
            self.count(name, form);
        }
        let handled = self.plan.of_classes(all, ClassSet::ANSWERED.or(ClassSet::CALLED_BACK));
        self.count("handled", handled);
    }

    /// The time from the offer to the answer, or to the end of the wait: it rings in it too.
    fn wait() -> Value {
        Value::Clock { start: Start::Offer, stop: Stop::Exit, calendar: None, less_ring: false }
    }

    fn service(&mut self, standard: &Standard) {
        let longest = 1u64 << 50;
        let threshold = standard.threshold.0.min(longest) as i64;
        // Whoever hangs up after exactly so long has waited.
        let short = standard.short.0.min(longest) as i64 - 1;
        let cuts: Vec<i64> =
            [threshold - 1, threshold, short].into_iter().chain(SHORT.map(|(_, short)| short)).collect();
        let answered = self.time(Of::Waiting, ClassSet::ANSWERED, Set::wait(), &[threshold - 1, threshold]);
        let abandoned = self.time(Of::Waiting, ClassSet::ABANDONED, Set::wait(), &cuts);
        let classes = self.fact(Of::Waiting, ClassSet::ALL, Kind::ByClass);
        let plan = &*self.plan;
        let (in_time, below) = (plan.up_to(answered, threshold), plan.up_to(answered, threshold - 1));
        let (known, known_abandoned) = (plan.known(answered), plan.known(abandoned));
        let up_to = |cut: i64| plan.up_to(abandoned, cut);
        let of = |classes_of: ClassSet| plan.of_classes(classes, classes_of);
        let unknown_answered = plan.unknown(answered);
        let unknown = unknown_answered.clone().plus(plan.unknown(abandoned));
        let left = of(ClassSet::ABANDONED);
        // Of those whose wait is not known nobody can say whether they waited too long: they are in none of these.
        let both = known.clone().plus(left.clone());
        let others = |all: ClassSet| known.clone().plus(of(all.without(ClassSet::ANSWERED)));
        let ratio = |above: &Form, below: Form, unknown: &Form| {
            Ratio::new(above.clone(), below).but_for(unknown.clone(), WAITED)
        };
        let both_known = known.clone().plus(known_abandoned.clone());
        let levels = [
            ("service_level_answered", ratio(&in_time, known.clone(), &unknown_answered)),
            ("service_level_answered_below", ratio(&below, known.clone(), &unknown_answered)),
            (
                "service_level_abandons_met",
                ratio(&in_time.clone().plus(up_to(threshold)), both_known.clone(), &unknown),
            ),
            ("service_level_abandons_ignored", ratio(&in_time, both_known.clone().minus(up_to(threshold)), &unknown)),
            ("service_level_without_short", ratio(&in_time, both_known.clone().minus(up_to(short)), &unknown)),
            ("service_level_offered", ratio(&in_time, both.clone(), &unknown_answered)),
            ("service_level_offered_below", ratio(&below, both.clone(), &unknown_answered)),
            ("service_level_with_flow_outs", ratio(&in_time, others(ClassSet::QUEUED), &unknown_answered)),
            ("service_level_with_blocked", ratio(&in_time, others(ClassSet::ATTEMPTS), &unknown_answered)),
        ];
        let pair = of(ClassSet::ANSWERED).plus(left.clone());
        let pair_known = of(ClassSet::ANSWERED).plus(known_abandoned.clone());
        let late = |cut: i64| {
            let above = known_abandoned.clone().minus(up_to(cut));
            ratio(&above, pair_known.clone().minus(up_to(cut)), &plan.unknown(abandoned))
        };
        let timed_out = left.clone().plus(of(ClassSet::TIMED_OUT));
        let mut shares: Vec<(String, Ratio)> = levels.map(|(name, ratio)| (name.to_owned(), ratio)).into();
        shares.push(("abandonment".to_owned(), Ratio::new(left.clone(), pair)));
        shares.push(("abandonment_without_short".to_owned(), late(short)));
        shares.extend(SHORT.map(|(name, cut)| (format!("abandonment_from_{name}"), late(cut))));
        shares.push((
            "abandonment_over_threshold".to_owned(),
            ratio(
                &known_abandoned.clone().minus(up_to(threshold)),
                pair_known.clone().minus(up_to(threshold)),
                &plan.unknown(abandoned),
            ),
        ));
        shares.push(("abandonment_of_entered".to_owned(), Ratio::new(left, of(ClassSet::QUEUED))));
        shares.push(("abandonment_timed_out_too".to_owned(), Ratio::new(timed_out, of(ClassSet::QUEUED))));
        shares.push(("blocking".to_owned(), Ratio::new(of(ClassSet::BLOCKED), of(ClassSet::ATTEMPTS))));
        shares.push(("answered_of_attempts".to_owned(), Ratio::new(of(ClassSet::ANSWERED), of(ClassSet::ATTEMPTS))));
        shares.into_iter().for_each(|(name, ratio)| self.share(name, ratio));
    }

    fn waits(&mut self) {
        let five_minutes = 5 * MINUTE;
        let without_ring = Value::Parts(Parts { wait: true, ..Parts::default() });
        let fact = self.time(Of::Waiting, ClassSet::ANSWERED, without_ring, &[]);
        self.mean("speed_of_answer_s", fact, WAITED);
        let fact = self.time(Of::Waiting, ClassSet::ANSWERED, Set::wait(), &[]);
        let unknown = self.plan.unknown(fact);
        self.mean("speed_of_answer_with_ring_s", fact, WAITED);
        let all = self.time(Of::Waiting, ClassSet::QUEUED, Set::wait(), &[five_minutes]);
        self.mean("wait_s", all, WAITED);
        let answered = self.spectrum(Of::Waiting, ClassSet::ANSWERED, Set::wait());
        let others = self.spectrum(Of::Waiting, ClassSet::QUEUED.without(ClassSet::ANSWERED), Set::wait());
        let unknown_of_all = self.plan.unknown(all);
        self.ranks("wait", &[answered, others], &unknown_of_all, WAITED);
        self.ranks("speed_of_answer", &[answered], &unknown, WAITED);
        let longer = self.plan.known(all).minus(self.plan.up_to(all, five_minutes));
        let ratio = Ratio::new(longer, self.plan.known(all)).but_for(self.plan.unknown(all), WAITED);
        self.share("waited_over_5min", ratio);
    }

    fn handling(&mut self) {
        let work = Parts { talk: true, hold: true, ..Parts::default() };
        let parts = [
            ("handle_time_s", Parts { wrap: true, ..work }, "how long talk, hold and wrap were"),
            ("handle_time_without_wrap_s", work, "how long talk and hold were"),
            ("talk_s", Parts { talk: true, ..Parts::default() }, "how long talk was"),
            ("hold_s", Parts { hold: true, ..Parts::default() }, "how long hold was"),
            ("wrap_s", Parts { wrap: true, ..Parts::default() }, "how long wrap was"),
            ("ring_s", Parts { ring: true, ..Parts::default() }, "how long it rang"),
        ];
        for (name, parts, what) in parts {
            let fact = self.time(Of::All, ClassSet::ANSWERED, Value::Parts(parts), &[]);
            self.mean(name, fact, what);
        }
        self.flag("transferred", Flag::TransferredOut, "whether contacts were handed on");
    }

    fn flag(&mut self, name: &str, flag: Flag, what: &'static str) {
        let column = if flag == Flag::Resolved { "resolved" } else { "transferred_out" };
        if !self.plan.knows(column) {
            return self.never(name, Unit::Share, Why::NotSaid(what));
        }
        let fact = self.fact(Of::All, ClassSet::ANSWERED, Kind::Flag(flag));
        let ratio = Ratio::new(self.plan.part(fact, 0..1), self.plan.part(fact, 0..2));
        let ratio = ratio.but_for(self.plan.part(fact, 2..3), what);
        self.share(name, ratio);
    }

    fn never(&mut self, name: impl Into<String>, unit: Unit, why: Why) {
        self.of_rows(name, unit, Formula::Never(why));
    }

    fn returns(&mut self) {
        self.flag("resolved", Flag::Resolved, "whether contacts were resolved");
        for Repeats { name, column, answered, .. } in REPEATS {
            let value = Value::Repeat(column);
            let cuts = WINDOWS.map(|(_, window)| window);
            let of_legs = self.plan.program.rows.grain == RowGrain::Leg;
            let fact = (!of_legs).then(|| self.time(Of::All, ClassSet::ANSWERED, value, &cuts));
            for (window_name, window) in WINDOWS {
                let name = format!("{name}_{window_name}");
                let Some(fact) = fact else {
                    self.never(name, Unit::Share, Why::NotSaid("who the customer was"));
                    continue;
                };
                let above = self.plan.known(fact).minus(self.plan.up_to(fact, window));
                let what = if answered { "when the customer was next answered" } else { "who the customer was" };
                let ratio = Ratio::new(above, self.plan.known(fact)).but_for(self.plan.unknown(fact), what);
                self.share(name, ratio);
            }
        }
    }

    fn replies(&mut self, standard: &Standard) -> Result<(), ProgramError> {
        // Of contacts the first reply, of legs each: one visit of a message is one reply.
        let name = match self.plan.program.rows.grain {
            RowGrain::Contact => "first_reply",
            RowGrain::Leg => "every_reply",
        };
        let clocks = match &standard.calendar {
            None => vec![(name.to_owned(), None)],
            Some(calendar) => {
                let calendar = self.plan.calendar(calendar)?;
                vec![(name.to_owned(), None), (format!("{name}_business"), Some(calendar))]
            }
        };
        for (name, calendar) in clocks {
            let start = Start::Arrival;
            let value = Value::Clock { start, stop: Stop::Answer, calendar, less_ring: false };
            let fact = self.time(Of::Messages, ClassSet::ANSWERED, value, &[HOUR, 4 * HOUR, DAY]);
            let what = "when messages were answered";
            self.mean(format!("{name}_s"), fact, what);
            let spectrum = self.spectrum(Of::Messages, ClassSet::ANSWERED, value);
            let unknown = self.plan.unknown(fact);
            self.ranks(&name, &[spectrum], &unknown, what);
            for (window, cut) in [("1h", HOUR), ("4h", 4 * HOUR), ("1d", DAY)] {
                let ratio = Ratio::new(self.plan.up_to(fact, cut), self.plan.known(fact));
                let ratio = ratio.but_for(self.plan.unknown(fact), what);
                self.share(format!("{name}_within_{window}"), ratio);
            }
        }
        Ok(())
    }

    fn backlog(&mut self) {
        if self.plan.program.rows.last.is_some() {
            let fact = self.time(Of::Waiting, ClassSet::ALL, Value::Age, &[DAY]);
            let all = self.plan.known(fact).plus(self.plan.unknown(fact));
            self.count("backlog", all);
            self.mean("backlog_age_s", fact, "since when contacts are open");
            let spectrum = self.spectrum(Of::Waiting, ClassSet::ALL, Value::Age);
            for (rank, percent) in [("median", 50), ("max", 100)] {
                let (spectra, unknown) = (vec![spectrum], self.plan.unknown(fact));
                let formula = Formula::Quantile { spectra, percent, unknown, what: "since when contacts are open" };
                self.of_rows(format!("backlog_age_{rank}_s"), Unit::Seconds, formula);
            }
            let old = self.plan.known(fact).minus(self.plan.up_to(fact, DAY));
            self.count("backlog_over_1d", old);
        } else {
            self.never("backlog", Unit::Contacts, Why::Needs("to"));
        }
        let back = self.time(Of::All, ClassSet::CALLED_BACK, Set::wait(), &[DAY]);
        let late = self.plan.known(back).minus(self.plan.up_to(back, DAY));
        self.count("callbacks_over_1d", late);
        self.mean("callback_s", back, "when customers were called back");
    }

    fn surveys(&mut self) {
        if !self.plan.knows("csat") {
            for (name, unit) in [("satisfaction", Unit::Share), ("recommendation", Unit::Number)] {
                self.never(name, unit, Why::NotSaid("what customers answered"));
            }
            return;
        }
        let csat = self.fact(Of::All, ClassSet::ALL, Kind::Marks(Marks::Csat));
        let nps = self.fact(Of::All, ClassSet::ALL, Kind::Marks(Marks::Nps));
        let all = self.fact(Of::All, ClassSet::ALL, Kind::ByClass);
        let answered = self.plan.of_classes(all, ClassSet::ANSWERED.or(ClassSet::CALLED_BACK));
        let answers = |plan: &Plan, fact: usize| plan.part(fact, 0..crate::fact::MARKS);
        let form = answers(self.plan, csat);
        self.count("satisfaction_answers", form.clone());
        self.share("satisfaction_response", Ratio { asked: true, ..Ratio::new(form, answered.clone()) });
        let read = |plan: &Plan, fact: usize, numerator: &str| {
            let denominator = if numerator == "good" { "good and bad" } else { "all in the population" };
            survey(plan, fact, numerator, denominator)
        };
        for (name, numerator, unit) in [
            ("satisfaction", "top two of five", Unit::Share),
            ("satisfaction_good", "good", Unit::Share),
            ("satisfaction_mean", "mark", Unit::Number),
        ] {
            let Ok(ratio) = read(self.plan, csat, numerator) else { continue };
            let (above, below) = (ratio.above.clone(), ratio.below.clone());
            self.of_rows(name, unit, Formula::Ratio(ratio));
            if numerator == "top two of five" {
                for (end, upper) in [("low", false), ("high", true)] {
                    let formula = Formula::Wilson { above: above.clone(), below: below.clone(), upper };
                    self.of_rows(format!("{name}_{end}"), unit, formula);
                }
            }
        }
        let form = answers(self.plan, nps);
        self.count("recommendation_answers", form.clone());
        self.share("recommendation_response", Ratio { asked: true, ..Ratio::new(form, answered) });
        if let Ok(ratio) = read(self.plan, nps, "promoters less detractors") {
            let (promoters, detractors) = (self.plan.part(nps, 9..11), self.plan.part(nps, 0..7));
            let below = ratio.below.clone();
            self.of_rows("recommendation", Unit::Number, Formula::Ratio(ratio));
            for (end, upper) in [("low", false), ("high", true)] {
                let formula = Formula::Recommendation {
                    promoters: promoters.clone(),
                    detractors: detractors.clone(),
                    below: below.clone(),
                    upper,
                };
                self.of_rows(format!("recommendation_{end}"), Unit::Number, formula);
            }
        }
    }

    fn reasons(&mut self) {
        if self.plan.knows("reason") {
            let grouping = self.plan.grouping(Attribution::Offer, Some(Dimension::Name(Name::Reason)));
            let (select, classes) = (Select::default(), ClassSet::ALL);
            let filter =
                self.plan.filter(Filter { select, outbound: true, solved: false, messages: false, calendar: None });
            self.plan.fact(Fact { grouping, filter, classes, kind: Kind::Count });
        }
    }

    fn agents(&mut self) {
        match of_table(self.plan, Table::AgentTime, None, Kind::States) {
            Ok(fact) => {
                let rings = occupancy(self.plan, fact, true);
                self.push("occupancy", Unit::Share, Table::AgentTime, Formula::Ratio(rings));
                let quiet = occupancy(self.plan, fact, false);
                let (busy, productive) = (quiet.above.clone(), quiet.below.clone());
                self.push("occupancy_without_ring", Unit::Share, Table::AgentTime, Formula::Ratio(quiet));
                let work = Parts { talk: true, hold: true, wrap: true, ..Parts::default() };
                let handled = self.time(Of::All, ClassSet::ANSWERED, Value::Parts(work), &[]);
                // Milliseconds of contacts over microseconds of agents.
                let ratio = Ratio { times: (1000, 1), ..Ratio::new(self.plan.sum(handled), busy) };
                let ratio = ratio.but_for(self.plan.unknown(handled), "how long talk, hold and wrap were");
                self.push("concurrency", Unit::Number, Table::AgentTime, Formula::Ratio(ratio));
                let logged_in = self.plan.in_states(fact, AgentState::is_logged_in);
                self.push("logged_in_h", Unit::Hours, Table::AgentTime, Formula::Count(logged_in));
                self.push("productive_h", Unit::Hours, Table::AgentTime, Formula::Count(productive));
            }
            Err(why) => {
                for name in ["occupancy", "concurrency"] {
                    self.push(name, Unit::Share, Table::AgentTime, Formula::Never(why.clone()));
                }
            }
        }
        match of_table(self.plan, Table::Schedule, None, Kind::Hours) {
            Ok(fact) => {
                let ratio = staffing(self.plan, fact);
                self.push("staffing", Unit::Share, Table::Schedule, Formula::Ratio(ratio));
            }
            Err(why) => self.push("staffing", Unit::Share, Table::Schedule, Formula::Never(why)),
        }
        match of_table(self.plan, Table::Agents, None, Kind::Register) {
            Ok(fact) => {
                let (left, days) = (self.plan.part(fact, 1..2), self.plan.part(fact, 0..1));
                self.push("attrition", Unit::Share, Table::Agents, Formula::Attrition { left, days });
            }
            Err(why) => self.push("attrition", Unit::Share, Table::Agents, Formula::Never(why)),
        }
    }

    fn downtime(&mut self) {
        let only_time = self.plan.program.by.iter().all(|by| matches!(by, Dimension::Time(_)));
        self.plan.outages |= only_time;
        for (name, unit, formula) in [
            ("downtime_h", Unit::Hours, Formula::Downtime),
            ("uptime", Unit::Share, Formula::Uptime { calendar: None }),
        ] {
            let formula = if only_time { formula } else { Formula::Never(Why::NotByGroup("outages")) };
            self.push(name, unit, Table::Outages, formula);
        }
    }
}
