//! Recovery codes: ten, shown once, each works once. Only digests are kept.

use data_encoding::BASE32_NOPAD;
use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::{User, has_second_factor, lock, record};
use crate::domain::audit::Verb;
use crate::domain::ids::UserId;
use crate::domain::outcome::Refused;
use crate::domain::policy::{Action, may};
use crate::infra::db::Connection;
use crate::infra::db::schema::recovery_codes;
use crate::text::digest;

/// How many are made.
pub const HOW_MANY: usize = 10;

/// How many of a person's codes have not been used.
pub async fn left(conn: &mut Connection, user: UserId) -> QueryResult<i64> {
    let unused = recovery_codes::user_id.eq(user).and(recovery_codes::used_at.is_null());
    recovery_codes::table.filter(unused).count().get_result(conn).await
}

/// Makes new codes, and gives them for the only time. Those of before are worth nothing any more.
pub async fn make(conn: &mut Connection, user: &User, now: Timestamp) -> Result<Vec<String>, Refused> {
    may(user.actor(), Action::KeepFactors { of: user.id })?;
    let codes = (0..HOW_MANY).map(|_| code()).collect::<Result<Vec<_>, _>>()?;
    conn.transaction(async |conn| {
        lock(conn, user.id).await?;
        if !has_second_factor(conn, user.id).await? {
            return Err(Refused::Conflict(
                "Recovery codes stand in for a second factor. Please add a passkey or an app first."
                    .to_owned(),
            ));
        }
        diesel::delete(recovery_codes::table.filter(recovery_codes::user_id.eq(user.id)))
            .execute(conn)
            .await?;
        let rows: Vec<_> = codes
            .iter()
            .map(|code| (recovery_codes::user_id.eq(user.id), recovery_codes::digest.eq(kept(code))))
            .collect();
        diesel::insert_into(recovery_codes::table).values(rows).execute(conn).await?;
        record(conn, user.actor(), user.id, Verb::RecoveryCodesMade, now).await?;
        Ok(())
    })
    .await?;
    Ok(codes)
}

/// Uses a code up, once however many ask at the same time; `false` where there is no such code, or no longer.
pub async fn take(conn: &mut Connection, user: &User, typed: &str, now: Timestamp) -> QueryResult<bool> {
    conn.transaction(async |conn| {
        let unused =
            recovery_codes::table.find((user.id, kept(typed))).filter(recovery_codes::used_at.is_null());
        let used =
            diesel::update(unused).set(recovery_codes::used_at.eq(now.to_diesel())).execute(conn).await?;
        if used == 1 {
            record(conn, user.actor(), user.id, Verb::RecoveryCodeUsed, now).await?;
        }
        Ok(used == 1)
    })
    .await
}

/// Eighty random bits as four groups of four letters and digits.
fn code() -> Result<String, getrandom::Error> {
    let letters = BASE32_NOPAD.encode(&digest::random::<10>()?).to_lowercase();
    let groups = letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
    Ok(groups.collect::<Vec<_>>().join("-"))
}

/// The digest of a code, however it was typed: in capitals, without the hyphens, or with a zero and a one,
/// which no code has, for the letters that look like them.
fn kept(typed: &str) -> Vec<u8> {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|sign| match sign.to_ascii_lowercase() {
            '0' => 'o',
            '1' => 'l',
            other => other,
        })
        .collect();
    digest::of(plain.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_long_and_read_as_people_type_it() {
        let code = code().unwrap();
        assert_eq!(code.len(), 19);
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        assert_ne!(code, super::code().unwrap());
        let digest = kept(&code);
        for typed in
            [code.to_uppercase(), code.replace('-', " "), code.replace('-', ""), code.replace('o', "0")]
        {
            assert_eq!(kept(&typed), digest, "{typed}");
        }
        assert_eq!(kept("1l0o"), kept("lLoO"));
        assert_ne!(kept(&code[1..]), digest);
    }
}
