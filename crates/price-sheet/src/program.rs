//! The sheet `Program`: what a bidder must know of the work.

use longshore_business_case::{BusinessCase, Part, Queue, Volume};
use longshore_units::{Milliseconds, Month};
use rust_xlsxwriter::Worksheet;

use crate::write::{Looks, WriteError};

/// What is said of each queue.
const QUEUE: [&str; 13] = [
    "Queue",
    "Channel",
    "Language",
    "Contacts come",
    "Customers may reach out",
    "Worked on",
    "Talk, mean",
    "Hold, mean",
    "Wrap, mean",
    "Answer",
    "within",
    "Customers wait, mean",
    "Day-to-day spread",
];

pub(crate) fn program(sheet: &mut Worksheet, case: &BusinessCase, looks: &Looks) -> Result<(), WriteError> {
    sheet.set_name("Program")?.set_column_width(0, 30)?.set_column_range_width(1, 40, 14)?;
    sheet.write_string_with_format(0, 0, format!("What is needed: {}", case.name), &looks.title)?;
    sheet.write_string_with_format(1, 0, format!("All times are in {}.", case.zone.name()), &looks.small)?;
    let mut row = 3;
    for (column, words) in (0..).zip(QUEUE) {
        sheet.write_string_with_format(row, column, words, &looks.head)?;
    }
    for queue in &case.queues {
        row += 1;
        for (column, words) in (0..).zip(told(queue)) {
            sheet.write_string_with_format(row, column, words, &looks.text)?;
        }
    }
    row += 2;
    let months: Vec<Month> = case.decide.each_month().collect();
    sheet.write_string_with_format(row, 0, "Expected contacts, month by month", &looks.head)?;
    for (column, month) in (1..).zip(&months) {
        sheet.write_string_with_format(row, column, month.to_string(), &looks.head)?;
    }
    for queue in case.queues.iter().filter(|queue| queue.demand.volume != Volume::OfOthers) {
        row += 1;
        let name = match queue.list {
            Some(_) => format!("{}, customers to be called", queue.name),
            None => queue.name.clone(),
        };
        sheet.write_string_with_format(row, 0, name, &looks.text)?;
        for (column, contacts) in (1..).zip(by_month(case, queue, &months)?) {
            sheet.write_number_with_format(row, column, contacts.round(), &looks.number)?;
        }
    }
    row += 2;
    sheet.write_string_with_format(row, 0, "Expected contacts of a week without season, hour by hour", &looks.head)?;
    for hour in 0..24u16 {
        sheet.write_string_with_format(row, hour + 1, format!("{hour:02}:00"), &looks.head)?;
    }
    let by_hour = |queue: &&Queue| queue.list.is_none() && queue.demand.volume != Volume::OfOthers;
    for queue in case.queues.iter().filter(by_hour) {
        for (day, hours) in week(case, queue)? {
            row += 1;
            sheet.write_string_with_format(row, 0, format!("{}, {day}", queue.name), &looks.text)?;
            for (column, contacts) in (1..).zip(hours) {
                sheet.write_number_with_format(row, column, contacts.round(), &looks.number)?;
            }
        }
    }
    sheet.set_freeze_panes(0, 1)?;
    Ok(())
}

/// What is said of a queue, in the order of [`QUEUE`].
fn told(queue: &Queue) -> [String; 13] {
    // Over all contacts, so that the parts sum to what one takes.
    let mean = |part: &Part| span(part.mean_over_all_ms());
    let percent = |share: f64| format!("{}%", (share * 1000.0).round() / 10.0);
    let handle = &queue.handle;
    let comes = match (&queue.list, queue.demand.volume) {
        (Some(list), _) => {
            let tries = if list.attempts == 1 { "once".to_owned() } else { format!("up to {} times", list.attempts) };
            format!("called from a list, {tries}; {} of attempts reach somebody", percent(list.reached))
        }
        (None, Volume::OfOthers) => "passed on from other queues".to_owned(),
        (None, Volume::AYear(_) | Volume::AsMeasured | Volume::OfList) => "from customers".to_owned(),
    };
    [
        queue.name.clone(),
        queue.channel.to_string(),
        queue.language.clone(),
        comes,
        queue.open.written().to_owned(),
        queue.worked.as_ref().map_or("as they come", |worked| worked.written()).to_owned(),
        mean(&handle.talk),
        mean(&handle.hold),
        mean(&handle.wrap),
        percent(queue.target.share),
        Milliseconds(queue.target.within_ms).to_string(),
        queue.patience_ms.map_or_else(|| "until answered".to_owned(), span),
        percent(queue.busyness),
    ]
}

/// A mean in whole seconds.
fn span(ms: f64) -> String {
    Milliseconds((ms / 1000.0).round() as u64 * 1000).to_string()
}

const HOUR_MS: i64 = 3_600_000;

/// A queue's expected contacts in each month; of a list, the customers who are put on it.
fn by_month(case: &BusinessCase, queue: &Queue, months: &[Month]) -> Result<Vec<f64>, WriteError> {
    let (starts, count) = (case.decide.starts, case.decide.months);
    if let Some(list) = &queue.list {
        return Ok(months.iter().map(|month| list.a_month * queue.demand.season(starts, *month)).collect());
    }
    let expected = queue.demand.expected(&queue.open, &case.zone, starts, count, HOUR_MS).ok_or(WriteError::Years)?;
    let mut sums = vec![0.0; months.len()];
    for (step, contacts) in (0i64..).zip(&expected.contacts) {
        let at = longshore_units::Instant::from_milliseconds(expected.from_ms + step * HOUR_MS);
        let month = case.zone.date(at).map(Month::of).ok_or(WriteError::Years)?;
        if let Some(position) = months.iter().position(|known| *known == month) {
            sums[position] += contacts;
        }
    }
    Ok(sums)
}

/// The hours of a week, Monday first, as a queue's contacts fall into them on average over the horizon.
fn week(case: &BusinessCase, queue: &Queue) -> Result<Vec<(&'static str, [f64; 24])>, WriteError> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let demand = queue.demand.without_season();
    let (starts, count) = (case.decide.starts, case.decide.months);
    let expected = demand.expected(&queue.open, &case.zone, starts, count, HOUR_MS).ok_or(WriteError::Years)?;
    let mut sums = [[0.0; 24]; 7];
    let mut days = [0.0; 7];
    let mut last = None;
    for (step, contacts) in (0i64..).zip(&expected.contacts) {
        let at = longshore_units::Instant::from_milliseconds(expected.from_ms + step * HOUR_MS);
        let reading = case.zone.reading(at).ok_or(WriteError::Years)?;
        let day = reading.date().weekday().to_monday_zero_offset() as usize;
        if last != Some(reading.date()) {
            last = Some(reading.date());
            days[day] += 1.0;
        }
        sums[day][reading.hour() as usize] += contacts;
    }
    let mean = |day: usize| sums[day].map(|sum| if days[day] > 0.0 { sum / days[day] } else { 0.0 });
    Ok((0..7).map(|day| (DAYS[day], mean(day))).collect())
}
