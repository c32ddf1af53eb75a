//! Internal notes: what people of the desk tell each other about a text. Readers never see them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::store::Translation;
use crate::domain::ids::{NoteId, RevisionId, StatementId, UserId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{notes, revisions, translations, users};

crate::words_enum! {
    /// What made somebody leave a note.
    NoteKind {
        /// They had something to say.
        Remark = "remark",
        /// They asked for changes.
        ChangesRequested = "changes-requested",
        /// The program could not publish a text at its time, and says why.
        HeldUp = "held-up",
    }
}

/// The most characters of a note.
pub const LONGEST: usize = 5_000;

/// A note.
#[derive(Clone, Debug)]
pub struct Note {
    /// The id.
    pub id: NoteId,
    /// The language of the text it is on.
    pub locale: Locale,
    /// What made them leave it.
    pub kind: NoteKind,
    /// What it says, in lines.
    pub body: String,
    /// Who left it; `None`: the program.
    pub author: Option<String>,
    /// When.
    pub at: Timestamp,
    /// The save it is about, and when that was made.
    pub about: Option<(RevisionId, Timestamp)>,
}

/// The latest notes on a statement in whatever language, the newest first.
pub async fn of_statement(
    conn: &mut Connection,
    statement: StatementId,
    most: i64,
) -> QueryResult<Vec<Note>> {
    type Row = (
        NoteId,
        LocaleColumn,
        NoteKind,
        String,
        Option<String>,
        jiff_diesel::Timestamp,
        Option<RevisionId>,
        jiff_diesel::NullableTimestamp,
    );
    let rows: Vec<Row> = notes::table
        .inner_join(translations::table.on(translations::id.eq(notes::translation_id)))
        .left_join(users::table.on(users::id.nullable().eq(notes::author_id)))
        .left_join(revisions::table.on(revisions::id.nullable().eq(notes::revision_id)))
        .filter(notes::statement_id.eq(statement))
        .order(notes::id.desc())
        .limit(most)
        .select((
            notes::id,
            translations::locale,
            notes::kind,
            notes::body,
            users::name.nullable(),
            notes::created_at,
            notes::revision_id,
            revisions::created_at.nullable(),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, locale, kind, body, author, at, revision, saved_at)| Note {
            id,
            locale: locale.into(),
            kind,
            body,
            author,
            at: at.to_jiff(),
            about: revision.zip(saved_at.to_jiff()),
        })
        .collect())
}

/// Appends a note. Its author is `None` where the program speaks.
pub(super) async fn append(
    conn: &mut Connection,
    text: &Translation,
    author: Option<UserId>,
    kind: NoteKind,
    body: &str,
    about: Option<RevisionId>,
    now: Timestamp,
) -> QueryResult<()> {
    diesel::insert_into(notes::table)
        .values((
            notes::statement_id.eq(text.statement_id),
            notes::translation_id.eq(text.id),
            notes::revision_id.eq(about),
            notes::author_id.eq(author),
            notes::kind.eq(kind),
            notes::body.eq(body),
            notes::created_at.eq(now.to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
