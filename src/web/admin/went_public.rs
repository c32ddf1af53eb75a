//! What of a text went public, and what may happen to it since: the foot of the editor.

use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::PublicState;
use crate::domain::statements::desk::{self, VersionRow};
use crate::domain::statements::following::{self, Lagging};
use crate::domain::statements::store::{Statement, Translation};
use crate::i18n::{Locale, dates};
use crate::infra::db::{self, Connection};
use crate::web::urls::{self, Place};

/// What of a text went public.
#[derive(Default)]
pub struct WentPublic {
    /// The versions, the newest first.
    pub versions: Vec<VersionRow>,
    /// How its original has changed since, where this text has not followed.
    pub behind: Option<Lagging>,
    /// Whether this person may close versions.
    pub may_close: bool,
    /// Whether this person may say that the text needs no change.
    pub may_confirm: bool,
    /// Whether this person may remove the text for good.
    pub may_remove: bool,
    /// Whether this person may show the draft to somebody outside.
    pub may_show: bool,
    text: Option<(Statement, Translation)>,
}

impl WentPublic {
    /// Reads it, where there is a text.
    pub async fn read(
        conn: &mut Connection,
        actor: Actor,
        statement: Option<&Statement>,
        text: Option<&Translation>,
    ) -> Result<Self, db::Error> {
        let Some((statement, text)) = statement.zip(text) else { return Ok(Self::default()) };
        let is_public = text.public_state == PublicState::Published;
        let is_removed = text.public_state == PublicState::Removed;
        let lags = is_public && text.locale != statement.original_locale;
        let behind = if lags { following::lagging_of(conn, statement.id).await? } else { Vec::new() };
        let is_allowed = |action| may(actor, action).is_ok();
        Ok(Self {
            versions: desk::versions_of(conn, text.id).await?,
            behind: behind.into_iter().find(|lagging| lagging.locale == text.locale),
            may_close: !is_removed && is_allowed(Action::Withdraw),
            may_confirm: is_allowed(Action::ConfirmFollowing),
            may_remove: !is_removed && is_allowed(Action::Remove),
            may_show: !is_removed
                && !text.state().is_put_away()
                && is_allowed(Action::Edit { begun_by: statement.created_by }),
            text: Some((statement.clone(), text.clone())),
        })
    }

    /// An act about this text.
    pub fn act(&self, act: &str) -> String {
        self.text
            .as_ref()
            .map_or_else(String::new, |(statement, text)| urls::desk(statement.id, text.locale, act))
    }

    /// An act about one version of it.
    pub fn version(&self, version: &VersionRow, act: &str) -> String {
        self.act(&format!("versions/{}/{act}", version.n))
    }

    /// Where readers find a version, as long as they do.
    pub fn public(&self, version: &VersionRow) -> Option<String> {
        let (statement, text) = self.text.as_ref()?;
        let is_there = text.public_state == PublicState::Published && version.closed.is_none();
        is_there.then(|| Place::Version(statement.number, version.n).path(text.locale))
    }

    /// Whether a version is what readers have today, or would have again: such a one is not closed by itself.
    pub fn is_live(&self, version: &VersionRow) -> bool {
        self.versions.first().is_some_and(|newest| newest.n == version.n)
    }

    /// Where the original is edited.
    pub fn original(&self) -> String {
        self.text.as_ref().map_or_else(String::new, |(statement, _)| {
            urls::desk(statement.id, statement.original_locale, "")
        })
    }

    /// "corrected on March 2, 2026".
    pub fn how(&self, lagging: &Lagging) -> String {
        use crate::domain::statements::ChangeKind::{Correction, Retraction, SmallFix, Update};
        let what = match lagging.change_kind {
            Correction => "corrected",
            Retraction => "retracted",
            Update => "updated",
            SmallFix => "changed",
        };
        format!("{what} on {}", dates::day(dates::of_moment(lagging.changed_at), Locale::english()))
    }
}
