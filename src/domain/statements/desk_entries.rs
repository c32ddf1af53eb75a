//! Which statements the desk's list shows: the newest changes first, a page at a time.
//!
//! What the filters ask stands in one narrow index, which is read in the order of the list. Words are looked
//! up in two ways, because no single one is quick for all of them: what many texts have is soon found among
//! the newest; what few have is found by the index of words.

use diesel::dsl::InnerJoin;
use diesel::helper_types::IntoBoxed;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::civil::Date;
use jiff_diesel::ToDiesel as _;

use super::desk::{Filter, PAGE, Standing};
use super::desk_words::Sought;
use super::{DeskState, PublicState};
use crate::domain::ids::{StatementId, TranslationId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{desk_entries, statement_topics, statements};

/// How many of the newest texts are looked at one by one: first a few, then more.
const NEWEST: [i64; 2] = [400, 3_000];

type Entries<'a> = IntoBoxed<'a, InnerJoin<desk_entries::table, statements::table>, Pg>;
type Entry = (TranslationId, StatementId);

/// The statements of a page, and one more where the list goes on.
pub(super) async fn page(conn: &mut Connection, filter: &Filter) -> QueryResult<Vec<StatementId>> {
    let most = (PAGE + 1) as i64 * Locale::all().count() as i64;
    let from = match filter.older_than {
        Some(id) => statements::table.find(id).select(statements::touched_at).first(conn).await.optional()?,
        None => None,
    };
    if filter.text.is_empty() {
        let entries = read(matching(filter, from), most, conn).await?;
        return Ok(distinct(entries));
    }
    let Some(sought) = Sought::of(filter) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut skipped = 0;
    for newest in NEWEST {
        let entries = read(matching(filter, from).offset(skipped), newest, conn).await?;
        let is_all = (entries.len() as i64) < newest;
        let texts: Vec<TranslationId> = entries.iter().map(|(text, _)| *text).collect();
        let having = sought.among(conn, &texts).await?;
        let having: std::collections::HashSet<TranslationId> = having.into_iter().collect();
        found.extend(entries.into_iter().filter(|(text, _)| having.contains(text)));
        let statements = distinct(found.clone());
        if is_all || statements.len() > PAGE {
            return Ok(statements);
        }
        skipped += newest;
    }
    let all = sought.all(conn).await?;
    let entries = matching(filter, from).filter(desk_entries::translation_id.eq_any(all));
    Ok(distinct(read(entries, most, conn).await?))
}

async fn read(entries: Entries<'_>, most: i64, conn: &mut Connection) -> QueryResult<Vec<Entry>> {
    entries
        .order((desk_entries::touched_at.desc(), desk_entries::statement_id.desc()))
        .limit(most)
        .select((desk_entries::translation_id, desk_entries::statement_id))
        .load(conn)
        .await
}

fn distinct(entries: Vec<Entry>) -> Vec<StatementId> {
    let mut ids: Vec<StatementId> = entries.into_iter().map(|(_, statement)| statement).collect();
    // Those of one statement stand together, because they were changed together.
    ids.dedup();
    ids.truncate(PAGE + 1);
    ids
}
