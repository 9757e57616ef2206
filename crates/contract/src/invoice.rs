//! What a month costs, line by line, each line open to the rules that made it.

use jiff::civil::Date;
use longshore_units::{Amount, Currency, Exact, Factor, Month, Price, Quantity};

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
    /// Tax on the provider's income that the buyer bears and pays to the state: a line of this invoice in all but its place.
    /// None where there is none, or the provider bears it.
    pub withholding: Option<Line>,
    /// Whether the buyer gets tax on the invoice back from the state.
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
    /// What makes up the month's cost to a buyer who gets back all tax that a contract calls recoverable: see
    /// [`costs_to`](Invoice::costs_to).
    pub fn costs(&self) -> impl Iterator<Item = (&Line, Amount)> {
        self.costs_to(Factor::one())
    }

    /// What makes up the month's cost to the buyer, each line with what of it is a cost: the lines without deposits, which
    /// come back, and tax that he owes to the state himself. Of tax that the contract calls recoverable he gets back the
    /// share `recovered`, since who sells without the tax himself, as clinics and banks do, gets back little or none.
    pub fn costs_to(&self, recovered: Factor) -> impl Iterator<Item = (&Line, Amount)> {
        let stays = Factor(&Exact::one() - &recovered.0);
        let on_invoice = self.lines.iter().chain(&self.reverse_charge).filter_map(move |line| match line.kind {
            LineKind::Deposit => None,
            LineKind::Tax if self.tax_recoverable => {
                let stays = &line.amount * &stays;
                (!stays.is_zero()).then_some((line, stays))
            }
            _ => Some((line, line.amount.clone())),
        });
        on_invoice.chain(self.withholding.iter().map(|line| (line, line.amount.clone())))
    }

    /// What the month costs a buyer who gets back all tax that the contract calls recoverable.
    pub fn cost(&self) -> Amount {
        self.cost_to(Factor::one())
    }

    /// What the month costs a buyer who gets back this share of it.
    pub fn cost_to(&self, recovered: Factor) -> Amount {
        self.costs_to(recovered).map(|(_, amount)| amount).sum()
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
