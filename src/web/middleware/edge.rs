//! What is refused before anything reads it, and the one spelling of an address.

use actix_web::Error as ActixError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use percent_encoding::percent_decode_str;

use crate::app::App;
use crate::text::clean;
use crate::web::error::Error;
use crate::web::urls;

/// Refuses addresses with control characters and unsafe requests from other sites; sends other
/// spellings of a public address to the one it has.
pub async fn guard<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, ActixError> {
    match judge(&request) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(error) => Ok(request.error_response(error).map_into_right_body()),
    }
}

fn judge(request: &ServiceRequest) -> Result<(), Error> {
    if !is_readable(request.path()) || !is_readable(request.query_string()) {
        return Err(Error::BadRequest);
    }
    if request.method().is_safe() {
        if matches!(*request.method(), Method::GET | Method::HEAD)
            && let Some(spelled) = urls::canonical(request.path())
        {
            let query = request.query_string();
            return Err(Error::Moved(if query.is_empty() { spelled } else { format!("{spelled}?{query}") }));
        }
        return Ok(());
    }
    if is_from_here(request) {
        Ok(())
    } else if urls::is_of_the_desk(request.path()) {
        Err(Error::CrossSite)
    } else {
        // Nothing is sent to the pages for readers, wherever it comes from.
        Err(Error::Method("GET, HEAD"))
    }
}

/// Whether a part of an address is well escaped UTF-8 (RFC 3986, 2.1) without control characters.
fn is_readable(encoded: &str) -> bool {
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|b| b.is_ascii_hexdigit());
    let is_well_escaped = encoded.split('%').skip(1).all(is_escape);
    let decoded = percent_decode_str(encoded).decode_utf8();
    is_well_escaped && decoded.is_ok_and(|text| !text.chars().any(|c| c.is_control() || clean::is_refused(c)))
}

/// Whether an unsafe request comes from a page of this site. Browsers say so themselves
/// (Fetch Metadata); where they do not, the origin has to be ours. No token in a form can be forgotten.
fn is_from_here(request: &ServiceRequest) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = header(header::ORIGIN) else { return false };
    let ours = request.app_data::<Data<App>>().is_some_and(|app| origin == app.base_url.as_str());
    let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
    ours || (!authority.is_empty() && header(header::HOST) == Some(authority))
}
