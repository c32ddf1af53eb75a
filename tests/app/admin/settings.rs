//! What administrators choose, from the desk.

use crate::support::app::TestApp;

#[actix_web::test]
async fn what_is_chosen_is_there_the_next_time() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let form = administrator.page("/admin/settings").await.form("main form");
    assert_eq!(form.value("time_zone"), "UTC");
    assert!(form.values("four_eyes").is_empty());
    let form = form.with("four_eyes", "yes").with("time_zone", "Europe/Berlin");
    administrator.submit(&form).await.expect(303);
    let page = administrator.page("/admin/settings").await;
    assert!(page.text("[role=status]").contains("hold from now on"));
    let form = page.form("main form");
    assert_eq!((form.value("time_zone"), form.value("four_eyes")), ("Europe/Berlin", "yes"));
}

#[actix_web::test]
async fn a_zone_that_does_not_exist_is_named_at_its_field_and_changes_nothing() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let typed = [("time_zone", "Mars/Olympus"), ("four_eyes", "yes")];
    let page = administrator.post("/admin/settings", &typed).await.expect(422).html();
    assert!(page.problem_at("time_zone").contains("choose one"), "{}", page.problem_at("time_zone"));
    assert_eq!(page.form("main form").value("four_eyes"), "yes", "what was ticked stays ticked");
    assert!(administrator.page("/admin/settings").await.form("main form").values("four_eyes").is_empty());
}

#[actix_web::test]
async fn only_those_who_keep_the_settings_are_shown_the_way_there() {
    let app = TestApp::start().await;
    for (name, shown) in [("administrator", true), ("publisher", false)] {
        let page = app.signed_in_as(name).await.page("/admin/statements").await;
        assert_eq!(page.has("nav a[href='/admin/settings']"), shown, "{name}");
    }
}
