//! Pictures and files; the page for what was pasted; the editor with the preview beside it.

use super::{FACTS, RICH};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::desk::{Desk, EMAIL};
use crate::support::pictures;
use crate::support::{door, site::Site};

pub const ROUTES: &[&str] = &["/admin/media", "/admin/media/new", "/admin/media/{id}", "/admin/paste"];

const HTML: &str =
    "<h2>What we <b>know</b></h2><p>It was <i>noon</i>.</p><ul><li>One</li><li>Two</li></ul><img src=x>";

#[test]
fn pictures_and_pasting_are_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start();
        let desk = Desk::set_up(&site);
        door::sign_in(&browser, &site, EMAIL).await;
        inspector.open(&site.at("/admin/media"), "media-none").await;
        inspector.open(&site.at("/admin/media/new"), "media-new").await;
        for name in ["the-gate-of-the-harbour-at-noon-as-the-workers-saw-it.png", "march.jpg"] {
            let (_folder, path) = pictures::drawing(name);
            browser.goto(&site.at("/admin/media/new")).await.unwrap();
            browser.type_into("#file", path.to_str().unwrap()).await;
            browser.follow("main button.main").await;
            inspector.look(&format!("media-{}", &name[..5])).await;
        }
        let (_folder, nothing) = pictures::nothing("nothing.png");
        browser.goto(&site.at("/admin/media/new")).await.unwrap();
        browser.type_into("#file", nothing.to_str().unwrap()).await;
        browser.follow("main button.main").await;
        inspector.look("media-new-again").await;
        inspector.open(&site.at("/admin/media"), "media-library").await;
        inspector.open(&site.at("/admin/media?text=nothing&used=yes"), "media-narrowed").await;

        inspector.open(&site.at("/admin/paste"), "media-paste").await;
        inspector.send("/admin/paste", &[("html", HTML), ("page", "1")], "media-pasted").await;

        let text = desk.begin("en", FACTS, RICH);
        browser.goto(&site.at(&text)).await.unwrap();
        browser.click(".media-panel summary").await;
        inspector.look("media-panel").await;
        browser.goto(&site.at(&text)).await.unwrap();
        browser.click(".beside-toggle").await;
        inspector.look("media-preview-beside").await;
        inspector.judge(ROUTES);
    });
}
