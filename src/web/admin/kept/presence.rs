//! Who else has a text open, asked by the page now and then.

use actix_web::HttpRequest;
use actix_web::HttpResponse;
use actix_web::web::Path;
use serde::Serialize;

use super::answer::{iso, wants_json};
use crate::domain::kept::presence;
use crate::domain::statements::store;
use crate::web::admin::statements::found;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::see_other;
use crate::web::urls;

#[derive(Serialize)]
struct Here {
    also: Vec<Also>,
    /// The last save of the text.
    latest: Option<String>,
}

#[derive(Serialize)]
struct Also {
    name: String,
    since: String,
}

/// Notes that the page is still open, and says who else has the text open and what its last save is.
/// A browser that sends it as a form is led back to the page.
pub async fn note(
    editor: Editor,
    request: HttpRequest,
    path: Path<(i64, String)>,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let (text, user, now) = ((statement.id, locale), editor.user.id, editor.clock.now());
    let mut conn = editor.database.connection().await?;
    presence::seen(&mut conn, text, user, now).await?;
    if !wants_json(request.headers()) {
        return Ok(see_other(&urls::desk(statement.id, locale, "")));
    }
    let others = presence::others(&mut conn, text, user, now).await?;
    let translation = store::translation(&mut conn, statement.id, locale).await?;
    Ok(HttpResponse::Ok().json(Here {
        also: others.into_iter().map(|also| Also { name: also.name, since: iso(also.since) }).collect(),
        latest: translation.and_then(|text| text.latest_revision_id).map(|id| id.to_string()),
    }))
}
