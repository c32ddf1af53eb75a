//! One topic merged into another, after a look at what that does; and back.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;

use super::{load, public_path};
use crate::domain::filing::{self, Preview};
use crate::domain::ids::MergeId;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::topics::{Index, Topic};
use crate::i18n::{Locale, numbers};
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/topic_merge.html")]
struct MergePage {
    desk: Desk,
    index: Arc<Index>,
    topic: Topic,
    preview: Option<Preview>,
}

impl MergePage {
    async fn show(
        editor: &Editor,
        status: StatusCode,
        index: Arc<Index>,
        topic: Topic,
        preview: Option<Preview>,
        problems: Problems,
    ) -> Result<HttpResponse, Error> {
        let desk = Desk::of(editor, Room::Topics).await.with_problems(problems);
        html(status, &Self { desk, index, topic, preview })
    }

    fn others(&self) -> impl Iterator<Item = &Topic> {
        self.index.in_order(Locale::english()).filter(|topic| topic.id != self.topic.id)
    }

    fn is_chosen(&self, topic: &Topic) -> bool {
        self.preview.as_ref().is_some_and(|preview| preview.into.id == topic.id)
    }

    fn path(&self, topic: &Topic) -> String {
        public_path(topic)
    }

    fn moving(&self, preview: &Preview) -> String {
        let moved = match preview.moving {
            0 => return "No statement is filed under it.".to_owned(),
            1 => "1 statement moves".to_owned(),
            n => format!("{} statements move", whole(n)),
        };
        let both = match preview.both {
            0 => "none has both".to_owned(),
            1 => "1 has both".to_owned(),
            n => format!("{} have both", whole(n)),
        };
        let public = match preview.public {
            0 => "None is public.".to_owned(),
            1 => "1 is public, and readers find it under the other topic at once.".to_owned(),
            n => format!("{} are public, and readers find them under the other topic at once.", whole(n)),
        };
        format!("{moved}, {both}. {public}")
    }

    /// The intros that readers will not see any more.
    fn has_intro(&self) -> bool {
        self.topic.names.iter().any(|named| !named.intro.is_empty())
    }

    fn narrower(&self) -> Vec<&Topic> {
        self.index.below(self.topic.id, Locale::english()).collect()
    }
}

fn whole(number: i64) -> String {
    numbers::whole(u64::try_from(number).unwrap_or_default(), Locale::english())
}

/// Where to.
#[derive(Deserialize)]
pub struct Into {
    #[serde(default)]
    into: String,
}

/// The choice of the other topic, and once it is made what would happen.
pub async fn new(editor: Editor, number: Path<i32>, into: Query<Into>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = editor.topics().await;
    let topic = index.led_to_by_number(*number).ok_or(Error::NotFound)?.clone();
    if topic.number != *number {
        return Ok(see_other(&urls::desk_topic(*number)));
    }
    if into.into.is_empty() {
        return MergePage::show(&editor, StatusCode::OK, index, topic, None, Problems::default()).await;
    }
    let Some(other) = meant(&index, &into.into) else {
        return unknown(&editor, index, topic).await;
    };
    let preview = {
        let mut conn = editor.database.connection().await?;
        filing::preview(&mut conn, &index, topic.id, other).await
    };
    match preview {
        Ok(preview) => {
            MergePage::show(&editor, StatusCode::OK, index, topic, Some(preview), Problems::default()).await
        }
        Err(Refused::Invalid(problems)) => {
            MergePage::show(&editor, StatusCode::UNPROCESSABLE_ENTITY, index, topic, None, problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// The topic of a number.
fn meant(index: &Index, number: &str) -> Option<crate::domain::ids::TopicId> {
    let number = number.trim().parse().ok()?;
    index.led_to_by_number(number).map(|topic| topic.id)
}

async fn unknown(editor: &Editor, index: Arc<Index>, topic: Topic) -> Result<HttpResponse, Error> {
    let problems = Problems::one("into", "Please choose the topic to merge it into.");
    MergePage::show(editor, StatusCode::UNPROCESSABLE_ENTITY, index, topic, None, problems).await
}

/// Merges them.
pub async fn create(editor: Editor, number: Path<i32>, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = Arc::new(load(&editor).await?);
    let locale = Locale::english();
    let own = index.by_number(*number).map(|topic| topic.id);
    let gone = || index.merged_by_number(*number).map(|gone| gone.id);
    let id = own.or_else(gone).ok_or(Error::NotFound)?;
    let Some(into) = meant(&index, fields.raw("into")).and_then(|id| index.get(id)).cloned() else {
        let topic = index.led_to_by_number(*number).ok_or(Error::NotFound)?.clone();
        return unknown(&editor, index, topic).await;
    };
    let outcome = {
        let mut conn = editor.database.connection().await?;
        filing::merge(&mut conn, editor.actor(), id, into.id, editor.clock.now()).await
    };
    match outcome {
        Ok((merge, change)) => {
            editor.apply(change);
            let name = index.get(id).map_or("", |topic| topic.name(locale));
            let text = format!("“{name}” is merged into “{}”. Its addresses lead there.", into.name(locale));
            editor.say_with_undo(text, urls::undo_merge(merge));
            Ok(see_other(&urls::desk_topic(into.number)))
        }
        Err(Refused::Invalid(problems)) => {
            let topic = index.get(id).ok_or(Error::NotFound)?.clone();
            MergePage::show(&editor, StatusCode::UNPROCESSABLE_ENTITY, index, topic, None, problems).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Undoes a merge.
pub async fn destroy(editor: Editor, merge: Path<i64>) -> Result<HttpResponse, Error> {
    let change = {
        let mut conn = editor.database.connection().await?;
        filing::unmerge(&mut conn, editor.actor(), MergeId(*merge), editor.clock.now()).await?
    };
    editor.apply(change);
    editor.say("The merge is undone. The topic has its statements, names and addresses again.");
    Ok(see_other(urls::DESK_TOPICS))
}
