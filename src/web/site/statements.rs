//! A statement, as readers get it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::optional;
use crate::app::App;
use crate::domain::media::shown;
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::lists::{self, Entry};
use crate::domain::statements::published::{self, ChangeNote, FiledUnder, Found, Gone, PublishedStatement};
use crate::domain::statements::{ChangeKind, IssuedOn, Kind};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;
use crate::text::figures::Media;
use crate::text::markdown;
use crate::text::sanitized::SanitizedHtml;
use crate::web::error::Error;
use crate::web::extract::{Parts, Reader};
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

/// What the page shows of a text. For readers it is made of a [`PublishedStatement`] and nothing else;
/// on the desk, for a preview, of a draft.
pub struct Reading {
    kind: Kind,
    issued: IssuedOn,
    title: String,
    summary: String,
    body: SanitizedHtml,
    sign_off: Vec<String>,
    credit: String,
    is_sample: bool,
    /// Which version this is, and since when; `None` in a preview.
    version: Option<(i32, Timestamp)>,
}

impl From<&PublishedStatement> for Reading {
    fn from(statement: &PublishedStatement) -> Self {
        Self {
            kind: statement.kind(),
            issued: statement.issued(),
            title: statement.title().to_owned(),
            summary: statement.summary().to_owned(),
            body: statement.body(),
            sign_off: lines(statement.sign_off()),
            credit: statement.credit().to_owned(),
            is_sample: statement.is_sample(),
            version: Some((statement.n(), statement.published_at())),
        }
    }
}

impl Reading {
    fn of_draft(facts: Facts, words: &Words, locale: Locale, media: &Media, is_sample: bool) -> Self {
        Self {
            kind: facts.kind,
            issued: facts.issued,
            title: words.title.clone(),
            summary: words.summary.clone(),
            body: markdown::render_with(&words.body, locale.words().labels(), media),
            sign_off: lines(&words.sign_off),
            credit: words.credit.clone(),
            is_sample,
            version: None,
        }
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[derive(Template)]
#[template(path = "site/statement.html")]
struct StatementPage {
    layout: Layout,
    reading: Reading,
    /// The address that does not change, without `https://`.
    address: String,
    notes: Vec<ChangeNote>,
    topics: Vec<FiledUnder>,
    also_in: Vec<(Locale, String)>,
    original: Locale,
    related: Vec<Entry>,
}

impl StatementPage {
    /// "Correction, December 2, 1997".
    fn change(&self, note: &ChangeNote) -> String {
        let name = self.layout.w.changes.get(note.kind.as_str()).map_or(note.kind.as_str(), |name| name);
        self.layout.w.changed_on.with("change", name).with("date", self.date(&note.published_at)).to_string()
    }

    /// The retraction, where we no longer stand by the text: it is said before the text.
    fn retraction(&self) -> Option<&ChangeNote> {
        self.notes.first().filter(|note| note.kind == ChangeKind::Retraction)
    }

    /// The notes that stand under the text: all but the retraction over it.
    fn other_notes(&self) -> impl Iterator<Item = &ChangeNote> {
        self.notes.iter().skip(usize::from(self.retraction().is_some()))
    }

    fn date(&self, moment: &Timestamp) -> String {
        dates::day(dates::of_moment(*moment), self.layout.locale)
    }
}

#[derive(Template)]
#[template(path = "site/gone.html")]
struct GonePage {
    layout: Layout,
    gone: Gone,
}

impl GonePage {
    fn when(&self) -> Option<String> {
        let date = dates::day(self.gone.gone_on?, self.layout.locale);
        let w = self.layout.w;
        let words = if self.gone.withdrawn.is_some() { &w.withdrawn_on } else { &w.removed_on };
        Some(words.with("date", date).to_string())
    }
}

#[derive(Template)]
#[template(path = "site/not_in_this_language.html")]
struct NotInThisLanguage {
    layout: Layout,
}

/// A statement: the text, or what stands at its address instead.
pub async fn show(reader: Reader, parts: Parts) -> Result<HttpResponse, Error> {
    let (number, locale) = (parts.number()?, reader.locale);
    let found = {
        let mut conn = reader.database.connection().await?;
        published::by_number(&mut conn, number, locale).await?
    };
    match found {
        Found::Here(statement) => html(StatusCode::OK, &with_sides(&reader, &statement).await),
        Found::Gone(gone) => {
            let layout = Layout::unlisted(&reader, locale).await;
            html(StatusCode::GONE, &GonePage { layout, gone })
        }
        Found::Elsewhere(locales) => {
            let place = Place::Statement(number);
            let languages = locales.iter().map(|other| (*other, place.path(*other))).collect();
            let layout = Layout { languages, ..Layout::unlisted(&reader, locale).await };
            html(StatusCode::NOT_FOUND, &NotInThisLanguage { layout })
        }
        Found::Nothing => Err(Error::NotFound),
    }
}

/// The text with its side blocks, each of which may be missing.
async fn with_sides(app: &App, statement: &PublishedStatement) -> StatementPage {
    let (id, locale) = (statement.statement_id(), statement.locale());
    let mut locales = optional::or_without(app, "the languages", async |conn: &mut Connection| {
        lists::locales_of(conn, id).await
    })
    .await;
    if !locales.contains(&locale) {
        locales.push(locale);
    }
    let place = Place::Statement(statement.number());
    let mut layout = Layout::at(app, locale, &place, &locales, statement.original_locale()).await;
    let address = layout.canonical.clone().unwrap_or_default();
    if statement.is_sample() {
        layout.canonical = None;
    }
    StatementPage {
        reading: Reading::from(statement),
        address: address.split_once("://").map_or(address.clone(), |(_, bare)| bare.to_owned()),
        notes: optional::or_without(app, "the change notes", async |conn: &mut Connection| {
            published::change_notes(conn, statement).await
        })
        .await,
        topics: optional::or_without(app, "the topics", async |conn: &mut Connection| {
            published::topics_of(conn, id, locale).await
        })
        .await,
        related: optional::or_without(app, "the related statements", async |conn: &mut Connection| {
            lists::related(conn, id, locale, statement.issued()).await
        })
        .await,
        also_in: layout.languages.clone(),
        original: statement.original_locale(),
        layout,
    }
}

/// A draft as readers would get it: the same page, without what only readers need. `media_under`: what the
/// addresses of its pictures begin with, for those of readers do not answer yet.
pub async fn preview(
    app: &App,
    facts: Facts,
    words: &Words,
    locale: Locale,
    original: Locale,
    topics: Vec<FiledUnder>,
    media_under: &str,
) -> Result<HttpResponse, Error> {
    let media = {
        let mut conn = app.database.connection().await?;
        shown::by_text(&mut conn, &words.body, locale, media_under).await?
    };
    let layout = Layout { languages: Vec::new(), ..Layout::unlisted(app, locale).await };
    let address = format!("{}{}", app.base_url.authority(), Place::Statement(facts.number).path(locale));
    let reading = Reading::of_draft(facts, words, locale, &media, false);
    let page = StatementPage {
        layout,
        reading,
        address,
        notes: Vec::new(),
        topics,
        also_in: Vec::new(),
        original,
        related: Vec::new(),
    };
    html(StatusCode::OK, &page)
}
