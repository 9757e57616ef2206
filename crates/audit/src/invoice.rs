//! An invoice as the provider wrote it.

use std::sync::Arc;

use jiff::civil::Date;
use longshore_units::{Amount, Currency, Exact, Month, Price, Quantity};

/// An invoice as the provider wrote it: nothing in it is believed yet.
#[derive(Clone, Debug, PartialEq)]
pub struct BilledInvoice {
    /// The file it was read from.
    pub file: Arc<str>,
    /// The provider's number for it.
    pub number: String,
    /// Who bills, as the invoice names them; the contract's provider where it names nobody.
    pub provider: Option<String>,
    /// The days it bills.
    pub period: Period,
    /// When it was written.
    pub issued: Option<Date>,
    /// Until when it is to be paid.
    pub due: Option<Date>,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What it asks for in all, where it says so.
    pub total: Option<Amount>,
    /// Its lines, in their order.
    pub lines: Vec<BilledLine>,
    /// What the provider says of the service.
    pub figures: Vec<Figure>,
}

impl BilledInvoice {
    /// What it asks for: its total, or without one the sum of its lines.
    pub fn asked(&self) -> Amount {
        self.total.clone().unwrap_or_else(|| self.sum())
    }

    /// Whether it asks for nothing and gives something back: then its month is billed elsewhere.
    pub fn is_credit_note(&self) -> bool {
        self.asked().0.is_negative()
            && self.lines.iter().all(|line| line.amount.is_zero() || line.amount.0.is_negative())
    }

    /// The sum of its lines.
    pub fn sum(&self) -> Amount {
        self.lines.iter().map(|line| line.amount.clone()).sum()
    }
}

/// A line of an invoice, as the provider wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct BilledLine {
    /// Its number among the invoice's lines, from 1.
    pub number: usize,
    /// Where it stands, for people: `line 12`, `Invoice!B7`.
    pub place: String,
    /// The provider's words for it.
    pub description: String,
    /// The name of the contract's charge or term that it bills, where a mapping or the invoice itself says so. Otherwise the
    /// description is compared with the names of the contract.
    pub charge: Option<String>,
    /// What of the charge it bills.
    pub part: LinePart,
    /// The days it bills, where these are not the invoice's.
    pub period: Option<Period>,
    /// The program or site it is for; empty where it names none.
    pub group: String,
    /// How many contacts (or rows) its quantity is of.
    pub rows: Option<u64>,
    /// How much.
    pub quantity: Option<Quantity>,
    /// How far the true quantity may be from it, if it was rounded to the decimals that it shows; 0 where it shows none.
    pub quantity_off_at_most: Exact,
    /// The provider's word for the unit.
    pub unit: Option<String>,
    /// What a unit costs, as the invoice shows it.
    pub price: Option<Shown>,
    /// What it asks for.
    pub amount: Amount,
    /// The calendars whose surcharges the units bear.
    pub surcharges: Vec<String>,
    /// The clause that it names.
    pub clause: Option<String>,
}

/// What of a charge a line bills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinePart {
    /// Units, all of them: included ones too.
    #[default]
    Units,
    /// The included units: on a line of their own that costs nothing, or as a credit on what other lines bill.
    Included,
    /// Units beyond the included ones.
    Overage,
    /// What a surcharge adds to units that other lines bill. Its quantity are those that it is asked for: no free ones.
    Surcharge,
    /// A fixed amount of the charge: it bills no unit.
    Fee,
    /// What each contact costs beside its units: its quantity are contacts.
    ConnectFee,
}

impl LinePart {
    /// Each with its word in invoices.
    pub const WORDS: [(&'static str, LinePart); 6] = [
        ("units", LinePart::Units),
        ("included", LinePart::Included),
        ("overage", LinePart::Overage),
        ("surcharge", LinePart::Surcharge),
        ("fee", LinePart::Fee),
        ("connect fee", LinePart::ConnectFee),
    ];
}

/// A price as an invoice shows it: perhaps rounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The price.
    pub price: Price,
    /// How far the true price may be from it if it was rounded to the places that it shows.
    pub off_at_most: Exact,
}

impl Shown {
    /// A price that shows so many decimals.
    pub fn with_places(price: Price, places: u32) -> Shown {
        Shown { price, off_at_most: half_of_last(places) }
    }
}

/// Half of the last digit of a number that shows so many decimals: how far from it the number may be that was rounded to it.
pub(crate) fn half_of_last(places: u32) -> Exact {
    Exact::ratio(1, 2 * 10i128.pow(places.min(30))).expect("a power of 10 is not 0")
}

/// A figure of the service, by the provider's own count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Where it stands, for people.
    pub place: String,
    /// The SLA term it is of, or the provider's words for it.
    pub name: String,
    /// Its value: of a percentage the share.
    pub value: Exact,
}

/// Days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    first: Date,
    last: Date, // Invariant: not before the first.
}

impl Period {
    /// From one day to another. `None` if the last is before the first.
    pub fn new(first: Date, last: Date) -> Option<Period> {
        (first <= last).then_some(Period { first, last })
    }

    /// A calendar month.
    pub fn of(month: Month) -> Period {
        Period { first: month.first(), last: month.last() }
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.last
    }

    /// How many days.
    pub fn days(self) -> i64 {
        i64::from((self.last - self.first).get_days()) + 1
    }

    /// The month that has most of its days, the earlier of equals: the month it is compared with.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use longshore_audit::Period;
    /// // The fourth of thirteen bills that each bill 28 days.
    /// let period = Period::new(date(2027, 3, 26), date(2027, 4, 22)).unwrap();
    /// assert_eq!(period.month().to_string(), "2027-04");
    /// ```
    pub fn month(self) -> Month {
        let (first, last) = (Month::of(self.first), Month::of(self.last));
        let Some(next) = first.next().filter(|next| *next <= last) else { return first };
        if next < last {
            return next; // A whole month lies within; which one of several is a matter of taste.
        }
        let in_first = i64::from((first.last() - self.first).get_days()) + 1;
        if self.days() - in_first > in_first { next } else { first }
    }

    /// Whether it is a whole calendar month.
    pub fn is_whole_month(self) -> bool {
        self == Period::of(Month::of(self.first))
    }

    /// Whether it has days in common with another.
    pub fn overlaps(self, other: Period) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_whole_month() {
            write!(f, "{}", Month::of(self.first))
        } else {
            write!(f, "{} to {}", self.first, self.last)
        }
    }
}
