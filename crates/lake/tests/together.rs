//! Rows that belong together come together, all of them, also from the disk.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use longshore_contacts::{ContactRow, contacts_batch};
use longshore_lake::{LakeError, Means, Rows, together};
use proptest::prelude::*;

/// So much memory holds none of the sorts here.
const LITTLE: Means = Means { threads: 2, memory: 32 << 20, batch_rows: 1024 };

fn contact(number: usize, customer: Option<usize>) -> ContactRow {
    let customer = customer.map(|customer| format!("customer {customer}"));
    ContactRow { customer, ..ContactRow::of("pbx", number.to_string(), "cebu") }
}

fn parts(contacts: &[ContactRow], parts: usize) -> Vec<Rows> {
    let each = contacts.len().div_ceil(parts).max(1);
    let part = |part: &[ContactRow]| {
        let batches: Vec<_> = part.chunks(700).map(|some| Ok(contacts_batch(some))).collect();
        Box::new(batches.into_iter()) as Rows
    };
    contacts.chunks(each).map(part).collect()
}

/// The identifiers of each set's contacts by customer, streams read at the same time.
fn sets(contacts: &[ContactRow], means: Means) -> Vec<BTreeMap<Option<String>, BTreeSet<String>>> {
    let schema = contacts_batch(&[]).schema();
    let streams = together(&schema, parts(contacts, 3), &["customer"], means).unwrap();
    assert_eq!(streams.len(), means.threads);
    let set = |set: Result<Vec<RecordBatch>, LakeError>| {
        let mut of: BTreeMap<Option<String>, BTreeSet<String>> = BTreeMap::new();
        for batch in set.unwrap() {
            let (ids, customers) = (batch["contact_id"].as_string::<i32>(), batch["customer"].as_string::<i32>());
            for row in 0..batch.num_rows() {
                let customer = customers.is_valid(row).then(|| customers.value(row).to_owned());
                assert!(of.entry(customer).or_default().insert(ids.value(row).to_owned()));
            }
        }
        of
    };
    let threads: Vec<_> =
        streams.into_iter().map(|stream| std::thread::spawn(move || stream.map(set).collect::<Vec<_>>())).collect();
    threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
}

/// Each customer is in one set with all of theirs, and nobody's contacts are all there.
fn hold(contacts: &[ContactRow], sets: &[BTreeMap<Option<String>, BTreeSet<String>>]) {
    let mut all: BTreeMap<Option<String>, BTreeSet<String>> = BTreeMap::new();
    for contact in contacts {
        all.entry(contact.customer.clone()).or_default().insert(contact.contact_id.clone());
    }
    let mut seen: BTreeMap<Option<String>, BTreeSet<String>> = BTreeMap::new();
    for (customer, ids) in sets.iter().flatten() {
        let before = seen.entry(customer.clone()).or_default();
        assert!(before.is_empty() || customer.is_none(), "{customer:?} is in two sets");
        before.extend(ids.iter().cloned());
    }
    assert_eq!(seen, all);
}

#[test]
fn more_than_memory_holds_comes_from_the_disk() {
    let contact = |number: usize| contact(number, (!number.is_multiple_of(13)).then_some(number * 7919 % 50_021));
    let contacts: Vec<ContactRow> = (0..200_000).map(contact).collect();
    let sets = sets(&contacts, LITTLE);
    assert!(2 < sets.len(), "{} sets", sets.len());
    hold(&contacts, &sets);
}

#[test]
fn a_customer_of_very_many_contacts_is_in_one_set() {
    let contacts: Vec<ContactRow> =
        (0..150_000).map(|number| contact(number, Some(if number % 10 == 0 { number } else { 1 }))).collect();
    hold(&contacts, &sets(&contacts, Means { memory: 256 << 20, ..LITTLE }));
}

#[test]
fn what_does_not_read_is_told() {
    let schema = contacts_batch(&[]).schema();
    let failing = || Box::new([Err("the cable is cut".into())].into_iter()) as Rows;
    let streams = together(&schema, vec![failing()], &["customer"], Means { threads: 1, ..LITTLE }).unwrap();
    let failed = streams.into_iter().flatten().find_map(Result::err).unwrap();
    assert!(failed.to_string().contains("the cable is cut"), "{failed}");
    assert!(together(&schema, Vec::new(), &["nobody"], LITTLE).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whoever_belongs_together_comes_together(
        customers in prop::collection::vec(prop::option::weighted(0.8, 0usize..40), 0..400),
        threads in 1usize..4,
        batch_rows in 1usize..50,
    ) {
        let contacts: Vec<ContactRow> =
            customers.iter().enumerate().map(|(number, customer)| contact(number, *customer)).collect();
        hold(&contacts, &sets(&contacts, Means { threads, batch_rows, memory: 64 << 20 }));
    }
}
