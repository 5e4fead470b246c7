//! One's own mailbox: another's messages are as if they did not exist.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::RangeInclusive;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::Folder;
use store::{MAX_ROWS, MailboxAsk, MessageFilter, Store};

use super::model::{FolderName, Message, Messages, MessagesQuery, MoveTo};
use super::wire::{Asked, At, Sent};
use super::{App, rows};
use crate::problem::Problem;
use crate::sessions::Login;

/// How much of a file is read at once.
const CHUNK: u64 = 64 * 1024;

/// How long the store may take to move a message: it waits for the disk.
const MOVE_PATIENCE: Duration = Duration::from_secs(5);

fn none() -> Problem {
    Problem::not_found("there is no such message")
}

fn mailbox(login: &Login) -> Result<String, Problem> {
    login.extension.clone().ok_or_else(|| Problem::not_found("you have no extension, and so no mailbox"))
}

/// The messages of one's own mailbox, newest first
#[utoipa::path(get, path = "/api/voicemail", tag = "voicemail", params(MessagesQuery),
    responses((status = 200, body = Messages)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Asked(asked): Asked<MessagesQuery>,
) -> Result<Json<Messages>, Problem> {
    let mailbox = mailbox(&login)?;
    app.wait(move |office| Ok(Json(page(office.store(), mailbox, &asked)?))).await
}

fn page(store: &Store, mailbox: String, asked: &MessagesQuery) -> Result<Messages, Problem> {
    let count = |folder| {
        let filter = MessageFilter { mailbox: mailbox.clone(), folder: Some(folder), limit: MAX_ROWS, before: None };
        store.messages(&filter).map(|messages| u32::try_from(messages.len()).unwrap_or(u32::MAX))
    };
    let (new, saved, trash) = (count(Folder::New)?, count(Folder::Saved)?, count(Folder::Trash)?);
    let limit = rows::page(asked.limit, 50, 200);
    let folder = asked.folder.map(folder);
    let before = asked.before.map(RecordingId);
    let messages = store.messages(&MessageFilter { mailbox: mailbox.clone(), folder, before, limit })?;
    let next = messages.last().map(|message| message.id.0).filter(|_| messages.len() == limit);
    Ok(Messages { mailbox, new, saved, trash, messages: messages.into_iter().map(shown).collect(), next })
}

fn shown(message: pbx::mailbox::Message) -> Message {
    Message {
        id: message.id.0,
        folder: match message.folder {
            Folder::New => FolderName::New,
            Folder::Saved => FolderName::Saved,
            Folder::Trash => FolderName::Trash,
        },
        from: message.caller.number,
        from_name: message.caller.name,
        at: message.at,
        is_synced: message.is_synced,
        length_ms: message.length_ms,
        is_cut_off: message.is_cut_off,
        call: message.call.0,
    }
}

fn folder(name: FolderName) -> Folder {
    match name {
        FolderName::New => Folder::New,
        FolderName::Saved => Folder::Saved,
        FolderName::Trash => Folder::Trash,
    }
}

fn own(store: &Store, mailbox: &str, id: u64) -> Result<pbx::mailbox::Message, Problem> {
    store.message(RecordingId(id))?.filter(|message| message.mailbox == mailbox).ok_or_else(none)
}

/// Puts a message into a folder
#[utoipa::path(post, path = "/api/voicemail/{id}/move", tag = "voicemail", request_body = MoveTo,
    params(("id" = u64, Path, description = "Its number.")), responses((status = 200, body = Message)))]
pub(super) async fn move_to(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u64>,
    Sent(sent): Sent<MoveTo>,
) -> Result<Json<Message>, Problem> {
    let mailbox = mailbox(&login)?;
    app.wait(move |office| {
        let store = office.store();
        let from = own(store, &mailbox, id)?.folder;
        let (reply, answer) = sync_channel(1);
        let ask = MailboxAsk::Move { recording: RecordingId(id), from, to: folder(sent.folder) };
        store.mailbox(ask, Box::new(move |answer| drop(reply.send(answer))));
        match answer.recv_timeout(MOVE_PATIENCE) {
            Ok(Answer::Committed) => Ok(Json(shown(own(store, &mailbox, id)?))),
            // Somebody moved it in between, perhaps on the phone; or it is gone, which this says.
            Ok(Answer::Gone) => {
                own(store, &mailbox, id)?;
                Err(Problem::new(StatusCode::CONFLICT, "the message was moved at this moment: look at it again"))
            }
            _ => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the disk did not take it: try again")),
        }
    })
    .await
}

/// A message's sound, whole or a part of it
#[utoipa::path(get, path = "/api/voicemail/{id}/audio", tag = "voicemail",
    params(("id" = u64, Path, description = "Its number."), ("Range" = Option<String>, Header, description = "One range of bytes.")),
    responses(
        (status = 200, content_type = "audio/wav", description = "All of it.", body = Vec<u8>),
        (status = 206, content_type = "audio/wav", description = "The part that was asked for.", body = Vec<u8>),
        (status = 416, description = "There is no such part."),
    ))]
pub(super) async fn audio(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(id): At<u64>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mailbox = mailbox(&login)?;
    let (file, length) = app
        .wait(move |office| {
            own(office.store(), &mailbox, id)?;
            let path = office.store().recordings_dir().join(RecordingId(id).file_name());
            let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
            let (length, file) = opened.map_err(|error| {
                log::error!("recording {id}: its file cannot be read: {error}");
                Problem::not_found("the sound of this message is not on the disk any more")
            })?;
            Ok((file, length))
        })
        .await?;
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    let Ok(part) = range.map_or(Ok(None), |range| part(range, length)) else {
        let whole = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
        let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, "the sound is shorter than that");
        return Ok((whole, problem).into_response());
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("audio/wav"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    let (status, part) = match part {
        Some(part) => {
            let said = format!("bytes {}-{}/{length}", part.start(), part.end());
            headers.insert(header::CONTENT_RANGE, HeaderValue::from_str(&said).expect("it is digits"));
            (StatusCode::PARTIAL_CONTENT, part)
        }
        None => (StatusCode::OK, 0..=length.saturating_sub(1)),
    };
    let count = if length == 0 { 0 } else { part.end() - part.start() + 1 };
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(count));
    Ok((status, headers, read(file, *part.start(), count)).into_response())
}

/// The one range that is asked for (RFC 9110 §14.1.2). `Ok(None)`: all of it, also where several are asked for or the
/// unit is another, which §14.2 permits. `Err`: there is no such part.
fn part(range: &str, length: u64) -> Result<Option<RangeInclusive<u64>>, ()> {
    let Some(range) = range.trim().strip_prefix("bytes=").filter(|range| !range.contains(',')) else { return Ok(None) };
    let Some((first, last)) = range.trim().split_once('-') else { return Ok(None) };
    let last_byte = length.checked_sub(1).ok_or(())?;
    let number = |text: &str| text.parse::<u64>().ok();
    match (number(first), number(last)) {
        (Some(first), _) if first > last_byte => Err(()),
        (Some(first), Some(last)) if first <= last => Ok(Some(first..=last.min(last_byte))),
        (Some(first), None) if last.is_empty() => Ok(Some(first..=last_byte)),
        (None, Some(0)) if first.is_empty() => Err(()),
        (None, Some(count)) if first.is_empty() => Ok(Some(length.saturating_sub(count)..=last_byte)),
        _ => Ok(None),
    }
}

/// A piece of a file as a body, a chunk at a time; the next is read when the one before is on its way.
fn read(file: File, start: u64, count: u64) -> Body {
    let chunks = stream::unfold((file, start, count), async |(mut file, at, left)| {
        if left == 0 {
            return None;
        }
        let size = left.min(CHUNK);
        let read = tokio::task::spawn_blocking(move || {
            let mut chunk = vec![0; usize::try_from(size).unwrap_or_default()];
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut chunk)?;
            Ok::<_, std::io::Error>((file, Bytes::from(chunk)))
        });
        let read = read.await.unwrap_or_else(|error| Err(std::io::Error::other(error)));
        Some(match read {
            Ok((file, chunk)) => (Ok(chunk), (file, at + size, left - size)),
            Err(error) => (Err(error), (File::open("/dev/null").ok()?, 0, 0)),
        })
    });
    Body::from_stream(chunks)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn ranges_are_read_as_rfc_9110_14_1_2_says() {
        for (range, expected) in [
            ("bytes=0-0", Ok(Some(0..=0))),
            ("bytes=0-", Ok(Some(0..=99))),
            ("bytes=10-19", Ok(Some(10..=19))),
            ("bytes=90-200", Ok(Some(90..=99))),
            ("bytes=-10", Ok(Some(90..=99))),
            ("bytes=-200", Ok(Some(0..=99))),
            ("bytes=100-", Err(())),
            ("bytes=-0", Err(())),
            ("bytes=20-10", Ok(None)),
            ("bytes=0-1,5-6", Ok(None)),
            ("seconds=0-1", Ok(None)),
            ("bytes=", Ok(None)),
        ] {
            assert_eq!(part(range, 100), expected, "{range}");
        }
        assert_eq!(part("bytes=0-0", 0), Err(()));
    }
}
