//! Pasting, and the page of what is being typed.

use super::{DRAFT, EVERYBODY, Page, Sent, at, page, sent};
use crate::support::app::TestApp;

pub fn pages() -> Vec<Page> {
    vec![page("/admin/paste", EVERYBODY)]
}

pub async fn forms(app: &TestApp) -> Vec<Sent> {
    let words = || vec![("title", "Words".to_owned()), ("locale", "en".to_owned())];
    let html = vec![("html", "<p>a</p><p><b>b</b></p>".to_owned())];
    vec![
        sent("/admin/paste", EVERYBODY, html).with_a_page(),
        sent("/admin/statements/draft-preview", EVERYBODY, words()).with_a_page(),
        sent(&at(app, DRAFT, "/draft-preview").await, EVERYBODY, words()).with_a_page(),
    ]
}
