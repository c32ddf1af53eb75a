//! The addresses of topics.

use super::{EDITORS, EVERYBODY, Page, Sent, page, sent};

pub fn pages() -> Vec<Page> {
    vec![
        page("/admin/topics", EVERYBODY),
        page("/admin/topics?show=unconfirmed", EVERYBODY),
        page("/admin/topics/new", EDITORS),
        page("/admin/topics/1", EDITORS),
    ]
}

pub fn forms() -> Vec<Sent> {
    vec![
        sent("/admin/topics", EDITORS, topic("A new topic")),
        sent("/admin/topics/1", EDITORS, topic("Another name")),
    ]
}

fn topic(name: &str) -> Vec<(&'static str, String)> {
    vec![("facet", "issue".to_owned()), ("en.name", name.to_owned())]
}
