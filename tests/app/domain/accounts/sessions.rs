//! Sign-ins: they run out, they end, and a stolen table opens none.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use onrecord::domain::accounts::sessions::{self, AT_MOST, IDLE, Owner, State};

use crate::support::desk::Desk;
use crate::support::refusals::not_found;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn state() -> State {
    State::from([("flash".to_owned(), "Saved.".to_owned())])
}

/// Begins a session of the author's, whose handle is its key with "of-" before it.
async fn begin(desk: &mut Desk, key: &str) {
    let owner = Owner {
        user: desk.people.author.user,
        handle: Some(format!("of-{key}")),
        browser: "Firefox on Linux".to_owned(),
    };
    sessions::insert(&mut desk.conn, key, &owner, &state(), desk.now).await.unwrap();
}

async fn lives(desk: &mut Desk, key: &str, at: Timestamp) -> bool {
    sessions::load(&mut desk.conn, key, at).await.unwrap().is_some()
}

async fn lives_now(desk: &mut Desk, key: &str) -> bool {
    let now = desk.now;
    lives(desk, key, now).await
}

#[actix_web::test]
async fn a_session_lasts_a_week_after_the_last_visit() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "key").await;
    let end = desk.now + IDLE;
    assert_eq!(sessions::load(&mut desk.conn, "key", desk.now).await.unwrap(), Some(state()));
    assert!(!lives_now(&mut desk, "another key").await);
    assert!(lives(&mut desk, "key", end - SECOND).await);
    assert!(!lives(&mut desk, "key", end).await);
    sessions::touch(&mut desk.conn, "of-key", end - SECOND).await.unwrap();
    assert!(lives(&mut desk, "key", end + IDLE - SECOND * 2).await);
}

#[actix_web::test]
async fn visits_do_not_keep_it_for_more_than_a_month() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "key").await;
    let end = desk.now + AT_MOST;
    for days in 1..30 {
        let day = desk.now + SignedDuration::from_hours(24 * days);
        sessions::touch(&mut desk.conn, "of-key", day).await.unwrap();
    }
    assert!(lives(&mut desk, "key", end - SECOND).await);
    assert!(!lives(&mut desk, "key", end).await);
    assert!(sessions::of(&mut desk.conn, desk.people.author.user.unwrap(), end).await.unwrap().is_empty());
    assert_eq!(sessions::prune(&mut desk.conn, end).await.unwrap(), 1);
}

#[actix_web::test]
async fn a_visit_soon_after_another_is_not_written_down() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "key").await;
    let (user, began) = (desk.people.author.user.unwrap(), desk.now);
    for (minutes, seen) in [(4, 0), (6, 6), (10, 6), (12, 12)] {
        let now = began + SignedDuration::from_mins(minutes);
        sessions::touch(&mut desk.conn, "of-key", now).await.unwrap();
        let all = sessions::of(&mut desk.conn, user, now).await.unwrap();
        assert_eq!(all[0].last_seen_at, began + SignedDuration::from_mins(seen), "after {minutes} minutes");
        assert_eq!((all[0].created_at, all[0].browser.as_str()), (began, "Firefox on Linux"));
    }
}

#[actix_web::test]
async fn an_ended_session_stays_ended() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "one").await;
    begin(&mut desk, "two").await;
    sessions::end(&mut desk.conn, "one").await.unwrap();
    assert!(!lives_now(&mut desk, "one").await && lives_now(&mut desk, "two").await);
    let kept = sessions::update(&mut desk.conn, "one", &state(), desk.now).await.unwrap();
    assert!(!kept, "a request that was under way must not bring it back");
    assert!(!lives_now(&mut desk, "one").await);
    sessions::end_all(&mut desk.conn, desk.people.author.user.unwrap()).await.unwrap();
    assert!(!lives_now(&mut desk, "two").await);
}

#[actix_web::test]
async fn a_person_ends_their_own_sign_ins_and_nobody_elses() {
    let mut desk = Desk::open().await;
    for key in ["one", "two", "three"] {
        begin(&mut desk, key).await;
    }
    let (author, editor, now) = (desk.people.author, desk.people.editor, desk.now);
    not_found(sessions::end_one(&mut desk.conn, editor, "of-one", now).await);
    not_found(sessions::end_one(&mut desk.conn, author, "one", now).await);
    sessions::end_others(&mut desk.conn, editor, "of-one", now).await.unwrap();
    assert!(lives_now(&mut desk, "one").await && lives_now(&mut desk, "two").await);

    sessions::end_one(&mut desk.conn, author, "of-one", now).await.unwrap();
    not_found(sessions::end_one(&mut desk.conn, author, "of-one", now).await);
    assert!(!lives_now(&mut desk, "one").await && lives_now(&mut desk, "two").await);
    sessions::end_others(&mut desk.conn, author, "of-three", now).await.unwrap();
    assert!(!lives_now(&mut desk, "two").await && lives_now(&mut desk, "three").await);
}

#[actix_web::test]
async fn only_what_has_run_out_is_pruned() {
    let mut desk = Desk::open().await;
    begin(&mut desk, "old").await;
    desk.wait(30);
    begin(&mut desk, "new").await;
    desk.now += IDLE - SignedDuration::from_mins(30);
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
    let owner = Owner { user: desk.people.author.user, handle: Some("h".into()), ..Owner::default() };
    sessions::insert(&mut desk.conn, "kingfisher", &owner, &state(), desk.now).await.unwrap();
    let rows: Vec<Row> =
        diesel::sql_query("select s::text as line from sessions s").load(&mut desk.conn).await.unwrap();
    let hex = data_encoding::HEXLOWER.encode(b"kingfisher");
    assert_eq!(rows.len(), 1);
    assert!(!rows[0].line.contains("kingfisher") && !rows[0].line.contains(&hex), "{}", rows[0].line);
}
