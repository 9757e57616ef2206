//! Measures, reckoned slowly and plainly row by row: the kernel must agree, on any rows, under any choices, in any order and
//! any split.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, date};
use longshore_contacts::{Channel, ContactRow, Direction, Outcome, Table, contacts_batch};
use longshore_contract::{Choice, Criterion, Field, LevelUnit, MeasureTerm, Preset, Select, Target};
use longshore_measures::{
    Asked, Dimension, Family, Key, Plan, Program, Results, RowGrain, Rows, Standard, Step, Tally, TimeUnit,
};
use longshore_units::{Calendar, Days, Exact, Instant, Milliseconds, Zone};
use proptest::prelude::*;
use proptest::sample::select;

const SECOND: i64 = 1_000_000;

fn zone() -> Zone {
    Zone::named("America/New_York").unwrap()
}

fn calendar() -> Calendar {
    Calendar { days: None, hours: "08:30-17:00".parse().unwrap() }
}

/// The days that are looked at: the night in which clocks go back among them.
fn days() -> (Date, Date) {
    (date(2027, 11, 6), date(2027, 11, 9))
}

fn start() -> i64 {
    zone().start_of(date(2027, 11, 5)).unwrap().0
}

prop_compose! {
    fn row()(
        names in (0u32..1_000_000, select(vec!["sales", "help"]), prop::option::weighted(0.9, select(vec!["cebu", "other"]))),
        outcome in prop::option::weighted(0.95, select(Outcome::ALL)),
        kind in (prop::option::of(select(Channel::ALL)), prop::option::of(select(Direction::ALL)), any::<bool>()),
        came in (prop::option::weighted(0.8, 0i64..480_000), prop::option::weighted(0.9, 0i64..90)),
        times in (prop::option::weighted(0.9, prop_oneof![0i64..60, 0i64..4000]), prop::option::weighted(0.7, 0i64..10), prop::option::weighted(0.9, 0i64..400)),
        parts in (prop::option::weighted(0.9, 0i64..300), prop::option::weighted(0.8, 0i64..60), prop::option::weighted(0.8, 0i64..60)),
        flags in (prop::option::weighted(0.8, any::<bool>()), prop::option::of(any::<bool>()), prop::bool::weighted(0.05)),
        marks in (prop::option::of(0i32..7), prop::option::of(0i32..12)),
        back in (prop::bool::weighted(0.9), prop::option::of(0i64..2_000_000)),
    ) -> ContactRow {
        let (id, queue, provider) = names;
        let (channel, direction, precise) = kind;
        let (offered, arrived) = came;
        let (wait, ring, served) = times;
        // Some instants are off by parts of a second.
        let odd = if precise { 999_999 } else { 0 };
        let offered_at = offered.map(|at| start() + at * SECOND);
        let arrived_at = arrived.zip(offered).map(|(before, at)| start() + (at - before) * SECOND);
        let answered = outcome.is_none_or(|outcome| matches!(outcome, Outcome::Answered | Outcome::CallbackDone));
        let waited = wait.unwrap_or(7) + ring.unwrap_or(0);
        let answered_at = offered_at.filter(|_| answered).map(|at| at + waited * SECOND + odd);
        let ended_at = offered_at.zip(served).map(|(at, served)| at + (waited + served) * SECOND + odd);
        ContactRow {
            first_queue: Some(queue.to_owned()),
            channel,
            direction,
            customer: back.0.then(|| "someone".to_owned()),
            arrived_at: arrived_at.map(Instant),
            offered_at: offered_at.map(Instant),
            answered_at: answered_at.map(Instant),
            ended_at: ended_at.map(Instant),
            wait: wait.map(|wait| wait * 1000),
            ring: ring.map(|ring| ring * 1000),
            talk: parts.0.map(|talk| talk * 1000),
            hold: parts.1.map(|hold| hold * 1000),
            wrap: parts.2.map(|wrap| wrap * 1000),
            outcome,
            resolved: flags.0,
            transferred_out: flags.1,
            superseded_at: flags.2.then_some(Instant(0)),
            csat: marks.0,
            nps: marks.1,
            repeat_after: back.1.map(|after| after * 1000),
            ..ContactRow::of("pbx", format!("c{id}"), provider.unwrap_or("cebu"))
        }
    }
}

/// Measures that contacts answer, under choices of their own: such as go together, and such as do not.
fn asked() -> impl Strategy<Value = Asked> {
    let of_contacts: Vec<&'static Preset> = Preset::all()
        .iter()
        .filter(|preset| {
            let population = preset.choice(Choice::Population);
            !matches!(population, "agent time" | "agents" | "hours of service" | "evaluated" | "test calls")
        })
        .collect();
    let word = |choice: Choice, words: &[&'static str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        prop::option::weighted(0.3, select(words)).prop_map(move |word| word.map(|word| (choice, word)))
    };
    let choices = (
        word(Choice::ClockStart, Choice::ClockStart.words()),
        word(Choice::ClockStop, Choice::ClockStop.words()),
        word(Choice::Calendar, &["always", "day"]),
        word(Choice::Population, &["all attempts", "offered", "waiting", "answered", "abandoned", "solved"]),
        word(Choice::Denominator, &Choice::Denominator.words()[..7]),
        word(Choice::Attribution, Choice::Attribution.words()),
        word(Choice::Aggregation, Choice::Aggregation.words()),
        word(Choice::Empty, Choice::Empty.words()),
    );
    let parameters =
        (prop::option::weighted(0.9, 0u64..60), prop::option::of(0u64..30), prop::option::weighted(0.9, 0u32..20));
    (select(of_contacts), choices, parameters, any::<bool>(), 0i128..100).prop_map(
        |(preset, choices, (threshold, short, within), sales, level)| {
            let (start, stop, calendar, population, denominator, attribution, aggregation, empty) = choices;
            let survey = preset.choice(Choice::Population) == "surveyed";
            let changed = [start, stop, calendar, population, denominator, attribution, aggregation, empty];
            let changed = changed.into_iter().flatten();
            let fits = |choice: &Choice| !survey || !matches!(choice, Choice::Population | Choice::Denominator);
            let choices: BTreeMap<Choice, String> = changed.filter(|(choice, _)| fits(choice)).collect();
            let at = match preset.unit {
                LevelUnit::Percent => Exact::ratio(level, 100),
                _ => Exact::ratio(level, 1),
            };
            let criteria = match sales {
                true => vec![Criterion::OneOf(Field::Queue, vec!["sales".to_owned()])],
                false => Vec::new(),
            };
            Asked {
                name: preset.name.to_owned(),
                measure: MeasureTerm {
                    preset,
                    threshold: threshold.map(Milliseconds::seconds),
                    short_abandons: short.map(Milliseconds::seconds),
                    within: within.map(Days),
                    choices,
                },
                when: Select { criteria },
                target: Some(Target {
                    at: at.unwrap(),
                    unit: preset.unit,
                    more_is_better: preset.more_is_better.unwrap_or(true),
                }),
            }
        },
    )
}

fn program(asked: Vec<Asked>, by: Vec<Dimension>) -> Program {
    let (first, last) = days();
    Program {
        rows: Rows {
            grain: RowGrain::Contact,
            provider: Some("cebu".to_owned()),
            programs: Vec::new(),
            select: Select::default(),
            first: Some(first),
            last: Some(last),
        },
        by,
        zone: zone(),
        step: Step::HALF_HOUR,
        calendars: BTreeMap::from([("day".to_owned(), calendar())]),
        standard: Some(Standard {
            threshold: Milliseconds::seconds(20),
            short: Milliseconds::seconds(5),
            calendar: Some("day".to_owned()),
            families: std::collections::BTreeSet::from(Family::ALL),
        }),
        measures: asked,
    }
}

// ----- The oracle: a value from rows, by the words of the manual.

fn queued(outcome: Outcome) -> bool {
    !blocked(outcome) && !matches!(outcome, Outcome::Contained | Outcome::Unknown)
}

fn blocked(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::BlockedFull | Outcome::BlockedClosed | Outcome::BlockedEmpty)
}

/// When the wait ended.
fn exit(row: &ContactRow) -> Option<i64> {
    let waited = row.wait.map(|wait| wait + row.ring.unwrap_or(0));
    let by_wait = row.offered_at.zip(waited).map(|(at, waited)| at.0 + waited * 1000);
    match row.outcome {
        None => row.answered_at.map(|at| at.0),
        Some(Outcome::Answered | Outcome::CallbackDone) => row.answered_at.map(|at| at.0).or(by_wait),
        Some(_) => by_wait.or(row.ended_at.map(|at| at.0)),
    }
}

/// Time between two instants, in whole milliseconds; within a calendar by walking through its days.
fn between(from: i64, until: i64, within: bool) -> Option<i64> {
    if !within {
        return Some((until - from).div_euclid(1000)).filter(|time| 0 <= *time);
    }
    let (low, high) = (from.min(until), from.max(until));
    let (mut day, mut time) = (zone().date(Instant(low)).unwrap(), 0);
    while zone().start_of(day).unwrap().0 <= high {
        for (opens, closes) in calendar().spans(day, &zone()).unwrap() {
            time += (closes.0.min(high) - opens.0.max(low)).max(0);
        }
        day = day.tomorrow().unwrap();
    }
    let time = if from <= until { time } else { -time };
    Some(time.div_euclid(1000)).filter(|time| 0 <= *time)
}

struct Words<'a>(&'a Asked);

impl Words<'_> {
    fn of(&self, choice: Choice) -> &str {
        self.0.measure.choice(choice)
    }

    fn within_calendar(&self) -> bool {
        self.of(Choice::Calendar) == "day"
    }

    fn clock(&self, row: &ContactRow, stop: &str) -> Option<i64> {
        let offered = row.offered_at;
        let from = match self.of(Choice::ClockStart) {
            "arrival" | "creation" => row.arrived_at.or(offered),
            "answer" => row.answered_at,
            _ => offered,
        };
        let until = match stop {
            "end" | "solution" => row.ended_at.map(|at| at.0),
            "first reply" => row.answered_at.map(|at| at.0),
            _ => exit(row),
        };
        if from.is_none()
            && self.of(Choice::ClockStart) == "offer"
            && matches!(stop, "answer" | "exit")
            && !self.within_calendar()
        {
            return row.wait.map(|wait| wait + row.ring.unwrap_or(0));
        }
        between(from?.0, until?, self.within_calendar())
    }

    /// The instant by which a row is placed: its own event, or when it came.
    fn instant(&self, row: &ContactRow, arrivals: bool) -> Option<i64> {
        let offer = row.offered_at.or(row.arrived_at).map(|at| at.0);
        let arrival = row.arrived_at.or(row.offered_at).map(|at| at.0);
        if self.of(Choice::Attribution) == "event" && !arrivals {
            return exit(row).or(row.ended_at.map(|at| at.0)).or(offer);
        }
        let survey = self.of(Choice::Population) == "surveyed";
        match self.of(Choice::ClockStart) {
            "arrival" | "creation" if !survey => arrival,
            _ => offer,
        }
    }

    /// Whether a row placed at an instant is looked at.
    fn is_in(&self, row: &ContactRow, at: i64) -> bool {
        let (first, last) = days();
        let day = zone().date(Instant(at)).unwrap();
        let selected = self.0.when.criteria.is_empty() || row.first_queue.as_deref() == Some("sales");
        let survey = self.of(Choice::Population) == "surveyed";
        let waits = row.direction != Some(Direction::Outbound) || self.of(Choice::ClockStart) == "answer" || survey;
        let hours = !self.within_calendar()
            || (self.of(Choice::ClockStart) == "creation" && !survey)
            || calendar().contains(Instant(at), &zone()).unwrap();
        let solved = self.of(Choice::Population) != "solved" || row.resolved == Some(true);
        let own = row.provider == "cebu" && row.superseded_at.is_none();
        own && selected && waits && hours && solved && first <= day && day <= last
    }

    fn in_population(&self, outcome: Outcome) -> bool {
        match self.of(Choice::Population) {
            "all attempts" => queued(outcome) || blocked(outcome),
            "offered" | "waiting" => queued(outcome),
            "abandoned" => outcome == Outcome::Abandoned,
            _ => outcome == Outcome::Answered,
        }
    }

    fn in_denominator(&self, outcome: Outcome) -> Option<bool> {
        let is = match self.of(Choice::Denominator) {
            "answered" => outcome == Outcome::Answered,
            "answered and abandoned"
            | "answered and abandoned, less abandons within threshold"
            | "answered and abandoned, less short abandons" => {
                matches!(outcome, Outcome::Answered | Outcome::Abandoned)
            }
            "all in queue" => queued(outcome),
            "all attempts" => queued(outcome) || blocked(outcome),
            "all in the population" => true,
            _ => return None,
        };
        Some(is && self.in_population(outcome))
    }
}

/// What one row adds above and below, in a unit of time each; `None` where the measure cannot be made.
type Parts = (Vec<(i64, i128)>, Vec<(i64, i128)>);

fn parts(rows: &[ContactRow], words: &Words<'_>) -> Option<Parts> {
    let measure = &words.0.measure;
    let numerator = words.of(Choice::Numerator);
    let (mut above, mut below) = (Vec::new(), Vec::new());
    if words.of(Choice::Population) == "surveyed" {
        for row in rows {
            let mark = if numerator == "promoters less detractors" { row.nps } else { row.csat };
            let Some((mark, at)) = mark.zip(words.instant(row, false)) else { continue };
            if !words.is_in(row, at) {
                continue;
            }
            let off_scale = match numerator {
                "mark" | "promoters less detractors" => !(0..=10).contains(&mark),
                _ => !(1..=5).contains(&mark),
            };
            let mark = i128::from(mark);
            let (plus, counts) = match numerator {
                "top two of five" => (i128::from(4 <= mark), true),
                "good" => (i128::from(4 <= mark), mark != 3),
                "mark" => (mark, true),
                _ => (100 * (i128::from(9 <= mark) - i128::from(mark <= 6)), true),
            };
            // A mark that is not on the scale spoils its group: an impossible sum says so.
            above.push((at, if off_scale { i128::MAX / 1000 } else { plus }));
            below.push((at, i128::from(counts)));
        }
        return Some((above, below));
    }
    Outcome::ALL.iter().find(|outcome| words.in_denominator(**outcome) == Some(true))?;
    let threshold = measure.threshold.map(|threshold| threshold.0 as i64);
    let short = measure.short_abandons.map(|short| short.0 as i64);
    let levels = matches!(numerator, "within threshold" | "below threshold" | "within threshold, abandons too");
    let leaves = matches!(numerator, "abandoned" | "abandoned, timed out too" | "blocked");
    let less = match words.of(Choice::Denominator) {
        "answered and abandoned, less abandons within threshold" if levels || leaves => Some(threshold?),
        "answered and abandoned, less short abandons" if levels || leaves => Some(short?),
        _ => None,
    };
    let less = less.max(short).filter(|_| levels || leaves);
    let limit = match numerator {
        "below threshold" => Some(threshold? - 1),
        _ if levels => Some(threshold?),
        _ => None,
    };
    let arrivals = matches!(words.of(Choice::Denominator), "all in queue" | "all attempts" | "all in the population");
    for row in rows {
        let Some(outcome) = row.outcome else { continue };
        if !words.in_denominator(outcome)? {
            continue;
        }
        let waited = words.clock(row, words.of(Choice::ClockStop));
        let abandoned = outcome == Outcome::Abandoned;
        // What the row adds, if it can be judged.
        let judged: Option<(i128, i128)> = match numerator {
            _ if levels => match outcome {
                Outcome::Answered => waited.map(|waited| (i128::from(waited <= limit.unwrap()), 1)),
                Outcome::Abandoned => {
                    let met_too = numerator == "within threshold, abandons too";
                    match waited {
                        Some(waited) if less.is_some_and(|less| waited <= less) => None,
                        Some(waited) if met_too => Some((i128::from(waited <= limit.unwrap()), 1)),
                        None if met_too || less.is_some() => None,
                        _ => Some((0, 1)),
                    }
                }
                _ => Some((0, 1)),
            },
            _ if leaves => {
                let counts = match numerator {
                    "abandoned" => abandoned,
                    "abandoned, timed out too" => abandoned || outcome == Outcome::TimedOut,
                    _ => blocked(outcome),
                };
                match (abandoned, less) {
                    (true, Some(less)) => waited.filter(|waited| less < *waited).map(|_| (i128::from(counts), 1)),
                    _ => Some((i128::from(counts), 1)),
                }
            }
            "wait" | "wait and ring" | "talk, hold and wrap" | "talk and hold" | "time of solution" => {
                let own = words.of(Choice::ClockStart) == "offer"
                    && matches!(words.of(Choice::ClockStop), "answer" | "exit")
                    && !words.within_calendar();
                let time = match numerator {
                    "talk and hold" => row.talk.zip(row.hold).map(|(talk, hold)| talk + hold),
                    "talk, hold and wrap" => {
                        row.talk.zip(row.hold).zip(row.wrap).map(|((talk, hold), wrap)| talk + hold + wrap)
                    }
                    "wait" if own => row.wait,
                    "wait and ring" if own => row.wait.map(|wait| wait + row.ring.unwrap_or(0)),
                    "wait" => waited.map(|waited| waited - row.ring.unwrap_or(0)).filter(|time| 0 <= *time),
                    "wait and ring" => waited,
                    _ => words.clock(row, "solution"),
                };
                time.map(|time| (i128::from(time), 1))
            }
            "resolved" => row.resolved.map(|resolved| (i128::from(resolved), 1)),
            "transferred" => row.transferred_out.map(|handed_on| (i128::from(handed_on), 1)),
            "without repeat" | "repeated" => {
                let window = i64::from(measure.within?.0) * 86_400_000;
                let known = row.repeat_after.is_some() || row.customer.is_some();
                let back = row.repeat_after.is_some_and(|after| after <= window);
                known.then_some((i128::from(back == (numerator == "repeated")), 1))
            }
            _ => return None,
        };
        // Means and flags are of what became of contacts, wherever they came from.
        let came = arrivals && (levels || leaves);
        let Some((plus, counts)) = judged else { continue };
        if let Some(at) = words.instant(row, false).filter(|at| words.is_in(row, *at)) {
            above.push((at, plus));
            if !came {
                below.push((at, counts));
            }
        }
        if let Some(at) = words.instant(row, true).filter(|at| came && words.is_in(row, *at)) {
            below.push((at, counts));
        }
    }
    Some((above, below))
}

/// The value of a measure; none where it is not measured.
fn oracle(rows: &[ContactRow], asked: &Asked) -> Option<Exact> {
    let words = Words(asked);
    let target = asked.target.as_ref().unwrap();
    let aggregation = words.of(Choice::Aggregation);
    if aggregation.starts_with("share of") && target.unit != LevelUnit::Percent {
        return None;
    }
    let (above, below) = parts(rows, &words)?;
    let spoiled = above.iter().any(|(_, plus)| *plus == i128::MAX / 1000);
    if spoiled {
        return None;
    }
    let seconds = if asked.measure.preset.unit == LevelUnit::Seconds { 1000 } else { 1 };
    let value = |unit: &dyn Fn(i64) -> bool| {
        let sum = |parts: &[(i64, i128)]| parts.iter().filter(|(at, _)| unit(*at)).map(|(_, part)| part).sum::<i128>();
        Exact::ratio(sum(&above), sum(&below) * seconds)
    };
    let unit_of = |at: i64| {
        let reading = zone().reading(Instant(at)).unwrap();
        let offset = reading.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_microsecond() - at;
        match aggregation.ends_with("intervals") || aggregation.ends_with("intervals met") {
            true => (reading.date(), i32::from(reading.hour()) * 2 + i32::from(reading.minute()) / 30, offset),
            false => (reading.date(), 0, 0),
        }
    };
    if aggregation == "pooled" {
        value(&|_| true)
    } else {
        let mut units: Vec<_> = above.iter().chain(&below).map(|(at, _)| unit_of(*at)).collect();
        units.sort_unstable();
        units.dedup();
        let values: Vec<Exact> = units.iter().filter_map(|unit| value(&|at| unit_of(at) == *unit)).collect();
        let count = Exact::from(values.len() as u64);
        match aggregation.starts_with("mean") {
            true => values.iter().fold(Exact::zero(), |sum, value| &sum + value).divided_by(&count),
            false => {
                let met = values.iter().filter(|value| target.is_met(value)).count();
                Exact::from(met as u64).divided_by(&count)
            }
        }
    }
}

fn tally(plan: &Arc<Plan>, rows: &[ContactRow]) -> Tally {
    let mut tally = Tally::new(Arc::clone(plan));
    tally.add(Table::Contacts, &contacts_batch(rows)).unwrap();
    tally
}

fn readings(results: &Results) -> Vec<(Vec<Key>, Vec<Option<Exact>>)> {
    let of_key = |key: &Vec<Key>| {
        let figures = results.plan().figures().iter();
        (key.clone(), figures.map(|figure| results.reading(key, figure).value.ok()).collect())
    };
    results.keys().iter().map(of_key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_kernel_agrees_with_a_look_at_every_row(
        rows in prop::collection::vec(row(), 0..40),
        asked in prop::collection::vec(asked(), 1..6),
    ) {
        let plan = Arc::new(Plan::new(program(asked.clone(), Vec::new())).unwrap());
        let results = tally(&plan, &rows).finish();
        let first = plan.figures().len() - asked.len();
        for (asked, figure) in asked.iter().zip(&plan.figures()[first..]) {
            let reading = results.reading(&[], figure);
            let expected = oracle(&rows, asked);
            match (&reading.value, &expected) {
                (Ok(found), Some(expected)) => prop_assert_eq!(found, expected, "{:?}", asked),
                (Err(_), None) => {}
                // Where there is nothing to divide by, the choice `empty` may say what it comes to.
                (Ok(_), None) => prop_assert!(reading.below == 0 && asked.measure.choice(Choice::Empty) != "not measured", "{:?}", asked),
                (Err(why), Some(expected)) => prop_assert!(false, "{why} instead of {expected}: {asked:?}"),
            }
        }
    }

    #[test]
    fn order_and_split_change_nothing_and_parts_sum_to_the_whole(
        rows in prop::collection::vec(row(), 0..40),
        asked in prop::collection::vec(asked(), 0..3),
        by in select(vec![
            vec![],
            vec![Dimension::Name(longshore_measures::Name::Queue)],
            vec![Dimension::Time(TimeUnit::Interval(Step::HALF_HOUR)), Dimension::Name(longshore_measures::Name::Channel)],
            vec![Dimension::Name(longshore_measures::Name::Outcome), Dimension::Time(TimeUnit::Day), Dimension::Time(TimeUnit::Hour)],
        ]),
        order in any::<prop::sample::Index>(),
        cut in 1usize..12,
    ) {
        let plan = Arc::new(Plan::new(program(asked, by.clone())).unwrap());
        let whole = tally(&plan, &rows).finish();
        // Another order, in parts of any size, merged from both ends.
        let mut other = rows.clone();
        if !other.is_empty() {
            let middle = order.index(other.len());
            other.rotate_left(middle);
            other.reverse();
        }
        let mut merged = Tally::new(Arc::clone(&plan));
        for part in other.chunks(cut).rev() {
            merged.merge(tally(&plan, part)).unwrap();
        }
        let merged = merged.finish();
        prop_assert_eq!(readings(&whole), readings(&merged));
        prop_assert_eq!(whole.keys().iter().map(|key| whole.reasons(key)).collect::<Vec<_>>(), merged.keys().iter().map(|key| merged.reasons(key)).collect::<Vec<_>>());
        // The parts sum to the whole: every count, over all groups.
        let alone = Arc::new(Plan::new(program(Vec::new(), Vec::new())).unwrap());
        let all = tally(&alone, &rows).finish();
        for name in ["contacts", "outbound", "offered", "answered", "abandoned", "blocked", "open", "handled", "backlog", "satisfaction_answers"] {
            let of = |results: &Results, key: &[Key]| {
                let figure = results.plan().figures().iter().find(|figure| figure.name == name).unwrap();
                results.reading(key, figure).value.unwrap()
            };
            let sum = whole.keys().iter().fold(Exact::zero(), |sum, key| &sum + &of(&whole, key));
            prop_assert_eq!(sum, of(&all, &[]), "{}", name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn programs_and_tallies_travel(
        rows in prop::collection::vec(row(), 0..25),
        asked in prop::collection::vec(asked(), 0..4),
        name in "\\PC{0,12}",
        by_queue in any::<bool>(),
        damage in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut asked = asked;
        asked.iter_mut().for_each(|asked| asked.name = format!("{name}\t%\n{}", asked.name));
        let by = if by_queue { vec![Dimension::Name(longshore_measures::Name::Queue), Dimension::Time(TimeUnit::Day)] } else { Vec::new() };
        let program = program(asked, by);
        let text = program.to_text();
        prop_assert_eq!(Program::from_text(&text), Ok(program.clone()));
        let plan = Arc::new(Plan::new(program).unwrap());
        let added = tally(&plan, &rows);
        let bytes = added.to_bytes();
        let read = Tally::from_bytes(Arc::clone(&plan), &bytes).unwrap();
        prop_assert_eq!(&read.to_bytes(), &bytes);
        prop_assert_eq!(readings(&read.finish()), readings(&added.finish()));
        // Damaged bytes are refused or are some tally; they never make it panic.
        let mut damaged = bytes.clone();
        if let Some((at, byte)) = damage {
            let at = at.index(damaged.len());
            damaged[at] ^= byte;
            if let Ok(tally) = Tally::from_bytes(Arc::clone(&plan), &damaged) {
                let _ = readings(&tally.finish());
            }
        }
        let short = cut.index(bytes.len());
        prop_assert!(Tally::from_bytes(plan, &bytes[..short]).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(text in "(longshore measures 1\n)?([a-z ]{0,9}\t[%0-9A-Za-z /:-]{0,12}(\t\\PC{0,8})?\n){0,6}") {
        let _ = Program::from_text(&text);
    }
}
