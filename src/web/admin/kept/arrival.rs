//! In front of the sign-in: what a page of the editor sends is written down before anything judges it.
//!
//! It has to carry the token that the desk gave with that page; without one nothing is kept, and
//! nothing is saved. Whatever goes wrong after this, the answer carries every field back.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error as ActixError, FromRequest, HttpMessage as _, HttpRequest, HttpResponse};
use std::future::{Ready, ready};

use super::answer::{Answer, wants_json};
use crate::app::App;
use crate::domain::accounts::users::User;
use crate::domain::ids::{KeptId, StatementId};
use crate::domain::kept::texts::{self, Arrival, Keeping};
use crate::domain::kept::tokens::{self, Token};
use crate::domain::kept::{Sent, Target};
use crate::i18n::Locale;
use crate::text::{clean, digest};
use crate::web::admin::errors;
use crate::web::admin::sessions::{self, Asked};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::{Fields, MAX_BYTES};
use crate::web::urls;

/// The field that carries a page's token.
pub const TOKEN: &str = "edit_token";
/// The field that carries what the page calls this send.
pub const SENT: &str = "sent";
/// The fields that carry the sends that got no answer.
pub const UNANSWERED: &str = "unanswered";
/// The field that carries the kept text that was taken over.
pub const TOOK_OVER: &str = "took_over";

/// What is known of a form of the editor before anybody has judged it.
#[derive(Clone, Debug, Default)]
pub struct Arrived {
    token: Option<Token>,
    keeping: Option<Keeping>,
    /// Whether a page sent it by itself, and wants to be told in JSON.
    pub by_itself: bool,
}

impl Arrived {
    /// Whether it is kept.
    pub fn is_kept(&self) -> bool {
        matches!(self.keeping, Some(Keeping::Kept(_)))
    }

    /// The statement that this page began, where it is a page for a new one.
    pub fn has_begun(&self) -> Option<StatementId> {
        self.token.as_ref().and_then(Token::has_begun)
    }

    fn is_too_much(&self) -> bool {
        self.keeping == Some(Keeping::TooMuch)
    }

    /// What a save has to say about its page; or why nothing from this page is taken.
    pub fn judge(&self, editor: &Editor, fields: &Fields) -> Result<Sent, &'static str> {
        let Some(token) = &self.token else {
            return Err(
                "This page was opened too long ago, or not by this desk. Nothing is lost: all that you typed is \
                 below. Please save again.",
            );
        };
        if token.user_id != editor.user.id {
            return Err(
                "This page was opened by somebody else who was signed in here before you. The text is kept for \
                 them. To save it as yours, please save again.",
            );
        }
        let short = |name: &str| name.chars().take(64).collect::<String>();
        Ok(Sent {
            token: token.token_digest.clone(),
            kept: match self.keeping {
                Some(Keeping::Kept(id)) => Some(id),
                _ => None,
            },
            name: short(fields.raw(SENT)),
            unanswered: fields.all(UNANSWERED).take(64).map(short).collect(),
            took_over: fields.raw(TOOK_OVER).parse().ok().map(KeptId),
            by_itself: self.by_itself,
        })
    }
}

impl FromRequest for Arrived {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(request.extensions().get::<Self>().cloned().unwrap_or_default()))
    }
}

/// The text that a form of the editor is sent to; `None` where the request is no such form.
fn target_of(request: &ServiceRequest) -> Option<Target> {
    let rest = request.path().strip_prefix(urls::DESK).filter(|_| request.method() == Method::POST)?;
    let parts: Vec<&str> = rest.split('/').collect();
    match parts[..] {
        [""] => Some(None),
        ["", id, locale] => Some(Some((StatementId(id.parse().ok()?), Locale::parse(locale)?))),
        _ => None,
    }
}

/// Keeps what arrives, then lets it pass; and gives it back when what comes after fails.
pub async fn kept_first<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, ActixError> {
    let (Some(target), Some(app)) = (target_of(&request), request.app_data::<Data<App>>().cloned()) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let by_itself = wants_json(request.headers());
    let path = request.uri().path().to_owned();
    let (request, mut payload) = request.into_parts();
    let read = async {
        let body = Fields::body(&request, &mut payload).await?;
        let fields = Fields::decode(&body)?;
        Ok::<_, Error>((body, fields))
    };
    let (body, fields) = match read.await {
        Ok(read) => read,
        Err(Error::TooLarge) => {
            let page = too_large(&app).await.unwrap_or_else(|_| HttpResponse::PayloadTooLarge().finish());
            return Ok(ServiceResponse::new(request, page).map_into_right_body());
        }
        Err(error) => return Ok(ServiceResponse::from_err(error, request).map_into_right_body()),
    };
    let (token, keeping) = write_down(&app, target, &body, &fields).await;
    let arrived = Arrived { token, keeping, by_itself };
    request.extensions_mut().insert(arrived.clone());
    let response = next.call(ServiceRequest::from_parts(request, Payload::from(body))).await?;
    match instead(&app, &response, &arrived, path, &fields).await {
        Some(page) => Ok(response.into_response(page).map_into_right_body()),
        None => Ok(response.map_into_left_body()),
    }
}

/// Writes down what arrived. A database that refuses is no reason to stop here: the answer will carry
/// everything back.
async fn write_down(
    app: &App,
    target: Target,
    body: &Bytes,
    fields: &Fields,
) -> (Option<Token>, Option<Keeping>) {
    let now = app.clock.now();
    let Ok(mut conn) = app.database.connection().await else { return (None, None) };
    let token = match tokens::find(&mut conn, fields.raw(TOKEN), now).await {
        Ok(token) => token.filter(|token| token.is_for(target)),
        Err(error) => {
            log::warn!("a page of the editor could not be known: {error}");
            None
        }
    };
    let Some(token) = token else { return (None, None) };
    let title: String = clean::line(fields.raw("title")).chars().take(300).collect();
    let typed = fields.iter().filter(|(name, _)| ![SENT, UNANSWERED, "then"].contains(name));
    let form_digest = digest::of_fields(typed.map(|(name, value)| (name, value.as_bytes())));
    let arrival = Arrival { token: &token, form: body, form_digest, title: &title };
    let keeping = match texts::keep(&mut conn, &arrival, now).await {
        Ok(keeping) => Some(keeping),
        Err(error) => {
            log::warn!("what a page of the editor sent could not be kept: {error}");
            None
        }
    };
    (Some(token), keeping)
}

/// What is answered instead, where the answer would not carry the words back by itself.
async fn instead<B>(
    app: &App,
    response: &ServiceResponse<B>,
    arrived: &Arrived,
    path: String,
    fields: &Fields,
) -> Option<HttpResponse> {
    let status = response.status();
    let is_signed_in = response.request().extensions().get::<User>().is_some();
    let failure = response.response().error();
    let is_page = failure.is_none();
    let limit_hit = arrived.is_too_much() && !is_signed_in;
    if !(status.is_client_error() || status.is_server_error()) || (is_page && is_signed_in) {
        return None;
    }
    if let Some(error) = failure.filter(|_| status.is_server_error()) {
        log::error!("a form of the editor is given back: {error}");
    }
    let why = match failure.and_then(|error| error.as_error::<Error>()) {
        Some(Error::Forbidden(why)) => (*why).to_owned(),
        Some(Error::Conflict(why)) => why.clone(),
        Some(Error::NotFound) => "There is no such statement, or no longer.".to_owned(),
        _ if limit_hit => TOO_MUCH.to_owned(),
        _ if !is_signed_in && is_page => "You have been signed out meanwhile.".to_owned(),
        _ => "The database does not take anything just now.".to_owned(),
    };
    if arrived.by_itself {
        let sign_in = (!is_signed_in && is_page).then(|| urls::SIGN_IN.to_owned());
        let answer = Answer { sign_in, ..Answer::not_saved(why, arrived.is_kept()) };
        let status = if limit_hit { StatusCode::TOO_MANY_REQUESTS } else { status };
        return Some(answer.with(status));
    }
    if is_page && !limit_hit {
        return None;
    }
    let status = if limit_hit { StatusCode::TOO_MANY_REQUESTS } else { status };
    let kept = if arrived.is_kept() { " A copy is kept on the server too." } else { "" };
    let text =
        format!("{why} Everything you typed is kept on this page: you can send it again from here.{kept}");
    sessions::given_back(app, Asked::again(path, fields), status, &text).await.ok()
}

/// Says how much a form can have, and where the words are still.
async fn too_large(app: &App) -> Result<HttpResponse, Error> {
    let said = format!(
        "Nothing was saved: a form can have {} MB, and this one has more. Please go back: your browser still has what \
         you typed. Make it shorter, or divide it.",
        MAX_BYTES / (1024 * 1024)
    );
    errors::page(app, StatusCode::PAYLOAD_TOO_LARGE, "too-large", Some(&said), None).await
}

/// The limits, in words.
const TOO_MUCH: &str = "More was sent from this page than is kept for somebody who is not signed in: 30 texts a minute, \
                        and 24 MB in all.";
