//! The addresses of topics, and of many statements filed at once.

use onrecord::domain::filing::{self, Retag};
use onrecord::domain::topics::index;

use super::{DRAFT, EDITORS, EVERYBODY, PUBLIC, Page, Sent, page, sent};
use crate::support::app::TestApp;

/// The number of a topic that is merged into the one after it.
pub const MERGED: i32 = 100;

/// Merges two topics, and files a statement with others; the first of each there is.
pub async fn fill(app: &mut TestApp) {
    let statement = app.id_of(PUBLIC).await;
    let desk = &mut app.desk;
    let index = index::load(&mut desk.conn).await.unwrap();
    let topic = |number| index.by_number(number).unwrap().id;
    let by = desk.people.editor;
    let _ = filing::merge(&mut desk.conn, by, topic(MERGED), topic(MERGED + 1), desk.now).await.unwrap();
    filing::retag(&mut desk.conn, by, Retag::Add(topic(50)), &[statement], desk.now).await.unwrap();
}

pub fn pages() -> Vec<Page> {
    vec![
        page("/admin/topics", EVERYBODY),
        page("/admin/topics?show=unconfirmed", EVERYBODY),
        page("/admin/topics?text=torture&facet=issue", EVERYBODY),
        page("/admin/topics/new", EDITORS),
        page("/admin/topics/1", EDITORS),
        page(&format!("/admin/topics/{}", MERGED + 1), EDITORS),
        page(&format!("/admin/topics/{MERGED}"), EDITORS),
        page("/admin/topics/1/merge", EDITORS),
        page("/admin/topics/1/merge?into=2", EDITORS),
        page("/admin/topics/twins", EDITORS),
        page("/admin/topics/retag", EVERYBODY),
    ]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let two = || vec![("one", "1".to_owned()), ("other", "2".to_owned())];
    let (draft, public) = (app.id_of(DRAFT).await.to_string(), app.id_of(PUBLIC).await.to_string());
    let names = [("10.zh-hans.was", "审查制度"), ("10.zh-hans.name", "审查"), ("only", "10")];
    vec![
        sent("/admin/topics", EDITORS, topic("A new topic")),
        sent("/admin/topics/1", EDITORS, topic("Another name")),
        sent("/admin/topics/names", EDITORS, owned(&names)),
        sent("/admin/topics/twins", EDITORS, two()),
        sent("/admin/topics/twins/back", EDITORS, two()),
        sent("/admin/topics/3/merge", EDITORS, owned(&[("into", "4")])),
        sent("/admin/topics/merges/1/undo", EDITORS, vec![]),
        sent("/admin/topics/retag/1/undo", EDITORS, vec![]),
        sent("/admin/topics/retag", EDITORS, owned(&[("statement", &draft), ("add", "7"), ("then", "do")])),
        sent("/admin/topics/retag", EDITORS, owned(&[("statement", &public), ("add", "7"), ("then", "do")])),
    ]
}

fn owned(fields: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn topic(name: &str) -> Vec<(&'static str, String)> {
    vec![("facet", "issue".to_owned()), ("en.name", name.to_owned())]
}
