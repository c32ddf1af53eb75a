//! Closing one earlier version, and opening it again.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::desk::{Desk, Room};
use super::statements::found;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands::{self, OneVersion};
use crate::domain::statements::desk::VersionRow;
use crate::domain::statements::store::{self, Statement};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls::{self, Place};

#[derive(Template)]
#[template(path = "admin/closing.html")]
struct ClosingPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    version: VersionRow,
    reason: String,
}

impl ClosingPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn here(&self) -> String {
        self.act(&format!("versions/{}/closing", self.version.n))
    }
    fn public(&self) -> String {
        Place::Version(self.statement.number, self.version.n).path(self.locale)
    }
}

/// What is about to be closed.
pub async fn end(editor: Editor, path: Path<(i64, String, i32)>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Withdraw)?;
    ask_why(&editor, path.into_inner(), StatusCode::OK, String::new(), Problems::default()).await
}

async fn ask_why(
    editor: &Editor,
    (id, locale, n): (i64, String, i32),
    status: StatusCode,
    reason: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, &(id, locale)).await?;
    let version = {
        let mut conn = editor.database.connection().await?;
        let text = store::translation(&mut conn, statement.id, locale).await?.ok_or(Error::NotFound)?;
        let versions = crate::domain::statements::desk::versions_of(&mut conn, text.id).await?;
        versions.into_iter().find(|version| version.n == n).ok_or(Error::NotFound)?
    };
    let desk = Desk::of(editor, Room::Statements).await.with_problems(problems);
    html(status, &ClosingPage { desk, statement, locale, version, reason })
}

/// Closes an earlier version.
pub async fn destroy(
    editor: Editor,
    path: Path<(i64, String, i32)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (id, tag, n) = path.into_inner();
    let (statement, locale) = found(&editor, &(id, tag.clone())).await?;
    let reason = fields.paragraphs("reason");
    let version = OneVersion { statement: statement.id, locale, n };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::close_version(&mut conn, editor.actor(), version, &reason, editor.clock.now()).await
    };
    match outcome {
        Ok(change) => {
            editor.apply(change);
            let undo = urls::desk(statement.id, locale, &format!("versions/{n}/reopening"));
            let text =
                format!("Version {n} of number {} in {} is closed.", statement.number, locale.own_name());
            editor.say_with_undo(text, undo);
            Ok(see_other(&urls::desk(statement.id, locale, "")))
        }
        Err(Refused::Invalid(problems)) => {
            ask_why(&editor, (id, tag, n), StatusCode::UNPROCESSABLE_ENTITY, reason, problems).await
        }
        Err(Refused::Conflict(why)) => {
            ask_why(&editor, (id, tag, n), StatusCode::CONFLICT, reason, Problems::one("", why)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Gives a closed version back to readers.
pub async fn reopen(editor: Editor, path: Path<(i64, String, i32)>) -> Result<HttpResponse, Error> {
    let (id, tag, n) = path.into_inner();
    let (statement, locale) = found(&editor, &(id, tag)).await?;
    let version = OneVersion { statement: statement.id, locale, n };
    let mut conn = editor.database.connection().await?;
    let change = commands::reopen_version(&mut conn, editor.actor(), version, editor.clock.now()).await?;
    editor.apply(change);
    editor.say(format!("Version {n} can be read again."));
    Ok(see_other(&urls::desk(statement.id, locale, "")))
}
