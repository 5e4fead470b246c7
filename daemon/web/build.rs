//! Puts the built page into the program: `webui/dist` as a sorted table. Without it a placeholder is served, so that the
//! daemon builds without Node.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Below this a packed file saves nothing, in bytes.
const WORTH_PACKING: usize = 1024;

fn main() -> io::Result<()> {
    let dist = PathBuf::from(env("CARGO_MANIFEST_DIR")).join("../../webui/dist");
    let out = PathBuf::from(env("OUT_DIR"));
    // A folder that is not there would count as changed at every build.
    let _ = fs::create_dir_all(&dist);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = Vec::new();
    collect(&dist, &mut files)?;
    files.sort();
    let mut table = "pub(crate) const ASSETS: &[Asset] = &[\n".to_owned();
    for (number, file) in files.iter().enumerate() {
        row(&mut table, &dist, file, number, &out)?;
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)
}

fn env(name: &str) -> String {
    std::env::var(name).expect("cargo sets it")
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|ending| ending != "map") {
            into.push(path);
        }
    }
    Ok(())
}

fn row(table: &mut String, dist: &Path, file: &Path, number: usize, out: &Path) -> io::Result<()> {
    let body = fs::read(file)?;
    let path = file.strip_prefix(dist).expect("it was found there").to_string_lossy().replace('\\', "/");
    let kind = kind(&path);
    let etag: String = Sha256::digest(&body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let keep = |bytes: &[u8], ending: &str| -> io::Result<String> {
        let name = format!("{number:04}{ending}");
        fs::write(out.join(&name), bytes)?;
        Ok(format!("include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))"))
    };
    let plain = keep(&body, "")?;
    let is_packed = kind.starts_with("text/") || kind.contains("json") || kind.contains("xml");
    let (mut gz, mut br) = ("None".to_owned(), "None".to_owned());
    if is_packed && body.len() >= WORTH_PACKING {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&body)?;
        let packed = encoder.finish()?;
        if packed.len() < body.len() {
            gz = format!("Some({})", keep(&packed, ".gz")?);
        }
        let mut packed = Vec::new();
        brotli::CompressorWriter::new(&mut packed, 64 * 1024, 9, 22).write_all(&body)?;
        if packed.len() < body.len() {
            br = format!("Some({})", keep(&packed, ".br")?);
        }
    }
    let path = format!("/{path}");
    writeln!(table, "Asset {{ path: {path:?}, kind: {kind:?}, etag: {etag:?}, body: {plain}, gz: {gz}, br: {br} }},")
        .expect("a string takes everything");
    Ok(())
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "wav" => "audio/wav",
        _ => "application/octet-stream",
    }
}
