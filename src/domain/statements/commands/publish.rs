use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::{about, next};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId, VersionId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::draft::{Facts, Words};
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::workflow::Move;
use crate::domain::statements::{ChangeKind, IssuedOn, Kind, Precision, PublicState, lists};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;
use crate::infra::db::schema::{translations, versions};
use crate::text::digest;
use crate::text::markdown;

/// What is to go public.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The statement.
    pub statement: StatementId,
    /// The language.
    pub locale: Locale,
    /// Exactly this save, which has to be the latest.
    pub revision: RevisionId,
    /// How a public text changes, with what readers are told; `None` for the first version.
    pub change: Option<(ChangeKind, String)>,
    /// Whether it is news: what an import brings is not.
    pub announced: bool,
}

/// Publishes one save of a text, with the facts of today. Where kind or date have changed, every other
/// public language gets a new version with them and the same note.
pub async fn publish(
    conn: &mut Connection,
    actor: Actor,
    publication: Publication,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::Publish)?;
    conn.transaction(async |conn| {
        let statement = store::lock(conn, publication.statement).await?;
        let translations = store::translations_of(conn, statement.id).await?;
        let translation =
            translations.iter().find(|t| t.locale == publication.locale).ok_or(Refused::NotFound)?;
        let state = next(translation, Move::Publish)?;
        if translation.latest_revision_id != Some(publication.revision) {
            return Err(Refused::Conflict(
                "Somebody saved this text after you looked at it. Please read it again before it goes out."
                    .to_owned(),
            ));
        }
        let words = store::words(conn, publication.revision).await?;
        words.problems_for_publication().into_result()?;
        statement.facts().problems(dates::of_moment(now)).into_result()?;
        let others = others_with_other_facts(conn, &statement, translation, &translations).await?;
        let changes_public_text = translation.public_state == PublicState::Published || !others.is_empty();
        let change = publication.change.filter(|_| changes_public_text);
        check_change(change.as_ref(), changes_public_text)?;

        lists::take_down(conn, statement.id).await?;
        let first = translation.first_published_at.is_none();
        let going = Going { statement: &statement, actor, now, change: change.as_ref() };
        going.out(conn, translation, publication.revision, &words).await?;
        store::set_state(conn, translation.id, state).await?;
        if first {
            diesel::update(translations::table.find(translation.id))
                .set((
                    translations::first_published_at.eq(now.to_diesel()),
                    translations::announced.eq(publication.announced),
                ))
                .execute(conn)
                .await?;
        }
        for (other, revision) in others {
            let words = store::words(conn, revision).await?;
            going.out(conn, other, revision, &words).await?;
        }
        lists::put_up(conn, statement.id).await?;
        store::touch(conn, statement.id, now).await?;
        Ok(Change::Statement(statement.id))
    })
    .await
}

fn check_change(change: Option<&(ChangeKind, String)>, is_needed: bool) -> Result<(), Refused> {
    match change {
        None if is_needed => Err(Refused::Invalid(Problems::one(
            "change_kind",
            "Readers have a text of this statement already. Please say how it changes.",
        ))),
        Some((kind, note)) if kind.needs_note() && note.is_empty() => Err(Refused::Invalid(Problems::one(
            "change_note",
            "Readers have to be told what changes, and why. Please write a sentence.",
        ))),
        Some((_, note)) if note.chars().count() > 2000 => {
            Err(Refused::Invalid(Problems::one("change_note", "A note has at most 2,000 characters.")))
        }
        _ => Ok(()),
    }
}

/// The other public languages whose kind or date are no longer those of the statement, with the save
/// that each shows.
async fn others_with_other_facts<'a>(
    conn: &mut Connection,
    statement: &Statement,
    this: &Translation,
    all: &'a [Translation],
) -> QueryResult<Vec<(&'a Translation, RevisionId)>> {
    let mut others = Vec::new();
    for other in all.iter().filter(|t| t.id != this.id && t.public_state == PublicState::Published) {
        let Some(live) = other.live_version_id else { continue };
        let (revision, kind, date, precision): (RevisionId, Kind, jiff_diesel::Date, Precision) =
            versions::table
                .find(live)
                .select((
                    versions::revision_id,
                    versions::kind,
                    versions::issued_on,
                    versions::issued_precision,
                ))
                .first(conn)
                .await?;
        let live =
            Facts { number: statement.number, kind, issued: IssuedOn { date: date.to_jiff(), precision } };
        if live != statement.facts() {
            others.push((other, revision));
        }
    }
    Ok(others)
}

/// What all versions that go out together have in common.
struct Going<'a> {
    statement: &'a Statement,
    actor: Actor,
    now: Timestamp,
    change: Option<&'a (ChangeKind, String)>,
}

impl Going<'_> {
    /// Writes a version and makes it the live one.
    async fn out(
        &self,
        conn: &mut Connection,
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
        let Facts { kind, issued, .. } = self.statement.facts();
        let body_html = markdown::render(&words.body, translation.locale.words().labels());
        let salt = store::salt(conn, revision).await?;
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
                versions::body_html.eq(body_html.as_str()),
                versions::published_by.eq(self.actor.user),
                versions::published_at.eq(self.now.to_diesel()),
                versions::digest.eq(self.digest(translation, n, change, &salt, words)),
            ))
            .returning(versions::id)
            .get_result(conn)
            .await?;
        diesel::update(translations::table.find(translation.id))
            .set(translations::live_version_id.eq(version))
            .execute(conn)
            .await?;
        let about = About { revision_id: Some(revision), version_id: Some(version), ..about(translation) };
        audit::record(conn, self.actor, self.now, Verb::Published, about).await?;
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
        let Facts { number, kind, issued } = self.statement.facts();
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
