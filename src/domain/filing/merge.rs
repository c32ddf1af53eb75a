use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{MergeId, TopicId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::lists;
use crate::domain::topics::commands::take_turns;
use crate::domain::topics::{Index, Topic, index};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{topic_merges, topics};

/// Merges a topic into another: its statements move, its addresses and names lead there.
pub async fn merge(
    conn: &mut Connection,
    actor: Actor,
    topic: TopicId,
    into: TopicId,
    now: Timestamp,
) -> Result<(MergeId, Change), Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        take_turns(conn).await?;
        let index = index::load(conn).await?;
        let (topic, into) = two(&index, topic, into)?;
        hold(conn, &[topic.id, into.id]).await?;
        let moved_up = index.above(into.id).iter().any(|wider| wider.id == topic.id);
        let merge = note(conn, actor, topic, into, moved_up, now).await?;
        if moved_up {
            put_under(conn, into.id, topic.parent).await?;
        }
        diesel::sql_query(MOVED)
            .bind::<BigInt, _>(topic.id)
            .bind::<BigInt, _>(into.id)
            .bind::<BigInt, _>(merge)
            .execute(conn)
            .await?;
        diesel::update(topics::table.find(topic.id))
            .set(topics::merged_into.eq(into.id))
            .execute(conn)
            .await?;
        lists::recount(conn, &[topic.id, into.id]).await?;
        let about = About { topic_id: Some(topic.id), ..About::default() };
        audit::record(conn, actor, now, Verb::TopicMerged, about).await?;
        Ok((merge, Change::Everything))
    })
    .await
}

/// Every statement leaves the one topic for the other, in one step: whoever files one of them at the
/// same time was before it or comes after it.
const MOVED: &str = "with gone as (
         delete from statement_topics where topic_id = $1 returning statement_id, merge_id
     ), noted as (
         insert into topic_merge_statements (merge_id, statement_id, had_both, was_merge_id)
         select $3, statement_id, exists (
             select 1 from statement_topics there
             where there.statement_id = gone.statement_id and there.topic_id = $2
         ), merge_id from gone
     )
     insert into statement_topics (statement_id, topic_id, merge_id)
     select statement_id, $2, $3 from gone on conflict do nothing";

/// The two topics, which have to be two and to stand.
pub(super) fn two(index: &Index, topic: TopicId, into: TopicId) -> Result<(&Topic, &Topic), Refused> {
    let gone = |id| {
        let gone = index.merged().iter().find(|merged| merged.id == id)?;
        let (locale, root) = (Locale::english(), index.get(index.root(id))?);
        let (name, into) = (gone.name(locale), root.name(locale));
        Some(Refused::Conflict(format!("“{name}” was merged into “{into}” already.")))
    };
    let find = |id| index.get(id).ok_or_else(|| gone(id).unwrap_or(Refused::NotFound));
    let (topic, into) = (find(topic)?, find(into)?);
    if topic.id == into.id {
        let why = "Please choose another topic: nothing can be merged into itself.";
        return Err(Refused::Invalid(Problems::one("into", why)));
    }
    Ok((topic, into))
}

/// Holds topics, and the counts of all lists, until the transaction ends. Nobody files under them
/// meanwhile: see `statements::commands::file`, which takes the two in the same order.
pub(super) async fn hold(conn: &mut Connection, ids: &[TopicId]) -> QueryResult<()> {
    let _: Vec<TopicId> = topics::table
        .filter(topics::id.eq_any(ids))
        .order(topics::id)
        .select(topics::id)
        .for_update()
        .load(conn)
        .await?;
    lists::hold_counts(conn).await
}

pub(super) async fn put_under(
    conn: &mut Connection,
    topic: TopicId,
    parent: Option<TopicId>,
) -> QueryResult<()> {
    diesel::update(topics::table.find(topic)).set(topics::parent_id.eq(parent)).execute(conn).await?;
    Ok(())
}

async fn note(
    conn: &mut Connection,
    actor: Actor,
    topic: &Topic,
    into: &Topic,
    moved_parent: bool,
    now: Timestamp,
) -> QueryResult<MergeId> {
    let parent: Option<TopicId> = topics::table.find(into.id).select(topics::parent_id).first(conn).await?;
    diesel::insert_into(topic_merges::table)
        .values((
            topic_merges::topic_id.eq(topic.id),
            topic_merges::into_id.eq(into.id),
            topic_merges::moved_parent.eq(moved_parent),
            topic_merges::into_parent_id.eq(parent.filter(|_| moved_parent)),
            topic_merges::merged_by.eq(actor.user),
            topic_merges::merged_at.eq(now.to_diesel()),
        ))
        .returning(topic_merges::id)
        .get_result(conn)
        .await
}
