//! The headers that keep a page to itself.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::app::App;
use crate::web::assets::SITE;
use crate::web::urls;

/// Adds the headers. A page for readers may do nothing but show itself: no script, no request to
/// anyone. The desk may run its own script and send its own forms.
pub async fn headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_desk = urls::is_of_the_desk(request.path());
    let is_preview = urls::is_preview(request.path());
    let is_https = request.app_data::<Data<App>>().is_some_and(|app| app.base_url.is_https());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let policy = if is_desk { desk_policy() } else { reader_policy() };
    // A picture or a file brings its own, which allows nothing.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        set(headers, header::CONTENT_SECURITY_POLICY, &policy);
    }
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // The desk's own forms need it: under no-referrer Chromium says that they come from nowhere.
    // From a preview, whose address is a secret, nobody at all learns where a reader comes from.
    set(headers, header::REFERRER_POLICY, if is_preview { "no-referrer" } else { "same-origin" });
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()");
    if is_https {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
    if is_desk || is_preview {
        set(headers, header::CACHE_CONTROL, "no-store");
        set(headers, HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    } else if !headers.contains_key(header::CACHE_CONTROL) {
        // Asked again each time: a withdrawn text must not live on in a cache of anyone.
        set(headers, header::CACHE_CONTROL, "no-cache");
    }
    Ok(response)
}

fn reader_policy() -> String {
    format!(
        "default-src 'none'; style-src {}; img-src 'self' data:; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
        SITE.source()
    )
}

/// The preview on the desk is the reader's own page, so its stylesheet is allowed here too.
fn desk_policy() -> String {
    format!(
        "default-src 'none'; style-src 'self' {}; script-src 'self'; connect-src 'self'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        SITE.source()
    )
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
