use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Timestamptz};
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::held_up::hold_up;
use super::publish::{By, Publication, publish_by};
use crate::domain::accounts::users;
use crate::domain::ids::{StatementId, UserId};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::Actor;
use crate::domain::statements::review;
use crate::domain::statements::store::Translation;
use crate::infra::db::Connection;
use crate::infra::db::schema::translations;

/// A statement whose time had come.
#[derive(Debug)]
pub struct Due {
    /// The statement.
    pub statement: StatementId,
    /// What became of it.
    pub outcome: Result<Change, Refused>,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: StatementId,
}

/// Publishes the text whose time came first, by the command that publishes all others, as whoever
/// scheduled it and with the rights they have now. Several processes may do this at once: the statement is
/// locked before anything else, as in every command, and one that another process has is left to it. Where
/// the publication is refused, the text is held up with a note that says why. `None`: nothing is due, save
/// for `but`.
pub async fn publish_due(
    conn: &mut Connection,
    but: &[StatementId],
    now: Timestamp,
) -> Result<Option<Due>, Refused> {
    conn.transaction(async |conn| {
        let found: Option<Found> = diesel::sql_query(
            "select s.id from statements s join translations t on t.statement_id = s.id
              where t.publish_at <= $1 and s.id <> all($2)
              order by t.publish_at, t.id limit 1 for update of s skip locked",
        )
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Array<BigInt>, _>(but)
        .get_result(conn)
        .await
        .optional()?;
        let Some(Found { id: statement }) = found else { return Ok(None) };
        // Read once the lock is ours: another process may have published it just before.
        let due: Option<Translation> = Translation::query()
            .filter(translations::statement_id.eq(statement))
            .filter(translations::publish_at.le(now.to_diesel()))
            .order((translations::publish_at, translations::id))
            .first(conn)
            .await
            .optional()?;
        let outcome = match due {
            Some(text) => publish_or_hold_up(conn, &text, now).await?,
            None => Ok(Change::Unseen),
        };
        Ok(Some(Due { statement, outcome }))
    })
    .await
}

/// When the next text is due.
pub async fn next_due(conn: &mut Connection) -> QueryResult<Option<Timestamp>> {
    let next: jiff_diesel::NullableTimestamp =
        translations::table.select(diesel::dsl::min(translations::publish_at)).first(conn).await?;
    Ok(next.to_jiff())
}

async fn publish_or_hold_up(
    conn: &mut Connection,
    text: &Translation,
    now: Timestamp,
) -> Result<Result<Change, Refused>, Refused> {
    let outcome = match scheduler(conn, text).await? {
        Some(scheduler) => publish(conn, scheduler, text, now).await,
        None => Err(Refused::Forbidden("Whoever scheduled it no longer has an account.")),
    };
    match outcome {
        // It may go better the next time.
        Err(failed @ (Refused::Database(_) | Refused::Random(_))) => Ok(Err(failed)),
        Err(refused) => {
            let why = format!("It did not go public at its time. {}", in_words(&refused));
            hold_up(conn, Actor::OPERATOR, text, &why, now).await?;
            Ok(Err(refused))
        }
        Ok(change) => Ok(Ok(change)),
    }
}

async fn publish(
    conn: &mut Connection,
    scheduler: Actor,
    text: &Translation,
    now: Timestamp,
) -> Result<Change, Refused> {
    let schedule = review::of(conn, text.id).await?.schedule.ok_or(Refused::NotFound)?;
    let publication = Publication {
        statement: text.statement_id,
        locale: text.locale,
        revision: text.submitted_revision_id.ok_or(Refused::NotFound)?,
        change: schedule.change,
        announced: true,
    };
    publish_by(conn, By::TheProgram(scheduler), publication, now).await
}

/// Who scheduled a text, with the rights they have now; `None` where they have an account no longer.
async fn scheduler(conn: &mut Connection, text: &Translation) -> QueryResult<Option<Actor>> {
    let by: Option<UserId> =
        translations::table.find(text.id).select(translations::decided_by).first(conn).await?;
    match by {
        None => Ok(Some(Actor::OPERATOR)),
        Some(user) => Ok(users::by_id(conn, user).await?.map(|user| user.actor())),
    }
}

fn in_words(refused: &Refused) -> String {
    match refused {
        Refused::NotFound => "Whoever scheduled it may not see this statement any more.".to_owned(),
        Refused::Forbidden(why) => format!("Of whoever scheduled it: {why}"),
        Refused::Invalid(problems) => problems.iter().map(|(_, why)| why).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
