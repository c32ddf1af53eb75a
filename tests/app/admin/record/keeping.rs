//! The addresses of what is kept: the history of a text, two saves compared, an earlier one taken back.

use onrecord::domain::kept::texts::{self, Arrival, Keeping};
use onrecord::domain::kept::tokens;
use onrecord::text::digest;

use super::{ADMINISTRATORS, DRAFT, EDITORS, EVERYBODY, PUBLIC, Page, Sent, at, page, sent};
use crate::support::app::TestApp;

pub async fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page(&at(app, DRAFT, "/history").await, EVERYBODY),
        page(&at(app, PUBLIC, "/history?open=1").await, EVERYBODY),
        page(&at(app, PUBLIC, "/compare?to=1").await, EVERYBODY),
        page("/admin/kept", EVERYBODY),
        page(&a_kept_text(app).await, ADMINISTRATORS),
    ]
}

/// After those of statements, of which one has saved the draft anew.
pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let first = app.latest_revision(DRAFT).await;
    let kept = a_kept_text(app).await;
    vec![
        sent(&at(app, DRAFT, "/restoration").await, EDITORS, vec![("revision", first.to_string())]),
        sent(&at(app, DRAFT, "/presence").await, EVERYBODY, vec![]),
        sent(&format!("{kept}/aside"), ADMINISTRATORS, vec![]),
    ]
}

/// The address of a text that is kept for the colleague.
async fn a_kept_text(app: &TestApp) -> String {
    let path = at(app, DRAFT, "").await;
    let token = app.edit_token("colleague", &path).await;
    let (mut conn, now) = (app.desk.db.connection().await, app.app.clock.now());
    let token = tokens::find(&mut conn, &token, now).await.unwrap().unwrap();
    let form = b"title=Kept&body=Words&number=10&kind=statement&issued_on=1997&based_on=0";
    let arrival = Arrival { token: &token, form, form_digest: digest::of(form), title: "Kept" };
    match texts::keep(&mut conn, &arrival, now).await.unwrap() {
        Keeping::Kept(id) => format!("/admin/kept/{id}"),
        Keeping::TooMuch => panic!("one text is not too much"),
    }
}
