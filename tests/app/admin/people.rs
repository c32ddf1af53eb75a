//! Inviting people, and taking away what they may.

use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const NEW: &str = "seven quiet lanterns burn";

/// Invites somebody; gives the path of the link that the page shows.
async fn invite(administrator: &mut Visitor<'_>, name: &str, role: &str) -> String {
    let form = administrator.page("/admin/people").await.form("form[action='/admin/people']");
    let form = form
        .with("person", name)
        .with("email", &format!("{}@example.org", name.to_lowercase()))
        .with("role", role);
    path_in(&administrator.submit(&form).await.expect(200).html())
}

fn path_in(page: &Page) -> String {
    page.attr("#link", "value").strip_prefix("http://localhost").unwrap().to_owned()
}

fn of(app: &TestApp, name: &str) -> String {
    let people = &app.desk.people;
    let person = match name {
        "author" => people.author,
        "administrator" => people.administrator,
        _ => people.publisher,
    };
    format!("/admin/people/{}", person.user.unwrap())
}

#[actix_web::test]
async fn somebody_invited_chooses_a_password_and_is_in() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let link = invite(&mut administrator, "Newcomer", "editor").await;
    let list = administrator.page("/admin/people").await;
    let row = list.texts("tbody tr").into_iter().find(|row| row.contains("Newcomer")).unwrap();
    assert!(row.contains("editor") && row.contains("Invited") && row.contains("Never"), "{row}");
    assert!(!list.texts("main")[0].contains(&link), "the link is shown once");

    let sign_in = [("email", "newcomer@example.org"), ("password", NEW)];
    app.visitor().post("/admin/sign-in", &sign_in).await.expect(422);
    let mut newcomer = app.visitor();
    let page = newcomer.page(&link).await;
    assert_eq!(page.text("h1"), "Welcome, Newcomer");
    let form = page.form("main form");
    assert_eq!(form.value("email"), "newcomer@example.org");
    let own = form.clone().with("password", "newcomer newcomer").with("password_again", "newcomer newcomer");
    newcomer.submit(&own).await.expect(422).html().problem_at("password");
    let form = form.with("password", NEW).with("password_again", NEW);
    newcomer.submit(&form).await.expect(303);
    newcomer.get("/admin/topics/new").await.expect(200);
    app.visitor().get(&link).await.expect(404);
    app.visitor().submit(&form).await.expect(404);
    app.visitor().post("/admin/sign-in", &sign_in).await.expect(303);
    let row = administrator.page("/admin/people").await.texts("tbody tr").join("\n");
    assert!(row.contains("Newcomer newcomer@example.org editor Active"), "{row}");
}

#[actix_web::test]
async fn an_invitation_is_taken_back_by_ending_its_link() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let link = invite(&mut administrator, "Newcomer", "author").await;
    let list = administrator.page("/admin/people").await;
    let path = list
        .all("tbody a")
        .into_iter()
        .find(|a| a.text().collect::<String>() == "Newcomer")
        .and_then(|a| a.attr("href"))
        .unwrap()
        .to_owned();
    let page = administrator.page(&path).await;
    administrator.submit(&page.form("form[action$='/link-revocation']")).await.expect(303);
    app.visitor().get(&link).await.expect(404);
    let page = administrator.page(&path).await;
    assert!(!page.has("form[action$='/link-revocation']"));
    let again = administrator.submit(&page.form("form[action$='/link']")).await.expect(200).html();
    app.visitor().get(&path_in(&again)).await.expect(200);
    administrator.post(&format!("{path}/revocation"), &[]).await.expect(303);
    app.visitor().get(&path_in(&again)).await.expect(404);
}

#[actix_web::test]
async fn what_is_wrong_with_an_invitation_is_said_at_its_field() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let typed = [("person", "A <b>"), ("email", "Author@example.org"), ("role", "publisher")];
    let page = administrator.post("/admin/people", &typed).await.expect(422).html();
    assert!(page.problem_at("email").contains("already"));
    let form = page.form("form[action='/admin/people']");
    assert_eq!((form.value("person"), form.value("role")), ("A <b>", "publisher"));
    for role in ["", "king"] {
        let typed = [("person", "A"), ("email", "a@example.org"), ("role", role)];
        let page = administrator.post("/admin/people", &typed).await.expect(422).html();
        assert!(page.texts("#problems li").join(" ").contains("trusted with"), "{role}");
    }
}

#[actix_web::test]
async fn a_role_taken_away_acts_at_the_next_click_of_every_open_session() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let (mut one, mut two) = (app.signed_in_as("publisher").await, app.signed_in_as("publisher").await);
    for publisher in [&mut one, &mut two] {
        publisher.get("/admin/topics/new").await.expect(200);
    }
    administrator.post(&of(&app, "publisher"), &[("role", "author")]).await.expect(303);
    for publisher in [&mut one, &mut two] {
        publisher.get("/admin/topics/new").await.expect(403);
        publisher.get("/admin/statements").await.expect(200);
    }
    administrator.post(&of(&app, "publisher"), &[("role", "editor")]).await.expect(303);
    one.get("/admin/topics/new").await.expect(200);
}

#[actix_web::test]
async fn who_is_revoked_is_out_everywhere_and_comes_back_only_by_signing_in() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let (mut one, mut two) = (app.signed_in_as("author").await, app.signed_in_as("author").await);
    administrator.post(&format!("{}/revocation", of(&app, "author")), &[]).await.expect(303);
    for author in [&mut one, &mut two] {
        author.get("/admin/statements").await.expect(303);
    }
    let sign_in = [("email", "author@example.org"), ("password", PASSWORD)];
    app.visitor().post("/admin/sign-in", &sign_in).await.expect(422);
    let page = administrator.page(&of(&app, "author")).await;
    assert!(page.texts("dd").join(" ").contains("Access revoked"));
    administrator.post(&format!("{}/link", of(&app, "author")), &[]).await.expect(409);
    administrator.submit(&page.form("form[action$='/restoration']")).await.expect(303);
    one.get("/admin/statements").await.expect(303);
    app.visitor().post("/admin/sign-in", &sign_in).await.expect(303);
}

#[actix_web::test]
async fn the_last_administrator_is_told_why_they_stay() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    let own = of(&app, "administrator");
    let page = administrator.post(&own, &[("role", "editor")]).await.expect(422).html();
    assert!(page.text("[role=alert]").contains("the only administrator"), "{}", page.text("[role=alert]"));
    let page = administrator.post(&format!("{own}/revocation"), &[]).await.expect(409).html();
    assert!(page.text("[role=alert]").contains("Make somebody else an administrator first"));
    administrator.get("/admin/people").await.expect(200);

    administrator.post(&of(&app, "publisher"), &[("role", "administrator")]).await.expect(303);
    let down = administrator.post(&own, &[("role", "editor")]).await.expect(303);
    assert_eq!(down.location(), "/admin/statements");
    administrator.get("/admin/people").await.expect(403);
}

#[actix_web::test]
async fn nobody_is_found_at_an_address_that_is_nobodys() {
    let app = TestApp::start().await;
    let mut administrator = app.signed_in_as("administrator").await;
    for path in ["/admin/people/999999", "/admin/people/x", "/admin/people/99999999999999999999"] {
        administrator.get(path).await.expect(404);
        administrator.post(path, &[("role", "editor")]).await.expect(404);
        administrator.post(&format!("{path}/revocation"), &[]).await.expect(404);
        administrator.post(&format!("{path}/link"), &[]).await.expect(404);
    }
}
