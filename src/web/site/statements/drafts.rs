//! Drafts, on the reader's own page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template as _;

use super::StatementPage;
use crate::app::App;
use crate::domain::ids::StatementId;
use crate::domain::media::shown;
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::lists;
use crate::domain::statements::published::FiledUnder;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::web::error::Error;
use crate::web::page::{Layout, html};
use crate::web::site::optional;
use crate::web::site::reading::{Notice, Reading};
use crate::web::urls::{self, Place};

/// A draft as readers would get it: the same page, without what only readers need.
pub async fn preview(
    app: &App,
    facts: Facts,
    words: &Words,
    locale: Locale,
    original: Locale,
    topics: Vec<FiledUnder>,
    media_under: &str,
) -> Result<HttpResponse, Error> {
    html(StatusCode::OK, &draft(app, facts, words, locale, original, topics, media_under).await?)
}

/// A draft as readers would get it, as HTML. With its statement, what is related stands under it as it
/// will for readers.
pub async fn draft_html(
    app: &App,
    facts: Facts,
    words: &Words,
    (locale, original): (Locale, Locale),
    topics: Vec<FiledUnder>,
    statement: Option<StatementId>,
) -> Result<String, Error> {
    let page = draft(app, facts, words, locale, original, topics, urls::DESK_FILES).await?;
    let related = match statement {
        Some(id) => {
            optional::or_without(app, "the related statements", async |conn: &mut Connection| {
                lists::related(conn, id, locale, facts.issued).await
            })
            .await
        }
        None => Vec::new(),
    };
    Ok(StatementPage { related, ..page }.render()?)
}

/// A draft as somebody outside gets it: under a notice that it is one, and telling nobody where they read it.
pub async fn preview_for_outsiders(
    app: &App,
    facts: Facts,
    words: &Words,
    locale: Locale,
    original: Locale,
    topics: Vec<FiledUnder>,
    media_under: &str,
) -> Result<HttpResponse, Error> {
    let page = draft(app, facts, words, locale, original, topics, media_under).await?;
    html(StatusCode::OK, &StatementPage { notice: Some(Notice::of_draft(locale)), is_secret: true, ..page })
}

async fn draft(
    app: &App,
    facts: Facts,
    words: &Words,
    locale: Locale,
    original: Locale,
    topics: Vec<FiledUnder>,
    media_under: &str,
) -> Result<StatementPage, Error> {
    let media = {
        let mut conn = app.database.connection().await?;
        shown::by_text(&mut conn, &words.body, locale, media_under).await?
    };
    let layout = Layout { languages: Vec::new(), ..Layout::unlisted(app, locale).await };
    let address = format!("{}{}", app.base_url.authority(), Place::Statement(facts.number).path(locale));
    let reading = Reading::of_draft(facts, words, locale, &media, false);
    Ok(StatementPage { address, topics, ..StatementPage::bare(layout, reading, facts.number, original) })
}
