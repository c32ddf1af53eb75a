//! What a person does not see of the library: what was put into a limited draft first, and never went public.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use diesel_async::RunQueryDsl;

use crate::domain::ids::{MediaId, UserId};
use crate::infra::db::Connection;

#[derive(QueryableByName)]
struct Hidden {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// What is hidden from a person, or whether one is. `None`: from one who sees everything. It is the first
/// text that counts, so that nobody comes to see a picture by naming it in a text of their own.
pub async fn hidden_from(
    conn: &mut Connection,
    person: Option<UserId>,
    only: Option<MediaId>,
) -> QueryResult<Vec<MediaId>> {
    let Some(person) = person else { return Ok(Vec::new()) };
    let hidden: Vec<Hidden> = diesel::sql_query(
        "select media.id from media
           join lateral (
             select statements.id, statements.created_by from revision_media
               join revisions on revisions.id = revision_media.revision_id
               join translations on translations.id = revisions.translation_id
               join statements on statements.id = translations.statement_id
              where revision_media.media_id = media.id
              order by revision_media.revision_id limit 1) first on true
          where media.deleted_at is null and media.first_published_at is null
            and ($2 is null or media.id = $2)
            and media.uploaded_by is distinct from $1 and first.created_by is distinct from $1
            and exists (select from statement_people where statement_id = first.id)
            and not exists (select from statement_people where statement_id = first.id and user_id = $1)",
    )
    .bind::<BigInt, _>(person)
    .bind::<Nullable<BigInt>, _>(only)
    .load(conn)
    .await?;
    Ok(hidden.into_iter().map(|row| MediaId(row.id)).collect())
}

/// Whether one is hidden from a person.
pub async fn is_hidden_from(conn: &mut Connection, person: Option<UserId>, id: MediaId) -> QueryResult<bool> {
    Ok(!hidden_from(conn, person, Some(id)).await?.is_empty())
}
