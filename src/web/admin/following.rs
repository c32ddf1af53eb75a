//! Which version of its original a translation follows.

use actix_web::HttpResponse;
use actix_web::web::Path;

use super::statements::found;
use crate::domain::ids::VersionId;
use crate::domain::statements::commands;
use crate::domain::statements::following::{self, Followed};
use crate::domain::statements::store::{Statement, Translation};
use crate::i18n::{Locale, dates};
use crate::infra::db::{self, Connection};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::see_other;
use crate::web::urls;

/// Says that a translation follows its original as that is today, and needs no change for it.
pub async fn confirm(editor: Editor, path: Path<(i64, String)>) -> Result<HttpResponse, Error> {
    let (statement, locale) = found(&editor, &path).await?;
    let mut conn = editor.database.connection().await?;
    let change =
        commands::confirm_following(&mut conn, editor.actor(), statement.id, locale, editor.clock.now())
            .await?;
    editor.apply(change);
    editor.say("Noted: this translation follows its original as it is today.");
    Ok(see_other(&urls::desk(statement.id, locale, "")))
}

/// What a translation can say it follows when it goes out: a field of the page that publishes it.
#[derive(Default)]
pub struct Choice {
    /// Value and words of each version of the original, the newest first.
    pub options: Vec<(String, String)>,
    /// The value that is chosen.
    pub chosen: String,
}

impl Choice {
    /// The choice for a translation; empty for an original, and while that is not public.
    pub async fn read(
        conn: &mut Connection,
        statement: &Statement,
        text: &Translation,
        fields: &Fields,
    ) -> Result<Self, db::Error> {
        if text.locale == statement.original_locale {
            return Ok(Self::default());
        }
        let offered = following::offered(conn, statement).await?;
        let (_, will_follow) = following::of(conn, text.id).await?;
        let typed = fields.line("follows");
        Ok(Self {
            options: offered.iter().enumerate().map(|(place, version)| option(version, place == 0)).collect(),
            chosen: if fields.has("follows") {
                typed
            } else {
                will_follow.map(|version| version.to_string()).unwrap_or_default()
            },
        })
    }

    /// What was chosen in a form; `None`: the original as it is when the translation goes out.
    pub fn typed(fields: &Fields) -> Option<VersionId> {
        fields.line("follows").parse().ok().map(VersionId)
    }
}

/// The newest has no value: should the original change before the translation goes out, the translation
/// follows what is public then.
fn option(version: &Followed, is_todays: bool) -> (String, String) {
    let date = dates::day(dates::of_moment(version.published_at), Locale::english());
    let name = format!("Version {}, of {date}", version.n);
    if is_todays {
        (String::new(), format!("{name}: the original as it is today"))
    } else {
        (version.id.to_string(), format!("Still {name}; to be updated later"))
    }
}
