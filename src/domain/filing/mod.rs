//! Many statements filed otherwise at once: topics merged and given back, one topic added, taken or
//! replaced. Each command is one transaction, set by set, and says what it takes to undo it.
//!
//! `statement_topics.merge_id` tells what a merge filed from what somebody chose. An undo takes back the
//! first and leaves the second.

mod merge;
mod preview;
mod retag;
mod retag_plan;
mod retag_undo;
mod unmerge;

pub use merge::merge;
pub use preview::{MergeRow, Preview, merges_of, preview};
pub use retag::{Retagged, retag};
pub use retag_plan::{Plan, Retag, numbered, plan, under};
pub use retag_undo::undo_retag;
pub use unmerge::unmerge;

use diesel::sql_types::{Array, BigInt};
use diesel_async::RunQueryDsl;

use super::ids::{StatementId, TopicId};
use crate::infra::db::Connection;

/// Where one of the merges that stand would have filed these statements under a topic too, it is said
/// of them that it did: who undoes something else leaves them there. `but`: a merge that does not count.
async fn hand_over(
    conn: &mut Connection,
    topic: TopicId,
    statements: &[StatementId],
    but: i64,
) -> diesel::QueryResult<()> {
    diesel::sql_query(
        "update statement_topics st set merge_id = other.merge_id
         from (select ms.statement_id, min(m.id) as merge_id
               from topic_merge_statements ms join topic_merges m on m.id = ms.merge_id
               where m.into_id = $1 and m.undone_at is null and m.id <> $3 and ms.statement_id = any($2)
               group by ms.statement_id) other
         where st.topic_id = $1 and st.statement_id = other.statement_id",
    )
    .bind::<BigInt, _>(topic)
    .bind::<Array<BigInt>, _>(statements)
    .bind::<BigInt, _>(but)
    .execute(conn)
    .await?;
    Ok(())
}
