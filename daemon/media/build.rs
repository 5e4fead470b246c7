//! Finds the voice files that come with the crate of the speech engine, which does not tell where they are.
//!
//! `BELLBOX_VOICES` names their folder where it is set; else cargo is asked for the crate's folder, which also holds for
//! vendored sources; else it is looked for where cargo unpacks crates.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=BELLBOX_VOICES");
    let given = env::var_os("BELLBOX_VOICES").map(PathBuf::from);
    let folder = given.or_else(asked_of_cargo).or_else(unpacked).filter(|folder| folder.join("en-US_ta.bin").exists());
    let folder = folder.expect("the voices of ttspico-sys are found: name their folder in BELLBOX_VOICES");
    println!("cargo:rustc-env=PICO_VOICES={}", folder.display());
    println!("cargo:rerun-if-changed={}", folder.display());
}

/// Where the voices lie in the crate.
const VOICES: &str = "build/pico/lang";

fn asked_of_cargo() -> Option<PathBuf> {
    let metadata = Command::new(env::var_os("CARGO")?)
        .args(["metadata", "--format-version", "1", "--offline", "--filter-platform"])
        .arg(env::var_os("TARGET")?)
        .arg("--manifest-path")
        .arg(Path::new(&env::var_os("CARGO_MANIFEST_DIR")?).join("Cargo.toml"))
        .output()
        .ok()?;
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).ok()?;
    let packages = metadata.get("packages")?.as_array()?;
    let package = packages.iter().find(|package| package["name"] == "ttspico-sys")?;
    Some(Path::new(package["manifest_path"].as_str()?).parent()?.join(VOICES))
}

/// Cargo cannot be asked where not everything is downloaded that other targets need.
fn unpacked() -> Option<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let registries = fs::read_dir(home.join("registry/src")).ok()?.flatten();
    registries.map(|registry| registry.path().join("ttspico-sys-0.1.5").join(VOICES)).find(|folder| folder.exists())
}
