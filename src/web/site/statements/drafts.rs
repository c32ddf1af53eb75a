//! Drafts, on the reader's own page.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template as _;

use super::StatementPage;
use crate::app::App;
use crate::domain::ids::StatementId;
use crate::domain::media::shown::{self, Viewer};
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::lists;
use crate::domain::statements::published::FiledUnder;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::web::error::Error;
use crate::web::page::{Layout, html};
use crate::web::site::optional;
use crate::web::site::reading::{Notice, Reading};
use crate::web::urls::Place;

/// A text as the desk has it, and for whom.
#[derive(Clone)]
pub struct Draft<'a> {
    /// The facts.
    pub facts: Facts,
    /// The words.
    pub words: &'a Words,
    /// The language.
    pub locale: Locale,
    /// The language of the original.
    pub original: Locale,
    /// The topics that it is filed under.
    pub topics: Vec<FiledUnder>,
    /// Who looks, and where they find its pictures.
    pub viewer: Viewer<'a>,
}

/// A draft as readers would get it: the same page, without what only readers need.
pub async fn preview(app: &App, draft: Draft<'_>) -> Result<HttpResponse, Error> {
    html(StatusCode::OK, &page(app, draft).await?)
}

/// A draft as readers would get it, as HTML. With its statement, what is related stands under it as it
/// will for readers.
pub async fn draft_html(
    app: &App,
    draft: Draft<'_>,
    statement: Option<StatementId>,
) -> Result<String, Error> {
    let (locale, issued) = (draft.locale, draft.facts.issued);
    let page = page(app, draft).await?;
    let related = match statement {
        Some(id) => {
            optional::or_without(app, "the related statements", async |conn: &mut Connection| {
                lists::related(conn, id, locale, issued).await
            })
            .await
        }
        None => Vec::new(),
    };
    Ok(StatementPage { related, ..page }.render()?)
}

/// A draft as somebody outside gets it: under a notice that it is one, and telling nobody where they read it.
pub async fn preview_for_outsiders(app: &App, draft: Draft<'_>) -> Result<HttpResponse, Error> {
    let notice = Some(Notice::of_draft(draft.locale));
    html(StatusCode::OK, &StatementPage { notice, is_secret: true, ..page(app, draft).await? })
}

async fn page(app: &App, draft: Draft<'_>) -> Result<StatementPage, Error> {
    let Draft { facts, words, locale, original, topics, viewer } = draft;
    let media = {
        let mut conn = app.database.connection().await?;
        shown::by_text(&mut conn, &words.body, locale, viewer).await?
    };
    let layout = Layout { languages: Vec::new(), ..Layout::unlisted(app, locale).await };
    let address = format!("{}{}", app.base_url.authority(), Place::Statement(facts.number).path(locale));
    let reading = Reading::of_draft(facts, words, locale, &media, false);
    Ok(StatementPage { address, topics, ..StatementPage::bare(layout, reading, facts.number, original) })
}
