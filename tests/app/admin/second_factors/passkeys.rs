//! Passkeys, answered by a security key in software.

use actix_web::http::Method;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::SignedDuration;
use onrecord::domain::accounts::factors::passkeys::{self, Site};
use onrecord::infra::db::schema::passkey_holders;
use serde_json::Value;

use super::{FACTORS, half_way};
use crate::support::app::TestApp;
use crate::support::authenticator::Authenticator;
use crate::support::codes::somebody;
use crate::support::visitor::{Answer, Visitor};

/// Gives a person of the cast a passkey, without pages.
pub async fn give_passkey(app: &TestApp, name: &str, key: &mut Authenticator) {
    let mut conn = app.desk.db.connection().await;
    let (user, now) = (somebody(&mut conn, name).await, app.app.clock.now());
    let site = Site::at(&app.app.base_url, "Site").unwrap();
    let asked = passkeys::begin(&mut conn, &site, &user, now).await.unwrap();
    let answer = key.create(&asked.options).unwrap();
    let _ = passkeys::add(&mut conn, &site, &user, ("Key", &asked.token, &answer), now).await.unwrap();
}

/// What the site calls a person in front of passkeys.
pub async fn handle_of(app: &TestApp, name: &str) -> Vec<u8> {
    let mut conn = app.desk.db.connection().await;
    let user = somebody(&mut conn, name).await;
    passkey_holders::table.find(user.id).select(passkey_holders::handle).first(&mut conn).await.unwrap()
}

/// What the script is told to ask the browser.
async fn asked(visitor: &mut Visitor<'_>, path: &str, step: &str) -> (String, Value) {
    let answer = visitor.post(path, &[("step", step)]).await.expect(200);
    let mut json: Value = serde_json::from_str(answer.text()).unwrap();
    (json["ceremony"].as_str().unwrap().to_owned(), json["options"].take())
}

/// Signs in with a passkey alone, as the script does.
async fn alone(visitor: &mut Visitor<'_>, key: &mut Authenticator) -> Answer {
    let (ceremony, options) = asked(visitor, "/admin/sign-in/passkey/question", "").await;
    let answer = key.get(&options);
    let form = visitor.page("/admin/sign-in?next=/admin/topics").await.form("main form");
    assert_eq!(form.action, "/admin/sign-in");
    let mut form = form.with("ceremony", &ceremony).with("answer", &answer);
    form.action = "/admin/sign-in/passkey".to_owned();
    visitor.submit(&form).await
}

pub async fn signed_in<'a>(app: &'a TestApp, key: &mut Authenticator) -> Visitor<'a> {
    let mut visitor = app.visitor();
    alone(&mut visitor, key).await.expect(303);
    visitor
}

#[actix_web::test]
async fn one_is_added_on_the_page_and_signs_in_alone() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let mut key = Authenticator::new(1);
    let page = editor.page(FACTORS).await;
    let button = page.one("#passkey");
    assert_eq!(button.attr("type"), Some("button"));
    let (ceremony, options) = asked(&mut editor, button.attr("data-question").unwrap(), "").await;
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["rp"]["id"], "localhost");
    let answer = key.create(&options).unwrap();
    let form = page.form(&format!("form[action='{FACTORS}/passkeys']"));
    let form = form.with("name", "Blue key").with("ceremony", &ceremony).with("answer", &answer);
    let added = editor.submit(&form).await;
    let page = editor.follow(&added).await.expect(200).html();
    assert!(page.text(".factors").contains("Blue key"));
    let again = editor.submit(&form).await.expect(422).html();
    assert!(again.text("#problems").contains("five minutes"), "an answer is taken once");

    let mut anywhere = app.visitor();
    assert_eq!(alone(&mut anywhere, &mut key).await.expect(303).location(), "/admin/topics");
    assert!(anywhere.page(FACTORS).await.text(".factors").contains("last used"));
    // The same key a second time: the browser is told not to.
    let (_, options) = asked(&mut editor, &format!("{FACTORS}/passkeys/question"), "").await;
    assert_eq!(key.create(&options), None);
}

#[actix_web::test]
async fn one_follows_the_password_if_it_is_the_persons_own() {
    let app = TestApp::start().await;
    let (mut key, mut other) = (Authenticator::new(1), Authenticator::new(2));
    give_passkey(&app, "editor", &mut key).await;
    give_passkey(&app, "author", &mut other).await;
    let mut editor = app.visitor();
    let form = half_way(&mut editor, "editor").await;
    let page = editor.page(super::SECOND_STEP).await;
    assert!(!page.has("#code"), "no code is asked of somebody who has no app");
    let question = page.attr("#passkey", "data-question");
    for (key, status) in [(&mut other, 422), (&mut key, 303)] {
        let (ceremony, options) = asked(&mut editor, &question, form.value("step")).await;
        assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1);
        let mut form = form.clone().with("ceremony", &ceremony).with("answer", &key.get(&options));
        form.action = page.attr("#passkey", "data-action");
        editor.submit(&form).await.expect(status);
    }
    editor.get("/admin/statements").await.expect(200);
}

#[actix_web::test]
async fn a_question_is_answered_once_in_time_and_for_what_it_was_asked() {
    let app = TestApp::start().await;
    let mut key = Authenticator::new(1);
    give_passkey(&app, "editor", &mut key).await;
    let (path, question) = ("/admin/sign-in/passkey", "/admin/sign-in/passkey/question");
    let mut visitor = app.visitor();
    let (ceremony, options) = asked(&mut visitor, question, "").await;
    let answer = key.get(&options);
    visitor.post(path, &[("ceremony", &ceremony), ("answer", &answer)]).await.expect(303);
    app.visitor().post(path, &[("ceremony", &ceremony), ("answer", &answer)]).await.expect(422);

    let (ceremony, options) = asked(&mut visitor, question, "").await;
    let (other, _) = asked(&mut visitor, question, "").await;
    let answer = key.get(&options);
    app.visitor().post(path, &[("ceremony", &other), ("answer", &answer)]).await.expect(422);
    app.app.clock.advance(SignedDuration::from_mins(5));
    app.visitor().post(path, &[("ceremony", &ceremony), ("answer", &answer)]).await.expect(422);

    // Asked of nobody in particular, and brought as a second step; and the other way round.
    let mut half = app.visitor();
    half_way(&mut half, "editor").await;
    let (ceremony, options) = asked(&mut half, question, "").await;
    let answer = key.get(&options);
    let fields = [("step", "second"), ("ceremony", &ceremony), ("answer", &answer)];
    half.post(path, &fields).await.expect(422);
    let (ceremony, options) = asked(&mut half, question, "second").await;
    let answer = key.get(&options);
    half.post(path, &[("ceremony", &ceremony), ("answer", &answer)]).await.expect(422);
    half.get("/admin/statements").await.expect(303);
}

#[actix_web::test]
async fn what_a_real_one_would_not_say_is_not_taken() {
    let app = TestApp::start().await;
    let mut key = Authenticator::new(1);
    give_passkey(&app, "editor", &mut key).await;
    signed_in(&app, &mut key).await;
    let strange = [
        ("did not ask", Authenticator { verifies: false, ..key.clone() }),
        ("another address", Authenticator { origin: "https://evil.example".to_owned(), ..key.clone() }),
        ("copy", Authenticator { counter: 0, ..key.clone() }),
        ("somebody else", Authenticator { handle: vec![7; 16], ..key.clone() }),
        ("not known", Authenticator { id: vec![3; 16], ..key.clone() }),
        (
            "could not be taken",
            Authenticator {
                id: key.id.clone(),
                handle: key.handle.clone(),
                counter: 90,
                ..Authenticator::new(2)
            },
        ),
    ];
    for (words, mut strange) in strange {
        let page = alone(&mut app.visitor(), &mut strange).await.expect(422).html();
        let said = page.text("#problems");
        assert!(said.contains(words), "{words}: {said}");
        assert!(page.has("#passkey + *, #passkey-problem"), "{words}");
    }
    for answer in ["", "{}", "null", "[", "{\"id\":\"x\"}"] {
        let mut visitor = app.visitor();
        let (ceremony, _) = asked(&mut visitor, "/admin/sign-in/passkey/question", "").await;
        visitor
            .post("/admin/sign-in/passkey", &[("ceremony", &ceremony), ("answer", answer)])
            .await
            .expect(422);
    }
    app.sql("update users set revoked_at = now() where name = 'editor'").await;
    alone(&mut app.visitor(), &mut key).await.expect(422);
}

#[actix_web::test]
async fn where_browsers_know_none_the_pages_say_so_and_the_addresses_are_not_there() {
    let app = TestApp::start_at("http://127.0.0.1:8080").await;
    let mut editor = app.signed_in_as("editor").await;
    let page = editor.page(FACTORS).await;
    assert!(!page.has("#passkey") && page.text(".note").contains("https"));
    assert!(!app.visitor().page("/admin/sign-in").await.has("#passkey"));
    for path in ["/admin/sign-in/passkey/question", "/admin/sign-in/passkey"] {
        app.visitor().post(path, &[]).await.expect(404);
    }
    for act in ["passkeys", "passkeys/question"] {
        editor.post(&format!("{FACTORS}/{act}"), &[]).await.expect(404);
    }
    editor.send(Method::GET, &format!("{FACTORS}/passkeys"), None).await.expect(405);
}

#[actix_web::test]
async fn one_of_another_address_is_shown_as_silent_and_still_asks_for_a_second_step() {
    let app = TestApp::start().await;
    let mut key = Authenticator::new(1);
    give_passkey(&app, "editor", &mut key).await;
    let mut editor = signed_in(&app, &mut key).await;
    app.sql("update passkeys set host = 'old.example.org'").await;
    assert!(editor.page(FACTORS).await.text(".factors").contains("for old.example.org: silent"));
    alone(&mut app.visitor(), &mut key).await.expect(422);
    let mut visitor = app.visitor();
    half_way(&mut visitor, "editor").await;
    let page = visitor.page(super::SECOND_STEP).await;
    assert!(!page.has("#passkey") && page.has("details[open] #recovery_code"));
}
