//! The second step of a sign-in.

use jiff::SignedDuration;
use onrecord::domain::accounts::factors::recovery;
use onrecord::domain::accounts::links;
use onrecord::domain::audit::Verb;
use onrecord::domain::policy::Actor;

use super::{FACTORS, SECOND_STEP, give_app, half_way, send_password, shown};
use crate::admin::record::{DRAFT, at, fill};
use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::codes::somebody;

#[actix_web::test]
async fn a_code_follows_the_password_and_leads_where_somebody_wanted_to_go() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut editor = app.visitor();
    let door = editor.get("/admin/topics").await;
    let form = editor.follow(&door).await.html().form("form[action='/admin/sign-in']");
    let step = send_password(&mut editor, form, "editor").await;
    let page = editor.follow(&step).await.expect(200).html();
    assert_eq!(page.attr("#code", "autocomplete"), "one-time-code");
    let form = page.form("main form").with("code", &shown(&app, &codes));
    assert_eq!(editor.submit(&form).await.expect(303).location(), "/admin/topics");
    editor.get("/admin/topics").await.expect(200);
}

#[actix_web::test]
async fn a_code_works_once_and_a_wrong_one_is_told_at_its_field() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let code = shown(&app, &codes);
    let mut editor = app.visitor();
    let form = half_way(&mut editor, "editor").await;
    editor.submit(&form.with("code", &code)).await.expect(303);
    let mut spy = app.visitor();
    let form = half_way(&mut spy, "editor").await;
    let wrong = spy.submit(&form.clone().with("code", &code)).await.expect(422).html();
    assert!(wrong.problem_at("code").contains("used already"));
    let nothing = spy.submit(&form).await.expect(422).html();
    assert!(nothing.problem_at("code").contains("type a code"));
    spy.get("/admin/statements").await.expect(303);
    assert_eq!(app.verbs(Verb::CodeRefused).await, 1, "that the password is known is written down");
}

#[actix_web::test]
async fn words_typed_before_the_sign_in_ran_out_survive_the_second_step() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let codes = give_app(&app, "editor").await;
    let mut editor = super::all_the_way(&app, "editor", &codes).await;
    let body = "\r\n\r\nAn hour of <b> \"work\"";
    let form = editor.page(&path).await.form("form#editor").with("body", body).and("topics", "3");
    app.sql("delete from sessions").await;
    let door = editor.submit(&form).await.expect(403).html().form("form[action='/admin/sign-in']");
    let page = send_password(&mut editor, door, "editor").await.expect(200).html();
    let step = page.form("main form");
    assert_eq!(step.action, SECOND_STEP);
    let again =
        editor.submit(&step.clone().with("code", "000000")).await.expect(422).html().form("main form");
    let kept =
        editor.submit(&again.with("code", &shown(&app, &codes))).await.expect(200).html().form("main form");
    assert_eq!((kept.action.as_str(), kept.values("topics")), (path.as_str(), vec!["3"]));
    assert_eq!(kept.value("body").replace("\r\n", "\n"), body.replace("\r\n", "\n"));
    editor.submit(&kept).await.expect(303);
    assert_eq!(editor.page(&path).await.form("form#editor").value("body"), "An hour of <b> \"work\"");
}

#[actix_web::test]
async fn five_minutes_after_the_password_it_begins_anew_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut editor = app.visitor();
    let form = half_way(&mut editor, "editor").await.with("kept.body", "Words");
    app.app.clock.advance(SignedDuration::from_mins(5));
    let page = editor.submit(&form.with("code", &shown(&app, &codes))).await.expect(422).html();
    assert!(page.problem_at("email").contains("five minutes"));
    assert_eq!(page.form("form[action='/admin/sign-in']").value("kept.body"), "Words");
    editor.get(SECOND_STEP).await.expect(303);
}

#[actix_web::test]
async fn a_password_that_is_changed_meanwhile_was_right_in_vain() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut thief = app.visitor();
    let form = half_way(&mut thief, "editor").await;
    app.sql("update users set password_hash = 'another' where name = 'editor'").await;
    thief
        .submit(&form.clone().with("code", &shown(&app, &codes)))
        .await
        .expect(422)
        .html()
        .problem_at("email");
    app.sql("update users set revoked_at = now() where name = 'editor'").await;
    thief.submit(&form.with("code", &shown(&app, &codes))).await.expect(422);
}

#[actix_web::test]
async fn a_link_for_a_new_password_does_not_stand_for_the_second_factor() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut conn = app.desk.db.connection().await;
    let now = app.app.clock.now();
    let token = links::for_reset(&mut conn, Actor::OPERATOR, "editor@example.org", now).await.unwrap();
    let mut editor = app.visitor();
    let form = editor.page(&format!("/admin/set-up/{token}")).await.form("main form");
    let new = "seven quiet lanterns burn";
    let answer = editor.submit(&form.with("password", new).with("password_again", new)).await.expect(303);
    assert!(answer.location().starts_with(SECOND_STEP), "{}", answer.location());
    editor.get("/admin/statements").await.expect(303);
    let form = editor.follow(&answer).await.html().form("main form");
    editor.submit(&form.with("code", &shown(&app, &codes))).await.expect(303);
    editor.get("/admin/statements").await.expect(200);
}

#[actix_web::test]
async fn a_recovery_code_lets_in_once_and_says_how_many_are_left() {
    let app = TestApp::start().await;
    give_app(&app, "editor").await;
    let mut conn = app.desk.db.connection().await;
    let user = somebody(&mut conn, "editor").await;
    let spare = recovery::make(&mut conn, &user, app.app.clock.now()).await.unwrap();
    let mut editor = app.visitor();
    let form = half_way(&mut editor, "editor").await.with("recovery_code", &spare[3].to_uppercase());
    let desk = editor.submit(&form).await;
    let said = editor.follow(&desk).await.expect(200).html().text("[role=status]");
    assert!(said.contains("9 are left"), "{said}");
    let page = editor.page(FACTORS).await;
    assert!(page.text("#recovery + p").contains("9 of 10"), "{}", page.text("#recovery + p"));
    let mut thief = app.visitor();
    let form = half_way(&mut thief, "editor").await.with("recovery_code", &spare[3]);
    thief.submit(&form).await.expect(422).html().problem_at("recovery_code");
}

#[actix_web::test]
async fn a_wrong_password_reads_the_same_whether_or_not_there_is_a_second_factor() {
    let app = TestApp::start().await;
    give_app(&app, "editor").await;
    let mut said = Vec::new();
    for email in ["editor@example.org", "author@example.org", "nobody@example.org"] {
        let fields = [("email", email), ("password", "not the password at all")];
        let answer = app.visitor().post("/admin/sign-in", &fields).await.expect(422);
        assert!(!answer.headers.contains_key("set-cookie"), "{email}");
        said.push(answer.html().problem_at("email"));
    }
    said.dedup();
    assert_eq!(said.len(), 1, "{said:?}");
    let fields = [("email", "author@example.org"), ("password", PASSWORD)];
    app.visitor().post("/admin/sign-in", &fields).await.expect(303);
}

#[actix_web::test]
async fn codes_are_counted_before_they_are_looked_at_and_other_ways_stay_open() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut conn = app.desk.db.connection().await;
    let user = somebody(&mut conn, "editor").await;
    let spare = recovery::make(&mut conn, &user, app.app.clock.now()).await.unwrap();
    let mut thief = app.visitor();
    let form = half_way(&mut thief, "editor").await;
    for guess in 0..5 {
        let typed = form.clone().with("code", &format!("00000{guess}"));
        thief.submit(&typed).await.expect(422);
    }
    let right = form.clone().with("code", &shown(&app, &codes));
    let slowed = thief.submit(&right).await.expect(429);
    assert!(!slowed.header("retry-after").is_empty());
    assert!(slowed.html().problem_at("code").contains("recovery code"));
    assert_eq!(app.verbs(Verb::CodeRefused).await, 5, "what is not looked at is no event");
    let mut editor = app.visitor();
    let form = half_way(&mut editor, "editor").await.with("recovery_code", &spare[0]);
    editor.submit(&form).await.expect(303);
}

#[actix_web::test]
async fn wrong_recovery_codes_are_noted_and_slowed_and_the_owner_elsewhere_is_not() {
    let app = TestApp::start().await;
    give_app(&app, "editor").await;
    let mut conn = app.desk.db.connection().await;
    let user = somebody(&mut conn, "editor").await;
    let spare = recovery::make(&mut conn, &user, app.app.clock.now()).await.unwrap();
    let mut thief = app.visitor().with("x-forwarded-for", "192.0.2.7");
    let form = half_way(&mut thief, "editor").await;
    for guess in 0..10 {
        let typed = form.clone().with("recovery_code", &format!("aaaa-bbbb-cccc-ddd{guess}"));
        thief.submit(&typed).await.expect(422).html().problem_at("recovery_code");
    }
    let slowed = thief.submit(&form.clone().with("recovery_code", &spare[0])).await.expect(429);
    assert!(slowed.html().problem_at("recovery_code").contains("a code of an app"));
    assert_eq!(app.verbs(Verb::CodeRefused).await, 10);
    let mut owner = app.visitor().with("x-forwarded-for", "198.51.100.9");
    let form = half_way(&mut owner, "editor").await.with("recovery_code", &spare[0]);
    owner.submit(&form).await.expect(303);
}
