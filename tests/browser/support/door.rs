//! Coming in at the desk's door, and being put out of it.

use super::browser::Browser;
use super::desk::PASSWORD;
use super::site::Site;

/// Somebody signs in, and is at the dashboard.
pub async fn sign_in(browser: &Browser, site: &Site, email: &str) {
    browser.goto(&site.at("/admin/sign-in")).await.unwrap();
    type_in(browser, email).await;
}

/// Somebody signs in at the sign-in page that the browser shows, and is led on.
pub async fn type_in(browser: &Browser, email: &str) {
    browser.type_over("#email", email).await;
    browser.type_into("#password", PASSWORD).await;
    browser.follow("form[action='/admin/sign-in'] button.main").await;
}

/// What a sign-in that ran out looks like from the browser: its cookie means nothing any more.
pub async fn lose_the_sign_in(browser: &Browser) {
    browser.delete_all_cookies().await.unwrap();
}

/// Somebody signs out, by the menu.
pub async fn sign_out(browser: &Browser) {
    browser.click("[data-menu] summary").await;
    browser.follow("form[action='/admin/sign-out'] button").await;
}

/// Somebody else sits down, and signs in.
pub async fn sit_down(browser: &Browser, site: &Site, email: &str) {
    lose_the_sign_in(browser).await;
    sign_in(browser, site, email).await;
}
