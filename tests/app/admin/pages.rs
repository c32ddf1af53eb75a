//! Every page of the desk: kept by no cache, found by no engine, well built.

use super::record::{all_forms, all_paths, fill};
use crate::site::links::assert_well_built;
use crate::support::app::TestApp;
use crate::support::visitor::{Answer, MINE};

#[track_caller]
fn assert_private(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), "no-store", "{}", answer.path);
    assert_eq!(answer.header("x-robots-tag"), "noindex, nofollow", "{}", answer.path);
}

#[actix_web::test]
async fn no_answer_of_the_desk_is_kept_or_found() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut administrator = app.signed_in_as("administrator").await;
    let mut paths = all_paths(&app).await;
    paths.extend(
        ["/admin", "/admin/sign-in", "/admin/set-up/x", "/admin/nothing", "/admin/%00"].map(str::to_owned),
    );
    for path in paths {
        assert_private(&administrator.get(&path).await);
        assert_private(&app.visitor().get(&path).await);
    }
    for sent in all_forms(&app).await {
        assert_private(&sent.by(&mut app.visitor()).await);
        assert_private(&sent.by(&mut administrator).await);
    }
}

#[actix_web::test]
async fn every_page_is_well_built_and_its_links_lead_somewhere() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut administrator = app.signed_in_as("administrator").await;
    let mut paths = all_paths(&app).await;
    paths.push("/admin/sign-in".to_owned());
    let mut followed = std::collections::HashSet::new();
    for path in paths {
        let page = administrator.page(&path).await;
        if !path.ends_with("/preview") {
            assert_well_built(&path, &page);
            assert_eq!(page.attr("meta[name=robots]", "content"), "noindex", "{path}");
            for control in page.all("input:not([type=hidden]):not([type=checkbox]):not([type=radio]), select, textarea:not([hidden])") {
                let id = control.attr("id").unwrap_or_else(|| panic!("{path}: {control:?} has no id"));
                assert!(page.has(&format!("label[for='{id}']")), "{path}: {id} has no label");
            }
        }
        for href in page.attrs("main a[href^='/admin'], nav a[href^='/']", "href") {
            if !followed.insert(href.clone()) {
                continue;
            }
            let answer = administrator.get(&href).await;
            assert!(answer.status == 200, "{path} leads to {href}: {}", answer.status);
        }
    }
}

#[actix_web::test]
async fn pages_that_refuse_something_are_as_well_built() {
    let mut app = TestApp::start().await;
    fill(&mut app).await;
    let mut administrator = app.signed_in_as("administrator").await;
    let wrong = [("edit_token", MINE), ("number", "x"), ("issued_on", "x"), ("kind", "x"), ("locale", "en")];
    for path in ["/admin/statements", "/admin/topics", "/admin/site"] {
        let answer = administrator.post(path, &wrong).await.expect(422);
        assert_well_built(path, &answer.html());
    }
    let answer = app.visitor().post("/admin/sign-in", &[]).await.expect(422);
    assert_well_built("/admin/sign-in", &answer.html());
    assert_well_built("no such page", &administrator.get("/admin/nothing").await.html());
    assert_well_built("a door", &app.visitor().post("/admin/statements", &wrong).await.html());
}
