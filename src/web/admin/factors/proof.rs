//! Before what somebody signs in with is changed, they prove once more who they are: a desk left open
//! for a minute is not enough to take an account over.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use jiff::SignedDuration;
use serde::Deserialize;

use crate::domain::accounts::factors::PasswordSeen;
use crate::domain::accounts::passwords::{MIN_CHARACTERS, Password};
use crate::domain::accounts::throttle::{self, Secret, Verdict};
use crate::domain::outcome::Problems;
use crate::web::admin::desk::{Desk, Room};
use crate::web::admin::slow_down;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// How long a proof holds.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

#[derive(Template)]
#[template(path = "admin/factors/proof.html")]
struct ProofPage {
    desk: Desk,
    next: String,
    email: String,
}

/// Where somebody was on the way to.
#[derive(Deserialize)]
pub struct From {
    #[serde(default)]
    next: String,
}

/// Whether this person signed in, or typed their password, a moment ago.
pub fn is_fresh(editor: &Editor) -> bool {
    let now = editor.clock.now();
    editor.proved_at().is_some_and(|at| at <= now && now.duration_since(at) < FRESH)
}

/// Leads to the proof, and back to this page after it, unless there is a fresh one.
pub(super) fn first(editor: &Editor, next: &str) -> Option<HttpResponse> {
    (!is_fresh(editor)).then(|| see_other(&urls::proof(next)))
}

/// How a password that somebody typed compares with theirs.
enum Typed {
    Right,
    Wrong,
    TooOften(SignedDuration),
}

/// Counted before it is looked at: an open desk is not yet its owner.
async fn compare(editor: &Editor, typed: &str) -> Result<Typed, Error> {
    let verdict = {
        let (mut conn, now) = (editor.database.connection().await?, editor.clock.now());
        let email = &editor.user.email;
        throttle::secret(&mut conn, Secret::CurrentPassword, email, &editor.client(), now).await?
    };
    let counted = match verdict {
        Verdict::Go(counted) => counted,
        Verdict::Wait(wait) => return Ok(Typed::TooOften(wait)),
    };
    let hash = editor.user.password_hash.clone();
    if !editor.matches(Password::typed(typed), hash).await.map_err(Error::Internal)? {
        return Ok(Typed::Wrong);
    }
    counted.give_back(&mut *editor.database.connection().await?).await?;
    Ok(Typed::Right)
}

/// What is seen of a person's password in a form that takes away a factor: it is asked for with the last.
pub(super) async fn seen(editor: &Editor, fields: &Fields) -> Result<PasswordSeen, Error> {
    let typed = fields.raw("password");
    if typed.is_empty() {
        return Ok(PasswordSeen::No);
    }
    Ok(match compare(editor, typed).await? {
        Typed::Right if Password::typed(typed).characters() >= MIN_CHARACTERS => PasswordSeen::Long,
        Typed::Right => PasswordSeen::Short,
        Typed::Wrong | Typed::TooOften(_) => PasswordSeen::No,
    })
}

/// The form.
pub async fn new(editor: Editor, from: Query<From>) -> Result<HttpResponse, Error> {
    page(&editor, from.into_inner().next, Problems::default()).await
}

/// What was typed.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let next = fields.line("next");
    match compare(&editor, fields.raw("password")).await? {
        Typed::Right => {
            editor.prove()?;
            Ok(see_other(back(&next)))
        }
        Typed::Wrong => {
            let words = "This is not your password. Please type it once more.";
            page(&editor, next, Problems::one("password", words)).await
        }
        Typed::TooOften(wait) => {
            let words = format!(
                "There were too many tries. Please wait {}, and try again.",
                slow_down::in_words(wait)
            );
            let page = page(&editor, next, Problems::one("password", words)).await?;
            Ok(slow_down::with_wait(page, wait))
        }
    }
}

async fn page(editor: &Editor, next: String, problems: Problems) -> Result<HttpResponse, Error> {
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::of(editor, Room::Account).await.with_problems(problems);
    html(status, &ProofPage { desk, next, email: editor.user.email.clone() })
}

/// Back to the desk only, whatever was asked.
fn back(next: &str) -> &str {
    let is_ours = next.starts_with("/admin/") && !next.contains("//") && !next.contains('\\');
    if is_ours { next } else { urls::FACTORS }
}
