use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::version::{self, Going};
use super::{follow, next};
use crate::domain::ids::{RevisionId, StatementId};
use crate::domain::media::shown;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Actor, may};
use crate::domain::statements::draft::Words;
use crate::domain::statements::store::{Statement, Translation};
use crate::domain::statements::workflow::Move;
use crate::domain::statements::{ChangeKind, PublicState, embargo, lists, review, store};
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

/// Who makes it public.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// A person, now.
    Person(Actor),
    /// The program, at the time that this person had chosen, and with the rights they have now.
    TheProgram(Actor),
}

impl By {
    /// Whose rights count.
    pub(super) fn judged(self) -> Actor {
        let (Self::Person(actor) | Self::TheProgram(actor)) = self;
        actor
    }
}

/// Publishes one save of a text, with the facts of today. Where kind or date have changed, every other
/// public language gets a new version with them and the same note.
pub async fn publish(
    conn: &mut Connection,
    actor: Actor,
    publication: Publication,
    now: Timestamp,
) -> Result<Change, Refused> {
    publish_by(conn, By::Person(actor), publication, now).await
}

/// As [`publish`], by a person or at the time that a person chose.
pub(super) async fn publish_by(
    conn: &mut Connection,
    by: By,
    publication: Publication,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, by.judged(), publication.statement).await?;
        let translations = store::translations_of(conn, statement.id).await?;
        let translation =
            translations.iter().find(|t| t.locale == publication.locale).ok_or(Refused::NotFound)?;
        may(by.judged(), review::publishing(conn, translation).await?)?;
        let state = next(translation, Move::Publish)?;
        let Publication { revision, change, announced, .. } = publication;
        let of = (translation, revision);
        let fit = Fit::judge(conn, by.judged(), &statement, &translations, of, change, now).await?;

        if translations.iter().any(|t| t.public_state == PublicState::Published) {
            lists::take_down(conn, statement.id).await?;
        }
        let first = translation.first_published_at.is_none();
        let going = Going { facts: statement.facts(), by, now, change: fit.change.as_ref() };
        // The original first: what goes out beside it says that it follows it.
        let mut out: Vec<(&Translation, RevisionId)> = vec![(translation, revision)];
        out.extend(fit.others);
        out.sort_by_key(|(text, _)| text.locale != statement.original_locale);
        for (text, revision) in out {
            if text.id == translation.id {
                follow::settle(conn, &statement, text).await?;
                going.out(conn, &statement, text, revision, &fit.words).await?;
            } else {
                let words = store::words(conn, revision).await?;
                going.out(conn, &statement, text, revision, &words).await?;
            }
        }
        store::set_state(conn, translation.id, state).await?;
        if first {
            diesel::update(translations::table.find(translation.id))
                .set((
                    translations::first_published_at.eq(now.to_diesel()),
                    translations::announced.eq(announced),
                ))
                .execute(conn)
                .await?;
        }
        lists::put_up(conn, statement.id).await?;
        store::touch(conn, statement.id, now).await?;
        Ok(Change::Statement(statement.id))
    })
    .await
}

/// A save that is fit to go out at a time, and what goes out with it.
pub(super) struct Fit<'a> {
    /// Its words.
    pub(super) words: Words,
    /// How it changes what readers have; `None` where they have nothing yet.
    pub(super) change: Option<(ChangeKind, String)>,
    /// The other public texts that get a new version with the same facts, and their saves.
    others: Vec<(&'a Translation, RevisionId)>,
}

impl<'a> Fit<'a> {
    /// Judges it; or says what has to be mended first.
    pub(super) async fn judge(
        conn: &mut Connection,
        actor: Actor,
        statement: &Statement,
        texts: &'a [Translation],
        (text, revision): (&Translation, RevisionId),
        change: Option<(ChangeKind, String)>,
        at: Timestamp,
    ) -> Result<Self, Refused> {
        if text.latest_revision_id != Some(revision) {
            return Err(Refused::Conflict(
                "Somebody saved this text after you looked at it. Please read it again before it goes out."
                    .to_owned(),
            ));
        }
        embargo::check(statement, at)?;
        let words = store::words(conn, revision).await?;
        words.problems_for_publication().into_result()?;
        check_shown(conn, actor, &words.body, text.locale).await?;
        statement.facts().problems(dates::of_moment(at)).into_result()?;
        let mut others = Vec::new();
        for other in texts.iter().filter(|t| t.id != text.id && t.public_state == PublicState::Published) {
            let shown = version::live(conn, statement.number, other).await?;
            others.extend(
                shown.filter(|shown| shown.facts != statement.facts()).map(|shown| (other, shown.revision)),
            );
        }
        let changes_public_text = text.public_state == PublicState::Published || !others.is_empty();
        let change = change.filter(|_| changes_public_text);
        check_change(change.as_ref(), changes_public_text)?;
        Ok(Self { words, change, others })
    }
}

/// A text goes public only with pictures that exist and are described in its language.
async fn check_shown(conn: &mut Connection, actor: Actor, body: &str, locale: Locale) -> Result<(), Refused> {
    shown::hold(conn, body).await?;
    shown::missing(conn, body, locale, actor.minding()).await?.into_result()
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
        Some((kind, note)) if !kind.needs_note() && !note.is_empty() => Err(Refused::Invalid(Problems::one(
            "change_note",
            "Of a small fix readers are not told. Please leave the note empty, or say that it is a correction or an \
             update.",
        ))),
        Some((_, note)) if note.chars().count() > 2000 => {
            Err(Refused::Invalid(Problems::one("change_note", "A note has at most 2,000 characters.")))
        }
        _ => Ok(()),
    }
}
