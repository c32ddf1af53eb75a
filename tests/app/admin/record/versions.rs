//! The addresses of what comes after a publication: versions, removal, following; and of preview links.

use diesel::QueryDsl as _;
use diesel_async::RunQueryDsl as _;
use onrecord::domain::statements::commands::{self, Life, NewPreviewLink, Save};
use onrecord::infra::db::schema::preview_links;

use super::{ADMINISTRATORS, CORRECTED, EDITORS, PUBLISHERS, Page, Sent, at, page, sent};
use crate::support::app::TestApp;
use crate::support::cast::{a_statement, english, simplified, words};
use crate::support::desk::Desk;
use crate::support::refusals::Done as _;

/// [`CORRECTED`], with a link to its first save.
pub async fn fill(desk: &mut Desk) {
    let first = desk.put_on_record(&a_statement(CORRECTED)).await;
    let chinese = Save {
        statement: Some(first.statement),
        locale: simplified(),
        words: words("第九号"),
        ..a_statement(CORRECTED)
    };
    desk.put_on_record(&chinese).await;
    let corrected = Save {
        statement: Some(first.statement),
        based_on: Some(first.revision),
        words: words("Corrected"),
        ..a_statement(CORRECTED)
    };
    let second = desk.save(desk.people.editor, &corrected).await.unwrap();
    desk.publish(&second, english(), Some("A date was wrong.")).await.done();
    let link = NewPreviewLink {
        statement: first.statement,
        locale: english(),
        revision: second.revision,
        life: Life::Week,
        label: "A friend".to_owned(),
    };
    commands::make_preview_link(&mut desk.conn, desk.people.editor, link, desk.now).await.unwrap();
}

pub async fn pages(app: &TestApp) -> Vec<Page> {
    vec![
        page(&at(app, CORRECTED, "").await, [true; 4]),
        page(&in_chinese(app, "").await, [true; 4]),
        page(&in_chinese(app, "/publication").await, PUBLISHERS),
        page(&at(app, CORRECTED, "/versions/1/closing").await, PUBLISHERS),
        page(&at(app, CORRECTED, "/removal").await, ADMINISTRATORS),
        page(&at(app, CORRECTED, "/preview-links").await, EDITORS),
    ]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let reason = |words: &str| vec![("reason", words.to_owned())];
    let link: i64 = {
        let mut conn = app.desk.db.connection().await;
        preview_links::table.select(preview_links::id).first(&mut conn).await.unwrap()
    };
    let new_link = vec![
        ("revision", app.latest_revision(CORRECTED).await.to_string()),
        ("life", "day".to_owned()),
        ("label", "Somebody".to_owned()),
    ];
    let removal = vec![("reason", "At risk.".to_owned()), ("number", CORRECTED.to_string())];
    vec![
        sent(&at(app, CORRECTED, "/versions/1/closing").await, PUBLISHERS, reason("A name.")),
        sent(&at(app, CORRECTED, "/versions/1/reopening").await, PUBLISHERS, vec![]),
        sent(&in_chinese(app, "/following").await, EDITORS, vec![]),
        sent(&at(app, CORRECTED, "/preview-links").await, EDITORS, new_link).with_a_page(),
        sent(&at(app, CORRECTED, &format!("/preview-links/{link}/revocation")).await, EDITORS, vec![]),
        sent(&in_chinese(app, "/removal").await, ADMINISTRATORS, removal),
    ]
}

async fn in_chinese(app: &TestApp, act: &str) -> String {
    at(app, CORRECTED, act).await.replace("/en", "/zh-hans")
}
