//! Which texts show a picture or a file, and so who gets it: readers as long as one of them is public.

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::previews::Draft;
use super::{PublicState, people};
use crate::domain::ids::{MediaId, StatementId};
use crate::domain::media::{Blob, Medium, sight};
use crate::domain::policy::Actor;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{
    closed_versions, media, media_blobs, revision_media, revision_texts, statements, translations,
    version_media, versions,
};
use crate::text::figures;

/// What a reader finds at the address of a blob.
#[derive(Clone, Debug)]
pub enum Found {
    /// The blob: a public text shows it.
    Here(Box<(Medium, Blob)>),
    /// It was public, and no text that is public shows it any more.
    Gone,
    /// Nothing that anyone but the desk knows of.
    Nothing,
}

/// What a reader finds at a hash and name. Public is what a version shows that readers can read.
pub async fn by_address(conn: &mut Connection, hash: &str, name: &str) -> QueryResult<Found> {
    let mut was_public = false;
    for (medium, blob) in candidates(conn, hash, name).await? {
        let shown = version_media::table
            .inner_join(versions::table.on(versions::id.eq(version_media::version_id)))
            .inner_join(translations::table.on(translations::id.eq(versions::translation_id)))
            .filter(version_media::media_id.eq(medium.id))
            .filter(translations::public_state.eq(PublicState::Published))
            .filter(not(exists(
                closed_versions::table.filter(closed_versions::version_id.eq(version_media::version_id)),
            )));
        if medium.deleted_at.is_none() && diesel::select(exists(shown)).get_result(conn).await? {
            return Ok(Found::Here(Box::new((medium, blob))));
        }
        was_public |= medium.first_published_at.is_some();
    }
    Ok(if was_public { Found::Gone } else { Found::Nothing })
}

/// What somebody who is signed in finds at a hash and name: everything that is not deleted, nor hidden.
pub async fn on_the_desk(
    conn: &mut Connection,
    actor: Actor,
    hash: &str,
    name: &str,
) -> QueryResult<Option<(Medium, Blob)>> {
    let all = candidates(conn, hash, name).await?;
    for (medium, blob) in all.into_iter().filter(|(medium, _)| medium.deleted_at.is_none()) {
        if !sight::is_hidden_from(conn, actor.minding(), medium.id).await? {
            return Ok(Some((medium, blob)));
        }
    }
    Ok(None)
}

/// What somebody outside finds at a hash and name who reads a draft: what this draft shows.
pub async fn in_a_draft(
    conn: &mut Connection,
    draft: &Draft,
    hash: &str,
    name: &str,
) -> QueryResult<Option<(Medium, Blob)>> {
    let shown = figures::numbers(&draft.words.body);
    let all = candidates(conn, hash, name).await?;
    let is_there = |(medium, _): &(Medium, Blob)| medium.deleted_at.is_none() && shown.contains(&medium.id.0);
    match all.into_iter().find(is_there) {
        Some((medium, _)) if sight::is_hidden_from(conn, draft.minding, medium.id).await? => Ok(None),
        found => Ok(found),
    }
}

/// Everything that has this content under this name: the same picture can be uploaded twice.
async fn candidates(conn: &mut Connection, hash: &str, name: &str) -> QueryResult<Vec<(Medium, Blob)>> {
    let all: Vec<(Medium, Blob)> = media::table
        .inner_join(media_blobs::table)
        .filter(media_blobs::hash.eq(hash))
        .select((Medium::as_select(), Blob::as_select()))
        .load(conn)
        .await?;
    Ok(all.into_iter().filter(|(medium, blob)| blob.file_name(medium) == name).collect())
}

/// A text that shows a picture or a file.
#[derive(Clone, Debug)]
pub struct Use {
    /// The statement.
    pub statement: StatementId,
    /// Its number.
    pub number: i64,
    /// The language of the text.
    pub locale: Locale,
    /// The title, as the desk has it.
    pub title: String,
    /// Whether readers have it there.
    pub is_public: bool,
}

/// The texts that show a medium and that this person may see: in their latest save, or in a version that went public.
pub async fn uses(conn: &mut Connection, actor: Actor, id: MediaId) -> QueryResult<Vec<Use>> {
    let saves = revision_media::table
        .filter(revision_media::media_id.eq(id))
        .select(revision_media::revision_id.nullable());
    let showing = version_media::table
        .inner_join(versions::table.on(versions::id.eq(version_media::version_id)))
        .filter(version_media::media_id.eq(id))
        .select(versions::translation_id);
    type Row = (StatementId, i64, String, Option<String>, bool);
    let mut query = translations::table
        .inner_join(statements::table)
        .left_join(
            revision_texts::table
                .on(revision_texts::revision_id.nullable().eq(translations::latest_revision_id)),
        )
        .filter(
            translations::latest_revision_id
                .eq_any(saves)
                .assume_not_null()
                .or(translations::id.eq_any(showing)),
        )
        .order((statements::number.desc(), translations::locale))
        .select((
            statements::id,
            statements::number,
            translations::locale,
            revision_texts::title.nullable(),
            translations::public_state.eq(PublicState::Published).and(translations::id.eq_any(showing)),
        ))
        .limit(100)
        .into_boxed();
    if let Some(person) = actor.minding() {
        query = query.filter(people::seen_by(person));
    }
    let rows: Vec<Row> = query.load(conn).await?;
    let read = |(statement, number, tag, title, is_public): Row| {
        let locale = Locale::parse(&tag)?;
        Some(Use { statement, number, locale, title: title.unwrap_or_default(), is_public })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}
