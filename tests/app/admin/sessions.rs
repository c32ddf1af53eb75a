//! Signing in and out, and who is still in.

use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;

#[actix_web::test]
async fn a_wrong_password_and_an_unknown_address_are_told_in_the_same_words() {
    let app = TestApp::start().await;
    let mut said = Vec::new();
    for (email, password) in [
        ("author@example.org", "not the password at all"),
        ("nobody@example.org", PASSWORD),
        ("\u{1F4DC}\u{7}", "\u{0}"),
        ("author@example.org'; drop table users", PASSWORD),
    ] {
        let answer = app.visitor().post("/admin/sign-in", &[("email", email), ("password", password)]).await;
        let page = answer.clone().expect(422).html();
        assert!(!answer.headers.contains_key("set-cookie"), "{email}");
        assert_eq!(page.form("form[action='/admin/sign-in']").value("password"), "");
        said.push((page.problem_at("email"), page.text("title")));
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
}

#[actix_web::test]
async fn the_address_is_known_in_any_letter_case() {
    let app = TestApp::start().await;
    let fields = [("email", " Author@Example.ORG "), ("password", PASSWORD)];
    app.visitor().post("/admin/sign-in", &fields).await.expect(303);
}

#[actix_web::test]
async fn the_key_changes_at_each_sign_in_and_the_old_one_is_worth_nothing() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let first = author.cookies.clone();
    author.sign_in_as("editor").await;
    assert_ne!(first, author.cookies);
    author.get("/admin/statements").await.expect(200);
    let mut old = app.visitor();
    old.cookies = first;
    old.get("/admin/statements").await.expect(303);
}

#[actix_web::test]
async fn the_cookie_is_for_this_site_and_no_script() {
    for (base_url, name, is_secure) in
        [("http://localhost", "onrecord=", false), ("https://example.org", "__Host-onrecord=", true)]
    {
        let app = TestApp::start_at(base_url).await;
        let answer = app.visitor().sign_in_as("author").await;
        let mut all = answer.headers.get_all("set-cookie").map(|value| value.to_str().unwrap());
        let cookie = all.find(|cookie| !cookie.contains("device")).unwrap();
        assert!(cookie.starts_with(name), "{cookie}");
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert_eq!(cookie.contains("Secure"), is_secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}

#[actix_web::test]
async fn signing_out_ends_it_on_the_server_too() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let kept = author.cookies.clone();
    let out = author.page("/admin/statements").await.form("form[action='/admin/sign-out']");
    assert_eq!(author.submit(&out).await.expect(303).location(), "/admin/sign-in");
    author.cookies.retain(|name, _| !name.contains("device"));
    assert!(author.cookies.is_empty(), "{:?}", author.cookies);
    author.cookies = kept;
    author.get("/admin/statements").await.expect(303);
}

#[actix_web::test]
async fn who_is_revoked_is_out_at_once_and_not_let_in_again() {
    let app = TestApp::start().await;
    let cookies = app.signed_in_as("author").await.cookies.clone();
    app.sql("update users set revoked_at = now() where name = 'author'").await;
    let mut author = app.visitor();
    author.cookies = cookies;
    author.get("/admin/statements").await.expect(303);
    author.post("/admin/statements", &[("title", "x")]).await.expect(403);
    author
        .post("/admin/sign-in", &[("email", "author@example.org"), ("password", PASSWORD)])
        .await
        .expect(422);
}

#[actix_web::test]
async fn a_role_that_is_taken_away_is_gone_at_the_next_request() {
    let app = TestApp::start().await;
    let cookies = app.signed_in_as("administrator").await.cookies.clone();
    app.sql("update users set role = 'author' where name = 'administrator'").await;
    let mut person = app.visitor();
    person.cookies = cookies;
    person.get("/admin/site").await.expect(403);
    assert!(!person.page("/admin/statements").await.has("a[href='/admin/site']"));
}

#[actix_web::test]
async fn a_sign_in_ends_after_a_week_without_a_visit() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    app.app.clock.advance(jiff::SignedDuration::from_hours(24 * 8));
    author.get("/admin/statements").await.expect(303);
}
