//! The whole office as one file: downloaded, checked when it comes back, and put in place.

use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use pbx::time::Now;
use pbx::words::Language;
use store::{BackupError, Checked, Pack, UnusableOffice};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::App;
use super::model::{BackupState, CheckedBackup, Done, RestoreBackup};
use super::wire::Sent;
use crate::problem::Problem;
use crate::tls::{Certificates, own_names};
use crate::why::{Malformed, Why};

/// For how long a browser may send nothing of an upload: the time that one has to take an answer.
const STALL: Duration = Duration::from_secs(30);

/// Pieces that wait between the network and the disk, of some 16 KiB from the network and [`PIECE`] to it.
const PIECES: usize = 8;

/// How much of an archive is handed to the network at once.
const PIECE: usize = 64 * 1024;

/// How long the daemon goes on after it was told to start anew, so that the answer arrives before it does.
const LAST_ANSWER: Duration = Duration::from_millis(500);

/// The longest part of a file's name that is the office's, in characters.
const NAME_MAX: usize = 40;

/// The whole office as a tar archive
#[utoipa::path(get, path = "/api/backup", tag = "backup",
    responses((status = 200, content_type = "application/x-tar", body = Vec<u8>,
        description = "Everything but the settings of the machine; holds password hashes and keys.")))]
pub(super) async fn download(State(app): State<App>) -> Result<Response, Problem> {
    let (pack, name) = app
        .wait(|office| {
            let now = office.now().wall;
            let day = office.config().office().time_zone.to_datetime(now).date();
            let pack = office.store().pack(now)?;
            let name = format!("bellbox-{}{day}.tar", plain(&pack.contents.office));
            Ok((pack, name))
        })
        .await?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-tar"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(pack.size()));
    let disposition = format!("attachment; filename=\"{name}\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("it is letters and digits"));
    Ok((headers, sent(pack)).into_response())
}

/// An office's name as a part of a file's, with a dash behind it; nothing where no letter of it can be.
fn plain(office: &str) -> String {
    let words = office.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.flat_map(|word| [word, "-"]).collect::<String>().to_ascii_lowercase();
    if name.len() > NAME_MAX { name.chars().take(NAME_MAX).chain(['-']).collect() } else { name }
}

/// An archive as a body: written as fast as it is taken, and forgotten when nobody takes it.
fn sent(pack: Pack) -> Body {
    let (sender, receiver) = channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let out = BufWriter::with_capacity(PIECE, Out(sender.clone()));
        if let Err(error) = pack.write(out) {
            log::warn!("a backup was not sent to its end: {error}");
            let _ = sender.blocking_send(Err(error));
        }
    });
    Body::from_stream(stream::unfold(receiver, async |mut receiver: Receiver<io::Result<Bytes>>| {
        receiver.recv().await.map(|piece| (piece, receiver))
    }))
}

/// Writes into a body.
struct Out(Sender<io::Result<Bytes>>);

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody takes it");
        self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes))).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What can be restored here, and what that would end
#[utoipa::path(get, path = "/api/backup/state", tag = "backup", responses((status = 200, body = BackupState)))]
pub(super) async fn state(
    State(app): State<App>,
    Extension(language): Extension<Language>,
) -> Result<Json<BackupState>, Problem> {
    app.wait(move |office| {
        let store = office.store();
        let received = store.received().map(|checked| shown(checked, language));
        let before = store.before().map(|checked| shown(checked, language));
        let calls_up = u32::try_from(office.status().calls.len()).unwrap_or(u32::MAX);
        Ok(Json(BackupState { room_bytes: store.room()?, calls_up, received, before }))
    })
    .await
}

/// Takes a backup, says what is in it and what is wrong with it, and replaces nothing
#[utoipa::path(put, path = "/api/backup", tag = "backup",
    request_body(content_type = "application/x-tar", content = Vec<u8>),
    responses((status = 200, body = CheckedBackup, description = "It is good, and may be restored.")))]
pub(super) async fn upload(
    State(app): State<App>,
    Extension(language): Extension<Language>,
    request: Request,
) -> Result<Json<CheckedBackup>, Problem> {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let length: u64 = length.ok_or_else(|| Problem::new(StatusCode::LENGTH_REQUIRED, Malformed::NoLength))?;
    app.wait(move |office| {
        let room = office.store().room()?;
        if length > room { Err(BackupError::NoRoom { room }.into()) } else { Ok(()) }
    })
    .await?;
    let (sender, receiver) = channel(PIECES);
    let office = Arc::clone(&app.office);
    let read = tokio::task::spawn_blocking(move || {
        let now = office.now();
        office.store().receive(In { from: receiver, piece: Bytes::new() }, |folder| has_good_certificates(folder, &now))
    });
    let mut body = request.into_body().into_data_stream();
    // To its end also where it was refused early: a browser that still sends does not read the answer.
    while let Ok(Some(Ok(piece))) = tokio::time::timeout(STALL, body.next()).await {
        let _ = sender.send(piece).await;
    }
    drop(sender);
    let checked = read.await.map_err(|error| Problem::failed(Why::Mistake, &error))??;
    log::info!("a backup of {} was read and is good", checked.contents.made);
    Ok(Json(shown(checked, language)))
}

/// The same for the holder of the setup's token, in a box that belongs to nobody yet
#[utoipa::path(put, path = "/api/setup/backup", tag = "signing",
    params(("X-Setup-Token" = String, Header, description = "The token that the console shows.")),
    request_body(content_type = "application/x-tar", content = Vec<u8>),
    responses((status = 200, body = CheckedBackup, description = "It is good, and may be restored.")))]
pub(super) async fn upload_at_setup(
    app: State<App>,
    language: Extension<Language>,
    request: Request,
) -> Result<Json<CheckedBackup>, Problem> {
    upload(app, language, request).await
}

/// Reads a body.
struct In {
    from: Receiver<Bytes>,
    piece: Bytes,
}

impl Read for In {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.from.blocking_recv() {
                Some(piece) => self.piece = piece,
                None => return Ok(0),
            }
        }
        let count = into.len().min(self.piece.len());
        (&self.piece.split_to(count)[..]).read(into)
    }
}

/// A daemon with certificates that are none does not start: such an office must not be put in place.
fn has_good_certificates(office: &Path, now: &Now) -> Result<(), UnusableOffice> {
    if !office.join("tls").exists() {
        return Ok(());
    }
    let names = own_names(&crate::host::own_names());
    Certificates::of(office, names, now).map(drop).map_err(|error| {
        log::warn!("the certificates in a backup cannot be used: {error}");
        UnusableOffice::Certificates
    })
}

/// Removes an upload that is not wanted
#[utoipa::path(delete, path = "/api/backup", tag = "backup", responses((status = 200, body = Done)))]
pub(super) async fn discard(State(app): State<App>) -> Result<Json<Done>, Problem> {
    app.wait(|office| Ok(office.store().discard_received()?)).await?;
    Ok(Json(Done::DONE))
}

/// Puts the checked upload in place of the office: calls end, the daemon starts anew, everybody signs in again
#[utoipa::path(post, path = "/api/backup/restore", tag = "backup", request_body = RestoreBackup,
    responses((status = 200, body = Done, description = "The office before is kept.")))]
pub(super) async fn restore(State(app): State<App>, Sent(sent): Sent<RestoreBackup>) -> Result<Json<Done>, Problem> {
    app.wait(move |office| Ok(office.store().replace_by_received(&sent.id, office.now().wall)?)).await?;
    restart(&app);
    Ok(Json(Done::DONE))
}

/// The same for the holder of the setup's token, in a box that belongs to nobody yet
#[utoipa::path(post, path = "/api/setup/backup/restore", tag = "signing", request_body = RestoreBackup,
    params(("X-Setup-Token" = String, Header, description = "The token that the console shows.")),
    responses((status = 200, body = Done)))]
pub(super) async fn restore_at_setup(app: State<App>, sent: Sent<RestoreBackup>) -> Result<Json<Done>, Problem> {
    restore(app, sent).await
}

/// Puts the office before the last restore in place again
#[utoipa::path(post, path = "/api/backup/undo", tag = "backup",
    responses((status = 200, body = Done, description = "The office that was restored is kept in its turn.")))]
pub(super) async fn undo(State(app): State<App>) -> Result<Json<Done>, Problem> {
    app.wait(|office| Ok(office.store().replace_by_before(office.now().wall)?)).await?;
    restart(&app);
    Ok(Json(Done::DONE))
}

/// Removes the office before the last restore
#[utoipa::path(delete, path = "/api/backup/before", tag = "backup", responses((status = 200, body = Done)))]
pub(super) async fn discard_before(State(app): State<App>) -> Result<Json<Done>, Problem> {
    app.wait(|office| Ok(office.store().discard_before()?)).await?;
    Ok(Json(Done::DONE))
}

fn restart(app: &App) {
    let office = Arc::clone(&app.office);
    tokio::spawn(async move {
        tokio::time::sleep(LAST_ANSWER).await;
        office.restart();
    });
}

impl From<BackupError> for Problem {
    fn from(error: BackupError) -> Problem {
        let status = match error {
            BackupError::NotABackup
            | BackupError::Newer { .. }
            | BackupError::Truncated
            | BackupError::Damaged { .. }
            | BackupError::Strange { .. }
            | BackupError::Unusable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            BackupError::NoRoom { .. } => StatusCode::INSUFFICIENT_STORAGE,
            BackupError::Busy | BackupError::Gone => StatusCode::CONFLICT,
            BackupError::Disk(_) | BackupError::Store(_) => {
                log::error!("page: the backup failed: {error}");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        Problem::new(status, Why::Backup(Arc::new(error)))
    }
}

fn shown(checked: Checked, language: Language) -> CheckedBackup {
    let contents = checked.contents;
    CheckedBackup {
        id: checked.id,
        office: contents.office,
        made: contents.made,
        program: contents.program,
        people: contents.people,
        phones: contents.phones,
        messages: contents.messages,
        audio_ms: contents.audio_ms,
        bytes: checked.bytes,
        has_admin: checked.has_admin,
        notes: checked.notes.iter().map(|note| language.words().alarm(note)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn an_office_is_a_part_of_a_file_name() {
        for (office, expected) in [
            ("Harbour Office", "harbour-office-"),
            ("../../etc \"x\"\r\n", "etc-x-"),
            ("Büro", "b-ro-"),
            ("株式会社", ""),
            (&"a".repeat(64), &("a".repeat(40) + "-")),
        ] {
            assert_eq!(plain(office), expected);
        }
    }
}
