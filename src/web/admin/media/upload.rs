//! Uploading: from the page of its own, and from the editor by its script.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::json;

use super::Item;
use super::receive::{self, Upload};
use crate::domain::ids::MediaId;
use crate::domain::media::library::{self, Entry};
use crate::domain::media::prepare::MOST_PIXELS;
use crate::domain::media::{Format, Prepared, Trouble, commands, prepare};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// How long an upload waits for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Template)]
#[template(path = "admin/media/upload.html")]
struct UploadPage {
    desk: Desk,
}

impl UploadPage {
    fn megabytes(&self, format: Format) -> usize {
        format.most_bytes() / 1_000_000
    }
    fn megapixels(&self) -> u64 {
        MOST_PIXELS / 1_000_000
    }
}

/// The form.
pub async fn new(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Upload)?;
    html(StatusCode::OK, &UploadPage { desk: Desk::of(&editor, Room::Media).await })
}

/// An upload. A browser is sent on to the page of what was kept; a script gets what it has to know of it.
pub async fn create(editor: Editor, request: HttpRequest, form: Multipart) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Upload)?;
    let is_script = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"));
    match take(&editor, form).await {
        Ok(id) if is_script => told(&editor, id).await,
        Ok(id) => {
            editor.say("It is kept. Now say what it shows, in each language that will show it.");
            Ok(see_other(&urls::desk_medium(id)))
        }
        Err(NotTaken::Told(status, said)) if is_script => {
            Ok(HttpResponse::build(status).json(json!({ "problem": said })))
        }
        Err(NotTaken::Told(status, said)) => {
            let desk = Desk::of(&editor, Room::Media).await.with_problems(Problems::one("file", said));
            html(status, &UploadPage { desk })
        }
        Err(NotTaken::Failed(error)) => Err(error),
    }
}

/// Why an upload was not taken.
enum NotTaken {
    /// For a reason that people are told at the field.
    Told(StatusCode, String),
    /// For one that has a page of its own.
    Failed(Error),
}

impl From<Error> for NotTaken {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<Trouble> for NotTaken {
    fn from(trouble: Trouble) -> Self {
        Self::Told(StatusCode::UNPROCESSABLE_ENTITY, trouble.to_string())
    }
}

impl From<Refused> for NotTaken {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Conflict(said) => Self::Told(StatusCode::INSUFFICIENT_STORAGE, said),
            other => Self::Failed(other.into()),
        }
    }
}

async fn take(editor: &Editor, form: Multipart) -> Result<MediaId, NotTaken> {
    let Ok(Ok(_turn)) = tokio::time::timeout(PATIENCE, editor.uploading.acquire()).await else {
        let said = "Others are uploading just now. Please try again in a minute.".to_owned();
        return Err(NotTaken::Told(StatusCode::SERVICE_UNAVAILABLE, said));
    };
    let Upload { name, content } = receive::receive(form).await??;
    let prepared = drawn_anew(content).await?;
    let mut conn = editor.database.connection().await.map_err(Error::from)?;
    let now = editor.clock.now();
    Ok(commands::keep(&mut conn, &editor.blobs, editor.actor(), prepared, &name, now).await?)
}

/// Away from the threads that answer. A decoder that gives up in its own way has met a damaged file.
async fn drawn_anew(content: Vec<u8>) -> Result<Prepared, Trouble> {
    tokio::task::spawn_blocking(move || prepare(&content)).await.unwrap_or_else(|error| {
        log::error!("an upload could not be read: {error}");
        Err(Trouble::Damaged)
    })
}

async fn told(editor: &Editor, id: MediaId) -> Result<HttpResponse, Error> {
    let entry: Entry = {
        let mut conn = editor.database.connection().await?;
        library::entry(&mut conn, editor.actor().minding(), id).await?.ok_or(Error::NotFound)?
    };
    let item = Item::of(&entry);
    let warnings: Vec<&str> = entry.medium.warnings().into_iter().map(|warning| warning.text()).collect();
    Ok(HttpResponse::Created().json(json!({
        "markdown": item.markdown,
        "page": item.path,
        "title": item.title,
        "label": item.label,
        "isPicture": entry.medium.format.is_picture(),
        "warnings": warnings,
    })))
}
