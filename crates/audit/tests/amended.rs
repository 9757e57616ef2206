//! Months whose terms change on one of their days: other readings hold in each version by its own charges.

#![allow(clippy::unwrap_used)]

mod bills;

use bills::of;

/// 310 a month, a tenth of it for management, and from February 11 on a third charge of 140 a month.
fn with_share() -> String {
    "[[charge]]\nname = 'plat'\namount = '310'\nper = 'month'\nprorate = 'day'\n\
         [[charge]]\nname = 'mgmt'\npercent = '10'\nof_charges = ['plat']\n\
         [[amendment]]\nknown = 2027-02-01\neffective = 2027-02-11\n\
         [[amendment.add.charge]]\nname = 'extra'\namount = '140'\nper = 'month'\nprorate = 'day'\n"
        .to_owned()
}

#[test]
fn a_share_where_a_charge_begins_within_the_month() {
    let billed = |mgmt: &str| {
        let mgmt = format!("mgmt | | | {mgmt}");
        of(&with_share(), "2027-02", &["plat | | | 310.00", &mgmt, "extra | | | 90.00"], "")
    };
    assert_eq!(billed("31.00"), bills::NOTHING);
    assert_eq!(billed("25.00"), ["unexplained -6"]);
    // A tenth of the charge that the first ten days do not have, too.
    assert_eq!(billed("40.00"), ["fixed amount 9 likely"]);
}
