//! The way of a text to its publication, at the desk as each role meets it.

use onrecord::domain::statements::commands;

use super::record::{APPROVED, IN_REVIEW, READY, SCHEDULED, all_forms, all_pages, at, fill};
use crate::support::app::TestApp;
use crate::support::refusals::Done as _;

#[actix_web::test]
async fn from_the_first_word_to_the_readers_by_three_people() {
    let app = TestApp::start().await;
    let mut author = app.signed_in_as("author").await;
    let mut publisher = app.signed_in_as("publisher").await;
    let form = author.page("/admin/statements/new").await.form("form#editor");
    let form = form.with("number", "7").with("title", "Set them free").with("body", "Words.");
    let at_it = author.submit(&form.with("then", "submit")).await.expect(303).location().to_owned();
    let page = author.page(&at_it).await;
    assert!(page.text(".flash[role=status]").contains("Submitted"), "{}", page.text(".flash[role=status]"));
    assert!(!page.has(".bar button[value=publish]"), "an author is offered no publishing");
    assert_eq!(author.page("/admin").await.texts(".waits h2"), ["Submitted by you"]);

    let waits = publisher.page("/admin").await;
    assert!(waits.texts(".waits h2").contains(&"Waiting for review".to_owned()), "{:?}", waits.texts("h2"));
    let review = format!("{at_it}/review");
    let form = publisher.page(&review).await.form("main form").with("note", "Name the day.");
    let changes = crate::support::form::Form { action: format!("{at_it}/changes"), ..form.clone() };
    publisher.submit(&changes).await.expect(303);
    assert!(
        author.page("/admin").await.texts(".waits h2").contains(&"Changes requested on yours".to_owned())
    );
    let page = author.page(&at_it).await;
    assert!(page.texts(".said").contains(&"Name the day.".to_owned()));
    let form = page.form("form#editor").with("body", "Words of Sunday.").with("then", "submit");
    author.submit(&form).await.expect(303);

    let form = publisher.page(&review).await.form("main form");
    let approve = crate::support::form::Form { action: format!("{at_it}/approval"), ..form };
    publisher.submit(&approve).await.expect(303);
    let form = publisher.page(&format!("{at_it}/publication")).await.form("form[action$='/publication']");
    publisher.submit(&form).await.expect(303);
    assert_eq!(app.visitor().page("/en/statements/7").await.text("h1"), "Set them free");
}

#[actix_web::test]
async fn whoever_saves_what_was_approved_is_told_that_it_is_a_draft_again() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, APPROVED, "").await;
    let mut editor = app.signed_in_as("editor").await;
    let page = editor.page(&path).await;
    assert!(page.texts(".note").iter().any(|note| note.contains("exactly this save goes out")));
    editor.submit(&page.form("form#editor").with("body", "Slipped in")).await.expect(303);
    let page = editor.page(&path).await;
    assert!(page.text(".flash[role=status]").contains("draft again"), "{}", page.text(".flash[role=status]"));
    let undone = app.signed_in_as("publisher").await.page("/admin").await;
    assert!(undone.texts(".waits .hint").iter().any(|line| line.contains("was approved")));
}

#[actix_web::test]
async fn a_time_is_said_in_both_zones_and_a_doubtful_one_is_asked_about() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, READY, "/publication").await;
    let mut publisher = app.signed_in_as("publisher").await;
    let form = publisher.page(&path).await.form("form[action$='/publication']");
    assert_eq!(form.value("zone"), "UTC");
    let to = path.replace("/publication", "/schedule");
    let with = |date: &str, time: &str| {
        let form = crate::support::form::Form { action: to.clone(), ..form.clone() };
        form.with("date", date).with("time", time).with("zone", "Europe/Berlin")
    };
    let page = publisher.submit(&with("2027-03-28", "02:30")).await.expect(422).html();
    assert!(page.problem_at("time").contains("from 02:00 to 03:00"), "{}", page.problem_at("time"));
    let page = publisher.submit(&with("2027-10-31", "02:30")).await.expect(422).html();
    assert_eq!(page.attrs("input[name=offset]", "value"), ["UTC+02:00", "UTC+01:00"]);
    assert_eq!(page.form("form[action$='/publication']").value("time"), "02:30");
    let chosen = with("2027-10-31", "02:30").with("offset", "UTC+01:00");
    let answer = publisher.submit(&chosen).await.expect(303);
    let said = publisher.follow(&answer).await.html().text(".flash[role=status]");
    assert!(said.contains("October 31, 2027, 02:30 in Europe/Berlin (01:30 UTC)"), "{said}");
    let again = publisher.page(&path).await.form("form[action$='/publication']");
    assert_eq!((again.value("date"), again.value("zone")), ("2027-10-31", "Europe/Berlin"));
    // Elsewhere the zone that was chosen last is offered.
    let other = publisher.page(&at(&app, IN_REVIEW, "/publication").await).await;
    assert_eq!(other.form("form[action$='/publication']").value("zone"), "Europe/Berlin");
}

#[actix_web::test]
async fn an_embargo_is_said_to_whoever_tries_earlier() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut editor = app.signed_in_as("editor").await;
    let path = at(&app, READY, "/embargo").await;
    let form = editor.page(&path).await.form("main form");
    let form = form.with("date", "2027-06-04").with("time", "08:00").with("zone", "Asia/Hong_Kong");
    editor.submit(&form).await.expect(303);
    let mut administrator = app.signed_in_as("administrator").await;
    let path = at(&app, READY, "/publication").await;
    let form = administrator.page(&path).await.form("form[action$='/publication']");
    let page = administrator.submit(&form).await.expect(409).html();
    let said = page.text("[role=alert]");
    assert!(said.contains("June 4, 2027, 08:00 in Asia/Hong_Kong (00:00 UTC)"), "{said}");
}

#[actix_web::test]
async fn a_limited_draft_is_at_no_address_for_those_who_are_not_named() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let number = SCHEDULED;
    let id = app.id_of(number).await;
    let (colleague, now) = (app.desk.people.colleague, app.desk.now);
    let only = [app.desk.people.author.user.unwrap()];
    commands::limit_to(&mut app.desk.conn, colleague, id, &only, now).await.done();
    let prefix = format!("/admin/statements/{id}/");
    // Every act that the record knows of a statement and lets a publisher do, on this one.
    let acts = |path: &str| path.split("/en").nth(1).map(str::to_owned);
    let mut paths: Vec<String> = all_pages(&app)
        .await
        .iter()
        .filter(|page| page.allowed[2])
        .filter_map(|page| acts(&page.path))
        .collect();
    let mut sent: Vec<String> = all_forms(&app)
        .await
        .iter()
        .filter(|form| form.allowed[2])
        .filter_map(|form| acts(&form.path))
        .collect();
    paths.retain(|act| act.is_empty() || act.starts_with('/'));
    sent.retain(|act| act.is_empty() || act.starts_with('/'));
    assert!(paths.len() > 8 && sent.len() > 10, "{paths:?} {sent:?}");
    let mut publisher = app.signed_in_as("publisher").await;
    let mut named = app.signed_in_as("author").await;
    for act in &paths {
        publisher.get(&format!("{prefix}en{act}")).await.expect(404);
    }
    let revision = app.latest_revision(number).await.to_string();
    let before = app.events().await;
    for act in &sent {
        let fields =
            [("revision", revision.as_str()), ("reason", "x"), ("note", "x"), ("date", "2027-01-01")];
        let answer = publisher.post(&format!("{prefix}en{act}"), &fields).await;
        // A save without a page's token is refused before anything is looked at; all else is not there.
        let expected: &[u16] = if act.is_empty() { &[403, 404] } else { &[404] };
        assert!(expected.contains(&answer.status), "{act}: {} {}", answer.status, answer.gist());
    }
    assert_eq!(app.events().await, before, "something was done");
    assert!(!publisher.get("/admin").await.text().contains(&prefix));
    assert!(!publisher.get("/admin/statements?state=scheduled").await.text().contains(&prefix));
    let page = named.page(&format!("{prefix}en")).await;
    assert!(page.texts(".note").iter().any(|note| note.contains("Limited")));
    assert!(named.get("/admin/statements?state=scheduled").await.text().contains(&prefix));
}

#[actix_web::test]
async fn a_note_is_kept_and_an_empty_one_is_asked_for() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let path = at(&app, IN_REVIEW, "").await;
    let mut author = app.signed_in_as("author").await;
    let form =
        author.page(&path).await.form("form[action$='/notes']").with("note", "Is <b> right?\nI doubt it.");
    assert_eq!(author.submit(&form).await.expect(303).location(), path);
    let page = author.page(&path).await;
    assert_eq!(page.texts(".said"), ["Is <b> right? I doubt it."]);
    let page = author.submit(&form.with("note", " ")).await.expect(422).html();
    assert!(page.problem_at("note").contains("write the note"));
}
