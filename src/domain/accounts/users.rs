//! The people who may sign in.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Actor, Role};
use crate::domain::zones::Zone;
use crate::infra::db::Connection;
use crate::infra::db::schema::{one_time_links, users};

/// A person who may sign in.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = users, base_query = users::table.filter(users::revoked_at.is_null()))]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The address they sign in with.
    pub email: String,
    /// What the others call them.
    pub name: String,
    /// What they are trusted with.
    pub role: Role,
    /// The hash of the password, once there is one.
    pub password_hash: Option<String>,
}

impl User {
    /// As the one who asks.
    pub fn actor(&self) -> Actor {
        Actor { user: Some(self.id), role: self.role }
    }
}

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The address they sign in with.
    pub email: String,
    /// What the others call them.
    pub name: String,
    /// What they are trusted with.
    pub role: Role,
    /// The hash of their password; `None` for somebody who is invited to choose one.
    pub password_hash: Option<String>,
}

impl NewUser {
    /// What keeps them from being added.
    pub fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        if let Some(problem) = name_problem(&self.name) {
            problems.add("person", problem);
        }
        let looks_like_an_address = self.email.split_once('@').is_some_and(|(before, after)| {
            let blank = self.email.contains(char::is_whitespace);
            !before.is_empty() && !after.is_empty() && !blank && !after.contains('@')
        });
        if !looks_like_an_address || self.email.len() > 254 {
            problems.add("email", "This does not look like an e-mail address.");
        }
        problems
    }
}

/// The person of an id, unless revoked.
pub async fn by_id(conn: &mut Connection, id: UserId) -> QueryResult<Option<User>> {
    User::query().filter(users::id.eq(id)).first(conn).await.optional()
}

/// The person of an e-mail address in any letter case, unless revoked.
pub async fn by_email(conn: &mut Connection, email: &str) -> QueryResult<Option<User>> {
    User::query().filter(lower(users::email).eq(lower(email))).first(conn).await.optional()
}

/// The time zone that a person chose last.
pub async fn zone_of(conn: &mut Connection, id: UserId) -> QueryResult<Option<Zone>> {
    users::table.find(id).select(users::time_zone).first(conn).await
}

/// Keeps the time zone that a person chose, to be offered the next time.
pub async fn remember_zone(conn: &mut Connection, id: UserId, zone: &Zone) -> QueryResult<()> {
    diesel::update(users::table.find(id)).set(users::time_zone.eq(zone)).execute(conn).await?;
    Ok(())
}

/// Whether there is anybody at all.
pub async fn is_anybody_there(conn: &mut Connection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(users::table.select(users::id))).get_result(conn).await
}

/// Adds a person.
pub async fn add(
    conn: &mut Connection,
    actor: Actor,
    user: NewUser,
    now: Timestamp,
) -> Result<UserId, Refused> {
    user.problems().into_result()?;
    conn.transaction(async |conn| {
        let id: Option<UserId> = diesel::insert_into(users::table)
            .values((
                users::email.eq(&user.email),
                users::name.eq(&user.name),
                users::role.eq(user.role),
                users::password_hash.eq(&user.password_hash),
                users::created_at.eq(now.to_diesel()),
            ))
            .on_conflict_do_nothing()
            .returning(users::id)
            .get_result(conn)
            .await
            .optional()?;
        let Some(id) = id else {
            return Err(Refused::Invalid(Problems::one(
                "email",
                "There is already an account with this address.",
            )));
        };
        audit::record(conn, actor, now, Verb::UserAdded, About { user_id: Some(id), ..About::default() })
            .await?;
        Ok(id)
    })
    .await
}

/// Somebody's name, as it may be.
fn name_problem(name: &str) -> Option<&'static str> {
    let characters = name.chars().count();
    (characters == 0 || characters > 100).then_some("Please give a name of at most 100 characters.")
}

/// Changes one's own name.
pub async fn rename(conn: &mut Connection, actor: Actor, name: &str, now: Timestamp) -> Result<(), Refused> {
    let id = actor.user.ok_or(Refused::NotFound)?;
    if let Some(problem) = name_problem(name) {
        return Err(Refused::Invalid(Problems::one("person", problem)));
    }
    conn.transaction(async |conn| {
        let differs = users::table.find(id).filter(users::name.ne(name));
        if diesel::update(differs).set(users::name.eq(name)).execute(conn).await? > 0 {
            let about = About { user_id: Some(id), ..About::default() };
            audit::record(conn, actor, now, Verb::UserRenamed, about).await?;
        }
        Ok(())
    })
    .await
}

/// Writes down that a person signed in.
pub async fn signed_in(conn: &mut Connection, user: &User, now: Timestamp) -> Result<(), Refused> {
    conn.transaction(async |conn| {
        diesel::update(users::table.find(user.id))
            .set(users::signed_in_at.eq(now.to_diesel()))
            .execute(conn)
            .await?;
        audit::record(conn, user.actor(), now, Verb::SignedIn, About::default()).await?;
        Ok(())
    })
    .await
}

/// Ends the links of a person that were not used yet; gives how many.
pub(super) async fn end_links(conn: &mut Connection, id: UserId, now: Timestamp) -> QueryResult<usize> {
    let open = one_time_links::table
        .filter(one_time_links::user_id.eq(id))
        .filter(one_time_links::used_at.is_null())
        .filter(one_time_links::expires_at.gt(now.to_diesel()));
    diesel::update(open).set(one_time_links::used_at.eq(now.to_diesel())).execute(conn).await
}

/// Gives a person another password, ends their links, and ends all their sign-ins but the one of this name.
pub async fn set_password(
    conn: &mut Connection,
    actor: Actor,
    id: UserId,
    password_hash: &str,
    but: Option<&str>,
    now: Timestamp,
) -> Result<(), Refused> {
    conn.transaction(async |conn| {
        diesel::update(users::table.find(id))
            .set(users::password_hash.eq(password_hash))
            .execute(conn)
            .await?;
        super::sessions::end_all_but(conn, id, but).await?;
        end_links(conn, id, now).await?;
        let about = About { user_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::PasswordChosen, about).await?;
        Ok(())
    })
    .await
}

diesel::define_sql_function! {
    /// PostgreSQL's `lower`, which the unique index of the addresses uses.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}
