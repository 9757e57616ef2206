//! What was counted, as bytes: so that an engine that knows no contract can carry it from one machine to another.

use longshore_contract::{Class, Count, Counts, CountsError, Key};
use longshore_units::Month;

use crate::program::Program;
use crate::{CountError, LeftOut};

/// The first byte: the format of the rest.
const FORMAT: u8 = 1;

const LINEAR: u8 = 0;
const SPECTRUM: u8 = 1;

/// What a program counted in some records, and in how many rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The counts.
    pub counts: Counts,
    /// What was left out.
    pub left_out: LeftOut,
    /// How many rows were looked at.
    pub rows: u64,
}

/// Bytes that no program of this kind wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are no counts of this contract")]
pub struct BytesError;

impl Counted {
    /// Adds what was counted in another part of the records.
    ///
    /// # Errors
    /// If a count is larger than any that can be held, or of another contract.
    pub fn merge(&mut self, other: &Counted) -> Result<(), CountError> {
        self.counts.merge(&other.counts)?;
        self.left_out.merge(&other.left_out);
        self.rows = self.rows.checked_add(other.rows).ok_or(CountsError::Overflow)?;
        Ok(())
    }

    /// These counts as bytes. Counters go by their position in the program that counted them.
    ///
    /// # Panics
    /// If a count is of no counter of the program.
    pub fn to_bytes(&self, program: &Program) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        let numbers = [self.rows].into_iter().chain(self.left_out.fields()).chain([self.counts.iter().count() as u64]);
        numbers.for_each(|number| bytes.extend_from_slice(&number.to_le_bytes()));
        for (key, count) in self.counts.iter() {
            let is_its = |job: &crate::program::Job| (job.version, job.counter) == (key.version, key.counter);
            let job = program.jobs.iter().position(is_its).expect("a count is of one of the program's counters");
            bytes.extend_from_slice(&(job as u32).to_le_bytes());
            bytes.extend_from_slice(&(key.group.len() as u32).to_le_bytes());
            bytes.extend_from_slice(key.group.as_bytes());
            bytes.extend_from_slice(&key.period.year().to_le_bytes());
            bytes.push(key.period.number().unsigned_abs());
            bytes.push(key.day.map_or(0, |day| day.day().unsigned_abs()));
            let (year, month) = key.day.map_or((0, 0), |day| (day.year(), day.month().unsigned_abs()));
            bytes.extend_from_slice(&year.to_le_bytes());
            bytes.push(month);
            bytes.extend_from_slice(&key.class.0.to_le_bytes());
            match count {
                Count::Linear { rows, quantity } => {
                    bytes.push(LINEAR);
                    bytes.extend_from_slice(&rows.to_le_bytes());
                    bytes.extend_from_slice(&quantity.to_le_bytes());
                }
                Count::Spectrum(spectrum) => {
                    bytes.push(SPECTRUM);
                    bytes.extend_from_slice(&(spectrum.len() as u64).to_le_bytes());
                    for (quantity, rows) in spectrum {
                        bytes.extend_from_slice(&quantity.to_le_bytes());
                        bytes.extend_from_slice(&rows.to_le_bytes());
                    }
                }
            }
        }
        bytes
    }

    /// What bytes of the same program say.
    ///
    /// # Errors
    /// If they are none. No bytes make it panic, or take more memory than some times their own length.
    pub fn from_bytes(program: &Program, bytes: &[u8]) -> Result<Counted, BytesError> {
        let mut bytes = Bytes(bytes);
        if bytes.array::<1>()? != [FORMAT] {
            return Err(BytesError);
        }
        let rows = bytes.u64()?;
        let mut left_out = LeftOut::default();
        for field in left_out.fields_mut() {
            *field = bytes.u64()?;
        }
        let mut counts = Counts::default();
        for _ in 0..bytes.u64()? {
            let job = program.jobs.get(bytes.u32()? as usize).ok_or(BytesError)?;
            let length = bytes.u32()? as usize;
            let group = std::str::from_utf8(bytes.take(length)?).map_err(|_| BytesError)?.to_owned();
            let (year, month, day) = (i16::from_le_bytes(bytes.array()?), bytes.u8()?, bytes.u8()?);
            let date = |year, month, day| jiff::civil::Date::new(year, month, day).map_err(|_| BytesError);
            let period = Month::of(date(year, month as i8, 1)?);
            let (year, month) = (i16::from_le_bytes(bytes.array()?), bytes.u8()?);
            let day = match day {
                0 => None,
                day => Some(date(year, month as i8, day as i8)?),
            };
            let class = Class(bytes.u32()?);
            let count = match bytes.u8()? {
                LINEAR => Count::Linear { rows: bytes.u64()?, quantity: bytes.i128()? },
                SPECTRUM => {
                    let count = bytes.u64()?;
                    Count::Spectrum((0..count).map(|_| Ok((bytes.i128()?, bytes.u64()?))).collect::<Result<_, _>>()?)
                }
                _ => return Err(BytesError),
            };
            let key = Key { version: job.version, counter: job.counter, group, period, day, class };
            counts.add(key, &count).map_err(|_| BytesError)?;
        }
        if bytes.0.is_empty() { Ok(Counted { counts, left_out, rows }) } else { Err(BytesError) }
    }
}

/// Bytes that are still to be read.
struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, length: usize) -> Result<&'b [u8], BytesError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(BytesError)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BytesError> {
        Ok(self.take(N)?.try_into().expect("as many bytes as were taken"))
    }

    fn u8(&mut self) -> Result<u8, BytesError> {
        Ok(self.array::<1>()?[0])
    }

    fn u32(&mut self) -> Result<u32, BytesError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, BytesError> {
        self.array().map(u64::from_le_bytes)
    }

    fn i128(&mut self) -> Result<i128, BytesError> {
        self.array().map(i128::from_le_bytes)
    }
}
