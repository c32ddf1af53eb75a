//! Inviting people, trusting them with more or less, revoking their access.

use futures_util::future::join;
use jiff::SignedDuration;
use onrecord::domain::accounts::links::{self, INVITATION_LIFE, Link, Purpose};
use onrecord::domain::accounts::people::{self, Standing};
use onrecord::domain::accounts::users::{self, NewUser};
use onrecord::domain::accounts::{failures, sessions};
use onrecord::domain::ids::UserId;
use onrecord::domain::policy::Role;

use crate::support::cast::person;
use crate::support::desk::Desk;
use crate::support::refusals::{conflict, forbidden, not_found, problem_with};

fn newcomer() -> NewUser {
    NewUser { password_hash: None, ..person("newcomer", Role::Editor) }
}

async fn standing(desk: &mut Desk, id: UserId) -> Standing {
    people::one(&mut desk.conn, id).await.unwrap().unwrap().standing()
}

#[actix_web::test]
async fn somebody_invited_chooses_a_password_within_a_week_and_once() {
    let mut desk = Desk::open().await;
    let (by, now) = (desk.people.administrator, desk.now);
    let (id, token) = people::invite(&mut desk.conn, by, newcomer(), now).await.unwrap();
    assert_eq!(standing(&mut desk, id).await, Standing::Invited);
    let end = now + INVITATION_LIFE;
    let second = SignedDuration::from_secs(1);
    assert!(links::find(&mut desk.conn, &token, end).await.unwrap().is_none());
    let Some(Link::Invitation(user)) = links::find(&mut desk.conn, &token, end - second).await.unwrap()
    else {
        panic!("no invitation")
    };
    assert_eq!((user.id, user.role), (id, Role::Editor));
    not_found(links::reset(&mut desk.conn, &token, &user, "hash", now).await);
    links::accept(&mut desk.conn, &token, &user, "hash", now).await.unwrap();
    assert_eq!(standing(&mut desk, id).await, Standing::Active);
    not_found(links::accept(&mut desk.conn, &token, &user, "other", now).await);
}

#[actix_web::test]
async fn a_new_link_ends_the_one_before_and_a_revoked_one_is_over() {
    let mut desk = Desk::open().await;
    let (by, now) = (desk.people.administrator, desk.now);
    let (id, first) = people::invite(&mut desk.conn, by, newcomer(), now).await.unwrap();
    let (purpose, second) = links::for_person(&mut desk.conn, by, id, now).await.unwrap();
    assert_eq!(purpose, Purpose::Invitation);
    assert!(links::find(&mut desk.conn, &first, now).await.unwrap().is_none());
    assert!(links::find(&mut desk.conn, &second, now).await.unwrap().is_some());
    assert_eq!(links::open_until(&mut desk.conn, id, now).await.unwrap(), Some(now + INVITATION_LIFE));
    links::revoke(&mut desk.conn, by, id, now).await.unwrap();
    assert!(links::find(&mut desk.conn, &second, now).await.unwrap().is_none());
    conflict(links::revoke(&mut desk.conn, by, id, now).await);

    let author = desk.people.author.user.unwrap();
    let (purpose, token) = links::for_person(&mut desk.conn, by, author, now).await.unwrap();
    assert_eq!(purpose, Purpose::Reset, "who has a password gets a link for another");
    let hash = "chosen at the desk";
    users::set_password(&mut desk.conn, desk.people.author, author, hash, None, now).await.unwrap();
    assert!(links::find(&mut desk.conn, &token, now).await.unwrap().is_none(), "a new password ends it too");
}

#[actix_web::test]
async fn whoever_is_revoked_loses_sign_ins_and_links_and_comes_back_as_they_were() {
    let mut desk = Desk::open().await;
    let (by, now, author) = (desk.people.administrator, desk.now, desk.people.author.user.unwrap());
    let owner = sessions::Owner { user: Some(author), handle: Some("h".into()), browser: String::new() };
    sessions::insert(&mut desk.conn, "key", &owner, &sessions::State::new(), now).await.unwrap();
    let (_, token) = links::for_person(&mut desk.conn, by, author, now).await.unwrap();
    people::revoke(&mut desk.conn, by, author, now).await.unwrap();
    assert!(sessions::load(&mut desk.conn, "key", now).await.unwrap().is_none());
    assert!(links::find(&mut desk.conn, &token, now).await.unwrap().is_none());
    assert!(users::by_email(&mut desk.conn, "author@example.org").await.unwrap().is_none());
    conflict(people::revoke(&mut desk.conn, by, author, now).await);
    not_found(links::for_person(&mut desk.conn, by, author, now).await);

    people::restore(&mut desk.conn, by, author, now).await.unwrap();
    assert!(links::find(&mut desk.conn, &token, now).await.unwrap().is_none(), "the link stays over");
    let back = users::by_email(&mut desk.conn, "author@example.org").await.unwrap().unwrap();
    assert!(back.password_hash.is_some() && back.role == Role::Author);
    conflict(people::restore(&mut desk.conn, by, author, now).await);
}

#[actix_web::test]
async fn the_last_administrator_stays_one() {
    let mut desk = Desk::open().await;
    let (by, now) = (desk.people.administrator, desk.now);
    let id = by.user.unwrap();
    let why = problem_with("role", people::change_role(&mut desk.conn, by, id, Role::Editor, now).await);
    assert!(why.contains("Make somebody else an administrator first"), "{why}");
    let why = conflict(people::revoke(&mut desk.conn, by, id, now).await);
    assert!(why.contains("Make somebody else an administrator first"), "{why}");
    // Somebody who was only invited could not take over.
    let invited = NewUser { role: Role::Administrator, ..newcomer() };
    people::invite(&mut desk.conn, by, invited, now).await.unwrap();
    conflict(people::revoke(&mut desk.conn, by, id, now).await);

    let editor = desk.people.editor.user.unwrap();
    people::change_role(&mut desk.conn, by, editor, Role::Administrator, now).await.unwrap();
    people::change_role(&mut desk.conn, by, id, Role::Editor, now).await.unwrap();
}

#[actix_web::test]
async fn of_two_administrators_who_go_at_the_same_time_one_stays() {
    let mut desk = Desk::open().await;
    let (by, now) = (desk.people.administrator, desk.now);
    let (one, other) = (by.user.unwrap(), desk.people.editor.user.unwrap());
    people::change_role(&mut desk.conn, by, other, Role::Administrator, now).await.unwrap();
    let (mut a, mut b) = (desk.db.connection().await, desk.db.connection().await);
    let (first, second) =
        join(people::revoke(&mut a, by, one, now), people::change_role(&mut b, by, other, Role::Author, now))
            .await;
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
}

#[actix_web::test]
async fn only_administrators_keep_people() {
    let mut desk = Desk::open().await;
    let (now, colleague) = (desk.now, desk.people.colleague.user.unwrap());
    for by in [desk.people.author, desk.people.editor, desk.people.publisher] {
        let conn = &mut desk.conn;
        forbidden(people::invite(conn, by, newcomer(), now).await);
        forbidden(people::change_role(conn, by, colleague, Role::Editor, now).await);
        forbidden(people::change_role(conn, by, by.user.unwrap(), Role::Administrator, now).await);
        forbidden(people::revoke(conn, by, colleague, now).await);
        forbidden(people::restore(conn, by, colleague, now).await);
        forbidden(people::sign_out(conn, by, colleague, now).await);
        forbidden(links::for_person(conn, by, colleague, now).await);
        forbidden(links::revoke(conn, by, colleague, now).await);
    }
}

#[actix_web::test]
async fn failures_are_one_event_an_hour_and_counted_in_full() {
    let mut desk = Desk::open().await;
    let author = desk.people.author.user.unwrap();
    let from = desk.now;
    for _ in 0..3 {
        for _ in 0..50 {
            failures::note(&mut desk.conn, "Author@example.org", failures::Failure::Wrong, desk.now)
                .await
                .unwrap();
        }
        failures::note(&mut desk.conn, "nobody@example.org", failures::Failure::Wrong, desk.now)
            .await
            .unwrap();
        failures::note(&mut desk.conn, "author@example.org", failures::Failure::Slowed, desk.now)
            .await
            .unwrap();
        desk.wait(60);
    }
    assert_eq!(failures::since(&mut desk.conn, author, from).await.unwrap(), (150, 3));
    let events: i64 = {
        use diesel::prelude::*;
        use diesel_async::RunQueryDsl;
        use onrecord::infra::db::schema::audit_events;
        audit_events::table
            .filter(audit_events::user_id.eq(author))
            .filter(audit_events::verb.like("sign-in-%"))
            .count()
            .get_result(&mut desk.conn)
            .await
            .unwrap()
    };
    assert_eq!(events, 6);
    let much_later = desk.now + SignedDuration::from_hours(24 * 91);
    assert_eq!(failures::prune(&mut desk.conn, much_later).await.unwrap(), 3);
}
