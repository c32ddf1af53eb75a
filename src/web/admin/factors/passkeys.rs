//! Passkeys: the browser is asked by `static/passkeys.js`, and what it answers comes as a form.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;
use serde_json::json;

use super::{page, proof, site};
use crate::domain::accounts::factors::{
    self,
    passkeys::{self, Key, Question},
};
use crate::domain::ids::PasskeyId;
use crate::domain::outcome::{Problems, Refused};
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/factors/passkey_removal.html")]
struct RemovalPage {
    desk: Desk,
    key: Key,
    /// Whether the password stands alone after it.
    is_last: bool,
    email: String,
}

/// What the script is to ask the browser; or, in words, why not.
pub(in crate::web::admin) fn question(asked: Result<Question, Refused>) -> Result<HttpResponse, Error> {
    match asked {
        Ok(Question { token, options }) => {
            Ok(HttpResponse::Ok().json(json!({ "ceremony": token, "options": options })))
        }
        Err(Refused::Invalid(problems)) => {
            let said: Vec<&str> = problems.iter().map(|(_, message)| message).collect();
            Ok(HttpResponse::UnprocessableEntity().json(json!({ "said": said.join(" ") })))
        }
        Err(Refused::Conflict(said)) => Ok(HttpResponse::Conflict().json(json!({ "said": said }))),
        Err(other) => Err(other.into()),
    }
}

/// Asks for a new passkey.
pub async fn ask(editor: Editor) -> Result<HttpResponse, Error> {
    if !proof::is_fresh(&editor) {
        return Ok(HttpResponse::Conflict().json(json!({ "go": urls::proof(urls::FACTORS) })));
    }
    let site = site(&editor).await.ok_or(Error::NotFound)?;
    let mut conn = editor.database.connection().await?;
    question(passkeys::begin(&mut conn, &site, &editor.user, editor.clock.now()).await)
}

/// Adds the passkey that answered.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let site = site(&editor).await.ok_or(Error::NotFound)?;
    let name = fields.line("name");
    if fields.raw("answer").is_empty() {
        let words = "A passkey needs script, and a browser that knows passkeys. Please use an app instead.";
        return page(&editor, name, Problems::one("passkey", words)).await;
    }
    let added = {
        let mut conn = editor.database.connection().await?;
        let answered = (name.as_str(), fields.raw("ceremony"), fields.raw("answer"));
        passkeys::add(&mut conn, &site, &editor.user, answered, editor.clock.now()).await
    };
    match added {
        Ok(change) => {
            editor.apply(change);
            editor.say("The passkey is added. The next time you can sign in with it alone.");
            Ok(see_other(urls::FACTORS))
        }
        Err(Refused::Invalid(problems)) => page(&editor, name, problems).await,
        Err(other) => Err(other.into()),
    }
}

/// Asks before a passkey is taken away.
pub async fn end(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = PasskeyId(*id);
    match proof::first(&editor, &urls::passkey_removal(id)) {
        Some(first) => Ok(first),
        None => removal(&editor, id, Problems::default()).await,
    }
}

/// Takes a passkey away.
pub async fn destroy(editor: Editor, id: Path<i64>, fields: Fields) -> Result<HttpResponse, Error> {
    let id = PasskeyId(*id);
    if let Some(first) = proof::first(&editor, &urls::passkey_removal(id)) {
        return Ok(first);
    }
    let password = proof::seen(&editor, &fields).await?;
    let removed = {
        let mut conn = editor.database.connection().await?;
        passkeys::remove(&mut conn, &editor.user, id, password, editor.clock.now()).await
    };
    match removed {
        Ok(change) => {
            editor.apply(change);
            editor.say(
                "The passkey is taken away. The device may still offer it; here it opens nothing any more.",
            );
            Ok(see_other(urls::FACTORS))
        }
        Err(Refused::Invalid(problems)) => removal(&editor, id, problems).await,
        Err(other) => Err(other.into()),
    }
}

async fn removal(editor: &Editor, id: PasskeyId, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let factors = {
        let mut conn = editor.database.connection().await?;
        factors::of(&mut conn, editor.user.id).await?
    };
    let is_last = factors.count() == 1;
    let key = factors.passkeys.into_iter().find(|key| key.id == id).ok_or(Error::NotFound)?;
    let desk = Desk::of(editor, Room::Account).await.with_problems(problems);
    html(status, &RemovalPage { desk, key, is_last, email: editor.user.email.clone() })
}
