//! My account: my name, my password, my sign-ins.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use jiff::SignedDuration;

use super::desk::{Desk, Room};
use super::{new_password, slow_down};
use crate::domain::accounts::factors::{self, Factors};
use crate::domain::accounts::failures;
use crate::domain::accounts::passwords::Password;
use crate::domain::accounts::sessions::{self, SignIn};
use crate::domain::accounts::throttle::{self, Secret, Verdict};
use crate::domain::accounts::users;
use crate::domain::outcome::{Problems, Refused};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::{client, session, urls};

/// How far back failed sign-ins are told.
const LATELY: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Template)]
#[template(path = "admin/account.html")]
struct AccountPage {
    desk: Desk,
    /// The name as typed.
    name: String,
    email: String,
    role: &'static str,
    min: usize,
    sign_ins: Vec<SignIn>,
    /// The name of the sign-in of this request.
    this: Option<String>,
    failed: i64,
    slowed: i64,
    factors: Factors,
}

impl AccountPage {
    fn is_this(&self, sign_in: &SignIn) -> bool {
        self.this.as_ref() == Some(&sign_in.handle)
    }
    fn has_others(&self) -> bool {
        self.sign_ins.iter().any(|sign_in| !self.is_this(sign_in))
    }
}

/// The page.
pub async fn edit(editor: Editor, request: HttpRequest) -> Result<HttpResponse, Error> {
    let name = editor.user.name.clone();
    show(&editor, &request, StatusCode::OK, name, Problems::default()).await
}

async fn show(
    editor: &Editor,
    request: &HttpRequest,
    status: StatusCode,
    name: String,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let demands = demands(editor).await?;
    let (mut conn, now) = (editor.database.connection().await?, editor.clock.now());
    let sign_ins = sessions::of(&mut conn, editor.user.id, now).await?;
    let (failed, slowed) = failures::since(&mut conn, editor.user.id, now - LATELY).await?;
    let factors = factors::of(&mut conn, editor.user.id).await?;
    drop(conn);
    let page = AccountPage {
        desk: Desk::of(editor, Room::Account).await.with_problems(problems),
        name,
        email: editor.user.email.clone(),
        role: editor.user.role.as_str(),
        min: demands.min(),
        sign_ins,
        this: session::handle(request),
        failed,
        slowed,
        factors,
    };
    html(status, &page)
}

/// What is asked of this person's password.
async fn demands(editor: &Editor) -> Result<crate::domain::accounts::demands::Demands, Error> {
    let has_second_factor = {
        let mut conn = editor.database.connection().await?;
        factors::has_second_factor(&mut conn, editor.user.id).await?
    };
    Ok(new_password::demands(editor, &editor.user.name, &editor.user.email, has_second_factor).await)
}

/// Another name.
pub async fn update(editor: Editor, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let name = fields.line("person");
    let renamed = {
        let mut conn = editor.database.connection().await?;
        users::rename(&mut conn, editor.actor(), &name, editor.clock.now()).await
    };
    match renamed {
        Ok(()) => {
            editor.say("Your name is saved.");
            Ok(see_other(urls::ACCOUNT))
        }
        Err(Refused::Invalid(problems)) => {
            show(&editor, &request, StatusCode::UNPROCESSABLE_ENTITY, name, problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Another password. It takes the current one, whose tries are counted: an open desk is not yet its owner.
pub async fn change_password(
    editor: Editor,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let name = editor.user.name.clone();
    let problems = new_password::problems(&editor, &demands(&editor).await?, &fields).await?;
    if !problems.is_empty() {
        return show(&editor, &request, StatusCode::UNPROCESSABLE_ENTITY, name, problems).await;
    }
    let (client, now) = (client::of(&request, &editor), editor.clock.now());
    let verdict = {
        let mut conn = editor.database.connection().await?;
        throttle::secret(&mut conn, Secret::CurrentPassword, &editor.user.email, &client, now).await?
    };
    let counted = match verdict {
        Verdict::Go(counted) => counted,
        Verdict::Wait(wait) => {
            let why = format!(
                "There were too many tries. Please wait {}, and try again.",
                slow_down::in_words(wait)
            );
            let problems = Problems::one("current_password", why);
            let page = show(&editor, &request, StatusCode::TOO_MANY_REQUESTS, name, problems).await?;
            return Ok(slow_down::with_wait(page, wait));
        }
    };
    let current = Password::typed(fields.raw("current_password"));
    if !editor.matches(current, editor.user.password_hash.clone()).await.map_err(Error::Internal)? {
        let problems = Problems::one("current_password", "This is not your password as it is now.");
        return show(&editor, &request, StatusCode::UNPROCESSABLE_ENTITY, name, problems).await;
    }
    let hash = new_password::hash(&editor, &fields).await?;
    let mut conn = editor.database.connection().await?;
    counted.give_back(&mut conn).await?;
    let this = session::handle(&request);
    users::set_password(&mut conn, editor.actor(), editor.user.id, &hash, this.as_deref(), now).await?;
    editor.say("Your new password is set. Every other sign-in of yours has ended; this one goes on.");
    Ok(see_other(urls::ACCOUNT))
}

/// Ends one of my sign-ins.
pub async fn end(editor: Editor, request: HttpRequest, fields: Fields) -> Result<HttpResponse, Error> {
    let handle = fields.line("sign_in");
    let ended = {
        let mut conn = editor.database.connection().await?;
        sessions::end_one(&mut conn, editor.actor(), &handle, editor.clock.now()).await
    };
    if session::handle(&request).as_ref() == Some(&handle) {
        session::sign_out(&request);
        return Ok(see_other(urls::SIGN_IN));
    }
    match ended {
        Ok(()) => editor.say("That sign-in has ended."),
        Err(Refused::NotFound) => editor.say("That sign-in had ended already."),
        Err(other) => return Err(other.into()),
    }
    Ok(see_other(urls::ACCOUNT))
}

/// Ends all of my sign-ins but this one.
pub async fn end_others(editor: Editor, request: HttpRequest) -> Result<HttpResponse, Error> {
    let this = session::handle(&request).ok_or(Error::SignInFirst)?;
    let mut conn = editor.database.connection().await?;
    sessions::end_others(&mut conn, editor.actor(), &this, editor.clock.now()).await?;
    editor.say("All your other sign-ins have ended.");
    Ok(see_other(urls::ACCOUNT))
}
