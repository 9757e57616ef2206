//! What was known when, and the law of conservation, on contacts worked by hand.

#![allow(clippy::unwrap_used)]

mod random;

use longshore_contacts::*;
use longshore_units::{Instant, Milliseconds};
use proptest::collection::vec;
use proptest::prelude::*;

const HALF_HOUR: Milliseconds = Milliseconds::seconds(1800);

/// 2027-01-01T00:00:00Z and so many minutes.
fn minute(minutes: i64) -> Option<Instant> {
    Some(Instant((1_798_761_600 + minutes * 60) * 1_000_000))
}

/// An answered contact that came at a minute.
fn contact(id: &str, at: i64) -> ContactRow {
    ContactRow {
        first_queue: Some("orders".to_owned()),
        offered_at: minute(at),
        answered_at: minute(at + 1),
        ended_at: minute(at + 5),
        legs: Some(1),
        outcome: Some(Outcome::Answered),
        ..ContactRow::of("acd", id, "acme")
    }
}

fn abandoned(id: &str, at: i64) -> ContactRow {
    ContactRow { answered_at: None, outcome: Some(Outcome::Abandoned), ..contact(id, at) }
}

fn leg(id: &str, leg: i64, at: i64) -> LegRow {
    LegRow {
        queue: Some("orders".to_owned()),
        offered_at: minute(at),
        answered_at: minute(at + 1),
        ended_at: minute(at + 5),
        outcome: Some(Outcome::Answered),
        ..LegRow::of("acd", id, leg)
    }
}

fn balance(contacts: &[ContactRow], legs: &[LegRow]) -> Balance {
    let mut conservation = Conservation::new(HALF_HOUR, None);
    for row in contacts {
        conservation.contacts(&contacts_batch(std::slice::from_ref(row))).unwrap();
    }
    conservation.legs(&legs_batch(legs)).unwrap();
    conservation.balance()
}

fn breaches(balance: &Balance) -> Vec<(u64, Breach)> {
    balance.violations.iter().map(|violation| (violation.row, violation.breach)).collect()
}

#[test]
fn arrivals_are_outcomes_and_still_open() {
    let open = ContactRow { answered_at: None, ended_at: None, outcome: None, ..contact("5", 40) };
    let contacts = [contact("1", 0), contact("2", 29), abandoned("3", 29), contact("4", 30), open];
    let Balance { contacts, legs, violations } = balance(&contacts, &[]);
    assert_eq!((violations, legs.len(), contacts.len()), (vec![], 0, 2));
    let account = |at| contacts[&QueueInterval { queue: Some("orders".to_owned()), from: minute(at).unwrap() }];
    let (first, second) = (account(0), account(30));
    assert_eq!((first.arrivals, first.outcome(Outcome::Answered), first.outcome(Outcome::Abandoned)), (3, 2, 1));
    assert_eq!((second.arrivals, second.outcome(Outcome::Answered), second.open), (2, 1, 1));
    assert_eq!((first.unaccounted(), second.unaccounted()), (0, 0));
}

#[test]
fn rows_that_contradict_themselves_are_reported_and_unaccounted_for() {
    let contacts = [
        contact("1", 0),
        contact("1", 1),
        ContactRow { offered_at: None, ..contact("2", 2) },
        ContactRow { answered_at: None, ..contact("3", 3) },
        ContactRow { answered_at: minute(5), ..abandoned("4", 4) },
        ContactRow { ended_at: None, ..abandoned("5", 5) },
        ContactRow { outcome: None, ..contact("6", 6) },
        ContactRow { offered_at: None, arrived_at: minute(7), ..contact("7", 7) },
    ];
    let balance = balance(&contacts, &[]);
    assert_eq!(
        breaches(&balance),
        [
            (1, Breach::Repeated { first: 0 }),
            (2, Breach::NoArrival),
            (3, Breach::AnsweredWithoutInstant),
            (4, Breach::AnsweredYet(Outcome::Abandoned)),
            (5, Breach::NotEnded(Outcome::Abandoned)),
            (6, Breach::EndedWithoutOutcome),
        ]
    );
    let account = balance.contacts.values().next().unwrap();
    assert_eq!((account.arrivals, account.outcome(Outcome::Answered), account.unaccounted()), (7, 2, 5));
    assert_eq!(balance.violations[0].to_string(), "contacts row 1 (acd 1): repeats row 0");
}

#[test]
fn one_contact_at_two_providers_is_no_repetition() {
    let other = ContactRow { provider: "globex".to_owned(), ..contact("1", 3) };
    assert_eq!(breaches(&balance(&[contact("1", 0), other.clone()], &[])), []);
    // Its legs are those of both.
    assert_eq!(breaches(&balance(&[contact("1", 0), other.clone()], &[leg("1", 1, 0), leg("1", 2, 3)])), []);
    let breach = Breach::LegCount { claimed: 2, found: 1 };
    assert_eq!(breaches(&balance(&[contact("1", 0), other], &[leg("1", 1, 0)])), [(0, breach)]);
}

#[test]
fn legs_are_as_many_as_contacts_claim() {
    let two = ContactRow { legs: Some(2), ..contact("2", 0) };
    let unsaid = ContactRow { legs: None, ..contact("3", 0) };
    let legs = [leg("1", 1, 0), leg("2", 1, 0), leg("2", 1, 4), leg("3", 1, 0), leg("3", 2, 4), leg("4", 1, 0)];
    let balance = balance(&[contact("1", 0), two, unsaid], &legs);
    assert_eq!(
        breaches(&balance),
        [(1, Breach::LegCount { claimed: 2, found: 1 }), (2, Breach::Repeated { first: 1 }), (5, Breach::NoContact),]
    );
    assert_eq!(balance.legs.values().map(|account| account.unaccounted()).sum::<u64>(), 1);
}

#[test]
fn a_newer_row_takes_the_place_of_the_one_it_supersedes() {
    let older = ContactRow { delivered_at: minute(100), superseded_at: minute(200), ..abandoned("1", 0) };
    let newer = ContactRow { delivered_at: minute(200), ..contact("1", 0) };
    let untold = contact("2", 0);
    let batch = contacts_batch(&[older, newer, untold]);
    let known = |at| known_on(&batch, minute(at).unwrap()).unwrap().iter().collect::<Vec<_>>();
    assert_eq!(known(99), [false, false, true]);
    assert_eq!(known(100), [true, false, true]);
    assert_eq!(known(199), [true, false, true]);
    assert_eq!(known(200), [false, true, true]);
    assert_eq!(not_superseded(&batch).unwrap().iter().collect::<Vec<_>>(), [false, true, true]);
    let simulated = contacts_batch(&[contact("1", 0)]);
    assert_eq!(known_on(&simulated, Instant(i64::MIN)).unwrap().count_set_bits(), 1);
    assert_eq!(not_superseded(&simulated).unwrap().count_set_bits(), 1);

    for (as_known, outcome) in [(None, Outcome::Answered), (minute(150), Outcome::Abandoned)] {
        let mut conservation = Conservation::new(HALF_HOUR, as_known);
        conservation.contacts(&batch).unwrap();
        let balance = conservation.balance();
        assert_eq!(breaches(&balance), []);
        let account = balance.contacts.values().next().unwrap();
        assert_eq!(account.outcome(outcome), if outcome == Outcome::Answered { 2 } else { 1 });
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_arrival_is_accounted_for_or_reported(contacts in vec(random::contact(), 0..60), size in 1usize..20) {
        let batch = contacts_batch(&contacts);
        let mut conservation = Conservation::new(HALF_HOUR, None);
        for start in (0..contacts.len()).step_by(size) {
            conservation.contacts(&batch.slice(start, size.min(contacts.len() - start))).unwrap();
        }
        let balance = conservation.balance();
        let valid = contacts.iter().filter(|row| row.superseded_at.is_none());
        let arrivals = valid.filter(|row| row.offered_at.is_some() || row.arrived_at.is_some()).count() as u64;
        prop_assert_eq!(balance.contacts.values().map(|account| account.arrivals).sum::<u64>(), arrivals);
        // Repetition is looked at first, so a repeated row without arrival is told as the former.
        let unplaced = |violation: &&Violation| {
            let row = &contacts[violation.row as usize];
            row.offered_at.is_none() && row.arrived_at.is_none()
        };
        let unplaced = balance.violations.iter().filter(unplaced).count() as u64;
        let unaccounted = balance.contacts.values().map(|account| account.unaccounted()).sum::<u64>();
        prop_assert_eq!(unaccounted + unplaced, balance.violations.len() as u64);
    }

    #[test]
    fn checks_never_fail_on_canonical_rows(contacts in vec(random::contact(), 0..30), agents in vec(random::agent(), 0..9)) {
        let flaws = check_rows(&contacts_batch(&contacts), Table::Contacts).unwrap();
        let negative = |row: &ContactRow| row.talk.is_some_and(|talk| talk < 0);
        let found = flaws.iter().filter(|flaw| flaw.column == "talk").count();
        prop_assert_eq!(found, contacts.iter().filter(|row| negative(row)).count());
        check_rows(&agents_batch(&agents), Table::Agents).unwrap();
    }
}

#[test]
fn rows_that_pass_by_keep_every_law_but_that_a_contact_stands_once() {
    let redelivered = ContactRow { delivered_at: minute(200), ..abandoned("1", 0) };
    let first = [contact("1", 0), redelivered, ContactRow { answered_at: None, ..contact("2", 31) }];
    let second = [contact("3", 40), ContactRow { legs: Some(2), ..contact("4", 40) }];
    let mut passing = Passing::new(HALF_HOUR);
    passing.contacts(&contacts_batch(&first)).unwrap();
    let again = LegRow { delivered_at: minute(200), ..leg("1", 1, 0) };
    passing.legs(&legs_batch(&[leg("1", 1, 0), again])).unwrap();
    passing.legs(&legs_batch(&[leg("2", 1, 31)])).unwrap();
    passing.contacts(&contacts_batch(&second)).unwrap();
    passing.legs(&legs_batch(&[leg("3", 1, 40), leg("4", 1, 40), leg("1", 2, 40)])).unwrap();
    let Passed { contacts, legs, versions, violations, violated, unaccounted } = passing.finish();
    let breaches: Vec<_> =
        violations.iter().map(|violation| (violation.table, violation.row, violation.breach)).collect();
    assert_eq!(
        breaches,
        [
            (Table::Contacts, 2, Breach::AnsweredWithoutInstant),
            (Table::Legs, 5, Breach::NoContact),
            (Table::Contacts, 4, Breach::LegCount { claimed: 2, found: 1 }),
        ]
    );
    assert_eq!((violated, contacts.arrivals, versions, contacts.unaccounted(), legs.arrivals), (3, 5, 1, 1, 6));
    let place = QueueInterval { queue: Some("orders".to_owned()), from: minute(30).unwrap() };
    assert_eq!(unaccounted.into_iter().collect::<Vec<_>>(), [(place, 1)]);
}

#[test]
fn a_contact_that_passes_twice_has_its_legs_twice() {
    let mut passing = Passing::new(HALF_HOUR);
    let one = ContactRow { legs: Some(1), ..contact("1", 0) };
    passing.contacts(&contacts_batch(&[one.clone(), contact("2", 31), one])).unwrap();
    passing.legs(&legs_batch(&[leg("1", 1, 0), leg("2", 1, 31), leg("1", 1, 0)])).unwrap();
    assert_eq!(passing.finish().violated, 0);
}

#[test]
fn legs_alone_miss_no_contacts() {
    let mut passing = Passing::new(HALF_HOUR);
    passing.legs(&legs_batch(&[leg("1", 1, 0)])).unwrap();
    let passed = passing.finish();
    assert_eq!((passed.violated, passed.legs.arrivals), (0, 1));
}
