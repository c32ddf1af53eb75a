//! The people who may sign in.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff_diesel::ToDiesel as _;
use onrecord::domain::accounts::passwords::Password;
use onrecord::domain::accounts::users::{self, NewUser};
use onrecord::domain::policy::{Actor, Role};
use onrecord::infra::db::schema::users as users_table;

use crate::support::cast::{PASSWORD, person};
use crate::support::desk::Desk;
use crate::support::refusals::problem_with;

#[actix_web::test]
async fn one_person_is_one_account_in_whatever_letter_case() {
    let mut desk = Desk::open().await;
    let (by, now) = (Actor::OPERATOR, desk.now);
    for email in ["author@example.org", "Author@Example.ORG", "AUTHOR@EXAMPLE.ORG"] {
        let again = NewUser { email: email.to_owned(), ..person("someone", Role::Editor) };
        problem_with("email", users::add(&mut desk.conn, by, again, now).await);
        let found = users::by_email(&mut desk.conn, email).await.unwrap().unwrap();
        assert_eq!(found.actor(), desk.people.author);
    }
    assert!(users::by_email(&mut desk.conn, "nobody@example.org").await.unwrap().is_none());
}

#[actix_web::test]
async fn a_person_signs_in_with_their_password() {
    let mut desk = Desk::open().await;
    let found = users::by_email(&mut desk.conn, "editor@example.org").await.unwrap().unwrap();
    assert!(Password::typed(PASSWORD).matches(found.password_hash.as_deref()));
    assert!(!Password::typed("five small boats at sea!").matches(found.password_hash.as_deref()));
}

#[actix_web::test]
async fn a_revoked_person_is_nobody_and_their_address_stays_theirs() {
    let mut desk = Desk::open().await;
    let id = desk.people.author.user.unwrap();
    diesel::update(users_table::table.find(id))
        .set(users_table::revoked_at.eq(desk.now.to_diesel()))
        .execute(&mut desk.conn)
        .await
        .unwrap();
    assert!(users::by_id(&mut desk.conn, id).await.unwrap().is_none());
    assert!(users::by_email(&mut desk.conn, "author@example.org").await.unwrap().is_none());
    let now = desk.now;
    let again = users::add(&mut desk.conn, Actor::OPERATOR, person("author", Role::Author), now).await;
    problem_with("email", again);
}

#[actix_web::test]
async fn what_is_no_person_is_refused_at_its_field() {
    let mut desk = Desk::open().await;
    let now = desk.now;
    for (field, email, name) in [
        ("email", "no address", "Somebody"),
        ("email", "two@at@example.org", "Somebody"),
        ("email", "@example.org", "Somebody"),
        ("person", "somebody@example.org", ""),
    ] {
        let user =
            NewUser { email: email.to_owned(), name: name.to_owned(), ..person("somebody", Role::Author) };
        problem_with(field, users::add(&mut desk.conn, Actor::OPERATOR, user, now).await);
    }
}
