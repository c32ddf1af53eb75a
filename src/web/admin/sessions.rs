//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Deserialize;

use super::desk::{Desk, Room};
use super::{factors, second_step};
use crate::app::App;
use crate::domain::accounts::factors::has_second_factor;
use crate::domain::accounts::passwords::Password;
use crate::domain::accounts::users::{self, User};
use crate::domain::audit::{self, About, Verb};
use crate::domain::outcome::Problems;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::{session, urls};

/// What somebody asked for before the sign-in came between.
#[derive(Default)]
pub struct Asked {
    /// Where they wanted to go.
    pub(super) next: String,
    /// What they had typed into a form there.
    pub(super) kept: Vec<(String, String)>,
    email: String,
}

/// Fields carried along get this before their names, so that they are none of the sign-in's own.
pub(super) const KEPT: &str = "kept.";

impl Asked {
    /// A form that was sent while nobody was signed in.
    pub fn again(path: String, fields: &Fields) -> Self {
        let kept = fields.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { next: path, kept, email: String::new() }
    }

    /// What a form of the sign-in carries along.
    pub(super) fn from_sign_in(fields: &Fields) -> Self {
        let kept = fields
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?.to_owned(), value.to_owned())));
        Self { next: fields.line("next"), kept: kept.collect(), email: fields.line("email") }
    }

    /// The path to go on to: on the desk only, whatever was asked.
    pub(super) fn destination(&self) -> &str {
        let on_the_desk =
            self.next.starts_with("/admin/") && !self.next.contains("//") && !self.next.contains('\\');
        if on_the_desk && !self.next.starts_with(urls::SIGN_OUT) { &self.next } else { urls::DESK }
    }
}

#[derive(Template)]
#[template(path = "admin/sign_in.html")]
struct SignInPage {
    desk: Desk,
    asked: Asked,
    /// Whether passkeys can answer here.
    passkeys: bool,
}

#[derive(Template)]
#[template(path = "admin/send_again.html")]
struct SendAgainPage<'a> {
    desk: Desk,
    asked: Asked,
    title: &'static str,
    text: &'a str,
}

/// A form given back, because the database is away: it can be sent again from here.
pub async fn back(app: &App, asked: Asked) -> Result<HttpResponse, Error> {
    let text = "The database cannot be reached just now. Everything you typed is kept on this page: wait a moment, \
                and send it again.";
    given_back(app, asked, StatusCode::SERVICE_UNAVAILABLE, text).await
}

/// A form given back, with the reason: it can be sent again from here.
pub async fn given_back(
    app: &App,
    asked: Asked,
    status: StatusCode,
    text: &str,
) -> Result<HttpResponse, Error> {
    let desk = Desk::outside(app).await;
    html(status, &SendAgainPage { desk, asked, title: "Not saved yet, and not lost", text })
}

/// Where a sign-in came from.
#[derive(Deserialize)]
pub struct From {
    #[serde(default)]
    next: String,
}

impl std::convert::From<From> for Asked {
    fn from(from: From) -> Self {
        Self { next: from.next, ..Self::default() }
    }
}

/// The sign-in page.
pub async fn new(app: Data<App>, from: Query<From>) -> Result<HttpResponse, Error> {
    page(&app, from.into_inner().into(), StatusCode::OK).await
}

/// The sign-in page with what was asked for before it.
pub async fn page(app: &App, asked: Asked, status: StatusCode) -> Result<HttpResponse, Error> {
    show(app, asked, status, Problems::default()).await
}

/// The sign-in page once more, with what went wrong.
pub(super) async fn again(app: &App, asked: Asked, problems: Problems) -> Result<HttpResponse, Error> {
    show(app, asked, StatusCode::UNPROCESSABLE_ENTITY, problems).await
}

async fn show(
    app: &App,
    asked: Asked,
    status: StatusCode,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let passkeys = factors::site(app).await.is_some();
    html(status, &SignInPage { desk: Desk::outside(app).await.with_problems(problems), asked, passkeys })
}

/// The first step of a sign-in: the password. An unknown address and a wrong password take as long and
/// read the same.
pub async fn create(app: Data<App>, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let asked = Asked::from_sign_in(&fields);
    let user = {
        let mut conn = app.database.connection().await?;
        users::by_email(&mut conn, &asked.email).await?
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let matches =
        app.matches(Password::typed(fields.raw("password")), hash).await.map_err(Error::Internal)?;
    let Some(user) = user.filter(|_| matches) else {
        let problems = Problems::one("email", "The address or the password is not right. Please try again.");
        return again(&app, asked, problems).await;
    };
    after_password(&app, &request, user, asked).await
}

/// The step after the password, whether it was typed or just chosen by a link: the second factor of somebody
/// who has one; others are in.
pub async fn after_password(
    app: &App,
    request: &HttpRequest,
    user: User,
    asked: Asked,
) -> Result<HttpResponse, Error> {
    let has_second_factor = {
        let mut conn = app.database.connection().await?;
        has_second_factor(&mut conn, user.id).await?
    };
    if has_second_factor {
        return second_step::ask(app, request, &user, asked).await;
    }
    begin(app, request, &user).await?;
    arrive(app, user, asked).await
}

/// The last step: begins the session of somebody who has shown all that they had to show.
pub async fn begin(app: &App, request: &HttpRequest, user: &User) -> Result<(), Error> {
    session::sign_in(request, user.id)?;
    session::prove(request, app.clock.now())?;
    let mut conn = app.database.connection().await?;
    audit::record(&mut conn, user.actor(), app.clock.now(), Verb::SignedIn, About::default()).await?;
    Ok(())
}

/// Where somebody arrives who was just let in: where they wanted to go, or at the form that they had sent.
pub async fn arrive(app: &App, user: User, asked: Asked) -> Result<HttpResponse, Error> {
    if asked.kept.is_empty() {
        return Ok(see_other(asked.destination()));
    }
    let desk = Desk { person: Some(user.name), ..Desk::outside(app).await };
    html(
        StatusCode::OK,
        &SendAgainPage {
            desk,
            asked,
            title: "You are signed in",
            text: "What you typed before is still here. Send it now, and it goes where you meant it to go.",
        },
    )
}

/// Signs out, here and in the database.
pub async fn destroy(editor: Editor, request: HttpRequest) -> Result<HttpResponse, Error> {
    let mut conn = editor.database.connection().await?;
    audit::record(&mut conn, editor.actor(), editor.clock.now(), Verb::SignedOut, About::default()).await?;
    session::sign_out(&request);
    Ok(see_other(urls::SIGN_IN))
}
