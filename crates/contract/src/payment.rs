//! Tax, currency and payment.

use jiff::Span;
use jiff::civil::Date;
use longshore_units::{Amount, Currency, Days, Exact, Factor, Month};

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
    /// What the buyer must keep of it for the state.
    pub withholding: Option<Withholding>,
}

impl Pay {
    /// The currencies whose rates against the contract's own an invoice needs, each as often as it does.
    pub fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.currency.into_iter().chain(self.exchange.as_ref().map(|exchange| exchange.against))
    }

    /// The day on which the invoice of a month is due. It is taken to be written on the day after the month, and to be due
    /// then where no terms are agreed; what is paid before the month is due on the day before it.
    pub fn due(&self, month: Month) -> Date {
        let (before, after) = (month.first().yesterday(), month.last().tomorrow());
        if self.in_advance {
            return before.unwrap_or(month.first());
        }
        let written = after.unwrap_or(month.last());
        let Days(days) = self.terms.unwrap_or(Days(0));
        // Beyond the calendar's end nothing is ever paid: its last day stands for that.
        let span = Span::new().try_days(i64::from(days)).ok();
        span.and_then(|span| written.checked_add(span).ok()).unwrap_or(Date::MAX)
    }
}

/// Tax on the provider's income that the buyer must keep of the payment and pay to the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withholding {
    /// The share of what is paid; below 1.
    pub share: Factor, // Invariant: from 0 to below 1.
    /// Who bears it.
    pub borne_by: Bearer,
}

/// Who bears a tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearer {
    /// The buyer: the provider gets its invoice in full, and the state its share of what that is of.
    Buyer,
    /// The provider: it gets what is left of its invoice.
    Provider,
}

impl Bearer {
    /// Its word in contracts.
    pub fn word(self) -> &'static str {
        match self {
            Bearer::Buyer => "buyer",
            Bearer::Provider => "provider",
        }
    }
}

impl Withholding {
    /// What the state gets for each unit of an invoice: r of it where the provider bears the tax; where the buyer does,
    /// r ÷ (1 − r), since what he pays in all is grossed up until the invoice is left of it.
    pub fn of_invoice(&self) -> Factor {
        let left = &Exact::one() - &self.share.0;
        match self.borne_by {
            Bearer::Provider => self.share.clone(),
            Bearer::Buyer => Factor(self.share.0.divided_by(&left).expect("something is left of what is paid")),
        }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn due(terms: Option<u32>, in_advance: bool) -> Date {
        let pay = Pay { terms: terms.map(Days), in_advance, ..Pay::default() };
        pay.due(Month::of(date(2027, 1, 15)))
    }

    #[test]
    fn an_invoice_is_written_after_its_month_and_due_by_its_terms() {
        assert_eq!(due(None, false), date(2027, 2, 1));
        assert_eq!(due(Some(27), false), date(2027, 2, 28));
        assert_eq!(due(Some(45), false), date(2027, 3, 18));
        assert_eq!(due(Some(u32::MAX), false), Date::MAX);
        assert_eq!(due(Some(45), true), date(2026, 12, 31));
    }
}
