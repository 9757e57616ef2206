//! An invoice against its contract.

use comfy_table::{CellAlignment, Table, presets};
use longshore_audit::{Audit, AuditedInvoice, AuditedLine, Finding};
use longshore_units::Amount;
use serde::Serialize;

use crate::written::{amount, grouped};

/// The JSON of `audit`: `{"currency","invoices":[…],"not_checked":[{"charge","what":[…]}]}`.
///
/// An invoice is `{"number","file","month","findings":[…],"lines":[…],"billed","owed","difference"}`; a line
/// `{"line","lines","places","description","charge","kind","month","billed","owed","difference","findings":[…],
/// "unexplained","tolerated"}`, where `line` is the number of the first of the invoice's `lines` that bill the charge, null
/// where none does; a finding `{"cause","amount","clause","confidence","readings":[…],"how","remedy","lines":[…]}`.
///
/// Amounts are texts; above 0 the buyer was billed too much. Findings and `unexplained` add up to the line's difference,
/// lines to their invoice's.
#[derive(Debug, Serialize)]
pub struct AuditJson {
    currency: String,
    invoices: Vec<InvoiceJson>,
    not_checked: Vec<NotCheckedJson>,
}

#[derive(Debug, Serialize)]
struct InvoiceJson {
    number: String,
    file: String,
    month: String,
    findings: Vec<FindingJson>,
    lines: Vec<LineJson>,
    billed: String,
    owed: String,
    difference: String,
}

#[derive(Debug, Serialize)]
struct LineJson {
    line: Option<usize>,
    lines: Vec<usize>,
    places: Vec<String>,
    description: String,
    charge: Option<String>,
    kind: Option<&'static str>,
    month: String,
    billed: String,
    owed: String,
    difference: String,
    findings: Vec<FindingJson>,
    unexplained: String,
    tolerated: bool,
}

#[derive(Debug, Serialize)]
struct FindingJson {
    cause: &'static str,
    amount: String,
    clause: Option<String>,
    confidence: &'static str,
    readings: Vec<String>,
    how: String,
    remedy: String,
    lines: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct NotCheckedJson {
    charge: String,
    what: Vec<String>,
}

impl AuditJson {
    /// Of an audit.
    pub fn new(audit: &Audit) -> AuditJson {
        let places = audit.currency.minor_digits();
        AuditJson {
            currency: audit.currency.to_string(),
            invoices: audit.invoices.iter().map(|invoice| invoice_json(invoice, places)).collect(),
            not_checked: audit
                .not_checked
                .iter()
                .map(|item| NotCheckedJson { charge: item.charge.clone(), what: item.what.clone() })
                .collect(),
        }
    }
}

fn invoice_json(invoice: &AuditedInvoice, places: u32) -> InvoiceJson {
    InvoiceJson {
        number: invoice.number.clone(),
        file: invoice.file.to_string(),
        month: invoice.month.to_string(),
        findings: invoice.findings.iter().map(|finding| finding_json(finding, places)).collect(),
        lines: invoice.lines.iter().map(|line| line_json(line, places)).collect(),
        billed: amount(&invoice.billed, places),
        owed: amount(&invoice.owed, places),
        difference: amount(&invoice.difference(), places),
    }
}

fn line_json(line: &AuditedLine, places: u32) -> LineJson {
    LineJson {
        line: line.lines.first().map(|line| line.number),
        lines: line.lines.iter().map(|line| line.number).collect(),
        places: line.lines.iter().map(|line| line.place.clone()).collect(),
        description: description(line),
        charge: line.charge.clone(),
        kind: line.kind.map(|kind| kind.word()),
        month: line.month.to_string(),
        billed: amount(&line.billed, places),
        owed: amount(&line.owed, places),
        difference: amount(&line.difference(), places),
        findings: line.findings.iter().map(|finding| finding_json(finding, places)).collect(),
        unexplained: amount(&line.unexplained, places),
        tolerated: line.tolerated,
    }
}

fn finding_json(finding: &Finding, places: u32) -> FindingJson {
    FindingJson {
        cause: finding.cause.word(),
        amount: amount(&finding.amount, places),
        clause: finding.clause.clone(),
        confidence: finding.confidence.word(),
        readings: finding.readings.clone(),
        how: finding.how.clone(),
        remedy: finding.remedy.clone(),
        lines: finding.lines.clone(),
    }
}

/// The provider's words for what a line bills, or the contract's where the invoice has none.
fn description(line: &AuditedLine) -> String {
    match line.lines.as_slice() {
        [] => line.charge.clone().unwrap_or_else(|| "total".to_owned()),
        lines => lines.iter().map(|line| line.description.as_str()).collect::<Vec<_>>().join("; "),
    }
}

/// What a finding is about: the charge, or the provider's words, and the lines.
fn about(line: &AuditedLine, numbers: &[usize]) -> String {
    let what = line.charge.clone().unwrap_or_else(|| description(line));
    match numbers {
        [] => what,
        [only] => format!("{what}, line {only}"),
        several => {
            let several: Vec<String> = several.iter().map(usize::to_string).collect();
            format!("{what}, lines {}", several.join(", "))
        }
    }
}

/// The same for the terminal: a table an invoice, then each finding, then what could not be checked.
pub fn audit_text(audit: &Audit) -> String {
    let places = audit.currency.minor_digits();
    let mut text = String::new();
    for invoice in &audit.invoices {
        text.push_str(&format!("Invoice {} for {} ({})\n", invoice.number, invoice.month, invoice.file));
        // An invoice that could not be compared has no line.
        if !invoice.lines.is_empty() {
            text.push_str(&table(invoice, &audit.currency.to_string(), places));
            text.push('\n');
        }
        text.push('\n');
        for finding in &invoice.findings {
            text.push_str(&finding_text("the invoice".to_owned(), finding, places));
        }
        for line in &invoice.lines {
            for finding in &line.findings {
                text.push_str(&finding_text(about(line, &finding.lines), finding, places));
            }
            if !line.unexplained.is_zero() {
                let unexplained = grouped(&amount(&line.unexplained, places));
                let why = if line.tolerated { "within the tolerance" } else { "unexplained: ask for its reckoning" };
                let numbers: Vec<usize> = line.lines.iter().map(|line| line.number).collect();
                text.push_str(&format!("• {}: {unexplained} {why}\n", about(line, &numbers)));
            }
        }
        if !invoice.has_findings() {
            text.push_str("Nothing found.\n");
        }
        text.push('\n');
    }
    if !audit.not_checked.is_empty() {
        text.push_str("Not checked, for want of records:\n");
        for item in &audit.not_checked {
            text.push_str(&format!("• {}: {}\n", item.charge, item.what.join("; ")));
        }
    }
    text.trim_end().to_owned()
}

fn table(invoice: &AuditedInvoice, currency: &str, places: u32) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    let money = |word: &str| format!("{word}, {currency}");
    table.set_header([
        "line".to_owned(),
        "charge".to_owned(),
        money("billed"),
        money("owed"),
        "difference".to_owned(),
        "cause".to_owned(),
    ]);
    for column in 2..5 {
        table.column_mut(column).expect("the header has six columns").set_cell_alignment(CellAlignment::Right);
    }
    let written = |of: &Amount| grouped(&amount(of, places));
    for line in &invoice.lines {
        let numbers: Vec<String> = line.lines.iter().map(|line| line.number.to_string()).collect();
        let mut causes: Vec<&str> = line.findings.iter().map(|finding| finding.cause.word()).collect();
        if !line.unexplained.is_zero() {
            causes.push(if line.tolerated { "tolerated" } else { "unexplained" });
        }
        causes.dedup();
        let charge = line.charge.clone().unwrap_or_else(|| description(line));
        let charge = if line.month == invoice.month { charge } else { format!("{charge}, {}", line.month) };
        table.add_row([
            numbers.join(", "),
            charge,
            written(&line.billed),
            written(&line.owed),
            written(&line.difference()),
            causes.join(", "),
        ]);
    }
    table.add_row([
        String::new(),
        "total".to_owned(),
        written(&invoice.billed),
        written(&invoice.owed),
        written(&invoice.difference()),
        String::new(),
    ]);
    table.trim_fmt()
}

fn finding_text(what: String, finding: &Finding, places: u32) -> String {
    let amount = grouped(&amount(&finding.amount, places));
    let clause = finding.clause.as_ref().map_or(String::new(), |clause| format!(" ({clause})"));
    format!(
        "• {what}: {} {amount}, {}{clause}\n  {}.\n  → {}.\n",
        finding.cause.word(),
        finding.confidence.word(),
        finding.how,
        finding.remedy
    )
}
