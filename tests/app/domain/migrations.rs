//! The steps to the schema, and back.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use onrecord::infra::db::{Connection, migrations};

use crate::support::database;

/// Everything in the schema that a migration could make, a line each.
const DESCRIPTION: &str = "
    select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
           || coalesce(column_default, '') as line
      from information_schema.columns where table_schema = 'public'
    union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
    union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
      from pg_constraint where connamespace = 'public'::regnamespace and conrelid <> 0
    union all select 'function ' || proname || ' ' || prosrc from pg_proc where pronamespace = 'public'::regnamespace
    union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select 'comment ' || objoid::regclass || ' ' || objsubid || ' ' || description
      from pg_description where classoid = 'pg_class'::regclass and objoid >= 16384";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn description(conn: &mut Connection) -> BTreeSet<String> {
    let lines: Vec<Line> = diesel::sql_query(DESCRIPTION).load(conn).await.unwrap();
    lines.into_iter().map(|row| row.line).collect()
}

#[actix_web::test]
async fn every_step_can_be_taken_back_and_again() {
    let blank = database::blank().await;
    let mut conn = blank.connection().await;
    let steps = migrations::apply(&blank.url).await.unwrap();
    assert!(steps.len() >= 6, "{steps:?}");
    let whole = description(&mut conn).await;
    assert!(whole.iter().any(|line| line.starts_with("trigger ") && line.contains("versions_append_only")));

    let back = migrations::revert_all(&blank.url).await.unwrap();
    assert_eq!(back, steps.iter().rev().cloned().collect::<Vec<_>>());
    let left = description(&mut conn).await;
    let foreign: Vec<_> = left.iter().filter(|line| !line.contains("__diesel_schema_migrations")).collect();
    assert!(foreign.is_empty(), "left behind: {foreign:#?}");

    assert_eq!(migrations::apply(&blank.url).await.unwrap(), steps);
    assert_eq!(description(&mut conn).await, whole);
}

#[actix_web::test]
async fn a_database_that_is_up_to_date_is_left_alone() {
    let ready = database::without_topics().await;
    assert_eq!(migrations::apply(&ready.url).await.unwrap(), Vec::<String>::new());
}

#[actix_web::test]
async fn processes_that_start_together_take_turns() {
    let blank = database::blank().await;
    let all = (0..4).map(|_| migrations::apply(&blank.url));
    let mut taken: Vec<usize> =
        futures_util::future::join_all(all).await.into_iter().map(|steps| steps.unwrap().len()).collect();
    taken.sort_unstable();
    assert_eq!(taken[..3], [0, 0, 0]);
    assert!(taken[3] >= 6, "{taken:?}");
}
