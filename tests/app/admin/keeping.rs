//! Nobody loses a word: expired, revoked, demoted, too late, too much, into a database that refuses.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use onrecord::web::form::MAX_BYTES;
use serde_json::Value;

use super::record::{DRAFT, PUBLIC, SAMPLE, at, fill};
use crate::support::app::TestApp;
use crate::support::form::Form;
use crate::support::visitor::Visitor;

/// Sends a form as the page does by itself; gives the status and what the page is told.
pub async fn by_itself(app: &TestApp, cookies: &BTreeMap<String, String>, form: &Form) -> (u16, Value) {
    let mut page = app.visitor().with("accept", "application/json");
    page.cookies.clone_from(cookies);
    let answer = page.submit(form).await;
    let said = serde_json::from_slice(&answer.body)
        .unwrap_or_else(|error| panic!("{error}: {} {}", answer.status, answer.gist()));
    (answer.status, said)
}

pub async fn open(visitor: &mut Visitor<'_>, path: &str, body: &str) -> Form {
    visitor.page(path).await.form("form#editor").with("body", body)
}

pub async fn body(visitor: &mut Visitor<'_>, path: &str) -> String {
    visitor.page(path).await.form("form#editor").value("body").to_owned()
}

/// The kept texts that wait for somebody, by their titles and addresses.
async fn waiting(visitor: &mut Visitor<'_>) -> Vec<String> {
    visitor.page("/admin/kept").await.attrs("#waiting a", "href")
}

pub async fn count(app: &TestApp, sql: &str) -> i64 {
    use diesel_async::RunQueryDsl as _;
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let mut conn = app.desk.db.connection().await;
    let sql = format!("select count(*) as n from {sql}");
    diesel::sql_query(sql).get_result::<Row>(&mut conn).await.unwrap().n
}

pub async fn a_draft() -> (TestApp, String) {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    (app, path)
}

#[actix_web::test]
async fn what_arrives_after_the_sign_in_ran_out_comes_back_after_the_next() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "An hour of work.").await;
    app.sql("delete from sessions").await;
    let (status, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!((status, &said["saved"], &said["kept"]), (403, &Value::from(false), &Value::from(true)));
    assert_eq!(said["sign_in"], "/admin/sign-in");

    let mut again = app.signed_in_as("editor").await;
    assert_eq!(body(&mut again, &path).await, "The text of *Statement 10*.", "it is not a revision");
    let page = again.page(&path).await;
    let link = page.attr(".flash a", "href");
    assert_eq!(waiting(&mut again).await, std::slice::from_ref(&link));
    assert!(again.page("/admin/statements").await.has("a[href='/admin/kept']"));
    let dashboard = again.page("/admin").await;
    assert_eq!(dashboard.texts("main h2")[0], "Texts of yours that were kept and not saved");
    assert_eq!(dashboard.attrs(".waits a", "href")[0], link);
    let kept = again.page(&link).await;
    let shown = kept.text("section[aria-label='Text'] .piece");
    assert!(shown.contains("[added: An hour]") && shown.contains("[added: work]"), "{shown}");
    let take_over = kept.form("form.bar");
    again.submit(&take_over).await.expect(303);
    assert_eq!(body(&mut again, &path).await, "An hour of work.");
    assert_eq!(waiting(&mut again).await, Vec::<String>::new());
    assert_eq!(count(&app, "audit_events where verb = 'kept-text-taken-over'").await, 1);
}

#[actix_web::test]
async fn a_page_that_goes_on_after_a_new_sign_in_leaves_nothing_behind() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "Typed while signed out.").await;
    app.sql("delete from sessions").await;
    by_itself(&app, &editor.cookies, &form).await;
    let mut other_tab = app.signed_in_as("editor").await;
    let (status, said) = by_itself(&app, &other_tab.cookies, &form).await;
    assert_eq!((status, &said["saved"]), (200, &Value::from(true)), "{said}");
    assert_eq!(waiting(&mut other_tab).await, Vec::<String>::new());
    assert_eq!(count(&app, "kept_texts where settled_at is null").await, 0);
}

#[actix_web::test]
async fn what_a_revoked_person_typed_is_found_by_an_administrator() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "The last words of an editor.").await;
    app.sql("update users set revoked_at = now() where email like 'editor@%'").await;
    let (status, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!((status, &said["kept"]), (403, &Value::from(true)));

    let mut publisher = app.signed_in_as("publisher").await;
    assert!(!publisher.page("/admin/kept").await.has("#of-others"));
    let mut administrator = app.signed_in_as("administrator").await;
    let list = administrator.page("/admin/kept").await;
    assert!(list.text("#of-others li").contains("can no longer sign in"));
    let link = list.attr("#of-others a", "href");
    publisher.get(&link).await.expect(403);
    let kept = administrator.page(&link).await;
    administrator.submit(&kept.form("form.bar")).await.expect(303);
    assert_eq!(body(&mut publisher, &path).await, "The last words of an editor.");
    assert!(publisher.page(&path).await.text("#saved").contains("administrator"));
    for verb in ["kept-text-opened", "kept-text-taken-over"] {
        assert_eq!(count(&app, &format!("audit_events where verb = '{verb}'")).await, 1, "{verb}");
    }
}

#[actix_web::test]
async fn a_role_taken_away_acts_at_once_and_costs_no_word() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "No longer mine to save.").await;
    app.sql("update users set role = 'author' where email like 'editor@%'").await;
    let page = editor.submit(&form).await.expect(403).html();
    assert_eq!(page.form("form#editor").value("body"), "No longer mine to save.");
    assert_eq!(waiting(&mut editor).await.len(), 1);
    // Taking it over asks for the right as any save does.
    let link = waiting(&mut editor).await.remove(0);
    let kept = editor.page(&link).await;
    editor.submit(&kept.form("form.bar")).await.expect(403);
    // Put aside, it is offered no more, and can still be read.
    let aside = kept.form("form.acts");
    editor.submit(&aside).await.expect(303);
    assert_eq!(count(&app, "kept_texts where settled_at is null and id = 1").await, 0);
    assert!(editor.page(&link).await.text("main").contains("put aside"));
}

#[actix_web::test]
async fn a_text_that_is_gone_for_good_gives_the_words_back() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, SAMPLE, "").await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "Too late for this one.").await;
    let mut administrator = app.signed_in_as("administrator").await;
    administrator.post("/admin/samples/removal", &[]).await.expect(303);
    let page = editor.submit(&form).await.expect(409).html();
    assert_eq!(page.form("form#editor").value("body"), "Too late for this one.");
    assert!(page.text("[role=alert]").contains("removed for good"));
    let (status, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!((status, &said["kept"]), (409, &Value::from(true)));
}

#[actix_web::test]
async fn a_discarded_draft_that_is_still_typed_at_is_a_draft_again() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "Not so fast.").await;
    let mut colleague = app.signed_in_as("colleague").await;
    colleague.post(&format!("{path}/discard"), &[]).await.expect(303);
    editor.submit(&form).await.expect(303);
    assert!(editor.page(&path).await.text("#saved").contains("Draft"));
}

#[actix_web::test]
async fn without_a_token_of_this_page_nothing_is_taken_and_nothing_is_lost() {
    let (app, path) = a_draft().await;
    let other = at(&app, PUBLIC, "").await;
    let mut editor = app.signed_in_as("editor").await;
    let mut publisher = app.signed_in_as("publisher").await;
    let form = open(&mut editor, &path, "Words.").await;
    let foreign = open(&mut publisher, &path, "").await.value("edit_token").to_owned();
    let of_another_text = open(&mut editor, &other, "").await.value("edit_token").to_owned();
    for token in ["", "forged", &of_another_text] {
        let sent = form.clone().with("edit_token", token);
        let page = editor.submit(&sent).await.expect(403).html();
        let back = page.form("form#editor");
        assert_eq!(back.value("body"), "Words.");
        assert_ne!(back.value("edit_token"), token);
        assert_eq!(count(&app, "kept_texts").await, 0, "{token:?} keeps nothing");
    }
    // A page of somebody else is kept, for them; and is not saved in anybody's name.
    editor.submit(&form.clone().with("edit_token", &foreign)).await.expect(403);
    assert_eq!((waiting(&mut editor).await.len(), waiting(&mut publisher).await.len()), (0, 1));
    // After thirty days a page is too old; what comes back can be sent at once.
    app.app.clock.advance(SignedDuration::from_hours(31 * 24));
    let mut editor = app.signed_in_as("editor").await;
    let page = editor.submit(&form).await.expect(403).html();
    assert!(page.text("[role=alert]").contains("too long ago"));
    assert_eq!(body(&mut editor, &path).await, "The text of *Statement 10*.");
    editor.submit(&page.form("form#editor")).await.expect(303);
    assert_eq!(body(&mut editor, &path).await, "Words.");
}

#[actix_web::test]
async fn a_token_in_the_wrong_hands_fills_no_disk() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "").await;
    app.sql("delete from sessions").await;
    let nobody = BTreeMap::new();
    for n in 0..30 {
        let (status, said) = by_itself(&app, &nobody, &form.clone().with("body", &format!("{n}"))).await;
        assert_eq!((status, &said["kept"]), (403, &Value::from(true)), "{n}");
    }
    // The same again is no further text.
    let (status, _) = by_itself(&app, &nobody, &form.clone().with("body", "29")).await;
    assert_eq!((status, count(&app, "kept_texts").await), (403, 30));
    let one_more = form.with("body", "one more");
    let (status, said) = by_itself(&app, &nobody, &one_more).await;
    assert_eq!((status, &said["kept"]), (429, &Value::from(false)));
    assert!(said["reason"].as_str().unwrap().contains("30 texts a minute"));
    let page = app.visitor().submit(&one_more).await.expect(429).html();
    assert_eq!(page.form("main form").value("body"), "one more", "it comes back all the same");
    app.app.clock.advance(SignedDuration::from_mins(2));
    assert_eq!(by_itself(&app, &nobody, &one_more).await.0, 403);
    let large = one_more.with("body", &"x".repeat(5 << 20));
    for n in 0..6 {
        let sent = large.clone().with("title", &format!("{n}"));
        assert_eq!(by_itself(&app, &nobody, &sent).await.0, if n < 4 { 403 } else { 429 }, "{n}");
    }
}

#[actix_web::test]
async fn a_form_that_is_too_large_is_told_the_limit() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, &"x".repeat(MAX_BYTES)).await;
    let page = editor.submit(&form).await.expect(413).html();
    assert!(page.text("main").contains("6 MB"), "{}", page.text("main"));
    // The longest text that can be kept fits, in Chinese too.
    let long = "字".repeat(500_000);
    let form = form.with("body", &long);
    editor.submit(&form).await.expect(303);
    assert_eq!(body(&mut editor, &path).await, long);
}

#[actix_web::test]
async fn a_database_that_refuses_to_write_gives_the_form_back() {
    let (app, path) = a_draft().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = open(&mut editor, &path, "Onto a full disk.").await;
    // As close as a test comes to a full disk: reading goes on, every write fails.
    writes(&app, "set default_transaction_read_only = on").await;
    let answer = editor.submit(&form).await;
    assert!(answer.status >= 500, "{}", answer.gist());
    let page = answer.html();
    assert!(page.text("h1").contains("Not saved"), "{}", page.text("main"));
    let back = page.form("main form");
    assert_eq!((back.action.as_str(), back.value("body")), (path.as_str(), "Onto a full disk."));
    let (status, said) = by_itself(&app, &editor.cookies, &form).await;
    assert_eq!(
        (status >= 500, &said["saved"], &said["kept"]),
        (true, &Value::from(false), &Value::from(false))
    );
    assert!(said["reason"].as_str().is_some_and(|reason| !reason.is_empty()));
    editor.get(&path).await.expect(200);
    writes(&app, "reset default_transaction_read_only").await;
    editor.submit(&back).await.expect(303);
    assert_eq!(body(&mut editor, &path).await, "Onto a full disk.");
}

/// Changes a setting of the database for every connection.
async fn writes(app: &TestApp, setting: &str) {
    use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};
    let mut conn = onrecord::infra::db::Connection::establish(&app.desk.db.url).await.unwrap();
    conn.batch_execute("set default_transaction_read_only = off").await.unwrap();
    let sql = format!(
        "do $$ begin execute format('alter database %I {setting}', current_database());
         perform pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid(); end $$"
    );
    conn.batch_execute(&sql).await.unwrap();
    // The pool notices that its connections were closed.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
}
