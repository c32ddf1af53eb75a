//! The web application put together: what the server runs, and the tests too.

use actix_session::SessionMiddleware;
use actix_session::config::PersistentSession;
use actix_web::body::MessageBody;
use actix_web::cookie::{Key, SameSite, time::Duration};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Compress, from_fn};
use actix_web::web::{self, Data, PathConfig, QueryConfig};

use super::error::Error;
use super::middleware::{edge, error_pages, security};
use super::session::Store;
use super::{admin, routes};
use crate::app::App;

/// How long a browser keeps the cookie of a sign-in, which the server ends sooner: see
/// `domain::accounts::sessions`.
const COOKIE: Duration = Duration::days(30);

/// The application around its handles. `cookie_key` is the one of the database.
pub fn build(
    app: Data<App>,
    cookie_key: Key,
) -> actix_web::App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let desk = web::scope("/admin")
        .wrap(sessions(&app, cookie_key))
        .wrap(from_fn(admin::kept::arrival::kept_first))
        .wrap(from_fn(admin::gate::database_first))
        .configure(routes::for_editors);
    actix_web::App::new()
        .app_data(app)
        // What cannot be read from an address is an address that does not exist.
        .app_data(PathConfig::default().error_handler(|_, _| Error::NotFound.into()))
        .app_data(QueryConfig::default().error_handler(|_, _| Error::BadRequest.into()))
        .wrap(from_fn(edge::guard))
        .wrap(from_fn(error_pages::render))
        .wrap(from_fn(security::headers))
        .wrap(Compress::default())
        .service(desk)
        .configure(routes::for_readers)
        .default_service(web::to(async || Err::<actix_web::HttpResponse, _>(Error::NotFound)))
}

/// Under https the cookie is bound to this very host (RFC 6265bis, `__Host-`).
fn sessions(app: &App, key: Key) -> SessionMiddleware<Store> {
    let is_https = app.base_url.is_https();
    let store = Store { database: app.database.clone(), clock: app.clock.clone() };
    SessionMiddleware::builder(store, key)
        .cookie_name(if is_https { "__Host-onrecord" } else { "onrecord" }.to_owned())
        .cookie_secure(is_https)
        .cookie_http_only(true)
        .cookie_same_site(SameSite::Lax)
        .cookie_path("/".to_owned())
        .session_lifecycle(PersistentSession::default().session_ttl(COOKIE))
        .build()
}
