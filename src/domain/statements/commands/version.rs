//! Versions: what a text puts on record each time it goes public.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::publish::By;
use super::{about, follow};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, VersionId};
use crate::domain::media::shown;
use crate::domain::outcome::Refused;
use crate::domain::policy::Actor;
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::store::{Statement, Translation};
use crate::domain::statements::{ChangeKind, IssuedOn, Kind, Precision, following, store};
use crate::infra::db::Connection;
use crate::infra::db::schema::{translations, versions};
use crate::text::digest;
use crate::text::markdown;

/// What the live version of a text has on record.
pub(super) struct Live {
    /// The save it shows.
    pub(super) revision: RevisionId,
    /// The facts it shows.
    pub(super) facts: Facts,
    /// How it differs from the version before it.
    pub(super) change: Option<(ChangeKind, String)>,
}

/// The live version of a text; `None` where it never was public.
pub(super) async fn live(
    conn: &mut Connection,
    number: i64,
    text: &Translation,
) -> QueryResult<Option<Live>> {
    type Row = (RevisionId, Kind, jiff_diesel::Date, Precision, Option<ChangeKind>, String);
    let Some(live) = text.live_version_id else { return Ok(None) };
    let (revision, kind, date, precision, change, note): Row = versions::table
        .find(live)
        .select((
            versions::revision_id,
            versions::kind,
            versions::issued_on,
            versions::issued_precision,
            versions::change_kind,
            versions::change_note,
        ))
        .first(conn)
        .await?;
    let facts = Facts { number, kind, issued: IssuedOn { date: date.to_jiff(), precision } };
    Ok(Some(Live { revision, facts, change: change.map(|kind| (kind, note)) }))
}

/// What all versions that go out together have in common.
pub(super) struct Going<'a> {
    /// The facts that they put on record.
    pub(super) facts: Facts,
    /// Who publishes.
    pub(super) by: By,
    /// When.
    pub(super) now: Timestamp,
    /// How a text changes that readers have already.
    pub(super) change: Option<&'a (ChangeKind, String)>,
}

impl Going<'_> {
    /// Writes a version and makes it the live one.
    pub(super) async fn out(
        &self,
        conn: &mut Connection,
        statement: &Statement,
        translation: &Translation,
        revision: RevisionId,
        words: &Words,
    ) -> Result<(), Refused> {
        let highest: Option<i32> = versions::table
            .filter(versions::translation_id.eq(translation.id))
            .select(diesel::dsl::max(versions::n))
            .first(conn)
            .await?;
        let n = highest.unwrap_or(0) + 1;
        // The first version of a text changes nothing, whatever changes beside it.
        let change = self.change.filter(|_| n > 1);
        let Facts { kind, issued, .. } = self.facts;
        let labels = translation.locale.words().labels();
        let salt = store::salt(conn, revision).await?;
        let shown = shown::by_text(conn, &words.body, translation.locale, shown::Viewer::READERS).await?;
        let version: VersionId = diesel::insert_into(versions::table)
            .values((
                versions::translation_id.eq(translation.id),
                versions::n.eq(n),
                versions::revision_id.eq(revision),
                versions::kind.eq(kind),
                versions::issued_on.eq(issued.date.to_diesel()),
                versions::issued_precision.eq(issued.precision),
                versions::change_kind.eq(change.map(|(kind, _)| *kind)),
                versions::change_note.eq(change.map_or("", |(_, note)| note.as_str())),
                versions::body_html.eq(markdown::render_with(&words.body, labels, &shown).as_str()),
                versions::published_by.eq(self.by.judged().user),
                versions::published_at.eq(self.now.to_diesel()),
                versions::digest.eq(self.digest(translation, n, change, &salt, words)),
                versions::based_on_version_id.eq(following::of(conn, translation.id).await?.0),
            ))
            .returning(versions::id)
            .get_result(conn)
            .await?;
        shown::note_version(conn, version, &shown, self.now).await?;
        diesel::update(translations::table.find(translation.id))
            .set(translations::live_version_id.eq(version))
            .execute(conn)
            .await?;
        if translation.locale == statement.original_locale {
            follow::original_went_out(conn, translation, version, revision).await?;
        }
        let about = About { revision_id: Some(revision), version_id: Some(version), ..about(translation) };
        let (actor, about) = match self.by {
            By::Person(actor) => (actor, about),
            By::TheProgram(scheduler) => (Actor::OPERATOR, About { user_id: scheduler.user, ..about }),
        };
        audit::record(conn, actor, self.now, Verb::Published, about).await?;
        Ok(())
    }

    /// The digest of a version: everything that it puts on record, by name, in this order.
    fn digest(
        &self,
        translation: &Translation,
        n: i32,
        change: Option<&(ChangeKind, String)>,
        salt: &[u8],
        words: &Words,
    ) -> Vec<u8> {
        let Facts { number, kind, issued } = self.facts;
        let (number, n, issued, at) = (number.to_string(), n.to_string(), issued.iso(), self.now.to_string());
        digest::of_fields([
            ("number", number.as_bytes()),
            ("locale", translation.locale.tag().as_bytes()),
            ("version", n.as_bytes()),
            ("kind", kind.as_str().as_bytes()),
            ("issued_on", issued.as_bytes()),
            ("published_at", at.as_bytes()),
            ("change_kind", change.map_or("", |(kind, _)| kind.as_str()).as_bytes()),
            ("change_note", change.map_or("", |(_, note)| note).as_bytes()),
            ("salt", salt),
            ("title", words.title.as_bytes()),
            ("summary", words.summary.as_bytes()),
            ("body", words.body.as_bytes()),
            ("sign_off", words.sign_off.as_bytes()),
            ("credit", words.credit.as_bytes()),
        ])
    }
}
