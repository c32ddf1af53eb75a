//! Who may do what, at every address of the desk.

use super::record::{all_forms, all_pages, fill};
use crate::support::app::TestApp;

const ROLES: [&str; 4] = ["author", "editor", "publisher", "administrator"];

const PAGES: [(&str, [u16; 4]); 14] = [
    ("/admin/statements", [200, 200, 200, 200]),
    ("/admin/statements/new", [200, 200, 200, 200]),
    ("", [200, 200, 200, 200]),
    ("/preview", [200, 200, 200, 200]),
    ("", [200, 200, 200, 200]),
    ("", [200, 200, 200, 200]),
    ("", [200, 200, 200, 200]),
    ("/publication", [403, 403, 200, 200]),
    ("/withdrawal", [403, 403, 200, 200]),
    ("/admin/topics", [200, 200, 200, 200]),
    ("/admin/topics?show=unconfirmed", [200, 200, 200, 200]),
    ("/admin/topics/new", [403, 200, 200, 200]),
    ("/admin/topics/1", [403, 200, 200, 200]),
    ("/admin/site", [403, 403, 403, 200]),
];

const FORMS: [(&str, [u16; 4]); 12] = [
    ("/admin/statements", [303, 303, 303, 303]),
    ("", [403, 303, 303, 303]),
    ("/discard", [403, 303, 303, 303]),
    ("/undiscard", [403, 303, 303, 303]),
    ("/publication", [403, 403, 303, 303]),
    ("/withdrawal", [403, 403, 303, 303]),
    ("/reinstatement", [403, 403, 303, 303]),
    ("/admin/topics", [403, 303, 303, 303]),
    ("/admin/topics/1", [403, 303, 303, 303]),
    ("/admin/site", [403, 403, 403, 303]),
    ("/admin/samples/removal", [403, 403, 403, 303]),
    ("/admin/sign-out", [303, 303, 303, 303]),
];

#[actix_web::test]
async fn each_role_reads_and_does_what_it_is_trusted_with() {
    for (place, role) in ROLES.iter().enumerate() {
        let mut app = TestApp::start().await;
        fill(&mut app).await;
        let mut person = app.signed_in_as(role).await;
        for (path, (ends, expected)) in all_pages(&app).await.iter().zip(PAGES) {
            assert!(path.ends_with(ends), "{path} stands where {ends} should");
            let answer = person.get(path).await;
            assert_eq!(answer.status, expected[place], "the {role} at {path}: {}", answer.gist());
        }
        for (sent, (ends, expected)) in all_forms(&app).await.iter().zip(FORMS) {
            assert!(sent.path.ends_with(ends), "{} stands where {ends} should", sent.path);
            let answer = person.post(&sent.path, &sent.fields()).await;
            assert_eq!(answer.status, expected[place], "the {role} to {}: {}", sent.path, answer.gist());
        }
    }
}

#[actix_web::test]
async fn an_author_does_with_their_own_what_others_may_not() {
    let mut app = TestApp::start().await;
    let save = crate::support::cast::a_statement(7);
    app.desk.save(app.desk.people.author, &save).await.unwrap();
    let path = super::record::at(&app, 7, "").await;
    let (mut author, mut colleague) = (app.signed_in_as("author").await, app.signed_in_as("colleague").await);
    let form = author.page(&path).await.form("form#editor").with("title", "Mine");
    colleague.submit(&form).await.expect(403);
    author.submit(&form).await.expect(303);
    colleague.post(&format!("{path}/discard"), &[]).await.expect(403);
    author.post(&format!("{path}/discard"), &[]).await.expect(303);
}

#[actix_web::test]
async fn words_that_may_not_be_saved_stay_in_the_form() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut author = app.signed_in_as("author").await;
    let path = super::record::at(&app, super::record::DRAFT, "").await;
    let form = author.page(&path).await.form("form#editor").with("body", "An hour of work.");
    let page = author.submit(&form).await.expect(403).html();
    assert_eq!(page.form("form#editor").value("body"), "An hour of work.");
    assert!(page.text("[role=alert]").contains("Please ask an editor"), "{}", page.text("[role=alert]"));
}
