//! The history of a text: its saves, folded into sittings. None is ever destroyed.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::draft::Words;
use super::store;
use crate::domain::ids::{RevisionId, TranslationId};
use crate::infra::db::Connection;
use crate::infra::db::schema::{revisions, users, versions};

/// How many sittings a page of the history holds.
pub const PAGE: usize = 50;

/// How many saves of one sitting are listed, the latest ones.
pub const SAVES: usize = 500;

/// Saves of one author less than ten minutes apart.
#[derive(Clone, Debug, QueryableByName)]
pub struct Sitting {
    /// Which.
    #[diesel(sql_type = Integer)]
    pub sitting: i32,
    /// Who saved; `None` for an import.
    #[diesel(sql_type = Nullable<Text>)]
    pub by: Option<String>,
    /// Its first save.
    #[diesel(sql_type = Integer)]
    pub first: i32,
    /// Its last save.
    #[diesel(sql_type = Integer)]
    pub last: i32,
    #[diesel(sql_type = BigInt)]
    /// How many there are.
    pub saves: i64,
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    /// When it began.
    pub begun_at: Timestamp,
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    /// When it ended.
    pub ended_at: Timestamp,
}

/// Reads a page of the history, the latest sitting first, and one more where it goes on.
pub async fn sittings(
    conn: &mut Connection,
    text: TranslationId,
    before: Option<i32>,
) -> QueryResult<Vec<Sitting>> {
    diesel::sql_query(
        "select r.sitting, u.name as by, min(r.seq) as first, max(r.seq) as last, count(*) as saves,
                min(r.created_at) as begun_at, max(r.created_at) as ended_at
           from revisions r left join users u on u.id = r.author_id
          where r.translation_id = $1 and r.sitting < $2
          group by r.sitting, u.name order by r.sitting desc limit $3",
    )
    .bind::<BigInt, _>(text)
    .bind::<Integer, _>(before.unwrap_or(i32::MAX))
    .bind::<BigInt, _>(PAGE as i64 + 1)
    .load(conn)
    .await
}

/// One save.
#[derive(Clone, Debug)]
pub struct Save {
    /// The revision.
    pub revision: RevisionId,
    /// Its place among all of the text, from 1.
    pub seq: i32,
    /// The sitting that it is part of.
    pub sitting: i32,
    /// When.
    pub at: Timestamp,
    /// By whom; `None` for an import.
    pub by: Option<String>,
}

type SaveRow = (RevisionId, i32, i32, jiff_diesel::Timestamp, Option<String>);

impl Save {
    fn of((revision, seq, sitting, at, by): SaveRow) -> Self {
        Self { revision, seq, sitting, at: at.to_jiff(), by }
    }
}

/// The saves of a sitting, the latest first, and no more than [`SAVES`].
pub async fn saves(conn: &mut Connection, text: TranslationId, sitting: i32) -> QueryResult<Vec<Save>> {
    let rows: Vec<SaveRow> = revisions::table
        .left_join(users::table.on(users::id.nullable().eq(revisions::author_id)))
        .filter(revisions::translation_id.eq(text))
        .filter(revisions::sitting.eq(sitting))
        .order(revisions::seq.desc())
        .limit(SAVES as i64)
        .select((
            revisions::id,
            revisions::seq,
            revisions::sitting,
            revisions::created_at,
            users::name.nullable(),
        ))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(Save::of).collect())
}

/// A save by its place.
pub async fn save(conn: &mut Connection, text: TranslationId, seq: i32) -> QueryResult<Option<Save>> {
    let row: Option<SaveRow> = revisions::table
        .left_join(users::table.on(users::id.nullable().eq(revisions::author_id)))
        .filter(revisions::translation_id.eq(text))
        .filter(revisions::seq.eq(seq))
        .select((
            revisions::id,
            revisions::seq,
            revisions::sitting,
            revisions::created_at,
            users::name.nullable(),
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(Save::of))
}

/// The place of the last save of the sitting before this one; `None` where it is the first.
pub async fn before_sitting(
    conn: &mut Connection,
    text: TranslationId,
    sitting: i32,
) -> QueryResult<Option<i32>> {
    revisions::table
        .filter(revisions::translation_id.eq(text))
        .filter(revisions::sitting.lt(sitting))
        .select(diesel::dsl::max(revisions::seq))
        .first(conn)
        .await
}

/// The versions that went public, by the place of the save that each of them shows.
pub async fn published(conn: &mut Connection, text: TranslationId) -> QueryResult<Vec<(i32, i32)>> {
    versions::table
        .inner_join(revisions::table.on(revisions::id.eq(versions::revision_id)))
        .filter(versions::translation_id.eq(text))
        .order(versions::n)
        .select((revisions::seq, versions::n))
        .load(conn)
        .await
}

/// The words of a save, if it is one of this text.
pub async fn words(
    conn: &mut Connection,
    text: TranslationId,
    revision: RevisionId,
) -> QueryResult<Option<Words>> {
    let is_of_it = revisions::table.find(revision).filter(revisions::translation_id.eq(text));
    let found: Option<RevisionId> = is_of_it.select(revisions::id).first(conn).await.optional()?;
    match found {
        Some(revision) => Ok(Some(store::words(conn, revision).await?)),
        None => Ok(None),
    }
}
