//! The operator lets somebody in again who has lost everything that stands in for a password.

use onrecord::domain::accounts::factors;
use onrecord::domain::audit::Verb;

use super::{give_app, half_way};
use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::codes::somebody;
use crate::support::program::run;

#[actix_web::test]
async fn the_second_factors_go_with_the_password_and_a_link_begins_anew() {
    let app = TestApp::start().await;
    give_app(&app, "editor").await;
    let reset = |more: &[&str]| {
        let url = &app.desk.db.url;
        run(&[&["--database-url", url, "user", "reset", "editor@example.org"], more].concat(), "")
    };
    let mut editor = app.visitor();
    half_way(&mut editor, "editor").await;
    // A link alone leaves them: whoever gets hold of it has nothing.
    let said = reset(&[]);
    assert!(said.ok, "{}", said.said);
    let mut conn = app.desk.db.connection().await;
    let user = somebody(&mut conn, "editor").await;
    assert!(factors::has_second_factor(&mut conn, user.id).await.unwrap());
    let said = reset(&["--forget-factors"]);
    assert!(said.ok && said.said.contains("/admin/set-up/"), "{}", said.said);
    assert!(factors::of(&mut conn, user.id).await.unwrap().is_empty());
    assert_eq!(app.verbs(Verb::FactorsForgotten).await, 1);
    // The old password went too: one that was long enough beside an app may not be by itself.
    let fields = [("email", "editor@example.org"), ("password", PASSWORD)];
    app.visitor().post("/admin/sign-in", &fields).await.expect(422);
    let again = reset(&["--forget-factors"]);
    assert!(!again.ok && again.said.contains("no second factor"), "{}", again.said);
}
