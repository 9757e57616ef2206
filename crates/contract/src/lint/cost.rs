//! What a clause costs, as a figure: what is said of it is made from this, and so is the order in which clauses matter.

use longshore_units::{Amount, Currency, Diagnostic, Exact, Factor};

/// A danger in a contract: what is said of it, what it is about, and what it costs where that can be reckoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lint {
    /// What is said of it, and where.
    pub diagnostic: Diagnostic,
    /// The charge, minimum or standard it is about. `None` where it is about the contract as a whole.
    pub term: Option<String>,
    /// Where the contract says so, such as `§4.1`.
    pub clause: Option<String>,
    /// What it costs. `None` where that cannot be reckoned.
    pub cost: Option<ClauseCost>,
}

/// What a clause costs its buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCost {
    /// How much, in `currency`; above 0.
    pub amount: Amount,
    /// The contract's.
    pub currency: Currency,
    /// How often.
    pub per: CostPer,
    /// Whether it is paid or may be lost.
    pub bears: Bears,
}

/// How often a cost falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostPer {
    /// Each month.
    Month,
    /// Each year.
    Year,
    /// Once.
    Once,
}

/// How sure a cost is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bears {
    /// It is paid on the expected contacts.
    Cost,
    /// It is lost if what the clause allows happens.
    Risk,
}

impl ClauseCost {
    /// What it comes to in a year: twelve months', and what falls due once, in the year in which it does.
    pub fn a_year(&self) -> Amount {
        match self.per {
            CostPer::Month => &self.amount * &Factor(Exact::from(12u64)),
            CostPer::Year | CostPer::Once => self.amount.clone(),
        }
    }
}
