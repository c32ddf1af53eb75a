//! The database is away: a form comes back with every word, to be sent again.

use onrecord::infra::db::Database;

use crate::support::app::{BASE_URL, TestApp};
use crate::support::desk::Desk;

async fn without_a_database() -> TestApp {
    let mut desk = Desk::open().await;
    desk.db.database = Database::new("postgres://nobody@%2Fnowhere/nothing", 2).unwrap();
    TestApp::around(desk, BASE_URL).await
}

#[actix_web::test]
async fn a_form_is_given_back_filled_in() {
    let app = without_a_database().await;
    let typed = [
        ("title", "Not yet \"kept\" & <new>"),
        ("body", "\nOne.\n\n第二段。"),
        ("topics", "3"),
        ("topics", "7"),
    ];
    let page = app.visitor().post("/admin/statements/4/zh-hant", &typed).await.expect(503).html();
    let form = page.form("main form");
    assert_eq!(form.action, "/admin/statements/4/zh-hant");
    assert_eq!((form.value("title"), form.value("body")), (typed[0].1, typed[1].1));
    assert_eq!(form.values("topics"), ["3", "7"]);
}

#[actix_web::test]
async fn pages_say_so_and_keep_their_masthead() {
    let app = without_a_database().await;
    for path in ["/en/statements/2800", "/zh-hans/topics/torture", "/admin/statements"] {
        let answer = app.visitor().get(path).await.expect(503);
        assert!(answer.headers.contains_key("retry-after"), "{path}");
        assert!(answer.html().has("header.masthead"), "{path}");
    }
}

#[actix_web::test]
async fn a_page_that_saves_by_itself_is_told_and_keeps_its_words() {
    let app = without_a_database().await;
    let mut page = app.visitor().with("accept", "application/json");
    let answer = page.post("/admin/statements/4/zh-hant", &[("title", "Not yet")]).await.expect(503);
    let said: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((&said["saved"], &said["kept"]), (&false.into(), &false.into()));
    assert!(said["reason"].as_str().unwrap().contains("database"));
}
