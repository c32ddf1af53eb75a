//! The door, the list of statements, the editor, and what leads a text to its readers and back.

use super::{FACTS, RICH, SHORT};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Browser, Script};
use crate::support::desk::{self, Desk, EMAIL, Facts, NAMES, Words};
use crate::support::door;
use crate::support::site::Site;

pub const ROUTES: &[&str] = &[
    "/admin/set-up/{token}",
    "/admin/sign-in",
    "/admin/statements",
    "/admin/statements/new",
    "/admin/statements/{id}/{locale}",
    "/admin/statements/{id}/{locale}/preview",
    "/admin/statements/{id}/{locale}/publication",
    "/admin/statements/{id}/{locale}/withdrawal",
    "/admin/site",
];

#[test]
fn the_desk_is_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start_with_samples();
        inspector.open(&site.set_up, "desk-set-up").await;
        let wrong = [("person", ""), ("email", "nobody"), ("password", "short"), ("password_again", "other")];
        inspector.send(&site.set_up, &wrong, "desk-set-up-again").await;
        let desk = Desk::set_up(&site);
        at_the_door(&browser, &site, &mut inspector).await;
        at_work(&browser, &site, &desk, &mut inspector).await;
        inspector.judge(ROUTES);
    });
}

/// What people see who are not signed in. It ends with a sign-in.
async fn at_the_door(browser: &Browser, site: &Site, inspector: &mut Inspector) {
    inspector.open(&site.set_up, "desk-link-over").await;
    let said = site.run(&["user", "reset", EMAIL]);
    let reset = said.lines().find(|line| line.contains("/admin/set-up/")).expect("a link").trim();
    inspector.open(reset, "desk-reset").await;
    inspector.send(reset, &[("password", "short"), ("password_again", "")], "desk-reset-again").await;
    inspector.open(&site.at("/admin/sign-in"), "desk-sign-in").await;
    let wrong = [("email", EMAIL), ("password", "not the right one")];
    inspector.send("/admin/sign-in", &wrong, "desk-sign-in-again").await;
    let typed = [("title", NAMES[0].1), ("body", "One\n\nTwo"), ("number", "2799"), ("kind", "statement")];
    inspector.send("/admin/statements", &typed, "desk-signed-out-while-writing").await;
    door::type_in(browser, EMAIL).await;
    inspector.look("desk-send-it-now").await;
}

/// What people see who are signed in.
async fn at_work(browser: &Browser, site: &Site, desk: &Desk<'_>, inspector: &mut Inspector) {
    inspector.open(&site.at("/admin/statements"), "desk-samples").await;
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
        ("/admin/site".to_owned(), "site"),
        ("/admin/nothing".to_owned(), "nothing"),
    ] {
        inspector.open(&site.at(&path), &format!("desk-{name}")).await;
    }
    desk.save(&public, "en", facts, RICH);
    inspector.open(&site.at(&format!("{public}/publication")), "desk-new-version").await;
    let form =
        [("number", "none"), ("kind", "none"), ("issued_on", "soon"), ("locale", "en"), ("body", "Text")];
    inspector.send("/admin/statements", &form, "desk-editor-again").await;
    inspector.send(&format!("{public}/withdrawal"), &[("reason", "")], "desk-withdrawal-again").await;
    inspector.send("/admin/site", &[], "desk-site-again").await;
    desk.go(&format!("{public}/withdrawal"), [("reason", "A name is at risk.")]);
    inspector.open(&site.at(&public), "desk-editor-withdrawn").await;
}
