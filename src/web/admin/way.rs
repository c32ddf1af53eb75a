//! The way of a text to its publication, as the editor and the page for reviewers show it: where it
//! stands, what was said about it, and what this person may do next.

use super::labels::standing;
use crate::domain::policy::{Action, may};
use crate::domain::statements::notes::{self, Note, NoteKind};
use crate::domain::statements::review::{self, Review};
use crate::domain::statements::store::{Statement, Translation};
use crate::domain::statements::{DeskState, PublicState, people};
use crate::domain::zones::Moment;
use crate::infra::db::{self, Connection};
use crate::web::extract::Editor;

/// How many notes a page shows.
const NOTES: i64 = 100;

/// What to do next: one thing for each person and state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing but saving.
    Save,
    /// Submit it.
    Submit,
    /// Read what was submitted.
    Review,
    /// Publish it, or give it a time.
    Publish,
}

/// All of it.
pub struct Way {
    /// Where the text stands.
    pub state: DeskState,
    /// In words.
    pub standing: &'static str,
    /// Who brought it there.
    pub review: Review,
    /// Before when nothing of the statement may be public.
    pub embargo: Option<Moment>,
    /// The names of the people it is limited to; none: it is open.
    pub limited_to: Vec<String>,
    /// What was said about the statement, the newest first.
    pub notes: Vec<Note>,
    /// Whether this person may save, submit and take back.
    pub may_edit: bool,
    /// Whether they may ask for changes.
    pub may_review: bool,
    /// Whether they may set an embargo.
    pub may_embargo: bool,
    /// Whether they may approve, schedule and publish this very text; else why not.
    pub may_publish: Result<(), String>,
    /// What they would do next.
    pub next: Next,
}

impl Way {
    /// Reads it. Before the first save there is no text.
    pub async fn read(
        conn: &mut Connection,
        editor: &Editor,
        statement: Option<&Statement>,
        text: Option<&Translation>,
    ) -> Result<Self, db::Error> {
        let actor = editor.actor();
        let publishing = match text {
            Some(text) => review::publishing(conn, text).await?,
            None => Action::PUBLISH_ANYTHING,
        };
        let may_publish = may(actor, publishing).map_err(|refused| refused.to_string());
        let may_edit = statement
            .is_none_or(|statement| may(actor, Action::Edit { begun_by: statement.created_by }).is_ok());
        let may_review = may(actor, Action::Review).is_ok();
        let state = text.map_or(DeskState::None, |text| text.desk_state);
        let (mut limited_to, mut said) = (Vec::new(), Vec::new());
        if let Some(statement) = statement {
            limited_to = people::names_of(conn, statement.id).await?;
            said = notes::of_statement(conn, statement.id, NOTES).await?;
        }
        Ok(Self {
            state,
            standing: text.map_or("Not begun", |text| standing(text.public_state, text.desk_state).0),
            review: match text {
                Some(text) => review::of(conn, text.id).await?,
                None => Review::default(),
            },
            embargo: statement.and_then(Statement::embargo),
            limited_to,
            notes: said,
            may_edit,
            may_review,
            may_embargo: may(actor, Action::Embargo).is_ok(),
            next: next(state, text, may_edit, may_review, may_publish.is_ok()),
            may_publish,
        })
    }

    /// Whether one save is on its way out, which the next save would stop.
    pub fn would_fall_back(&self) -> bool {
        self.state.names_a_save()
    }

    /// Whether it stands in this state.
    pub fn is(&self, state: &str) -> bool {
        self.state.as_str() == state
    }

    /// What was asked for, while it is not done.
    pub fn asked(&self) -> Option<&Note> {
        let waits = self.state == DeskState::ChangesRequested;
        self.notes.iter().find(|note| waits && note.kind == NoteKind::ChangesRequested)
    }

    /// Why it is no longer where somebody had brought it.
    pub fn undone(&self) -> Option<&'static str> {
        match (self.review.fell_back_from?, self.state) {
            (DeskState::Scheduled, DeskState::Approved) => {
                Some("It was scheduled, and did not go out. The newest note says why.")
            }
            (DeskState::Scheduled, _) => Some(
                "It was scheduled. Then somebody saved it or changed its facts, and it is a draft again.",
            ),
            (DeskState::Approved, _) => {
                Some("It was approved. Then somebody saved it or changed its facts, and it is a draft again.")
            }
            _ => Some(
                "It was in review. Then somebody saved it or changed its facts, and it is a draft again.",
            ),
        }
    }
}

fn next(
    state: DeskState,
    text: Option<&Translation>,
    may_edit: bool,
    may_review: bool,
    may_publish: bool,
) -> Next {
    let is_withdrawn = text.is_some_and(|text| text.public_state == PublicState::Withdrawn);
    match state {
        DeskState::None | DeskState::Draft if may_publish && !is_withdrawn => Next::Publish,
        DeskState::Approved | DeskState::Scheduled if may_publish => Next::Publish,
        DeskState::InReview if may_review => Next::Review,
        DeskState::None | DeskState::Draft | DeskState::ChangesRequested if may_edit => Next::Submit,
        _ => Next::Save,
    }
}
