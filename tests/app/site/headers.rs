//! The headers that keep a page to itself, on every answer.

use data_encoding::BASE64;
use onrecord::text::digest;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::record;
use crate::support::visitor::Answer;

#[track_caller]
fn assert_kept_to_itself(answer: &Answer) {
    let path = &answer.path;
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
    assert!(!answer.header("cache-control").is_empty(), "{path}");
    let policy = answer.header("content-security-policy");
    for directive in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"]
    {
        assert!(policy.contains(directive), "{path}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{path}: {policy}");
}

#[track_caller]
fn assert_styles_are_allowed(answer: &Answer, page: &Page) {
    let policy = answer.header("content-security-policy");
    for style in page.all("style") {
        let hash =
            format!("'sha256-{}'", BASE64.encode(&digest::of(style.text().collect::<String>().as_bytes())));
        assert!(policy.contains(&hash), "{}: {hash} is not in {policy}", answer.path);
    }
    assert!(!page.has("[style]") && !page.has("script:not([src])"), "{}", answer.path);
}

#[actix_web::test]
async fn every_answer_carries_them() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut paths = record::all_addresses();
    paths.extend(
        [
            "/",
            "/EN",
            "/robots.txt",
            "/favicon.ico",
            "/health/live",
            "/en/nothing",
            "/nothing",
            "/en/%00",
            "/en/statements?below=x",
            "/en/statements/2803",
            "/admin",
            "/admin/sign-in",
            "/admin/set-up/nothing",
        ]
        .map(str::to_owned),
    );
    paths.extend(app.visitor().page("/admin/sign-in").await.attrs("link[rel=stylesheet]", "href"));
    for path in paths {
        assert_kept_to_itself(&app.visitor().get(&path).await);
    }
    assert_kept_to_itself(&app.visitor().post("/en", &[]).await.expect(405));
    assert_kept_to_itself(
        &app.visitor().with("sec-fetch-site", "").post("/admin/sign-in", &[]).await.expect(403),
    );
}

#[actix_web::test]
async fn the_style_of_every_page_is_the_one_that_its_policy_allows() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut paths = record::all_addresses();
    paths.extend(["/en/nothing", "/en/statements/2803", "/en/statements/2801"].map(str::to_owned));
    for path in paths {
        let answer = app.visitor().get(&path).await;
        let page = answer.html();
        assert_eq!(page.all("style").len(), 1, "{path}");
        assert_styles_are_allowed(&answer, &page);
    }
    let mut author = app.signed_in_as("author").await;
    let id = app.id_of(2800).await;
    let preview = author.get(&format!("/admin/statements/{id}/en/preview")).await.expect(200);
    assert_styles_are_allowed(&preview, &preview.html());
}

#[actix_web::test]
async fn https_is_asked_for_where_readers_come_by_it() {
    let app = TestApp::start().await;
    assert_eq!(app.visitor().get("/en").await.header("strict-transport-security"), "");
    let app = TestApp::start_at("https://example.org").await;
    assert!(app.visitor().get("/en").await.header("strict-transport-security").starts_with("max-age="));
    let page = app.visitor().page("/en").await;
    assert_eq!(page.attr("link[rel=canonical]", "href"), "https://example.org/en");
}
