//! How much of a disk nothing that grows may touch.

/// What recordings and uploads leave free of a file system of so many bytes.
pub fn reserve(total: u64) -> u64 {
    RESERVE.min(total / RESERVE_PART)
}

/// Recordings and uploads leave this much to the rest of the box, and end before they touch it. On a disk without room the
/// database takes no row: no call record, no change to the office, and no message either, for keeping one and deleting one to
/// make room are rows too. Years of rows fit in it, with the copies of the database that the box makes.
const RESERVE: u64 = 64 << 20;

/// On flash so small that a twentieth of it is less than [`RESERVE`], that: the box must record there, too. It is still more
/// than all recordings can write between two looks.
const RESERVE_PART: u64 = 20;
