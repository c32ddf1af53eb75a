//! What is pasted from Word, Google Docs or a web page, as Markdown: for the script of the editor, and as a
//! page for whoever works without it.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use actix_web::web;
use askama::Template;

use super::desk::{Desk, Room};
use crate::text::paste;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::html;
use crate::web::urls;

/// How many pictures were left out.
const PICTURES: &str = "x-pictures-left-out";

#[derive(Template)]
#[template(path = "admin/paste.html")]
struct PastePage {
    desk: Desk,
    source: String,
    markdown: String,
    pictures: usize,
}

/// The page on which the source of a page can be handed over.
pub async fn new(editor: Editor) -> Result<HttpResponse, Error> {
    let desk = Desk::of(&editor, Room::Statements).await;
    html(StatusCode::OK, &PastePage { desk, source: String::new(), markdown: String::new(), pictures: 0 })
}

/// HTML as Markdown. Where nothing of it is more than plain words there is no content, and whoever asked
/// takes the plain words.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let source = fields.raw("html").to_owned();
    let notes_before = fields.raw("notes_before").parse().unwrap_or(0).min(9_999);
    // A long document takes a while: not on a thread that answers others.
    let (source, pasted) = web::block(move || {
        let pasted = paste::from_html(&source, notes_before);
        (source, pasted)
    })
    .await
    .map_err(|error| Error::Internal(error.to_string()))?;
    if fields.has("page") {
        let desk = Desk::of(&editor, Room::Statements).await;
        let (markdown, pictures) = (pasted.markdown, pasted.pictures);
        return html(StatusCode::OK, &PastePage { desk, source, markdown, pictures });
    }
    if !pasted.is_rich {
        return Ok(HttpResponse::NoContent().finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"))
        .insert_header((PICTURES, pasted.pictures.to_string()))
        .body(pasted.markdown))
}
