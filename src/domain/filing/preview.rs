//! What a merge would do, and what merges did.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::merge::two;
use crate::domain::ids::{MergeId, TopicId};
use crate::domain::outcome::Refused;
use crate::domain::topics::{Index, Topic};
use crate::infra::db::Connection;
use crate::infra::db::schema::{topic_merge_statements, topic_merges, users};

/// What a merge would do.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The topic that would go.
    pub topic: Topic,
    /// The topic that would stay.
    pub into: Topic,
    /// How many statements move, of whatever state.
    pub moving: i64,
    /// How many of them have both topics.
    pub both: i64,
    /// How many of them are public: readers find them under the other topic at once.
    pub public: i64,
    /// The slugs whose addresses lead to the other topic, the one of today first.
    pub slugs: Vec<String>,
    /// The words that lead to the other topic: names, other words, words of what was merged before.
    pub words: Vec<String>,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    moving: i64,
    #[diesel(sql_type = BigInt)]
    both: i64,
    #[diesel(sql_type = BigInt)]
    public: i64,
}

/// What merging a topic into another would do.
pub async fn preview(
    conn: &mut Connection,
    index: &Index,
    topic: TopicId,
    into: TopicId,
) -> Result<Preview, Refused> {
    let (topic, into) = two(index, topic, into)?;
    let Count { moving, both, public } = diesel::sql_query(
        "select count(*) as moving,
             count(*) filter (where exists (
                 select 1 from statement_topics there
                 where there.statement_id = st.statement_id and there.topic_id = $2)) as both,
             count(*) filter (where exists (
                 select 1 from list_entries e where e.statement_id = st.statement_id)) as public
         from statement_topics st where st.topic_id = $1",
    )
    .bind::<BigInt, _>(topic.id)
    .bind::<BigInt, _>(into.id)
    .get_result(conn)
    .await?;
    let merged = index.merged().iter().filter(|gone| index.root(gone.id) == topic.id);
    let slugs =
        std::iter::once(&topic.slug).chain(&topic.old_slugs).chain(merged.flat_map(|gone| &gone.slugs));
    let mut words: Vec<String> = Vec::new();
    for word in topic.words() {
        if !words.iter().any(|known| known == word) && !into.words().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    Ok(Preview {
        slugs: slugs.cloned().collect(),
        words,
        topic: topic.clone(),
        into: into.clone(),
        moving,
        both,
        public,
    })
}

/// A merge that stands.
#[derive(Clone, Debug)]
pub struct MergeRow {
    /// Which.
    pub id: MergeId,
    /// The topic that went.
    pub topic: TopicId,
    /// Where it went.
    pub into: TopicId,
    /// Who merged them; `None` for the operator.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
    /// How many statements it moved.
    pub moved: i64,
}

/// The merges that stand, of a topic into another or of others into it; the last one first.
pub async fn merges_of(conn: &mut Connection, topic: TopicId) -> QueryResult<Vec<MergeRow>> {
    type Row = (MergeId, TopicId, TopicId, Option<String>, jiff_diesel::Timestamp);
    let rows: Vec<Row> = topic_merges::table
        .left_join(users::table.on(users::id.nullable().eq(topic_merges::merged_by)))
        .filter(topic_merges::undone_at.is_null())
        .filter(topic_merges::topic_id.eq(topic).or(topic_merges::into_id.eq(topic)))
        .order(topic_merges::id.desc())
        .select((
            topic_merges::id,
            topic_merges::topic_id,
            topic_merges::into_id,
            users::name.nullable(),
            topic_merges::merged_at,
        ))
        .load(conn)
        .await?;
    let moved: Vec<(MergeId, i64)> = topic_merge_statements::table
        .filter(topic_merge_statements::merge_id.eq_any(rows.iter().map(|row| row.0)))
        .group_by(topic_merge_statements::merge_id)
        .select((topic_merge_statements::merge_id, diesel::dsl::count_star()))
        .load(conn)
        .await?;
    let moved = |id| moved.iter().find(|(of, _)| *of == id).map_or(0, |(_, n)| *n);
    Ok(rows
        .into_iter()
        .map(|(id, topic, into, by, at)| MergeRow { id, topic, into, by, at: at.to_jiff(), moved: moved(id) })
        .collect())
}
