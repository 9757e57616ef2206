//! A manifest is read or refused, and one that is read is written and read again the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use longshore_contacts::Manifest;

fuzz_target!(|text: &str| {
    if let Ok(manifest) = Manifest::from_json(text) {
        let json = manifest.to_json();
        assert_eq!(Manifest::from_json(&json).as_ref(), Ok(&manifest));
    }
});
