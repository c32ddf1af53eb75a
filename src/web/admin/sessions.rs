//! Signing in and out.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::SignedDuration;
use serde::Deserialize;

use super::desk::{Desk, Room};
use super::{factors, second_step, slow_down};
use crate::app::App;
use crate::domain::accounts::devices;
use crate::domain::accounts::factors::has_second_factor;
use crate::domain::accounts::failures::{self, Failure};
use crate::domain::accounts::passwords::Password;
use crate::domain::accounts::throttle::{self, Verdict};
use crate::domain::accounts::users::{self, User};
use crate::domain::audit::{self, About, Verb};
use crate::domain::outcome::Problems;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::{client, session, urls};

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

/// These are not carried along: a password has no place in a page, and is quickly typed again.
const SECRETS: [&str; 3] = ["password", "password_again", "current_password"];

impl Asked {
    /// A form that was sent while nobody was signed in.
    pub fn again(path: String, fields: &Fields) -> Self {
        let kept = fields.iter().filter(|(name, _)| !SECRETS.contains(name));
        let kept = kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
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
        if on_the_desk && !self.next.starts_with(urls::SIGN_OUT) { &self.next } else { urls::DASHBOARD }
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

/// The first step of a sign-in: the password. It is counted before it is looked at. An unknown address and
/// a wrong password take as long, read the same and are slowed in the same way.
pub async fn create(app: Data<App>, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let asked = Asked::from_sign_in(&fields);
    if fields.raw("password").is_empty() {
        return again(&app, asked, Problems::one("password", "Please type your password.")).await;
    }
    let (user, account, verdict) = {
        let mut conn = app.database.connection().await?;
        let user = users::by_email(&mut conn, &asked.email).await?;
        let account = user.as_ref().map_or_else(|| asked.email.clone(), |user| user.email.clone());
        let client = client::of(&request, &app);
        let verdict = throttle::sign_in(&mut conn, &account, &client, app.clock.now()).await?;
        (user, account, verdict)
    };
    let counted = match verdict {
        Verdict::Go(counted) => counted,
        Verdict::Wait(wait) => {
            note(&app, account, Failure::Slowed);
            return wait_first(&app, asked, wait).await;
        }
    };
    let hash = user.as_ref().and_then(|user| user.password_hash.clone());
    let matches =
        app.matches(Password::typed(fields.raw("password")), hash).await.map_err(Error::Internal)?;
    let Some(user) = user.filter(|_| matches) else {
        note(&app, account, Failure::Wrong);
        let why = "The address or the password is not right. Please try again.";
        return again(&app, asked, Problems::one("email", why)).await;
    };
    counted.give_back(&mut *app.database.connection().await?).await.map_err(Error::from)?;
    after_password(&app, &request, user, asked).await
}

/// Writes a failed sign-in down beside the answer and not before it: who has an account must not take longer.
fn note(app: &Data<App>, account: String, failure: Failure) {
    let app = app.clone();
    actix_web::rt::spawn(async move {
        let noted = async {
            let mut conn = app.database.connection().await.map_err(|error| error.to_string())?;
            let now = app.clock.now();
            failures::note(&mut conn, &account, failure, now).await.map_err(|error| error.to_string())
        };
        if let Err(error) = noted.await {
            log::warn!("a failed sign-in could not be counted: {error}");
        }
    });
}

async fn wait_first(app: &App, asked: Asked, wait: SignedDuration) -> Result<HttpResponse, Error> {
    let why = format!(
        "There were too many tries with this address, or from where you are. Please wait {}, and try again. A link for a \
         new password, from an administrator, works at once.",
        slow_down::in_words(wait)
    );
    let page = show(app, asked, StatusCode::TOO_MANY_REQUESTS, Problems::one("email", why)).await?;
    Ok(slow_down::with_wait(page, wait))
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
    arrive(app, request, user, asked).await
}

/// The last step: begins the session of somebody who has shown all that they had to show.
pub async fn begin(app: &App, request: &HttpRequest, user: &User) -> Result<(), Error> {
    session::sign_in(request, user.id)?;
    session::prove(request, app.clock.now())?;
    let mut conn = app.database.connection().await?;
    Ok(users::signed_in(&mut conn, user, app.clock.now()).await?)
}

/// Where somebody arrives who was just let in: where they wanted to go, or at the form that they had sent.
/// Their device is known from now on.
pub async fn arrive(
    app: &App,
    request: &HttpRequest,
    user: User,
    asked: Asked,
) -> Result<HttpResponse, Error> {
    let devices = {
        let mut conn = app.database.connection().await?;
        let before = client::of(request, app).devices;
        devices::remember(&mut conn, &user.email, &before, app.clock.now()).await?
    };
    let mut answer = destination(app, user, asked).await?;
    answer
        .add_cookie(&client::known_device(app, devices))
        .map_err(|error| Error::Internal(error.to_string()))?;
    Ok(answer)
}

async fn destination(app: &App, user: User, asked: Asked) -> Result<HttpResponse, Error> {
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
