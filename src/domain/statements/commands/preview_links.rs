//! Links by which somebody without an account reads one revision before it is public.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::about;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{PreviewLinkId, RevisionId, StatementId, TranslationId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::{PublicState, store};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{preview_links, revisions};
use crate::text::digest;

crate::words_enum! {
    /// How long a link opens a draft.
    Life {
        /// A day.
        Day = "day",
        /// Seven days.
        Week = "week",
        /// Thirty days.
        Month = "month",
    }
}

impl Life {
    fn span(self) -> SignedDuration {
        SignedDuration::from_hours(match self {
            Self::Day => 24,
            Self::Week => 7 * 24,
            Self::Month => 30 * 24,
        })
    }
}

/// The link that is wanted.
#[derive(Clone, Debug)]
pub struct NewPreviewLink {
    /// The statement.
    pub statement: StatementId,
    /// The language.
    pub locale: Locale,
    /// The one save that it shows.
    pub revision: RevisionId,
    /// How long it opens.
    pub life: Life,
    /// What the desk tells it by; may be empty.
    pub label: String,
}

/// The most links that can be open for one text at a time: nobody keeps more in mind.
const MOST: i64 = 50;

/// Makes a link, and gives its token, of which only the digest is kept: it is told this once.
pub async fn make_preview_link(
    conn: &mut Connection,
    actor: Actor,
    link: NewPreviewLink,
    now: Timestamp,
) -> Result<String, Refused> {
    if link.label.chars().count() > 100 {
        return Err(Refused::Invalid(Problems::one("label", "At most 100 characters, please.")));
    }
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, link.statement).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let translation =
            store::translation(conn, statement.id, link.locale).await?.ok_or(Refused::NotFound)?;
        let made_by = actor.user.ok_or(Refused::Forbidden("A preview link is made by somebody with an account."))?;
        if translation.public_state == PublicState::Removed {
            return Err(Refused::Conflict("This text was removed for good. Its words are gone.".to_owned()));
        }
        if translation.live_version_id.is_none() && translation.state().is_put_away() {
            return Err(Refused::Conflict(
                "This draft is discarded. Take it back first, then somebody else can be shown it.".to_owned(),
            ));
        }
        let of_this_text = revisions::table
            .find(link.revision)
            .filter(revisions::translation_id.eq(translation.id))
            .select(revisions::id)
            .first::<RevisionId>(conn)
            .await
            .optional()?;
        of_this_text.ok_or(Refused::NotFound)?;
        let open: i64 = of(Over::Text(translation.id))
            .filter(preview_links::expires_at.gt(now.to_diesel()))
            .count()
            .get_result(conn)
            .await?;
        if open >= MOST {
            return Err(Refused::Conflict(format!(
                "There are {open} open links to this text already. Please take back one that is no longer needed."
            )));
        }
        let token = digest::token()?;
        diesel::insert_into(preview_links::table)
            .values((
                preview_links::token_digest.eq(digest::of(token.as_bytes())),
                preview_links::revision_id.eq(link.revision),
                preview_links::label.eq(&link.label),
                preview_links::made_by.eq(made_by),
                preview_links::made_at.eq(now.to_diesel()),
                preview_links::expires_at.eq((now + link.life.span()).to_diesel()),
            ))
            .execute(conn)
            .await?;
        let about = About { revision_id: Some(link.revision), ..about(&translation) };
        audit::record(conn, actor, now, Verb::PreviewLinkMade, about).await?;
        Ok(token)
    })
    .await
}

/// Takes a link back: from now on it opens nothing.
pub async fn revoke_preview_link(
    conn: &mut Connection,
    actor: Actor,
    (statement, locale): (StatementId, Locale),
    link: PreviewLinkId,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let translation = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        let revision: Option<RevisionId> = diesel::update(
            preview_links::table
                .filter(preview_links::id.eq(link))
                .filter(preview_links::revoked_at.is_null())
                .filter(preview_links::revision_id.eq_any(saves_of(translation.id))),
        )
        .set(preview_links::revoked_at.eq(now.to_diesel()))
        .returning(preview_links::revision_id)
        .get_result(conn)
        .await
        .optional()?;
        let Some(revision) = revision else {
            return Err(Refused::Conflict("This link is taken back already.".to_owned()));
        };
        let about = About { revision_id: Some(revision), ..about(&translation) };
        audit::record(conn, actor, now, Verb::PreviewLinkRevoked, about).await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Which links.
#[derive(Clone, Copy)]
pub(super) enum Over {
    /// All to any save of a text.
    Text(TranslationId),
    /// All to one save.
    Revision(RevisionId),
}

#[diesel::dsl::auto_type]
fn saves_of(text: TranslationId) -> _ {
    revisions::table.filter(revisions::translation_id.eq(text)).select(revisions::id)
}

fn of<'a>(over: Over) -> preview_links::BoxedQuery<'a, diesel::pg::Pg> {
    let open = preview_links::table.filter(preview_links::revoked_at.is_null()).into_boxed();
    match over {
        Over::Text(text) => open.filter(preview_links::revision_id.eq_any(saves_of(text))),
        Over::Revision(revision) => open.filter(preview_links::revision_id.eq(revision)),
    }
}

/// Ends all links to what is taken away from readers: what is gone from the public pages must not live on
/// in a link that somebody once gave away.
pub(super) async fn end(conn: &mut Connection, over: Over, now: Timestamp) -> QueryResult<()> {
    let ids: Vec<PreviewLinkId> = of(over).select(preview_links::id).load(conn).await?;
    diesel::update(preview_links::table.filter(preview_links::id.eq_any(ids)))
        .set(preview_links::revoked_at.eq(now.to_diesel()))
        .execute(conn)
        .await?;
    Ok(())
}

/// Empties what the desk told the links to a text by: it may have been words of it.
pub(super) async fn forget_labels(conn: &mut Connection, text: TranslationId) -> QueryResult<()> {
    diesel::update(preview_links::table.filter(preview_links::revision_id.eq_any(saves_of(text))))
        .set(preview_links::label.eq(""))
        .execute(conn)
        .await?;
    Ok(())
}
