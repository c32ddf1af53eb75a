//! The desk's sessions: actix-session with a store of our own in PostgreSQL. Readers have none.

use actix_session::SessionExt as _;
use actix_session::storage::{LoadError, SaveError, SessionKey, SessionStore, UpdateError};
use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::http::header::USER_AGENT;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::browsers;
use super::error::Error;
use crate::domain::accounts::sessions::{self, Owner, State};
use crate::domain::accounts::users::User;
use crate::domain::ids::UserId;
use crate::infra::clock::Clock;
use crate::infra::db::Database;
use crate::text::digest;

const USER: &str = "user";
const HANDLE: &str = "handle";
const BROWSER: &str = "browser";
const FLASH: &str = "flash";
const HALF: &str = "half";
const PROVED: &str = "proved";

/// The store: see `domain::accounts::sessions`.
pub struct Store {
    /// The database.
    pub database: Database,
    /// What time it is.
    pub clock: Clock,
}

/// Whose a session is: its values stand in it as JSON.
fn owner_in(state: &State) -> Owner {
    let text = |name| state.get(name).and_then(|json| serde_json::from_str::<String>(json).ok());
    Owner {
        user: state.get(USER).and_then(|id| id.parse().ok()).map(UserId),
        handle: text(HANDLE),
        browser: text(BROWSER).unwrap_or_default(),
    }
}

impl SessionStore for Store {
    async fn load(&self, key: &SessionKey) -> Result<Option<State>, LoadError> {
        let mut conn = self.database.connection().await.map_err(|e| LoadError::Other(e.into()))?;
        sessions::load(&mut conn, key.as_ref(), self.clock.now())
            .await
            .map_err(|e| LoadError::Other(e.into()))
    }

    /// How long a session lives is for the domain to say; the time that comes along is that of the cookie.
    async fn save(&self, state: State, _: &Duration) -> Result<SessionKey, SaveError> {
        let failed = |error: anyhow::Error| SaveError::Other(error);
        let key = digest::token().map_err(|e| failed(e.into()))?;
        let mut conn = self.database.connection().await.map_err(|e| failed(e.into()))?;
        sessions::insert(&mut conn, &key, &owner_in(&state), &state, self.clock.now())
            .await
            .map_err(|e| failed(e.into()))?;
        SessionKey::try_from(key).map_err(|e| failed(e.into()))
    }

    /// A session that was ended meanwhile stays ended: its key is given back, and opens nothing.
    async fn update(&self, key: SessionKey, state: State, _: &Duration) -> Result<SessionKey, UpdateError> {
        let mut conn = self.database.connection().await.map_err(|e| UpdateError::Other(e.into()))?;
        sessions::update(&mut conn, key.as_ref(), &state, self.clock.now())
            .await
            .map_err(|e| UpdateError::Other(e.into()))?;
        Ok(key)
    }

    /// Not asked for: the gate writes down who was here.
    async fn update_ttl(&self, _: &SessionKey, _: &Duration) -> Result<(), anyhow::Error> {
        Ok(())
    }

    async fn delete(&self, key: &SessionKey) -> Result<(), anyhow::Error> {
        let mut conn = self.database.connection().await?;
        Ok(sessions::end(&mut conn, key.as_ref()).await?)
    }
}

/// Who is signed in with this request's cookie, if anybody is.
pub fn user(request: &HttpRequest) -> Option<UserId> {
    let id: Option<i64> = request.get_session().get(USER).ok().flatten();
    id.map(UserId)
}

/// The name of the sign-in that this request comes with.
pub fn handle(request: &HttpRequest) -> Option<String> {
    request.get_session().get(HANDLE).ok().flatten()
}

/// Signs a person in, under a new key: one that somebody else may have planted is worth nothing.
pub fn sign_in(request: &HttpRequest, user: UserId) -> Result<(), Error> {
    let session = request.get_session();
    session.clear();
    session.renew();
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let handle = digest::token().map_err(|error| Error::Internal(error.to_string()))?;
    session
        .insert(USER, user.0)
        .and_then(|()| session.insert(HANDLE, handle))
        .and_then(|()| session.insert(BROWSER, browsers::describe(agent)))
        .map_err(|error| Error::Internal(error.to_string()))
}

/// A person whose password was right. It opens nothing by itself: see `admin::second_step`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Half {
    user: i64,
    /// When it was right.
    pub at: Timestamp,
    /// Which password it was: another one makes this worth nothing.
    of: String,
}

impl Half {
    /// Whose password.
    pub fn user(&self) -> UserId {
        UserId(self.user)
    }

    /// Whether this is the person, and the password still theirs.
    pub fn is_of(&self, user: &User) -> bool {
        self.user() == user.id && self.of == which(user)
    }
}

fn which(user: &User) -> String {
    digest::short_hex(user.password_hash.as_deref().unwrap_or_default().as_bytes(), 32)
}

/// Remembers that the password of a person was right, under a new key. Whoever was signed in no longer is.
pub fn half_sign_in(request: &HttpRequest, user: &User, at: Timestamp) -> Result<(), Error> {
    let session = request.get_session();
    session.clear();
    session.renew();
    let half = Half { user: user.id.0, at, of: which(user) };
    session.insert(HALF, half).map_err(|error| Error::Internal(error.to_string()))
}

/// Whose password was right with this session, if it waits for a second step.
pub fn half(request: &HttpRequest) -> Option<Half> {
    request.get_session().get(HALF).ok().flatten()
}

/// Remembers that the person proved who they are.
pub fn prove(request: &HttpRequest, at: Timestamp) -> Result<(), Error> {
    request.get_session().insert(PROVED, at).map_err(|error| Error::Internal(error.to_string()))
}

/// When the person last proved who they are.
pub fn proved_at(request: &HttpRequest) -> Option<Timestamp> {
    request.get_session().get(PROVED).ok().flatten()
}

/// Ends the session here and in the database.
pub fn sign_out(request: &HttpRequest) {
    request.get_session().purge();
}

/// What the next page says about what was just done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Flash {
    /// What was done.
    pub text: String,
    /// Where to send the wish to undo it.
    pub undo: Option<String>,
}

/// Leaves a word for the next page.
pub fn flash(request: &HttpRequest, text: impl Into<String>, undo: Option<String>) {
    let flash = Flash { text: text.into(), undo };
    if let Err(error) = request.get_session().insert(FLASH, flash) {
        log::warn!("a message could not be kept for the next page: {error}");
    }
}

/// Takes the word that the last request left.
pub fn take_flash(request: &HttpRequest) -> Option<Flash> {
    let session = request.get_session();
    let flash = session.get(FLASH).ok().flatten();
    if flash.is_some() {
        session.remove(FLASH);
    }
    flash
}
