//! Gathers the pages of `docs/diagnostics`, so that `longshore explain CODE` can show them without the checkout.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/diagnostics");
    println!("cargo::rerun-if-changed={}", pages.display());
    let mut found: Vec<PathBuf> = fs::read_dir(&pages)
        .expect("docs/diagnostics stands in the checkout")
        .map(|entry| entry.expect("docs/diagnostics can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    found.sort();
    let mut list = String::from("&[\n");
    for path in found {
        println!("cargo::rerun-if-changed={}", path.display());
        let code = path.file_stem().expect("a page has a name").to_string_lossy().into_owned();
        let path = fs::canonicalize(&path).expect("a listed page is there");
        list.push_str(&format!("({code:?}, include_str!({:?})),\n", path.display().to_string()));
    }
    list.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("diagnostics.rs"), list).expect("OUT_DIR can be written");
}
