//! Guessing is slowed, and the owner gets in all the same.

use futures_util::future::join_all;
use jiff::SignedDuration;
use onrecord::domain::accounts::failures;
use onrecord::domain::accounts::links;
use onrecord::domain::policy::Actor;

use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::visitor::{Answer, Visitor};

/// More than any bucket takes at once.
const MANY: usize = 60;

async fn try_as(visitor: &mut Visitor<'_>, email: &str, password: &str) -> Answer {
    visitor.post("/admin/sign-in", &[("email", email), ("password", password)]).await
}

/// Somebody with a browser that was never here, behind this address.
fn from<'a>(app: &'a TestApp, address: &str) -> Visitor<'a> {
    app.visitor().with("x-forwarded-for", address)
}

/// Tries wrong passwords until it is told to wait; gives how many were looked at.
async fn until_slowed(app: &TestApp, address: &str, email: &str) -> usize {
    let mut stranger = from(app, address);
    for n in 0..MANY {
        match try_as(&mut stranger, email, "not the password at all").await.status {
            422 => {}
            429 => return n,
            other => panic!("{other}"),
        }
    }
    panic!("nobody slowed {MANY} tries");
}

#[actix_web::test]
async fn whoever_guesses_is_slowed_and_told_so_and_the_form_is_kept() {
    let app = TestApp::start().await;
    until_slowed(&app, "203.0.113.9", "author@example.org").await;
    let mut stranger = from(&app, "203.0.113.9");
    let fields = [
        ("email", "author@example.org"),
        ("password", PASSWORD),
        ("next", "/admin/topics"),
        ("kept.title", "\nAn hour of work"),
    ];
    let answer = stranger.post("/admin/sign-in", &fields).await.expect(429);
    let wait: u64 = answer.header("retry-after").parse().unwrap();
    assert!((1..=300).contains(&wait), "{wait}");
    let page = answer.html();
    assert!(page.problem_at("email").contains("too many tries"), "{}", page.problem_at("email"));
    let form = page.form("form[action='/admin/sign-in']");
    assert_eq!((form.value("email"), form.value("next")), ("author@example.org", "/admin/topics"));
    assert_eq!(form.value("kept.title").trim(), "An hour of work");
    assert!(!answer.headers.contains_key("set-cookie"));
    // The right password is not looked at either: else the wait would tell it.
    app.app.clock.advance(SignedDuration::from_secs(i64::try_from(wait).unwrap() + 1));
    try_as(&mut stranger, "author@example.org", PASSWORD).await.expect(303);
}

#[actix_web::test]
async fn an_unknown_address_is_slowed_in_the_same_way_and_words() {
    let app = TestApp::start().await;
    let known = until_slowed(&app, "203.0.113.9", "author@example.org").await;
    let unknown = until_slowed(&app, "198.51.100.9", "nobody@example.org").await;
    assert_eq!(known, unknown);
    let mut said = Vec::new();
    for (address, email) in [("203.0.113.9", "author@example.org"), ("198.51.100.9", "nobody@example.org")] {
        let answer = try_as(&mut from(&app, address), email, "x").await.expect(429);
        said.push((answer.html().problem_at("email"), answer.html().text("title")));
    }
    assert_eq!(said[0], said[1]);
}

#[actix_web::test]
async fn an_unknown_address_and_a_wrong_password_cost_one_hash_each_and_a_wait_none() {
    let app = TestApp::start().await;
    app.sql("update users set password_hash = null where name = 'colleague'").await;
    for (email, password, hashes) in [
        ("author@example.org", "not the password at all", 1),
        ("nobody@example.org", "not the password at all", 1),
        ("colleague@example.org", PASSWORD, 1),
        ("author@example.org", "", 0),
    ] {
        let before = app.app.passwords_hashed();
        try_as(&mut from(&app, "203.0.113.9"), email, password).await.expect(422);
        assert_eq!(app.app.passwords_hashed() - before, hashes, "{email} {password}");
    }
    until_slowed(&app, "203.0.113.9", "author@example.org").await;
    let before = app.app.passwords_hashed();
    try_as(&mut from(&app, "203.0.113.9"), "author@example.org", PASSWORD).await.expect(429);
    assert_eq!(app.app.passwords_hashed(), before, "counted before the hash");
}

#[actix_web::test]
async fn of_many_at_once_no_more_pass_than_of_many_in_a_row() {
    let app = TestApp::start().await;
    let in_a_row = until_slowed(&app, "198.51.100.9", "editor@example.org").await;
    let before = app.app.passwords_hashed();
    let mut strangers: Vec<Visitor<'_>> = (0..MANY).map(|_| from(&app, "203.0.113.9")).collect();
    let all =
        strangers.iter_mut().map(|stranger| try_as(stranger, "author@example.org", "wrong wrong wrong"));
    let looked_at = join_all(all).await.into_iter().filter(|answer| answer.status == 422).count();
    assert_eq!(looked_at, in_a_row);
    assert_eq!(app.app.passwords_hashed() - before, looked_at as u64);
}

#[actix_web::test]
async fn a_flood_from_everywhere_does_not_lock_a_known_device_out() {
    let app = TestApp::start().await;
    let mut owner = from(&app, "192.0.2.1");
    owner.sign_in_as("author").await;
    owner.cookies.retain(|name, _| name.contains("device"));
    assert_eq!(owner.cookies.len(), 1, "a known device keeps a cookie of its own");
    let mut slowed = false;
    for n in 0..MANY {
        let address = format!("203.0.113.{n}");
        let answer = try_as(&mut from(&app, &address), "author@example.org", "not the password").await;
        slowed = slowed || answer.status == 429;
    }
    assert!(slowed, "all networks together are slowed too");
    try_as(&mut from(&app, "198.51.100.1"), "author@example.org", PASSWORD).await.expect(429);
    try_as(&mut owner, "author@example.org", PASSWORD).await.expect(303);
    // Even in the middle of the flood's own network, and after a few slips.
    let mut there = from(&app, "203.0.113.1");
    there.cookies.clone_from(&owner.cookies);
    there.cookies.retain(|name, _| name.contains("device"));
    for _ in 0..5 {
        try_as(&mut there, "author@example.org", "a slip of the finger").await.expect(422);
    }
    try_as(&mut there, "author@example.org", PASSWORD).await.expect(303);
    // But it is a device of the author's, and nobody else's.
    until_slowed(&app, "203.0.113.1", "editor@example.org").await;
    there.cookies.retain(|name, _| name.contains("device"));
    try_as(&mut there, "editor@example.org", PASSWORD).await.expect(429);
}

#[actix_web::test]
async fn one_guesser_slows_their_own_network_and_not_the_owner_elsewhere() {
    let app = TestApp::start().await;
    until_slowed(&app, "203.0.113.9", "author@example.org").await;
    try_as(&mut from(&app, "203.0.113.9"), "author@example.org", PASSWORD).await.expect(429);
    try_as(&mut from(&app, "192.0.2.1"), "author@example.org", PASSWORD).await.expect(303);
    // With IPv6 a household is one network, whatever addresses it gives itself.
    until_slowed(&app, "2001:db8:1:2::1", "editor@example.org").await;
    try_as(&mut from(&app, "2001:db8:1:2:ffff::9"), "editor@example.org", PASSWORD).await.expect(429);
}

#[actix_web::test]
async fn one_password_for_many_accounts_is_slowed_too() {
    let app = TestApp::start().await;
    let mut sprayer = from(&app, "203.0.113.9");
    let mut looked_at = 0;
    for n in 0..MANY {
        let answer = try_as(&mut sprayer, &format!("person{n}@example.org"), "spring spring 2026").await;
        looked_at += usize::from(answer.status == 422);
    }
    assert!(looked_at < 40, "{looked_at}");
}

#[actix_web::test]
async fn who_knows_the_password_is_never_slowed_by_using_it() {
    let app = TestApp::start().await;
    for _ in 0..MANY {
        try_as(&mut from(&app, "203.0.113.9"), "author@example.org", PASSWORD).await.expect(303);
    }
}

#[actix_web::test]
async fn a_link_for_a_new_password_works_through_any_flood() {
    let mut app = TestApp::start().await;
    for n in 0..MANY {
        try_as(&mut from(&app, &format!("203.0.113.{n}")), "author@example.org", "not it").await;
    }
    let (now, by) = (app.app.clock.now(), Actor::OPERATOR);
    let token = links::for_reset(&mut app.desk.conn, by, "author@example.org", now).await.unwrap();
    let mut author = from(&app, "192.0.2.1");
    let form = author.page(&format!("/admin/set-up/{token}")).await.form("main form");
    let new = "seven quiet lanterns burn";
    author.submit(&form.with("password", new).with("password_again", new)).await.expect(303);
    author.get("/admin/account").await.expect(200);
    // The device is known from then on.
    author.cookies.retain(|name, _| name.contains("device"));
    try_as(&mut author, "author@example.org", new).await.expect(303);
}

#[actix_web::test]
async fn whoever_tries_links_is_slowed_and_who_has_one_is_not() {
    let mut app = TestApp::start().await;
    let mut stranger = from(&app, "203.0.113.9");
    let mut found_nothing = 0;
    for n in 0..MANY {
        let answer = stranger.get(&format!("/admin/set-up/guess{n}")).await;
        if answer.status == 429 {
            assert!(answer.headers.contains_key("retry-after"));
            assert_eq!(answer.html().text("h1"), "Too many tries");
            break;
        }
        answer.expect(404);
        found_nothing += 1;
    }
    assert!(found_nothing < MANY, "never slowed");
    let (now, by) = (app.app.clock.now(), Actor::OPERATOR);
    let token = links::for_reset(&mut app.desk.conn, by, "author@example.org", now).await.unwrap();
    let mut author = from(&app, "192.0.2.1");
    for _ in 0..MANY {
        author.get(&format!("/admin/set-up/{token}")).await.expect(200);
    }
}

#[actix_web::test]
async fn failures_are_in_the_log_once_an_hour_and_counted_beside_it() {
    let app = TestApp::start().await;
    let before = app.events().await;
    try_as(&mut from(&app, "203.0.113.9"), "nobody@example.org", "not the password").await.expect(422);
    let looked_at = until_slowed(&app, "203.0.113.9", "author@example.org").await;
    let author = app.desk.people.author.user.unwrap();
    let now = app.app.clock.now();
    // It is written down beside the answer, not before it.
    let mut conn = app.desk.db.connection().await;
    let mut counted = (0, 0);
    for _ in 0..200 {
        counted = failures::since(&mut conn, author, now - SignedDuration::from_hours(2)).await.unwrap();
        if counted == (looked_at as i64, 1) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(counted, (looked_at as i64, 1));
    let of_two_hours_at_most = app.events().await - before;
    assert!((2..=4).contains(&of_two_hours_at_most), "{of_two_hours_at_most} events");
    let mut administrator = app.signed_in_as("administrator").await;
    let log = administrator.page("/admin/audit?about=sign-ins").await.texts("tbody tr").join("\n");
    assert!(log.contains("Somebody Somebody tried a wrong password author"), "{log}");
    assert!(!log.contains("203.0.113") && !log.contains("nobody@"), "{log}");
}

#[actix_web::test]
async fn nothing_that_is_kept_of_a_try_names_an_account_or_an_address() {
    let app = TestApp::start().await;
    try_as(&mut from(&app, "203.0.113.9"), "author@example.org", "not the password").await.expect(422);
    let rows = app.rows("select encode(bucket, 'escape') as line from tries").await;
    assert_eq!(rows.len(), 3, "one for the network, one for the account there, one for the account");
    assert!(rows.iter().all(|row| !row.contains("203.0") && !row.contains("author")), "{rows:?}");
}
