//! Lines of text: of any length without growing, in any of the encodings that systems write.

use std::borrow::Cow;

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::bytes::Bytes;
use crate::{ImportError, Stream};

/// The lines of a file, without their ends.
///
/// UTF-16 is recognized by its byte order mark, and must be throughout; otherwise each line is taken as UTF-8 where it is,
/// and as Windows-1252 where it is not: logs into which several systems write mix both.
pub(crate) struct Lines<'f> {
    bytes: Bytes<'f>,
    wide: Option<Wide>,
    buffer: Vec<u8>,
    at: usize,    // The next line begins here,
    until: usize, // and here ends what was read.
    ended: bool,
    number: u64,
}

/// One line.
pub(crate) enum Line<'b> {
    Text(Cow<'b, str>),
    /// It was longer than the bound, and skipped.
    TooLong,
}

/// What decodes UTF-16.
struct Wide {
    decoder: Decoder,
    raw: Vec<u8>,
    at: usize,
    until: usize,
    ended: bool,
}

const CHUNK: usize = 1 << 17;

impl<'f> Lines<'f> {
    /// The longest line, in bytes.
    pub(crate) const LONGEST: usize = 1 << 20;

    pub(crate) fn new(stream: Stream<'f>) -> Result<Lines<'f>, ImportError> {
        let bytes = Bytes::new(stream)?;
        let (buffer, wide) = (vec![0; CHUNK], None);
        let mut lines = Lines { bytes, wide, buffer, at: 0, until: 0, ended: false, number: 0 };
        while lines.until < 3 && lines.fill()? {}
        match &lines.buffer[..lines.until] {
            [0xef, 0xbb, 0xbf, ..] => lines.at = 3,
            [0xff, 0xfe, ..] => lines.widen(UTF_16LE.new_decoder_with_bom_removal()),
            [0xfe, 0xff, ..] => lines.widen(UTF_16BE.new_decoder_with_bom_removal()),
            _ => {}
        }
        Ok(lines)
    }

    /// The number of the line that was given last, from 1.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// The next line; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Line<'_>>, ImportError> {
        let mut searched = self.at;
        let (from, until) = loop {
            if let Some(end) = memchr::memchr(b'\n', &self.buffer[searched..self.until]) {
                let line = (self.at, searched + end);
                self.at = line.1 + 1;
                break line;
            }
            if Lines::LONGEST < self.until - self.at {
                self.skip()?;
                self.number += 1;
                return Ok(Some(Line::TooLong));
            }
            let known = self.until - self.at;
            if !self.fill()? {
                if self.at == self.until {
                    return Ok(None);
                }
                let line = (self.at, self.until);
                self.at = self.until;
                break line;
            }
            searched = self.at + known;
        };
        self.number += 1;
        let line = &self.buffer[from..until];
        if Lines::LONGEST < line.len() {
            return Ok(Some(Line::TooLong));
        }
        Ok(Some(Line::Text(text(line.strip_suffix(b"\r").unwrap_or(line)))))
    }

    /// Passes over the rest of a line, keeping none of it.
    fn skip(&mut self) -> Result<(), ImportError> {
        loop {
            match memchr::memchr(b'\n', &self.buffer[self.at..self.until]) {
                Some(end) => {
                    self.at += end + 1;
                    return Ok(());
                }
                None => self.at = self.until,
            }
            if !self.fill()? {
                return Ok(());
            }
        }
    }

    /// Reads on; `false` at the end. What was read and not yet given moves to the buffer's beginning.
    fn fill(&mut self) -> Result<bool, ImportError> {
        if self.ended {
            return Ok(false);
        }
        if 0 < self.at {
            self.buffer.copy_within(self.at..self.until, 0);
            self.until -= self.at;
            self.at = 0;
        }
        if self.buffer.len() < self.until + CHUNK {
            self.buffer.resize(self.until + CHUNK, 0);
        }
        let number = self.number;
        let place = || match number {
            0 => "the beginning".to_owned(),
            number => format!("line {number}"),
        };
        let room = &mut self.buffer[self.until..];
        let count = match &mut self.wide {
            None => self.bytes.read(room, place)?,
            Some(wide) => wide.read(&mut self.bytes, room, place)?,
        };
        self.until += count;
        self.ended = count == 0;
        Ok(!self.ended)
    }

    fn widen(&mut self, decoder: Decoder) {
        let raw = self.buffer[..self.until].to_vec();
        self.wide = Some(Wide { decoder, until: raw.len(), raw, at: 0, ended: self.ended });
        (self.at, self.until, self.ended) = (0, 0, false);
    }
}

impl Wide {
    /// Reads on as UTF-8. What is no UTF-16 becomes U+FFFD.
    fn read(
        &mut self,
        bytes: &mut Bytes<'_>,
        room: &mut [u8],
        place: impl Fn() -> String,
    ) -> Result<usize, ImportError> {
        loop {
            if self.at == self.until && !self.ended {
                self.raw.resize(CHUNK, 0);
                (self.at, self.until) = (0, bytes.read(&mut self.raw, &place)?);
                self.ended = self.until == 0;
            }
            let raw = &self.raw[self.at..self.until];
            let (result, taken, given, _) = self.decoder.decode_to_utf8(raw, room, self.ended);
            self.at += taken;
            let over = self.ended && result == CoderResult::InputEmpty;
            if 0 < given || over {
                if over {
                    self.decoder = encoding_rs::UTF_8.new_decoder_without_bom_handling(); // Asked again, it gives nothing.
                }
                return Ok(given);
            }
        }
    }
}

fn text(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(line).0,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Write};

    use super::*;

    fn lines_of(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
        let mut reader = BufReader::with_capacity(if bytes.len() < 1 << 16 { 7 } else { 1 << 16 }, bytes);
        let mut lines = Lines::new(Stream::Bytes(&mut reader))?;
        let mut texts = Vec::new();
        while let Some(line) = lines.next()? {
            texts.push(match line {
                Line::Text(text) => text.into_owned(),
                Line::TooLong => "(too long)".to_owned(),
            });
        }
        assert_eq!(lines.number(), texts.len() as u64);
        Ok(texts)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn lines_end_as_systems_end_them_and_the_last_one_need_not() {
        assert_eq!(lines_of(b"").unwrap(), [""; 0]);
        assert_eq!(lines_of(b"a\r\n\nb\nc").unwrap(), ["a", "", "b", "c"]);
        assert_eq!(lines_of(b"\xef\xbb\xbfa\n").unwrap(), ["a"]);
    }

    #[test]
    fn encodings_mix_line_by_line() {
        assert_eq!(lines_of(b"Jos\xc3\xa9\nJos\xe9\n\x80\n").unwrap(), ["José", "José", "€"]);
    }

    #[test]
    fn utf_16_is_recognized_by_its_mark() {
        let text = "José\r\n😀\n";
        for (mark, bytes) in [
            ([0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
            ([0xfe, 0xff], text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            assert_eq!(lines_of(&[&mark[..], &bytes].concat()).unwrap(), ["José", "😀"]);
            assert_eq!(lines_of(&[&mark[..], &bytes, b"a"].concat()).unwrap(), ["José", "😀", "\u{fffd}"]);
        }
        assert_eq!(lines_of(&[0xff, 0xfe]).unwrap(), [""; 0]);
    }

    #[test]
    fn a_line_beyond_the_bound_is_skipped_once_and_reading_goes_on() {
        for length in [Lines::LONGEST + 1, 3 * Lines::LONGEST, 3 * Lines::LONGEST + CHUNK + 1] {
            let long = vec![b'x'; length];
            let text = [b"a\n".as_slice(), &long, b"\nb\n"].concat();
            assert_eq!(lines_of(&text).unwrap(), ["a", "(too long)", "b"]);
            assert_eq!(lines_of(&[b"a\n".as_slice(), &long].concat()).unwrap(), ["a", "(too long)"]);
        }
        assert_eq!(lines_of(&vec![b'x'; Lines::LONGEST]).unwrap()[0].len(), Lines::LONGEST);
    }

    #[test]
    fn compression_is_recognized_by_its_first_bytes() {
        let text = b"a\nb\n".repeat(100_000);
        let plain = lines_of(&text).unwrap();
        assert_eq!(lines_of(&gzip(&text)).unwrap(), plain);
        let parts = [gzip(&text[..100_000]), gzip(&text[100_000..])].concat();
        assert_eq!(lines_of(&parts).unwrap(), plain);
        assert_eq!(lines_of(&zstd::encode_all(&text[..], 1).unwrap()).unwrap(), plain);
    }

    #[test]
    fn damaged_compression_says_where_it_was_still_good() {
        let text: String = (0..100_000).map(|line| format!("line {line}\n")).collect();
        for (packed, name) in [(gzip(text.as_bytes()), "gzip"), (zstd::encode_all(text.as_bytes(), 1).unwrap(), "zstd")]
        {
            let error = lines_of(&packed[..packed.len() / 2]).unwrap_err();
            let ImportError::Damaged { reason } = &error else { panic!("{error:?}") };
            assert!(reason.starts_with(&format!("The {name} compression ends too early")), "{reason}");
            assert!(reason.contains("Good until line "), "{reason}");
            let mut garbled = packed.clone();
            garbled[packed.len() / 2..].fill(0x55);
            assert!(matches!(lines_of(&garbled), Err(ImportError::Damaged { .. })));
        }
    }

    #[test]
    fn what_unpacks_out_of_all_proportion_is_refused() {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
        let zeros = vec![b'\n'; 1 << 20];
        for _ in 0..300 {
            encoder.write_all(&zeros).unwrap();
        }
        let bomb = encoder.finish().unwrap();
        let mut reader = &bomb[..];
        let mut bytes = Bytes::new(Stream::Bytes(&mut reader)).unwrap();
        let mut buffer = vec![0; 1 << 20];
        let error = loop {
            match bytes.read(&mut buffer, || "line 1".to_owned()) {
                Ok(0) => panic!("all of it was unpacked"),
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert!(matches!(&error, ImportError::Bound { reason } if reason.contains("out of all proportion")), "{error}");
    }
}
