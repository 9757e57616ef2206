//! `longshore audit`: a provider's invoices against the contract.

use std::path::Path;

use longshore_audit::{BilledInvoice, Choices, Mapping, audit};
use longshore_contract::{Contract, Usage, quantities};
use longshore_report::{AuditJson, audit_text};
use longshore_units::{Amount, Exact};

use crate::arguments::Audit;
use crate::failure::Failure;
use crate::{files, show};

pub fn run(arguments: &Audit) -> Result<(), Failure> {
    let contract = files::contract(&arguments.contract)?;
    let known = match &arguments.figures {
        Some(path) => {
            let text = files::text(path)?;
            let (usage, diagnostics) = quantities(&contract, &text);
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
    let (mut texts, mut diagnostics) = (Vec::new(), Vec::new());
    let mapping = match &arguments.mapping {
        Some(path) => {
            let text = files::text(path)?;
            let (mapping, found) = longshore_audit::mapping(contract, &text);
            files::sound(mapping, vec![text], found)?
        }
        None => Mapping::ours(),
    };
    let mut invoices = Vec::new();
    for path in &arguments.invoice {
        let text = files::text(path)?;
        if has_extension(path, "toml") {
            let (read, found) = longshore_audit::invoice(contract, &text);
            invoices.extend(read);
            diagnostics.extend(found);
        } else {
            let (sheet, found) = longshore_audit::csv(&text, mapping.separator);
            diagnostics.extend(found);
            if let Some(sheet) = sheet {
                let (read, found) = longshore_audit::invoices(contract, &sheet, &mapping);
                invoices.extend(read.into_iter().flatten());
                diagnostics.extend(found);
            }
        }
        texts.push(text);
    }
    files::sound(Some(invoices), texts, diagnostics)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
