//! What administrators choose for everybody. A command reads it in its own transaction: what was chosen
//! holds from that moment on, in every process.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::audit::{self, About, Verb};
use super::outcome::{Change, Refused};
use super::policy::{Action, Actor, may};
use super::zones::Zone;
use crate::infra::db::Connection;
use crate::infra::db::schema::settings;

/// Everything that can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, HasQuery, AsChangeset)]
#[diesel(table_name = settings)]
pub struct Settings {
    /// Whether a text goes out only when somebody other than who submitted it says so.
    pub four_eyes: bool,
    /// The zone that is offered when a time is chosen.
    pub time_zone: Zone,
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
        diesel::update(settings::table).set(wanted).execute(conn).await?;
        for verb in wanted.verbs(&old) {
            audit::record(conn, actor, now, verb, About::default()).await?;
        }
        Ok(Change::Unseen)
    })
    .await
}
