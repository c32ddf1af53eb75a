//! The home page, and the choice of a language before it.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::lists::PartLink;
use super::optional;
use crate::domain::statements::Kind;
use crate::domain::statements::lists::{self, Entry, Period, Shelf};
use crate::i18n::negotiation;
use crate::infra::db::Connection;
use crate::web::error::Error;
use crate::web::extract::Reader;
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

/// How many entries the home page shows.
const MOST: i64 = 12;

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage {
    layout: Layout,
    newest: Vec<Entry>,
    years: Vec<PartLink>,
    kinds: Vec<(Kind, String, String)>,
    elsewhere: Vec<super::lists::Elsewhere>,
}

/// Chooses a language by what the browser asks for; nothing else on the site ever does.
pub async fn choose(request: HttpRequest) -> HttpResponse {
    let wanted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    HttpResponse::Found()
        .insert_header((header::LOCATION, Place::Home.path(negotiation::best(wanted.unwrap_or_default()))))
        .insert_header((header::VARY, "Accept-Language"))
        .finish()
}

/// The home page: what is newly on record, and the ways into the archive.
pub async fn show(reader: Reader) -> Result<HttpResponse, Error> {
    let locale = reader.locale;
    let newest = {
        let mut conn = reader.database.connection().await?;
        lists::newest(&mut conn, locale, MOST).await?
    };
    let archive = optional::or_without(&reader, "the years", async |conn: &mut Connection| {
        lists::overview(conn, Shelf::Archive, locale, Period::All).await.map(Some)
    })
    .await;
    let kinds = optional::or_without(&reader, "the kinds", async |conn: &mut Connection| {
        lists::kinds(conn, locale).await
    })
    .await;
    let layout = Layout::of_list(&reader, locale, &Place::Home).await;
    let years = archive
        .as_ref()
        .map_or_else(Vec::new, |archive| PartLink::all(&layout, &archive.parts, Place::Archive));
    let elsewhere = archive.map_or_else(Vec::new, |archive| {
        super::lists::Elsewhere::all(&layout, &archive.elsewhere, &Place::Archive(Period::All))
    });
    let kinds = kinds
        .into_iter()
        .map(|(kind, count)| (kind, layout.path(&Place::Kind(kind, Period::All)), layout.count(&count)))
        .collect();
    html(StatusCode::OK, &HomePage { layout, newest, years, kinds, elsewhere })
}
