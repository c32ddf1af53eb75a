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
const MOST: usize = 40;

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
    let mut wanted = wanted.to_vec();
    wanted.sort();
    wanted.dedup();
    let mut today = topics::index::of_statement(conn, statement.id).await?;
    today.sort();
    if wanted == today {
        return Ok(Change::Unseen);
    }
    if wanted.len() > MOST {
        return Err(Refused::Invalid(Problems::one(
            "topics",
            format!("At most {MOST} topics can be chosen."),
        )));
    }
    let known: i64 =
        topics_table::table.filter(topics_table::id.eq_any(&wanted)).count().get_result(conn).await?;
    if usize::try_from(known) != Ok(wanted.len()) {
        return Err(Refused::Invalid(Problems::one("topics", "One of these topics no longer exists.")));
    }
    let public = store::translations_of(conn, statement.id)
        .await?
        .iter()
        .any(|translation| translation.public_state == PublicState::Published);
    may(actor, Action::File { begun_by: statement.created_by, public })?;
    if public {
        lists::take_down(conn, statement.id).await?;
    }
    diesel::delete(statement_topics::table.filter(statement_topics::statement_id.eq(statement.id)))
        .execute(conn)
        .await?;
    let rows: Vec<_> = wanted
        .iter()
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
