//! Answering with a picture or a file: whole or in part, and only once to whoever has it already.

use std::ops::Range;

use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;

use super::error::Error;
use crate::domain::media::{Blob, Format, Medium};
use crate::infra::blobs::Blobs;

/// A picture or a file may do nothing at all in a browser. A document is shown by the browser's own reader,
/// which a sandbox would keep from starting: it is left out there, where no script of ours or of theirs is.
const PICTURE_POLICY: &str = "sandbox; default-src 'none'; frame-ancestors 'none'";
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; form-action 'none'; \
                           base-uri 'none'; frame-ancestors 'none'";

/// Kept by the reader's own browser for as long as it likes, for the address means this content for ever; and
/// by nothing in between, so that a withdrawal leaves no copy that still answers (docs/decisions.md).
pub const FOR_READERS: &str = "private, max-age=31536000, immutable";

/// Answers with a blob.
pub async fn answer(
    blobs: &Blobs,
    request: &HttpRequest,
    medium: &Medium,
    blob: &Blob,
    kept: &str,
) -> Result<HttpResponse, Error> {
    let tag = format!("\"{}\"", blob.hash);
    let whole = u64::try_from(blob.bytes).unwrap_or_default();
    let mut response = HttpResponse::Ok();
    let policy = if blob.format == Format::Pdf { FILE_POLICY } else { PICTURE_POLICY };
    response
        .insert_header((header::ETAG, tag.clone()))
        .insert_header((header::CACHE_CONTROL, kept))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .insert_header(("cross-origin-resource-policy", "same-origin"));
    if asks_whether_changed(request, &tag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    response
        .insert_header((header::CONTENT_TYPE, blob.format.media_type()))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{}\"", blob.file_name(medium)),
        ))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        // It is as small as it gets, and a part of it is a part of these very bytes.
        .insert_header((header::CONTENT_ENCODING, "identity"));
    let part = match asked_part(request, &tag, whole) {
        Part::Whole => None,
        Part::Of(part) => {
            let last = part.end.saturating_sub(1);
            response
                .status(StatusCode::PARTIAL_CONTENT)
                .insert_header((header::CONTENT_RANGE, format!("bytes {}-{last}/{whole}", part.start)));
            Some(part)
        }
        Part::Outside => {
            return Ok(response
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .insert_header((header::CONTENT_RANGE, format!("bytes */{whole}")))
                .finish());
        }
    };
    let size = part.as_ref().map_or(whole, |part| part.end - part.start);
    if request.method() == Method::HEAD {
        let nothing = stream::empty::<Result<_, std::io::Error>>();
        return Ok(response.body(BoxBody::new(SizedStream::new(size, nothing))));
    }
    let pieces = blobs.read(&blob.hash, part).await.map_err(|error| Error::Internal(error.to_string()))?;
    Ok(response.body(BoxBody::new(SizedStream::new(size, pieces))))
}

/// Whether the browser has this content and only asks whether it still holds (RFC 9110, 13.1.2).
fn asks_whether_changed(request: &HttpRequest, tag: &str) -> bool {
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    known.is_some_and(|known| {
        known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
    })
}

/// What part of a blob is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Of(Range<u64>),
    Outside,
}

/// The one part that is asked for (RFC 9110, 14.2). Several at once get the whole, as anything unreadable does.
fn asked_part(request: &HttpRequest, tag: &str, whole: u64) -> Part {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    if header(header::IF_RANGE).is_some_and(|of| of != tag) {
        return Part::Whole;
    }
    header(header::RANGE).map_or(Part::Whole, |range| part_of(range, whole))
}

fn part_of(range: &str, whole: u64) -> Part {
    let Some((first, last)) = range.strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| {
        let is_plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<u64>().ok().filter(|_| is_plain)
    };
    let part = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(whole),
        (Some(first), None) if last.is_empty() => first..whole,
        (None, Some(last)) if first.is_empty() => whole.saturating_sub(last)..whole,
        _ => return Part::Whole,
    };
    if part.is_empty() { Part::Outside } else { Part::Of(part) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_they_are_written() {
        for (range, part) in [
            ("bytes=0-99", Part::Of(0..100)),
            ("bytes=90-", Part::Of(90..100)),
            ("bytes=-10", Part::Of(90..100)),
            ("bytes=50-9999", Part::Of(50..100)),
            ("bytes=-9999", Part::Of(0..100)),
            ("bytes=100-", Part::Outside),
            ("bytes=-0", Part::Outside),
            ("bytes=9-1", Part::Whole),
            ("bytes=0-1,5-6", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("pages=1-2", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=99999999999999999999-", Part::Whole),
        ] {
            assert_eq!(part_of(range, 100), part, "{range}");
        }
    }
}
