//! Contact records in two imports: versions of contacts or an error, each with as many legs as it claims.
#![no_main]

use libfuzzer_sys::fuzz_target;
use longshore_fuzz::{Imported, import, origin};
use longshore_import::AmazonConnect;

fuzz_target!(|bytes: &[u8]| {
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let mut reader = AmazonConnect::new(origin(), "").expect("nothing is carried");
    let Some(Imported { carried, .. }) = import(&mut reader, first) else { return };
    let mut reader = AmazonConnect::new(origin(), &carried).expect("what one import leaves the next reads");
    let _ = import(&mut reader, second);

    let mut reader = AmazonConnect::new(origin(), "").expect("nothing is carried");
    let Some(whole) = import(&mut reader, bytes) else { return };
    let claimed: i64 = whole.contacts.iter().filter_map(|contact| contact.legs).sum();
    assert_eq!(claimed, whole.legs.len() as i64);
});
