//! Going public at a time: chosen on the page that also publishes at once.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;

use super::following::Choice;
use super::publication::{change, look};
use super::review::named;
use super::statements::found;
use super::when::When;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::commands::{self, Appointment};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::see_other;
use crate::web::urls;

/// Gives the save that was looked at a time.
pub async fn create(
    editor: Editor,
    path: Path<(i64, String)>,
    fields: Fields,
) -> Result<HttpResponse, Error> {
    let (named, number) = named(&editor, &path, &fields).await?;
    may(editor.actor(), Action::PUBLISH_ANYTHING)?;
    let mut when = When::typed(&fields);
    let moment = match when.read() {
        Ok(moment) => moment,
        Err(problems) => {
            return look(&editor, &path, StatusCode::UNPROCESSABLE_ENTITY, &fields, Some(when), problems)
                .await;
        }
    };
    let wanted = Appointment { named, moment: moment.clone(), change: change(&fields) };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        // Kept until then, whoever is at the desk at that time.
        let (actor, follows) = (editor.actor(), Choice::typed(&fields));
        match commands::choose_followed(&mut conn, actor, named.statement, named.locale, follows).await {
            Ok(Change::Unseen) => commands::schedule(&mut conn, actor, wanted, editor.clock.now()).await,
            other => other,
        }
    };
    match outcome {
        Ok(change) => {
            editor.apply(change);
            let language = named.locale.own_name();
            editor.say(format!("Number {number} goes public in {language} on {moment}."));
            Ok(see_other(&urls::desk(named.statement, named.locale, "")))
        }
        Err(Refused::Invalid(problems)) => {
            look(&editor, &path, StatusCode::UNPROCESSABLE_ENTITY, &fields, Some(when), problems).await
        }
        Err(Refused::Conflict(why)) => {
            let problems = Problems::one("", why);
            look(&editor, &path, StatusCode::CONFLICT, &fields, Some(when), problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Takes a text off the schedule.
pub async fn destroy(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let text = (statement.id, locale);
    let change = commands::unschedule(&mut conn, editor.actor(), text, editor.clock.now()).await?;
    editor.apply(change);
    editor.say("It is off the schedule, and still approved.");
    Ok(see_other(&urls::desk(statement.id, locale, "publication")))
}
