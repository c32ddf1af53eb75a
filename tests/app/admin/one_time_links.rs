//! The link that sets the site up, and the one for a new password: once, for a day.

use onrecord::domain::accounts::links;
use onrecord::domain::policy::Actor;

use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::form::Form;

/// The site before anybody has an account, with the path of its link.
async fn untouched() -> (TestApp, String) {
    let mut app = TestApp::start().await;
    app.sql("alter table audit_events disable trigger all; delete from audit_events; delete from users")
        .await;
    let now = app.app.clock.now();
    let token = links::for_set_up(&mut app.desk.conn, now).await.unwrap().unwrap();
    (app, format!("/admin/set-up/{token}"))
}

fn filled(form: Form) -> Form {
    form.with("person", "First")
        .with("email", "first@example.org")
        .with("password", PASSWORD)
        .with("password_again", PASSWORD)
        .with("en.name", "Human Rights in Somewhere")
        .with("en.short_name", "HRS")
        .with("zh-hans.name", "某地人权")
        .with("en.about", "## Who\n\nWe.")
}

#[actix_web::test]
async fn it_makes_the_first_administrator_and_names_the_site_once() {
    let (app, link) = untouched().await;
    let mut first = app.visitor();
    let form = filled(first.page(&link).await.form("main form"));
    assert_eq!(form.action, link);
    let desk = first.submit(&form).await;
    let desk = first.follow(&desk).await.expect(200).html();
    assert!(desk.text("[role=status]").starts_with("Welcome"));
    assert!(desk.has("a[href='/admin/site']"), "the first person is an administrator");
    assert_eq!(app.visitor().page("/en").await.text("h1"), "Human Rights in Somewhere");
    assert!(app.visitor().page("/zh-hans").await.text("title").contains("某地人权"));
    assert_eq!(app.visitor().page("/en/pages/about").await.text(".body h2"), "Who");

    let over = app.visitor().get(&link).await.expect(404).html();
    assert_eq!(over.text("h1"), "This link is over");
    let second = form.with("email", "second@example.org");
    app.visitor().submit(&second).await.expect(404);
}

#[actix_web::test]
async fn a_second_link_is_over_once_the_first_is_used() {
    let (mut app, link) = untouched().await;
    let now = app.app.clock.now();
    let other = links::for_set_up(&mut app.desk.conn, now).await.unwrap().unwrap();
    let form = filled(app.visitor().page(&link).await.form("main form"));
    app.visitor().submit(&form).await.expect(303);
    app.visitor().get(&format!("/admin/set-up/{other}")).await.expect(404);
}

#[actix_web::test]
async fn it_runs_out_after_a_day() {
    let (app, link) = untouched().await;
    let form = filled(app.visitor().page(&link).await.form("main form"));
    app.app.clock.advance(jiff::SignedDuration::from_hours(25));
    app.visitor().get(&link).await.expect(404);
    app.visitor().submit(&form).await.expect(404);
}

#[actix_web::test]
async fn all_that_is_wrong_is_said_at_once_and_nothing_is_lost_but_the_password() {
    let (app, link) = untouched().await;
    let form = app.visitor().page(&link).await.form("main form");
    let form = form
        .with("person", "A <b> & \"B\" 'C'")
        .with("email", "no address")
        .with("password", "short")
        .with("password_again", "other")
        .with("zh-hant.contact", "\n\n電話");
    let page = app.visitor().submit(&form).await.expect(422).html();
    for field in ["email", "password", "password_again"] {
        assert!(!page.problem_at(field).is_empty());
    }
    assert_eq!(page.all("#problems li").len(), 4, "{:?}", page.texts("#problems li"));
    let kept = page.form("main form");
    assert_eq!(kept.value("person"), "A <b> & \"B\" 'C'");
    assert_eq!(kept.value("email"), "no address");
    assert_eq!(kept.value("zh-hant.contact"), "電話");
    assert_eq!(kept.value("password"), "");
    // The link is not used up by a mistake.
    app.visitor().submit(&filled(kept)).await.expect(303);
}

#[actix_web::test]
async fn a_link_for_a_new_password_ends_every_other_sign_in() {
    let mut app = TestApp::start().await;
    let cookies = app.signed_in_as("author").await.cookies.clone();
    let now = app.app.clock.now();
    let token =
        links::for_reset(&mut app.desk.conn, Actor::OPERATOR, "author@example.org", now).await.unwrap();
    let link = format!("/admin/set-up/{token}");
    let mut author = app.visitor();
    let form = author.page(&link).await.form("main form");
    let new = "seven quiet lanterns burn";
    let short = form.clone().with("password", "short").with("password_again", "short");
    author.submit(&short).await.expect(422).html().problem_at("password");
    let form = form.with("password", new).with("password_again", new);
    author.submit(&form).await.expect(303);
    author.get("/admin/statements").await.expect(200);
    let mut old = app.visitor();
    old.cookies = cookies;
    old.get("/admin/statements").await.expect(303);
    app.visitor().submit(&form).await.expect(404);
    app.visitor()
        .post("/admin/sign-in", &[("email", "author@example.org"), ("password", PASSWORD)])
        .await
        .expect(422);
    app.visitor()
        .post("/admin/sign-in", &[("email", "author@example.org"), ("password", new)])
        .await
        .expect(303);
}
