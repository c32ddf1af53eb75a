//! Reading without script, from the home page to a statement and back, in each language.

use fantoccini::Locator;

use crate::support::browser::{self, Browser, Script};
use crate::support::desk::{self, Desk, Facts, Words};
use crate::support::site::Site;

/// The titles in each language, and the topic.
const TEXTS: [(&str, &str, &str); 3] = [
    ("en", "Five dock workers have been held for a year", "Labor Rights"),
    ("zh-hans", "五名码头工人已被关押一年", "劳工权利"),
    ("zh-hant", "五名碼頭工人已被關押一年", "勞工權利"),
];

#[test]
fn a_statement_is_found_and_read_without_script_in_every_language() {
    browser::tell(Script::IsOff, async |browser| {
        let site = Site::start();
        put_on_record(&Desk::set_up(&site));
        that_script_is_off(&browser).await;
        for (locale, title, topic) in TEXTS {
            browser.goto(&site.at(&format!("/{locale}"))).await.unwrap();
            assert_eq!(browser.text(".entries h3").await, title);
            browser.follow(&format!("#navigation a[href='/{locale}/topics']")).await;
            browser.follow(&format!("main a[href='/{locale}/topics/labor-rights']")).await;
            assert_eq!(browser.text("h1").await, topic);
            browser.follow(&format!(".parts a[href='/{locale}/topics/labor-rights/1997']")).await;
            browser.follow(&format!(".entries a[href='/{locale}/statements/2800']")).await;
            assert_eq!(browser.text("h1").await, title);
            assert!(browser.text(".body").await.contains("1997"));
            browser.find(Locator::Css("sup a")).await.unwrap().click().await.unwrap();
            assert!(browser.has(".footnotes :target").await, "a footnote is reached");
            browser.follow(&format!(".meta a[href='/{locale}/topics/labor-rights']")).await;
            assert_eq!(browser.text("h1").await, topic);
        }
        assert!(browser.get_all_cookies().await.unwrap().is_empty(), "readers leave no trace");
    });
}

fn put_on_record(desk: &Desk<'_>) {
    let facts = Facts {
        number: "2800",
        kind: "statement",
        issued_on: "November 16, 1997",
        topics: &["labor rights", "torture"],
    };
    let mut text: Option<String> = None;
    for (locale, title, _) in TEXTS {
        let words = Words { title, body: "1997[^1]\n\n[^1]: 1998", ..Words::default() };
        let saved = match &text {
            None => desk.begin(locale, facts, words),
            Some(original) => desk.save(&desk::in_language(original, locale), locale, facts, words),
        };
        desk.publish(&saved, None);
        text = Some(saved);
    }
}

async fn that_script_is_off(browser: &Browser) {
    let page = "data:text/html,<p id='at'>0</p><script>document.querySelector('p').id = 'ran'</script>";
    browser.goto(page).await.unwrap();
    assert!(browser.has("#at").await && !browser.has("#ran").await, "the browser runs script");
}
