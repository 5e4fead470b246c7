//! What callers of one's own mailbox hear: the same greeting and name as by phone, one home for both.

use std::fs;
use std::time::Duration;

use axum::Json;
use axum::body::to_bytes;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use media::upload::{self, MAX_BYTES};
use pbx::ids::{CallId, RecordingId};
use pbx::mailbox::{GREETING_LIMIT, NAME_LIMIT, NewRecording, SHORTEST_OWN, spoken_greeting};
use store::{MailboxAsk, Own, Store};

use super::model::{CallersHear, Greeting, OwnRecording, UseOwn, WhichOwn};
use super::voicemail::{done, mailbox};
use super::wire::{At, Sent};
use super::{App, UPLOAD_PATIENCE, sound};
use crate::problem::Problem;
use crate::sessions::Login;
use crate::why::Why;

/// The longest name that is read back: what was kept is within the limit, but for the packet that reached it.
const NAME_READ: Duration = Duration::from_secs(NAME_LIMIT.as_secs() + 1);

/// What callers of one's own mailbox hear
#[utoipa::path(get, path = "/api/greeting", tag = "voicemail", responses((status = 200, body = Greeting)))]
pub(super) async fn heard(
    State(app): State<App>,
    Extension(login): Extension<Login>,
) -> Result<Json<Greeting>, Problem> {
    let mailbox = mailbox(&login)?;
    app.wait(move |office| Ok(Json(shown(office.store(), &mailbox)?))).await
}

fn shown(store: &Store, mailbox: &str) -> Result<Greeting, Problem> {
    let own = |which| -> Result<Option<OwnRecording>, Problem> {
        let sound = store.own_sound(mailbox, which)?;
        Ok(sound.map(|sound| OwnRecording { id: sound.recording.0, at: sound.at, length_ms: sound.length_ms }))
    };
    let (greeting, name, assistant) = (own(Own::Greeting)?, own(Own::Name)?, own(Own::Assistant)?);
    let callers_hear = match (&greeting, &name) {
        (Some(_), _) => CallersHear::Own,
        (None, Some(_)) => CallersHear::Name,
        (None, None) => CallersHear::Spoken,
    };
    let (greeting_most_s, name_most_s) = (GREETING_LIMIT.as_secs(), NAME_LIMIT.as_secs());
    Ok(Greeting { callers_hear, greeting, name, assistant, greeting_most_s, name_most_s })
}

fn own(which: WhichOwn) -> Own {
    match which {
        WhichOwn::Greeting => Own::Greeting,
        WhichOwn::Name => Own::Name,
        WhichOwn::Assistant => Own::Assistant,
    }
}

/// The sound of one's own greeting or name, whole or a part of it
#[utoipa::path(get, path = "/api/greeting/{which}/audio", tag = "voicemail",
    params(("which" = WhichOwn, Path, description = "Which."), ("Range" = Option<String>, Header, description = "One range of bytes.")),
    responses(
        (status = 200, content_type = "audio/wav", description = "All of it.", body = Vec<u8>),
        (status = 206, content_type = "audio/wav", description = "The part that was asked for.", body = Vec<u8>),
        (status = 416, description = "There is no such part."),
    ))]
pub(super) async fn audio(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(which): At<WhichOwn>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mailbox = mailbox(&login)?;
    let found = app.wait(move |office| Ok(office.store().own_sound(&mailbox, own(which))?)).await?;
    let none = || Problem::not_found(Why::NothingRecorded);
    sound::of(&app, found.ok_or_else(none)?.recording, &headers).await
}

/// What the box says to callers of one's own mailbox where there is no greeting of one's own, with the name as they hear it
#[utoipa::path(get, path = "/api/greeting/spoken/audio", tag = "voicemail",
    params(("Range" = Option<String>, Header, description = "One range of bytes.")),
    responses(
        (status = 200, content_type = "audio/wav", description = "All of it.", body = Vec<u8>),
        (status = 206, content_type = "audio/wav", description = "The part that was asked for.", body = Vec<u8>),
        (status = 416, description = "There is no such part."),
    ))]
pub(super) async fn spoken(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let mailbox = mailbox(&login)?;
    let file = app
        .wait(move |office| {
            let name = office.store().own_sound(&mailbox, Own::Name)?;
            let path = name.map(|name| office.store().recordings_dir().join(name.recording.file_name()));
            let name =
                path.and_then(|path| upload::telephone(&fs::read(path).ok()?, &(Duration::ZERO..=NAME_READ)).ok());
            let prompt = spoken_greeting(&office.config(), &mailbox, name.is_some());
            let silent = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::NoVoice);
            let said = office.speak(prompt).ok_or_else(silent)?;
            Ok(media::wav_file(&[name.unwrap_or_default().as_slice(), &said].concat()))
        })
        .await?;
    Ok(sound::of_file(file, &headers))
}

/// Takes a sound file for one's own greeting or name; callers hear it from the next call on
#[utoipa::path(put, path = "/api/greeting/{which}", tag = "voicemail",
    params(("which" = WhichOwn, Path, description = "Which.")),
    request_body(content = Vec<u8>, content_type = "audio/wav", description = "WAV: PCM, floating point or G.711."),
    responses((status = 200, body = Greeting)))]
pub(super) async fn take(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(which): At<WhichOwn>,
    request: Request,
) -> Result<Json<Greeting>, Problem> {
    let mailbox = mailbox(&login)?;
    let busy = || Problem {
        retry_after: Some(UPLOAD_PATIENCE),
        ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::SoundBusy)
    };
    // Before the body is read: memory is what there is little of.
    let turn = tokio::time::timeout(UPLOAD_PATIENCE, app.uploads.acquire()).await;
    let _turn = turn.map_err(|_| busy())?.map_err(|_| busy())?;
    let cut = |_| Problem::new(StatusCode::BAD_REQUEST, Why::CutOff);
    let file = to_bytes(request.into_body(), MAX_BYTES).await.map_err(cut)?;
    app.wait(move |office| {
        let limit = match which {
            WhichOwn::Greeting | WhichOwn::Assistant => GREETING_LIMIT,
            WhichOwn::Name => NAME_LIMIT,
        };
        let samples =
            upload::telephone(&file, &(SHORTEST_OWN..=limit)).map_err(|unusable| Problem::field("file", unusable))?;
        drop(file);
        let silent = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, Why::EngineBusy);
        let id = office.number_recording().ok_or_else(silent)?;
        let (now, purpose) = (office.now(), own(which).purpose());
        // No call made it.
        let call = CallId(0);
        let new = NewRecording { id, mailbox: mailbox.clone(), purpose, call, at: now.wall, is_synced: now.synced };
        office.store().take_sound(new, &samples)?;
        log::info!("{mailbox}: {id} was brought by the page, {} s", samples.len() / 8_000);
        Ok(Json(shown(office.store(), &mailbox)?))
    })
    .await
}

/// Has callers hear a recording again that they heard till now, or the box
#[utoipa::path(post, path = "/api/greeting/{which}/use", tag = "voicemail", request_body = UseOwn,
    params(("which" = WhichOwn, Path, description = "Which.")), responses((status = 200, body = Greeting)))]
pub(super) async fn put_in_use(
    State(app): State<App>,
    Extension(login): Extension<Login>,
    At(which): At<WhichOwn>,
    Sent(sent): Sent<UseOwn>,
) -> Result<Json<Greeting>, Problem> {
    let mailbox = mailbox(&login)?;
    app.wait(move |office| {
        let recording = sent.id.map(RecordingId);
        let ask = MailboxAsk::UseOwn { mailbox: mailbox.clone(), own: own(which), recording };
        if !done(office.store(), ask)? {
            return Err(Problem::not_found(Why::RecordingGone));
        }
        Ok(Json(shown(office.store(), &mailbox)?))
    })
    .await
}
