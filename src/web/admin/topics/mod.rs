//! Topics on the desk: the list, and what belongs to one topic or two.

pub mod form;
pub mod merging;
pub mod names;
pub mod retagging;
pub mod twins;

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::desk::{Desk, Room};
use crate::domain::ids::TopicId;
use crate::domain::policy::{Action, may};
use crate::domain::statements::lists;
use crate::domain::topics::{self, Facet, Index, Topic};
use crate::i18n::{Locale, numbers};
use crate::text::{clean, fold};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::page::html;
use crate::web::urls::{self, Place};

/// What sorts of subject there are, as the desk calls them.
pub const FACETS: [(Facet, &str); 6] = [
    (Facet::Issue, "Issue"),
    (Facet::People, "People"),
    (Facet::Place, "Place"),
    (Facet::Body, "Institution"),
    (Facet::Event, "Event"),
    (Facet::Column, "Column"),
];

#[derive(Template)]
#[template(path = "admin/topics.html")]
struct TopicsPage {
    desk: Desk,
    index: Arc<Index>,
    narrowed: Narrowed,
    terms: Vec<String>,
    public: HashMap<TopicId, u64>,
    unconfirmed: usize,
    twins: usize,
    may_change: bool,
}

impl TopicsPage {
    fn shown(&self) -> Vec<Row<'_>> {
        let facet = Facet::parse(&self.narrowed.facet);
        let only_unconfirmed = self.narrowed.show == "unconfirmed";
        self.index
            .in_order(Locale::english())
            .filter(|topic| facet.is_none_or(|facet| topic.facet == facet))
            .filter(|topic| !only_unconfirmed || topic.is_to_be_confirmed())
            .map(|topic| Row { topic, words: searched(topic) })
            .filter(|row| self.terms.iter().all(|term| row.words.contains(term)))
            .collect()
    }

    fn facet(&self, topic: &Topic) -> &'static str {
        FACETS.iter().find(|(facet, _)| *facet == topic.facet).map_or("", |(_, name)| name)
    }

    fn count(&self, topic: &Topic) -> String {
        let count = self.public.get(&topic.id).copied().unwrap_or_default();
        numbers::whole(count, Locale::english())
    }

    fn parent(&self, topic: &Topic) -> Option<&str> {
        let parent = topic.parent.and_then(|id| self.index.get(id))?;
        Some(parent.name(Locale::english()))
    }
}

struct Row<'a> {
    topic: &'a Topic,
    /// Everything that it is found by, folded.
    words: String,
}

/// Everything that a topic is found by on the desk, in one form for all its spellings.
fn searched(topic: &Topic) -> String {
    let words: Vec<&str> = topic.words().chain([topic.slug.as_str()]).collect();
    format!("{} {}", fold::fold(&words.join(" ")), topic.number)
}

/// Which topics to show.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Narrowed {
    show: String,
    text: String,
    facet: String,
}

impl Narrowed {
    fn is_narrowed(&self) -> bool {
        [&self.show, &self.text, &self.facet].iter().any(|value| !value.is_empty())
    }
}

/// All topics, or those that fit; those with a name to be confirmed in a form to confirm them with.
pub async fn index(editor: Editor, narrowed: Query<Narrowed>) -> Result<HttpResponse, Error> {
    let narrowed = narrowed.into_inner();
    let may_change = may(editor.actor(), Action::KeepTopics).is_ok();
    // What is at hand will do: what this process changes it knows at once.
    let index = editor.topics().await;
    let (public, twins) = {
        let mut conn = editor.database.connection().await?;
        let public = lists::count_by_topic(&mut conn, index.ids()).await?;
        let said = topics::twins::not_twins(&mut conn).await?;
        let twins = if may_change { twins::open(&index, &said).len() } else { 0 };
        (public, twins)
    };
    if narrowed.show == "unconfirmed" && narrowed.text.is_empty() && may_change {
        return names::show(&editor, &index, StatusCode::OK, names::Typed::default()).await;
    }
    let page = TopicsPage {
        desk: Desk::of(&editor, Room::Topics).await,
        terms: fold::fold(&clean::line(&narrowed.text)).split_whitespace().map(str::to_owned).collect(),
        narrowed,
        public,
        unconfirmed: names::waiting(&index).count(),
        twins,
        may_change,
        index,
    };
    html(StatusCode::OK, &page)
}

/// All topics as they are now, for what is about to change them.
async fn load(editor: &Editor) -> Result<Index, Error> {
    let mut conn = editor.database.connection().await?;
    Ok(topics::index::load(&mut conn).await?)
}

fn public_path(topic: &Topic) -> String {
    Place::Topic(topic.slug.clone(), lists::Period::All).path(Locale::default_locale())
}
