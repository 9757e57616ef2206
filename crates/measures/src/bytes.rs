//! A tally as bytes, so that an engine that knows no measures can carry it from one machine to another.

use std::sync::Arc;

use longshore_contacts::Table;

use crate::TallyError;
use crate::groups::Key;
use crate::plan::Plan;
use crate::spectrum::Spectrum;
use crate::tally::Tally;

/// The first byte: the format of the rest.
const FORMAT: u8 = 1;

/// Numbers take seven bits a byte, the lowest first: most counts are small.
fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while 0x7f < number {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A signed number, so folded that small ones stay small.
fn write_signed(bytes: &mut Vec<u8>, number: i64) {
    write(bytes, (number << 1 ^ number >> 63) as u64);
}

fn write_key(bytes: &mut Vec<u8>, key: &Key) {
    match key {
        Key::Name(None) => bytes.push(0),
        Key::Name(Some(name)) => {
            bytes.push(1);
            write(bytes, name.len() as u64);
            bytes.extend_from_slice(name.as_bytes());
        }
        Key::Time(begins) => {
            bytes.push(2);
            write_signed(bytes, *begins);
        }
    }
}

/// What is left to read.
struct Bytes<'b>(&'b [u8]);

const CUT: TallyError = TallyError::Bytes("they are cut short");
const WRONG: TallyError = TallyError::Bytes("they are damaged");

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Result<&'b [u8], TallyError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(CUT)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, TallyError> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<u64, TallyError> {
        let mut number = 0u64;
        for place in 0..10 {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if place == 9 && 1 < bits {
                return Err(WRONG);
            }
            number |= bits << (7 * place);
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(WRONG)
    }

    fn signed(&mut self) -> Result<i64, TallyError> {
        let folded = self.number()?;
        Ok((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    /// How many things follow, each of which takes a byte or more: no more than there are bytes.
    fn count(&mut self) -> Result<usize, TallyError> {
        let count = usize::try_from(self.number()?).map_err(|_| CUT)?;
        if self.0.len() < count { Err(CUT) } else { Ok(count) }
    }

    fn key(&mut self) -> Result<Key, TallyError> {
        match self.byte()? {
            0 => Ok(Key::Name(None)),
            1 => {
                let length = self.count()?;
                let name = std::str::from_utf8(self.take(length)?).map_err(|_| WRONG)?;
                Ok(Key::Name(Some(Arc::from(name))))
            }
            2 => Ok(Key::Time(self.signed()?)),
            _ => Err(WRONG),
        }
    }
}

impl Tally {
    /// What has been added up so far, as bytes. The plan is not among them: whoever reads them has it.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORMAT];
        write(&mut bytes, digest(&self.plan));
        write(&mut bytes, u64::from(self.present));
        write(&mut bytes, self.unplaced);
        self.seen.iter().for_each(|rows| write(&mut bytes, *rows));
        for added in &self.groupings {
            write(&mut bytes, added.groups.count() as u64);
            for group in 0..added.groups.count() {
                added.groups.key(group).iter().for_each(|key| write_key(&mut bytes, key));
                added.slots[group * added.width..(group + 1) * added.width]
                    .iter()
                    .for_each(|slot| write(&mut bytes, *slot));
            }
        }
        for spectra in &self.spectra {
            for spectrum in spectra {
                write(&mut bytes, spectrum.len() as u64);
                spectrum.iter().for_each(|time| write(&mut bytes, time));
            }
        }
        write(&mut bytes, self.outages.len() as u64);
        for (from, until) in &self.outages {
            write_signed(&mut bytes, *from);
            write_signed(&mut bytes, *until);
        }
        bytes
    }

    /// The tally that [`to_bytes`](Tally::to_bytes) of one of an equal plan gave.
    ///
    /// # Errors
    /// If the bytes are of another program or format, or damaged.
    pub fn from_bytes(plan: Arc<Plan>, bytes: &[u8]) -> Result<Tally, TallyError> {
        let mut bytes = Bytes(bytes);
        if bytes.byte()? != FORMAT {
            return Err(TallyError::Bytes("they are of another version"));
        }
        if bytes.number()? != digest(&plan) {
            return Err(TallyError::Bytes("they are of another program"));
        }
        let mut tally = Tally::new(plan);
        tally.present =
            u32::try_from(bytes.number()?).ok().filter(|bits| *bits < 1 << Table::ALL.len()).ok_or(WRONG)?;
        tally.unplaced = bytes.number()?;
        for rows in &mut tally.seen {
            *rows = bytes.number()?;
        }
        for grouping in 0..tally.groupings.len() {
            let dimensions = tally.plan.groupings[grouping].keys.clone();
            // A group of no dimensions and no slots takes no byte at all: there is one of them.
            let groups = if dimensions.is_empty() { bytes.number()? as usize } else { bytes.count()? };
            if dimensions.is_empty() && groups != 1 {
                return Err(WRONG);
            }
            for group in 0..groups {
                let keys = dimensions.iter().map(|dimension| bytes.key().and_then(|key| fitting(dimension, key)));
                let keys: Vec<Key> = keys.collect::<Result<_, _>>()?;
                if tally.groupings[grouping].groups.of_key(&keys) as usize != group {
                    return Err(WRONG); // No group is there twice.
                }
                tally.groupings[grouping].make_room()?;
                let width = tally.groupings[grouping].width;
                for slot in 0..width {
                    tally.groupings[grouping].slots[group * width + slot] = bytes.number()?;
                }
            }
            tally.make_room(grouping)?;
        }
        for spectra in &mut tally.spectra {
            for spectrum in spectra {
                let mut read = Spectrum::default();
                for _ in 0..bytes.count()? {
                    read.push(bytes.number()?);
                }
                *spectrum = read;
            }
        }
        let outages = (0..bytes.count()?).map(|_| Ok((bytes.signed()?, bytes.signed()?)));
        let outages: Vec<(i64, i64)> = outages.collect::<Result<_, TallyError>>()?;
        tally.add_outages(outages)?;
        if bytes.0.is_empty() { Ok(tally) } else { Err(WRONG) }
    }
}

/// A key of the kind that a dimension has.
fn fitting(dimension: &crate::Dimension, key: Key) -> Result<Key, TallyError> {
    match (dimension, &key) {
        (crate::Dimension::Name(_), Key::Name(_)) | (crate::Dimension::Time(_), Key::Time(_)) => Ok(key),
        _ => Err(WRONG),
    }
}

/// Tells programs apart (FNV-1a of their text): a mistake is noticed, an attack is not.
fn digest(plan: &Plan) -> u64 {
    let text = plan.program.to_text();
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
