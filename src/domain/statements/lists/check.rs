//! Whether the lists are what counting would give.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::infra::db::Connection;

/// Counts of every list from what is public, beside those that are kept.
const FAULTS: &str = "with public as (
        select t.id, t.statement_id, t.locale, v.kind, v.issued_on, v.issued_precision as precision
        from translations t join versions v on v.id = t.live_version_id where t.public_state = 'published'
    ), entry as (
        select statement_id, kind, precision, to_char(issued_on, 'YYYY') as y, to_char(issued_on, 'YYYY-MM') as ym,
            to_char(issued_on, 'YYYY-MM-DD') as ymd, string_agg(locale, ' ' order by locale) as locales
        from public group by statement_id, kind, precision, issued_on
    ), periods as (
        select statement_id, kind, locales, 'all' as period from entry
        union all select statement_id, kind, locales, y from entry
        union all select statement_id, kind, locales, case precision when 'year' then y || '-00' else ym end from entry
        union all select statement_id, kind, locales, case precision when 'month' then ym || '-00' else ymd end
                  from entry where precision <> 'year'
    ), shelved as (
        select 'all' as list, period, locales from periods
        union all select 'kind:' || kind, period, locales from periods
        union all select 'topic:' || topic_id, period, locales from periods join statement_topics using (statement_id)
        union all select 'corrections', period, locale from list_changes cross join lateral (values
            ('all'), (to_char(published_on, 'YYYY')), (to_char(published_on, 'YYYY-MM')),
            (to_char(published_on, 'YYYY-MM-DD'))) each_period (period)
    ), counted as (select list, period, locales, count(*) as entries from shelved group by list, period, locales)
    select (
        select count(*) from counted c full join (select * from list_counts where entries <> 0) k
            using (list, period, locales) where c.entries is distinct from k.entries
    ) + (
        select count(*) from public p full join list_entries e on e.translation_id = p.id
        where p.id is null or e.translation_id is null
    ) as faults";

#[derive(QueryableByName)]
struct Counted {
    #[diesel(sql_type = BigInt)]
    faults: i64,
}

/// How many counts and entries are not what is public. It reads everything.
pub async fn faults(conn: &mut Connection) -> QueryResult<i64> {
    let counted: Counted = diesel::sql_query(FAULTS).get_result(conn).await?;
    Ok(counted.faults)
}
