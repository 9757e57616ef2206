//! What a month costs, line by line, each line open to the rules that made it.

use jiff::civil::Date;
use longshore_units::{Amount, Currency, Exact, Month, Price, Quantity};

/// What a contract says a month costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// The month.
    pub month: Month,
    /// The currency of every amount.
    pub currency: Currency,
    /// Who bills.
    pub provider: String,
    /// Its lines, in the order of the contract. They sum to the total.
    pub lines: Vec<Line>,
    /// What is owed.
    pub total: Amount,
    /// Tax that the buyer owes to the state himself: a line of this invoice in all but its place. None where there is none.
    pub reverse_charge: Option<Line>,
    /// Whether the buyer gets tax back from the state.
    pub tax_recoverable: bool,
    /// What it comes to in the currency it is paid in, where that is another.
    pub payable: Option<Payable>,
    /// What follows that is no money, and what could not be reckoned: sentences, in the order of the contract.
    pub notes: Vec<String>,
    /// The last day on which something may still become known that changes it: it is provisional until then. None where
    /// nothing that it counts looks beyond the month.
    pub provisional_until: Option<Date>,
}

impl Invoice {
    /// What makes up the month's cost to the buyer: its lines without deposits, which come back, and without tax that he
    /// gets back, but with tax that he owes to the state himself and does not get back.
    pub fn costs(&self) -> impl Iterator<Item = &Line> {
        let comes_back =
            |line: &&Line| line.kind == LineKind::Deposit || self.tax_recoverable && line.kind == LineKind::Tax;
        self.lines.iter().chain(&self.reverse_charge).filter(move |line| !comes_back(line))
    }

    /// What the month costs the buyer.
    pub fn cost(&self) -> Amount {
        self.costs().map(|line| line.amount.clone()).sum()
    }
}

/// What an invoice comes to in another currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payable {
    /// The currency it is paid in.
    pub currency: Currency,
    /// How many of it one of the invoice's currency buys.
    pub rate: Exact,
    /// The amount, to the minor unit.
    pub amount: Amount,
}

/// A line of an invoice. Its details sum to its amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The name of the charge or minimum; `rounding` for the invoice's own.
    pub charge: String,
    /// What kind of line it is.
    pub kind: LineKind,
    /// Where the contract says so.
    pub clause: Option<String>,
    /// How many rows of the records it counts. `None` for lines that count none.
    pub rows: Option<u64>,
    /// How much, in `unit`.
    pub quantity: Quantity,
    /// The unit of the price: `minute`, `agent-month`, `month` for a flat amount.
    pub unit: String,
    /// How much, whole, in what the records count it in (`ms`, `day`, `contact`). `None` for lines that count nothing,
    /// and for quantities given by hand that are no whole number of these.
    pub counted: Option<(i128, &'static str)>,
    /// The amount, a decimal that ends.
    pub amount: Amount,
    /// How it came about.
    pub detail: Vec<Detail>,
}

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// A charge of the rate card.
    Charge,
    /// What is missing to a minimum, or goes beyond a volume.
    Minimum,
    /// What is taken off.
    Discount,
    /// What is paid before it is used, or drawn down.
    Prepaid,
    /// What is credited for missed service, paid for better service, or earned back.
    Service,
    /// What the movement of a currency adds or takes.
    Exchange,
    /// Tax.
    Tax,
    /// A deposit, or its return.
    Deposit,
    /// What rounding the invoice adds or takes.
    Rounding,
}

impl LineKind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            LineKind::Charge => "charge",
            LineKind::Minimum => "minimum",
            LineKind::Discount => "discount",
            LineKind::Prepaid => "prepaid",
            LineKind::Service => "service",
            LineKind::Exchange => "exchange",
            LineKind::Tax => "tax",
            LineKind::Deposit => "deposit",
            LineKind::Rounding => "rounding",
        }
    }
}

/// One rule's part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What it bills.
    pub kind: DetailKind,
    /// The rule in a few words: a band, a surcharge, a proration, the rounding.
    pub rule: String,
    /// The program or site it is for, where these are priced apart; empty otherwise.
    pub group: String,
    /// How many rows it met. `None` where a row does not lie in one rule alone.
    pub rows: Option<u64>,
    /// How much, in the line's unit.
    pub quantity: Option<Quantity>,
    /// What a unit costs under this rule.
    pub price: Option<Price>,
    /// Its amount, a decimal that ends.
    pub amount: Amount,
}

/// What a detail of a line bills.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DetailKind {
    /// Units, each at the price of the detail.
    Units,
    /// Units by the block: begun ones are rounded, and the price is a unit's share of a block's.
    Blocks,
    /// Included units, which cost nothing.
    Included,
    /// What a surcharge adds to units of other details.
    Surcharge,
    /// A fixed amount of the month, beside the units.
    Fee,
    /// What ends the line's decimals.
    Rounding,
    /// Whatever else its rule says: a fee of each contact or of a band, a limit, a proration.
    Other,
}
