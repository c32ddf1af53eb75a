//! The library as the desk shows it: what there is, by words, used or not.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use diesel_async::RunQueryDsl;

use super::store::{self, Blob, Medium};
use super::{Words, sight};
use crate::domain::ids::{MediaId, UserId};
use crate::infra::db::Connection;
use crate::infra::db::schema::{
    media, media_blobs, media_texts, revision_media, translations, version_media,
};

/// The hashes of everything that has to be in the store.
pub async fn hashes(conn: &mut Connection) -> QueryResult<Vec<String>> {
    media_blobs::table
        .filter(media_blobs::removed_at.is_null())
        .order(media_blobs::hash)
        .select(media_blobs::hash)
        .distinct()
        .load(conn)
        .await
}

/// How many stand on one page.
pub const PAGE: usize = 48;

/// What the library is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words of its name, or of what is said of it in any language.
    pub text: String,
    /// Only those that a text shows, or only those that none does.
    pub used: Option<bool>,
    /// Whose eyes it minds; `None`: of somebody who sees everything.
    pub minding: Option<UserId>,
    /// Only those that were uploaded before this one.
    pub older_than: Option<MediaId>,
}

/// One of the library, with what a list shows of it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The picture or the file.
    pub medium: Medium,
    /// Its blobs, the smallest first.
    pub blobs: Vec<Blob>,
    /// What is said of it, in the languages in which anything is.
    pub words: Vec<Words>,
    /// Whether a text shows it.
    pub is_used: bool,
}

impl Entry {
    /// The blob to show in a list: the smallest picture.
    pub fn thumbnail(&self) -> Option<&Blob> {
        self.blobs.iter().find(|blob| blob.format.is_picture())
    }
}

/// Whether the latest save of any text names a medium, or any version shows it.
fn is_used_here() -> diesel::expression::SqlLiteral<Bool> {
    diesel::dsl::sql::<Bool>(
        "(exists (select from version_media where version_media.media_id = media.id) \
          or exists (select from revision_media join translations \
                     on translations.latest_revision_id = revision_media.revision_id \
                     where revision_media.media_id = media.id))",
    )
}

/// Whether the latest save of any text names a medium, or any version shows it.
pub async fn is_used(conn: &mut Connection, id: MediaId) -> QueryResult<bool> {
    let by_version = version_media::table.filter(version_media::media_id.eq(id));
    let by_save = revision_media::table
        .inner_join(
            translations::table
                .on(translations::latest_revision_id.eq(revision_media::revision_id.nullable())),
        )
        .filter(revision_media::media_id.eq(id));
    diesel::select(exists(by_version).or(exists(by_save))).get_result(conn).await
}

/// The newest that fit, one more than a page where there are more.
pub async fn list(conn: &mut Connection, filter: &Filter) -> QueryResult<Vec<Entry>> {
    let mut query = media::table
        .filter(media::deleted_at.is_null())
        .order(media::id.desc())
        .limit(i64::try_from(PAGE).unwrap_or(i64::MAX) + 1)
        .select((media::id, is_used_here()))
        .into_boxed();
    for word in filter.text.split(' ').filter(|word| !word.is_empty()).take(8) {
        let pattern = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let said = media_texts::table.filter(media_texts::media_id.eq(media::id)).filter(
            media_texts::alt
                .ilike(pattern.clone())
                .or(media_texts::caption.ilike(pattern.clone()))
                .or(media_texts::credit.ilike(pattern.clone())),
        );
        let numbered = word.trim_start_matches("media:").parse().unwrap_or(0_i64);
        query = query.filter(media::name.ilike(pattern).or(exists(said)).or(media::id.eq(MediaId(numbered))));
    }
    if let Some(used) = filter.used {
        query = query.filter(is_used_here().eq(used));
    }
    let hidden = sight::hidden_from(conn, filter.minding, None).await?;
    if !hidden.is_empty() {
        query = query.filter(media::id.ne_all(hidden));
    }
    if let Some(older_than) = filter.older_than {
        query = query.filter(media::id.lt(older_than));
    }
    let found: Vec<(MediaId, bool)> = query.load(conn).await?;
    entries(conn, &found).await
}

/// One of the library; `None` where there is none, no longer, or none for these eyes.
pub async fn entry(
    conn: &mut Connection,
    minding: Option<UserId>,
    id: MediaId,
) -> QueryResult<Option<Entry>> {
    if sight::is_hidden_from(conn, minding, id).await? {
        return Ok(None);
    }
    let used = is_used(conn, id).await?;
    Ok(entries(conn, &[(id, used)]).await?.pop())
}

async fn entries(conn: &mut Connection, found: &[(MediaId, bool)]) -> QueryResult<Vec<Entry>> {
    let ids: Vec<MediaId> = found.iter().map(|(id, _)| *id).collect();
    let mut all = Medium::query()
        .filter(media::id.eq_any(&ids))
        .filter(media::deleted_at.is_null())
        .order(media::id.desc())
        .load(conn)
        .await?;
    let blobs = store::blobs_of(conn, &ids).await?;
    let words = store::words_of(conn, &ids).await?;
    let entry = |medium: Medium| Entry {
        blobs: blobs.iter().filter(|blob| blob.media_id == medium.id).cloned().collect(),
        words: words.iter().filter(|(id, _)| *id == medium.id).map(|(_, words)| words.clone()).collect(),
        is_used: found.iter().any(|(id, used)| *id == medium.id && *used),
        medium,
    };
    Ok(all.drain(..).map(entry).collect())
}

/// How many there are.
pub async fn count(conn: &mut Connection) -> QueryResult<i64> {
    diesel::select(diesel::dsl::sql::<BigInt>("(select count(*) from media where deleted_at is null)"))
        .get_result(conn)
        .await
}
