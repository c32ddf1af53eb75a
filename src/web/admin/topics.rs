//! Topics on the desk: the list, and one topic's names, intro and address.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use askama::Template;
use serde::Deserialize;

use super::desk::{Desk, Room};
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::topics::commands::{self, Wanted};
use crate::domain::topics::{self, Facet, Index, Named, Topic};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls::{self, Place};

#[derive(Template)]
#[template(path = "admin/topics.html")]
struct TopicsPage {
    desk: Desk,
    index: Index,
    only_unconfirmed: bool,
    unconfirmed: usize,
    may_change: bool,
}

impl TopicsPage {
    fn shown(&self) -> impl Iterator<Item = &Topic> {
        let all = self.index.in_order(Locale::default_locale());
        all.filter(|topic| !self.only_unconfirmed || topic.is_to_be_confirmed())
    }
}

/// Which topics to show.
#[derive(Deserialize)]
pub struct Narrowed {
    #[serde(default)]
    show: String,
}

/// All topics, or those with a name to be confirmed.
pub async fn index(editor: Editor, narrowed: Query<Narrowed>) -> Result<HttpResponse, Error> {
    let index = load(&editor).await?;
    let page = TopicsPage {
        desk: Desk::of(&editor, Room::Topics).await,
        only_unconfirmed: narrowed.show == "unconfirmed",
        unconfirmed: index
            .in_order(Locale::default_locale())
            .filter(|topic| topic.is_to_be_confirmed())
            .count(),
        may_change: may(editor.actor(), Action::KeepTopics).is_ok(),
        index,
    };
    html(StatusCode::OK, &page)
}

#[derive(Template)]
#[template(path = "admin/topic.html")]
struct TopicPage {
    desk: Desk,
    /// The topic; `None` for a new one.
    number: Option<i32>,
    facet: String,
    slug: String,
    names: Vec<Named>,
    public: Option<String>,
}

impl TopicPage {
    fn action(&self) -> String {
        self.number.map_or_else(|| urls::DESK_TOPICS.to_owned(), urls::desk_topic)
    }
}

/// The form for a new topic.
pub async fn new(editor: Editor) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let desk = Desk::of(&editor, Room::Topics).await;
    let page = TopicPage {
        desk,
        number: None,
        facet: String::new(),
        slug: String::new(),
        names: in_all(&[]),
        public: None,
    };
    html(StatusCode::OK, &page)
}

/// The form for a topic that exists.
pub async fn edit(editor: Editor, number: Path<i32>) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = load(&editor).await?;
    let topic = index.by_number(*number).ok_or(Error::NotFound)?;
    let page = TopicPage {
        desk: Desk::of(&editor, Room::Topics).await,
        number: Some(topic.number),
        facet: topic.facet.to_string(),
        slug: topic.slug.clone(),
        names: in_all(&topic.names),
        public: Some(public_path(topic)),
    };
    html(StatusCode::OK, &page)
}

/// A new topic as filled in.
pub async fn create(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    keep(editor, None, fields).await
}

/// A topic that exists, as filled in.
pub async fn update(editor: Editor, number: Path<i32>, fields: Fields) -> Result<HttpResponse, Error> {
    keep(editor, Some(*number), fields).await
}

async fn keep(editor: Editor, number: Option<i32>, fields: Fields) -> Result<HttpResponse, Error> {
    let names = names_of(&fields);
    let (facet, slug) = (fields.line("facet"), fields.line("slug").to_lowercase());
    let refused = match Facet::parse(&facet) {
        None => Problems::one("facet", "Please choose what sort of subject this is."),
        Some(facet) => {
            let wanted = Wanted { facet, slug: slug.clone(), names: names.clone() };
            let mut conn = editor.database.connection().await?;
            match write(&mut conn, &editor, number, wanted).await {
                Ok(()) => return Ok(see_other(urls::DESK_TOPICS)),
                Err(Refused::Invalid(problems)) => problems,
                Err(other) => return Err(other.into()),
            }
        }
    };
    let desk = Desk::of(&editor, Room::Topics).await.with_problems(refused);
    html(StatusCode::UNPROCESSABLE_ENTITY, &TopicPage { desk, number, facet, slug, names, public: None })
}

async fn write(
    conn: &mut Connection,
    editor: &Editor,
    number: Option<i32>,
    wanted: Wanted,
) -> Result<(), Refused> {
    let (actor, now) = (editor.actor(), editor.clock.now());
    let change = match number {
        None => {
            let (_, change) = commands::add(conn, actor, wanted, now).await?;
            editor.say("The topic is added.");
            change
        }
        Some(number) => {
            let id = topics::index::load(conn).await?.by_number(number).ok_or(Refused::NotFound)?.id;
            let change = commands::update(conn, actor, id, wanted, now).await?;
            editor.say("The topic is saved, and readers see it now.");
            change
        }
    };
    editor.apply(change);
    Ok(())
}

async fn load(editor: &Editor) -> Result<Index, Error> {
    let mut conn = editor.database.connection().await?;
    Ok(topics::index::load(&mut conn).await?)
}

fn public_path(topic: &Topic) -> String {
    let period = crate::domain::statements::lists::Period::All;
    Place::Topic(topic.slug.clone(), period).path(Locale::default_locale())
}

/// A place for a name in every language, filled with those there are.
fn in_all(names: &[Named]) -> Vec<Named> {
    Locale::all()
        .map(|locale| {
            let known = names.iter().find(|named| named.locale == locale).cloned();
            known.unwrap_or_else(|| Named {
                locale,
                name: String::new(),
                intro: String::new(),
                confirmed: true,
            })
        })
        .collect()
}

fn names_of(fields: &Fields) -> Vec<Named> {
    Locale::all()
        .map(|locale| {
            let named = |field: &str| format!("{}.{field}", locale.path());
            Named {
                locale,
                name: fields.line(&named("name")),
                intro: fields.line(&named("intro")),
                confirmed: fields.has(&named("confirmed")),
            }
        })
        .collect()
}
