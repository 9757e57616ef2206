//! `longshore catalog`: what was published, with source and year.

use longshore_business_case::{countries, country};

use crate::arguments::Catalog;
use crate::failure::Failure;
use crate::show;

/// Shows the catalog, or what of it holds for a country.
pub fn run(arguments: &Catalog) -> Result<(), Failure> {
    let asked = match &arguments.country {
        Some(code) => Some(country(&code.to_uppercase()).ok_or_else(|| unknown(code))?),
        None => None,
    };
    if arguments.json {
        return show::json(&longshore_report::catalog_json(asked));
    }
    show::text(&longshore_report::catalog_text(asked))
}

/// A country that the catalog does not have, with those it has.
pub fn unknown(code: &str) -> Failure {
    let known: Vec<&str> = countries().iter().map(|country| country.code.as_str()).collect();
    Failure::input(anyhow::anyhow!("the catalog has no country `{code}`; it has {}", known.join(", ")))
}
