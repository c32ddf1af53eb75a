//! Devices that are known: a browser that somebody has signed in with gets a token for that account. It
//! opens nothing. It only has its own count of wrong passwords, which no stranger can fill (OWASP,
//! "Slow Down Online Guessing Attacks with Device Cookies").

use data_encoding::BASE32_NOPAD;
use jiff::{SignedDuration, Timestamp};

use super::secrets;
use crate::domain::outcome::Refused;
use crate::infra::db::Connection;
use crate::text::digest;

/// How long a device is known after a sign-in.
pub const LIFE: SignedDuration = SignedDuration::from_hours(180 * 24);

/// For how many accounts one browser is known: colleagues who share a computer.
const MOST: usize = 5;

/// What stands between the tokens of a browser, and between the parts of a token.
const BETWEEN: char = '~';
const PARTS: char = '.';

/// A device that is known for an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The name under which its tries are counted.
    pub id: String,
}

/// The device that these tokens say it is, for an account in lower case.
pub fn find(key: &[u8], account: &str, tokens: &str, now: Timestamp) -> Option<Device> {
    tokens.split(BETWEEN).take(MOST).find_map(|token| read(key, account, token, now))
}

fn read(key: &[u8], account: &str, token: &str, now: Timestamp) -> Option<Device> {
    let mut parts = token.split(PARTS);
    let (id, seconds, mark) = (parts.next()?, parts.next()?, parts.next()?);
    let since: Timestamp = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    let is_fresh = since <= now + SignedDuration::from_hours(1) && now.duration_since(since) < LIFE;
    let is_ours = same(mark.as_bytes(), sign(key, account, id, seconds).as_bytes());
    (parts.next().is_none() && is_fresh && is_ours).then(|| Device { id: id.to_owned() })
}

fn sign(key: &[u8], account: &str, id: &str, seconds: &str) -> String {
    let fields = [b"a known device".as_slice(), account.as_bytes(), id.as_bytes(), seconds.as_bytes()];
    BASE32_NOPAD.encode(&digest::keyed(key, &fields)).to_lowercase()
}

/// Whether two texts are the same, in a time that does not say where they differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// The tokens of a browser once somebody has signed in with it: a new one for this account, and those it
/// had for others.
pub async fn remember(
    conn: &mut Connection,
    account: &str,
    tokens: &str,
    now: Timestamp,
) -> Result<String, Refused> {
    let key = secrets::tries_key(conn).await?;
    let account = account.to_lowercase();
    let (id, seconds) = (digest::token()?, now.as_second().to_string());
    let mut all =
        vec![[id.as_str(), &seconds, &sign(&key, &account, &id, &seconds)].join(&PARTS.to_string())];
    // Others are kept unread: for whom they are cannot be told from them.
    let others = tokens
        .split(BETWEEN)
        .filter(|token| !token.is_empty() && token.len() < 200 && read(&key, &account, token, now).is_none());
    all.extend(others.take(MOST - 1).map(str::to_owned));
    Ok(all.join(&BETWEEN.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &[u8] = b"key";

    fn now() -> Timestamp {
        "2026-03-02T12:00:00Z".parse().unwrap()
    }

    fn token(account: &str) -> String {
        let seconds = now().as_second().to_string();
        format!("abc.{seconds}.{}", sign(KEY, account, "abc", &seconds))
    }

    #[test]
    fn a_device_is_known_for_its_account_only() {
        let tokens = format!("nonsense~{}", token("grace@example.org"));
        let known = Device { id: "abc".to_owned() };
        assert_eq!(find(KEY, "grace@example.org", &tokens, now()), Some(known));
        assert_eq!(find(KEY, "other@example.org", &tokens, now()), None);
        assert_eq!(find(b"another key", "grace@example.org", &tokens, now()), None);
        assert_eq!(find(KEY, "grace@example.org", "", now()), None);
    }

    #[test]
    fn what_was_changed_or_is_old_is_not_known() {
        let good = token("grace@example.org");
        for bad in
            [good.replace("abc", "abd"), format!("{good}.x"), good.to_uppercase(), good.replace('.', "..")]
        {
            assert_eq!(find(KEY, "grace@example.org", &bad, now()), None, "{bad}");
        }
        assert!(find(KEY, "grace@example.org", &good, now() + LIFE - SignedDuration::from_secs(1)).is_some());
        assert_eq!(find(KEY, "grace@example.org", &good, now() + LIFE), None);
        assert_eq!(find(KEY, "grace@example.org", &good, now() - SignedDuration::from_hours(2)), None);
    }
}
