//! `longshore explain`: a contract in plain words, or what a code means.

use std::path::Path;

use crate::arguments::Explain;
use crate::failure::Failure;
use crate::{files, show};

/// The pages of `docs/diagnostics`, by code.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/diagnostics.rs"));

pub fn run(arguments: &Explain) -> Result<(), Failure> {
    let what = arguments.what.as_str();
    if let Some((_, page)) = PAGES.iter().find(|(code, _)| code.eq_ignore_ascii_case(what)) {
        return show::text(page);
    }
    let path = Path::new(what);
    if is_code(what) && !path.exists() {
        let codes: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
        return Err(Failure::input(anyhow::anyhow!("there is no code `{what}`; the codes are {}", codes.join(", "))));
    }
    let contract = files::contract(path)?;
    show::text(&longshore_contract::explain(&contract, arguments.lang.into()).to_string())
}

fn is_code(what: &str) -> bool {
    what.len() == 4
        && what.as_bytes()[0].is_ascii_alphabetic()
        && what.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}
