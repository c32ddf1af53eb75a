//! Makes every failure a page: in the language of the address for readers, on the desk's paper there.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error as ActixError, HttpResponse};
use jiff::Timestamp;

use crate::app::App;
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::{admin, site, urls};

/// Replaces the empty body of a failure by a page.
pub async fn render<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, ActixError> {
    let path = request.path().to_owned();
    let app = request.app_data::<Data<App>>().cloned();
    let response = next.call(request).await?;
    let (Some(app), true) = (app, response.response().error().is_some()) else {
        return Ok(response.map_into_left_body());
    };
    let status = response.status();
    let failure = response.response().error().map(|error| Failure::of(error, status, &path));
    match failure {
        Some(failure) => {
            let page = failure.page(&app, &path).await;
            Ok(response.into_response(page).map_into_right_body())
        }
        None => Ok(response.map_into_left_body()),
    }
}

/// What a page about a failure has to say.
struct Failure {
    status: StatusCode,
    words: &'static str,
    /// What a command said in refusing; for people who are signed in only.
    said: Option<String>,
    moved_to: Option<String>,
    /// What the address does do.
    allowed: &'static str,
    /// After how many seconds it is worth another try.
    wait: Option<u64>,
    /// What the log has the cause under.
    reference: Option<String>,
}

impl Failure {
    fn of(error: &ActixError, status: StatusCode, path: &str) -> Self {
        let Some(ours) = error.as_error::<Error>() else {
            // An error of a library: its text may tell what is inside, so that only the log gets it.
            let words = match status.as_u16() {
                404 => "not-found",
                405 => "method",
                408 => "timeout",
                413 => "too-large",
                400..=499 => "bad-request",
                _ => "internal",
            };
            let reference = status.is_server_error().then(|| note(&error.to_string(), path));
            return Self {
                status,
                words,
                said: None,
                moved_to: None,
                allowed: "GET, HEAD",
                wait: None,
                reference,
            };
        };
        Self {
            status,
            words: ours.words(),
            said: match ours {
                Error::Forbidden(why) => Some((*why).to_owned()),
                Error::Conflict(why) => Some(why.clone()),
                _ => None,
            },
            moved_to: match ours {
                Error::Moved(to) => Some(to.clone()),
                Error::SignInFirst => Some(urls::SIGN_IN.to_owned()),
                _ => None,
            },
            allowed: if let Error::Method(allowed) = ours { allowed } else { "" },
            wait: match ours {
                Error::SlowDown(seconds) => Some(*seconds),
                _ => None,
            },
            reference: match ours {
                Error::Internal(cause) => Some(note(cause, path)),
                Error::Unavailable(cause) => {
                    log::warn!("the database is away: {cause}");
                    None
                }
                _ => None,
            },
        }
    }

    async fn page(self, app: &App, path: &str) -> HttpResponse {
        let page = if urls::is_of_the_desk(path) {
            admin::errors::page(app, self.status, self.words, self.said.as_deref(), self.reference.as_deref())
                .await
        } else {
            let first = path.split('/').nth(1).unwrap_or_default();
            let locale = Locale::parse(first).unwrap_or_else(Locale::default_locale);
            site::errors::page(app, locale, self.status, self.words, self.reference.as_deref()).await
        };
        let mut page = page.unwrap_or_else(|_| HttpResponse::new(self.status));
        let headers = page.headers_mut();
        if let Some(to) = self.moved_to.and_then(|to| header::HeaderValue::from_str(&to).ok()) {
            headers.insert(header::LOCATION, to);
            // A day, not for ever: a renamed topic may be named back.
            headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("public, max-age=86400"));
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.insert(header::ALLOW, header::HeaderValue::from_static(self.allowed));
        }
        let is_away = self.status == StatusCode::SERVICE_UNAVAILABLE;
        if let Some(seconds) = self.wait.or(is_away.then_some(5)) {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        page
    }
}

/// Writes a cause into the log and gives what it is to be found under.
fn note(cause: &str, path: &str) -> String {
    let reference = format!("{:x}", Timestamp::now().as_microsecond());
    // The shape of the address, not the address: a token in it is a secret.
    log::error!("{reference} under {}: {cause}", urls::shape(path));
    reference
}
