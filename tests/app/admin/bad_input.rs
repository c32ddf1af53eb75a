//! What cannot be read or is too much is a page of the desk.

use actix_web::http::Method;

use onrecord::web::form;

use super::record::{all_forms, fill};
use crate::support::app::TestApp;

const FORM: &str = "application/x-www-form-urlencoded";

#[actix_web::test]
async fn addresses_that_lead_nowhere() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    for (path, status) in [
        ("/admin/nothing", 404),
        ("/admin/statements/x/en", 404),
        ("/admin/statements/1/xx", 404),
        ("/admin/statements/999999/en", 404),
        ("/admin/statements/99999999999999999999/en", 404),
        ("/admin/statements/1/zh-hant/preview", 404),
        ("/admin/topics/x", 404),
        ("/admin/topics/99999", 404),
        ("/admin/set-up/nothing", 404),
        ("/admin/%00", 400),
        ("/admin/statements?text=%00", 400),
        ("/admin/statements?text=%zz", 400),
        ("/admin/statements?text=a&text=b", 400),
    ] {
        let page = editor.get(path).await.expect(status).html();
        assert!(page.has("body.desk") && page.all("h1").len() == 1, "{path}");
    }
}

#[actix_web::test]
async fn the_door_of_the_desk_is_found_with_a_slash_too() {
    let app = TestApp::start().await;
    let mut editor = app.signed_in_as("editor").await;
    for path in ["/admin", "/admin/"] {
        assert_eq!(editor.page(path).await.text("h1"), "What waits", "{path}");
    }
}

#[actix_web::test]
async fn a_body_that_is_too_large_or_of_another_type() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let forms = all_forms(&app).await;
    let mut administrator = app.signed_in_as("administrator").await;
    let large = format!("body={}", "x".repeat(form::MAX_BYTES));
    for path in forms
        .iter()
        .filter(|sent| !sent.fields.is_empty())
        .map(|sent| sent.path.as_str())
        .chain(["/admin/sign-in"])
    {
        let answer =
            administrator.send(Method::POST, path, Some((FORM, large.clone().into()))).await.expect(413);
        assert_eq!(answer.html().text("h1"), "Too large", "{path}");
        for (content_type, body) in
            [("application/json", "{}"), ("text/plain", "a=b"), ("multipart/form-data", "x")]
        {
            let answer = administrator.send(Method::POST, path, Some((content_type, body.into()))).await;
            assert_eq!(answer.status, 400, "{path} {content_type}: {}", answer.gist());
            answer.html().one("h1");
        }
    }
    // Somebody who is not signed in is told the same.
    app.visitor().send(Method::POST, "/admin/statements", Some((FORM, large.into()))).await.expect(413);
}

#[actix_web::test]
async fn other_methods_are_refused_with_the_list_of_those_there_are() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let forms = all_forms(&app).await;
    let mut administrator = app.signed_in_as("administrator").await;
    for sent in &forms {
        let answer = administrator.send(Method::PUT, &sent.path, None).await.expect(405);
        let reads = administrator.head(&sent.path).await.status != 405;
        assert_eq!(answer.header("allow"), if reads { "GET, HEAD, POST" } else { "POST" }, "{}", sent.path);
    }
    for path in ["/admin/statements/new", "/admin/topics/new"] {
        let answer = administrator.post(path, &[]).await.expect(405);
        assert_eq!(answer.header("allow"), "GET, HEAD", "{path}");
    }
    let answer = administrator.send(Method::DELETE, "/admin/sign-in", None).await.expect(405);
    assert_eq!(answer.header("allow"), "GET, HEAD, POST");
}
