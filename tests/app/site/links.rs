//! A crawl over everything that readers can reach: no link is broken, no page is badly built.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::i18n::Locale;

use crate::support::app::{BASE_URL, TestApp};
use crate::support::page::Page;
use crate::support::record;

/// What was read, by address.
async fn crawl(app: &TestApp) -> BTreeMap<String, Page> {
    let mut to_read: Vec<String> = Locale::all().map(|locale| format!("/{}", locale.path())).collect();
    let mut read: BTreeMap<String, Page> = BTreeMap::new();
    let mut visitor = app.visitor();
    while let Some(path) = to_read.pop() {
        if read.contains_key(&path) {
            continue;
        }
        let page = visitor.page(&path).await;
        let links = page.attrs("a[href], link[rel=canonical], link[rel=alternate]", "href");
        let ours = links.iter().map(|href| href.strip_prefix(BASE_URL).unwrap_or(href));
        to_read.extend(
            ours.filter(|href| href.starts_with('/')).map(|href| href.split('#').next().unwrap().to_owned()),
        );
        read.insert(path, page);
    }
    read
}

#[actix_web::test]
async fn every_link_leads_somewhere_and_every_page_is_well_built() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let read = crawl(&app).await;
    // 124 topics in three languages, and what is on record.
    assert!(read.len() > 3 * 124 + 30, "only {} pages were reached", read.len());
    for path in record::all_addresses().iter().filter(|path| path.matches('/').count() < 4) {
        assert!(read.contains_key(path), "{path} is not linked from anywhere");
    }
    assert!(!read.keys().any(|path| path.starts_with("/admin")), "the desk is linked from a public page");
    for (path, page) in &read {
        assert_well_built(path, page);
    }
}

#[actix_web::test]
async fn pages_about_what_is_not_there_are_as_well_built() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for path in
        ["/en/nothing", "/en/statements/2801", "/en/statements/2803", "/en/statements/900002", "/en/%00"]
    {
        let answer = app.visitor().get(path).await;
        let page = answer.html();
        assert_well_built(path, &page);
        for href in page.attrs("a[href^='/']", "href") {
            app.visitor().get(&href).await.expect(200);
        }
    }
}

pub fn assert_well_built(path: &str, page: &Page) {
    let ids = page.attrs("[id]", "id");
    let unique: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{path} has an id twice: {ids:?}");
    for target in page.attrs("a[href^='#']", "href") {
        assert!(unique.contains(&target[1..].to_owned()), "{path}: {target} is not there");
    }
    for name in ["aria-labelledby", "aria-describedby", "for"] {
        for target in page.attrs(&format!("[{name}]"), name).iter().flat_map(|value| value.split(' ')) {
            assert!(unique.contains(&target.to_owned()), "{path}: {name}={target} is not there");
        }
    }
    assert_eq!(page.all("h1").len(), 1, "{path}");
    assert_eq!(page.all("main").len(), 1, "{path}");
    assert!(!page.text("title").starts_with('·'), "{path} has no title of its own");
    let levels: Vec<u8> =
        page.all("h1, h2, h3, h4, h5, h6").iter().map(|h| h.value().name().as_bytes()[1] - b'0').collect();
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{path} skips a level of headings: {levels:?}");
    }
    for heading in page.texts("h1, h2, h3, h4, h5, h6, a, button") {
        assert!(!heading.is_empty(), "{path} has an empty heading, link or button");
    }
}
