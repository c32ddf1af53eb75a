//! A text goes out at a time in a named time zone, is taken off again and published by hand; by keyboard
//! alone, with script and without.

use jiff::ToSpan as _;

use crate::support::browser::{Browser, told_both_ways};
use crate::support::desk::{Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

told_both_ways!(a_text_is_scheduled_taken_off_and_published, at_a_time);

async fn at_a_time(browser: Browser) {
    let site = Site::start();
    let desk = Desk::set_up(&site);
    let facts = Facts { number: "2800", kind: "statement", issued_on: "1997-11-16", topics: &[] };
    let words = Words { title: "Five dock workers", body: "They asked for their wages.", ..Words::default() };
    let text = desk.begin("en", facts, words);
    let keys = Keyboard(&browser);
    door::sign_in(&browser, &site, EMAIL).await;

    // Half past two in the afternoon of Tokyo, which has no summer time, is half past five in UTC.
    browser.goto(&site.at(&text)).await.unwrap();
    keys.follow("button[value=publish]").await;
    let day = jiff::Zoned::now().date() + 30.days();
    keys.fill("#date", &day.strftime("%m%d%Y").to_string()).await;
    keys.fill("#time", "023000PM").await;
    keys.fill("#zone", "Asia/Tokyo").await;
    keys.follow("button[formaction$='/schedule']").await;
    let said = browser.text("main").await;
    for moment in ["14:30 in Asia/Tokyo", "05:30 UTC"] {
        assert!(said.contains(moment), "{moment} is not in {said}");
    }
    browser.goto(&site.at("/admin")).await.unwrap();
    browser.says(".waits h2", "Going out by themselves").await;

    // It is taken off, and goes out by hand.
    browser.goto(&site.at(&format!("{text}/publication"))).await.unwrap();
    keys.follow("form[action$='/unschedule'] button").await;
    browser.says(".flash", "off the schedule").await;
    browser.goto(&site.at(&format!("{text}/publication"))).await.unwrap();
    keys.follow("form button.main").await;
    browser.says(".flash", "Number 2800 is public").await;
    browser.goto(&site.at("/en/statements/2800")).await.unwrap();
    browser.says("h1", "Five dock workers").await;
}
