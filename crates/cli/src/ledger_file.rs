//! Ledgers on disk: what earlier months leave to later ones, as JSON.
//!
//! ```json
//! {"format": 2, "ledgers": [{
//!   "provider": "cebu-answer", "contract": "Retail voice, 2027", "currency": "USD", "starts": "2027-01-01",
//!   "months": {"2027-01": {
//!     "charges": {"shared voice": {
//!       "amount": "4200.00", "discounts": "0", "tariff": "4200", "used": {"": "10000"},
//!       "included": {"": {"granted": "500", "used": "500"}}, "counted": {"yearly rebate": "4200.00"},
//!       "rebates": {"yearly rebate": "84"}, "unit_price": "0.42"}},
//!     "lines": {"monthly minimum": "35800.00"},
//!     "quanta": {"yearly minimum: staffed": "1234.5"},
//!     "slas": {"answered in time": {"value": "0.783", "verdict": "missed", "credit": "84.00"}}}}}]}
//! ```
//!
//! Numbers are exact: decimals, or ratios such as `121/60`, between quotes. `included` and `slas` have what was granted and
//! used of included units by group, and how the service was judged (`met`, `grace`, `excused`, `missed`, `not measured`).

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use longshore_contract::{Closed, ClosedCharge, ClosedIncluded, ClosedSla, Contract, Ledger, Verdict};
use longshore_units::{Amount, CommonDenominator, Exact, Month, Price, Quantity};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::files;

const FORMAT: u32 = 2;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: u32,
    ledgers: Vec<OfContract>,
}

/// The ledger of one contract.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfContract {
    provider: String,
    contract: Option<String>,
    currency: String,
    starts: String,
    months: BTreeMap<String, OfMonth>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfMonth {
    charges: BTreeMap<String, OfCharge>,
    lines: BTreeMap<String, String>,
    quanta: BTreeMap<String, String>,
    slas: BTreeMap<String, OfSla>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfCharge {
    amount: String,
    discounts: String,
    tariff: String,
    used: BTreeMap<String, String>,
    included: BTreeMap<String, OfIncluded>,
    counted: BTreeMap<String, String>,
    rebates: BTreeMap<String, String>,
    unit_price: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfIncluded {
    granted: String,
    used: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OfSla {
    value: Option<String>,
    verdict: String,
    credit: String,
}

/// Ledgers that were read, of one contract or several.
#[derive(Default)]
pub struct Ledgers {
    ledgers: Vec<OfContract>,
    /// The file, for messages.
    path: String,
}

impl Ledgers {
    /// Reads a file.
    pub fn read(path: &Path) -> Result<Ledgers, Failure> {
        let text = files::text(path)?;
        let name = path.display().to_string();
        let wrong = |why: String| Failure::input(anyhow::anyhow!("`{name}` is no ledger: {why}"));
        let file: File = serde_json::from_str(&text.text).map_err(|error| wrong(error.to_string()))?;
        if file.format != FORMAT {
            return Err(wrong(format!("it is of format {}, and this version reads {FORMAT}", file.format)));
        }
        Ok(Ledgers { ledgers: file.ledgers, path: name })
    }

    /// What a contract's months before one leave. Later months are left out: they are to be priced again.
    pub fn of(&self, contract: &Contract, before: Month) -> Result<Ledger, Failure> {
        let wrong = |why: String| Failure::input(anyhow::anyhow!("the ledger `{}` {why}", self.path));
        let is_of = |ledger: &&OfContract| ledger.is_of(contract);
        let mut found = self.ledgers.iter().filter(is_of);
        let (Some(of_contract), None) = (found.next(), found.next()) else {
            return Err(wrong(format!(
                "has not just one contract of `{}` in {} from {} on with this name; it is of another contract",
                contract.provider, contract.currency, contract.term.starts
            )));
        };
        let mut ledger = Ledger::default();
        for (month, of_month) in &of_contract.months {
            let month: Month = month.parse().map_err(|error| wrong(format!("is damaged: {error}")))?;
            let closed = of_month.closed().map_err(|why| wrong(format!("is damaged in {month}: {why}")))?;
            if month < before {
                ledger.months.insert(month, closed);
            }
        }
        let first = Month::of(contract.term.starts);
        for (expected, month) in first.following(u32::MAX).zip(ledger.months.keys()) {
            if expected != *month {
                return Err(wrong(format!("has {month} and not {expected}: it is not whole")));
            }
        }
        Ok(ledger)
    }
}

/// Writes ledgers with their contracts.
pub fn write(path: &Path, ledgers: &[(&Contract, &Ledger)]) -> Result<(), Failure> {
    let ledgers: Vec<OfContract> = ledgers.iter().map(|(contract, ledger)| OfContract::new(contract, ledger)).collect();
    let file = File { format: FORMAT, ledgers };
    let json = serde_json::to_string_pretty(&file).map_err(|error| Failure::Bug(error.into()))?;
    files::write(path, (json + "\n").as_bytes())
}

impl OfContract {
    fn new(contract: &Contract, ledger: &Ledger) -> OfContract {
        OfContract {
            provider: contract.provider.clone(),
            contract: contract.name.clone(),
            currency: contract.currency.to_string(),
            starts: contract.term.starts.to_string(),
            months: ledger.months.iter().map(|(month, closed)| (month.to_string(), OfMonth::new(closed))).collect(),
        }
    }

    fn is_of(&self, contract: &Contract) -> bool {
        self.provider == contract.provider
            && self.contract == contract.name
            && self.currency == contract.currency.to_string()
            && self.starts.parse::<Date>().is_ok_and(|starts| starts == contract.term.starts)
    }
}

impl OfMonth {
    fn new(closed: &Closed) -> OfMonth {
        let Closed { charges, lines, quanta, slas } = closed;
        OfMonth {
            charges: charges.iter().map(|(name, charge)| (name.clone(), OfCharge::new(charge))).collect(),
            lines: lines.iter().map(|(name, amount)| (name.clone(), amount.0.to_string())).collect(),
            quanta: quanta.iter().map(|(name, quantity)| (name.clone(), quantity.0.to_string())).collect(),
            slas: slas.iter().map(|(name, sla)| (name.clone(), OfSla::new(sla))).collect(),
        }
    }

    fn closed(&self) -> Result<Closed, String> {
        let mut numbers = Numbers::default();
        let mut closed = Closed::default();
        for (name, charge) in &self.charges {
            closed.charges.insert(name.clone(), charge.closed(&mut numbers)?);
        }
        for (name, amount) in &self.lines {
            closed.lines.insert(name.clone(), Amount(numbers.read(amount)?));
        }
        for (name, quantity) in &self.quanta {
            closed.quanta.insert(name.clone(), Quantity(numbers.read(quantity)?));
        }
        for (name, sla) in &self.slas {
            closed.slas.insert(name.clone(), sla.closed(&mut numbers)?);
        }
        Ok(closed)
    }
}

impl OfCharge {
    fn new(charge: &ClosedCharge) -> OfCharge {
        let ClosedCharge { amount, discounts, tariff, used, included, counted, rebates, unit_price } = charge;
        let of_group = |(group, included): (&String, &ClosedIncluded)| {
            let (granted, used) = (included.granted.0.to_string(), included.used.0.to_string());
            (group.clone(), OfIncluded { granted, used })
        };
        let by_rule = |amounts: &BTreeMap<String, Amount>| {
            amounts.iter().map(|(rule, amount)| (rule.clone(), amount.0.to_string())).collect()
        };
        OfCharge {
            amount: amount.0.to_string(),
            discounts: discounts.0.to_string(),
            tariff: tariff.0.to_string(),
            used: used.iter().map(|(group, quantity)| (group.clone(), quantity.0.to_string())).collect(),
            included: included.iter().map(of_group).collect(),
            counted: by_rule(counted),
            rebates: by_rule(rebates),
            unit_price: unit_price.as_ref().map(|price| price.0.to_string()),
        }
    }

    fn closed(&self, numbers: &mut Numbers) -> Result<ClosedCharge, String> {
        let mut charge = ClosedCharge {
            amount: Amount(numbers.read(&self.amount)?),
            discounts: Amount(numbers.read(&self.discounts)?),
            tariff: Amount(numbers.read(&self.tariff)?),
            unit_price: self.unit_price.as_deref().map(parsed).transpose()?.map(Price),
            ..ClosedCharge::default()
        };
        for (group, used) in &self.used {
            charge.used.insert(group.clone(), Quantity(numbers.read(used)?));
        }
        for (group, OfIncluded { granted, used }) in &self.included {
            let (granted, used) = (Quantity(numbers.read(granted)?), Quantity(numbers.read(used)?));
            charge.included.insert(group.clone(), ClosedIncluded { granted, used });
        }
        for (written, read) in [(&self.counted, &mut charge.counted), (&self.rebates, &mut charge.rebates)] {
            for (rule, amount) in written {
                read.insert(rule.clone(), Amount(numbers.read(amount)?));
            }
        }
        Ok(charge)
    }
}

const VERDICTS: [(&str, Verdict); 5] = [
    ("not measured", Verdict::NotMeasured),
    ("met", Verdict::Met),
    ("grace", Verdict::Grace),
    ("excused", Verdict::Excused),
    ("missed", Verdict::Missed),
];

impl OfSla {
    fn new(sla: &ClosedSla) -> OfSla {
        let word = VERDICTS.iter().find(|(_, verdict)| *verdict == sla.verdict).map_or("", |(word, _)| word);
        let value = sla.value.as_ref().map(Exact::to_string);
        OfSla { value, verdict: word.to_owned(), credit: sla.credit.0.to_string() }
    }

    fn closed(&self, numbers: &mut Numbers) -> Result<ClosedSla, String> {
        let verdict = VERDICTS.iter().find(|(word, _)| *word == self.verdict).map(|(_, verdict)| *verdict);
        Ok(ClosedSla {
            value: self.value.as_deref().map(parsed).transpose()?,
            verdict: verdict.ok_or_else(|| format!("`{}` is no verdict", self.verdict))?,
            credit: Amount(numbers.read(&self.credit)?),
        })
    }
}

/// Numbers that will be summed: together they must have a common denominator of reasonable length.
#[derive(Default)]
struct Numbers(CommonDenominator);

impl Numbers {
    fn read(&mut self, text: &str) -> Result<Exact, String> {
        let number = parsed(text)?;
        if self.0.admits(&number) {
            Ok(number)
        } else {
            Err(format!("`{text}` and the numbers before it have no common denominator of reasonable length"))
        }
    }
}

fn parsed(text: &str) -> Result<Exact, String> {
    Exact::parse_computed(text).map_err(|error| format!("`{text}`: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_reads_back_as_it_was_written() {
        let exact = |text: &str| Exact::parse_computed(text).unwrap();
        let charge = ClosedCharge {
            amount: Amount(exact("-4200.05")),
            discounts: Amount(exact("-1/3")),
            tariff: Amount(exact("121/60")),
            used: [("retail".to_owned(), Quantity(exact("7/3")))].into(),
            included: [(String::new(), ClosedIncluded { granted: Quantity(exact("5")), used: Quantity(exact("4.5")) })]
                .into(),
            counted: [("yearly rebate".to_owned(), Amount(exact("-4200.05")))].into(),
            rebates: [("yearly rebate".to_owned(), Amount(exact("-2/7")))].into(),
            unit_price: Some(Price(exact(&format!("{}/{}", "7".repeat(90), "3".repeat(80))))),
        };
        for (_, verdict) in VERDICTS {
            let sla = ClosedSla { value: Some(exact("0.783")), verdict, credit: Amount(exact("84")) };
            let closed = Closed {
                charges: [("voice".to_owned(), charge.clone())].into(),
                lines: [("minimum".to_owned(), Amount(exact("1")))].into(),
                quanta: [("minimum: staffed".to_owned(), Quantity(exact("1234.5")))].into(),
                slas: [("fast".to_owned(), sla)].into(),
            };
            assert_eq!(OfMonth::new(&closed).closed(), Ok(closed));
        }
    }
}
