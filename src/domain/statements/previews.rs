//! What somebody outside finds behind a preview link, and what the desk sees of its links.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::PublicState;
use super::draft::Words;
use super::people::judge;
use super::store::{self, Statement, Translation};
use crate::domain::accounts::users;
use crate::domain::ids::{PreviewLinkId, RevisionId, TranslationId, UserId, VersionId};
use crate::domain::outcome::Refused;
use crate::domain::policy::{Action, Actor, may};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{preview_links, revisions, translations, users as people, versions};
use crate::text::digest;

/// How a link was come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// By somebody who reads: it counts.
    Read,
    /// By a program that only asks whether there is something.
    LookedAt,
}

/// A draft that somebody outside may read.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The statement, with its facts as the desk has them.
    pub statement: Statement,
    /// The language.
    pub locale: Locale,
    /// The words of the one save that the link is for.
    pub words: Words,
    /// Whose eyes the pictures have to mind: whoever made the link shows no more than they see.
    pub minding: Option<UserId>,
}

/// What stands behind a link.
#[derive(Clone, Debug)]
pub enum FoundPreview {
    /// The draft.
    Here(Box<Draft>),
    /// What the link was for went public, just so.
    Public {
        /// The number.
        number: i64,
        /// The language.
        locale: Locale,
        /// Which version it is, where readers have a later one today.
        earlier: Option<i32>,
    },
    /// The link has run out or was taken back; the language of the text.
    Over(Locale),
    /// There never was such a link.
    Nothing,
}

#[derive(HasQuery)]
#[diesel(table_name = preview_links)]
struct Link {
    id: PreviewLinkId,
    revision_id: RevisionId,
    made_by: UserId,
    #[diesel(deserialize_as = jiff_diesel::Timestamp)]
    expires_at: Timestamp,
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    revoked_at: Option<Timestamp>,
}

/// What stands behind a token. A link shows no more than the person who made it may see today: it ends with
/// their account, and with their right to the text.
pub async fn find(
    conn: &mut Connection,
    token: &str,
    opened: Opened,
    now: Timestamp,
) -> QueryResult<FoundPreview> {
    let link = Link::query()
        .filter(preview_links::token_digest.eq(digest::of(token.to_ascii_lowercase().as_bytes())))
        .first(conn)
        .await
        .optional()?;
    let Some(link) = link else { return Ok(FoundPreview::Nothing) };
    let text: Translation = Translation::query()
        .filter(translations::id.eq_any(
            revisions::table.filter(revisions::id.eq(link.revision_id)).select(revisions::translation_id),
        ))
        .first(conn)
        .await?;
    if !text.locale.is_used() {
        return Ok(FoundPreview::Nothing);
    }
    let over = FoundPreview::Over(text.locale);
    let is_over = link.revoked_at.is_some() || link.expires_at <= now;
    if is_over || text.public_state == PublicState::Removed || text.state().is_put_away() {
        return Ok(over);
    }
    let Some(statement) = store::statement(conn, text.statement_id).await? else { return Ok(over) };
    let Some(maker) = users::by_id(conn, link.made_by).await? else { return Ok(over) };
    if !may_be_shown(conn, maker.actor(), &statement).await? {
        return Ok(over);
    }
    if opened == Opened::Read {
        diesel::update(preview_links::table.find(link.id))
            .set((
                preview_links::opened.eq(preview_links::opened + 1),
                preview_links::opened_at.eq(now.to_diesel()),
            ))
            .execute(conn)
            .await?;
    }
    if text.public_state == PublicState::Published
        && let Some((n, is_live)) = went_public(conn, &text, link.revision_id).await?
    {
        let earlier = (!is_live).then_some(n);
        return Ok(FoundPreview::Public { number: statement.number, locale: text.locale, earlier });
    }
    let words = store::words(conn, link.revision_id).await?;
    Ok(FoundPreview::Here(Box::new(Draft {
        statement,
        locale: text.locale,
        words,
        minding: maker.actor().minding(),
    })))
}

/// Whether somebody may still show a text to others: they see the statement and may edit it.
async fn may_be_shown(conn: &mut Connection, maker: Actor, statement: &Statement) -> QueryResult<bool> {
    match judge(conn, maker, statement).await {
        Ok(()) => Ok(may(maker, Action::Edit { begun_by: statement.created_by }).is_ok()),
        Err(Refused::Database(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// As which version a save went public last, and whether that is what readers have today.
async fn went_public(
    conn: &mut Connection,
    text: &Translation,
    revision: RevisionId,
) -> QueryResult<Option<(i32, bool)>> {
    let last: Option<(VersionId, i32)> = versions::table
        .filter(versions::translation_id.eq(text.id))
        .filter(versions::revision_id.eq(revision))
        .order(versions::n.desc())
        .select((versions::id, versions::n))
        .first(conn)
        .await
        .optional()?;
    Ok(last.map(|(version, n)| (n, text.live_version_id == Some(version))))
}

/// A link as the desk sees it.
#[derive(Clone, Debug)]
pub struct PreviewLink {
    /// The id.
    pub id: PreviewLinkId,
    /// What the desk tells it by; may be empty.
    pub label: String,
    /// When the save that it shows was made.
    pub saved_at: Timestamp,
    /// Whether that is the latest save.
    pub is_latest: bool,
    /// Who made the link.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// Until when it opens.
    pub expires_at: Timestamp,
    /// Since when it opens no more, where somebody took it back.
    pub revoked_at: Option<Timestamp>,
    /// How often it was opened.
    pub opened: i32,
    /// When last.
    pub opened_at: Option<Timestamp>,
}

impl PreviewLink {
    /// Whether it opens at this moment.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// The links to a text, the newest first: as many as anybody looks through.
pub async fn of_text(conn: &mut Connection, text: &Translation) -> QueryResult<Vec<PreviewLink>> {
    type Row = (
        PreviewLinkId,
        String,
        RevisionId,
        jiff_diesel::Timestamp,
        String,
        jiff_diesel::Timestamp,
        jiff_diesel::Timestamp,
        jiff_diesel::NullableTimestamp,
        i32,
        jiff_diesel::NullableTimestamp,
    );
    let id: TranslationId = text.id;
    let rows: Vec<Row> = preview_links::table
        .inner_join(revisions::table.on(revisions::id.eq(preview_links::revision_id)))
        .inner_join(people::table.on(people::id.eq(preview_links::made_by)))
        .filter(revisions::translation_id.eq(id))
        .order(preview_links::id.desc())
        .limit(100)
        .select((
            preview_links::id,
            preview_links::label,
            preview_links::revision_id,
            revisions::created_at,
            people::name,
            preview_links::made_at,
            preview_links::expires_at,
            preview_links::revoked_at,
            preview_links::opened,
            preview_links::opened_at,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, label, revision, saved, made_by, made, expires, revoked, opened, opened_at)| PreviewLink {
            id,
            label,
            saved_at: saved.to_jiff(),
            is_latest: text.latest_revision_id == Some(revision),
            made_by,
            made_at: made.to_jiff(),
            expires_at: expires.to_jiff(),
            revoked_at: revoked.to_jiff(),
            opened,
            opened_at: opened_at.to_jiff(),
        })
        .collect())
}
