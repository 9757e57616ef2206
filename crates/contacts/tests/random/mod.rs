//! Random rows of every table.
#![allow(clippy::unwrap_used)]
#![allow(dead_code, reason = "each test file uses its part")]

use jiff::civil::{Date, date};
use longshore_contacts::*;
use longshore_units::Instant;
use proptest::array::{uniform2, uniform3, uniform4, uniform5, uniform6};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A name that rows share. Never empty: where a name may be missing it is an `Option`.
fn name() -> BoxedStrategy<String> {
    prop_oneof![3 => "[a-c]", 1 => "\\PC{1,6}"].boxed()
}

fn maybe_name() -> BoxedStrategy<Option<String>> {
    option::of(prop_oneof![5 => name(), 1 => Just(String::new())]).boxed()
}

fn text() -> BoxedStrategy<String> {
    "\\PC{1,12}".boxed()
}

fn maybe_text() -> BoxedStrategy<Option<String>> {
    option::of("\\PC{0,12}").boxed()
}

fn instant() -> BoxedStrategy<Instant> {
    prop_oneof![4 => 1_790_000_000_000_000i64..1_800_000_000_000_000, 1 => any::<i64>()].prop_map(Instant).boxed()
}

fn maybe_instant() -> BoxedStrategy<Option<Instant>> {
    option::of(instant()).boxed()
}

fn number() -> BoxedStrategy<Option<i64>> {
    option::of(prop_oneof![4 => 0i64..1_000_000, 1 => any::<i64>()]).boxed()
}

fn day() -> BoxedStrategy<Date> {
    prop_oneof![
        Just(Date::MIN),
        Just(Date::MAX),
        (0i32..20_000).prop_map(|days| { date(1970, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap() })
    ]
    .boxed()
}

fn decimal<const PLACES: u8>() -> BoxedStrategy<Decimal<PLACES>> {
    let bound = 10i128.pow(38) - 1;
    prop_oneof![0i128..1_000_000_000_000, -bound..=bound]
        .prop_map(|unscaled| Decimal::from_unscaled(unscaled).unwrap())
        .boxed()
}

fn word<Word: Copy + std::fmt::Debug + 'static>(all: &'static [Word]) -> BoxedStrategy<Option<Word>> {
    option::of(select(all)).boxed()
}

pub fn contact() -> BoxedStrategy<ContactRow> {
    let names = (name(), text(), name(), uniform6(maybe_name()), uniform4(maybe_name()));
    let words = (word(Channel::ALL), word(Direction::ALL), word(Outcome::ALL));
    let numbers = (uniform5(number()), uniform5(number()), uniform2(option::of(any::<i32>())));
    let flags = uniform2(option::of(any::<bool>()));
    (names, words, uniform6(maybe_instant()), numbers, flags, uniform3(maybe_text()), option::of(decimal()))
        .prop_map(|(names, words, times, numbers, flags, texts, sale_amount)| {
            let (source, contact_id, provider, [program, site, first_queue, last_queue, language, reason], others) =
                names;
            let [ended_by, sale_currency, ..] = others;
            let (channel, direction, outcome) = words;
            let [arrived_at, offered_at, answered_at, ended_at, delivered_at, superseded_at] = times;
            let (
                [wait, ring, talk, hold, wrap],
                [legs, leads, appointments, repeat_after, reopened_after],
                [csat, nps],
            ) = numbers;
            let [transferred_out, resolved] = flags;
            let [customer, ticket, recording] = texts;
            ContactRow {
                source,
                contact_id,
                program,
                provider,
                site,
                first_queue,
                last_queue,
                channel,
                direction,
                language,
                reason,
                customer,
                ticket,
                arrived_at,
                offered_at,
                answered_at,
                ended_at,
                wait,
                ring,
                talk,
                hold,
                wrap,
                legs,
                outcome,
                ended_by,
                transferred_out,
                resolved,
                sale_amount,
                sale_currency,
                leads,
                appointments,
                csat,
                nps,
                recording,
                delivered_at,
                superseded_at,
                repeat_after,
                reopened_after,
            }
        })
        .boxed()
}

pub fn leg() -> BoxedStrategy<LegRow> {
    let names = (name(), text(), any::<i64>(), uniform3(maybe_name()), uniform4(maybe_name()));
    let words = (word(Channel::ALL), word(Direction::ALL), word(Outcome::ALL));
    (names, uniform5(maybe_instant()), uniform5(number()), words)
        .prop_map(|(names, times, durations, (channel, direction, outcome))| {
            let (source, contact_id, leg, [queue, team, agent], [provider, program, site, language]) = names;
            let [offered_at, answered_at, ended_at, delivered_at, superseded_at] = times;
            let [wait, ring, talk, hold, wrap] = durations;
            LegRow {
                source,
                contact_id,
                leg,
                provider,
                program,
                site,
                channel,
                direction,
                language,
                queue,
                team,
                agent,
                offered_at,
                answered_at,
                ended_at,
                wait,
                ring,
                talk,
                hold,
                wrap,
                outcome,
                delivered_at,
                superseded_at,
            }
        })
        .boxed()
}

pub fn agent_time() -> BoxedStrategy<AgentTimeRow> {
    let words = (word(Direction::ALL), select(AgentState::ALL));
    let annotations = (option::of(any::<bool>()), maybe_instant(), number(), option::of(day()));
    (uniform3(name()), uniform5(maybe_name()), words, uniform2(instant()), annotations)
        .prop_map(|(names, others, (direction, state), [from, until], annotations)| {
            let ([source, agent, provider], [program, site, team, queue, reason]) = (names, others);
            let (approved, week_from, week_before, left) = annotations;
            AgentTimeRow {
                source,
                agent,
                provider,
                program,
                site,
                team,
                queue,
                direction,
                state,
                reason,
                from,
                until,
                approved,
                week_from,
                week_before,
                left,
            }
        })
        .boxed()
}

pub fn schedule() -> BoxedStrategy<ScheduleRow> {
    (name(), uniform3(maybe_name()), uniform2(instant()), uniform3(number()))
        .prop_map(|(provider, [program, site, team], [from, until], [requested, scheduled, productive])| ScheduleRow {
            provider,
            program,
            site,
            team,
            from,
            until,
            requested,
            scheduled,
            productive,
        })
        .boxed()
}

pub fn forecast() -> BoxedStrategy<ForecastRow> {
    (name(), maybe_name(), uniform2(instant()), decimal(), number(), maybe_instant())
        .prop_map(|(program, queue, [from, until], contacts, handle, locked_at)| ForecastRow {
            program,
            queue,
            from,
            until,
            contacts,
            handle,
            locked_at,
        })
        .boxed()
}

pub fn agent() -> BoxedStrategy<AgentRow> {
    (uniform2(name()), uniform6(maybe_name()), day(), option::of(day()))
        .prop_map(|([agent, provider], [program, site, team, languages, wage_class, why], hired, left)| AgentRow {
            agent,
            provider,
            program,
            site,
            team,
            languages,
            wage_class,
            hired,
            left,
            why,
        })
        .boxed()
}

pub fn rate() -> BoxedStrategy<RateRow> {
    (name(), day(), decimal(), maybe_name())
        .prop_map(|(what, date, value, source)| RateRow { what, date, value, source })
        .boxed()
}

pub fn reported() -> BoxedStrategy<ReportedRow> {
    (uniform3(name()), uniform2(maybe_name()), day(), decimal(), option::of(decimal()), maybe_text())
        .prop_map(|([source, provider, what], [program, currency], date, quantity, amount, document)| ReportedRow {
            source,
            provider,
            program,
            what,
            date,
            quantity,
            amount,
            currency,
            document,
        })
        .boxed()
}

pub fn outage() -> BoxedStrategy<OutageRow> {
    (instant(), maybe_instant(), name(), maybe_name())
        .prop_map(|(from, until, what, whose)| OutageRow { from, until, what, whose })
        .boxed()
}

pub fn interval() -> BoxedStrategy<IntervalRow> {
    let names = (name(), name(), uniform4(maybe_name()), word(Channel::ALL));
    (names, uniform2(instant()), any::<i64>(), uniform4(number()), uniform4(number()))
        .prop_map(|(names, [from, until], offered, counts, [wait, talk, hold, wrap])| {
            let (source, provider, [program, site, queue, language], channel) = names;
            let [answered, abandoned, in_time, threshold] = counts;
            IntervalRow {
                source,
                provider,
                program,
                site,
                queue,
                channel,
                language,
                from,
                until,
                offered,
                answered,
                abandoned,
                in_time,
                threshold,
                wait,
                talk,
                hold,
                wrap,
            }
        })
        .boxed()
}
