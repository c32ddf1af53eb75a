//! Keeping the documents, and the words that a slip of the fingers may have meant.

use std::collections::BTreeSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
use diesel_async::{AsyncConnection as _, RunQueryDsl, SimpleAsyncConnection as _};
use jiff_diesel::ToDiesel as _;

use super::{Document, FORM, vector, windows};
use crate::domain::ids::StatementId;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::Tsvector;
use crate::infra::db::schema::{search_documents, search_spellings};
use crate::text::question::{Piece, cut};
use crate::text::stem::stem;

/// How many documents one statement of SQL takes.
const AT_ONCE: usize = 200;

/// Keeps these documents of a statement and no others. What is no longer among them is gone when the
/// transaction ends, and so are words that no other document has.
pub async fn keep(conn: &mut Connection, statement: StatementId, documents: &[Document]) -> QueryResult<()> {
    type Words = (String, String, String, String);
    let old: Vec<Words> =
        diesel::delete(search_documents::table.filter(search_documents::statement_id.eq(statement)))
            .returning((
                search_documents::title,
                search_documents::summary,
                search_documents::body,
                search_documents::sign_off,
            ))
            .get_results(conn)
            .await?;
    write(conn, documents).await?;
    if old.is_empty() {
        return Ok(());
    }
    let mut lost = BTreeSet::new();
    for (title, summary, body, sign_off) in &old {
        lost.append(&mut spellings([title, summary, body, sign_off]));
    }
    for word in spellings_of(documents) {
        lost.remove(&word);
    }
    forget(conn, lost).await
}

/// Adds documents that are not there.
pub async fn write(conn: &mut Connection, documents: &[Document]) -> QueryResult<()> {
    for documents in documents.chunks(AT_ONCE) {
        let row = |document: &Document| {
            (
                search_documents::translation_id.eq(document.translation),
                search_documents::statement_id.eq(document.statement),
                search_documents::version_id.eq(document.version),
                search_documents::form.eq(FORM),
                search_documents::locale.eq(document.locale.clone()),
                search_documents::number.eq(document.number),
                search_documents::kind.eq(document.kind.clone()),
                search_documents::issued_on.eq(document.issued_on.to_diesel()),
                search_documents::issued_precision.eq(document.issued_precision.clone()),
                search_documents::is_sample.eq(document.is_sample),
                search_documents::title.eq(document.title.clone()),
                search_documents::summary.eq(document.summary.clone()),
                search_documents::body.eq(document.body.clone()),
                search_documents::sign_off.eq(document.sign_off.clone()),
                search_documents::words
                    .eq(sql::<Tsvector>("").bind::<Text, _>(vector::of(document)).sql("::tsvector")),
            )
        };
        let rows: Vec<_> = documents.iter().map(row).collect();
        diesel::insert_into(search_documents::table).values(rows).execute(conn).await?;
        let words: Vec<String> = spellings_of(documents).into_iter().collect();
        // In their order: two that keep the same words at the same time wait for each other once.
        diesel::sql_query("insert into search_spellings select unnest($1) on conflict do nothing")
            .bind::<Array<Text>, _>(words)
            .execute(conn)
            .await?;
    }
    Ok(())
}

fn spellings_of(documents: &[Document]) -> BTreeSet<String> {
    let of_one = |document: &Document| {
        spellings([&document.title, &document.summary, &document.body, &document.sign_off])
    };
    documents.iter().flat_map(of_one).collect()
}

/// The words in Latin letters of a text, as they are written, but folded.
fn spellings(texts: [&String; 4]) -> BTreeSet<String> {
    let is_latin =
        |word: &str| (4..=30).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    let pieces = texts.into_iter().flat_map(|text| cut(text));
    let words = pieces.filter_map(|piece| match piece {
        Piece::Word(word) if is_latin(&word) => Some(word),
        _ => None,
    });
    words.collect()
}

/// Forgets those of these words that no document has. They are looked for in the newest stretch of time first:
/// to pass all documents that have a frequent word would make a withdrawal wait for seconds.
async fn forget(conn: &mut Connection, words: BTreeSet<String>) -> QueryResult<()> {
    if words.is_empty() {
        return Ok(());
    }
    let stems: Vec<String> = words.iter().map(|word| vector::own(&stem(word))).collect();
    let words: Vec<String> = words.into_iter().collect();
    let windows = windows::read(conn).await?.anywhere;
    let codes: Vec<String> = Locale::all().map(|locale| vector::code(locale.tag())).collect();
    // To find that no document has a word by reading them all would take seconds.
    conn.batch_execute("set local enable_seqscan = off").await?;
    diesel::sql_query(
        "delete from search_spellings s using unnest($1, $2) as lost (word, stem)
         where s.word = lost.word and (
             select true from unnest($3) w (marks) cross join unnest($4) l (code) cross join lateral (
                 select from search_documents d
                 where d.words @@ replace(lost.stem || w.marks, '~', l.code)::tsquery limit 1) found
             limit 1
         ) is null",
    )
    .bind::<Array<Text>, _>(words)
    .bind::<Array<Text>, _>(stems)
    .bind::<Array<Text>, _>(windows)
    .bind::<Array<Text>, _>(codes)
    .execute(conn)
    .await?;
    conn.batch_execute("set local enable_seqscan = on").await
}

/// Forgets every word that no document has.
pub async fn forget_unused_spellings(conn: &mut Connection) -> QueryResult<()> {
    let all: Vec<String> = search_spellings::table.select(search_spellings::word).load(conn).await?;
    for words in all.chunks(2_000) {
        let words = words.iter().cloned().collect();
        conn.transaction(async |conn| forget(conn, words).await).await?;
    }
    Ok(())
}
