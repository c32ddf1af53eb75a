//! What a person signs in with besides a password: apps that give codes, passkeys, and recovery codes
//! for the day when both are lost.

pub mod ceremonies;
pub mod passkeys;
pub mod recovery;
pub mod totp;

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::passwords::MIN_CHARACTERS;
use super::sessions;
use super::users::User;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::UserId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, Role, may};
use crate::infra::db::schema::{passkeys as passkeys_table, recovery_codes, settings, totp_devices, users};
use crate::infra::db::{Connection, functions};

/// The most apps, and the most passkeys, of one person.
pub const MOST: usize = 20;

/// Everything that a person has.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    /// The apps that give codes.
    pub apps: Vec<totp::App>,
    /// The passkeys.
    pub passkeys: Vec<passkeys::Key>,
    /// How many recovery codes are left.
    pub recovery_left: i64,
}

impl Factors {
    /// How many there are, recovery codes aside.
    pub fn count(&self) -> usize {
        self.apps.len() + self.passkeys.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }
}

/// Everything that a person has.
pub async fn of(conn: &mut Connection, user: UserId) -> QueryResult<Factors> {
    Ok(Factors {
        apps: totp::of(conn, user).await?,
        passkeys: passkeys::of(conn, user).await?,
        recovery_left: recovery::left(conn, user).await?,
    })
}

/// Whether a password alone no longer lets this person in.
pub async fn has_second_factor(conn: &mut Connection, user: UserId) -> QueryResult<bool> {
    diesel::select(functions::has_second_factor(user)).get_result(conn).await
}

/// Whether this person has to get a second factor before anything else: one is demanded of publishers and
/// administrators, and they have none.
pub async fn is_lacking(conn: &mut Connection, user: &User) -> QueryResult<bool> {
    if !is_asked_of(user.role) {
        return Ok(false);
    }
    let lacking =
        settings::second_factor_demanded.and(diesel::dsl::not(functions::has_second_factor(user.id)));
    Ok(settings::table.select(lacking).first(conn).await.optional()?.unwrap_or(false))
}

/// Whether the demand is meant for this role: those whose word goes out to readers.
pub fn is_asked_of(role: Role) -> bool {
    role >= Role::Publisher
}

/// Takes every second factor of a person away, recovery codes too, for somebody who has lost them all. Their
/// password goes as well, which may be too short to stand alone, and all their sign-ins end: they begin anew,
/// with a link that only they get. Whoever stole the password and asks for this has gained nothing.
pub async fn forget(
    conn: &mut Connection,
    actor: Actor,
    of: UserId,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::ForgetFactors { of })?;
    conn.transaction(async |conn| {
        lock(conn, of).await?;
        let apps =
            diesel::delete(totp_devices::table.filter(totp_devices::user_id.eq(of))).execute(conn).await?;
        let keys = diesel::delete(passkeys_table::table.filter(passkeys_table::user_id.eq(of)))
            .execute(conn)
            .await?;
        diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(of))).execute(conn).await?;
        if apps + keys == 0 {
            return Err(Refused::Conflict("There is no second factor to take away.".to_owned()));
        }
        diesel::update(users::table.find(of))
            .set(users::password_hash.eq(None::<String>))
            .execute(conn)
            .await?;
        sessions::end_all(conn, of).await?;
        record(conn, actor, of, Verb::FactorsForgotten, now).await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Writes down that somebody knew a password, and not the code after it.
pub async fn record_refusal(conn: &mut Connection, of: UserId, now: Timestamp) -> QueryResult<()> {
    // By nobody: who it was is what the code was to show.
    record(conn, Actor::OPERATOR, of, Verb::CodeRefused, now).await
}

/// One after the other: who adds or takes away a factor holds the person's row.
async fn lock(conn: &mut Connection, user: UserId) -> Result<(), Refused> {
    let found: Option<UserId> =
        users::table.find(user).select(users::id).for_update().first(conn).await.optional()?;
    found.map(drop).ok_or(Refused::NotFound)
}

/// What is known of the password of somebody who takes a factor away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordSeen {
    /// It was typed just now, and is long enough to stand alone.
    Long,
    /// It was typed just now, and is not.
    Short,
    /// It was not typed: a hash does not tell how long it is.
    No,
}

/// What has to stay true after one was taken away; else the transaction ends here.
async fn after_removal(conn: &mut Connection, user: &User, password: PasswordSeen) -> Result<(), Refused> {
    if has_second_factor(conn, user.id).await? {
        return Ok(());
    }
    let demanded: bool = settings::table.select(settings::second_factor_demanded).first(conn).await?;
    if demanded && is_asked_of(user.role) {
        return Err(Refused::Conflict(
            "This is your last one, and of publishers and administrators a second factor is demanded here. Add \
             another first."
                .to_owned(),
        ));
    }
    match password {
        PasswordSeen::Long => {}
        PasswordSeen::Short => {
            return Err(Refused::Conflict(format!(
                "This is your last one, and your password has fewer than {MIN_CHARACTERS} characters, which is too short to \
                 stand alone. Please choose a longer one first, on the page of your account."
            )));
        }
        PasswordSeen::No => {
            let words = "This is your last one: please type your password, which will stand alone.";
            return Err(Refused::Invalid(Problems::one("password", words)));
        }
    }
    // They open nothing without a factor that they stand in for.
    diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user.id))).execute(conn).await?;
    Ok(())
}

async fn record(
    conn: &mut Connection,
    actor: Actor,
    user: UserId,
    verb: Verb,
    now: Timestamp,
) -> QueryResult<()> {
    audit::record(conn, actor, now, verb, About { user_id: Some(user), ..About::default() }).await
}

/// What somebody calls a device of theirs; something sensible where they call it nothing.
fn named(typed: &str, otherwise: &str) -> Result<String, Refused> {
    match typed.trim() {
        "" => Ok(otherwise.to_owned()),
        name if name.chars().count() > 60 => {
            Err(Refused::Invalid(Problems::one("name", "Please use at most 60 characters.")))
        }
        name => Ok(name.to_owned()),
    }
}
