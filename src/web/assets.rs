//! Static files: embedded, addressed by their content, kept by browsers for ever.

use std::fmt;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use data_encoding::BASE64;
use rust_embed::RustEmbed;

use super::error::Error;
use crate::text::digest;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

/// The address of a static file. One that does not exist gets an address that answers 404.
pub fn url(name: &str) -> String {
    let hash = Files::get(name).map_or_else(|| "none".to_owned(), |file| digest::short_hex(&file.data, 12));
    format!("/static/{hash}/{name}")
}

/// Answers with a static file, at the address of its content only.
pub async fn show(path: web::Path<(String, String)>) -> Result<HttpResponse, Error> {
    let (_, name) = path.as_ref();
    let file = Files::get(name)
        .filter(|_| url(name) == format!("/static/{}/{}", path.0, path.1))
        .ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type(name)))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(file.data.into_owned()))
}

/// The seal, for whoever asks for `/favicon.ico` without having read a page, which brings its own.
pub async fn favicon() -> Result<HttpResponse, Error> {
    let file = Files::get("seal.svg").ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type("seal.svg")))
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .body(file.data.into_owned()))
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// A stylesheet that stands in the page itself, so that a statement is whole in one response. The
/// policy of the page allows it by its hash.
#[derive(Clone, Copy)]
pub struct Stylesheet(&'static str);

/// The stylesheet of the pages for readers.
pub static SITE: LazyLock<Stylesheet> = LazyLock::new(|| Stylesheet::of("site.css"));

impl Stylesheet {
    fn of(name: &str) -> Self {
        let css = Files::get(name)
            .and_then(|file| String::from_utf8(file.data.into_owned()).ok())
            .unwrap_or_default();
        Self(Box::leak(squeeze(&css).into_boxed_str()))
    }

    /// As a source in a Content-Security-Policy (CSP 3, 2.3.1).
    pub fn source(self) -> String {
        format!("'sha256-{}'", BASE64.encode(&digest::of(self.0.as_bytes())))
    }
}

impl fmt::Display for Stylesheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Our own stylesheet, which has no `<` to escape.
impl askama::filters::HtmlSafe for Stylesheet {}

/// Takes comments, indents and line ends out of a stylesheet: a reader needs none of them.
fn squeeze(css: &str) -> String {
    let mut rest = css;
    let mut bare = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_is_there_and_cannot_end_its_element() {
        let css = SITE.to_string();
        assert!(css.contains("--seal") && !css.contains('<') && !css.contains("/*"));
    }
}
