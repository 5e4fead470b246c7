//! The look through rows and files of recordings that failed at the start, as on a full disk: made up for as soon as
//! something could be written again, so that no message waits for a restart.

use std::collections::{BTreeMap, BTreeSet};

use pbx::ids::RecordingId;
use pbx::mailbox::Mailbox;
use rusqlite::Connection;

use crate::error::StoreError;
use crate::recordings::Recordings;
use crate::records;
use crate::recover::recover;
use crate::rows;

/// How many commits at most are between two tries, as a power of two: a try reads the whole folder, and what fails for
/// hours must not make every commit slow.
const LONGEST_WAIT: u32 = 10;

/// What is owed.
#[derive(Debug)]
pub(crate) struct Late {
    /// This run's first recording: it and those after it are none of its business.
    first: RecordingId,
    tries: u32,
    /// So many commits until the next try.
    wait: u32,
}

impl Late {
    pub(crate) fn before(first: RecordingId) -> Late {
        Late { first, tries: 0, wait: 0 }
    }

    /// Something was written: tries again, at growing distances. Says who has changed, once it is done.
    pub(crate) fn attempt(
        &mut self,
        connection: &mut Connection,
        recordings: &Recordings,
    ) -> Option<Vec<(String, Mailbox)>> {
        if self.wait > 0 {
            self.wait -= 1;
            return None;
        }
        self.tries = self.tries.saturating_add(1);
        self.wait = 1 << self.tries.min(LONGEST_WAIT);
        match self.look(connection, recordings) {
            Ok(changed) => {
                log::info!("the mailboxes were looked through, which had failed at the start");
                Some(changed)
            }
            Err(error) => {
                log::warn!("the mailboxes could still not be looked through: {error}");
                None
            }
        }
    }

    fn look(&self, connection: &mut Connection, recordings: &Recordings) -> Result<Vec<(String, Mailbox)>, StoreError> {
        let before = rows::all_figures(connection)?;
        let alarms = recover(connection, recordings, self.first)?;
        records::write_alarms(connection, &alarms);
        Ok(differences(&before, rows::all_figures(connection)?))
    }
}

fn differences(before: &BTreeMap<String, Mailbox>, mut after: BTreeMap<String, Mailbox>) -> Vec<(String, Mailbox)> {
    let all: BTreeSet<String> = before.keys().chain(after.keys()).cloned().collect();
    let now = all.into_iter().map(|mailbox| {
        let is_now = after.remove(&mailbox).unwrap_or_default();
        (mailbox, is_now)
    });
    now.filter(|(mailbox, is_now)| before.get(mailbox) != Some(is_now)).collect()
}
