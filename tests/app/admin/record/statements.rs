//! The addresses of statements: list, editor, preview, going public and leaving it.

use super::{
    DISCARDED, DRAFT, EDITORS, EVERYBODY, PUBLIC, PUBLISHERS, Page, READY, Sent, WITHDRAWN, at, page, sent,
};
use crate::support::app::TestApp;
use crate::support::visitor::MINE;

pub async fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page("/admin/statements", EVERYBODY),
        page("/admin/statements/new", EVERYBODY),
        page(&at(app, DRAFT, "").await, EVERYBODY),
        page(&at(app, DRAFT, "/preview").await, EVERYBODY),
        page(&at(app, PUBLIC, "").await, EVERYBODY),
        page(&at(app, WITHDRAWN, "").await, EVERYBODY),
        page(&at(app, DISCARDED, "").await, EVERYBODY),
        page(&at(app, READY, "/publication").await, PUBLISHERS),
        page(&at(app, PUBLIC, "/withdrawal").await, PUBLISHERS),
    ]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let (draft, ready) = (app.latest_revision(DRAFT).await, app.latest_revision(READY).await);
    let revision = vec![("revision", ready.to_string())];
    let reason = vec![("reason", "At risk.".to_owned())];
    vec![
        sent("/admin/statements", EVERYBODY, text("50")),
        sent(&at(app, DRAFT, "").await, EDITORS, based_on(text("10"), draft)),
        sent(&at(app, DRAFT, "/discard").await, EDITORS, vec![]),
        sent(&at(app, DISCARDED, "/undiscard").await, EDITORS, vec![]),
        sent(&at(app, READY, "/publication").await, PUBLISHERS, revision),
        sent(&at(app, PUBLIC, "/withdrawal").await, PUBLISHERS, reason),
        sent(&at(app, WITHDRAWN, "/reinstatement").await, PUBLISHERS, vec![]),
    ]
}

fn text(number: &str) -> Vec<(&'static str, String)> {
    [
        ("number", number),
        ("kind", "statement"),
        ("issued_on", "1997-11-16"),
        ("locale", "en"),
        ("title", "Words"),
        ("edit_token", MINE),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn based_on(mut fields: Vec<(&'static str, String)>, revision: i64) -> Vec<(&'static str, String)> {
    fields.push(("based_on", revision.to_string()));
    fields
}
