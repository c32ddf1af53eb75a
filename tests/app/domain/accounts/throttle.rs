//! Leaking buckets: exact under a crowd, and nobody waits for ever.

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use onrecord::domain::accounts::throttle::{self, Client, Secret, Verdict};
use onrecord::domain::accounts::{devices, secrets};
use onrecord::infra::db::Connection;

use crate::support::database;
use crate::support::desk::Desk;

fn noon() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn at(network: &str) -> Client {
    Client { network: Some(network.to_owned()), devices: String::new() }
}

/// Whether a try may be looked at.
async fn goes(conn: &mut Connection, account: &str, client: &Client, now: Timestamp) -> bool {
    matches!(throttle::sign_in(conn, account, client, now).await.unwrap(), Verdict::Go(_))
}

/// Tries until it has to wait; gives how many went, and the wait.
async fn fill(conn: &mut Connection, client: &Client, now: Timestamp) -> (usize, SignedDuration) {
    for n in 0..100 {
        if let Verdict::Wait(wait) = throttle::sign_in(conn, "a@b.org", client, now).await.unwrap() {
            return (n, wait);
        }
    }
    panic!("never full");
}

#[actix_web::test]
async fn a_full_bucket_takes_one_more_each_so_often_and_is_empty_in_the_end() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let (most, wait) = fill(&mut conn, &at("net"), noon()).await;
    assert_eq!((most, wait), (10, SignedDuration::from_mins(5)));
    let almost = noon() + wait - SignedDuration::from_secs(1);
    assert!(!goes(&mut conn, "a@b.org", &at("net"), almost).await);
    assert!(goes(&mut conn, "a@b.org", &at("net"), noon() + wait).await);
    assert!(!goes(&mut conn, "A@B.org", &at("net"), noon() + wait).await, "however it is spelled");
    let later = noon() + SignedDuration::from_hours(24);
    assert_eq!(fill(&mut conn, &at("net"), later).await.0, 10);
}

#[actix_web::test]
async fn what_was_right_is_given_back() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    for _ in 0..100 {
        let Verdict::Go(counted) = throttle::sign_in(&mut conn, "a@b.org", &at("net"), noon()).await.unwrap()
        else {
            panic!("slowed")
        };
        counted.give_back(&mut conn).await.unwrap();
    }
    assert_eq!(fill(&mut conn, &at("net"), noon()).await.0, 10);
}

#[actix_web::test]
async fn a_crowd_gets_no_more_than_one_after_the_other() {
    let desk = Desk::open().await;
    let mut conns = Vec::new();
    for _ in 0..4 {
        conns.push(desk.db.connection().await);
    }
    let tries = conns.iter_mut().map(|conn| async move {
        let mut went = 0;
        for _ in 0..10 {
            went += usize::from(goes(conn, "a@b.org", &at("net"), noon()).await);
        }
        went
    });
    assert_eq!(join_all(tries).await.into_iter().sum::<usize>(), 10);
}

#[actix_web::test]
async fn four_hours_of_guessing_from_everywhere_are_less_than_a_hundred_tries() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let mut went = 0;
    for minute in 0..4 * 60 {
        let now = noon() + SignedDuration::from_mins(minute);
        went += usize::from(goes(&mut conn, "a@b.org", &at(&format!("net {minute}")), now).await);
    }
    assert!((85..=90).contains(&went), "{went}: 40 at once, and one each five minutes");
}

#[actix_web::test]
async fn codes_are_counted_by_account_and_a_known_device_by_itself() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let code = async |conn: &mut Connection, client: &Client, what| {
        matches!(throttle::secret(conn, what, "a@b.org", client, noon()).await.unwrap(), Verdict::Go(_))
    };
    for n in 0..5 {
        assert!(code(&mut conn, &at(&format!("net {n}")), Secret::Code).await);
    }
    assert!(!code(&mut conn, &at("another net"), Secret::Code).await, "whatever network they come from");
    let tokens = devices::remember(&mut conn, "A@b.org", "", noon()).await.unwrap();
    let known = Client { devices: tokens, ..at("net 1") };
    assert!(code(&mut conn, &known, Secret::Code).await);
    assert!(code(&mut conn, &at("net 1"), Secret::CurrentPassword).await, "another secret, another count");
}

#[actix_web::test]
async fn a_browser_is_known_for_a_few_accounts() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let mut tokens = String::new();
    for n in 0..7 {
        tokens = devices::remember(&mut conn, &format!("p{n}@b.org"), &tokens, noon()).await.unwrap();
    }
    let key = secrets::tries_key(&mut conn).await.unwrap();
    let known: Vec<usize> =
        (0..7).filter(|n| devices::find(&key, &format!("p{n}@b.org"), &tokens, noon()).is_some()).collect();
    assert_eq!(known, [2, 3, 4, 5, 6], "those who signed in last");
    let again = devices::remember(&mut conn, "p6@b.org", &tokens, noon()).await.unwrap();
    assert_eq!(again.split('~').count(), 5, "nobody is in it twice");
}

#[actix_web::test]
async fn networks_are_hidden_by_another_key_each_day_and_the_old_one_is_forgotten() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    let one = secrets::network_key(&mut conn, noon()).await.unwrap();
    assert_eq!(one, secrets::network_key(&mut conn, noon() + SignedDuration::from_hours(11)).await.unwrap());
    let next_day = noon() + SignedDuration::from_hours(24);
    let two = secrets::network_key(&mut conn, next_day).await.unwrap();
    assert_ne!(one, two);
    let cookies = secrets::cookie_key(&mut conn).await.unwrap();
    assert_eq!(secrets::prune(&mut conn, next_day).await.unwrap(), 1);
    assert_eq!(secrets::network_key(&mut conn, next_day).await.unwrap(), two);
    assert_eq!(secrets::cookie_key(&mut conn).await.unwrap(), cookies);
    assert_ne!(secrets::network_key(&mut conn, noon()).await.unwrap(), one, "it cannot be had again");
}

#[actix_web::test]
async fn only_empty_buckets_are_forgotten() {
    let db = database::fresh().await;
    let mut conn = db.connection().await;
    assert!(goes(&mut conn, "a@b.org", &at("net"), noon()).await);
    assert_eq!(throttle::prune(&mut conn, noon()).await.unwrap(), 0);
    assert_eq!(throttle::prune(&mut conn, noon() + SignedDuration::from_mins(5)).await.unwrap(), 3);
}
