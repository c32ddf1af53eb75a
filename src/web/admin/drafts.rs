//! The words as they stand in the form, as readers would get them: looked at while writing, kept nowhere.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Path;

use super::statement_form::Form;
use super::statements::found;
use super::weight::Draft;
use crate::domain::policy::{Action, may};
use crate::domain::statements::draft::Facts;
use crate::domain::statements::{IssuedOn, Kind};
use crate::i18n::{Locale, dates};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;

/// Says what the page of these words weighs, in words for the editor, after `light` or `heavy`.
const WEIGHT: &str = "x-page-weight";

/// A statement that is not begun yet.
pub async fn begun(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Write)?;
    let form = Form::begun(&fields)?;
    let today = IssuedOn::day(dates::of_moment(editor.clock.now()));
    let facts = Facts { number: 0, kind: Kind::Statement, issued: today };
    let original = form.locale;
    show(&editor, &form, facts, original).await
}

/// A text of a statement.
pub async fn changed(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let form = {
        let mut conn = editor.database.connection().await?;
        Form::changed(&mut conn, &statement, locale, &fields).await?
    };
    show(&editor, &form, statement.facts(), statement.original_locale).await
}

async fn show(editor: &Editor, form: &Form, facts: Facts, original: Locale) -> Result<HttpResponse, Error> {
    form.words.problems().into_result()?;
    let draft = Draft {
        statement: form.statement,
        facts: form.facts_or(facts),
        words: &form.words,
        locale: form.locale,
        original,
        topics: &form.shared.topics,
    };
    let page = draft.page(editor).await.ok_or_else(|| Error::Internal("no preview of a draft".to_owned()))?;
    let weight = draft
        .weight(editor)
        .await
        .map(|weight| format!("{} {weight}", if weight.is_heavy() { "heavy" } else { "light" }));
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((WEIGHT, weight.unwrap_or_else(|| "light Nothing is written yet.".to_owned())))
        .body(page))
}
