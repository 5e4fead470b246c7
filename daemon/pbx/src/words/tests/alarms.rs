//! One of every alarm and of every trouble of a trunk.

use sip::transport::Distrust;

use super::{barred, text};
use crate::alarm::{Alarm, Mended};
use crate::ids::CallId;
use crate::trunks::Trouble;

pub(super) fn alarms() -> Vec<Alarm> {
    let locked = |mailbox: Option<&str>| Alarm::MailboxLocked {
        mailbox: mailbox.map(text),
        minutes: 15,
        misses: 5,
        from: vec![text("101"), text("103")],
    };
    samples!(Alarm:
        Alarm::NoHelp { .. } => [true, false]
            .map(|has_trunk| Alarm::NoHelp { from: text("101"), number: text("112"), has_trunk }),
        Alarm::NothingWritten => [Alarm::NothingWritten],
        Alarm::MessageBroken { .. } => [Alarm::MessageBroken { mailbox: text("102"), length_s: 12 }],
        Alarm::RecordingGone { .. } => [Alarm::RecordingGone { call: CallId(7) }],
        Alarm::MessagesNotKept => [Alarm::MessagesNotKept],
        Alarm::MailboxLocked { .. } => [locked(Some("102")), locked(None)],
        Alarm::CodesLocked { .. } => [Alarm::CodesLocked { extension: text("101"), minutes: 15, misses: 5 }],
        Alarm::MailboxAlmostFull { .. } => [
            Alarm::MailboxAlmostFull { mailbox: text("102"), name: text("Workshop"), percent: 93 },
        ],
        Alarm::Guessing { .. } => [Some(text("101")), None].map(|extension| Alarm::Guessing {
            source: text("192.0.2.7"),
            user: text("mb-7f3k"),
            extension,
            tries: 10,
        }),
        Alarm::OutsideRefused { .. } => [1, 5].into_iter().flat_map(|refused| {
            barred().map(move |why| Alarm::OutsideRefused {
                extension: text("101"),
                number: text("+4490912345"),
                why,
                refused,
            })
        }),
        Alarm::OffNetwork => [Alarm::OffNetwork],
        Alarm::NewAddress { .. } => [Alarm::NewAddress { was: text("192.168.1.5"), is: text("192.168.1.9") }],
        Alarm::Mended(_) => mended().map(Alarm::Mended),
        Alarm::Told(_) => [Alarm::Told(text("the copy is damaged too"))],
    )
}

fn mended() -> impl Iterator<Item = Mended> {
    let (file, folder) = (|| text("/x/bellbox.db"), || text("/x/recordings"));
    let samples = samples!(Mended:
        Mended::CopyDamaged { .. } => [Mended::CopyDamaged { copy: file() }],
        Mended::FellBack { .. } => [Mended::FellBack { copy: 4, kept: file() }],
        Mended::BegunAnew { .. } => [Mended::BegunAnew { kept: file() }],
        Mended::RevisionDamaged { .. } => [Mended::RevisionDamaged { revision: 9 }],
        Mended::OfficePutBack { .. } => [Mended::OfficePutBack { revision: 9 }],
        Mended::OfficeNotPutBack => [Mended::OfficeNotPutBack],
        Mended::RealmPutBack { .. } => [Mended::RealmPutBack { realm: text("box-7f3k") }],
        Mended::TrunkSecretsLost => [Mended::TrunkSecretsLost],
        Mended::MailboxesUnread => [Mended::MailboxesUnread],
        Mended::CallsShownUp => [Mended::CallsShownUp],
        Mended::RowsMended { .. } => [1, 3].map(|count| Mended::RowsMended { count }),
        Mended::RecordingsPutBack { .. } => [1, 3].map(|count| Mended::RecordingsPutBack { count }),
        Mended::AudioMissing { .. } => [1, 3].map(|count| Mended::AudioMissing { count, folder: folder() }),
        Mended::PutAside { .. } => [1, 3].map(|count| Mended::PutAside { count, folder: folder() }),
        Mended::Unreadable { .. } => [1, 3].map(|count| Mended::Unreadable { count, folder: folder() }),
    );
    samples.into_iter()
}

pub(super) fn troubles() -> Vec<Trouble> {
    let refused = |status| Trouble::Refused { status, phrase: text("Moved") };
    samples!(Trouble:
        Trouble::Starting => [Trouble::Starting],
        Trouble::SwitchedOff => [Trouble::SwitchedOff],
        Trouble::DnsSilent { .. } => [Trouble::DnsSilent { host: text("sip.example") }],
        Trouble::NoAddress { .. } => [Trouble::NoAddress { host: text("sip.example") }],
        Trouble::NoWay => [Trouble::NoWay],
        Trouble::Silent => [Trouble::Silent],
        Trouble::Distrusted { .. } => [
            Distrust::UnknownAuthority,
            Distrust::Expired,
            Distrust::NotYetValid,
            Distrust::WrongName,
            Distrust::BadCertificate,
            Distrust::NoTls,
            Distrust::BadAuthority,
            Distrust::NoAuthorities,
        ].map(|why| Trouble::Distrusted { host: text("sip.example"), why }),
        Trouble::WrongSecret { .. } => [Trouble::WrongSecret { status: 403 }],
        Trouble::NoSecret => [Trouble::NoSecret],
        Trouble::Refused { .. } => [302, 404, 405, 420, 423, 429, 503, 603].map(refused),
        Trouble::CallUnanswered => [Trouble::CallUnanswered],
        Trouble::CallRefused { .. } => [Trouble::CallRefused { status: 503 }],
    )
}
