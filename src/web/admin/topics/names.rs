//! Names that wait to be confirmed: all of them side by side, to be corrected and confirmed in place.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::load;
use crate::domain::outcome::{Problems, Refused};
use crate::domain::policy::{Action, may};
use crate::domain::topics::names::{self, Said};
use crate::domain::topics::{Index, Named, Topic};
use crate::i18n::Locale;
use crate::web::admin::desk::{Desk, Room};
use crate::web::error::Error;
use crate::web::extract::Editor;
use crate::web::form::Fields;
use crate::web::page::{html, see_other};
use crate::web::urls;

/// What somebody filled in, to be shown again, with what is wrong with it.
#[derive(Default)]
pub struct Typed {
    fields: Option<Fields>,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "admin/topic_names.html")]
struct NamesPage<'a> {
    desk: Desk,
    topics: Vec<&'a Topic>,
    typed: Option<Fields>,
}

impl NamesPage<'_> {
    /// The name of a field of a topic's name in a language.
    fn field(&self, topic: &Topic, locale: &Locale, what: &str) -> String {
        field(topic, *locale, what)
    }

    fn named<'a>(&self, topic: &'a Topic, locale: &Locale) -> Option<&'a Named> {
        topic.names.iter().find(|named| named.locale == *locale)
    }

    fn value(&self, topic: &Topic, named: &Named) -> String {
        let typed = self.typed.as_ref().filter(|fields| fields.has(&field(topic, named.locale, "name")));
        typed.map_or_else(|| named.name.clone(), |fields| fields.line(&field(topic, named.locale, "name")))
    }

    fn is_ticked(&self, topic: &Topic, named: &Named) -> bool {
        self.typed.as_ref().is_some_and(|fields| fields.has(&field(topic, named.locale, "confirmed")))
    }
}

fn field(topic: &Topic, locale: Locale, what: &str) -> String {
    format!("{}.{}.{what}", topic.number, locale.path())
}

/// The topics with a name that waits to be confirmed.
pub fn waiting(index: &Index) -> impl Iterator<Item = &Topic> {
    index.in_order(Locale::english()).filter(|topic| topic.is_to_be_confirmed())
}

/// Answers with the table.
pub async fn show(
    editor: &Editor,
    index: &Index,
    status: StatusCode,
    typed: Typed,
) -> Result<HttpResponse, Error> {
    let desk = Desk::of(editor, Room::Topics).await.with_problems(typed.problems);
    html(status, &NamesPage { desk, topics: waiting(index).collect(), typed: typed.fields })
}

/// Corrects what was corrected; confirms what is ticked, or all names of the topic whose button was pressed.
pub async fn update(editor: Editor, fields: Fields) -> Result<HttpResponse, Error> {
    may(editor.actor(), Action::KeepTopics)?;
    let index = load(&editor).await?;
    let only: Option<i32> = fields.raw("only").parse().ok();
    let said = said(&index, &fields, only);
    let outcome = {
        let mut conn = editor.database.connection().await?;
        names::confirm(&mut conn, editor.actor(), &said, editor.clock.now()).await
    };
    match outcome {
        Ok((changed, change)) => {
            editor.apply(change);
            editor.say(match changed {
                0 => "Nothing was changed.".to_owned(),
                1 => "The names of 1 topic are saved.".to_owned(),
                n => format!("The names of {n} topics are saved."),
            });
            Ok(see_other(&format!("{}?show=unconfirmed", urls::DESK_TOPICS)))
        }
        Err(Refused::Invalid(problems)) => {
            let typed = Typed { fields: Some(fields), problems };
            show(&editor, &index, StatusCode::UNPROCESSABLE_ENTITY, typed).await
        }
        Err(Refused::Conflict(why)) => {
            let typed = Typed { fields: Some(fields), problems: Problems::one("", why) };
            show(&editor, &index, StatusCode::CONFLICT, typed).await
        }
        Err(other) => Err(other.into()),
    }
}

/// What the form says otherwise than it was when it was opened.
fn said(index: &Index, fields: &Fields, only: Option<i32>) -> Vec<Said> {
    let topics = index.in_order(Locale::english());
    topics
        .filter(|topic| only.is_none_or(|number| topic.number == number))
        .flat_map(|topic| topic.names.iter().map(move |named| (topic, named)))
        .filter(|(topic, named)| fields.has(&field(topic, named.locale, "was")))
        .filter_map(|(topic, named)| {
            let line = |what: &str| fields.line(&field(topic, named.locale, what));
            let (was, name) = (line("was"), line("name"));
            let ticked = fields.has(&field(topic, named.locale, "confirmed"));
            let confirmed = named.confirmed || ticked || only.is_some();
            (was != name || (confirmed && !named.confirmed)).then_some(Said {
                topic: topic.id,
                locale: named.locale,
                was,
                name,
                confirmed,
            })
        })
        .collect()
}
