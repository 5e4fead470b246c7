//! How much an upload may take of the disk.

use std::io;
use std::path::Path;

use nix::sys::statvfs::statvfs;
use pbx::room::reserve;

use super::error::BackupError;

/// What one more file takes besides its bytes: its inode, and its share of the folder.
const A_FILE: u64 = 4096;

/// Files take whole blocks of this size.
const BLOCK: u64 = 4096;

/// Bytes below this folder that may be filled, so that the reserve of the box stays.
pub(super) fn room(dir: &Path) -> io::Result<u64> {
    let said = statvfs(dir)?;
    let bytes = |blocks: u64| blocks.saturating_mul(said.fragment_size() as u64);
    Ok(bytes(said.blocks_available() as u64).saturating_sub(reserve(bytes(said.blocks() as u64))))
}

/// What is left of it while files are written.
pub(super) struct Room {
    whole: u64,
    left: u64,
}

impl Room {
    pub(super) fn new(bytes: u64) -> Room {
        Room { whole: bytes, left: bytes }
    }

    /// Takes the place of a file of this size; an error where there is none for it.
    pub(super) fn take(&mut self, size: u64) -> Result<(), BackupError> {
        let needed = size.div_ceil(BLOCK).saturating_mul(BLOCK).saturating_add(A_FILE);
        self.left = self.left.checked_sub(needed).ok_or(BackupError::NoRoom { room: self.whole })?;
        Ok(())
    }
}
