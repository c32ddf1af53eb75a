//! A statement, as readers get it.

use crate::support::app::TestApp;
use crate::support::cast::a_statement;
use crate::support::record::{self, CHINESE_ONLY, IN_THREE_LANGUAGES, OF_A_YEAR, SAMPLE};

#[actix_web::test]
async fn it_shows_everything_that_is_on_record() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page(&format!("/en/statements/{IN_THREE_LANGUAGES}")).await;
    assert_eq!(page.text("title"), "The first statement, corrected · Org en");
    assert_eq!(page.text("h1"), "The first statement, corrected");
    assert_eq!(page.text("article > header time"), "November 16, 1997");
    assert_eq!(page.attr("article > header time", "datetime"), "1997-11-16");
    assert_eq!(page.text(".summary"), "What it says in one sentence.");
    assert_eq!(page.attr("meta[name=description]", "content"), "What it says in one sentence.");
    assert_eq!(page.texts(".body h2, .body h3"), ["A part", "A part of that", "Another"]);
    assert_eq!(page.texts(".sign-off span"), ["Example Person", "Executive Director"]);
    assert_eq!(page.text(".credit"), "Source: the archive");
    assert_eq!(page.text(".text > .note"), "Correction, March 2, 2026 A date was wrong.");
    assert_eq!(page.texts("aside.meta dd a[href*='/topics/']"), ["Tibet", "Torture"]);
    assert_eq!(page.text("dd.address"), format!("localhost/en/statements/{IN_THREE_LANGUAGES}"));
    assert_eq!(page.attrs("aside.meta a[hreflang]", "hreflang"), ["zh-Hans", "zh-Hant"]);
    assert_eq!(page.attrs(".related h3 a", "href"), [format!("/en/statements/{OF_A_YEAR}")]);
    assert!(page.text(".printed").contains("Version 2"), "{}", page.text(".printed"));
}

#[actix_web::test]
async fn footnotes_lead_there_and_back() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page(&format!("/en/statements/{IN_THREE_LANGUAGES}")).await;
    assert_eq!(page.attrs("a[role=doc-noteref]", "href"), ["#fn-1", "#fn-1"]);
    assert_eq!(page.attrs("a[role=doc-backlink]", "href"), ["#fnref-1", "#fnref-1-2"]);
    assert!(page.text("section[role=doc-endnotes] li").starts_with("A footnote."));
}

#[actix_web::test]
async fn in_chinese_all_of_it_is_in_chinese() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page(&format!("/zh-hant/statements/{IN_THREE_LANGUAGES}")).await;
    assert_eq!(page.attr("html", "lang"), "zh-Hant");
    assert_eq!(page.text("h1"), "第一份聲明");
    assert_eq!(page.text("article > header time"), "1997年11月16日");
    assert_eq!(page.texts("aside.meta dt"), ["主題", "其他語言", "永久網址"]);
    assert_eq!(page.text("aside.meta dd a[hreflang=en]"), "English");
    assert_eq!(page.text("aside.meta li:has(a[hreflang=en])"), "English (原文)");
}

#[actix_web::test]
async fn a_date_is_as_exact_as_it_is_known() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let month = app.visitor().page(&format!("/zh-hans/statements/{CHINESE_ONLY}")).await;
    assert_eq!(month.text("article > header time"), "1998年3月");
    assert_eq!(month.attr("article > header time", "datetime"), "1998-03");
    let year = app.visitor().page(&format!("/en/statements/{OF_A_YEAR}")).await;
    assert_eq!(year.text("article > header time"), "1997");
}

#[actix_web::test]
async fn a_sample_says_so_and_is_not_to_be_found() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page(&format!("/en/statements/{SAMPLE}")).await;
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
    assert!(!page.has("link[rel=canonical]"));
    assert!(page.text("article > header .facts").ends_with("Sample"));
    assert!(page.text("article > header .note").starts_with("This is a sample"));
    let list = app.visitor().page("/en/statements").await;
    let entry = format!(".entries li:has(a[href='/en/statements/{SAMPLE}']) .kind");
    assert_eq!(list.text(&entry), "Statement · Sample");
}

#[actix_web::test]
async fn a_language_it_does_not_have_is_a_polite_page() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let answer = app.visitor().get(&format!("/en/statements/{CHINESE_ONLY}")).await.expect(404);
    let page = answer.html();
    assert_eq!(page.text("h1"), "Not available in English");
    let path = format!("/zh-hans/statements/{CHINESE_ONLY}");
    assert_eq!(page.attrs("main a[hreflang]", "href"), [path]);
    assert_eq!(page.attr("main a[hreflang]", "lang"), "zh-Hans");
    assert_eq!(page.attr("meta[name=robots]", "content"), "noindex");
}

#[actix_web::test]
async fn what_was_typed_as_html_is_shown_as_text() {
    let mut app = TestApp::start().await;
    let mut save = a_statement(1);
    save.words.title = "<b>Bold</b> & \"quoted\"".to_owned();
    save.words.sign_off = "<script>alert(1)</script>".to_owned();
    save.words.body = "<script>alert(1)</script>Text <img src=x onerror=alert(1)>".to_owned();
    app.desk.put_on_record(&save).await;
    let page = app.visitor().page("/en/statements/1").await;
    assert_eq!(page.text("h1"), "<b>Bold</b> & \"quoted\"");
    assert_eq!(page.text(".sign-off"), "<script>alert(1)</script>");
    assert!(!page.has("script") && !page.has("img") && !page.has("[onerror]"));
}
