//! What is wrong with files that people bring, and with the disk.

use media::upload::{Damage, Kind, Unusable, Written};
use store::{BackupError, OpenError, StoreError, UnusableOffice};

use crate::tls::{NoServer, Unfit, WeakKey};

use crate::why::Unread;

pub(super) fn table(unread: &Unread) -> String {
    let fixed = match unread {
        Unread::Empty => {
            "in dieser Datei steht niemand: Schreiben Sie eine Zeile mit den Namen der Spalten und darunter eine für jede Person"
        }
        Unread::NoNameColumn => {
            "keine Spalte heißt Name: Schreiben Sie in die erste Zeile die Namen der Spalten, etwa Nebenstelle;Name;E-Mail"
        }
        Unread::TooManyRows { most } => {
            return format!(
                "die Datei hat mehr als {most} Zeilen: Verteilen Sie sie auf mehrere Dateien oder lassen Sie welche weg"
            );
        }
        Unread::NoTable => {
            "das ist keine Tabelle: Speichern Sie sie als CSV, mit Komma oder Semikolon zwischen den Zellen"
        }
    };
    fixed.to_owned()
}

pub(super) fn sound(unusable: &Unusable) -> String {
    match unusable {
        Unusable::Empty => "die Datei ist leer: Wählen Sie eine andere".to_owned(),
        Unusable::Other(kind) => format!(
            "das ist {}, gleich wie die Datei heißt: Speichern Sie den Ton als WAV, und wählen Sie diese Datei",
            other(*kind)
        ),
        Unusable::Damaged(damage) => {
            format!("diese WAV-Datei ist beschädigt: {}; speichern Sie den Ton noch einmal", damaged(*damage))
        }
        Unusable::CutOff { has_s, says_s } => {
            format!("diese WAV-Datei bricht nach {has_s} s von {says_s} s ab: Kopieren Sie sie noch einmal")
        }
        Unusable::Encoding(written) => {
            format!("diese WAV-Datei ist als {} geschrieben: Speichern Sie sie als PCM mit 16 Bit", encoding(*written))
        }
        Unusable::Channels(count) => {
            format!("diese WAV-Datei hat {count} Kanäle: Speichern Sie sie in mono oder stereo")
        }
        Unusable::Rate(rate) => {
            format!("diese WAV-Datei hat {rate} Werte in der Sekunde: Speichern Sie sie mit 8000 bis 48000")
        }
        Unusable::TooShort { has_ms, least_ms } => {
            format!("das dauert nur {has_ms} ms: Es müssen mindestens {least_ms} ms sein")
        }
        Unusable::TooLong { has_s, most_s } => format!("das dauert {has_s} s: Kürzen Sie es auf {most_s} s"),
        Unusable::Silent => {
            "in dieser Datei ist nichts zu hören: Nehmen Sie noch einmal auf, näher am Mikrofon".to_owned()
        }
    }
}

fn other(kind: Kind) -> &'static str {
    match kind {
        Kind::Mp3 => "eine MP3-Datei",
        Kind::Mp4 => "eine M4A- oder MP4-Datei, wie Telefone sie aufnehmen",
        Kind::Ogg => "eine Ogg-Datei",
        Kind::Flac => "eine FLAC-Datei",
        Kind::Aiff => "eine AIFF-Datei",
        Kind::Amr => "eine AMR-Datei",
        Kind::Wma => "eine WMA-Datei",
        Kind::WebM => "eine WebM-Datei",
        Kind::Zip => "ein ZIP-Archiv",
        Kind::RareWav => "eine seltene Art von WAV",
        Kind::Unknown => "kein Ton, der hier bekannt ist",
    }
}

fn damaged(damage: Damage) -> &'static str {
    match damage {
        Damage::ShortHead => "sie endet in ihrem Kopf",
        Damage::NoFormat => "sie sagt nicht, was ihre Werte sind",
        Damage::Contradiction => "ihr Kopf widerspricht sich",
        Damage::NoAudio => "es ist kein Ton darin",
    }
}

fn encoding(written: Written) -> String {
    match written {
        Written::Pcm(bits) => format!("PCM mit {bits} Bit"),
        Written::Float(bits) => format!("Gleitkommazahlen mit {bits} Bit"),
        Written::Adpcm => "ADPCM".to_owned(),
        Written::Gsm => "GSM".to_owned(),
        Written::Mpeg => "MPEG-Audio (MP3)".to_owned(),
        Written::Unknown => "etwas Eigenes".to_owned(),
    }
}

pub(super) fn certificate(unfit: &Unfit) -> String {
    match unfit {
        Unfit::NoCertificate => "darin ist kein Zertifikat: Es beginnt mit -----BEGIN CERTIFICATE-----".to_owned(),
        Unfit::TooMany => "darin sind zu viele Zertifikate: Lassen Sie nur die einer Kette darin".to_owned(),
        Unfit::Damaged(at) => format!("Zertifikat {at} darin lässt sich nicht lesen: Es ist beschädigt oder keines"),
        Unfit::NoServer(why) => {
            let why = match why {
                NoServer::Authority => "Es ist das einer Zertifizierungsstelle",
                NoServer::OtherUse => "Es ist für etwas anderes ausgestellt",
                NoServer::NoName => "Es nennt keinen Host (subjectAltName)",
            };
            format!("das erste Zertifikat ist keines für einen Server: {why}")
        }
        Unfit::Disordered(at) => format!(
            "Zertifikat {at} hat das davor nicht ausgestellt: Beginnen Sie mit dem des Servers, dann das, das es ausgestellt hat"
        ),
        Unfit::Expired(until) => format!("es galt bis {until}: Bestellen Sie ein neues"),
        Unfit::Early(from) => format!("es gilt erst ab {from}: Warten Sie, oder sehen Sie nach der Uhr der Box"),
        Unfit::Weak(key) => {
            let key = match key {
                WeakKey::Rsa { bits } => format!("RSA mit {bits} Bit"),
                WeakKey::OtherCurve => "auf einer anderen Kurve".to_owned(),
                WeakKey::OtherKind => "von anderer Art".to_owned(),
            };
            format!("sein Schlüssel ist {key}: Browser nehmen ECDSA P-256 oder P-384, oder RSA ab 2048 Bit")
        }
        Unfit::NoKey => "darin ist kein privater Schlüssel: Er beginnt mit -----BEGIN PRIVATE KEY-----".to_owned(),
        Unfit::Locked => {
            "den Schlüssel schützt ein Kennwort: Entsperren Sie ihn mit 'openssl pkey -in key.pem -out open.pem'"
                .to_owned()
        }
        Unfit::OtherKey => "der Schlüssel gehört nicht zum ersten Zertifikat".to_owned(),
        Unfit::BadKey => {
            "der Schlüssel ist nicht zu gebrauchen: Er ist beschädigt oder von einer Art, die hier nicht bekannt ist"
                .to_owned()
        }
    }
}

pub(super) fn backup(error: &BackupError) -> String {
    match error {
        BackupError::NotABackup => {
            "diese Datei ist keine Sicherung von Bellbox: Wählen Sie eine namens bellbox-….tar, die eine Box Ihnen gab"
                .to_owned()
        }
        BackupError::Newer { program } => {
            format!("die Sicherung ist von der neueren Bellbox {program}: Installieren Sie hier erst diese Version")
        }
        BackupError::Truncated => {
            "die Sicherung endet zu früh, sie wurde nicht bis zum Ende heruntergeladen oder kopiert: \
             Nehmen Sie eine andere"
                .to_owned()
        }
        BackupError::Damaged { file } => format!(
            "die Sicherung ist beschädigt, {file} ist nicht so, wie es geschrieben wurde: Nehmen Sie eine andere"
        ),
        BackupError::Strange { name } => format!(
            "in der Sicherung steht {name}, was in keiner von Bellbox steht, jemand hat sie verändert: Nehmen Sie eine andere"
        ),
        BackupError::NoRoom { room } => format!(
            "die Sicherung passt nicht, sie braucht mehr als die {} MB, die der Speicher hergibt: Machen Sie erst Platz",
            room / 1_000_000
        ),
        BackupError::Unusable(why) => format!("das Büro in der Sicherung ist nicht zu gebrauchen: {}", unusable(why)),
        BackupError::Busy => {
            "eben arbeitet diese Box an einer anderen Sicherung: Versuchen Sie es, wenn das fertig ist".to_owned()
        }
        BackupError::Gone => "diese Sicherung ist nicht mehr hier: Wählen Sie die Datei noch einmal".to_owned(),
        BackupError::Disk(_) => "der Speicher lässt sich nicht lesen oder beschreiben".to_owned(),
        BackupError::Store(error) => store(error).to_owned(),
    }
}

fn unusable(why: &UnusableOffice) -> String {
    let fixed = match why {
        UnusableOffice::NoDatabase => "ihm fehlt die Datenbank",
        UnusableOffice::DamagedDatabase => "seine Datenbank ist beschädigt",
        UnusableOffice::Certificates => "seine Zertifikate sind beschädigt",
        UnusableOffice::Closed(OpenError::File { path, .. }) => {
            return format!("{} lässt sich nicht lesen oder beschreiben", path.display());
        }
        UnusableOffice::Closed(OpenError::InUse { path }) => {
            return format!("{} benutzt schon ein anderes bellboxd: Halten Sie das erst an", path.display());
        }
        UnusableOffice::Closed(OpenError::Newer { found, known }) => {
            return format!(
                "seine Datenbank hat Version {found}, und diese Bellbox kennt nur bis Version {known}: Installieren Sie \
                 erst die neuere"
            );
        }
        UnusableOffice::Closed(OpenError::Random) => "das System liefert keine Zufallszahlen",
        UnusableOffice::Closed(OpenError::Store(error)) => store(error),
    };
    fixed.to_owned()
}

pub(super) fn store(error: &StoreError) -> &'static str {
    match error {
        StoreError::Full => "der Speicher ist voll: Schaffen Sie Platz, ein Neustart ist nicht nötig",
        StoreError::Disk(_) => "der Speicher lässt sich nicht lesen oder beschreiben",
        StoreError::File(_) => "eine Datei neben der Datenbank lässt sich nicht lesen oder beschreiben",
        StoreError::Damaged => {
            "die Datenbank ist beschädigt: Starten Sie bellboxd neu, es nimmt dann die neueste gute Kopie"
        }
        StoreError::Closed => "der Speicher ist geschlossen",
        StoreError::Overloaded => "der Speicher ist zu langsam: Zu vieles wartet schon darauf, geschrieben zu werden",
        StoreError::Undone => "die Box konnte es nicht behalten: Sehen Sie nach, ob der Speicher voll ist",
        StoreError::Refused(_) => "die Datenbank hat es abgelehnt",
    }
}
