//! Second factors: what counts, what works once, what may not go.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join;
use jiff::SignedDuration;
use onrecord::domain::accounts::factors::{
    self, PasswordSeen, has_second_factor, is_lacking, recovery, totp,
};
use onrecord::domain::accounts::users::User;
use onrecord::domain::audit::Verb;
use onrecord::domain::settings::{self, Settings};
use onrecord::infra::db::schema::{audit_events, recovery_codes};

use crate::support::codes::{self, App, somebody};
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict, forbidden, not_found, problem_with};

const STEP: SignedDuration = SignedDuration::from_secs(30);

/// A desk whose publisher has an app.
async fn with_app() -> (Desk, User, App) {
    let mut desk = Desk::open().await;
    let app = codes::add(&mut desk.conn, "publisher", desk.now).await;
    let user = somebody(&mut desk.conn, "publisher").await;
    (desk, user, app)
}

async fn demand(desk: &mut Desk) {
    codes::add(&mut desk.conn, "administrator", desk.now).await;
    let wanted = Settings { second_factor_demanded: true, ..Settings::default() };
    settings::update(&mut desk.conn, desk.people.administrator, &wanted, desk.now).await.done();
}

async fn verbs(desk: &mut Desk) -> Vec<Verb> {
    let all = audit_events::table.order(audit_events::id).select(audit_events::verb);
    all.load(&mut desk.conn).await.unwrap().into_iter().filter(|verb| *verb != Verb::UserAdded).collect()
}

#[actix_web::test]
async fn an_app_counts_only_once_it_gave_a_right_code() {
    let mut desk = Desk::open().await;
    let (user, now) = (somebody(&mut desk.conn, "publisher").await, desk.now);
    let id = totp::begin(&mut desk.conn, &user, now).await.unwrap();
    assert!(!has_second_factor(&mut desk.conn, user.id).await.unwrap());
    let app = App::told(&totp::pending(&mut desk.conn, &user, id, now).await.unwrap().unwrap().typed());
    let early = app.code(now);
    assert!(!totp::take(&mut desk.conn, user.id, &early, now).await.unwrap(), "it lets in before it counts");
    for wrong in ["", "000000000", app.code(now + STEP * 5).as_str()] {
        let refused = totp::confirm(&mut desk.conn, &user, id, ("", wrong), now).await;
        assert!(problem_with("code", refused).contains("not the code"));
    }
    let other = somebody(&mut desk.conn, "editor").await;
    not_found(totp::confirm(&mut desk.conn, &other, id, ("", &early), now).await);
    totp::confirm(&mut desk.conn, &user, id, ("", &early), now).await.done();
    assert!(has_second_factor(&mut desk.conn, user.id).await.unwrap());
    assert_eq!(totp::of(&mut desk.conn, user.id).await.unwrap()[0].name, "Authenticator app");
    assert!(
        totp::pending(&mut desk.conn, &user, id, now).await.unwrap().is_none(),
        "the secret is shown again"
    );
    assert_eq!(verbs(&mut desk).await, [Verb::AppAdded]);
}

#[actix_web::test]
async fn a_secret_waits_an_hour_and_only_the_last_one_does() {
    let mut desk = Desk::open().await;
    let (user, now) = (somebody(&mut desk.conn, "publisher").await, desk.now);
    let first = totp::begin(&mut desk.conn, &user, now).await.unwrap();
    let second = totp::begin(&mut desk.conn, &user, now).await.unwrap();
    assert!(totp::pending(&mut desk.conn, &user, first, now).await.unwrap().is_none());
    let app = App::told(&totp::pending(&mut desk.conn, &user, second, now).await.unwrap().unwrap().typed());
    let late = now + totp::PATIENCE;
    not_found(totp::confirm(&mut desk.conn, &user, second, ("", &app.code(late)), late).await);
}

#[actix_web::test]
async fn each_code_works_once_even_at_the_same_time() {
    let (mut desk, user, app) = with_app().await;
    let (now, id) = (desk.now, user.id);
    assert!(!totp::take(&mut desk.conn, id, &app.code(now), now).await.unwrap(), "the first code, again");
    let later = now + STEP * 2;
    let code = app.code(later);
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (a, b) = join(totp::take(&mut one, id, &code, later), totp::take(&mut two, id, &code, later)).await;
    assert!(a.unwrap() != b.unwrap());
    // One of the step before the last used: seen over a shoulder, and typed late.
    assert!(!totp::take(&mut desk.conn, id, &app.code(later - STEP), later).await.unwrap());
    assert!(
        totp::take(&mut desk.conn, id, &app.code(later + STEP), later).await.unwrap(),
        "a clock half a minute fast"
    );
    assert!(!totp::take(&mut desk.conn, id, &app.code(later + STEP * 9), later).await.unwrap());
}

#[actix_web::test]
async fn an_app_lets_its_owner_in_only() {
    let (mut desk, _, app) = with_app().await;
    codes::add(&mut desk.conn, "editor", desk.now).await;
    let (editor, later) = (somebody(&mut desk.conn, "editor").await, desk.now + STEP * 4);
    assert!(!totp::take(&mut desk.conn, editor.id, &app.code(later), later).await.unwrap());
}

#[actix_web::test]
async fn recovery_codes_work_once_each_and_only_digests_are_kept() {
    let (mut desk, user, _) = with_app().await;
    let now = desk.now;
    let codes = recovery::make(&mut desk.conn, &user, now).await.unwrap();
    assert_eq!(codes.len(), 10);
    let kept: Vec<Vec<u8>> =
        recovery_codes::table.select(recovery_codes::digest).load(&mut desk.conn).await.unwrap();
    assert!(kept.iter().all(|digest| digest.len() == 32));
    let other = somebody(&mut desk.conn, "editor").await;
    assert!(!recovery::take(&mut desk.conn, &other, &codes[0], now).await.unwrap());
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let typed = codes[0].to_uppercase().replace('-', " ");
    let (a, b) =
        join(recovery::take(&mut one, &user, &typed, now), recovery::take(&mut two, &user, &codes[0], now))
            .await;
    assert!(a.unwrap() != b.unwrap());
    assert_eq!(recovery::left(&mut desk.conn, user.id).await.unwrap(), 9);
    let new = recovery::make(&mut desk.conn, &user, now).await.unwrap();
    assert!(!recovery::take(&mut desk.conn, &user, &codes[1], now).await.unwrap(), "an old code still works");
    assert!(recovery::take(&mut desk.conn, &user, &new[1], now).await.unwrap());
    let expected = [
        Verb::AppAdded,
        Verb::RecoveryCodesMade,
        Verb::RecoveryCodeUsed,
        Verb::RecoveryCodesMade,
        Verb::RecoveryCodeUsed,
    ];
    assert_eq!(verbs(&mut desk).await, expected);
}

#[actix_web::test]
async fn recovery_codes_stand_in_for_a_factor_and_go_with_the_last() {
    let (mut desk, user, _) = with_app().await;
    let (now, nobody) = (desk.now, somebody(&mut desk.conn, "editor").await);
    assert!(conflict(recovery::make(&mut desk.conn, &nobody, now).await).contains("first"));
    recovery::make(&mut desk.conn, &user, now).await.unwrap();
    let app = totp::of(&mut desk.conn, user.id).await.unwrap()[0].id;
    not_found(totp::remove(&mut desk.conn, &nobody, app, PasswordSeen::Long, now).await);
    totp::remove(&mut desk.conn, &user, app, PasswordSeen::Long, now).await.done();
    assert!(!has_second_factor(&mut desk.conn, user.id).await.unwrap());
    assert_eq!(recovery::left(&mut desk.conn, user.id).await.unwrap(), 0);
}

#[actix_web::test]
async fn the_demand_is_for_those_whose_word_goes_out() {
    let mut desk = Desk::open().await;
    demand(&mut desk).await;
    for (name, lacks) in [("author", false), ("editor", false), ("publisher", true), ("administrator", false)]
    {
        let user = somebody(&mut desk.conn, name).await;
        assert_eq!(is_lacking(&mut desk.conn, &user).await.unwrap(), lacks, "{name}");
    }
    codes::add(&mut desk.conn, "publisher", desk.now).await;
    let publisher = somebody(&mut desk.conn, "publisher").await;
    assert!(!is_lacking(&mut desk.conn, &publisher).await.unwrap());
}

#[actix_web::test]
async fn whoever_demands_it_has_one_themself() {
    let mut desk = Desk::open().await;
    let (administrator, now) = (desk.people.administrator, desk.now);
    let wanted = Settings { second_factor_demanded: true, ..Settings::default() };
    let refused = settings::update(&mut desk.conn, administrator, &wanted, now).await;
    assert!(problem_with("second_factor_demanded", refused).contains("of your own first"));
    assert_eq!(Settings::read(&mut desk.conn).await.unwrap(), Settings::default());
    demand(&mut desk).await;
    assert!(verbs(&mut desk).await.contains(&Verb::SecondFactorDemanded));
    settings::update(&mut desk.conn, administrator, &Settings::default(), now).await.done();
    assert!(verbs(&mut desk).await.contains(&Verb::SecondFactorNoLongerDemanded));
}

#[actix_web::test]
async fn the_last_one_stays_while_it_is_demanded() {
    let (mut desk, user, _) = with_app().await;
    demand(&mut desk).await;
    let now = desk.now;
    let app = totp::of(&mut desk.conn, user.id).await.unwrap()[0].id;
    assert!(
        conflict(totp::remove(&mut desk.conn, &user, app, PasswordSeen::Long, now).await)
            .contains("Add another first")
    );
    assert!(has_second_factor(&mut desk.conn, user.id).await.unwrap());
    codes::add(&mut desk.conn, "publisher", now).await;
    totp::remove(&mut desk.conn, &user, app, PasswordSeen::Long, now).await.done();
}

#[actix_web::test]
async fn of_two_that_go_at_the_same_time_one_stays_while_it_is_demanded() {
    let (mut desk, user, _) = with_app().await;
    codes::add(&mut desk.conn, "publisher", desk.now).await;
    demand(&mut desk).await;
    let apps = totp::of(&mut desk.conn, user.id).await.unwrap();
    let (mut one, mut two) = (desk.db.connection().await, desk.db.connection().await);
    let (a, b) = join(
        totp::remove(&mut one, &user, apps[0].id, PasswordSeen::Long, desk.now),
        totp::remove(&mut two, &user, apps[1].id, PasswordSeen::Long, desk.now),
    )
    .await;
    assert!(a.is_ok() != b.is_ok(), "{a:?}, {b:?}");
    assert!(has_second_factor(&mut desk.conn, user.id).await.unwrap());
}

#[actix_web::test]
async fn only_administrators_take_the_factors_of_somebody_else_away() {
    let (mut desk, user, _) = with_app().await;
    let (now, people) = (desk.now, desk.people);
    recovery::make(&mut desk.conn, &user, now).await.unwrap();
    for by in [people.author, people.editor, people.publisher] {
        forbidden(factors::forget(&mut desk.conn, by, user.id, now).await);
    }
    factors::forget(&mut desk.conn, people.administrator, user.id, now).await.done();
    assert!(factors::of(&mut desk.conn, user.id).await.unwrap().is_empty());
    assert_eq!(recovery::left(&mut desk.conn, user.id).await.unwrap(), 0);
    assert!(
        conflict(factors::forget(&mut desk.conn, people.administrator, user.id, now).await)
            .contains("no second")
    );
    let own = people.administrator.user.unwrap();
    forbidden(factors::forget(&mut desk.conn, people.administrator, own, now).await);
    assert_eq!(verbs(&mut desk).await.last(), Some(&Verb::FactorsForgotten));
}

#[actix_web::test]
async fn the_last_one_stays_as_long_as_the_password_is_too_short_to_stand_alone() {
    let (mut desk, user, _) = with_app().await;
    let (app, now) = (totp::of(&mut desk.conn, user.id).await.unwrap()[0].id, desk.now);
    let refused = totp::remove(&mut desk.conn, &user, app, PasswordSeen::Short, now).await;
    assert!(conflict(refused).contains("fewer than 15"));
    problem_with("password", totp::remove(&mut desk.conn, &user, app, PasswordSeen::No, now).await);
    assert!(has_second_factor(&mut desk.conn, user.id).await.unwrap());
    codes::add(&mut desk.conn, "publisher", now).await;
    totp::remove(&mut desk.conn, &user, app, PasswordSeen::No, now).await.done();
}
