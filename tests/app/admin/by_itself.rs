//! The page saves by itself: once, on top of the right save, without a word to readers.

use jiff::SignedDuration;
use serde_json::Value;

use super::keeping::{a_draft, body, by_itself, count, open};
use super::record::{APPROVED, DRAFT, PUBLIC, at, fill};
use crate::support::app::TestApp;
use crate::support::form::Form;

#[actix_web::test]
async fn a_new_statement_is_begun_once_however_often_it_is_sent() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let form = author.page("/admin/statements/new").await.form("form#editor").with("title", "Begun");
    let (status, first) = by_itself(&app, &author.cookies, &form.clone().with("sent", "a")).await;
    assert_eq!((status, &first["saved"]), (200, &Value::from(true)), "{first}");
    // The answer never came: the page sends to where new statements go, once more, with more words.
    let again = form.clone().with("sent", "b").and("unanswered", "a").with("title", "Begun, and more");
    let (status, second) = by_itself(&app, &author.cookies, &again).await;
    assert_eq!((status, &second["action"]), (200, &first["action"]), "{second}");
    // The button pressed twice with the same words is no more than once.
    author.submit(&again).await.expect(303);
    assert_eq!(count(&app, "statements").await, 1);
    let path = first["action"].as_str().unwrap().to_owned();
    assert_eq!(author.page(&path).await.form("form#editor").value("title"), "Begun, and more");
    // The old page from before, brought back and sent: it overwrites nothing, and begins no second one.
    let page = author.submit(&form.with("title", "From the back button")).await.expect(409).html();
    assert_eq!(page.form("form#merge").action, path);
    assert_eq!(count(&app, "statements").await, 1);
    // From now on the page sends to the statement, under the same token.
    let based_on = second["based_on"].as_str().unwrap();
    let on = Form { action: path.clone(), ..again.with("based_on", based_on).with("title", "Goes on") };
    let (status, third) = by_itself(&app, &author.cookies, &on).await;
    assert_eq!(status, 200, "{third}");
}

#[actix_web::test]
async fn who_goes_on_typing_at_what_was_on_its_way_out_is_told_what_that_does() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, APPROVED, "").await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "Changed after the approval.").await;
    let (_, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!(said["notice"], "The text was approved: it is a draft again.", "{said}");
    let form = form.with("based_on", said["based_on"].as_str().unwrap()).with("body", "And again.");
    let (_, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!(said["notice"], Value::Null, "{said}");
}

#[actix_web::test]
async fn two_who_begin_at_the_same_time_get_a_number_each() {
    let app = TestApp::start().await;
    let (mut one, mut two) = (app.signed_in_as("author").await, app.signed_in_as("colleague").await);
    let form = one.page("/admin/statements/new").await.form("form#editor").with("title", "One");
    let other = two.page("/admin/statements/new").await.form("form#editor").with("title", "Two");
    assert_eq!(form.value("number"), other.value("number"));
    let (_, first) = by_itself(&app, &one.cookies, &form).await;
    let (status, second) = by_itself(&app, &two.cookies, &other).await;
    assert_eq!(status, 200, "{second}");
    assert_ne!(first["number"], second["number"]);
}

#[actix_web::test]
async fn a_save_whose_answer_was_lost_is_not_somebody_else() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "First.").await.with("sent", "1");
    by_itself(&app, &editor.cookies, &form).await;
    let next = form.clone().with("body", "First, and second.").with("sent", "2");
    let (status, said) = by_itself(&app, &editor.cookies, &next).await;
    assert_eq!((status, &said["stale"]), (409, &Value::from(true)), "an old page that was brought back");
    let (status, _) = by_itself(&app, &editor.cookies, &next.and("unanswered", "1")).await;
    assert_eq!(status, 200);
    // Somebody else's save in between is seen all the same.
    let mut colleague = app.signed_in_as("colleague").await;
    let theirs = open(&mut colleague, &path, "Theirs.").await;
    colleague.submit(&theirs).await.expect(303);
    let late = form.with("body", "Mine.").with("sent", "3").and("unanswered", "2");
    assert_eq!(by_itself(&app, &editor.cookies, &late).await.0, 409);
    assert_eq!(body(&mut editor, &path).await, "Theirs.");
}

#[actix_web::test]
async fn a_page_that_saves_by_itself_changes_nothing_for_readers() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, PUBLIC, "").await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "Only on the desk.").await;
    let before: Vec<String> = form.values("topics").into_iter().map(str::to_owned).collect();
    assert!(!before.contains(&"3".to_owned()), "{before:?}");
    let form = form.and("topics", "3");
    let (status, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!((status, &said["topics_wait"]), (200, &Value::from(true)), "{said}");
    let again = editor.page(&path).await.form("form#editor");
    assert_eq!(again.value("body"), "Only on the desk.");
    assert_eq!(again.values("topics"), before, "topics of a public statement wait for a save by hand");
    let reader = app.visitor().page(&format!("/en/statements/{PUBLIC}")).await;
    assert!(!reader.text("article").contains("Only on the desk"));
    editor.submit(&again.and("topics", "3")).await.expect(303);
    let topics = editor.page(&path).await.form("form#editor");
    assert!(topics.values("topics").contains(&"3"), "{topics:?}");
}

#[actix_web::test]
async fn the_log_has_one_event_for_a_sitting_of_a_page_that_saves_by_itself() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let mut form = open(&mut editor, &path, "").await;
    let before = count(&app, "audit_events where verb = 'saved'").await;
    let saves = count(&app, "revisions").await;
    for n in 0..5 {
        form = form.with("body", &"word ".repeat(n + 1));
        let (_, said) = by_itself(&app, &editor.cookies, &form).await;
        form = form.with("based_on", said["based_on"].as_str().unwrap());
    }
    assert_eq!(count(&app, "audit_events where verb = 'saved'").await, before + 1);
    assert_eq!(count(&app, "revisions").await, saves + 5, "every save is there");
}

#[actix_web::test]
async fn who_else_has_it_open_is_said_and_forgotten() {
    let (app, path) = a_draft().await;
    let (mut one, mut two) = (app.signed_in_as("colleague").await, app.signed_in_as("editor").await);
    assert_eq!(one.page(&path).await.text("#also"), "");
    assert!(two.page(&path).await.text("#also").contains("Also open: colleague, since"));
    let mut page = app.visitor().with("accept", "application/json");
    page.cookies.clone_from(&one.cookies);
    let here: Value =
        serde_json::from_slice(&page.post(&format!("{path}/presence"), &[]).await.body).unwrap();
    assert_eq!(here["also"][0]["name"], "editor");
    assert_eq!(here["latest"], Value::from(app.latest_revision(DRAFT).await.to_string()));
    app.app.clock.advance(SignedDuration::from_mins(3));
    assert_eq!(one.page(&path).await.text("#also"), "");
}
