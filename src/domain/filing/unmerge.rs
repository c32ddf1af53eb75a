use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::merge::{hold, put_under};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{MergeId, StatementId, TopicId};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::{documents, lists};
use crate::domain::topics::commands::take_turns;
use crate::domain::topics::{Index, index};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{topic_merge_statements, topic_merges, topics};

/// Undoes a merge. Every statement that had the topic has it again; the topic it was merged into stays
/// only where it was before, or where somebody chose it since.
pub async fn unmerge(
    conn: &mut Connection,
    actor: Actor,
    merge: MergeId,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        take_turns(conn).await?;
        let merge = Standing::read(conn, merge).await?;
        let before = index::load(conn).await?;
        stands(&before, merge.into)?;
        hold(conn, &[merge.topic, merge.into]).await?;
        merge.file_back(conn).await?;
        diesel::update(topics::table.find(merge.topic))
            .set(topics::merged_into.eq(None::<TopicId>))
            .execute(conn)
            .await?;
        merge.stand_back(conn, &before).await?;
        diesel::update(topic_merges::table.find(merge.id))
            .set((topic_merges::undone_by.eq(actor.user), topic_merges::undone_at.eq(now.to_diesel())))
            .execute(conn)
            .await?;
        lists::recount(conn, &[merge.topic, merge.into]).await?;
        let moved = moved(conn, merge.id).await?;
        documents::keep_topics(conn, &moved).await?;
        let about = About { topic_id: Some(merge.topic), ..About::default() };
        audit::record(conn, actor, now, Verb::TopicUnmerged, about).await?;
        Ok(Change::Everything)
    })
    .await
}

/// The statements that a merge had moved.
async fn moved(conn: &mut Connection, merge: MergeId) -> QueryResult<Vec<StatementId>> {
    topic_merge_statements::table
        .filter(topic_merge_statements::merge_id.eq(merge))
        .select(topic_merge_statements::statement_id)
        .load(conn)
        .await
}

/// What this merge filed, and a later one would have filed too, stays on account of the later one. An
/// earlier one has no say: somebody had taken away what it filed, or this one would have found it.
const LEFT_TO_OTHERS: &str = "update statement_topics st set merge_id = later.id
     from (select ms.statement_id, min(m.id) as id
           from topic_merge_statements ms join topic_merges m on m.id = ms.merge_id
           where m.into_id = $3 and m.undone_at is null and m.id > $1
           group by ms.statement_id) later
     where st.topic_id = $3 and st.merge_id = $1 and st.statement_id = later.statement_id";

/// What else this merge filed goes.
const TAKEN_AWAY: &str = "delete from statement_topics where topic_id = $3 and merge_id = $1";

/// Every statement that had the topic has it again, as it had it.
const GIVEN_BACK: &str = "insert into statement_topics (statement_id, topic_id, merge_id)
     select statement_id, $2, was_merge_id from topic_merge_statements where merge_id = $1
     on conflict do nothing";

/// A merge that was not undone.
struct Standing {
    id: MergeId,
    topic: TopicId,
    into: TopicId,
    moved_parent: bool,
    into_parent: Option<TopicId>,
}

impl Standing {
    async fn read(conn: &mut Connection, merge: MergeId) -> Result<Self, Refused> {
        type Row = (TopicId, TopicId, bool, Option<TopicId>, Option<jiff_diesel::Timestamp>);
        let row: Option<Row> = topic_merges::table
            .find(merge)
            .select((
                topic_merges::topic_id,
                topic_merges::into_id,
                topic_merges::moved_parent,
                topic_merges::into_parent_id,
                topic_merges::undone_at,
            ))
            .first(conn)
            .await
            .optional()?;
        let (topic, into, moved_parent, into_parent, undone_at) = row.ok_or(Refused::NotFound)?;
        if undone_at.is_some() {
            return Err(Refused::Conflict("This merge was undone already.".to_owned()));
        }
        Ok(Self { id: merge, topic, into, moved_parent, into_parent })
    }

    async fn file_back(&self, conn: &mut Connection) -> QueryResult<()> {
        for sql in [LEFT_TO_OTHERS, TAKEN_AWAY, GIVEN_BACK] {
            diesel::sql_query(sql)
                .bind::<BigInt, _>(self.id)
                .bind::<BigInt, _>(self.topic)
                .bind::<BigInt, _>(self.into)
                .execute(conn)
                .await?;
        }
        Ok(())
    }

    /// Puts the two topics back under the parents they had, where nobody has chosen others since.
    async fn stand_back(&self, conn: &mut Connection, before: &Index) -> QueryResult<()> {
        if self.moved_parent {
            let above_topic: Option<TopicId> =
                topics::table.find(self.topic).select(topics::parent_id).first(conn).await?;
            let untouched = before.get(self.into).map(|into| into.parent)
                == Some(above_topic.map(|parent| before.root(parent)));
            if untouched {
                put_under(conn, self.into, self.into_parent).await?;
            }
        }
        // What was chosen since may stand the other way round: then the topic comes back on its own.
        let after = index::load(conn).await?;
        if after.has_a_ring() {
            put_under(conn, self.topic, None).await?;
        }
        Ok(())
    }
}

fn stands(index: &Index, into: TopicId) -> Result<(), Refused> {
    let Some(gone) = index.merged().iter().find(|merged| merged.id == into) else { return Ok(()) };
    let locale = Locale::english();
    let name = gone.name(locale);
    let next = index.get(index.root(into)).map_or("", |topic| topic.name(locale));
    Err(Refused::Conflict(format!(
        "“{name}” was itself merged after this, and leads to “{next}” now. Please undo that merge first, and then \
         this one."
    )))
}
