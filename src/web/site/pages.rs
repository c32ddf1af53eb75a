//! Standing pages: about, contact, terms of reuse. And what machines ask for first.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use crate::domain::site::{self, Standing, StandingPage};
use crate::web::error::Error;
use crate::web::extract::Reader;
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

#[derive(Template)]
#[template(path = "site/page.html")]
struct Page {
    layout: Layout,
    standing: StandingPage,
}

/// A standing page.
pub async fn show(reader: Reader, path: Path<(String, String)>) -> Result<HttpResponse, Error> {
    let page = Standing::parse(&path.1).ok_or(Error::NotFound)?;
    let standing = {
        let mut conn = reader.database.connection().await?;
        site::page(&mut conn, page, reader.locale).await?.ok_or(Error::NotFound)?
    };
    let mut locales = reader.outline().await.locales_of(page);
    if !locales.contains(&reader.locale) {
        locales.push(reader.locale);
    }
    let original = locales[0];
    let layout = Layout::at(&reader, reader.locale, &Place::Standing(page), &locales, original).await;
    html(StatusCode::OK, &Page { layout, standing })
}

/// What robots may read: everything that readers may.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("User-agent: *\nAllow: /\n")
}
