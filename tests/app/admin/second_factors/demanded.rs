//! A second factor is demanded of publishers and administrators: at once, and nothing typed is lost.

use super::{FACTORS, all_the_way, give_app};
use crate::admin::record::{READY, all_forms, all_paths, at, fill};
use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::visitor::MINE;

/// The administrator, who has an app, ticks the box.
async fn demand(app: &TestApp) {
    let codes = give_app(app, "administrator").await;
    let mut administrator = all_the_way(app, "administrator", &codes).await;
    let form = administrator.page("/admin/settings").await.form("main form");
    administrator.submit(&form.with("second_factor_demanded", "yes")).await.expect(303);
    assert_eq!(
        administrator.page("/admin/settings").await.form("main form").value("second_factor_demanded"),
        "yes"
    );
}

#[actix_web::test]
async fn whoever_demands_it_is_told_to_have_one_first() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let form = administrator.page("/admin/settings").await.form("main form");
    let page = administrator.submit(&form.with("second_factor_demanded", "yes")).await.expect(422).html();
    assert!(page.problem_at("second_factor_demanded").contains("of your own first"));
    administrator.get("/admin/statements").await.expect(200);
}

#[actix_web::test]
async fn whoever_has_none_is_led_to_get_one_and_can_do_nothing_else() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let (pages, forms) = (all_paths(&app).await, all_forms(&app).await);
    let mut publisher = app.signed_in_as("publisher").await;
    publisher.get("/admin/statements").await.expect(200);
    demand(&app).await;
    let before = app.events().await;
    for path in pages.iter().filter(|path| !path.starts_with("/admin/account")) {
        assert_eq!(publisher.get(path).await.expect(303).location(), FACTORS, "{path}");
    }
    for sent in forms
        .iter()
        .filter(|sent| !sent.path.starts_with("/admin/account") && !sent.path.ends_with("sign-out"))
    {
        let kept = publisher.post(&sent.path, &sent.fields()).await.expect(403).html().form("main form");
        assert_eq!(kept.action, sent.path);
        for (name, value) in sent.fields().into_iter().filter(|(_, value)| *value != MINE) {
            assert_eq!(kept.value(name), value, "{}", sent.path);
        }
    }
    assert_eq!(app.events().await, before, "something was done");
    let page = publisher.page(FACTORS).await;
    assert!(page.text(".note").contains("demanded of publishers"), "{}", page.text(".note"));
    for name in ["author", "editor"] {
        app.signed_in_as(name).await.get("/admin/statements").await.expect(200);
    }
}

#[actix_web::test]
async fn with_one_the_desk_is_open_again_and_the_form_goes_through() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut publisher = app.signed_in_as("publisher").await;
    let path = at(&app, READY, "").await;
    let form = publisher.page(&path).await.form("form#editor").with("body", "An hour of work.");
    demand(&app).await;
    let held = publisher.submit(&form).await.expect(403).html();
    assert_eq!(held.attr("main a.button", "href"), FACTORS);
    let held = held.form("main form");
    give_app(&app, "publisher").await;
    publisher.submit(&held).await.expect(303);
    assert_eq!(publisher.page(&path).await.form("form#editor").value("body"), "An hour of work.");
}

#[actix_web::test]
async fn the_last_one_is_kept_in_words() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "publisher").await;
    demand(&app).await;
    let mut publisher = all_the_way(&app, "publisher", &codes).await;
    let removal = publisher.page(FACTORS).await.attr(".factors a", "href");
    let form = publisher.page(&removal).await.form("main form");
    let page = publisher.submit(&form.with("password", PASSWORD)).await.expect(409).html();
    assert!(page.text("main").contains("Add another first"), "{}", page.text("main"));
}
