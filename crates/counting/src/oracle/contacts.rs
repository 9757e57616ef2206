//! Contacts and legs, one at a time.

use longshore_contacts::{ContactRow, LegRow, Table};
use longshore_contract::{Across, CountedAt, CountsError, Field, Measure, Part};
use longshore_units::{Instant, Milliseconds};

use super::{Fields, OneCounter, Place, Spans, fields, whole};
use crate::CountError;
use crate::error::LONGEST_SPAN;

impl OneCounter<'_> {
    pub(super) fn contact(&mut self, row: &ContactRow, number: usize) -> Result<(), CountError> {
        if row.superseded_at.is_some() {
            return Ok(());
        }
        let at = match self.terms.counted_at {
            CountedAt::Arrived => row.arrived_at,
            CountedAt::Offered => row.offered_at,
            CountedAt::Answered => row.answered_at,
            CountedAt::Ended => row.ended_at,
        };
        let fields = fields([
            (Field::Channel, row.channel.map(|word| word.as_str())),
            (Field::Direction, row.direction.map(|word| word.as_str())),
            (Field::Outcome, row.outcome.map(|word| word.as_str())),
            (Field::Queue, row.first_queue.as_deref()),
            (Field::LastQueue, row.last_queue.as_deref()),
            (Field::Language, row.language.as_deref()),
            (Field::Reason, row.reason.as_deref()),
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
        ]);
        let place = Place { table: Table::Contacts, number };
        let Some(at) = self.placed(Some(&row.provider), &fields, at) else { return Ok(()) };
        if !self.selects(&fields, row.talk, None) {
            return Ok(());
        }
        let quantity = match &*self.counter.measure {
            Measure::Resolutions { reopened_within } => {
                let reopened = |within: Milliseconds| {
                    row.reopened_after.is_some_and(|after| i128::from(after) <= i128::from(within.0))
                };
                if row.resolved.is_some()
                    && row.reopened_after.is_some_and(|after| after < 0)
                    && reopened_within.is_some()
                {
                    return Err(place.negative("reopened_after"));
                }
                (row.resolved == Some(true) && !reopened_within.is_some_and(reopened)).then_some(1)
            }
            Measure::Sales => row.sale_amount.filter(|amount| 0 < amount.unscaled()).map(|_| 1),
            Measure::SaleAmount => {
                let is_ours = row.sale_currency.as_deref() == Some(self.terms.currency.code());
                row.sale_amount.map(|amount| amount.unscaled()).filter(|amount| is_ours && *amount != 0)
            }
            Measure::Leads => whole(row.leads, place, "leads")?,
            Measure::Appointments => whole(row.appointments, place, "appointments")?,
            _ => return self.time(place, &fields, at, [row.talk, row.hold, row.wrap, row.ring, row.wait]),
        };
        quantity.map_or(Ok(()), |quantity| self.add(&fields, at, 1, quantity))
    }

    pub(super) fn leg(&mut self, row: &LegRow, number: usize) -> Result<(), CountError> {
        if row.superseded_at.is_some() {
            return Ok(());
        }
        let at = match self.terms.counted_at {
            CountedAt::Arrived | CountedAt::Offered => row.offered_at,
            CountedAt::Answered => row.answered_at,
            CountedAt::Ended => row.ended_at,
        };
        let fields = fields([
            (Field::Channel, row.channel.map(|word| word.as_str())),
            (Field::Direction, row.direction.map(|word| word.as_str())),
            (Field::Outcome, row.outcome.map(|word| word.as_str())),
            (Field::Queue, row.queue.as_deref()),
            (Field::Language, row.language.as_deref()),
            (Field::Program, row.program.as_deref()),
            (Field::Site, row.site.as_deref()),
            (Field::Team, row.team.as_deref()),
        ]);
        let place = Place { table: Table::Legs, number };
        let Some(at) = self.placed(row.provider.as_deref(), &fields, at) else { return Ok(()) };
        if !self.selects(&fields, row.talk, None) {
            return Ok(());
        }
        self.time(place, &fields, at, [row.talk, row.hold, row.wrap, row.ring, row.wait])
    }

    /// A contact or a leg: one row, at one instant, or its billable time.
    pub(super) fn time(
        &mut self,
        place: Place,
        fields: &Fields<'_>,
        at: Instant,
        spans: Spans,
    ) -> Result<(), CountError> {
        let Measure::Time { of, increments, .. } = &*self.counter.measure else {
            return self.add(fields, at, 1, 1);
        };
        let of_part = |part: &Part| spans[Part::ALL.iter().position(|known| known == part).expect("a known part")];
        let Some(parts) = of.iter().map(of_part).collect::<Option<Vec<i64>>>() else { return Ok(()) };
        if let Some((part, _)) = of.iter().zip(&parts).find(|(_, value)| **value < 0) {
            return Err(place.negative(part.word()));
        }
        let time = Milliseconds(parts.iter().map(|part| *part as u64).sum());
        if !increments.bills(time) {
            return Ok(());
        }
        let billed = increments.billed(time).ok_or(CountsError::Overflow)?.0;
        let billed = self.counter.step.map_or(billed, |step| billed.div_ceil(step.0) * step.0);
        if self.counter.surcharges.iter().all(|surcharge| surcharge.across == Across::Start) {
            return self.add(fields, at, 1, billed.into());
        }
        if i128::from(LONGEST_SPAN) < i128::from(billed) * 1000 {
            return Err(CountError::TooLong { table: place.table.name(), row: place.number });
        }
        // A millisecond belongs to the stretch in which it begins.
        let billed = billed as i64;
        self.add(fields, at, 1, 0)?;
        for piece in self.edges(at, Instant(at.0 + billed * 1000)).windows(2) {
            let begun = |edge: Instant| (edge.0 - at.0 + 999).div_euclid(1000);
            self.add_part(fields, (at, piece[0]), 0, (begun(piece[1]) - begun(piece[0])).into())?;
        }
        Ok(())
    }
}
