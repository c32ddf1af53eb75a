//! What a person shows besides the password.

use diesel::QueryResult;

use crate::domain::ids::UserId;
use crate::infra::db::Connection;

/// Whether a person shows more than a password when they sign in: then the password may be shorter.
/// There is no second factor yet, so nobody does.
pub async fn has_second_factor(_: &mut Connection, _: UserId) -> QueryResult<bool> {
    Ok(false)
}
