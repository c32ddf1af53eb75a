//! Who may look at a draft on the desk.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::desk::{Desk, Room};
use super::statements::found;
use crate::domain::ids::UserId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::people::{self, Person};
use crate::domain::statements::store::{self, Statement};
use crate::domain::statements::{PublicState, commands};
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/limit.html")]
struct LimitPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    people: Vec<Person>,
    chosen: Vec<UserId>,
    /// The languages that everybody reads already.
    public: Vec<Locale>,
}

impl LimitPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
    fn began(&self, person: &Person) -> bool {
        self.statement.created_by == Some(person.id)
    }
}

/// The form.
pub async fn edit(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, _) = found(&editor, &path).await?;
    may(editor.actor(), Action::Edit { begun_by: statement.created_by })?;
    let chosen = {
        let mut conn = editor.database.connection().await?;
        people::limited_to(&mut conn, statement.id).await?
    };
    page(&editor, &path, chosen, Problems::default()).await
}

async fn page(
    editor: &Editor,
    path: &(i64, String),
    chosen: Vec<UserId>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    let mut conn = editor.database.connection().await?;
    let texts = store::translations_of(&mut conn, statement.id).await?;
    let people = people::everybody(&mut conn).await?;
    drop(conn);
    let public =
        texts.iter().filter(|t| t.public_state == PublicState::Published).map(|t| t.locale).collect();
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::of(editor, Room::Statements).await.with_problems(problems);
    html(status, &LimitPage { desk, statement, locale, people, chosen, public })
}

/// Limits it to those who are ticked; to nobody in particular where nobody is.
pub async fn update(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let chosen: Vec<UserId> = if fields.has("open") {
        Vec::new()
    } else {
        fields.all("people").filter_map(|id| id.parse().ok()).map(UserId).collect()
    };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::limit_to(&mut conn, editor.actor(), statement.id, &chosen, editor.clock.now()).await
    };
    match outcome {
        Ok(change) => {
            editor.apply(change);
            editor.say(if chosen.is_empty() {
                format!("Everybody on the desk sees number {}.", statement.number)
            } else {
                format!("Only those whom you chose see number {} on the desk.", statement.number)
            });
            Ok(see_other(&urls::desk(statement.id, locale, "")))
        }
        Err(Refused::Invalid(problems)) => page(&editor, &path, chosen, problems).await,
        Err(other) => Err(other.into()),
    }
}
