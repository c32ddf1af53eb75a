//! A question as PostgreSQL is asked it, with the topics that its words are names or aliases of.

use std::collections::BTreeSet;

use super::vector::{own, topic};
use crate::domain::ids::TopicId;
use crate::domain::topics::Index;
use crate::infra::db::columns::quoted;
use crate::text::question::{Clause, Piece, Question, Term};
use crate::text::stem::{is_common, stem};

/// The most words of a topic's name that are looked for in a question.
const LONGEST_NAME: usize = 5;

/// The most signs of one.
const LONGEST_NAME_IN_SIGNS: usize = 10;

/// What a text needs.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Need {
    Row(Vec<Piece>),
    Topics(Vec<TopicId>),
    All(Vec<Need>),
    Any(Vec<Need>),
    Not(Box<Need>),
}

/// A question, ready to be asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Every text that is meant, and perhaps more: answered by the index alone.
    pub(super) loose: String,
    /// Exactly what is meant, where that takes a look at the text; `None` where `loose` is exact.
    pub(super) strict: Option<String>,
    /// Texts that have it all in the title.
    pub(super) title: Option<String>,
    /// The number that is asked for.
    pub(super) number: Option<i64>,
    /// What is to be marked in the hits.
    pub marked: Vec<Piece>,
    /// The topics that the question as a whole is a name of.
    pub topics: Vec<TopicId>,
}

impl Asked {
    /// What a question asks for; `None` where it asks for nothing.
    pub fn of(question: &Question, topics: &Index) -> Option<Self> {
        if question.is_empty() {
            return None;
        }
        let need = Need::All(needs(question, topics));
        Some(Self {
            loose: need.loose()?,
            strict: need.is_inexact().then(|| need.strict()),
            title: need.title(),
            number: question.number(),
            marked: marked(question),
            topics: whole(question, topics),
        })
    }
}

/// All that a question wants and excludes, one need each.
fn needs(question: &Question, topics: &Index) -> Vec<Need> {
    let mut needs = Vec::new();
    let mut rest = question.clauses.as_slice();
    let keeps_common = question.wanted().all(is_common_word);
    while let Some(first) = rest.first() {
        if let Some((span, ids)) = named_topics(rest, topics) {
            let words = rest[..span].iter().filter_map(alone).map(|piece| Need::Row(vec![piece.clone()]));
            let kept =
                words.filter(|need| span == 1 || !matches!(need, Need::Row(row) if is_common_word(&row[0])));
            needs.push(Need::Any(vec![Need::All(kept.collect()), Need::Topics(ids)]));
            rest = &rest[span..];
            continue;
        }
        rest = &rest[1..];
        match alone(first) {
            Some(piece) if is_common_word(piece) && !keeps_common => {}
            Some(Piece::Signs(signs)) => needs.push(run(signs, topics)),
            _ => needs.push(clause(first)),
        }
    }
    needs
}

fn is_common_word(piece: &Piece) -> bool {
    matches!(piece, Piece::Word(word) if is_common(word))
}

fn clause(clause: &Clause) -> Need {
    let any = Need::Any(clause.any.iter().map(|term| Need::Row(term.pieces.clone())).collect());
    if clause.excluded { Need::Not(Box::new(any)) } else { any }
}

/// The piece of a clause that is just a word or a run of signs.
fn alone(clause: &Clause) -> Option<&Piece> {
    match clause.any.as_slice() {
        [Term { pieces, is_literal: false }] if !clause.excluded => pieces.first(),
        _ => None,
    }
}

/// The topics that the question's next words are a name of, and how many words that are: the longest name.
fn named_topics(clauses: &[Clause], topics: &Index) -> Option<(usize, Vec<TopicId>)> {
    let words = clauses.iter().map_while(alone).take(LONGEST_NAME).map(Piece::text).collect::<Vec<_>>();
    (1..=words.len()).rev().find_map(|span| {
        let ids = topics.spelled_as(&words[..span].join(" "));
        (!ids.is_empty()).then(|| (span, leading(&ids, topics)))
    })
}

/// A run of signs: as it stands, or in parts where topics are named in it.
fn run(signs: &[char], topics: &Index) -> Need {
    let row = |signs: &[char]| Need::Row(vec![Piece::Signs(signs.to_vec())]);
    let whole = row(signs);
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut named = false;
    while at < signs.len() {
        let longest = (2..=LONGEST_NAME_IN_SIGNS.min(signs.len() - at)).rev().find_map(|length| {
            let ids = topics.spelled_as(&signs[at..at + length].iter().collect::<String>());
            (!ids.is_empty()).then_some((length, ids))
        });
        let Some((length, ids)) = longest else {
            at += 1;
            continue;
        };
        if from < at {
            parts.push(row(&signs[from..at]));
        }
        parts.push(Need::Any(vec![row(&signs[at..at + length]), Need::Topics(leading(&ids, topics))]));
        at += length;
        from = at;
        named = true;
    }
    if !named {
        return whole;
    }
    if from < signs.len() {
        parts.push(row(&signs[from..]));
    }
    Need::Any(vec![whole, Need::All(parts)])
}

/// Topics with all those that were merged into them: a text keeps the mark of what it was filed under.
fn leading(ids: &[TopicId], topics: &Index) -> Vec<TopicId> {
    ids.iter().flat_map(|id| topics.leading_to(*id)).collect::<BTreeSet<_>>().into_iter().collect()
}

fn whole(question: &Question, topics: &Index) -> Vec<TopicId> {
    let pieces: Vec<String> = question.wanted().map(Piece::text).collect();
    topics.spelled_as(&pieces.join(" "))
}

/// What is marked: everything wanted, but words that every text has only where nothing else is wanted.
fn marked(question: &Question) -> Vec<Piece> {
    let all_common = question.wanted().all(is_common_word);
    question.wanted().filter(|piece| all_common || !is_common_word(piece)).cloned().collect()
}

/// The mark of a topic, or of any that were merged into it.
pub(super) fn under(id: TopicId, topics: &Index) -> String {
    any_of(leading(&[id], topics).into_iter().map(|id| quoted(&topic(id))))
}

fn any_of(parts: impl Iterator<Item = String>) -> String {
    format!("({})", parts.collect::<Vec<_>>().join(" | "))
}

fn all_of(parts: Vec<String>) -> Option<String> {
    (!parts.is_empty()).then(|| format!("({})", parts.join(" & ")))
}

/// The lexemes of a row, each with how far it stands behind the one before.
fn lexemes(row: &[Piece]) -> Vec<(String, usize)> {
    let mut lexemes = Vec::new();
    let mut behind = 1;
    for piece in row {
        match piece {
            Piece::Word(word) => {
                lexemes.push((stem(word), behind));
                behind = 1;
            }
            Piece::Signs(signs) if signs.len() == 1 => {
                lexemes.push((signs[0].to_string(), behind));
                behind = 1;
            }
            Piece::Signs(signs) => {
                for two in signs.windows(2) {
                    lexemes.push((two.iter().collect(), behind));
                    behind = 1;
                }
                // The last sign of a run has a place, and no pair that begins with it.
                behind = 2;
            }
        }
    }
    lexemes
}

impl Need {
    /// What the index answers by itself; `None` where it can say nothing.
    fn loose(&self) -> Option<String> {
        match self {
            Self::Row(row) => all_of(lexemes(row).into_iter().map(|(lexeme, _)| own(&lexeme)).collect()),
            Self::Topics(ids) => Some(any_of(ids.iter().map(|id| quoted(&topic(*id))))),
            Self::All(needs) => all_of(needs.iter().filter_map(Self::loose).collect()),
            Self::Any(needs) => {
                let parts: Option<Vec<String>> = needs.iter().map(Self::loose).collect();
                parts.filter(|parts| !parts.is_empty()).map(|parts| any_of(parts.into_iter()))
            }
            Self::Not(need) => need.loose().filter(|_| !need.is_inexact()).map(|need| format!("!{need}")),
        }
    }

    /// Whether [`Need::loose`] lets more through than is meant.
    fn is_inexact(&self) -> bool {
        match self {
            Self::Row(row) => lexemes(row).len() > 1,
            Self::Topics(_) => false,
            Self::All(needs) | Self::Any(needs) => needs.iter().any(Self::is_inexact),
            Self::Not(need) => need.is_inexact(),
        }
    }

    /// Exactly what is meant.
    fn strict(&self) -> String {
        match self {
            Self::Row(row) => {
                // A sign by itself has no place: in a row it is only asked to be there.
                let has_place = |lexeme: &str| lexeme.chars().nth(1).is_some() || lexeme.is_ascii();
                let mut phrase = String::new();
                let (mut others, mut skipped) = (Vec::new(), 0);
                for (lexeme, behind) in lexemes(row) {
                    if !has_place(&lexeme) {
                        others.push(own(&lexeme));
                        skipped += behind;
                        continue;
                    }
                    if !phrase.is_empty() {
                        phrase.push_str(&format!(" <{}> ", behind + skipped));
                    }
                    skipped = 0;
                    phrase.push_str(&own(&lexeme));
                }
                if !phrase.is_empty() {
                    others.push(format!("({phrase})"));
                }
                format!("({})", others.join(" & "))
            }
            Self::Topics(ids) => any_of(ids.iter().map(|id| quoted(&topic(*id)))),
            Self::All(needs) => {
                format!("({})", needs.iter().map(Self::strict).collect::<Vec<_>>().join(" & "))
            }
            Self::Any(needs) => any_of(needs.iter().map(Self::strict)),
            Self::Not(need) => format!("!{}", need.strict()),
        }
    }

    /// All of it in the title; `None` where there is no such thing.
    fn title(&self) -> Option<String> {
        match self {
            Self::Row(row) => {
                all_of(lexemes(row).into_iter().map(|(lexeme, _)| own(&format!("^{lexeme}"))).collect())
            }
            Self::Topics(_) => None,
            Self::All(needs) => needs.iter().map(Self::title).collect::<Option<Vec<_>>>().and_then(all_of),
            Self::Any(needs) => {
                let parts: Vec<String> = needs.iter().filter_map(Self::title).collect();
                (!parts.is_empty()).then(|| any_of(parts.into_iter()))
            }
            // Left out wherever it stands; what only the text shows is looked at later.
            Self::Not(need) => {
                let none = "!'^'".to_owned();
                Some(need.loose().filter(|_| !need.is_inexact()).map_or(none, |need| format!("!{need}")))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(typed: &str) -> Asked {
        Asked::of(&Question::read(typed), &Index::default()).unwrap()
    }

    #[test]
    fn words_are_stems_and_runs_are_pairs() {
        let one = asked("Prisoners released");
        assert_eq!((one.loose.as_str(), one.strict), ("((('~prison')) & (('~releas')))", None));
        let run = asked("政治犯");
        assert_eq!(run.loose, "(('~政治' & '~治犯'))");
        assert_eq!(run.strict.as_deref(), Some("((('~政治' <1> '~治犯')))"));
        assert_eq!(run.title.as_deref(), Some("(('~^政治' & '~^治犯'))"));
        assert_eq!(asked("犯").strict, None);
    }

    #[test]
    fn a_phrase_of_both_scripts_keeps_its_distances() {
        let strict = asked("\"王丹 Wang Dan\" -\"x y\"").strict.unwrap();
        assert!(strict.contains("'~王丹' <2> '~wang' <1> '~dan'"), "{strict}");
        assert!(strict.contains("!((('~x' <1> '~y')))"), "{strict}");
    }

    #[test]
    fn what_every_text_has_is_asked_for_only_alone_or_in_a_phrase() {
        assert!(!asked("the prisoners of Tibet").loose.contains("'~the'"));
        assert!(asked("the").loose.contains("'~the'"));
        assert!(asked("\"rule of law\"").loose.contains("'~of'"));
    }

    #[test]
    fn nothing_typed_ends_a_quotation() {
        let hostile = asked("a' | 'b \\ c:* !d & (e <-> f)");
        assert_eq!(hostile.loose.matches('\'').count() % 2, 0);
        assert!(!hostile.loose.contains(":*") && !hostile.loose.contains("<->"));
        assert!(Asked::of(&Question::read("-a ()"), &Index::default()).is_none());
    }
}
