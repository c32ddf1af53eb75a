//! What a page that sends by itself is told.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use jiff::Timestamp;
use serde::Serialize;

/// The answer, in JSON. What is not said is `null`, and changes nothing in the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Answer {
    /// Whether the words are a revision now.
    pub saved: bool,
    /// Why they are not, in words.
    pub reason: Option<String>,
    /// Whether they are kept on the server all the same.
    pub kept: bool,
    /// Whether somebody else saved meanwhile.
    pub stale: bool,
    /// Where to sign in, when that is what it wants.
    pub sign_in: Option<String>,
    /// When they were saved.
    pub saved_at: Option<String>,
    /// The revision that the page stands on now.
    pub based_on: Option<String>,
    /// Where the page sends to from now on.
    pub action: Option<String>,
    /// The number of the statement.
    pub number: Option<String>,
    /// Where the text stands, in words.
    pub standing: Option<String>,
    /// What else there is to say: that what was approved is a draft again.
    pub notice: Option<String>,
    /// Whether the topics wait for somebody to press Save, because readers would see them at once.
    pub topics_wait: bool,
}

impl Answer {
    /// Not saved, and why.
    pub fn not_saved(reason: impl Into<String>, kept: bool) -> Self {
        Self { reason: Some(reason.into()), kept, ..Self::default() }
    }

    /// With a status.
    pub fn with(&self, status: StatusCode) -> HttpResponse {
        HttpResponse::build(status).json(self)
    }
}

/// Whether a page that sends by itself asks, and wants no page in answer.
pub fn wants_json(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|types| types.starts_with("application/json"))
}

/// A moment as a script reads it.
pub fn iso(at: Timestamp) -> String {
    super::super::editor::iso(&at)
}
