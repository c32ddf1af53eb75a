use diesel_async::AsyncConnection as _;
use jiff::Timestamp;

use super::about;
use super::save::{Kept, keep_words};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::{RevisionId, StatementId};
use crate::domain::outcome::{Change, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::{history, store};
use crate::i18n::Locale;
use crate::infra::db::Connection;

/// Takes an earlier save back as a new one: nothing in between is lost. `latest` is the save that stood
/// last when this was chosen; `None` where that does not matter.
pub async fn restore(
    conn: &mut Connection,
    actor: Actor,
    (statement, locale): (StatementId, Locale),
    revision: RevisionId,
    latest: Option<RevisionId>,
    now: Timestamp,
) -> Result<Change, Refused> {
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, statement).await?;
        may(actor, Action::Edit { begun_by: statement.created_by })?;
        let text = store::translation(conn, statement.id, locale).await?.ok_or(Refused::NotFound)?;
        let words = history::words(conn, text.id, revision).await?.ok_or(Refused::NotFound)?;
        if latest.is_some() && text.latest_revision_id != latest {
            return Err(Refused::Conflict(
                "Somebody saved this text meanwhile. Please look at the history again, then choose."
                    .to_owned(),
            ));
        }
        if words.is_empty() {
            return Err(Refused::Conflict("This save has no words (any more) to be taken back.".to_owned()));
        }
        let kept = Kept { facts_changed: false, by_itself: false };
        let restored = keep_words(conn, actor, &text, &words, kept, now).await?;
        if Some(restored) == text.latest_revision_id {
            return Err(Refused::Conflict("The text says exactly this already.".to_owned()));
        }
        let about = About { revision_id: Some(restored), ..about(&text) };
        audit::record(conn, actor, now, Verb::Restored, about).await?;
        Ok(Change::Unseen)
    })
    .await
}
