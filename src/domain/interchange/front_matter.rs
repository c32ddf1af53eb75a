//! What stands between the two lines `---` at the head of a file: YAML, read with its line numbers.

use serde::Deserialize;
use serde_saphyr::{Error, MessageFormatter as _, Spanned, UserMessageFormatter};

use super::report::Fault;

/// A value with its place; a key without a value is as good as no key.
pub(super) type Given<T> = Option<Spanned<T>>;

/// The keys as written. Every scalar is taken as a text, so that `1997` is a year and `No` a title.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    pub(super) number: Given<String>,
    pub(super) kind: Given<String>,
    pub(super) locale: Given<String>,
    pub(super) original: Given<String>,
    pub(super) issued_on: Given<String>,
    pub(super) title: Given<String>,
    pub(super) summary: Given<String>,
    pub(super) sign_off: Given<String>,
    pub(super) credit: Given<String>,
    pub(super) topics: Given<Vec<Spanned<String>>>,
    pub(super) status: Given<String>,
    pub(super) reason: Given<String>,
    pub(super) change_kind: Given<String>,
    pub(super) change_note: Given<String>,
}

/// A file in its two parts.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) fields: Fields,
    pub(super) body: String,
    /// The line on which the body begins.
    pub(super) body_line: usize,
}

/// Takes a file apart.
pub(super) fn read(text: &str) -> Result<Parts, Fault> {
    let mut lines = text.split_inclusive('\n');
    if lines.next().map(str::trim_end) != Some("---") {
        return Err(Fault::at(
            1,
            "the first line has to be ---; then come number, locale, title and so on, and a second line ---",
        ));
    }
    let end = lines
        .position(|line| line.trim_end() == "---")
        .ok_or_else(|| Fault::at(1, "the front matter has no end: a second line --- is missing"))?;
    // The line `---` in front is YAML too. It stays, so that lines are counted as in the file.
    let head: String = text.split_inclusive('\n').take(end + 1).collect();
    let fields = if is_blank(&head) {
        Fields::default()
    } else {
        serde_saphyr::from_str(&head).map_err(|error| in_words(&error))?
    };
    Ok(Parts { fields, body: lines.collect(), body_line: end + 3 })
}

/// The number of a file that cannot be read any further, if somebody who looks at it would see one.
pub(super) fn glimpse_number(bytes: &[u8]) -> Option<i64> {
    let text = String::from_utf8_lossy(bytes);
    let number = text.lines().find_map(|line| line.strip_prefix("number:"))?;
    number.trim().trim_matches(['"', '\'']).parse().ok()
}

/// Whether there is nothing but comments.
fn is_blank(head: &str) -> bool {
    head.lines().skip(1).all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

fn in_words(error: &Error) -> Fault {
    let line = error.location().and_then(|place| usize::try_from(place.line()).ok()).filter(|line| *line > 0);
    let why = match error.without_snippet() {
        Error::SerdeUnknownField { field, expected, .. } => {
            format!("there is no key {field:?}; the keys are {}", expected.join(", "))
        }
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("the key {key:?} stands here twice"),
        other => format!(
            "this is not the YAML expected here ({}); a value with a colon or a # in it has to stand in quotes",
            UserMessageFormatter.format_message(other).escape_debug()
        ),
    };
    Fault { line, why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, String) {
        let fault = read(text).unwrap_err();
        (fault.line.unwrap(), fault.why)
    }

    #[test]
    fn every_scalar_is_a_text() {
        let parts = read("---\nnumber: 2800\nissued_on: 1997-11-16\ntitle: No\n---\nBody\n---\n").unwrap();
        assert_eq!(parts.fields.number.unwrap().value, "2800");
        assert_eq!(parts.fields.issued_on.unwrap().value, "1997-11-16");
        assert_eq!(parts.fields.title.unwrap().value, "No");
        assert_eq!((parts.body.as_str(), parts.body_line), ("Body\n---\n", 6));
    }

    #[test]
    fn places_are_those_of_the_file() {
        let parts = read("---\n# first\nnumber: 1\ntopics:\n  - one\n  - two\nsummary:\n---\n").unwrap();
        assert_eq!(parts.fields.number.unwrap().referenced.line(), 3);
        assert_eq!(parts.fields.topics.unwrap().value[1].referenced.line(), 6);
        assert!(parts.fields.summary.is_none());
    }

    #[test]
    fn faults_name_line_and_key() {
        let (line, why) = fault("---\nnumber: 1\nauthor: me\n---\n");
        assert!(line == 3 && why.contains("\"author\""), "{line} {why}");
        let (line, why) = fault("---\nnumber: 1\nnumber: 2\n---\n");
        assert!(line == 3 && why.contains("\"number\""), "{line} {why}");
        let (line, why) = fault("---\nnumber: 1\ntitle: On record: a title\n---\n");
        assert!(line == 3 && why.contains("quotes"), "{line} {why}");
        let (line, why) = fault("---\nnumber: 1\ntopics: arrests\n---\n");
        assert!(line == 3, "{line} {why}");
    }

    #[test]
    fn a_file_has_a_head_with_an_end() {
        assert_eq!(fault("# Title\n").0, 1);
        assert!(fault("---\nnumber: 1\n").1.contains("no end"));
        assert!(read("---\n---\n").unwrap().fields.number.is_none());
        assert!(fault("---\n- a\n- b\n---\n").1.contains("YAML"));
    }
}
