//! What was said before, as readers get it.

use onrecord::domain::statements::commands::{self, OneVersion};

use crate::support::app::{BASE_URL, TestApp};
use crate::support::cast::english;
use crate::support::record::{self, CHINESE_ONLY, DRAFT, IN_THREE_LANGUAGES, SAMPLE, WITHDRAWN};
use crate::support::refusals::Done as _;

const FIRST: &str = "/en/statements/2800/versions/1";

async fn close_the_first(app: &mut TestApp) {
    let statement = app.id_of(IN_THREE_LANGUAGES).await;
    let desk = &mut app.desk;
    let version = OneVersion { statement, locale: english(), n: 1 };
    let by = desk.people.publisher;
    commands::close_version(&mut desk.conn, by, version, "A name is at risk.", desk.now).await.done();
}

#[actix_web::test]
async fn an_earlier_version_says_so_and_is_not_kept_by_search_engines() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page(FIRST).await;
    assert_eq!(page.text("h1"), "The first statement");
    assert!(page.text(".body").contains("It begins."));
    assert_eq!(
        page.text("header .note"),
        "Version 1 This is version 1, published here on March 2, 2026. It is no longer the text as it is today. \
         Read the text as it is today"
    );
    assert_eq!(page.attr("header .note a", "href"), "/en/statements/2800");
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert_eq!(page.attr("link[rel=canonical]", "href"), format!("{BASE_URL}/en/statements/2800"));
    assert_eq!(page.text("dd.address"), "localhost/en/statements/2800/versions/1");
    let today = app.visitor().page("/en/statements/2800/versions/2").await;
    assert!(today.text("header .note").contains("It is the text as it is today."));
    let chinese = app.visitor().page("/zh-hant/statements/2800/versions/1").await;
    assert!(chinese.text("header .note").contains("即現行文本"), "{}", chinese.text("header .note"));
}

#[actix_web::test]
async fn the_list_of_versions_is_linked_where_there_is_more_than_one() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let list = "/en/statements/2800/versions";
    let page = app.visitor().page("/en/statements/2800").await;
    assert_eq!(page.text(&format!("aside.meta a[href='{list}']")), "Earlier versions");
    let single = app.visitor().page("/zh-hans/statements/2800").await;
    assert!(!single.has("a[href$='/versions']"));
    let page = app.visitor().page(list).await;
    assert_eq!(page.texts(".entries h2"), ["Version 2 · the text as it is today", "Version 1"]);
    assert_eq!(page.texts(".entries .kind"), ["Correction"]);
    assert_eq!(page.attrs(".entries a", "href"), [format!("{list}/2"), format!("{list}/1")]);
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
}

#[actix_web::test]
async fn a_closed_version_is_gone_with_its_reason_and_stays_in_the_list() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    close_the_first(&mut app).await;
    let answer = app.visitor().get(FIRST).await.expect(410);
    let page = answer.html();
    assert_eq!(page.text("h1"), "Version 1");
    assert_eq!(
        page.text("main .note"),
        "This version was closed on March 2, 2026. Reason: A name is at risk."
    );
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert!(!answer.text().contains("It begins."), "its text is gone");
    crate::site::links::assert_well_built(FIRST, &page);
    let list = app.visitor().page("/en/statements/2800/versions").await;
    assert_eq!(list.texts(".entries h2"), ["Version 2 · the text as it is today", "Version 1"]);
    assert!(!list.has(&format!("a[href='{FIRST}']")));
    app.visitor().get("/en/statements/2800").await.expect(200);
}

#[actix_web::test]
async fn what_is_not_public_has_no_versions() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut visitor = app.visitor();
    for (path, status) in [
        (format!("/en/statements/{DRAFT}/versions"), 404),
        (format!("/en/statements/{DRAFT}/versions/1"), 404),
        (format!("/en/statements/{WITHDRAWN}/versions"), 410),
        (format!("/en/statements/{WITHDRAWN}/versions/1"), 410),
        (format!("/en/statements/{WITHDRAWN}/versions/2"), 404),
        (format!("/en/statements/{CHINESE_ONLY}/versions/1"), 404),
        ("/en/statements/2800/versions/3".to_owned(), 404),
        ("/en/statements/2800/versions/0".to_owned(), 404),
        ("/en/statements/2800/versions/x".to_owned(), 404),
        ("/en/statements/2800/versions/99999999999".to_owned(), 404),
        ("/en/statements/2800/versions?below=x".to_owned(), 400),
    ] {
        let answer = visitor.get(&path).await.expect(status);
        assert!(!answer.text().contains("The text of"), "{path}");
    }
    let gone = visitor.get(&format!("/en/statements/{WITHDRAWN}/versions/1")).await;
    assert_eq!(gone.body, visitor.get(&format!("/en/statements/{WITHDRAWN}")).await.body, "the same words");
    let draft = visitor.get(&format!("/en/statements/{DRAFT}/versions/1")).await;
    assert_eq!(draft.body, visitor.get("/en/statements/777/versions/1").await.body);
    // A sample is not offered to search engines as anything's original.
    let sample = visitor.page(&format!("/en/statements/{SAMPLE}/versions/1")).await;
    assert!(!sample.has("link[rel=canonical]"));
}

#[actix_web::test]
async fn a_version_from_before_a_retraction_stands_under_it() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = format!("/admin/statements/{}/en", app.id_of(IN_THREE_LANGUAGES).await);
    let form = publisher.page(&path).await.form("form#editor").with("body", "Retracted words.");
    publisher.submit(&form.with("then", "publish")).await.expect(303);
    let form = publisher.page(&format!("{path}/publication")).await.form("main form");
    let form = form.with("change_kind", "retraction").with("change_note", "We were misled.");
    publisher.submit(&form).await.expect(303);
    let page = app.visitor().page(FIRST).await;
    let notes = page.texts("header .note");
    assert!(notes.len() == 2 && notes[1].contains("We were misled."), "{notes:?}");
}
