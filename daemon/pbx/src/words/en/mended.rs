//! What had to be mended when the store was opened, in English.

use crate::alarm::Mended;

/// What a start found.
pub(super) fn mended(what: &Mended) -> String {
    let text = match what {
        Mended::CopyDamaged { copy } => return format!("the copy {copy} of the database is damaged too"),
        Mended::FellBack { copy, kept } => {
            return format!(
                "the database was damaged and copy {copy} of it is in use: calls since that copy are missing, the damaged file \
                 is kept as {kept}"
            );
        }
        Mended::BegunAnew { kept } => {
            return format!(
                "the database was damaged and there is no good copy of it: a new one is in use without the calls of before, the \
                 damaged file is kept as {kept}"
            );
        }
        Mended::RevisionDamaged { revision } => {
            return format!(
                "revision {revision} of the office is damaged on the disk: the one before is in force, import the office file \
                 again"
            );
        }
        Mended::OfficePutBack { revision } => {
            return format!(
                "the database had lost revision {revision} of the office: it was put back from backup/office.toml"
            );
        }
        Mended::OfficeNotPutBack => {
            "the database has lost the newest office, and it could not be put back from backup/office.toml: see the log"
        }
        Mended::RealmPutBack { realm } => {
            return format!("the database had a damaged realm: {realm} was put back from backup/office.toml");
        }
        Mended::TrunkSecretsLost => {
            "the secrets of the trunks cannot be read: trunks that register cannot, enter their secrets again"
        }
        Mended::MailboxesUnread => {
            "the mailboxes could not be looked through at the start: messages of the last minutes before it are missing until \
             the disk can be written"
        }
        Mended::CallsShownUp => {
            "calls that were up when the box stopped are shown as up until the next start: look at the disk, is it full?"
        }
        Mended::RowsMended { count } => {
            let (messages, were) =
                several(*count, "message had a damaged row", "messages had damaged rows", "was", "were");
            return format!("{messages} in the database: {were} mended from the notes beside the audio");
        }
        Mended::RecordingsPutBack { count } => {
            let (messages, were) = several(*count, "message or greeting", "messages or greetings", "was", "were");
            return format!("{messages} {were} put back into the mailbox: the database had lost that");
        }
        Mended::AudioMissing { count, folder } => return audio_missing(*count, folder),
        Mended::PutAside { count, folder } => return put_aside(*count, folder),
        Mended::Unreadable { count, folder } => return unreadable(*count, folder),
    };
    text.to_owned()
}

fn audio_missing(count: usize, folder: &str) -> String {
    let (messages, were) =
        several(count, "message or greeting has no audio", "messages or greetings have no audio", "was", "were");
    format!("{messages} in {folder} any more and {were} taken out of the mailbox")
}

fn put_aside(count: usize, folder: &str) -> String {
    let (recordings, belong) = several(count, "recording", "recordings", "belongs", "belong");
    format!("{recordings} in {folder} {belong} to nobody who is known: listen to what lies in {folder}/lost now")
}

fn unreadable(count: usize, folder: &str) -> String {
    let (recordings, are) = several(count, "recording", "recordings", "is", "are");
    format!(
        "{recordings} in {folder} {are} unreadable, and a mailbox may lack that: look at the disk, the next start tries \
         again"
    )
}

/// So many, and the verb of that.
fn several(count: usize, one: &str, more: &str, is: &'static str, are: &'static str) -> (String, &'static str) {
    if count == 1 { (format!("1 {one}"), is) } else { (format!("{count} {more}"), are) }
}
