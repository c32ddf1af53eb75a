//! Media and their blobs as the database has them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::{Format, Warning, Words, sight};
use crate::domain::ids::{MediaId, UserId};
use crate::domain::outcome::Refused;
use crate::domain::policy::Actor;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{media, media_blobs, media_texts};

/// A picture or a file.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = media)]
pub struct Medium {
    /// Its number: `media:12`.
    pub id: MediaId,
    /// The last part of its addresses, without the ending.
    pub name: String,
    /// What was uploaded.
    pub format: Format,
    warnings: String,
    /// Who uploaded it.
    pub uploaded_by: Option<UserId>,
    /// When.
    #[diesel(deserialize_as = jiff_diesel::Timestamp)]
    pub uploaded_at: Timestamp,
    /// When it first went public.
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    pub first_published_at: Option<Timestamp>,
    /// When it was deleted.
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    pub deleted_at: Option<Timestamp>,
}

impl Medium {
    /// What people have to know about it.
    pub fn warnings(&self) -> Vec<Warning> {
        Warning::read(&self.warnings)
    }

    /// What a text shows it with.
    pub fn markdown(&self) -> String {
        let shown = if self.format.is_picture() { "![]" } else { "[Words]" };
        format!("{shown}(media:{})", self.id)
    }
}

/// One size of a picture, or the content of a file.
#[derive(Clone, Debug, PartialEq, Eq, HasQuery)]
#[diesel(table_name = media_blobs)]
pub struct Blob {
    /// Whose it is.
    pub media_id: MediaId,
    /// Its name in the store.
    pub hash: String,
    /// What it is.
    pub format: Format,
    /// How many bytes.
    pub bytes: i64,
    /// How wide, in pixels; `None` for a file.
    pub width: Option<i32>,
    /// How high, in pixels; `None` for a file.
    pub height: Option<i32>,
}

impl Blob {
    /// The last part of its address.
    pub fn file_name(&self, medium: &Medium) -> String {
        format!("{}.{}", medium.name, self.format.ending())
    }
}

/// A medium that is not deleted.
pub async fn by_id(conn: &mut Connection, id: MediaId) -> QueryResult<Option<Medium>> {
    Medium::query().filter(media::id.eq(id)).filter(media::deleted_at.is_null()).first(conn).await.optional()
}

/// A medium that is not deleted and that this person sees, kept from being changed by anyone else until the
/// transaction ends.
pub(super) async fn lock(conn: &mut Connection, actor: Actor, id: MediaId) -> Result<Medium, Refused> {
    if sight::is_hidden_from(conn, actor.minding(), id).await? {
        return Err(Refused::NotFound);
    }
    let medium = Medium::query()
        .filter(media::id.eq(id))
        .filter(media::deleted_at.is_null())
        .for_update()
        .first(conn)
        .await
        .optional()?;
    medium.ok_or(Refused::NotFound)
}

/// The blobs of these, the smallest first.
pub async fn blobs_of(conn: &mut Connection, ids: &[MediaId]) -> QueryResult<Vec<Blob>> {
    Blob::query()
        .filter(media_blobs::media_id.eq_any(ids))
        .filter(media_blobs::removed_at.is_null())
        .order((media_blobs::media_id, media_blobs::width))
        .load(conn)
        .await
}

/// The words that stand with these, where there are any.
pub async fn words_of(conn: &mut Connection, ids: &[MediaId]) -> QueryResult<Vec<(MediaId, Words)>> {
    type Row = (MediaId, String, String, bool, String, String);
    let rows: Vec<Row> = media_texts::table
        .filter(media_texts::media_id.eq_any(ids))
        .select((
            media_texts::media_id,
            media_texts::locale,
            media_texts::alt,
            media_texts::decorative,
            media_texts::caption,
            media_texts::credit,
        ))
        .load(conn)
        .await?;
    let read = |(id, tag, alt, decorative, caption, credit): Row| {
        Some((id, Words { locale: Locale::parse(&tag)?, alt, decorative, caption, credit }))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The words of one, a place for each language.
pub async fn words_in_all(conn: &mut Connection, id: MediaId) -> QueryResult<Vec<Words>> {
    let known = words_of(conn, &[id]).await?;
    let find =
        |locale| known.iter().find(|(_, words)| words.locale == locale).map(|(_, words)| words.clone());
    Ok(Locale::all().map(|locale| find(locale).unwrap_or_else(|| Words::none(locale))).collect())
}
