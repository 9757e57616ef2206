//! The countries of the catalog, and where service is bought from.

use longshore_document::{Fields, Findings, Node};
use longshore_units::{Currency, Zone};

use crate::figure::HELD;

/// A country where service is bought or sold.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// Its code in ISO 3166-1.
    pub code: String,
    /// Its name in English, as figures have it.
    pub name: String,
    /// The regions of which sources speak.
    pub regions: Vec<String>,
    /// What it pays in.
    pub currency: Currency,
    /// The language most of its customers speak, as in BCP 47.
    pub language: String,
    /// Where clocks show its hours; at least one.
    pub zones: Vec<Zone>,
}

/// Where service in a language is bought from.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination {
    /// By buyers of which countries.
    pub home: Vec<String>,
    /// In which language.
    pub language: String,
    /// The code of a nearer country.
    pub near: String,
    /// The code of a farther one.
    pub far: String,
}

/// The countries of the catalog, in the order of their codes.
pub fn countries() -> &'static [Country] {
    &HELD.countries
}

/// The country by its code.
pub fn country(code: &str) -> Option<&'static Country> {
    countries().iter().find(|country| country.code == code)
}

/// The nearer and the farther country from which buyers of a country get service in a language, if the catalog knows any.
pub fn abroad(home: &Country, language: &str) -> Option<(&'static Country, &'static Country)> {
    let is_ours = |to: &&Destination| to.language == language && to.home.contains(&home.code);
    let to = HELD.destinations.iter().find(is_ours)?;
    Some((country(&to.near)?, country(&to.far)?))
}

impl Country {
    /// The country whose clocks a zone shows.
    pub fn of_zone(zone: &Zone) -> Option<&'static Country> {
        countries().iter().find(|country| country.zones.contains(zone))
    }

    /// The holiday calendar of the country, if there is one.
    pub fn calendar(&self) -> Option<&'static str> {
        let name = if self.code == "US" { "US-federal" } else { self.code.as_str() };
        longshore_units::HOLIDAY_CALENDARS.iter().find(|known| **known == name).copied()
    }

    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<Country> {
        let mut fields = Fields::of(node, findings)?;
        let code = fields.require("code", "ISO 3166-1", findings)?.name(findings)?.to_owned();
        let name = fields.require("name", "in English", findings)?.name(findings)?.to_owned();
        let currency = fields.require("currency", "ISO 4217", findings)?.read("\"USD\"", findings)?;
        let language = fields.require("language", "BCP 47", findings)?.name(findings)?.to_owned();
        let regions = fields.require("regions", "may be empty", findings)?.list(findings)?;
        let regions = regions.iter().filter_map(|region| region.name(findings)).map(str::to_owned).collect();
        let zones = fields.require("zones", "at least one", findings)?.list(findings)?;
        let zones = zones.iter().map(|zone| Zone::named(zone.name(findings)?).ok()).collect::<Option<Vec<Zone>>>();
        fields.finish(findings);
        Some(Country { code, name, regions, currency, language, zones: zones.filter(|zones| !zones.is_empty())? })
    }
}

impl Destination {
    pub(crate) fn read(node: &Node, findings: &mut Findings) -> Option<Destination> {
        let mut fields = Fields::of(node, findings)?;
        let home = fields.require("home", "codes", findings)?.list(findings)?;
        let home = home.iter().filter_map(|code| code.name(findings)).map(str::to_owned).collect();
        let mut text = |key: &'static str| -> Option<String> {
            Some(fields.require(key, "must stand", findings)?.name(findings)?.to_owned())
        };
        let (language, near, far) = (text("language")?, text("near")?, text("far")?);
        fields.finish(findings);
        Some(Destination { home, language, near, far })
    }
}
