//! One's own mailbox: another's messages are as if they did not exist.

use std::sync::mpsc::sync_channel;
use std::time::Duration;

use axum::Json;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use config::Config;
use pbx::ids::RecordingId;
use pbx::input::Answer;
use pbx::mailbox::Folder;
use store::{MAX_ROWS, MailboxAsk, MessageFilter, Store};

use super::model::{FolderName, Message, Messages, MessagesQuery, MoveTo};
use super::wire::{Asked, At, Sent};
use super::{App, rows, sound};
use crate::office::Office;
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;

/// How long the store may take to change a mailbox: it waits for the disk.
const STORE_PATIENCE: Duration = Duration::from_secs(5);

fn none() -> Problem {
    Problem::not_found(Why::NoSuchMessage)
}

pub(super) fn mailbox(login: &Login) -> Result<String, Problem> {
    login.extension.clone().ok_or_else(|| Problem::not_found(Why::NoMailbox))
}

/// The messages of one's own mailbox, newest first; none, and no mailbox, for whoever has no extension
#[utoipa::path(get, path = "/api/voicemail", tag = "voicemail", params(MessagesQuery),
    responses((status = 200, body = Messages)))]
pub(super) async fn list(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    Asked(asked): Asked<MessagesQuery>,
) -> Result<Json<Messages>, Problem> {
    // The page asks without knowing whether there is one: that is no error.
    let Some(mailbox) = login.extension.clone() else { return Ok(Json(Messages::default())) };
    app.wait(move |office| Ok(Json(page(office, &login, mailbox, &asked)?))).await
}

fn page(office: &dyn Office, login: &Login, mailbox: String, asked: &MessagesQuery) -> Result<Messages, Problem> {
    let (store, config) = (office.store(), office.config());
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
    Ok(Messages {
        mailbox: Some(mailbox),
        new,
        saved,
        trash,
        messages: messages.into_iter().map(|message| shown(&config, login, message)).collect(),
        next,
    })
}

/// As its owner knows the caller now, or else as the caller was known then.
pub(super) fn shown(config: &Config, login: &Login, message: pbx::mailbox::Message) -> Message {
    let (from_name, _) = rows::known_or_told(config, login, &message.caller.number, &message.caller.name);
    Message {
        id: message.id.0,
        folder: match message.folder {
            Folder::New => FolderName::New,
            Folder::Saved => FolderName::Saved,
            Folder::Trash => FolderName::Trash,
        },
        from: message.caller.number,
        from_name,
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
        let ask = MailboxAsk::Move { recording: RecordingId(id), from, to: folder(sent.folder) };
        let is_done = done(store, ask)?;
        // Somebody moved it in between, perhaps on the phone; or it is gone, which this says.
        let message = own(store, &mailbox, id)?;
        if !is_done {
            return Err(Problem::new(StatusCode::CONFLICT, Why::MessageMoved));
        }
        Ok(Json(shown(&office.config(), &login, message)))
    })
    .await
}

/// Has the store do it; false where what was to be changed is not there.
pub(super) fn done(store: &Store, ask: MailboxAsk) -> Result<bool, Problem> {
    let (reply, answer) = sync_channel(1);
    store.mailbox(ask, Box::new(move |answer| drop(reply.send(answer))));
    match answer.recv_timeout(STORE_PATIENCE) {
        Ok(Answer::Committed) => Ok(true),
        Ok(Answer::Gone) => Ok(false),
        _ => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::StoreBusy)),
    }
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
    app.wait(move |office| own(office.store(), &mailbox, id).map(drop)).await?;
    sound::of(&app, RecordingId(id), &headers).await
}
