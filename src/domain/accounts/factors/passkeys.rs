//! Passkeys (WebAuthn, level 3): a key pair for each device. The browser answers only the site that a passkey
//! was made for, which is why a site that imitates this one gets nothing from it.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::{Timestamp as Moment, ToDiesel as _};
use serde_json::{Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::ceremonies::{self, Purpose};
use super::{MOST, PasswordSeen, User, after_removal, lock, named, record};
use crate::config::BaseUrl;
use crate::domain::accounts::users;
use crate::domain::audit::Verb;
use crate::domain::ids::{PasskeyId, UserId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::infra::db::Connection;
use crate::infra::db::schema::{passkey_holders as holders, passkeys};
use crate::text::digest;

/// A passkey of a person.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = passkeys)]
pub struct Key {
    /// The id.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// The host that it is bound to.
    pub host: String,
    /// When it was added.
    #[diesel(deserialize_as = Moment)]
    pub created_at: Timestamp,
    /// When it last signed its owner in.
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    pub last_used_at: Option<Timestamp>,
}

/// This site as passkeys know it.
pub struct Site {
    webauthn: Webauthn,
    host: String,
}

/// A question for the browser, with the token that the answer has to bring.
#[derive(Debug)]
pub struct Question {
    /// The token.
    pub token: String,
    /// The `publicKey` options, as `PublicKeyCredential.parse…OptionsFromJSON` takes them.
    pub options: Value,
}

impl Site {
    /// The site at an address. `None` where browsers know no passkeys: at a bare number, and without https,
    /// `localhost` aside (WebAuthn, 5.1.2).
    pub fn at(base_url: &BaseUrl, name: &str) -> Option<Self> {
        let origin = Url::parse(base_url.as_str()).ok()?;
        let host = origin.domain()?.to_owned();
        let is_here = host == "localhost" || host.ends_with(".localhost");
        if !base_url.is_https() && !is_here {
            return None;
        }
        let webauthn = WebauthnBuilder::new(&host, &origin).ok()?.rp_name(name).build().ok()?;
        Some(Self { webauthn, host })
    }

    /// The host that new passkeys are bound to.
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// The passkeys of a person, the oldest first.
pub async fn of(conn: &mut Connection, user: UserId) -> QueryResult<Vec<Key>> {
    Key::query().filter(passkeys::user_id.eq(user)).order(passkeys::id).load(conn).await
}

/// Begins to add a passkey.
pub async fn begin(
    conn: &mut Connection,
    site: &Site,
    user: &User,
    now: Timestamp,
) -> Result<Question, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    let known = ids_of(conn, user.id, &site.host).await?;
    if of(conn, user.id).await?.len() >= MOST {
        return Err(Refused::Conflict(format!("You have {MOST} passkeys. Please take one away first.")));
    }
    let handle = handle_of(conn, user.id).await?;
    let (options, state) = site
        .webauthn
        .start_passkey_registration(handle, &user.email, &user.name, Some(known))
        .map_err(|error| unusable(&error))?;
    let mut options = json!(options)["publicKey"].take();
    // So that it can sign in without an address typed, where the device has room for that.
    options["authenticatorSelection"]["residentKey"] = json!("preferred");
    let token = ceremonies::ask(conn, Purpose::Register, Some(user.id), &state, now).await?;
    Ok(Question { token, options })
}

/// Adds a passkey that answered.
pub async fn add(
    conn: &mut Connection,
    site: &Site,
    user: &User,
    (name, token, answer): (&str, &str, &str),
    now: Timestamp,
) -> Result<Change, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    let name = named(name, "Passkey")?;
    let state: PasskeyRegistration =
        ceremonies::take(conn, token, Purpose::Register, Some(user.id), now).await?;
    let answer: RegisterPublicKeyCredential = read(answer)?;
    let passkey =
        site.webauthn.finish_passkey_registration(&answer, &state).map_err(|error| unusable(&error))?;
    conn.transaction(async |conn| {
        lock(conn, user.id).await?;
        let added = diesel::insert_into(passkeys::table)
            .values((
                passkeys::user_id.eq(user.id),
                passkeys::credential_id.eq(passkey.cred_id()),
                passkeys::credential.eq(json!(passkey)),
                passkeys::host.eq(&site.host),
                passkeys::name.eq(name),
                passkeys::created_at.eq(now.to_diesel()),
            ))
            .on_conflict_do_nothing()
            .execute(conn)
            .await?;
        if added == 0 {
            return Err(problem("This passkey is known here already."));
        }
        record(conn, user.actor(), user.id, Verb::PasskeyAdded, now).await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Takes a passkey away.
pub async fn remove(
    conn: &mut Connection,
    user: &User,
    id: PasskeyId,
    password: PasswordSeen,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    conn.transaction(async |conn| {
        lock(conn, user.id).await?;
        let own = passkeys::table.find(id).filter(passkeys::user_id.eq(user.id));
        if diesel::delete(own).execute(conn).await? == 0 {
            return Err(Refused::NotFound);
        }
        after_removal(conn, user, password).await?;
        record(conn, user.actor(), user.id, Verb::PasskeyRemoved, now).await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Begins to sign in: as a second step of this person, or, where nobody is known yet, with the passkey alone.
pub async fn ask(
    conn: &mut Connection,
    site: &Site,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<Question, Refused> {
    let (options, state) =
        site.webauthn.start_discoverable_authentication().map_err(|error| unusable(&error))?;
    let mut options = json!(options)["publicKey"].take();
    if let Some(user) = user {
        let ids = ids_of(conn, user, &site.host).await?;
        let listed = ids
            .iter()
            .map(|id| json!({ "type": "public-key", "id": data_encoding::BASE64URL_NOPAD.encode(id) }));
        options["allowCredentials"] = listed.collect();
    }
    let token = ceremonies::ask(conn, purpose_for(user), user, &state, now).await?;
    Ok(Question { token, options })
}

/// Who a passkey says that they are. With `user` it has to be one of theirs. The device has made sure of its
/// owner itself, by a finger, a face or a number: a passkey is both factors.
pub async fn take(
    conn: &mut Connection,
    site: &Site,
    user: Option<UserId>,
    (token, answer): (&str, &str),
    now: Timestamp,
) -> Result<User, Refused> {
    let state: DiscoverableAuthentication =
        ceremonies::take(conn, token, purpose_for(user), user, now).await?;
    let answer: PublicKeyCredential = read(answer)?;
    conn.transaction(async |conn| {
        let found: Option<(PasskeyId, UserId, Value)> = passkeys::table
            .filter(passkeys::credential_id.eq(answer.get_credential_id()))
            .filter(passkeys::host.eq(&site.host))
            .select((passkeys::id, passkeys::user_id, passkeys::credential))
            .for_update()
            .first(conn)
            .await
            .optional()?;
        let Some((id, owner, credential)) = found else {
            return Err(problem("This passkey is not known here, or no longer. Please use another way."));
        };
        let handle = answer.get_user_unique_id();
        let is_owners = match handle {
            Some(handle) => handle == handle_of(conn, owner).await?.as_bytes(),
            // Where the browser was told whose keys may answer, the device need not say it again.
            None => user.is_some(),
        };
        if !is_owners || user.is_some_and(|user| user != owner) {
            return Err(problem("This passkey belongs to somebody else."));
        }
        let mut passkey: Passkey = serde_json::from_value(credential)
            .map_err(|_| problem("This passkey cannot be read any more."))?;
        let proved = site
            .webauthn
            .finish_discoverable_authentication_v2(&answer, state, &passkey)
            .map_err(|error| unusable(&error))?;
        if !proved.user_verified() {
            return Err(unusable(&WebauthnError::UserNotVerified));
        }
        passkey.update_credential(&proved);
        diesel::update(passkeys::table.find(id))
            .set((passkeys::credential.eq(json!(passkey)), passkeys::last_used_at.eq(now.to_diesel())))
            .execute(conn)
            .await?;
        users::by_id(conn, owner)
            .await?
            .ok_or_else(|| problem("This passkey is not known here, or no longer. Please use another way."))
    })
    .await
}

fn purpose_for(user: Option<UserId>) -> Purpose {
    if user.is_some() { Purpose::SecondStep } else { Purpose::SignIn }
}

async fn ids_of(conn: &mut Connection, user: UserId, host: &str) -> QueryResult<Vec<Vec<u8>>> {
    passkeys::table
        .filter(passkeys::user_id.eq(user).and(passkeys::host.eq(host)))
        .select(passkeys::credential_id)
        .load(conn)
        .await
}

/// What passkeys know a person by: made once, and the same for all of theirs.
async fn handle_of(conn: &mut Connection, user: UserId) -> Result<Uuid, Refused> {
    let fresh = digest::random::<16>()?.to_vec();
    diesel::insert_into(holders::table)
        .values((holders::user_id.eq(user), holders::handle.eq(fresh)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let handle: Vec<u8> = holders::table.find(user).select(holders::handle).first(conn).await?;
    Uuid::from_slice(&handle).map_err(|_| Refused::NotFound)
}

fn problem(words: &str) -> Refused {
    Refused::Invalid(Problems::one("passkey", words))
}

/// What a browser says in JSON. What it sends that is no such thing was made by hand.
fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Result<T, Refused> {
    serde_json::from_str(answer)
        .map_err(|_| problem("The browser’s answer could not be read. Please try once more."))
}

/// What went wrong, in words for the person; the log gets the name of it.
fn unusable(error: &WebauthnError) -> Refused {
    log::info!("a passkey was not taken: {error}");
    problem(match error {
        WebauthnError::UserNotVerified | WebauthnError::UserNotPresent => {
            "The device did not ask for a finger, a face or a number, so that it cannot stand for you here."
        }
        WebauthnError::CredentialPossibleCompromise => {
            "This passkey answers as if there were a copy of it. Please sign in another way, take it away, and tell an \
             administrator."
        }
        WebauthnError::CredentialExcludedFromRequest => "This passkey is known here already.",
        WebauthnError::InvalidRPOrigin => {
            "This page is at another address than the site’s own, and passkeys work only there."
        }
        _ => "This passkey could not be taken. Please try once more, or use another way.",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_https_or_this_very_machine() {
        let at =
            |url: &str| Site::at(&BaseUrl::parse(url).unwrap(), "Site").map(|site| site.host().to_owned());
        assert_eq!(at("https://www.example.org").as_deref(), Some("www.example.org"));
        assert_eq!(at("https://example.org:8443").as_deref(), Some("example.org"));
        assert_eq!(at("http://localhost:8080").as_deref(), Some("localhost"));
        for without in [
            "http://example.org",
            "http://127.0.0.1:8080",
            "https://192.0.2.1",
            "http://[::1]:8080",
            "https://[::1]",
        ] {
            assert_eq!(at(without), None, "{without}");
        }
    }
}
