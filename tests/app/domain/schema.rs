//! `src/infra/db/schema.rs` says of the tables what the migrations make of them.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::support::database;

/// What the database calls the types that Diesel's macro names.
const TYPES: [(&str, &str); 10] = [
    ("Int8", "bigint"),
    ("Int4", "integer"),
    ("Text", "text"),
    ("Bool", "boolean"),
    ("Bytea", "bytea"),
    ("Jsonb", "jsonb"),
    ("Date", "date"),
    ("Timestamptz", "timestamp with time zone"),
    ("Int2", "smallint"),
    ("Tsvector", "tsvector"),
];

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Each column as `table.column type` with `null` where it may be, each key as `table (a, b)`.
fn declared() -> BTreeSet<String> {
    let file = include_str!("../../../src/infra/db/schema.rs");
    let mut lines = BTreeSet::new();
    let mut table = String::new();
    for line in file.lines().map(str::trim) {
        if let Some((column, of)) =
            line.trim_end_matches(',').split_once(" -> ").filter(|_| !line.starts_with("diesel"))
        {
            let inner = of.strip_prefix("Nullable<").and_then(|of| of.strip_suffix('>'));
            let name = inner.unwrap_or(of);
            let (_, name) = TYPES.iter().find(|(ours, _)| *ours == name).expect(line);
            let null = if inner.is_some() { " null" } else { "" };
            lines.insert(format!("{table}.{column} {name}{null}"));
        } else if let Some((name, key)) = line.strip_suffix(") {").and_then(|line| line.split_once(" (")) {
            table = name.to_owned();
            lines.insert(format!("{table} ({key})"));
        }
    }
    lines
}

#[actix_web::test]
async fn the_schema_is_what_the_migrations_make() {
    let db = database::without_topics().await;
    let mut conn = db.connection().await;
    let found: Vec<Line> = diesel::sql_query(
        "select table_name || '.' || column_name || ' ' || data_type
                || case is_nullable when 'YES' then ' null' else '' end as line
           from information_schema.columns
          where table_schema = 'public' and table_name not like '\\_\\_diesel%'
         union all
         select k.table_name || ' (' || string_agg(k.column_name, ', ' order by k.ordinal_position) || ')'
           from information_schema.key_column_usage k
           join information_schema.table_constraints c using (constraint_schema, constraint_name)
          where k.table_schema = 'public' and constraint_type = 'PRIMARY KEY'
            and k.table_name not like '\\_\\_diesel%'
          group by k.table_name",
    )
    .load(&mut conn)
    .await
    .unwrap();
    let found: BTreeSet<String> = found.into_iter().map(|row| row.line).collect();
    let declared = declared();
    assert!(declared.contains("versions.change_kind text null"), "{declared:#?}");
    let missing: Vec<_> = found.difference(&declared).collect();
    let invented: Vec<_> = declared.difference(&found).collect();
    assert!(
        missing.is_empty() && invented.is_empty(),
        "src/infra/db/schema.rs lacks {missing:#?} and has, unlike the database, {invented:#?}"
    );
}
