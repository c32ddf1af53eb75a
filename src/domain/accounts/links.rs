//! One-time links: for the first administrator, for somebody invited, and for a new password. Only the
//! digest of a token is kept.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::users::{self, NewUser, User};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, Role, may};
use crate::domain::site;
use crate::infra::db::Connection;
use crate::infra::db::schema::one_time_links;
use crate::text::digest;

/// How long a link can be used.
pub const LIFE: SignedDuration = SignedDuration::from_hours(24);

/// How long an invitation can be used: people are away.
pub const INVITATION_LIFE: SignedDuration = SignedDuration::from_hours(7 * 24);

crate::words_enum! {
    /// What a link is for.
    Purpose {
        /// Makes the first administrator and names the organisation.
        SetUp = "set-up",
        /// Lets one person choose a password.
        Reset = "reset",
        /// Lets somebody invited choose their first password.
        Invitation = "invitation",
    }
}

impl Purpose {
    /// How long a link for it can be used.
    pub fn life(self) -> SignedDuration {
        match self {
            Self::SetUp | Self::Reset => LIFE,
            Self::Invitation => INVITATION_LIFE,
        }
    }
}

/// A link that can still be used.
#[derive(Clone, Debug)]
pub enum Link {
    /// For the first administrator.
    SetUp,
    /// For this person, who has a password.
    Reset(User),
    /// For this person, who has none yet.
    Invitation(User),
}

/// Makes a link to set the site up, as long as there is nobody; gives its token.
pub async fn for_set_up(conn: &mut Connection, now: Timestamp) -> Result<Option<String>, Refused> {
    if users::is_anybody_there(conn).await? {
        return Ok(None);
    }
    Ok(Some(insert(conn, Purpose::SetUp, None, now).await?))
}

/// Makes a link for whoever signs in with an address; gives its token.
pub async fn for_reset(
    conn: &mut Connection,
    actor: Actor,
    email: &str,
    now: Timestamp,
) -> Result<String, Refused> {
    let user = users::by_email(conn, email).await?.ok_or(Refused::NotFound)?;
    Ok(for_person(conn, actor, user.id, now).await?.1)
}

/// Makes a link for a person to choose a password, the first or another; gives its token. The links that
/// they had before are over.
pub async fn for_person(
    conn: &mut Connection,
    actor: Actor,
    id: UserId,
    now: Timestamp,
) -> Result<(Purpose, String), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        let user = users::by_id(conn, id).await?.ok_or(Refused::NotFound)?;
        let (purpose, verb) = match user.password_hash {
            Some(_) => (Purpose::Reset, Verb::ResetLinkMade),
            None => (Purpose::Invitation, Verb::InvitationMade),
        };
        users::end_links(conn, id, now).await?;
        let token = insert(conn, purpose, Some(id), now).await?;
        audit::record(conn, actor, now, verb, About { user_id: Some(id), ..About::default() }).await?;
        Ok((purpose, token))
    })
    .await
}

/// Until when a person's link can be used, if there is one.
pub async fn open_until(conn: &mut Connection, id: UserId, now: Timestamp) -> QueryResult<Option<Timestamp>> {
    let until: Option<jiff_diesel::Timestamp> = one_time_links::table
        .filter(one_time_links::user_id.eq(id))
        .filter(one_time_links::used_at.is_null())
        .filter(one_time_links::expires_at.gt(now.to_diesel()))
        .order(one_time_links::expires_at.desc())
        .select(one_time_links::expires_at)
        .first(conn)
        .await
        .optional()?;
    Ok(until.map(jiff_diesel::Timestamp::to_jiff))
}

/// Ends the links of a person that were not used yet: one that went to the wrong hands, say.
pub async fn revoke(conn: &mut Connection, actor: Actor, id: UserId, now: Timestamp) -> Result<(), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        if users::end_links(conn, id, now).await? == 0 {
            return Err(Refused::Conflict("There is no link that could still be used.".to_owned()));
        }
        let about = About { user_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::LinkRevoked, about).await?;
        Ok(())
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
            one_time_links::expires_at.eq((now + purpose.life()).to_diesel()),
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
        Some((Purpose::Invitation, Some(id))) => users::by_id(conn, id).await?.map(Link::Invitation),
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
        let change = site::update(conn, actor, texts, None, now).await?;
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

/// Chooses the first password by an invitation.
pub async fn accept(
    conn: &mut Connection,
    token: &str,
    user: &User,
    password_hash: &str,
    now: Timestamp,
) -> Result<(), Refused> {
    conn.transaction(async |conn| {
        use_up(conn, token, Purpose::Invitation, Some(user.id), now).await?;
        let about = About { user_id: Some(user.id), ..About::default() };
        audit::record(conn, user.actor(), now, Verb::InvitationAccepted, about).await?;
        users::set_password(conn, user.actor(), user.id, password_hash, None, now).await
    })
    .await
}
