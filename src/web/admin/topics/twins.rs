//! Topics that are probably the same.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::domain::ids::TopicId;
use crate::domain::policy::{Action, may};
use crate::domain::topics::twins::{self, Pair};
use crate::domain::topics::{Index, Topic};
use crate::i18n::Locale;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

#[derive(Template)]
#[template(path = "admin/topic_twins.html")]
struct TwinsPage {
    desk: Desk,
    index: Arc<Index>,
    pairs: Vec<Pair>,
    /// The pairs that are said to be none, and look like it still.
    said: Vec<(TopicId, TopicId)>,
}

impl TwinsPage {
    fn topic(&self, id: &TopicId) -> Option<&Topic> {
        self.index.get(*id)
    }

    fn name<'a>(&self, topic: &'a Topic) -> &'a str {
        topic.name(Locale::english())
    }

    fn merge(&self, one: &Topic, other: &Topic) -> String {
        format!("{}?into={}", urls::merge_topic(one.number), other.number)
    }
}

/// The pairs that nobody has said to be none.
pub fn open(index: &Index, said: &[(TopicId, TopicId)]) -> Vec<Pair> {
    let mut pairs = twins::find(index);
    pairs.retain(|pair| !said.contains(&(pair.one, pair.other)));
    pairs
}

/// All pairs.
pub async fn index(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = editor.topics().await;
    let mut said = {
        let mut conn = editor.database.connection().await?;
        twins::not_twins(&mut conn).await?
    };
    let pairs = open(&index, &said);
    said.retain(|(one, other)| index.get(*one).is_some() && index.get(*other).is_some());
    let desk = Desk::of(&editor, Room::Topics).await;
    html(StatusCode::OK, &TwinsPage { desk, index, pairs, said })
}

/// Says that two are no twins.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let (one, other) = two(&fields)?;
    let (actor, now) = (editor.actor(), editor.clock.now());
    let mut conn = editor.database.connection().await?;
    let change = twins::say_not_twins(&mut conn, actor, one, other, now).await?;
    editor.apply(change);
    editor.say("It is kept that these two are no twins.");
    Ok(see_other(urls::TWINS))
}

/// Takes that back.
pub async fn destroy(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    let (one, other) = two(&fields)?;
    let (actor, now) = (editor.actor(), editor.clock.now());
    let mut conn = editor.database.connection().await?;
    let change = twins::perhaps_twins(&mut conn, actor, one, other, now).await?;
    editor.apply(change);
    editor.say("These two are listed again.");
    Ok(see_other(urls::TWINS))
}

fn two(fields: &Fields) -> Result<(TopicId, TopicId), Error> {
    let id = |name: &str| fields.raw(name).parse().map(TopicId).map_err(|_| Error::BadRequest);
    Ok((id("one")?, id("other")?))
}
