//! Bytes as they come: plain, gzip or zstd, within a bound on what unpacks from them.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use crate::{ImportError, Stream};

/// The unpacked bytes of a file. Compression is recognized by the first bytes, whatever the file is called.
pub(crate) struct Bytes<'f> {
    packing: Packing<'f>,
    unpacked: u64,
}

enum Packing<'f> {
    Plain(Packed<'f>),
    Gzip(Box<MultiGzDecoder<Packed<'f>>>),
    Zstd(zstd::Decoder<'static, Packed<'f>>),
}

impl<'f> Bytes<'f> {
    /// So much may unpack from anything.
    const UNPACKED_FREELY: u64 = 256 << 20;

    /// Beyond that, so many bytes may unpack from one. Logs shrink to a tenth; only what was made to harm does more.
    const UNPACKED_OF_ONE: u64 = 1000;

    /// Decoders that need more memory than 2²⁷ bytes to look back are refused.
    const ZSTD_WINDOW_LOG: u32 = 27;

    pub(crate) fn new(stream: Stream<'f>) -> Result<Bytes<'f>, ImportError> {
        let inner: Box<dyn BufRead + Send + 'f> = match stream {
            Stream::Bytes(bytes) => Box::new(bytes),
            Stream::Seekable(bytes) => Box::new(BufReader::with_capacity(1 << 16, bytes)),
        };
        let packed = Packed::new(inner).map_err(ImportError::Read)?;
        let packing = match packed.first() {
            [0x1f, 0x8b, ..] => Packing::Gzip(Box::new(MultiGzDecoder::new(packed))),
            [0x28, 0xb5, 0x2f, 0xfd] => {
                let mut decoder = zstd::Decoder::with_buffer(packed).map_err(ImportError::Read)?;
                decoder.window_log_max(Bytes::ZSTD_WINDOW_LOG).map_err(ImportError::Read)?;
                Packing::Zstd(decoder)
            }
            _ => Packing::Plain(packed),
        };
        Ok(Bytes { packing, unpacked: 0 })
    }

    /// Reads on into `buffer`; 0 bytes are the end. `place` says, for messages, up to where all was well.
    pub(crate) fn read(&mut self, buffer: &mut [u8], place: impl Fn() -> String) -> Result<usize, ImportError> {
        loop {
            let read = match &mut self.packing {
                Packing::Plain(packed) => packed.read(buffer),
                Packing::Gzip(decoder) => decoder.read(buffer),
                Packing::Zstd(decoder) => decoder.read(buffer),
            };
            match read {
                Ok(count) => {
                    self.unpacked += count as u64;
                    return self.within_bounds(&place).map(|()| count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if self.packed().failed => return Err(ImportError::Read(error)),
                Err(error) => return Err(self.damaged(&error, &place())),
            }
        }
    }

    fn packed(&self) -> &Packed<'f> {
        match &self.packing {
            Packing::Plain(packed) => packed,
            Packing::Gzip(decoder) => decoder.get_ref(),
            Packing::Zstd(decoder) => decoder.get_ref(),
        }
    }

    fn within_bounds(&self, place: &impl Fn() -> String) -> Result<(), ImportError> {
        let packed = self.packed().taken;
        let most = Bytes::UNPACKED_FREELY.max(packed.saturating_mul(Bytes::UNPACKED_OF_ONE));
        if matches!(self.packing, Packing::Plain(_)) || self.unpacked <= most {
            return Ok(());
        }
        let reason = format!(
            "{packed} compressed bytes unpack to more than {most}, out of all proportion for records ({}); \
             unpack the file yourself if it is really one",
            place()
        );
        Err(ImportError::Bound { reason })
    }

    fn damaged(&self, error: &io::Error, place: &str) -> ImportError {
        let packing = match &self.packing {
            Packing::Plain(_) => "The file",
            Packing::Gzip(_) => "The gzip compression",
            Packing::Zstd(_) => "The zstd compression",
        };
        let what = match error.kind() {
            io::ErrorKind::UnexpectedEof => "ends too early; was the file copied whole?".to_owned(),
            _ => format!("is damaged ({error})"),
        };
        ImportError::Damaged { reason: format!("{packing} {what} Good until {place}.") }
    }
}

/// Bytes before unpacking, counted.
struct Packed<'f> {
    first: [u8; 4],
    known: usize, // How many of `first` were there.
    at: usize,    // How many of them were handed on.
    taken: u64,   // How many bytes were handed on in all.
    failed: bool, // Whether reading failed, rather than what was read.
    inner: Box<dyn BufRead + Send + 'f>,
}

impl<'f> Packed<'f> {
    fn new(mut inner: Box<dyn BufRead + Send + 'f>) -> io::Result<Packed<'f>> {
        let (mut first, mut known) = ([0; 4], 0);
        while known < first.len() {
            match inner.read(&mut first[known..]) {
                Ok(0) => break,
                Ok(count) => known += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Packed { first, known, at: 0, taken: 0, failed: false, inner })
    }

    fn first(&self) -> &[u8] {
        &self.first[..self.known]
    }
}

impl Read for Packed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = {
            let mut bytes = self.fill_buf()?;
            bytes.read(buffer)?
        };
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Packed<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.known {
            return Ok(&self.first[self.at..self.known]);
        }
        let read = self.inner.fill_buf();
        self.failed = matches!(&read, Err(error) if error.kind() != io::ErrorKind::Interrupted);
        read
    }

    fn consume(&mut self, count: usize) {
        self.taken += count as u64;
        if self.at < self.known {
            self.at += count;
        } else {
            self.inner.consume(count);
        }
    }
}
