//! The content of pictures and files for people who are signed in: for lists and previews.

use actix_web::web::Path;
use actix_web::{HttpRequest, HttpResponse};

use crate::domain::statements::showing;
use crate::web::blobs;
use crate::web::error::Error;
use crate::web::extract::Editor;

/// A picture or a file, whether a text shows it or not.
pub async fn show(
    editor: Editor,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let found = {
        let mut conn = editor.database.connection().await?;
        showing::on_the_desk(&mut conn, editor.actor(), &path.0, &path.1).await?
    };
    let (medium, blob) = found.ok_or(Error::NotFound)?;
    blobs::answer(&editor.blobs, &request, &medium, &blob, "no-store").await
}
