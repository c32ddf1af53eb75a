//! A statement in every state on the desk, none of them begun by the author, and every address there is.

use onrecord::domain::statements::commands::{self, Save};

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english};
use crate::support::refusals::Done as _;

pub const DRAFT: i64 = 10;
pub const PUBLIC: i64 = 11;
pub const WITHDRAWN: i64 = 12;
pub const DISCARDED: i64 = 13;
/// A second draft.
pub const READY: i64 = 14;
pub const SAMPLE: i64 = 900_001;

pub async fn fill(app: &mut TestApp) {
    let desk = &mut app.desk;
    let colleague = desk.people.colleague;
    desk.save(colleague, &a_statement(DRAFT)).await.unwrap();
    desk.save(colleague, &a_statement(READY)).await.unwrap();
    let discarded = desk.save(colleague, &a_statement(DISCARDED)).await.unwrap();
    commands::discard(&mut desk.conn, colleague, discarded.statement, english(), desk.now).await.done();
    desk.put_on_record(&a_statement(PUBLIC)).await;
    let withdrawn = desk.put_on_record(&a_statement(WITHDRAWN)).await;
    desk.withdraw(&withdrawn, english()).await.done();
    desk.put_on_record(&Save { is_sample: true, ..a_statement(SAMPLE) }).await;
}

/// The address on the desk of the English text of a number.
pub async fn at(app: &TestApp, number: i64, act: &str) -> String {
    format!("/admin/statements/{}/en{act}", app.id_of(number).await)
}

/// An address that takes a form, with one that is in order.
pub struct Sent {
    pub path: String,
    pub fields: Vec<(&'static str, String)>,
}

impl Sent {
    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
}

/// Every address behind the sign-in that takes a form, in an order in which all can be sent.
pub async fn all_forms(app: &TestApp) -> Vec<Sent> {
    let text = |number: &str| -> Vec<(&'static str, String)> {
        [
            ("number", number),
            ("kind", "statement"),
            ("issued_on", "1997-11-16"),
            ("locale", "en"),
            ("title", "Words"),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
    };
    let topic = |name: &str| vec![("facet", "issue".to_owned()), ("en.name", name.to_owned())];
    let revision = |revision: i64| vec![("revision", revision.to_string())];
    let based_on = |number: &str, revision: i64| {
        let mut fields = text(number);
        fields.push(("based_on", revision.to_string()));
        fields
    };
    let sent = |path: &str, fields| Sent { path: path.to_owned(), fields };
    let reason = vec![("reason", "At risk.".to_owned())];
    let (draft, ready) = (app.latest_revision(DRAFT).await, app.latest_revision(READY).await);
    vec![
        sent("/admin/statements", text("50")),
        sent(&at(app, DRAFT, "").await, based_on("10", draft)),
        sent(&at(app, DRAFT, "/discard").await, vec![]),
        sent(&at(app, DISCARDED, "/undiscard").await, vec![]),
        sent(&at(app, READY, "/publication").await, revision(ready)),
        sent(&at(app, PUBLIC, "/withdrawal").await, reason),
        sent(&at(app, WITHDRAWN, "/reinstatement").await, vec![]),
        sent("/admin/topics", topic("A new topic")),
        sent("/admin/topics/1", topic("Another name")),
        sent("/admin/site", vec![("en.name", "The organisation".to_owned())]),
        sent("/admin/samples/removal", vec![]),
        sent("/admin/sign-out", vec![]),
    ]
}

/// Every address behind the sign-in that is read.
pub async fn all_pages(app: &TestApp) -> Vec<String> {
    vec![
        "/admin/statements".to_owned(),
        "/admin/statements/new".to_owned(),
        at(app, DRAFT, "").await,
        at(app, DRAFT, "/preview").await,
        at(app, PUBLIC, "").await,
        at(app, WITHDRAWN, "").await,
        at(app, DISCARDED, "").await,
        at(app, READY, "/publication").await,
        at(app, PUBLIC, "/withdrawal").await,
        "/admin/topics".to_owned(),
        "/admin/topics?show=unconfirmed".to_owned(),
        "/admin/topics/new".to_owned(),
        "/admin/topics/1".to_owned(),
        "/admin/site".to_owned(),
    ]
}
