//! Review: what was submitted, what is said about it, and what is decided.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::desk::{Desk, Room};
use super::editor::EditorPage;
use super::statement_form::Form;
use super::statements::found;
use super::way::Way;
use crate::domain::ids::RevisionId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::statements::commands::{self, Named};
use crate::domain::statements::draft::Words;
use crate::domain::statements::notes::NoteKind;
use crate::domain::statements::store::{self, Statement};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/review.html")]
struct ReviewPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    revision: RevisionId,
    words: Words,
    way: Way,
    note: String,
}

impl ReviewPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
}

/// The page.
pub async fn show(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    page(&editor, &path, StatusCode::OK, String::new(), Problems::default()).await
}

async fn page(
    editor: &Editor,
    path: &(i64, String),
    status: StatusCode,
    note: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    let mut conn = editor.database.connection().await?;
    let text = store::translation(&mut conn, statement.id, locale).await?.ok_or(Error::NotFound)?;
    let revision = text.latest_revision_id.ok_or(Error::NotFound)?;
    let words = store::words(&mut conn, revision).await?;
    let way = Way::read(&mut conn, editor, Some(&statement), Some(&text)).await?;
    drop(conn);
    let desk = Desk::of(editor, Room::Statements).await.with_problems(problems);
    html(status, &ReviewPage { desk, statement, locale, revision, words, way, note })
}

/// The save that a form names.
pub(super) async fn named(
    editor: &Editor,
    path: &(i64, String),
    fields: &Fields,
) -> Result<(Named, i64), Error> {
    let (statement, locale) = found(editor, path).await?;
    let revision = fields.raw("revision").parse().map(RevisionId).map_err(|_| Error::BadRequest)?;
    Ok((Named { statement: statement.id, locale, revision }, statement.number))
}

/// Answers what a decision came to: on to the page with a word, or back with what was typed.
async fn answer(
    editor: &Editor,
    path: &(i64, String),
    fields: &Fields,
    outcome: Result<Change, Refused>,
    done: &str,
) -> Result<HttpResponse, Error> {
    let note = fields.paragraphs("note");
    match outcome {
        Ok(change) => {
            editor.apply(change);
            editor.say(done);
            let (statement, locale) = found(editor, path).await?;
            let then = if fields.raw("then") == "editor" { "" } else { "review" };
            Ok(see_other(&urls::desk(statement.id, locale, then)))
        }
        Err(Refused::Invalid(problems)) => {
            page(editor, path, StatusCode::UNPROCESSABLE_ENTITY, note, problems).await
        }
        Err(Refused::Conflict(why)) => {
            page(editor, path, StatusCode::CONFLICT, note, Problems::one("", why)).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Submits the save that the form names.
pub async fn submit(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (named, number) = named(&editor, &path, &fields).await?;
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::submit(&mut conn, editor.actor(), named, editor.clock.now()).await
    };
    let done = format!("Number {number} is submitted. It waits for somebody who reviews.");
    answer(&editor, &path, &fields, outcome, &done).await
}

/// Submits what was saved just now from the editor.
pub(super) async fn submit_saved(editor: &Editor, named: Named) -> Result<HttpResponse, Error> {
    let Named { statement, locale, .. } = named;
    let mut conn = editor.database.connection().await?;
    match commands::submit(&mut conn, editor.actor(), named, editor.clock.now()).await {
        Ok(change) => {
            editor.apply(change);
            editor.say("Submitted. It waits for somebody who reviews.");
        }
        Err(Refused::Invalid(problems)) => {
            let found = store::statement(&mut conn, statement).await?.ok_or(Error::NotFound)?;
            let form = Form::stored(&mut conn, &found, locale).await?;
            drop(conn);
            return EditorPage::show(editor, StatusCode::UNPROCESSABLE_ENTITY, form, problems).await;
        }
        Err(Refused::Conflict(why)) => editor.say(format!("Saved, but not submitted. {why}")),
        Err(other) => return Err(other.into()),
    }
    Ok(see_other(&urls::desk(statement, locale, "")))
}

/// Takes a submission back.
pub async fn take_back(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::take_back(&mut conn, editor.actor(), (statement.id, locale), editor.clock.now()).await
    };
    answer(&editor, &path, &fields, outcome, "It is a draft again.").await
}

/// Approves the save that the form names, and keeps what was noted beside it.
pub async fn approve(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (named, number) = named(&editor, &path, &fields).await?;
    let note = fields.paragraphs("note");
    let outcome = {
        let mut conn = editor.database.connection().await?;
        let (actor, now) = (editor.actor(), editor.clock.now());
        match commands::approve(&mut conn, actor, named, now).await {
            Ok(change) if !note.is_empty() => {
                editor.apply(change);
                let text = (named.statement, named.locale);
                commands::leave_note(&mut conn, actor, text, &note, Some(named.revision), now).await
            }
            outcome => outcome,
        }
    };
    let done = format!("Number {number} is approved. It can go out now, or at a time.");
    answer(&editor, &path, &fields, outcome, &done).await
}

/// Asks for changes, and says which.
pub async fn request_changes(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (named, _) = named(&editor, &path, &fields).await?;
    let note = fields.paragraphs("note");
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::request_changes(&mut conn, editor.actor(), named, &note, editor.clock.now()).await
    };
    answer(&editor, &path, &fields, outcome, "Changes are requested. Whoever wrote it sees what you noted.")
        .await
}

/// Leaves a note.
pub async fn leave_note(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let note = fields.paragraphs("note");
    let revision = fields.raw("revision").parse().ok().map(RevisionId);
    let outcome = {
        let mut conn = editor.database.connection().await?;
        let (actor, now) = (editor.actor(), editor.clock.now());
        commands::leave_note(&mut conn, actor, (statement.id, locale), &note, revision, now).await
    };
    answer(&editor, &path, &fields, outcome, "Your note is kept. Readers never see it.").await
}
