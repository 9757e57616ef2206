//! The manifest of a record folder: where its records come from and which days they cover.

use jiff::civil::Date;
use longshore_units::Zone;
use serde::{Deserialize, Serialize};

use crate::error::ContactsError;

/// What `manifest.json` in a record folder says.
///
/// ```json
/// {
///   "format": 1,
///   "version": "0.1.0",
///   "case": "sha256:9f86d081884c7d65…",
///   "option": "today",
///   "seed": 7,
///   "run": 1,
///   "zone": "America/New_York",
///   "first_day": "2027-01-01",
///   "last_day": "2027-12-31"
/// }
/// ```
///
/// `case`, `option`, `seed` and `run` are there where the records were simulated. A reader ignores keys it does not
/// know, so that later versions may add some; what changes the meaning of those above raises `format`, and a format it
/// does not know a reader refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The version of the program that wrote the folder.
    pub version: String,
    /// The digest of the business case the records were simulated from.
    pub case: Option<String>,
    /// The option simulated.
    pub option: Option<String>,
    /// The seed.
    pub seed: Option<u64>,
    /// The run, from 1.
    pub run: Option<u32>,
    /// The zone whose days `first_day` and `last_day` are.
    pub zone: Zone,
    /// The first day covered.
    pub first_day: Date,
    /// The last day covered, included.
    pub last_day: Date,
}

impl Manifest {
    /// The format this version writes, and the only one it reads.
    pub const FORMAT: u64 = 1;

    /// The manifest's name in its folder.
    pub const FILE_NAME: &str = "manifest.json";

    /// The text of the file: the same manifest always gives the same bytes.
    pub fn to_json(&self) -> String {
        let wire = Wire {
            format: Manifest::FORMAT,
            version: self.version.clone(),
            case: self.case.clone(),
            option: self.option.clone(),
            seed: self.seed,
            run: self.run,
            zone: self.zone.name().to_owned(),
            first_day: self.first_day.to_string(),
            last_day: self.last_day.to_string(),
        };
        let mut json = serde_json::to_string_pretty(&wire).expect("texts and numbers always make JSON");
        json.push('\n');
        json
    }

    /// Reads the text of the file.
    ///
    /// # Errors
    /// If it is no such JSON, of another format, or says something that cannot be.
    pub fn from_json(json: &str) -> Result<Manifest, ContactsError> {
        let syntax = |error: serde_json::Error| ContactsError::ManifestSyntax { reason: error.to_string() };
        // The format goes first: what the other keys mean depends on it.
        let Format { format } = serde_json::from_str(json).map_err(syntax)?;
        if format != Manifest::FORMAT {
            return Err(ContactsError::ManifestFormat { found: format, known: Manifest::FORMAT });
        }
        let wire: Wire = serde_json::from_str(json).map_err(syntax)?;
        let wrong = |key, value: &str| ContactsError::ManifestValue { key, value: value.to_owned() };
        let day = |key, value: &str| value.parse::<Date>().map_err(|_| wrong(key, value));
        let manifest = Manifest {
            zone: Zone::named(&wire.zone).map_err(|_| wrong("zone", &wire.zone))?,
            first_day: day("first_day", &wire.first_day)?,
            last_day: day("last_day", &wire.last_day)?,
            version: wire.version,
            case: wire.case,
            option: wire.option,
            seed: wire.seed,
            run: wire.run,
        };
        if manifest.last_day < manifest.first_day {
            return Err(wrong("last_day", &wire.last_day));
        }
        Ok(manifest)
    }
}

#[derive(Deserialize)]
struct Format {
    format: u64,
}

/// The file as it is written.
#[derive(Serialize, Deserialize)]
struct Wire {
    format: u64,
    version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<u32>,
    zone: String,
    first_day: String,
    last_day: String,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn manifest() -> Manifest {
        Manifest {
            version: "0.1.0".to_owned(),
            case: Some("sha256:9f86d081".to_owned()),
            option: Some("today".to_owned()),
            seed: Some(u64::MAX),
            run: Some(1),
            zone: Zone::named("America/New_York").unwrap(),
            first_day: date(2027, 1, 1),
            last_day: date(2027, 12, 31),
        }
    }

    #[test]
    fn manifests_read_back() {
        let simulated = manifest();
        assert_eq!(Manifest::from_json(&simulated.to_json()).unwrap(), simulated);
        let imported = Manifest { case: None, option: None, seed: None, run: None, ..simulated };
        assert!(!imported.to_json().contains("seed"));
        assert_eq!(Manifest::from_json(&imported.to_json()).unwrap(), imported);
    }

    #[test]
    fn keys_of_later_versions_are_ignored() {
        let json = manifest().to_json().replacen('{', "{\"weather\": {\"rain\": [1]},", 1);
        assert_eq!(Manifest::from_json(&json).unwrap(), manifest());
    }

    #[test]
    fn another_format_is_refused_before_anything_else() {
        let error = Manifest::from_json(r#"{"format": 2, "zones": []}"#).unwrap_err();
        assert_eq!(error, ContactsError::ManifestFormat { found: 2, known: 1 });
        assert_eq!(
            error.to_string(),
            "the manifest has format 2, and this version reads format 1; use a newer version"
        );
    }

    #[test]
    fn what_cannot_be_is_refused_by_key() {
        let json = manifest().to_json();
        for (from, to, key) in [
            ("America/New_York", "America/Springfield", "zone"),
            ("2027-01-01", "2027-02-29", "first_day"),
            ("2027-12-31", "2026-12-31", "last_day"),
            ("2027-12-31", "soon", "last_day"),
        ] {
            let error = Manifest::from_json(&json.replace(from, to)).unwrap_err();
            assert!(matches!(error, ContactsError::ManifestValue { key: found, .. } if found == key), "{error}");
        }
        for wrong in ["", "[]", "{}", "{\"format\": 1}", "{\"format\": -1}", "{\"format\": 1, \"format\": 1}", "\u{0}"]
        {
            assert!(matches!(Manifest::from_json(wrong), Err(ContactsError::ManifestSyntax { .. })), "{wrong}");
        }
    }
}
