use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{StatementId, UserId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, Role, may};
use crate::domain::statements::{people, store};
use crate::infra::db::Connection;
use crate::infra::db::schema::statement_people;

/// Limits a statement on the desk to these people; to nobody: opens it to the whole desk. Whoever limits
/// it is among them, whether they named themselves or not: nobody locks themselves out.
pub async fn limit_to(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    wanted: &[UserId],
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let mut wanted = wanted.to_vec();
        let sees_it_anyway = actor.role >= Role::Administrator || actor.user == statement.created_by;
        if !wanted.is_empty() && !sees_it_anyway {
            wanted.extend(actor.user);
        }
        wanted.sort();
        wanted.dedup();
        let today = people::limited_to(conn, statement.id).await?;
        if wanted == today {
            return Ok(Change::Unseen);
        }
        let known: Vec<UserId> = people::everybody(conn).await?.into_iter().map(|person| person.id).collect();
        if !wanted.iter().all(|id| known.contains(id) || today.contains(id)) {
            let why = "One of these people no longer has an account. Please look at the list again.";
            return Err(Refused::Invalid(Problems::one("people", why)));
        }
        diesel::delete(statement_people::table.filter(statement_people::statement_id.eq(statement.id)))
            .execute(conn)
            .await?;
        let rows: Vec<_> = wanted
            .iter()
            .map(|user| (statement_people::statement_id.eq(statement.id), statement_people::user_id.eq(user)))
            .collect();
        diesel::insert_into(statement_people::table).values(rows).execute(conn).await?;
        store::touch(conn, statement.id, now).await?;
        let verb = if wanted.is_empty() { Verb::LimitLifted } else { Verb::Limited };
        let about = About { statement_id: Some(statement.id), ..About::default() };
        audit::record(conn, actor, now, verb, about).await?;
        Ok(Change::Unseen)
    })
    .await
}
