//! Which statements would change, and which would not, and why.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::domain::ids::{StatementId, TopicId, UserId};
use crate::domain::policy::{Action, Actor, may};
use crate::domain::statements::commands::MOST_TOPICS;
use crate::domain::statements::{PublicState, people};
use crate::infra::db::Connection;
use crate::infra::db::schema::{statement_topics, statements, translations};

/// How statements are to be filed otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retag {
    /// Under one topic more.
    Add(TopicId),
    /// Under one topic less.
    Remove(TopicId),
    /// Under another topic, where they have the first.
    Replace(TopicId, TopicId),
}

impl Retag {
    /// The topic that statements get.
    pub fn added(self) -> Option<TopicId> {
        match self {
            Self::Add(topic) | Self::Replace(_, topic) => Some(topic),
            Self::Remove(_) => None,
        }
    }

    /// The topic that statements lose.
    pub fn removed(self) -> Option<TopicId> {
        match self {
            Self::Remove(topic) | Self::Replace(topic, _) => Some(topic),
            Self::Add(_) => None,
        }
    }

    /// Both of these.
    pub fn topics(self) -> Vec<TopicId> {
        self.added().into_iter().chain(self.removed()).collect()
    }
}

/// What would become of the statements that were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// How many of those that were chosen this person sees.
    pub seen: usize,
    /// Those that change, in the order of their ids.
    pub changing: Vec<StatementId>,
    /// How many of these are public: readers see the change at once.
    pub public: usize,
    /// Those that are filed as wanted already.
    pub same: Vec<StatementId>,
    /// The numbers of those that this person may not file otherwise.
    pub not_yours: Vec<i64>,
    /// The numbers of those that have as many topics as can be.
    pub full: Vec<i64>,
}

/// What a change would do to these statements. What does not exist, or not for this person, is left out.
pub async fn plan(
    conn: &mut Connection,
    actor: Actor,
    retag: Retag,
    chosen: &[StatementId],
) -> QueryResult<Plan> {
    let mut seen = statements::table
        .filter(statements::id.eq_any(chosen))
        .order(statements::id)
        .select((statements::id, statements::number, statements::created_by))
        .into_boxed();
    if let Some(person) = actor.minding() {
        seen = seen.filter(people::seen_by(person));
    }
    let rows: Vec<(StatementId, i64, Option<UserId>)> = seen.load(conn).await?;
    let public: Vec<StatementId> = translations::table
        .filter(translations::statement_id.eq_any(chosen))
        .filter(translations::public_state.eq(PublicState::Published))
        .select(translations::statement_id)
        .load(conn)
        .await?;
    let public: HashSet<StatementId> = public.into_iter().collect();
    let filed: Vec<(StatementId, TopicId)> = statement_topics::table
        .filter(statement_topics::statement_id.eq_any(chosen))
        .filter(statement_topics::topic_id.eq_any(retag.topics()))
        .select((statement_topics::statement_id, statement_topics::topic_id))
        .load(conn)
        .await?;
    let filed: HashSet<(StatementId, TopicId)> = filed.into_iter().collect();
    let full: Vec<StatementId> = statement_topics::table
        .filter(statement_topics::statement_id.eq_any(chosen))
        .group_by(statement_topics::statement_id)
        .having(diesel::dsl::count_star().ge(MOST_TOPICS as i64))
        .select(statement_topics::statement_id)
        .load(conn)
        .await?;
    let mut plan = Plan { seen: rows.len(), ..Plan::default() };
    for (id, number, begun_by) in rows {
        let has = |topic| filed.contains(&(id, topic));
        let changes = match retag {
            Retag::Add(topic) => !has(topic),
            Retag::Remove(topic) | Retag::Replace(topic, _) => has(topic),
        };
        let is_public = public.contains(&id);
        if may(actor, Action::File { begun_by, public: is_public }).is_err() {
            plan.not_yours.push(number);
        } else if !changes {
            plan.same.push(id);
        } else if matches!(retag, Retag::Add(_)) && full.contains(&id) {
            plan.full.push(number);
        } else {
            plan.changing.push(id);
            plan.public += usize::from(is_public);
        }
    }
    Ok(plan)
}

/// The statements with these numbers, and the numbers that no statement has that this person sees.
pub async fn numbered(
    conn: &mut Connection,
    actor: Actor,
    numbers: &[i64],
) -> QueryResult<(Vec<StatementId>, Vec<i64>)> {
    let mut seen = statements::table
        .filter(statements::number.eq_any(numbers))
        .order(statements::number)
        .select((statements::id, statements::number))
        .into_boxed();
    if let Some(person) = actor.minding() {
        seen = seen.filter(people::seen_by(person));
    }
    let rows: Vec<(StatementId, i64)> = seen.load(conn).await?;
    let known: HashSet<i64> = rows.iter().map(|(_, number)| *number).collect();
    let unknown = numbers.iter().copied().filter(|number| !known.contains(number)).collect();
    Ok((rows.into_iter().map(|(id, _)| id).collect(), unknown))
}

/// The statements that are filed under a topic, as far as this person sees them.
pub async fn under(conn: &mut Connection, actor: Actor, topic: TopicId) -> QueryResult<Vec<StatementId>> {
    let filed = statement_topics::table
        .filter(statement_topics::topic_id.eq(topic))
        .select(statement_topics::statement_id);
    let mut seen = statements::table
        .filter(statements::id.eq_any(filed))
        .order(statements::id)
        .select(statements::id)
        .into_boxed();
    if let Some(person) = actor.minding() {
        seen = seen.filter(people::seen_by(person));
    }
    seen.load(conn).await
}
