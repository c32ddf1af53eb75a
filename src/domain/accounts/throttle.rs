//! How guessing is slowed, and never the owner locked out.
//!
//! A try is counted before it is looked at, in one statement that decides at the same time, so that of
//! twenty at once no more pass than of twenty in a row. Every count is a leaking bucket: so many tries at
//! once, then one more each so often; there is no lock that somebody would have to lift.
//!
//! A device that its owner has signed in with before carries a token (OWASP's "device cookie") and has a
//! bucket of its own for that account: whatever others do to the account, it is not slowed. All others
//! share, for each account, a bucket by the network they come from and one over all networks.
//!
//! Nothing kept here names an account or an address: buckets are keyed digests, those of networks under a
//! key that is forgotten each day (`secrets::network_key`), and a row goes when its bucket is empty.

use diesel::prelude::*;
use diesel::sql_types::{Binary, Double, Timestamptz};
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::devices::{self, Device};
use super::secrets;
use crate::domain::outcome::Refused;
use crate::infra::db::Connection;
use crate::infra::db::schema::tries;
use crate::text::digest;

/// So many tries at once, and one more each so often.
#[derive(Clone, Copy, Debug)]
struct Rule {
    at_once: u32,
    every: SignedDuration,
}

const fn rule(at_once: u32, every_seconds: i64) -> Rule {
    Rule { at_once, every: SignedDuration::from_secs(every_seconds) }
}

/// Passwords tried from one network, whatever the account: a whole office behind one address gets in.
const NETWORK: Rule = rule(30, 30);
/// Passwords tried for one account from one network.
const ACCOUNT_THERE: Rule = rule(10, 5 * 60);
/// Passwords tried for one account by all strangers together, from however many networks: 300 a day. Below
/// it the owner, on a new device, competes with nobody but those who are in their own network.
const ACCOUNT: Rule = rule(40, 5 * 60);
/// Passwords tried for one account by a device that is known.
const KNOWN_DEVICE: Rule = rule(10, 5 * 60);
/// Codes and current passwords, by somebody whose password was right or who is signed in.
const CODE: Rule = rule(5, 5 * 60);
/// Recovery codes from one network. Nobody guesses one, so that this bounds only how fast the log fills:
/// whoever holds a stolen password cannot keep the owner, elsewhere, from using theirs.
const RECOVERY_CODE: Rule = rule(10, 60);
/// One-time links from one network: nobody hits one by chance, and nobody shall try for long.
const LINK: Rule = rule(30, 60);

/// Who tries, as far as it is known.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// The network: an IPv4 address, or the first 64 bits of an IPv6 address. `None` where a proxy hides it.
    pub network: Option<String>,
    /// The tokens of the devices that this browser was, as its cookie has them.
    pub devices: String,
}

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub enum Secret {
    /// A code of a second factor.
    Code,
    /// A recovery code.
    RecoveryCode,
    /// The password of somebody who is signed in already.
    CurrentPassword,
}

/// Whether a try may be looked at.
#[derive(Debug)]
#[must_use]
pub enum Verdict {
    /// It may, and is counted. What turns out right is given back.
    Go(Counted),
    /// Not before this time has passed.
    Wait(SignedDuration),
}

/// A try that was counted.
#[derive(Debug, Default)]
pub struct Counted(Vec<(Vec<u8>, Rule)>);

impl Counted {
    /// Takes the try back, because it was right: who knows the password is not slowed by using it.
    pub async fn give_back(self, conn: &mut Connection) -> QueryResult<()> {
        for (bucket, rule) in self.0 {
            diesel::sql_query(
                "update tries set empty_at = empty_at - $2 * interval '1 second' where bucket = $1",
            )
            .bind::<Binary, _>(bucket)
            .bind::<Double, _>(rule.every.as_secs_f64())
            .execute(conn)
            .await?;
        }
        Ok(())
    }
}

/// Counts a password tried for an account: an e-mail address, whether anybody signs in with it or not.
pub async fn sign_in(
    conn: &mut Connection,
    account: &str,
    client: &Client,
    now: Timestamp,
) -> Result<Verdict, Refused> {
    let key = secrets::tries_key(conn).await?;
    let account = account.to_lowercase();
    let bucket = |kind: &str, parts: &[&[u8]]| digest::keyed(&key, &[&[kind.as_bytes()], parts].concat());
    if let Some(Device { id }) = devices::find(&key, &account, &client.devices, now) {
        return take_all(conn, vec![(bucket("device", &[id.as_bytes()]), KNOWN_DEVICE)], now).await;
    }
    let network = hidden(conn, client, now).await?;
    let mut all = Vec::new();
    if let Some(network) = &network {
        all.push((bucket("network", &[network]), NETWORK));
    }
    let there = network.as_deref().unwrap_or_default();
    all.push((bucket("account there", &[account.as_bytes(), there]), ACCOUNT_THERE));
    all.push((bucket("account", &[account.as_bytes()]), ACCOUNT));
    take_all(conn, all, now).await
}

/// Counts another secret tried for an account, whose owner a stranger may be impersonating: a known device
/// has its own bucket here too.
pub async fn secret(
    conn: &mut Connection,
    what: Secret,
    account: &str,
    client: &Client,
    now: Timestamp,
) -> Result<Verdict, Refused> {
    let key = secrets::tries_key(conn).await?;
    let account = account.to_lowercase();
    let (kind, rule, network) = match what {
        Secret::Code => ("code", CODE, None),
        Secret::CurrentPassword => ("current password", CODE, None),
        Secret::RecoveryCode => ("recovery code", RECOVERY_CODE, hidden(conn, client, now).await?),
    };
    let device = devices::find(&key, &account, &client.devices, now).map(|device| device.id);
    let (device, network) = (device.unwrap_or_default(), network.unwrap_or_default());
    let parts = [kind.as_bytes(), account.as_bytes(), device.as_bytes(), &network];
    take_all(conn, vec![(digest::keyed(&key, &parts), rule)], now).await
}

/// Counts a one-time link that was asked for.
pub async fn link(conn: &mut Connection, client: &Client, now: Timestamp) -> Result<Verdict, Refused> {
    let Some(network) = hidden(conn, client, now).await? else { return Ok(Verdict::Go(Counted::default())) };
    let key = secrets::tries_key(conn).await?;
    take_all(conn, vec![(digest::keyed(&key, &[b"link", &network]), LINK)], now).await
}

/// The network as a digest that nobody can undo tomorrow.
async fn hidden(conn: &mut Connection, client: &Client, now: Timestamp) -> Result<Option<Vec<u8>>, Refused> {
    let Some(network) = &client.network else { return Ok(None) };
    let key = secrets::network_key(conn, now).await?;
    Ok(Some(digest::keyed(&key, &[network.as_bytes()])))
}

/// Takes a try from each bucket, or says how long the first one that is full has to leak.
async fn take_all(
    conn: &mut Connection,
    buckets: Vec<(Vec<u8>, Rule)>,
    now: Timestamp,
) -> Result<Verdict, Refused> {
    for (bucket, rule) in &buckets {
        if let Some(wait) = take(conn, bucket, *rule, now).await? {
            return Ok(Verdict::Wait(wait));
        }
    }
    Ok(Verdict::Go(Counted(buckets)))
}

/// The row of a bucket is locked by the statement itself: who comes at the same time is counted after it.
const TAKE: &str = "
    insert into tries as t (bucket, empty_at) values ($1, $2::timestamptz + $3 * interval '1 second')
        on conflict (bucket) do update
       set empty_at = greatest(t.empty_at, $2) + $3 * interval '1 second'
     where greatest(t.empty_at, $2) + $3 * interval '1 second' <= $2 + $4 * interval '1 second'";

async fn take(
    conn: &mut Connection,
    bucket: &[u8],
    rule: Rule,
    now: Timestamp,
) -> QueryResult<Option<SignedDuration>> {
    let whole = rule.every * i32::try_from(rule.at_once).unwrap_or(i32::MAX);
    let taken = diesel::sql_query(TAKE)
        .bind::<Binary, _>(bucket)
        .bind::<Timestamptz, _>(now.to_diesel())
        .bind::<Double, _>(rule.every.as_secs_f64())
        .bind::<Double, _>(whole.as_secs_f64())
        .execute(conn)
        .await?;
    if taken == 1 {
        return Ok(None);
    }
    let empty_at: Option<jiff_diesel::Timestamp> =
        tries::table.find(bucket).select(tries::empty_at).first(conn).await.optional()?;
    let empty_at = empty_at.map_or(now, |at| at.to_jiff());
    let wait = empty_at.duration_since(now) + rule.every - whole;
    Ok(Some(wait.max(SignedDuration::from_secs(1))))
}

/// Forgets the buckets that are empty.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    diesel::delete(tries::table.filter(tries::empty_at.le(now.to_diesel()))).execute(conn).await
}
