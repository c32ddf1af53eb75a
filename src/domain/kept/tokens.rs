//! Edit tokens: one for each page of the editor that is given to somebody.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use jiff::{SignedDuration, Timestamp};
use jiff_diesel::ToDiesel as _;

use super::{Sent, Target};
use crate::domain::ids::{RevisionId, StatementId, UserId};
use crate::domain::outcome::Refused;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::edit_tokens;
use crate::text::digest;

/// How long a page can lie open and still be taken: thirty days.
pub const LIFE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A page that was given to somebody.
#[derive(Clone, Debug, HasQuery)]
#[diesel(table_name = edit_tokens)]
pub struct Token {
    /// The SHA-256 of the token.
    pub token_digest: Vec<u8>,
    /// To whom it was given.
    pub user_id: UserId,
    is_new: bool,
    statement_id: Option<StatementId>,
    locale: Option<LocaleColumn>,
    last_send: String,
    last_revision_id: Option<RevisionId>,
}

impl Token {
    /// The text that the page is about; for a new statement, the one that it has begun.
    pub fn target(&self) -> Target {
        self.statement_id.zip(self.locale.map(Locale::from))
    }

    /// Whether the page may send to this text. One that began a statement may go on sending to both:
    /// where new statements go, and to the statement.
    pub fn is_for(&self, target: Target) -> bool {
        match target {
            None => self.is_new,
            Some(_) => self.target() == target,
        }
    }

    /// The statement that a page for a new one has begun.
    pub fn has_begun(&self) -> Option<StatementId> {
        self.statement_id.filter(|_| self.is_new)
    }

    /// The save that came from this very page and was never answered: what comes after it is not stale.
    pub fn unanswered(&self, sent: &Sent) -> Option<RevisionId> {
        let known = !self.last_send.is_empty() && sent.unanswered.contains(&self.last_send);
        self.last_revision_id.filter(|_| known)
    }
}

/// Makes the token of a page that is about to be given to somebody.
pub async fn issue(
    conn: &mut Connection,
    user: UserId,
    target: Target,
    now: Timestamp,
) -> Result<String, Refused> {
    let token = digest::token()?;
    let until = now.saturating_add(LIFE).unwrap_or(Timestamp::MAX);
    diesel::insert_into(edit_tokens::table)
        .values((
            edit_tokens::token_digest.eq(digest::of(token.as_bytes())),
            edit_tokens::user_id.eq(user),
            edit_tokens::is_new.eq(target.is_none()),
            edit_tokens::statement_id.eq(target.map(|(statement, _)| statement)),
            edit_tokens::locale.eq(target.map(|(_, locale)| LocaleColumn(locale))),
            edit_tokens::created_at.eq(now.to_diesel()),
            edit_tokens::expires_at.eq(until.to_diesel()),
        ))
        .execute(conn)
        .await?;
    Ok(token)
}

/// The page of a token that has not run out.
pub async fn find(conn: &mut Connection, token: &str, now: Timestamp) -> QueryResult<Option<Token>> {
    Token::query()
        .filter(edit_tokens::token_digest.eq(digest::of(token.as_bytes())))
        .filter(edit_tokens::expires_at.gt(now.to_diesel()))
        .first(conn)
        .await
        .optional()
}

/// The page, locked until the transaction ends: what one page sends twice takes turns.
pub async fn lock(conn: &mut Connection, token_digest: &[u8]) -> QueryResult<Option<Token>> {
    Token::query()
        .filter(edit_tokens::token_digest.eq(token_digest))
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// Notes what the last send of a page became.
pub async fn note(
    conn: &mut Connection,
    sent: &Sent,
    (statement, locale): (StatementId, Locale),
    revision: RevisionId,
) -> QueryResult<()> {
    diesel::update(edit_tokens::table.find(&sent.token))
        .set((
            edit_tokens::statement_id.eq(statement),
            edit_tokens::locale.eq(LocaleColumn(locale)),
            edit_tokens::last_send.eq(&sent.name),
            edit_tokens::last_revision_id.eq(revision),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Forgets the tokens that have run out.
pub async fn prune(conn: &mut Connection, now: Timestamp) -> QueryResult<usize> {
    diesel::delete(edit_tokens::table.filter(edit_tokens::expires_at.le(now.to_diesel()))).execute(conn).await
}
