//! Keeping the lists: every command that changes what is public takes a statement down from all its
//! lists before the change, and puts it up again after it.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{Array, BigInt, Integer};
use diesel_async::RunQueryDsl;

use super::Shelf;
use crate::domain::ids::{StatementId, TopicId};
use crate::domain::statements::documents;
use crate::infra::db::Connection;
use crate::infra::db::schema::{list_counts, list_entries};

/// Puts a statement up in every list it belongs to, in every language that is public, and keeps what the
/// search knows of it: what is not public now is gone from there too.
pub async fn put_up(conn: &mut Connection, statement: StatementId) -> QueryResult<()> {
    Listed { statement }.execute(conn).await?;
    Counted { statement, by: 1 }.execute(conn).await?;
    Noted { statement }.execute(conn).await?;
    documents::keep(conn, statement).await
}

/// Takes a statement down from every list. From here to the end of the transaction, whoever else wants to
/// change the lists waits: two statements that change places, one from 1997 to 1998 and one back, would
/// otherwise each hold the counts that the other needs. Lock statements before, never after.
pub async fn take_down(conn: &mut Connection, statement: StatementId) -> QueryResult<()> {
    hold_counts(conn).await?;
    Counted { statement, by: -1 }.execute(conn).await?;
    NoLongerNoted { statement }.execute(conn).await?;
    diesel::delete(list_entries::table.filter(list_entries::statement_id.eq(statement)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Holds the counts until the transaction ends: nobody else takes down or puts up a statement meanwhile.
pub async fn hold_counts(conn: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("lock table list_counts in share row exclusive mode").execute(conn).await?;
    Ok(())
}

/// Counts the lists of these topics anew, after many statements were filed otherwise at once. Hold the
/// counts before. A list that was known stays known, with nothing in it: its address is one for ever.
pub async fn recount(conn: &mut Connection, topics: &[TopicId]) -> QueryResult<()> {
    let lists: Vec<String> = topics.iter().map(|topic| Shelf::Topic(*topic).key()).collect();
    diesel::update(list_counts::table.filter(list_counts::list.eq_any(lists)))
        .set(list_counts::entries.eq(0))
        .execute(conn)
        .await?;
    diesel::sql_query(RECOUNTED).bind::<Array<BigInt>, _>(topics).execute(conn).await?;
    Ok(())
}

/// The same as [`Counted`] for whole topics.
const RECOUNTED: &str = "with entry as (
         select st.topic_id, e.statement_id, e.issued_precision as precision, to_char(e.issued_on, 'YYYY') as y,
             to_char(e.issued_on, 'YYYY-MM') as ym, to_char(e.issued_on, 'YYYY-MM-DD') as ymd,
             string_agg(e.locale, ' ' order by e.locale) as locales
         from statement_topics st join list_entries e on e.statement_id = st.statement_id
         where st.topic_id = any($1)
         group by st.topic_id, e.statement_id, e.kind, e.issued_precision, e.issued_on
     ), periods as (
         select topic_id, locales, 'all' as period, '' as part_of from entry
         union all select topic_id, locales, y, 'all' from entry
         union all select topic_id, locales, case precision when 'year' then y || '-00' else ym end, y from entry
         union all select topic_id, locales, case precision when 'month' then ym || '-00' else ymd end, ym
                   from entry where precision <> 'year'
     )
     insert into list_counts (list, period, part_of, locales, entries)
     select 'topic:' || topic_id, period, part_of, locales, count(*) from periods
     group by topic_id, period, part_of, locales
     on conflict (list, period, locales) do update set entries = excluded.entries";

/// A row in `list_entries` for each public text of a statement. A query of a type of its own, unlike
/// `sql_query`, is parsed and planned once a connection: an import asks it ten thousand times.
#[derive(QueryId)]
struct Listed {
    statement: StatementId,
}

impl QueryFragment<Pg> for Listed {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "insert into list_entries (translation_id, statement_id, locale, number, kind, issued_on,
                 issued_precision, title, summary, is_sample, first_published_at, announced)
             select t.id, s.id, t.locale, s.number, v.kind, v.issued_on,
                 v.issued_precision, r.title, r.summary, s.is_sample, t.first_published_at, t.announced
             from translations t
             join statements s on s.id = t.statement_id
             join versions v on v.id = t.live_version_id
             join revision_texts r on r.revision_id = v.revision_id
             where t.public_state = 'published' and t.statement_id = ",
        );
        out.push_bind_param::<BigInt, _>(&self.statement)
    }
}

/// One more, or one less, in `list_counts` for each list and period that the statement stands in.
#[derive(QueryId)]
struct Counted {
    statement: StatementId,
    by: i32,
}

impl QueryFragment<Pg> for Counted {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("with asked(statement_id, entries) as (select ");
        out.push_bind_param::<BigInt, _>(&self.statement)?;
        out.push_sql("::bigint, ");
        out.push_bind_param::<Integer, _>(&self.by)?;
        out.push_sql(
            "::integer), entry as (
                 select kind, issued_precision as precision, to_char(issued_on, 'YYYY') as y,
                     to_char(issued_on, 'YYYY-MM') as ym, to_char(issued_on, 'YYYY-MM-DD') as ymd,
                     string_agg(locale, ' ' order by locale) as locales
                 from list_entries join asked using (statement_id)
                 group by kind, issued_precision, issued_on
             ), periods as (
                 select kind, locales, 'all' as period, '' as part_of from entry
                 union all select kind, locales, y, 'all' from entry
                 union all select kind, locales, case precision when 'year' then y || '-00' else ym end, y
                           from entry
                 union all select kind, locales, case precision when 'month' then ym || '-00' else ymd end, ym
                           from entry where precision <> 'year'
             ), counts as (
                 select 'all' as list, period, part_of, locales from periods
                 union all select 'kind:' || kind, period, part_of, locales from periods
                 union all select 'topic:' || topic_id, period, part_of, locales
                           from periods cross join statement_topics join asked using (statement_id)
             )
             insert into list_counts (list, period, part_of, locales, entries)
             select list, period, part_of, locales, asked.entries from counts cross join asked
             order by list, period, locales
             on conflict (list, period, locales)
             do update set entries = list_counts.entries + excluded.entries",
        );
        Ok(())
    }
}

/// A row in `list_changes` for each correction, update and retraction of each public text of a statement,
/// and one more in `list_counts` for each period of it.
#[derive(QueryId)]
struct Noted {
    statement: StatementId,
}

impl QueryFragment<Pg> for Noted {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "with noted as (
                 insert into list_changes (version_id, statement_id, locale, number, n, change_kind, change_note,
                     title, is_sample, published_on, closed_on, closed_reason)
                 select v.id, s.id, t.locale, s.number, v.n, v.change_kind,
                     case when c.version_id is null then v.change_note else '' end,
                     r.title, s.is_sample, (v.published_at at time zone 'UTC')::date, c.closed_on,
                     coalesce(c.reason, '')
                 from translations t
                 join statements s on s.id = t.statement_id
                 join versions v on v.translation_id = t.id
                 join versions live on live.id = t.live_version_id
                 join revision_texts r on r.revision_id = live.revision_id
                 left join closed_versions c on c.version_id = v.id
                 where t.public_state = 'published'
                     and v.change_kind in ('correction', 'update', 'retraction') and t.statement_id = ",
        );
        out.push_bind_param::<BigInt, _>(&self.statement)?;
        out.push_sql(" returning locale, published_on, 1 as entries)");
        out.push_sql(COUNT_NOTED);
        Ok(())
    }
}

/// The opposite of [`Noted`].
#[derive(QueryId)]
struct NoLongerNoted {
    statement: StatementId,
}

impl QueryFragment<Pg> for NoLongerNoted {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("with noted as (delete from list_changes where statement_id = ");
        out.push_bind_param::<BigInt, _>(&self.statement)?;
        out.push_sql(" returning locale, published_on, -1 as entries)");
        out.push_sql(COUNT_NOTED);
        Ok(())
    }
}

/// Each change stands in a list of one language, under its day.
const COUNT_NOTED: &str = ", periods as (
        select locale, entries, 'all' as period, '' as part_of from noted
        union all select locale, entries, to_char(published_on, 'YYYY'), 'all' from noted
        union all select locale, entries, to_char(published_on, 'YYYY-MM'), to_char(published_on, 'YYYY') from noted
        union all select locale, entries, to_char(published_on, 'YYYY-MM-DD'), to_char(published_on, 'YYYY-MM')
                  from noted
    )
    insert into list_counts (list, period, part_of, locales, entries)
    select 'corrections', period, part_of, locale, sum(entries)::integer from periods
    group by period, part_of, locale order by period, locale
    on conflict (list, period, locales) do update set entries = list_counts.entries + excluded.entries";
