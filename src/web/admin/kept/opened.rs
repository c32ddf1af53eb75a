//! What a page of the editor is given with: its token, what was kept, and who else is here.

use crate::domain::ids::KeptId;
use crate::domain::kept::presence::{self, Also};
use crate::domain::kept::texts::{self, KeptText};
use crate::domain::kept::{Target, tokens};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::urls;

/// What stands around the form of a page that is open.
#[derive(Default)]
pub struct Opened {
    /// The token; empty where the database takes none just now.
    pub token: String,
    /// The kept text that was taken over into the form.
    pub took_over: Option<KeptId>,
    /// Texts of this person that wait to be taken over or put aside.
    pub kept: Vec<KeptText>,
    /// Who else has the text open.
    pub also: Vec<Also>,
}

impl Opened {
    /// Opens a page for somebody. None of it is worth failing for: a database that only reads still shows
    /// the text.
    pub async fn page(editor: &Editor, target: Target, token: String, took_over: Option<KeptId>) -> Self {
        let mut opened = Self { token, took_over, ..Self::default() };
        if let Err(error) = opened.fill(editor, target).await {
            log::warn!("a page of the editor is opened without all that belongs to it: {error}");
        }
        opened
    }

    async fn fill(&mut self, editor: &Editor, target: Target) -> Result<(), Error> {
        let (user, now) = (editor.user.id, editor.clock.now());
        let mut conn = editor.database.connection().await?;
        let mut kept = texts::waiting_for(&mut conn, user).await?;
        kept.retain(|text| text.target() == target && Some(text.id) != self.took_over);
        self.kept = kept;
        if let Some(text) = target {
            self.also = presence::others(&mut conn, text, user, now).await?;
            presence::seen(&mut conn, text, user, now).await?;
        }
        if self.token.is_empty() {
            self.token = tokens::issue(&mut conn, user, target, now).await?;
        }
        Ok(())
    }

    /// Where a kept text can be read.
    pub fn read(&self, text: &KeptText) -> String {
        urls::kept(text.id)
    }
}
