use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::about;
use super::preview_links::{self, Over};
use super::withdraw::check_reason;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId, VersionId};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::store::{self, Translation};
use crate::domain::statements::{PublicState, lists};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;
use crate::infra::db::schema::{closed_versions, versions};

/// Which version of a text.
#[derive(Clone, Copy, Debug)]
pub struct OneVersion {
    /// The statement.
    pub statement: StatementId,
    /// The language.
    pub locale: Locale,
    /// Which.
    pub n: i32,
}

/// Takes one earlier version away from readers. Its number, its date and the reason stay.
pub async fn close_version(
    conn: &mut Connection,
    actor: Actor,
    version: OneVersion,
    reason: &str,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::Withdraw)?;
    check_reason(
        reason,
        "Readers who come for this version have to be told why it is closed. Please write a sentence.",
    )?;
    turn(conn, actor, version, Some(reason), now).await
}

/// Gives a closed version back to readers.
pub async fn reopen_version(
    conn: &mut Connection,
    actor: Actor,
    version: OneVersion,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::Withdraw)?;
    turn(conn, actor, version, None, now).await
}

async fn turn(
    conn: &mut Connection,
    actor: Actor,
    OneVersion { statement, locale, n }: OneVersion,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        let found: Option<(VersionId, RevisionId)> = versions::table
            .filter(versions::translation_id.eq(translation.id))
            .filter(versions::n.eq(n))
            .select((versions::id, versions::revision_id))
            .first(conn)
            .await
            .optional()?;
        let (version, revision) = found.ok_or(Refused::NotFound)?;
        judge(&translation, version, reason.is_some())?;
        // Its note leaves the list of changes with it, and comes back with it.
        lists::take_down(conn, statement.id).await?;
        let changed = match reason {
            Some(reason) => {
                preview_links::end(conn, Over::Revision(revision), now).await?;
                diesel::insert_into(closed_versions::table)
                    .values((
                        closed_versions::version_id.eq(version),
                        closed_versions::closed_on.eq(dates::of_moment(now).to_diesel()),
                        closed_versions::reason.eq(reason),
                    ))
                    .on_conflict_do_nothing()
                    .execute(conn)
                    .await?
            }
            None => diesel::delete(closed_versions::table.find(version)).execute(conn).await?,
        };
        if changed == 0 {
            let is = if reason.is_some() { "closed already" } else { "not closed" };
            return Err(Refused::Conflict(format!("Version {n} is {is}.")));
        }
        lists::put_up(conn, statement.id).await?;
        store::touch(conn, statement.id, now).await?;
        let verb = if reason.is_some() { Verb::VersionClosed } else { Verb::VersionReopened };
        let about = About { version_id: Some(version), revision_id: Some(revision), ..about(&translation) };
        audit::record(conn, actor, now, verb, about).await?;
        Ok(Change::Statement(statement.id))
    })
    .await
}

fn judge(translation: &Translation, version: VersionId, closes: bool) -> Result<(), Refused> {
    let why = match translation.public_state {
        PublicState::Removed => "This text was removed for good. Its words are gone.",
        PublicState::Published if closes && translation.live_version_id == Some(version) => {
            "This is what readers read today. Publish a correction first and then close this version, or withdraw \
             the text."
        }
        PublicState::Withdrawn if closes && translation.live_version_id == Some(version) => {
            "This is what readers would have again when the text is reinstated. It is withdrawn with the text; it \
             can be closed by itself once a later version is public."
        }
        _ => return Ok(()),
    };
    Err(Refused::Conflict(why.to_owned()))
}
