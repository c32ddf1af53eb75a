//! No other site sends anything in the name of somebody who is signed in.

use super::record::{all_forms, fill};
use crate::support::app::TestApp;

/// What a browser says of a request that another site makes, and what says nothing at all.
const FROM_ELSEWHERE: [(&str, &str, &str); 6] = [
    ("cross-site", "", ""),
    ("same-site", "http://sub.localhost", ""),
    ("cross-site", "http://localhost", "localhost"),
    ("", "https://evil.example", "localhost"),
    ("", "null", "localhost"),
    ("", "", "localhost"),
];

#[actix_web::test]
async fn nothing_that_comes_from_elsewhere_is_done() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut paths: Vec<String> = all_forms(&app).await.into_iter().map(|sent| sent.path).collect();
    paths.extend(["/admin/sign-in", "/admin/set-up/token", "/admin", "/admin/nothing"].map(str::to_owned));
    let administrator = app.signed_in_as("administrator").await;
    let before = app.events().await;
    for (site, origin, host) in FROM_ELSEWHERE {
        let mut visitor =
            app.visitor().with("sec-fetch-site", site).with("origin", origin).with("host", host);
        visitor.cookies.clone_from(&administrator.cookies);
        for path in &paths {
            let answer = visitor.post(path, &[("reason", "x"), ("en.name", "x")]).await.expect(403);
            assert_eq!(answer.html().text("h1"), "Not allowed", "{path} from {site:?} {origin:?}");
        }
    }
    assert_eq!(app.events().await, before, "something was done");
}

#[actix_web::test]
async fn a_browser_that_says_only_the_origin_is_let_in_from_here() {
    let app = TestApp::start().await;
    let wrong = [("email", "nobody@example.org"), ("password", "x")];
    for (origin, host) in [("http://localhost", "localhost"), ("http://127.0.0.1:8080", "127.0.0.1:8080")] {
        let mut visitor = app.visitor().with("sec-fetch-site", "").with("origin", origin).with("host", host);
        visitor.post("/admin/sign-in", &wrong).await.expect(422);
    }
}
