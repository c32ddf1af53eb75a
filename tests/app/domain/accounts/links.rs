//! One-time links: used once, for a day, and for the first administrator only while nobody is there.

use futures_util::future::join;
use jiff::{SignedDuration, Timestamp};
use onrecord::domain::accounts::links::{self, LIFE, Link};
use onrecord::domain::accounts::passwords::Password;
use onrecord::domain::accounts::users::{self, User};
use onrecord::domain::accounts::{secrets, sessions};
use onrecord::domain::outcome::{Change, Refused};
use onrecord::domain::policy::{Actor, Role};
use onrecord::domain::site::{self, Names, Texts};
use onrecord::infra::db::Connection;

use crate::support::cast::{english, person};
use crate::support::database;
use crate::support::desk::Desk;
use crate::support::refusals::{not_found, problem_with};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn texts(name: &str) -> Vec<Texts> {
    let names = Names { name: name.to_owned(), short_name: String::new() };
    vec![Texts { locale: english(), names, pages: Vec::new() }]
}

async fn set_up(conn: &mut Connection, token: &str, name: &str, now: Timestamp) -> Result<Change, Refused> {
    let done = links::set_up(conn, token, person(name, Role::Author), &texts("The Watch"), now).await;
    done.map(|(_, change)| change)
}

/// A link for the author, with whom it is for.
async fn reset_link(desk: &mut Desk) -> (String, User) {
    let (by, now) = (desk.people.administrator, desk.now);
    let token = links::for_reset(&mut desk.conn, by, "Author@example.org", now).await.unwrap();
    let Some(Link::Reset(user)) = links::find(&mut desk.conn, &token, now).await.unwrap() else { panic!() };
    assert_eq!(user.actor(), desk.people.author);
    (token, user)
}

#[actix_web::test]
async fn the_first_link_makes_an_administrator_and_names_the_organisation() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let token = links::for_set_up(&mut conn, noon()).await.unwrap().unwrap();
    assert!(matches!(links::find(&mut conn, &token, noon()).await.unwrap(), Some(Link::SetUp)));
    assert_eq!(set_up(&mut conn, &token, "first", noon()).await.unwrap(), Change::Site);
    let first = users::by_email(&mut conn, "first@example.org").await.unwrap().unwrap();
    assert_eq!(first.role, Role::Administrator, "whatever was asked for");
    let outline = site::outline(&mut conn).await.unwrap();
    assert_eq!(outline.names(english()).name, "The Watch");

    assert!(links::find(&mut conn, &token, noon()).await.unwrap().is_none());
    not_found(set_up(&mut conn, &token, "second", noon()).await);
    assert!(links::for_set_up(&mut conn, noon()).await.unwrap().is_none());
}

#[actix_web::test]
async fn a_link_made_before_is_dead_once_somebody_is_there() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let token = links::for_set_up(&mut conn, noon()).await.unwrap().unwrap();
    users::add(&mut conn, Actor::OPERATOR, person("author", Role::Author), noon()).await.unwrap();
    assert!(links::find(&mut conn, &token, noon()).await.unwrap().is_none());
    not_found(set_up(&mut conn, &token, "intruder", noon()).await);
    assert!(users::by_email(&mut conn, "intruder@example.org").await.unwrap().is_none());
}

#[actix_web::test]
async fn of_two_who_set_up_at_the_same_time_one_does() {
    let db = database::fresh().await;
    let (mut one, mut two) = (db.connection().await, db.connection().await);
    let same = links::for_set_up(&mut one, noon()).await.unwrap().unwrap();
    let other = links::for_set_up(&mut one, noon()).await.unwrap().unwrap();
    let (a, b) = join(set_up(&mut one, &same, "one", noon()), set_up(&mut two, &other, "two", noon())).await;
    assert!(a.is_ok() != b.is_ok(), "{a:?}, {b:?}");
    not_found(if a.is_ok() { b } else { a });
}

#[actix_web::test]
async fn a_set_up_that_fails_leaves_the_link_to_be_used() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let token = links::for_set_up(&mut conn, noon()).await.unwrap().unwrap();
    let nameless = links::set_up(&mut conn, &token, person("first", Role::Author), &texts(""), noon()).await;
    problem_with("name", nameless);
    assert!(!users::is_anybody_there(&mut conn).await.unwrap());
    assert_eq!(set_up(&mut conn, &token, "first", noon()).await.unwrap(), Change::Site);
}

#[actix_web::test]
async fn links_run_out_after_a_day() {
    let mut desk = Desk::open().await;
    let (token, user) = reset_link(&mut desk).await;
    let end = desk.now + LIFE;
    assert!(links::find(&mut desk.conn, &token, end - SECOND).await.unwrap().is_some());
    assert!(links::find(&mut desk.conn, &token, end).await.unwrap().is_none());
    not_found(links::reset(&mut desk.conn, &token, &user, "hash", end).await);

    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let token = links::for_set_up(&mut conn, noon()).await.unwrap().unwrap();
    assert!(links::find(&mut conn, &token, noon() + LIFE).await.unwrap().is_none());
    not_found(set_up(&mut conn, &token, "late", noon() + LIFE).await);
}

#[actix_web::test]
async fn a_new_password_ends_every_sign_in_of_that_person_only() {
    let mut desk = Desk::open().await;
    let now = desk.now;
    for (key, user) in
        [("a", desk.people.author.user), ("b", desk.people.author.user), ("c", desk.people.editor.user)]
    {
        let owner = sessions::Owner { user, ..sessions::Owner::default() };
        sessions::insert(&mut desk.conn, key, &owner, &sessions::State::new(), now).await.unwrap();
    }
    let (token, user) = reset_link(&mut desk).await;
    let hash = Password::typed("seven grey herons in rain").hash().unwrap();
    links::reset(&mut desk.conn, &token, &user, &hash, now).await.unwrap();
    let mut left = Vec::new();
    for key in ["a", "b", "c"] {
        left.push(sessions::load(&mut desk.conn, key, now).await.unwrap().is_some());
    }
    assert_eq!(left, [false, false, true]);
    let author = users::by_email(&mut desk.conn, "author@example.org").await.unwrap().unwrap();
    assert_eq!(author.password_hash, Some(hash));
}

#[actix_web::test]
async fn a_link_is_used_once_even_by_two_at_the_same_time() {
    let mut desk = Desk::open().await;
    let (token, user) = reset_link(&mut desk).await;
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let now = desk.now;
    let (a, b) = join(
        links::reset(&mut one, &token, &user, "one", now),
        links::reset(&mut two, &token, &user, "two", now),
    )
    .await;
    assert!(a.is_ok() != b.is_ok(), "{a:?}, {b:?}");
    let chosen = if a.is_ok() { "one" } else { "two" };
    not_found(if a.is_ok() { b } else { a });
    let author = users::by_id(&mut desk.conn, user.id).await.unwrap().unwrap();
    assert_eq!(author.password_hash.as_deref(), Some(chosen));
    not_found(links::reset(&mut desk.conn, &token, &user, "three", now).await);
}

#[actix_web::test]
async fn a_link_is_for_nothing_and_nobody_else() {
    let mut desk = Desk::open().await;
    let (token, _) = reset_link(&mut desk).await;
    let now = desk.now;
    not_found(set_up(&mut desk.conn, &token, "intruder", now).await);
    for wrong in ["", "x", &token.to_uppercase()] {
        assert!(links::find(&mut desk.conn, wrong, now).await.unwrap().is_none());
    }
    let by = desk.people.administrator;
    not_found(links::for_reset(&mut desk.conn, by, "nobody@example.org", now).await);
    let (token, author) = reset_link(&mut desk).await;
    let editor = users::by_email(&mut desk.conn, "editor@example.org").await.unwrap().unwrap();
    not_found(links::reset(&mut desk.conn, &token, &editor, "stolen", now).await);
    let still = users::by_id(&mut desk.conn, editor.id).await.unwrap().unwrap();
    assert_eq!(still.password_hash, editor.password_hash);
    links::reset(&mut desk.conn, &token, &author, "own", now).await.unwrap();
}

#[actix_web::test]
async fn all_processes_share_one_key() {
    let db = database::fresh().await;
    let (mut one, mut two) = (db.connection().await, db.connection().await);
    let (a, b) = join(secrets::cookie_key(&mut one), secrets::cookie_key(&mut two)).await;
    let (a, b) = (a.unwrap(), b.unwrap());
    assert_eq!((a.len(), &a), (64, &b));
    assert!(a.iter().any(|byte| *byte != a[0]));
}
