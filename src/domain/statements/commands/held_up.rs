use jiff::Timestamp;

use super::{about, next};
use crate::domain::audit::{self, About, Verb};
use crate::domain::outcome::Refused;
use crate::domain::policy::Actor;
use crate::domain::statements::DeskState;
use crate::domain::statements::notes::{self, NoteKind};
use crate::domain::statements::store::{self, Translation};
use crate::domain::statements::workflow::Move;
use crate::infra::db::Connection;

/// Takes a text off the schedule without anybody having decided so. Nothing is dropped in silence: it
/// stays approved, a note says why, and the dashboard shows it.
pub(super) async fn hold_up(
    conn: &mut Connection,
    actor: Actor,
    text: &Translation,
    why: &str,
    now: Timestamp,
) -> Result<(), Refused> {
    store::set_state(conn, text.id, next(text, Move::Unschedule)?).await?;
    store::fell_back(conn, text.id, DeskState::Scheduled).await?;
    notes::append(conn, text, None, NoteKind::HeldUp, why, text.submitted_revision_id, now).await?;
    store::touch(conn, text.statement_id, now).await?;
    let about = About { revision_id: text.submitted_revision_id, ..about(text) };
    audit::record(conn, actor, now, Verb::HeldUp, about).await?;
    Ok(())
}
