//! Which version of its original a translation follows: chosen before it goes out, settled when it does,
//! and confirmed when the original has changed and the translation needs no change.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::about;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId, VersionId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::{PublicState, following};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{translations, versions};

/// Chooses the version of its original that the next publication of a translation will say it follows;
/// `None`: the one that is public then. Readers see nothing of it before that publication, whose version
/// keeps it, so it leaves no event of its own.
pub async fn choose_followed(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    version: Option<VersionId>,
) -> Result<Change, Refused> {
    may(actor, Action::PUBLISH_ANYTHING)?;
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        if let Some(version) = version {
            let original = store::translation(conn, statement.id, statement.original_locale).await?;
            let original = original.filter(|original| original.id != translation.id);
            let known = match &original {
                Some(original) => following::is_of(conn, version, original).await?,
                None => false,
            };
            if !known {
                return Err(Refused::Invalid(Problems::one(
                    "follows",
                    "The original has no such version. Please choose one of the list.",
                )));
            }
        }
        diesel::update(translations::table.find(translation.id))
            .set(translations::will_follow_version_id.eq(version))
            .execute(conn)
            .await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Says that a public translation needs no change: it follows its original as that is today, and readers
/// are no longer told that it lags.
pub async fn confirm_following(
    conn: &mut Connection,
    actor: Actor,
    statement: StatementId,
    locale: Locale,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::ConfirmFollowing)?;
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        if translation.public_state != PublicState::Published {
            return Err(Refused::Conflict(
                "This text is not public, so readers are told nothing of it.".to_owned(),
            ));
        }
        let lagging = following::lagging_of(conn, statement.id).await?;
        if lagging.iter().all(|lagging| lagging.locale != locale) {
            return Err(Refused::Conflict("This text follows its original already.".to_owned()));
        }
        let live = live_original(conn, &statement).await?;
        diesel::update(translations::table.find(translation.id))
            .set(translations::based_on_version_id.eq(live))
            .execute(conn)
            .await?;
        store::touch(conn, statement.id, now).await?;
        let about = About { version_id: live, ..about(&translation) };
        audit::record(conn, actor, now, Verb::FollowingConfirmed, about).await?;
        Ok(Change::Statement(statement.id))
    })
    .await
}

async fn live_original(conn: &mut Connection, statement: &Statement) -> QueryResult<Option<VersionId>> {
    let live: Option<Option<VersionId>> = translations::table
        .filter(translations::statement_id.eq(statement.id))
        .filter(translations::locale.eq(LocaleColumn(statement.original_locale)))
        .filter(translations::public_state.eq(PublicState::Published))
        .select(translations::live_version_id)
        .first(conn)
        .await
        .optional()?;
    Ok(live.flatten())
}

/// What a translation follows from the publication on that is about to be written: what was chosen, else
/// the original as it is public now, else what it followed before.
pub(super) async fn settle(
    conn: &mut Connection,
    statement: &Statement,
    translation: &Translation,
) -> QueryResult<()> {
    if translation.locale == statement.original_locale {
        return Ok(());
    }
    let (before, chosen) = following::of(conn, translation.id).await?;
    let follows = match chosen {
        Some(chosen) => Some(chosen),
        None => live_original(conn, statement).await?.or(before),
    };
    diesel::update(translations::table.find(translation.id))
        .set((
            translations::based_on_version_id.eq(follows),
            translations::will_follow_version_id.eq(None::<VersionId>),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// An original went out. Translations that followed the version before go along where its words are the
/// same: kind and date are theirs too. So do those that were public before any original was.
pub(super) async fn original_went_out(
    conn: &mut Connection,
    original: &Translation,
    version: VersionId,
    revision: RevisionId,
) -> QueryResult<()> {
    let same_words = versions::table
        .filter(versions::id.nullable().is_not_distinct_from(original.live_version_id))
        .filter(versions::revision_id.eq(revision))
        .select(versions::id.nullable());
    let followers = translations::table
        .filter(translations::statement_id.eq(original.statement_id))
        .filter(translations::id.ne(original.id))
        .filter(translations::live_version_id.is_not_null())
        .filter(
            translations::based_on_version_id
                .is_null()
                .or(translations::based_on_version_id.eq_any(same_words).assume_not_null()),
        );
    diesel::update(followers).set(translations::based_on_version_id.eq(version)).execute(conn).await?;
    Ok(())
}
