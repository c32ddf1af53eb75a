//! Apps that give codes.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{proof, qr};
use crate::domain::accounts::factors::{
    self,
    totp::{self, App, Pending},
};
use crate::domain::ids::TotpDeviceId;
use crate::domain::outcome::{Problems, Refused};
use crate::i18n::Locale;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/factors/app.html")]
struct AppPage {
    desk: Desk,
    id: TotpDeviceId,
    secret: String,
    address: String,
    picture: Option<String>,
    name: String,
}

#[derive(Template)]
#[template(path = "admin/factors/app_removal.html")]
struct RemovalPage {
    desk: Desk,
    app: App,
    /// Whether the password stands alone after it.
    is_last: bool,
    email: String,
}

/// Makes a secret, and shows it.
pub async fn create(editor: Editor) -> Result<HttpResponse, Error> {
    if let Some(first) = proof::first(&editor, urls::FACTORS) {
        return Ok(first);
    }
    let id = {
        let mut conn = editor.database.connection().await?;
        totp::begin(&mut conn, &editor.user, editor.clock.now()).await?
    };
    Ok(see_other(&urls::app(id)))
}

/// The secret, as a picture and as text, until its first code was right.
pub async fn show(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let pending = find(&editor, TotpDeviceId(*id)).await?;
    page(&editor, &pending, String::new(), Problems::default()).await
}

/// Lets the app count, if the code is right.
pub async fn update(editor: Editor, id: Path<i64>, fields: Fields) -> Result<HttpResponse, Error> {
    let id = TotpDeviceId(*id);
    let (name, code) = (fields.line("name"), fields.line("code"));
    let confirmed = {
        let mut conn = editor.database.connection().await?;
        totp::confirm(&mut conn, &editor.user, id, (&name, &code), editor.clock.now()).await
    };
    match confirmed {
        Ok(change) => {
            editor.apply(change);
            editor.say("The app counts from now on: you will be asked for a code after the password.");
            Ok(see_other(urls::FACTORS))
        }
        Err(Refused::Invalid(problems)) => page(&editor, &find(&editor, id).await?, name, problems).await,
        Err(other) => Err(other.into()),
    }
}

/// Asks before an app is taken away.
pub async fn end(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = TotpDeviceId(*id);
    match proof::first(&editor, &urls::app_removal(id)) {
        Some(first) => Ok(first),
        None => removal(&editor, id, Problems::default()).await,
    }
}

/// Takes an app away.
pub async fn destroy(editor: Editor, id: Path<i64>, fields: Fields) -> Result<HttpResponse, Error> {
    let id = TotpDeviceId(*id);
    if let Some(first) = proof::first(&editor, &urls::app_removal(id)) {
        return Ok(first);
    }
    let password = proof::seen(&editor, &fields).await?;
    let removed = {
        let mut conn = editor.database.connection().await?;
        totp::remove(&mut conn, &editor.user, id, password, editor.clock.now()).await
    };
    match removed {
        Ok(change) => {
            editor.apply(change);
            editor.say("The app is taken away. Its codes open nothing any more.");
            Ok(see_other(urls::FACTORS))
        }
        Err(Refused::Invalid(problems)) => removal(&editor, id, problems).await,
        Err(other) => Err(other.into()),
    }
}

async fn removal(editor: &Editor, id: TotpDeviceId, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let factors = {
        let mut conn = editor.database.connection().await?;
        factors::of(&mut conn, editor.user.id).await?
    };
    let is_last = factors.count() == 1;
    let app = factors.apps.into_iter().find(|app| app.id == id).ok_or(Error::NotFound)?;
    let desk = Desk::of(editor, Room::Account).await.with_problems(problems);
    html(status, &RemovalPage { desk, app, is_last, email: editor.user.email.clone() })
}

async fn find(editor: &Editor, id: TotpDeviceId) -> Result<Pending, Error> {
    let mut conn = editor.database.connection().await?;
    let pending = totp::pending(&mut conn, &editor.user, id, editor.clock.now()).await?;
    pending.ok_or(Error::NotFound)
}

async fn page(
    editor: &Editor,
    pending: &Pending,
    name: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let issuer = editor.outline().await.names(Locale::english()).short_name;
    let address = pending.address(&issuer, &editor.user.email).unwrap_or_default();
    let page = AppPage {
        desk: Desk::of(editor, Room::Account).await.with_problems(problems),
        id: pending.id,
        secret: pending.typed(),
        picture: qr::picture(&address),
        address,
        name,
    };
    html(status, &page)
}
