//! Topics that are probably the same: one is a spelling of the other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::Index;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::TopicId;
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::infra::db::Connection;
use crate::infra::db::schema::topic_not_twins;
use crate::text::spelling;

/// Two topics that are probably one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The one that was there first.
    pub one: TopicId,
    /// The other.
    pub other: TopicId,
    /// The words that meet: of the one, and of the other.
    pub words: Vec<(String, String)>,
}

/// Two ids in the order in which a pair is kept.
pub fn in_order(one: TopicId, other: TopicId) -> (TopicId, TopicId) {
    if one < other { (one, other) } else { (other, one) }
}

/// All pairs of topics that have words which are spellings of each other.
pub fn find(index: &Index) -> Vec<Pair> {
    let locale = crate::i18n::Locale::english();
    let mut spelled: HashMap<String, Vec<(TopicId, &str)>> = HashMap::new();
    for topic in index.in_order(locale) {
        let words: BTreeSet<&str> = topic.words().collect();
        for word in words {
            for key in spelling::keys(word) {
                spelled.entry(key).or_default().push((topic.id, word));
            }
        }
    }
    let mut pairs: BTreeMap<(TopicId, TopicId), BTreeSet<(String, String)>> = BTreeMap::new();
    for same in spelled.values() {
        for (place, (one, word)) in same.iter().enumerate() {
            for (other, theirs) in same.iter().skip(place + 1).filter(|(other, _)| other != one) {
                let (word, theirs) = if one < other { (word, theirs) } else { (theirs, word) };
                let words = pairs.entry(in_order(*one, *other)).or_default();
                words.insert(((*word).to_owned(), (*theirs).to_owned()));
            }
        }
    }
    pairs
        .into_iter()
        .map(|((one, other), words)| Pair { one, other, words: words.into_iter().collect() })
        .collect()
}

/// The topics that one with these words would be a twin of, each with its word that meets.
pub fn of_words<'a>(index: &'a Index, words: &[&str], own: Option<TopicId>) -> Vec<(TopicId, &'a str)> {
    let keys: BTreeSet<String> = words.iter().flat_map(|word| spelling::keys(word)).collect();
    let others = index.in_order(crate::i18n::Locale::english()).filter(|topic| Some(topic.id) != own);
    others
        .filter_map(|topic| {
            let meets = |word: &&str| spelling::keys(word).iter().any(|key| keys.contains(key));
            topic.words().find(meets).map(|word| (topic.id, word))
        })
        .collect()
}

/// The pairs of which somebody said that they are no twins.
pub async fn not_twins(conn: &mut Connection) -> QueryResult<Vec<(TopicId, TopicId)>> {
    topic_not_twins::table
        .order(topic_not_twins::said_at.desc())
        .select((topic_not_twins::one_id, topic_not_twins::other_id))
        .load(conn)
        .await
}

/// Says of two topics that they are no twins, and remembers it.
pub async fn say_not_twins(
    conn: &mut Connection,
    actor: Actor,
    one: TopicId,
    other: TopicId,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        let index = super::index::load(conn).await?;
        if one == other || index.get(one).is_none() || index.get(other).is_none() {
            return Err(Refused::NotFound);
        }
        if note(conn, actor, one, other, now).await? {
            record(conn, actor, Verb::NotTwins, one, now).await?;
        }
        Ok(Change::Unseen)
    })
    .await
}

/// Keeps that two topics are no twins; says whether that was new.
pub(super) async fn note(
    conn: &mut Connection,
    actor: Actor,
    one: TopicId,
    other: TopicId,
    now: Timestamp,
) -> QueryResult<bool> {
    let (one, other) = in_order(one, other);
    let noted = diesel::insert_into(topic_not_twins::table)
        .values((
            topic_not_twins::one_id.eq(one),
            topic_not_twins::other_id.eq(other),
            topic_not_twins::said_by.eq(actor.user),
            topic_not_twins::said_at.eq(now.to_diesel()),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(noted > 0)
}

/// Takes back that two topics are no twins: they are listed again.
pub async fn perhaps_twins(
    conn: &mut Connection,
    actor: Actor,
    one: TopicId,
    other: TopicId,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        let pair = in_order(one, other);
        let gone = diesel::delete(topic_not_twins::table.find(pair)).execute(conn).await?;
        if gone == 0 {
            return Err(Refused::NotFound);
        }
        record(conn, actor, Verb::PerhapsTwins, one, now).await?;
        Ok(Change::Unseen)
    })
    .await
}

async fn record(
    conn: &mut Connection,
    actor: Actor,
    verb: Verb,
    topic: TopicId,
    now: Timestamp,
) -> QueryResult<()> {
    let about = About { topic_id: Some(topic), ..About::default() };
    audit::record(conn, actor, now, verb, about).await
}
