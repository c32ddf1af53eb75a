//! What a text shows: the pictures and files that it names, looked up for its language, and what keeps
//! them from going public.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::sight;
use super::store::{self, Blob, Medium};
use crate::domain::ids::{MediaId, RevisionId, UserId, VersionId};
use crate::domain::outcome::Problems;
use crate::i18n::{Locale, numbers};
use crate::infra::db::Connection;
use crate::infra::db::schema::{media, revision_media, version_media};
use crate::text::figures::{self, Linked, Media, Picture, Size};

/// What the addresses for readers begin with. Those of a preview begin with where the preview is.
pub const FOR_READERS: &str = "/media";

/// The most pictures and files of one text: more than anyone would scroll through.
pub const MOST: usize = 200;

/// For whom what a text names is looked up.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    /// What the addresses begin with that they get.
    pub under: &'a str,
    /// Whose eyes the look has to mind, as in [`sight`]; `None`: those of somebody who sees everything.
    pub minding: Option<UserId>,
}

impl Viewer<'static> {
    /// Readers, for whom whoever publishes has been judged before.
    pub const READERS: Self = Self { under: FOR_READERS, minding: None };
}

/// Looks up what a text in a language names. What does not exist is left out, and what is hidden from whoever looks: nobody
/// comes to see a picture by naming it.
pub async fn by_text(
    conn: &mut Connection,
    body: &str,
    locale: Locale,
    viewer: Viewer<'_>,
) -> QueryResult<Media> {
    let mut ids = ids(body);
    if ids.is_empty() {
        return Ok(Media::new());
    }
    let hidden = sight::hidden_from(conn, viewer.minding, None).await?;
    ids.retain(|id| !hidden.contains(id));
    let under = viewer.under;
    let media =
        Medium::query().filter(media::id.eq_any(&ids)).filter(media::deleted_at.is_null()).load(conn).await?;
    let blobs = store::blobs_of(conn, &ids).await?;
    let words = store::words_of(conn, &ids).await?;
    let shown = media.iter().filter_map(|medium| {
        let words = words.iter().find(|(id, words)| *id == medium.id && words.locale == locale);
        let blobs: Vec<&Blob> = blobs.iter().filter(|blob| blob.media_id == medium.id).collect();
        let largest = blobs.last()?;
        let linked = Linked { address: address(under, medium, largest), label: label(largest, locale) };
        if !medium.format.is_picture() {
            return Some((medium.id.0, figures::Medium::File(linked)));
        }
        let sizes = blobs.iter().filter_map(|blob| {
            let width = u32::try_from(blob.width?).ok()?;
            Some(Size {
                address: address(under, medium, blob),
                width,
                height: u32::try_from(blob.height?).ok()?,
            })
        });
        let picture = Picture {
            sizes: sizes.collect(),
            alt: words.and_then(|(_, words)| words.alternative()),
            caption: words.map(|(_, words)| words.caption.clone()).unwrap_or_default(),
            credit: words.map(|(_, words)| words.credit.clone()).unwrap_or_default(),
            linked,
        };
        Some((medium.id.0, figures::Medium::Picture(picture)))
    });
    Ok(shown.collect())
}

/// Keeps what a text names from being deleted until the transaction ends: nothing goes public and goes away
/// in the same moment.
pub async fn hold(conn: &mut Connection, body: &str) -> QueryResult<()> {
    let ids = ids(body);
    if !ids.is_empty() {
        let held = media::table.filter(media::id.eq_any(&ids)).select(media::id).for_share();
        held.load::<MediaId>(conn).await?;
    }
    Ok(())
}

/// The address of a blob: by its content, so that it can never mean another.
pub fn address(under: &str, medium: &Medium, blob: &Blob) -> String {
    format!("{under}/{}/{}", blob.hash, blob.file_name(medium))
}

/// What a blob is and how large: "PDF, 1.2 MB".
pub fn label(blob: &Blob, locale: Locale) -> String {
    let size = numbers::file_size(u64::try_from(blob.bytes).unwrap_or_default(), locale);
    locale.words().file_label.with("type", blob.format.name()).with_phrase("size", &size).plain().into_owned()
}

/// What keeps a text in a language from going public because of what it shows, for whoever publishes it.
pub async fn missing(
    conn: &mut Connection,
    body: &str,
    locale: Locale,
    minding: Option<UserId>,
) -> QueryResult<Problems> {
    let viewer = Viewer { under: FOR_READERS, minding };
    Ok(problems(body, &by_text(conn, body, locale, viewer).await?, locale))
}

/// What keeps a text with these from going public, in words for whoever publishes it.
pub fn problems(body: &str, media: &Media, locale: Locale) -> Problems {
    let mentions = figures::mentions(body);
    let mut problems: Vec<String> = Vec::new();
    if mentions.iter().map(|mention| mention.number).collect::<BTreeSet<_>>().len() > MOST {
        problems.push(format!("A text shows at most {MOST} pictures and files."));
    }
    for mention in mentions {
        let number = mention.number;
        let said = !mention.words.trim().is_empty();
        let problem = match media.get(&number) {
            None => format!("There is no picture or file media:{number}, or no longer. Please take it out."),
            Some(figures::Medium::Picture(picture)) if mention.shown && !said && picture.alt.is_none() => {
                format!(
                    "The picture media:{number} has no description in {}. Write one between its brackets, as in \
                 ![What it shows](media:{number}), or on its own page under Media, where it can also be marked as \
                 decorative.",
                    locale.own_name()
                )
            }
            Some(figures::Medium::File(_)) if mention.shown => format!(
                "media:{number} is a file, not a picture. Link it instead: [Words](media:{number}), without the \
                 exclamation mark."
            ),
            Some(_) => continue,
        };
        if !problems.contains(&problem) && problems.len() < 20 {
            problems.push(problem);
        }
    }
    let mut at_body = Problems::default();
    problems.into_iter().for_each(|problem| at_body.add("body", problem));
    at_body
}

/// Keeps in mind what a save names, whether there is such a thing or not.
pub async fn note_revision(conn: &mut Connection, revision: RevisionId, body: &str) -> QueryResult<()> {
    let rows: Vec<_> = ids(body)
        .into_iter()
        .map(|id| (revision_media::revision_id.eq(revision), revision_media::media_id.eq(id)))
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(revision_media::table).values(rows).execute(conn).await?;
    }
    Ok(())
}

/// Keeps in mind what a version shows: from now on readers get it, as long as the version is public.
pub async fn note_version(
    conn: &mut Connection,
    version: VersionId,
    media: &Media,
    now: Timestamp,
) -> QueryResult<()> {
    let ids: Vec<MediaId> = media.keys().copied().map(MediaId).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = ids
        .iter()
        .map(|id| (version_media::version_id.eq(version), version_media::media_id.eq(id)))
        .collect();
    diesel::insert_into(version_media::table).values(rows).execute(conn).await?;
    diesel::update(media::table.filter(media::id.eq_any(&ids)).filter(media::first_published_at.is_null()))
        .set(media::first_published_at.eq(now.to_diesel()))
        .execute(conn)
        .await?;
    Ok(())
}

/// What a text names, within bounds: a text of nothing but names is still kept.
fn ids(body: &str) -> Vec<MediaId> {
    figures::numbers(body).into_iter().take(1_000).map(MediaId).collect()
}
