//! Reading topics.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::RunQueryDsl;

use super::Index;
use crate::domain::ids::{StatementId, TopicId};
use crate::domain::topics::{Facet, Merged, Named, Topic};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::schema::{
    statement_topics, topic_aliases, topic_names, topic_relations, topic_slugs, topics,
};

/// Reads all topics: five queries of a few hundred rows.
pub async fn load(conn: &mut Connection) -> QueryResult<Index> {
    type Row = (TopicId, i32, Facet, Option<TopicId>, Option<TopicId>);
    let rows: Vec<Row> = topics::table
        .order(topics::number)
        .select((topics::id, topics::number, topics::facet, topics::parent_id, topics::merged_into))
        .load(conn)
        .await?;
    let mut slugs = slugs(conn).await?;
    let mut names = names(conn).await?;
    let mut aliases = aliases(conn).await?;
    let mut relations = relations(conn).await?;
    let (mut standing, mut merged) = (Vec::new(), Vec::new());
    for (id, number, facet, parent, into) in rows {
        let slugs = slugs.remove(&id).unwrap_or_default();
        let names = names.remove(&id).unwrap_or_default();
        let aliases = aliases.remove(&id).unwrap_or_default();
        let see_also = relations.remove(&id).unwrap_or_default();
        if let Some(into) = into {
            merged.push(Merged { id, number, slugs, names, aliases, see_also, into });
        } else {
            let mut slugs = slugs.into_iter();
            let slug = slugs.next().unwrap_or_default();
            let (old_slugs, former) = (slugs.collect(), Vec::new());
            standing.push(Topic {
                id,
                number,
                facet,
                slug,
                old_slugs,
                names,
                aliases,
                former,
                parent,
                see_also,
            });
        }
    }
    Ok(Index::new(standing, merged))
}

/// All slugs of each topic, the one of today first.
async fn slugs(conn: &mut Connection) -> QueryResult<HashMap<TopicId, Vec<String>>> {
    let rows: Vec<(TopicId, String)> = topic_slugs::table
        .order((topic_slugs::is_current.desc(), topic_slugs::slug))
        .select((topic_slugs::topic_id, topic_slugs::slug))
        .load(conn)
        .await?;
    Ok(by_topic(rows))
}

async fn names(conn: &mut Connection) -> QueryResult<HashMap<TopicId, Vec<Named>>> {
    type Row = (TopicId, String, String, String, bool);
    let rows: Vec<Row> = topic_names::table
        .select((
            topic_names::topic_id,
            topic_names::locale,
            topic_names::name,
            topic_names::intro,
            topic_names::confirmed,
        ))
        .load(conn)
        .await?;
    // A language that this program has not been given is not shown, and no reason to fail.
    let known = rows.into_iter().filter_map(|(id, tag, name, intro, confirmed)| {
        Some((id, Named { locale: Locale::parse(&tag)?, name, intro, confirmed }))
    });
    let mut names = by_topic(known);
    names.values_mut().for_each(|names| sort(names));
    Ok(names)
}

async fn aliases(conn: &mut Connection) -> QueryResult<HashMap<TopicId, Vec<String>>> {
    let rows: Vec<(TopicId, String)> = topic_aliases::table
        .order(topic_aliases::alias)
        .select((topic_aliases::topic_id, topic_aliases::alias))
        .load(conn)
        .await?;
    Ok(by_topic(rows))
}

async fn relations(conn: &mut Connection) -> QueryResult<HashMap<TopicId, Vec<TopicId>>> {
    let rows: Vec<(TopicId, TopicId)> = topic_relations::table
        .select((topic_relations::one_id, topic_relations::other_id))
        .load(conn)
        .await?;
    Ok(by_topic(rows))
}

fn by_topic<T>(rows: impl IntoIterator<Item = (TopicId, T)>) -> HashMap<TopicId, Vec<T>> {
    let mut all: HashMap<TopicId, Vec<T>> = HashMap::new();
    for (id, of_it) in rows {
        all.entry(id).or_default().push(of_it);
    }
    all
}

#[derive(QueryableByName)]
struct Led {
    #[diesel(sql_type = BigInt)]
    topic_id: TopicId,
    #[diesel(sql_type = Text)]
    slug: String,
}

/// The topic that a slug leads to, with the slug it has today: another one where the topic was renamed,
/// another topic where it was merged, and so on from there.
pub async fn by_slug(conn: &mut Connection, slug: &str) -> QueryResult<Option<(TopicId, String)>> {
    let led: Option<Led> = diesel::sql_query(
        "with recursive way (id, into_id) as (
             select id, merged_into from topics join topic_slugs on topic_id = id where slug = $1
             union select t.id, t.merged_into from way join topics t on t.id = way.into_id
         )
         select s.topic_id, s.slug from way join topic_slugs s on s.topic_id = way.id and s.is_current
         where way.into_id is null",
    )
    .bind::<Text, _>(slug)
    .get_result(conn)
    .await
    .optional()?;
    Ok(led.map(|led| (led.topic_id, led.slug)))
}

#[derive(QueryableByName)]
struct Way {
    #[diesel(sql_type = BigInt)]
    start: TopicId,
    #[diesel(sql_type = BigInt)]
    id: TopicId,
}

/// The topics that these lead to, in the same order: themselves, or what they were merged into. What
/// is no topic stays as it is.
pub async fn led_to(conn: &mut Connection, ids: &[TopicId]) -> QueryResult<Vec<TopicId>> {
    let ways: Vec<Way> = diesel::sql_query(
        "with recursive way (start, id, into_id) as (
             select id, id, merged_into from topics where id = any($1)
             union select way.start, t.id, t.merged_into from way join topics t on t.id = way.into_id
         )
         select start, id from way where into_id is null",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await?;
    let ends: HashMap<TopicId, TopicId> = ways.into_iter().map(|way| (way.start, way.id)).collect();
    Ok(ids.iter().map(|id| ends.get(id).copied().unwrap_or(*id)).collect())
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
    names.sort_by_key(|named| named.locale.place());
}

/// The topics that a statement is filed under.
pub async fn of_statement(conn: &mut Connection, statement: StatementId) -> QueryResult<Vec<TopicId>> {
    statement_topics::table
        .filter(statement_topics::statement_id.eq(statement))
        .select(statement_topics::topic_id)
        .load(conn)
        .await
}
