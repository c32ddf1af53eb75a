//! A picture is uploaded, described and placed, and what was pasted becomes a text; by keyboard, with script
//! and without.

use fantoccini::Locator;
use fantoccini::key::Key;

use crate::support::browser::{self, Browser, Script};
use crate::support::desk::{Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::pictures;
use crate::support::site::Site;

const FACTS: Facts<'_> = Facts { number: "2800", kind: "statement", issued_on: "1997-11-16", topics: &[] };

const WORDS: Words<'_> =
    Words { title: "The gate", summary: "At noon.", body: "We were at the gate.", sign_off: "" };

/// What a word processor puts on the clipboard.
const HTML: &str =
    "<h2>What we know</h2><p class='MsoNormal'>It was <b>noon</b>.</p><ul><li>One</li><li>Two</li></ul>";

const MARKDOWN: &str = "## What we know\n\nIt was **noon**.\n\n- One\n- Two";

#[test]
fn a_picture_is_uploaded_described_and_placed_by_keyboard() {
    browser::tell(Script::Runs, async |browser| {
        let site = Site::start();
        let text = upload(&browser, &site).await;
        let keys = Keyboard(&browser);
        browser.goto(&site.at(&text)).await.unwrap();
        keys.go_to("#body").await;
        keys.press(Key::End).await;
        keys.go_to(".media-panel summary").await;
        keys.press(Key::Enter).await;
        keys.go_to("[data-medium] button").await;
        keys.press(Key::Enter).await;
        assert!(browser.value("#body").await.contains("![](media:1)"));
        shown(&browser).await;
    });
}

#[test]
fn a_picture_is_uploaded_described_and_placed_without_script() {
    browser::tell(Script::IsOff, async |browser| {
        let site = Site::start();
        let text = upload(&browser, &site).await;
        let line = browser.value("#markdown").await;
        browser.goto(&site.at(&text)).await.unwrap();
        browser.type_into("#body", &format!("\n\n{line}")).await;
        shown(&browser).await;
    });
}

/// Ends at the page of the picture; gives the path of a text.
async fn upload(browser: &Browser, site: &Site) -> String {
    let desk = Desk::set_up(site);
    let text = desk.begin("en", FACTS, WORDS);
    let keys = Keyboard(browser);
    door::sign_in(browser, site, EMAIL).await;
    browser.goto(&site.at("/admin/media")).await.unwrap();
    keys.follow("a.button.main").await;
    let (_folder, path) = pictures::drawing("gate.png");
    // The browser's own window, in which a file is chosen, is not ours to try.
    browser.type_into("#file", path.to_str().unwrap()).await;
    keys.follow("main button.main").await;
    browser.says(".flash", "Now say what it shows").await;
    keys.fill("[id='en.alt']", "A gate in red and white").await;
    keys.fill("[id='en.caption']", "The gate at noon").await;
    keys.follow("main button.main").await;
    text
}

/// The preview shows it, with its words.
async fn shown(browser: &Browser) {
    browser.follow("button[value=preview]").await;
    let picture = browser.find(Locator::Css("figure img")).await.unwrap();
    assert_eq!(picture.attr("alt").await.unwrap().as_deref(), Some("A gate in red and white"));
    browser.says("figcaption", "The gate at noon").await;
}

#[test]
fn what_is_pasted_keeps_its_form() {
    browser::tell(Script::Runs, async |browser| {
        let site = Site::start();
        let text = Desk::set_up(&site).begin("en", FACTS, Words { body: "", ..WORDS });
        door::sign_in(&browser, &site, EMAIL).await;
        browser.goto(&site.at(&text)).await.unwrap();
        let paste = "const [html, plain] = arguments;
            const carried = new DataTransfer();
            carried.setData('text/html', html);
            carried.setData('text/plain', plain);
            const field = document.querySelector('#body');
            field.focus();
            field.dispatchEvent(new ClipboardEvent('paste', {
              clipboardData: carried, bubbles: true, cancelable: true }));";
        browser.execute(paste, vec![HTML.into(), "What we know".into()]).await.unwrap();
        let begun = std::time::Instant::now();
        while browser.value("#body").await.trim() != MARKDOWN {
            assert!(begun.elapsed().as_secs() < 20, "{}", browser.value("#body").await);
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
    });
}

#[test]
fn what_is_pasted_keeps_its_form_without_script() {
    browser::tell(Script::IsOff, async |browser| {
        let site = Site::start();
        drop(Desk::set_up(&site));
        let keys = Keyboard(&browser);
        door::sign_in(&browser, &site, EMAIL).await;
        browser.goto(&site.at("/admin/paste")).await.unwrap();
        keys.fill("#html", HTML).await;
        keys.follow("main button.main").await;
        assert_eq!(browser.value("#markdown").await.trim(), MARKDOWN);
    });
}
