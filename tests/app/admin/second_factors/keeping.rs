//! Adding and taking away, on the page of one's own account.

use super::{FACTORS, SECOND_STEP, all_the_way, give_app, shown};
use crate::support::app::TestApp;
use crate::support::cast::PASSWORD;
use crate::support::codes::App;

#[actix_web::test]
async fn an_app_is_added_by_picture_or_by_text() {
    let app = TestApp::start().await;
    app.sql("insert into site_names (locale, name, short_name) values ('en', 'Harbour Rights', 'Harbour')")
        .await;
    let mut editor = app.signed_in_as("editor").await;
    let form = editor.page(FACTORS).await.form(&format!("form[action='{FACTORS}/apps']"));
    let begun = editor.submit(&form).await;
    let page = editor.follow(&begun).await.expect(200).html();
    assert!(page.attr("img.qr", "src").starts_with("data:image/svg+xml;base64,"));
    assert!(page.attr("img.qr", "alt").contains("below as text"));
    let address = page.attr("main a[href^='otpauth:']", "href");
    assert!(address.contains("Harbour") && address.contains("issuer="), "{address}");
    let secret = page.text("code.secret");
    assert!(secret.split(' ').all(|group| group.len() == 4) && secret.len() == 39, "{secret}");

    let form = page.form("main form").with("name", "Old telephone");
    let wrong = editor.submit(&form.clone().with("code", "12345")).await.expect(422).html();
    assert!(wrong.problem_at("code").contains("next one"));
    assert_eq!(wrong.text("code.secret"), secret, "a mistake does not cost the secret");
    assert_eq!(wrong.form("main form").value("name"), "Old telephone");
    let codes = App::told(&secret);
    let added = editor.submit(&form.with("code", &shown(&app, &codes))).await;
    let page = editor.follow(&added).await.expect(200).html();
    assert!(page.text(".factors").contains("Old telephone"));
    assert!(page.text("#recovery + p").contains("You have none"));
    editor.get(begun.location()).await.expect(404);
    let answer = app.visitor().sign_in_as("editor").await;
    assert!(answer.location().starts_with(SECOND_STEP));
    editor.get("/admin/statements").await.expect(200);
}

#[actix_web::test]
async fn recovery_codes_are_shown_once() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut editor = all_the_way(&app, "editor", &codes).await;
    let form = editor.page(FACTORS).await.form(&format!("form[action='{FACTORS}/recovery-codes']"));
    let page = editor.submit(&form).await.expect(200).html();
    let shown = page.texts(".codes code");
    assert_eq!(shown.len(), 10);
    assert!(shown.iter().all(|code| code.len() == 19), "{shown:?}");
    let page = editor.page(FACTORS).await;
    assert!(page.text("#recovery + p").contains("10 of 10"));
    assert!(!page.has(".codes"));
    editor.get(&format!("{FACTORS}/recovery-codes")).await.expect(405);
}

#[actix_web::test]
async fn one_is_taken_away_after_a_question_and_ends_nothing_else() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut elsewhere = all_the_way(&app, "editor", &codes).await;
    let mut editor = all_the_way(&app, "editor", &codes).await;
    let removal = editor.page(FACTORS).await.attr(".factors a", "href");
    let form = editor.page(&removal).await.form("main form");
    for not_it in ["", "not the password at all"] {
        let page = editor.submit(&form.clone().with("password", not_it)).await.expect(422).html();
        assert!(page.problem_at("password").contains("type your password"));
    }
    let form = form.with("password", PASSWORD);
    let gone = editor.submit(&form).await;
    let page = editor.follow(&gone).await.expect(200).html();
    assert!(!page.has(".factors") && !page.has("#recovery"));
    elsewhere.get("/admin/statements").await.expect(200);
    let alone = app.visitor().sign_in_as("editor").await;
    assert!(!alone.location().starts_with(SECOND_STEP), "{}", alone.location());
    editor.submit(&form).await.expect(404);
}

#[actix_web::test]
async fn an_administrator_takes_away_what_somebody_has_lost() {
    let app = TestApp::start().await;
    let codes = give_app(&app, "editor").await;
    let mut editor = all_the_way(&app, "editor", &codes).await;
    let mut administrator = app.signed_in_as("administrator").await;
    let id = app.desk.people.editor.user.unwrap();
    let path = format!("/admin/people/{id}/second-factors/removal");
    let page = administrator.page(&path).await;
    assert!(page.text("main").contains("Make sure that it is they who ask"));
    administrator.submit(&page.form("main form")).await.expect(303);
    editor.get("/admin/statements").await.expect(303);
    let fields = [("email", "editor@example.org"), ("password", PASSWORD)];
    app.visitor().post("/admin/sign-in", &fields).await.expect(422);
    let own = app.desk.people.administrator.user.unwrap();
    administrator.get(&format!("/admin/people/{own}/second-factors/removal")).await.expect(403);
    administrator.get("/admin/people/999999/second-factors/removal").await.expect(404);
}
