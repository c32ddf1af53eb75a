//! What is on record cannot be rewritten, not even by a fault of ours.

use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use onrecord::domain::statements::store;

use crate::support::cast::{a_statement, english, words};
use crate::support::desk::Desk;

async fn run(desk: &mut Desk, sql: &str) -> Result<usize, String> {
    diesel::sql_query(sql).execute(&mut desk.conn).await.map_err(|error| error.to_string())
}

#[actix_web::test]
async fn no_row_of_the_record_is_changed_or_deleted() {
    let mut desk = Desk::open().await;
    desk.put_on_record(&a_statement(7)).await;
    for (table, change) in [
        ("revisions", "update revisions set seq = 9"),
        ("revisions", "delete from revisions"),
        ("revision_texts", "update revision_texts set body = 'We never said that.'"),
        ("revision_texts", "delete from revision_texts"),
        ("versions", "update versions set body_html = '', change_note = 'x'"),
        ("versions", "delete from versions"),
        ("audit_events", "update audit_events set verb = 'saved'"),
        ("audit_events", "delete from audit_events"),
        ("revisions", "truncate revisions cascade"),
        ("revision_texts", "truncate revision_texts"),
        ("versions", "truncate versions cascade"),
        ("audit_events", "truncate audit_events"),
    ] {
        let error = run(&mut desk, change).await.expect_err(change);
        assert!(error.contains("is append-only"), "{change}: {error}");
        assert!(error.contains(table) || change.contains("cascade"), "{change}: {error}");
    }
    assert_eq!(desk.text(7, english()).await.title(), "Statement 7");
}

#[actix_web::test]
async fn one_function_empties_the_words_of_one_text() {
    let mut desk = Desk::open().await;
    let kept = desk.put_on_record(&a_statement(7)).await;
    let emptied = desk.put_on_record(&a_statement(8)).await;
    let id = desk.translation(emptied.statement, english()).await.id;
    diesel::sql_query("select empty_texts($1)").bind::<BigInt, _>(id).execute(&mut desk.conn).await.unwrap();
    assert!(store::words(&mut desk.conn, emptied.revision).await.unwrap().is_empty());
    assert!(store::salt(&mut desk.conn, emptied.revision).await.unwrap().is_empty());
    assert_eq!(store::words(&mut desk.conn, kept.revision).await.unwrap(), words("Statement 7"));
    assert!(!store::salt(&mut desk.conn, kept.revision).await.unwrap().is_empty());

    // The permission ends with the function, on the same connection and in the same transaction.
    let both = format!("select empty_texts({id}); update versions set n = 99");
    let error = diesel_async::SimpleAsyncConnection::batch_execute(&mut desk.conn, &both).await.unwrap_err();
    assert!(error.to_string().contains("versions is append-only"), "{error}");
    assert!(run(&mut desk, "update revision_texts set body = 'x'").await.is_err());
}
