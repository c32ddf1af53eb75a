//! Somebody gets a passkey, an app and recovery codes, and signs in with each; every page on the way is looked at.

use data_encoding::BASE32_NOPAD;
use fantoccini::Locator;
use fantoccini::key::Key;
use serde_json::json;
use totp_rs::Builder;

use crate::support::axe::Inspector;
use crate::support::browser::{self, Browser, Script};
use crate::support::desk::{Desk, EMAIL};
use crate::support::door;
use crate::support::keyboard::Keyboard;
use crate::support::site::Site;

pub const ROUTES: &[&str] = &[
    "/admin/sign-in/second-step",
    "/admin/account/second-factors",
    "/admin/account/second-factors/apps/{id}",
    "/admin/account/second-factors/apps/{id}/removal",
    "/admin/account/second-factors/passkeys/{id}/removal",
];

const FACTORS: &str = "/admin/account/second-factors";

/// The browser's own security key, which has a finger on it.
fn plug_in(browser: &Browser) {
    browser.devtools("WebAuthn.enable", json!({}));
    let options = json!({
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": true, "hasUserVerification": true,
        "isUserVerified": true, "automaticPresenceSimulation": true,
    });
    browser.devtools("WebAuthn.addVirtualAuthenticator", json!({ "options": options }));
}

#[test]
fn a_passkey_an_app_and_recovery_codes_let_their_owner_in() {
    browser::tell(Script::Runs, async |browser| {
        let Some(mut inspector) = Inspector::new(&browser).await else { return };
        let site = Site::start_at_localhost();
        drop(Desk::set_up(&site));
        plug_in(&browser);
        door::sign_in(&browser, &site, EMAIL).await;
        browser.goto(&site.at(FACTORS)).await.unwrap();
        inspector.look("second-factors-none").await;

        // A passkey, by keyboard alone.
        let keys = Keyboard(&browser);
        keys.fill("#name", "This computer").await;
        keys.press_through(Key::Enter).await;
        assert!(browser.text(".flash").await.contains("passkey is added"), "{}", browser.text("main").await);
        assert!(browser.text(".factors").await.contains("This computer"));
        browser.find(Locator::Css("#passkey")).await.unwrap().click().await.unwrap();
        browser.says("[data-passkey-said]", "has a passkey for you here already").await;

        // An app.
        browser.follow(&format!("form[action='{FACTORS}/apps'] button")).await;
        inspector.look("second-factors-app").await;
        let secret =
            BASE32_NOPAD.decode(browser.text("code.secret").await.replace(' ', "").as_bytes()).unwrap();
        let app = Builder::new().with_secret(secret).build().unwrap();
        browser.type_into("#code", &app.generate_current().to_string()).await;
        browser.follow("main button.main").await;
        assert!(browser.text(".flash").await.contains("The app counts"));

        // Recovery codes.
        browser.follow(&format!("form[action='{FACTORS}/recovery-codes'] button")).await;
        inspector.look("second-factors-recovery").await;
        let spare = browser.text(".codes code").await;
        browser.follow("main a.button.main").await;
        inspector.look("second-factors-all").await;
        for (of, name) in [("apps", "app"), ("passkeys", "passkey")] {
            browser.follow(&format!(".factors a[href*='/{of}/']")).await;
            inspector.look(&format!("second-factors-{name}-removal")).await;
            browser.goto(&site.at(FACTORS)).await.unwrap();
        }

        // In with the passkey alone.
        door::sign_out(&browser).await;
        inspector.look("second-factors-sign-in").await;
        browser.follow("#passkey").await;
        assert!(browser.has("form[action='/admin/sign-out']").await, "{}", browser.text("main").await);
        door::sign_out(&browser).await;

        // In with password and passkey; then with password and recovery code.
        door::sign_in(&browser, &site, EMAIL).await;
        assert_eq!(browser.path().await, "/admin/sign-in/second-step");
        inspector.look("second-factors-second-step").await;
        browser.follow("#passkey").await;
        assert!(browser.has("form[action='/admin/sign-out']").await, "{}", browser.text("main").await);
        door::sign_out(&browser).await;
        door::sign_in(&browser, &site, EMAIL).await;
        browser.find(Locator::Css("summary")).await.unwrap().click().await.unwrap();
        browser.type_into("#recovery_code", &spare).await;
        browser.follow("details button").await;
        assert!(browser.text(".flash").await.contains("9 are left"));
        inspector.judge(ROUTES);
    });
}
