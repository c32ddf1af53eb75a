//! Keeping the lists: every command that changes what is public takes a statement down from all its
//! lists before the change, and puts it up again after it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer};
use diesel_async::RunQueryDsl;

use crate::domain::ids::StatementId;
use crate::infra::db::Connection;
use crate::infra::db::schema::list_entries;

const PUT_UP: &str = "
    insert into list_entries (translation_id, statement_id, locale, number, kind, issued_on, issued_precision,
                              title, summary, is_sample, first_published_at, announced)
    select t.id, s.id, t.locale, s.number, v.kind, v.issued_on, v.issued_precision,
           r.title, r.summary, s.is_sample, t.first_published_at, t.announced
    from translations t
    join statements s on s.id = t.statement_id
    join versions v on v.id = t.live_version_id
    join revision_texts r on r.revision_id = v.revision_id
    where t.statement_id = $1 and t.public_state = 'published'";

/// One row for each list and period that the statement stands in.
const ADJUST: &str = "
    with entry as (
        select kind, issued_precision as precision, to_char(issued_on, 'YYYY') as y,
               to_char(issued_on, 'YYYY-MM') as ym, to_char(issued_on, 'YYYY-MM-DD') as ymd,
               string_agg(locale, ' ' order by locale) as locales
        from list_entries where statement_id = $1 group by kind, issued_precision, issued_on
    ), periods as (
        select kind, locales, 'all' as period, '' as part_of from entry
        union all select kind, locales, y, 'all' from entry
        union all select kind, locales, case precision when 'year' then y || '-00' else ym end, y from entry
        union all select kind, locales, case precision when 'month' then ym || '-00' else ymd end, ym
                  from entry where precision <> 'year'
    ), counts as (
        select 'all' as list, period, part_of, locales from periods
        union all select 'kind:' || kind, period, part_of, locales from periods
        union all select 'topic:' || topic_id, period, part_of, locales
                  from periods cross join statement_topics where statement_id = $1
    )
    insert into list_counts (list, period, part_of, locales, entries)
    select list, period, part_of, locales, $2 from counts order by list, period, locales
    on conflict (list, period, locales) do update set entries = list_counts.entries + excluded.entries";

/// Puts a statement up in every list it belongs to, in every language that is public.
pub async fn put_up(conn: &mut Connection, statement: StatementId) -> QueryResult<()> {
    diesel::sql_query(PUT_UP).bind::<BigInt, _>(statement).execute(conn).await?;
    adjust(conn, statement, 1).await
}

/// Takes a statement down from every list. From here to the end of the transaction, whoever else wants to
/// change the lists waits: two statements that change places, one from 1997 to 1998 and one back, would
/// otherwise each hold the counts that the other needs. Lock statements before, never after.
pub async fn take_down(conn: &mut Connection, statement: StatementId) -> QueryResult<()> {
    diesel::sql_query("lock table list_counts in share row exclusive mode").execute(conn).await?;
    adjust(conn, statement, -1).await?;
    diesel::delete(list_entries::table.filter(list_entries::statement_id.eq(statement)))
        .execute(conn)
        .await?;
    Ok(())
}

async fn adjust(conn: &mut Connection, statement: StatementId, by: i32) -> QueryResult<()> {
    diesel::sql_query(ADJUST).bind::<BigInt, _>(statement).bind::<Integer, _>(by).execute(conn).await?;
    Ok(())
}
