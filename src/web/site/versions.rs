//! The versions of a statement: the list of them, and each as it was.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::statements::{closed, elsewhere, gone, show_version};
use crate::domain::statements::lists;
use crate::domain::statements::published::{self, Found};
use crate::domain::statements::versions::{self, FoundVersion, Line};
use crate::i18n::{Phrase, dates};
use crate::web::error::Error;
use crate::web::extract::{Parts, Reader};
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

/// Where a list that is longer than a page goes on.
#[derive(Deserialize)]
pub struct GoesOn {
    /// Only the versions before this one.
    pub below: Option<i32>,
}

#[derive(Template)]
#[template(path = "site/versions.html")]
struct VersionsPage {
    layout: Layout,
    number: i64,
    title: String,
    /// The version that readers get at the statement's own address.
    today: i32,
    lines: Vec<Line>,
    older: Option<(Phrase, String)>,
}

impl VersionsPage {
    fn date(&self, line: &Line) -> String {
        dates::day(dates::of_moment(line.published_at), self.layout.locale)
    }
    fn path(&self, line: &Line) -> String {
        self.layout.path(&Place::Version(self.number, line.n))
    }
    fn closed(&self, line: &Line) -> Option<Phrase> {
        line.closed().map(|(on, reason)| closed(&self.layout, on, reason))
    }
}

/// The list of the versions of a text that is public now.
pub async fn index(reader: Reader, parts: Parts, goes_on: Query<GoesOn>) -> Result<HttpResponse, Error> {
    let (number, locale) = (parts.number()?, reader.locale);
    let mut conn = reader.database.connection().await?;
    let statement = match published::by_number(&mut conn, number, locale).await? {
        Found::Here(statement) => statement,
        Found::Gone(found) => {
            drop(conn);
            return gone(&reader, found).await;
        }
        Found::Elsewhere(locales) => {
            drop(conn);
            return elsewhere(&reader, number, &locales).await;
        }
        Found::Nothing => return Err(Error::NotFound),
    };
    let (lines, below) = versions::list(&mut conn, &statement, goes_on.below).await?;
    let locales = lists::locales_of(&mut conn, statement.statement_id()).await?;
    drop(conn);
    let layout = Layout::unlisted(&reader, locale).await.with_languages(&locales, &Place::Versions(number));
    let here = layout.versions(&number);
    let older = below.map(|n| (layout.w.earlier_versions.clone(), format!("{here}?below={n}")));
    let (title, today) = (statement.title().to_owned(), statement.n());
    html(StatusCode::OK, &VersionsPage { layout, number, title, today, lines, older })
}

#[derive(Template)]
#[template(path = "site/closed_version.html")]
struct ClosedPage {
    layout: Layout,
    number: i64,
    line: Line,
}

impl ClosedPage {
    fn date(&self) -> String {
        dates::day(dates::of_moment(self.line.published_at), self.layout.locale)
    }
    fn closed(&self) -> Option<Phrase> {
        self.line.closed().map(|(on, reason)| closed(&self.layout, on, reason))
    }
}

/// One version as it was, or what stands at its address instead.
pub async fn show(reader: Reader, parts: Parts) -> Result<HttpResponse, Error> {
    let (number, n, locale) = (parts.number()?, parts.version()?, reader.locale);
    let found = {
        let mut conn = reader.database.connection().await?;
        versions::by_number(&mut conn, number, locale, n).await?
    };
    match found {
        FoundVersion::Here(version) => show_version(&reader, &version).await,
        FoundVersion::Closed(line) => {
            let layout = Layout { languages: Vec::new(), ..Layout::unlisted(&reader, locale).await };
            html(StatusCode::GONE, &ClosedPage { layout, number, line })
        }
        FoundVersion::Gone(found) => gone(&reader, found).await,
        FoundVersion::Elsewhere(locales) => elsewhere(&reader, number, &locales).await,
        FoundVersion::Nothing => Err(Error::NotFound),
    }
}
