use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz};
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::retag_plan::{Plan, Retag, plan};
use crate::domain::audit::Verb;
use crate::domain::ids::{MergeId, RetagId, StatementId, TopicId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::Actor;
use crate::domain::statements::{documents, lists};
use crate::infra::db::Connection;
use crate::infra::db::schema::{retags, statements, topic_merges, topics};

/// What became of it.
#[derive(Clone, Debug)]
pub struct Retagged {
    /// To undo it by.
    pub id: RetagId,
    /// What changed, and what did not.
    pub plan: Plan,
    /// What must be made known.
    pub change: Change,
}

/// Files many statements otherwise at once. Those that the person may not file are left as they are,
/// and named.
pub async fn retag(
    conn: &mut Connection,
    actor: Actor,
    retag: Retag,
    chosen: &[StatementId],
    now: Timestamp,
) -> Result<Retagged, Refused> {
    if retag.added() == retag.removed() {
        let why = "Please choose two topics: nothing changes where one is replaced by itself.";
        return Err(Refused::Invalid(Problems::one("add", why)));
    }
    conn.transaction(async |conn| {
        lock(conn, chosen).await?;
        standing(conn, &retag.topics()).await?;
        let plan = plan(conn, actor, retag, chosen).await?;
        if plan.changing.is_empty() {
            return Err(nothing(&plan));
        }
        lists::hold_counts(conn).await?;
        let last_merge: Option<MergeId> = topic_merges::table
            .filter(topic_merges::into_id.nullable().eq(retag.added()))
            .select(diesel::dsl::max(topic_merges::id))
            .first(conn)
            .await?;
        let id: RetagId = diesel::insert_into(retags::table)
            .values((
                retags::added_id.eq(retag.added()),
                retags::removed_id.eq(retag.removed()),
                retags::last_merge_id.eq(last_merge),
                retags::made_by.eq(actor.user),
                retags::made_at.eq(now.to_diesel()),
            ))
            .returning(retags::id)
            .get_result(conn)
            .await?;
        if let Some(topic) = retag.removed() {
            change(conn, REMOVED, id, topic, &plan.changing).await?;
        }
        if let Some(topic) = retag.added() {
            // Where a merge had filed it, it is chosen by somebody from now on.
            let all: Vec<StatementId> = match retag {
                Retag::Add(_) => plan.changing.iter().chain(&plan.same).copied().collect(),
                _ => plan.changing.clone(),
            };
            change(conn, ADDED, id, topic, &all).await?;
        }
        finish(conn, actor, Verb::Retagged, &plan.changing, &retag.topics(), now).await?;
        Ok(Retagged { id, plan, change: Change::Everything })
    })
    .await
}

/// Notes who has the topic, and takes it away.
const REMOVED: &str = "with gone as (
         delete from statement_topics where topic_id = $2 and statement_id = any($3)
         returning statement_id, merge_id
     )
     insert into retag_changes (retag_id, statement_id, topic_id, had, had_merge_id)
     select $1, statement_id, $2, true, merge_id from gone";

/// Notes who has the topic, and gives it to the others.
const ADDED: &str = "with noted as (
         insert into retag_changes (retag_id, statement_id, topic_id, had, had_merge_id)
         select $1, s.id, $2, st.topic_id is not null, st.merge_id
         from statements s left join statement_topics st on st.statement_id = s.id and st.topic_id = $2
         where s.id = any($3) and (st.topic_id is null or st.merge_id is not null)
     )
     insert into statement_topics (statement_id, topic_id)
     select id, $2 from statements where id = any($3)
     on conflict (statement_id, topic_id) do update set merge_id = null";

async fn change(
    conn: &mut Connection,
    sql: &str,
    retag: RetagId,
    topic: TopicId,
    statements: &[StatementId],
) -> QueryResult<()> {
    diesel::sql_query(sql)
        .bind::<BigInt, _>(retag)
        .bind::<BigInt, _>(topic)
        .bind::<Array<BigInt>, _>(statements)
        .execute(conn)
        .await?;
    Ok(())
}

/// Counts anew, marks the statements as changed now, and leaves an event for each.
pub(super) async fn finish(
    conn: &mut Connection,
    actor: Actor,
    verb: Verb,
    changed: &[StatementId],
    topics: &[TopicId],
    now: Timestamp,
) -> QueryResult<()> {
    lists::recount(conn, topics).await?;
    documents::keep_topics(conn, changed).await?;
    diesel::update(statements::table.filter(statements::id.eq_any(changed)))
        .set(statements::touched_at.eq(now.to_diesel()))
        .execute(conn)
        .await?;
    diesel::sql_query(
        "insert into audit_events (happened_at, actor_id, verb, statement_id, topic_id)
         select $1, $2, $3, id, $4 from unnest($5) id order by id",
    )
    .bind::<Timestamptz, _>(now.to_diesel())
    .bind::<Nullable<BigInt>, _>(actor.user)
    .bind::<Text, _>(verb)
    .bind::<Nullable<BigInt>, _>(topics.first().copied())
    .bind::<Array<BigInt>, _>(changed)
    .execute(conn)
    .await?;
    Ok(())
}

/// Locks statements one after the other, as every command on them does: before topics and counts.
pub(super) async fn lock(conn: &mut Connection, ids: &[StatementId]) -> QueryResult<()> {
    let _: Vec<StatementId> = statements::table
        .filter(statements::id.eq_any(ids))
        .order(statements::id)
        .select(statements::id)
        .for_no_key_update()
        .load(conn)
        .await?;
    Ok(())
}

/// Topics that exist and stand, and are not merged before the transaction ends.
pub(super) async fn standing(conn: &mut Connection, ids: &[TopicId]) -> Result<(), Refused> {
    let known: Vec<Option<TopicId>> = topics::table
        .filter(topics::id.eq_any(ids))
        .order(topics::id)
        .select(topics::merged_into)
        .for_key_share()
        .load(conn)
        .await?;
    if known.len() < ids.len() {
        return Err(Refused::NotFound);
    }
    if known.iter().any(Option::is_some) {
        return Err(Refused::Conflict(
            "One of these topics was merged into another meanwhile. Please choose again.".to_owned(),
        ));
    }
    Ok(())
}

fn nothing(plan: &Plan) -> Refused {
    if plan.same.is_empty() && plan.full.is_empty() && !plan.not_yours.is_empty() {
        return Refused::Forbidden(
            "Authors file the statements that they began, until they are public. Please ask an editor.",
        );
    }
    Refused::Conflict("Nothing changes: none of these statements has to be filed otherwise.".to_owned())
}
