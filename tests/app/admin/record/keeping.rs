//! The addresses of what is kept: the history of a text, two saves compared, an earlier one taken back.

use super::{DRAFT, EDITORS, EVERYBODY, PUBLIC, Page, Sent, at, page, sent};
use crate::support::app::TestApp;

pub async fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page(&at(app, DRAFT, "/history").await, EVERYBODY),
        page(&at(app, PUBLIC, "/history?open=1").await, EVERYBODY),
        page(&at(app, PUBLIC, "/compare?to=1").await, EVERYBODY),
    ]
}

/// After those of statements, of which one has saved the draft anew.
pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let first = app.latest_revision(DRAFT).await;
    vec![sent(&at(app, DRAFT, "/restoration").await, EDITORS, vec![("revision", first.to_string())])]
}
