//! Merging on the desk: looked at, done, undone.

use onrecord::domain::statements::commands::Save;

use super::number;
use crate::support::app::TestApp;
use crate::support::cast::a_statement;
use crate::support::record::topic;

async fn with_statements() -> TestApp {
    let mut app = TestApp::start().await;
    let (torture, brutality) =
        (topic(&mut app.desk, "torture").await, topic(&mut app.desk, "police-brutality").await);
    app.desk.put_on_record(&Save { topics: vec![torture], ..a_statement(1) }).await;
    app.desk.put_on_record(&Save { topics: vec![torture, brutality], ..a_statement(2) }).await;
    let draft = Save { topics: vec![torture], ..a_statement(3) };
    app.desk.save(app.desk.people.author, &draft).await.unwrap();
    app
}

#[actix_web::test]
async fn what_a_merge_would_do_is_shown_before_it_is_done_and_it_is_undone_by_a_button() {
    let app = with_statements().await;
    let (from, into) = (number(&app, "torture").await, number(&app, "police-brutality").await);
    let mut editor = app.signed_in_as("editor").await;
    let topic = editor.page(&format!("/admin/topics/{from}")).await;
    let path = format!("/admin/topics/{from}/merge");
    assert!(topic.attrs("main a", "href").contains(&path));
    assert!(!editor.page(&path).await.has("#preview"));

    let preview = editor.page(&format!("{path}?into={into}")).await;
    let facts = preview.texts(".facts-list dd");
    assert!(facts[0].starts_with("3 statements move, 1 has both. 2 are public"), "{facts:?}");
    assert!(facts[1].contains("/topics/torture") && facts[1].contains("/en/topics/police-brutality"));
    assert!(facts[2].contains("酷刑"), "{facts:?}");
    assert!(facts[3].contains("警察暴力"), "{facts:?}");
    app.visitor().get("/en/topics/torture").await.expect(200);

    let answer = editor.submit(&preview.form("form[method=post][action$='/merge']")).await.expect(303);
    assert_eq!(answer.location(), format!("/admin/topics/{into}"));
    let page = editor.follow(&answer).await.html();
    assert!(page.text(".flash p").contains("“Torture” is merged into “Police Brutality”"));
    assert!(page.text("#aliases-hint").contains("Torture, 酷刑"), "{}", page.text("#aliases-hint"));
    assert!(page.text("section[aria-labelledby=merged]").contains("Torture · "));
    let moved = app.visitor().get("/zh-hant/topics/torture/1997/11").await.expect(301);
    assert_eq!(moved.location(), "/zh-hant/topics/police-brutality/1997/11");
    assert!(moved.header("cache-control").contains("max-age=86400"));

    let gone = editor.page(&format!("/admin/topics/{from}")).await;
    assert!(gone.text("main").contains("merged into Police Brutality"));
    let undone = editor.submit(&page.form(".flash form")).await.expect(303);
    assert!(editor.follow(&undone).await.html().text(".flash").contains("undone"));
    let page = app.visitor().page("/en/topics/torture").await;
    assert_eq!(page.all("ol.entries li").len(), 2);
    let page = app.visitor().page("/en/topics/police-brutality").await;
    assert_eq!(page.all("ol.entries li").len(), 1);
    // The button on a page that was left open says that it is done already.
    let again = editor.submit(&gone.form("main form")).await.expect(409);
    assert!(again.html().text("main").contains("undone already"));
}

#[actix_web::test]
async fn a_form_of_a_topic_that_was_merged_meanwhile_loses_nothing_and_changes_nothing() {
    let app = with_statements().await;
    let (from, into) = (number(&app, "torture").await, number(&app, "police-brutality").await);
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page(&format!("/admin/topics/{from}")).await.form("main form");
    editor.post(&format!("/admin/topics/{from}/merge"), &[("into", &into.to_string())]).await.expect(303);
    let page = editor.submit(&form.with("en.intro", "An hour of work.")).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("merged into “Police Brutality”"));
    assert_eq!(page.form("main form").value("en.intro"), "An hour of work.");
    assert_eq!(app.visitor().page("/en/topics/police-brutality").await.text("h1"), "Police Brutality");
}

#[actix_web::test]
async fn a_statement_opened_before_a_merge_is_saved_after_it() {
    let app = with_statements().await;
    let (from, into) = (number(&app, "torture").await, number(&app, "police-brutality").await);
    let mut editor = app.signed_in_as("editor").await;
    let path = crate::admin::record::at(&app, 1, "").await;
    let form = editor.page(&path).await.form("form#editor").with("title", "Another title");
    let unticked = {
        let mut form = form.clone();
        form.fields.retain(|(name, _)| name != "topics");
        form
    };
    editor.post(&format!("/admin/topics/{from}/merge"), &[("into", &into.to_string())]).await.expect(303);
    let other = app.app.topics().await.by_number(into).unwrap().id.to_string();
    editor.submit(&form).await.expect(303);
    assert_eq!(editor.page(&path).await.form("form#editor").values("topics"), [other.as_str()]);
    let revision = app.latest_revision(1).await.to_string();
    editor.submit(&unticked.with("based_on", &revision)).await.expect(303);
    assert!(editor.page(&path).await.form("form#editor").values("topics").is_empty());
}

#[actix_web::test]
async fn what_cannot_be_merged_is_refused_in_words() {
    let app = with_statements().await;
    let from = number(&app, "torture").await;
    let mut editor = app.signed_in_as("editor").await;
    let path = format!("/admin/topics/{from}/merge");
    for into in ["", "4711", "x", &from.to_string()] {
        let page = editor.post(&path, &[("into", into)]).await.expect(422).html();
        assert!(!page.problem_at("into").is_empty(), "{into}");
    }
    editor.get(&format!("{path}?into=4711")).await.expect(422);
    editor.get("/admin/topics/4711/merge").await.expect(404);
    editor.post("/admin/topics/4711/merge", &[("into", "1")]).await.expect(404);
    editor.post("/admin/topics/merges/4711/undo", &[]).await.expect(404);
}
