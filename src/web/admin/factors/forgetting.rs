//! The second factors of somebody who has lost them all, taken away by an administrator.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::proof;
use crate::domain::accounts::factors::{self, Factors};
use crate::domain::accounts::users::{self, User};
use crate::domain::ids::UserId;
use crate::domain::policy::{Action, may};
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/factors/forgetting.html")]
struct ForgettingPage {
    desk: Desk,
    user: User,
    factors: Factors,
}

/// Asks before it is done.
pub async fn new(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = UserId(*id);
    may(editor.actor(), Action::ForgetFactors { of: id })?;
    if let Some(first) = proof::first(&editor, &urls::factors_removal(id)) {
        return Ok(first);
    }
    let (user, factors) = {
        let mut conn = editor.database.connection().await?;
        (users::by_id(&mut conn, id).await?, factors::of(&mut conn, id).await?)
    };
    let user = user.ok_or(Error::NotFound)?;
    html(StatusCode::OK, &ForgettingPage { desk: Desk::of(&editor, Room::People).await, user, factors })
}

/// Takes them all away.
pub async fn create(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = UserId(*id);
    may(editor.actor(), Action::ForgetFactors { of: id })?;
    if let Some(first) = proof::first(&editor, &urls::factors_removal(id)) {
        return Ok(first);
    }
    let user = {
        let mut conn = editor.database.connection().await?;
        let user = users::by_id(&mut conn, id).await?.ok_or(Error::NotFound)?;
        let change = factors::forget(&mut conn, editor.actor(), id, editor.clock.now()).await?;
        editor.apply(change);
        user
    };
    editor.say(format!(
        "The second factors and the password of {} are taken away, and every sign-in of theirs has ended. Now make them a \
         link for a new password.",
        user.name
    ));
    Ok(see_other(&urls::person(id)))
}
