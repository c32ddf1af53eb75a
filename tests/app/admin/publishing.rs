//! Going public and leaving it, from the desk.

use super::record::{PUBLIC, READY, WITHDRAWN, at, fill};
use crate::support::app::TestApp;

#[actix_web::test]
async fn what_was_looked_at_goes_out() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, READY, "").await;
    let form = publisher.page(&path).await.form("form#editor").with("then", "publish");
    let look = publisher.submit(&form).await.expect(303);
    assert_eq!(look.location(), format!("{path}/publication"));
    let page = publisher.page(look.location()).await;
    assert!(page.text("main dl").contains("November 16, 1997"));
    app.visitor().get(&format!("/en/statements/{READY}")).await.expect(404);
    let done = publisher.submit(&page.form("main form")).await;
    let done = publisher.follow(&done).await.html();
    assert_eq!(done.text(".flash p"), format!("Number {READY} is public in English now."));
    assert_eq!(app.visitor().page(&format!("/en/statements/{READY}")).await.text("h1"), "Statement 14");
    // Sent twice, nothing goes out twice.
    let again = publisher.submit(&page.form("main form")).await.expect(409).html();
    assert!(again.text("[role=alert]").contains("nothing here"), "{}", again.text("main"));
}

#[actix_web::test]
async fn what_is_missing_is_said_before_it_goes_out() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, READY, "").await;
    let form = publisher.page(&path).await.form("form#editor").with("title", "").with("body", "");
    publisher.submit(&form).await.expect(303);
    let page = publisher.page(&format!("{path}/publication")).await;
    assert_eq!(page.all("#problems li").len(), 2);
    publisher.submit(&page.form("main form")).await.expect(422);
    app.visitor().get(&format!("/en/statements/{READY}")).await.expect(404);
}

#[actix_web::test]
async fn a_withdrawal_is_undone_from_the_page_that_confirms_it() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, PUBLIC, "").await;
    let form = publisher
        .page(&format!("{path}/withdrawal"))
        .await
        .form("main form")
        .with("reason", "A name & more.");
    let done = publisher.submit(&form).await;
    let done = publisher.follow(&done).await.html();
    let public = format!("/en/statements/{PUBLIC}");
    let gone = app.visitor().get(&public).await.expect(410).html();
    assert!(gone.text("main .note").contains("Reason: A name & more."));
    publisher.submit(&done.form("[role=status] form")).await.expect(303);
    app.visitor().get(&public).await.expect(200);
}

#[actix_web::test]
async fn what_cannot_be_now_is_refused_in_words() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    for (number, act, why) in [
        (PUBLIC, "/reinstatement", "not withdrawn"),
        (PUBLIC, "/discard", "cannot be discarded"),
        (PUBLIC, "/undiscard", "not discarded"),
        (READY, "/reinstatement", "not withdrawn"),
        (READY, "/undiscard", "not discarded"),
        (READY, "/withdrawal", "never was public"),
        (WITHDRAWN, "/withdrawal", "withdrawn already"),
        (WITHDRAWN, "/discard", "cannot be discarded"),
    ] {
        let answer = publisher.post(&at(&app, number, act).await, &[("reason", "x")]).await.expect(409);
        assert!(answer.html().text("main").contains(why), "{number} {act}: {}", answer.gist());
    }
}
