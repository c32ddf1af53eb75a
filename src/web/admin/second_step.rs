//! The second step of a sign-in, after the password; and the sign-in with a passkey alone.
//!
//! Between the two steps a session holds only that the password of a person was right a moment ago. It opens
//! nothing: the gate lets in who is signed in.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::SignedDuration;

use super::desk::{Desk, Room};
use super::sessions::{self, Asked, From, KEPT};
use super::{factors, slow_down};
use crate::app::App;
use crate::domain::accounts::factors::{Factors, of, passkeys, record_refusal, recovery, totp};
use crate::domain::accounts::throttle::{self, Secret, Verdict};
use crate::domain::accounts::users::{self, User};
use crate::domain::outcome::{Problems, Refused};
use crate::web::error::Error;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::session::{self, Half};
use crate::web::{client, urls};

/// How long a right password waits for the second step.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

#[derive(Template)]
#[template(path = "admin/second_step.html")]
struct SecondStepPage {
    desk: Desk,
    asked: Asked,
    factors: Factors,
    /// Whether a passkey of this person can answer here.
    passkey: bool,
}

/// Asks for the second step of somebody whose password was right.
pub(super) async fn ask(
    app: &App,
    request: &HttpRequest,
    user: &User,
    asked: Asked,
) -> Result<HttpResponse, Error> {
    // As they are now: a link may have given them another password a moment ago.
    let now = {
        let mut conn = app.database.connection().await?;
        users::by_id(&mut conn, user.id).await?.ok_or(Error::NotFound)?
    };
    session::half_sign_in(request, &now, app.clock.now())?;
    if asked.kept.is_empty() {
        return Ok(see_other(&urls::second_step(&asked.next)));
    }
    page(app, user, asked, Problems::default()).await
}

/// The page.
pub async fn new(app: Data<App>, request: HttpRequest, from: Query<From>) -> Result<HttpResponse, Error> {
    let asked = from.into_inner().into();
    match who(&app, &request).await? {
        Some(user) => page(&app, &user, asked, Problems::default()).await,
        None => Ok(see_other(&urls::sign_in(&asked.next))),
    }
}

/// A code was typed: of an app, or one for recovery.
pub async fn create(app: Data<App>, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let asked = Asked::from_sign_in(&fields);
    let Some(user) = who(&app, &request).await? else { return over(&app, asked).await };
    let (code, spare) = (fields.line("code"), fields.line("recovery_code"));
    let (way, typed) = match (code.is_empty(), spare.is_empty()) {
        (false, _) => (Way::App, &code),
        (true, false) => (Way::Recovery, &spare),
        (true, true) => {
            let words = "Please type a code, or use another way.";
            return page(&app, &user, asked, Problems::one("code", words)).await;
        }
    };
    match way.judge(&app, &request, &user, typed).await? {
        Shown::Right => {}
        Shown::Wrong => return page(&app, &user, asked, Problems::one(way.field(), way.wrong())).await,
        Shown::TooOften(wait) => {
            let (in_words, other) = (slow_down::in_words(wait), way.other());
            let words =
                format!("There were too many tries. Please wait {in_words}, or use a passkey or {other}.");
            let page = page(&app, &user, asked, Problems::one(way.field(), words)).await?;
            return Ok(slow_down::with_wait(page, wait));
        }
    }
    let mut conn = app.database.connection().await?;
    let left = recovery::left(&mut conn, user.id).await?;
    drop(conn);
    sessions::begin(&app, &request, &user).await?;
    if way == Way::Recovery {
        let left = match left {
            0 => "None is left".to_owned(),
            1 => "One is left".to_owned(),
            more => format!("{more} are left"),
        };
        let words = format!(
            "You signed in with a recovery code, which is used up. {left}: make new ones, and replace what you lost, under \
             Second factors on the page of your account."
        );
        session::flash(&request, words, None);
    }
    sessions::arrive(&app, &request, user, asked).await
}

/// A code that is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Of an app.
    App,
    /// One of those for recovery.
    Recovery,
}

/// What somebody has shown.
enum Shown {
    Right,
    Wrong,
    TooOften(SignedDuration),
}

impl Way {
    /// Looks at a code. Each try is counted before, and noted when it is wrong.
    async fn judge(self, app: &App, request: &HttpRequest, user: &User, typed: &str) -> Result<Shown, Error> {
        let (mut conn, now) = (app.database.connection().await?, app.clock.now());
        let client = client::of(request, app);
        let secret = match self {
            Self::App => Secret::Code,
            Self::Recovery => Secret::RecoveryCode,
        };
        let counted = match throttle::secret(&mut conn, secret, &user.email, &client, now).await? {
            Verdict::Go(counted) => counted,
            Verdict::Wait(wait) => return Ok(Shown::TooOften(wait)),
        };
        let is_right = match self {
            Self::App => totp::take(&mut conn, user.id, typed, now).await?,
            Self::Recovery => recovery::take(&mut conn, user, typed, now).await?,
        };
        if is_right {
            counted.give_back(&mut conn).await?;
            return Ok(Shown::Right);
        }
        record_refusal(&mut conn, user.id, now).await?;
        Ok(Shown::Wrong)
    }

    fn field(self) -> &'static str {
        match self {
            Self::App => "code",
            Self::Recovery => "recovery_code",
        }
    }

    fn wrong(self) -> &'static str {
        match self {
            Self::App => {
                "This is not the code that the app shows now, or it was used already. Please wait for the next one."
            }
            Self::Recovery => "This is none of your recovery codes, or it was used already.",
        }
    }

    /// What else can be typed.
    fn other(self) -> &'static str {
        match self {
            Self::App => "a recovery code",
            Self::Recovery => "a code of an app",
        }
    }
}

/// What the script is to ask the browser for.
pub async fn question(app: Data<App>, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let site = factors::site(&app).await.ok_or(Error::NotFound)?;
    let user = match is_second(&fields) {
        true => match who(&app, &request).await? {
            Some(user) => Some(user.id),
            None => {
                return Ok(HttpResponse::Conflict().json(serde_json::json!({ "go": urls::SIGN_IN })));
            }
        },
        false => None,
    };
    let mut conn = app.database.connection().await?;
    factors::passkeys::question(passkeys::ask(&mut conn, &site, user, app.clock.now()).await)
}

/// A passkey answered: after the password, or alone. It is both factors by itself.
pub async fn passkey(app: Data<App>, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let site = factors::site(&app).await.ok_or(Error::NotFound)?;
    let asked = Asked::from_sign_in(&fields);
    let first = match is_second(&fields) {
        true => match who(&app, &request).await? {
            Some(user) => Some(user),
            None => return over(&app, asked).await,
        },
        false => None,
    };
    let answered = (fields.raw("ceremony"), fields.raw("answer"));
    let taken = {
        let mut conn = app.database.connection().await?;
        passkeys::take(&mut conn, &site, first.as_ref().map(|user| user.id), answered, app.clock.now()).await
    };
    match (taken, first) {
        (Ok(user), _) => {
            sessions::begin(&app, &request, &user).await?;
            sessions::arrive(&app, &request, user, asked).await
        }
        (Err(Refused::Invalid(problems)), Some(user)) => page(&app, &user, asked, problems).await,
        (Err(Refused::Invalid(problems)), None) => sessions::again(&app, asked, problems).await,
        (Err(other), _) => Err(other.into()),
    }
}

/// Whether the form is that of the second step.
fn is_second(fields: &Fields) -> bool {
    fields.raw("step") == "second"
}

/// Whose password was right a moment ago, with this very session, and is still their password.
async fn who(app: &App, request: &HttpRequest) -> Result<Option<User>, Error> {
    let now = app.clock.now();
    let fresh = |half: &Half| half.at <= now && now.duration_since(half.at) < PATIENCE;
    let Some(half) = session::half(request).filter(fresh) else { return Ok(None) };
    let mut conn = app.database.connection().await?;
    Ok(users::by_id(&mut conn, half.user()).await?.filter(|user| half.is_of(user)))
}

/// The password was right too long ago: from the beginning, with everything that was typed before.
async fn over(app: &App, asked: Asked) -> Result<HttpResponse, Error> {
    let words = "More than five minutes have passed since the password. Please begin once more.";
    sessions::again(app, asked, Problems::one("email", words)).await
}

async fn page(app: &App, user: &User, asked: Asked, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let factors = {
        let mut conn = app.database.connection().await?;
        of(&mut conn, user.id).await?
    };
    let host = factors::site(app).await.map(|site| site.host().to_owned());
    let passkey = factors.passkeys.iter().any(|key| Some(&key.host) == host.as_ref());
    let desk = Desk::outside(app).await.with_problems(problems);
    html(status, &SecondStepPage { desk, asked, factors, passkey })
}
