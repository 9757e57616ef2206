//! A queue log in two imports: rows or an error, legs as many as contacts claim, and no agent in two states at once.
#![no_main]

use libfuzzer_sys::fuzz_target;
use longshore_fuzz::{Imported, import, origin};
use longshore_import::AsteriskQueueLog;

fuzz_target!(|bytes: &[u8]| {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let mut reader = AsteriskQueueLog::new(origin(), "").expect("nothing is carried");
    let Some(Imported { carried, .. }) = import(&mut reader, first) else { return };
    let mut reader = AsteriskQueueLog::new(origin(), &carried).expect("what one import leaves the next reads");
    let _ = import(&mut reader, second);

    let mut reader = AsteriskQueueLog::new(origin(), "").expect("nothing is carried");
    let Some(mut whole) = import(&mut reader, bytes) else { return };
    let claimed: i64 = whole.contacts.iter().filter_map(|contact| contact.legs).sum();
    assert_eq!(claimed, whole.legs.len() as i64);
    whole.agent_time.sort_by(|a, b| (&a.agent, a.from).cmp(&(&b.agent, b.from)));
    for pair in whole.agent_time.windows(2) {
        assert!(pair[0].agent != pair[1].agent || pair[0].until <= pair[1].from, "{pair:?}");
    }
});
