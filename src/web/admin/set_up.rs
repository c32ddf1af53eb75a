//! One-time links: the first administrator, somebody invited, and a new password.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::desk::{Desk, Room};
use super::site::{SiteForm, texts_of};
use super::{new_password, sessions, slow_down};
use crate::app::App;
use crate::domain::accounts::demands::Demands;
use crate::domain::accounts::factors;
use crate::domain::accounts::links::{self, Link};
use crate::domain::accounts::passwords::MIN_CHARACTERS;
use crate::domain::accounts::throttle::{self, Verdict};
use crate::domain::accounts::users::{self, NewUser, User};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::Role;
use crate::domain::site;
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::page::html;
use crate::web::{client, session, urls};

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
#[template(path = "admin/choose_password.html")]
struct ChoosePage {
    desk: Desk,
    token: String,
    name: String,
    email: String,
    min: usize,
    is_invited: bool,
}

#[derive(Template)]
#[template(path = "admin/link_over.html")]
struct LinkOverPage {
    desk: Desk,
}

/// The form behind a link.
pub async fn new(app: Data<App>, token: Path<String>, request: HttpRequest) -> Result<HttpResponse, Error> {
    match find(&app, &token, &request).await? {
        Some(Link::SetUp) => set_up_form(&app, &token, &Fields::default(), Problems::default()).await,
        Some(link @ (Link::Reset(_) | Link::Invitation(_))) => {
            choose_form(&app, &token, &link, Problems::default()).await
        }
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
    match find(&app, &token, &request).await? {
        Some(Link::SetUp) => set_up(&app, &token, &request, &fields).await,
        Some(link @ (Link::Reset(_) | Link::Invitation(_))) => {
            choose(&app, &token, &request, &fields, &link).await
        }
        None => over(&app).await,
    }
}

/// The link of a token. Whoever tries many that there are not is slowed.
async fn find(app: &App, token: &str, request: &HttpRequest) -> Result<Option<Link>, Error> {
    let (mut conn, now) = (app.database.connection().await?, app.clock.now());
    let counted = match throttle::link(&mut conn, &client::of(request, app), now).await? {
        Verdict::Go(counted) => counted,
        Verdict::Wait(wait) => return Err(Error::SlowDown(slow_down::seconds(wait))),
    };
    let link = links::find(&mut conn, token, now).await?;
    if link.is_some() {
        counted.give_back(&mut conn).await?;
    }
    Ok(link)
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
        password_hash: None,
    };
    let mut problems = first.problems();
    let organisation = texts.iter().flat_map(|texts| [&texts.names.name, &texts.names.short_name]);
    let known_by = [&first.name, &first.email].into_iter().chain(organisation).map(String::as_str);
    problems.extend(new_password::problems(app, &Demands::of(known_by, false), fields).await?);
    problems.extend(site::problems(&texts));
    if !problems.is_empty() {
        return set_up_form(app, token, fields, problems).await;
    }
    first.password_hash = Some(new_password::hash(app, fields).await?);
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

/// A password is chosen: the first, or another.
async fn choose(
    app: &App,
    token: &str,
    request: &HttpRequest,
    fields: &Fields,
    link: &Link,
) -> Result<HttpResponse, Error> {
    let (Link::Reset(user) | Link::Invitation(user)) = link else { return over(app).await };
    let problems = new_password::problems(app, &demands(app, user).await?, fields).await?;
    if !problems.is_empty() {
        return choose_form(app, token, link, problems).await;
    }
    let hash = new_password::hash(app, fields).await?;
    let (mut conn, now) = (app.database.connection().await?, app.clock.now());
    let (chosen, word) = match link {
        Link::Invitation(_) => (
            links::accept(&mut conn, token, user, &hash, now).await,
            "Welcome. This is the desk; your account is under your name.",
        ),
        _ => (
            links::reset(&mut conn, token, user, &hash, now).await,
            "Your new password is set, and every other sign-in of yours has ended.",
        ),
    };
    drop(conn);
    match chosen {
        Ok(()) => enter(app, request, user.clone(), word).await,
        Err(Refused::NotFound) => over(app).await,
        Err(other) => Err(other.into()),
    }
}

/// What is asked of a password that a person chooses by a link.
async fn demands(app: &App, user: &User) -> Result<Demands, Error> {
    let has_second_factor = {
        let mut conn = app.database.connection().await?;
        factors::has_second_factor(&mut conn, user.id).await?
    };
    Ok(new_password::demands(app, &user.name, &user.email, has_second_factor).await)
}

/// Goes on as after a password at the door: a link does not stand for a second factor.
async fn enter(app: &App, request: &HttpRequest, user: User, word: &str) -> Result<HttpResponse, Error> {
    let answer = sessions::after_password(app, request, user, sessions::Asked::default()).await?;
    if session::user(request).is_some() {
        session::flash(request, word, None);
    }
    Ok(answer)
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

async fn choose_form(app: &App, token: &str, link: &Link, problems: Problems) -> Result<HttpResponse, Error> {
    let (Link::Reset(user) | Link::Invitation(user)) = link else { return over(app).await };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ChoosePage {
        desk: Desk::outside(app).await.with_problems(problems),
        token: token.to_owned(),
        name: user.name.clone(),
        email: user.email.clone(),
        min: demands(app, user).await?.min(),
        is_invited: matches!(link, Link::Invitation(_)),
    };
    html(status, &page)
}
