//! Removing a text for good: for administrators, who type its number to be sure.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::desk::{Desk, Room};
use super::statements::found;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::PublicState;
use crate::domain::statements::commands::{self, Removal};
use crate::domain::statements::store::{self, Statement};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/removal.html")]
struct RemovalPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    title: String,
    /// The other languages that keep their words.
    others: Vec<Locale>,
    reason: String,
    number_typed: String,
}

impl RemovalPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
}

/// What is about to be removed.
pub async fn new(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Remove)?;
    ask(&editor, &path, StatusCode::OK, &Fields::default(), Problems::default()).await
}

async fn ask(
    editor: &Editor,
    path: &(i64, String),
    status: StatusCode,
    fields: &Fields,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    let mut conn = editor.database.connection().await?;
    let texts = store::translations_of(&mut conn, statement.id).await?;
    let text = texts.iter().find(|text| text.locale == locale).ok_or(Error::NotFound)?;
    let title = match text.latest_revision_id {
        Some(revision) => store::words(&mut conn, revision).await?.title,
        None => String::new(),
    };
    drop(conn);
    let kept = texts.iter().filter(|t| t.locale != locale && t.public_state != PublicState::Removed);
    let page = RemovalPage {
        desk: Desk::of(editor, Room::Statements).await.with_problems(problems),
        others: kept.map(|text| text.locale).collect(),
        reason: fields.paragraphs("reason"),
        number_typed: fields.line("number"),
        statement,
        locale,
        title,
    };
    html(status, &page)
}

/// Removes a text for good.
pub async fn create(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let removal = Removal {
        statement: statement.id,
        locale,
        number_typed: fields.line("number"),
        reason: fields.paragraphs("reason"),
    };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::remove(&mut conn, editor.actor(), removal, editor.clock.now()).await
    };
    match outcome {
        Ok(change) => {
            editor.apply(change);
            editor.say(format!(
                "The {} text of number {} is removed for good.",
                locale.own_name(),
                statement.number
            ));
            Ok(see_other(urls::DESK))
        }
        Err(Refused::Invalid(problems)) => {
            ask(&editor, &path, StatusCode::UNPROCESSABLE_ENTITY, &fields, problems).await
        }
        Err(other) => Err(other.into()),
    }
}
