//! Keeping the people: inviting them, trusting them with more or less, revoking their access.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::links;
use super::sessions;
use super::users::{self, NewUser};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, Actor, Role, may};
use crate::infra::db::Connection;
use crate::infra::db::schema::users as users_table;

crate::words_enum! {
    /// Where somebody stands.
    Standing {
        /// Has not chosen a password yet.
        Invited = "invited",
        /// Can sign in.
        Active = "active",
        /// Could once.
        Revoked = "revoked",
    }
}

/// A person as administrators see them, revoked ones too.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = users_table)]
pub struct Person {
    /// The id.
    pub id: UserId,
    /// The address they sign in with.
    pub email: String,
    /// What the others call them.
    pub name: String,
    /// What they are trusted with.
    pub role: Role,
    #[diesel(select_expression = users_table::password_hash.is_not_null())]
    has_password: bool,
    /// When their access was revoked.
    #[diesel(select_expression = users_table::revoked_at, deserialize_as = jiff_diesel::NullableTimestamp)]
    pub revoked_at: Option<Timestamp>,
    /// When they signed in last.
    #[diesel(select_expression = users_table::signed_in_at, deserialize_as = jiff_diesel::NullableTimestamp)]
    pub signed_in_at: Option<Timestamp>,
}

impl Person {
    /// Where they stand.
    pub fn standing(&self) -> Standing {
        match (self.revoked_at, self.has_password) {
            (Some(_), _) => Standing::Revoked,
            (None, true) => Standing::Active,
            (None, false) => Standing::Invited,
        }
    }
}

/// Everybody by name, those who were revoked last.
pub async fn all(conn: &mut Connection) -> QueryResult<Vec<Person>> {
    let order = (users_table::revoked_at.is_not_null(), users_table::name, users_table::id);
    Person::query().order(order).load(conn).await
}

/// One of them.
pub async fn one(conn: &mut Connection, id: UserId) -> QueryResult<Option<Person>> {
    Person::query().filter(users_table::id.eq(id)).first(conn).await.optional()
}

/// Invites somebody; gives the token of a link by which they choose a password.
pub async fn invite(
    conn: &mut Connection,
    actor: Actor,
    person: NewUser,
    now: Timestamp,
) -> Result<(UserId, String), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        let id = users::add(conn, actor, NewUser { password_hash: None, ..person }, now).await?;
        let (_, token) = links::for_person(conn, actor, id, now).await?;
        Ok((id, token))
    })
    .await
}

/// Trusts somebody with more, or with less: from their next request on.
pub async fn change_role(
    conn: &mut Connection,
    actor: Actor,
    id: UserId,
    role: Role,
    now: Timestamp,
) -> Result<(), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        let others = other_administrators(conn, id).await?;
        let person = locked(conn, id).await?;
        if person.role == role {
            return Ok(());
        }
        if person.role == Role::Administrator && person.standing() == Standing::Active && others == 0 {
            return Err(Refused::Invalid(Problems::one("role", last(actor, id, "stay one"))));
        }
        diesel::update(users_table::table.find(id)).set(users_table::role.eq(role)).execute(conn).await?;
        record(conn, actor, id, Verb::RoleChanged, now).await
    })
    .await
}

/// Revokes somebody's access: every sign-in and every link of theirs ends with it.
pub async fn revoke(conn: &mut Connection, actor: Actor, id: UserId, now: Timestamp) -> Result<(), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        let others = other_administrators(conn, id).await?;
        let person = locked(conn, id).await?;
        match person.standing() {
            Standing::Revoked => {
                return Err(Refused::Conflict("Their access is revoked already.".to_owned()));
            }
            Standing::Active if person.role == Role::Administrator && others == 0 => {
                return Err(Refused::Conflict(last(actor, id, "keep the access")));
            }
            Standing::Active | Standing::Invited => {}
        }
        diesel::update(users_table::table.find(id))
            .set(users_table::revoked_at.eq(now.to_diesel()))
            .execute(conn)
            .await?;
        sessions::end_all(conn, id).await?;
        users::end_links(conn, id, now).await?;
        record(conn, actor, id, Verb::UserRevoked, now).await
    })
    .await
}

/// Gives somebody's access back, with the role and the password that they had.
pub async fn restore(conn: &mut Connection, actor: Actor, id: UserId, now: Timestamp) -> Result<(), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        if locked(conn, id).await?.standing() != Standing::Revoked {
            return Err(Refused::Conflict("Their access is not revoked.".to_owned()));
        }
        diesel::update(users_table::table.find(id))
            .set(users_table::revoked_at.eq(None::<jiff_diesel::Timestamp>))
            .execute(conn)
            .await?;
        record(conn, actor, id, Verb::UserRestored, now).await
    })
    .await
}

/// Ends all sign-ins of somebody: a lost computer, say.
pub async fn sign_out(
    conn: &mut Connection,
    actor: Actor,
    id: UserId,
    now: Timestamp,
) -> Result<(), Refused> {
    may(actor, Action::KeepPeople)?;
    conn.transaction(async |conn| {
        locked(conn, id).await?;
        sessions::end_all(conn, id).await?;
        record(conn, actor, id, Verb::SignInsEnded, now).await
    })
    .await
}

/// How many administrators there are besides one who can sign in. All of them are held until the
/// transaction ends: two who go at the same time are not both "not the last".
async fn other_administrators(conn: &mut Connection, id: UserId) -> QueryResult<usize> {
    let all: Vec<UserId> = users_table::table
        .filter(users_table::role.eq(Role::Administrator))
        .filter(users_table::revoked_at.is_null())
        .filter(users_table::password_hash.is_not_null())
        .order(users_table::id)
        .select(users_table::id)
        .for_update()
        .load(conn)
        .await?;
    Ok(all.into_iter().filter(|other| *other != id).count())
}

async fn locked(conn: &mut Connection, id: UserId) -> Result<Person, Refused> {
    Person::query()
        .filter(users_table::id.eq(id))
        .for_update()
        .first(conn)
        .await
        .optional()?
        .ok_or(Refused::NotFound)
}

fn last(actor: Actor, id: UserId, what: &str) -> String {
    let is_own = actor.user == Some(id);
    let who = if is_own {
        "You are the only administrator, and have"
    } else {
        "This is the only administrator, who has"
    };
    format!("{who} to {what}: else nobody could let anybody in. Make somebody else an administrator first.")
}

async fn record(
    conn: &mut Connection,
    actor: Actor,
    id: UserId,
    verb: Verb,
    now: Timestamp,
) -> Result<(), Refused> {
    audit::record(conn, actor, now, verb, About { user_id: Some(id), ..About::default() }).await?;
    Ok(())
}
