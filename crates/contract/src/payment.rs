//! Tax, currency and payment.

use jiff::civil::Date;
use longshore_units::{Amount, Currency, Days, Factor};

/// The tax on the invoice: a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// Its kind: `VAT`, `GST`, `sales tax`.
    pub kind: String,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// The share of what is taxed.
    pub share: Factor,
    /// Positions of the charges that are taxed; everything on the invoice where none is named.
    pub on: Vec<usize>,
    /// Whether the buyer gets it back from the state.
    pub recoverable: bool,
    /// Whether the buyer, and not the provider, owes it to the state: then it is no line of the invoice.
    pub reverse_charge: bool,
}

/// In what and when an invoice is paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pay {
    /// The currency it is paid in, where that is not the contract's: its total is exchanged at the rate of the month's last
    /// day.
    pub currency: Option<Currency>,
    /// How long after the invoice.
    pub terms: Option<Days>,
    /// Whether it is paid before the month.
    pub in_advance: bool,
    /// Paid in the first month and given back in the last; 0 where none is.
    pub deposit: Option<Amount>,
    /// Who bears the movement of a currency.
    pub exchange: Option<ExchangeShare>,
}

impl Pay {
    /// The currencies whose rates against the contract's own an invoice needs, each as often as it does.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.currency.into_iter().chain(self.exchange.as_ref().map(|exchange| exchange.against))
    }
}

/// Who bears the movement of the provider's currency against the contract's, beyond a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExchangeShare {
    /// The provider's currency.
    pub against: Currency,
    /// The day whose rate was agreed.
    pub base: Date,
    /// How far the rate may move before anything is shared.
    pub band: Factor,
    /// The buyer's share of what goes beyond.
    pub buyers: Factor,
}
