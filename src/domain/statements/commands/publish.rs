use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::next;
use super::version::{self, Going};
use crate::domain::ids::{RevisionId, StatementId};
use crate::domain::media::shown;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::workflow::Move;
use crate::domain::statements::{ChangeKind, PublicState, lists, store};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;
use crate::infra::db::schema::translations;

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
        check_shown(conn, &words.body, publication.locale).await?;
        statement.facts().problems(dates::of_moment(now)).into_result()?;
        let mut others = Vec::new();
        for other in
            translations.iter().filter(|t| t.id != translation.id && t.public_state == PublicState::Published)
        {
            let shown = version::live(conn, statement.number, other).await?;
            others.extend(
                shown.filter(|shown| shown.facts != statement.facts()).map(|shown| (other, shown.revision)),
            );
        }
        let changes_public_text = translation.public_state == PublicState::Published || !others.is_empty();
        let change = publication.change.filter(|_| changes_public_text);
        check_change(change.as_ref(), changes_public_text)?;

        if translations.iter().any(|t| t.public_state == PublicState::Published) {
            lists::take_down(conn, statement.id).await?;
        }
        let first = translation.first_published_at.is_none();
        let going = Going { facts: statement.facts(), actor, now, change: change.as_ref() };
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

/// A text goes public only with pictures that exist and are described in its language.
async fn check_shown(conn: &mut Connection, body: &str, locale: Locale) -> Result<(), Refused> {
    shown::hold(conn, body).await?;
    let shown = shown::by_text(conn, body, locale, shown::FOR_READERS).await?;
    let mut problems = Problems::default();
    for problem in shown::problems(body, &shown, locale) {
        problems.add("body", problem);
    }
    problems.into_result()
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
