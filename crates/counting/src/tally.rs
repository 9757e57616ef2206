//! The kernel: batches in, whole numbers added up.

use std::ops::Deref;

use arrow_array::RecordBatch;
use longshore_contacts::Table;
use longshore_contract::{Counts, Grain};

use crate::columns::Columns;
use crate::job_tally::JobTally;
use crate::measured::Measuring;
use crate::placed::Placed;
use crate::program::{Job, Program, leg_instant, table_of};
use crate::quantity::{Billable, Quantity};
use crate::scratch::Scratch;
use crate::select::select;
use crate::spans::Spans;
use crate::split::add_split;
use crate::timeline::Timeline;
use crate::version::Versions;
use crate::{CountError, LeftOut, register};

/// The most sites or programs that are counted apart.
pub(crate) const MOST_GROUPS: usize = 1 << 16;

/// What one thread has counted so far, by a program that it borrows or shares (`&Program`, `Arc<Program>`).
#[derive(Clone, Debug)]
pub struct Tally<P> {
    program: P,
    timeline: Timeline,
    /// The stretches behind the last day too, where contacts are split.
    beyond: Option<Timeline>,
    versions: Versions,
    jobs: Vec<JobTally>,
    left_out: LeftOut,
}

impl<P: Deref<Target = Program> + Clone> Tally<P> {
    /// Nothing yet.
    pub fn new(program: P) -> Tally<P> {
        Tally {
            timeline: program.timeline.clone(),
            beyond: program.beyond.clone(),
            versions: Versions::new(&program.versions),
            jobs: vec![JobTally::default(); program.jobs.len()],
            left_out: LeftOut::default(),
            program,
        }
    }

    /// Counts a batch of a table, in its canonical types (`longshore_contacts::conform`). Columns that
    /// [`Program::columns`] does not name may be missing.
    ///
    /// After an error the tally is not to be used any more: parts of the batch may be in it.
    pub fn count(&mut self, table: Table, batch: &RecordBatch) -> Result<(), CountError> {
        let program = self.program.clone();
        let program: &Program = &program;
        let Some(grain) = program.jobs.iter().map(|job| job.grain).find(|grain| table_of(*grain) == table) else {
            return Ok(());
        };
        let columns = Columns::of(table, batch);
        let (timeline, versions, left_out) = (&mut self.timeline, &mut self.versions, &mut self.left_out);
        let placed = Placed::of(program, grain, &columns, timeline, versions, left_out)?;
        let mut scratch = Scratch::default();
        for (position, job) in program.jobs.iter().enumerate().filter(|(_, job)| job.grain == grain) {
            if placed.keep(job, program, &self.timeline, &mut self.versions, &mut scratch.kept) {
                for criterion in &job.criteria {
                    select(criterion, grain, &columns, &mut scratch.kept)?;
                }
                self.count_job(position, job, &columns, &placed, &mut scratch)?;
            }
        }
        Ok(())
    }

    /// Counts the rows that a job selects.
    fn count_job(
        &mut self,
        position: usize,
        job: &Job,
        columns: &Columns<'_>,
        placed: &Placed,
        scratch: &mut Scratch,
    ) -> Result<(), CountError> {
        let Tally { program, timeline, versions, left_out, .. } = self;
        let tally = &mut self.jobs[position];
        tally.group(job, columns, &mut scratch.groups)?;
        tally.make_room(job, columns.table, timeline.slots())?;
        let spans = |scratch, beyond, refund_within_days| Spans { job, columns, scratch, beyond, refund_within_days };
        match &job.quantity {
            Quantity::Row => {
                scratch.select();
                tally.add_each(job, &placed.slots, scratch, |_| 1);
            }
            Quantity::Time { of, billable } => {
                let parts = of.iter().map(|part| Ok((part.word(), columns.durations(part.word())?)));
                let parts: Vec<_> = parts.collect::<Result<_, CountError>>()?;
                let sums = scratch.sums(columns, &parts, &mut left_out.unknown_quantity)?;
                let Billable { first, then, divider, free_up_to, .. } = *billable;
                if 0 < free_up_to {
                    scratch.rows.retain(|row| free_up_to < sums[*row as usize] as u64);
                }
                let billed = |row: usize| billable.of(sums[row] as u64) as i64;
                if job.split {
                    let instant = match job.grain {
                        Grain::Leg => leg_instant(program.counted_at),
                        _ => program.counted_at.column(),
                    };
                    let beyond = self.beyond.as_mut().expect("a program that splits contacts has what lies beyond");
                    let places = (columns.instants(instant)?, placed.slots.as_slice());
                    add_split(tally, job, columns, places, scratch, (timeline, beyond), billed)?;
                } else if billable.is_plain() {
                    // Written out again, so that the usual charge costs no more than its own arithmetic.
                    let billed = |row: usize| first + divider.up((sums[row] as u64).saturating_sub(first)) * then;
                    tally.add_each(job, &placed.slots, scratch, |row| billed(row) as i64);
                } else {
                    tally.add_each(job, &placed.slots, scratch, billed);
                }
            }
            Quantity::Hours(column) => {
                let parts = [(*column, columns.durations(column)?)];
                let sums = scratch.sums(columns, &parts, &mut left_out.unknown_quantity)?;
                tally.add_each(job, &placed.slots, scratch, |row| sums[row]);
            }
            Quantity::AgentTime(beyond) => {
                left_out.outside_term += spans(scratch, *beyond, None).add_to(tally, timeline, versions)?;
            }
            Quantity::Refund { beyond, within_days } => {
                // The charge itself says which rows lie outside.
                spans(scratch, *beyond, Some(*within_days)).add_to(tally, timeline, versions)?;
            }
            Quantity::AgentDays(prorate) => {
                left_out.outside_term += register::add_days(tally, job, *prorate, columns, scratch, program)?;
            }
            quantity => {
                let (kept, currency) = (scratch.kept.as_slice(), program.currency);
                let mut measuring = Measuring { columns, kept, timeline, currency, left_out };
                let measured = measuring.of(quantity)?;
                tally.add_amounts(job, &placed.slots, scratch, &measured)?;
            }
        }
        Ok(())
    }

    /// What was counted, and what was left out.
    pub fn finish(self) -> Result<(Counts, LeftOut), CountError> {
        let mut counts = Counts::default();
        for (job, tally) in self.program.jobs.iter().zip(self.jobs) {
            counts.merge(&tally.into_counts(job, &self.timeline)?)?;
        }
        Ok((counts, self.left_out))
    }
}
