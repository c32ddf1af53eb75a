//! Sign-ins that failed: how many, and one event an hour for the audit log, so that a flood of them fills
//! neither. What was typed and from where is not kept.

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{RoundMode, SignedDuration, Timestamp, TimestampRound, Unit};
use jiff_diesel::ToDiesel as _;

use super::users;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::Refused;
use crate::domain::policy::Actor;
use crate::infra::db::Connection;
use crate::infra::db::schema::failed_sign_ins;

/// How long the counts are kept.
const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How a sign-in failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The password was wrong.
    Wrong,
    /// There were too many tries: the password was not looked at.
    Slowed,
}

/// Counts a failure for whoever signs in with an address; for nobody where nobody does.
pub async fn note(
    conn: &mut Connection,
    account: &str,
    failure: Failure,
    now: Timestamp,
) -> Result<(), Refused> {
    let Some(user) = users::by_email(conn, account).await? else { return Ok(()) };
    let down = TimestampRound::new().smallest(Unit::Hour).mode(RoundMode::Trunc);
    let hour = now.round(down).unwrap_or(now);
    let (wrong, slowed) = match failure {
        Failure::Wrong => (1, 0),
        Failure::Slowed => (0, 1),
    };
    conn.transaction(async |conn| {
        let (all_wrong, all_slowed): (i32, i32) = diesel::insert_into(failed_sign_ins::table)
            .values((
                failed_sign_ins::user_id.eq(user.id),
                failed_sign_ins::hour_at.eq(hour.to_diesel()),
                failed_sign_ins::wrong.eq(wrong),
                failed_sign_ins::slowed.eq(slowed),
            ))
            .on_conflict((failed_sign_ins::user_id, failed_sign_ins::hour_at))
            .do_update()
            .set((
                failed_sign_ins::wrong.eq(failed_sign_ins::wrong + excluded(failed_sign_ins::wrong)),
                failed_sign_ins::slowed.eq(failed_sign_ins::slowed + excluded(failed_sign_ins::slowed)),
            ))
            .returning((failed_sign_ins::wrong, failed_sign_ins::slowed))
            .get_result(conn)
            .await?;
        let (is_first, verb) = match failure {
            Failure::Wrong => (all_wrong == 1, Verb::SignInFailed),
            Failure::Slowed => (all_slowed == 1, Verb::SignInSlowed),
        };
        if is_first {
            let about = About { user_id: Some(user.id), ..About::default() };
            // By nobody: whoever tried is not known.
            audit::record(conn, Actor::OPERATOR, now, verb, about).await?;
        }
        Ok(())
    })
    .await
}

/// How many sign-ins of a person failed since a moment: with a wrong password, and for being too many.
pub async fn since(conn: &mut Connection, user: UserId, from: Timestamp) -> QueryResult<(i64, i64)> {
    use diesel::dsl::sum;
    let (wrong, slowed): (Option<i64>, Option<i64>) = failed_sign_ins::table
        .filter(failed_sign_ins::user_id.eq(user))
        .filter(failed_sign_ins::hour_at.ge(from.to_diesel()))
        .select((sum(failed_sign_ins::wrong), sum(failed_sign_ins::slowed)))
        .first(conn)
        .await?;
    Ok((wrong.unwrap_or(0), slowed.unwrap_or(0)))
}

/// Forgets old counts.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    let old = now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN);
    diesel::delete(failed_sign_ins::table.filter(failed_sign_ins::hour_at.lt(old.to_diesel())))
        .execute(conn)
        .await
}
