//! Somebody outside reads a draft by a link, until it is taken back; by keyboard, with script and without.

use crate::support::browser::{Browser, told_both_ways};
use crate::support::desk::{Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

told_both_ways!(a_draft_is_shown_outside_and_no_more, shown_outside);

async fn shown_outside(browser: Browser) {
    let site = Site::start();
    let facts = Facts { number: "2800", kind: "statement", issued_on: "1997-11-16", topics: &[] };
    let words = Words { title: "Five dock workers", body: "They asked for their wages.", ..Words::default() };
    let text = Desk::set_up(&site).begin("en", facts, words);
    let keys = Keyboard(&browser);
    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at(&text)).await.unwrap();
    keys.follow("a[href$='/preview-links']").await;
    keys.fill("#label", "The lawyer of the five").await;
    keys.follow("main button.main").await;
    let link = browser.value("#link").await;

    door::lose_the_sign_in(&browser).await;
    browser.goto(&link).await.unwrap();
    browser.says("h1", words.title).await;
    assert!(browser.has("meta[name=robots][content*=noindex]").await);
    assert!(browser.get_all_cookies().await.unwrap().is_empty());

    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at(&format!("{text}/preview-links"))).await.unwrap();
    browser.says("table", "1 time").await;
    keys.follow("form[action$='/revocation'] button").await;
    browser.says(".flash", "The link is taken back").await;
    browser.goto(&link).await.unwrap();
    assert!(!browser.text("main").await.contains(words.body), "{}", browser.text("main").await);
}
