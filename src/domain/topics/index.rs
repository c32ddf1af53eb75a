//! All topics with all their names: small enough to be read whole, and to be kept at hand.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::Facet;
use crate::domain::ids::{StatementId, TopicId};
use crate::i18n::{Locale, order};
use crate::infra::db::Connection;
use crate::infra::db::schema::{statement_topics, topic_aliases, topic_names, topic_slugs, topics};

/// What a topic is called in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The language.
    pub locale: Locale,
    /// The name.
    pub name: String,
    /// A few sentences for the head of its page; may be empty.
    pub intro: String,
    /// Whether somebody who knows has confirmed the name.
    pub confirmed: bool,
}

/// A topic with all its names.
#[derive(Clone, Debug)]
pub struct Topic {
    /// The id.
    pub id: TopicId,
    /// The public number.
    pub number: i32,
    /// What sort of subject it is.
    pub facet: Facet,
    /// The slug of its address today.
    pub slug: String,
    /// Its names.
    pub names: Vec<Named>,
    /// Other words for it.
    pub aliases: Vec<String>,
}

impl Topic {
    /// What it is called in a language; where it has no name there, the first name it has.
    pub fn named(&self, locale: Locale) -> Option<&Named> {
        choose(&self.names, locale)
    }

    /// Its name, as in [`Topic::named`]; the slug where it has none at all.
    pub fn name(&self, locale: Locale) -> &str {
        self.named(locale).map_or(&self.slug, |named| &named.name)
    }

    /// Whether a name waits to be confirmed.
    pub fn is_to_be_confirmed(&self) -> bool {
        self.names.iter().any(|named| !named.confirmed)
    }
}

/// All topics, in the alphabetical order of each language.
#[derive(Clone, Debug, Default)]
pub struct Index {
    topics: Vec<Topic>,
    sorted: HashMap<Locale, Vec<usize>>,
}

impl Index {
    /// Puts topics into the order of every language.
    pub fn new(topics: Vec<Topic>) -> Self {
        let sorted = Locale::all()
            .map(|locale| {
                let mut places: Vec<usize> = (0..topics.len()).collect();
                let order = order::of(locale);
                places.sort_by(|one, two| order(topics[*one].name(locale), topics[*two].name(locale)));
                (locale, places)
            })
            .collect();
        Self { topics, sorted }
    }

    /// The topics in the alphabetical order of a language.
    pub fn in_order(&self, locale: Locale) -> impl Iterator<Item = &Topic> {
        self.sorted.get(&locale).into_iter().flatten().filter_map(|place| self.topics.get(*place))
    }

    /// The topic with an id.
    pub fn get(&self, id: TopicId) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The topic with a public number.
    pub fn by_number(&self, number: i32) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.number == number)
    }

    /// The topic that a person means by a slug or by a name in any language, in any letter case.
    pub fn meant_by(&self, word: &str) -> Option<&Topic> {
        let folded = word.trim().to_lowercase();
        self.topics.iter().find(|topic| topic.slug == folded).or_else(|| {
            self.topics.iter().find(|topic| topic.names.iter().any(|n| n.name.to_lowercase() == folded))
        })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.topics.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }
}

/// Reads all topics: three queries of a few hundred rows.
pub async fn load(conn: &mut Connection) -> QueryResult<Index> {
    let rows: Vec<(TopicId, i32, Facet, String)> = topics::table
        .inner_join(topic_slugs::table.on(topic_slugs::topic_id.eq(topics::id).and(topic_slugs::is_current)))
        .order(topics::number)
        .select((topics::id, topics::number, topics::facet, topic_slugs::slug))
        .load(conn)
        .await?;
    let mut names: HashMap<TopicId, Vec<Named>> = HashMap::new();
    for (id, tag, name, intro, confirmed) in topic_names::table
        .select((
            topic_names::topic_id,
            topic_names::locale,
            topic_names::name,
            topic_names::intro,
            topic_names::confirmed,
        ))
        .load::<(TopicId, String, String, String, bool)>(conn)
        .await?
    {
        // A language that this program has not been given is not shown, and no reason to fail.
        if let Some(locale) = Locale::parse(&tag) {
            names.entry(id).or_default().push(Named { locale, name, intro, confirmed });
        }
    }
    let mut aliases: HashMap<TopicId, Vec<String>> = HashMap::new();
    for (id, alias) in topic_aliases::table
        .select((topic_aliases::topic_id, topic_aliases::alias))
        .order(topic_aliases::alias)
        .load::<(TopicId, String)>(conn)
        .await?
    {
        aliases.entry(id).or_default().push(alias);
    }
    Ok(Index::new(
        rows.into_iter()
            .map(|(id, number, facet, slug)| {
                let mut names = names.remove(&id).unwrap_or_default();
                sort(&mut names);
                Topic { id, number, facet, slug, names, aliases: aliases.remove(&id).unwrap_or_default() }
            })
            .collect(),
    ))
}

/// The topic that a slug leads to, with the slug it has today: another one where the topic was renamed.
pub async fn by_slug(conn: &mut Connection, slug: &str) -> QueryResult<Option<(TopicId, String)>> {
    let current = diesel::alias!(topic_slugs as current);
    topic_slugs::table
        .inner_join(
            current.on(current
                .field(topic_slugs::topic_id)
                .eq(topic_slugs::topic_id)
                .and(current.field(topic_slugs::is_current))),
        )
        .filter(topic_slugs::slug.eq(slug))
        .select((topic_slugs::topic_id, current.field(topic_slugs::slug)))
        .first(conn)
        .await
        .optional()
}

/// The name in a language; where there is none, the first there is.
pub fn choose(names: &[Named], locale: Locale) -> Option<&Named> {
    names.iter().find(|named| named.locale == locale).or(names.first())
}

/// The names of one topic.
pub async fn names_of(conn: &mut Connection, id: TopicId) -> QueryResult<Vec<Named>> {
    let rows: Vec<(String, String, String, bool)> = topic_names::table
        .filter(topic_names::topic_id.eq(id))
        .select((topic_names::locale, topic_names::name, topic_names::intro, topic_names::confirmed))
        .load(conn)
        .await?;
    let named = |(tag, name, intro, confirmed): (String, _, _, _)| {
        Some(Named { locale: Locale::parse(&tag)?, name, intro, confirmed })
    };
    let mut names: Vec<Named> = rows.into_iter().filter_map(named).collect();
    sort(&mut names);
    Ok(names)
}

fn sort(names: &mut [Named]) {
    names.sort_by_key(|named| Locale::all().position(|locale| locale == named.locale));
}

/// The topics that a statement is filed under.
pub async fn of_statement(conn: &mut Connection, statement: StatementId) -> QueryResult<Vec<TopicId>> {
    statement_topics::table
        .filter(statement_topics::statement_id.eq(statement))
        .select(statement_topics::topic_id)
        .load(conn)
        .await
}
