use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{StatementId, TopicId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::store::{self, Statement};
use crate::domain::statements::{PublicState, lists};
use crate::domain::topics;
use crate::infra::db::Connection;
use crate::infra::db::schema::{statement_topics, topics as topics_table};

/// The most topics that one statement can be filed under.
pub const MOST_TOPICS: usize = 40;

/// Files a statement under these topics and no others. Where it is public, readers see it at once.
pub async fn file_under(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    wanted: &[TopicId],
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        file(conn, actor, &statement, wanted, now).await
    })
    .await
}

/// As [`file_under`], on a statement that is locked already. Nothing happens where nothing differs.
pub(super) async fn file(
    conn: &mut Connection,
    actor: Actor,
    statement: &Statement,
    wanted: &[TopicId],
    now: Timestamp,
) -> Result<Change, Refused> {
    let mut today = topics::index::of_statement(conn, statement.id).await?;
    today.sort();
    if sorted(wanted) == today {
        return Ok(Change::Unseen);
    }
    let wanted = sorted(&standing(conn, wanted).await?);
    if wanted == today {
        return Ok(Change::Unseen);
    }
    if wanted.len() > MOST_TOPICS {
        return Err(Refused::Invalid(Problems::one(
            "topics",
            format!("At most {MOST_TOPICS} topics can be chosen."),
        )));
    }
    let public = store::translations_of(conn, statement.id)
        .await?
        .iter()
        .any(|translation| translation.public_state == PublicState::Published);
    may(actor, Action::File { begun_by: statement.created_by, public })?;
    if public {
        lists::take_down(conn, statement.id).await?;
    }
    // Only what differs is touched: what a merge filed and nobody changed goes again with the merge.
    let gone = today.iter().filter(|topic| !wanted.contains(topic));
    diesel::delete(statement_topics::table.filter(statement_topics::statement_id.eq(statement.id)))
        .filter(statement_topics::topic_id.eq_any(gone))
        .execute(conn)
        .await?;
    let rows: Vec<_> = wanted
        .iter()
        .filter(|topic| !today.contains(topic))
        .map(|topic| (statement_topics::statement_id.eq(statement.id), statement_topics::topic_id.eq(topic)))
        .collect();
    diesel::insert_into(statement_topics::table).values(rows).execute(conn).await?;
    if public {
        lists::put_up(conn, statement.id).await?;
    }
    store::touch(conn, statement.id, now).await?;
    let about = About { statement_id: Some(statement.id), ..About::default() };
    audit::record(conn, actor, now, Verb::Filed, about).await?;
    Ok(if public { Change::Statement(statement.id) } else { Change::Unseen })
}

/// The topics as they stand today: one that was merged since somebody chose it is the one it leads to.
/// None of them is merged before the transaction ends.
async fn standing(conn: &mut Connection, wanted: &[TopicId]) -> Result<Vec<TopicId>, Refused> {
    let mut wanted = wanted.to_vec();
    // A merge that runs at the same time is waited for, and followed; a second look is enough for it.
    for _ in 0..4 {
        let known: Vec<(TopicId, Option<TopicId>)> = topics_table::table
            .filter(topics_table::id.eq_any(&wanted))
            .order(topics_table::id)
            .select((topics_table::id, topics_table::merged_into))
            .for_key_share()
            .load(conn)
            .await?;
        if wanted.iter().any(|id| known.iter().all(|(of, _)| of != id)) {
            let why = "One of these topics no longer exists.";
            return Err(Refused::Invalid(Problems::one("topics", why)));
        }
        if known.iter().all(|(_, merged)| merged.is_none()) {
            return Ok(wanted);
        }
        wanted = topics::index::led_to(conn, &wanted).await?;
    }
    Err(Refused::Conflict("Topics are being merged just now. Please try again in a moment.".to_owned()))
}

fn sorted(topics: &[TopicId]) -> Vec<TopicId> {
    let mut topics = topics.to_vec();
    topics.sort();
    topics.dedup();
    topics
}
