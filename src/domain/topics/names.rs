//! Names that wait to be confirmed, several at once.

use diesel::prelude::*;
use diesel_async::{AsyncConnection as _, RunQueryDsl};
use jiff::Timestamp;

use super::commands::{gone, take_turns};
use super::wanted::same_name;
use super::{Index, index};
use crate::domain::audit::{self, About, Verb};
use crate::domain::ids::TopicId;
use crate::domain::outcome::{Change, Problems, Refused};
use crate::domain::policy::{Action, Actor, may};
use crate::i18n::Locale;
use crate::infra::db::Connection;
use crate::infra::db::columns::LocaleColumn;
use crate::infra::db::schema::topic_names;

/// What somebody says of a topic's name in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The topic.
    pub topic: TopicId,
    /// The language.
    pub locale: Locale,
    /// The name that they saw.
    pub was: String,
    /// The name as it should be.
    pub name: String,
    /// Whether it is confirmed.
    pub confirmed: bool,
}

/// Corrects and confirms names that exist; gives how many topics have changed. All of it, or nothing.
pub async fn confirm(
    conn: &mut Connection,
    actor: Actor,
    all: &[Said],
    now: Timestamp,
) -> Result<(usize, Change), Refused> {
    may(actor, Action::KeepTopics)?;
    conn.transaction(async |conn| {
        take_turns(conn).await?;
        let index = index::load(conn).await?;
        problems(&index, all)?.into_result()?;
        let mut changed: Vec<TopicId> = Vec::new();
        for said in all {
            let written = diesel::update(topic_names::table.find((said.topic, LocaleColumn(said.locale))))
                .filter(topic_names::name.ne(&said.name).or(topic_names::confirmed.ne(said.confirmed)))
                .set((topic_names::name.eq(&said.name), topic_names::confirmed.eq(said.confirmed)))
                .execute(conn)
                .await?;
            if written > 0 && !changed.contains(&said.topic) {
                changed.push(said.topic);
            }
        }
        for topic in &changed {
            let about = About { topic_id: Some(*topic), ..About::default() };
            audit::record(conn, actor, now, Verb::TopicChanged, about).await?;
        }
        Ok((changed.len(), if changed.is_empty() { Change::Unseen } else { Change::Topics }))
    })
    .await
}

fn problems(index: &Index, all: &[Said]) -> Result<Problems, Refused> {
    let mut problems = Problems::default();
    for (place, said) in all.iter().enumerate() {
        let topic = index.get(said.topic).ok_or_else(|| gone(index, said.topic))?;
        let (number, language) = (topic.number, said.locale.own_name());
        let mut add = |why: &str| problems.add("names", format!("Topic {number}, {language}: {why}"));
        let today = topic.names.iter().find(|named| named.locale == said.locale);
        if today.is_none_or(|named| named.name != said.was) {
            let name = today.map_or("none", |named| &named.name);
            add(&format!("somebody changed the name meanwhile. It is {name} now."));
        } else if said.name.is_empty() {
            add("a name cannot be empty here. It can be taken away on the page of the topic.");
        } else if said.name.chars().count() > 120 {
            add("a name has at most 120 characters.");
        } else if said.name != said.was {
            let before = all.iter().take(place).any(|other| {
                other.topic != said.topic
                    && other.locale == said.locale
                    && other.name.to_lowercase() == said.name.to_lowercase()
            });
            if before || same_name(index, Some(said.topic), said.locale, &said.name).is_some() {
                add("another topic has this name already.");
            }
        }
    }
    Ok(problems)
}
