//! Two people bring a text to its readers and correct it, by keyboard alone; with script, and without.

use fantoccini::key::Key;

use crate::support::browser::{Browser, told_both_ways};
use crate::support::desk::{Desk, EMAIL};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

const MEI: &str = "mei@example.org";

told_both_ways!(a_text_is_reviewed_published_and_corrected, on_its_way);

async fn on_its_way(browser: Browser) {
    let site = Site::start();
    Desk::set_up(&site).invite("Mei Lin", MEI, "editor");
    let keys = Keyboard(&browser);

    // She writes it and submits it.
    door::sign_in(&browser, &site, MEI).await;
    keys.follow("a.button.main").await;
    keys.fill("#title", "Five dock workers have been held for a year").await;
    keys.fill("#summary", "The court has heard none of them.").await;
    keys.fill("#body", "They asked for their wages.").await;
    keys.fill("#number", "2800").await;
    keys.fill("#issued_on", "1997-11-16").await;
    keys.follow_back("button[value=submit]").await;
    browser.says(".flash", "Submitted").await;

    // He asks for a change, and says which.
    door::sit_down(&browser, &site, EMAIL).await;
    keys.follow(".waits a[href$='/review']").await;
    keys.fill("#note", "Which court?").await;
    keys.follow("button[formaction$='/changes']").await;
    browser.says("main", "Changes requested").await;

    // She finds it on her dashboard, makes it and submits again.
    door::sit_down(&browser, &site, MEI).await;
    browser.says(".waits h2", "Changes requested on yours").await;
    keys.follow(".waits a").await;
    browser.says("main .said", "Which court?").await;
    keys.fill("#summary", "The harbour court has heard none of them.").await;
    keys.follow_back("button[value=submit]").await;

    // He approves and publishes.
    door::sit_down(&browser, &site, EMAIL).await;
    keys.follow(".waits a[href$='/review']").await;
    assert!(browser.text(".reviewed").await.contains("The harbour court"));
    keys.follow("button[formaction$='/approval']").await;
    browser.says("main", "Approved").await;
    keys.follow("a[href$='/publication']").await;
    keys.follow("form button.main").await;
    browser.says(".flash", "Number 2800 is public").await;

    // He corrects it, with a note for readers.
    keys.fill("#summary", "The harbour court has heard one of them.").await;
    keys.follow_back("button[value=publish]").await;
    keys.go_to("[name=change_kind]").await;
    while browser
        .find_all(fantoccini::Locator::Css("[name=change_kind][value=correction]:checked"))
        .await
        .unwrap()
        .is_empty()
    {
        keys.press(Key::Down).await;
    }
    keys.fill("#change_note", "It has heard one of the five since March.").await;
    keys.follow("form button.main").await;
    browser.says(".flash", "Number 2800 is public").await;
    browser.goto(&site.at("/en/statements/2800")).await.unwrap();
    browser.says("article .summary", "heard one of them").await;
    browser.says("main", "It has heard one of the five since March.").await;
}
