//! Gathers the pages of `docs/diagnostics`, so that `longshore explain CODE` can show them without the checkout.
//!
//! Paths are relative to the package throughout: a build folder that several checkouts share must not show another's pages.

use std::fs;
use std::path::Path;

/// From the package's folder, in which Cargo runs this.
const PAGES: &str = "../../docs/diagnostics";

fn main() {
    println!("cargo::rerun-if-changed={PAGES}");
    let mut codes: Vec<String> = fs::read_dir(PAGES)
        .expect("docs/diagnostics stands in the checkout")
        .map(|entry| entry.expect("docs/diagnostics can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| path.file_stem().expect("a page has a name").to_string_lossy().into_owned())
        .collect();
    codes.sort();
    let mut list = String::from("&[\n");
    for code in codes {
        println!("cargo::rerun-if-changed={PAGES}/{code}.md");
        let page = format!("/{PAGES}/{code}.md");
        list.push_str(&format!("({code:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {page:?}))),\n"));
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("diagnostics.rs"), list).expect("OUT_DIR can be written");
}
