//! Which rows of a batch are a contract's business, and where they lie.

use arrow_array::types::TimestampMicrosecondType;
use arrow_array::{Array, PrimitiveArray};
use longshore_contract::Grain;
use longshore_units::Instant;

use crate::columns::{Columns, day};
use crate::program::{Job, Program, leg_instant};
use crate::timeline::{OUTSIDE, Slot, Timeline};
use crate::version::Versions;
use crate::{CountError, LeftOut};

/// What is known of the rows of a batch before any charge looks at them.
pub(crate) struct Placed {
    /// Which rows are the contract's business, by the position of the programs that a version covers.
    kept: Vec<Vec<bool>>,
    /// Where each kept row lies. Empty for tables that are placed by spans.
    pub slots: Vec<Slot>,
    /// Where all rows lie, if that is one place.
    only: Option<Slot>,
}

impl Placed {
    /// Looks at who provides what, what is replaced, and when it was.
    pub fn of(
        program: &Program,
        grain: Grain,
        columns: &Columns<'_>,
        timeline: &mut Timeline,
        versions: &mut Versions,
        left_out: &mut LeftOut,
    ) -> Result<Placed, CountError> {
        let mut kept = vec![true; columns.rows()];
        if grain != Grain::Forecast {
            let providers = columns.names("provider")?;
            left_out.without_provider += providers.drop_unknown(&mut kept);
            left_out.other_provider += providers.keep_counted(|name| name == program.provider, &mut kept);
        }
        let is_covered = |name: &str, covered: usize| program.covered[covered].iter().any(|program| program == name);
        if let [programs] = program.covered.as_slice()
            && !programs.is_empty()
        {
            left_out.other_program += columns.names("program")?.keep_counted(|name| is_covered(name, 0), &mut kept);
        }
        if columns.has("superseded_at") {
            let superseded = columns.instants("superseded_at")?;
            if superseded.null_count() < superseded.len() {
                for (row, kept) in kept.iter_mut().enumerate() {
                    left_out.superseded += u64::from(*kept && superseded.is_valid(row));
                    *kept &= superseded.is_null(row);
                }
            }
        }
        let (slots, only) = match grain {
            Grain::Contact => located(columns.instants(program.counted_at.column())?, &mut kept, timeline, left_out),
            Grain::Leg => located(columns.instants(leg_instant(program.counted_at))?, &mut kept, timeline, left_out),
            Grain::Schedule | Grain::Forecast => located(columns.instants("from")?, &mut kept, timeline, left_out),
            Grain::Reported => (dated(columns, &mut kept, timeline, left_out)?, None),
            Grain::AgentTime | Grain::Agent => (Vec::new(), None),
        };
        if versions.several() && !slots.is_empty() {
            for (slot, kept) in slots.iter().zip(&mut kept).filter(|(_, kept)| **kept) {
                let in_force = versions.at(*slot, timeline).is_some();
                left_out.outside_term += u64::from(!in_force);
                *kept &= in_force;
            }
        }
        let mut placed = Placed { kept: vec![kept], slots, only };
        if 1 < program.covered.len() {
            placed.cover(program, columns, timeline, versions, left_out)?;
        }
        Ok(placed)
    }

    /// Tells apart which rows each list of programs covers, where versions cover different ones.
    fn cover(
        &mut self,
        program: &Program,
        columns: &Columns<'_>,
        timeline: &Timeline,
        versions: &mut Versions,
        left_out: &mut LeftOut,
    ) -> Result<(), CountError> {
        let all = self.kept.remove(0);
        for programs in &program.covered {
            let mut kept = all.clone();
            if !programs.is_empty() {
                columns.names("program")?.keep(|name| programs.iter().any(|program| program == name), &mut kept);
            }
            self.kept.push(kept);
        }
        // A row at one instant is left out if the version in force there does not cover it; a span, if none does.
        let covered = |version: u16| program.versions[usize::from(version)].covered;
        for row in (0..all.len()).filter(|row| all[*row]) {
            let of = self.slots.get(row).and_then(|slot| versions.at(*slot, timeline)).map(covered);
            let is_covered = match of {
                Some(of) => self.kept[of][row],
                None => self.kept.iter().any(|kept| kept[row]),
            };
            left_out.other_program += u64::from(!is_covered);
        }
        Ok(())
    }

    /// Which rows a job may look at. `false` if none, and `kept` is not right then.
    pub fn keep(
        &self,
        job: &Job,
        program: &Program,
        timeline: &Timeline,
        versions: &mut Versions,
        kept: &mut Vec<bool>,
    ) -> bool {
        if let Some(only) = self.only
            && !versions.is_of(only, job.version, timeline)
        {
            return false;
        }
        let covered = program.versions[usize::from(job.version)].covered;
        kept.clone_from(&self.kept[covered]);
        if versions.several() && self.only.is_none() {
            for (kept, slot) in kept.iter_mut().zip(&self.slots) {
                *kept &= versions.is_of(*slot, job.version, timeline);
            }
        }
        true
    }
}

/// The slots of instants. Rows without one, or outside, are left out.
fn located(
    instants: &PrimitiveArray<TimestampMicrosecondType>,
    kept: &mut [bool],
    timeline: &mut Timeline,
    left_out: &mut LeftOut,
) -> (Vec<Slot>, Option<Slot>) {
    let (values, nulls) = (instants.values(), instants.nulls());
    // Batches mostly lie in one stretch of one day: then no row needs a look of its own.
    if nulls.is_none()
        && let Some(slot) = timeline.slot_of_all(values)
    {
        return (vec![slot; kept.len()], Some(slot));
    }
    let mut slots = vec![OUTSIDE; kept.len()];
    for (row, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
        if nulls.is_some_and(|nulls| nulls.is_null(row)) {
            left_out.without_instant += 1;
            *kept = false;
            continue;
        }
        let slot = timeline.slot(values[row]);
        slots[row] = slot;
        if slot == OUTSIDE {
            left_out.outside_term += 1;
            *kept = false;
        }
    }
    (slots, None)
}

/// The slots of days: of their first instants.
fn dated(
    columns: &Columns<'_>,
    kept: &mut [bool],
    timeline: &mut Timeline,
    left_out: &mut LeftOut,
) -> Result<Vec<Slot>, CountError> {
    let days = columns.days("date")?;
    let mut slots = vec![OUTSIDE; kept.len()];
    for (row, kept) in kept.iter_mut().enumerate().filter(|(_, kept)| **kept) {
        let no_day = || CountError::Day { table: columns.table.name(), column: "date", row };
        let day = days.is_valid(row).then(|| day(days.value(row))).flatten().ok_or_else(no_day)?;
        let Instant(start) = timeline.zone().start_of(day).ok_or_else(no_day)?;
        slots[row] = timeline.slot(start);
        if slots[row] == OUTSIDE {
            left_out.outside_term += 1;
            *kept = false;
        }
    }
    Ok(slots)
}
