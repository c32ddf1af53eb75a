//! Two people at one text: the second is shown both, and loses nothing.

use super::record::{DRAFT, at, fill};
use crate::support::app::TestApp;

#[actix_web::test]
async fn the_second_save_shows_both_and_goes_in_when_it_is_sent_again() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, mut two) = (app.signed_in_as("colleague").await, app.signed_in_as("editor").await);
    let (of_one, of_two) =
        (one.page(&path).await.form("form#editor"), two.page(&path).await.form("form#editor"));
    one.submit(&of_one.with("body", "What one wrote <b>").with("title", "Title of one")).await.expect(303);
    let sent = of_two.with("body", "What two wrote").with("title", "Title of two").and("topics", "4");
    let page = two.submit(&sent).await.expect(409).html();
    let form = page.form("form#editor");
    assert_eq!((form.value("title"), form.value("body")), ("Title of two", "What two wrote"));
    assert_eq!(form.values("topics"), ["4"]);
    assert_eq!(page.text("#theirs h2"), "Title of one");
    assert_eq!(page.text("#theirs pre"), "What one wrote <b>");
    assert!(page.text("[role=alert]").contains("colleague"));
    assert_eq!(page.attr("[role=alert] a", "href"), "#theirs");
    two.submit(&form).await.expect(303);
    assert_eq!(one.page(&path).await.form("form#editor").value("body"), "What two wrote");
}

#[actix_web::test]
async fn two_who_begin_the_same_language_are_no_different() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await.replace("/en", "/zh-hans");
    let (mut one, mut two) = (app.signed_in_as("publisher").await, app.signed_in_as("editor").await);
    let (of_one, of_two) =
        (one.page(&path).await.form("form#editor"), two.page(&path).await.form("form#editor"));
    one.submit(&of_one.with("body", "甲")).await.expect(303);
    let page = two.submit(&of_two.with("body", "乙")).await.expect(409).html();
    assert_eq!(page.text("#theirs pre"), "甲");
    two.submit(&page.form("form#editor")).await.expect(303);
}
