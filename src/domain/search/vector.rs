//! A document as PostgreSQL looks it up: a `tsvector` that this program has cut and stemmed itself.
//!
//! Words and pairs of signs stand in it with their places and the weight of their field; signs by themselves
//! without a place. What stands in the title is there once more with `^`, and what filters ask for with `=`:
//! so one index answers everything, and no word of a text can be taken for either. Before each stands a code
//! for the language: a word of one language is looked up without passing all texts in the others that have it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Document;
use crate::domain::ids::TopicId;
use crate::i18n::Locale;
use crate::infra::db::columns::quoted;
use crate::text::fold::fold;
use crate::text::search_words::{Stretch, stretches};
use crate::text::stem::stem;

/// The largest place that PostgreSQL counts to is 16,383: a longer text begins again from one, so that
/// phrases are found in all of it.
const MOST_PLACES: usize = 16_000;

/// The most places of one word that PostgreSQL keeps.
const MOST_PLACES_OF_ONE: usize = 255;

/// The most bytes of a vector: PostgreSQL takes a little more.
const MOST_BYTES: usize = 900_000;

/// Between two fields, so that no phrase begins in one and ends in the next.
const GAP: usize = 16;

#[derive(Default)]
struct Vector {
    code: String,
    lexemes: BTreeMap<String, Vec<(usize, char)>>,
    place: usize,
    bytes: usize,
}

impl Vector {
    fn add(&mut self, lexeme: String, at: Option<(usize, char)>) {
        self.add_as_is(format!("{}{lexeme}", self.code), at);
    }

    fn add_as_is(&mut self, lexeme: String, at: Option<(usize, char)>) {
        if self.bytes > MOST_BYTES {
            return;
        }
        let size = lexeme.len() + 8;
        let places = self.lexemes.entry(lexeme).or_insert_with(|| {
            self.bytes += size;
            Vec::new()
        });
        if let Some((place, weight)) = at.filter(|_| places.len() < MOST_PLACES_OF_ONE) {
            self.bytes += 2;
            places.push((place % MOST_PLACES + 1, weight));
        }
    }

    fn add_field(&mut self, text: &str, weight: char, is_title: bool) {
        for stretch in stretches(fold(text).chars().enumerate()) {
            match stretch {
                Stretch::Word(word, _) => {
                    let word = stem(&word);
                    if is_title {
                        self.add(format!("^{word}"), None);
                    }
                    self.add(word, Some((self.place, weight)));
                    self.place += 1;
                }
                Stretch::Signs(signs) => {
                    let pair = |two: &[(char, usize)]| two.iter().map(|(sign, _)| sign).collect::<String>();
                    for (at, two) in signs.windows(2).enumerate() {
                        if is_title {
                            self.add(format!("^{}", pair(two)), None);
                        }
                        self.add(pair(two), Some((self.place + at, weight)));
                    }
                    for (sign, _) in &signs {
                        if is_title {
                            self.add(format!("^{sign}"), None);
                        }
                        self.add(sign.to_string(), None);
                    }
                    self.place += signs.len();
                }
            }
        }
        self.place += GAP;
    }

    fn literal(&self) -> String {
        let mut literal = String::with_capacity(self.bytes * 2);
        for (lexeme, places) in &self.lexemes {
            literal.push_str(&quoted(lexeme));
            for (at, (place, weight)) in places.iter().enumerate() {
                let _ = write!(literal, "{}{place}{weight}", if at == 0 { ':' } else { ',' });
            }
            literal.push(' ');
        }
        literal
    }
}

/// The vector of a document, as PostgreSQL reads it.
pub(super) fn of(document: &Document) -> String {
    let mut vector = Vector { code: code(&document.locale), ..Vector::default() };
    vector.add_field(&document.number.to_string(), 'A', true);
    vector.add_field(&document.title, 'A', true);
    vector.add_field(&document.summary, 'B', false);
    vector.add_field(&document.sign_off, 'D', false);
    vector.add_field(&document.body, 'C', false);
    let date = document.issued_on;
    let month = if document.issued_precision == "year" { 0 } else { date.month() };
    let marks = [
        kind(&document.kind),
        period(&format!("{:04}", date.year())),
        period(&format!("{:04}-{month:02}", date.year())),
    ];
    marks.into_iter().for_each(|mark| vector.add(mark, None));
    document.topics.iter().for_each(|id| vector.add_as_is(topic(*id), None));
    vector.literal()
}

/// Two letters that stand for a language before each of its lexemes. Should two languages ever share them,
/// a question finds the texts of both, and drops those of the other.
pub(super) fn code(tag: &str) -> String {
    // FNV-1a: the same in every program, for ever.
    let hash =
        tag.bytes().fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let letter = |n: u32| char::from_digit(n % 36, 36).unwrap_or('0');
    [letter(hash), letter(hash / 36)].iter().collect()
}

/// Stands in a question for the code of whichever language it is asked in: no lexeme has this sign.
pub(super) const OWN: char = '~';

/// A lexeme of whichever language it is asked in, as `tsquery` reads it.
pub(super) fn own(lexeme: &str) -> String {
    quoted(&format!("{OWN}{lexeme}"))
}

/// A lexeme in any language of the site, as `tsquery` reads it.
pub(super) fn in_any_language(lexeme: &str) -> String {
    let each = Locale::all().map(|locale| quoted(&format!("{}{lexeme}", code(locale.tag()))));
    each.collect::<Vec<_>>().join(" | ")
}

/// The mark of a kind.
pub(super) fn kind(word: &str) -> String {
    format!("=kind:{word}")
}

/// The mark of a year or a month, by its key in the lists.
pub(super) fn period(key: &str) -> String {
    format!("={key}")
}

/// The mark of a topic, the same in every language.
pub(super) fn topic(id: TopicId) -> String {
    format!("{TOPIC}{id}")
}

/// What the mark of a topic begins with.
pub const TOPIC: &str = "=topic:";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{StatementId, TranslationId, VersionId};

    fn document(title: &str, body: &str) -> Document {
        Document {
            translation: TranslationId(1),
            statement: StatementId(1),
            version: VersionId(1),
            locale: "zh-Hans".to_owned(),
            number: 2800,
            kind: "open-letter".to_owned(),
            issued_on: "1997-11-16".parse().unwrap(),
            issued_precision: "month".to_owned(),
            is_sample: false,
            title: title.to_owned(),
            summary: String::new(),
            body: body.to_owned(),
            sign_off: String::new(),
            topics: vec![TopicId(7)],
        }
    }

    #[test]
    fn everything_that_is_asked_for_is_in_it() {
        let vector = of(&document("政治犯", "Prisoners’ families, \\ and ''"));
        for lexeme in [
            "'~政治':18A",
            "'~治犯':19A",
            "'~犯' ",
            "'~^犯' ",
            "'~^政治' ",
            "'~prison",
            "'~famili",
            "'~=kind:open-letter' ",
            "'~=1997' ",
            "'~=1997-11' ",
            "'=topic:7' ",
            "'~2800':1A",
            "'~^2800' ",
        ] {
            let lexeme = lexeme.replace(OWN, &code("zh-Hans"));
            assert!(vector.contains(&lexeme), "{lexeme} in {vector}");
        }
        assert!(!vector.contains("^prison"), "{vector}");
    }

    #[test]
    fn languages_have_codes_of_their_own() {
        let codes = ["en", "zh-Hans", "zh-Hant", "ug", "bo"].map(code);
        assert!(codes.iter().all(|code| code.len() == 2));
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), codes.len());
        assert!(in_any_language("a").contains(&format!("'{}a'", code("zh-Hant"))));
    }

    #[test]
    fn there_is_an_end_to_everything() {
        let many: String = (0..400_000).map(|n| format!("w{n:x} ")).collect();
        assert!(of(&document("", &many)).len() < 8 * MOST_BYTES);
        let one = of(&document("", &"same ".repeat(100_000)));
        assert!(one.matches('C').count() <= MOST_PLACES_OF_ONE);
    }
}
