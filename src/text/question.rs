//! What somebody asks the search, as it is meant: words, "phrases", -excluded words, this OR that.
//!
//! Nothing that is typed is an error. A quotation mark that is never closed is none, signs that mean nothing
//! are spaces, and of a whole page that was pasted the beginning counts.

use super::fold::fold;
use super::search_words::{Stretch, stretches};

/// The most letters of a question that are read.
const MOST_LETTERS: usize = 400;

/// The most words and signs that are looked up.
const MOST_PIECES: usize = 24;

/// What is looked up as one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// A word, folded.
    Word(String),
    /// Signs in a row, folded.
    Signs(Vec<char>),
}

impl Piece {
    fn weight(&self) -> usize {
        match self {
            Self::Word(_) => 1,
            Self::Signs(signs) => signs.len(),
        }
    }

    /// As it is written.
    pub fn text(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Signs(signs) => signs.iter().collect(),
        }
    }
}

/// Pieces that have to follow each other, as they were quoted; or one that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The pieces; at least one.
    pub pieces: Vec<Piece>,
    /// Whether somebody put them into quotation marks, or tied them to another by OR.
    pub is_literal: bool,
}

/// One thing that a text must have, or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Whether texts with this are left out.
    pub excluded: bool,
    /// Any of these will do.
    pub any: Vec<Term>,
}

/// A question, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// All of these at once.
    pub clauses: Vec<Clause>,
    /// Whether only its beginning was read.
    pub is_cut: bool,
}

impl Question {
    /// Reads what was typed.
    pub fn read(typed: &str) -> Self {
        let letters = typed.chars().count();
        let typed: String = typed.chars().take(MOST_LETTERS).collect();
        let mut question = Self { clauses: Vec::new(), is_cut: letters > MOST_LETTERS };
        let (mut left, mut joins) = (MOST_PIECES, false);
        for chunk in chunks(&typed) {
            if chunk.is_or {
                joins = !question.clauses.is_empty();
                continue;
            }
            let mut pieces = cut(&chunk.text);
            let mut used = 0;
            pieces.retain(|piece| {
                used += piece.weight();
                used <= left
            });
            question.is_cut |= used > left;
            left -= used.min(left);
            if !pieces.is_empty() {
                question.add(pieces, &chunk, joins);
                joins = false;
            }
        }
        question
    }

    fn add(&mut self, pieces: Vec<Piece>, chunk: &Chunk, joins: bool) {
        let term = Term { pieces, is_literal: chunk.is_quoted || chunk.is_excluded };
        match self.clauses.last_mut().filter(|last| joins && !last.excluded && !chunk.is_excluded) {
            Some(last) => last.any.push(Term { is_literal: true, ..term }),
            None if term.is_literal => {
                self.clauses.push(Clause { excluded: chunk.is_excluded, any: vec![term] });
            }
            None => {
                let alone = |piece| Term { pieces: vec![piece], is_literal: false };
                let clause = |piece| Clause { excluded: false, any: vec![alone(piece)] };
                self.clauses.extend(term.pieces.into_iter().map(clause));
            }
        }
    }

    /// Whether nothing is asked for; what is only excluded asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.clauses.iter().all(|clause| clause.excluded)
    }

    /// Everything that a text should have.
    pub fn wanted(&self) -> impl Iterator<Item = &Piece> {
        let wanted = self.clauses.iter().filter(|clause| !clause.excluded);
        wanted.flat_map(|clause| &clause.any).flat_map(|term| &term.pieces)
    }

    /// The number that is asked for, where nothing else is.
    pub fn number(&self) -> Option<i64> {
        match self.clauses.as_slice() {
            [Clause { excluded: false, any }] => match any.as_slice() {
                [Term { pieces, .. }] => match pieces.as_slice() {
                    [Piece::Word(word)] => word.parse().ok().filter(|number| *number > 0),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

/// The words and runs of signs of a text, in their order.
pub fn cut(text: &str) -> Vec<Piece> {
    let piece = |stretch| match stretch {
        Stretch::Word(word, _) => Piece::Word(word),
        Stretch::Signs(signs) => Piece::Signs(signs.into_iter().map(|(sign, _)| sign).collect()),
    };
    stretches(fold(text).chars().enumerate()).into_iter().map(piece).collect()
}

/// A part of a question between spaces, or between quotation marks.
struct Chunk {
    text: String,
    is_quoted: bool,
    is_excluded: bool,
    is_or: bool,
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{FF02}' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '《' | '》')
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2212}' | '\u{FF0D}')
}

fn chunks(typed: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut rest = typed.trim_start();
    while let Some(first) = rest.chars().next() {
        let minus =
            rest[first.len_utf8()..].chars().next().filter(|next| is_minus(first) && !next.is_whitespace());
        let is_excluded = minus.is_some_and(|next| next.is_alphanumeric() || is_quote(next));
        let after = if is_excluded { &rest[first.len_utf8()..] } else { rest };
        let (text, is_quoted, next) = one(after);
        let is_or = !is_quoted && !is_excluded && matches!(text, "OR" | "|");
        chunks.push(Chunk { text: text.to_owned(), is_quoted, is_excluded, is_or });
        rest = next.trim_start();
    }
    chunks
}

/// The first chunk, whether it was quoted, and what is left. It always takes something.
fn one(rest: &str) -> (&str, bool, &str) {
    let first = rest.chars().next().filter(|c| is_quote(*c));
    if let Some(open) = first {
        let inside = &rest[open.len_utf8()..];
        return match inside.char_indices().find(|(_, c)| is_quote(*c)) {
            Some((at, close)) => (&inside[..at], true, &inside[at + close.len_utf8()..]),
            None => ("", false, inside),
        };
    }
    let end = rest.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(rest.len());
    (&rest[..end], false, &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a short hand: quoted in brackets, excluded with a minus, alternatives with a stroke.
    fn read(typed: &str) -> String {
        let term = |term: &Term| {
            let text = term.pieces.iter().map(Piece::text).collect::<Vec<_>>().join(" ");
            if term.is_literal { format!("[{text}]") } else { text }
        };
        let clause = |clause: &Clause| {
            let any = clause.any.iter().map(term).collect::<Vec<_>>().join("|");
            format!("{}{any}", if clause.excluded { "-" } else { "" })
        };
        Question::read(typed).clauses.iter().map(clause).collect::<Vec<_>>().join(" & ")
    }

    #[test]
    fn it_is_read_as_it_is_meant() {
        for (typed, meant) in [
            ("Political  prisoners", "political & prisoners"),
            ("\"Political prisoners\" Tibet", "[political prisoners] & tibet"),
            ("prisoners -released", "prisoners & -[released]"),
            ("prisoners －“on parole”", "prisoners & -[on parole]"),
            ("re-education", "re & education"),
            ("a - b", "a & b"),
            ("Tibet OR Xinjiang 2008", "tibet|[xinjiang] & 2008"),
            ("OR Tibet OR", "tibet"),
            ("or", "or"),
            ("天安门 mothers", "天安门 & mothers"),
            ("天安门mothers", "天安门 & mothers"),
            ("「政治犯」獲釋", "[政治犯] & 获释"),
            ("Élan Women’s", "elan & womens"),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
    }

    #[test]
    fn nothing_typed_is_an_error() {
        for (typed, meant) in [
            ("\"never closed", "never & closed"),
            ("\"\"\"", ""),
            ("prison* %_ & | ! ( ) <-> :*", "prison"),
            ("' ; drop table x --", "drop & table & x"),
            ("a \u{0} b", "a & b"),
            ("---", ""),
            ("-", ""),
            ("-\"", ""),
            ("", ""),
        ] {
            assert_eq!(read(typed), meant, "{typed}");
        }
        assert!(Question::read("-only").is_empty() && !Question::read("-not this").is_empty());
    }

    #[test]
    fn there_is_an_end_to_everything() {
        for long in ["word ".repeat(200), "犯".repeat(5_000), "\"a b\" OR ".repeat(500), "-x ".repeat(400)] {
            let question = Question::read(&long);
            let pieces = question.clauses.iter().flat_map(|clause| &clause.any).flat_map(|term| &term.pieces);
            assert!(
                question.is_cut && pieces.map(Piece::weight).sum::<usize>() <= MOST_PIECES,
                "{question:?}"
            );
        }
        assert!(!Question::read("two words").is_cut);
    }

    #[test]
    fn a_number_alone_is_a_number() {
        assert_eq!(Question::read("2800").number(), Some(2800));
        assert_eq!(Question::read("No. 2800").number(), None);
        assert_eq!(Question::read("-2800").number(), None);
        assert_eq!(Question::read("99999999999999999999999").number(), None);
    }
}
