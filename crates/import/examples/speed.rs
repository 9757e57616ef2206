//! How fast logs and records are read on one thread, into a sink that drops the batches.
//!
//! `speed [log|records] [MILLIONS]` makes so many million events (or hundred thousand records) as it reads them, so that
//! what memory holds is the reader's. What making them costs is measured alone, and taken off.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A measurement that fails may stop, and prints what it measured.

use std::io::{BufReader, Read, Write};
use std::time::Instant;

use arrow_array::RecordBatch;
use longshore_contacts::Table;
use longshore_import::{
    AmazonConnect, AsteriskQueueLog, CustomerKey, Input, Origin, Outbox, Reader, Reject, Sink, Stream,
};
use longshore_units::Zone;

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

/// Five calls a second that wait 20 s or so and talk three minutes: each step logs one call's arrival, another's answer and
/// a third one's end.
fn log(text: &mut Vec<u8>, number: u64) {
    const FROM: u64 = 1_767_254_400;
    let at = FROM + number / 5;
    let micros = number * 200_000 % 1_000_000;
    let queue = |call: u64| ["sales", "support", "billing"][(call % 3) as usize];
    if number < 100 {
        writeln!(text, "{at}.{micros:06}|NONE|support|PJSIP/{number}|ADDMEMBER|").unwrap();
    }
    let queue_of = queue(number);
    writeln!(text, "{at}.{micros:06}|{FROM}.{number}|{queue_of}|NONE|ENTERQUEUE||+1555{:07}|1", number % 9_999_991)
        .unwrap();
    if let Some(call) = number.checked_sub(100) {
        let (queue, agent, wait) = (queue(call), call % 1000, 20);
        match call % 10 {
            9 => writeln!(text, "{at}.{micros:06}|{FROM}.{call}|{queue}|NONE|ABANDON|1|1|{wait}").unwrap(),
            _ => writeln!(text, "{at}.{micros:06}|{FROM}.{call}|{queue}|PJSIP/{agent}|CONNECT|{wait}|x.{call}|4")
                .unwrap(),
        }
    }
    if let Some(call) = number.checked_sub(1000).filter(|call| call % 10 != 9) {
        let (queue, agent) = (queue(call), call % 1000);
        writeln!(text, "{at}.{micros:06}|{FROM}.{call}|{queue}|PJSIP/{agent}|COMPLETECALLER|20|180|1").unwrap();
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
    let what = arguments.next().unwrap_or_else(|| "log".to_owned());
    let millions: f64 = arguments.next().map_or(1.0, |text| text.parse().unwrap());
    let (make, count): (fn(&mut Vec<u8>, u64), f64) = match what.as_str() {
        "log" => (log, millions * 1e6 / 2.9),
        _ => (record, millions * 1e5),
    };
    let made = || Made { make, number: 0, count: count as u64, text: Vec::new(), at: 0 };

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
