//! Help where nothing was found: the word that may have been meant, and the topics that are nearest.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection as _};

use super::{Failure, vector};
use crate::domain::ids::TopicId;
use crate::domain::topics::{Index, Topic};
use crate::infra::db::Connection;
use crate::text::fold::Folded;
use crate::text::question::{Piece, Question, cut};
use crate::text::search_words::{Stretch, stretches};
use crate::text::stem::{is_common, stem};
use crate::text::typing::slips;

/// How many words of a question are looked after.
const MOST_WORDS: usize = 4;

/// How many words are weighed for one.
const MOST_CHOICES: usize = 8;

const LIMITS: &str =
    "set local statement_timeout = '500ms'; set local enable_seqscan = off; set local jit = off";

/// The same question with every word that no text has put right, where that can be done.
pub async fn respell(conn: &mut Connection, typed: &str, topics: &Index) -> Result<Option<String>, Failure> {
    let question = Question::read(typed);
    let words: BTreeSet<&str> = question.wanted().filter_map(latin).collect();
    let words: Vec<&str> = words.into_iter().take(MOST_WORDS).collect();
    if words.is_empty() {
        return Ok(None);
    }
    conn.transaction(async |conn| {
        conn.batch_execute(LIMITS).await?;
        let known = frequencies(conn, &words).await?;
        let named = words_of(topics);
        let mut meant = BTreeMap::new();
        for word in words.iter().filter(|word| !known.contains_key(**word)) {
            if let Some(better) = nearest(conn, word, &named).await? {
                meant.insert((*word).to_owned(), better);
            }
        }
        Ok((!meant.is_empty()).then(|| put_right(typed, &meant)))
    })
    .await
}

fn latin(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Word(word) if word.len() >= 4 && word.bytes().all(|b| b.is_ascii_lowercase()) => Some(word),
        _ => None,
    }
}

#[derive(QueryableByName)]
struct Frequency {
    #[diesel(sql_type = Text)]
    word: String,
    #[diesel(sql_type = BigInt)]
    texts: i64,
}

/// How many texts have each of these words, up to a hundred; those that none has are left out.
async fn frequencies(conn: &mut Connection, words: &[&str]) -> QueryResult<BTreeMap<String, i64>> {
    let stems: Vec<String> = words.iter().map(|word| vector::in_any_language(&stem(word))).collect();
    let rows: Vec<Frequency> = diesel::sql_query(
        "select word, texts from unnest($1, $2) as asked (word, stem) cross join lateral (
             select count(*) as texts from (
                 select from search_documents d where d.words @@ asked.stem::tsquery limit 100) few) counted
         where texts > 0",
    )
    .bind::<Array<Text>, _>(words)
    .bind::<Array<Text>, _>(stems)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.word, row.texts)).collect())
}

#[derive(QueryableByName)]
struct Spelling {
    #[diesel(sql_type = Text)]
    word: String,
}

/// The Latin words of all topics.
fn words_of(topics: &Index) -> BTreeSet<String> {
    let pieces = topics.ids().filter_map(|id| topics.get(id)).flat_map(Topic::words).flat_map(cut);
    pieces.filter_map(|piece| latin(&piece).map(str::to_owned)).collect()
}

/// The word that was most likely meant: the fewest slips away, and of these the one that most texts have.
async fn nearest(conn: &mut Connection, word: &str, named: &BTreeSet<String>) -> QueryResult<Option<String>> {
    let like: Vec<Spelling> = diesel::sql_query(
        "(select word from search_spellings where word % $1 order by similarity(word, $1) desc limit 40)
         union select word from search_spellings where word = any($2)",
    )
    .bind::<Text, _>(word)
    .bind::<Array<Text>, _>(one_slip_away(word))
    .load(conn)
    .await?;
    let choices = like.into_iter().map(|row| row.word).chain(named.iter().cloned());
    let mut choices: Vec<(usize, String)> =
        choices.filter_map(|choice| Some((slips(word, &choice)?, choice))).collect();
    choices.sort();
    choices.dedup();
    choices.truncate(MOST_CHOICES);
    let words: Vec<&str> = choices.iter().map(|(_, choice)| choice.as_str()).collect();
    let texts = frequencies(conn, &words).await?;
    let best = choices
        .iter()
        .filter_map(|(slips, choice)| {
            let texts = texts.get(choice).copied().or(named.contains(choice).then_some(0))?;
            Some((*slips, std::cmp::Reverse(texts), choice))
        })
        .min();
    Ok(best.map(|(.., choice)| choice.clone()))
}

/// Everything that is one slip away from a short word, which has too few threes of letters to be found by.
fn one_slip_away(word: &str) -> Vec<String> {
    if word.len() > 6 {
        return Vec::new();
    }
    let letters: Vec<char> = word.chars().collect();
    let mut away = Vec::new();
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let with = |middle: &[char], after: &[char]| -> String {
            before.iter().chain(middle).chain(after).collect()
        };
        away.extend(('a'..='z').map(|letter| with(&[letter], after)));
        if let [first, rest @ ..] = after {
            away.push(with(&[], rest));
            away.extend(('a'..='z').map(|letter| with(&[letter], rest)));
            if let [second, rest @ ..] = rest {
                away.push(with(&[*second, *first], rest));
            }
        }
    }
    away
}

/// What was typed, with other words in their places and all else as it was.
fn put_right(typed: &str, meant: &BTreeMap<String, String>) -> String {
    let folded = Folded::of(typed);
    let (mut right, mut from) = (String::new(), 0);
    for stretch in stretches(folded.letters()) {
        if let Stretch::Word(word, letters) = stretch
            && let Some(better) = meant.get(&word)
        {
            let at = folded.from(letters);
            right.push_str(&typed[from..at.start]);
            right.push_str(better);
            from = at.end;
        }
    }
    right.push_str(&typed[from..]);
    right
}

/// The topics whose names or other words share most with a question; at most five.
pub fn nearest_topics(question: &Question, topics: &Index) -> Vec<TopicId> {
    let asked: Vec<String> = question.wanted().flat_map(parts).collect();
    let words: Vec<&str> = question.wanted().filter_map(latin).collect();
    let shares = |name: &str| {
        let pieces = cut(name);
        let named: Vec<String> = pieces.iter().flat_map(parts).collect();
        let same = asked.iter().filter(|part| named.contains(part)).count();
        let slipped =
            |word: &&&str| pieces.iter().filter_map(latin).any(|other| slips(word, other).is_some());
        let near = words.iter().filter(slipped).count();
        (2 * same + near, std::cmp::Reverse(named.len()))
    };
    let mut near: Vec<_> = topics
        .ids()
        .filter_map(|id| topics.get(id)?.words().map(shares).max().map(|shared| (shared, id)))
        .filter(|((shared, _), _)| *shared > 0)
        .collect();
    near.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    near.into_iter().take(5).map(|(_, id)| id).collect()
}

/// The stems and pairs of a piece.
fn parts(piece: &Piece) -> Vec<String> {
    match piece {
        Piece::Word(word) if is_common(word) => Vec::new(),
        Piece::Word(word) => vec![stem(word)],
        Piece::Signs(signs) if signs.len() == 1 => vec![signs[0].to_string()],
        Piece::Signs(signs) => signs.windows(2).map(|two| two.iter().collect()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_put_right_where_it_stands() {
        let meant = BTreeMap::from([("prisners".to_owned(), "prisoners".to_owned())]);
        assert_eq!(put_right("“Prisners” 天安门 -x PRISNERS", &meant), "“prisoners” 天安门 -x prisoners");
    }

    #[test]
    fn all_that_is_one_slip_away_is_known() {
        let away = one_slip_away("tibte");
        for word in ["tibet", "tibe", "tibtes", "tbte", "ribte", "freedom", "tib"] {
            assert_eq!(away.contains(&word.to_owned()), slips("tibte", word) == Some(1), "{word}");
        }
        assert!(away.len() < 500 && one_slip_away("prisoner").is_empty());
    }
}
