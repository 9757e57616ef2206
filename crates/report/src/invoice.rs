//! Months of invoices.

use comfy_table::{CellAlignment, Table, presets};
use jiff::civil::Date;
use longshore_contract::{Detail, Invoice, Line};
use longshore_units::{Amount, Currency, Month};
use serde::Serialize;

use crate::written::{amount, exact, grouped, quantity};

/// The JSON of `rate` and `price`:
/// `{"currency","months":[{"month","lines":[…],"total","cost","payable":[…],"notes":[…],"provisional_until"}]}`.
///
/// A line is `{"charge","kind","provider","rows","quantity","unit","counted":{"quantity","unit"},"amount","clause","detail":[…]}`:
/// `quantity` in the unit that is billed, `counted` the whole number it comes from, in the unit of counting; `rows` and
/// `counted` are null where nothing was counted. A detail is
/// `{"rule","group","clause","rows","quantity","price","amount"}`. The details' amounts add up to the line's, the lines'
/// to the month's total. `kind` is `charge`, `minimum`, `discount`, `prepaid`, `service`, `exchange`, `deposit`, `tax` or
/// `rounding`. `cost` is what the month costs the buyer: the total without deposits and tax that comes back, with tax that
/// he owes to the state himself.
///
/// `payable` has `{"provider","currency","rate","amount"}` of each invoice that is paid in another currency; `notes` has
/// `{"provider","text"}` of what follows that is no money and of what could not be reckoned; `provisional_until` is the
/// last day on which something may still become known that changes the month, or null.
#[derive(Debug, Serialize)]
pub struct BillJson {
    currency: String,
    months: Vec<MonthJson>,
}

#[derive(Debug, Serialize)]
struct MonthJson {
    month: String,
    lines: Vec<LineJson>,
    total: String,
    cost: String,
    payable: Vec<PayableJson>,
    notes: Vec<NoteJson>,
    provisional_until: Option<String>,
}

#[derive(Debug, Serialize)]
struct PayableJson {
    provider: String,
    currency: String,
    rate: String,
    amount: String,
}

#[derive(Debug, Serialize)]
struct NoteJson {
    provider: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct LineJson {
    charge: String,
    kind: &'static str,
    provider: String,
    rows: Option<u64>,
    quantity: String,
    unit: String,
    counted: Option<CountedJson>,
    amount: String,
    clause: Option<String>,
    detail: Vec<DetailJson>,
}

#[derive(Debug, Serialize)]
struct CountedJson {
    quantity: String,
    unit: &'static str,
}

#[derive(Debug, Serialize)]
struct DetailJson {
    rule: String,
    group: String,
    clause: Option<String>,
    rows: Option<u64>,
    quantity: Option<String>,
    price: Option<String>,
    amount: String,
}

impl BillJson {
    /// Of months, each with the invoices of one or several contracts in one currency.
    pub fn new(currency: Currency, months: &[(Month, Vec<Invoice>)]) -> BillJson {
        let months = months.iter().map(|(month, invoices)| MonthJson {
            month: month.to_string(),
            lines: invoices
                .iter()
                .flat_map(|invoice| invoice.lines.iter().map(|line| line_json(invoice, line)))
                .collect(),
            total: amount(&total(invoices), currency.minor_digits()),
            cost: amount(&invoices.iter().map(Invoice::cost).sum(), currency.minor_digits()),
            payable: invoices.iter().filter_map(payable_json).collect(),
            notes: invoices.iter().flat_map(notes_json).collect(),
            provisional_until: provisional_until(invoices).map(|until| until.to_string()),
        });
        BillJson { currency: currency.to_string(), months: months.collect() }
    }
}

fn total(invoices: &[Invoice]) -> Amount {
    invoices.iter().map(|invoice| invoice.total.clone()).sum()
}

/// The last day that any of the invoices waits for.
fn provisional_until(invoices: &[Invoice]) -> Option<Date> {
    invoices.iter().filter_map(|invoice| invoice.provisional_until).max()
}

fn payable_json(invoice: &Invoice) -> Option<PayableJson> {
    let payable = invoice.payable.as_ref()?;
    Some(PayableJson {
        provider: invoice.provider.clone(),
        currency: payable.currency.to_string(),
        rate: exact(&payable.rate),
        amount: amount(&payable.amount, payable.currency.minor_digits()),
    })
}

fn notes_json(invoice: &Invoice) -> impl Iterator<Item = NoteJson> {
    invoice.notes.iter().map(|text| NoteJson { provider: invoice.provider.clone(), text: text.clone() })
}

fn line_json(invoice: &Invoice, line: &Line) -> LineJson {
    LineJson {
        charge: line.charge.clone(),
        kind: line.kind.word(),
        provider: invoice.provider.clone(),
        rows: line.rows,
        quantity: quantity(&line.quantity),
        unit: line.unit.clone(),
        counted: line.counted.map(|(quantity, unit)| CountedJson { quantity: quantity.to_string(), unit }),
        amount: amount(&line.amount, invoice.currency.minor_digits()),
        clause: line.clause.clone(),
        detail: line.detail.iter().map(|detail| detail_json(invoice, line, detail)).collect(),
    }
}

fn detail_json(invoice: &Invoice, line: &Line, detail: &Detail) -> DetailJson {
    DetailJson {
        rule: detail.rule.clone(),
        group: detail.group.clone(),
        clause: line.clause.clone(),
        rows: detail.rows,
        quantity: detail.quantity.as_ref().map(quantity),
        price: detail.price.as_ref().map(|price| exact(&price.0)),
        amount: amount(&detail.amount, invoice.currency.minor_digits()),
    }
}

/// The same months as a table for the terminal.
pub fn bill_table(currency: Currency, months: &[(Month, Vec<Invoice>)]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    let money = format!("amount, {currency}");
    table.set_header(["month", "provider", "line", "rows", "quantity", "unit", money.as_str()]);
    for column in [3, 4, 6] {
        table.column_mut(column).expect("the header has seven columns").set_cell_alignment(CellAlignment::Right);
    }
    for (month, invoices) in months {
        let month = month.to_string();
        for invoice in invoices {
            for line in &invoice.lines {
                let rows = line.rows.map_or(String::new(), |rows| grouped(&rows.to_string()));
                let quantity = grouped(&line.quantity.0.to_decimal(4));
                let amount = grouped(&amount(&line.amount, currency.minor_digits()));
                table.add_row([month.as_str(), &invoice.provider, &line.charge, &rows, &quantity, &line.unit, &amount]);
            }
        }
        let total = grouped(&amount(&total(invoices), currency.minor_digits()));
        table.add_row([month.as_str(), "", "total", "", "", "", &total]);
    }
    let mut shown = table.trim_fmt();
    for (month, invoices) in months {
        for invoice in invoices {
            for remark in remarks(invoice) {
                shown.push_str(&format!("\n{month}, {}: {remark}", invoice.provider));
            }
        }
    }
    shown
}

/// What stands below the lines of an invoice.
fn remarks(invoice: &Invoice) -> impl Iterator<Item = String> {
    let payable = invoice.payable.as_ref().map(|payable| {
        let amount = grouped(&amount(&payable.amount, payable.currency.minor_digits()));
        format!("to be paid {amount} {}, at {} for 1 {}", payable.currency, exact(&payable.rate), invoice.currency)
    });
    let provisional = invoice.provisional_until.map(|until| format!("provisional until {until}"));
    payable.into_iter().chain(invoice.notes.iter().cloned()).chain(provisional)
}
