//! A file as the record understands it.

use super::decode;
use super::front_matter;
use super::reader::Reader;
use super::report::Fault;
use crate::domain::outcome::Problems;
use crate::domain::statements::draft::Words;
use crate::domain::statements::{ChangeKind, IssuedOn, Kind};
use crate::i18n::Locale;
use crate::text::digest;

/// What a file wants of readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing yet: it waits on the desk.
    Draft,
    /// To be public.
    Published,
    /// To have been public, and to be gone for this reason.
    Withdrawn { reason: String },
}

/// One statement in one language.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub(super) number: i64,
    pub(super) locale: Locale,
    /// What the file says of itself; `None` where it says nothing.
    pub(super) original: Option<bool>,
    pub(super) kind: Option<Kind>,
    pub(super) issued: Option<IssuedOn>,
    /// Slugs or names, each with its line; `None` where the file has no topics at all.
    pub(super) topics: Option<Vec<(String, usize)>>,
    pub(super) words: Words,
    pub(super) status: Status,
    pub(super) change: Option<(ChangeKind, String)>,
    /// SHA-256 of the file.
    pub(super) digest: Vec<u8>,
    pub(super) lines: Vec<(&'static str, usize)>,
}

/// A file that cannot be understood.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) faults: Vec<Fault>,
    /// The number that it seems to have.
    pub(super) number: Option<i64>,
}

impl Document {
    /// Reads a file; all its faults at once, as far as it can be read.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let unreadable = |faults| Unreadable { faults, number: front_matter::glimpse_number(bytes) };
        let parts = decode::text(bytes).and_then(|text| front_matter::read(&text));
        let parts = parts.map_err(|fault| unreadable(vec![fault]))?;
        let mut reader = Reader::new(&parts.fields, parts.body_line);
        let document = reader.document(parts.fields, &parts.body, digest::of(bytes));
        match document {
            Some(document) if reader.faults.is_empty() => Ok(document),
            _ => Err(unreadable(reader.faults)),
        }
    }

    /// A fault of one of its keys, or of its body.
    pub(super) fn fault(&self, field: &str, why: &str) -> Fault {
        fault_at(&self.lines, field, why)
    }

    /// Problems with fields as faults of the file.
    pub(super) fn faults(&self, problems: &Problems) -> Vec<Fault> {
        problems.iter().map(|(field, why)| self.fault(field, why)).collect()
    }
}

/// A key that is not there is missed on the first line.
pub(super) fn fault_at(lines: &[(&'static str, usize)], field: &str, why: &str) -> Fault {
    let line = lines.iter().find(|(name, _)| *name == field).map_or(1, |(_, line)| *line);
    Fault::at(line, format!("{field}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(head: &str) -> Result<Document, Vec<String>> {
        Document::read(format!("---\n{head}---\nBody.\n").as_bytes()).map_err(|unreadable| {
            unreadable.faults.iter().map(|f| format!("{}: {}", f.line.unwrap(), f.why)).collect()
        })
    }

    #[test]
    fn a_whole_file_is_understood() {
        let document = read(
            "number: 2800\nkind: press-release\nlocale: ZH-hans\noriginal: yes\nissued_on: 1997\n\
             title: 'On record: a title'\nsummary: >\n  One\n  sentence.\nsign_off: Example Person\n\
             topics: [arrests, 政治犯]\nstatus: withdrawn\nreason: A witness asked us to.\n",
        )
        .unwrap();
        assert_eq!((document.number, document.locale.tag()), (2800, "zh-Hans"));
        assert_eq!((document.kind, document.original), (Some(Kind::PressRelease), Some(true)));
        assert_eq!(document.issued.map(IssuedOn::iso).as_deref(), Some("1997"));
        assert_eq!(document.words.title, "On record: a title");
        assert_eq!(document.words.summary, "One sentence.");
        assert_eq!(document.words.body, "Body.");
        assert_eq!(document.topics.unwrap(), [("arrests".to_owned(), 12), ("政治犯".to_owned(), 12)]);
        assert_eq!(document.status, Status::Withdrawn { reason: "A witness asked us to.".to_owned() });
    }

    #[test]
    fn little_is_needed() {
        let document = read("number: 1\nlocale: en\n").unwrap();
        assert_eq!(document.status, Status::Draft);
        assert!(document.kind.is_none() && document.topics.is_none() && document.change.is_none());
    }

    #[test]
    fn all_faults_are_named_at_once() {
        let faults =
            read("number: -5\nkind: essay\nlocale: cn\nissued_on: 11/16/1997\nstatus: live\n").unwrap_err();
        assert_eq!(faults.len(), 5, "{faults:?}");
        assert!(faults[0].starts_with("2: number: \"-5\""), "{faults:?}");
        assert!(faults[1].starts_with("4: locale: \"cn\" is not one of en, zh-Hans"), "{faults:?}");
        assert!(faults[2].starts_with("3: kind: \"essay\""), "{faults:?}");
        assert!(read("locale: en\n").unwrap_err()[0].starts_with("1: number: is missing"));
    }

    #[test]
    fn a_change_says_what_and_why_and_a_withdrawal_says_why() {
        let with = |more: &str| read(&format!("number: 1\nlocale: en\n{more}"));
        assert!(with("change_kind: small-fix\n").is_ok());
        assert!(with("change_kind: correction\n").unwrap_err()[0].contains("change_note"));
        assert!(with("change_note: A date.\n").unwrap_err()[0].contains("change_kind"));
        assert!(with("status: withdrawn\n").unwrap_err()[0].contains("reason"));
        assert!(with("reason: None.\n").unwrap_err()[0].contains("reason"));
    }

    #[test]
    fn an_unreadable_file_still_shows_its_number() {
        let unreadable = Document::read(b"---\nnumber: 2800\ntitle: a: b\n---\n").unwrap_err();
        assert_eq!(unreadable.number, Some(2800));
    }
}
