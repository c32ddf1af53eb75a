//! Every kind of page, looked at with axe-core: in English in light and dark, on a telephone and on a desk;
//! in the other languages in one view.

use fantoccini::Locator;

use crate::support::axe::Inspector;
use crate::support::browser::{self, Browser, Script};
use crate::support::desk::{self, Desk, EMAIL, Facts, NAMES, PASSWORD, Words};
use crate::support::site::Site;

const LOCALES: [&str; 3] = ["en", "zh-hans", "zh-hant"];

const FACTS: Facts<'_> = Facts {
    number: "2800",
    kind: "statement",
    issued_on: "1997-11-16",
    topics: &["labor rights", "torture"],
};

/// Everything that a text can have.
const RICH: Words<'_> = Words {
    title: "Five dock workers have been held for a year without a hearing before any court",
    summary: "The harbour court 海港法院 has heard none of them.",
    body: "They asked for their *wages*[^1], and **nothing** else: <https://example.org/a/rather/long/address/that/nobody/would/type/by/hand>.\n\n\
           ## What we know\n\n> It was noon. We were at the gate.\n>\n> And then it closed.\n\n\
           - one\n- two\n  1. and a half\n  2. and three quarters\n\n### In numbers\n\n\
           | Worker | Held since | At | Sentence |\n| --- | --- | --- | --- |\n\
           | The first of the five | November 1996 | The second house of detention by the harbour | None |\n\
           | The second | November 1996 | unknown | None |\n\n\
           #### As written\n\n```\nlet nobody = forgotten_in_a_line_that_is_much_longer_than_any_telephone_is_wide;\n```\n\n\
           ---\n\nThe end[^2], once more[^1].\n\n[^1]: The *first* note, with a [link](https://example.org).\n[^2]: The second.",
    sign_off: "Ana Marin\nSpeaker of the group",
};

const SHORT: Words<'_> =
    Words { title: "A short one", summary: "A short summary.", body: "A text. 文字。", sign_off: "" };

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
            ("retraction", "/statements/2802"),
            ("withdrawn", "/statements/2803"),
            ("elsewhere-1", "/statements/2804"),
            ("elsewhere-2", "/statements/2805"),
            ("about", "/pages/about"),
            ("nothing", "/statements/99999"),
        ] {
            for locale in LOCALES {
                browser.goto(&site.at(&format!("/{locale}{path}"))).await.unwrap();
                let name = format!("{name}-{locale}");
                if locale == "en" { inspector.look(&name).await } else { inspector.look_once(&name).await }
            }
        }
        browser.post("/en", &[]).await;
        inspector.look("wrong-method-en").await;
        inspector.judge();
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

#[test]
fn the_desk_is_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start_with_samples();
        open(&browser, &site.set_up, "set-up", &mut inspector).await;
        let wrong = [("person", ""), ("email", "nobody"), ("password", "short"), ("password_again", "other")];
        send(&browser, &site.set_up, &wrong, "set-up-again", &mut inspector).await;
        let desk = Desk::set_up(&site);
        at_the_door(&browser, &site, &mut inspector).await;
        at_work(&browser, &site, &desk, &mut inspector).await;
        inspector.judge();
    });
}

async fn open(browser: &Browser, address: &str, name: &str, inspector: &mut Inspector) {
    browser.goto(address).await.unwrap();
    inspector.look(&format!("desk-{name}")).await;
}

async fn send(
    browser: &Browser,
    address: &str,
    fields: &[(&str, &str)],
    name: &str,
    inspector: &mut Inspector,
) {
    browser.post(address, fields).await;
    inspector.look(&format!("desk-{name}")).await;
}

/// What people see who are not signed in. It ends with a sign-in.
async fn at_the_door(browser: &Browser, site: &Site, inspector: &mut Inspector) {
    open(browser, &site.set_up, "link-over", inspector).await;
    let said = site.run(&["user", "reset", EMAIL]);
    let reset = said.lines().find(|line| line.contains("/admin/set-up/")).expect("a link").trim();
    open(browser, reset, "reset", inspector).await;
    send(browser, reset, &[("password", "short"), ("password_again", "")], "reset-again", inspector).await;
    open(browser, &site.at("/admin/sign-in"), "sign-in", inspector).await;
    let wrong = [("email", EMAIL), ("password", "not the right one")];
    send(browser, "/admin/sign-in", &wrong, "sign-in-again", inspector).await;
    let typed = [("title", NAMES[0].1), ("body", "One\n\nTwo"), ("number", "2799"), ("kind", "statement")];
    send(browser, "/admin/statements", &typed, "signed-out-while-writing", inspector).await;
    for (field, value) in [("#email", EMAIL), ("#password", PASSWORD)] {
        browser.find(Locator::Css(field)).await.unwrap().send_keys(value).await.unwrap();
    }
    browser.follow("main button.main").await;
    inspector.look("desk-send-it-now").await;
}

/// What people see who are signed in.
async fn at_work(browser: &Browser, site: &Site, desk: &Desk<'_>, inspector: &mut Inspector) {
    open(browser, &site.at("/admin/statements"), "samples", inspector).await;
    let draft = desk.begin("en", FACTS, RICH);
    let public = desk.begin("en", Facts { number: "2801", kind: "report", ..FACTS }, SHORT);
    desk.publish(&public, None);
    let facts = Facts { number: "2801", kind: "report", ..FACTS };
    for (locale, title) in [("zh-hans", "五名码头工人已被关押一年"), ("zh-hant", "五名碼頭工人已被關押一年")]
    {
        let text = desk.save(&desk::in_language(&public, locale), locale, facts, Words { title, ..SHORT });
        browser.goto(&site.at(&text)).await.unwrap();
        inspector.look_once(&format!("desk-editor-{locale}")).await;
    }
    for (path, name) in [
        ("/admin/statements".to_owned(), "statements"),
        ("/admin/statements?year=1066&state=draft".to_owned(), "narrowed"),
        ("/admin/statements/new".to_owned(), "new"),
        (draft.clone(), "editor-draft"),
        (public.clone(), "editor-public"),
        (format!("{draft}/preview"), "preview"),
        (format!("{draft}/publication"), "publication"),
        (format!("{public}/publication"), "nothing-new"),
        (format!("{public}/withdrawal"), "withdrawal"),
        ("/admin/topics".to_owned(), "topics"),
        ("/admin/topics/new".to_owned(), "new-topic"),
        ("/admin/topics/116".to_owned(), "topic"),
        ("/admin/site".to_owned(), "site"),
        ("/admin/nothing".to_owned(), "nothing"),
    ] {
        open(browser, &site.at(&path), name, inspector).await;
    }
    desk.save(&public, "en", facts, RICH);
    open(browser, &site.at(&format!("{public}/publication")), "new-version", inspector).await;
    let form =
        [("number", "none"), ("kind", "none"), ("issued_on", "soon"), ("locale", "en"), ("body", "Text")];
    send(browser, "/admin/statements", &form, "editor-again", inspector).await;
    // Somebody else has saved since these words were begun.
    let stale = [
        ("number", "2800"),
        ("kind", "statement"),
        ("issued_on", "1997"),
        ("based_on", "999999"),
        ("title", "Mine"),
    ];
    send(browser, &draft, &stale, "conflict", inspector).await;
    send(browser, &format!("{public}/withdrawal"), &[("reason", "")], "withdrawal-again", inspector).await;
    send(browser, "/admin/topics", &[("facet", "none"), ("slug", "!")], "new-topic-again", inspector).await;
    send(browser, "/admin/site", &[], "site-again", inspector).await;
    desk.go(&format!("{public}/withdrawal"), [("reason", "A name is at risk.")]);
    open(browser, &site.at(&public), "editor-withdrawn", inspector).await;
}
