//! The index of topics, and a topic with its periods.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Query;
use askama::Template;

use super::lists::{self, Around, GoesOn, Head, TopicLink};
use crate::domain::ids::TopicId;
use crate::domain::statements::lists::{Period, Shelf};
use crate::domain::topics::{self, Index, Topic};
use crate::i18n::{Locale, Phrase};
use crate::web::error::Error;
use crate::web::extract::{Parts, Reader};
use crate::web::page::{Layout, Section, html};
use crate::web::urls::Place;

#[derive(Template)]
#[template(path = "site/topics.html")]
struct TopicsPage {
    layout: Layout,
}

/// All topics.
pub async fn index(reader: Reader) -> Result<HttpResponse, Error> {
    html(
        StatusCode::OK,
        &TopicsPage { layout: Layout::of_list(&reader, reader.locale, &Place::Topics).await },
    )
}

/// A topic, or a period of it. A slug that the topic once had leads to the one it has today.
pub async fn show(reader: Reader, parts: Parts, goes_on: Query<GoesOn>) -> Result<HttpResponse, Error> {
    let period = parts.period()?;
    let slug = parts.get("slug").unwrap_or_default();
    let (topic, names) = {
        let mut conn = reader.database.connection().await?;
        let (id, current) = topics::index::by_slug(&mut conn, slug).await?.ok_or(Error::NotFound)?;
        if current != slug {
            return Err(Error::Moved(Place::Topic(current, period).path(reader.locale)));
        }
        (id, topics::index::names_of(&mut conn, id).await?)
    };
    let named = topics::choose(&names, reader.locale);
    // From what every page has at hand: no query, and nothing but these lines is missing where it is old.
    let around = around(&*reader.topics().await, topic, reader.locale);
    let w = reader.locale.words();
    let head = Head {
        label: Some(&w.topic),
        title: named.map_or_else(
            || Phrase::of(slug, None),
            |named| Phrase::of(&named.name, Some(named.locale).filter(|own| *own != reader.locale)),
        ),
        intro: named.filter(|named| named.locale == reader.locale).map_or("", |named| &named.intro),
        around: if period == Period::All { around } else { Around::default() },
    };
    let place = |period| Place::Topic(slug.to_owned(), period);
    lists::show(&reader, head, Shelf::Topic(topic), period, goes_on.below, place).await
}

/// The topics around a topic, those called first in the language that come first in it.
fn around(index: &Index, id: TopicId, locale: Locale) -> Around {
    let link = |topic: &Topic| TopicLink {
        name: topic.name(locale).to_owned(),
        locale: topic.named(locale).map(|named| named.locale).filter(|own| *own != locale),
        path: Place::Topic(topic.slug.clone(), Period::All).path(locale),
    };
    let related = index.get(id).map(|topic| topic.see_also.as_slice()).unwrap_or_default();
    Around {
        wider: index.above(id).into_iter().map(link).collect(),
        narrower: index.below(id, locale).map(link).collect(),
        see_also: index.in_order(locale).filter(|topic| related.contains(&topic.id)).map(link).collect(),
    }
}
