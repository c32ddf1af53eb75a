//! Many statements filed otherwise from the list, by number or by topic.

use onrecord::domain::statements::commands::{self, Save};

use crate::support::app::TestApp;
use crate::support::cast::a_statement;
use crate::support::record::topic;
use crate::support::refusals::Done as _;

async fn with_statements() -> TestApp {
    let mut app = TestApp::start().await;
    let torture = topic(&mut app.desk, "torture").await;
    for number in 1..=3 {
        app.desk.put_on_record(&Save { topics: vec![torture], ..a_statement(number) }).await;
    }
    app.desk.save(app.desk.people.author, &a_statement(4)).await.unwrap();
    app
}

async fn id(app: &TestApp, word: &str) -> String {
    app.app.topics().await.meant_by(word).unwrap().id.to_string()
}

async fn listed(app: &TestApp, slug: &str) -> usize {
    app.visitor().page(&format!("/en/topics/{slug}")).await.all("ol.entries li").len()
}

#[actix_web::test]
async fn what_is_ticked_in_the_list_is_looked_at_changed_and_changed_back() {
    let app = with_statements().await;
    let mut editor = app.signed_in_as("editor").await;
    let list = editor.page("/admin/statements").await;
    let boxes = list.all("input[form=retag][name=statement]");
    assert_eq!(boxes.len(), 4);
    assert!(boxes.iter().all(|tick| tick.attr("aria-label").unwrap().starts_with("Choose number")));
    let form = list.form("form#retag").and("all", "yes");
    let page = editor.submit(&form).await.expect(200).html();
    assert!(page.text("#numbers").starts_with("4 statements are chosen"));
    let form = page.form("main form").with("add", &id(&app, "tibet").await);
    let preview = editor.submit(&form).await.expect(200).html();
    assert!(preview.text(".facts-list").contains("4 statements, 3 of them public"));
    assert_eq!(listed(&app, "tibet").await, 0);

    let form = preview.form("section form").with("then", "do");
    let done = editor.submit(&form).await.expect(303);
    let page = editor.follow(&done).await.html();
    assert!(page.text(".flash p").contains("4 statements are filed otherwise."));
    assert_eq!(listed(&app, "tibet").await, 3);
    let undone = editor.submit(&page.form(".flash form")).await.expect(303);
    assert_eq!(undone.location(), "/admin/statements");
    assert_eq!(listed(&app, "tibet").await, 0);
}

#[actix_web::test]
async fn statements_are_meant_by_number_or_by_topic_too() {
    let app = with_statements().await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page("/admin/topics/retag").await.form("main form");
    let (torture, tibet) = (id(&app, "torture").await, id(&app, "tibet").await);
    let form = form.with("add", &tibet).with("remove", &torture);
    let by_number = form.clone().with("numbers", "1, 3–4, 90-99");
    let preview = editor.submit(&by_number).await.expect(200).html();
    assert!(preview.text(".facts-list").contains("2 statements, 2 of them public"));
    let by_topic = editor.submit(&form.clone().with("under", &torture)).await.expect(200).html();
    let done = by_topic.form("section form").with("then", "do");
    editor.submit(&done).await.expect(303);
    assert_eq!((listed(&app, "torture").await, listed(&app, "tibet").await), (0, 3));

    for (numbers, what) in [("", "choose statements"), ("99", "number 99"), ("x", "commas")] {
        let page = editor.submit(&form.clone().with("numbers", numbers)).await.expect(422).html();
        assert!(page.problem_at("numbers").contains(what), "{numbers}");
    }
    let nothing = form.with("numbers", "1").with("add", "").with("remove", "");
    let page = editor.submit(&nothing).await.expect(422).html();
    assert!(page.problem_at("add").contains("choose a topic"));
}

#[actix_web::test]
async fn a_draft_that_is_limited_to_others_is_not_there() {
    let mut app = with_statements().await;
    let hidden = app.id_of(4).await;
    let desk = &mut app.desk;
    let colleague = desk.people.colleague.user.unwrap();
    commands::limit_to(&mut desk.conn, desk.people.administrator, hidden, &[colleague], desk.now)
        .await
        .done();
    let tibet = topic(desk, "tibet").await.to_string();
    let mut editor = app.signed_in_as("editor").await;
    let fields = [("statement", hidden.to_string()), ("add", tibet.clone()), ("then", "do".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let page = editor.post("/admin/topics/retag", &fields).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("Nothing changes"));
    let page =
        editor.post("/admin/topics/retag", &[("numbers", "4"), ("add", &tibet)]).await.expect(422).html();
    assert!(page.problem_at("numbers").contains("no statement with the number 4"));
}

#[actix_web::test]
async fn an_author_files_their_own_drafts_only() {
    let app = with_statements().await;
    let mut author = app.signed_in_as("author").await;
    let tibet = id(&app, "tibet").await;
    let page = author.post("/admin/topics/retag", &[("numbers", "1-4"), ("add", &tibet)]).await.expect(200);
    let page = page.html();
    let facts = page.text(".facts-list");
    assert!(facts.contains("1 statement.") && facts.contains("No. 1, No. 2, No. 3"), "{facts}");
    let done = author.submit(&page.form("section form").with("then", "do")).await.expect(303);
    let page = author.follow(&done).await.html();
    assert!(page.text(".flash p").contains("3 were left as they are"), "{}", page.text(".flash p"));
    author.submit(&page.form(".flash form")).await.expect(303);
}
