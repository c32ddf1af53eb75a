//! How many statements each sort of page sends to the database, once the topics are at hand.

use crate::support::app::TestApp;
use crate::support::record;

/// The most for each sort of page: a new query has to be worth a change here.
const BUDGET: &[(&str, u64)] = &[
    ("/en/statements/2800", 5),
    ("/en/statements/2803", 2),
    ("/en/statements/2804", 2),
    ("/zh-hans/statements/2800", 5),
    ("/en/statements/2800/versions", 3),
    ("/en/statements/2800/versions/1", 3),
    ("/en/corrections", 2),
    ("/en/corrections/2026", 2),
    ("/en", 3),
    ("/en/statements", 2),
    ("/en/archive/1997/11", 2),
    ("/en/kinds/statement", 2),
    ("/en/topics", 0),
    ("/en/topics/torture", 4),
    ("/en/topics/torture/1997", 4),
    ("/en/pages/about", 1),
    ("/en/search", 1),
    ("/en/opensearch.xml", 0),
    ("/en/nothing", 0),
    ("/", 0),
    ("/robots.txt", 0),
];

#[actix_web::test]
async fn a_page_sends_no_more_than_it_needs() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    for (path, most) in BUDGET {
        // Twice, because what every page shows is read at most once a second.
        let mut sent = u64::MAX;
        for _ in 0..3 {
            sent = sent.min(app.statements_for(path).await);
        }
        assert_eq!(sent, *most, "{path}");
    }
}
