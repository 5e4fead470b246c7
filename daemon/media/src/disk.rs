//! How much room the recordings' file system has, and what of it is not theirs.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use nix::sys::statvfs::statvfs;
use pbx::room::reserve;

/// A file system's room, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Space {
    /// What programs like the box may still take.
    pub free: u64,
    /// All that there is.
    pub total: u64,
}

/// Whom the recorder asks how much room a folder's file system has: the system, or what a test puts in its place. Clones ask
/// the same.
#[derive(Clone)]
pub struct Disk(Arc<Ask>);

type Ask = dyn Fn(&Path) -> io::Result<Space> + Send + Sync;

impl Disk {
    /// Has `ask` say it. It is called on the recorder's thread, which may wait, when a recording begins and with each sync.
    pub fn asking(ask: impl Fn(&Path) -> io::Result<Space> + Send + Sync + 'static) -> Disk {
        Disk(Arc::new(ask))
    }

    /// Whether more may be recorded below this folder. A file system that cannot say what it has refuses when it is written to.
    pub(crate) fn check(&self, folder: &Path) -> io::Result<()> {
        match (self.0)(folder) {
            Ok(space) if space.free < reserve(space.total) => {
                let text = format!("only {} MB are free, which are for the rest of the box", space.free / MB);
                Err(io::Error::new(io::ErrorKind::StorageFull, text))
            }
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

impl Default for Disk {
    fn default() -> Disk {
        Disk::asking(|folder| {
            let said = statvfs(folder)?;
            let block = said.fragment_size() as u64;
            let bytes = |blocks: u64| blocks.saturating_mul(block);
            Ok(Space { free: bytes(said.blocks_available() as u64), total: bytes(said.blocks() as u64) })
        })
    }
}

impl fmt::Debug for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Disk")
    }
}

const MB: u64 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_leave_64_mb_or_a_twentieth_of_small_flash() {
        for (name, total, free, is_room) in [
            ("a card of 32 GB", 32_000 * MB, 64 * MB, true),
            ("the same, a byte short", 32_000 * MB, 64 * MB - 1, false),
            ("flash of 256 MB", 256 * MB, 13 * MB, true),
            ("the same, fuller", 256 * MB, 12 * MB, false),
            ("where both are the same", 1_280 * MB, 64 * MB, true),
            ("a full disk", 32_000 * MB, 0, false),
            ("one that does not tell its size", 0, 0, true),
        ] {
            let disk = Disk::asking(move |_| Ok(Space { free, total }));
            let checked = disk.check(Path::new("/")).map_err(|error| error.kind());
            assert_eq!(checked, if is_room { Ok(()) } else { Err(io::ErrorKind::StorageFull) }, "{name}");
        }
        let silent = Disk::asking(|_| Err(io::ErrorKind::Unsupported.into()));
        assert!(silent.check(Path::new("/")).is_ok());
    }

    #[test]
    fn the_system_says_what_the_disk_has() {
        let space = (Disk::default().0)(&std::env::temp_dir()).unwrap();
        assert!(space.total > MB && space.free <= space.total, "{space:?}");
        assert!((Disk::default().0)(Path::new("/no/such/folder")).is_err());
    }
}
