//! A statement, as readers get it.

mod drafts;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use jiff::Timestamp;

use super::optional;
use super::reading::{Notice, Reading};
use crate::app::App;
use crate::domain::statements::ChangeKind;
use crate::domain::statements::changes::{self, Behind, ChangeNote, Changes};
use crate::domain::statements::lists::{self, Entry};
use crate::domain::statements::published::{self, FiledUnder, Found, Gone, PublishedStatement};
use crate::domain::statements::versions::PublishedVersion;
use crate::i18n::{Locale, Phrase, dates};
use crate::infra::db::Connection;
use crate::web::error::Error;
use crate::web::extract::{Parts, Reader};
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

pub use drafts::{Draft, draft_html, preview, preview_for_outsiders};

#[derive(Template)]
#[template(path = "site/statement.html")]
struct StatementPage {
    layout: Layout,
    notice: Option<Notice>,
    /// Whether its address is a secret, which no other page may learn.
    is_secret: bool,
    reading: Reading,
    number: i64,
    /// The address that does not change, without `https://`.
    address: String,
    changes: Changes,
    topics: Vec<FiledUnder>,
    also_in: Vec<(Locale, String)>,
    original: Locale,
    related: Vec<Entry>,
}

impl StatementPage {
    /// A page with nothing around its text yet.
    fn bare(layout: Layout, reading: Reading, number: i64, original: Locale) -> Self {
        Self {
            layout,
            notice: None,
            is_secret: false,
            reading,
            number,
            address: String::new(),
            changes: Changes::default(),
            topics: Vec::new(),
            also_in: Vec::new(),
            original,
            related: Vec::new(),
        }
    }

    /// "Correction, December 2, 1997".
    fn change(&self, note: &ChangeNote) -> Phrase {
        let name = self.layout.change(&note.kind);
        self.layout.w.changed_on.with_phrase("change", &name).with("date", self.date(&note.published_at))
    }

    /// What is said of a change; of a closed version, that and why it is closed.
    fn told(&self, note: &ChangeNote) -> Phrase {
        match &note.closed {
            Some((on, reason)) => closed(&self.layout, *on, reason),
            None => Phrase::of(&note.note, None),
        }
    }

    /// The retraction, where we no longer stand by the text: it is said before the text.
    fn retraction(&self) -> Option<&ChangeNote> {
        self.changes.notes.first().filter(|note| note.kind == ChangeKind::Retraction)
    }

    /// The notes that stand under the text: all but the retraction over it.
    fn other_notes(&self) -> impl Iterator<Item = &ChangeNote> {
        self.changes.notes.iter().skip(usize::from(self.retraction().is_some()))
    }

    /// "The original was corrected on December 2, 1997; this translation does not have it yet."
    fn behind(&self, behind: &Behind) -> Phrase {
        let words = self.layout.w.behind.get(behind.kind.as_str());
        words
            .map_or_else(|| Phrase::of("", None), |words| words.with("date", self.date(&behind.published_at)))
    }

    fn original_path(&self) -> String {
        Place::Statement(self.number).path(self.original)
    }

    fn date(&self, moment: &Timestamp) -> String {
        dates::day(dates::of_moment(*moment), self.layout.locale)
    }
}

/// "This version was closed on December 2, 1997. Reason: a name is at risk."
pub fn closed(layout: &Layout, on: jiff::civil::Date, reason: &str) -> Phrase {
    let date = dates::day(on, layout.locale);
    layout.w.closed_on.with("date", date).and(layout.w.reason.with("reason", reason))
}

#[derive(Template)]
#[template(path = "site/gone.html")]
struct GonePage {
    layout: Layout,
    gone: Gone,
}

impl GonePage {
    fn when(&self) -> Option<Phrase> {
        let date = dates::day(self.gone.gone_on?, self.layout.locale);
        let w = self.layout.w;
        let words = if self.gone.withdrawn.is_some() { &w.withdrawn_on } else { &w.removed_on };
        Some(words.with("date", date))
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
        Found::Gone(found) => gone(&reader, found).await,
        Found::Elsewhere(locales) => elsewhere(&reader, number, &locales).await,
        Found::Nothing => Err(Error::NotFound),
    }
}

/// What stands at the addresses of a text that was taken away.
pub async fn gone(reader: &Reader, gone: Gone) -> Result<HttpResponse, Error> {
    let mut layout = Layout::unlisted(reader, reader.locale).await;
    if !gone.elsewhere.is_empty() {
        layout = layout.with_languages(&gone.elsewhere, &Place::Statement(gone.number));
    }
    html(StatusCode::GONE, &GonePage { layout, gone })
}

/// What stands at the addresses of a text in a language that it does not have.
pub async fn elsewhere(reader: &Reader, number: i64, locales: &[Locale]) -> Result<HttpResponse, Error> {
    let layout = Layout::unlisted(reader, reader.locale).await;
    let layout = layout.with_languages(locales, &Place::Statement(number));
    html(StatusCode::NOT_FOUND, &NotInThisLanguage { layout })
}

/// What was said before: the page of a statement under a notice, not to be kept by search engines.
pub async fn show_version(reader: &Reader, version: &PublishedVersion) -> Result<HttpResponse, Error> {
    let locale = version.locale();
    let locales = optional::or_without(reader, "the languages", async |conn: &mut Connection| {
        lists::locales_of(conn, version.statement_id()).await
    })
    .await;
    // Each language has versions of its own: what leads to another leads to the list of them.
    let layout = Layout::unlisted(reader, locale).await;
    let mut layout = layout.with_languages(&locales, &Place::Versions(version.number()));
    if !version.is_sample() {
        let today = Place::Statement(version.number()).path(locale);
        layout.canonical = Some(format!("{}{today}", reader.base_url.as_str()));
    }
    layout.is_kept = false;
    let here = Place::Version(version.number(), version.n()).path(locale);
    let retraction = optional::or_without(reader, "a retraction", async |conn: &mut Connection| {
        changes::retracted_since(conn, version).await
    })
    .await;
    let page = StatementPage {
        notice: Some(Notice::of_version(version)),
        address: format!("{}{here}", reader.base_url.authority()),
        changes: Changes { notes: retraction.into_iter().collect(), behind: None },
        ..StatementPage::bare(layout, Reading::from(version), version.number(), version.original_locale())
    };
    html(StatusCode::OK, &page)
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
        address: address.split_once("://").map_or(address.clone(), |(_, bare)| bare.to_owned()),
        changes: optional::or_without(app, "the changes", async |conn: &mut Connection| {
            changes::of(conn, statement).await
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
        ..StatementPage::bare(
            layout,
            Reading::from(statement),
            statement.number(),
            statement.original_locale(),
        )
    }
}
