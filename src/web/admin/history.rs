//! The history of a text: its sittings, two saves compared, an earlier one taken back.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;

use super::desk::{Desk, Room};
use super::statements::found;
use crate::domain::ids::{RevisionId, TranslationId};
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands;
use crate::domain::statements::draft::Words;
use crate::domain::statements::history::{self, PAGE, Save, Sitting};
use crate::domain::statements::store::{self, Statement, Translation};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::text::diff::{self, Stretch};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// Which part of the history is looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Part {
    /// Only sittings before this one.
    before: Option<i32>,
    /// The sitting that is opened to its single saves.
    open: Option<i32>,
}

#[derive(Template)]
#[template(path = "admin/history.html")]
struct HistoryPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    title: String,
    sittings: Vec<Sitting>,
    open: Option<i32>,
    /// The saves of the sitting that is opened.
    saves: Vec<Save>,
    /// The versions that went public, by the place of their save.
    versions: HashMap<i32, Vec<i32>>,
    before: Option<i32>,
    older: Option<String>,
}

impl HistoryPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn changes(&self, seq: &i32) -> String {
        format!("{}?to={seq}", self.act("compare"))
    }
    fn opened(&self, sitting: &i32) -> String {
        let before = self.before.map(|before| format!("before={before}&")).unwrap_or_default();
        format!("{}?{before}open={sitting}#sitting-{sitting}", self.act("history"))
    }
    fn published(&self, first: &i32, last: &i32) -> Vec<i32> {
        let within = self.versions.iter().filter(|(seq, _)| (*first..=*last).contains(*seq));
        let mut all: Vec<i32> = within.flat_map(|(_, versions)| versions.clone()).collect();
        all.sort_unstable();
        all
    }
}

async fn text_of(conn: &mut Connection, statement: &Statement, locale: Locale) -> Result<Translation, Error> {
    store::translation(conn, statement.id, locale).await?.ok_or(Error::NotFound)
}

/// The history, the latest sitting first.
pub async fn index(
    editor: Editor,
    path: Path<(i64, String)>,
    part: Query<Part>,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let Part { before, open } = part.into_inner();
    let mut conn = editor.database.connection().await?;
    let text = text_of(&mut conn, &statement, locale).await?;
    let mut sittings = history::sittings(&mut conn, text.id, before).await?;
    let goes_on = sittings.len() > PAGE;
    sittings.truncate(PAGE);
    let saves = match open {
        Some(sitting) => history::saves(&mut conn, text.id, sitting).await?,
        None => Vec::new(),
    };
    let mut versions: HashMap<i32, Vec<i32>> = HashMap::new();
    for (seq, n) in history::published(&mut conn, text.id).await? {
        versions.entry(seq).or_default().push(n);
    }
    let title = match text.latest_revision_id {
        Some(latest) => store::words(&mut conn, latest).await?.title,
        None => String::new(),
    };
    drop(conn);
    let history = urls::desk(statement.id, locale, "history");
    let older = sittings.last().filter(|_| goes_on).map(|last| format!("{history}?before={}", last.sitting));
    let desk = Desk::of(&editor, Room::Statements).await;
    let page = HistoryPage { desk, statement, locale, title, sittings, open, saves, versions, before, older };
    html(StatusCode::OK, &page)
}

/// Which saves are compared, by their places. Without `from`: with the end of the sitting before.
#[derive(Debug, Deserialize)]
pub struct Pair {
    from: Option<i32>,
    to: i32,
}

struct Compared {
    label: &'static str,
    stretches: Vec<Stretch>,
}

#[derive(Template)]
#[template(path = "admin/compare.html")]
struct ComparePage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    /// The earlier save; `None`: nothing had been written yet.
    from: Option<Save>,
    to: Save,
    fields: Vec<Compared>,
    latest: Option<RevisionId>,
    may_restore: bool,
}

impl ComparePage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn differs(&self) -> bool {
        self.fields.iter().any(|field| !diff::is_same(&field.stretches))
    }
}

/// Two saves, compared.
pub async fn compare(
    editor: Editor,
    path: Path<(i64, String)>,
    pair: Query<Pair>,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let text = text_of(&mut conn, &statement, locale).await?;
    let to = history::save(&mut conn, text.id, pair.to).await?.ok_or(Error::NotFound)?;
    let from = match pair.from {
        Some(from) => Some(from),
        None => history::before_sitting(&mut conn, text.id, to.sitting).await?,
    };
    // Before the first save stands nothing: place 0.
    let from = match from.filter(|from| *from > 0) {
        Some(from) => Some(history::save(&mut conn, text.id, from).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    // Whichever way round they were chosen, the earlier one stands first.
    let (from, to) = match from {
        Some(from) if from.seq > to.seq => (Some(to), from),
        from => (from, to),
    };
    let old = match &from {
        Some(from) => words(&mut conn, text.id, from).await?,
        None => Words::default(),
    };
    let new = words(&mut conn, text.id, &to).await?;
    drop(conn);
    // Two long texts that have little in common take a while: not on a thread that answers others.
    let fields = tokio::task::spawn_blocking(move || compared(&old, &new))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?;
    let desk = Desk::of(&editor, Room::Statements).await;
    let may_restore = may(editor.actor(), Action::Edit { begun_by: statement.created_by }).is_ok();
    let latest = text.latest_revision_id;
    html(StatusCode::OK, &ComparePage { desk, statement, locale, from, to, fields, latest, may_restore })
}

async fn words(conn: &mut Connection, text: TranslationId, save: &Save) -> Result<Words, Error> {
    history::words(conn, text, save.revision).await?.ok_or(Error::NotFound)
}

fn compared(old: &Words, new: &Words) -> Vec<Compared> {
    let of = |label, old: &str, new: &str| Compared { label, stretches: diff::compare(old, new) };
    vec![
        of("Title", &old.title, &new.title),
        of("Summary", &old.summary, &new.summary),
        of("Text", &old.body, &new.body),
        of("Signed by", &old.sign_off, &new.sign_off),
        of("Translator or source", &old.credit, &new.credit),
    ]
}

/// Takes an earlier save back, as a new one.
pub async fn restore(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let number = |name: &str| fields.raw(name).parse().ok().map(RevisionId);
    let revision = number("revision").ok_or(Error::BadRequest)?;
    let change = {
        let mut conn = editor.database.connection().await?;
        let (actor, now) = (editor.actor(), editor.clock.now());
        let text = (statement.id, locale);
        commands::restore(&mut conn, actor, text, revision, number("latest"), now).await?
    };
    editor.apply(change);
    editor.say("The earlier text is back, as a new save. What stood here before is in the history.");
    Ok(see_other(&urls::desk(statement.id, locale, "")))
}
