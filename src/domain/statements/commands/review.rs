use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;
use jiff_diesel::ToDiesel as _;

use super::{about, next, note};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId, TranslationId, UserId};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::notes::{self, NoteKind};
use crate::domain::statements::review;
use crate::domain::statements::store::{self, Statement, Translation};
use crate::domain::statements::workflow::Move;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::translations;

/// One save of a text: what is submitted, and what is decided about.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The statement.
    pub statement: StatementId,
    /// The language.
    pub locale: Locale,
    /// The save, which has to be the latest.
    pub revision: RevisionId,
}

impl Named {
    /// The statement, locked, and its text; refused where somebody saved it meanwhile.
    pub(super) async fn open(
        &self,
        conn: &mut Connection,
        actor: Actor,
    ) -> Result<(Statement, Translation), Refused> {
        let statement = store::lock(conn, actor, self.statement).await?;
        let text = store::translation(conn, statement.id, self.locale).await?.ok_or(Refused::NotFound)?;
        Ok((statement, text))
    }

    /// Refuses a save that is no longer the latest.
    pub(super) fn check_latest(&self, text: &Translation) -> Result<(), Refused> {
        if text.latest_revision_id == Some(self.revision) {
            return Ok(());
        }
        Err(Refused::Conflict(
            "Somebody saved this text after you looked at it. Please read it again first.".to_owned(),
        ))
    }
}

/// Submits one save for review.
pub async fn submit(
    conn: &mut Connection,
    actor: Actor,
    named: Named,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let (statement, text) = named.open(conn, actor).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let state = next(&text, Move::Submit)?;
        named.check_latest(&text)?;
        store::words(conn, named.revision).await?.problems_for_publication().into_result()?;
        name_save(conn, text.id, named.revision, actor.user, now).await?;
        store::set_state(conn, text.id, state).await?;
        done(conn, actor, &text, Verb::Submitted, now).await
    })
    .await
}

/// Takes a submission back, to go on writing.
pub async fn take_back(
    conn: &mut Connection,
    actor: Actor,
    (statement, locale): (StatementId, Locale),
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let text = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        store::set_state(conn, text.id, next(&text, Move::TakeBack)?).await?;
        done(conn, actor, &text, Verb::TakenBack, now).await
    })
    .await
}

/// Asks for changes to what was submitted, and says which.
pub async fn request_changes(
    conn: &mut Connection,
    actor: Actor,
    named: Named,
    words: &str,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let (_, text) = named.open(conn, actor).await?;
        may(actor, Action::Review)?;
        let state = next(&text, Move::RequestChanges)?;
        named.check_latest(&text)?;
        note::check(words, "Whoever wrote this has to know what should change. Please write a sentence.")?;
        notes::append(conn, &text, actor.user, NoteKind::ChangesRequested, words, Some(named.revision), now)
            .await?;
        store::set_state(conn, text.id, state).await?;
        decided(conn, text.id, actor.user, now).await?;
        done(conn, actor, &text, Verb::ChangesRequested, now).await
    })
    .await
}

/// Approves the save that was submitted: this one may go out.
pub async fn approve(
    conn: &mut Connection,
    actor: Actor,
    named: Named,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let (_, text) = named.open(conn, actor).await?;
        may(actor, review::publishing(conn, &text).await?)?;
        let state = next(&text, Move::Approve)?;
        named.check_latest(&text)?;
        store::set_state(conn, text.id, state).await?;
        decided(conn, text.id, actor.user, now).await?;
        done(conn, actor, &text, Verb::Approved, now).await
    })
    .await
}

/// Names the save that is on its way out. Comes before the state that needs it.
pub(super) async fn name_save(
    conn: &mut Connection,
    text: TranslationId,
    revision: RevisionId,
    by: Option<UserId>,
    now: Timestamp,
) -> QueryResult<()> {
    diesel::update(translations::table.find(text))
        .set((
            translations::submitted_revision_id.eq(revision),
            translations::submitted_by.eq(by),
            translations::submitted_at.eq(now.to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes who decided.
pub(super) async fn decided(
    conn: &mut Connection,
    text: TranslationId,
    by: Option<UserId>,
    now: Timestamp,
) -> QueryResult<()> {
    diesel::update(translations::table.find(text))
        .set((translations::decided_by.eq(by), translations::decided_at.eq(now.to_diesel())))
        .execute(conn)
        .await?;
    Ok(())
}

/// What every step on the way ends with.
pub(super) async fn done(
    conn: &mut Connection,
    actor: Actor,
    text: &Translation,
    verb: Verb,
    now: Timestamp,
) -> Result<Change, Refused> {
    store::touch(conn, text.statement_id, now).await?;
    let about = About { revision_id: text.latest_revision_id, ..about(text) };
    audit::record(conn, actor, now, verb, about).await?;
    Ok(Change::Unseen)
}
