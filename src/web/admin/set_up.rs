//! One-time links: the first administrator, and a new password.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::desk::{Desk, Room};
use super::sessions;
use super::site::{SiteForm, texts_of};
use crate::app::App;
use crate::domain::accounts::links::{self, Link};
use crate::domain::accounts::passwords::{MIN_CHARACTERS, Password};
use crate::domain::accounts::users::{self, NewUser, User};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::Role;
use crate::domain::site::{self, Standing};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::page::html;
use crate::web::{session, urls};

#[derive(Template)]
#[template(path = "admin/set_up.html")]
struct SetUpPage {
    desk: Desk,
    token: String,
    person: String,
    email: String,
    site: SiteForm,
    min: usize,
}

#[derive(Template)]
#[template(path = "admin/reset.html")]
struct ResetPage {
    desk: Desk,
    token: String,
    email: String,
    min: usize,
}

#[derive(Template)]
#[template(path = "admin/link_over.html")]
struct LinkOverPage {
    desk: Desk,
}

/// The form behind a link.
pub async fn new(app: Data<App>, token: Path<String>) -> Result<HttpResponse, Error> {
    match find(&app, &token).await? {
        Some(Link::SetUp) => set_up_form(&app, &token, &Fields::default(), Problems::default()).await,
        Some(Link::Reset(user)) => reset_form(&app, &token, &user, Problems::default()).await,
        None => over(&app).await,
    }
}

/// What was filled in.
pub async fn create(
    app: Data<App>,
    token: Path<String>,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    match find(&app, &token).await? {
        Some(Link::SetUp) => set_up(&app, &token, &request, &fields).await,
        Some(Link::Reset(user)) => reset(&app, &token, &request, &fields, &user).await,
        None => over(&app).await,
    }
}

async fn find(app: &App, token: &str) -> Result<Option<Link>, Error> {
    let mut conn = app.database.connection().await?;
    Ok(links::find(&mut conn, token, app.clock.now()).await?)
}

/// A link that is used up or too old is no secret any more: it says what to do instead.
async fn over(app: &App) -> Result<HttpResponse, Error> {
    html(StatusCode::NOT_FOUND, &LinkOverPage { desk: Desk::outside(app).await })
}

async fn set_up(
    app: &App,
    token: &str,
    request: &HttpRequest,
    fields: &Fields,
) -> Result<HttpResponse, Error> {
    let texts = texts_of(fields);
    let mut first = NewUser {
        email: fields.line("email"),
        name: fields.line("person"),
        role: Role::Administrator,
        password_hash: String::new(),
    };
    let mut problems = first.problems();
    problems.extend(password_problems(fields));
    problems.extend(site::problems(&texts));
    if !problems.is_empty() {
        return set_up_form(app, token, fields, problems).await;
    }
    first.password_hash = app.hash(Password::typed(fields.raw("password"))).await.map_err(Error::Internal)?;
    let mut conn = app.database.connection().await?;
    match links::set_up(&mut conn, token, first, &texts, app.clock.now()).await {
        Ok((user, change)) => {
            app.apply(change);
            let user = users::by_id(&mut conn, user).await?.ok_or(Error::NotFound)?;
            drop(conn);
            enter(app, request, user, "Welcome. Here is your desk: begin with a new statement.").await
        }
        Err(Refused::Invalid(problems)) => set_up_form(app, token, fields, problems).await,
        Err(Refused::NotFound) => over(app).await,
        Err(other) => Err(other.into()),
    }
}

async fn reset(
    app: &App,
    token: &str,
    request: &HttpRequest,
    fields: &Fields,
    user: &User,
) -> Result<HttpResponse, Error> {
    let problems = password_problems(fields);
    if !problems.is_empty() {
        return reset_form(app, token, user, problems).await;
    }
    let hash = app.hash(Password::typed(fields.raw("password"))).await.map_err(Error::Internal)?;
    let mut conn = app.database.connection().await?;
    match links::reset(&mut conn, token, user, &hash, app.clock.now()).await {
        Ok(()) => {
            // As they are now, with the new password.
            let user = users::by_id(&mut conn, user.id).await?.ok_or(Error::NotFound)?;
            drop(conn);
            let word = "Your new password is set, and every other sign-in of yours has ended.";
            enter(app, request, user, word).await
        }
        Err(Refused::NotFound) => over(app).await,
        Err(other) => Err(other.into()),
    }
}

/// Goes on as after a password at the door: a link does not stand for a second factor.
async fn enter(app: &App, request: &HttpRequest, user: User, word: &str) -> Result<HttpResponse, Error> {
    let answer = sessions::after_password(app, request, user, sessions::Asked::default()).await?;
    if session::user(request).is_some() {
        session::flash(request, word, None);
    }
    Ok(answer)
}

/// What keeps the password of a form from being chosen.
fn password_problems(fields: &Fields) -> Problems {
    let mut problems = Problems::default();
    if let Err(why) = Password::typed(fields.raw("password")).check() {
        problems.add("password", why);
    }
    if fields.raw("password") != fields.raw("password_again") {
        problems.add("password_again", "This is not the same as above. Please type it once more.");
    }
    problems
}

async fn set_up_form(
    app: &App,
    token: &str,
    fields: &Fields,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = SetUpPage {
        desk: Desk::outside(app).await.with_problems(problems),
        token: token.to_owned(),
        person: fields.line("person"),
        email: fields.line("email"),
        site: SiteForm { texts: texts_of(fields) },
        min: MIN_CHARACTERS,
    };
    html(status, &page)
}

async fn reset_form(app: &App, token: &str, user: &User, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ResetPage {
        desk: Desk::outside(app).await.with_problems(problems),
        token: token.to_owned(),
        email: user.email.clone(),
        min: MIN_CHARACTERS,
    };
    html(status, &page)
}
