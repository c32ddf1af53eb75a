//! A draft for somebody outside, by a link that the desk gave them. Nothing of it is kept, found or told on.

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};

use super::{errors, statements};
use crate::app::App;
use crate::domain::media::shown::Viewer;
use crate::domain::statements::previews::{self, FoundPreview, Opened};
use crate::domain::statements::published;
use crate::web::error::Error;
use crate::web::urls::{self, Place};

/// The draft that a link shows, or why it shows nothing any more.
pub async fn show(app: Data<App>, path: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    // A program that only looks whether there is something, as mail scanners do, is no reader.
    let opened = if *request.method() == Method::GET { Opened::Read } else { Opened::LookedAt };
    let mut conn = app.database.connection().await?;
    match previews::find(&mut conn, &path, opened, app.clock.now()).await? {
        FoundPreview::Here(draft) => {
            let topics = published::topics_of(&mut conn, draft.statement.id, draft.locale).await?;
            drop(conn);
            let draft = statements::Draft {
                facts: draft.statement.facts(),
                words: &draft.words,
                locale: draft.locale,
                original: draft.statement.original_locale,
                topics,
                viewer: Viewer { under: &urls::preview_media(&path), minding: draft.minding },
            };
            statements::preview_for_outsiders(&app, draft).await
        }
        FoundPreview::Public { number, locale, earlier } => {
            let place = earlier.map_or(Place::Statement(number), |n| Place::Version(number, n));
            Ok(HttpResponse::Found().insert_header((header::LOCATION, place.path(locale))).finish())
        }
        FoundPreview::Over(locale) => {
            drop(conn);
            errors::page(&app, locale, StatusCode::GONE, "preview-gone", None).await
        }
        FoundPreview::Nothing => Err(Error::NotFound),
    }
}
