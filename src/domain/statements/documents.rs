//! What the search knows of statements: a document for each text that is public now, kept where the lists are.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Text};
use diesel_async::{AsyncConnection as _, RunQueryDsl};

use super::{Kind, Precision, PublicState};
use crate::domain::ids::{StatementId, TopicId, TranslationId, VersionId};
use crate::domain::search::{self, Document, FORM, TOPIC_MARK};
use crate::infra::db::Connection;
use crate::infra::db::schema::{
    revision_texts, search_documents, statement_topics, statements, translations, versions,
};
use crate::text::plain;

#[derive(HasQuery)]
#[diesel(
    table_name = translations,
    base_query = translations::table
        .inner_join(statements::table)
        .inner_join(versions::table.on(versions::id.nullable().eq(translations::live_version_id)))
        .inner_join(revision_texts::table.on(revision_texts::revision_id.eq(versions::revision_id)))
)]
struct Public {
    #[diesel(select_expression = translations::id)]
    translation: TranslationId,
    #[diesel(select_expression = translations::statement_id)]
    statement: StatementId,
    #[diesel(select_expression = versions::id)]
    version: VersionId,
    #[diesel(select_expression = translations::locale)]
    locale: String,
    #[diesel(select_expression = statements::number)]
    number: i64,
    #[diesel(select_expression = versions::kind)]
    kind: Kind,
    #[diesel(select_expression = versions::issued_on, deserialize_as = jiff_diesel::Date)]
    issued_on: jiff::civil::Date,
    #[diesel(select_expression = versions::issued_precision)]
    issued_precision: Precision,
    #[diesel(select_expression = statements::is_sample)]
    is_sample: bool,
    #[diesel(select_expression = revision_texts::title)]
    title: String,
    #[diesel(select_expression = revision_texts::summary)]
    summary: String,
    #[diesel(select_expression = revision_texts::sign_off)]
    sign_off: String,
    #[diesel(select_expression = versions::body_html)]
    body_html: String,
}

/// The documents of statements, as they are public in this transaction.
async fn documents(conn: &mut Connection, statements: &[StatementId]) -> QueryResult<Vec<Document>> {
    let texts = Public::query()
        .filter(translations::public_state.eq(PublicState::Published))
        .filter(translations::statement_id.eq_any(statements))
        .load(conn)
        .await?;
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let filed: Vec<(StatementId, TopicId)> = statement_topics::table
        .filter(statement_topics::statement_id.eq_any(statements))
        .order((statement_topics::statement_id, statement_topics::topic_id))
        .select((statement_topics::statement_id, statement_topics::topic_id))
        .load(conn)
        .await?;
    let topics_of = |id: StatementId| {
        let from = filed.partition_point(|(of, _)| *of < id);
        filed[from..].iter().take_while(|(of, _)| *of == id).map(|(_, topic)| *topic).collect()
    };
    let document = |text: Public| Document {
        topics: topics_of(text.statement),
        translation: text.translation,
        statement: text.statement,
        version: text.version,
        locale: text.locale,
        number: text.number,
        kind: text.kind.to_string(),
        issued_on: text.issued_on,
        issued_precision: text.issued_precision.to_string(),
        is_sample: text.is_sample,
        title: text.title,
        summary: text.summary,
        sign_off: text.sign_off,
        body: plain::of_html(&text.body_html),
    };
    Ok(texts.into_iter().map(document).collect())
}

/// Keeps what the search knows of a statement as it is public now.
pub async fn keep(conn: &mut Connection, statement: StatementId) -> QueryResult<()> {
    let documents = documents(conn, &[statement]).await?;
    search::keep(conn, statement, &documents).await
}

/// Keeps what many statements are filed under, after that was changed at once. A merge of topics needs
/// nothing: whoever asks for a topic asks for those that were merged into it.
pub async fn keep_topics(conn: &mut Connection, statements: &[StatementId]) -> QueryResult<()> {
    diesel::sql_query(
        "update search_documents d set words = ts_delete(d.words, array(
                 select lexeme from unnest(d.words) where starts_with(lexeme, $2)))
             || array_to_tsvector(array(
                 select $2 || st.topic_id from statement_topics st where st.statement_id = d.statement_id))
         where d.statement_id = any($1)",
    )
    .bind::<Array<BigInt>, _>(statements)
    .bind::<Text, _>(TOPIC_MARK)
    .execute(conn)
    .await?;
    Ok(())
}

/// Where the documents are not what is public: one is missing, of another version, of an older form, or
/// there without a text.
const DUE: &str = "
    select distinct id from (
        select coalesce(t.statement_id, d.statement_id) as id
        from (select id, statement_id, live_version_id from translations where public_state = 'published') t
        full join search_documents d on d.translation_id = t.id
        where t.id is null or d.translation_id is null or d.form <> $1 or d.version_id <> t.live_version_id
    ) due order by id";

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    id: StatementId,
}

/// The statements of which the search does not know what is public.
pub async fn due(conn: &mut Connection) -> QueryResult<Vec<StatementId>> {
    let due: Vec<Found> = diesel::sql_query(DUE).bind::<Integer, _>(FORM).load(conn).await?;
    Ok(due.into_iter().map(|found| found.id).collect())
}

/// Keeps what is not kept yet, or was by an older program, and says of how many statements that was.
pub async fn catch_up(conn: &mut Connection) -> QueryResult<usize> {
    let due = due(conn).await?;
    keep_all(conn, &due, |_| {}).await?;
    Ok(due.len())
}

/// How many documents have other topics than their statement is filed under; a merged topic and the one it
/// leads to are the same.
pub async fn filed_otherwise(conn: &mut Connection) -> QueryResult<i64> {
    let wrong: Counted = diesel::sql_query(
        "with recursive way (start, id, into_id) as (
             select id, id, merged_into from topics
             union select way.start, t.id, t.merged_into from way join topics t on t.id = way.into_id
         ), root as (select start, id from way where into_id is null)
         select count(*) as count from search_documents d where array(
             select distinct r.id from unnest(d.words) join root r on r.start =
                 case when starts_with(lexeme, $1) then substr(lexeme, length($1) + 1)::bigint end order by 1
         ) <> array(
             select distinct r.id from statement_topics st join root r on r.start = st.topic_id
             where st.statement_id = d.statement_id order by 1)",
    )
    .bind::<Text, _>(TOPIC_MARK)
    .get_result(conn)
    .await?;
    Ok(wrong.count)
}

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Every statement that is or should be in the index.
pub async fn all(conn: &mut Connection) -> QueryResult<Vec<StatementId>> {
    let all: Vec<Found> = diesel::sql_query(
        "select statement_id as id from search_documents
         union select statement_id from translations where public_state = 'published' order by 1",
    )
    .load(conn)
    .await?;
    Ok(all.into_iter().map(|found| found.id).collect())
}

/// How many statements are kept in one transaction.
const AT_ONCE: usize = 100;

/// Keeps these statements anew, some at a time: readers find the old document or the new one, and whoever
/// changes one of them meanwhile waits for a moment.
pub async fn keep_all(
    conn: &mut Connection,
    statements: &[StatementId],
    mut done: impl FnMut(usize),
) -> QueryResult<()> {
    for some in statements.chunks(AT_ONCE) {
        conn.transaction(async |conn| {
            let held: Vec<StatementId> = statements::table
                .filter(statements::id.eq_any(some))
                .order(statements::id)
                .select(statements::id)
                .for_update()
                .load(conn)
                .await?;
            let documents = documents(conn, &held).await?;
            diesel::delete(search_documents::table.filter(search_documents::statement_id.eq_any(&held)))
                .execute(conn)
                .await?;
            search::write(conn, &documents).await
        })
        .await?;
        done(some.len());
    }
    Ok(())
}
