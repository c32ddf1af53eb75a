//! Apps that give codes: TOTP (RFC 6238) with SHA-1, six digits and thirty seconds, as every app knows it.

use data_encoding::BASE32_NOPAD;
use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::{Timestamp as Moment, ToDiesel as _};
use totp_rs::{Builder, Totp};

use super::{MOST, PasswordSeen, User, after_removal, lock, named, record};
use crate::domain::audit::Verb;
use crate::domain::ids::{TotpDeviceId, UserId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::infra::db::Connection;
use crate::infra::db::schema::totp_devices;
use crate::text::digest;

/// How long a secret waits for its first code.
pub const PATIENCE: SignedDuration = SignedDuration::from_mins(60);

/// An app that counts.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = totp_devices, base_query = totp_devices::table.filter(totp_devices::confirmed_at.is_not_null()))]
pub struct App {
    /// The id.
    pub id: TotpDeviceId,
    /// What its owner calls it.
    pub name: String,
    /// When it was begun.
    #[diesel(deserialize_as = Moment)]
    pub created_at: Timestamp,
    /// When a code of it was last taken.
    #[diesel(deserialize_as = jiff_diesel::NullableTimestamp)]
    pub last_used_at: Option<Timestamp>,
}

/// A secret that waits for its first code. It prints as nothing.
#[derive(Clone)]
pub struct Pending {
    /// The id.
    pub id: TotpDeviceId,
    secret: Vec<u8>,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pending({})", self.id)
    }
}

impl Pending {
    /// The secret as people type it: letters and digits in groups of four.
    pub fn typed(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.secret);
        let groups = letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
        groups.collect::<Vec<_>>().join(" ")
    }

    /// The address that a QR code holds (the Key Uri Format of Google Authenticator, which all apps read).
    pub fn address(&self, issuer: &str, account: &str) -> Option<String> {
        // A colon would divide the two names there.
        let plain = |name: &str| name.replace(':', " ");
        let totp = Builder::new()
            .with_secret(self.secret.clone())
            .with_issuer(Some(plain(issuer)))
            .with_account_name(plain(account));
        totp.build().and_then(|totp| totp.to_url()).ok()
    }
}

/// The apps of a person that count, the oldest first.
pub async fn of(conn: &mut Connection, user: UserId) -> QueryResult<Vec<App>> {
    App::query().filter(totp_devices::user_id.eq(user)).order(totp_devices::id).load(conn).await
}

/// Makes a secret for a new app. One that waited for its first code is forgotten.
pub async fn begin(conn: &mut Connection, user: &User, now: Timestamp) -> Result<TotpDeviceId, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    let secret = digest::random::<20>()?.to_vec();
    conn.transaction(async |conn| {
        lock(conn, user.id).await?;
        if of(conn, user.id).await?.len() >= MOST {
            return Err(Refused::Conflict(format!("You have {MOST} apps. Please take one away first.")));
        }
        let waiting = totp_devices::user_id.eq(user.id).and(totp_devices::confirmed_at.is_null());
        diesel::delete(totp_devices::table.filter(waiting)).execute(conn).await?;
        Ok(diesel::insert_into(totp_devices::table)
            .values((
                totp_devices::user_id.eq(user.id),
                totp_devices::name.eq(""),
                totp_devices::secret.eq(secret),
                totp_devices::created_at.eq(now.to_diesel()),
            ))
            .returning(totp_devices::id)
            .get_result(conn)
            .await?)
    })
    .await
}

/// A secret of this person that still waits for its first code.
pub async fn pending(
    conn: &mut Connection,
    user: &User,
    id: TotpDeviceId,
    now: Timestamp,
) -> QueryResult<Option<Pending>> {
    let secret: Option<Vec<u8>> = totp_devices::table
        .find(id)
        .filter(totp_devices::user_id.eq(user.id))
        .filter(totp_devices::confirmed_at.is_null())
        .filter(totp_devices::created_at.gt((now - PATIENCE).to_diesel()))
        .select(totp_devices::secret)
        .first(conn)
        .await
        .optional()?;
    Ok(secret.map(|secret| Pending { id, secret }))
}

/// Lets an app count, once it gives a right code.
pub async fn confirm(
    conn: &mut Connection,
    user: &User,
    id: TotpDeviceId,
    (name, code): (&str, &str),
    now: Timestamp,
) -> Result<Change, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    conn.transaction(async |conn| {
        lock(conn, user.id).await?;
        let waiting = pending(conn, user, id, now).await?.ok_or(Refused::NotFound)?;
        let name = named(name, "Authenticator app")?;
        let step = step_of(waiting.secret, code, now).ok_or_else(|| {
            Refused::Invalid(Problems::one(
                "code",
                "This is not the code that the app should show now. Please type the next one; if that is not right \
                 either, see whether the clock of the device is.",
            ))
        })?;
        diesel::update(totp_devices::table.find(id))
            .set((
                totp_devices::name.eq(name),
                totp_devices::confirmed_at.eq(now.to_diesel()),
                totp_devices::last_step.eq(step),
            ))
            .execute(conn)
            .await?;
        record(conn, user.actor(), user.id, Verb::AppAdded, now).await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Whether a code is one that an app of this person shows now; a right one is used up with it.
pub async fn take(conn: &mut Connection, user: UserId, code: &str, now: Timestamp) -> QueryResult<bool> {
    conn.transaction(async |conn| {
        let apps: Vec<(TotpDeviceId, Vec<u8>, i64)> = totp_devices::table
            .filter(totp_devices::user_id.eq(user))
            .filter(totp_devices::confirmed_at.is_not_null())
            .order(totp_devices::id)
            .select((totp_devices::id, totp_devices::secret, totp_devices::last_step))
            .for_update()
            .load(conn)
            .await?;
        for (id, secret, last_step) in apps {
            let Some(step) = step_of(secret, code, now).filter(|step| *step > last_step) else { continue };
            diesel::update(totp_devices::table.find(id))
                .set((totp_devices::last_step.eq(step), totp_devices::last_used_at.eq(now.to_diesel())))
                .execute(conn)
                .await?;
            return Ok(true);
        }
        Ok(false)
    })
    .await
}

/// Takes an app away.
pub async fn remove(
    conn: &mut Connection,
    user: &User,
    id: TotpDeviceId,
    password: PasswordSeen,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    conn.transaction(async |conn| {
        lock(conn, user.id).await?;
        let own = totp_devices::table.find(id).filter(totp_devices::user_id.eq(user.id));
        let own = own.filter(totp_devices::confirmed_at.is_not_null());
        if diesel::delete(own).execute(conn).await? == 0 {
            return Err(Refused::NotFound);
        }
        after_removal(conn, user, password).await?;
        record(conn, user.actor(), user.id, Verb::AppRemoved, now).await?;
        Ok(Change::Unseen)
    })
    .await
}

/// The step of a code that is right now, or was or will be within one step (RFC 6238, 5.2).
fn step_of(secret: Vec<u8>, code: &str, now: Timestamp) -> Option<i64> {
    let totp: Totp = Builder::new().with_secret(secret).build().ok()?;
    let seconds = u64::try_from(now.as_second()).ok()?;
    totp.check(&digits(code), seconds).and_then(|step| i64::try_from(step).ok())
}

/// A code as it is meant: without the blank that apps put in the middle, and in the digits of ASCII
/// where a Chinese keyboard gave wide ones.
fn digits(typed: &str) -> String {
    let plain = |sign: char| match sign {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(sign) - 0xff10, 10).unwrap_or(sign),
        sign => sign,
    };
    typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn the_codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890".to_vec();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Timestamp::from_second(second).unwrap();
            assert_eq!(step_of(secret.clone(), code, now), Some(second / 30), "{second}");
            for seconds in [-30, 30] {
                let near = now + SignedDuration::from_secs(seconds);
                assert_eq!(step_of(secret.clone(), code, near), Some(second / 30), "{second} {seconds}");
                assert_eq!(step_of(secret.clone(), code, near + SignedDuration::from_secs(seconds)), None);
            }
        }
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let now = Timestamp::from_second(59).unwrap();
        for typed in ["287082", " 287 082 ", "287-082", "２８７０８２", "287\u{a0}082"] {
            assert!(step_of(b"12345678901234567890".to_vec(), typed, now).is_some(), "{typed}");
        }
        for typed in ["", "28708", "2870821", "+87082", "２８７０８", "九287082"] {
            assert!(step_of(b"12345678901234567890".to_vec(), typed, now).is_none(), "{typed}");
        }
    }

    #[test]
    fn the_address_names_organisation_and_person() {
        let pending = Pending { id: TotpDeviceId(1), secret: b"12345678901234567890".to_vec() };
        let address = pending.address("海港: Rights", "ana:m@example.org").unwrap();
        assert!(address.starts_with("otpauth://totp/"), "{address}");
        assert!(address.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{address}");
        assert!(address.contains("issuer="), "{address}");
        assert_eq!(pending.typed(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(format!("{pending:?}"), "Pending(1)");
    }
}
