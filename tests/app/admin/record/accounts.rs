//! The addresses of people, of one's own account, and of the audit log.

use super::{ADMINISTRATORS, EVERYBODY, Page, Sent, page, sent};
use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;

/// The page of the colleague, or an act about them.
fn colleague(app: &TestApp, act: &str) -> String {
    format!("/admin/people/{}{act}", app.desk.people.colleague.user.unwrap())
}

pub fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page("/admin/audit", ADMINISTRATORS),
        page("/admin/people", ADMINISTRATORS),
        page(&colleague(app, ""), ADMINISTRATORS),
        page("/admin/account", EVERYBODY),
    ]
}

pub fn forms(app: &TestApp) -> Vec<Sent> {
    let new = "seven quiet lanterns burn".to_owned();
    let own = |name: &'static str, value: &str| (name, value.to_owned());
    let invited =
        vec![own("person", "Newcomer"), own("email", "newcomer@example.org"), own("role", "editor")];
    vec![
        sent("/admin/people", ADMINISTRATORS, invited).with_a_page(),
        sent(&colleague(app, ""), ADMINISTRATORS, vec![own("role", "editor")]),
        sent(&colleague(app, "/link"), ADMINISTRATORS, vec![]).with_a_page(),
        sent(&colleague(app, "/link-revocation"), ADMINISTRATORS, vec![]),
        sent(&colleague(app, "/sign-out"), ADMINISTRATORS, vec![]),
        sent(&colleague(app, "/revocation"), ADMINISTRATORS, vec![]),
        sent(&colleague(app, "/restoration"), ADMINISTRATORS, vec![]),
        sent("/admin/account", EVERYBODY, vec![own("person", "Another name")]),
        sent(
            "/admin/account/password",
            EVERYBODY,
            vec![
                ("current_password", PASSWORD.to_owned()),
                ("password", new.clone()),
                ("password_again", new),
            ],
        ),
        sent("/admin/account/sign-ins/end", EVERYBODY, vec![own("sign_in", "nothing")]),
        sent("/admin/account/sign-ins/end-others", EVERYBODY, vec![]),
    ]
}
