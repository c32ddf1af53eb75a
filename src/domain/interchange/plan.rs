//! Which file is the original of its statement, and what goes in before what.

use std::collections::{HashMap, HashSet};

use super::document::Document;
use super::report::Fault;
use crate::i18n::Locale;

/// What a file is to its statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It gives kind, date and topics.
    Original,
    /// It takes them as they are.
    Translation,
    /// It has no place in this run.
    None(Fault),
}

/// What is known before the run.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The language of the original of each statement that the record has.
    pub(super) originals: HashMap<i64, Locale>,
    /// The numbers of files of this run that could not be read: one of them may be an original.
    pub(super) unreadable: HashSet<i64>,
}

/// The places of the documents in the order in which they go in, each with its part: the statements
/// in the order of their first file, and of each the original before its translations.
pub(super) fn of(documents: &[Document], known: &Known) -> Vec<(usize, Part)> {
    let mut statements: Vec<Vec<usize>> = Vec::new();
    let mut places: HashMap<i64, usize> = HashMap::new();
    for (index, document) in documents.iter().enumerate() {
        let place = *places.entry(document.number).or_insert_with(|| {
            statements.push(Vec::new());
            statements.len() - 1
        });
        statements[place].push(index);
    }
    statements.into_iter().flat_map(|files| of_statement(documents, &files, known)).collect()
}

fn of_statement(documents: &[Document], files: &[usize], known: &Known) -> Vec<(usize, Part)> {
    let mut parts = Vec::new();
    let mut locales = HashSet::new();
    let mut claimed = false;
    let mut rest = Vec::new();
    for &index in files {
        let document = &documents[index];
        let claims = document.original == Some(true);
        if !locales.insert(document.locale) {
            let why =
                format!("number {} in {} stands in an earlier file too", document.number, document.locale);
            parts.push((index, Part::None(document.fault("locale", &why))));
        } else if claims && claimed {
            let why = format!("an earlier file is the original of number {} already", document.number);
            parts.push((index, Part::None(document.fault("original", &why))));
        } else {
            claimed |= claims;
            rest.push(index);
        }
    }
    let original = original_of(documents, &rest, known);
    parts.extend(rest.into_iter().map(|index| (index, part_of(&documents[index], index, &original))));
    parts.sort_by_key(|(index, part)| (*part != Part::Original, *index));
    parts
}

/// Where the original of a statement is.
enum Where {
    /// In this file.
    File(usize),
    /// In the record, in this language, and in none of the files.
    Record(Locale),
    /// Nowhere, for this reason.
    Nowhere(&'static str),
}

fn original_of(documents: &[Document], files: &[usize], known: &Known) -> Where {
    let Some(number) = files.first().map(|index| documents[*index].number) else {
        return Where::Nowhere("");
    };
    if let Some(locale) = known.originals.get(&number) {
        let own = files.iter().find(|index| documents[**index].locale == *locale);
        return own.map_or(Where::Record(*locale), |index| Where::File(*index));
    }
    if let Some(index) = files.iter().find(|index| documents[**index].original == Some(true)) {
        return Where::File(*index);
    }
    match files {
        _ if known.unreadable.contains(&number) => {
            Where::Nowhere("a file of the same number could not be read, and may be the original")
        }
        [only] if documents[*only].original.is_none() => Where::File(*only),
        [_] => Where::Nowhere("the original is neither in these files nor on the record"),
        _ => Where::Nowhere("one of the files of this number has to say original: true"),
    }
}

fn part_of(document: &Document, index: usize, original: &Where) -> Part {
    let claims = document.original == Some(true);
    match original {
        Where::File(place) if *place == index => Part::Original,
        Where::Record(locale) if claims => {
            Part::None(document.fault("original", &format!("the record has an original in {locale} already")))
        }
        Where::File(_) if claims => {
            Part::None(document.fault("original", "the record has an original in another language already"))
        }
        Where::File(_) | Where::Record(_) => Part::Translation,
        Where::Nowhere(why) => Part::None(document.fault("original", why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(number: i64, locale: &str, more: &str) -> Document {
        let file = format!("---\nnumber: {number}\nlocale: {locale}\n{more}\n---\nBody.\n");
        Document::read(file.as_bytes()).unwrap()
    }

    fn planned(documents: &[Document], known: &Known) -> Vec<(usize, &'static str)> {
        let short = |part| match part {
            Part::Original => "original",
            Part::Translation => "translation",
            Part::None(_) => "no",
        };
        of(documents, known).into_iter().map(|(index, part)| (index, short(part))).collect()
    }

    fn recorded(number: i64, locale: &str) -> Known {
        let originals = HashMap::from([(number, Locale::parse(locale).unwrap())]);
        Known { originals, unreadable: HashSet::new() }
    }

    #[test]
    fn the_only_file_is_the_original() {
        assert_eq!(planned(&[document(1, "en", "")], &Known::default()), [(0, "original")]);
        assert_eq!(planned(&[document(1, "en", "original: false")], &Known::default()), [(0, "no")]);
    }

    #[test]
    fn the_original_goes_first() {
        let files = [document(1, "zh-Hans", ""), document(2, "en", ""), document(1, "en", "original: true")];
        assert_eq!(
            planned(&files, &Known::default()),
            [(2, "original"), (0, "translation"), (1, "original")]
        );
    }

    #[test]
    fn several_files_need_one_original() {
        let files = [document(1, "zh-Hans", ""), document(1, "en", "")];
        assert_eq!(planned(&files, &Known::default()), [(0, "no"), (1, "no")]);
        let files = [document(1, "zh-Hans", "original: true"), document(1, "en", "original: true")];
        assert_eq!(planned(&files, &Known::default()), [(0, "original"), (1, "no")]);
    }

    #[test]
    fn what_stands_twice_fails_the_second_time() {
        let files = [document(1, "en", ""), document(1, "EN", "")];
        assert_eq!(planned(&files, &Known::default()), [(0, "original"), (1, "no")]);
    }

    #[test]
    fn the_record_decides_where_it_has_the_statement() {
        let translation = [document(1, "zh-Hans", "")];
        assert_eq!(planned(&translation, &recorded(1, "en")), [(0, "translation")]);
        assert_eq!(planned(&translation, &recorded(1, "zh-Hans")), [(0, "original")]);
        let claimant = [document(1, "zh-Hans", "original: true")];
        assert_eq!(planned(&claimant, &recorded(1, "en")), [(0, "no")]);
        let both = [document(1, "zh-Hans", "original: true"), document(1, "en", "")];
        assert_eq!(planned(&both, &recorded(1, "en")), [(1, "original"), (0, "no")]);
    }

    #[test]
    fn no_translation_becomes_the_original_because_the_original_cannot_be_read() {
        let known = Known { unreadable: HashSet::from([1]), ..Known::default() };
        assert_eq!(planned(&[document(1, "zh-Hans", "")], &known), [(0, "no")]);
        assert_eq!(planned(&[document(1, "zh-Hans", "original: true")], &known), [(0, "original")]);
    }
}
