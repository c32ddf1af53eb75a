//! Sign-ins. A row's id is the SHA-256 of the key in the cookie: a stolen table opens nothing, and
//! deleting a row ends a sign-in at once, in every process.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::Refused;
use crate::domain::policy::Actor;
use crate::infra::db::Connection;
use crate::infra::db::schema::sessions;
use crate::text::digest;

/// How long a sign-in lasts without a visit.
pub const IDLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How long it lasts at most, however often somebody comes.
pub const AT_MOST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A visit so soon after another one is not written down.
const SOON: SignedDuration = SignedDuration::from_mins(5);

/// What a session holds: names and values.
pub type State = HashMap<String, String>;

/// Whose a session is, and how its owner tells it from their others.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// The person; `None` as long as nobody is signed in with it.
    pub user: Option<UserId>,
    /// The name by which it is ended. It opens nothing.
    pub handle: Option<String>,
    /// The browser, roughly: "Firefox on Linux".
    pub browser: String,
}

/// A sign-in as its owner sees it.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = sessions, base_query = sessions::table.filter(sessions::handle.is_not_null()))]
pub struct SignIn {
    /// The name by which it is ended.
    #[diesel(select_expression = sessions::handle.assume_not_null())]
    pub handle: String,
    /// The browser, roughly.
    pub browser: String,
    /// When it began.
    #[diesel(deserialize_as = jiff_diesel::Timestamp)]
    pub created_at: Timestamp,
    /// The last visit, to some minutes.
    #[diesel(deserialize_as = jiff_diesel::Timestamp)]
    pub last_seen_at: Timestamp,
}

/// Before this moment began what is over by now.
fn oldest(now: Timestamp) -> jiff_diesel::Timestamp {
    now.saturating_sub(AT_MOST).unwrap_or(Timestamp::MIN).to_diesel()
}

fn ends_at(now: Timestamp) -> jiff_diesel::Timestamp {
    now.saturating_add(IDLE).unwrap_or(Timestamp::MAX).to_diesel()
}

/// The state of a session that has not run out.
pub async fn load(conn: &mut Connection, key: &str, now: Timestamp) -> QueryResult<Option<State>> {
    let state: Option<serde_json::Value> = sessions::table
        .find(digest::of(key.as_bytes()))
        .filter(sessions::expires_at.gt(now.to_diesel()))
        .filter(sessions::created_at.gt(oldest(now)))
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
    owner: &Owner,
    state: &State,
    now: Timestamp,
) -> QueryResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::key_digest.eq(digest::of(key.as_bytes())),
            sessions::user_id.eq(owner.user),
            sessions::handle.eq(&owner.handle),
            sessions::browser.eq(&owner.browser),
            sessions::state.eq(serde_json::json!(state)),
            sessions::created_at.eq(now.to_diesel()),
            sessions::last_seen_at.eq(now.to_diesel()),
            sessions::expires_at.eq(ends_at(now)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps what a session holds now; `false` where it has been ended meanwhile, and stays ended.
pub async fn update(conn: &mut Connection, key: &str, state: &State, now: Timestamp) -> QueryResult<bool> {
    let updated = diesel::update(sessions::table.find(digest::of(key.as_bytes())))
        .set((
            sessions::state.eq(serde_json::json!(state)),
            sessions::last_seen_at.eq(now.to_diesel()),
            sessions::expires_at.eq(ends_at(now)),
        ))
        .execute(conn)
        .await?;
    Ok(updated > 0)
}

/// Writes down that somebody was here, and moves the end of their sign-in.
pub async fn touch(conn: &mut Connection, handle: &str, now: Timestamp) -> QueryResult<()> {
    let before = now.saturating_sub(SOON).unwrap_or(Timestamp::MIN);
    diesel::update(sessions::table)
        .filter(sessions::handle.eq(handle))
        .filter(sessions::last_seen_at.lt(before.to_diesel()))
        .set((sessions::last_seen_at.eq(now.to_diesel()), sessions::expires_at.eq(ends_at(now))))
        .execute(conn)
        .await?;
    Ok(())
}

/// The sign-ins of a person that have not run out, the one that was used last first.
pub async fn of(conn: &mut Connection, user: UserId, now: Timestamp) -> QueryResult<Vec<SignIn>> {
    SignIn::query()
        .filter(sessions::user_id.eq(user))
        .filter(sessions::expires_at.gt(now.to_diesel()))
        .filter(sessions::created_at.gt(oldest(now)))
        .order((sessions::last_seen_at.desc(), sessions::created_at.desc()))
        .load(conn)
        .await
}

/// Ends a session.
pub async fn end(conn: &mut Connection, key: &str) -> QueryResult<()> {
    diesel::delete(sessions::table.find(digest::of(key.as_bytes()))).execute(conn).await?;
    Ok(())
}

/// Ends a sign-in of one's own, by its name.
pub async fn end_one(
    conn: &mut Connection,
    actor: Actor,
    handle: &str,
    now: Timestamp,
) -> Result<(), Refused> {
    let user = actor.user.ok_or(Refused::NotFound)?;
    conn.transaction(async |conn| {
        let own = sessions::table.filter(sessions::user_id.eq(user)).filter(sessions::handle.eq(handle));
        if diesel::delete(own).execute(conn).await? == 0 {
            return Err(Refused::NotFound);
        }
        audit::record(conn, actor, now, Verb::SignInsEnded, About::default()).await?;
        Ok(())
    })
    .await
}

/// Ends all sign-ins of one's own but this one.
pub async fn end_others(
    conn: &mut Connection,
    actor: Actor,
    this: &str,
    now: Timestamp,
) -> Result<(), Refused> {
    let user = actor.user.ok_or(Refused::NotFound)?;
    conn.transaction(async |conn| {
        end_all_but(conn, user, Some(this)).await?;
        audit::record(conn, actor, now, Verb::SignInsEnded, About::default()).await?;
        Ok(())
    })
    .await
}

/// Ends all sessions of a person.
pub async fn end_all(conn: &mut Connection, user: UserId) -> QueryResult<()> {
    end_all_but(conn, user, None).await
}

/// Ends all sessions of a person, or all but the one of a name.
pub async fn end_all_but(conn: &mut Connection, user: UserId, but: Option<&str>) -> QueryResult<()> {
    let all = diesel::delete(sessions::table.filter(sessions::user_id.eq(user)));
    match but {
        // Null is distinct from every name: what has none goes too.
        Some(handle) => all.filter(sessions::handle.is_distinct_from(handle)).execute(conn).await?,
        None => all.execute(conn).await?,
    };
    Ok(())
}

/// Forgets the sessions that have run out.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    let over = sessions::expires_at.le(now.to_diesel()).or(sessions::created_at.le(oldest(now)));
    diesel::delete(sessions::table.filter(over)).execute(conn).await
}
