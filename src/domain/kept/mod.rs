//! Nobody loses a word: what a page of the editor sends is kept before session, right, state or form
//! are judged.
//!
//! A page carries an unguessable token ([`tokens`]). What arrives with it is written down first
//! ([`texts`]); when it becomes a revision, the same transaction takes it away again. So a kept text
//! is always one that is nowhere else.

pub mod tokens;
pub mod texts;
pub mod presence;

use super::ids::{KeptId, StatementId};
use crate::i18n::Locale;

/// The text that a page is about; `None` for a statement that has not begun.
pub type Target = Option<(StatementId, Locale)>;

/// What a save says about the page that it came from.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The digest of the page's token.
    pub token: Vec<u8>,
    /// What was kept when it arrived.
    pub kept: Option<KeptId>,
    /// What the page calls this send; empty where it gives no name.
    pub name: String,
    /// The sends of this page that got no answer.
    pub unanswered: Vec<String>,
    /// The kept text that was taken over into it.
    pub took_over: Option<KeptId>,
    /// Whether the page sent it by itself, a few seconds after typing stopped.
    pub by_itself: bool,
}
