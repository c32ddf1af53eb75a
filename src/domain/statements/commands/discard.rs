use diesel_async::AsyncConnection as _;
use jiff::Timestamp;

use super::{about, next};
use crate::domain::audit::{self, Verb};
use crate::domain::ids::StatementId;
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::store;
use crate::domain::statements::workflow::Move;
use crate::i18n::Locale;
use crate::infra::db::Connection;

/// Puts away a draft that never was public. Nothing is deleted: [`undiscard`] takes it back.
pub async fn discard(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    now: Timestamp,
) -> Result<Change, Refused> {
    put_aside(conn, actor, statement, locale, now, (Move::Discard, Verb::Discarded)).await
}

/// Takes a discarded draft back to the desk, as it was.
pub async fn undiscard(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    now: Timestamp,
) -> Result<Change, Refused> {
    put_aside(conn, actor, statement, locale, now, (Move::Undiscard, Verb::Undiscarded)).await
}

async fn put_aside(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    now: Timestamp,
    (wanted, verb): (Move, Verb),
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        store::set_state(conn, translation.id, next(&translation, wanted)?).await?;
        store::touch(conn, statement.id, now).await?;
        audit::record(conn, actor, now, verb, about(&translation)).await?;
        Ok(Change::Unseen)
    })
    .await
}
