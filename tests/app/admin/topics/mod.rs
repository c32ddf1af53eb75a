//! Topics on the desk.

mod finding;
mod merging;
mod names;
mod relations;
mod retagging;
mod twins;

use crate::support::app::TestApp;

/// The number of the topic that a word means.
async fn number(app: &TestApp, word: &str) -> i32 {
    app.app.topics().await.meant_by(word).unwrap().number
}

#[actix_web::test]
async fn a_new_topic_gets_its_address_from_its_name() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page("/admin/topics/new").await.form("main form");
    let form = form
        .with("en.name", "Prisoners’ Letters & More")
        .with("zh-hans.name", "狱中来信")
        .with("en.intro", "Intro.");
    editor.submit(&form).await.expect(303);
    let page = app.visitor().page("/en/topics/prisoners-letters-more").await;
    assert_eq!(page.text("h1"), "Prisoners’ Letters & More");
    assert!(
        app.visitor().page("/zh-hans/topics").await.texts("main .columns a").contains(&"狱中来信".to_owned())
    );
    assert_eq!(
        app.visitor().page("/zh-hant/topics/prisoners-letters-more").await.attr("h1 bdi", "lang"),
        "en"
    );
}

#[actix_web::test]
async fn what_is_taken_or_missing_is_said_at_the_field_and_nothing_is_lost() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page("/admin/topics/new").await.form("main form");
    let taken = form
        .clone()
        .with("en.name", "Another <torture>")
        .with("slug", "torture")
        .with("zh-hant.intro", "簡介");
    let page = editor.submit(&taken).await.expect(422).html();
    assert!(page.problem_at("slug").contains("Another topic has"));
    let kept = page.form("main form");
    assert_eq!((kept.value("en.name"), kept.value("zh-hant.intro")), ("Another <torture>", "簡介"));
    let page = editor
        .submit(&form.clone().with("slug", "Not A Slug!").with("en.name", "X"))
        .await
        .expect(422)
        .html();
    assert!(!page.problem_at("slug").is_empty());
    let page = editor.submit(&form.clone().with("slug", "fine")).await.expect(422).html();
    assert_eq!(page.texts("#problems li").len(), 1);
    assert!(page.text("#name .problem").contains("name"));
    let page = editor.submit(&form.with("zh-hans.name", "只有中文")).await.expect(422).html();
    assert!(page.problem_at("slug").contains("Latin"));
}

#[actix_web::test]
async fn an_address_once_used_is_given_to_no_other_topic() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let number = app.app.topics().await.meant_by("torture").unwrap().number;
    let form = editor.page(&format!("/admin/topics/{number}")).await.form("main form");
    editor.submit(&form.with("slug", "ill-treatment")).await.expect(303);
    let form = editor.page("/admin/topics/new").await.form("main form");
    let page = editor.submit(&form.with("en.name", "New").with("slug", "torture")).await.expect(422).html();
    assert!(page.problem_at("slug").contains("once had"));
}

#[actix_web::test]
async fn names_to_be_confirmed_are_listed_until_they_are() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    let all = editor.page("/admin/topics").await;
    assert_eq!(all.all("tbody tr").len(), 124);
    let page = editor.page("/admin/topics?show=unconfirmed").await;
    assert_eq!(page.all("tbody tr").len(), 106);
    let path = page.attrs("tbody a", "href")[0].clone();
    let form = editor.page(&path).await.form("main form");
    let form = form.and("zh-hans.confirmed", "yes").and("zh-hant.confirmed", "yes");
    editor.submit(&form).await.expect(303);
    assert_eq!(editor.page("/admin/topics?show=unconfirmed").await.all("tbody tr").len(), 105);
}
