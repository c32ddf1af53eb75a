//! What administrators choose for everybody.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::desk::{Desk, Room};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::settings::{self, Settings};
use crate::domain::zones::Zone;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/settings.html")]
struct SettingsPage {
    desk: Desk,
    settings: Settings,
    /// The zone as typed: it may be none.
    time_zone: String,
}

/// The form.
pub async fn edit(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepSettings)?;
    let settings = {
        let mut conn = editor.database.connection().await?;
        Settings::read(&mut conn).await?
    };
    let time_zone = settings.time_zone.name().to_owned();
    let desk = Desk::of(&editor, Room::Settings).await;
    html(StatusCode::OK, &SettingsPage { desk, settings, time_zone })
}

/// What was chosen.
pub async fn update(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepSettings)?;
    let typed = fields.line("time_zone");
    let zone = Zone::parse(&typed);
    let is_known = zone.is_some();
    let settings = Settings {
        four_eyes: fields.has("four_eyes"),
        time_zone: zone.unwrap_or_default(),
        second_factor_demanded: fields.has("second_factor_demanded"),
    };
    if !is_known {
        let problems =
            Problems::one("time_zone", "No time zone is called that. Please choose one from the list.");
        let desk = Desk::of(&editor, Room::Settings).await.with_problems(problems);
        return html(StatusCode::UNPROCESSABLE_ENTITY, &SettingsPage { desk, settings, time_zone: typed });
    }
    let saved = {
        let mut conn = editor.database.connection().await?;
        settings::update(&mut conn, editor.actor(), &settings, editor.clock.now()).await
    };
    match saved {
        Ok(change) => editor.apply(change),
        Err(Refused::Invalid(problems)) => {
            let desk = Desk::of(&editor, Room::Settings).await.with_problems(problems);
            return html(
                StatusCode::UNPROCESSABLE_ENTITY,
                &SettingsPage { desk, settings, time_zone: typed },
            );
        }
        Err(other) => return Err(other.into()),
    }
    editor.say("The settings are saved, and hold from now on.");
    Ok(see_other(urls::SETTINGS))
}
