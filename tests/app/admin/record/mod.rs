//! A statement in every state on the desk, none of them begun by the author, and every address there is.

mod factors;
mod accounts;
mod media;
mod pasting;
mod settings;
mod keeping;
mod site;
mod statements;
mod topics;
mod workflow;
mod versions;

use onrecord::domain::statements::commands::{self, Save};

use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english};
use crate::support::refusals::Done as _;
use crate::support::visitor::{Answer, Visitor};

pub const DRAFT: i64 = 10;
pub const PUBLIC: i64 = 11;
pub const WITHDRAWN: i64 = 12;
pub const DISCARDED: i64 = 13;
/// Public in its second version, with a translation that follows the first.
pub const CORRECTED: i64 = 9;
/// A second draft.
pub const READY: i64 = 14;
/// Drafts for what each form does to them.
pub const TO_SUBMIT: i64 = 1;
pub const TO_SCHEDULE: i64 = 2;
pub const IN_REVIEW: i64 = 3;
pub const IN_REVIEW_TOO: i64 = 4;
pub const APPROVED: i64 = 5;
pub const SCHEDULED: i64 = 6;
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
    for number in [TO_SUBMIT, TO_SCHEDULE] {
        desk.save(colleague, &a_statement(number)).await.unwrap();
    }
    for number in [IN_REVIEW, IN_REVIEW_TOO, APPROVED, SCHEDULED] {
        desk.submitted(colleague, number).await;
    }
    desk.approve(APPROVED).await;
    desk.schedule(SCHEDULED, "2027-03-02T13:30:00Z").await;
    desk.put_on_record(&Save { is_sample: true, ..a_statement(SAMPLE) }).await;
    versions::fill(desk).await;
    topics::fill(app).await;
}

/// The address on the desk of the English text of a number.
pub async fn at(app: &TestApp, number: i64, act: &str) -> String {
    format!("/admin/statements/{}/en{act}", app.id_of(number).await)
}

/// Who is let in, from the author to the administrator.
pub type Allowed = [bool; 4];
pub const EVERYBODY: Allowed = [true; 4];
pub const EDITORS: Allowed = [false, true, true, true];
pub const PUBLISHERS: Allowed = [false, false, true, true];
pub const ADMINISTRATORS: Allowed = [false, false, false, true];

/// An address that is read.
pub struct Page {
    pub path: String,
    pub allowed: Allowed,
}

pub fn page(path: &str, allowed: Allowed) -> Page {
    Page { path: path.to_owned(), allowed }
}

/// An address that takes a form, with one that is in order.
pub struct Sent {
    pub path: String,
    pub allowed: Allowed,
    pub fields: Vec<(&'static str, String)>,
    /// What is uploaded with it, where it takes a file.
    pub file: Option<Vec<u8>>,
    /// What is answered to who is let in.
    pub answer: u16,
}

pub fn sent(path: &str, allowed: Allowed, fields: Vec<(&'static str, String)>) -> Sent {
    Sent { path: path.to_owned(), allowed, fields, file: None, answer: 303 }
}

impl Sent {
    /// One that is answered with a page of its own.
    pub fn with_a_page(self) -> Self {
        Self { answer: 200, ..self }
    }

    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }

    /// Sent by somebody, as their browser would.
    pub async fn by(&self, visitor: &mut Visitor<'_>) -> Answer {
        match &self.file {
            Some(content) => visitor.upload(&self.path, "march.jpg", content).await,
            None => visitor.post(&self.path, &self.fields()).await,
        }
    }
}

/// Every address behind the sign-in that is read.
pub async fn all_pages(app: &TestApp) -> Vec<Page> {
    let mut pages = Vec::new();
    pages.extend(statements::pages(app).await);
    pages.extend(workflow::pages(app).await);
    pages.extend(versions::pages(app).await);
    pages.extend(keeping::pages(app).await);
    pages.extend(media::pages(app).await);
    pages.extend(topics::pages());
    pages.extend(site::pages());
    pages.extend(factors::pages(app).await);
    pages.extend(pasting::pages());
    pages.extend(settings::pages());
    pages.extend(accounts::pages(app));
    pages
}

/// Every address behind the sign-in that takes a form, in an order in which all can be sent.
pub async fn all_forms(app: &TestApp) -> Vec<Sent> {
    let mut forms = Vec::new();
    forms.extend(statements::forms(app).await);
    forms.extend(workflow::forms(app).await);
    forms.extend(versions::forms(app).await);
    forms.extend(keeping::forms(app).await);
    forms.extend(media::forms(app).await);
    forms.extend(topics::forms(app).await);
    forms.extend(pasting::forms(app).await);
    forms.extend(site::forms());
    forms.extend(factors::forms(app).await);
    forms.extend(settings::forms());
    forms.extend(accounts::forms(app));
    forms.push(sent("/admin/sign-out", EVERYBODY, vec![]));
    forms
}

/// The paths of [`all_pages`].
pub async fn all_paths(app: &TestApp) -> Vec<String> {
    all_pages(app).await.into_iter().map(|page| page.path).collect()
}
