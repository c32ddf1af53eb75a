//! Nobody loses a word: two editors, an earlier text taken back, a sign-in that runs out while somebody
//! writes; by keyboard alone, with script and without.

use fantoccini::Locator;
use fantoccini::key::Key;

use crate::support::browser::{self, Browser, Script, told_both_ways};
use crate::support::desk::{Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

const FACTS: Facts<'_> = Facts { number: "2800", kind: "statement", issued_on: "1997-11-16", topics: &[] };

const WORDS: Words<'_> = Words {
    title: "Five dock workers have been held for a year",
    summary: "The court has heard none of them.",
    body: "They asked for their wages.",
    sign_off: "",
};

const SAVE: &str = "#editor button[name=then][value='']";

told_both_ways!(two_texts_are_brought_together, two_editors);

async fn two_editors(browser: Browser) {
    let site = Site::start();
    let desk = Desk::set_up(&site);
    let mei = desk.invite("Mei Lin", "mei@example.org", "editor");
    let text = desk.begin("en", FACTS, WORDS);
    let keys = Keyboard(&browser);
    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at(&text)).await.unwrap();
    let hers = Words { summary: "The harbour court is silent.", body: "They asked for wages.", ..WORDS };
    mei.save(&text, "en", FACTS, hers);

    keys.fill("#title", "Six dock workers have been held for a year").await;
    keys.fill("#summary", "The court of the harbour has heard nobody.").await;
    keys.follow_back(SAVE).await;
    // One place is in conflict; what only one of them changed is in the result already.
    assert_eq!(browser.find_all(Locator::Css("fieldset.conflict")).await.unwrap().len(), 1);
    assert_eq!(browser.value("#title").await, "Six dock workers have been held for a year");
    keys.go_to("fieldset.conflict input[type=radio]").await;
    keys.press(Key::Down).await;
    assert!(browser.has("fieldset.conflict input[value=theirs]:checked").await);
    keys.follow("button[value=choose]").await;
    assert_eq!(browser.value("#summary").await, hers.summary);
    keys.follow("#merge button.main").await;

    let said = |field: &str| desk.says(&text, field);
    assert_eq!(said("#title"), "Six dock workers have been held for a year");
    assert_eq!((said("#summary").as_str(), said("#body").as_str()), (hers.summary, hers.body));
}

told_both_ways!(an_earlier_text_is_taken_back, take_back);

async fn take_back(browser: Browser) {
    let site = Site::start();
    let desk = Desk::set_up(&site);
    let mei = desk.invite("Mei Lin", "mei@example.org", "editor");
    let text = desk.begin("en", FACTS, WORDS);
    mei.save(&text, "en", FACTS, Words { body: "Nothing is left.", ..WORDS });
    let keys = Keyboard(&browser);
    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at(&text)).await.unwrap();
    keys.follow("a[href$='/history']").await;
    keys.follow("tbody tr:last-child a[href*='/compare']").await;
    browser.says("[aria-label=Text]", WORDS.body).await;
    keys.follow("form[action$='/restoration'] button").await;
    browser.says(".flash", "The earlier text is back").await;
    assert_eq!(browser.value("#body").await, WORDS.body);
    assert_eq!(desk.value(&text, "#editor [name=based_on]"), browser.value("[name=based_on]").await);
}

told_both_ways!(what_was_typed_after_the_sign_in_ran_out_comes_back, after_expiry);

async fn after_expiry(browser: Browser) {
    let site = Site::start();
    let desk = Desk::set_up(&site);
    let text = desk.begin("en", FACTS, WORDS);
    let keys = Keyboard(&browser);
    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at(&text)).await.unwrap();
    door::lose_the_sign_in(&browser).await;
    keys.fill("#body", "They asked for their wages, and for a hearing.").await;
    keys.follow_back(SAVE).await;
    browser.says("main", "You have been signed out").await;

    // The window is closed, and the next day the text is opened again.
    door::sign_in(&browser, &site, EMAIL).await;
    browser.goto(&site.at(&text)).await.unwrap();
    assert_eq!(browser.value("#body").await, WORDS.body);
    keys.follow(".flash a").await;
    browser.says("[aria-label=Text]", "and for a hearing").await;
    keys.follow("form button.main").await;
    assert_eq!(desk.says(&text, "#body"), "They asked for their wages, and for a hearing.");
}

#[test]
fn the_editor_saves_by_itself_and_goes_on_after_the_sign_in_ran_out() {
    browser::tell(Script::Runs, async |browser| {
        let site = Site::start();
        let desk = Desk::set_up(&site);
        let text = desk.begin("en", FACTS, WORDS);
        let keys = Keyboard(&browser);
        door::sign_in(&browser, &site, EMAIL).await;
        let page = browser.window().await.unwrap();
        browser.goto(&site.at(&text)).await.unwrap();
        keys.fill("#body", "A first sentence.").await;
        saved(&browser, &desk, &text, "A first sentence.").await;

        door::lose_the_sign_in(&browser).await;
        keys.press(Key::End).await;
        keys.write(" A second.").await;
        browser.says("#saved-state", "you have been signed out").await;
        assert!(browser.text("#saved-state").await.contains("A copy is kept on the server"));
        assert!(browser.has("#saved-state a[target=_blank]").await);
        let other = browser.new_window(true).await.unwrap();
        browser.switch_to_window(other.handle).await.unwrap();
        door::sign_in(&browser, &site, EMAIL).await;
        browser.switch_to_window(page).await.unwrap();
        saved(&browser, &desk, &text, "A first sentence. A second.").await;
        browser.goto(&site.at("/admin/kept")).await.unwrap();
        browser.says("main", "Nothing of yours waits here").await;
    });
}

/// Waits until the page says that it is saved, and when; and looks whether it is.
async fn saved(browser: &Browser, desk: &Desk<'_>, text: &str, body: &str) {
    browser.says("#saved-state", "· Draft").await;
    let mut tries = 0;
    while desk.says(text, "#body") != body {
        tries += 1;
        assert!(tries < 100, "{body:?} is not saved: {}", browser.text("#saved-state").await);
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    browser.says("#saved-state", "Saved").await;
    let said = browser.text("#saved-state").await;
    let time = said.split(' ').nth(1).unwrap_or_default();
    assert!(time.len() == 5 && time.as_bytes()[2] == b':', "{said}");
}
