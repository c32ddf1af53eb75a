//! Sign-ins. A row's id is the SHA-256 of the key in the cookie: a stolen table opens nothing, and
//! deleting a row ends a sign-in at once, in every process.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use crate::domain::ids::UserId;
use crate::infra::db::Connection;
use crate::infra::db::schema::sessions;
use crate::text::digest;

/// What a session holds: names and values.
pub type State = HashMap<String, String>;

/// The state of a session that has not run out.
pub async fn load(conn: &mut Connection, key: &str, now: Timestamp) -> QueryResult<Option<State>> {
    let state: Option<serde_json::Value> = sessions::table
        .find(digest::of(key.as_bytes()))
        .filter(sessions::expires_at.gt(now.to_diesel()))
        .select(sessions::state)
        .first(conn)
        .await
        .optional()?;
    Ok(state.and_then(|state| serde_json::from_value(state).ok()))
}

/// Keeps a new session.
pub async fn insert(
    conn: &mut Connection,
    key: &str,
    user: Option<UserId>,
    state: &State,
    now: Timestamp,
    expires_at: Timestamp,
) -> QueryResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::key_digest.eq(digest::of(key.as_bytes())),
            sessions::user_id.eq(user),
            sessions::state.eq(serde_json::json!(state)),
            sessions::created_at.eq(now.to_diesel()),
            sessions::expires_at.eq(expires_at.to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps what a session holds now; `false` where it has been ended meanwhile, and stays ended.
pub async fn update(
    conn: &mut Connection,
    key: &str,
    user: Option<UserId>,
    state: &State,
    expires_at: Timestamp,
) -> QueryResult<bool> {
    let updated = diesel::update(sessions::table.find(digest::of(key.as_bytes())))
        .set((
            sessions::user_id.eq(user),
            sessions::state.eq(serde_json::json!(state)),
            sessions::expires_at.eq(expires_at.to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(updated > 0)
}

/// Moves the end of a session.
pub async fn extend(conn: &mut Connection, key: &str, expires_at: Timestamp) -> QueryResult<()> {
    diesel::update(sessions::table.find(digest::of(key.as_bytes())))
        .set(sessions::expires_at.eq(expires_at.to_diesel()))
        .execute(conn)
        .await?;
    Ok(())
}

/// Ends a session.
pub async fn end(conn: &mut Connection, key: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.find(digest::of(key.as_bytes()))).execute(conn).await?;
    Ok(())
}

/// Ends all sessions of a person.
pub async fn end_all(conn: &mut Connection, user: UserId) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(conn).await?;
    Ok(())
}

/// Forgets the sessions that have run out.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now.to_diesel()))).execute(conn).await
}
