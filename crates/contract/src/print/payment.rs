//! `[tax]` and `[pay]`.

use super::lines::Names;
use super::value::{Entries, percent};
use crate::{Pay, Tax};

pub(super) fn tax(names: Names<'_>, tax: &Tax) -> Entries {
    let mut entries = Entries::default();
    entries.put("kind", &tax.kind);
    entries.maybe("clause", tax.clause.as_ref());
    entries.put("percent", percent(&tax.share));
    entries.some("on", names.all(&tax.on));
    entries.put("recoverable", tax.recoverable);
    if tax.reverse_charge {
        entries.put("reverse_charge", true);
    }
    entries
}

/// Nothing where nothing is agreed.
pub(super) fn pay(pay: &Pay) -> Entries {
    let mut entries = Entries::default();
    entries.maybe("currency", pay.currency.map(|currency| currency.code()));
    entries.maybe("terms", pay.terms);
    if pay.in_advance {
        entries.put("in_advance", true);
    }
    entries.maybe("deposit", pay.deposit.as_ref().map(|deposit| &deposit.0));
    entries.maybe(
        "withholding",
        pay.withholding.as_ref().map(|withholding| {
            let mut entries = Entries::default();
            entries.put("percent", percent(&withholding.share));
            entries.put("borne_by", withholding.borne_by.word());
            entries
        }),
    );
    entries.maybe(
        "exchange",
        pay.exchange.as_ref().map(|exchange| {
            let mut entries = Entries::default();
            entries.put("against", exchange.against.code());
            entries.put("base", exchange.base);
            entries.put("band", percent(&exchange.band));
            entries.put("beyond", format!("{} buyer", percent(&exchange.buyers)));
            entries
        }),
    );
    entries
}
