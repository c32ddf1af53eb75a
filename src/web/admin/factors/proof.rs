//! Before what somebody signs in with is changed, they prove once more who they are: a desk left open
//! for a minute is not enough to take an account over.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use jiff::SignedDuration;
use serde::Deserialize;

use crate::domain::accounts::passwords::Password;
use crate::domain::outcome::Problems;
use crate::web::admin::desk::{Desk, Room};
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

/// The form.
pub async fn new(editor: Editor, from: Query<From>) -> Result<HttpResponse, Error> {
    page(&editor, from.into_inner().next, Problems::default()).await
}

/// What was typed.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let password = Password::typed(fields.raw("password"));
    let hash = editor.user.password_hash.clone();
    if !editor.matches(password, hash).await.map_err(Error::Internal)? {
        let problems = Problems::one("password", "This is not your password. Please type it once more.");
        return page(&editor, fields.line("next"), problems).await;
    }
    editor.prove()?;
    Ok(see_other(back(&fields.line("next"))))
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
