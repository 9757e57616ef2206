//! Random records: around a term, the nights in which clocks jump, leap days and the ends of months and years.

use arrow_array::RecordBatch;
use jiff::civil::{Date, Weekday};
use longshore_contacts::*;
use longshore_units::{Instant, Zone};
use proptest::prelude::*;
use proptest::sample::select;

use super::{ERAS, Era};

#[derive(Clone, Debug)]
pub struct Records {
    pub contacts: Vec<ContactRow>,
    pub legs: Vec<LegRow>,
    pub agent_time: Vec<AgentTimeRow>,
    pub schedule: Vec<ScheduleRow>,
    pub agents: Vec<AgentRow>,
    pub reported: Vec<ReportedRow>,
    pub forecast: Vec<ForecastRow>,
}

fn name(names: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop_oneof![4 => select(names).prop_map(|name| Some(name.to_owned())), 1 => Just(None)]
}

fn provider() -> impl Strategy<Value = String> {
    prop_oneof![5 => Just("cebu".to_owned()), 1 => Just("other".to_owned())]
}

/// A day around a term; one in four is hard.
fn day(era: Era) -> impl Strategy<Value = Date> {
    let hard: Vec<Date> = [
        "2027-01-31",
        "2027-03-13",
        "2027-03-14",
        "2027-04-03",
        "2027-10-02",
        "2027-11-06",
        "2027-11-07",
        "2027-12-31",
        "2028-01-01",
        "2028-02-28",
        "2028-02-29",
        "2028-03-11",
        "2028-03-12",
        "2028-04-01",
        "2028-09-30",
        "2028-11-05",
    ]
    .iter()
    .map(|day| day.parse().unwrap())
    .filter(|day| era.starts <= *day && *day <= era.ends)
    .collect();
    let any = (-8i64..340).prop_map(move |days| era.starts.checked_add(jiff::Span::new().days(days)).unwrap());
    prop_oneof![3 => any, 1 => select(hard)]
}

/// An instant around a term. Midnight in New York and Manila lies in each of these days.
pub fn instant(era: Era) -> impl Strategy<Value = Instant> {
    let at = |(day, second): (Date, i64)| Instant(Zone::utc().start_of(day).unwrap().0 + second * 1_000_000 + 500);
    prop_oneof![
        30 => (day(era), 0i64..86_400).prop_map(at),
        1 => select(vec![Instant(i64::MIN), Instant(i64::MAX), Instant(0)]),
    ]
}

fn span() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![6 => (0i64..900_000).prop_map(Some), 1 => Just(Some(0)), 1 => (0i64..90_000_000).prop_map(Some), 1 => Just(None)]
}

fn decimal<const PLACES: u8>(range: std::ops::Range<i128>) -> impl Strategy<Value = Decimal<PLACES>> {
    range.prop_map(|unscaled| Decimal::from_unscaled(unscaled).unwrap())
}

fn currency() -> impl Strategy<Value = Option<String>> {
    select(vec![Some("USD"), Some("USD"), Some("USD"), Some("EUR"), None]).prop_map(|name| name.map(str::to_owned))
}

pub fn contact(era: Era) -> impl Strategy<Value = ContactRow> {
    let names =
        (provider(), name(&["retail", "club", "other"]), name(&["north", "south"]), name(&["orders", "advice"]));
    let words = (select(Channel::ALL), select(Direction::ALL), select(Outcome::ALL));
    let times = prop::array::uniform4(prop::option::weighted(0.9, instant(era)));
    // One in ten sales is taken back.
    let amount = prop_oneof![9 => decimal(0..900_000_000_000), 1 => decimal(-50_000_000_000..0)];
    let sale = (prop::option::of(amount), currency());
    let won = (prop::option::of(0i64..4), prop::option::of(0i64..3));
    let after = (prop::option::of(any::<bool>()), prop::option::of(0i64..2_000_000_000));
    (names, words, times, prop::array::uniform5(span()), prop::bool::weighted(0.1), sale, won, after).prop_map(
        |(
            (provider, program, site, queue),
            (channel, direction, outcome),
            times,
            spans,
            superseded,
            sale,
            won,
            after,
        )| {
            ContactRow {
                program,
                site,
                first_queue: queue.clone(),
                last_queue: queue,
                channel: Some(channel),
                direction: Some(direction),
                arrived_at: times[0],
                offered_at: times[1],
                answered_at: times[2],
                ended_at: times[3],
                wait: spans[0],
                ring: spans[1],
                talk: spans[2],
                hold: spans[3],
                wrap: spans[4],
                legs: Some(1),
                outcome: Some(outcome),
                resolved: after.0,
                sale_amount: sale.0,
                sale_currency: sale.1,
                leads: won.0,
                appointments: won.1,
                superseded_at: superseded.then_some(Instant(1)),
                reopened_after: after.1,
                ..ContactRow::of("s", "c", provider)
            }
        },
    )
}

pub fn leg(era: Era) -> impl Strategy<Value = LegRow> {
    (contact(era), name(&["a", "b", "c"])).prop_map(|(contact, team)| LegRow {
        source: contact.source,
        contact_id: contact.contact_id,
        leg: 1,
        provider: Some(contact.provider),
        program: contact.program,
        site: contact.site,
        channel: contact.channel,
        direction: contact.direction,
        language: None,
        queue: contact.first_queue,
        team,
        agent: None,
        offered_at: contact.offered_at,
        answered_at: contact.answered_at,
        ended_at: contact.ended_at,
        wait: contact.wait,
        ring: contact.ring,
        talk: contact.talk,
        hold: contact.hold,
        wrap: contact.wrap,
        outcome: contact.outcome,
        delivered_at: contact.delivered_at,
        superseded_at: contact.superseded_at,
    })
}

/// Agents' time that is annotated for weeks from Wednesday in `zone`.
pub fn agent_time(era: Era, zone: &'static str) -> impl Strategy<Value = AgentTimeRow> {
    let names = (provider(), name(&["retail", "club"]), name(&["north", "south"]), name(&["a", "b"]));
    let instant = instant(era).prop_filter("spans end", |at| at.0 < i64::MAX / 2);
    let length = prop_oneof![4 => 0i64..200_000_000_000, 1 => 0i64..1_500_000_000_000];
    let annotations = (prop::option::of(any::<bool>()), 0i64..170 * 3_600_000, prop::option::of(day(era)));
    (names, select(AgentState::ALL), select(Direction::ALL), instant, length, annotations).prop_map(
        move |((provider, program, site, team), state, direction, from, length, (approved, week_before, left))| {
            AgentTimeRow {
                source: "s".to_owned(),
                agent: "x".to_owned(),
                provider,
                program,
                site,
                team,
                queue: None,
                direction: Some(direction),
                state,
                reason: None,
                from,
                until: Instant(from.0 + length),
                approved,
                week_from: week(from, &Zone::named(zone).unwrap()),
                week_before: Some(week_before),
                left,
            }
        },
    )
}

fn week(at: Instant, zone: &Zone) -> Option<Instant> {
    let mut day = zone.date(at)?;
    while day.weekday() != Weekday::Wednesday {
        day = day.yesterday().ok()?;
    }
    zone.start_of(day)
}

pub fn schedule(era: Era) -> impl Strategy<Value = ScheduleRow> {
    let names = (provider(), name(&["retail", "club"]), name(&["north", "south"]), name(&["a", "b", "c"]));
    let instant = instant(era).prop_filter("spans end", |at| at.0 < i64::MAX / 2);
    (names, instant, prop::array::uniform3(span())).prop_map(|((provider, program, site, team), from, spans)| {
        ScheduleRow {
            provider,
            program,
            site,
            team,
            from,
            until: Instant(from.0 + 1_800_000_000),
            requested: spans[0],
            scheduled: spans[1],
            productive: spans[2],
        }
    })
}

pub fn agent(era: Era) -> impl Strategy<Value = AgentRow> {
    let names = (provider(), name(&["retail", "club"]), name(&["north", "south"]), name(&["en es", "es", "fr"]));
    (names, day(era), prop::option::of(-10i64..300)).prop_map(|((provider, program, site, languages), hired, stays)| {
        AgentRow {
            agent: "x".to_owned(),
            provider,
            program,
            site,
            team: None,
            languages,
            wage_class: None,
            hired,
            left: stays.map(|days| hired.checked_add(jiff::Span::new().days(days)).unwrap()),
            why: None,
        }
    })
}

fn reported(era: Era) -> impl Strategy<Value = ReportedRow> {
    let document = select(vec![None, Some(""), Some("r-1.pdf")]);
    let amount = prop::option::of(decimal(-2_000_000_000..90_000_000_000));
    let what = select(vec!["letter", "interpreter"]);
    (provider(), name(&["retail", "club"]), what, day(era), decimal(0..9_000_000_000), amount, currency(), document)
        .prop_map(|(provider, program, what, date, quantity, amount, currency, document)| ReportedRow {
            source: "s".to_owned(),
            provider,
            program,
            what: what.to_owned(),
            date,
            quantity,
            amount,
            currency,
            document: document.map(str::to_owned),
        })
}

fn forecast(era: Era) -> impl Strategy<Value = ForecastRow> {
    let program = select(vec!["retail", "club", "other"]);
    let handle = prop::option::of(0i64..900_000);
    (program, name(&["orders", "advice"]), instant(era), decimal(0..9_000_000), handle).prop_map(
        |(program, queue, from, contacts, handle)| ForecastRow {
            program: program.to_owned(),
            queue,
            from,
            until: from,
            contacts,
            handle,
            locked_at: None,
        },
    )
}

/// Up to so many rows of each table.
pub fn records(era: Era, zone: &'static str, most: usize) -> impl Strategy<Value = Records> {
    let many = 0..most;
    (
        prop::collection::vec(contact(era), many.clone()),
        prop::collection::vec(leg(era), many.clone()),
        prop::collection::vec(agent_time(era, zone), many.clone()),
        prop::collection::vec(schedule(era), many.clone()),
        prop::collection::vec(agent(era), many.clone()),
        prop::collection::vec(reported(era), many.clone()),
        prop::collection::vec(forecast(era), many),
    )
        .prop_map(|(contacts, legs, agent_time, schedule, agents, reported, forecast)| Records {
            contacts,
            legs,
            agent_time,
            schedule,
            agents,
            reported,
            forecast,
        })
}

impl Records {
    /// All rows in batches of so many.
    pub fn batches(&self, rows: usize) -> Vec<(Table, RecordBatch)> {
        let mut batches = Vec::new();
        batches.extend(self.contacts.chunks(rows).map(|rows| (Table::Contacts, contacts_batch(rows))));
        batches.extend(self.legs.chunks(rows).map(|rows| (Table::Legs, legs_batch(rows))));
        batches.extend(self.agent_time.chunks(rows).map(|rows| (Table::AgentTime, agent_time_batch(rows))));
        batches.extend(self.schedule.chunks(rows).map(|rows| (Table::Schedule, schedule_batch(rows))));
        batches.extend(self.agents.chunks(rows).map(|rows| (Table::Agents, agents_batch(rows))));
        batches.extend(self.reported.chunks(rows).map(|rows| (Table::Reported, reported_batch(rows))));
        batches.extend(self.forecast.chunks(rows).map(|rows| (Table::Forecast, forecast_batch(rows))));
        batches
    }

    pub fn reversed(&self) -> Records {
        let mut records = self.clone();
        records.contacts.reverse();
        records.legs.reverse();
        records.agent_time.reverse();
        records.schedule.reverse();
        records.agents.reverse();
        records.reported.reverse();
        records.forecast.reverse();
        records
    }
}

/// One row of a strategy, always the same.
pub fn some<T>(rows: impl Strategy<Value = T>) -> T {
    use proptest::strategy::ValueTree;
    rows.new_tree(&mut proptest::test_runner::TestRunner::deterministic()).unwrap().current()
}

/// Rows of the first era in Greenwich.
pub fn some_contact() -> ContactRow {
    some(contact(ERAS[0]))
}

/// One value of a strategy, by a number.
pub fn seeded<T: std::fmt::Debug>(of: impl Strategy<Value = T>, seed: u64) -> T {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    of.new_tree(&mut TestRunner::new_with_rng(Config::default(), rng)).unwrap().current()
}
