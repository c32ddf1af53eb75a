use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use crate::domain::ids::StatementId;
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::{PublicState, lists, store};
use crate::infra::db::Connection;
use crate::infra::db::schema::statements;

/// Removes every sample: words emptied, out of every list. Their addresses say that they were samples.
pub async fn remove_samples(conn: &mut Connection, actor: Actor, now: Timestamp) -> Result<Change, Refused> {
    may(actor, Action::KeepSite)?;
    conn.transaction(async |conn| {
        // All locked before the first leaves the lists: see `lists::take_down`.
        let samples: Vec<StatementId> = statements::table
            .filter(statements::is_sample)
            .order(statements::id)
            .select(statements::id)
            .for_no_key_update()
            .load(conn)
            .await?;
        for sample in samples {
            remove(conn, actor, sample, now).await?;
        }
        Ok(Change::Everything)
    })
    .await
}

async fn remove(
    conn: &mut Connection,
    actor: Actor,
    sample: StatementId,
    now: Timestamp,
) -> Result<(), Refused> {
    let sample = store::lock(conn, actor, sample).await?;
    lists::take_down(conn, sample.id).await?;
    for translation in store::translations_of(conn, sample.id).await? {
        if translation.public_state == PublicState::Removed {
            continue;
        }
        let reason = translation.locale.words().sample_note.plain().into_owned();
        super::remove::empty(conn, actor, &translation, &reason, now).await?;
    }
    lists::put_up(conn, sample.id).await?;
    Ok(())
}
