//! Questions put to passkeys and not answered yet. Each is answered once, within five minutes.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::ids::UserId;
use crate::domain::outcome::{Problems, Refused};
use crate::infra::db::Connection;
use crate::infra::db::schema::passkey_ceremonies as ceremonies;
use crate::text::digest;

/// How long a question waits for its answer: what WebAuthn recommends for people who need time.
pub const LIFE: SignedDuration = SignedDuration::from_mins(5);

/// The most questions that wait for nobody in particular: what a flood can fill is bounded.
const MOST: i64 = 10_000;

crate::words_enum! {
    /// What a question is for.
    Purpose {
        /// To add a passkey.
        Register = "register",
        /// To follow a right password.
        SecondStep = "second-step",
        /// To sign in with the passkey alone.
        SignIn = "sign-in",
    }
}

/// Keeps a question; gives the token that its answer has to bring.
pub(super) async fn ask(
    conn: &mut Connection,
    purpose: Purpose,
    user: Option<UserId>,
    state: &impl Serialize,
    now: Timestamp,
) -> Result<String, Refused> {
    prune(conn, now).await?;
    if user.is_none() && ceremonies::table.count().get_result::<i64>(conn).await? >= MOST {
        return Err(Refused::Conflict(
            "Too many people are signing in just now. Please use your password, or try again in a few minutes."
                .to_owned(),
        ));
    }
    let token = digest::token()?;
    diesel::insert_into(ceremonies::table)
        .values((
            ceremonies::token_digest.eq(digest::of(token.as_bytes())),
            ceremonies::purpose.eq(purpose),
            ceremonies::user_id.eq(user),
            ceremonies::state.eq(serde_json::json!(state)),
            ceremonies::expires_at.eq((now + LIFE).to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(token)
}

/// Takes a question up: nobody can answer it again, whether this answer is right or not.
pub(super) async fn take<T: DeserializeOwned>(
    conn: &mut Connection,
    token: &str,
    purpose: Purpose,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<T, Refused> {
    let of_this = ceremonies::table
        .find(digest::of(token.as_bytes()))
        .filter(ceremonies::purpose.eq(purpose))
        .filter(ceremonies::user_id.is_not_distinct_from(user));
    let taken: Option<(serde_json::Value, bool)> = diesel::delete(of_this)
        .returning((ceremonies::state, ceremonies::expires_at.gt(now.to_diesel())))
        .get_result(conn)
        .await
        .optional()?;
    let state = taken.filter(|(_, is_alive)| *is_alive).map(|(state, _)| state);
    state.and_then(|state| serde_json::from_value(state).ok()).ok_or_else(|| {
        Refused::Invalid(Problems::one(
            "passkey",
            "That took longer than five minutes. Please try once more.",
        ))
    })
}

/// Forgets the questions that nobody answered in time.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    diesel::delete(ceremonies::table.filter(ceremonies::expires_at.le(now.to_diesel()))).execute(conn).await
}
