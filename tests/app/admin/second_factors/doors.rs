//! A right password alone opens nothing, and what is one person's is nobody else's.

use onrecord::domain::accounts::factors::{passkeys, totp};
use serde_json::Value;

use super::{FACTORS, give_app, half_way};
use crate::admin::record::{all_forms, all_paths, fill};
use crate::support::app::TestApp;
use crate::support::authenticator::Authenticator;
use crate::support::codes::somebody;

/// What belongs to the editor: a pending app, one that counts, and a passkey.
async fn belongings(app: &TestApp) -> Vec<String> {
    give_app(app, "editor").await;
    super::passkeys::give_passkey(app, "editor", &mut Authenticator::new(9)).await;
    let mut conn = app.desk.db.connection().await;
    let (user, now) = (somebody(&mut conn, "editor").await, app.app.clock.now());
    let pending = totp::begin(&mut conn, &user, now).await.unwrap();
    let counts = totp::of(&mut conn, user.id).await.unwrap()[0].id;
    let key = passkeys::of(&mut conn, user.id).await.unwrap()[0].id;
    vec![
        format!("{FACTORS}/apps/{pending}"),
        format!("{FACTORS}/apps/{counts}/removal"),
        format!("{FACTORS}/passkeys/{key}/removal"),
    ]
}

#[actix_web::test]
async fn a_right_password_alone_opens_no_address() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut paths = all_paths(&app).await;
    paths.extend(belongings(&app).await);
    let mut forms: Vec<String> = all_forms(&app).await.into_iter().map(|sent| sent.path).collect();
    forms.extend(paths.iter().filter(|path| path.starts_with(FACTORS) && *path != FACTORS).cloned());
    forms.extend(["passkeys", "passkeys/question", "recovery-codes"].map(|act| format!("{FACTORS}/{act}")));
    give_app(&app, "administrator").await;
    let mut half = app.visitor();
    half_way(&mut half, "administrator").await;
    let before = app.events().await;
    for path in paths.iter().map(String::as_str).chain(["/admin", "/admin/nothing"]) {
        let answer = half.get(path).await.expect(303);
        assert!(answer.location().starts_with("/admin/sign-in?"), "{path}: {}", answer.location());
    }
    for path in &forms {
        let answer = half.post(path, &[("reason", "x"), ("body", "Words")]).await.expect(403);
        let form = answer.html().form("form[action='/admin/sign-in']");
        assert_eq!(form.value("kept.body"), "Words", "{path}");
    }
    assert_eq!(app.events().await, before, "something was done");
    let form = half.page(super::SECOND_STEP).await;
    assert!(!form.has("nav form[action='/admin/sign-out']"), "nobody is signed in yet");
}

#[actix_web::test]
async fn what_is_one_persons_is_nobody_elses() {
    let app = TestApp::start().await;
    let paths = belongings(&app).await;
    let mut other = app.signed_in_as("administrator").await;
    for path in &paths {
        other.get(path).await.expect(404);
        other.post(path, &[("code", "123456"), ("name", "Mine")]).await.expect(404);
    }
    let mut conn = app.desk.db.connection().await;
    let editor = somebody(&mut conn, "editor").await;
    assert_eq!(totp::of(&mut conn, editor.id).await.unwrap().len(), 1);
    assert_eq!(passkeys::of(&mut conn, editor.id).await.unwrap().len(), 1);
}

#[actix_web::test]
async fn a_desk_left_open_is_not_enough_to_change_them() {
    let app = TestApp::start().await;
    let paths = belongings(&app).await;
    let mut editor =
        super::passkeys::signed_in(&app, &mut Authenticator { counter: 50, ..held(&app).await }).await;
    app.app.clock.advance(jiff::SignedDuration::from_mins(10));
    let page = editor.page(FACTORS).await;
    assert!(!page.has("main form") && page.has("a[href^='/admin/account/proof']"));
    let acts =
        [format!("{FACTORS}/apps"), format!("{FACTORS}/recovery-codes"), paths[1].clone(), paths[2].clone()];
    for act in &acts {
        let answer = editor.post(act, &[]).await.expect(303);
        assert!(answer.location().starts_with("/admin/account/proof?next="), "{act}: {}", answer.location());
    }
    let answer = editor.post(&format!("{FACTORS}/passkeys/question"), &[]).await.expect(409);
    let said: Value = serde_json::from_str(answer.text()).unwrap();
    assert!(said["go"].as_str().unwrap().starts_with("/admin/account/proof?"), "{said}");

    let to = editor.get(&paths[1]).await;
    let form = editor.follow(&to).await.expect(200).html().form("form[action='/admin/account/proof']");
    let wrong = editor.submit(&form.clone().with("password", "x")).await.expect(422).html();
    assert!(wrong.problem_at("password").contains("not your password"));
    let form = form.with("password", crate::support::cast::PASSWORD);
    assert_eq!(editor.submit(&form).await.expect(303).location(), paths[1]);
    editor.post(&paths[1], &[]).await.expect(303);
    let away = form.with("next", "//evil.example");
    assert_eq!(editor.submit(&away).await.expect(303).location(), FACTORS);
}

/// The editor's passkey again, with the name that the site gave its owner.
async fn held(app: &TestApp) -> Authenticator {
    let mut key = Authenticator::new(9);
    key.handle = super::passkeys::handle_of(app, "editor").await;
    key
}
