//! Who may look at a draft on the desk: everybody, unless it is limited to some people. Those, who began
//! it, and administrators then see it; for everybody else it does not exist.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::store::Statement;
use crate::domain::ids::{StatementId, UserId};
use crate::domain::outcome::Refused;
use crate::domain::policy::{Action, Actor, Role, may};
use crate::infra::db::Connection;
use crate::infra::db::schema::{statement_people, statements, users};

/// Somebody of the desk, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: UserId,
    /// What the others call them.
    pub name: String,
    /// What they are trusted with.
    pub role: Role,
}

/// The people a statement is limited to; none: it is open to the whole desk.
pub async fn limited_to(conn: &mut Connection, statement: StatementId) -> QueryResult<Vec<UserId>> {
    statement_people::table
        .filter(statement_people::statement_id.eq(statement))
        .order(statement_people::user_id)
        .select(statement_people::user_id)
        .load(conn)
        .await
}

/// Their names.
pub async fn names_of(conn: &mut Connection, statement: StatementId) -> QueryResult<Vec<String>> {
    statement_people::table
        .inner_join(users::table.on(users::id.eq(statement_people::user_id)))
        .filter(statement_people::statement_id.eq(statement))
        .order(users::name)
        .select(users::name)
        .load(conn)
        .await
}

/// Refuses, as if there were no such statement, whoever may not see it.
pub async fn judge(conn: &mut Connection, actor: Actor, statement: &Statement) -> Result<(), Refused> {
    let people = limited_to(conn, statement.id).await?;
    let closed = !people.is_empty() && !actor.user.is_some_and(|user| people.contains(&user));
    may(actor, Action::See { begun_by: statement.created_by, closed })
}

/// Whether a person sees a statement, as a condition on `statements`: the same rule as [`judge`].
#[diesel::dsl::auto_type(no_type_alias)]
pub fn seen_by(person: UserId) -> _ {
    let limit = statement_people::table.filter(statement_people::statement_id.eq(statements::id));
    let named = statement_people::table
        .filter(statement_people::statement_id.eq(statements::id))
        .filter(statement_people::user_id.eq(person));
    let begun = statements::created_by.is_not_distinct_from(person);
    begun.or(exists(named)).or(not(exists(limit)))
}

/// Everybody who can be named, in the order of their names.
pub async fn everybody(conn: &mut Connection) -> QueryResult<Vec<Person>> {
    let rows: Vec<(UserId, String, Role)> = users::table
        .filter(users::revoked_at.is_null())
        .order((users::name, users::id))
        .select((users::id, users::name, users::role))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(id, name, role)| Person { id, name, role }).collect())
}
