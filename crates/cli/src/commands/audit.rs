//! `longshore audit`: a provider's invoices against the contract.

use std::path::Path;

use longshore_audit::{BilledInvoice, Choices, Mapping, Sheet, audit};
use longshore_contract::{Contract, Usage, quantities_in_force};
use longshore_report::{AuditJson, audit_text};
use longshore_units::{Amount, Diagnostic, Exact};

use crate::arguments::Audit;
use crate::failure::Failure;
use crate::{files, show};

pub fn run(arguments: &Audit) -> Result<(), Failure> {
    let contract = files::contract(&arguments.contract)?;
    if arguments.guess {
        return guess(arguments, &contract);
    }
    let known = match &arguments.figures {
        Some(path) => {
            let text = files::text(path)?;
            let (usage, diagnostics) = quantities_in_force(&contract.in_force(arguments.known), &text);
            files::sound(usage, vec![text], diagnostics)?
        }
        None => Usage::default(),
    };
    let invoices = invoices(arguments, &contract)?;
    let choices = Choices { tolerance: tolerance(&arguments.tolerance)?, known: arguments.known };
    let audit = audit(&contract, &invoices, &known, &choices).map_err(Failure::input)?;
    if arguments.json {
        show::json(&AuditJson::new(&audit))?;
    } else {
        show::text(&(audit_text(&audit) + "\n"))?;
    }
    if audit.has_findings() { Err(Failure::Found) } else { Ok(()) }
}

fn tolerance(written: &str) -> Result<Amount, Failure> {
    let amount: Exact = written.parse().map_err(|error| {
        Failure::input(anyhow::Error::new(error).context(format!("`--tolerance {written}` is no amount")))
    })?;
    if amount.is_negative() {
        return Err(Failure::input(anyhow::anyhow!("`--tolerance {written}` is below 0")));
    }
    Ok(Amount(amount))
}

/// The invoices of all files; all their mistakes at once.
fn invoices(arguments: &Audit, contract: &Contract) -> Result<Vec<BilledInvoice>, Failure> {
    let mapping = match &arguments.mapping {
        Some(path) => {
            let text = files::text(path)?;
            let (mapping, found) = longshore_audit::mapping(contract, &text);
            files::sound(mapping, vec![text], found)?
        }
        None => Mapping::ours(),
    };
    let (mut invoices, mut texts, mut diagnostics) = (Vec::new(), Vec::new(), Vec::new());
    for path in &arguments.invoice {
        if has_extension(path, "toml") {
            let text = files::text(path)?;
            let (read, found) = longshore_audit::invoice(contract, &text, &mapping);
            invoices.extend(read);
            texts.push(text);
            diagnostics.extend(found);
            continue;
        }
        let (sheets, found) = sheets(path, mapping.separator)?;
        let has_sheets = sheets.is_some();
        let sheets = sheets.unwrap_or_default();
        diagnostics.extend(found);
        texts.extend(sheets.iter().map(|sheet| sheet.text.clone()));
        if has_sheets {
            let (read, found) = longshore_audit::invoices(contract, &sheets, &mapping);
            invoices.extend(read.into_iter().flatten());
            diagnostics.extend(found);
        }
    }
    files::sound(Some(invoices), texts, diagnostics)
}

/// The sheets of a file of cells: of a CSV file the one.
fn sheets(path: &Path, separator: Option<char>) -> Result<(Option<Vec<Sheet>>, Vec<Diagnostic>), Failure> {
    if has_extension(path, "xlsx") || has_extension(path, "xlsm") {
        let bytes = files::bytes(path)?;
        return Ok(longshore_audit::xlsx(&path.display().to_string(), &bytes));
    }
    let text = files::text(path)?;
    let (sheet, found) = longshore_audit::csv(&text, separator);
    Ok((sheet.map(|sheet| vec![sheet]), found))
}

/// Prints a mapping for the first invoice.
fn guess(arguments: &Audit, contract: &Contract) -> Result<(), Failure> {
    let path = arguments.invoice.first().expect("an invoice is required");
    if has_extension(path, "toml") {
        return Err(Failure::input(anyhow::anyhow!("`{}` has our own shape, which needs no mapping", path.display())));
    }
    let (sheets, found) = sheets(path, None)?;
    let sheets = files::sound(sheets, Vec::new(), found)?;
    let guess = longshore_audit::guess(contract, &sheets).ok_or_else(|| {
        Failure::input(anyhow::anyhow!(
            "no row of `{}` has titles that look like a description and an amount; write the mapping by hand",
            path.display()
        ))
    })?;
    show::text(&guess.to_toml())
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
