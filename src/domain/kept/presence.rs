//! Who has a text open: said to the others, and forgotten two minutes after the page was last seen.

use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use crate::domain::ids::{StatementId, UserId};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{open_pages, users};

/// How long a page counts as open after it was last seen.
const OPEN: SignedDuration = SignedDuration::from_mins(2);

/// Somebody else who has the text open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// What the others call them.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

fn long_ago(now: Timestamp) -> Timestamp {
    now.saturating_sub(OPEN).unwrap_or(Timestamp::MIN)
}

/// Notes that somebody has a text open. A page that was not seen for two minutes is opened anew.
pub async fn seen(
    conn: &mut Connection,
    (statement, locale): (StatementId, Locale),
    user: UserId,
    now: Timestamp,
) -> QueryResult<()> {
    let pages = open_pages::table;
    diesel::delete(pages.filter(open_pages::seen_at.lt(long_ago(now).to_diesel()))).execute(conn).await?;
    diesel::insert_into(pages)
        .values((
            open_pages::statement_id.eq(statement),
            open_pages::locale.eq(LocaleColumn(locale)),
            open_pages::user_id.eq(user),
            open_pages::opened_at.eq(now.to_diesel()),
            open_pages::seen_at.eq(now.to_diesel()),
        ))
        .on_conflict((open_pages::statement_id, open_pages::locale, open_pages::user_id))
        .do_update()
        .set(open_pages::seen_at.eq(excluded(open_pages::seen_at)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The others who have a text open, whoever came first first.
pub async fn others(
    conn: &mut Connection,
    (statement, locale): (StatementId, Locale),
    user: UserId,
    now: Timestamp,
) -> QueryResult<Vec<Also>> {
    let rows: Vec<(String, jiff_diesel::Timestamp)> = open_pages::table
        .inner_join(users::table)
        .filter(open_pages::statement_id.eq(statement))
        .filter(open_pages::locale.eq(LocaleColumn(locale)))
        .filter(open_pages::user_id.ne(user))
        .filter(open_pages::seen_at.ge(long_ago(now).to_diesel()))
        .filter(users::revoked_at.is_null())
        .order((open_pages::opened_at, users::name))
        .limit(20)
        .select((users::name, open_pages::opened_at))
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|(name, since)| Also { name, since: since.to_jiff() }).collect())
}
