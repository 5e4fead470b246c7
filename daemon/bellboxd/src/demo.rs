//! Two phones to try the box with, made for an empty office.

use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use config::Config;
use jiff::Timestamp;
use serde::Deserialize;
use store::Store;
use thiserror::Error;
use web::desk::Refusal;

use crate::stored;

/// Where the demo's passwords are kept, because the store has only their hashes. Readable by the daemon's user alone.
const FILE: &str = "demo.toml";

/// Letters and digits that cannot be taken for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// 80 bits.
const SECRET_LENGTH: usize = 16;

/// Why there is no demo.
#[derive(Debug, Error)]
pub enum DemoError {
    #[error("the demo's file {FILE} cannot be used: {0}")]
    File(#[from] io::Error),
    #[error("the demo's file {FILE} is not as it was written: remove it and the demo's people, then start again")]
    Changed,
    #[error("the system gives no random numbers")]
    Random,
    #[error("the demo's office cannot be saved: {0}")]
    Store(#[from] Refusal),
}

/// The part of an office file that the demo reads back.
#[derive(Deserialize)]
struct DemoOffice {
    person: Vec<DemoPerson>,
}

#[derive(Deserialize)]
struct DemoPerson {
    extension: String,
    phones: Vec<DemoPhone>,
}

#[derive(Deserialize)]
struct DemoPhone {
    user: String,
    secret: String,
}

/// Fills an empty office. `Some` is the office that holds from now on.
pub fn fill(store: &Store, folder: &Path, config: &Config) -> Result<Option<Config>, DemoError> {
    if config.people().next().is_some() {
        return Ok(None);
    }
    let text = office_file()?;
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(folder.join(FILE))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    let (_, config) = stored::import(store, &text, "demo", Timestamp::now())?;
    Ok(Some(config))
}

fn office_file() -> Result<String, DemoError> {
    let mut text = "# The demo's office. Its passwords are in no other place; this file may be removed with it.\n\
                    [office]\nname = \"Demo office\"\n"
        .to_owned();
    for (name, extension) in [("Front desk", "101"), ("Workshop", "102")] {
        let secret = secret()?;
        let phones = format!("[{{ user = \"{extension}\", secret = \"{secret}\" }}]");
        let _ = write!(
            text,
            "\n[[person]]\nname = \"{name}\"\nextension = \"{extension}\"\nvoicemail = true\nphones = {phones}\n"
        );
    }
    Ok(text)
}

fn secret() -> Result<String, DemoError> {
    let mut bytes = [0; SECRET_LENGTH];
    getrandom::fill(&mut bytes).map_err(|_| DemoError::Random)?;
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
    Ok(bytes.into_iter().map(letter).collect())
}

/// What to enter in a softphone, for whoever started the demo. Holds passwords: for the terminal only.
pub fn explain(folder: &Path, config: &Config, server: SocketAddr) -> Result<String, DemoError> {
    let text = match fs::read_to_string(folder.join(FILE)) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            return Ok("This office has its own people: --demo changes nothing.\n".to_owned());
        }
        Err(e) => return Err(e.into()),
    };
    let office: DemoOffice = toml::from_str(&text).map_err(|_| DemoError::Changed)?;
    let mut text = "\nDemo office. Enter in two softphones:\n".to_owned();
    for person in &office.person {
        for phone in person.phones.iter().filter(|phone| config.phone_by_user(&phone.user).is_some()) {
            let _ = write!(
                text,
                "\n  Extension {}\n    server    {}\n    port      {} (UDP or TCP)\n    user      {}\n    password  {}\n",
                person.extension,
                server.ip(),
                server.port(),
                phone.user,
                phone.secret
            );
        }
    }
    text.push_str("\nThen dial 102 from 101: let it ring to leave a message, and hear it with *97 on 102.\n*43 lets you hear yourself. Ctrl-C stops the demo.\n\n");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_office_file_is_one_that_an_import_takes_whole() {
        let text = office_file().unwrap();
        assert!(stored::check(&text).unwrap().problems.is_empty(), "{text}");
        let office: DemoOffice = toml::from_str(&text).unwrap();
        let secrets: Vec<_> = office.person.iter().map(|person| &person.phones[0].secret).collect();
        assert_ne!(secrets[0], secrets[1]);
    }
}
