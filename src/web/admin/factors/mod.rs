//! What a person signs in with besides a password, on the page of their own account.

pub mod apps;
pub mod forgetting;
pub mod passkeys;
pub mod proof;
mod qr;
pub mod recovery;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::desk::{Desk, Room};
use super::sessions::Asked;
use crate::app::App;
use crate::domain::accounts::factors::recovery::HOW_MANY;
use crate::domain::accounts::factors::{self, Factors, is_lacking, passkeys::Site};
use crate::domain::outcome::Problems;
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::html;
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/factors/index.html")]
struct FactorsPage {
    desk: Desk,
    factors: Factors,
    /// The host that new passkeys are for; `None` where there can be none.
    host: Option<String>,
    base_url: String,
    /// Whether this person can do nothing else before they have one.
    is_lacking: bool,
    /// Whether they have proved who they are a moment ago.
    is_proved: bool,
    /// What they were about to call a passkey.
    name: String,
}

#[derive(Template)]
#[template(path = "admin/factors/first.html")]
struct FirstPage {
    desk: Desk,
    asked: Asked,
}

/// All of them.
pub async fn index(editor: Editor) -> Result<HttpResponse, Error> {
    page(&editor, String::new(), Problems::default()).await
}

async fn page(editor: &Editor, name: String, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (factors, is_lacking) = {
        let mut conn = editor.database.connection().await?;
        (factors::of(&mut conn, editor.user.id).await?, is_lacking(&mut conn, &editor.user).await?)
    };
    let page = FactorsPage {
        desk: Desk::of(editor, Room::Account).await.with_problems(problems),
        factors,
        host: site(editor).await.map(|site| site.host().to_owned()),
        base_url: editor.base_url.as_str().to_owned(),
        is_lacking,
        is_proved: proof::is_fresh(editor),
        name,
    };
    html(status, &page)
}

/// A form given back to somebody who has to get a second factor first.
pub(super) async fn first(app: &App, asked: Asked) -> Result<HttpResponse, Error> {
    html(StatusCode::FORBIDDEN, &FirstPage { desk: Desk::outside(app).await, asked })
}

/// This site as passkeys know it, where they can.
pub(super) async fn site(app: &App) -> Option<Site> {
    let names = app.outline().await.names(Locale::english());
    Site::at(&app.base_url, &names.short_name)
}
