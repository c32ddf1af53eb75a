//! The ledger of what came from files: it knows a file again, and knows what the desk did since.

use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection as _};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::document::Document;
use crate::domain::ids::{RevisionId, StatementId};
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{import_items, statements};

/// What is known of a file that went in.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// SHA-256 of the file as it went in last.
    pub(super) digest: Vec<u8>,
    /// The save it made.
    pub(super) revision: Option<RevisionId>,
}

/// What went in under this number and language, if anything did.
pub(super) async fn find(conn: &mut Connection, document: &Document) -> QueryResult<Option<Item>> {
    let found: Option<(Vec<u8>, Option<RevisionId>)> = import_items::table
        .find((document.number, LocaleColumn(document.locale)))
        .select((import_items::digest, import_items::revision_id))
        .first(conn)
        .await
        .optional()?;
    Ok(found.map(|(digest, revision)| Item { digest, revision }))
}

/// Notes that a file went in.
pub(super) async fn note(
    conn: &mut Connection,
    document: &Document,
    revision: RevisionId,
    now: Timestamp,
) -> QueryResult<()> {
    let values = (
        import_items::digest.eq(&document.digest),
        import_items::revision_id.eq(revision),
        import_items::imported_at.eq(now.to_diesel()),
    );
    diesel::insert_into(import_items::table)
        .values((
            import_items::number.eq(document.number),
            import_items::locale.eq(LocaleColumn(document.locale)),
            values,
        ))
        .on_conflict((import_items::number, import_items::locale))
        .do_update()
        .set(values)
        .execute(conn)
        .await?;
    Ok(())
}

/// Whether the desk did anything to a statement after its last file went in.
pub(super) async fn desk_has_touched(
    conn: &mut Connection,
    statement: StatementId,
    number: i64,
) -> QueryResult<bool> {
    let last: Option<jiff_diesel::Timestamp> = import_items::table
        .filter(import_items::number.eq(number))
        .select(diesel::dsl::max(import_items::imported_at))
        .first::<Option<jiff_diesel::Timestamp>>(conn)
        .await?;
    let touched: jiff_diesel::Timestamp =
        statements::table.find(statement).select(statements::touched_at).first(conn).await?;
    Ok(last.is_none_or(|last| touched.to_jiff() > last.to_jiff()))
}

/// Lets a transaction end before it is on the disk: a run waits for the disk once, in
/// [`wait_for_the_disk`], and not for each of ten thousand files. After a power failure in between,
/// the last files are either there as a whole or not at all, and the same run can be made again.
pub(super) async fn trust_the_end(conn: &mut Connection) -> QueryResult<()> {
    conn.batch_execute("set local synchronous_commit = off").await
}

/// Returns when everything that went in is on the disk: PostgreSQL writes its log in order, so a
/// transaction that waits has waited for all before it. It has to write something to be one that waits.
pub(super) async fn wait_for_the_disk(conn: &mut Connection, last: &Document) -> QueryResult<()> {
    diesel::update(import_items::table.find((last.number, LocaleColumn(last.locale))))
        .set(import_items::imported_at.eq(import_items::imported_at))
        .execute(conn)
        .await?;
    Ok(())
}
