//! Recovery codes: shown once, in the answer to the wish for them.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::proof;
use crate::domain::accounts::factors::recovery;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::html;
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/factors/recovery.html")]
struct RecoveryPage {
    desk: Desk,
    codes: Vec<String>,
    email: String,
}

/// Makes new codes, and shows them for the only time.
pub async fn create(editor: Editor) -> Result<HttpResponse, Error> {
    if let Some(first) = proof::first(&editor, urls::FACTORS) {
        return Ok(first);
    }
    let codes = {
        let mut conn = editor.database.connection().await?;
        recovery::make(&mut conn, &editor.user, editor.clock.now()).await?
    };
    let desk = Desk::of(&editor, Room::Account).await;
    html(StatusCode::OK, &RecoveryPage { desk, codes, email: editor.user.email.clone() })
}
