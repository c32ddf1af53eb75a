//! What is rarely needed stands in a menu of the desk: by keyboard, with script and without.

use fantoccini::key::Key;

use crate::support::browser::{self, Browser, Script};
use crate::support::desk::{Desk, EMAIL};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

const OPEN: &str = "[data-menu][open]";

#[test]
fn the_menu_opens_leads_on_and_closes_by_keyboard() {
    browser::tell(Script::Runs, async |browser| {
        let site = Site::start();
        leads_on(&browser, &site).await;
        let keys = Keyboard(&browser);
        keys.go_to("[data-menu] summary").await;
        keys.press(Key::Enter).await;
        keys.go_to("[data-menu] a").await;
        keys.press(Key::Escape).await;
        assert!(!browser.has(OPEN).await && browser.has("[data-menu] summary:focus").await);
        // It does not stay open over what is reached after it.
        keys.press(Key::Enter).await;
        assert!(browser.has(OPEN).await);
        keys.go_to("main a, main button, main input").await;
        assert!(!browser.has(OPEN).await);
    });
}

#[test]
fn the_menu_opens_and_leads_on_without_script() {
    browser::tell(Script::IsOff, async |browser| leads_on(&browser, &Site::start()).await);
}

async fn leads_on(browser: &Browser, site: &Site) {
    drop(Desk::set_up(site));
    door::sign_in(browser, site, EMAIL).await;
    let keys = Keyboard(browser);
    keys.go_to("[data-menu] summary").await;
    keys.press(Key::Enter).await;
    keys.follow("[data-menu] a[href='/admin/audit']").await;
    browser.says("h1", "Audit log").await;
    assert!(browser.has("[data-menu] summary[aria-current]").await, "it says that we are in it");
    keys.go_to("[data-menu] summary").await;
    keys.press(Key::Enter).await;
    keys.follow("form[action='/admin/sign-out'] button").await;
    browser.goto(&site.at("/admin")).await.unwrap();
    assert_eq!(browser.path().await, "/admin/sign-in");
    door::sign_in(browser, site, EMAIL).await;
}
