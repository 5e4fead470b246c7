//! A recording as the browser plays it: whole, or the part that it asks for.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::RangeInclusive;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::stream;
use pbx::ids::RecordingId;

use super::App;
use crate::problem::Problem;
use crate::why::Why;

/// How much of a file is read at once.
const CHUNK: u64 = 64 * 1024;

/// The answer to a request for a recording that the asker may hear.
pub(super) async fn of(app: &App, id: RecordingId, headers: &HeaderMap) -> Result<Response, Problem> {
    let (file, length) = app
        .wait(move |office| {
            let path = office.store().recordings_dir().join(id.file_name());
            let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
            let (length, file) = opened.map_err(|error| {
                log::error!("{id}: its file cannot be read: {error}");
                Problem::not_found(Why::SoundGone)
            })?;
            Ok((file, length))
        })
        .await?;
    Ok(answer(length, headers, |start, count| read(file, start, count)))
}

/// The answer to a request for a sound that was made for it.
pub(super) fn of_file(file: Vec<u8>, headers: &HeaderMap) -> Response {
    let file = Bytes::from(file);
    answer(file.len() as u64, headers, |start, count| {
        let at = |offset: u64| usize::try_from(offset).map_or(file.len(), |offset| offset.min(file.len()));
        Body::from(file.slice(at(start)..at(start.saturating_add(count))))
    })
}

/// So many bytes, or the part of them that is asked for; `read` gets where that begins and how long it is.
fn answer(length: u64, asked: &HeaderMap, read: impl FnOnce(u64, u64) -> Body) -> Response {
    let range = asked.get(header::RANGE).and_then(|range| range.to_str().ok());
    let Ok(part) = range.map_or(Ok(None), |range| part(range, length)) else {
        let whole = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
        let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, Why::PastTheSound);
        return (whole, problem).into_response();
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
    (status, headers, read(*part.start(), count)).into_response()
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
