//! The list of corrections, updates and retractions, and what a translation says of its original.

use crate::support::app::TestApp;
use crate::support::record::{self, IN_THREE_LANGUAGES};

#[actix_web::test]
async fn it_lists_what_changed_and_why() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page("/en/corrections").await;
    assert_eq!(page.text("h1"), "Corrections");
    assert_eq!(page.texts(".entries time"), ["March 2, 2026"]);
    assert_eq!(page.texts(".entries .kind"), ["Correction"]);
    assert_eq!(page.text(".entries h2"), "The first statement, corrected");
    assert_eq!(page.attrs(".entries a", "href"), ["/en/statements/2800"]);
    assert!(page.text(".entries li").contains("A date was wrong."));
    assert_eq!(page.text(".list > .facts"), "1 change");
    assert_eq!(page.attrs("nav[aria-label=Years] a", "href"), ["/en/corrections/2026"]);
    assert_eq!(page.attr("footer [aria-current]", "href"), "/en/corrections");
    let year = app.visitor().page("/en/corrections/2026").await;
    assert_eq!(year.text("h1"), "Corrections 2026");
    assert_eq!(year.all(".entries li").len(), 1);
    app.visitor().get("/en/corrections/1999").await.expect(404);
    app.visitor().get("/en/corrections/x").await.expect(404);
    app.visitor().get("/en/corrections/2026/13").await.expect(404);
}

#[actix_web::test]
async fn a_language_without_any_says_so_and_where_there_are_some() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let page = app.visitor().page("/zh-hans/corrections").await;
    assert_eq!(page.text("h1"), "更正");
    assert!(page.text(".nothing").contains("尚无"));
    assert_eq!(page.text(".elsewhere a"), "English：1项");
    assert_eq!(page.attr(".elsewhere a", "href"), "/en/corrections");
}

#[actix_web::test]
async fn a_translation_says_that_its_original_was_corrected() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let path = format!("/zh-hant/statements/{IN_THREE_LANGUAGES}");
    let page = app.visitor().page(&path).await;
    assert_eq!(page.text("header .note"), "原文已於2026年3月2日更正，本譯文尚未跟進。 閱讀原文");
    assert_eq!(page.attr("header .note a", "href"), format!("/en/statements/{IN_THREE_LANGUAGES}"));
    assert!(!app.visitor().page("/en/statements/2800").await.has("header .note"));

    let mut editor = app.signed_in_as("editor").await;
    let desk = format!("/admin/statements/{}/zh-hant", app.id_of(IN_THREE_LANGUAGES).await);
    let form = editor.page(&desk).await.form(&format!("form[action='{desk}/following']"));
    let done = editor.submit(&form).await;
    let done = editor.follow(&done).await.html();
    assert!(done.text(".flash").contains("follows its original"));
    assert!(!done.has("#behind"));
    assert!(!app.visitor().page(&path).await.has("header .note"));
    editor.post(&format!("{desk}/following"), &[]).await.expect(409);
    assert!(app.visitor().page("/zh-hans/statements/2800").await.has("header .note"), "the other still lags");
}
