//! Understanding the keys of a file.

use serde_saphyr::Spanned;

use super::document::{Document, Status, fault_at};
use super::front_matter::{Fields, Given};
use super::report::Fault;
use crate::domain::statements::draft::Words;
use crate::domain::statements::{ChangeKind, IssuedOn, Kind};
use crate::i18n::Locale;
use crate::text::clean;

/// Understands one key after the other, and notes what it does not understand.
pub(super) struct Reader {
    lines: Vec<(&'static str, usize)>,
    pub(super) faults: Vec<Fault>,
}

impl Reader {
    pub(super) fn new(fields: &Fields, body_line: usize) -> Self {
        Self { lines: lines_of(fields, body_line), faults: Vec::new() }
    }

    pub(super) fn document(&mut self, fields: Fields, body: &str, digest: Vec<u8>) -> Option<Document> {
        let words = Words::typed(
            text(&fields.title),
            text(&fields.summary),
            body,
            text(&fields.sign_off),
            text(&fields.credit),
        );
        let number = self.required("number", &fields.number, "a whole number", number);
        let locale = self.required("locale", &fields.locale, &one_of(Locale::all()), Locale::parse);
        let original = self.optional("original", &fields.original, "true or false", yes_or_no);
        let kind = self.optional("kind", &fields.kind, &one_of(Kind::ALL), Kind::parse);
        let date = "a date such as 1997-11-16, 1997-11 or 1997";
        let issued = self.optional("issued_on", &fields.issued_on, date, IssuedOn::parse);
        let status = self.status(&fields);
        let change = self.change(&fields);
        let topics = fields.topics.map(|topics| {
            topics.value.iter().map(|topic| (topic.value.trim().to_owned(), line_of(topic))).collect()
        });
        let lines = self.lines.clone();
        let (number, locale) = (number?, locale?);
        Some(Document {
            number,
            locale,
            original,
            kind,
            issued,
            topics,
            words,
            status,
            change,
            digest,
            lines,
        })
    }

    fn status(&mut self, fields: &Fields) -> Status {
        let reason = clean::line(text(&fields.reason));
        let choice = one_of(["draft", "published", "withdrawn"]);
        let status = self.optional("status", &fields.status, &choice, |word| match word {
            "draft" => Some(Status::Draft),
            "published" => Some(Status::Published),
            "withdrawn" => Some(Status::Withdrawn { reason: reason.clone() }),
            _ => None,
        });
        let status = status.unwrap_or(Status::Draft);
        match &status {
            Status::Withdrawn { reason } if reason.is_empty() => {
                self.miss("reason", "a withdrawn text needs one: readers are told why it is gone");
            }
            Status::Draft | Status::Published if !reason.is_empty() => {
                self.miss("reason", "only a withdrawn text has one");
            }
            _ => {}
        }
        status
    }

    fn change(&mut self, fields: &Fields) -> Option<(ChangeKind, String)> {
        let note = clean::line(text(&fields.change_note));
        let kind =
            self.optional("change_kind", &fields.change_kind, &one_of(ChangeKind::ALL), ChangeKind::parse);
        match kind {
            Some(kind) if kind.needs_note() && note.is_empty() => {
                self.miss("change_note", &format!("a {kind} needs one: readers are told what changed"));
            }
            None if !note.is_empty() && fields.change_kind.is_none() => {
                self.miss("change_note", "it needs a change_kind beside it");
            }
            _ => {}
        }
        kind.map(|kind| (kind, note))
    }

    fn required<T>(
        &mut self,
        field: &'static str,
        given: &Given<String>,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        if given.is_none() {
            self.miss(field, &format!("is missing; it has to be {expected}"));
        }
        self.optional(field, given, expected, read)
    }

    fn optional<T>(
        &mut self,
        field: &'static str,
        given: &Given<String>,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let word = given.as_ref()?.value.trim();
        let value = read(word);
        if value.is_none() {
            self.miss(field, &format!("{word:?} is not {expected}"));
        }
        value
    }

    fn miss(&mut self, field: &str, why: &str) {
        self.faults.push(fault_at(&self.lines, field, why));
    }
}

fn one_of<T: ToString>(words: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    format!("one of {}", words.join(", "))
}

fn number(word: &str) -> Option<i64> {
    word.bytes().all(|byte| byte.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

/// The words that YAML 1.1 and 1.2 have for the two.
fn yes_or_no(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

fn line_of<T>(value: &Spanned<T>) -> usize {
    usize::try_from(value.referenced.line()).unwrap_or(1)
}

fn lines_of(fields: &Fields, body: usize) -> Vec<(&'static str, usize)> {
    let one = |name, given: &Given<String>| given.as_ref().map(|value| (name, line_of(value)));
    [
        one("number", &fields.number),
        one("kind", &fields.kind),
        one("locale", &fields.locale),
        one("original", &fields.original),
        one("issued_on", &fields.issued_on),
        one("title", &fields.title),
        one("summary", &fields.summary),
        one("sign_off", &fields.sign_off),
        one("credit", &fields.credit),
        fields.topics.as_ref().map(|topics| ("topics", line_of(topics))),
        one("status", &fields.status),
        one("reason", &fields.reason),
        one("change_kind", &fields.change_kind),
        one("change_note", &fields.change_note),
        Some(("body", body)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn text(given: &Given<String>) -> &str {
    given.as_ref().map_or("", |value| value.value.as_str())
}
