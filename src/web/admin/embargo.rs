//! "Not before": until when nothing of a statement goes public.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::desk::{Desk, Room};
use super::statements::found;
use super::when::When;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands;
use crate::domain::statements::store::Statement;
use crate::i18n::Locale;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/embargo.html")]
struct EmbargoPage {
    desk: Desk,
    statement: Statement,
    locale: Locale,
    when: When,
}

impl EmbargoPage {
    fn act(&self, act: &str) -> String {
        urls::desk(self.statement.id, self.locale, act)
    }
}

/// The form.
pub async fn edit(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, _) = found(&editor, &path).await?;
    may(editor.actor(), Action::Embargo)?;
    let when = match statement.embargo() {
        Some(moment) => When::chosen(&moment),
        None => {
            let mut conn = editor.database.connection().await?;
            When::in_zone(&commands::zone_for(&mut conn, editor.actor()).await?)
        }
    };
    page(&editor, &path, when, Problems::default()).await
}

async fn page(
    editor: &Editor,
    path: &(i64, String),
    when: When,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(editor, path).await?;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let desk = Desk::of(editor, Room::Statements).await.with_problems(problems);
    html(status, &EmbargoPage { desk, statement, locale, when })
}

/// Sets, moves or lifts it.
pub async fn update(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    may(editor.actor(), Action::Embargo)?;
    let mut when = When::typed(&fields);
    let wanted = if fields.has("lift") {
        None
    } else {
        match when.read() {
            Ok(moment) => Some(moment),
            Err(problems) => return page(&editor, &path, when, problems).await,
        }
    };
    let said = match &wanted {
        Some(moment) => format!("Nothing of number {} goes public before {moment}.", statement.number),
        None => format!("There is no embargo on number {} any more.", statement.number),
    };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::set_embargo(&mut conn, editor.actor(), statement.id, wanted, editor.clock.now()).await
    };
    match outcome {
        Ok((change, stopped)) => {
            editor.apply(change);
            let names: Vec<&str> = stopped.iter().map(|locale| locale.own_name()).collect();
            let stopped = if names.is_empty() {
                String::new()
            } else {
                format!(" Taken off the schedule, because it was earlier: {}.", names.join(", "))
            };
            editor.say(format!("{said}{stopped}"));
            Ok(see_other(&urls::desk(statement.id, locale, "")))
        }
        Err(Refused::Invalid(problems)) => page(&editor, &path, when, problems).await,
        Err(other) => Err(other.into()),
    }
}
