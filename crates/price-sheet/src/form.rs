//! The form: what is asked, what it means, and which term of a contract an answer is.

/// A question of the sheet `Terms`.
pub(crate) struct Question {
    /// The key in the hidden column.
    pub key: &'static str,
    /// The contract's section; empty for the top of the file. `[[…]]` sections are one entry each.
    pub section: &'static str,
    /// The key within the section, or the words around the answer where it stands in a table of its own.
    pub term: &'static str,
    /// What is asked.
    pub ask: &'static str,
    /// An answer as people write it.
    pub like: &'static str,
    /// What it means, and why it matters.
    pub help: &'static str,
    /// What it reads.
    pub kind: Kind,
}

/// What an answer is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any text.
    Text,
    /// A number of units.
    Number,
    /// An amount of the offer's currency, or the price of a unit.
    Money,
    /// A percentage.
    Percent,
    /// A day.
    Day,
    /// A span of time or a number of days.
    Span,
    /// Yes or no.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
}

/// Headings of the sheet `Terms`, each with its questions.
pub(crate) const TERMS: &[(&str, &[Question])] = &[
    ("Who offers, and for how long", WHO),
    ("How amounts are rounded", ROUNDING),
    ("Minimum, discount, indexation", OVER_LINES),
    ("Service that you promise", SERVICE),
    ("Records, exit, payment, tax", REST),
];

const WHO: &[Question] = &[
    Question {
        key: "provider",
        section: "",
        term: "provider",
        ask: "Your name, as your records write it",
        like: "cebu-answer",
        help: "Short, lower case. Invoices and records are matched by it.",
        kind: Kind::Text,
    },
    Question {
        key: "place",
        section: "",
        term: "place",
        ask: "Country in which the agents work",
        like: "Philippines",
        help: "Prices are compared with others of the same place.",
        kind: Kind::Text,
    },
    Question {
        key: "currency",
        section: "",
        term: "currency",
        ask: "Currency of all prices",
        like: "USD",
        help: "Three letters.",
        kind: Kind::Text,
    },
    Question {
        key: "time_zone",
        section: "",
        term: "time_zone",
        ask: "Time zone in which days and months end",
        like: "America/New_York",
        help: "Calls around midnight of a month's last day belong to the month of this zone.",
        kind: Kind::Text,
    },
    Question {
        key: "counted_at",
        section: "",
        term: "counted_at",
        ask: "Which instant decides a contact's month",
        like: "offered",
        help: "Arrived, offered to a queue, answered, or ended.",
        kind: Kind::OneOf(&["arrived", "offered", "answered", "ended"]),
    },
    Question {
        key: "starts",
        section: "",
        term: "starts",
        ask: "First day",
        like: "2027-01-01",
        help: "Year, month, day.",
        kind: Kind::Day,
    },
    Question {
        key: "ends",
        section: "",
        term: "ends",
        ask: "Last day",
        like: "2028-12-31",
        help: "It belongs to the term. Empty: the contract has no end.",
        kind: Kind::Day,
    },
];

const ROUNDING: &[Question] = &[
    Question {
        key: "round.at",
        section: "[round]",
        term: "at",
        ask: "Where amounts are rounded",
        like: "line",
        help: "Each contact, each line of the invoice, or the invoice once. Rounding each contact up costs most.",
        kind: Kind::OneOf(&["contact", "line", "invoice"]),
    },
    Question {
        key: "round.to",
        section: "[round]",
        term: "to",
        ask: "To what",
        like: "0.01",
        help: "0.01 are cents.",
        kind: Kind::Money,
    },
    Question {
        key: "round.how",
        section: "[round]",
        term: "how",
        ask: "Which way",
        like: "half-up",
        help: "To the nearest (half-up, half-even), always up, or always down.",
        kind: Kind::OneOf(&["half-up", "half-even", "up", "down"]),
    },
];

const OVER_LINES: &[Question] = &[
    Question {
        key: "minimum.amount",
        section: "[[minimum]]",
        term: "amount",
        ask: "Least amount a month, over all lines priced by quantity",
        like: "20000",
        help: "What is missing is billed. Empty: no minimum.",
        kind: Kind::Money,
    },
    Question {
        key: "minimum.prorate",
        section: "[[minimum]]",
        term: "prorate",
        ask: "In a month that is only partly in the term",
        like: "day",
        help: "Its days' share (day), or all of it (none).",
        kind: Kind::OneOf(&["day", "none"]),
    },
    Question {
        key: "discount.percent",
        section: "[[discount]]",
        term: "percent",
        ask: "Discount on all lines priced by quantity",
        like: "5%",
        help: "Also for a trial: 100% with a last day.",
        kind: Kind::Percent,
    },
    Question {
        key: "discount.until",
        section: "[[discount]]",
        term: "until",
        ask: "Last day of the discount",
        like: "2027-03-31",
        help: "Empty: for the whole term.",
        kind: Kind::Day,
    },
    Question {
        key: "index.percent",
        section: "[[index]]",
        term: "percent",
        ask: "Prices rise by, each year",
        like: "3%",
        help: "A fixed step. Empty where prices stay or follow an index.",
        kind: Kind::Percent,
    },
    Question {
        key: "index.by",
        section: "[[index]]",
        term: "by",
        ask: "Or follow the index",
        like: "US-CPI",
        help: "Its published name. Say below how far at most.",
        kind: Kind::Text,
    },
    Question {
        key: "index.base",
        section: "[[index]]",
        term: "base",
        ask: "Day whose value the index is compared with",
        like: "2026-12-31",
        help: "Year, month, day.",
        kind: Kind::Day,
    },
    Question {
        key: "index.at_most",
        section: "[[index]]",
        term: "at_most",
        ask: "But rise by at most, each year",
        like: "3%",
        help: "Without a cap the risk is the buyer's alone.",
        kind: Kind::Percent,
    },
];

const SERVICE: &[Question] = &[
    Question {
        key: "sla.target",
        section: "[[sla]]",
        term: "target",
        ask: "Share of offered contacts answered in time, over a month",
        like: "80%",
        help: "Of all offered contacts, abandoned ones among them.",
        kind: Kind::Percent,
    },
    Question {
        key: "sla.threshold",
        section: "[[sla]].measure",
        term: "threshold",
        ask: "In time means within",
        like: "20s",
        help: "From the offer to a queue until an agent answers.",
        kind: Kind::Span,
    },
    Question {
        key: "sla.short",
        section: "[[sla]].measure",
        term: "short_abandons",
        ask: "Who hangs up within is left out",
        like: "5s",
        help: "Empty: everyone counts.",
        kind: Kind::Span,
    },
    Question {
        key: "sla.below1",
        section: "[[sla]].credit1",
        term: "below",
        ask: "First credit: below",
        like: "80%",
        help: "The level under which it is due.",
        kind: Kind::Percent,
    },
    Question {
        key: "sla.percent1",
        section: "[[sla]].credit1",
        term: "percent",
        ask: "First credit: share of the month's lines priced by quantity",
        like: "2%",
        help: "The deepest level reached alone applies.",
        kind: Kind::Percent,
    },
    Question {
        key: "sla.below2",
        section: "[[sla]].credit2",
        term: "below",
        ask: "Second credit: below",
        like: "75%",
        help: "",
        kind: Kind::Percent,
    },
    Question {
        key: "sla.percent2",
        section: "[[sla]].credit2",
        term: "percent",
        ask: "Second credit: share of the month's lines priced by quantity",
        like: "5%",
        help: "",
        kind: Kind::Percent,
    },
    Question {
        key: "sla.grace",
        section: "[[sla]]",
        term: "grace",
        ask: "Months at the beginning without credits",
        like: "2 months",
        help: "While agents learn.",
        kind: Kind::Span,
    },
    Question {
        key: "at_risk.cap",
        section: "[at_risk]",
        term: "cap",
        ask: "All credits of a month together at most",
        like: "10%",
        help: "Share of the affected lines.",
        kind: Kind::Percent,
    },
];

const REST: &[Question] = &[
    Question {
        key: "records.raw_access",
        section: "[records]",
        term: "raw_access",
        ask: "We get every contact's record, agents' states and schedules each month",
        like: "yes",
        help: "Without it nothing can be checked.",
        kind: Kind::Flag,
    },
    Question {
        key: "records.retention",
        section: "[records]",
        term: "retention",
        ask: "Records are kept for",
        like: "13 months",
        help: "",
        kind: Kind::Span,
    },
    Question {
        key: "exit.notice",
        section: "[exit].for_convenience",
        term: "notice",
        ask: "We may leave without a reason with a notice of",
        like: "90 days",
        help: "Empty: not at all.",
        kind: Kind::Span,
    },
    Question {
        key: "exit.fee",
        section: "[exit].for_convenience",
        term: "fee",
        ask: "Leaving costs",
        like: "0",
        help: "An amount.",
        kind: Kind::Money,
    },
    Question {
        key: "exit.for_cause",
        section: "[exit]",
        term: "for_cause",
        ask: "We may leave at once when",
        like: "three months below target within six",
        help: "In your words.",
        kind: Kind::Text,
    },
    Question {
        key: "exit.automatic",
        section: "[exit].renewal",
        term: "automatic",
        ask: "The contract renews by itself",
        like: "no",
        help: "",
        kind: Kind::Flag,
    },
    Question {
        key: "exit.renewal_notice",
        section: "[exit].renewal",
        term: "notice",
        ask: "Notice before a renewal",
        like: "60 days",
        help: "",
        kind: Kind::Span,
    },
    Question {
        key: "exit.renewal_for",
        section: "[exit].renewal",
        term: "for",
        ask: "It renews for",
        like: "12 months",
        help: "",
        kind: Kind::Span,
    },
    Question {
        key: "pay.terms",
        section: "[pay]",
        term: "terms",
        ask: "Days to pay",
        like: "30 days",
        help: "From the invoice.",
        kind: Kind::Span,
    },
    Question {
        key: "pay.deposit",
        section: "[pay]",
        term: "deposit",
        ask: "Deposit",
        like: "0",
        help: "",
        kind: Kind::Money,
    },
    Question {
        key: "tax.kind",
        section: "[tax]",
        term: "kind",
        ask: "Tax on top: its kind",
        like: "VAT",
        help: "Empty: none.",
        kind: Kind::Text,
    },
    Question {
        key: "tax.percent",
        section: "[tax]",
        term: "percent",
        ask: "Tax on top: its rate",
        like: "12%",
        help: "",
        kind: Kind::Percent,
    },
];

/// A column of the sheet `Prices`.
pub(crate) struct Column {
    pub head: &'static str,
    pub help: &'static str,
    pub kind: Kind,
    pub width: f64,
}

/// The units a line can be quoted in: as bidders know them.
pub(crate) const UNITS: &[&str] = &[
    "minute",
    "contact",
    "resolution",
    "hour requested",
    "hour scheduled",
    "hour logged in",
    "hour productive",
    "agent-month",
    "month",
    "once",
];

/// The parts of a contact's time that can be billed together.
pub(crate) const PARTS: &[&str] =
    &["talk", "talk, wrap", "talk, hold", "talk, hold, wrap", "ring, talk, hold, wrap", "wait, ring, talk, hold, wrap"];

/// The columns of `Prices`, after the hidden one.
pub(crate) const PRICES: [Column; 12] = [
    Column {
        head: "Line",
        help: "What the invoice calls it. Rows of one name are bands of one line.",
        kind: Kind::Text,
        width: 24.0,
    },
    Column { head: "Counted in", help: "The unit of the price.", kind: Kind::OneOf(UNITS), width: 16.0 },
    Column { head: "Queues", help: "Which queues it is for; empty for all.", kind: Kind::Text, width: 18.0 },
    Column { head: "Price", help: "Of a unit; a month's or the one amount.", kind: Kind::Money, width: 10.0 },
    Column {
        head: "From volume",
        help: "Units a month from which this price holds; empty for 0.",
        kind: Kind::Number,
        width: 12.0,
    },
    Column {
        head: "Bands",
        help: "graduated: each price for the units in its band. volume: one price for all units.",
        kind: Kind::OneOf(&["graduated", "volume"]),
        width: 12.0,
    },
    Column {
        head: "Billed time",
        help: "Which parts of a contact a billed minute holds.",
        kind: Kind::OneOf(PARTS),
        width: 18.0,
    },
    Column {
        head: "First step",
        help: "Billed in full for every contact: 30s. Empty: none.",
        kind: Kind::Span,
        width: 10.0,
    },
    Column { head: "Next steps", help: "Each begun step is billed in full: 6s.", kind: Kind::Span, width: 10.0 },
    Column { head: "Monthly fee", help: "Of a bundle: an amount a month.", kind: Kind::Money, width: 12.0 },
    Column { head: "Units included", help: "Units a month that the fee includes.", kind: Kind::Number, width: 14.0 },
    Column { head: "Due on", help: "Of an amount that is billed once: the day.", kind: Kind::Day, width: 12.0 },
];

/// The columns of `Surcharges`, after the hidden one.
pub(crate) const SURCHARGES: [Column; 5] = [
    Column { head: "Name", help: "Such as nights, weekends, holidays.", kind: Kind::Text, width: 18.0 },
    Column {
        head: "Days",
        help: "Empty for every day.",
        kind: Kind::OneOf(&["holidays (US federal)", "weekends", "Saturdays", "Sundays"]),
        width: 20.0,
    },
    Column { head: "Hours", help: "Such as 20:00-08:00; empty for the whole day.", kind: Kind::Text, width: 14.0 },
    Column { head: "Percent on top", help: "Of the first band's price.", kind: Kind::Percent, width: 16.0 },
    Column {
        head: "Lines",
        help: "Names of lines, with commas between; empty for all by minute, contact or hour.",
        kind: Kind::Text,
        width: 30.0,
    },
];

/// How many rows a table offers.
pub(crate) const TABLE_ROWS: u32 = 24;

/// The keys of table rows in the hidden column.
pub(crate) const PRICE_ROW: &str = "price";
pub(crate) const SURCHARGE_ROW: &str = "surcharge";

/// The mark by which a workbook is known to be such a form, in the first cell of its first sheet.
pub(crate) const MARK: &str = "longshore price sheet 1";
