//! The history of a text: read, compared, taken back.

use super::record::{DRAFT, PUBLIC, at, fill};
use crate::support::app::TestApp;
use crate::support::cast::{a_statement, words};
use crate::support::desk::Desk;
use onrecord::domain::policy::Actor;
use onrecord::domain::statements::commands::Save;

/// Saves a text of these words on top of the last one.
async fn save(desk: &mut Desk, by: Actor, minutes: i64, title: &str, body: &str) {
    desk.wait(minutes);
    let found = onrecord::domain::statements::store::by_number(&mut desk.conn, 7).await.unwrap();
    let base = match &found {
        Some(found) => desk.translation(found.id, crate::support::cast::english()).await.latest_revision_id,
        None => None,
    };
    let mut text = words(title);
    body.clone_into(&mut text.body);
    let save = Save { statement: found.map(|found| found.id), based_on: base, words: text, ..a_statement(7) };
    desk.save(by, &save).await.unwrap();
}

#[actix_web::test]
async fn sittings_fold_and_open_and_any_two_can_be_compared() {
    let mut app = TestApp::start().await;
    let (author, editor) = (app.desk.people.author, app.desk.people.editor);
    save(&mut app.desk, author, 0, "First", "The harbour court heard none.").await;
    save(&mut app.desk, author, 1, "First", "The harbour court heard five.").await;
    save(&mut app.desk, editor, 1, "First", "The harbour court heard six.").await;
    let path = at(&app, 7, "").await;
    let mut visitor = app.signed_in_as("author").await;
    let page = visitor.page(&path).await;
    assert!(page.has(&format!("a[href='{path}/history']")));
    let history = visitor.page(&format!("{path}/history")).await;
    let rows = history.texts("tbody tr");
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(
        rows[0].contains("editor") && rows[1].contains("author") && rows[1].contains("2 saves"),
        "{rows:?}"
    );
    let open = history.attrs("tbody a[href*='open=']", "href");
    let opened = visitor.page(open[0].split('#').next().unwrap()).await;
    assert_eq!(opened.all("tbody tr").len(), 3);
    assert_eq!(opened.all("tbody input[name=from]").len(), 3);
    let compared = visitor.page(&format!("{path}/compare?from=1&to=3")).await;
    assert_eq!(compared.texts("section .piece del"), ["[removed: none]"]);
    assert_eq!(compared.texts("section .piece ins"), ["[added: six]"]);
    // The other way round is the same; and without a beginning, it is the sitting before.
    let round = visitor.page(&format!("{path}/compare?from=3&to=1")).await;
    assert_eq!(round.texts("section .piece del"), ["[removed: none]"]);
    let step = visitor.page(&format!("{path}/compare?to=3")).await;
    assert_eq!(step.texts("section .piece del"), ["[removed: five]"]);
    let first = visitor.page(&format!("{path}/compare?to=1")).await;
    assert!(first.texts("section .piece ins").iter().any(|text| text.contains("harbour")));
    for nowhere in ["compare?from=1&to=4", "compare?from=9&to=1", "compare?to=-1"] {
        visitor.get(&format!("{path}/{nowhere}")).await.expect(404);
    }
    for nonsense in ["compare?to=x", "compare", "history?before=x"] {
        visitor.get(&format!("{path}/{nonsense}")).await.expect(400);
    }
}

#[actix_web::test]
async fn an_earlier_save_comes_back_as_a_new_one() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let (author, editor) = (app.desk.people.author, app.desk.people.editor);
    save(&mut app.desk, author, 0, "First", "Good words.").await;
    save(&mut app.desk, editor, 1, "Second", "Bad words.").await;
    let path = at(&app, 7, "").await;
    let mut visitor = app.signed_in_as("author").await;
    let compared = visitor.page(&format!("{path}/compare?to=1")).await;
    let restore = compared.form("form[action$='/restoration']");
    let answer = visitor.submit(&restore).await;
    let page = visitor.follow(&answer).await.html();
    assert_eq!(page.form("form#editor").value("body"), "Good words.");
    let history = visitor.page(&format!("{path}/history")).await;
    assert_eq!(history.all("tbody tr").len(), 3, "nothing is destroyed");
    // Chosen before somebody else saved: it is looked at again first.
    let mut other = app.signed_in_as("editor").await;
    let newer = other.page(&path).await.form("form#editor").with("body", "Newer words.");
    other.submit(&newer).await.expect(303);
    let refused = visitor.submit(&restore).await.expect(409);
    assert!(refused.html().text("main").contains("Somebody saved this text meanwhile"));
    // The last save offers nothing to take back; one of another text is none of this.
    assert!(!visitor.page(&format!("{path}/compare?to=4")).await.has("form[action$='/restoration']"));
    let foreign = app.latest_revision(PUBLIC).await.to_string();
    visitor.post(&format!("{path}/restoration"), &[("revision", &foreign)]).await.expect(404);
    let mut colleague = app.signed_in_as("colleague").await;
    colleague.post(&restore.action, &[("revision", restore.value("revision"))]).await.expect(403);
}

#[actix_web::test]
async fn a_long_history_is_shown_in_pages() {
    let mut app = TestApp::start().await;
    let (author, editor) = (app.desk.people.author, app.desk.people.editor);
    for n in 0..60 {
        let by = if n % 2 == 0 { author } else { editor };
        save(&mut app.desk, by, 1, &format!("Title {n}"), "Words.").await;
    }
    let path = at(&app, 7, "").await;
    let mut visitor = app.signed_in_as("author").await;
    let history = visitor.page(&format!("{path}/history")).await;
    assert_eq!(history.all("tbody tr").len(), 50);
    let older = visitor.page(&history.attr("a[rel=next]", "href")).await;
    assert_eq!(older.all("tbody tr").len(), 10);
    assert!(!older.has("a[rel=next]"));
}

#[actix_web::test]
async fn what_went_public_is_marked() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut visitor = app.signed_in_as("author").await;
    let public = visitor.page(&at(&app, PUBLIC, "/history").await).await;
    assert!(public.text("tbody tr").contains("Version 1"));
    let draft = visitor.page(&at(&app, DRAFT, "/history").await).await;
    assert!(!draft.text("tbody tr").contains("Version"));
}
