//! The library: what there is, found by words and by use.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::Item;
use crate::domain::ids::MediaId;
use crate::domain::media::library::{self, Filter, PAGE};
use crate::domain::policy::Actor;
use crate::text::clean;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::html;
use crate::web::urls;

/// What the library is narrowed to, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    text: String,
    used: String,
    older: String,
}

impl Narrowed {
    fn filter(&self, actor: Actor) -> Filter {
        Filter {
            minding: actor.minding(),
            text: clean::line(&self.text),
            used: match self.used.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            older_than: self.older.parse().ok().map(MediaId),
        }
    }

    /// The address of the same list from one on.
    fn from(&self, last: i64) -> String {
        let older = last.to_string();
        let all = [("text", &self.text), ("used", &self.used), ("older", &older)];
        let given: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", urls::DESK_MEDIA, serde_urlencoded::to_string(given).unwrap_or_default())
    }
}

#[derive(Template)]
#[template(path = "admin/media/library.html")]
struct LibraryPage {
    desk: Desk,
    narrowed: Narrowed,
    items: Vec<Item>,
    older: Option<String>,
}

impl LibraryPage {
    fn is_narrowed(&self) -> bool {
        [&self.narrowed.text, &self.narrowed.used, &self.narrowed.older].iter().any(|value| !value.is_empty())
    }
}

/// The newest of the library that fit.
pub async fn index(editor: Editor, narrowed: Query<Narrowed>) -> Result<HttpResponse, Error> {
    let mut entries = {
        let mut conn = editor.database.connection().await?;
        library::list(&mut conn, &narrowed.filter(editor.actor())).await?
    };
    let goes_on = entries.len() > PAGE;
    entries.truncate(PAGE);
    let items: Vec<Item> = entries.iter().map(Item::of).collect();
    let older = items.last().filter(|_| goes_on).map(|last| narrowed.from(last.id));
    let desk = Desk::of(&editor, Room::Media).await;
    html(StatusCode::OK, &LibraryPage { desk, narrowed: narrowed.into_inner(), items, older })
}
