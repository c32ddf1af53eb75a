//! Second factors, as their owners and others meet them.

mod demanded;
mod doors;
mod keeping;
mod operator;
mod passkeys;
mod signing_in;

use jiff::SignedDuration;

use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::codes::{self, App};
use crate::support::form::Form;
use crate::support::visitor::{Answer, Visitor};

const FACTORS: &str = "/admin/account/second-factors";
const SECOND_STEP: &str = "/admin/sign-in/second-step";

/// Gives a person an app; its next code is another than the first.
async fn give_app(app: &TestApp, name: &str) -> App {
    let mut conn = app.desk.db.connection().await;
    let codes = codes::add(&mut conn, name, app.app.clock.now()).await;
    app.app.clock.advance(SignedDuration::from_secs(60));
    codes
}

/// The code that an app shows now.
fn shown(app: &TestApp, codes: &App) -> String {
    codes.code(app.app.clock.now())
}

/// Types the right password; gives the form of the second step.
async fn half_way(visitor: &mut Visitor<'_>, name: &str) -> Form {
    let answer = visitor.sign_in_as(name).await;
    assert!(answer.location().starts_with(SECOND_STEP), "{}", answer.location());
    visitor.follow(&answer).await.expect(200).html().form("main form")
}

/// Signs in with password and code.
async fn all_the_way<'a>(app: &'a TestApp, name: &str, codes: &App) -> Visitor<'a> {
    let mut visitor = app.visitor();
    let form = half_way(&mut visitor, name).await;
    visitor.submit(&form.with("code", &shown(app, codes))).await.expect(303);
    app.app.clock.advance(SignedDuration::from_secs(60));
    visitor
}

/// Sends the password of somebody from the sign-in page as it stands.
async fn send_password(visitor: &mut Visitor<'_>, form: Form, name: &str) -> Answer {
    visitor.submit(&form.with("email", &format!("{name}@example.org")).with("password", PASSWORD)).await
}
