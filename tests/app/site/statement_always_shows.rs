//! The text shows, whatever fails around it: each optional block is broken, or made late, in turn.

use std::time::{Duration, Instant};

use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};
use onrecord::infra::db::Connection;

use crate::support::app::TestApp;
use crate::support::page::Page;
use crate::support::record;

const STATEMENT: &str = "/en/statements/2800";

/// What stands behind the optional blocks of the page.
const TABLES: [&str; 10] = [
    "topics",
    "topic_names",
    "topic_slugs",
    "topic_aliases",
    "statement_topics",
    "list_entries",
    "list_changes",
    "closed_versions",
    "site_names",
    "standing_pages",
];

/// Longer than what every page shows is at hand without being read again.
const OLD: Duration = Duration::from_millis(1000);

#[track_caller]
fn assert_reads_whole(page: &Page, without: &str) {
    assert_eq!(page.text("h1"), "The first statement, corrected", "without {without}");
    assert!(page.text(".body").contains("It begins.") && page.text(".body").contains("It ends."));
    assert_eq!(page.texts(".sign-off span"), ["Example Person", "Executive Director"]);
    assert_eq!(page.text("article > header time"), "November 16, 1997");
}

#[actix_web::test]
async fn without_any_one_of_the_tables_that_it_can_do_without() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    app.visitor().page(STATEMENT).await;
    for table in TABLES {
        app.sql(&format!("alter table {table} rename to away")).await;
        let page = app.visitor().page(STATEMENT).await;
        assert_reads_whole(&page, table);
        app.sql(&format!("alter table away rename to {table}")).await;
    }
}

#[actix_web::test]
async fn what_every_page_shows_stands_from_the_last_good_copy() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    app.visitor().page(STATEMENT).await;
    for table in TABLES {
        app.sql(&format!("alter table {table} rename to {table}_away")).await;
    }
    tokio::time::sleep(OLD).await;
    let page = app.visitor().page(STATEMENT).await;
    assert_reads_whole(&page, "all of them");
    assert_eq!(page.all("section[aria-labelledby=explore] a").len(), 124);
    assert_eq!(page.text(".masthead .name"), "The organisation in en");
    assert_eq!(page.texts("footer a"), ["Corrections", "About"]);
    assert!(
        !page.has(".related") && !page.has("aside.meta a[href*='/topics/']"),
        "what has no copy is left out"
    );
    for table in TABLES {
        app.sql(&format!("alter table {table}_away rename to {table}")).await;
    }
    tokio::time::sleep(OLD).await;
    let page = app.visitor().page(STATEMENT).await;
    assert!(page.has(".related") && page.has("aside.meta a"), "and comes back by itself");
}

#[actix_web::test]
async fn from_the_first_request_on_without_any_copy() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let TestApp { desk, .. } = app;
    let app = TestApp::around(desk, "http://localhost").await;
    for table in TABLES {
        app.sql(&format!("alter table {table} rename to {table}_away")).await;
    }
    let page = app.visitor().page(STATEMENT).await;
    assert_reads_whole(&page, "all of them");
    assert_eq!(page.text(".masthead .name"), "On record");
    assert!(!page.has("#explore"));
    assert_eq!(page.texts("footer a"), ["Corrections"]);
}

#[actix_web::test]
async fn while_all_of_them_are_locked_by_somebody_else() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    app.visitor().page(STATEMENT).await;
    let mut other = Connection::establish(&app.desk.db.url).await.unwrap();
    let lock = format!("begin; lock table {} in access exclusive mode", TABLES.join(", "));
    other.batch_execute(&lock).await.unwrap();
    tokio::time::sleep(OLD).await;
    // More often than there are connections: none may be lost to a query that waits.
    for turn in 0..4 {
        let begun = Instant::now();
        let answers =
            futures_util::future::join_all((0..5).map(|_| async { app.visitor().page(STATEMENT).await }));
        for page in answers.await {
            assert_reads_whole(&page, "locked tables");
            assert_eq!(page.all("section[aria-labelledby=explore] a").len(), 124);
        }
        assert!(begun.elapsed() < Duration::from_secs(6), "turn {turn} took {:?}", begun.elapsed());
    }
    assert!(waiting(&mut other).await <= 8, "queries that nobody waits for are left on the server");
    other.batch_execute("rollback").await.unwrap();
    tokio::time::sleep(OLD).await;
    let page = app.visitor().page(STATEMENT).await;
    assert!(page.has(".related") && page.has("aside.meta a"), "and all of it comes back");
}

/// How many queries wait for a lock in this database.
async fn waiting(conn: &mut Connection) -> i64 {
    use diesel::sql_types::BigInt;
    use diesel_async::RunQueryDsl as _;
    let count = diesel::dsl::sql::<BigInt>(
        "(select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')",
    );
    diesel::select(count).get_result(conn).await.unwrap()
}
