//! The gate of the desk: nobody passes who is not signed in, and nothing they typed is lost.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error as ActixError, HttpMessage as _, HttpRequest, HttpResponse};

use super::kept::answer::{Answer, wants_json};
use super::{factors, sessions};
use crate::app::App;
use crate::domain::accounts::factors::{is_asked_of, is_lacking};
use crate::domain::accounts::sessions::touch;
use crate::domain::accounts::users::{self, User};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::page::see_other;
use crate::web::{session, urls};

/// Lets a request pass with the person who is signed in, and has a second factor where one is demanded. A
/// page asked for leads to the sign-in and back; a form sent gets a sign-in that carries every field along.
pub async fn signed_in<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, ActixError> {
    match who(&request).await {
        Ok(Some(user)) => match lacks_a_factor(&request, &user).await {
            Ok(true) => Ok(hold(request).await.map_into_right_body()),
            Ok(false) => {
                request.extensions_mut().insert(user);
                Ok(next.call(request).await?.map_into_left_body())
            }
            Err(error) => Ok(request.error_response(error).map_into_right_body()),
        },
        Ok(None) => Ok(ask(request).await?.map_into_right_body()),
        Err(error) => Ok(request.error_response(error).map_into_right_body()),
    }
}

/// Says that the database is away before anything asks it who is signed in. What was sent comes back
/// in the answer, to be sent again.
pub async fn database_first<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, ActixError> {
    match away(&request).await {
        Some(error) if request.method().is_safe() => Ok(request.error_response(error).map_into_right_body()),
        Some(error) => {
            log::warn!("the database is away, and a form is given back: {error}");
            if wants_json(request.headers()) {
                let why = "The database cannot be reached just now.";
                let answer = Answer::not_saved(why, false).with(StatusCode::SERVICE_UNAVAILABLE);
                return Ok(request.into_response(answer).map_into_right_body());
            }
            let (path, app) = (path_of(&request), request.app_data::<Data<App>>().cloned());
            let (request, mut payload) = request.into_parts();
            let page = match (fields_of(&request, &mut payload).await, app) {
                (Ok(fields), Some(app)) => sessions::back(&app, sessions::Asked::again(path, &fields)).await,
                (Err(error), _) => Err(error),
                (_, None) => Err(error),
            };
            Ok(answer(request, page).map_into_right_body())
        }
        None => Ok(next.call(request).await?.map_into_left_body()),
    }
}

/// Whether the database is away. Before a form is taken it has to answer; for a page it is enough that
/// there was no reason to think otherwise.
async fn away(request: &ServiceRequest) -> Option<Error> {
    let app = request.app_data::<Data<App>>()?;
    if request.method().is_safe() {
        app.database.connection().await.err().map(Error::from)
    } else {
        app.database.answers().await.err().map(|late| Error::Unavailable(late.to_string()))
    }
}

fn path_of(request: &ServiceRequest) -> String {
    request.uri().path_and_query().map_or(urls::DESK, |path| path.as_str()).to_owned()
}

fn answer(request: HttpRequest, page: Result<HttpResponse, Error>) -> ServiceResponse {
    match page {
        Ok(page) => ServiceResponse::new(request, page),
        Err(error) => ServiceResponse::from_err(error, request),
    }
}

/// What was typed into a form. A file is still where it was chosen, and is not read for nobody.
async fn fields_of(request: &HttpRequest, payload: &mut Payload) -> Result<Fields, Error> {
    let sent_as = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if sent_as.is_some_and(|sent_as| sent_as.starts_with("multipart/form-data;")) {
        return Ok(Fields::default());
    }
    Fields::read(request, payload).await
}

async fn who(request: &ServiceRequest) -> Result<Option<User>, Error> {
    let (request, app) = (request.request(), request.app_data::<Data<App>>());
    let (Some(id), Some(handle), Some(app)) = (session::user(request), session::handle(request), app) else {
        return Ok(None);
    };
    let mut conn = app.database.connection().await?;
    let user = users::by_id(&mut conn, id).await?;
    if user.is_some() {
        // A database that only reads still shows the desk.
        if let Err(error) = touch(&mut conn, &handle, app.clock.now()).await {
            log::warn!("a visit could not be noted: {error}");
        }
    }
    Ok(user)
}

/// Whether this person has to get a second factor first, and asks for something else. Judged at each request:
/// a demand acts at once.
async fn lacks_a_factor(request: &ServiceRequest, user: &User) -> Result<bool, Error> {
    let Some(app) = request.app_data::<Data<App>>() else { return Ok(false) };
    if !is_asked_of(user.role) || urls::is_of_own_account(request.path()) {
        return Ok(false);
    }
    let mut conn = app.database.connection().await?;
    Ok(is_lacking(&mut conn, user).await?)
}

/// Leads to the second factors. A form that was sent comes back, to be sent again after that.
async fn hold(request: ServiceRequest) -> ServiceResponse {
    if request.method().is_safe() {
        return request.into_response(see_other(urls::FACTORS));
    }
    let (path, app) = (path_of(&request), request.app_data::<Data<App>>().cloned());
    let (request, mut payload) = request.into_parts();
    let page = match (Fields::read(&request, &mut payload).await, app) {
        (Ok(fields), Some(app)) => factors::first(&app, sessions::Asked::again(path, &fields)).await,
        (Err(error), _) => Err(error),
        (_, None) => Err(Error::NotFound),
    };
    answer(request, page)
}

async fn ask(request: ServiceRequest) -> Result<ServiceResponse, ActixError> {
    let path = path_of(&request);
    if request.method().is_safe() {
        let back = format!(
            "{}?{}",
            urls::SIGN_IN,
            serde_urlencoded::to_string([("next", path)]).unwrap_or_default()
        );
        return Ok(
            request.into_response(HttpResponse::SeeOther().insert_header((header::LOCATION, back)).finish())
        );
    }
    let Some(app) = request.app_data::<Data<App>>().cloned() else {
        return Ok(request.error_response(Error::SignInFirst));
    };
    let (request, mut payload) = request.into_parts();
    let page = match fields_of(&request, &mut payload).await {
        Ok(fields) => {
            sessions::page(&app, sessions::Asked::again(path, &fields), StatusCode::FORBIDDEN).await
        }
        Err(error) => Err(error),
    };
    Ok(answer(request, page))
}
