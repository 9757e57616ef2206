//! Changes of a contract, each with its three dates.

use jiff::civil::Date;

/// A change of the contract that both parties signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Amendment {
    /// Its name, if it has one.
    pub name: Option<String>,
    /// When this copy of the contract learned of it: earlier months are priced without it "as known" before that day.
    pub known: Date,
    /// When it was signed.
    pub signed: Option<Date>,
    /// From which day on it holds.
    pub effective: Date,
    /// What it changes: keys first, then what ends, what is renamed, what is added.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A key gets another value: `set.charge."shared voice".then = "1s"`.
    Set {
        /// The keys down to the value; a charge, minimum and the like by its name.
        path: Vec<String>,
        /// What stands there from now on.
        value: Written,
    },
    /// A key is taken out, and what is unsaid then holds: `remove.charge."shared voice" = ["cap"]`.
    Remove {
        /// The keys down to the table that it stands in; a charge, minimum and the like by its name.
        path: Vec<String>,
        /// The key.
        key: String,
    },
    /// A charge, minimum, discount, prepayment or SLA term ends.
    End(String),
    /// It gets another name.
    Rename {
        /// Its name so far.
        from: String,
        /// Its name from now on.
        to: String,
    },
    /// Something is added: `[[amendment.add.charge]]`.
    Add {
        /// The section.
        section: String,
        /// What stands in it.
        value: Written,
    },
}

/// A value as a contract's text has it, without its place.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// Between quotes.
    Text(String),
    /// A whole number.
    Whole(i128),
    /// True or false.
    Flag(bool),
    /// A day.
    Day(Date),
    /// A list.
    List(Vec<Written>),
    /// Keys and values, in their order.
    Table(Vec<(String, Written)>),
}
