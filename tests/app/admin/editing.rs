//! Writing: what is typed is kept on the desk, in each language.

use super::record::{PUBLIC, at, fill};
use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::refusals::Done as _;
use crate::support::visitor::Visitor;

async fn begin(visitor: &mut Visitor<'_>, title: &str) -> (String, Page) {
    let form = visitor.page("/admin/statements/new").await.form("form#editor");
    let form = form.with("title", title).with("body", "Text.").with("number", "2800");
    let answer = visitor.submit(&form).await.expect(303);
    let path = answer.location().to_owned();
    let page = visitor.page(&path).await;
    (path, page)
}

#[actix_web::test]
async fn a_new_statement_offers_the_next_number_and_today() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut author = app.signed_in_as("author").await;
    let form = author.page("/admin/statements/new").await.form("form#editor");
    assert_eq!(form.value("number"), "15", "samples aside");
    assert_eq!((form.value("kind"), form.value("locale")), ("statement", "en"));
    let answer = author.submit(&form.with("issued_on", "Nov 1997").with("title", "Begun")).await.expect(303);
    let saved = author.page(answer.location()).await;
    assert_eq!(saved.form("form#editor").value("issued_on"), "November 1997");
    assert!(saved.text("#saved").contains("Draft · No. 15"), "{}", saved.text("#saved"));
}

#[actix_web::test]
async fn every_field_comes_back_as_it_was_saved() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let (path, page) = begin(&mut author, "First").await;
    let body = "Quoted: \"<b>\" & 'x'\n\n    code\n\n- 一\n- 二 \u{1F4DC}\n\n[^1]: note";
    let form = page
        .form("form#editor")
        .with("title", "A \"quoted\" <title> & 'more'")
        .with("summary", "Sum & mary")
        .with("body", &body.replace('\n', "\r\n"))
        .with("sign_off", "Name\r\nRole")
        .with("credit", "Translated by <X>")
        .with("kind", "open-letter")
        .with("issued_on", "1997年11月16日")
        .and("topics", "1")
        .and("topics", "120");
    author.submit(&form).await.expect(303);
    let saved = author.page(&path).await.form("form#editor");
    assert_eq!(saved.value("title"), "A \"quoted\" <title> & 'more'");
    assert_eq!(saved.value("summary"), "Sum & mary");
    assert_eq!(saved.value("body"), body);
    assert_eq!(saved.value("sign_off"), "Name\nRole");
    assert_eq!(saved.value("credit"), "Translated by <X>");
    assert_eq!((saved.value("kind"), saved.value("issued_on")), ("open-letter", "November 16, 1997"));
    let mut topics = saved.values("topics");
    topics.sort_unstable();
    assert_eq!(topics, ["1", "120"]);
}

#[actix_web::test]
async fn each_language_has_its_own_words_and_shares_the_facts() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let (path, page) = begin(&mut author, "In English").await;
    let tabs = page.attrs("nav.tabs a", "href");
    assert_eq!(tabs.len(), 3);
    let chinese = path.replace("/en", "/zh-hans");
    assert!(tabs.contains(&chinese));
    let form = author.page(&chinese).await.form("form#editor");
    assert_eq!((form.value("title"), form.value("number")), ("", "2800"));
    author.submit(&form.with("title", "中文").with("kind", "report")).await.expect(303);
    let english = author.page(&path).await.form("form#editor");
    assert_eq!((english.value("title"), english.value("kind")), ("In English", "report"));
    assert_eq!(author.page(&chinese).await.form("form#editor").value("title"), "中文");
    assert!(author.page(&chinese).await.text("nav.tabs").contains("original"));
}

#[actix_web::test]
async fn a_number_stays_once_it_was_public_and_is_never_given_twice() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    let public = editor.page(&at(&app, PUBLIC, "").await).await;
    assert!(public.one("#number").attr("readonly").is_some());
    let form = public.form("form#editor").with("number", "99");
    let page = editor.submit(&form).await.expect(422).html();
    assert!(page.problem_at("number").contains("keeps it for ever"));
    let new = editor.page("/admin/statements/new").await.form("form#editor");
    for taken in [10, 11, 12, 13, 900_001] {
        let form = new.clone().with("number", &taken.to_string()).with("title", "Mine");
        let page = editor.submit(&form).await.expect(422).html();
        assert!(page.problem_at("number").contains("already"), "{taken}");
        assert_eq!(page.form("form#editor").value("title"), "Mine");
    }
}

#[actix_web::test]
async fn a_draft_is_discarded_and_taken_back() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let (path, page) = begin(&mut author, "Not for long").await;
    let discard = page.form(&format!("form[action='{path}/discard']"));
    let list = author.submit(&discard).await;
    let list = author.follow(&list).await.html();
    assert!(list.text("[role=status] p").contains("discarded"));
    assert!(!list.texts("td.number").contains(&"2800".to_owned()));
    let undo = list.form("[role=status] form");
    let back = author.submit(&undo).await;
    let back = author.follow(&back).await.html();
    assert_eq!(back.form("form#editor").value("title"), "Not for long");
    assert!(back.text("#saved").contains("Draft"));
}

#[actix_web::test]
async fn the_preview_is_the_readers_own_page() {
    let mut app = TestApp::start().await;
    let save = crate::support::cast::a_statement(7);
    let save = onrecord::domain::statements::commands::Save {
        words: crate::support::record::a_long_text(),
        topics: vec![crate::support::record::topic(&mut app.desk, "tibet").await],
        ..save
    };
    let saved = app.desk.save(app.desk.people.author, &save).await.unwrap();
    let mut author = app.signed_in_as("author").await;
    let path = at(&app, 7, "").await;
    let form = author.page(&path).await.form("form#editor").with("then", "preview");
    let answer = author.submit(&form).await.expect(303);
    assert_eq!(answer.location(), format!("{path}/preview"));
    let preview = author.page(answer.location()).await;
    app.desk.publish(&saved, save.locale, None).await.done();
    let public = app.visitor().page("/en/statements/7").await;
    let read = |page: &Page, selector: &str| page.texts(selector);
    for selector in ["h1", "article > header", ".body", ".sign-off", ".credit", "aside.meta dd"] {
        assert_eq!(read(&preview, selector), read(&public, selector), "{selector}");
    }
    assert!(!preview.has("link[rel=canonical]"));
}

#[actix_web::test]
async fn what_nobody_can_see_does_not_come_along() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let (path, page) = begin(&mut author, "First").await;
    let form = page
        .form("form#editor")
        .with("title", "A\u{0}B\u{7}C\u{FFFE}")
        .with("body", "one\u{B}two\u{0}three\u{1B}[0m")
        .with("credit", "\u{0}");
    author.submit(&form).await.expect(303);
    let saved = author.page(&path).await.form("form#editor");
    assert_eq!(saved.value("title"), "ABC");
    assert_eq!(saved.value("body"), "one\ntwothree[0m");
    assert_eq!(saved.value("credit"), "");
}
