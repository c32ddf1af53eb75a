//! How topics stand to each other: the wider one, and those to see also.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::wanted::Wanted;
use super::{Index, twins};
use crate::domain::ids::TopicId;
use crate::infra::db::Connection;
use crate::infra::db::schema::{topic_relations, topics};

/// Writes what is wanted otherwise than it is. What was chosen before a merge, and still leads to the
/// same topic, stays as it was chosen: so it is right again when the merge is undone.
pub(super) async fn write(
    conn: &mut Connection,
    index: &Index,
    id: TopicId,
    wanted: &Wanted,
) -> QueryResult<()> {
    let today = index.get(id);
    if today.and_then(|topic| topic.parent) != wanted.parent {
        diesel::update(topics::table.find(id)).set(topics::parent_id.eq(wanted.parent)).execute(conn).await?;
    }
    let related = today.map(|topic| topic.see_also.as_slice()).unwrap_or_default();
    for gone in related.iter().filter(|other| !wanted.see_also.contains(other)) {
        part(conn, &index.leading_to(id), &index.leading_to(*gone)).await?;
    }
    for new in wanted.see_also.iter().filter(|other| !related.contains(other)) {
        let (one, other) = twins::in_order(id, *new);
        diesel::insert_into(topic_relations::table)
            .values((topic_relations::one_id.eq(one), topic_relations::other_id.eq(other)))
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
    }
    Ok(())
}

async fn part(conn: &mut Connection, some: &[TopicId], others: &[TopicId]) -> QueryResult<()> {
    for (left, right) in [(some, others), (others, some)] {
        diesel::delete(
            topic_relations::table
                .filter(topic_relations::one_id.eq_any(left))
                .filter(topic_relations::other_id.eq_any(right)),
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}
