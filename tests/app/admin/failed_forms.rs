//! A form that cannot be taken loses nothing and says at each field what to do.

use super::record::{PUBLIC, at, fill};
use crate::support::app::TestApp;

#[actix_web::test]
async fn every_character_stays_and_every_mistake_is_named_at_its_field() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let body = format!("<>&\"' 中文 \u{1F4DC}\n\n{}end", "A line of a long report.\n".repeat(12_000));
    assert!(body.len() > 280_000);
    let form = author.page("/admin/statements/new").await.form("form#editor");
    let form = form
        .with("number", "twenty")
        .with("issued_on", "11/16/1997")
        .with("kind", "poem")
        .with("locale", "zh-Hant")
        .with("title", "</textarea><script>alert(1)</script>")
        .with("summary", "\" onfocus=\"alert(1)")
        .with("body", &body.replace('\n', "\r\n"))
        .with("sign_off", "甲\r\n乙")
        .with("credit", "'\"<&>")
        .and("topics", "7")
        .and("topics", "9");
    let page = author.submit(&form).await.expect(422).html();
    for field in ["number", "issued_on", "kind"] {
        assert!(!page.problem_at(field).is_empty(), "{field}");
    }
    assert!(page.text("title").starts_with("Please look again"));
    for link in page.attrs("#problems a", "href") {
        assert!(page.has(&format!("[id='{}']", &link[1..])), "{link}");
    }
    let kept = page.form("form#editor");
    assert_eq!(kept.value("number"), "twenty");
    assert_eq!(kept.value("issued_on"), "11/16/1997");
    assert_eq!(kept.value("locale"), "zh-Hant");
    assert_eq!(kept.value("title"), "</textarea><script>alert(1)</script>");
    assert_eq!(kept.value("summary"), "\" onfocus=\"alert(1)");
    assert_eq!(kept.value("body"), body);
    assert_eq!(kept.value("sign_off"), "甲\n乙");
    assert_eq!(kept.value("credit"), "'\"<&>");
    let mut topics = kept.values("topics");
    topics.sort_unstable();
    assert_eq!(topics, ["7", "9"]);
    assert!(!page.has("script:not([src])"));
    let mended = kept.with("number", "20").with("issued_on", "1997").with("kind", "report");
    author.submit(&mended).await.expect(303);
}

#[actix_web::test]
async fn what_is_too_long_is_not_cut() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let form = author.page("/admin/statements/new").await.form("form#editor");
    let long = "長".repeat(301);
    let page = author.submit(&form.with("title", &long)).await.expect(422).html();
    assert!(page.problem_at("title").contains("301"));
    assert_eq!(page.form("form#editor").value("title"), long);
}

#[actix_web::test]
async fn a_note_to_readers_is_asked_for_and_kept() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, PUBLIC, "").await;
    let form =
        publisher.page(&path).await.form("form#editor").with("title", "Changed").with("then", "publish");
    let answer = publisher.submit(&form).await;
    let form = publisher.follow(&answer).await.html().form("main form");
    let page = publisher.submit(&form).await.expect(422).html();
    assert!(page.has("#problems a[href='#change_kind']") && page.has("#change_kind .problem"));
    let page = publisher.submit(&form.clone().with("change_kind", "correction")).await.expect(422).html();
    assert!(page.problem_at("change_note").contains("Readers have to be told"));
    assert_eq!(page.form("main form").value("change_kind"), "correction");
    let long = "字".repeat(2001);
    let page = publisher.submit(&page.form("main form").with("change_note", &long)).await.expect(422).html();
    assert_eq!(page.form("main form").value("change_note"), long);
}

#[actix_web::test]
async fn a_note_survives_a_save_that_came_between() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let (mut publisher, mut editor) = (app.signed_in_as("publisher").await, app.signed_in_as("editor").await);
    let path = at(&app, PUBLIC, "").await;
    let form =
        publisher.page(&path).await.form("form#editor").with("title", "Changed").with("then", "publish");
    let answer = publisher.submit(&form).await;
    let looked_at = publisher.follow(&answer).await.html().form("main form");
    let form = editor.page(&path).await.form("form#editor").with("title", "Changed again");
    editor.submit(&form).await.expect(303);
    let sent = looked_at.with("change_kind", "correction").with("change_note", "A name was wrong.");
    let page = publisher.submit(&sent).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("Somebody saved this text"));
    let again = page.form("main form");
    assert_eq!((again.value("change_kind"), again.value("change_note")), ("correction", "A name was wrong."));
    assert!(page.text("main dl").contains("Changed again"), "what would go out now is shown");
    publisher.submit(&again).await.expect(303);
    assert_eq!(app.visitor().page(&format!("/en/statements/{PUBLIC}")).await.text("h1"), "Changed again");
}

#[actix_web::test]
async fn a_withdrawal_needs_a_reason() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, PUBLIC, "/withdrawal").await;
    let form = publisher.page(&path).await.form("main form");
    let page = publisher.submit(&form.clone().with("reason", " \r\n ")).await.expect(422).html();
    assert!(!page.problem_at("reason").is_empty());
    let long = "x".repeat(2001);
    let page = publisher.submit(&form.with("reason", &long)).await.expect(422).html();
    assert_eq!(page.form("main form").value("reason"), long);
    app.visitor().get(&format!("/en/statements/{PUBLIC}")).await.expect(200);
}
