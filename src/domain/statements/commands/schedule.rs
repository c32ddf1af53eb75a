use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{Timestamp, ToSpan as _};
use jiff_diesel::ToDiesel as _;

use super::next;
use super::publish::Fit;
use super::review::{Named, decided, done, name_save};
use crate::domain::accounts::users;
use crate::domain::audit::Verb;
use crate::domain::ids::StatementId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Actor, may};
use crate::domain::statements::workflow::{Move, State};
use crate::domain::statements::{ChangeKind, DeskState, review, store};
use crate::domain::zones::Moment;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::translations;

/// What goes out by itself, and when.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// The save.
    pub named: Named,
    /// When.
    pub moment: Moment,
    /// How a public text changes then, with what readers are told; `None` for a first version.
    pub change: Option<(ChangeKind, String)>,
}

/// How far ahead a time may lie: more is a slip of the finger.
const YEARS: i16 = 5;

/// Gives one save of a text a time at which it goes public by itself, or another time. All that
/// `publish` would ask is asked now.
pub async fn schedule(
    conn: &mut Connection,
    actor: Actor,
    wanted: Appointment,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let Appointment { named, ref moment, .. } = wanted;
        let (statement, text) = named.open(conn, actor).await?;
        may(actor, review::publishing(conn, &text).await?)?;
        let state = next(&text, Move::Schedule)?;
        check_time(moment.at, now, "time")?;
        let texts = store::translations_of(conn, statement.id).await?;
        let (of, change) = ((&text, named.revision), wanted.change.clone());
        let fit = Fit::judge(conn, actor, &statement, &texts, of, change, moment.at).await?;
        if !text.desk_state.names_a_save() {
            name_save(conn, text.id, named.revision, None, now).await?;
        }
        enter(conn, &text, state, moment, fit.change.as_ref()).await?;
        decided(conn, text.id, actor.user, now).await?;
        if let Some(user) = actor.user {
            users::remember_zone(conn, user, &moment.zone).await?;
        }
        done(conn, actor, &text, Verb::Scheduled, now).await
    })
    .await
}

/// Takes a text off the schedule. It stays approved.
pub async fn unschedule(
    conn: &mut Connection,
    actor: Actor,
    (statement, locale): (StatementId, Locale),
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        let text = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        may(actor, review::publishing(conn, &text).await?)?;
        store::set_state(conn, text.id, next(&text, Move::Unschedule)?).await?;
        decided(conn, text.id, actor.user, now).await?;
        done(conn, actor, &text, Verb::Unscheduled, now).await
    })
    .await
}

/// Refuses a time that is past, or years away.
pub(super) fn check_time(at: Timestamp, now: Timestamp, field: &'static str) -> Result<(), Refused> {
    let latest = now.to_zoned(jiff::tz::TimeZone::UTC).checked_add(YEARS.years());
    let why = if at <= now {
        "This time is past already. Please choose one that is still to come.".to_owned()
    } else if latest.is_ok_and(|latest| at > latest.timestamp()) {
        format!("This time is more than {YEARS} years ahead. Please check the year.")
    } else {
        return Ok(());
    };
    Err(Refused::Invalid(Problems::one(field, why)))
}

/// State and time in one step: the database takes neither without the other.
async fn enter(
    conn: &mut Connection,
    text: &store::Translation,
    State { public, desk }: State,
    moment: &Moment,
    change: Option<&(ChangeKind, String)>,
) -> QueryResult<()> {
    diesel::update(translations::table.find(text.id))
        .set((
            translations::public_state.eq(public),
            translations::desk_state.eq(desk),
            translations::fell_back_from.eq(None::<DeskState>),
            translations::publish_at.eq(moment.at.to_diesel()),
            translations::publish_zone.eq(&moment.zone),
            translations::publish_change_kind.eq(change.map(|(kind, _)| *kind)),
            translations::publish_change_note.eq(change.map_or("", |(_, note)| note.as_str())),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
