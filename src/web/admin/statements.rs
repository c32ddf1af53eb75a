//! Statements on the desk: the list, the editor, the preview.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;

use super::desk::{Desk, Room};
use super::editor::EditorPage;
use super::kept::pages::Waiting;
use super::labels::{filter_name, kind_name, standing};
use super::source;
use super::statement_form::Form;
use crate::domain::ids::StatementId;
use crate::domain::media::shown::Viewer;
use crate::domain::outcome::Problems;
use crate::domain::policy::{Action, may};
use crate::domain::statements::desk::{self, Filter, PAGE, Row, Standing, Text};
use crate::domain::statements::store::{self, Statement};
use crate::domain::statements::{Kind, commands, people, published};
use crate::domain::topics::Index;
use crate::i18n::{Locale, dates};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::{html, see_other};
use crate::web::{site, urls};

#[derive(Template)]
#[template(path = "admin/statements.html")]
struct ListPage {
    desk: Desk,
    rows: Vec<Row>,
    query: ListQuery,
    topics: Arc<Index>,
    has_samples: bool,
    older: Option<String>,
    /// Kept texts that somebody should look at.
    kept: Waiting,
}

/// What the list is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    state: String,
    language: String,
    kind: String,
    topic: String,
    year: String,
    text: String,
    older: String,
}

impl ListQuery {
    fn is_narrowed(&self) -> bool {
        [&self.state, &self.language, &self.kind, &self.topic, &self.year, &self.text]
            .iter()
            .any(|v| !v.is_empty())
    }

    fn filter(&self, topics: &Index) -> Filter {
        Filter {
            standing: Standing::parse(&self.state),
            locale: Locale::parse(&self.language),
            kind: Kind::parse(&self.kind),
            topic: self
                .topic
                .parse()
                .ok()
                .and_then(|number| topics.led_to_by_number(number))
                .map(|topic| topic.id),
            year: self.year.trim().parse().ok().filter(|year| (1000..=9999).contains(year)),
            text: crate::text::clean::line(&self.text),
            older_than: self.older.parse().ok().map(StatementId),
        }
    }

    /// The address of the same list from a statement on.
    fn from(&self, last: StatementId) -> String {
        let older = last.to_string();
        let all = [
            ("state", &self.state),
            ("language", &self.language),
            ("kind", &self.kind),
            ("topic", &self.topic),
            ("year", &self.year),
            ("text", &self.text),
            ("older", &older),
        ];
        let given: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", urls::DESK, serde_urlencoded::to_string(given).unwrap_or_default())
    }
}

impl ListPage {
    fn standing(&self, text: &Text) -> &'static str {
        standing(text.public_state, text.desk_state).0
    }
    fn waits(&self, text: &Text) -> bool {
        standing(text.public_state, text.desk_state).1
    }
    fn filter_name(&self, standing: &Standing) -> &'static str {
        filter_name(*standing)
    }
    fn kind(&self, kind: &Kind) -> &'static str {
        kind_name(*kind)
    }
    fn edit(&self, row: &Row, text: &Text) -> String {
        urls::desk(row.id, text.locale, "")
    }
}

/// The list.
pub async fn index(editor: Editor, query: Query<ListQuery>) -> Result<HttpResponse, Error> {
    let query = query.into_inner();
    let topics = editor.topics().await;
    let mut conn = editor.database.connection().await?;
    let mut rows = desk::list(&mut conn, editor.actor(), &query.filter(&topics)).await?;
    let goes_on = rows.len() > PAGE;
    rows.truncate(PAGE);
    let has_samples = desk::has_samples(&mut conn).await?;
    let kept = Waiting::for_somebody(&mut conn, &editor.user).await;
    drop(conn);
    let older = rows.last().filter(|_| goes_on).map(|last| query.from(last.id));
    html(
        StatusCode::OK,
        &ListPage {
            desk: Desk::of(&editor, Room::Statements).await,
            rows,
            query,
            topics,
            has_samples,
            older,
            kept,
        },
    )
}

/// The editor, empty.
pub async fn new(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::Write)?;
    let number = {
        let mut conn = editor.database.connection().await?;
        commands::next_number(&mut conn).await?
    };
    let today = dates::of_moment(editor.clock.now());
    EditorPage::show(&editor, StatusCode::OK, Form::empty(number, today), Problems::default()).await
}

/// What an address of the editor says of how it begins.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Beginning {
    /// Which text stands beside the fields.
    beside: String,
    /// The language that a first draft is made from.
    draft: String,
}

/// The editor with a text of a statement; empty where the language has none yet.
pub async fn edit(
    editor: Editor,
    path: Path<(i64, String)>,
    beginning: Query<Beginning>,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let form = {
        let mut conn = editor.database.connection().await?;
        let mut form = Form::stored(&mut conn, &statement, locale).await?;
        if !beginning.draft.is_empty()
            && let Some(words) = source::draft(&mut conn, &statement, locale, &beginning.draft).await?
        {
            form.words = words;
            form.page.is_converted = true;
        }
        form.page.beside.clone_from(&beginning.beside);
        form
    };
    EditorPage::show(&editor, StatusCode::OK, form, Problems::default()).await
}

/// The statement and language of an address of the desk. Everything that the desk shows or does of one
/// statement begins here: whoever may not see it gets the same answer as for one that does not exist.
pub async fn found(editor: &Editor, path: &(i64, String)) -> Result<(Statement, Locale), Error> {
    let locale = Locale::parse(&path.1).ok_or(Error::NotFound)?;
    let mut conn = editor.database.connection().await?;
    let statement = store::statement(&mut conn, StatementId(path.0)).await?.ok_or(Error::NotFound)?;
    people::judge(&mut conn, editor.actor(), &statement).await?;
    Ok((statement, locale))
}

/// The reader's own page, with the words that were saved last.
pub async fn preview(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let text = store::translation(&mut conn, statement.id, locale).await?.ok_or(Error::NotFound)?;
    let revision = text.latest_revision_id.ok_or(Error::NotFound)?;
    let words = store::words(&mut conn, revision).await?;
    let topics = published::topics_of(&mut conn, statement.id, locale).await?;
    drop(conn);
    let draft = site::statements::Draft {
        facts: statement.facts(),
        words: &words,
        locale,
        original: statement.original_locale,
        topics,
        viewer: Viewer { under: urls::DESK_FILES, minding: editor.actor().minding() },
    };
    site::statements::preview(&editor, draft).await
}

/// Discards a draft that never was public, with a way back.
pub async fn destroy(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let change =
        commands::discard(&mut conn, editor.actor(), statement.id, locale, editor.clock.now()).await?;
    editor.apply(change);
    let text = format!("The draft of number {} in {} is discarded.", statement.number, locale.own_name());
    editor.say_with_undo(text, urls::desk(statement.id, locale, "undiscard"));
    Ok(see_other(urls::DESK))
}

/// Takes a discarded draft back.
pub async fn restore(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let change =
        commands::undiscard(&mut conn, editor.actor(), statement.id, locale, editor.clock.now()).await?;
    editor.apply(change);
    editor.say("The draft is back.");
    Ok(see_other(&urls::desk(statement.id, locale, "")))
}
