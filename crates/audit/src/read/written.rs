//! How exactly a written number says what it says.

use longshore_units::Exact;

use crate::invoice::half_of_last;

/// How many decimals a number shows.
pub(super) fn places(written: &str) -> u32 {
    let decimals = written.trim().split_once('.').map_or("", |(_, decimals)| decimals);
    decimals.bytes().take_while(u8::is_ascii_digit).count() as u32
}

/// How far a quantity may be from one that shows so many decimals: a whole number is taken for what it is.
pub(super) fn off_at_most(places: u32) -> Exact {
    if places == 0 { Exact::zero() } else { half_of_last(places) }
}
