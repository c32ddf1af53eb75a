//! The first statement of a new site, by keyboard alone.

use fantoccini::key::Key;

use crate::support::browser::{self, Browser, Script};
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

struct Text {
    locale: &'static str,
    title: &'static str,
    summary: &'static str,
    body: &'static str,
    sign_off: &'static str,
    /// What readers get.
    date: &'static str,
    topics: [&'static str; 2],
}

const ENGLISH: Text = Text {
    locale: "en",
    title: "Five dock workers have been held for a year",
    summary: "The harbour court has heard none of them.",
    body: "They asked for their wages.\n\n## What we ask for\n\nA hearing in *open court*.",
    sign_off: "Ana Marin\nSpeaker of the group",
    date: "November 16, 1997",
    topics: ["Labor Rights", "Torture"],
};

const SIMPLIFIED: Text = Text {
    locale: "zh-hans",
    title: "五名码头工人已被关押一年",
    summary: "海港法院至今没有开庭。",
    body: "他们要求发还工资。\n\n## 我们的要求\n\n公开审理。",
    sign_off: "马安娜\n本组织发言人",
    date: "1997年11月16日",
    topics: ["劳工权利", "酷刑"],
};

const TRADITIONAL: Text = Text {
    locale: "zh-hant",
    title: "五名碼頭工人已被關押一年",
    summary: "海港法院至今沒有開庭。",
    body: "他們要求發還工資。\n\n## 我們的要求\n\n公開審理。",
    sign_off: "馬安娜\n本組織發言人",
    date: "1997年11月16日",
    topics: ["勞工權利", "酷刑"],
};

#[test]
fn the_first_statement_is_written_and_published_by_keyboard_alone() {
    browser::tell(Script::Runs, async |browser| {
        let site = Site::start();
        let keys = Keyboard(&browser);
        browser.goto(&site.set_up).await.unwrap();
        set_up(&keys).await;
        assert_eq!(browser.path().await, "/admin");

        keys.go_to("a.button.main").await;
        keys.press_through(Key::Enter).await;
        write(&browser, &keys, &ENGLISH).await;
        state_the_facts(&browser, &keys).await;
        publish(&browser, &keys).await;

        for text in [&SIMPLIFIED, &TRADITIONAL] {
            keys.go_to(&format!(".tabs a[href$='/{}']", text.locale)).await;
            keys.press_through(Key::Enter).await;
            write(&browser, &keys, text).await;
            publish(&browser, &keys).await;
        }

        keys.go_to("a[href$='/statements/2800']").await;
        keys.press_through(Key::Enter).await;
        check(&browser, &TRADITIONAL).await;
        for text in [&SIMPLIFIED, &ENGLISH] {
            keys.go_to(&format!(".meta a[href='/{}/statements/2800']", text.locale)).await;
            keys.press_through(Key::Enter).await;
            check(&browser, text).await;
        }
    });
}

async fn set_up(keys: &Keyboard<'_>) {
    for (field, text) in [
        ("[id='person']", "Ana Marin"),
        ("[id='email']", "ana@example.org"),
        ("[id='password']", "five small boats at sea"),
        ("[id='password_again']", "five small boats at sea"),
        ("[id='en.name']", "Harbour Rights Group"),
        ("[id='en.short_name']", "Harbour"),
        ("[id='zh-hans.name']", "海港权利组织"),
        ("[id='zh-hant.name']", "海港權利組織"),
    ] {
        keys.fill(field, text).await;
    }
    keys.go_to("button.main").await;
    keys.press_through(Key::Enter).await;
}

async fn write(browser: &Browser, keys: &Keyboard<'_>, text: &Text) {
    keys.fill("#title", text.title).await;
    keys.fill("#summary", text.summary).await;
    keys.fill("#body", text.body).await;
    keys.fill("#sign_off", text.sign_off).await;
    let typed = "return document.querySelector('#body').value";
    assert_eq!(browser.execute(typed, Vec::new()).await.unwrap(), text.body);
}

async fn state_the_facts(browser: &Browser, keys: &Keyboard<'_>) {
    keys.fill("#number", "2800").await;
    keys.fill("#issued_on", ENGLISH.date).await;
    // Enter saves, as it does in the forms that people know.
    keys.press_through(Key::Enter).await;
    assert!(browser.text("#saved").await.starts_with("Saved"));
    keys.go_to("#find-topic").await;
    keys.write("tortu").await;
    keys.press(Key::Enter).await;
    keys.write("labor").await;
    for key in [Key::Down, Key::Down, Key::Space] {
        keys.press(key).await;
    }
    assert_eq!(browser.text("[data-count]").await, "2");
    // The list of a hundred topics is one stop on the way out.
    keys.go_to(".acts button").await;
}

async fn publish(browser: &Browser, keys: &Keyboard<'_>) {
    keys.go_back_to("button[value='publish']").await;
    keys.press_through(Key::Space).await;
    assert!(browser.path().await.ends_with("/publication"), "{}", browser.path().await);
    keys.go_to("button.main").await;
    keys.press_through(Key::Enter).await;
    assert!(browser.text(".flash").await.contains("2800"));
}

/// The statement as readers get it.
async fn check(browser: &Browser, text: &Text) {
    assert_eq!(browser.path().await, format!("/{}/statements/2800", text.locale));
    assert_eq!(browser.text("h1").await, text.title);
    assert_eq!(browser.text("article .summary").await, text.summary);
    assert_eq!(browser.text("article header time").await, text.date);
    assert!(browser.has(&format!("html[lang='{}' i]", text.locale)).await);
    assert!(browser.has(".body h2").await && browser.has(".sign-off span + span").await);
    let topics = browser.text(".meta dd").await;
    for topic in text.topics {
        assert!(topics.contains(topic), "{topic} is not in {topics}");
    }
}
