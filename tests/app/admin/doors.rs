//! Nobody passes without a sign-in, and nothing that was typed is lost at the door.

use super::record::{all_forms, all_paths, at, fill};
use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;

#[actix_web::test]
async fn whoever_asks_for_a_page_is_led_to_the_sign_in_and_back() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut paths = all_paths(&app).await;
    paths.extend(["/admin", "/admin/", "/admin/nothing"].map(str::to_owned));
    for path in &paths {
        let answer = app.visitor().get(path).await.expect(303);
        let next = serde_urlencoded::to_string([("next", path)]).unwrap();
        assert_eq!(answer.location(), format!("/admin/sign-in?{next}"));
        assert!(!answer.headers.contains_key("set-cookie"), "{path}");
    }
    let mut author = app.visitor();
    let sign_in = author.get(&paths[2]).await;
    let form = author.follow(&sign_in).await.html().form("form[action='/admin/sign-in']");
    let form = form.with("email", "author@example.org").with("password", PASSWORD);
    assert_eq!(author.submit(&form).await.expect(303).location(), paths[2]);
}

#[actix_web::test]
async fn whoever_sends_a_form_finds_it_again_after_the_sign_in() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    for sent in all_forms(&app).await {
        let page = sent.by(&mut app.visitor()).await.expect(403).html();
        let form = page.form("form[action='/admin/sign-in']");
        for (name, value) in sent.fields() {
            if name.contains("password") {
                assert!(!page.has(&format!("[name='kept.{name}']")), "a password has no place in a page");
                continue;
            }
            assert_eq!(form.value(&format!("kept.{name}")), value, "{}", sent.path);
        }
        assert_eq!(form.value("next"), sent.path);
    }
}

#[actix_web::test]
async fn words_typed_before_a_sign_in_ran_out_arrive_after_it() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, super::record::DRAFT, "").await;
    let mut editor = app.signed_in_as("editor").await;
    // Two empty lines first, which a browser takes away if the page does not mind them.
    let body = "\r\n\r\nNames: <b> & \"quoted\" 'single' \u{1F4DC} 中文\r\n\r\n  indented";
    let form =
        editor.page(&path).await.form("form#editor").with("body", body).and("topics", "3").and("topics", "5");
    app.sql("delete from sessions").await;

    let door = editor.submit(&form).await.expect(403).html();
    assert!(door.text(".note").contains("kept"));
    let wrong =
        door.form("form[action='/admin/sign-in']").with("email", "editor@example.org").with("password", "x");
    let again = editor.submit(&wrong).await.expect(422).html();
    let right = again.form("form[action='/admin/sign-in']").with("password", PASSWORD);
    assert_eq!(right.value("email"), "editor@example.org");
    let kept = editor.submit(&right).await.expect(200).html();
    let kept = kept.form("main form");
    assert_eq!(kept.action, path);
    assert_eq!(kept.values("topics"), ["3", "5"]);
    assert_eq!(kept.value("body").replace("\r\n", "\n"), body.replace("\r\n", "\n"));

    editor.submit(&kept).await.expect(303);
    let saved = editor.page(&path).await.form("form#editor");
    assert_eq!(saved.value("body"), "Names: <b> & \"quoted\" 'single' \u{1F4DC} 中文\n\n  indented");
    let mut topics = saved.values("topics");
    topics.sort_unstable();
    assert_eq!(topics, ["3", "5"]);
}

#[actix_web::test]
async fn the_way_back_is_to_the_desk_only() {
    let app = TestApp::start().await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/admin//evil.example",
        "/admin/\\evil",
        "/en",
        "/admin/sign-out",
        "",
    ] {
        let fields = [("email", "author@example.org"), ("password", PASSWORD), ("next", next)];
        let answer = app.visitor().post("/admin/sign-in", &fields).await.expect(303);
        assert_eq!(answer.location(), "/admin", "{next}");
    }
}
