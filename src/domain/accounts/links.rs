//! One-time links: for the first administrator, and for a new password. Only the digest of a token is kept.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::users::{self, NewUser, User};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Actor, Role};
use crate::domain::site;
use crate::infra::db::Connection;
use crate::infra::db::schema::one_time_links;
use crate::text::digest;

/// How long a link can be used.
pub const LIFE: SignedDuration = SignedDuration::from_hours(24);

crate::words_enum! {
    /// What a link is for.
    Purpose {
        /// Makes the first administrator and names the organisation.
        SetUp = "set-up",
        /// Lets one person choose a password.
        Reset = "reset",
    }
}

/// A link that can still be used.
#[derive(Clone, Debug)]
pub enum Link {
    /// For the first administrator.
    SetUp,
    /// For this person.
    Reset(User),
}

/// Makes a link to set the site up, as long as there is nobody; gives its token.
pub async fn for_set_up(conn: &mut Connection, now: Timestamp) -> Result<Option<String>, Refused> {
    if users::is_anybody_there(conn).await? {
        return Ok(None);
    }
    Ok(Some(insert(conn, Purpose::SetUp, None, now).await?))
}

/// Makes a link for a person to choose a password; gives its token.
pub async fn for_reset(
    conn: &mut Connection,
    actor: Actor,
    email: &str,
    now: Timestamp,
) -> Result<String, Refused> {
    conn.transaction(async |conn| {
        let user = users::by_email(conn, email).await?.ok_or(Refused::NotFound)?;
        let token = insert(conn, Purpose::Reset, Some(user.id), now).await?;
        let about = About { user_id: Some(user.id), ..About::default() };
        audit::record(conn, actor, now, Verb::ResetLinkMade, about).await?;
        Ok(token)
    })
    .await
}

async fn insert(
    conn: &mut Connection,
    purpose: Purpose,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<String, Refused> {
    let token = digest::token()?;
    diesel::insert_into(one_time_links::table)
        .values((
            one_time_links::token_digest.eq(digest::of(token.as_bytes())),
            one_time_links::purpose.eq(purpose),
            one_time_links::user_id.eq(user),
            one_time_links::created_at.eq(now.to_diesel()),
            one_time_links::expires_at.eq((now + LIFE).to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(token)
}

/// The link of a token: `None` when it was never made, is used, has run out, or when somebody has
/// set the site up by another one.
pub async fn find(conn: &mut Connection, token: &str, now: Timestamp) -> QueryResult<Option<Link>> {
    let found: Option<(Purpose, Option<UserId>)> = one_time_links::table
        .find(digest::of(token.as_bytes()))
        .filter(one_time_links::used_at.is_null())
        .filter(one_time_links::expires_at.gt(now.to_diesel()))
        .select((one_time_links::purpose, one_time_links::user_id))
        .first(conn)
        .await
        .optional()?;
    Ok(match found {
        Some((Purpose::SetUp, _)) if !users::is_anybody_there(conn).await? => Some(Link::SetUp),
        Some((Purpose::Reset, Some(id))) => users::by_id(conn, id).await?.map(Link::Reset),
        _ => None,
    })
}

/// Uses a link up: once, however many ask at the same time, and for nobody but the person it was made for.
async fn use_up(
    conn: &mut Connection,
    token: &str,
    purpose: Purpose,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<(), Refused> {
    let used = diesel::update(
        one_time_links::table
            .find(digest::of(token.as_bytes()))
            .filter(one_time_links::purpose.eq(purpose))
            .filter(one_time_links::user_id.is_not_distinct_from(user))
            .filter(one_time_links::used_at.is_null())
            .filter(one_time_links::expires_at.gt(now.to_diesel())),
    )
    .set(one_time_links::used_at.eq(now.to_diesel()))
    .execute(conn)
    .await?;
    if used == 1 { Ok(()) } else { Err(Refused::NotFound) }
}

/// Makes the first administrator and names the organisation.
pub async fn set_up(
    conn: &mut Connection,
    token: &str,
    first: NewUser,
    texts: &[site::Texts],
    now: Timestamp,
) -> Result<(UserId, Change), Refused> {
    conn.transaction(async |conn| {
        // One after the other, should two links be used at once: the second finds somebody there.
        diesel::sql_query("lock table users in share row exclusive mode").execute(conn).await?;
        if users::is_anybody_there(conn).await? {
            return Err(Refused::NotFound);
        }
        use_up(conn, token, Purpose::SetUp, None, now).await?;
        let first = NewUser { role: Role::Administrator, ..first };
        let id = users::add(conn, Actor::OPERATOR, first, now).await?;
        let actor = Actor { user: Some(id), role: Role::Administrator };
        let change = site::update(conn, actor, texts, now).await?;
        Ok((id, change))
    })
    .await
}

/// Chooses a new password by a link.
pub async fn reset(
    conn: &mut Connection,
    token: &str,
    user: &User,
    password_hash: &str,
    now: Timestamp,
) -> Result<(), Refused> {
    conn.transaction(async |conn| {
        use_up(conn, token, Purpose::Reset, Some(user.id), now).await?;
        users::set_password(conn, user.actor(), user.id, password_hash, None, now).await
    })
    .await
}
