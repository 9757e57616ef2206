//! How long contacts are expected to wait: who has waited for as long as patience lasts hangs up, and does not call again.

use std::collections::{BTreeMap, HashMap, btree_map, hash_map};

use longshore_queueing::{Busyness, Definition, Erlangs, QueueingError, Seconds, Traffic, service_level};
use longshore_simulation::Work;
use longshore_staffing::Requirement;

use crate::load::Stream;

/// The mean wait of all contacts at a team in each step, in milliseconds; those who hang up included.
///
/// Each step is the Erlang A queue that the team is sized as, with the agents it is sized to, averaged over the contacts
/// of quiet and busy days. In such a queue everybody who waits hangs up at the rate of their own patience: of a stream's
/// contacts, mean wait ÷ mean patience hang up. 0 where nobody does, and where there are no contacts. Of calls alone: chats
/// and email are served in other ways.
pub(crate) fn mean_waits(streams: &[Stream], required: &[Requirement]) -> Result<Vec<f64>, QueueingError> {
    let mut known: HashMap<Vec<u64>, f64> = HashMap::new(); // Only looked up.
    let mut days: BTreeMap<u32, Busyness> = BTreeMap::new(); // By the coefficient of variation in thousandths.
    let mut waits = Vec::with_capacity(required.len());
    let calls: Vec<&Stream> = streams.iter().filter(|stream| stream.is_of(Work::Alone)).collect();
    for (step, required) in required.iter().enumerate() {
        let contacts: Vec<f64> = calls.iter().map(|stream| stream.contacts[step]).collect();
        let facts = [u64::from(required.agents), (required.until - required.from) as u64];
        let key: Vec<u64> = contacts.iter().map(|contacts| contacts.to_bits()).chain(facts).collect();
        let wait = match known.entry(key) {
            hash_map::Entry::Occupied(entry) => *entry.get(),
            hash_map::Entry::Vacant(entry) => *entry.insert(mean_wait(&calls, &contacts, required, &mut days)?),
        };
        waits.push(wait);
    }
    Ok(waits)
}

fn mean_wait(
    streams: &[&Stream],
    contacts: &[f64],
    required: &Requirement,
    days: &mut BTreeMap<u32, Busyness>,
) -> Result<f64, QueueingError> {
    let (mut all, mut work, mut leaving, mut variance) = (0.0, 0.0, 0.0, 0.0);
    for (stream, contacts) in streams.iter().zip(contacts) {
        all += contacts;
        work += contacts * stream.handle_ms;
        leaving += contacts * stream.patience_ms.map_or(0.0, f64::recip);
        variance += (contacts * stream.handle_ms * stream.busyness).powi(2);
    }
    if leaving <= 0.0 {
        return Ok(0.0);
    }
    let seconds = |ms: f64| Seconds::new(ms / 1000.0);
    let (handle, patience) = (seconds(work / all)?, seconds(all / leaving)?);
    let load = work / (required.until - required.from) as f64;
    let thousandths = (variance.sqrt() / work * 1000.0).round() as u32;
    let days = match days.entry(thousandths) {
        btree_map::Entry::Occupied(entry) => entry.into_mut(),
        btree_map::Entry::Vacant(entry) => entry.insert(Busyness::gamma(f64::from(thousandths) / 1000.0)?),
    };
    // Nobody waits fifty times as long as patience lasts: who is answered by then is whoever is answered at all. Only
    // this is asked for; a mean wait is a costly integral, and here it is hang-ups × patience.
    let ever = Seconds::new(patience.get() * 50.0)?;
    days.bands().iter().try_fold(0.0, |sum, band| {
        let traffic = Traffic::new(Erlangs::new(load * band.factor)?, handle, Some(patience))?;
        let answered = service_level(&traffic, required.agents, ever, Definition::Offered).get();
        Ok(sum + band.days * band.factor * (1.0 - answered) * patience.get() * 1000.0)
    })
}
