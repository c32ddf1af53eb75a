//! Two people at one text: the second is shown base, theirs and mine, and loses nothing.

use super::record::{DRAFT, at, fill};
use crate::support::app::TestApp;
use crate::support::form::Form;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const BEFORE: &str = "One.\n\nTwo.\n\nThree.";

/// A text that both have open, with three paragraphs.
async fn both_open<'a>(app: &'a TestApp, path: &str) -> (Visitor<'a>, Form, Visitor<'a>, Form) {
    let mut one = app.signed_in_as("colleague").await;
    let begun = one.page(path).await.form("form#editor").with("body", BEFORE);
    one.submit(&begun).await.expect(303);
    let mut two = app.signed_in_as("editor").await;
    let of_one = one.page(path).await.form("form#editor");
    let of_two = two.page(path).await.form("form#editor");
    (one, of_one, two, of_two)
}

async fn saved(visitor: &mut Visitor<'_>, path: &str, field: &str) -> String {
    visitor.page(path).await.form("form#editor").value(field).to_owned()
}

fn sides(page: &Page) -> Vec<String> {
    page.texts(".sides .piece")
}

#[actix_web::test]
async fn what_only_one_of_them_changed_is_put_together() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, of_one, mut two, of_two) = both_open(&app, &path).await;
    one.submit(&of_one.with("body", "One, by one.\n\nTwo.\n\nThree.").with("title", "By one"))
        .await
        .expect(303);
    let mine = of_two.with("body", "One.\n\nTwo.\n\nThree, by two.").with("credit", "Two").and("topics", "4");
    let page = two.submit(&mine).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("colleague"), "{}", page.text("[role=alert]"));
    assert!(page.text("[role=alert]").contains("different places"));
    assert!(!page.has(".conflict"));
    assert_eq!(
        saved(&mut one, &path, "body").await,
        "One, by one.\n\nTwo.\n\nThree.",
        "nothing is saved yet"
    );
    let result = page.form("form#merge");
    assert_eq!(result.value("body"), "One, by one.\n\nTwo.\n\nThree, by two.");
    assert_eq!((result.value("title"), result.value("credit")), ("By one", "Two"));
    assert_eq!(result.values("topics"), ["4"]);
    two.submit(&result).await.expect(303);
    assert_eq!(saved(&mut one, &path, "body").await, "One, by one.\n\nTwo.\n\nThree, by two.");
    assert_eq!(saved(&mut one, &path, "title").await, "By one");
}

#[actix_web::test]
async fn what_both_changed_stands_side_by_side_and_can_be_chosen() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, of_one, mut two, of_two) = both_open(&app, &path).await;
    one.submit(&of_one.with("body", "One.\n\nTheirs <b>.\n\nThree.")).await.expect(303);
    let page = two.submit(&of_two.with("body", "One.\n\nMine.\n\nThree.")).await.expect(409).html();
    assert_eq!(page.all(".conflict").len(), 1);
    let shown = sides(&page);
    assert!(
        shown[0].contains("Two.") && shown[1].contains("Mine") && shown[2].contains("Theirs <b>"),
        "{shown:?}"
    );
    let form = page.form("form#merge");
    assert_eq!(form.value("body"), "One.\n\nMine.\n\nTheirs <b>.\n\nThree.", "both, until somebody chooses");
    // What is typed into the result stays when a choice is made.
    let form = form.with("body", "One and a half.\n\nMine.\n\nTheirs <b>.\n\nThree.");
    let looked = two.submit(&form.with("choice.0", "theirs").with("then", "choose")).await.expect(200).html();
    let chosen = looked.form("form#merge");
    assert_eq!(chosen.value("body"), "One and a half.\n\nTheirs <b>.\n\nThree.");
    assert_eq!((chosen.value("chosen.0"), chosen.value("choice.0")), ("theirs", "theirs"));
    // A choice that would overrule what was typed is not taken; the words stay.
    let typed = chosen.with("body", "One.\n\nTheirs, mended.\n\nThree.").with("choice.0", "mine");
    let page = two.submit(&typed).await.expect(422).html();
    assert!(page.problem_at("body").contains("by hand"));
    let form = page.form("form#merge");
    assert_eq!(form.value("body"), "One.\n\nTheirs, mended.\n\nThree.");
    two.submit(&form).await.expect(303);
    assert_eq!(saved(&mut one, &path, "body").await, "One.\n\nTheirs, mended.\n\nThree.");
}

#[actix_web::test]
async fn a_choice_alone_is_enough() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, of_one, mut two, of_two) = both_open(&app, &path).await;
    one.submit(&of_one.with("title", "Title of one")).await.expect(303);
    let page = two.submit(&of_two.with("title", "Title of two")).await.expect(409).html();
    let form = page.form("form#merge");
    assert_eq!(form.value("title"), "Title of two");
    two.submit(&form.with("choice.0", "theirs")).await.expect(303);
    assert_eq!(saved(&mut one, &path, "title").await, "Title of one");
}

#[actix_web::test]
async fn whoever_is_too_late_again_is_led_there_again() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, of_one, mut two, of_two) = both_open(&app, &path).await;
    one.submit(&of_one.with("body", "One by one.\n\nTwo.\n\nThree.")).await.expect(303);
    let page = two.submit(&of_two.with("body", "One.\n\nTwo by two.\n\nThree.")).await.expect(409).html();
    let once_more = one.page(&path).await.form("form#editor");
    one.submit(&once_more.with("body", "One by one.\n\nTwo.\n\nThree by one.")).await.expect(303);
    let page = two.submit(&page.form("form#merge")).await.expect(409).html();
    let form = page.form("form#merge");
    assert_eq!(form.value("body"), "One by one.\n\nTwo by two.\n\nThree by one.");
    two.submit(&form).await.expect(303);
    assert_eq!(saved(&mut one, &path, "body").await, "One by one.\n\nTwo by two.\n\nThree by one.");
    // All texts of the two are in the history, by sittings.
    let history = one.page(&format!("{path}/history")).await;
    assert_eq!(history.all("tbody tr").len(), 3, "{:?}", history.texts("tbody tr"));
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
    let form = page.form("form#merge");
    assert_eq!(form.value("body"), "乙\n\n甲");
    two.submit(&form).await.expect(303);
}

#[actix_web::test]
async fn two_who_wrote_the_same_are_in_nobodys_way() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, of_one, mut two, of_two) = both_open(&app, &path).await;
    one.submit(&of_one.with("body", "The same.")).await.expect(303);
    two.submit(&of_two.with("body", "The same.")).await.expect(303);
}

#[actix_web::test]
async fn an_old_page_sent_again_overwrites_nothing() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let mut editor = app.signed_in_as("editor").await;
    let opened = editor.page(&path).await.form("form#editor");
    editor.submit(&opened.clone().with("body", "First.")).await.expect(303);
    let newer = editor.page(&path).await.form("form#editor");
    editor.submit(&newer.with("body", "Second, and better.")).await.expect(303);
    // The back button, twice, and Save.
    let page = editor.submit(&opened.with("body", "First, again.")).await.expect(409).html();
    assert!(page.has(".conflict"));
    assert_eq!(saved(&mut editor, &path, "body").await, "Second, and better.");
}

#[actix_web::test]
async fn a_fact_that_both_changed_is_asked_about_and_the_words_are_saved_with_the_answer() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, DRAFT, "").await;
    let (mut one, of_one, mut two, of_two) = both_open(&app, &path).await;
    one.submit(&of_one.with("kind", "report").with("issued_on", "1998")).await.expect(303);
    let mine = of_two.with("kind", "article").with("body", "Mine.");
    let page = two.submit(&mine).await.expect(422).html();
    assert!(page.problem_at("kind").contains("“Report”"), "{}", page.problem_at("kind"));
    assert!(!page.text("main").contains("“1998”"), "a date that only one changed is not asked about");
    let again = page.form("form#editor");
    assert_eq!((again.value("kind"), again.value("body")), ("article", "Mine."));
    assert_eq!(saved(&mut one, &path, "kind").await, "report", "nothing is saved yet");
    two.submit(&again).await.expect(303);
    assert_eq!(saved(&mut one, &path, "kind").await, "article");
    assert_eq!(saved(&mut one, &path, "issued_on").await, "1998");
    assert_eq!(saved(&mut one, &path, "body").await, "Mine.");
}
