//! What a reader sees when something is not there or went wrong.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::app::App;
use crate::i18n::Locale;
use crate::i18n::words::ErrorWords;
use crate::web::error::Error;
use crate::web::page::{Layout, Section, html};

#[derive(Template)]
#[template(path = "site/error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    words: &'a ErrorWords,
    reference: Option<&'a str>,
}

/// A failure as a page, with the masthead and the topics as far as they can be had.
pub async fn page(
    app: &App,
    locale: Locale,
    status: StatusCode,
    words: &str,
    reference: Option<&str>,
) -> Result<HttpResponse, Error> {
    let layout = Layout::unlisted(app, locale).await;
    let words =
        locale.words().errors.get(words).ok_or_else(|| Error::Internal(format!("no words for {words}")))?;
    html(status, &ErrorPage { layout, words, reference })
}
