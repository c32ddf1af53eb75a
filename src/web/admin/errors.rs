//! What the desk says when something is not there, not allowed, or went wrong.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::desk::{Desk, Room};
use crate::app::App;
use crate::i18n::Locale;
use crate::i18n::words::ErrorWords;
use crate::web::error::Error;
use crate::web::page::html;
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/error.html")]
struct ErrorPage<'a> {
    desk: Desk,
    words: &'a ErrorWords,
    said: Option<&'a str>,
    reference: Option<&'a str>,
}

/// A failure as a page of the desk.
pub async fn page(
    app: &App,
    status: StatusCode,
    words: &str,
    said: Option<&str>,
    reference: Option<&str>,
) -> Result<HttpResponse, Error> {
    let words = Locale::english().words().errors.get(words);
    let words = words.ok_or_else(|| Error::Internal("no words for a failure".to_owned()))?;
    html(status, &ErrorPage { desk: Desk::outside(app).await, words, said, reference })
}
