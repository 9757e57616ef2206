//! The tables row by row: a plain struct a row, for tests, small tables and oracles.
//!
//! Each struct below *is* its table's definition: its fields in their order are the columns, an `Option` is a column
//! that may be null, and the word after `as` says what the column holds. Every table ends with the columns of delivery;
//! rows of most have no use for them, and their structs leave them out (`then`). Reading and writing rows goes one value at
//! a time and shares nothing with the columnar code, so that a slow, obvious computation over rows can check a fast one.

use arrow_array::{RecordBatch, RecordBatchOptions};
use jiff::civil::Date;
use longshore_units::Instant;

use crate::cell::{self, Cell, Cells, Field};
use crate::decimal::Decimal;
use crate::error::ContactsError;
use crate::table::{Column, Table};
use crate::words::{AgentState, Channel, Direction, Outcome};

macro_rules! table_of_rows {
    ($(#[$about:meta])* $row:ident, $columns:ident, $batch:ident, $read:ident of $table:ident $(then $($delivery:ident)+)? {
        $($(#[$doc:meta])* $name:ident: $type:ty as $kind:ident,)+
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $row {
            $($(#[$doc])* pub $name: $type,)+
        }

        impl $row {
            pub(crate) const COLUMNS: &'static [Column] = &[$(Column {
                name: stringify!($name),
                kind: <cell::$kind as Cell>::KIND,
                required: <$type as Field<<cell::$kind as Cell>::Value>>::REQUIRED,
            }),+ $($(, Column {
                name: stringify!($delivery),
                kind: <cell::Instant as Cell>::KIND,
                required: false,
            })+)?];
        }

        #[doc = concat!("Rows of `", stringify!($table), "`, one after the other, until they are a batch.")]
        #[derive(Default)]
        pub struct $columns {
            $($name: <cell::$kind as Cell>::Builder,)+
            $($($delivery: <cell::Instant as Cell>::Builder,)+)?
            length: usize,
        }

        impl $columns {
            /// Puts a row behind the others.
            pub fn push(&mut self, row: &$row) {
                $(cell::$kind::push(&mut self.$name, Field::<<cell::$kind as Cell>::Value>::as_value(&row.$name));)+
                $($(cell::Instant::push(&mut self.$delivery, None);)+)?
                self.length += 1;
            }

            /// How many rows there are.
            pub fn len(&self) -> usize {
                self.length
            }

            /// Whether there are none.
            pub fn is_empty(&self) -> bool {
                self.length == 0
            }

            /// The rows as a batch in the table's canonical schema. Then there are none.
            pub fn finish(&mut self) -> RecordBatch {
                let columns = vec![$(cell::$kind::finish(&mut self.$name)),+
                    $($(, cell::Instant::finish(&mut self.$delivery))+)?];
                let options = RecordBatchOptions::new().with_row_count(Some(std::mem::take(&mut self.length)));
                RecordBatch::try_new_with_options(Table::$table.schema(), columns, &options)
                    .expect("a struct's fields are its table's columns")
            }
        }

        #[doc = concat!("These rows as a batch of `", stringify!($table), "` in its canonical schema.")]
        pub fn $batch(rows: &[$row]) -> RecordBatch {
            let mut columns = $columns::default();
            rows.iter().for_each(|row| columns.push(row));
            columns.finish()
        }

        #[doc = concat!("The rows of a canonical batch of `", stringify!($table), "`, one after the other.")]
        ///
        /// # Errors
        /// The first value says it where the batch's schema is not the table's; see [`conform`](crate::conform).
        pub fn $read(batch: &RecordBatch) -> impl Iterator<Item = Result<$row, ContactsError>> + '_ {
            (0..batch.num_rows()).map(move |row| {
                let mut cells = Cells::of_row(batch, Table::$table, row)?;
                Ok($row { $($name: cells.next::<cell::$kind, _>()?,)+ })
            })
        }
    };
}

table_of_rows! {
    /// One contact at one provider.
    ContactRow, ContactColumns, contacts_batch, contact_rows of Contacts {
        /// The system or document the row comes from.
        source: String as Name,
        /// The source's own identifier of the contact.
        contact_id: String as Text,
        /// The program it belongs to.
        program: Option<String> as Name,
        /// Who was to serve it. A contact without provider has no price.
        provider: String as Name,
        /// Where.
        site: Option<String> as Name,
        /// The queue it came to first.
        first_queue: Option<String> as Name,
        /// The queue it was in last.
        last_queue: Option<String> as Name,
        /// The medium.
        channel: Option<Channel> as Channel,
        /// Who reached out.
        direction: Option<Direction> as Direction,
        /// The language spoken, as in BCP 47: `en`, `es-MX`.
        language: Option<String> as Name,
        /// Why the customer came: disposition, wrap-up code, tag.
        reason: Option<String> as Name,
        /// The customer as a keyed hash, never the raw number.
        customer: Option<String> as Text,
        /// The ticket it belongs to.
        ticket: Option<String> as Text,
        /// When it reached the carrier or the front door.
        arrived_at: Option<Instant> as Instant,
        /// When it first entered a queue.
        offered_at: Option<Instant> as Instant,
        /// When an agent first took it.
        answered_at: Option<Instant> as Instant,
        /// When it ended for the customer.
        ended_at: Option<Instant> as Instant,
        /// Waiting, in milliseconds, over all legs; so are the next four.
        wait: Option<i64> as Duration,
        /// Ringing at agents.
        ring: Option<i64> as Duration,
        /// Talking or writing.
        talk: Option<i64> as Duration,
        /// On hold.
        hold: Option<i64> as Duration,
        /// After-contact work.
        wrap: Option<i64> as Duration,
        /// How many legs it had.
        legs: Option<i64> as Count,
        /// What it came to. Null while it still runs.
        outcome: Option<Outcome> as Outcome,
        /// Who ended it: `customer`, `agent`, `system`, or the source's word.
        ended_by: Option<String> as Name,
        /// Whether it was handed on to someone outside the records.
        transferred_out: Option<bool> as Flag,
        /// Whether it settled what the customer came for.
        resolved: Option<bool> as Flag,
        /// What was sold, in `sale_currency`.
        sale_amount: Option<Decimal<9>> as Decimal9,
        /// The sale's currency, as in ISO 4217.
        sale_currency: Option<String> as Name,
        /// Leads won.
        leads: Option<i64> as Count,
        /// Appointments made.
        appointments: Option<i64> as Count,
        /// The customer's satisfaction on the survey's own scale.
        csat: Option<i32> as Score,
        /// Whether the customer would recommend, 0 to 10.
        nps: Option<i32> as Score,
        /// Where the recording lies.
        recording: Option<String> as Text,
        /// When this version of the row was delivered.
        delivered_at: Option<Instant> as Instant,
        /// When a newer version replaced it. Null while it holds.
        superseded_at: Option<Instant> as Instant,
        /// How long after its end the same customer next made contact. Null while nobody has, as far as is known.
        repeat_after: Option<i64> as Duration,
        /// How long after its end the same customer next made contact in the same matter. Null while nobody has, as far
        /// as is known.
        reopened_after: Option<i64> as Duration,
    }
}

impl ContactRow {
    /// A contact of which nothing is known but what every row says: its name at its source, and whose it was to serve.
    pub fn of(source: impl Into<String>, contact_id: impl Into<String>, provider: impl Into<String>) -> ContactRow {
        ContactRow {
            source: source.into(),
            contact_id: contact_id.into(),
            program: None,
            provider: provider.into(),
            site: None,
            first_queue: None,
            last_queue: None,
            channel: None,
            direction: None,
            language: None,
            reason: None,
            customer: None,
            ticket: None,
            arrived_at: None,
            offered_at: None,
            answered_at: None,
            ended_at: None,
            wait: None,
            ring: None,
            talk: None,
            hold: None,
            wrap: None,
            legs: None,
            outcome: None,
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
            superseded_at: None,
            repeat_after: None,
            reopened_after: None,
        }
    }
}

table_of_rows! {
    /// One visit of a contact to a queue or agent.
    LegRow, LegColumns, legs_batch, leg_rows of Legs {
        /// The source of the contact.
        source: String as Name,
        /// The contact.
        contact_id: String as Text,
        /// Its number within the contact, from 1.
        leg: i64 as Count,
        /// The contact's provider; so are the next five the contact's own, so that a charge by the leg sees one row.
        provider: Option<String> as Name,
        /// The contact's program.
        program: Option<String> as Name,
        /// Where it was to be served.
        site: Option<String> as Name,
        /// The contact's medium.
        channel: Option<Channel> as Channel,
        /// Who reached out.
        direction: Option<Direction> as Direction,
        /// The language spoken.
        language: Option<String> as Name,
        /// The queue visited.
        queue: Option<String> as Name,
        /// The team that served or was to serve.
        team: Option<String> as Name,
        /// The agent who took it.
        agent: Option<String> as Name,
        /// When it entered the queue.
        offered_at: Option<Instant> as Instant,
        /// When an agent took it.
        answered_at: Option<Instant> as Instant,
        /// When the visit ended.
        ended_at: Option<Instant> as Instant,
        /// Waiting, in milliseconds; so are the next four.
        wait: Option<i64> as Duration,
        /// Ringing at agents.
        ring: Option<i64> as Duration,
        /// Talking or writing.
        talk: Option<i64> as Duration,
        /// On hold.
        hold: Option<i64> as Duration,
        /// After-contact work.
        wrap: Option<i64> as Duration,
        /// What the visit came to. Null while it still runs.
        outcome: Option<Outcome> as Outcome,
        /// When this version of the contact's legs was delivered.
        delivered_at: Option<Instant> as Instant,
        /// When a newer version replaced it. Null while it holds.
        superseded_at: Option<Instant> as Instant,
    }
}

impl LegRow {
    /// A leg of which nothing is known but what every row says: its contact, and its number.
    pub fn of(source: impl Into<String>, contact_id: impl Into<String>, leg: i64) -> LegRow {
        LegRow {
            source: source.into(),
            contact_id: contact_id.into(),
            leg,
            provider: None,
            program: None,
            site: None,
            channel: None,
            direction: None,
            language: None,
            queue: None,
            team: None,
            agent: None,
            offered_at: None,
            answered_at: None,
            ended_at: None,
            wait: None,
            ring: None,
            talk: None,
            hold: None,
            wrap: None,
            outcome: None,
            delivered_at: None,
            superseded_at: None,
        }
    }
}

table_of_rows! {
    /// One stretch of time `[from, until)` that an agent spent in one state. One agent's rows never overlap.
    AgentTimeRow, AgentTimeColumns, agent_time_batch, agent_time_rows of AgentTime then delivered_at superseded_at {
        /// The system the row comes from.
        source: String as Name,
        /// The agent.
        agent: String as Name,
        /// Who employs the agent.
        provider: String as Name,
        /// The program worked for.
        program: Option<String> as Name,
        /// Where.
        site: Option<String> as Name,
        /// The team.
        team: Option<String> as Name,
        /// The queue served, where the state has one.
        queue: Option<String> as Name,
        /// Whether for customers who called, or to call them.
        direction: Option<Direction> as Direction,
        /// What the agent did.
        state: AgentState as AgentState,
        /// The source's own word for it.
        reason: Option<String> as Name,
        /// When it began.
        from: Instant as Instant,
        /// When it ended; this instant is not part of it.
        until: Instant as Instant,
        /// Whether it was approved, where that is asked for: overtime, training.
        approved: Option<bool> as Flag,
        /// When the week began that `week_before` is of: the zone and the weekday that weeks begin with follow from it.
        week_from: Option<Instant> as Instant,
        /// How much time in every state but `offline` the agent had in that week before this row, in whole milliseconds.
        week_before: Option<i64> as Duration,
        /// The agent's last day, included. Null while employed.
        left: Option<Date> as Day,
    }
}

table_of_rows! {
    /// Planned hours of a team in `[from, until)`. The three amounts of agent time are in milliseconds.
    ScheduleRow, ScheduleColumns, schedule_batch, schedule_rows of Schedule then delivered_at superseded_at {
        /// Whose agents.
        provider: String as Name,
        /// The program planned for.
        program: Option<String> as Name,
        /// Where.
        site: Option<String> as Name,
        /// The team.
        team: Option<String> as Name,
        /// When the span begins.
        from: Instant as Instant,
        /// When it ends.
        until: Instant as Instant,
        /// Agent time the buyer asked for.
        requested: Option<i64> as Duration,
        /// Agent time the provider scheduled.
        scheduled: Option<i64> as Duration,
        /// Agent time worked productively, from `agent_time`.
        productive: Option<i64> as Duration,
    }
}

table_of_rows! {
    /// Contacts expected in `[from, until)`.
    ForecastRow, ForecastColumns, forecast_batch, forecast_rows of Forecast then delivered_at superseded_at {
        /// The program.
        program: String as Name,
        /// The queue; null for the program as a whole.
        queue: Option<String> as Name,
        /// When the interval begins.
        from: Instant as Instant,
        /// When it ends.
        until: Instant as Instant,
        /// How many contacts are expected.
        contacts: Decimal<6> as Decimal6,
        /// Their mean handle time in milliseconds.
        handle: Option<i64> as Duration,
        /// When it became binding. Null while it may still change.
        locked_at: Option<Instant> as Instant,
    }
}

table_of_rows! {
    /// An agent's time on the register.
    AgentRow, AgentColumns, agents_batch, agent_rows of Agents then delivered_at superseded_at {
        /// The agent.
        agent: String as Name,
        /// Who employs the agent.
        provider: String as Name,
        /// The program worked for.
        program: Option<String> as Name,
        /// Where.
        site: Option<String> as Name,
        /// The team.
        team: Option<String> as Name,
        /// The languages served, with a space between: `en es-MX`.
        languages: Option<String> as Name,
        /// The class of pay.
        wage_class: Option<String> as Name,
        /// The first day.
        hired: Date as Day,
        /// The last day, included. Null while employed.
        left: Option<Date> as Day,
        /// Why the agent left.
        why: Option<String> as Name,
    }
}

table_of_rows! {
    /// A value on a day: what one currency costs in another, or a price index.
    RateRow, RateColumns, rates_batch, rate_rows of Rates then delivered_at superseded_at {
        /// `USD/PHP` (Philippine pesos for one dollar), or an index's name.
        what: String as Name,
        /// The day.
        date: Date as Day,
        /// Its value.
        value: Decimal<12> as Decimal12,
        /// Who publishes it.
        source: Option<String> as Name,
    }
}

table_of_rows! {
    /// A quantity that no record shows (interpreters, change requests, postage), as a document reports it.
    ReportedRow, ReportedColumns, reported_batch, reported_rows of Reported then delivered_at superseded_at {
        /// Who reports it.
        source: String as Name,
        /// Who did it.
        provider: String as Name,
        /// The program.
        program: Option<String> as Name,
        /// What was done.
        what: String as Name,
        /// The day it counts on.
        date: Date as Day,
        /// How much.
        quantity: Decimal<9> as Decimal9,
        /// What was paid for it, where the price is passed through, in `currency`.
        amount: Option<Decimal<9>> as Decimal9,
        /// The amount's currency, as in ISO 4217.
        currency: Option<String> as Name,
        /// The document that proves it.
        document: Option<String> as Text,
    }
}

table_of_rows! {
    /// A span `[from, until)` in which something did not work.
    OutageRow, OutageColumns, outages_batch, outage_rows of Outages then delivered_at superseded_at {
        /// When it began.
        from: Instant as Instant,
        /// When it ended. Null while it lasts.
        until: Option<Instant> as Instant,
        /// What did not work.
        what: String as Name,
        /// Who answers for it: `buyer`, `provider`, `carrier`, or a name.
        whose: Option<String> as Name,
    }
}

table_of_rows! {
    /// What a queue counted in `[from, until)`, as a system that keeps no single contacts says it. How it counted is not
    /// known, so that nothing is audited by it; it is history all the same: how many came when.
    IntervalRow, IntervalColumns, intervals_batch, interval_rows of Intervals then delivered_at superseded_at {
        /// The system or document the row comes from.
        source: String as Name,
        /// Who was to serve.
        provider: String as Name,
        /// The program.
        program: Option<String> as Name,
        /// Where.
        site: Option<String> as Name,
        /// The queue; null where the count is of all together.
        queue: Option<String> as Name,
        /// The medium.
        channel: Option<Channel> as Channel,
        /// The language spoken, as in BCP 47.
        language: Option<String> as Name,
        /// When the interval begins.
        from: Instant as Instant,
        /// When it ends; this instant is not part of it.
        until: Instant as Instant,
        /// How many contacts came.
        offered: i64 as Count,
        /// How many were answered, whenever they came.
        answered: Option<i64> as Count,
        /// How many were abandoned, whenever they came.
        abandoned: Option<i64> as Count,
        /// How many were answered within `threshold`.
        in_time: Option<i64> as Count,
        /// Within how long an answer was in time, in milliseconds.
        threshold: Option<i64> as Duration,
        /// The waiting of all of them together, in milliseconds; so are the next three.
        wait: Option<i64> as Duration,
        /// All talking.
        talk: Option<i64> as Duration,
        /// All holding.
        hold: Option<i64> as Duration,
        /// All after-contact work.
        wrap: Option<i64> as Duration,
    }
}
