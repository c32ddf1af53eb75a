//! People, one's own account, settings, and the log of who did what.

use super::{FACTS, SHORT};
use crate::support::axe::Inspector;
use crate::support::browser::{self, Script};
use crate::support::desk::{Desk, EMAIL};
use crate::support::{door, site::Site};

pub const ROUTES: &[&str] = &[
    "/admin/people",
    "/admin/people/{id}",
    "/admin/people/{id}/second-factors/removal",
    "/admin/account",
    "/admin/account/proof",
    "/admin/audit",
    "/admin/settings",
];

#[test]
fn people_accounts_and_the_log_are_accessible() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start();
        let desk = Desk::set_up(&site);
        let long = "Maria-Magdalena von der Harbourside-Somewhere";
        desk.invite(long, "maria-magdalena.von-der-harbourside@organisation.example.org", "editor");
        desk.publish(&desk.begin("en", FACTS, SHORT), None);
        door::sign_in(&browser, &site, EMAIL).await;
        browser.click("[data-menu] summary").await;
        inspector.look("people-menu").await;
        inspector.open(&site.at("/admin/people"), "people-all").await;
        inspector.send("/admin/people", &[("person", ""), ("email", "nobody")], "people-invite-again").await;
        let mei = [("person", "Mei Lin"), ("email", "mei@example.org"), ("role", "author")];
        inspector.send("/admin/people", &mei, "people-link").await;
        inspector.open(&site.at("/admin/people/1"), "people-oneself").await;
        inspector.open(&site.at("/admin/people/2"), "people-somebody").await;
        inspector.open(&site.at("/admin/people/2/second-factors/removal"), "people-forget-factors").await;
        desk.go("/admin/people/2/revocation", []);
        inspector.open(&site.at("/admin/people/2"), "people-revoked").await;
        inspector.open(&site.at("/admin/account"), "people-account").await;
        let wrong = [("current_password", "no"), ("password", "short"), ("password_again", "other")];
        inspector.send("/admin/account/password", &wrong, "people-password-again").await;
        inspector.open(&site.at("/admin/account/proof"), "people-proof").await;
        inspector.open(&site.at("/admin/audit"), "people-log").await;
        inspector.open(&site.at("/admin/audit?about=people&number=nothing"), "people-log-narrowed").await;
        inspector.open(&site.at("/admin/settings"), "people-settings").await;
        inspector.judge(ROUTES);
    });
}
