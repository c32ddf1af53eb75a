//! Readers leave no trace, and get the same bytes whoever they are.

use crate::support::app::TestApp;
use crate::support::record::{self, REMOVED_SAMPLE, WITHDRAWN};

fn everything() -> Vec<String> {
    let mut paths = record::all_addresses();
    paths.extend([
        format!("/en/statements/{WITHDRAWN}"),
        format!("/en/statements/{REMOVED_SAMPLE}"),
        "/en/statements/2801".to_owned(),
        "/en/nothing".to_owned(),
        "/en/statements?below=x".to_owned(),
        "/EN".to_owned(),
        "/robots.txt".to_owned(),
        "/favicon.ico".to_owned(),
    ]);
    paths
}

#[actix_web::test]
async fn a_page_is_the_same_bytes_for_everyone() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut somebody = app.signed_in_as("administrator").await;
    assert!(!somebody.cookies.is_empty());
    for path in everything() {
        let one = app.visitor().get(&path).await;
        let mut other = app
            .visitor()
            .with("accept-language", "zh-TW")
            .with("user-agent", "Somebody/1.0")
            .with("referer", "https://example.org/")
            .with("x-forwarded-for", "203.0.113.9");
        assert_eq!(other.get(&path).await.body, one.body, "{path}");
        assert_eq!(somebody.get(&path).await.body, one.body, "{path}, signed in");
        assert!(!one.header("vary").to_lowercase().contains("cookie"), "{path}");
    }
}

#[actix_web::test]
async fn no_public_answer_sets_a_cookie() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut somebody = app.signed_in_as("administrator").await;
    for path in everything().iter().map(String::as_str).chain(["/", "/health/ready"]) {
        for answer in [app.visitor().get(path).await, somebody.get(path).await] {
            assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        }
    }
}

#[actix_web::test]
async fn a_public_page_asks_nobody_for_anything() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for path in everything() {
        let answer = app.visitor().get(&path).await;
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        let page = answer.html();
        let loads = "script, img, iframe, link[rel=stylesheet], link[rel=preload], link[rel=preconnect], \
                     video, audio, object, embed, form:not([role=search]), [style], [onclick]";
        assert!(!page.has(loads), "{path}");
        assert!(page.attr("link[rel=icon]", "href").starts_with("data:"), "{path}");
        for away in page.all("a[href^='http']") {
            assert_eq!(away.attr("rel"), Some("noopener noreferrer"), "{path}");
        }
    }
}
