//! Translating: the other text beside the fields, and a first draft in the other Chinese signs.

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, simplified, traditional, words};
use crate::support::refusals::Done as _;
use onrecord::domain::statements::commands::{Save, Saved, limit_to};
use onrecord::domain::statements::draft::Words;
use onrecord::i18n::Locale;

/// Statement 7 in English, and in Simplified Chinese with a link and a footnote.
async fn begun(app: &mut TestApp) -> Saved {
    let by = app.desk.people.editor;
    let english = app.desk.save(by, &a_statement(7)).await.unwrap();
    let words = Words {
        body: "政治犯[获释](https://example.org/获释)[^1]。\n\n[^1]: 头发。".to_owned(),
        ..words("皇后在后面")
    };
    let chinese = Save { statement: Some(english.statement), locale: simplified(), words, ..a_statement(7) };
    app.desk.save(by, &chinese).await.unwrap();
    english
}

fn path(of: &Saved, locale: Locale) -> String {
    format!("/admin/statements/{}/{}", of.statement, locale.path())
}

#[actix_web::test]
async fn the_original_stands_beside_a_translation_and_another_text_can() {
    let mut app = TestApp::start().await;
    let english = begun(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    let at = path(&english, simplified());
    let page = editor.page(&at).await;
    assert_eq!(page.text("#source h2"), "English, original");
    assert!(page.texts("#source .piece[lang=en]")[0].contains("Statement 7"), "{}", page.text("#source"));
    assert_eq!(page.texts("#source-choices a"), ["English, original", "nothing"]);
    // Beside the original stands nothing, unless somebody wants it.
    let original = editor.page(&path(&english, traditional()).replace("zh-hant", "en")).await;
    assert!(!original.has(".source-text"));
    let chosen = original.attrs("#source-choices a", "href")[0].clone();
    let page = editor.page(chosen.split('#').next().unwrap()).await;
    assert_eq!(page.text("#source h2"), "简体中文");
    // It still does when the form comes back, and after it was saved.
    let form = page.form("form#editor");
    let refused = editor.submit(&form.clone().with("issued_on", "never")).await.expect(422).html();
    assert_eq!(refused.text("#source h2"), "简体中文");
    let saved = editor.submit(&form.with("summary", "Another.")).await.expect(303);
    assert_eq!(editor.follow(&saved).await.html().text("#source h2"), "简体中文");
    // What is no choice is the usual one, and leads nowhere.
    assert!(!editor.page(&format!("{at}?beside=nobody")).await.has(".source-text"));
    let odd =
        editor.page(&at).await.form("form#editor").with("beside", "//evil.example").with("summary", "S.");
    let saved = editor.submit(&odd).await.expect(303);
    assert_eq!(saved.location(), at);
}

#[actix_web::test]
async fn a_first_draft_is_put_into_the_other_signs_and_saved_only_by_a_person() {
    let mut app = TestApp::start().await;
    let english = begun(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    let at = path(&english, traditional());
    let page = editor.page(&at).await;
    assert_eq!(page.form("form#editor").value("title"), "");
    let offer = page.attr(".note a[href*='draft=']", "href");
    let page = editor.page(&offer).await;
    assert!(page.text("form .flash").contains("not saved"), "{}", page.text("form .flash"));
    let form = page.form("form#editor");
    assert_eq!(form.value("title"), "皇后在後面");
    assert_eq!(form.value("body"), "政治犯[獲釋](https://example.org/获释)[^1]。\n\n[^1]: 頭髮。");
    assert_eq!(editor.page(&at).await.form("form#editor").value("title"), "", "nothing is saved yet");
    editor.submit(&form.with("title", "皇后在後面（校對）")).await.expect(303);
    assert_eq!(editor.page(&at).await.form("form#editor").value("title"), "皇后在後面（校對）");
    // From now on it is somebody's text: nothing is put over it.
    let page = editor.page(&offer).await;
    assert_eq!(page.form("form#editor").value("title"), "皇后在後面（校對）");
    assert!(!page.has("a[href*='draft=']"));
    // The newest words of the other text can stand beside it, in its own signs.
    let page = editor.page(&format!("{at}?beside=zh-hans-converted")).await;
    assert!(page.texts("#source .piece[lang=zh-Hant]")[0].contains("皇后在後面"), "{}", page.text("#source"));
    // And back.
    let back = editor.page(&format!("{}?beside=zh-hant-converted", path(&english, simplified()))).await;
    assert!(back.texts("#source .piece[lang=zh-Hans]")[0].contains("皇后在后面（校对）"));
}

#[actix_web::test]
async fn a_draft_is_not_made_from_another_language_nor_for_whoever_may_not_see_it() {
    let mut app = TestApp::start().await;
    let english = begun(&mut app).await;
    let at = path(&english, traditional());
    let mut editor = app.signed_in_as("editor").await;
    assert_eq!(editor.page(&format!("{at}?draft=en")).await.form("form#editor").value("title"), "");
    assert_eq!(editor.page(&format!("{at}?draft=../x")).await.form("form#editor").value("title"), "");
    let (people, now) = (app.desk.people, app.desk.now);
    let only = [people.publisher.user.unwrap()];
    limit_to(&mut app.desk.conn, people.administrator, english.statement, &only, now).await.done();
    app.signed_in_as("author").await.get(&format!("{at}?draft=zh-hans")).await.expect(404);
}
