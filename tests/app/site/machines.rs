//! What machines ask for.

use crate::support::app::TestApp;

#[actix_web::test]
async fn robots_may_read_what_readers_may() {
    let app = TestApp::start().await;
    let answer = app.visitor().get("/robots.txt").await.expect(200);
    assert!(answer.header("content-type").starts_with("text/plain"));
    assert!(answer.text().contains("User-agent: *") && !answer.text().contains("admin"));
}

#[actix_web::test]
async fn there_is_an_icon() {
    let app = TestApp::start().await;
    let answer = app.visitor().get("/favicon.ico").await.expect(200);
    assert_eq!(answer.header("content-type"), "image/svg+xml");
    assert!(answer.text().contains("<svg"));
}

#[actix_web::test]
async fn a_static_file_stands_at_its_content_for_ever() {
    let app = TestApp::start().await;
    let sign_in = app.visitor().page("/admin/sign-in").await;
    let mut files = sign_in.attrs("link[rel=stylesheet], link[rel=icon]", "href");
    files.extend(sign_in.attrs("script", "src"));
    assert!(files.len() >= 4, "{files:?}");
    for path in files {
        let answer = app.visitor().get(&path).await.expect(200);
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        assert!(!answer.header("content-type").contains("octet-stream"), "{path}");
        let (hash, name) = path.trim_start_matches("/static/").split_once('/').unwrap();
        let wrong = format!("/static/{}/{name}", hash.chars().rev().collect::<String>());
        app.visitor().get(&wrong).await.expect(404).html();
    }
}

#[actix_web::test]
async fn the_program_says_that_it_lives_and_that_it_can_serve() {
    let app = TestApp::start().await;
    app.visitor().get("/health/live").await.expect(200);
    app.visitor().get("/health/ready").await.expect(200);
}
