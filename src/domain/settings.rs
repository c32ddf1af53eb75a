//! What administrators choose for everybody. A command reads it in its own transaction: what was chosen
//! holds from that moment on, in every process.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::audit::{self, About, Verb};
use super::outcome::{Change, Problems, Refused};
use super::policy::{Action, Actor, may};
use super::zones::Zone;
use crate::infra::db::schema::settings;
use crate::infra::db::{Connection, functions};

/// Everything that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, HasQuery, AsChangeset)]
#[diesel(table_name = settings)]
pub struct Settings {
    /// Whether a text goes out only when somebody other than who submitted it says so.
    pub four_eyes: bool,
    /// The zone that is offered when a time is chosen.
    pub time_zone: Zone,
    /// Whether publishers and administrators have to sign in with a second factor.
    pub second_factor_demanded: bool,
}

impl Settings {
    /// What is chosen now.
    pub async fn read(conn: &mut Connection) -> QueryResult<Self> {
        Self::query().first(conn).await
    }

    /// What was done to make these of those, for the audit log: a verb for each choice.
    fn verbs(&self, old: &Self) -> Vec<Verb> {
        let mut verbs = Vec::new();
        if self.four_eyes != old.four_eyes {
            verbs.push(if self.four_eyes { Verb::FourEyesDemanded } else { Verb::FourEyesNoLongerDemanded });
        }
        if self.time_zone != old.time_zone {
            verbs.push(Verb::TimeZoneChosen);
        }
        if self.second_factor_demanded != old.second_factor_demanded {
            verbs.push(if self.second_factor_demanded {
                Verb::SecondFactorDemanded
            } else {
                Verb::SecondFactorNoLongerDemanded
            });
        }
        verbs
    }
}

/// Chooses anew.
pub async fn update(
    conn: &mut Connection,
    actor: Actor,
    wanted: &Settings,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::KeepSettings)?;
    conn.transaction(async |conn| {
        let old: Settings = Settings::query().for_update().first(conn).await?;
        if wanted.second_factor_demanded && !old.second_factor_demanded {
            has_one_themself(conn, actor).await?;
        }
        diesel::update(settings::table).set(wanted).execute(conn).await?;
        for verb in wanted.verbs(&old) {
            audit::record(conn, actor, now, verb, About::default()).await?;
        }
        Ok(Change::Unseen)
    })
    .await
}

/// Whoever demands a second factor has one already: nobody locks themself out by a tick.
async fn has_one_themself(conn: &mut Connection, actor: Actor) -> Result<(), Refused> {
    let Some(user) = actor.user else { return Ok(()) };
    if diesel::select(functions::has_second_factor(user)).get_result(conn).await? {
        return Ok(());
    }
    let words =
        "Please add a passkey or an authenticator app of your own first, on the page of your account.";
    Err(Refused::Invalid(Problems::one("second_factor_demanded", words)))
}
