//! Keys that all processes of one database share.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::domain::outcome::Refused;
use crate::infra::db::Connection;
use crate::infra::db::schema::secrets;
use crate::text::digest;

/// The key that signs the cookies of the desk: 64 bytes, made by the first process that asks.
pub async fn cookie_key(conn: &mut Connection) -> Result<Vec<u8>, Refused> {
    let fresh = digest::random::<64>()?.to_vec();
    diesel::insert_into(secrets::table)
        .values((secrets::name.eq("cookies"), secrets::value.eq(fresh)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(secrets::table.find("cookies").select(secrets::value).first(conn).await?)
}
