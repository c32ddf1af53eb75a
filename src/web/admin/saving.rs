//! Saving what the editor's form brings: begun or changed, sent by hand or by the page itself.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::editor::EditorPage;
use super::kept::answer::{Answer, iso};
use super::kept::arrival::Arrived;
use super::labels::standing;
use super::merging;
use super::source;
use super::statement_form::Form;
use super::statements::found;
use crate::domain::kept::Sent;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::statements::commands::{self, Named, Saved};
use crate::domain::statements::store;
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::see_other;
use crate::web::urls;

/// A new statement, as filled in.
pub async fn create(editor: Editor, arrived: Arrived, fields: Fields) -> Result<HttpResponse, Error> {
    Saving { editor, arrived, form: Form::begun(&fields)?, fields }.keep().await
}

/// A text of a statement, as filled in.
pub async fn update(
    editor: Editor,
    arrived: Arrived,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut form = {
        let mut conn = editor.database.connection().await?;
        Form::changed(&mut conn, &statement, locale, &fields).await?
    };
    if fields.has(merging::BASE)
        && let Some(page) = merging::settle(&editor, &mut form, statement.id, &fields).await?
    {
        return Ok(page);
    }
    Saving { editor, arrived, form, fields }.keep().await
}

struct Saving {
    editor: Editor,
    arrived: Arrived,
    form: Form,
    fields: Fields,
}

impl Saving {
    async fn keep(mut self) -> Result<HttpResponse, Error> {
        let sent = match self.arrived.judge(&self.editor, &self.fields) {
            Ok(sent) => sent,
            // The page that comes back has a token of its own.
            Err(why) => {
                self.form.page.token.clear();
                return self.refuse(StatusCode::FORBIDDEN, Problems::one("", why)).await;
            }
        };
        let mut conn = self.editor.database.connection().await?;
        let outcome = self.save(&mut conn, &sent).await;
        drop(conn);
        let (saved, locale) = match outcome {
            Ok(saved) => saved,
            Err(Refused::Invalid(problems)) => {
                return self.refuse(StatusCode::UNPROCESSABLE_ENTITY, problems).await;
            }
            Err(Refused::Conflict(why)) => return self.stale(&why).await,
            // What was typed is not lost for want of a right: somebody who has it may still take it over.
            Err(Refused::Forbidden(why)) => {
                return self.refuse(StatusCode::FORBIDDEN, Problems::one("", why)).await;
            }
            Err(other) => return Err(other.into()),
        };
        self.editor.apply(saved.change);
        if self.arrived.by_itself {
            return self.tell(saved, locale).await;
        }
        if let Some(notice) = draft_again(&saved) {
            self.editor.say(format!("Saved. {notice}"));
        } else if saved.change != Change::Unseen {
            self.editor.say("Saved. The topics are changed for readers too.");
        } else if self.form.statement.is_none() && self.form.shared.number != self.fields.line("number") {
            self.editor
                .say(format!("Its number was taken meanwhile: it is {} now.", self.form.shared.number));
        }
        if self.fields.raw("then") == "submit" {
            let named = Named { statement: saved.statement, locale, revision: saved.revision };
            return super::review::submit_saved(&self.editor, named).await;
        }
        let then = match self.fields.raw("then") {
            "preview" => "preview",
            "publish" => "publication",
            _ => "",
        };
        let path = urls::desk(saved.statement, locale, then);
        let stays = then.is_empty() && source::is_choice(&self.form.page.beside);
        Ok(see_other(&if stays { source::beside(&path, &self.form.page.beside) } else { path }))
    }

    /// Saves; a number that was only offered, and that somebody else took meanwhile, becomes the next one.
    async fn save(&mut self, conn: &mut Connection, sent: &Sent) -> Result<(Saved, Locale), Refused> {
        let (actor, now) = (self.editor.actor(), self.editor.clock.now());
        let save = self.form.to_save().map_err(Refused::Invalid)?;
        let locale = save.locale;
        let offered = self.form.statement.is_none() && self.form.shared.number == self.form.was.number;
        match commands::save_from_page(conn, actor, save, sent, now).await {
            Err(Refused::Invalid(problems)) if offered && problems.of("number").is_some() => {
                self.form.shared.number = commands::next_number(conn).await?.to_string();
                let save = self.form.to_save().map_err(Refused::Invalid)?;
                Ok((commands::save_from_page(conn, actor, save, sent, now).await?, locale))
            }
            outcome => Ok((outcome?, locale)),
        }
    }

    /// The page again, with everything typed and what to mend; or the reasons for a page that sent by itself.
    async fn refuse(self, status: StatusCode, problems: Problems) -> Result<HttpResponse, Error> {
        if self.arrived.by_itself {
            let reasons: Vec<&str> = problems.iter().map(|(_, message)| message).collect();
            return Ok(Answer::not_saved(reasons.join(" "), self.arrived.is_kept()).with(status));
        }
        EditorPage::show(&self.editor, status, self.form, problems).await
    }

    /// Saved by the page itself: what it has to know to go on.
    async fn tell(self, saved: Saved, locale: Locale) -> Result<HttpResponse, Error> {
        let mut conn = self.editor.database.connection().await?;
        let text = store::translation(&mut conn, saved.statement, locale).await?.ok_or(Error::NotFound)?;
        let was_public = store::translations_of(&mut conn, saved.statement).await?;
        let answer = Answer {
            saved: true,
            saved_at: Some(iso(self.editor.clock.now())),
            based_on: Some(saved.revision.to_string()),
            action: Some(urls::desk(saved.statement, locale, "")),
            number: Some(self.form.shared.number.clone()),
            standing: Some(standing(text.public_state, text.desk_state).0.to_owned()),
            notice: draft_again(&saved),
            topics_wait: was_public.iter().any(|text| text.public_state.as_str() == "published"),
            ..Answer::default()
        };
        Ok(answer.with(StatusCode::OK))
    }

    /// Somebody was faster: both texts and what they began with are brought together on a page of their own.
    async fn stale(self, why: &str) -> Result<HttpResponse, Error> {
        let begun = self.form.statement.or_else(|| self.arrived.has_begun());
        let Some(id) = begun else { return Err(Error::Conflict(why.to_owned())) };
        if self.arrived.by_itself {
            let answer = Answer { stale: true, ..Answer::not_saved(why, self.arrived.is_kept()) };
            return Ok(answer.with(StatusCode::CONFLICT));
        }
        match merging::needed(&self.editor, &self.form, id, why).await? {
            Some(page) => Ok(page),
            None => self.refuse(StatusCode::CONFLICT, Problems::one("", why)).await,
        }
    }
}

/// What whoever saved is told where the text was on its way out.
fn draft_again(saved: &Saved) -> Option<String> {
    let before = saved.fell_back_from?.as_str().replace('-', " ");
    Some(format!("The text was {before}: it is a draft again."))
}
