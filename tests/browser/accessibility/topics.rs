//! Topics: the list, one of them, twins, merging, names to be confirmed, many statements filed at once.

use super::{FACTS, SHORT};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::desk::{Desk, EMAIL};
use crate::support::{door, site::Site};

pub const ROUTES: &[&str] = &[
    "/admin/topics",
    "/admin/topics/new",
    "/admin/topics/twins",
    "/admin/topics/retag",
    "/admin/topics/{number}",
    "/admin/topics/{number}/merge",
];

#[test]
fn the_desks_topics_are_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start();
        let desk = Desk::set_up(&site);
        desk.publish(&desk.begin("en", FACTS, SHORT), None);
        door::sign_in(&browser, &site, EMAIL).await;
        for (path, name) in [
            ("/admin/topics", "all"),
            ("/admin/topics?text=torture&facet=issue", "narrowed"),
            ("/admin/topics?show=unconfirmed", "unconfirmed"),
            ("/admin/topics/new", "new"),
            ("/admin/topics/116", "one"),
            ("/admin/topics/twins", "no-twins"),
            ("/admin/topics/retag", "retag"),
            ("/admin/topics/1/merge", "merge"),
            ("/admin/topics/1/merge?into=2", "merge-preview"),
        ] {
            inspector.open(&site.at(path), &format!("topics-{name}")).await;
        }
        inspector.send("/admin/topics", &[("facet", "none"), ("slug", "!")], "topics-new-again").await;
        let twin = [("en.name", "Lawyers’ Right"), ("facet", "people")];
        inspector.send("/admin/topics", &twin, "topics-twin").await;
        let twin = twin.into_iter().chain([("is_no_twin", "yes")]);
        desk.go("/admin/topics", twin);
        desk.go("/admin/topics", [("en.name", "Book reviews"), ("facet", "issue"), ("is_no_twin", "yes")]);
        let of = |name: &str| desk.value("/admin/topics/twins", &format!(".pairs [name={name}]"));
        let pair = ["one", "other"].map(|name| (name, of(name)));
        desk.go("/admin/topics/twins/back", pair.iter().map(|(name, id)| (*name, id.as_str())));
        inspector.open(&site.at("/admin/topics/twins"), "topics-twins").await;
        desk.go("/admin/topics/1/merge", [("into", "2")]);
        inspector.open(&site.at("/admin/topics/1"), "topics-merged").await;
        inspector.open(&site.at("/admin/topics/2"), "topics-merged-into").await;
        let unsaid = [("numbers", "2800, 9999"), ("add", ""), ("remove", "")];
        inspector.send("/admin/topics/retag", &unsaid, "topics-retag-again").await;
        inspector
            .send("/admin/topics/retag", &[("numbers", "2800"), ("add", "5")], "topics-retag-plan")
            .await;
        inspector.judge(ROUTES);
    });
}
