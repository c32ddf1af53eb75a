//! The words by which the desk finds a text: those of its latest save, kept in the transaction that saves.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};
use diesel_async::{AsyncConnection as _, RunQueryDsl};

use super::{Kind, desk};
use crate::domain::ids::{RevisionId, StatementId, TranslationId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::{Tsvector, quoted};
use crate::infra::db::schema::{desk_words, revision_texts, statements, translations};
use crate::text::search_words::{self, Asked, FORM};

#[derive(Queryable)]
struct Text_ {
    translation: TranslationId,
    locale: String,
    number: i64,
    kind: Kind,
    issued_on: jiff_diesel::Date,
    revision: RevisionId,
    parts: (String, String, String, String, String),
}

/// Cuts the latest save of a text anew.
pub async fn keep(conn: &mut Connection, translation: TranslationId) -> QueryResult<()> {
    let texts = texts().filter(translations::id.eq(translation)).load(conn).await?;
    write(conn, texts).await
}

/// Cuts all languages of a statement anew, and says how many: its number and its facts are among the words.
pub async fn keep_all_of(conn: &mut Connection, statement: StatementId) -> QueryResult<usize> {
    let texts: Vec<Text_> = texts().filter(translations::statement_id.eq(statement)).load(conn).await?;
    let count = texts.len();
    write(conn, texts).await?;
    Ok(count)
}

/// Cuts what is not cut yet, or was by an older program, and says how many texts that were. Saves that
/// happen meanwhile take turns with it, statement by statement.
pub async fn catch_up(conn: &mut Connection) -> QueryResult<usize> {
    let mut count = 0;
    loop {
        let due: Vec<StatementId> = translations::table
            .left_join(desk_words::table.on(desk_words::translation_id.eq(translations::id)))
            .filter(translations::latest_revision_id.is_not_null())
            .filter(
                desk_words::form
                    .is_null()
                    .or(desk_words::form.nullable().ne(FORM))
                    .or(desk_words::revision_id.nullable().ne(translations::latest_revision_id)),
            )
            .order(translations::statement_id)
            .select(translations::statement_id)
            .limit(500)
            .load(conn)
            .await?;
        let before = count;
        let mut statements_due = due;
        statements_due.dedup();
        for id in statements_due {
            count += conn
                .transaction(async |conn| {
                    let locked: QueryResult<StatementId> = statements::table
                        .find(id)
                        .select(statements::id)
                        .for_no_key_update()
                        .first(conn)
                        .await;
                    keep_all_of(conn, locked?).await
                })
                .await?;
        }
        // Nothing was due; or only what has no text to cut.
        if count == before {
            return Ok(count);
        }
    }
}

#[diesel::dsl::auto_type]
fn texts() -> _ {
    translations::table
        .inner_join(statements::table)
        .inner_join(
            revision_texts::table
                .on(revision_texts::revision_id.nullable().eq(translations::latest_revision_id)),
        )
        .select((
            translations::id,
            translations::locale,
            statements::number,
            statements::kind,
            statements::issued_on,
            revision_texts::revision_id,
            (
                revision_texts::title,
                revision_texts::summary,
                revision_texts::body,
                revision_texts::sign_off,
                revision_texts::credit,
            ),
        ))
}

async fn write(conn: &mut Connection, texts: Vec<Text_>) -> QueryResult<()> {
    for text in texts {
        let (title, summary, body, sign_off, credit) = &text.parts;
        let parts = [title, summary, body, sign_off, credit];
        let mut words = search_words::of_text(parts.map(String::as_str));
        words.push(text.number.to_string());
        words.push(mark(&text.locale));
        words.push(mark(text.kind.as_str()));
        words.push(mark(&text.issued_on.to_jiff().year().to_string()));
        let words = || sql::<Tsvector>("array_to_tsvector(").bind::<Array<Text>, _>(words.clone()).sql(")");
        diesel::insert_into(desk_words::table)
            .values((
                desk_words::translation_id.eq(text.translation),
                desk_words::revision_id.eq(text.revision),
                desk_words::form.eq(FORM),
                desk_words::words.eq(words()),
            ))
            .on_conflict(desk_words::translation_id)
            .do_update()
            .set((
                desk_words::revision_id.eq(text.revision),
                desk_words::form.eq(FORM),
                desk_words::words.eq(words()),
            ))
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// What a filter asks, as a word among the words: no text has a word with this sign.
fn mark(value: &str) -> String {
    format!("={value}")
}

/// The texts that have these words, and no more than so many of them.
pub(super) struct Sought {
    query: String,
    within: String,
}

impl Sought {
    /// What a filter seeks; `None` where there is no word in what was typed.
    pub(super) fn of(filter: &desk::Filter) -> Option<Self> {
        let asked = search_words::of_question(&filter.text);
        let parts: Vec<String> = asked
            .iter()
            .map(|part| match part {
                Asked::Whole(word) => quoted(word),
                Asked::Beginning(word) => format!("{}:*", quoted(word)),
            })
            .collect();
        if parts.is_empty() {
            return None;
        }
        let marks = [
            filter.locale.map(Locale::tag).map(mark),
            filter.kind.map(|kind| mark(kind.as_str())),
            filter.year.map(|year| mark(&year.to_string())),
        ];
        let query = parts.join(" & ");
        let marks = marks.into_iter().flatten().map(|mark| format!(" & {}", quoted(&mark)));
        Some(Self { within: format!("{query}{}", marks.collect::<String>()), query })
    }

    /// Which of these texts have the words.
    pub(super) async fn among(
        &self,
        conn: &mut Connection,
        texts: &[TranslationId],
    ) -> QueryResult<Vec<TranslationId>> {
        desk_words::table
            .filter(desk_words::translation_id.eq_any(texts))
            .filter(sql::<Bool>("desk_words.words @@ ").bind::<Text, _>(&self.query).sql("::tsquery"))
            .select(desk_words::translation_id)
            .load(conn)
            .await
    }

    /// All texts that have the words, and what else the filter asks of the text itself.
    pub(super) async fn all(&self, conn: &mut Connection) -> QueryResult<Vec<TranslationId>> {
        conn.transaction(async |conn| {
            // Reading every row would mean unpacking every word: the index is always the better way.
            diesel::sql_query("set local enable_seqscan = off").execute(conn).await?;
            desk_words::table
                .filter(sql::<Bool>("desk_words.words @@ ").bind::<Text, _>(&self.within).sql("::tsquery"))
                .select(desk_words::translation_id)
                .load(conn)
                .await
        })
        .await
    }
}
