//! Sign-ins: they run out, they end, and a stolen table opens none.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use onrecord::domain::accounts::sessions::{self, State};

use crate::support::desk::Desk;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn state() -> State {
    State::from([("flash".to_owned(), "Saved.".to_owned())])
}

/// Begins a session of the author's that ends in an hour.
async fn begin(desk: &mut Desk, key: &str) {
    let user = desk.people.author.user;
    sessions::insert(&mut desk.conn, key, user, &state(), desk.now, desk.now + HOUR).await.unwrap();
}

async fn lives(desk: &mut Desk, key: &str, at: Timestamp) -> bool {
    sessions::load(&mut desk.conn, key, at).await.unwrap().is_some()
}

async fn lives_now(desk: &mut Desk, key: &str) -> bool {
    let now = desk.now;
    lives(desk, key, now).await
}

#[actix_web::test]
async fn a_session_lasts_until_it_runs_out() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "key").await;
    let end = desk.now + HOUR;
    assert_eq!(sessions::load(&mut desk.conn, "key", desk.now).await.unwrap(), Some(state()));
    assert!(!lives_now(&mut desk, "another key").await);
    assert!(lives(&mut desk, "key", end - SignedDuration::from_secs(1)).await);
    assert!(!lives(&mut desk, "key", end).await);
    sessions::extend(&mut desk.conn, "key", end + HOUR).await.unwrap();
    assert!(lives(&mut desk, "key", end).await);
}

#[actix_web::test]
async fn an_ended_session_stays_ended() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "one").await;
    begin(&mut desk, "two").await;
    sessions::end(&mut desk.conn, "one").await.unwrap();
    assert!(!lives_now(&mut desk, "one").await && lives_now(&mut desk, "two").await);
    let (user, end) = (desk.people.author.user, desk.now + HOUR);
    let kept = sessions::update(&mut desk.conn, "one", user, &state(), end).await.unwrap();
    assert!(!kept, "a request that was under way must not bring it back");
    assert!(!lives_now(&mut desk, "one").await);
    sessions::end_all(&mut desk.conn, user.unwrap()).await.unwrap();
    assert!(!lives_now(&mut desk, "two").await);
}

#[actix_web::test]
async fn only_what_has_run_out_is_pruned() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "old").await;
    desk.wait(30);
    begin(&mut desk, "new").await;
    desk.wait(30);
    assert_eq!(sessions::prune(&mut desk.conn, desk.now).await.unwrap(), 1);
    assert!(lives_now(&mut desk, "new").await && !lives_now(&mut desk, "old").await);
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

#[actix_web::test]
async fn the_table_holds_no_key() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "kingfisher").await;
    let rows: Vec<Row> =
        diesel::sql_query("select s::text as line from sessions s").load(&mut desk.conn).await.unwrap();
    let hex = data_encoding::HEXLOWER.encode(b"kingfisher");
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].line.contains("kingfisher") && !rows[0].line.contains(&hex), "{}", rows[0].line);
}
