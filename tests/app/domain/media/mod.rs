//! What becomes of an upload, what a text may show, and who gets it.

mod deleting;
mod documents;
mod pictures;
mod public;
mod publishing;
mod store;
mod words;

use onrecord::domain::ids::MediaId;
use onrecord::domain::media::{commands, prepare, words::Words};
use onrecord::domain::policy::Actor;
use onrecord::infra::blobs::Blobs;

use crate::support::cast::english;
use crate::support::desk::Desk;

/// Uploads by the editor.
pub async fn upload(desk: &mut Desk, blobs: &Blobs, content: &[u8]) -> MediaId {
    upload_as(desk, blobs, desk.people.editor, content).await
}

pub async fn upload_as(desk: &mut Desk, blobs: &Blobs, by: Actor, content: &[u8]) -> MediaId {
    let prepared = prepare(content).unwrap();
    commands::keep(&mut desk.conn, blobs, by, prepared, "March.jpg", desk.now).await.unwrap()
}

/// Says in English what a picture shows.
pub async fn describe(desk: &mut Desk, id: MediaId, alt: &str) {
    let words = [Words::typed(english(), alt, false, "", "")];
    commands::describe(&mut desk.conn, desk.people.editor, id, "", &words, desk.now).await.unwrap();
}
