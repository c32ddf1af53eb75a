//! What the desk reads: the list with its filters, and everything about one statement.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{DeskState, IssuedOn, Kind, Precision, PublicState, desk_entries};
use crate::domain::ids::{RevisionId, StatementId, TopicId, TranslationId};
use crate::domain::policy::Actor;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{
    closed_versions, revision_texts, revisions, statements, translations, users, versions,
};

/// How many statements a page of the list holds.
pub const PAGE: usize = 50;

crate::words_enum! {
    /// Which texts a list is about.
    Standing {
        /// Words that are not public wait on the desk, wherever they stand.
        Waiting = "waiting",
        /// They are being written.
        Draft = "draft",
        /// They wait for somebody to read them.
        InReview = "in-review",
        /// They wait for changes.
        ChangesRequested = "changes-requested",
        /// They may go out.
        Approved = "approved",
        /// They go out by themselves.
        Scheduled = "scheduled",
        /// Readers have it.
        Published = "published",
        /// Readers had it.
        Withdrawn = "withdrawn",
        /// Put away before it was public.
        Discarded = "discarded",
        /// Gone for good.
        Removed = "removed",
    }
}

/// What the list is narrowed to. All of it has to hold, and of one text.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Where the text stands; `None`: anything but discarded and removed.
    pub standing: Option<Standing>,
    /// The language of the text.
    pub locale: Option<Locale>,
    /// What sort of text it is.
    pub kind: Option<Kind>,
    /// A topic.
    pub topic: Option<TopicId>,
    /// The year on it.
    pub year: Option<i16>,
    /// Words in the latest save, or a number.
    pub text: String,
    /// Only what was changed before this statement was.
    pub older_than: Option<StatementId>,
}

/// A statement in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// The statement.
    pub id: StatementId,
    /// The public number.
    pub number: i64,
    /// What sort of text it is.
    pub kind: Kind,
    /// The date on it.
    pub issued: IssuedOn,
    /// Whether it came with the program.
    pub is_sample: bool,
    /// When anything of it was last changed on the desk.
    pub touched_at: Timestamp,
    /// Its texts, the original first.
    pub texts: Vec<Text>,
}

/// A text in the list.
#[derive(Clone, Debug)]
pub struct Text {
    /// The language.
    pub locale: Locale,
    /// The headline of the latest save.
    pub title: String,
    /// What readers meet.
    pub public_state: PublicState,
    /// What waits on the desk.
    pub desk_state: DeskState,
    /// Who saved it last; `None` for an import.
    pub saved_by: Option<String>,
}

type StatementRow =
    (StatementId, i64, Kind, jiff_diesel::Date, Precision, String, bool, jiff_diesel::Timestamp);

/// Reads a page of the list as somebody may see it, one entry more than [`PAGE`] where it goes on.
pub async fn list(conn: &mut Connection, actor: Actor, filter: &Filter) -> QueryResult<Vec<Row>> {
    let ids = desk_entries::page(conn, actor, filter).await?;
    let rows: Vec<StatementRow> = statements::table
        .filter(statements::id.eq_any(&ids))
        .order((statements::touched_at.desc(), statements::id.desc()))
        .select((
            statements::id,
            statements::number,
            statements::kind,
            statements::issued_on,
            statements::issued_precision,
            statements::original_locale,
            statements::is_sample,
            statements::touched_at,
        ))
        .load(conn)
        .await?;
    let mut texts = texts_of(conn, &ids).await?;
    Ok(rows
        .into_iter()
        .map(|(id, number, kind, date, precision, original, is_sample, touched_at)| {
            let mut texts = texts.remove(&id).unwrap_or_default();
            texts.sort_by_key(|t| (t.locale.tag() != original, t.locale.place()));
            let issued = IssuedOn { date: date.to_jiff(), precision };
            Row { id, number, kind, issued, is_sample, touched_at: touched_at.to_jiff(), texts }
        })
        .collect())
}

async fn texts_of(
    conn: &mut Connection,
    ids: &[StatementId],
) -> QueryResult<HashMap<StatementId, Vec<Text>>> {
    type TextRow = (StatementId, String, PublicState, DeskState, Option<String>, Option<String>);
    let rows: Vec<TextRow> = translations::table
        .left_join(revisions::table.on(revisions::id.nullable().eq(translations::latest_revision_id)))
        .left_join(users::table.on(users::id.nullable().eq(revisions::author_id)))
        .left_join(
            revision_texts::table
                .on(revision_texts::revision_id.nullable().eq(translations::latest_revision_id)),
        )
        .filter(translations::statement_id.eq_any(ids))
        .select((
            translations::statement_id,
            translations::locale,
            translations::public_state,
            translations::desk_state,
            revision_texts::title.nullable(),
            users::name.nullable(),
        ))
        .load(conn)
        .await?;
    let mut texts: HashMap<StatementId, Vec<Text>> = HashMap::new();
    for (id, tag, public_state, desk_state, title, saved_by) in rows {
        if let Some(locale) = Locale::parse(&tag) {
            let title = title.unwrap_or_default();
            texts.entry(id).or_default().push(Text { locale, title, public_state, desk_state, saved_by });
        }
    }
    Ok(texts)
}

/// Who made a save and when.
pub async fn saved_by(
    conn: &mut Connection,
    revision: RevisionId,
) -> QueryResult<(Option<String>, Timestamp)> {
    let (name, at): (Option<String>, jiff_diesel::Timestamp) = revisions::table
        .left_join(users::table.on(users::id.nullable().eq(revisions::author_id)))
        .filter(revisions::id.eq(revision))
        .select((users::name.nullable(), revisions::created_at))
        .first(conn)
        .await?;
    Ok((name, at.to_jiff()))
}

/// A version that went public, for the desk's account of a text.
#[derive(Clone, Debug)]
pub struct VersionRow {
    /// Which.
    pub n: i32,
    /// When.
    pub published_at: Timestamp,
    /// By whom.
    pub published_by: Option<String>,
    /// How it differs, and what readers are told.
    pub change: Option<(super::ChangeKind, String)>,
    /// Since when and why it is closed by itself, where it is.
    pub closed: Option<(Date, String)>,
}

/// The versions of a text, the newest first.
pub async fn versions_of(conn: &mut Connection, id: TranslationId) -> QueryResult<Vec<VersionRow>> {
    type Closed = Option<(jiff_diesel::Date, String)>;
    type Found = (i32, jiff_diesel::Timestamp, Option<String>, Option<super::ChangeKind>, String, Closed);
    let rows: Vec<Found> = versions::table
        .left_join(closed_versions::table.on(closed_versions::version_id.eq(versions::id)))
        .left_join(users::table.on(users::id.nullable().eq(versions::published_by)))
        .filter(versions::translation_id.eq(id))
        .order(versions::n.desc())
        .limit(500)
        .select((
            versions::n,
            versions::published_at,
            users::name.nullable(),
            versions::change_kind,
            versions::change_note,
            (closed_versions::closed_on, closed_versions::reason).nullable(),
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(n, at, published_by, kind, note, closed)| VersionRow {
            n,
            published_at: at.to_jiff(),
            published_by,
            change: kind.map(|kind| (kind, note)),
            closed: closed.map(|(on, reason)| (on.to_jiff(), reason)),
        })
        .collect())
}

/// Whether there are samples left to remove.
pub async fn has_samples(conn: &mut Connection) -> QueryResult<bool> {
    let left = translations::table
        .inner_join(statements::table)
        .filter(statements::is_sample)
        .filter(translations::public_state.ne(PublicState::Removed))
        .select(translations::id);
    diesel::select(diesel::dsl::exists(left)).get_result(conn).await
}

/// Whether there is any statement at all, of whatever state.
pub async fn has_statements(conn: &mut Connection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(statements::table.select(statements::id))).get_result(conn).await
}
