//! What readers see: in English in every view, in the other languages in one.

use super::{FACTS, LOCALES, RICH, SHORT};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::desk::{self, Desk, Facts, Words};
use crate::support::site::Site;

pub const ROUTES: &[&str] = &[
    "/{locale}",
    "/{locale}/statements",
    "/{locale}/statements/{number}",
    "/{locale}/statements/{number}/versions",
    "/{locale}/statements/{number}/versions/{n}",
    "/{locale}/corrections",
    "/{locale}/corrections/{year}",
    "/{locale}/corrections/{year}/{month}",
    "/{locale}/corrections/{year}/{month}/{day}",
    "/{locale}/kinds/{kind}",
    "/{locale}/kinds/{kind}/{year}",
    "/{locale}/kinds/{kind}/{year}/{month}",
    "/{locale}/kinds/{kind}/{year}/{month}/{day}",
    "/{locale}/archive/{year}",
    "/{locale}/archive/{year}/{month}",
    "/{locale}/archive/{year}/{month}/{day}",
    "/{locale}/topics",
    "/{locale}/topics/{slug}",
    "/{locale}/topics/{slug}/{year}",
    "/{locale}/topics/{slug}/{year}/{month}",
    "/{locale}/topics/{slug}/{year}/{month}/{day}",
    "/{locale}/pages/{page}",
    "/{locale}/search",
];

#[test]
fn pages_for_readers_are_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start_with_samples();
        fill(&Desk::set_up(&site));
        for (name, path) in [
            ("home", ""),
            ("archive", "/statements"),
            ("year", "/archive/1997"),
            ("day", "/archive/1997/11/16"),
            ("kind", "/kinds/open-letter"),
            ("topics", "/topics"),
            ("topic", "/topics/labor-rights"),
            ("topic-year", "/topics/labor-rights/1997"),
            ("empty-topic", "/topics/religion"),
            ("statement", "/statements/2800"),
            ("sample", "/statements/900001"),
            ("correction", "/statements/2801"),
            ("versions", "/statements/2801/versions"),
            ("version", "/statements/2801/versions/1"),
            ("closed-version", "/statements/2802/versions/1"),
            ("corrections", "/corrections"),
            ("retraction", "/statements/2802"),
            ("withdrawn", "/statements/2803"),
            ("elsewhere-1", "/statements/2804"),
            ("elsewhere-2", "/statements/2805"),
            ("about", "/pages/about"),
            ("nothing", "/statements/99999"),
            ("search", "/search"),
            ("search-found", "/search?q=harbour"),
            ("search-nothing", "/search?q=zzzzzz"),
        ] {
            for locale in LOCALES {
                browser.goto(&site.at(&format!("/{locale}{path}"))).await.unwrap();
                let name = format!("{name}-{locale}");
                if locale == "en" { inspector.look(&name).await } else { inspector.look_once(&name).await }
            }
        }
        let today = jiff::Timestamp::now().strftime("%Y/%m/%d").to_string();
        for (name, path) in [
            ("month", "/archive/1997/11"),
            ("kind-year", "/kinds/statement/1997"),
            ("kind-month", "/kinds/statement/1997/11"),
            ("kind-day", "/kinds/statement/1997/11/16"),
            ("topic-month", "/topics/torture/1997/11"),
            ("topic-day", "/topics/torture/1997/11/16"),
            ("corrections-year", &format!("/corrections/{}", &today[..4])),
            ("corrections-month", &format!("/corrections/{}", &today[..7])),
            ("corrections-day", &format!("/corrections/{today}")),
        ] {
            browser.goto(&site.at(&format!("/en{path}"))).await.unwrap();
            inspector.look_once(&format!("{name}-en")).await;
        }
        browser.post("/en", &[]).await;
        inspector.look("wrong-method-en").await;
        inspector.judge(ROUTES);
    });
}

/// Statements in every state that a reader can meet.
fn fill(desk: &Desk<'_>) {
    for (number, kind, words, change) in [
        ("2800", "statement", RICH, None),
        ("2801", "open-letter", SHORT, Some(("correction", "It was five, not four.\n\nWe regret it."))),
        ("2802", "report", SHORT, Some(("retraction", "We no longer stand by this."))),
        ("2803", "testimony", SHORT, None),
    ] {
        let facts = Facts { number, kind, ..FACTS };
        let mut original: Option<String> = None;
        for locale in LOCALES {
            let text = match &original {
                None => desk.begin(locale, facts, words),
                Some(original) => desk.save(&desk::in_language(original, locale), locale, facts, words),
            };
            desk.publish(&text, None);
            if change.is_some() {
                let again = Words { sign_off: "Ana Marin", ..words };
                desk.save(&text, locale, facts, again);
                desk.publish(&text, change);
            }
            if number == "2802" {
                desk.go(&format!("{text}/versions/1/closing"), [("reason", "It names a child.")]);
            }
            if number == "2803" {
                desk.go(&format!("{text}/withdrawal"), [("reason", "A name is at risk.")]);
            }
            original = Some(text);
        }
    }
    for (number, locale) in [("2804", "en"), ("2805", "zh-hant")] {
        let facts = Facts { number, issued_on: "1989", ..FACTS };
        desk.publish(&desk.begin(locale, facts, SHORT), None);
    }
}
