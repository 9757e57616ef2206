//! How fast logs and records are read on one thread, into a sink that drops the batches.
//!
//! `speed [log|records] [MILLIONS]` makes so many million events (or hundred thousand records) as it reads them, so that
//! what memory holds is the reader's. What making them costs is measured alone, and taken off.
//!
//! `speed make [log|records] [MILLIONS]` writes them to the standard output instead.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A measurement that fails may stop, and prints what it measured.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Write};
use std::time::Instant;

use arrow_array::RecordBatch;
use longshore_contacts::Table;
use longshore_import::{
    AmazonConnect, AsteriskQueueLog, CustomerKey, Input, Origin, Outbox, Reader, Reject, Sink, Stream,
};
use longshore_units::Zone;

/// As the whole program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Default)]
struct Dropped {
    rows: u64,
    rejects: u64,
}

impl Sink for Dropped {
    fn take(&mut self, _: Table, batch: RecordBatch) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.rows += batch.num_rows() as u64;
        Ok(())
    }

    fn reject(&mut self, _: Reject) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        self.rejects += 1;
        Ok(())
    }
}

/// Makes the lines of one call, or one record.
type Make = Box<dyn FnMut(&mut Vec<u8>, u64) + Send>;

/// Text that is made as it is read.
struct Made<F> {
    make: F,
    number: u64,
    count: u64,
    text: Vec<u8>,
    at: usize,
}

impl<F: FnMut(&mut Vec<u8>, u64)> Read for Made<F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.text.len() {
            self.text.clear();
            self.at = 0;
            while self.number < self.count && self.text.len() < 1 << 17 {
                (self.make)(&mut self.text, self.number);
                self.number += 1;
            }
        }
        let count = (&self.text[self.at..]).read(buffer)?;
        self.at += count;
        Ok(count)
    }
}

/// Calls of a center that takes five a second by day and one by night: half of them are answered at once, the others wait
/// half a minute in the mean, one in ten hangs up after half a minute in the mean; they talk three minutes in the mean.
#[derive(Default)]
struct Log {
    /// In microseconds since 1970.
    now: u64,
    /// What was drawn, for the next draw.
    drawn: u64,
    /// Lines of calls that came before, by their instants.
    later: BTreeMap<(u64, u64), String>,
}

impl Log {
    const FROM: u64 = 1_767_254_400_000_000;

    /// From 0 to 1, by SplitMix64.
    fn draw(&mut self) -> f64 {
        self.drawn = self.drawn.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.drawn ^ (self.drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Some microseconds that are so many seconds in the mean.
    fn some(&mut self, seconds: f64) -> u64 {
        (-(1.0 - self.draw()).ln() * seconds * 1e6) as u64
    }

    fn call(&mut self, text: &mut Vec<u8>, number: u64) {
        if number == 0 {
            self.now = Log::FROM;
            (0..1000).for_each(|agent| {
                self.line(self.now, number, format_args!("NONE|support|PJSIP/{agent}|ADDMEMBER|"));
            });
        }
        let hour = self.now / 3_600_000_000 % 24;
        self.now += self.some(if (7..19).contains(&hour) { 0.2 } else { 1.0 });
        while let Some(line) = self.later.first_entry().filter(|line| line.key().0 <= self.now) {
            text.extend_from_slice(line.remove().as_bytes());
        }
        let queue = ["sales", "support", "billing"][(self.draw() * 3.0) as usize];
        let (id, at) = (format!("{}.{number}|{queue}", Log::FROM / 1_000_000), self.now);
        let customer = (self.draw() * 9_999_991.0) as u64;
        self.line(at, number, format_args!("{id}|NONE|ENTERQUEUE||+1555{customer:07}|1"));
        let wait = if self.draw() < 0.5 { 2_000_000 } else { self.some(30.0) };
        let patience = if self.draw() < 0.1 { self.some(30.0) } else { u64::MAX };
        if patience < wait {
            let seconds = patience / 1_000_000;
            self.line(at + patience, number, format_args!("{id}|NONE|ABANDON|1|1|{seconds}"));
            return;
        }
        let (agent, seconds, talk) = ((self.draw() * 1000.0) as u64, wait / 1_000_000, self.some(180.0));
        let ring = seconds.min(4);
        self.line(at + wait, number, format_args!("{id}|PJSIP/{agent}|CONNECT|{seconds}|x.{number}|{ring}"));
        let talked = talk / 1_000_000;
        let end = at + wait + talk;
        self.line(end, number, format_args!("{id}|PJSIP/{agent}|COMPLETECALLER|{seconds}|{talked}|1"));
    }

    fn line(&mut self, at: u64, number: u64, said: std::fmt::Arguments<'_>) {
        let line = format!("{}.{:06}|{said}\n", at / 1_000_000, at % 1_000_000);
        self.later.entry((at, number)).or_default().push_str(&line);
    }
}

/// Records of the size and with the fields that Amazon Connect writes; one in ten is a transfer of the one before.
fn record(text: &mut Vec<u8>, number: u64) {
    const ARN: &str = "arn:aws:connect:us-east-1:123456789012:instance/00000000-0000-0000-0000-000000000001";
    let at = |seconds: u64| {
        let seconds = number / 5 + seconds;
        let (day, hour, minute) = (1 + seconds / 86_400 % 28, seconds / 3600 % 24, seconds / 60 % 60);
        format!("2026-03-{day:02}T{hour:02}:{minute:02}:{:02}Z", seconds % 60)
    };
    let is_transfer = number % 10 == 9;
    let id = |number: u64| format!("{number:08x}-0000-4000-8000-{number:012x}");
    let (before, next) = (id(number.saturating_sub(1)), id(number + 1));
    let quoted = |is: bool, id: &str| if is { format!("\"{id}\"") } else { "null".to_owned() };
    let (initial, next) = (quoted(is_transfer, &before), quoted(number % 10 == 8, &next));
    let method = if is_transfer { "QUEUE_TRANSFER" } else { "INBOUND" };
    writeln!(
        text,
        r#"{{"AWSAccountId":"123456789012","AWSContactTraceRecordFormatVersion":"2017-03-10","Agent":{{"ARN":"{ARN}/agent/agent{agent}","AfterContactWorkDuration":32,"AfterContactWorkEndTimestamp":"{wrapped}","AfterContactWorkStartTimestamp":"{ended}","AgentInteractionDuration":180,"ConnectedToAgentTimestamp":"{answered}","CustomerHoldDuration":0,"HierarchyGroups":null,"LongestHoldDuration":0,"NumberOfHolds":0,"RoutingProfile":{{"ARN":"{ARN}/routing-profile/rp1","Name":"Basic Routing Profile"}},"Username":"agent{agent}"}},"AgentConnectionAttempts":1,"AnsweringMachineDetectionStatus":null,"Attributes":{{"greetingPlayed":"true","language":"en-US","reason":"order status"}},"Campaign":{{"CampaignId":null}},"Channel":"VOICE","ConnectedToSystemTimestamp":"{arrived}","ContactDetails":{{}},"ContactId":"{id}","CustomerEndpoint":{{"Address":"+1555{customer:07}","Type":"TELEPHONE_NUMBER"}},"DisconnectReason":"CUSTOMER_DISCONNECT","DisconnectTimestamp":"{ended}","InitialContactId":{initial},"InitiationMethod":"{method}","InitiationTimestamp":"{arrived}","InstanceARN":"{ARN}","LastUpdateTimestamp":"{told}","MediaStreams":[{{"Type":"AUDIO"}}],"NextContactId":{next},"PreviousContactId":{initial},"Queue":{{"ARN":"{ARN}/queue/BasicQueue","DequeueTimestamp":"{answered}","Duration":20,"EnqueueTimestamp":"{queued}","Name":"BasicQueue{queue}"}},"Recording":null,"Recordings":null,"References":[],"ScheduledTimestamp":null,"SystemEndpoint":{{"Address":"+15550199999","Type":"TELEPHONE_NUMBER"}},"TransferCompletedTimestamp":null,"TransferredToEndpoint":null,"VoiceIdResult":null}}"#,
        agent = number % 1000,
        queue = number % 7,
        id = id(number),
        customer = number % 9_999_991,
        arrived = at(0),
        queued = at(10),
        answered = at(30),
        ended = at(210),
        wrapped = at(242),
        told = at(300),
    )
    .unwrap();
}

fn origin() -> Origin {
    Origin {
        source: "pbx".to_owned(),
        provider: "Acme".to_owned(),
        program: Some("care".to_owned()),
        site: None,
        zone: Zone::utc(),
        queues: Default::default(),
        key: Some(CustomerKey::new(b"a key for measurements").unwrap()),
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut what = arguments.next().unwrap_or_else(|| "log".to_owned());
    let is_made = what == "make";
    if is_made {
        what = arguments.next().unwrap_or_else(|| "log".to_owned());
    }
    let millions: f64 = arguments.next().map_or(1.0, |text| text.parse().unwrap());
    let made = || {
        let (make, count): (Make, f64) = match what.as_str() {
            "log" => {
                let mut log = Log::default();
                (Box::new(move |text, number| log.call(text, number)), millions * 1e6 / 2.9)
            }
            _ => (Box::new(record), millions * 1e5),
        };
        Made { make, number: 0, count: count as u64, text: Vec::new(), at: 0 }
    };

    if is_made {
        std::io::copy(&mut made(), &mut std::io::stdout().lock()).unwrap();
        return;
    }
    let began = Instant::now();
    let (mut bytes, mut lines, mut buffer) = (0, 0, vec![0; 1 << 17]);
    let mut text = made();
    loop {
        let count = text.read(&mut buffer).unwrap();
        if count == 0 {
            break;
        }
        bytes += count;
        lines += buffer[..count].iter().filter(|byte| **byte == b'\n').count();
    }
    let making = began.elapsed();

    let mut reader: Box<dyn Reader> = match what.as_str() {
        "log" => Box::new(AsteriskQueueLog::new(origin(), "").unwrap()),
        _ => Box::new(AmazonConnect::new(origin(), "").unwrap()),
    };
    let began = Instant::now();
    let mut sink = Dropped::default();
    let mut out = Outbox::new(&mut sink);
    let mut stream = BufReader::with_capacity(1 << 17, made());
    reader.read(Input { name: "made", stream: Stream::Bytes(&mut stream) }, &mut out).unwrap();
    let carried = reader.finish(&mut out).unwrap();
    out.flush().unwrap();
    let seconds = began.elapsed().saturating_sub(making).as_secs_f64();
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{what}: {lines} lines, {megabytes:.0} MB in {seconds:.2} s (made in {:.2} s): {:.0} lines a second, {:.0} MB/s",
        making.as_secs_f64(),
        lines as f64 / seconds,
        megabytes / seconds
    );
    println!("{} rows, {} rejects, {} bytes carried", sink.rows, sink.rejects, carried.len());
    if let Ok(status) = std::fs::read_to_string("/proc/self/status")
        && let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM"))
    {
        println!("{peak}");
    }
}
