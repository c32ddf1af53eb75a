//! An authenticator app in the hands of a test.

use data_encoding::BASE32_NOPAD;
use jiff::Timestamp;
use onrecord::domain::accounts::factors::totp;
use onrecord::domain::accounts::users::{self, User};
use onrecord::infra::db::Connection;
use totp_rs::Builder;

/// An app that has been told a secret.
#[derive(Clone)]
pub struct App(Vec<u8>);

impl App {
    /// With the secret as it stands on the page.
    pub fn told(secret: &str) -> Self {
        Self(BASE32_NOPAD.decode(secret.replace(' ', "").as_bytes()).unwrap())
    }

    /// The code that it shows.
    pub fn code(&self, at: Timestamp) -> String {
        let totp = Builder::new().with_secret(self.0.clone()).build().unwrap();
        totp.generate(u64::try_from(at.as_second()).unwrap()).to_string()
    }
}

/// A person of the cast: `publisher`.
pub async fn somebody(conn: &mut Connection, name: &str) -> User {
    users::by_email(conn, &format!("{name}@example.org")).await.unwrap().unwrap()
}

/// Adds an app for a person, whose first code is that of `now`.
pub async fn add(conn: &mut Connection, name: &str, now: Timestamp) -> App {
    let user = somebody(conn, name).await;
    let id = totp::begin(conn, &user, now).await.unwrap();
    let app = App::told(&totp::pending(conn, &user, id, now).await.unwrap().unwrap().typed());
    let _ = totp::confirm(conn, &user, id, ("Telephone", &app.code(now)), now).await.unwrap();
    app
}
