//! The addresses of second factors. Those that hold something of one person alone are looked at in
//! `admin::second_factors::doors`.

use onrecord::domain::accounts::users;
use onrecord::domain::policy::{Actor, Role};

use super::{ADMINISTRATORS, EVERYBODY, Page, Sent, page, sent};
use crate::support::app::TestApp;
use crate::support::cast::{PASSWORD, person};
use crate::support::codes;

/// The page from which the second factors of somebody who has one are taken away.
async fn removal(app: &TestApp) -> String {
    let (mut conn, now) = (app.desk.db.connection().await, app.desk.now);
    let id = match users::by_email(&mut conn, "holder@example.org").await.unwrap() {
        Some(user) => user.id,
        None => {
            let holder = person("holder", Role::Author);
            let id = users::add(&mut conn, Actor::OPERATOR, holder, now).await.unwrap();
            codes::add(&mut conn, "holder", now).await;
            id
        }
    };
    format!("/admin/people/{id}/second-factors/removal")
}

pub async fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page("/admin/account/second-factors", EVERYBODY),
        page("/admin/account/proof", EVERYBODY),
        page(&removal(app).await, ADMINISTRATORS),
    ]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    vec![
        sent("/admin/account/proof", EVERYBODY, vec![("password", PASSWORD.to_owned())]),
        sent("/admin/account/second-factors/apps", EVERYBODY, vec![]),
        sent(&removal(app).await, ADMINISTRATORS, vec![]),
    ]
}
