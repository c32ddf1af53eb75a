//! HEAD answers as GET does, without a body; what an address does not do is refused with its list.

use actix_web::http::Method;

use crate::support::app::TestApp;
use crate::support::record;

const OTHERS: &[&str] = &[
    "/",
    "/robots.txt",
    "/favicon.ico",
    "/health/live",
    "/health/ready",
    "/en/statements/2803",
    "/en/nothing",
];

#[actix_web::test]
async fn head_answers_as_get_does() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut paths = record::all_addresses();
    paths.extend(OTHERS.iter().map(|path| (*path).to_owned()));
    for path in paths {
        let (get, head) = (app.visitor().get(&path).await, app.visitor().head(&path).await);
        assert_eq!(head.status, get.status, "{path}");
        for name in ["content-type", "cache-control", "content-security-policy", "location", "vary"] {
            assert_eq!(head.header(name), get.header(name), "{name} of {path}");
        }
    }
}

#[actix_web::test]
async fn what_only_can_be_read_refuses_everything_else_and_says_what_it_does() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut paths = record::all_addresses();
    paths.extend(["/", "/robots.txt", "/favicon.ico", "/health/live"].map(str::to_owned));
    for path in paths {
        for method in
            [Method::POST, Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::TRACE]
        {
            for site in ["same-origin", "cross-site", ""] {
                let mut visitor = app.visitor().with("sec-fetch-site", site);
                let answer = visitor.send(method.clone(), &path, None).await.expect(405);
                assert_eq!(answer.header("allow"), "GET, HEAD", "{method} {path}");
            }
        }
    }
    let page = app.visitor().post("/zh-hans/statements/2800", &[]).await.expect(405).html();
    assert_eq!(page.text("h1"), "不能在此操作");
}
