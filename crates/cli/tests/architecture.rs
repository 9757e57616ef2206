//! The shape of the workspace: arrows point down, pure crates stay pure, the planner stays light.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test fails by panicking, and says why it skips.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

/// Each crate's floor. A crate may lean on crates of its own floor or below, never in a circle (cargo sees to that).
const FLOORS: [(&str, u32); 19] = [
    ("longshore-units", 0),
    ("longshore-document", 0),
    ("longshore-words", 0),
    ("longshore-workbook", 0),
    ("longshore-contacts", 1),
    ("longshore-contract", 1),
    ("longshore-queueing", 1),
    ("longshore-business-case", 2),
    ("longshore-counting", 2),
    ("longshore-measures", 2),
    ("longshore-import", 3),
    ("longshore-lake", 3),
    ("longshore-price-sheet", 3),
    ("longshore-simulation", 3),
    ("longshore-staffing", 3),
    ("longshore-audit", 4),
    ("longshore-compare", 4),
    ("longshore-report", 5),
    ("longshore", 6),
];

/// Arrows between crates of one floor: each needs its reason.
const SIDEWAYS: [(&str, &str); 4] = [
    ("longshore-document", "longshore-units"), // Findings are diagnostics, and numbers are exact.
    ("longshore-words", "longshore-units"),    // Numbers and money are written from exact ones.
    ("longshore-workbook", "longshore-units"), // Numbers of cells are exact.
    ("longshore-contract", "longshore-contacts"), // A contract selects by the words that records hold.
];

/// What the planner is built without: query engines, table formats, databases, typesetting, servers, TLS.
const HEAVY: [&str; 12] = [
    "arrow",
    "ballista",
    "datafusion",
    "deltalake",
    "hyper",
    "object_store",
    "openssl",
    "reqwest",
    "rustls",
    "sea-orm",
    "tokio",
    "typst",
];

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    // Only this platform's crates are on the machine.
    let rustc = std::process::Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    command.other_options(["--offline".to_owned(), "--filter-platform".to_owned(), host.to_owned()]);
    command.exec().unwrap()
}

#[test]
fn arrows_point_down() {
    let metadata = metadata();
    let floors: BTreeMap<&str, u32> = FLOORS.into_iter().collect();
    let mut wrong = Vec::new();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        let Some(floor) = floors.get(name) else {
            wrong.push(format!("`{name}` has no floor: draw it into the house first"));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal) {
            let Some(below) = floors.get(dependency.name.as_str()) else { continue };
            let sideways = SIDEWAYS.contains(&(name, dependency.name.as_str()));
            if floor < below || (floor == below && !sideways) {
                wrong.push(format!("`{name}` on floor {floor} leans on `{}` on floor {below}", dependency.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What the command is built from without its default features. `cargo metadata` would take the features of all members
/// together, and the engine's ask for more of what both are built from.
fn built() -> BTreeSet<String> {
    let mut tree = std::process::Command::new(env!("CARGO"));
    tree.args(["tree", "--package", "longshore", "--no-default-features", "--edges", "no-dev", "--prefix", "none"]);
    let tree = tree.args(["--offline", "--format", "{p}"]).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let lines = String::from_utf8(tree.stdout).unwrap();
    lines.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_planner_is_light() {
    let built = built();
    assert!(built.contains("longshore-units"), "{built:?}");
    let heavy: Vec<&&str> = HEAVY.iter().filter(|heavy| built.contains(**heavy)).collect();
    assert!(heavy.is_empty(), "the planner would build {heavy:?}");
    // Room for a few more; a dozen more want a reason.
    assert!(built.len() <= 220, "the planner builds {} crates", built.len());
}

/// What opens files: the command, and records at rest.
const OPENS_FILES: [&str; 2] = ["longshore", "longshore-lake"];

/// Pure crates open no file, read no clock and print nothing.
#[test]
fn pure_crates_stay_pure() {
    let impure = [
        "std::fs",
        "std::net",
        "std::process",
        "std::env::",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "println!",
        "thread_rng",
        "rand::rng()",
    ];
    let crates = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut wrong = Vec::new();
    for (name, _) in FLOORS.iter().filter(|(name, _)| !OPENS_FILES.contains(name)) {
        let source = format!("{crates}/{}/src", name.trim_start_matches("longshore-"));
        let mut folders = vec![std::path::PathBuf::from(source)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let code = text.split("#[cfg(test)]").next().unwrap();
                    let text: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
                    let text = text.join("\n");
                    let found = impure.iter().filter(|word| text.contains(**word));
                    wrong.extend(found.map(|word| format!("{}: {word}", path.display())));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
