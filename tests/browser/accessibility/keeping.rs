//! What is kept: the history of a text, two saves compared, two editors brought together, kept texts.

use super::{FACTS, RICH, SHORT};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::desk::{Desk, EMAIL, Facts, Words};
use crate::support::door;
use crate::support::site::Site;

pub const ROUTES: &[&str] = &[
    "/admin/statements/{id}/{locale}/history",
    "/admin/statements/{id}/{locale}/compare",
    "/admin/kept",
    "/admin/kept/{id}",
];

#[test]
fn what_is_kept_is_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start();
        let desk = Desk::set_up(&site);
        let mei = desk.invite("Mei Lin", "mei@example.org", "editor");
        door::sign_in(&browser, &site, EMAIL).await;
        let text = desk.begin("en", FACTS, RICH);
        desk.publish(&text, None);
        let body = RICH.body.replace("nothing", "no more than that");
        let changed = Words { body: &body, summary: "It has heard none of the five.", ..RICH };

        // She saves while he has the page open: he gets both.
        browser.goto(&site.at(&text)).await.unwrap();
        mei.save(&text, "en", FACTS, changed);
        inspector.look("kept-also-open").await;
        browser.type_over("#summary", "None of them was heard, and nobody says why.").await;
        browser.type_over("#title", "Six dock workers have been held").await;
        browser.follow("#editor button[name=then][value='']").await;
        assert!(browser.has("#merge fieldset.conflict").await, "{}", browser.text("main").await);
        inspector.look("kept-merge").await;
        browser.follow("#merge button[value=choose]").await;
        inspector.look("kept-merge-chosen").await;

        // What cannot be saved is kept.
        browser.goto(&site.at(&text)).await.unwrap();
        door::lose_the_sign_in(&browser).await;
        browser.type_into("#body", "\n\nTyped after the sign-in had run out.").await;
        browser.follow("#editor button[name=then][value='']").await;
        inspector.look("kept-sign-in").await;
        door::sign_in(&browser, &site, EMAIL).await;
        inspector.open(&site.at(&text), "kept-editor").await;
        inspector.open(&site.at("/admin/kept"), "kept-list").await;
        browser.follow("#waiting li:last-child a").await;
        inspector.look("kept-text").await;

        for n in ["A second", "A third", "A fourth"] {
            mei.save(&text, "en", FACTS, Words { summary: n, ..changed });
        }
        inspector.open(&site.at(&format!("{text}/history")), "kept-history").await;
        browser.follow("table.history a[href*='open=']").await;
        inspector.look("kept-history-opened").await;
        inspector.open(&site.at(&format!("{text}/compare?from=1&to=2")), "kept-compare").await;
        let other = desk.begin(
            "zh-hans",
            Facts { number: "2801", ..FACTS },
            Words { title: "五名码头工人已被关押一年", ..SHORT },
        );
        desk.save(
            &other,
            "zh-hans",
            Facts { number: "2801", ..FACTS },
            Words { title: "五名码头工人被关押已满两年", ..SHORT },
        );
        inspector.open(&site.at(&format!("{other}/compare?from=1&to=2")), "kept-compare-zh-hans").await;
        inspector.judge(ROUTES);
    });
}
