//! Where a text stands on its way out, and who brought it there.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::Timestamp;

use super::store::Translation;
use super::{ChangeKind, DeskState};
use crate::domain::ids::{RevisionId, TranslationId, UserId};
use crate::domain::policy::Action;
use crate::domain::settings::Settings;
use crate::domain::zones::{Moment, Zone};
use crate::infra::db::Connection;
use crate::infra::db::schema::{revisions, translations, users};

/// What is known of a text on its way out.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// Who submitted it and when, where somebody did.
    pub submitted: Option<(String, Timestamp)>,
    /// Who decided last and when: asked for changes, approved or scheduled it.
    pub decided: Option<(String, Timestamp)>,
    /// When it goes out by itself.
    pub schedule: Option<Schedule>,
    /// The state it was taken back from without anybody having decided so.
    pub fell_back_from: Option<DeskState>,
}

/// When a text goes out by itself, and what readers are told then.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// When.
    pub moment: Moment,
    /// How a public text changes; `None` for a first version.
    pub change: Option<(ChangeKind, String)>,
}

/// Reads it.
pub async fn of(conn: &mut Connection, text: TranslationId) -> QueryResult<Review> {
    let (submitters, deciders) = diesel::alias!(users as submitters, users as deciders);
    type Who = (Option<String>, Option<jiff_diesel::Timestamp>);
    type When = (Option<jiff_diesel::Timestamp>, Option<Zone>, Option<ChangeKind>, String);
    let (submitted, decided, (at, zone, kind, note), fell_back_from): (Who, Who, When, Option<DeskState>) =
        translations::table
            .left_join(submitters.on(translations::submitted_by.eq(submitters.field(users::id).nullable())))
            .left_join(deciders.on(translations::decided_by.eq(deciders.field(users::id).nullable())))
            .filter(translations::id.eq(text))
            .select((
                (submitters.field(users::name).nullable(), translations::submitted_at),
                (deciders.field(users::name).nullable(), translations::decided_at),
                (
                    translations::publish_at,
                    translations::publish_zone,
                    translations::publish_change_kind,
                    translations::publish_change_note,
                ),
                translations::fell_back_from,
            ))
            .first(conn)
            .await?;
    let named = |(name, at): Who| Some((name.unwrap_or_else(|| "the operator".to_owned()), at?.to_jiff()));
    let moment = at.zip(zone).map(|(at, zone)| Moment { at: at.to_jiff(), zone });
    Ok(Review {
        submitted: named(submitted),
        decided: named(decided),
        schedule: moment.map(|moment| Schedule { moment, change: kind.map(|kind| (kind, note)) }),
        fell_back_from,
    })
}

/// Publishing, approving or scheduling this very text, with the facts by which it is judged.
pub async fn publishing(conn: &mut Connection, text: &Translation) -> QueryResult<Action> {
    let four_eyes = Settings::read(conn).await?.four_eyes;
    let submitted_by = match (text.submitted_by, text.latest_revision_id) {
        (None, Some(latest)) => author_of(conn, latest).await?,
        (submitter, _) => submitter,
    };
    Ok(Action::Publish { submitted_by, four_eyes })
}

async fn author_of(conn: &mut Connection, revision: RevisionId) -> QueryResult<Option<UserId>> {
    revisions::table.find(revision).select(revisions::author_id).first(conn).await
}
