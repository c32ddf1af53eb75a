//! Pictures and files, as readers get them: while a text that shows them is public.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use crate::app::App;
use crate::domain::statements::previews::{self, FoundPreview, Opened};
use crate::domain::statements::showing::{self, Found};
use crate::web::blobs;
use crate::web::error::Error;

/// A picture or a file of a draft, for somebody outside who has a link to it.
pub async fn preview(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String, String)>,
) -> Result<HttpResponse, Error> {
    let (token, hash, name) = path.as_ref();
    let found = {
        let mut conn = app.database.connection().await?;
        match previews::find(&mut conn, token, Opened::LookedAt, app.clock.now()).await? {
            FoundPreview::Here(draft) => showing::in_a_draft(&mut conn, &draft, hash, name).await?,
            _ => None,
        }
    };
    let (medium, blob) = found.ok_or(Error::NotFound)?;
    blobs::answer(&app.blobs, &request, &medium, &blob, "no-store").await
}

/// A picture or a file: its content, or what stands at its address instead. Whether it is public is asked
/// each time: a withdrawn one is gone with the text.
pub async fn show(
    app: Data<App>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, Error> {
    let (hash, name) = path.as_ref();
    let found = {
        let mut conn = app.database.connection().await?;
        showing::by_address(&mut conn, hash, name).await?
    };
    match found {
        Found::Here(found) => {
            let (medium, blob) = *found;
            blobs::answer(&app.blobs, &request, &medium, &blob, blobs::FOR_READERS).await
        }
        Found::Gone => Err(Error::Gone),
        Found::Nothing => Err(Error::NotFound),
    }
}
