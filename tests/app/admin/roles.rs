//! Who may do what, at every address of the desk.

use super::record::{all_forms, all_pages, fill};
use crate::support::app::TestApp;

const ROLES: [&str; 4] = ["author", "editor", "publisher", "administrator"];

#[actix_web::test]
async fn each_role_reads_and_does_what_it_is_trusted_with() {
    for (place, role) in ROLES.iter().enumerate() {
        let mut app = TestApp::start().await;
        fill(&mut app).await;
        let mut person = app.signed_in_as(role).await;
        for page in all_pages(&app).await {
            let answer = person.get(&page.path).await;
            let expected = if page.allowed[place] { 200 } else { 403 };
            assert_eq!(answer.status, expected, "the {role} at {}: {}", page.path, answer.gist());
        }
        for sent in all_forms(&app).await {
            let answer = sent.by(&mut person).await;
            let expected = if sent.allowed[place] { sent.answer } else { 403 };
            assert_eq!(answer.status, expected, "the {role} to {}: {}", sent.path, answer.gist());
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
