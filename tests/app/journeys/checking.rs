//! What is kept beside the record is checked, and the search is kept anew while the site is served.

use onrecord::domain::statements::{documents, lists};

use crate::support::app::TestApp;
use crate::support::record;

#[actix_web::test]
async fn what_does_not_agree_is_found_and_the_search_can_be_mended() {
    let mut app = TestApp::start().await;
    record::fill(&mut app).await;
    let mut conn = app.desk.db.connection().await;
    let agrees =
        "select (count(*) filter (where d.translation_id is null or e.translation_id is null))::text as line
                  from search_documents d full join list_entries e using (translation_id)";
    assert_eq!(app.rows(agrees).await, ["0"]);
    assert!(documents::due(&mut conn).await.unwrap().is_empty());
    assert_eq!(documents::filed_otherwise(&mut conn).await.unwrap(), 0);
    assert_eq!(lists::faults(&mut conn).await.unwrap(), 0);

    for (harm, due, filed, faults) in [
        ("delete from search_documents where number = 2800 and locale = 'en'", 1, 0, 0),
        ("update search_documents set form = 0 where number = 2801", 2, 0, 0),
        (
            "update search_documents set words = words || array_to_tsvector('{=topic:3}') where number = 2802",
            2,
            1,
            0,
        ),
        ("update list_counts set entries = entries + 1 where list = 'all' and period = '1997'", 2, 1, 3),
        ("delete from list_entries where number = 2801", 2, 1, 4),
    ] {
        app.sql(harm).await;
        assert_eq!(documents::due(&mut conn).await.unwrap().len(), due, "{harm}");
        assert_eq!(documents::filed_otherwise(&mut conn).await.unwrap(), filed, "{harm}");
        let found = lists::faults(&mut conn).await.unwrap();
        assert!(if faults == 0 { found == 0 } else { found > 0 }, "{harm}: {found}");
    }
    assert_eq!(
        documents::catch_up(&mut conn).await.unwrap(),
        2,
        "what is missing or old, when the program starts"
    );
    let all = documents::all(&mut conn).await.unwrap();
    documents::keep_all(&mut conn, &all, |_| {}).await.unwrap();
    assert!(documents::due(&mut conn).await.unwrap().is_empty());
    assert_eq!(documents::filed_otherwise(&mut conn).await.unwrap(), 0);
}
