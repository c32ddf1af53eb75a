use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_diesel::ToDiesel as _;

use super::preview_links::{self, Over};
use super::publish::By;
use super::version::{self, Going};
use super::{about, next};
use crate::domain::audit::{self, Verb};
use crate::domain::ids::{StatementId, TranslationId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::workflow::Move;
use crate::domain::statements::{PublicState, embargo, lists};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;
use crate::infra::db::schema::translations;

/// Takes a public text away from readers: title, date and the reason stay at its address.
pub async fn withdraw(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    reason: &str,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::Withdraw)?;
    check_reason(
        reason,
        "Readers who come for this text have to be told why it is gone. Please write a sentence.",
    )?;
    let gone = Some((dates::of_moment(now), reason));
    turn(conn, actor, statement, locale, now, (Move::Withdraw, Verb::Withdrawn), gone).await
}

/// Whether a reason can stand before readers; `missing` is said where there is none.
pub(super) fn check_reason(reason: &str, missing: &'static str) -> Result<(), Refused> {
    if reason.is_empty() {
        return Err(Refused::Invalid(Problems::one("reason", missing)));
    }
    if reason.chars().count() > 2000 {
        return Err(Refused::Invalid(Problems::one("reason", "A reason has at most 2,000 characters.")));
    }
    Ok(())
}

/// Gives a withdrawn text back to readers, as it was.
pub async fn reinstate(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    now: Timestamp,
) -> Result<Change, Refused> {
    turn(conn, actor, statement, locale, now, (Move::Reinstate, Verb::Reinstated), None).await
}

async fn turn(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    now: Timestamp,
    (wanted, verb): (Move, Verb),
    gone: Option<(Date, &str)>,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Withdraw)?;
        let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        let state = next(&translation, wanted)?;
        if wanted == Move::Reinstate {
            embargo::check(&statement, now)?;
        }
        lists::take_down(conn, statement.id).await?;
        store::set_state(conn, translation.id, state).await?;
        set_gone(conn, translation.id, gone).await?;
        if state.public == PublicState::Withdrawn {
            preview_links::end(conn, Over::Text(translation.id), now).await?;
        }
        if state.public == PublicState::Published {
            catch_up(conn, actor, &statement, &translation, now).await?;
        }
        lists::put_up(conn, statement.id).await?;
        store::touch(conn, statement.id, now).await?;
        audit::record(conn, actor, now, verb, about(&translation)).await?;
        Ok(Change::Statement(statement.id))
    })
    .await
}

/// Where kind or date changed for the other languages while this text was withdrawn, it comes back with
/// a version that says so too: a statement has one kind and one date for all its readers.
async fn catch_up(
    conn: &mut Connection,
    actor: Actor,
    statement: &Statement,
    translation: &Translation,
    now: Timestamp,
) -> Result<(), Refused> {
    let Some(own) = version::live(conn, statement.number, translation).await? else { return Ok(()) };
    for other in store::translations_of(conn, statement.id).await? {
        if other.id == translation.id || other.public_state != PublicState::Published {
            continue;
        }
        if let Some(theirs) = version::live(conn, statement.number, &other).await?
            && theirs.facts != own.facts
        {
            let words = store::words(conn, own.revision).await?;
            let going =
                Going { facts: theirs.facts, by: By::Person(actor), now, change: theirs.change.as_ref() };
            return going.out(conn, statement, translation, own.revision, &words).await;
        }
    }
    Ok(())
}

/// Notes since when and why a text is gone; `None`: it is not.
pub(super) async fn set_gone(
    conn: &mut Connection,
    translation: TranslationId,
    gone: Option<(Date, &str)>,
) -> QueryResult<()> {
    diesel::update(translations::table.find(translation))
        .set((
            translations::gone_on.eq(gone.map(|(on, _)| on.to_diesel())),
            translations::gone_reason.eq(gone.map_or("", |(_, reason)| reason)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
