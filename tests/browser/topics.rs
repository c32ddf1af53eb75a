//! Two topics are merged, and the merge is undone; by keyboard, with script and without.

use crate::support::browser::{Browser, told_both_ways};
use crate::support::desk::{Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

told_both_ways!(two_topics_are_merged_and_parted, merged_and_parted);

async fn merged_and_parted(browser: Browser) {
    let site = Site::start();
    let desk = Desk::set_up(&site);
    let facts = Facts { number: "2800", kind: "statement", issued_on: "1997-11-16", topics: &["torture"] };
    let words = Words { title: "Five dock workers", body: "They asked for their wages.", ..Words::default() };
    desk.publish(&desk.begin("en", facts, words), None);
    let keys = Keyboard(&browser);
    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at("/admin/topics?text=torture")).await.unwrap();
    keys.follow("#topics tbody a").await;
    keys.follow("a[href$='/merge']").await;
    keys.fill("#into", "Police Br").await;
    keys.follow("form[method=get] button").await;
    browser.says("main dl", "1 statement").await;
    keys.follow("section button.main").await;
    browser.says(".flash", "“Torture” is merged into “Police Brutality”").await;

    // Whoever has kept the old address gets the new page.
    let topic = "/en/topics/torture";
    browser.goto(&site.at(topic)).await.unwrap();
    browser.says("h1", "Police Brutality").await;
    browser.says(".entries", words.title).await;

    browser.goto(&site.at("/admin/topics?text=torture")).await.unwrap();
    keys.follow("#topics tbody a").await;
    keys.follow("#merged ~ form button").await;
    browser.says(".flash", "The merge is undone").await;
    browser.goto(&site.at("/en/topics/police-brutality")).await.unwrap();
    assert!(!browser.text("main").await.contains(words.title));
}
