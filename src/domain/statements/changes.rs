//! What readers of a public text are told of changes: its own, and those of its original that it has
//! not followed yet.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff::civil::Date;

use super::ChangeKind;
use super::published::PublishedStatement;
use super::versions::PublishedVersion;
use crate::domain::ids::TranslationId;
use crate::infra::db::Connection;

/// What changed in a public text, as readers are told.
#[derive(Clone, Debug)]
pub struct ChangeNote {
    /// How it changed.
    pub kind: ChangeKind,
    /// What we say of it; empty where that version was closed.
    pub note: String,
    /// When.
    pub published_at: Timestamp,
    /// Since when and why that version is closed, where it is.
    pub closed: Option<(Date, String)>,
}

/// A change of the original that a translation does not have yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// How the original changed: where it did so more than once, the gravest of it.
    pub kind: ChangeKind,
    /// When.
    pub published_at: Timestamp,
}

/// All that readers of a text are told of changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Of this text, the newest first; small fixes have none.
    pub notes: Vec<ChangeNote>,
    /// Of its original, where this text has not followed.
    pub behind: Option<Behind>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Bool)]
    is_own: bool,
    #[diesel(sql_type = Text)]
    change_kind: ChangeKind,
    #[diesel(sql_type = Text)]
    change_note: String,
    #[diesel(sql_type = Timestamptz, deserialize_as = jiff_diesel::Timestamp)]
    published_at: Timestamp,
    #[diesel(sql_type = Nullable<diesel::sql_types::Date>, deserialize_as = jiff_diesel::NullableDate)]
    closed_on: Option<Date>,
    #[diesel(sql_type = Nullable<Text>)]
    closed_reason: Option<String>,
}

/// The text's own notes, and the changes of its public original after the version it follows. Small fixes
/// of an original do not count: what a translation says is not touched by them.
const CHANGES: &str = "
    select v.translation_id = $1 as is_own, v.change_kind, v.change_note, v.published_at,
           c.closed_on, c.reason as closed_reason
      from versions v left join closed_versions c on c.version_id = v.id
     where v.translation_id = $1 and v.change_note <> ''
        or v.translation_id = (select o.id from translations t
                join statements s on s.id = t.statement_id
                join translations o on o.statement_id = s.id and o.locale = s.original_locale
                where t.id = $1 and o.id <> t.id and o.public_state = 'published')
           and v.n > (select f.n from translations t join versions f on f.id = t.based_on_version_id where t.id = $1)
           and v.change_kind in ('correction', 'update', 'retraction')
     order by v.n desc";

/// What readers of a text are told of changes: one query, and none where there can be nothing.
pub async fn of(conn: &mut Connection, text: &PublishedStatement) -> QueryResult<Changes> {
    if text.n() == 1 && text.locale() == text.original_locale() {
        return Ok(Changes::default());
    }
    let rows: Vec<Row> =
        diesel::sql_query(CHANGES).bind::<BigInt, TranslationId>(text.translation_id()).load(conn).await?;
    let behind = rows
        .iter()
        .filter(|row| !row.is_own)
        .map(|row| Behind { kind: row.change_kind, published_at: row.published_at })
        .max_by_key(|behind| (gravity(behind.kind), behind.published_at));
    let notes = rows.into_iter().filter(|row| row.is_own).map(Row::into_note).collect();
    Ok(Changes { notes, behind })
}

const LAST_NOTE: &str = "
    select true as is_own, v.change_kind, v.change_note, v.published_at, c.closed_on, c.reason as closed_reason
      from versions v left join closed_versions c on c.version_id = v.id
     where v.translation_id = (select translation_id from versions where id = $1)
       and v.change_note <> '' and v.n > $2
     order by v.n desc limit 1";

/// The retraction under which a text stands today, for a version from before it.
pub async fn retracted_since(
    conn: &mut Connection,
    version: &PublishedVersion,
) -> QueryResult<Option<ChangeNote>> {
    let row: Option<Row> = diesel::sql_query(LAST_NOTE)
        .bind::<BigInt, _>(version.id())
        .bind::<Integer, _>(version.n())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Row::into_note).filter(|note| note.kind == ChangeKind::Retraction))
}

impl Row {
    fn into_note(self) -> ChangeNote {
        let closed = self.closed_on.zip(self.closed_reason);
        ChangeNote {
            kind: self.change_kind,
            note: if closed.is_some() { String::new() } else { self.change_note },
            published_at: self.published_at,
            closed,
        }
    }
}

fn gravity(kind: ChangeKind) -> u8 {
    match kind {
        ChangeKind::SmallFix => 0,
        ChangeKind::Update => 1,
        ChangeKind::Correction => 2,
        ChangeKind::Retraction => 3,
    }
}
