use diesel_async::AsyncConnection as _;
use jiff::Timestamp;

use super::about;
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId};
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::Actor;
use crate::domain::statements::notes::{self, LONGEST, NoteKind};
use crate::domain::statements::store;
use crate::i18n::Locale;
use crate::infra::db::Connection;

/// Leaves an internal note on a text, about a save of it where one is named. Whoever sees the statement
/// on the desk may.
pub async fn leave_note(
    conn: &mut Connection,
    actor: Actor,
    (statement, locale): (StatementId, Locale),
    body: &str,
    revision: Option<RevisionId>,
    now: Timestamp,
) -> Result<Change, Refused> {
    check(body, "Please write the note first.")?;
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        let text = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        if let Some(revision) = revision {
            store::check_revision(conn, &text, revision).await?;
        }
        notes::append(conn, &text, actor.user, NoteKind::Remark, body, revision, now).await?;
        audit::record(conn, actor, now, Verb::NoteLeft, About { revision_id: revision, ..about(&text) })
            .await?;
        Ok(Change::Unseen)
    })
    .await
}

/// Whether a note can be kept; `missing`: what to say where there is none.
pub(super) fn check(body: &str, missing: &str) -> Result<(), Refused> {
    let length = body.chars().count();
    if body.trim().is_empty() {
        return Err(Refused::Invalid(Problems::one("note", missing)));
    }
    if length > LONGEST {
        let why = format!("This has {length} characters; a note has at most {LONGEST}.");
        return Err(Refused::Invalid(Problems::one("note", why)));
    }
    Ok(())
}
