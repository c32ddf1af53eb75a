//! What every other test relies on: each has a database of its own, ready to use.

use onrecord::domain::topics;

use crate::support::database;

#[actix_web::test]
async fn each_test_has_a_database_of_its_own() {
    let (one, two) = (database::fresh().await, database::fresh().await);
    assert_ne!(one.url, two.url);
    let mut conn = one.connection().await;
    assert_eq!(topics::index::load(&mut conn).await.unwrap().len(), 124);
    let none = database::without_topics().await;
    let mut conn = none.connection().await;
    assert!(topics::index::load(&mut conn).await.unwrap().is_empty());
}
