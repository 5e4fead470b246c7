//! The folder of the certificates: files that are whole or not there, and nobody else's to read.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

use super::TlsError;

pub(super) struct Folder(PathBuf);

impl Folder {
    /// Made where it is not there.
    pub(super) fn open(path: PathBuf) -> Result<Folder, TlsError> {
        match DirBuilder::new().recursive(true).mode(0o700).create(&path) {
            Ok(()) => Ok(Folder(path)),
            Err(source) => Err(TlsError::File { path, source }),
        }
    }

    pub(super) fn read(&self, name: &str) -> Result<Option<String>, TlsError> {
        let path = self.0.join(name);
        match fs::read(&path) {
            // What is not text is no certificate either: whoever reads it says so.
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(TlsError::File { path, source }),
        }
    }

    /// Whole or not at all; given back for what comes next.
    pub(super) fn write(&self, name: &str, text: &str) -> Result<String, TlsError> {
        self.put(name, Some(text))?;
        Ok(text.to_owned())
    }

    /// Writes a file, or removes it where there is no text.
    pub(super) fn put(&self, name: &str, text: Option<&str>) -> Result<(), TlsError> {
        let path = self.0.join(name);
        let part = self.0.join(format!("{name}.part"));
        let written = || -> io::Result<()> {
            match text {
                Some(text) => {
                    let mut file =
                        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
                    file.write_all(text.as_bytes())?;
                    file.sync_all()?;
                    fs::rename(&part, &path)?;
                }
                None => match fs::remove_file(&path) {
                    Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                    _ => {}
                },
            }
            File::open(&self.0)?.sync_all()
        };
        written().map_err(|source| TlsError::File { path: path.clone(), source })
    }
}
