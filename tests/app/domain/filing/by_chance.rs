//! Whatever is done in between, an undo keeps its word. What has to be is told by a second account, which
//! knows nothing of how it is done: for each statement and topic, who filed or took it in which order.

use std::collections::BTreeMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use onrecord::domain::filing::{self, Retag};
use onrecord::domain::ids::{MergeId, StatementId, TopicId};
use onrecord::domain::statements::commands::Saved;
use onrecord::infra::db::schema::statement_topics;

use super::{draft, file, filed, merge, public, retag, topics, unmerge};
use crate::support::cast::english;
use crate::support::chance::Chance;
use crate::support::counted;
use crate::support::desk::Desk;
use crate::support::refusals::{Done as _, conflict};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Event {
    Chosen,
    Taken,
    Merged(MergeId),
}

/// The second account.
#[derive(Default)]
struct Account {
    events: BTreeMap<(StatementId, TopicId), Vec<Event>>,
    /// The merges that stand, in their order.
    merges: Vec<(MergeId, TopicId, TopicId)>,
}

impl Account {
    fn has_gone(&self, topic: TopicId) -> bool {
        self.merges.iter().any(|(_, gone, _)| *gone == topic)
    }

    fn has(&self, statement: StatementId, topic: TopicId) -> bool {
        let stands = |id: MergeId| self.merges.iter().any(|(of, ..)| *of == id);
        let mut has = false;
        for event in self.events.get(&(statement, topic)).into_iter().flatten() {
            match event {
                Event::Chosen => has = true,
                Event::Taken => has = false,
                Event::Merged(id) => has |= stands(*id),
            }
        }
        has && !self.has_gone(topic)
    }

    fn note(&mut self, statement: StatementId, topic: TopicId, event: Event) {
        self.events.entry((statement, topic)).or_default().push(event);
    }
}

type Row = (i64, i64, Option<i64>);

async fn rows(desk: &mut Desk) -> Vec<Row> {
    statement_topics::table
        .order((statement_topics::statement_id, statement_topics::topic_id))
        .select((statement_topics::statement_id, statement_topics::topic_id, statement_topics::merge_id))
        .load(&mut desk.conn)
        .await
        .unwrap()
}

struct Story {
    desk: Desk,
    chance: Chance,
    account: Account,
    topics: [TopicId; 6],
    statements: Vec<Saved>,
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let mut desk = Desk::open().await;
        let topics = topics(&mut desk).await;
        let (mut chance, mut account, mut statements) = (Chance::new(seed), Account::default(), Vec::new());
        for number in 1..=8 {
            let own: Vec<TopicId> = topics.iter().copied().filter(|_| chance.below(3) == 0).collect();
            let saved = match number % 4 {
                0 => draft(&mut desk, number, &own).await,
                _ => public(&mut desk, number, &own).await,
            };
            own.iter().for_each(|topic| account.note(saved.statement, *topic, Event::Chosen));
            statements.push(saved);
        }
        Self { desk, chance, account, topics, statements }
    }

    async fn step(&mut self) {
        match self.chance.below(10) {
            0..=3 => self.file().await,
            4 | 5 => self.merge().await,
            6 | 7 => self.undo().await,
            8 => self.retag().await,
            _ => self.withdraw_or_reinstate().await,
        }
        self.check().await;
    }

    async fn file(&mut self) {
        let statement = self.chance.of(&self.statements).statement;
        let topic = self.chance.of(&self.topics);
        if self.account.has_gone(topic) {
            return;
        }
        let mut wanted = filed(&mut self.desk, statement).await;
        let event = if wanted.contains(&topic) { Event::Taken } else { Event::Chosen };
        wanted.retain(|known| *known != topic);
        wanted.extend((event == Event::Chosen).then_some(topic));
        file(&mut self.desk, statement, &wanted).await;
        self.account.note(statement, topic, event);
    }

    async fn merge(&mut self) {
        let (topic, into) = (self.chance.of(&self.topics), self.chance.of(&self.topics));
        let result = merge(&mut self.desk, topic, into).await;
        if topic == into || self.account.has_gone(topic) || self.account.has_gone(into) {
            assert!(result.is_err());
            return;
        }
        let id = result.unwrap();
        for saved in &self.statements {
            if self.account.has(saved.statement, topic) {
                self.account.note(saved.statement, into, Event::Merged(id));
            }
        }
        self.account.merges.push((id, topic, into));
    }

    async fn undo(&mut self) {
        if self.account.merges.is_empty() {
            return;
        }
        let place = usize::try_from(self.chance.below(self.account.merges.len() as u64)).unwrap();
        let (id, _, into) = self.account.merges[place];
        let result = unmerge(&mut self.desk, id).await;
        if self.account.has_gone(into) {
            conflict(result);
        } else {
            result.done();
            self.account.merges.remove(place);
        }
    }

    /// What is undone at once leaves no trace; what is not, was chosen.
    async fn retag(&mut self) {
        let (one, other) = (self.chance.of(&self.topics), self.chance.of(&self.topics));
        let how = match self.chance.below(3) {
            0 => Retag::Add(one),
            1 => Retag::Remove(one),
            _ => Retag::Replace(one, other),
        };
        let half: Vec<_> = self.statements.iter().map(|saved| saved.statement).collect();
        let half: Vec<_> = half.into_iter().filter(|_| self.chance.below(2) == 0).collect();
        let before = rows(&mut self.desk).await;
        let Ok(done) = retag(&mut self.desk, how, &half).await else {
            assert_eq!(rows(&mut self.desk).await, before);
            return;
        };
        self.check_counts().await;
        if self.chance.below(2) == 0 {
            let by = self.desk.people.editor;
            filing::undo_retag(&mut self.desk.conn, by, done.id, self.desk.now).await.done();
            assert_eq!(rows(&mut self.desk).await, before);
            return;
        }
        let chosen = if matches!(how, Retag::Add(_)) { &half } else { &done.plan.changing };
        for statement in chosen {
            if let Some(topic) = how.removed() {
                self.account.note(*statement, topic, Event::Taken);
            }
            if let Some(topic) = how.added() {
                self.account.note(*statement, topic, Event::Chosen);
            }
        }
    }

    async fn withdraw_or_reinstate(&mut self) {
        let saved = self.chance.of(&self.statements);
        if self.desk.withdraw(&saved, english()).await.is_err()
            && self.desk.reinstate(&saved, english()).await.is_err()
        {
            self.desk.publish(&saved, english(), None).await.done();
        }
    }

    async fn check(&mut self) {
        for saved in self.statements.clone() {
            let expected: Vec<TopicId> = self
                .topics
                .iter()
                .copied()
                .filter(|topic| self.account.has(saved.statement, *topic))
                .collect();
            assert_eq!(filed(&mut self.desk, saved.statement).await, expected, "{:?}", self.account.events);
        }
        self.check_counts().await;
    }

    async fn check_counts(&mut self) {
        counted::assert_right(&mut self.desk.conn).await;
    }
}

#[actix_web::test]
async fn an_undo_keeps_its_word_whatever_was_done_in_between() {
    for seed in 1..=6 {
        let mut story = Story::begin(seed).await;
        for _ in 0..70 {
            story.step().await;
        }
        // And at the end everything is taken back, the last merge first.
        while let Some((id, ..)) = story.account.merges.last().copied() {
            unmerge(&mut story.desk, id).await.done();
            story.account.merges.pop();
            story.check().await;
        }
    }
}
