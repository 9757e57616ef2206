//! A row's charge as the text of a contract, and what it comes to through the reading and pricing that everybody uses.

use longshore_contract::{ChargeKind, Measure, fold, quantities, read};
use longshore_units::{Amount, Exact, Milliseconds, Text};

use crate::given::Declined;

/// What one month used.
pub struct Month {
    /// Of 2027.
    pub number: u32,
    pub rows: Vec<Row>,
}

/// A line of quantities.
pub struct Row {
    pub charge: &'static str,
    pub rows: u64,
    pub quantity: String,
    pub surcharges: String,
}

impl Row {
    pub fn of(charge: &'static str, rows: u64, quantity: &Exact) -> Row {
        Row { charge, rows, quantity: quantity.to_string(), surcharges: String::new() }
    }
}

/// One month that used so much of the charge `c`.
pub fn used(quantity: &Exact) -> Vec<Month> {
    vec![Month { number: 1, rows: vec![Row::of("c", 1, quantity)] }]
}

/// A contract of these charges. It rounds nothing that anyone would see.
fn text(charges: &str) -> String {
    format!(
        "provider = 'p'\ncurrency = 'USD'\ntime_zone = 'UTC'\ncounted_at = 'offered'\nstarts = 2027-01-01\nends = 2027-12-31\n\
         round = {{ at = 'line', to = '0.000000000001', how = 'half-up' }}\n{charges}\n"
    )
}

/// What each of the months comes to.
pub fn totals(charges: &str, months: &[Month]) -> Result<Vec<Exact>, Declined> {
    let (contract, findings) = read(&Text::new("reference.toml", text(charges)));
    let contract = contract.ok_or_else(|| {
        let errors = findings.iter().filter(|finding| finding.is_error());
        let errors: Vec<String> = errors.map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
        format!("our reading refuses it ({})", errors.join("; "))
    })?;
    let mut lines = vec!["month,charge,group,rows,quantity,surcharges".to_owned()];
    for Month { number, rows } in months {
        let line =
            |row: &Row| format!("2027-{number:02},{},,{},{},{}", row.charge, row.rows, row.quantity, row.surcharges);
        lines.extend(rows.iter().map(line));
    }
    let (usage, findings) = quantities(&contract, &Text::new("quantities.csv", lines.join("\n")));
    let usage = usage.ok_or_else(|| {
        let why: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        format!("its usage is none of ours ({})", why.join("; "))
    })?;
    let last = months.iter().map(|month| month.number).max().unwrap_or(1);
    let invoices =
        fold(&contract.in_force(None), &usage, "2027-01".parse().unwrap(), format!("2027-{last:02}").parse().unwrap());
    let invoices = invoices.map_err(|error| format!("it has no price: {error}"))?;
    let total = |month: &Month| {
        let Amount(total) = &invoices[month.number as usize - 1].total;
        total.clone()
    };
    Ok(months.iter().map(total).collect())
}

/// What the only month comes to.
pub fn total(charges: &str, months: &[Month]) -> Result<Exact, Declined> {
    Ok(totals(charges, months)?.remove(0))
}

/// Billed milliseconds of a contact of so many seconds by the increments of the first charge. None where it is not billed.
pub fn billed(charges: &str, seconds: &Exact) -> Result<Option<u64>, Declined> {
    let (contract, findings) = read(&Text::new("reference.toml", text(charges)));
    let contract = contract.unwrap_or_else(|| panic!("{charges}\n{findings:#?}"));
    let ChargeKind::Counted(counted) = &contract.charges[0].kind else { unreachable!("a charge by time") };
    let Measure::Time { increments, .. } = &counted.measure else { unreachable!("a charge by time") };
    let time = (seconds * &Exact::from(1000u64)).to_i128().and_then(|time| u64::try_from(time).ok());
    let time = time.map(Milliseconds).ok_or_else(|| format!("{seconds} seconds are no whole milliseconds"))?;
    if !increments.bills(time) {
        return Ok(None);
    }
    increments.billed(time).map(|billed| Some(billed.0)).ok_or_else(|| "longer than any contact".to_owned())
}
