use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::{held_up, schedule};
use crate::domain::accounts::users;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::StatementId;
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::{review, store};
use crate::domain::zones::{Moment, Zone};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::statements;

/// Sets, moves or lifts (`None`) the embargo of a statement. What is scheduled before it comes off the
/// schedule, with a note that says why; gives the languages of these texts.
pub async fn set_embargo(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    wanted: Option<Moment>,
    now: Timestamp,
) -> Result<(Change, Vec<Locale>), Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Embargo)?;
        if statement.embargo() == wanted {
            return Ok((Change::Unseen, Vec::new()));
        }
        if let Some(moment) = &wanted {
            schedule::check_time(moment.at, now, "time")?;
            if let Some(user) = actor.user {
                users::remember_zone(conn, user, &moment.zone).await?;
            }
        }
        diesel::update(statements::table.find(statement.id))
            .set((
                statements::not_before.eq(wanted.as_ref().map(|moment| moment.at.to_diesel())),
                statements::not_before_zone.eq(wanted.as_ref().map(|moment| moment.zone.clone())),
            ))
            .execute(conn)
            .await?;
        store::touch(conn, statement.id, now).await?;
        let verb = if wanted.is_some() { Verb::EmbargoSet } else { Verb::EmbargoLifted };
        let about = About { statement_id: Some(statement.id), ..About::default() };
        audit::record(conn, actor, now, verb, about).await?;
        let stopped = match &wanted {
            Some(moment) => stop_earlier(conn, actor, statement.id, moment, now).await?,
            None => Vec::new(),
        };
        Ok((Change::Unseen, stopped))
    })
    .await
}

async fn stop_earlier(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    embargo: &Moment,
    now: Timestamp,
) -> Result<Vec<Locale>, Refused> {
    let mut stopped = Vec::new();
    for text in store::translations_of(conn, statement).await? {
        let schedule = review::of(conn, text.id).await?.schedule;
        if let Some(early) = schedule.filter(|schedule| schedule.moment.at < embargo.at) {
            let why = format!(
                "Taken off the schedule: it was to go public on {}, and an embargo was set until {embargo}.",
                early.moment
            );
            held_up::hold_up(conn, actor, &text, &why, now).await?;
            stopped.push(text.locale);
        }
    }
    Ok(stopped)
}

/// The zone to offer somebody: the one they chose last, else the organisation's.
pub async fn zone_for(conn: &mut Connection, actor: Actor) -> QueryResult<Zone> {
    let own = match actor.user {
        Some(user) => users::zone_of(conn, user).await?,
        None => None,
    };
    match own {
        Some(zone) => Ok(zone),
        None => Ok(crate::domain::settings::Settings::read(conn).await?.time_zone),
    }
}
