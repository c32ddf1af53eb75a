//! Keys that all processes of one database share.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use crate::domain::outcome::Refused;
use crate::infra::db::Connection;
use crate::infra::db::schema::secrets;
use crate::text::digest;

/// The key that signs the cookies of the desk.
pub async fn cookie_key(conn: &mut Connection) -> Result<Vec<u8>, Refused> {
    key(conn, "cookies").await
}

/// The key that hides which accounts are tried, and that marks the devices that are known.
pub async fn tries_key(conn: &mut Connection) -> Result<Vec<u8>, Refused> {
    key(conn, "tries").await
}

/// The key that hides from where is tried: another one each day, and yesterday's is forgotten, so that
/// nobody can ever say again of which address a digest was.
pub async fn network_key(conn: &mut Connection, now: Timestamp) -> Result<Vec<u8>, Refused> {
    key(conn, &network_key_name(now)).await
}

const NETWORKS: &str = "networks ";

fn network_key_name(now: Timestamp) -> String {
    format!("{NETWORKS}{}", now.strftime("%Y-%m-%d"))
}

/// Forgets the keys of the days before.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    let old = secrets::table
        .filter(secrets::name.like(format!("{NETWORKS}%")))
        .filter(secrets::name.lt(network_key_name(now)));
    diesel::delete(old).execute(conn).await
}

/// The key of a name: 64 bytes, made by the first process that asks.
async fn key(conn: &mut Connection, name: &str) -> Result<Vec<u8>, Refused> {
    let known: Option<Vec<u8>> =
        secrets::table.find(name).select(secrets::value).first(conn).await.optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let fresh = digest::random::<64>()?.to_vec();
    diesel::insert_into(secrets::table)
        .values((secrets::name.eq(name), secrets::value.eq(fresh)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(secrets::table.find(name).select(secrets::value).first(conn).await?)
}
