//! My account: a name, a password, the browsers that are signed in.

use jiff::SignedDuration;

use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::form::Form;
use crate::support::visitor::Visitor;

const NEW: &str = "seven quiet lanterns burn";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like \
                     Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

/// The author, in this browser.
async fn author<'a>(app: &'a TestApp, agent: &str) -> Visitor<'a> {
    let mut visitor = app.visitor().with("user-agent", agent);
    visitor.sign_in_as("author").await;
    visitor
}

async fn password_form(visitor: &mut Visitor<'_>) -> Form {
    visitor.page("/admin/account").await.form("form[action='/admin/account/password']")
}

fn filled(form: Form, current: &str, new: &str) -> Form {
    form.with("current_password", current).with("password", new).with("password_again", new)
}

#[actix_web::test]
async fn my_sign_ins_are_listed_with_this_one_marked_and_each_can_be_ended() {
    let app = TestApp::start().await;
    let mut phone = author(&app, PHONE).await;
    let mut here = author(&app, FIREFOX).await;
    let mut editor = app.signed_in_as("editor").await;
    let page = here.page("/admin/account").await;
    let all = page.texts(".sign-ins li");
    assert_eq!(all.len(), 2, "{all:?}");
    let this: Vec<_> = all.iter().filter(|line| line.contains("this one")).collect();
    assert!(this.len() == 1 && this[0].contains("Firefox on Linux"), "{all:?}");
    assert!(all.iter().any(|line| line.contains("Safari on iPhone")), "{all:?}");

    let end = page
        .all(".sign-ins form")
        .into_iter()
        .map(Form::read)
        .zip(&all)
        .find(|(_, line)| line.contains("iPhone"))
        .unwrap()
        .0;
    // The name of a sign-in is worth nothing to somebody else.
    editor.submit(&end).await.expect(303);
    phone.get("/admin/statements").await.expect(200);
    here.submit(&end).await.expect(303);
    phone.get("/admin/statements").await.expect(303);
    here.get("/admin/statements").await.expect(200);
    assert!(here.page("/admin/account").await.texts(".sign-ins li").len() == 1);
}

#[actix_web::test]
async fn ending_this_one_is_signing_out() {
    let app = TestApp::start().await;
    let mut here = author(&app, FIREFOX).await;
    let end = here.page("/admin/account").await.form(".sign-ins form");
    assert_eq!(here.submit(&end).await.expect(303).location(), "/admin/sign-in");
    here.get("/admin/statements").await.expect(303);
}

#[actix_web::test]
async fn all_others_end_at_once() {
    let app = TestApp::start().await;
    let (mut one, mut two, mut here) =
        (author(&app, PHONE).await, author(&app, PHONE).await, author(&app, FIREFOX).await);
    here.post("/admin/account/sign-ins/end-others", &[]).await.expect(303);
    for other in [&mut one, &mut two] {
        other.get("/admin/statements").await.expect(303);
    }
    let page = here.page("/admin/account").await;
    assert!(page.text("[role=status]").contains("have ended"));
    assert!(!page.has("form[action='/admin/account/sign-ins/end-others']"), "there are no others");
}

#[actix_web::test]
async fn a_new_password_ends_the_others_and_keeps_this_one() {
    let app = TestApp::start().await;
    let (mut phone, mut here) = (author(&app, PHONE).await, author(&app, FIREFOX).await);
    let form = filled(password_form(&mut here).await, PASSWORD, NEW);
    here.submit(&form).await.expect(303);
    let page = here.page("/admin/account").await;
    assert!(page.text("[role=status]").contains("new password is set"));
    phone.get("/admin/statements").await.expect(303);
    let sign_in = |password| [("email", "author@example.org"), ("password", password)];
    app.visitor().post("/admin/sign-in", &sign_in(PASSWORD)).await.expect(422);
    app.visitor().post("/admin/sign-in", &sign_in(NEW)).await.expect(303);
}

#[actix_web::test]
async fn it_takes_the_password_as_it_is_now_and_slows_who_guesses_it() {
    let app = TestApp::start().await;
    let mut here = author(&app, FIREFOX).await;
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let form = filled(password_form(&mut here).await, "not my password", NEW);
        let answer = here.submit(&form).await;
        assert!(!answer.html().problem_at("current_password").is_empty());
        assert_eq!(answer.html().form("form[action='/admin/account/password']").value("password"), "");
        statuses.push(answer.status);
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429]);
    let form = filled(password_form(&mut here).await, PASSWORD, NEW);
    let answer = here.submit(&form).await.expect(429);
    assert!(!answer.header("retry-after").is_empty());
    app.app.clock.advance(SignedDuration::from_mins(6));
    here.submit(&form).await.expect(303);
}

#[actix_web::test]
async fn a_password_that_will_not_do_is_refused_with_the_reason() {
    let app = TestApp::start().await;
    let mut here = author(&app, FIREFOX).await;
    for (new, why) in [
        ("short", "at least 15 characters"),
        ("passwordpassword", "unrelated words"),
        ("author@example.org", "your name"),
        ("onrecordonrecord", "your name"),
    ] {
        let form = filled(password_form(&mut here).await, PASSWORD, new);
        let page = here.submit(&form).await.expect(422).html();
        assert!(page.problem_at("password").contains(why), "{new}: {}", page.problem_at("password"));
    }
    let form = filled(password_form(&mut here).await, PASSWORD, NEW).with("password_again", "other");
    here.submit(&form).await.expect(422).html().problem_at("password_again");
}

#[actix_web::test]
async fn password_managers_know_every_field() {
    let app = TestApp::start().await;
    let page = author(&app, FIREFOX).await.page("/admin/account").await;
    for (field, means) in [
        ("email", "username"),
        ("current_password", "current-password"),
        ("password", "new-password"),
        ("password_again", "new-password"),
    ] {
        let field = format!("form[action='/admin/account/password'] [name='{field}']");
        assert_eq!(page.attr(&field, "autocomplete"), means, "{field}");
    }
    let door = app.visitor().page("/admin/sign-in").await;
    assert_eq!(door.attr("[name=email]", "autocomplete"), "username");
    assert_eq!(door.attr("[name=password]", "autocomplete"), "current-password");
}

#[actix_web::test]
async fn a_name_is_changed_and_a_bad_one_stays_in_the_form() {
    let app = TestApp::start().await;
    let mut here = author(&app, FIREFOX).await;
    let long = "x".repeat(101);
    let page = here.post("/admin/account", &[("person", &long)]).await.expect(422).html();
    page.problem_at("person");
    assert_eq!(page.form("form[action='/admin/account']").value("person"), long);
    here.post("/admin/account", &[("person", "Ada <b>")]).await.expect(303);
    assert_eq!(
        here.page("/admin/account").await.form("form[action='/admin/account']").value("person"),
        "Ada <b>"
    );
}
