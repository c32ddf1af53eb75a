use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::preview_links::{self, Over};
use super::withdraw::{check_reason, set_gone};
use super::{about, next};
use crate::domain::audit::{self, Verb};
use crate::domain::ids::StatementId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::store::{self, Translation};
use crate::domain::statements::workflow::Move;
use crate::domain::statements::{desk_words, lists};
use crate::i18n::{Locale, dates};
use crate::infra::db::Connection;

/// What is to be removed for good, and what readers are told.
#[derive(Clone, Debug)]
pub struct Removal {
    /// The statement.
    pub statement: StatementId,
    /// The language.
    pub locale: Locale,
    /// The number as the administrator typed it, to be sure of what they mean.
    pub number_typed: String,
    /// Why, for readers.
    pub reason: String,
}

/// Removes a text for good: every word of it, in every save and version, is emptied. Its address says that
/// it was removed, and why; its number is never given to another.
pub async fn remove(
    conn: &mut Connection,
    actor: Actor,
    removal: Removal,
    now: Timestamp,
) -> Result<Change, Refused> {
    may(actor, Action::Remove)?;
    conn.transaction(async |conn| {
        let statement = store::lock(conn, actor, removal.statement).await?;
        let translation =
            store::translation(conn, statement.id, removal.locale).await?.ok_or(Refused::NotFound)?;
        let mut problems = Problems::default();
        if removal.number_typed != statement.number.to_string() {
            problems.add(
                "number",
                format!("To be sure, please type the number of the text that is to go: {}.", statement.number),
            );
        }
        let told = "Readers who come for this text have to be told why it is gone. Please write a sentence that \
                    says nothing of what stood in it.";
        if let Err(Refused::Invalid(problem)) = check_reason(&removal.reason, told) {
            problems.extend(problem);
        }
        problems.into_result()?;
        lists::take_down(conn, statement.id).await?;
        empty(conn, actor, &translation, &removal.reason, now).await?;
        lists::put_up(conn, statement.id).await?;
        store::touch(conn, statement.id, now).await?;
        Ok(Change::Statement(statement.id))
    })
    .await
}

/// Empties a text that has been taken down from the lists.
pub(super) async fn empty(
    conn: &mut Connection,
    actor: Actor,
    translation: &Translation,
    reason: &str,
    now: Timestamp,
) -> Result<(), Refused> {
    let state = next(translation, Move::Remove)?;
    for empty in ["select empty_texts($1)", "select empty_notes($1)"] {
        diesel::sql_query(empty).bind::<BigInt, _>(translation.id).execute(conn).await?;
    }
    preview_links::end(conn, Over::Text(translation.id), now).await?;
    preview_links::forget_labels(conn, translation.id).await?;
    set_gone(conn, translation.id, Some((dates::of_moment(now), reason))).await?;
    store::set_state(conn, translation.id, state).await?;
    // Its number finds it still.
    desk_words::keep(conn, translation.id).await?;
    audit::record(conn, actor, now, Verb::Removed, about(translation)).await?;
    Ok(())
}
