//! What an audit finds.

use std::sync::Arc;

use longshore_contract::LineKind;
use longshore_units::{Amount, Currency, Month};

/// Invoices against their contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Audit {
    /// The currency of every amount.
    pub currency: Currency,
    /// The invoices, by the days they bill.
    pub invoices: Vec<AuditedInvoice>,
    /// What could not be checked without records, charge by charge.
    pub not_checked: Vec<NotChecked>,
}

impl Audit {
    /// Whether anything was found.
    pub fn has_findings(&self) -> bool {
        self.invoices.iter().any(AuditedInvoice::has_findings)
    }
}

/// An invoice against its contract.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditedInvoice {
    /// The provider's number for it.
    pub number: String,
    /// The file it was read from.
    pub file: Arc<str>,
    /// The month it is compared with.
    pub month: Month,
    /// What was found of the invoice as a whole. These findings bear no amount: the lines bear it.
    pub findings: Vec<Finding>,
    /// Its lines, each beside what the contract owes for it. They sum to the invoice's own sums.
    pub lines: Vec<AuditedLine>,
    /// What it asks for.
    pub billed: Amount,
    /// What it should ask for.
    pub owed: Amount,
}

impl AuditedInvoice {
    /// What it asks for too much; below 0, too little.
    pub fn difference(&self) -> Amount {
        &self.billed - &self.owed
    }

    /// Whether anything was found.
    pub fn has_findings(&self) -> bool {
        !self.findings.is_empty() || self.lines.iter().any(AuditedLine::has_findings)
    }
}

/// What is billed for one charge (or term) in one month, beside what is owed for it.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditedLine {
    /// The charge or term of the contract. None of a line that bills nothing the contract knows.
    pub charge: Option<String>,
    /// What kind of line it is, where the contract knows it.
    pub kind: Option<LineKind>,
    /// The month it is billed for.
    pub month: Month,
    /// The invoice's lines that bill it; none where it is owed and not billed.
    pub lines: Vec<LineRef>,
    /// What they ask for.
    pub billed: Amount,
    /// What is owed.
    pub owed: Amount,
    /// What explains the difference.
    pub findings: Vec<Finding>,
    /// What of the difference nothing explains. The findings and this sum to `billed − owed`.
    pub unexplained: Amount,
    /// Whether the difference is within what the buyer lets pass: then nothing is explained.
    pub tolerated: bool,
}

impl AuditedLine {
    /// What is billed too much; below 0, too little.
    pub fn difference(&self) -> Amount {
        &self.billed - &self.owed
    }

    /// Whether anything was found, or is left unexplained.
    pub fn has_findings(&self) -> bool {
        !self.findings.is_empty() || (!self.tolerated && !self.unexplained.is_zero())
    }
}

/// A line of the invoice, as people find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRef {
    /// Its number among the invoice's lines, from 1.
    pub number: usize,
    /// Where it stands: `line 12`, `Invoice!B7`.
    pub place: String,
    /// The provider's words for it.
    pub description: String,
}

/// One cause of a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of mistake it is.
    pub cause: Cause,
    /// How much of the difference it makes: above 0, the buyer was billed too much.
    pub amount: Amount,
    /// Where the contract says otherwise.
    pub clause: Option<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// The readings of the contract or the invoice that come to what was billed, to the last digit.
    pub readings: Vec<String>,
    /// How it was found, in a sentence.
    pub how: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// The numbers of the invoice's lines concerned.
    pub lines: Vec<usize>,
}

/// What kind of mistake it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Quantity times price is not the amount, or lines are not the total.
    Arithmetic,
    /// Another rounding than the contract's.
    Rounding,
    /// A price that is not the contract's on that day.
    Price,
    /// Bands, or what shares them, applied otherwise.
    Tier,
    /// A surcharge applied otherwise.
    Surcharge,
    /// Included units not taken off, or otherwise.
    Included,
    /// A minimum applied where it is reached, or otherwise; or a shortfall that is missing.
    Minimum,
    /// A cap not applied.
    Cap,
    /// A discount not given, or otherwise.
    Discount,
    /// A fixed amount that is not the contract's, or prorated otherwise.
    Fixed,
    /// Billed already.
    Duplicate,
    /// The contract has no such charge.
    NoCharge,
    /// The contract owes it, and no line bills it.
    NotBilled,
    /// Tax: rate, base, or none at all.
    Tax,
    /// Another currency.
    Currency,
    /// The movement of a currency, borne otherwise.
    Exchange,
    /// A credit or bonus for service, reckoned otherwise or not given.
    Service,
    /// Outside the contract's term.
    Term,
    /// Another provider.
    Provider,
    /// Days that are no month, or were billed before.
    Period,
    /// Billed before it was used.
    Advance,
    /// Due sooner than the contract says.
    PayTerms,
    /// Another unit than the contract's.
    Unit,
    /// The contract's own rule on amounts of other lines that are wrong.
    Follows,
}

impl Cause {
    /// Its word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Arithmetic => "arithmetic",
            Cause::Rounding => "rounding",
            Cause::Price => "price",
            Cause::Tier => "tier",
            Cause::Surcharge => "surcharge",
            Cause::Included => "included units",
            Cause::Minimum => "minimum",
            Cause::Cap => "cap",
            Cause::Discount => "discount",
            Cause::Fixed => "fixed amount",
            Cause::Duplicate => "duplicate",
            Cause::NoCharge => "no charge",
            Cause::NotBilled => "not billed",
            Cause::Tax => "tax",
            Cause::Currency => "currency",
            Cause::Exchange => "exchange",
            Cause::Service => "service credit",
            Cause::Term => "term",
            Cause::Provider => "provider",
            Cause::Period => "period",
            Cause::Advance => "in advance",
            Cause::PayTerms => "payment terms",
            Cause::Unit => "unit",
            Cause::Follows => "follows",
        }
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The invoice and the contract show it by themselves.
    Certain,
    /// One reading comes to what was billed.
    Likely,
    /// Several readings come to what was billed, or something else may be meant.
    Ambiguous,
}

impl Confidence {
    /// Its word in tables and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Certain => "certain",
            Confidence::Likely => "likely",
            Confidence::Ambiguous => "ambiguous",
        }
    }
}

/// What of a charge could not be checked without records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    /// The charge or term.
    pub charge: String,
    /// What could not be checked, phrase by phrase.
    pub what: Vec<String>,
}
