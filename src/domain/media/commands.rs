//! Everything that changes the library: keep, describe, delete; and what follows on a deletion.

use bytes::Bytes;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::store::{self, Medium};
use super::{Prepared, Warning, Words, library};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::MediaId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::infra::blobs::{self, Blobs};
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::{media, media_blobs, media_texts, translations, version_media, versions};
use crate::text::slug;

/// The store and the rows about it change together, one upload or deletion at a time in all processes: so
/// nobody deletes a blob that somebody else has just found to be there already.
const TURN: i64 = 0x6d65_6469_6131;

/// Keeps what was made of an upload; `name` is what the file was called. Either all of it is kept or nothing.
pub async fn keep(
    conn: &mut Connection,
    blobs: &Blobs,
    actor: Actor,
    prepared: Prepared,
    name: &str,
    now: Timestamp,
) -> Result<MediaId, Refused> {
    may(actor, Action::Upload)?;
    let Prepared { format, blobs: new, warnings } = prepared;
    let hashes: Vec<String> = new.iter().map(|blob| blob.hash.clone()).collect();
    let outcome = conn
        .transaction(async |conn| {
            take_turn(conn).await?;
            let id: MediaId = diesel::insert_into(media::table)
                .values((
                    media::name.eq(address_name(name)),
                    media::format.eq(format),
                    media::warnings.eq(Warning::write(&warnings)),
                    media::uploaded_by.eq(actor.user),
                    media::uploaded_at.eq(now.to_diesel()),
                ))
                .returning(media::id)
                .get_result(conn)
                .await?;
            for blob in new {
                let side =
                    |of: fn((u32, u32)) -> u32| blob.size.and_then(|size| i32::try_from(of(size)).ok());
                diesel::insert_into(media_blobs::table)
                    .values((
                        media_blobs::media_id.eq(id),
                        media_blobs::hash.eq(&blob.hash),
                        media_blobs::format.eq(blob.format),
                        media_blobs::bytes.eq(i64::try_from(blob.content.len()).unwrap_or(i64::MAX)),
                        media_blobs::width.eq(side(|(width, _)| width)),
                        media_blobs::height.eq(side(|(_, height)| height)),
                    ))
                    .execute(conn)
                    .await?;
                blobs.put(&blob.hash, Bytes::from(blob.content)).await.map_err(not_stored)?;
            }
            let about = About { media_id: Some(id), ..About::default() };
            audit::record(conn, actor, now, Verb::MediaUploaded, about).await?;
            Ok(id)
        })
        .await;
    if outcome.is_err() {
        take_back(conn, blobs, &hashes).await;
    }
    outcome
}

/// What a full disk means to whoever uploads.
fn not_stored(error: blobs::Error) -> Refused {
    log::error!("an upload could not be kept: {error}");
    Refused::Conflict(match error {
        blobs::Error::Full => {
            "There is no room left for pictures and files, so nothing of this was kept. Please tell whoever runs this \
             site, and try again later."
                .to_owned()
        }
        _ => "The store of pictures and files cannot be reached just now, so nothing of this was kept. Please try \
              again in a minute."
            .to_owned(),
    })
}

/// Deletes what was stored of an upload that failed, unless somebody else has the same.
async fn take_back(conn: &mut Connection, blobs: &Blobs, hashes: &[String]) {
    let outcome: Result<(), Refused> = conn
        .transaction(async |conn| {
            take_turn(conn).await?;
            for hash in hashes {
                if !is_kept(conn, hash).await? {
                    blobs.delete(hash).await.map_err(not_stored)?;
                }
            }
            Ok(())
        })
        .await;
    if let Err(error) = outcome {
        log::warn!("what was stored of a failed upload could not be deleted: {error}");
    }
}

async fn take_turn(conn: &mut Connection) -> QueryResult<()> {
    diesel::sql_query("select pg_advisory_xact_lock($1)").bind::<BigInt, _>(TURN).execute(conn).await?;
    Ok(())
}

/// Whether a medium that is not deleted has this content.
async fn is_kept(conn: &mut Connection, hash: &str) -> QueryResult<bool> {
    let kept = media_blobs::table
        .inner_join(media::table)
        .filter(media_blobs::hash.eq(hash))
        .filter(media::deleted_at.is_null());
    diesel::select(diesel::dsl::exists(kept)).get_result(conn).await
}

/// The name of a file as it may stand in an address.
fn address_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let short: String = slug::offer(stem).chars().take(60).collect();
    let name = short.trim_matches('-');
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

/// Keeps the words that stand with a medium, one of each language; and, as long as it never was public, what
/// its addresses end with. Texts that are public keep the words they went out with.
pub async fn describe(
    conn: &mut Connection,
    actor: Actor,
    id: MediaId,
    name: &str,
    words: &[Words],
    now: Timestamp,
) -> Result<(), Refused> {
    conn.transaction(async |conn| {
        let medium = store::lock(conn, actor, id).await?;
        may(actor, Action::KeepMedium { uploaded_by: medium.uploaded_by })?;
        let mut problems = Problems::default();
        for words in words {
            problems.extend(words.problems());
        }
        problems.extend(missing_for_readers(conn, &medium, words).await?);
        problems.into_result()?;
        if medium.first_published_at.is_none() && !name.is_empty() {
            diesel::update(media::table.find(id))
                .set(media::name.eq(address_name(name)))
                .execute(conn)
                .await?;
        }
        for words in words {
            let of_language = media_texts::table.find((id, LocaleColumn(words.locale)));
            diesel::delete(of_language).execute(conn).await?;
            if words.is_empty() {
                continue;
            }
            diesel::insert_into(media_texts::table)
                .values((
                    media_texts::media_id.eq(id),
                    media_texts::locale.eq(LocaleColumn(words.locale)),
                    media_texts::alt.eq(&words.alt),
                    media_texts::decorative.eq(words.decorative),
                    media_texts::caption.eq(&words.caption),
                    media_texts::credit.eq(&words.credit),
                ))
                .execute(conn)
                .await?;
        }
        let about = About { media_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::MediaDescribed, about).await?;
        Ok(())
    })
    .await
}

/// Where readers have the picture in a language, its description there can be changed but not taken away:
/// a new version of the text may need it.
async fn missing_for_readers(
    conn: &mut Connection,
    medium: &Medium,
    words: &[Words],
) -> QueryResult<Problems> {
    let mut problems = Problems::default();
    let before = store::words_in_all(conn, medium.id).await?;
    for words in words.iter().filter(|words| !words.is_described()) {
        if !before.iter().any(|before| before.locale == words.locale && before.is_described()) {
            continue;
        }
        let shown = version_media::table
            .inner_join(versions::table.on(versions::id.eq(version_media::version_id)))
            .inner_join(translations::table.on(translations::id.eq(versions::translation_id)))
            .filter(version_media::media_id.eq(medium.id))
            .filter(translations::locale.eq(LocaleColumn(words.locale)));
        if diesel::select(diesel::dsl::exists(shown)).get_result(conn).await? {
            let name = words.locale.own_name();
            problems.add(
                "words",
                format!("{name}: a text shows this picture to readers. Its description can be changed, but not taken away."),
            );
        }
    }
    Ok(problems)
}

/// Deletes a medium that no text shows. Its bytes follow: see [`sweep`].
pub async fn delete(conn: &mut Connection, actor: Actor, id: MediaId, now: Timestamp) -> Result<(), Refused> {
    conn.transaction(async |conn| {
        let medium = store::lock(conn, actor, id).await?;
        may(actor, Action::KeepMedium { uploaded_by: medium.uploaded_by })?;
        if library::is_used(conn, id).await? {
            return Err(Refused::Conflict(
                "A text shows this. Please take it out there first; what was public and shows it can only be removed \
                 as a whole."
                    .to_owned(),
            ));
        }
        diesel::delete(media_texts::table.filter(media_texts::media_id.eq(id))).execute(conn).await?;
        diesel::update(media::table.find(id)).set(media::deleted_at.eq(now.to_diesel())).execute(conn).await?;
        let about = About { media_id: Some(id), ..About::default() };
        audit::record(conn, actor, now, Verb::MediaDeleted, about).await?;
        Ok(())
    })
    .await
}

/// Deletes the bytes of what was deleted, or removed with the last text that showed it; says how many blobs
/// went. Readers get none of them from the moment of the deletion: this is for whoever takes the disk.
pub async fn sweep(conn: &mut Connection, blobs: &Blobs, now: Timestamp) -> Result<usize, Refused> {
    conn.transaction(async |conn| {
        take_turn(conn).await?;
        let left: Vec<String> = media_blobs::table
            .inner_join(media::table)
            .filter(media::deleted_at.is_not_null())
            .filter(media_blobs::removed_at.is_null())
            .select(media_blobs::hash)
            .distinct()
            .limit(500)
            .load(conn)
            .await?;
        for hash in &left {
            if !is_kept(conn, hash).await? {
                blobs.delete(hash).await.map_err(not_stored)?;
            }
            let deleted = media::table.filter(media::deleted_at.is_not_null()).select(media::id);
            diesel::update(
                media_blobs::table
                    .filter(media_blobs::hash.eq(hash))
                    .filter(media_blobs::media_id.eq_any(deleted)),
            )
            .set(media_blobs::removed_at.eq(now.to_diesel()))
            .execute(conn)
            .await?;
        }
        Ok(left.len())
    })
    .await
}
