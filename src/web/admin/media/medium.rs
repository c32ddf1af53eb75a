//! One picture or file: what it is, what is said of it in each language, which texts show it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Path;
use askama::Template;

use super::{on_the_desk, side};
use crate::domain::accounts::users;
use crate::domain::ids::MediaId;
use crate::domain::media::library::{self, Entry};
use crate::domain::media::store;
use crate::domain::media::{Warning, Words, commands, shown};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::statements::showing::{self, Use};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/media/medium.html")]
struct MediumPage {
    desk: Desk,
    entry: Entry,
    words: Vec<Words>,
    name: String,
    uses: Vec<Use>,
    uploaded_by: Option<String>,
    may_change: bool,
}

impl MediumPage {
    fn is_picture(&self) -> bool {
        self.entry.medium.format.is_picture()
    }
    fn act(&self, act: &str) -> String {
        format!("{}{act}", urls::desk_medium(self.entry.medium.id))
    }
    fn warnings(&self) -> Vec<Warning> {
        self.entry.medium.warnings()
    }
    /// Each size: its address on the desk, what it is, its sides.
    fn sizes(&self) -> impl Iterator<Item = (String, String, Option<(i32, i32)>)> {
        let english = Locale::english();
        self.entry.blobs.iter().map(move |blob| {
            let sides = blob.width.map(|width| (width, side(blob.height)));
            (on_the_desk(&self.entry, blob), shown::label(blob, english), sides)
        })
    }
    /// The picture to look at: of a size that is enough for a page.
    fn picture(&self) -> Option<(String, i32, i32)> {
        let pictures = || self.entry.blobs.iter().filter(|blob| blob.format.is_picture());
        let blob = pictures().find(|blob| side(blob.width) >= 900).or_else(|| pictures().next_back())?;
        Some((on_the_desk(&self.entry, blob), side(blob.width), side(blob.height)))
    }
}

/// The page.
pub async fn show(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let id = MediaId(*id);
    let words = {
        let mut conn = editor.database.connection().await?;
        store::words_in_all(&mut conn, id).await?
    };
    look(&editor, id, StatusCode::OK, words, None, Problems::default()).await
}

async fn look(
    editor: &Editor,
    id: MediaId,
    status: StatusCode,
    words: Vec<Words>,
    name: Option<String>,
    problems: Problems,
) -> Result<HttpResponse, Error> {
    let mut conn = editor.database.connection().await?;
    let entry = library::entry(&mut conn, editor.actor().minding(), id).await?.ok_or(Error::NotFound)?;
    let uses = showing::uses(&mut conn, editor.actor(), id).await?;
    let uploaded_by = who(&mut conn, &entry).await?;
    drop(conn);
    let action = Action::KeepMedium { uploaded_by: entry.medium.uploaded_by };
    let page = MediumPage {
        desk: Desk::of(editor, Room::Media).await.with_problems(problems),
        name: name.unwrap_or_else(|| entry.medium.name.clone()),
        may_change: may(editor.actor(), action).is_ok(),
        entry,
        words,
        uses,
        uploaded_by,
    };
    html(status, &page)
}

async fn who(conn: &mut Connection, entry: &Entry) -> Result<Option<String>, Error> {
    let Some(id) = entry.medium.uploaded_by else { return Ok(None) };
    Ok(users::by_id(conn, id).await?.map(|user| user.name))
}

/// The words as filled in.
pub async fn update(editor: Editor, id: Path<i64>, fields: Fields) -> Result<HttpResponse, Error> {
    let id = MediaId(*id);
    let (words, name) = (typed(&fields), fields.line("name"));
    let outcome = {
        let mut conn = editor.database.connection().await?;
        commands::describe(&mut conn, editor.actor(), id, &name, &words, editor.clock.now()).await
    };
    match outcome {
        Ok(()) => {
            editor.say(
                "Saved. Texts that are public keep the words they went out with, until their next version.",
            );
            Ok(see_other(&urls::desk_medium(id)))
        }
        Err(Refused::Invalid(problems)) => {
            look(&editor, id, StatusCode::UNPROCESSABLE_ENTITY, words, Some(name), problems).await
        }
        // What was typed is not lost for want of a right: somebody who has it may still take it over.
        Err(Refused::Forbidden(why)) => {
            look(&editor, id, StatusCode::FORBIDDEN, words, Some(name), Problems::one("", why)).await
        }
        Err(other) => Err(other.into()),
    }
}

fn typed(fields: &Fields) -> Vec<Words> {
    Locale::all()
        .map(|locale| {
            let value = |field: &str| fields.line(&format!("{}.{field}", locale.path()));
            let decorative = fields.has(&format!("{}.decorative", locale.path()));
            Words::typed(locale, &value("alt"), decorative, &value("caption"), &value("credit"))
        })
        .collect()
}

/// Deletes what no text shows.
pub async fn destroy(editor: Editor, id: Path<i64>) -> Result<HttpResponse, Error> {
    let mut conn = editor.database.connection().await?;
    commands::delete(&mut conn, editor.actor(), MediaId(*id), editor.clock.now()).await?;
    // The bytes go at once where they can; if not, the next sweep takes them.
    if let Err(error) = commands::sweep(&mut conn, &editor.blobs, editor.clock.now()).await {
        log::warn!("what was deleted is still in the store of pictures and files: {error}");
    }
    editor.say("It is deleted.");
    Ok(see_other(urls::DESK_MEDIA))
}
