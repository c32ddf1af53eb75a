//! A phrase of the interface, which knows what in it is in another language than the page.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use super::Locale;

/// A phrase, perhaps with places for values: `{count} more in {language}`.
///
/// In a template it prints itself with its marks of language; where there is no place for marks, as in
/// an attribute, [`Phrase::plain`] is the bare text.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(from = "Leaf")]
pub struct Phrase {
    /// Where the phrase is English on pages in another language: that language.
    english_in: Option<Locale>,
    pieces: Vec<Piece>,
}

/// A part of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it stands in the file of words.
    Words(String),
    /// What was put in a place, and its language where that is not the page's.
    Value(String, Option<Locale>),
    /// A phrase in a place.
    Phrase(Phrase),
}

/// A word as it stands in a file, or in the English one in place of it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Leaf {
    Own(String),
    Lacking { english: String, lacking_in: Locale },
}

impl From<Leaf> for Phrase {
    fn from(leaf: Leaf) -> Self {
        match leaf {
            Leaf::Own(words) => Self { english_in: None, pieces: vec![Piece::Words(words)] },
            Leaf::Lacking { english, lacking_in } => {
                let phrase = Self { english_in: Some(lacking_in), pieces: vec![Piece::Words(english)] };
                phrase.with("own_name", lacking_in.own_name())
            }
        }
    }
}

impl Phrase {
    /// A text that is no word of the interface, and its language where that is not the page's.
    pub fn of(text: impl Into<String>, locale: Option<Locale>) -> Self {
        Self { english_in: None, pieces: vec![Piece::Value(text.into(), locale)] }
    }

    /// Two phrases, one behind the other.
    pub fn and(self, other: Self) -> Self {
        let pieces = vec![Piece::Phrase(self), Piece::Value(" ".to_owned(), None), Piece::Phrase(other)];
        Self { english_in: None, pieces }
    }

    /// The phrase with a value in its place: a number or a date as the page's language writes it.
    pub fn with(&self, place: &str, value: impl fmt::Display) -> Self {
        self.filled(place, &Piece::Value(value.to_string(), None))
    }

    /// The phrase with a text in its place that is in a language of its own.
    pub fn with_in(&self, place: &str, text: impl fmt::Display, locale: Locale) -> Self {
        self.filled(place, &Piece::Value(text.to_string(), Some(locale)))
    }

    /// The phrase with the name of a language in its place, in that language.
    pub fn with_language(&self, place: &str, locale: Locale) -> Self {
        self.with_in(place, locale.own_name(), locale)
    }

    /// The phrase with another one in its place.
    pub fn with_phrase(&self, place: &str, phrase: &Self) -> Self {
        self.filled(place, &Piece::Phrase(phrase.clone()))
    }

    /// Only what the file says is looked at: what was put in before may have braces of its own.
    fn filled(&self, place: &str, value: &Piece) -> Self {
        let place = format!("{{{place}}}");
        let mut pieces = Vec::with_capacity(self.pieces.len() + 2);
        for piece in &self.pieces {
            let Piece::Words(words) = piece else {
                pieces.push(piece.clone());
                continue;
            };
            for (at, words) in words.split(&place).enumerate() {
                if at > 0 {
                    pieces.push(value.clone());
                }
                if !words.is_empty() {
                    pieces.push(Piece::Words(words.to_owned()));
                }
            }
        }
        Self { english_in: self.english_in, pieces }
    }

    /// The language of the page that the phrase is English on; `None` where it is in that of the page.
    pub fn english_in(&self) -> Option<Locale> {
        self.english_in
    }

    /// Its parts, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The text of a phrase that has no places.
    pub fn as_written(&self) -> &str {
        match self.pieces.as_slice() {
            [Piece::Words(words), ..] => words,
            _ => "",
        }
    }

    /// The bare text, for attributes and wherever else nothing can be marked.
    pub fn plain(&self) -> Cow<'_, str> {
        if let [Piece::Words(words)] = self.pieces.as_slice() {
            return Cow::Borrowed(words);
        }
        let text = |piece: &Piece| match piece {
            Piece::Words(text) | Piece::Value(text, _) => text.clone(),
            Piece::Phrase(phrase) => phrase.plain().into_owned(),
        };
        Cow::Owned(self.pieces.iter().map(text).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &str) -> Phrase {
        Leaf::Own(words.to_owned()).into()
    }

    #[test]
    fn values_come_into_their_places_and_nowhere_else() {
        let said = phrase("{title}: {period}").with("title", "On {period}").with("period", 1997);
        assert_eq!(said.plain(), "On {period}: 1997");
        assert_eq!(phrase("{n} of {n}").with("n", 2).plain(), "2 of 2");
        assert_eq!(phrase("as it is").with("n", 2).plain(), "as it is");
        let inner = phrase("{count} changes").with("count", 2);
        assert_eq!(phrase("{count} here").with_phrase("count", &inner).plain(), "2 changes here");
    }
}
