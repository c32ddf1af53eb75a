//! What a statement's page shows of a text, whatever it is a text of.

use jiff::Timestamp;

use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::published::PublishedStatement;
use crate::domain::statements::versions::PublishedVersion;
use crate::domain::statements::{IssuedOn, Kind};
use crate::i18n::Locale;
use crate::text::figures::Media;
use crate::text::markdown;
use crate::text::sanitized::SanitizedHtml;

/// What the page shows of a text. For readers it is made of a [`PublishedStatement`] and nothing else;
/// on the desk, for a preview, of a draft.
pub struct Reading {
    /// What sort of text it is.
    pub kind: Kind,
    /// The date on it.
    pub issued: IssuedOn,
    /// The headline.
    pub title: String,
    /// The sentence that leads it.
    pub summary: String,
    /// The text.
    pub body: SanitizedHtml,
    /// Who signs, line by line.
    pub sign_off: Vec<String>,
    /// The line for the translator or the source.
    pub credit: String,
    /// Whether it came with the program.
    pub is_sample: bool,
    /// Which version this is, and since when; `None` in a preview.
    pub version: Option<(i32, Timestamp)>,
}

impl From<&PublishedStatement> for Reading {
    fn from(statement: &PublishedStatement) -> Self {
        Self {
            kind: statement.kind(),
            issued: statement.issued(),
            title: statement.title().to_owned(),
            summary: statement.summary().to_owned(),
            body: statement.body(),
            sign_off: lines(statement.sign_off()),
            credit: statement.credit().to_owned(),
            is_sample: statement.is_sample(),
            version: Some((statement.n(), statement.published_at())),
        }
    }
}

impl From<&PublishedVersion> for Reading {
    fn from(version: &PublishedVersion) -> Self {
        Self {
            kind: version.kind(),
            issued: version.issued(),
            title: version.title().to_owned(),
            summary: version.summary().to_owned(),
            body: version.body(),
            sign_off: lines(version.sign_off()),
            credit: version.credit().to_owned(),
            is_sample: version.is_sample(),
            version: Some((version.n(), version.published_at())),
        }
    }
}

impl Reading {
    /// Of a draft, with the pictures and files that it names.
    pub fn of_draft(facts: Facts, words: &Words, locale: Locale, media: &Media, is_sample: bool) -> Self {
        Self {
            kind: facts.kind,
            issued: facts.issued,
            title: words.title.clone(),
            summary: words.summary.clone(),
            body: markdown::render_with(&words.body, locale.words().labels(), media),
            sign_off: lines(&words.sign_off),
            credit: words.credit.clone(),
            is_sample,
            version: None,
        }
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
