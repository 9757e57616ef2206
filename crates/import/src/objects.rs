//! JSON objects one after the other: a line each, in an array, or with nothing in between.

use crate::bytes::Bytes;
use crate::{ImportError, Stream};

/// The objects at the outermost level of a file.
///
/// Only their extent is found here, by braces and quotation marks, in one pass; whether one is JSON shows when it is read.
/// A line that begins with a brace begins an object, even where the one before has not ended: a writer that was cut short
/// costs its own object and no other.
pub(crate) struct Objects<'f> {
    bytes: Bytes<'f>,
    buffer: Vec<u8>,
    at: usize,    // What was not given yet begins here,
    until: usize, // and here ends what was read.
    scan: usize,  // Up to here the object at `at` was looked at.
    depth: usize, // So many braces are open there.
    in_text: bool,
    in_other: bool, // What stands there is no object, nor the end of it known.
    skips: bool,    // The object is too long, and passed over.
    ended: bool,
    number: u64,
}

/// What stands in a file.
pub(crate) enum Object<'b> {
    Whole(&'b [u8]),
    /// It does not end: a text runs over the line's end, or another object or the file's end comes first.
    Cut,
    /// It was longer than the bound, and skipped.
    TooLong,
    /// Something between objects.
    Other,
}

const CHUNK: usize = 1 << 18;

impl<'f> Objects<'f> {
    /// The longest object, in bytes.
    pub(crate) const LONGEST: usize = 16 << 20;

    pub(crate) fn new(stream: Stream<'f>) -> Result<Objects<'f>, ImportError> {
        let (bytes, buffer) = (Bytes::new(stream)?, vec![0; CHUNK]);
        let mut objects = Objects {
            bytes,
            buffer,
            at: 0,
            until: 0,
            scan: 0,
            depth: 0,
            in_text: false,
            in_other: false,
            skips: false,
            ended: false,
            number: 0,
        };
        while objects.until < 3 && objects.fill()? {}
        if objects.buffer[..objects.until].starts_with(&[0xef, 0xbb, 0xbf]) {
            objects.at = 3;
        }
        Ok(objects)
    }

    /// The number of what was given last, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next object; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Object<'_>>, ImportError> {
        loop {
            if self.depth == 0 {
                if let Some(is_other) = self.begin() {
                    if is_other {
                        self.number += 1;
                        return Ok(Some(Object::Other));
                    }
                } else if !self.fill()? {
                    let is_other = std::mem::take(&mut self.in_other);
                    self.number += u64::from(is_other);
                    return Ok(is_other.then_some(Object::Other));
                }
                continue;
            }
            if let Some(is_whole) = self.end() {
                let from = self.at;
                let skipped = std::mem::take(&mut self.skips) || Objects::LONGEST < self.scan - from;
                (self.at, self.depth, self.in_text) = (self.scan, 0, false);
                self.number += 1;
                return Ok(Some(match (skipped, is_whole) {
                    (true, _) => Object::TooLong,
                    (false, false) => Object::Cut,
                    (false, true) => Object::Whole(&self.buffer[from..self.scan]),
                }));
            }
            if Objects::LONGEST < self.scan - self.at {
                self.skips = true;
            }
            if self.skips {
                // One byte stays: whether it was a line's end matters to the next.
                self.at = self.scan.saturating_sub(1).max(self.at);
            }
            if !self.fill()? {
                (self.at, self.depth, self.in_text, self.skips) = (self.until, 0, false, false);
                self.number += 1;
                return Ok(Some(Object::Cut));
            }
        }
    }

    /// Passes over what stands between objects: `Some(false)` where one begins, `Some(true)` where something else stood,
    /// `None` if more must be read first.
    fn begin(&mut self) -> Option<bool> {
        let between = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b'[' | b']');
        let rest = &self.buffer[self.at..self.until];
        let found = match self.in_other {
            true => memchr::memchr2(b'\n', b'{', rest),
            false => rest.iter().position(|byte| !between(byte)),
        };
        let Some(found) = found else {
            self.at = self.until;
            return None;
        };
        self.at += found;
        if std::mem::take(&mut self.in_other) {
            return Some(true);
        }
        self.in_other = self.buffer[self.at] != b'{';
        if self.in_other {
            return self.begin();
        }
        (self.scan, self.depth) = (self.at + 1, 1);
        Some(false)
    }

    /// Looks for the object's end: `Some(true)` if it stands before `scan`, `Some(false)` if the object is cut there,
    /// `None` if more must be read first.
    fn end(&mut self) -> Option<bool> {
        while self.scan < self.until {
            let rest = &self.buffer[self.scan..self.until];
            if self.in_text {
                let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                    self.scan = self.until;
                    return None;
                };
                match rest[found] {
                    b'"' => {
                        self.in_text = false;
                        self.scan += found + 1;
                    }
                    b'\\' if found + 1 == rest.len() => {
                        self.scan += found;
                        return None;
                    }
                    b'\\' => self.scan += found + 2,
                    _ => {
                        self.scan += found + 1;
                        return Some(false);
                    }
                }
                continue;
            }
            let Some(found) = memchr::memchr3(b'"', b'{', b'}', rest) else {
                self.scan = self.until;
                return None;
            };
            let place = self.scan + found;
            match rest[found] {
                b'"' => self.in_text = true,
                b'{' if self.buffer[place - 1] == b'\n' => {
                    self.scan = place;
                    return Some(false);
                }
                b'{' => self.depth += 1,
                _ => self.depth -= 1,
            }
            self.scan = place + 1;
            if self.depth == 0 {
                return Some(true);
            }
        }
        None
    }

    /// Reads on; `false` at the end. What was read and not yet given moves to the buffer's beginning.
    fn fill(&mut self) -> Result<bool, ImportError> {
        if self.ended {
            return Ok(false);
        }
        if 0 < self.at {
            self.buffer.copy_within(self.at..self.until, 0);
            self.scan = self.scan.saturating_sub(self.at);
            self.until -= self.at;
            self.at = 0;
        }
        if self.buffer.len() < self.until + CHUNK / 2 {
            self.buffer.resize(self.until + CHUNK, 0);
        }
        let number = self.number;
        let place = || match number {
            0 => "the beginning".to_owned(),
            number => format!("record {number}"),
        };
        let count = self.bytes.read(&mut self.buffer[self.until..], place)?;
        self.until += count;
        self.ended = count == 0;
        Ok(!self.ended)
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    fn objects_of(text: &[u8]) -> Vec<String> {
        let mut reader = BufReader::with_capacity(if text.len() < 1 << 16 { 5 } else { 1 << 16 }, text);
        let mut objects = Objects::new(Stream::Bytes(&mut reader)).unwrap();
        let mut found = Vec::new();
        while let Some(object) = objects.next().unwrap() {
            found.push(match object {
                Object::Whole(bytes) => String::from_utf8_lossy(&bytes[..bytes.len().min(100)]).into_owned(),
                Object::Cut => "(cut)".to_owned(),
                Object::TooLong => "(too long)".to_owned(),
                Object::Other => "(other)".to_owned(),
            });
        }
        assert_eq!(objects.number(), found.len() as u64);
        found
    }

    #[test]
    fn objects_stand_in_lines_in_arrays_or_side_by_side() {
        let (one, two) = (r#"{"a":{"b":"}\"{"}}"#, r#"{"c":[{}]}"#);
        let expected = [one, two];
        assert_eq!(objects_of(format!("{one}\n{two}").as_bytes()), expected);
        assert_eq!(objects_of(format!("\u{feff}[{one},\r\n {two}]\n").as_bytes()), expected);
        assert_eq!(objects_of(format!("{one}{two}").as_bytes()), expected);
        assert_eq!(objects_of(b" \n[]"), [""; 0]);
    }

    #[test]
    fn an_object_that_is_cut_costs_no_other() {
        assert_eq!(objects_of(b"{\"a\":1\n{\"b\":2}\n"), ["(cut)", r#"{"b":2}"#]);
        assert_eq!(objects_of(b"{\"a\":\"x\n{\"b\":2}\n"), ["(cut)", r#"{"b":2}"#]);
        assert_eq!(objects_of(b"{\"b\":2}\n{\"a\":"), [r#"{"b":2}"#, "(cut)"]);
        assert_eq!(objects_of(b"words\n{\"b\":2}"), ["(other)", r#"{"b":2}"#]);
    }

    #[test]
    fn an_object_beyond_the_bound_is_skipped_once_and_reading_goes_on() {
        for filling in [vec![b'x'; 3 * Objects::LONGEST], vec![b'x'; Objects::LONGEST + 1]] {
            let text = [b"{\"a\":\"".as_slice(), &filling, b"\"}{\"b\":2}"].concat();
            assert_eq!(objects_of(&text), ["(too long)", r#"{"b":2}"#]);
        }
    }
}
