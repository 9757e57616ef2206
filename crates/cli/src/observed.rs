//! Records as the beginning of a business case.

use std::path::{Path, PathBuf};

use longshore_business_case::{CONTACT_COLUMNS, CaseFile, CaseFiles, Country, Drafted, Observed, Signs};
use longshore_contacts::{Manifest, Table};
use longshore_units::{Text, Zone};

use crate::failure::Failure;
use crate::lakes;
use crate::portion::holding;
use crate::records::Records;

/// Whether a folder holds records, or is a lake, rather than a business case.
pub fn is_record_folder(folder: &Path) -> bool {
    let has_records = folder.join(Manifest::FILE_NAME).exists() || lakes::is_lake(folder);
    has_records && !folder.join("program.toml").exists()
}

/// A case begun from records: contacts, or where there are none counts by interval. Its country is the one asked for, or else
/// the one whose clocks the records show.
pub fn drafted(sources: &[PathBuf], country: Option<&'static Country>) -> Result<Drafted, Failure> {
    let records = Records::open(sources)?;
    let zone = match (records.zone()?, country) {
        (Some(zone), _) => zone,
        (None, Some(country)) => country.zones[0].clone(),
        (None, None) => Zone::utc(),
    };
    let country = country.or_else(|| Country::of_zone(&zone)).ok_or_else(|| {
        let help =
            "name one whose prices and pay are to be taken: `longshore new CASE --from-records FOLDER --country US`";
        Failure::input(anyhow::anyhow!(
            "the records' clocks, {}, are of no country of the catalog; {help}",
            zone.name()
        ))
    })?;
    let mut observed = Observed::new(zone);
    let has_contacts = 0 < records.rows(Table::Contacts);
    let table = if has_contacts { Table::Contacts } else { Table::Intervals };
    let columns = has_contacts.then_some(CONTACT_COLUMNS.as_slice());
    for portion in records.portions(table) {
        for batch in portion.batches(8192, columns)? {
            if has_contacts {
                observed.contacts(&batch?);
            } else {
                observed.intervals(&holding(&batch?)?);
            }
        }
    }
    if observed.is_empty() {
        let message = "the records hold neither contacts that came to a queue nor counts by interval";
        return Err(Failure::input(anyhow::anyhow!(message)));
    }
    Ok(observed.drafted(country))
}

/// The texts of a case that is begun from a record folder, by the names of the files they would be.
pub fn files(folder: &Path, id: String) -> Result<CaseFiles, Failure> {
    let Drafted { files, .. } = drafted(&[folder.to_owned()], None)?;
    Ok(CaseFiles { id, files: texts(&format!("{}/", folder.display()), files) })
}

/// Texts by their paths within a case, and the names that messages call them.
pub fn texts(before: &str, files: Vec<(String, String)>) -> Vec<CaseFile> {
    let file = |(path, text): (String, String)| CaseFile { text: Text::new(format!("{before}{path}"), text), path };
    files.into_iter().map(file).collect()
}

/// What the records say of the service today, in lines.
pub fn told(signs: &Signs) -> Vec<String> {
    let share = |part: u64, of: u64| match of {
        0 => "–".to_owned(),
        of => format!("{:.1} %", 100.0 * part as f64 / of as f64), // Shown, never reckoned with.
    };
    let Signs { came, answered, abandoned, refused, over_five_minutes, waits, callbacks, late_callbacks, quarters } =
        signs;
    let mut lines = vec![
        format!("{came} contacts came; {} were answered", share(*answered, *came)),
        format!("{} gave up waiting, {} were refused", share(*abandoned, *came), share(*refused, *came)),
    ];
    if 0 < *waits {
        lines.push(format!("{} waited longer than five minutes", share(*over_five_minutes, *waits)));
    }
    if 0 < *callbacks {
        lines.push(format!(
            "{} of {callbacks} callbacks came later than a day, or never",
            share(*late_callbacks, *callbacks)
        ));
    }
    if let Some(quarters) = quarters {
        lines.push("handle time against repeats, by quarters of the answered contacts:".to_owned());
        for quarter in quarters {
            let seconds = quarter.until_ms / 1000;
            let repeated = share(quarter.repeated, quarter.contacts);
            lines.push(format!(
                "  up to {}:{:02} min: {repeated} of the customers came again within seven days",
                seconds / 60,
                seconds % 60
            ));
        }
    }
    lines
}
