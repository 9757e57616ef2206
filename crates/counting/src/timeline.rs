//! Where instants lie: day, month and calendars, in a contract's zone.

use jiff::civil::Date;
use longshore_units::{Calendar, Instant, Month, Zone};

/// A stretch of time that lies in one day and in or out of each calendar as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub date: Date,
    pub month: Month,
    /// Bit n is set where the n-th calendar holds.
    pub calendars: u32,
}

/// The number of a stretch: what tallies count by. 0 is outside.
pub(crate) type Slot = u32;

/// Outside the days that are counted.
pub(crate) const OUTSIDE: Slot = 0;

const DAY: i64 = 86_400_000_000;
/// Days of Greenwich that are cut into stretches together, the first time an instant falls among them.
const CHUNK: i64 = 512;

/// Finds where instants lie, from the first counted day to the last.
#[derive(Clone, Debug)]
pub(crate) struct Timeline {
    zone: Zone,
    calendars: Vec<Calendar>,
    from: i64,
    until: i64,
    chunks: Vec<Option<Chunk>>,
    places: Vec<Option<Place>>,
    /// The stretch found last: records come nearly in order.
    last: (i64, i64, Slot),
}

#[derive(Clone, Debug)]
struct Chunk {
    /// When each stretch begins; then the end of time.
    starts: Vec<i64>,
    /// For each day of Greenwich, the stretch that its first instant lies in.
    first: Vec<u32>,
    /// The slot of the first stretch.
    slot: Slot,
}

impl Timeline {
    /// No day at all.
    pub fn none(zone: Zone) -> Timeline {
        let (chunks, places, last) = (Vec::new(), vec![None], (i64::MAX, i64::MIN, OUTSIDE));
        Timeline { zone, calendars: Vec::new(), from: 0, until: 0, chunks, places, last }
    }

    /// From `first` to `last`, both included. `None` outside the years that calendars can show.
    pub fn new(zone: Zone, calendars: Vec<Calendar>, first: Date, last: Date) -> Option<Timeline> {
        let from = zone.start_of(first)?.0;
        let until = zone.start_of(last.tomorrow().ok()?)?.0;
        let chunks = usize::try_from(until.div_euclid(DAY * CHUNK) - from.div_euclid(DAY * CHUNK) + 1).ok()?;
        let last = (i64::MAX, i64::MIN, OUTSIDE);
        Some(Timeline { zone, calendars, from, until, chunks: vec![None; chunks], places: vec![None], last })
    }

    /// The zone whose days these are.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Whether a half-open span has an instant inside; an empty one, whether that instant is.
    pub fn meets(&self, from: i64, until: i64) -> bool {
        from < self.until && self.from < until.max(from.saturating_add(1))
    }

    /// How many slots there are so far.
    pub fn slots(&self) -> usize {
        self.places.len()
    }

    /// What lies at a slot; `None` outside.
    pub fn place(&self, slot: Slot) -> Option<Place> {
        self.places[slot as usize]
    }

    /// The slot of an instant.
    #[inline]
    pub fn slot(&mut self, at: i64) -> Slot {
        let (from, until, slot) = self.last;
        if from <= at && at < until {
            return slot;
        }
        let (from, until, slot) = self.find(at);
        self.last = (from, until, slot);
        slot
    }

    /// The slot of many instants, if all lie in one stretch that is not outside.
    pub fn slot_of_all(&mut self, instants: &[i64]) -> Option<Slot> {
        let slot = self.slot(*instants.first()?);
        let (from, until, _) = self.last;
        let all = instants.iter().fold(true, |all, at| all & (from <= *at) & (*at < until));
        (slot != OUTSIDE && all).then_some(slot)
    }

    /// The slot of an instant, and when its stretch ends.
    #[inline]
    pub fn stretch(&mut self, at: i64) -> (Slot, i64) {
        let slot = self.slot(at);
        (slot, self.last.1)
    }

    /// Begin, end and slot of the stretch that an instant lies in.
    fn find(&mut self, at: i64) -> (i64, i64, Slot) {
        if at < self.from {
            return (i64::MIN, self.from, OUTSIDE);
        }
        if self.until <= at {
            return (self.until, i64::MAX, OUTSIDE);
        }
        let number = at.div_euclid(DAY * CHUNK);
        let index = (number - self.from.div_euclid(DAY * CHUNK)) as usize;
        if self.chunks[index].is_none() {
            self.cut(number, index);
        }
        let chunk = self.chunks[index].as_ref().expect("the chunk was just cut");
        let mut stretch = chunk.first[(at.div_euclid(DAY) - number * CHUNK) as usize] as usize;
        while chunk.starts[stretch + 1] <= at {
            stretch += 1;
        }
        // A stretch goes on in the next chunk under another slot of the same day.
        let end = chunk.starts[stretch + 1].min((number + 1) * CHUNK * DAY).min(self.until);
        (chunk.starts[stretch].max(self.from), end, chunk.slot + stretch as Slot)
    }

    /// Cuts the days of a chunk into stretches.
    fn cut(&mut self, number: i64, index: usize) {
        let (begin, end) = (number * CHUNK * DAY, (number + 1) * CHUNK * DAY);
        let begin_inside = begin.max(self.from);
        let slot = self.places.len() as Slot;
        let mut starts = Vec::new();
        let mut at = self.zone.date(Instant(begin_inside));
        while let Some(date) = at {
            let day_starts = self.zone.start_of(date).map_or(i64::MAX, |start| start.0);
            if end <= day_starts {
                break;
            }
            let next = date.tomorrow().ok();
            let day_ends = next.and_then(|next| self.zone.start_of(next)).map_or(i64::MAX, |start| start.0);
            self.cut_day(date, day_starts, day_ends, &mut starts);
            at = next.filter(|_| day_ends < end);
        }
        starts.push(i64::MAX);
        let first = (0..CHUNK)
            .map(|day| {
                let at = begin + day * DAY;
                starts[..starts.len() - 1].partition_point(|start| *start <= at).saturating_sub(1) as u32
            })
            .collect();
        self.chunks[index] = Some(Chunk { starts, first, slot });
    }

    fn cut_day(&mut self, date: Date, day_starts: i64, day_ends: i64, starts: &mut Vec<i64>) {
        let spans: Vec<Vec<(Instant, Instant)>> =
            self.calendars.iter().map(|calendar| calendar.spans(date, &self.zone).unwrap_or_default()).collect();
        let mut edges: Vec<i64> = spans.iter().flatten().flat_map(|(from, until)| [from.0, until.0]).collect();
        edges.push(day_starts);
        edges.retain(|edge| day_starts <= *edge && *edge < day_ends);
        edges.sort_unstable();
        edges.dedup();
        for edge in edges {
            let holds =
                |spans: &[(Instant, Instant)]| spans.iter().any(|(from, until)| from.0 <= edge && edge < until.0);
            let calendars =
                spans.iter().enumerate().fold(0, |bits, (bit, spans)| bits | u32::from(holds(spans)) << bit);
            starts.push(edge);
            self.places.push(Some(Place { date, month: Month::of(date), calendars }));
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use longshore_units::Hours;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn slots_agree_with_the_clock(
            minutes in prop::collection::vec(-100_000i64..1_700_000, 1..200),
            zone in prop::sample::select(vec!["America/New_York", "Australia/Lord_Howe", "Asia/Manila", "UTC"]),
        ) {
            let zone = Zone::named(zone).unwrap();
            let hours: Hours = "20:00-08:30".parse().unwrap();
            let calendar = Calendar { days: None, hours };
            let (first, last) = (date(2027, 1, 15), date(2029, 11, 3));
            let mut timeline = Timeline::new(zone.clone(), vec![calendar.clone()], first, last).unwrap();
            for minute in minutes {
                let at = Instant(zone.start_of(first).unwrap().0 + minute * 60_000_000 + 1);
                let slot = timeline.slot(at.0);
                let (_, end) = timeline.stretch(at.0);
                prop_assert_eq!(timeline.slot(end - 1), slot);
                let date = zone.date(at).unwrap();
                match timeline.place(slot) {
                    None => prop_assert!(date < first || last < date),
                    Some(place) => {
                        prop_assert_eq!(place.date, date);
                        prop_assert_eq!(place.month, Month::of(date));
                        prop_assert_eq!(place.calendars == 1, calendar.contains(at, &zone).unwrap());
                    }
                }
            }
        }
    }

    #[test]
    fn stretches_end_at_the_edges() {
        let zone = Zone::named("America/New_York").unwrap();
        let mut timeline = Timeline::new(zone.clone(), vec![], date(2027, 1, 1), date(2027, 1, 31)).unwrap();
        let start = zone.start_of(date(2027, 1, 1)).unwrap().0;
        assert_eq!(timeline.stretch(start - 1), (OUTSIDE, start));
        assert_eq!(timeline.stretch(start).1, start + DAY);
        assert_eq!(timeline.stretch(start + 31 * DAY), (OUTSIDE, i64::MAX));
    }
}
