//! The addresses of a text's way to its publication: dashboard, review, notes, schedule, embargo, limit.

use super::{
    APPROVED, EDITORS, EVERYBODY, IN_REVIEW, IN_REVIEW_TOO, PUBLIC, PUBLISHERS, Page, READY, SCHEDULED, Sent,
    TO_SCHEDULE, TO_SUBMIT, at, page, sent,
};
use crate::support::app::TestApp;

pub async fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page("/admin", EVERYBODY),
        page(&at(app, IN_REVIEW, "").await, EVERYBODY),
        page(&at(app, IN_REVIEW, "/review").await, EVERYBODY),
        page(&at(app, APPROVED, "/review").await, EVERYBODY),
        page(&at(app, SCHEDULED, "/review").await, EVERYBODY),
        page(&at(app, PUBLIC, "/review").await, EVERYBODY),
        page(&at(app, SCHEDULED, "/publication").await, PUBLISHERS),
        page(&at(app, READY, "/embargo").await, EDITORS),
        page(&at(app, READY, "/people").await, EDITORS),
    ]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let revision = async |number| vec![("revision", app.latest_revision(number).await.to_string())];
    let with = |mut fields: Vec<(&'static str, String)>, name, value: &str| {
        fields.push((name, value.to_owned()));
        fields
    };
    let when = [("date", "2027-03-02"), ("time", "14:30"), ("zone", "Europe/Berlin")]
        .map(|(name, value)| (name, value.to_owned()));
    let mut at_a_time = revision(TO_SCHEDULE).await;
    at_a_time.extend(when.clone());
    vec![
        sent(&at(app, IN_REVIEW, "/notes").await, EVERYBODY, vec![("note", "Seen.".to_owned())]),
        sent(&at(app, TO_SCHEDULE, "/schedule").await, PUBLISHERS, at_a_time),
        sent(&at(app, TO_SCHEDULE, "/embargo").await, EDITORS, when.to_vec()),
        sent(&at(app, TO_SCHEDULE, "/embargo").await, EDITORS, vec![("lift", "yes".to_owned())]),
        sent(&at(app, TO_SUBMIT, "/submission").await, EDITORS, revision(TO_SUBMIT).await),
        sent(&at(app, SCHEDULED, "/unschedule").await, PUBLISHERS, vec![]),
        sent(&at(app, IN_REVIEW, "/approval").await, PUBLISHERS, revision(IN_REVIEW).await),
        sent(
            &at(app, IN_REVIEW_TOO, "/changes").await,
            EDITORS,
            with(revision(IN_REVIEW_TOO).await, "note", "Name the source."),
        ),
        sent(&at(app, APPROVED, "/take-back").await, EDITORS, vec![]),
        sent(&at(app, APPROVED, "/people").await, EDITORS, vec![("open", "yes".to_owned())]),
    ]
}
