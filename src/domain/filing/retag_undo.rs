use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::retag::{finish, lock, standing};
use super::retag_plan::{Retag, plan};
use crate::domain::audit::Verb;
use crate::domain::ids::{RetagId, StatementId, TopicId};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::Actor;
use crate::domain::statements::lists;
use crate::infra::db::Connection;
use crate::infra::db::schema::{retag_changes, retags};

/// Undoes a change of many statements: what it added goes, what it took comes back. What was changed
/// by hand since, and stands as the undo would leave it, stays.
pub async fn undo_retag(
    conn: &mut Connection,
    actor: Actor,
    id: RetagId,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let (added, removed) = made(conn, id).await?;
        let topics: Vec<TopicId> = added.into_iter().chain(removed).collect();
        let noted: Vec<(StatementId, TopicId, bool)> = retag_changes::table
            .filter(retag_changes::retag_id.eq(id))
            .order(retag_changes::statement_id)
            .select((retag_changes::statement_id, retag_changes::topic_id, retag_changes::had))
            .load(conn)
            .await?;
        let all: Vec<StatementId> = noted.iter().map(|(statement, ..)| *statement).collect();
        let mut changed = noted.clone();
        changed.retain(|(_, topic, had)| Some(*topic) != added || !had);
        let mut changed: Vec<StatementId> = changed.into_iter().map(|(statement, ..)| statement).collect();
        changed.dedup();
        lock(conn, &all).await?;
        allowed(conn, actor, &topics, &changed).await?;
        standing(conn, &topics).await?;
        lists::hold_counts(conn).await?;
        if let Some(topic) = added {
            for sql in [LEFT_TO_MERGES, ADOPTED, ADDED] {
                diesel::sql_query(sql).bind::<BigInt, _>(id).bind::<BigInt, _>(topic).execute(conn).await?;
            }
        }
        if let Some(topic) = removed {
            diesel::sql_query(GIVEN_BACK)
                .bind::<BigInt, _>(id)
                .bind::<BigInt, _>(topic)
                .execute(conn)
                .await?;
        }
        diesel::update(retags::table.find(id))
            .set((retags::undone_by.eq(actor.user), retags::undone_at.eq(now.to_diesel())))
            .execute(conn)
            .await?;
        finish(conn, actor, Verb::RetagUndone, &changed, &topics, now).await?;
        Ok(Change::Everything)
    })
    .await
}

/// What was added and removed.
async fn made(conn: &mut Connection, id: RetagId) -> Result<(Option<TopicId>, Option<TopicId>), Refused> {
    type Row = (Option<TopicId>, Option<TopicId>, Option<jiff_diesel::Timestamp>);
    let row: Option<Row> = retags::table
        .find(id)
        .select((retags::added_id, retags::removed_id, retags::undone_at))
        .for_update()
        .first(conn)
        .await
        .optional()?;
    match row.ok_or(Refused::NotFound)? {
        (_, _, Some(_)) => Err(Refused::Conflict("This was undone already.".to_owned())),
        (added, removed, None) => Ok((added, removed)),
    }
}

/// Whoever undoes has to be allowed to file each of the statements.
async fn allowed(
    conn: &mut Connection,
    actor: Actor,
    topics: &[TopicId],
    changed: &[StatementId],
) -> Result<(), Refused> {
    let Some(topic) = topics.first() else { return Ok(()) };
    let plan = plan(conn, actor, Retag::Remove(*topic), changed).await?;
    if plan.not_yours.is_empty() && plan.seen == changed.len() {
        return Ok(());
    }
    Err(Refused::Forbidden(
        "Some of these statements are not yours to file, or are public by now. Please ask an editor.",
    ))
}

/// What a merge had filed, or has filed since, stays on its account.
const LEFT_TO_MERGES: &str = "update statement_topics st set merge_id = other.id
     from (select c.statement_id, min(m.id) as id
           from retag_changes c join retags r on r.id = c.retag_id
           join topic_merge_statements ms on ms.statement_id = c.statement_id
           join topic_merges m on m.id = ms.merge_id
           where c.retag_id = $1 and c.topic_id = $2 and m.into_id = $2 and m.undone_at is null
             and m.id >= coalesce(c.had_merge_id, r.last_merge_id + 1, 0)
           group by c.statement_id) other
     where st.topic_id = $2 and st.statement_id = other.statement_id and st.merge_id is null";

/// What a merge had filed goes, where that was undone meanwhile.
const ADOPTED: &str = "delete from statement_topics st using retag_changes c
     where c.retag_id = $1 and c.topic_id = $2 and c.had
       and st.statement_id = c.statement_id and st.topic_id = $2 and st.merge_id is null";

/// What it added, and only that, goes.
const ADDED: &str = "delete from statement_topics st using retag_changes c
     where c.retag_id = $1 and c.topic_id = $2 and not c.had
       and st.statement_id = c.statement_id and st.topic_id = $2 and st.merge_id is null";

/// What it took comes back; unless a merge had brought it, and all that would have brought it are undone.
const GIVEN_BACK: &str = "insert into statement_topics (statement_id, topic_id, merge_id)
     select c.statement_id, c.topic_id, standing.id
     from retag_changes c
     left join lateral (
         select min(m.id) as id
         from topic_merge_statements ms join topic_merges m on m.id = ms.merge_id
         where ms.statement_id = c.statement_id and m.into_id = $2 and m.undone_at is null
           and m.id >= c.had_merge_id) standing on true
     where c.retag_id = $1 and c.topic_id = $2 and (c.had_merge_id is null or standing.id is not null)
     on conflict do nothing";
