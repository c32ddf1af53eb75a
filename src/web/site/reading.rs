//! What the page of a statement shows of a text, and what it says over it.

use jiff::Timestamp;

use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::published::PublishedStatement;
use crate::domain::statements::versions::PublishedVersion;
use crate::domain::statements::{IssuedOn, Kind};
use crate::i18n::{Locale, Phrase, dates};
use crate::text::figures::Media;
use crate::text::markdown;
use crate::text::sanitized::SanitizedHtml;
use crate::web::urls::Place;

/// What the page shows of a text. For readers it is made of a [`PublishedStatement`] or a
/// [`PublishedVersion`] and nothing else;
/// on the desk, for a preview, of a draft.
pub struct Reading {
    pub(super) kind: Kind,
    pub(super) issued: IssuedOn,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) body: SanitizedHtml,
    pub(super) sign_off: Vec<String>,
    pub(super) credit: String,
    pub(super) is_sample: bool,
    /// Which version this is, and since when; `None` in a preview.
    pub(super) version: Option<(i32, Timestamp)>,
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
    pub(super) fn of_draft(
        facts: Facts,
        words: &Words,
        locale: Locale,
        media: &Media,
        is_sample: bool,
    ) -> Self {
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

/// What a page says over a text that is not simply the statement as it is today.
pub struct Notice {
    pub(super) title: Phrase,
    pub(super) text: Phrase,
    /// Where to go instead, and what that is.
    pub(super) link: Option<(String, Phrase)>,
}

impl Notice {
    pub(super) fn of_draft(locale: Locale) -> Self {
        let w = locale.words();
        Self { title: w.draft_notice.clone(), text: w.draft_text.clone(), link: None }
    }

    pub(super) fn of_version(version: &PublishedVersion) -> Self {
        let (w, locale) = (version.locale().words(), version.locale());
        let words = if version.is_todays() { &w.todays_notice } else { &w.earlier_notice };
        let date = dates::day(dates::of_moment(version.published_at()), locale);
        Self {
            title: w.version.with("n", version.n()),
            text: words.with("n", version.n()).with("date", date),
            link: Some((Place::Statement(version.number()).path(locale), w.read_today.clone())),
        }
    }
}
