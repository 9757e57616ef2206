//! The kernel and the oracle agree on random contracts and random records, in any order and any split.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use longshore_contacts::{
    AgentRow, AgentState, AgentTimeRow, Channel, ContactRow, Direction, LegRow, Outcome, ScheduleRow, Table,
    agent_time_batch, agents_batch, contacts_batch, legs_batch, schedule_batch,
};
use longshore_contract::{Contract, Counts, read};
use longshore_counting::{Program, Tally, Window, hash, oracle};
use longshore_units::{Instant, Text};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;

fn contract(charges: &[String], zone: &str, counted_at: &str, programs: bool) -> Contract {
    let programs = if programs { "programs = ['retail', 'club']\n" } else { "" };
    let text = format!(
        "provider = 'cebu'\ncurrency = 'USD'\ntime_zone = '{zone}'\ncounted_at = '{counted_at}'\nstarts = 2027-01-20\n\
         ends = 2027-11-20\n{programs}[round]\nat = 'line'\nto = '0.01'\nhow = 'half-up'\n\
         [calendar.holidays]\nuse = 'US-federal'\nweekdays = ['Sat', 'Sun']\n[calendar.nights]\nhours = '20:00-08:00'\n{}",
        charges.join("\n")
    );
    let (contract, findings) = read(&Text::new("random.toml", text.clone()));
    contract.unwrap_or_else(|| panic!("{text}\n{findings:#?}"))
}

fn charge() -> impl Strategy<Value = String> {
    let unit = prop_oneof![
        Just("unit = 'contact'"),
        Just("unit = 'contact'\nwhen = { outcome = ['answered'], queue = 'orders' }"),
        Just("unit = 'minute'\nof = ['talk', 'wrap']\nfirst = '30s'\nthen = '6s'"),
        Just(
            "unit = 'minute'\nof = ['talk', 'hold', 'wrap']\nthen = '60s'\nround = { at = 'contact', to = '0.01', how = 'up' }"
        ),
        Just(
            "unit = 'minute'\nof = ['wait', 'ring']\nthen = '7ms'\nwhen = { talk_longer_than = '90s', channel = ['voice', 'chat'] }"
        ),
        Just("unit = 'leg'\nwhen = { team = 'a' }"),
        Just("unit = 'minute'\ngrain = 'leg'\nof = ['talk']\nthen = '1s'\nwhen = { direction = 'inbound' }"),
        Just("unit = 'agent-hour'\nof = 'requested'"),
        Just("unit = 'agent-hour'\nof = 'productive'\ngrain = 'schedule'\nwhen = { team = ['a', 'b'] }"),
        Just("unit = 'hour'\nof = 'logged in'"),
        Just("unit = 'hour'\nwhen = { state = ['talking', 'wrapping'], direction = 'outbound' }"),
        Just("unit = 'agent-month'\nprorate = 'day'\nwhen = { language = ['es', 'en'] }"),
        Just("unit = 'agent-month'\nprorate = 'none'"),
    ];
    let surcharge = prop_oneof![
        Just(""),
        Just("surcharge = [{ calendar = 'nights', percent = 10 }]"),
        Just("surcharge = [{ calendar = 'holidays', percent = 25 }, { calendar = 'nights', percent = 10 }]"),
        Just(
            "surcharge = [{ calendar = 'nights', percent = 10 }, { calendar = 'holidays', percent = 25 }]\nsurcharges = 'highest'"
        ),
        Just(
            "surcharge = [{ calendar = 'nights', percent = 25 }, { calendar = 'holidays', percent = 25 }]\nsurcharges = 'highest'"
        ),
    ];
    (unit, surcharge, select(vec!["contract", "program", "site"])).prop_map(|(unit, surcharge, scope)| {
        let each = "each = '0.5'";
        // An agent's month has no hour at which a surcharge could apply.
        let surcharge = if unit.contains("agent-month") { "" } else { surcharge };
        format!("{unit}\nscope = '{scope}'\n{each}\n{surcharge}")
    })
}

fn charges() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(charge(), 1..5).prop_map(|charges| {
        let named =
            charges.iter().enumerate().map(|(number, charge)| format!("[[charge]]\nname = 'c{number}'\n{charge}"));
        named.collect()
    })
}

fn name(names: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop_oneof![4 => select(names).prop_map(|name| Some(name.to_owned())), 1 => Just(None)]
}

fn provider() -> impl Strategy<Value = String> {
    prop_oneof![5 => Just("cebu".to_owned()), 1 => Just("other".to_owned())]
}

/// Instants around the term, the nights in which clocks jump, and month ends.
fn instant() -> impl Strategy<Value = Instant> {
    let day = 86_400_000_000i64;
    let start = 1_799_798_400_000_000i64; // 2027-01-13 in Greenwich.
    prop_oneof![
        4 => (0..330 * day).prop_map(move |offset| Instant(start + offset)),
        1 => (0..3 * day).prop_map(move |offset| Instant(start + 59 * day + offset)),
        1 => (0..3 * day).prop_map(move |offset| Instant(start + 297 * day + offset)),
        1 => select(vec![Instant(i64::MIN), Instant(i64::MAX), Instant(0)]),
    ]
}

fn span() -> impl Strategy<Value = Option<i64>> {
    prop_oneof![6 => (0i64..900_000).prop_map(Some), 1 => Just(Some(0)), 1 => Just(None)]
}

fn contact() -> impl Strategy<Value = ContactRow> {
    let names =
        (provider(), name(&["retail", "club", "other"]), name(&["north", "south"]), name(&["orders", "advice"]));
    let words = (select(Channel::ALL), select(Direction::ALL), select(Outcome::ALL));
    let times = prop::array::uniform4(prop::option::weighted(0.9, instant()));
    (names, words, times, prop::array::uniform5(span()), prop::bool::weighted(0.1)).prop_map(
        |((provider, program, site, queue), (channel, direction, outcome), times, spans, superseded)| ContactRow {
            source: "s".to_owned(),
            contact_id: "c".to_owned(),
            program,
            provider,
            site,
            first_queue: queue.clone(),
            last_queue: queue,
            channel: Some(channel),
            direction: Some(direction),
            language: None,
            reason: None,
            customer: None,
            ticket: None,
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
            ended_by: None,
            transferred_out: None,
            resolved: None,
            sale_amount: None,
            sale_currency: None,
            leads: None,
            appointments: None,
            csat: None,
            nps: None,
            recording: None,
            delivered_at: None,
            superseded_at: superseded.then_some(Instant(1)),
            repeat_after: None,
            reopened_after: None,
        },
    )
}

fn leg() -> impl Strategy<Value = LegRow> {
    (contact(), name(&["a", "b", "c"])).prop_map(|(contact, team)| LegRow {
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
    })
}

fn agent_time() -> impl Strategy<Value = AgentTimeRow> {
    let names = (provider(), name(&["retail", "club"]), name(&["north", "south"]), name(&["a", "b"]));
    let instant = instant().prop_filter("spans end", |at| at.0 < i64::MAX / 2);
    (names, select(AgentState::ALL), select(Direction::ALL), instant, 0i64..200_000_000_000).prop_map(
        |((provider, program, site, team), state, direction, from, length)| AgentTimeRow {
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
            approved: None,
            week_from: None,
            week_before: None,
            left: None,
        },
    )
}

fn schedule() -> impl Strategy<Value = ScheduleRow> {
    let names = (provider(), name(&["retail", "club"]), name(&["north", "south"]), name(&["a", "b", "c"]));
    (names, instant(), prop::array::uniform3(span())).prop_map(|((provider, program, site, team), from, spans)| {
        ScheduleRow {
            provider,
            program,
            site,
            team,
            from,
            until: from,
            requested: spans[0],
            scheduled: spans[1],
            productive: spans[2],
        }
    })
}

fn agent() -> impl Strategy<Value = AgentRow> {
    let names = (provider(), name(&["retail", "club"]), name(&["north", "south"]), name(&["en es", "es", "fr"]));
    (names, -30i32..400, prop::option::of(-10i64..300)).prop_map(
        |((provider, program, site, languages), hired, stays)| {
            let hired = jiff::civil::date(2027, 1, 1).checked_add(jiff::Span::new().days(hired)).unwrap();
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
        },
    )
}

fn records() -> impl Strategy<Value = Records> {
    let many = 0..40usize;
    (
        prop::collection::vec(contact(), many.clone()),
        prop::collection::vec(leg(), many.clone()),
        prop::collection::vec(agent_time(), many.clone()),
        prop::collection::vec(schedule(), many.clone()),
        prop::collection::vec(agent(), many),
    )
        .prop_map(|(contacts, legs, agent_time, schedule, agents)| Records {
            contacts,
            legs,
            agent_time,
            schedule,
            agents,
        })
}

#[derive(Clone, Debug)]
struct Records {
    contacts: Vec<ContactRow>,
    legs: Vec<LegRow>,
    agent_time: Vec<AgentTimeRow>,
    schedule: Vec<ScheduleRow>,
    agents: Vec<AgentRow>,
}

impl Records {
    /// All rows in batches of so many.
    fn batches(&self, rows: usize) -> Vec<(Table, arrow_array::RecordBatch)> {
        let mut batches = Vec::new();
        batches.extend(self.contacts.chunks(rows).map(|rows| (Table::Contacts, contacts_batch(rows))));
        batches.extend(self.legs.chunks(rows).map(|rows| (Table::Legs, legs_batch(rows))));
        batches.extend(self.agent_time.chunks(rows).map(|rows| (Table::AgentTime, agent_time_batch(rows))));
        batches.extend(self.schedule.chunks(rows).map(|rows| (Table::Schedule, schedule_batch(rows))));
        batches.extend(self.agents.chunks(rows).map(|rows| (Table::Agents, agents_batch(rows))));
        batches
    }

    fn reversed(&self) -> Records {
        let mut records = self.clone();
        records.contacts.reverse();
        records.legs.reverse();
        records.agent_time.reverse();
        records.schedule.reverse();
        records.agents.reverse();
        records
    }
}

fn counted(program: &Program, batches: &[(Table, arrow_array::RecordBatch)]) -> Counts {
    let mut tally = Tally::new(program);
    for (table, batch) in batches {
        tally.count(*table, batch).unwrap();
    }
    tally.finish().unwrap().0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn kernel_and_oracle_agree(
        charges in charges(),
        zone in select(vec!["America/New_York", "Asia/Manila", "Australia/Lord_Howe"]),
        counted_at in select(vec!["arrived", "offered", "answered", "ended"]),
        programs: bool,
        through in prop::option::of(20i8..28),
        records in records(),
    ) {
        let contract = contract(&charges, zone, counted_at, programs);
        let window = Window::of(&contract.in_force(None), through.map(|day| jiff::civil::date(2027, 5, day))).unwrap();
        let program = Program::new(&contract.in_force(None), window).unwrap();
        let plain = oracle::count(&contract.in_force(None), window, &records.batches(1000)).unwrap();

        let whole = counted(&program, &records.batches(1000));
        prop_assert_eq!(&whole, &plain);
        prop_assert_eq!(&counted(&program, &records.batches(1)), &plain);
        prop_assert_eq!(&counted(&program, &records.reversed().batches(7)), &plain);

        let batches = records.batches(5);
        let (one, other) = batches.split_at(batches.len() / 2);
        let mut merged = counted(&program, one);
        merged.merge(&counted(&program, other)).unwrap();
        prop_assert_eq!(hash(&contract.in_force(None), &merged), hash(&contract.in_force(None), &plain));
    }
}

#[test]
fn a_negative_duration_is_refused() {
    let contract = contract(
        &["[[charge]]\nunit = 'minute'\nof = ['talk']\nthen = '1s'\neach = 1".to_owned()],
        "UTC",
        "offered",
        false,
    );
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut row = contact().new_tree(&mut runner).unwrap().current();
    row.provider = "cebu".to_owned();
    row.superseded_at = None;
    row.offered_at = Some(Instant(1_800_600_000_000_000));
    row.talk = Some(-1);
    let mut tally = Tally::new(&program);
    let error = tally.count(Table::Contacts, &contacts_batch(&[row])).unwrap_err();
    assert_eq!(error.to_string(), "row 0 of `contacts` has a negative `talk`");
}

/// What kernel and oracle say to one batch, which both must refuse.
fn refusals(charge: &str, table: Table, batch: arrow_array::RecordBatch) -> [String; 2] {
    let contract = contract(&[format!("[[charge]]\n{charge}\neach = 1")], "UTC", "offered", false);
    let window = Window::of(&contract.in_force(None), None).unwrap();
    let program = Program::new(&contract.in_force(None), window).unwrap();
    let kernel = Tally::new(&program).count(table, &batch).unwrap_err();
    [kernel.to_string(), oracle::count(&contract.in_force(None), window, &[(table, batch)]).unwrap_err().to_string()]
}

fn some<T>(rows: impl Strategy<Value = T>) -> T {
    rows.new_tree(&mut proptest::test_runner::TestRunner::deterministic()).unwrap().current()
}

#[test]
fn kernel_and_oracle_name_the_row_that_they_refuse() {
    let from = Instant(1_800_600_000_000_000);
    let span = |until| AgentTimeRow {
        provider: "cebu".to_owned(),
        state: AgentState::Talking,
        from,
        until,
        ..some(agent_time())
    };
    let time = |until| refusals("unit = 'hour'\nof = 'logged in'", Table::AgentTime, agent_time_batch(&[span(until)]));
    for said in time(Instant(253_402_000_000_000_000)) {
        assert_eq!(said, "row 0 of `agent_time` is longer than 400 days; is its end a placeholder?");
    }
    for said in time(Instant(from.0 - 1)) {
        assert_eq!(said, "row 0 of `agent_time` has a negative `until`");
    }
    let row = ScheduleRow { provider: "cebu".to_owned(), from, requested: Some(-1), ..some(schedule()) };
    for said in refusals("unit = 'agent-hour'\nof = 'requested'", Table::Schedule, schedule_batch(&[row])) {
        assert_eq!(said, "row 0 of `schedule` has a negative `requested`");
    }
}

#[test]
fn a_day_that_no_calendar_shows_is_refused() {
    let row = AgentRow { provider: "cebu".to_owned(), ..some(agent()) };
    let batch = agents_batch(&[row]);
    let days: arrow_array::ArrayRef = std::sync::Arc::new(arrow_array::Date32Array::from(vec![i32::MIN]));
    for column in ["hired", "left"] {
        let mut columns = batch.columns().to_vec();
        columns[Table::Agents.position(column).unwrap()] = days.clone();
        let batch = arrow_array::RecordBatch::try_new(batch.schema(), columns).unwrap();
        let [kernel, oracle] = refusals("unit = 'agent-month'\nprorate = 'day'", Table::Agents, batch);
        assert_eq!(kernel, format!("row 0 of `agents` has no day in `{column}` that a calendar can show"));
        assert!(oracle.contains(column), "{oracle}");
    }
}

#[test]
fn identifiers_in_place_of_sites_are_refused() {
    let row = ContactRow { provider: "cebu".to_owned(), superseded_at: None, ..some(contact()) };
    let rows: Vec<ContactRow> =
        (0..70_000).map(|site| ContactRow { site: Some(format!("s{site}")), ..row.clone() }).collect();
    let charge = "[[charge]]\nunit = 'contact'\nscope = 'site'\neach = 1".to_owned();
    let contract = contract(&[charge], "UTC", "offered", false);
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let error = Tally::new(&program).count(Table::Contacts, &contacts_batch(&rows)).unwrap_err();
    assert_eq!(error.to_string(), "`contacts` has too many different values of `site` to count each apart");
}

#[test]
fn a_sum_that_does_not_fit_is_an_error() {
    let contract = contract(
        &["[[charge]]\nunit = 'minute'\nof = ['talk', 'hold']\nthen = '1s'\neach = 1".to_owned()],
        "UTC",
        "offered",
        false,
    );
    let program = Program::new(&contract.in_force(None), Window::of(&contract.in_force(None), None).unwrap()).unwrap();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut row = contact().new_tree(&mut runner).unwrap().current();
    row.provider = "cebu".to_owned();
    row.superseded_at = None;
    row.offered_at = Some(Instant(1_800_600_000_000_000));
    (row.talk, row.hold) = (Some(i64::MAX), Some(i64::MAX));
    let error = Tally::new(&program).count(Table::Contacts, &contacts_batch(&[row])).unwrap_err();
    assert_eq!(error.to_string(), "a count is larger than any that can be held");
}
